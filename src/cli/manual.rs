//! `manual`: the training manual, for one role or all.

use anyhow::Result;

use super::documents::{self, DocumentArgs};
use super::{Edge, Exit};
use crate::document::Kind;

/// What `manual` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What every document takes.
    #[command(flatten)]
    pub document: DocumentArgs,
}

/// Makes the training manual.
///
/// # Errors
/// As every document.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    documents::run(Kind::Manual, &args.document, edge)
}
