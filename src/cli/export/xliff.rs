//! `export xliff`: what is to be translated, for translators.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;

use crate::check::stale;
use crate::cli::filters::language;
use crate::cli::out::OutputKind;
use crate::cli::usage::Usage;
use crate::cli::{Edge, Exit, check, documents, files};
use crate::edit::translate::units;
use crate::export::{self, ToTranslate, Translation};
use crate::language::Interface;
use crate::say;

/// What `export xliff` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The language to translate into, one of the book's
    #[arg(long, value_name = "TAG", required = true)]
    pub lang: String,
    /// The language to translate from; without it, the book's first
    #[arg(long, value_name = "TAG")]
    pub from: Option<String>,
    /// The file to write; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Makes the file.
///
/// # Errors
/// Wrong usage, no book, or output that cannot be written.
pub(super) fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let opened = edge.open()?;
    check::fit(edge, &opened)?;
    let loaded = &opened.loaded;
    let to = language(&loaded.book, Some(&args.lang))?;
    let from = language(&loaded.book, args.from.as_ref())?;
    if to == from {
        let wrong = Usage::new(say!("`{language}` cannot be translated into itself", language = to.tag()));
        return Err(wrong.help(say!("name another language with --lang, or with --from")).into());
    }
    documents::note_labels(edge, [&from]);
    let all = units(loaded, &from, &to);
    let older = match opened.history().and_then(|history| stale(history, loaded)) {
        Ok(older) => older,
        Err(fault) => {
            edge.remark(say!(
                "the book's past was not looked at: {fault}; translations that are older than their texts are not among these",
                fault = fault.message()
            ));
            Vec::new()
        }
    };
    let older: BTreeMap<_, _> = older.into_iter().map(|(span, before)| ((span.file, span.start), before)).collect();
    let mut by_file: Vec<(&str, Vec<ToTranslate<'_>>)> = Vec::new();
    let (mut missing, mut stale) = (0, 0);
    for unit in &all {
        let before = match unit.target {
            None => {
                missing += 1;
                None
            }
            Some(target) => {
                let Some(before) = older.get(&(target.span.file, target.span.start)) else { continue };
                stale += 1;
                before.as_deref()
            }
        };
        let path = loaded.sources.get(unit.source.span.file).path.as_str();
        let asked = ToTranslate { unit, before };
        match by_file.last_mut().filter(|(last, _)| *last == path) {
            Some((_, units)) => units.push(asked),
            None => by_file.push((path, vec![asked])),
        }
    }
    if by_file.is_empty() {
        edge.remark(say!("nothing is to be translated into `{language}`: no file was made", language = to.tag()));
        return Ok(Exit::Fine);
    }
    let translation = Translation { from: from.tag(), to: to.tag(), files: by_file, interface: Interface::of(&from) };
    let mut bytes = Vec::new();
    export::xliff(&translation, &mut bytes)?;
    files::deliver(edge, args.output.as_deref(), OutputKind::Data, &bytes)?;
    edge.remark(say!(
        "{missing} texts lack `{language}`, and {stale} translations are older than their texts",
        missing,
        stale,
        language = to.tag()
    ));
    Ok(Exit::Fine)
}
