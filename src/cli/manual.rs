//! `manual`: the training manual, for one role or all.

use anyhow::Result;

use super::documents::{self, DocumentArgs};
use super::filters::words;
use super::{Edge, Exit, diff};
use crate::document::manual::Since;
use crate::document::{Audience, DocumentKind, Request, manual_for};

/// What `manual` takes.
#[derive(Debug, clap::Args)]
#[command(mut_arg("format", documents::formats_for(DocumentKind::Manual)))]
pub(crate) struct Args {
    /// Let the training plan hold only what changed since this revision or edition: a branch, a tag, a commit, HEAD~3, 4
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// Whom it is for: a trainer's has the session plan, the answers and the certificate; without this, one of a role is for trainees
    #[arg(long = "for", value_name = "WHOM", value_parser = words(Audience::ALL, Audience::word))]
    pub audience: Option<Audience>,
    /// What every document takes.
    #[command(flatten)]
    pub document: DocumentArgs,
}

/// Makes the training manual.
///
/// # Errors
/// As every document; with `--since`, no git, or an unknown revision.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let changes = match &args.since {
        Some(revision) => Some((revision, diff::changes_since(revision, edge)?)),
        None => None,
    };
    let since = changes.as_ref().map(|(revision, changes)| Since { revision, changes });
    // What is to be refreshed is said in the trainer's edition.
    let records = if args.audience == Some(Audience::Trainee) { None } else { Some(edge.open_with_records()?.1) };
    let audits = records.as_ref().map(|records| &records.audits);
    documents::run(DocumentKind::Manual, &args.document, edge, |request| {
        Box::new(manual_for(Request { audits, ..request }, args.audience, since))
    })
}
