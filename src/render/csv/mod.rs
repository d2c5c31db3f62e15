//! CSV: the checklist for any spreadsheet, an item a line; the scores of an audit report, a group a line.
//!
//! A cell that a spreadsheet would run as a formula gets an apostrophe before it, as OWASP's *CSV Injection* advises. The
//! file begins with a byte-order mark, without which spreadsheets take UTF-8 for something else.

mod report;

use std::io::Write;

use super::{RenderError, Renderer};
use crate::audit::filled::QUESTIONS;
use crate::book::Language;
use crate::document::{
    Checklist, ChecklistItem, Document, DocumentKind, Head, PhaseItems, Prose, StandardView, StepItems,
};
use crate::edition::NAME_DIGITS;
use crate::language::Interface;
use crate::text::harmless;

/// The lines of a document, each a list of cells.
type Lines<'a> = Box<dyn Iterator<Item = Vec<String>> + 'a>;

/// Lays a document out, where it is of the right type.
type Layout = fn(&dyn Document) -> Option<Lines<'_>>;

/// The documents that have lines.
const LAYOUTS: [(DocumentKind, Layout); 2] = [
    (DocumentKind::Checklist, |document| document.view().map(lines)),
    (DocumentKind::AuditReport, |document| document.view().map(report::lines)),
];

/// Whether a kind of document can be had as CSV.
pub(in crate::render) fn does(kind: DocumentKind) -> bool {
    LAYOUTS.iter().any(|(known, _)| *known == kind)
}

/// Renders a document as CSV.
pub(in crate::render) fn render(
    renderer: &Renderer,
    document: &dyn Document,
    out: &mut dyn Write,
) -> Result<(), RenderError> {
    let not_offered = || RenderError::NotOffered { document: document.kind(), format: "csv".to_owned() };
    let lines = LAYOUTS.iter().find_map(|(_, layout)| layout(document)).ok_or_else(not_offered)?;
    out.write_all("\u{feff}".as_bytes())?;
    // A spreadsheet that takes a comma for a decimal mark opens semicolons as columns, and commas as one.
    let has_comma = renderer.for_spreadsheets && decimal_comma(document.head());
    let delimiter = if has_comma { b';' } else { b',' };
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).from_writer(out);
    let wrong = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => RenderError::Write(error),
        kind => RenderError::Failed(format!("{kind:?}")),
    };
    for line in lines {
        let written = |cell: &String| if has_comma { with_decimal_comma(cell) } else { cell.clone() };
        writer.write_record(line.iter().map(|cell| harmless(&written(cell)).into_owned())).map_err(wrong)?;
    }
    Ok(writer.flush()?)
}

/// Whether the language of a document writes figures with a decimal comma.
fn decimal_comma(head: &Head) -> bool {
    Interface::of(&Language::new(&head.lang)).has_decimal_comma()
}

/// A cell of a table with a comma for the decimal point, where it is a figure.
pub(crate) fn with_decimal_comma(cell: &str) -> String {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let is_number = digits.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    if is_number && digits.matches('.').count() == 1 { cell.replace('.', ",") } else { cell.to_owned() }
}

/// The checklist, an item a line.
fn lines(checklist: &Checklist) -> Lines<'_> {
    let head = |key| match (key, checklist.head.text(key)) {
        // What the sign in that column means.
        ("common.level", label) => format!("{label} (▲ {})", checklist.head.text("common.critical")),
        (_, label) => label.to_owned(),
    };
    let heads = ["checklist.number"].iter().chain(QUESTIONS.columns).chain(&ANSWERS).map(|key| head(key)).collect();
    let edition =
        checklist.form.edition.as_ref().map_or("", |edition| edition.hash.get(..NAME_DIGITS).unwrap_or_default());
    let items = items(checklist).map(move |(phase, step, item)| {
        let mut cells = record(&checklist.head, phase, step, item);
        cells.push(edition.to_owned());
        cells
    });
    Box::new(std::iter::once(heads).chain(items))
}

/// What heads the columns behind those that the form fills.
const ANSWERS: [&str; 5] =
    ["checklist.observed", "sheet.answer", "checklist.note", "sheet.reference", "common.edition"];

fn items(checklist: &Checklist) -> impl Iterator<Item = (&PhaseItems, &StepItems, &ChecklistItem)> {
    let steps = checklist.phases.iter().flat_map(|phase| phase.steps.iter().map(move |step| (phase, step)));
    steps.flat_map(|(phase, step)| step.items.iter().map(move |item| (phase, step, item)))
}

fn record(head: &Head, phase: &PhaseItems, step: &StepItems, item: &ChecklistItem) -> Vec<String> {
    let standard = &item.standard;
    vec![
        item.number.to_string(),
        shown(&phase.title),
        step.title.as_ref().map_or_else(|| head.text("checklist.phase-whole").to_owned(), shown),
        shown(&standard.text),
        if standard.critical { format!("{} ▲", standard.numeral) } else { standard.numeral.to_owned() },
        item.type_label.clone(),
        roles(head, standard),
        standard.verify.clone(),
        measure(item),
        String::new(),
        String::new(),
        String::new(),
        standard.reference.clone(),
    ]
}

/// A text of the author's, with its language in brackets where that is not the document's.
pub(in crate::render) fn shown(prose: &Prose) -> String {
    match &prose.lang {
        Some(lang) => format!("{} ({lang})", prose.characters()),
        None => prose.characters(),
    }
}

/// Who keeps a standard, and in whose place.
pub(in crate::render) fn roles(head: &Head, standard: &StandardView) -> String {
    let listed = |roles: &[Prose]| roles.iter().map(shown).collect::<Vec<_>>().join(", ");
    let keepers = match standard.roles.as_slice() {
        [] => head.text("common.everyone").to_owned(),
        roles => listed(roles),
    };
    match standard.instead_of.as_slice() {
        [] => keepers,
        absent => format!("{keepers} ({}: {})", head.text("common.instead-of"), listed(absent)),
    }
}

/// What is measured, and its bound.
pub(in crate::render) fn measure(item: &ChecklistItem) -> String {
    let Some(measure) = &item.standard.measure else { return String::new() };
    match &measure.what {
        Some(what) => format!("{}: {}", shown(what), measure.bound),
        None => measure.bound.clone(),
    }
}
