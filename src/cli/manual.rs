//! `manual`: the training manual, for one role or all.

use anyhow::Result;

use super::documents::{self, DocumentArgs};
use super::{Edge, Exit, diff};
use crate::document::manual::Since;
use crate::document::{Kind, manual, manual_since};

/// What `manual` takes.
#[derive(Debug, clap::Args)]
#[command(mut_arg("format", documents::formats_for(Kind::Manual)))]
pub(crate) struct Args {
    /// Let the training plan hold only what changed since this revision or edition: a branch, a tag, a commit, HEAD~3, 4
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// What every document takes.
    #[command(flatten)]
    pub document: DocumentArgs,
}

/// Makes the training manual.
///
/// # Errors
/// As every document; with `--since`, no git, or an unknown revision.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let Some(revision) = &args.since else {
        return documents::run(Kind::Manual, &args.document, edge, |request| Box::new(manual(request)));
    };
    let changes = diff::changes_since(revision, edge)?;
    let since = Since { revision, changes: &changes };
    documents::run(Kind::Manual, &args.document, edge, |request| Box::new(manual_since(request, since)))
}
