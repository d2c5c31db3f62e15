//! CSV: the checklist for any spreadsheet, an item a line; the scores of an audit report, a group a line.
//!
//! A cell that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP's *CSV Injection* advises. The
//! file begins with a byte-order mark, without which spreadsheets take UTF-8 for something else.

mod report;

use std::io::Write;
use std::sync::Arc;

use super::words::word;
use super::{RenderError, Renderer};
use crate::document::{Checklist, Document, Head, Item, PhaseItems, Prose, StepItems};

/// Renders a document as CSV.
pub(in crate::render) fn render(
    _: &Renderer,
    document: &Arc<Document>,
    out: &mut dyn Write,
) -> Result<(), RenderError> {
    let checklist = match &**document {
        Document::Checklist(checklist) => checklist,
        Document::AuditReport(report) => return report::render(report, out),
        other => return Err(RenderError::NotOffered { document: other.kind().word(), format: "csv" }),
    };
    out.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let wrong = |error: csv::Error| RenderError::Failed(error.to_string());
    writer.write_record(HEADS.map(|key| word(&checklist.head, key))).map_err(wrong)?;
    for (phase, step, item) in items(checklist) {
        writer.write_record(record(&checklist.head, phase, step, item)).map_err(wrong)?;
    }
    Ok(writer.flush()?)
}

/// What heads the columns.
const HEADS: [&str; 13] = [
    "checklist.number",
    "common.phase",
    "manual.glance.step",
    "checklist.statement",
    "common.level",
    "sheet.type",
    "common.role",
    "sheet.verify",
    "sheet.measure",
    "checklist.observed",
    "sheet.answer",
    "checklist.note",
    "sheet.reference",
];

fn items(checklist: &Checklist) -> impl Iterator<Item = (&PhaseItems, &StepItems, &Item)> {
    let of_phase = |phase: &'_ PhaseItems| -> Vec<(usize, usize)> {
        let steps = phase.steps.iter().enumerate();
        steps.flat_map(|(step, of_step)| (0..of_step.items.len()).map(move |item| (step, item))).collect()
    };
    checklist.phases.iter().flat_map(move |phase| {
        of_phase(phase).into_iter().map(move |(step, item)| {
            let step = &phase.steps[step];
            (phase, step, &step.items[item])
        })
    })
}

fn record(head: &Head, phase: &PhaseItems, step: &StepItems, item: &Item) -> [String; 13] {
    let standard = &item.standard;
    [
        item.number.to_string(),
        shown(&phase.title),
        step.title.as_ref().map_or_else(|| word(head, "checklist.phase-whole").to_owned(), shown),
        shown(&standard.text),
        standard.numeral.to_owned(),
        item.type_label.clone(),
        roles(head, &standard.roles),
        standard.verify.clone(),
        measure(item),
        String::new(),
        String::new(),
        if standard.critical { word(head, "common.critical").to_owned() } else { String::new() },
        standard.reference.clone(),
    ]
    .map(neutral)
}

/// A text of the author's, with its language in brackets where that is not the document's.
pub(in crate::render) fn shown(prose: &Prose) -> String {
    match &prose.lang {
        Some(lang) => format!("{} ({lang})", prose.characters()),
        None => prose.characters(),
    }
}

/// Who keeps a standard.
pub(in crate::render) fn roles(head: &Head, roles: &[Prose]) -> String {
    match roles {
        [] => word(head, "common.everyone").to_owned(),
        roles => roles.iter().map(shown).collect::<Vec<_>>().join(", "),
    }
}

/// What is measured, and its bound.
pub(in crate::render) fn measure(item: &Item) -> String {
    let Some(measure) = &item.standard.measure else { return String::new() };
    match &measure.what {
        Some(what) => format!("{}: {}", shown(what), measure.bound),
        None => measure.bound.clone(),
    }
}

/// The text so that no spreadsheet takes it for a formula.
fn neutral(text: String) -> String {
    let active = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    if text.starts_with(active) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_stay_text() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\u{ff1d}1"] {
            assert_eq!(neutral(text.to_owned()), format!("'{text}"));
        }
        assert_eq!(neutral("a = b".to_owned()), "a = b");
    }
}
