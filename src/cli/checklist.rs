//! `checklist`: the checklist of a round.

use anyhow::Result;

use super::documents::{self, DocumentArgs};
use super::filters::words;
use super::{Edge, Exit};
use crate::document::{DocumentKind, Order, checklist_by};

/// What `checklist` takes.
#[derive(Debug, clap::Args)]
#[command(mut_arg("format", documents::formats_for(DocumentKind::Checklist)))]
pub(crate) struct Args {
    /// The order of the items: as the service goes, or together what is verified in one way
    #[arg(long, value_name = "ORDER", default_value = Order::default().word(), value_parser = words(Order::ALL, Order::word))]
    pub sort: Order,
    /// What every document takes.
    #[command(flatten)]
    pub document: DocumentArgs,
}

/// Makes the checklist of a round.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    documents::run(DocumentKind::Checklist, &args.document, edge, |request| Box::new(checklist_by(request, args.sort)))
}
