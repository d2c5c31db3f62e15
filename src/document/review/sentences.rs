//! What the documents of a review say in the reader's language: evidence, changes, questions, gaps.

use serde::Serialize;

use crate::book::{Bound, Language, Level, Measure, Sequence, Text};
use crate::document::prose::Prose;
use crate::document::scope::Scope;
use crate::language::Interface;
use crate::method::MatrixCell;
use crate::review::{Call, Demand, Frozen, Reason, Reopening};
use crate::statistics::{ENOUGH, Rate, whole_percent};
use crate::units::Quantity;

use super::item::Difference;

/// When a review was closed, carried out and opened again, and why.
pub(crate) fn reopened_in_words(interface: &Interface, reopening: &Reopening) -> String {
    let (closed, day) = (interface.date(reopening.closed), interface.date(reopening.day));
    let done = reopening.carried_out.map(|done| interface.date(done));
    let key = if done.is_some() { "review.reopened-on-done" } else { "review.reopened-on" };
    let done = done.unwrap_or_default();
    let values = [("closed", &*closed), ("done", &*done), ("day", &*day), ("reason", &*reopening.reason)];
    interface.fill(key, &values)
}

/// A phase and trait with empty cells.
#[derive(Clone, Debug, Serialize)]
pub struct GapRow {
    /// Title of the phase.
    pub phase: Prose,
    /// Title of the trait.
    pub of_trait: Prose,
    /// The cells: type and level.
    pub cells: Vec<String>,
}

/// The gaps, a row a trait in a phase.
pub(super) fn gap_rows(scope: &Scope, gaps: &[&MatrixCell]) -> Vec<GapRow> {
    let place = |cell: &MatrixCell| (cell.sequence, cell.phase, cell.of_trait.clone());
    let row = |cells: &[&MatrixCell]| {
        let first = cells.first()?;
        let phase = scope.book.phase_at(first.sequence, first.phase)?;
        let cell = |cell: &&MatrixCell| {
            format!("{}, {}", scope.text(&format!("type.{}", cell.kind)), scope.text(&format!("level.{}", cell.level)))
        };
        Some(GapRow {
            phase: scope.prose(&phase.title),
            of_trait: scope.trait_title(&first.of_trait),
            cells: cells.iter().map(cell).collect(),
        })
    };
    gaps.chunk_by(|a, b| place(a) == place(b)).filter_map(row).collect()
}

/// What audits and customers say, a sentence each.
pub(super) fn evidence(scope: &Scope, frozen: &Frozen) -> Vec<String> {
    let words = scope.interface;
    let mut lines = Vec::new();
    if frozen.of > 0 {
        lines.push(words.fill("review.evidence.audits", &[("rate", &rate(scope, frozen.met, frozen.of))]));
    }
    if let Some(share) = frozen.agreement {
        lines.push(match frozen.agreement_units {
            Some(units) if u64::from(units) < ENOUGH => words.count("review.evidence.agreement-few", units as usize),
            Some(units) => {
                words.count("review.evidence.agreement-on", units as usize).replace("{share}", &words.share(share))
            }
            None => words.fill("review.evidence.agreement", &[("share", &words.share(share))]),
        });
    }
    if let Some(share) = frozen.low_ratings {
        lines.push(words.fill("review.evidence.low-ratings", &[("share", &words.share(share))]));
    }
    lines
}

/// `24 of 24 (100 %, 86–100 %)`; the counts alone where there are few.
pub(super) fn rate(scope: &Scope, met: u32, of: u32) -> String {
    let words = scope.interface;
    let (n, all) = (words.number(f64::from(met)), words.number(f64::from(of)));
    let counts = words.fill("review.evidence.counts", &[("met", &n), ("of", &all)]);
    let rate = Rate::new(u64::from(met), u64::from(of));
    let (Some(share), Some(interval)) = (rate.share(), rate.told_interval()) else { return counts };
    let share = words.share(share);
    let (low, high) = (words.number(whole_percent(interval.low)), words.share(interval.high));
    words.fill("review.evidence.rate", &[("counts", &counts), ("share", &share), ("low", &low), ("high", &high)])
}

/// Why a standard of a sequence is due, with what the evidence calls attention to.
pub(super) fn reason(scope: &Scope, sequence: Option<&Sequence>, reason: Reason, calls: &[Call]) -> String {
    let told = |call: &Call| scope.interface.with_customer(&format!("call.{call}"), scope.customer(sequence), &[]);
    let calls = calls.iter().map(told).collect::<Vec<_>>().join(", ");
    match reason {
        Reason::Evidence if !calls.is_empty() => scope.interface.fill("due-reason.evidence-of", &[("calls", &calls)]),
        _ => scope.text(&format!("due-reason.{reason}")),
    }
}

/// The question that an item of a sequence puts to the reviewers.
pub(super) fn question(
    scope: &Scope,
    sequence: Option<&Sequence>,
    reasons: &[Reason],
    calls: &[Call],
    level: Option<Level>,
) -> String {
    let call = calls.first().map(|call| call.word());
    let key = match (call, level) {
        (Some(call), _) => call.to_owned(),
        (None, _) if reasons.contains(&Reason::Changed) => "changed".to_owned(),
        (None, Some(level)) => level.word().to_owned(),
        (None, None) => "changed".to_owned(),
    };
    scope.interface.of_customer(&format!("review.question.{key}"), scope.customer(sequence))
}

/// What the figures propose, with the reason why it is no more than that.
pub(super) fn proposal(scope: &Scope, evidence: &Frozen) -> Option<String> {
    let decision = evidence.proposal()?;
    let label = scope.text(&format!("decision.{decision}"));
    let (met, of) = evidence.year?;
    let rate = rate(scope, met, of);
    Some(scope.interface.fill("review.proposal", &[("decision", &label), ("rate", &rate)]))
}

/// What differs between two demands.
pub(super) fn changes(scope: &Scope, before: &Demand, after: &Demand) -> Vec<Difference> {
    let mut differences = Vec::new();
    let label = |key: &str| scope.text(&format!("review.change.{key}"));
    if let (Some(old), Some(new)) = (&before.wording, &after.wording) {
        differences.extend(reworded(scope, old, new).map(|(old, new)| Difference {
            label: label("wording"),
            before: old,
            after: new,
        }));
    }
    let plain = |text: String| Prose::plain(text);
    if let (Some(old), Some(new)) = (before.level, after.level)
        && old != new
    {
        let name = |level: Level| plain(scope.text(&format!("level.{level}")));
        differences.push(Difference { label: label("level"), before: name(old), after: name(new) });
    }
    let bound = |measure: &Option<Measure>| measure.as_ref().map(|measure| scope.interface.bound(measure));
    let (old, new) = (bound(&before.measure), bound(&after.measure));
    if old != new && (before.measure.is_some() || before.wording.is_some()) {
        let shown = |bound: Option<String>| plain(bound.unwrap_or_else(|| scope.text("review.change.none")));
        differences.push(Difference { label: label("measure"), before: shown(old), after: shown(new) });
    }
    differences
}

/// Two wordings, where they differ: in the reader's language, or where its translation was not made anew in one in which they do,
/// the source language first, marked as what it is.
fn reworded(scope: &Scope, old: &Text, new: &Text) -> Option<(Prose, Prose)> {
    let (before, after) = (scope.prose(old), scope.prose(new));
    if before.characters() != after.characters() {
        return Some((before, after));
    }
    let source = scope.book.source_language();
    let others = new.0.iter().map(|worded| &worded.language).filter(|language| *language != source);
    let pair = |language: &Language| {
        let (old, new) = (old.get(language)?, new.get(language)?);
        let is_same = old.text.split_whitespace().eq(new.text.split_whitespace());
        (!is_same).then(|| (Prose::worded(old, scope.language), Prose::worded(new, scope.language)))
    };
    std::iter::once(source).chain(others).find_map(pair)
}

/// How long ago a day is, in months, in the sentence of that key.
pub(super) fn age(scope: &Scope, key: &str, since: chrono::NaiveDate) -> Option<String> {
    use chrono::Datelike;
    let today = scope.today;
    let mut months = (today.year() - since.year()) * 12 + today.month() as i32 - since.month() as i32;
    if today.day() < since.day() {
        months -= 1;
    }
    (months >= 0).then(|| {
        let age = scope.interface.quantity(&Quantity::months(f64::from(months)));
        scope.interface.fill(key, &[("age", &age)])
    })
}

/// The figure with what it measures, in the reader's language.
pub(super) fn measure(scope: &Scope, frozen: Option<&Measure>, now: Option<&Measure>) -> Option<String> {
    let measure = frozen.or(now)?;
    let is_same_bound = |other: &Measure| {
        other.bound == measure.bound || matches!((other.bound, measure.bound), (Bound::Within, Bound::AtMost))
    };
    let what = measure.what.as_ref().or_else(|| now.filter(|now| is_same_bound(now))?.what.as_ref());
    let bound = scope.interface.bound(measure);
    Some(match what {
        Some(what) => {
            let what = scope.prose(what).characters();
            scope.interface.fill("measure.labelled", &[("what", &what), ("bound", &bound)])
        }
        None => bound,
    })
}
