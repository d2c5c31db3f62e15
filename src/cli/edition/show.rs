//! `edition show`: the standards of an edition.

use anyhow::{Context, Result};

use super::Format;
use crate::book::{Language, Text};
use crate::cli::edition_option::{named, set_of};
use crate::cli::table::{Table, one_line};
use crate::cli::{Edge, Exit, files};
use crate::say;

/// What `edition show` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Its number, or the first digits of its hash
    #[arg(value_name = "EDITION")]
    edition: String,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
}

/// Prints them.
///
/// # Errors
/// No book, an edition that is not kept or was altered, or output that cannot be written.
pub fn run(args: &Args, edge: &mut Edge) -> Result<Exit> {
    let mut opened = edge.open()?;
    let kept = opened.editions();
    let name = named(&kept, &args.edition)?;
    let set = set_of(&kept, &opened.world, name)?.context("a set that is kept")?;
    if args.format == Format::Json {
        return files::deliver_json(edge, None, &set.to_json()).map(|()| Exit::Fine);
    }
    let (book, standards) = set.revive();
    let head = [say!("standard"), say!("phase"), say!("level"), say!("type"), say!("text")];
    let mut table = Table::new(head.map(|head| edge.say(&head)));
    let language = Language::new(edge.people().tag());
    let best = |text: &Text| book.in_language(text, &language).map(one_line);
    for standard in &standards.all {
        let phase = book.phase_at(standard.sequence, standard.phase);
        let reference = crate::edition::Reference::to(standard).to_string();
        let phase = phase.map(|phase| best(&phase.title).unwrap_or_else(|| phase.id.name.clone())).unwrap_or_default();
        let words = edge.people();
        let (level, kind) = (words.word("level", standard.level.word()), words.word("type", standard.kind.word()));
        table.row([&reference, &phase, level, kind, &best(&standard.text).unwrap_or_default()]);
    }
    table.write(edge)?;
    Ok(Exit::Fine)
}
