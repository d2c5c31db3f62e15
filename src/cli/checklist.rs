//! `checklist`: the checklist of a round.

use anyhow::Result;

use super::documents::{self, DocumentArgs};
use super::{Edge, Exit};
use crate::document::{Kind, checklist};

/// What `checklist` takes.
#[derive(Debug, clap::Args)]
#[command(mut_arg("format", documents::formats_for(Kind::Checklist)))]
pub(crate) struct Args {
    /// What every document takes.
    #[command(flatten)]
    pub document: DocumentArgs,
}

/// Makes the checklist of a round.
///
/// # Errors
/// As every document.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    documents::run(Kind::Checklist, &args.document, edge, |request| Box::new(checklist(request)))
}
