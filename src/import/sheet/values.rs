//! What a standard has in each column: as its author wrote it, or, where a trait yields it, as it is.

use std::collections::BTreeMap;

use super::columns::{SheetColumn, columns};
use super::{MISSING, YES};
use crate::book::{Book, Bound, Language, Measure, Text, WrittenStandard};
use crate::edition::Reference;
use crate::language::Interface;
use crate::method::{Origin, Standard};

/// A row of the sheet.
#[derive(Clone, Debug)]
pub(crate) struct SheetRow<'a> {
    /// The standard.
    pub standard: &'a Standard,
    /// The value of each column.
    pub values: BTreeMap<SheetColumn, String>,
}

impl SheetRow<'_> {
    /// Whether a trait yields it.
    pub fn is_derived(&self) -> bool {
        matches!(self.standard.origin, Origin::Derived { .. })
    }
}

/// The rows of some standards. Hand-offs stand in no sheet: their parts are no sentence.
pub(crate) fn rows<'a>(
    book: &'a Book,
    standards: impl Iterator<Item = &'a Standard>,
    words: &Interface,
) -> Vec<SheetRow<'a>> {
    let columns = columns(book);
    let standards = standards.filter(|standard| !matches!(standard.origin, Origin::Handoff(_)));
    standards.map(|standard| row(book, standard, &columns, words)).collect()
}

fn row<'a>(book: &'a Book, standard: &'a Standard, columns: &[SheetColumn], words: &Interface) -> SheetRow<'a> {
    let phase = book.phase_at(standard.sequence, standard.phase);
    let written = phase.and_then(|phase| phase.standards.iter().find(|written| written.id.name == standard.id.name));
    let written = written.filter(|_| standard.origin == Origin::Written);
    let value = |column: &SheetColumn| (column.clone(), value(book, standard, written, column, words));
    SheetRow { standard, values: columns.iter().map(value).collect() }
}

fn value(
    book: &Book,
    standard: &Standard,
    written: Option<&WrittenStandard>,
    column: &SheetColumn,
    words: &Interface,
) -> String {
    let sequence = book.sequences.get(standard.sequence);
    let phase = sequence.and_then(|sequence| sequence.phases.get(standard.phase));
    let title = |text: &Text| book.in_source(text).unwrap_or_default().to_owned();
    let in_language = |text: Option<&Text>| {
        let language = column.language.as_deref().map(Language::new);
        let worded = text.zip(language).and_then(|(text, language)| text.get(&language).cloned());
        worded.map(|worded| worded.text.trim().to_owned()).unwrap_or_default()
    };
    let list = |texts: &[Text]| {
        let lines: Vec<String> = texts.iter().map(|text| in_language(Some(text)).replace('\n', " ")).collect();
        if lines.iter().all(String::is_empty) {
            return String::new();
        }
        lines.iter().map(|line| if line.is_empty() { MISSING } else { line }).collect::<Vec<_>>().join("\n")
    };
    let teaching = &standard.teaching;
    match column.key {
        "reference" => Reference::to(standard).to_string(),
        "sequence" => sequence.map(|sequence| title(&sequence.title)).unwrap_or_default(),
        "phase" => phase.map(|phase| title(&phase.title)).unwrap_or_default(),
        "step" => {
            let step = standard.step.and_then(|step| phase?.steps.get(step));
            step.map(|step| step.id.name.clone()).unwrap_or_default()
        }
        "trait" => standard.traits.join(", "),
        "type" => standard.decided_kind().map(|kind| words.word("type", kind.word()).to_owned()).unwrap_or_default(),
        "level" => {
            standard.decided_level().map(|level| words.word("level", level.word()).to_owned()).unwrap_or_default()
        }
        // As it is written: a role that its step has is not its own.
        "role" => written.map_or(&standard.roles, |written| &written.roles).join(", "),
        "status" => words.word("status", standard.status.word()).to_owned(),
        "text" => in_language(Some(&standard.text)),
        "measure" => standard.measure.as_ref().map(figure).unwrap_or_default(),
        "share" => standard.measure.as_ref().and_then(Measure::plain_share).unwrap_or_default(),
        "verify" => {
            let own = written.map_or(Some(standard.verify), |written| written.verify);
            own.map(|verify| words.word("verify", verify.word()).to_owned()).unwrap_or_default()
        }
        "aspect" => {
            let own = written.map_or(Some(standard.aspect), |written| written.aspect);
            own.map(|aspect| words.word("aspect", aspect.word()).to_owned()).unwrap_or_default()
        }
        "critical" => if standard.critical { YES } else { "" }.to_owned(),
        "weight" => {
            if standard.weight == 1.0 {
                String::new()
            } else {
                standard.weight.to_string()
            }
        }
        "when" => {
            written.and_then(|written| written.when.as_ref()).map(|when| when.source.to_string()).unwrap_or_default()
        }
        "what" => in_language(standard.measure.as_ref().and_then(|measure| measure.what.as_ref())),
        "why" => in_language(teaching.why.as_ref()),
        "how" => list(&teaching.how),
        "say" => list(&teaching.say),
        "avoid" => list(&teaching.avoid),
        "sources" => list(&teaching.sources),
        _ => String::new(),
    }
}

/// A figure in signs that are the same in every language.
fn figure(measure: &Measure) -> String {
    let value = measure.value.plain();
    match (measure.bound, &measure.high) {
        (Bound::Within | Bound::AtMost, _) => format!("≤ {value}"),
        (Bound::AtLeast, _) => format!("≥ {value}"),
        (Bound::Between, Some(high)) => format!("{value} – {}", high.plain()),
        (Bound::Between, None) => format!("≥ {value}"),
    }
}
