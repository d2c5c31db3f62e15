//! Findings as an editor shows them.

use std::collections::BTreeMap;

use lsp_types::{
    CodeDescription, Diagnostic as Shown, DiagnosticRelatedInformation, DiagnosticSeverity, NumberOrString, Uri,
};

use super::lines::{Encoding, Lines};
use super::workspace::{Locator, OpenBook};
use crate::diag::{Code, Diagnostic, Severity};
use crate::language::Interface;
use crate::say;

/// Who says it.
const SOURCE: &str = "gamma-ok";

/// Where the explanation of a rule can be read.
pub(super) type Explained<'a> = &'a dyn Fn(Code) -> Option<Uri>;

/// A finding as the protocol has it; none where it is of no file of the author's.
pub(super) fn as_diagnostic(
    book: &OpenBook,
    finding: &Diagnostic,
    encoding: Encoding,
    interface: &Interface,
    explained: Option<Explained<'_>>,
) -> Option<Shown> {
    let source = book.source(finding.span)?;
    let mut related = Locator::of(book, encoding);
    Some(shown(finding, &Lines::of(&source.text, encoding), &mut related, interface, explained))
}

fn shown(
    finding: &Diagnostic,
    lines: &Lines<'_>,
    places: &mut Locator<'_>,
    interface: &Interface,
    explained: Option<Explained<'_>>,
) -> Shown {
    let mut message = interface.say(&finding.message);
    if let Some(help) = &finding.help {
        message.push_str(&format!("\n{} {}", interface.say(&say!("help:")), interface.say(help)));
    }
    let related = finding.related.iter().filter_map(|related| {
        let location = places.location(related.span)?;
        Some(DiagnosticRelatedInformation { location, message: interface.say(&related.message) })
    });
    let related: Vec<_> = related.collect();
    Shown {
        range: lines.range(finding.span.range()),
        severity: Some(match finding.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
            Severity::Note | Severity::Off => DiagnosticSeverity::INFORMATION,
        }),
        code: Some(NumberOrString::String(finding.code.word().to_owned())),
        code_description: explained.and_then(|explained| explained(finding.code)).map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        ..Shown::default()
    }
}

/// All findings of a book by the path of their file.
pub(super) fn by_file(
    book: &OpenBook,
    encoding: Encoding,
    interface: &Interface,
    explained: Explained<'_>,
) -> BTreeMap<String, Vec<Shown>> {
    let mut all: BTreeMap<String, Vec<Shown>> = BTreeMap::new();
    let mut of_file: BTreeMap<u32, Vec<&Diagnostic>> = BTreeMap::new();
    for finding in &book.findings {
        of_file.entry(finding.span.file.0).or_default().push(finding);
    }
    let mut places = Locator::of(book, encoding);
    for findings in of_file.into_values() {
        let Some(source) = findings.first().and_then(|finding| book.source(finding.span)) else { continue };
        // Line starts are counted once a file.
        let lines = Lines::of(&source.text, encoding);
        let shown = findings.iter().map(|finding| shown(finding, &lines, &mut places, interface, Some(explained)));
        all.entry(source.path.clone()).or_default().extend(shown);
    }
    all
}
