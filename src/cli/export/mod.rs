//! `export`: files for other programs.

mod calendar;
mod data;
mod xliff;
mod xlsform;

use std::io;
use std::path::PathBuf;

use anyhow::Result;

use crate::cli::documents::{self, DocumentArgs};
use crate::cli::out::OutputKind;
use crate::cli::{Edge, Exit, StandardsArgs};
use crate::document::{Request, cards, questions};
use crate::export;

/// What `export` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What to make
    #[command(subcommand)]
    pub kind: ExportKind,
}

/// What can be exported.
#[derive(Debug, clap::Subcommand)]
pub enum ExportKind {
    /// Questions on what is done, when, how much, in which order, what is said and avoided, as Moodle GIFT
    Quiz(LanguageArgs),
    /// Flash cards on thresholds, reasons, key points, words, steps and hand-offs, as text for Anki
    Anki(LanguageArgs),
    /// The checklist as a form for ODK and KoboToolbox (XLSForm), in one language or several
    Xlsform(xlsform::Args),
    /// Texts to translate, for translators' programs (XLIFF 2.0): what a language lacks, and what is older than its text
    Xliff(xliff::Args),
    /// What is to be done on which day, for any calendar: actions that are due, planned visits, the next review
    Calendar(calendar::Args),
    /// All that audits, customers and reviews say, as tables for business intelligence and for engines
    Data(data::Args),
}

/// What an export in one language takes.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct LanguageArgs {
    /// Language; without it, the book's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Where to, and of which standards.
    #[command(flatten)]
    pub export: ExportArgs,
}

/// Where an export of standards goes, and which it is of.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct ExportArgs {
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

impl ExportArgs {
    /// The same as a document is asked for.
    fn document(self, lang: Option<String>) -> DocumentArgs {
        let ExportArgs { output, drafts, standards } = self;
        DocumentArgs { lang, output, drafts, standards, ..DocumentArgs::default() }
    }
}

/// Makes the files.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let (args, write) = match args.kind {
        ExportKind::Quiz(args) => (args, quiz as fn(Request, &mut Vec<u8>) -> io::Result<()>),
        ExportKind::Anki(args) => (args, deck as _),
        ExportKind::Xliff(args) => return xliff::run(args, edge),
        ExportKind::Xlsform(args) => return xlsform::run(args, edge),
        ExportKind::Calendar(args) => return calendar::run(args, edge),
        ExportKind::Data(args) => return data::run(args, edge),
    };
    documents::deliver(&args.export.document(args.lang), OutputKind::Data, edge, |_, _, request| {
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
