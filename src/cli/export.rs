//! `export`: training files for other programs.

use std::io;
use std::path::PathBuf;

use anyhow::Result;

use super::documents::{self, DocumentArgs};
use super::out::Content;
use super::{Edge, EditionArgs, Exit, FilterArgs, SiteArgs};
use crate::document::{Request, cards, questions};
use crate::export;

/// What `export` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What to make
    #[command(subcommand)]
    pub what: What,
}

/// What can be exported.
#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// Questions on thresholds, the order of steps, what to say and to avoid, levels and types, as Moodle GIFT
    Quiz(ExportArgs),
    /// Flash cards on thresholds, reasons, key points, words, steps and hand-offs, as text for Anki
    Anki(ExportArgs),
}

/// What every export takes.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct ExportArgs {
    /// Language; without it, the book's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// The file to write; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Put drafts in as well
    #[arg(long)]
    pub drafts: bool,
    /// Which state of the standards is meant.
    #[command(flatten)]
    pub edition: EditionArgs,
    /// The site that is meant.
    #[command(flatten)]
    pub site: SiteArgs,
    /// Which standards are meant.
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// Makes a training file.
///
/// # Errors
/// As every document.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let (ExportArgs { lang, output, drafts, edition, site, filters }, write) = match args.what {
        What::Quiz(args) => (args, quiz as fn(Request, &mut Vec<u8>) -> io::Result<()>),
        What::Anki(args) => (args, deck as _),
    };
    let document = DocumentArgs { lang, output, drafts, edition, site, filters, ..DocumentArgs::default() };
    documents::deliver(&document, Content::Data, edge, |_, _, request| {
        let mut bytes = Vec::new();
        write(request, &mut bytes)?;
        Ok(bytes)
    })
}

fn quiz(request: Request, out: &mut Vec<u8>) -> io::Result<()> {
    export::gift(&questions(request), out)
}

fn deck(request: Request, out: &mut Vec<u8>) -> io::Result<()> {
    export::anki(&cards(request), out)
}
