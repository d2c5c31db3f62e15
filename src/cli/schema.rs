//! `schema`: the JSON Schema of each kind of file, for editors, and of each command's JSON, for programs.

use std::io::Write;

use anyhow::Result;
use schemars::Schema;
use schemars::generate::SchemaSettings;

use super::out::OutputKind;
use super::usage::unknown;
use super::{Edge, Exit, diff, feedback, matrix, review as reviewing, show};
use crate::report::CheckOutput;
use crate::say;
use crate::{audit, book, edition, review};

/// What `schema` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which one; without it, all are listed
    #[arg(value_name = "KIND")]
    pub kind: Option<String>,
}

/// Name of a command whose JSON others rely on, what that is, its schema.
type Output = (&'static str, &'static str, fn() -> Schema);

/// Kinds of record, which files are of the kind, their schema.
const RECORDS: &[Output] = &[
    ("audit", "audits/**/*.yaml", audit::schema),
    ("edition", "editions/issued/*.yaml", edition::schema),
    ("review", "reviews/*.yaml", review::schema),
];

/// All of them.
const OUTPUTS: &[Output] = &[
    ("audit-actions", "what `audit actions --format json` prints", of::<super::audit::ActionsOutput>),
    ("audit-plan", "what `audit plan --format json` prints", of::<super::audit::PlanOutput>),
    ("audit-report", "what `audit report --format json` prints", of::<super::audit::ReportOutput>),
    ("check", "what `check --format json` prints", of::<CheckOutput>),
    ("diff", "what `diff --format json` prints", of::<diff::DiffOutput>),
    ("edition-list", "what `edition list --format json` prints", of::<super::edition::EditionListOutput>),
    ("feedback", "what `feedback --format json` prints", of::<feedback::FeedbackOutput>),
    ("import", "what `import --format json` prints", of::<super::import::ImportOutput>),
    ("matrix", "what `matrix --format json` prints", of::<matrix::MatrixOutput>),
    ("portfolio", "what `portfolio --format json` prints", of::<super::portfolio::PortfolioOutput>),
    ("review-due", "what `review due --format json` prints", of::<reviewing::ReviewDueOutput>),
    ("review-report", "what `review report --format json` prints", of::<reviewing::ReviewReportOutput>),
    ("why", "what `why ID --format json` prints", of::<crate::document::Why>),
    ("why-orphans", "what `why --orphans --format json` prints", of::<crate::document::Orphans>),
    ("show", "what `show --format json` prints", of::<show::ShowOutput>),
];

fn of<T: schemars::JsonSchema>() -> Schema {
    // Of what is printed, not of what could be read back: a field that is always there is required.
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// The names of all.
pub(super) fn kinds() -> impl Iterator<Item = &'static str> {
    book::KINDS.iter().map(|(kind, _)| *kind).chain(RECORDS.iter().chain(OUTPUTS).map(|(name, ..)| *name))
}

/// Prints a schema, or lists them.
///
/// # Errors
/// An unknown kind, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let Some(kind) = args.kind else {
        for (kind, files) in book::KINDS {
            writeln!(edge.out, "{kind:<10} {files}")?;
        }
        for (name, about, _) in RECORDS.iter().chain(OUTPUTS) {
            writeln!(edge.out, "{name:<10} {about}")?;
        }
        return Ok(Exit::Fine);
    };
    let output = || RECORDS.iter().chain(OUTPUTS).find(|(name, ..)| *name == kind).map(|(_, _, schema)| schema());
    let Some(schema) = book::schema(&kind).or_else(output) else {
        return Err(unknown(say!("there is no schema `{kind}`", kind), &kind, kinds()).into());
    };
    serde_json::to_writer_pretty(edge.out.of(OutputKind::Json)?, &schema)?;
    writeln!(edge.out)?;
    Ok(Exit::Fine)
}
