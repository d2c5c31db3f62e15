//! `export xlsform`: the checklist as a form for ODK and KoboToolbox.

use anyhow::{Context, Result};

use super::ExportArgs;
use crate::cli::documents;
use crate::cli::filters::languages;
use crate::cli::out::OutputKind;
use crate::cli::{Edge, Exit};
use crate::document::{Request, checklist};
use crate::export;
use crate::render::format;

/// What `export xlsform` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Language of the form, the first its own; repeat it for more. Without it, all of the book's
    #[arg(long, value_name = "TAG")]
    pub lang: Vec<String>,
    /// Where to, and of which standards.
    #[command(flatten)]
    pub export: ExportArgs,
}

/// Makes the form.
pub(super) fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    documents::fits_terminal(edge, format("xlsx").context("there are no workbooks")?, args.export.output.as_deref())?;
    let lang = args.lang;
    documents::deliver(&args.export.document(lang.first().cloned()), OutputKind::Data, edge, |edge, opened, request| {
        let book = &opened.loaded.book;
        let mut all = languages(book, &lang)?;
        // In the order in which they were asked for.
        all.sort_by_key(|language| lang.iter().position(|tag| tag.eq_ignore_ascii_case(language.tag())));
        documents::note_labels(edge, all.iter().filter(|language| *language != request.language));
        let made: Vec<_> = all.iter().map(|language| checklist(Request { language, ..request })).collect();
        let mut bytes = Vec::new();
        export::xlsform(&made, &mut bytes)?;
        Ok(bytes)
    })
}
