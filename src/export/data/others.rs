//! Places, actions, customers, reviews.

use super::column::ColumnType::{Bool, Day, Int, Real, Text};
use super::column::{Heading, Table, Value};
use super::rows::{Rows, day};
use crate::audit::findings;
use crate::book::Attribute;
use crate::review::ReviewEntry;
use crate::source::World;

pub(super) const SITES: &[Heading] =
    &[("book", Text, "the book"), ("site", Text, "id of the site"), ("title", Text, "what it is called")];

pub(super) const ATTRIBUTES: &[Heading] = &[
    ("book", Text, "the book"),
    ("site", Text, "id of the site"),
    ("attribute", Text, "the name of the attribute"),
    ("text", Text, "its value, where that is a text"),
    ("number", Real, "where it is a number"),
    ("truth", Bool, "where it is true or false"),
];

pub(super) const ACTIONS: &[Heading] = &[
    ("book", Text, "the book"),
    ("record", Text, "the record"),
    ("found", Day, "the day of the finding"),
    ("site", Text, "id of the site"),
    ("standard", Text, "id of the standard"),
    ("stamp", Text, "the wording that was judged"),
    ("answer", Text, "how it was answered"),
    ("grade", Text, "how grave the finding is"),
    ("what", Text, "what is done"),
    ("cause", Text, "why it happened"),
    ("owner", Text, "who sees to it"),
    ("due", Day, "by when"),
    ("done", Day, "when it was done"),
    ("verified", Day, "when its effect was checked"),
    ("effective", Bool, "whether it had one"),
    ("state", Text, "overdue, open, done, without-effect or verified, on the day of the data set"),
    ("came_back", Day, "when the standard was not met again at the site after it was done"),
];

pub(super) const FEEDBACK: &[Heading] = &[
    ("book", Text, "the book"),
    ("day", Day, "the day"),
    ("site", Text, "id of the site"),
    ("area", Text, "id of the service area"),
    ("sequence", Text, "id of the service sequence"),
    ("phase", Text, "id of the phase"),
    ("rating", Real, "how satisfied the customer was, on the book's scale"),
    ("low", Bool, "whether that is below the middle of the scale"),
    ("importance", Real, "how much it matters to the customer"),
    ("kind", Text, "praise, complaint or survey"),
];

pub(super) const REVIEWS: &[Heading] = &[
    ("book", Text, "the book"),
    ("review", Text, "the name of the review"),
    ("opened", Day, "the day it was opened"),
    ("closed", Day, "the day it was closed"),
    ("standard", Text, "id of the standard"),
    ("stamp", Text, "the wording that was reviewed"),
    ("decision", Text, "what was decided; null while nothing is"),
    ("reason", Text, "why"),
    ("owner", Text, "who carries it out"),
    ("due", Day, "by when"),
    ("now", Text, "the stamp that the review left it with"),
    ("met", Int, "units met, as frozen when the review was opened"),
    ("judged", Int, "units judged"),
    ("low_ratings", Real, "share of low ratings of its phase"),
];

pub(super) fn sites(rows: &Rows<'_>, table: &mut Table) {
    for site in &rows.book().sites {
        table.push([rows.options.book.into(), (&site.id.name).into(), rows.text(&site.title).into()]);
    }
}

pub(super) fn attributes(rows: &Rows<'_>, table: &mut Table) {
    for site in &rows.book().sites {
        for (name, value) in &site.attributes {
            let (text, number, truth) = match value {
                Attribute::Text(text) => (text.into(), Value::Null, Value::Null),
                Attribute::Number(number) => (Value::Null, Value::Real(*number), Value::Null),
                Attribute::Bool(truth) => (Value::Null, Value::Null, (*truth).into()),
            };
            table.push([rows.options.book.into(), (&site.id.name).into(), name.into(), text, number, truth]);
        }
    }
}

pub(super) fn actions(rows: &Rows<'_>, table: &mut Table) {
    let audits = rows.audits();
    let all = findings(audits, &rows.opened.standards);
    for finding in &all {
        let Some(action) = finding.action() else { continue };
        let came_back = finding.came_back.and_then(|later| all.get(later)).map(|later| later.record.moment.date);
        table.push([
            rows.options.book.into(),
            rows.name(finding.record.file).into(),
            finding.record.moment.date.into(),
            finding.record.site.as_ref().into(),
            audits.id(finding.item).into(),
            rows.stamp_of(finding.item).into(),
            finding.item.answer.word().into(),
            finding.item.grade().map(|grade| grade.word()).into(),
            (&action.what).into(),
            action.cause.as_ref().into(),
            action.owner.as_ref().into(),
            day(action.due),
            day(action.done),
            day(action.verified),
            action.effective.into(),
            action.state(rows.opened.world.today()).word().into(),
            day(came_back),
        ]);
    }
}

pub(super) fn feedback(rows: &Rows<'_>, table: &mut Table) {
    let (book, feedback) = (rows.book(), &rows.records.feedback);
    for response in &feedback.responses {
        let sequence = response.sequence.and_then(|place| book.sequences.get(place));
        let phase = sequence.and_then(|sequence| sequence.phases.get(response.phase?));
        let site = response.site.and_then(|place| book.sites.get(place));
        table.push([
            rows.options.book.into(),
            response.date.into(),
            site.map(|site| &site.id.name).into(),
            response.area.as_ref().into(),
            sequence.map(|sequence| &sequence.id.name).into(),
            phase.map(|phase| &phase.id.name).into(),
            response.rating.map_or(Value::Null, Value::Real),
            response.rating.map(|rating| feedback.is_low(rating)).into(),
            response.importance.map_or(Value::Null, Value::Real),
            response.kind.map(|kind| kind.word()).into(),
        ]);
    }
}

pub(super) fn reviews(rows: &Rows<'_>, table: &mut Table) {
    for review in &rows.records.reviews.all {
        let closed = review.closed.as_ref().map(|closed| closed.value);
        for entry in &review.entries {
            let now = entry.standard.and_then(|place| rows.opened.standards.all.get(place));
            let ReviewEntry { evidence, reason, decision, .. } = entry;
            table.push([
                rows.options.book.into(),
                (&review.name).into(),
                day(review.opened),
                day(closed),
                now.map_or(entry.id.as_str(), |standard| &standard.id.name).into(),
                entry.stamp.as_ref().into(),
                decision.as_ref().map(|decision| decision.value.word()).into(),
                reason.as_ref().and_then(|reason| rows.text(reason)).into(),
                entry.owner.as_ref().into(),
                day(entry.due),
                entry.now.as_ref().into(),
                evidence.as_ref().map_or(Value::Null, |evidence| Value::Int(evidence.met.into())),
                evidence.as_ref().map_or(Value::Null, |evidence| Value::Int(evidence.of.into())),
                evidence.as_ref().and_then(|evidence| evidence.low_ratings).map_or(Value::Null, Value::Real),
            ]);
        }
    }
}
