//! `blueprint`: a sequence as a service blueprint.

use anyhow::Result;

use super::documents::{self, DocumentArgs};
use super::{Edge, Exit};
use crate::document::OfBook;

/// What `blueprint` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What every document takes.
    #[command(flatten)]
    pub document: DocumentArgs,
}

/// Draws the sequences.
///
/// # Errors
/// As every document.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    documents::run(OfBook::Blueprint, &args.document, edge)
}
