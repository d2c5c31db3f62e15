//! The facts: one standard in one visit.

use chrono::Datelike;

use super::column::ColumnType::{Bool, Day, Decimal, Int, Text};
use super::column::{Heading, Table, Value};
use super::rows::{Rows, time};
use crate::audit::{Fact, Verdict};

pub(super) const HEADINGS: &[Heading] = &[
    ("book", Text, "the book, as `--name` calls it"),
    ("day", Day, "the day of the visit"),
    ("time", Text, "its local time, where it was noted"),
    ("visit", Text, "the visit: the name of its first record"),
    ("shift", Text, "what its auditors called it"),
    ("site", Text, "id of the site"),
    ("edition", Text, "the edition that it counts by; null for the book as it stands"),
    ("standard", Text, "id of the standard"),
    ("stamp", Text, "the wording; null where the record names none and nothing here knows it"),
    ("sequence", Text, "id of the service sequence"),
    ("phase", Text, "id of the phase"),
    ("step", Text, "`PHASE.STEP`"),
    ("area", Text, "id of the service area"),
    ("type", Text, "personal, product or procedural"),
    ("level", Text, "basic, expected or exclusive; null for a standard that nothing here knows"),
    ("aspect", Text, "performance, organisation or professionalism"),
    ("weight", Decimal, "how much it counts in scores"),
    ("critical", Bool, "whether failing it fails its phase"),
    ("state", Text, "met, not met, disputed, n/a, not observed, or not counted: its edition is not here"),
    ("met", Bool, "whether it was met; null where nothing was judged, and where auditors are tied"),
    ("auditors", Int, "how many auditors judged it"),
];

/// Gives the units out, a table for each year.
pub(super) fn by_year<E>(rows: &Rows<'_>, mut each: impl FnMut(i32, &Table) -> Result<(), E>) -> Result<(), E> {
    let mut year: Option<i32> = None;
    let mut table = Table::new(HEADINGS);
    let mut failure = Ok(());
    rows.audits().each_fact(&rows.opened.standards, |fact| {
        if failure.is_err() {
            return;
        }
        let visit_year = fact.visit.moment.date.year();
        if let Some(before) = year.replace(visit_year).filter(|before| *before != visit_year) {
            failure = each(before, &std::mem::replace(&mut table, Table::new(HEADINGS)));
        }
        push(rows, &fact, &mut table);
    });
    failure?;
    year.map_or(Ok(()), |year| each(year, &table))
}

fn push(rows: &Rows<'_>, fact: &Fact<'_>, table: &mut Table) {
    let Fact { visit, record, standard, row, former, verdict, auditors } = *fact;
    let place = rows.all.get(row as usize);
    let id = rows.audits().ids.get(standard as usize);
    let (state, met) = match verdict {
        Some(Verdict::Met) => ("met", Some(true)),
        Some(Verdict::NotMet) => ("not met", Some(false)),
        Some(Verdict::Disputed) => ("disputed", None),
        Some(Verdict::NotApplicable) => ("n/a", None),
        Some(Verdict::NotObserved) => ("not observed", None),
        None => ("not counted", None),
    };
    let time = time(visit);
    table.push([
        rows.options.book.into(),
        visit.moment.date.into(),
        time.as_ref().into(),
        rows.name(visit.file).into(),
        visit.visit.as_ref().into(),
        visit.site.as_ref().into(),
        rows.edition(record).into(),
        id.into(),
        rows.stamp(former, row).into(),
        place.and_then(|place| place.sequence).into(),
        place.and_then(|place| place.phase).into(),
        place.and_then(|place| place.step.as_ref()).into(),
        place.and_then(|place| place.area).into(),
        place.map(|place| place.standard.kind.word()).into(),
        place.map(|place| place.standard.level.word()).into(),
        place.map(|place| place.standard.aspect.word()).into(),
        // What nothing here knows counts as one.
        Value::decimal(place.map_or(1.0, |place| place.standard.weight)),
        place.is_some_and(|place| place.standard.critical).into(),
        state.into(),
        met.into(),
        Value::count(auditors),
    ]);
}
