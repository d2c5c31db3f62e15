//! Findings as JSON, that others rely on: fields may be added, never changed.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::Report;
use crate::diag::{Diagnostic, Severity};

/// What `check --format json` prints: all findings, by file and place.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(transparent)]
pub(crate) struct CheckOutput<'a>(Vec<FindingOutput<'a>>);

/// One finding.
#[derive(Debug, Serialize, JsonSchema)]
struct FindingOutput<'a> {
    /// The rule's code.
    rule: &'a str,
    /// How grave the finding is.
    severity: SeverityOutput,
    /// What is wrong.
    message: String,
    /// What to do about it.
    help: Option<String>,
    /// The file, relative to the book, with `/`.
    file: &'a str,
    /// First line, from 1.
    line: usize,
    /// First column in characters, from 1.
    column: usize,
    /// Last line, from 1.
    end_line: usize,
    /// The column after the last character, from 1.
    end_column: usize,
    /// Other places that matter.
    related: Vec<RelatedOutput<'a>>,
}

/// How much a finding weighs.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum SeverityOutput {
    /// Must be mended: documents are not made.
    Error,
    /// Worth mending.
    Warning,
    /// Worth knowing.
    Note,
}

/// A second place that explains the first.
#[derive(Debug, Serialize, JsonSchema)]
struct RelatedOutput<'a> {
    /// The file, relative to the book, with `/`; `library/…` for the built-in library.
    file: &'a str,
    /// Line, from 1.
    line: usize,
    /// Column in characters, from 1.
    column: usize,
    /// What stands there.
    message: String,
}

/// Writes the report.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let findings = report.findings.iter().map(|finding| output(report, finding));
    serde_json::to_writer_pretty(&mut *out, &CheckOutput(findings.collect()))?;
    writeln!(out)
}

fn output<'a>(report: &Report<'a>, finding: &'a Diagnostic) -> FindingOutput<'a> {
    let sources = report.sources;
    let (start, end) = sources.positions(finding.span);
    let related = finding.related.iter().map(|related| {
        let (start, _) = sources.positions(related.span);
        let file = &sources.get(related.span.file).path;
        RelatedOutput { file, line: start.line, column: start.column, message: report.say(&related.message) }
    });
    FindingOutput {
        rule: finding.code.word(),
        severity: match finding.severity {
            Severity::Error => SeverityOutput::Error,
            Severity::Warning => SeverityOutput::Warning,
            Severity::Note | Severity::Off => SeverityOutput::Note,
        },
        message: report.say(&finding.message),
        help: finding.help.as_ref().map(|help| report.say(help)),
        file: &sources.get(finding.span.file).path,
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        related: related.collect(),
    }
}
