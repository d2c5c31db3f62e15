//! Many standards: a table for people, or CSV for spreadsheets.

use std::borrow::Cow;
use std::io::Write;

use anyhow::Result;

use super::View;
use super::json::when;
use crate::book::{Measure, Status, Text};
use crate::cli::Edge;
use crate::cli::table::Table;
use crate::language::Interface;
use crate::method::Standard;
use crate::say;
use crate::text::harmless;

/// One line a standard: id, type, level, status where it is not in force, text.
pub(super) fn write_table(view: &View, edge: &mut Edge) -> Result<()> {
    if view.told().next().is_none() {
        return Ok(());
    }
    let words = edge.people();
    let mut table = Table::new([say!("id"), say!("type"), say!("level"), say!("text")].map(|head| edge.say(&head)));
    for selected in view.told() {
        let standard = selected.standard;
        let status = if standard.status == Status::Active {
            String::new()
        } else {
            format!("[{}] ", words.word("status", standard.status.word()))
        };
        let text = format!("{status}{}", text(view, &selected.text));
        let [kind, level] = decided(standard, words);
        table.row([standard.id.name.as_str(), kind, level, &text]);
    }
    table.write(edge)
}

/// The words for type and level; a dash where a draft leaves them open.
pub(super) fn decided<'w>(standard: &Standard, words: &'w Interface) -> [&'w str; 2] {
    [
        standard.decided_kind().map_or(OPEN, |kind| words.word("type", kind.word())),
        standard.decided_level().map_or(OPEN, |level| words.word("level", level.word())),
    ]
}

/// Stands where a draft leaves something open.
const OPEN: &str = "—";

/// A text in the language of the view, else in the source language with that behind it, as documents have it.
pub(super) fn text<'a>(view: &View, text: &'a Text) -> Cow<'a, str> {
    match text.best(view.language, view.opened.loaded.book.source_language()) {
        None => Cow::Borrowed(""),
        Some(worded) if worded.language == *view.language => Cow::Borrowed(&worded.text),
        Some(worded) => Cow::Owned(format!("{} ({})", worded.text.trim_end(), worded.language)),
    }
}

/// Every standard with its columns, the text in each of the book's languages.
pub(super) fn write_csv(view: &View, out: &mut impl Write) -> Result<()> {
    let loaded = &view.opened.loaded;
    let mut csv = csv::Writer::from_writer(out);
    let texts = loaded.book.languages.iter().map(|language| format!("text.{language}"));
    let columns = ["id", "stamp", "sequence", "phase", "step", "type", "level", "traits", "roles"];
    let rest = [
        "measure",
        "share",
        "verify",
        "aspect",
        "critical",
        "weight",
        "procedure",
        "when",
        "origin",
        "status",
        "file",
        "line",
    ];
    csv.write_record(columns.into_iter().map(str::to_owned).chain(texts).chain(rest.into_iter().map(str::to_owned)))?;
    for selected in view.told() {
        let standard = selected.standard;
        let sequence = &loaded.book.sequences[standard.sequence];
        let phase = &sequence.phases[standard.phase];
        let mut row: Vec<String> = vec![
            standard.id.name.clone(),
            standard.stamp.clone(),
            sequence.id.name.clone(),
            phase.id.name.clone(),
            standard.step.map(|index| phase.steps[index].id.name.clone()).unwrap_or_default(),
            standard.decided_kind().map_or_else(String::new, |kind| kind.to_string()),
            standard.decided_level().map_or_else(String::new, |level| level.to_string()),
            standard.traits.join(" "),
            selected.roles.join(" "),
        ];
        for language in &loaded.book.languages {
            row.push(selected.text.get(language).map(|worded| worded.text.clone()).unwrap_or_default());
        }
        let measure = standard.measure.as_ref();
        row.extend([
            measure.map(Measure::plain).unwrap_or_default(),
            measure.map(|measure| measure.share.to_string()).unwrap_or_default(),
            standard.verify.to_string(),
            standard.aspect.to_string(),
            standard.critical.to_string(),
            standard.weight.to_string(),
            standard.procedure.map(|selected| selected.to_string()).unwrap_or_default(),
            when(&standard.when).unwrap_or_default().into_owned(),
            standard.origin.word().to_owned(),
            standard.status.to_string(),
            loaded.sources.get(standard.span.file).path.clone(),
            loaded.sources.positions(standard.span.head()).0.line.to_string(),
        ]);
        csv.write_record(row.iter().map(|cell| harmless(cell).into_owned()))?;
    }
    Ok(csv.flush()?)
}
