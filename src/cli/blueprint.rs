//! `blueprint`: a sequence as a service blueprint.

use anyhow::Result;

use super::documents::{self, DocumentArgs};
use super::{Edge, Exit};
use crate::document::{DocumentKind, blueprint};

/// What `blueprint` takes.
#[derive(Debug, clap::Args)]
#[command(mut_arg("format", documents::formats_for(DocumentKind::Blueprint)))]
pub(crate) struct Args {
    /// What every document takes.
    #[command(flatten)]
    pub document: DocumentArgs,
}

/// Draws the sequences.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    documents::run(DocumentKind::Blueprint, &args.document, edge, |request| Box::new(blueprint(request)))
}
