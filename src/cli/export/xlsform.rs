//! `export xlsform`: the checklist as a form for ODK and KoboToolbox.

use std::path::PathBuf;

use anyhow::Result;

use crate::cli::documents::{self, DocumentArgs};
use crate::cli::filters::languages;
use crate::cli::out::OutputKind;
use crate::cli::usage::Usage;
use crate::cli::{Edge, Exit, StandardsArgs};
use crate::document::{Request, checklist};
use crate::export;
use crate::say;

/// What `export xlsform` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Language of the form, the first its own; repeat it for more. Without it, all of the book's
    #[arg(long, value_name = "TAG")]
    pub lang: Vec<String>,
    /// The file to write; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Put drafts in as well
    #[arg(long)]
    pub drafts: bool,
    /// Which standards are meant.
    #[command(flatten)]
    pub standards: StandardsArgs,
}

/// Makes the form.
pub(super) fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    if args.output.is_none() && edge.out.is_terminal() {
        let wrong = Usage::new(say!("{format} is not text to be read on a terminal", format = "xlsx"));
        return Err(wrong.help(say!("name a file with -o FILE")).into());
    }
    let Args { lang, output, drafts, standards } = args;
    let first = lang.first().cloned();
    let document = DocumentArgs { lang: first, output, drafts, standards, ..DocumentArgs::default() };
    documents::deliver(&document, OutputKind::Data, edge, |edge, opened, request| {
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
