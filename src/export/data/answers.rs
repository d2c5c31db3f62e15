//! What each auditor said.

use super::column::ColumnType::{Bool, Day, Decimal, Int, Real, Text};
use super::column::{Heading, Table, Value};
use super::rows::{Rows, time};
use crate::audit::{Answer, Item, Record};
use crate::source::Span;
use crate::units::parse_quantity;

pub(super) const HEADINGS: &[Heading] = &[
    ("book", Text, "the book"),
    ("record", Text, "the record: its path below `audits/` without the ending"),
    ("round", Text, "what a form called the round"),
    ("day", Day, "the day"),
    ("time", Text, "the local time, where it was noted"),
    ("visit", Text, "the visit, as in `units`"),
    ("site", Text, "id of the site"),
    ("edition", Text, "the edition that it counts by"),
    ("auditor", Text, "who judged"),
    ("kind", Text, "internal, external, mystery or self"),
    ("standard", Text, "id of the standard"),
    ("stamp", Text, "the wording"),
    ("answer", Text, "met, not met, n/a or not observed"),
    ("met", Bool, "whether it was met; null where nothing was judged"),
    ("seen", Text, "what was written, where that is more than the answer"),
    ("value", Real, "the number in it, where it is one value"),
    ("unit", Text, "the unit of that number"),
    ("passed", Int, "observations that passed"),
    ("observations", Int, "observations"),
    ("demand", Decimal, "the share of observations that had to pass"),
    ("grade", Text, "how grave the finding is, in the words of ISO 19011"),
    ("note", Text, "what was noted"),
    ("why", Text, "the reason that was given"),
    ("evidence", Int, "how many photographs or papers there are"),
    ("staff", Text, "whose work was judged, as a code; null without `--staff`"),
    ("draft", Bool, "whether it is about a draft: a trial, which counts in no figure and is no row of `units`"),
];

pub(super) fn fill(rows: &Rows<'_>, table: &mut Table) {
    let audits = rows.audits();
    // The number of a visit is that of its first record.
    let visits = audits.visits();
    for (record, visit) in audits.records.iter().zip(visits) {
        let visit = audits.records.get(visit).map(|first| rows.name(first.file));
        record.items.iter().for_each(|item| push(rows, record, visit, item, table));
    }
}

fn push(rows: &Rows<'_>, record: &Record, visit: Option<&str>, item: &Item, table: &mut Table) {
    let met = match item.answer {
        Answer::Met => Some(true),
        Answer::NotMet => Some(false),
        Answer::NotApplicable | Answer::NotObserved => None,
    };
    let seen = rows.opened.loaded.sources.slice(item.seen.of(record.file)).trim();
    let seen = Some(seen).filter(|seen| !seen.is_empty() && *seen != item.answer.word());
    let value = seen.and_then(|seen| parse_quantity(seen.trim_matches(['"', '\'']), Span::default()).ok());
    let detail = item.detail.as_deref();
    let staff = rows.audits().staff(item).filter(|_| rows.options.staff);
    let time = time(record);
    table.push([
        rows.options.book.into(),
        rows.name(record.file).into(),
        record.round.as_ref().into(),
        record.moment.date.into(),
        time.as_ref().into(),
        visit.into(),
        record.site.as_ref().into(),
        rows.edition(record).into(),
        record.auditor.as_ref().into(),
        record.kind.word().into(),
        rows.audits().id(item).into(),
        rows.stamp_of(item).into(),
        item.answer.word().into(),
        met.into(),
        seen.into(),
        value.as_ref().map_or(Value::Null, |value| Value::Real(value.value)),
        value.as_ref().map(|value| value.unit.key()).into(),
        Value::Int(item.passed.into()),
        Value::Int(item.observations.into()),
        Value::Decimal(item.demand.into()),
        item.grade().map(|grade| grade.word()).into(),
        detail.and_then(|detail| detail.note.as_ref()).into(),
        detail.and_then(|detail| detail.why.as_ref()).into(),
        Value::count(detail.map_or(0, |detail| detail.evidence.len())),
        staff.into(),
        Some(rows.audits().is_trial(&rows.opened.standards, item)).into(),
    ]);
}
