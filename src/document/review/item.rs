//! A standard as the documents of a review show it.

use serde::Serialize;

use super::sentences;
use super::then::Then;
use crate::book::{Level, Text};
use crate::document::long::Long;
use crate::document::prose::Prose;
use crate::document::scope::Scope;
use crate::document::standard::numeral;
use crate::edition::Reference;
use crate::method::Standard;
use crate::review::{Decision, Demand, Due, Frozen, Reason, Review, ReviewEntry, Reviews, last_before};

/// A standard and all that is known of it for deciding.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewItem {
    /// Number in the document.
    pub number: usize,
    /// The id.
    pub id: String,
    /// The stamp of the wording that is judged; empty where the record names none.
    pub stamp: String,
    /// `ID@STAMP`.
    pub reference: String,
    /// What it demands.
    pub text: Prose,
    /// The level's word in the format.
    pub level: &'static str,
    /// The level in the document's language.
    pub level_label: String,
    /// I, II or III.
    pub numeral: &'static str,
    /// What it is about, in the document's language.
    pub type_label: String,
    /// The figure, with what it measures.
    pub measure: Option<String>,
    /// Whether failing it fails its phase.
    pub critical: bool,
    /// When it was reviewed last, and what was decided.
    pub last: String,
    /// How long that, or its coming into force, is ago.
    pub age: Option<String>,
    /// Whether its review should have been by now.
    pub overdue: bool,
    /// Why it is due.
    pub reasons: Vec<String>,
    /// What changed since its last review.
    pub changes: Vec<Difference>,
    /// What audits and customers say.
    pub evidence: Vec<String>,
    /// What the figures propose.
    pub proposal: Option<String>,
    /// The question to answer.
    pub question: String,
    /// Whether keeping it as it is needs a reason, since it fails.
    pub reason_for_keeping: bool,
    /// The decision's word in the format.
    pub decision: Option<&'static str>,
    /// The decision in the document's language.
    pub decision_label: Option<String>,
    /// Why it was decided so.
    pub reason: Option<Prose>,
    /// Who carries it out.
    pub owner: Option<String>,
    /// The same by the title of the role.
    pub owner_label: Option<String>,
    /// By when, in words.
    pub due: Option<String>,
    /// By when, as `YYYY-MM-DD`.
    pub due_day: Option<String>,
}

/// Something that is not what it was.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// What: wording, level, measure.
    pub label: String,
    /// What it was.
    pub before: Prose,
    /// What it is.
    pub after: Prose,
}

/// The standards of a phase.
#[derive(Clone, Debug, Serialize)]
pub struct PhaseReview {
    /// Id of the phase; none for standards that the book no longer has.
    pub id: Option<String>,
    /// The title.
    pub title: Prose,
    /// The standards in service order.
    pub items: Vec<ReviewItem>,
}

/// A decision's word and name.
#[derive(Clone, Debug, Serialize)]
pub struct DecisionKey {
    /// The word of the format.
    pub word: &'static str,
    /// The name in the document's language.
    pub label: String,
    /// What it means.
    pub meaning: String,
}

/// All decisions, for boxes and legends.
pub(super) fn decision_keys(scope: &Scope) -> Vec<DecisionKey> {
    let key = |decision: &Decision| DecisionKey {
        word: decision.word(),
        label: scope.text(&format!("decision.{decision}")),
        meaning: scope.text(&format!("decision-meaning.{decision}")),
    };
    Decision::ALL.iter().map(key).collect()
}

/// What an item is made of.
struct ItemParts<'a> {
    standard: Option<&'a Standard>,
    id: &'a str,
    stamp: Option<&'a str>,
    demand: Demand,
    reasons: &'a [Reason],
    changes: Vec<Difference>,
    frozen: Frozen,
    in_force: Option<chrono::NaiveDate>,
    last: Option<(chrono::NaiveDate, &'a str, Option<Decision>)>,
    overdue: bool,
}

/// A standard that is due.
pub(super) fn of_due(scope: &Scope, due: &Due<'_>, number: usize) -> ReviewItem {
    let standard = due.standard;
    let demand = of_standard(standard);
    let changes =
        due.change.as_ref().map(|change| sentences::changes(scope, &change.before, &demand)).unwrap_or_default();
    let last = due.last.as_ref().map(|last| (last.closed, last.review.name.as_str(), last.decision));
    let parts = ItemParts {
        standard: Some(standard),
        id: &standard.id.name,
        stamp: Some(&standard.stamp),
        demand,
        reasons: &due.reasons,
        changes,
        frozen: due.evidence.freeze(),
        in_force: due.in_force,
        last,
        overdue: due.overdue,
    };
    item(scope, parts, number)
}

/// An entry of a review, as it stood when the review was opened, with what was decided.
pub(super) fn of_entry(
    scope: &Scope,
    reviews: &Reviews,
    review: &Review,
    entry: &ReviewEntry,
    live: Option<&Due<'_>>,
    number: usize,
) -> ReviewItem {
    let standard = entry.standard.and_then(|index| scope.standards.all.get(index));
    // Where the wording is the one that was judged, the book has it in the reader's language.
    let unchanged = standard.filter(|standard| entry.stamp.as_ref().is_none_or(|stamp| *stamp == standard.stamp));
    let now = unchanged.map(of_standard).unwrap_or_default();
    // What is closed reads as it did, translations too, as far as the review kept them.
    let is_kept = |kept: &&Text| review.closed.is_some() && kept.get(scope.language).is_some();
    let kept = entry.demand.wording.as_ref().filter(is_kept);
    let demand = Demand {
        wording: kept.cloned().or(now.wording).or_else(|| entry.demand.wording.clone()),
        level: now.level.or(entry.demand.level),
        measure: now.measure.or_else(|| entry.demand.measure.clone()),
    };
    let changes = entry.before.as_ref().map(|before| sentences::changes(scope, before, &demand)).unwrap_or_default();
    let last = last_before(reviews, review, entry);
    let parts = ItemParts {
        standard,
        id: standard.map_or(entry.id.as_str(), |standard| &standard.id.name),
        stamp: entry.stamp.as_deref().or(standard.map(|standard| standard.stamp.as_str())),
        demand,
        reasons: &entry.reasons,
        changes,
        frozen: entry.evidence.clone().unwrap_or_default(),
        in_force: live.and_then(|due| due.in_force),
        last: last.map(|(closed, review, decision)| (closed, review.name.as_str(), decision)),
        overdue: live.is_some_and(|due| due.overdue),
    };
    ReviewItem {
        decision: entry.decision.as_ref().map(|decision| decision.value.word()),
        decision_label: entry.decision.as_ref().map(|decision| scope.text(&format!("decision.{}", decision.value))),
        reason: entry.reason.as_ref().map(|reason| scope.prose(reason)),
        owner: entry.owner.clone(),
        owner_label: entry.owner.as_ref().map(|name| named(scope, name)),
        due: entry.due.map(|day| scope.interface.date(day)),
        due_day: entry.due.map(|day| day.to_string()),
        ..item(scope, parts, number)
    }
}

fn item(scope: &Scope, parts: ItemParts<'_>, number: usize) -> ReviewItem {
    let ItemParts { standard, id, stamp, demand, reasons, changes, frozen, in_force, last, overdue } = parts;
    let level = demand.level.or(standard.map(|standard| standard.level));
    let reference = name_of(&Reference { id, stamp }.to_string());
    let last_review = match last {
        Some((closed, name, decision)) => {
            let day = scope.interface.date(closed);
            let decided = match decision {
                Some(decision) => scope.text(&format!("decision.{decision}")),
                None => scope.text("review.was-added"),
            };
            scope.interface.fill("review.last", &[("date", &day), ("name", name), ("decision", &decided)])
        }
        None => scope.text("review.never"),
    };
    let age = match last {
        Some((closed, ..)) => sentences::age(scope, "review.age", closed),
        None => in_force.and_then(|since| sentences::age(scope, "review.age-in-force", since)),
    };
    let measure_now = standard.and_then(|standard| standard.measure.as_ref());
    let sequence = standard.and_then(|standard| scope.book.sequences.get(standard.sequence));
    ReviewItem {
        number,
        id: id.to_owned(),
        stamp: stamp.unwrap_or_default().to_owned(),
        reference,
        text: demand.wording.as_ref().map_or_else(|| Prose::plain(id), |text: &Text| scope.prose(text)),
        level: level.map_or("", Level::word),
        level_label: level.map(|level| scope.text(&format!("level.{level}"))).unwrap_or_default(),
        numeral: level.map_or("", numeral),
        type_label: standard.map(|standard| scope.text(&format!("type.{}", standard.kind))).unwrap_or_default(),
        measure: sentences::measure(scope, demand.measure.as_ref(), measure_now),
        critical: standard.is_some_and(|standard| standard.critical),
        last: last_review,
        age,
        overdue,
        reasons: reasons.iter().map(|reason| sentences::reason(scope, sequence, *reason, &frozen.calls)).collect(),
        changes,
        evidence: sentences::evidence(scope, &frozen),
        proposal: sentences::proposal(scope, &frozen),
        question: sentences::question(scope, sequence, reasons, &frozen.calls, level),
        reason_for_keeping: frozen.is_failing(),
        decision: None,
        decision_label: None,
        reason: None,
        owner: None,
        owner_label: None,
        due: None,
        due_day: None,
    }
}

/// A role by its title; whatever else is named, as written.
pub(super) fn named(scope: &Scope, name: &str) -> String {
    scope.book.role(name).map_or_else(|| name.to_owned(), |role| scope.prose(&role.title).characters())
}

/// A name as it may stand between backticks; a record's may hold anything.
pub(super) fn name_of(written: &str) -> String {
    written.chars().filter(|c| *c != '`' && !c.is_control()).collect()
}

/// What a standard demands now.
pub(super) fn of_standard(standard: &Standard) -> Demand {
    Demand { wording: Some((*standard.text).clone()), level: Some(standard.level), measure: standard.measure.clone() }
}

/// Entries in service order, phase by phase; what the book no longer has comes last.
pub(super) fn by_phase(
    scope: &Scope,
    then: &Then<'_>,
    (reviews, review): (&Reviews, &Review),
    survey: &[Due<'_>],
) -> Long<PhaseReview> {
    let mut entries: Vec<&ReviewEntry> = review.entries.iter().collect();
    entries.sort_by_key(|entry| entry.standard.unwrap_or(usize::MAX));
    let place = |entry: &ReviewEntry| {
        let standard = entry.standard.and_then(|index| scope.standards.all.get(index));
        standard.map(|standard| (standard.sequence, standard.phase))
    };
    let mut number = 0;
    let mut phases = Vec::new();
    for group in entries.chunk_by(|a, b| place(a) == place(b)) {
        let group_place = group.first().and_then(|first| place(first));
        let phase = group_place.and_then(|(sequence, phase)| scope.book.phase_at(sequence, phase));
        let items = group.iter().map(|entry| {
            number += 1;
            let live = entry.standard.and_then(|index| survey.iter().find(|due| due.index == index));
            of_entry(scope, reviews, review, entry, live, number)
        });
        phases.push(PhaseReview {
            items: items.collect(),
            id: phase.map(|phase| phase.id.name.clone()),
            title: phase.map_or_else(|| Prose::plain(scope.text("review.gone")), |phase| then.phase(phase)),
        });
    }
    phases.into()
}
