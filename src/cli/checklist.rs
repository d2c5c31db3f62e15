//! `checklist`: the checklist of a round.

use anyhow::Result;

use super::documents::{self, DocumentArgs};
use super::{Edge, Exit};
use crate::document::OfBook;

/// What `checklist` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What every document takes.
    #[command(flatten)]
    pub document: DocumentArgs,
}

/// Makes the checklist of a round.
///
/// # Errors
/// As every document.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    documents::run(OfBook::Checklist, &args.document, edge)
}
