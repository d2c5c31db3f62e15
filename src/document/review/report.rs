//! The review report: what was decided and why, to be handed over and signed.

use serde::Serialize;

use super::OfReview;
use super::item::{Difference, PhaseReview, ReviewItem, by_phase, name_of, named};
use super::outcomes::{between, outcomes};
use super::recommendations::{Recommendation, recommendations};
use super::sentences::{self, GapRow, gap_rows, reopened_in_words};
use super::then::Then;
use crate::audit::ActionState;
use crate::audit::figures::{RecordSelection, Selection, figures};
use crate::document::audit_report::{Judged, LabelledValue, Reviewed, Section, VerdictView, for_review};
use crate::document::control::DocumentState;
use crate::document::head::Head;
use crate::document::history::{History, history_until};
use crate::document::kind::DocumentKind;
use crate::document::long::Long;
use crate::document::prose::Prose;
use crate::document::scope::Scope;
use crate::review::{Decision, OpenAction, Review, ReviewEntry, Trend, last_before, period, total, trends};
use crate::statistics::{self, Rate};

/// The view of a review report.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewReport {
    /// What it is.
    pub head: Head,
    /// Name of the review.
    pub name: String,
    /// Whether it is closed.
    pub is_closed: bool,
    /// When it was opened, closed, and when the next one is due.
    pub facts: Vec<(String, String)>,
    /// The verdict, a sentence each.
    pub verdict: Vec<String>,
    /// What the review is about, by what it judges and how, a paragraph each: scope, criteria, method.
    pub basis: Vec<(String, String)>,
    /// The audits that it relies on.
    pub audits: Section,
    /// What they came to; none where there was none.
    pub audited: Option<Audited>,
    /// What audits and customers say, part by part.
    pub sections: Long<Section>,
    /// What the figures recommend, the most pressing first.
    pub recommendations: Vec<Recommendation>,
    /// What became of what the review decided: old and new.
    pub outcomes: Vec<Changed>,
    /// What management answers.
    pub response: Option<Prose>,
    /// Who gets the report.
    pub distribution: Vec<String>,
    /// Who else may read it.
    pub confidentiality: Prose,
    /// Who took part.
    pub reviewers: Vec<String>,
    /// Phases in service order, with the decisions.
    pub phases: Long<PhaseReview>,
    /// Whether no review before looked at any of these standards.
    pub is_first: bool,
    /// What changed since the review before.
    pub changes: Vec<Changed>,
    /// Whether that is all that changed, and not only what the standards looked at tell.
    pub is_compared: bool,
    /// How audits moved since the review before.
    pub trends: Vec<TrendView>,
    /// Standards that change their level.
    pub moves: Vec<MoveView>,
    /// Standards that the review adds.
    pub added: Vec<AddedView>,
    /// What is still to be done: by decision, then by audits.
    pub actions: Vec<ActionView>,
    /// Cells that nothing fills.
    pub gaps: Vec<GapRow>,
    /// The editions that were issued until then, with what each changed; none where nothing was issued.
    pub history: Option<History>,
    /// The day of the next review, in words.
    pub next: Option<String>,
}

/// What the audits came to.
#[derive(Clone, Debug, Serialize)]
pub struct Audited {
    /// Score, level, and what stands in the way.
    pub verdict: VerdictView,
    /// How much was looked at.
    pub facts: Vec<LabelledValue>,
}

/// A standard and what changed of it.
#[derive(Clone, Debug, Serialize)]
pub struct Changed {
    /// `ID@STAMP`.
    pub reference: String,
    /// What changed.
    pub changes: Vec<Difference>,
}

/// How the audits of a standard moved.
#[derive(Clone, Debug, Serialize)]
pub struct TrendView {
    /// The id.
    pub id: String,
    /// What it demands.
    pub text: Prose,
    /// What audits said at the review before.
    pub before: String,
    /// What they say at this one.
    pub after: String,
    /// Better, worse, or not to be told apart, with the difference and its interval.
    pub verdict: String,
    /// Whether the difference is more than chance.
    pub established: bool,
}

/// A standard that changes its level.
#[derive(Clone, Debug, Serialize)]
pub struct MoveView {
    /// The id.
    pub id: String,
    /// What it demands.
    pub text: Prose,
    /// The level it had.
    pub from: String,
    /// The level it gets.
    pub to: String,
    /// Why.
    pub reason: Option<Prose>,
}

/// A standard that the review adds.
#[derive(Clone, Debug, Serialize)]
pub struct AddedView {
    /// The id; what was asked for where it is not written yet.
    pub id: String,
    /// What it demands.
    pub text: Option<Prose>,
}

/// Something still to be done.
#[derive(Clone, Debug, Serialize)]
pub struct ActionView {
    /// The standard.
    pub id: String,
    /// What it demands; none where the book no longer has it.
    pub text: Option<Prose>,
    /// What will be done.
    pub what: String,
    /// The site.
    pub site: Option<Prose>,
    /// Who sees to it.
    pub owner: Option<String>,
    /// By when, in words.
    pub due: Option<String>,
    /// Whether it should have been done by now.
    pub overdue: bool,
    /// What is left of it though it was done: it did not help, or what was found came back.
    pub state: Option<String>,
    /// Whether the review decided it, and not an audit.
    pub of_review: bool,
}

/// Actions of audits as documents show them.
pub(super) fn action_views(scope: &Scope, then: &Then<'_>, actions: &[&OpenAction]) -> Vec<ActionView> {
    let view = |open: &&OpenAction| ActionView {
        id: open.standard.to_owned(),
        text: scope
            .standards
            .all
            .iter()
            .find(|standard| standard.id.name == open.standard)
            .map(|standard| scope.prose(&standard.text)),
        what: open.action.what.clone(),
        site: open.site.map(|id| then.site(id)),
        owner: open.action.owner.as_ref().map(|name| named(scope, name)),
        due: open.action.due.map(|day| scope.interface.date(day)),
        overdue: open.is_overdue(),
        state: match (open.came_back, open.state) {
            (Some(day), _) => Some(scope.interface.fill("review.came-back", &[("date", &scope.interface.date(day))])),
            (None, ActionState::WithoutEffect) => Some(scope.text("report.state.without-effect")),
            (None, _) => None,
        },
        of_review: false,
    };
    actions.iter().map(view).collect()
}

/// Composes the report of a review, without its stamp.
pub(super) fn composed(of_review: OfReview) -> ReviewReport {
    let OfReview { asked, review, since, left, .. } = of_review;
    let scope = Scope::of(asked.request);
    let then = Then::of(&scope, &of_review);
    // What is closed does not move with the book: neither what is late nor what the matrix lacks is said of another day.
    let is_closed = review.closed.is_some();
    let survey = if is_closed { &[] } else { asked.overview.standards.as_slice() };
    let phases = by_phase(&scope, &then, (asked.reviews, review), survey);
    let is_first = !review.entries.iter().any(|entry| last_before(asked.reviews, review, entry).is_some());
    let moved = trends(asked.audits, scope.standards, asked.reviews, review);
    let together = total(&moved);
    let trends = trend_views(&scope, &moved.all, &phases);
    let items = || phases.iter().flat_map(|phase| &phase.items);
    let changed = items().filter(|item| !item.changes.is_empty());
    let changed = changed.map(|item| Changed { reference: item.reference.clone(), changes: item.changes.clone() });
    let changes = since.map_or_else(|| changed.collect(), |since| between(&scope, &then, since));
    let text = |key: &str| scope.text(&format!("review.{key}"));
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| scope.interface.date(day));
    let mut facts = Vec::new();
    facts.extend(day(review.opened).map(|day| (text("opened"), day)));
    facts.push((
        text("closed"),
        day(review.closed.as_ref().map(|closed| closed.value)).unwrap_or_else(|| text("still-open")),
    ));
    for reopening in &review.reopened {
        facts.push((text("reopened"), reopened_in_words(scope.interface, reopening)));
    }
    facts.extend(day(review.carried_out).map(|day| (text("carried-out"), day)));
    let todo: Vec<&OpenAction> = asked.actions.iter().collect();
    let Reviewed { state, verdict: judged, facts: counts, period, basis: audits, sections } = reviewed(&of_review);
    let mut actions = decided(&scope, review, items());
    actions.extend(action_views(&scope, &then, &todo));
    let closed = review.closed.as_ref().map(|closed| closed.value);
    let state = DocumentState { day: closed.or(review.opened).map(|day| day.to_string()), ..state };
    ReviewReport {
        name: review.name.clone(),
        is_closed: review.closed.is_some(),
        facts,
        verdict: verdict(&scope, review, (&trends, together), &actions),
        basis: basis(&scope, review, &period),
        audited: (!period.is_empty()).then_some(Audited { verdict: judged, facts: counts }),
        audits,
        sections: sections.into(),
        recommendations: recommendations(&scope, &then, (&asked, review), &phases),
        outcomes: outcomes(&scope, &then, review, left),
        response: review.response.as_ref().map(|text| scope.prose(text)),
        distribution: review.distribution.iter().map(|name| named(&scope, name)).collect(),
        confidentiality: match &review.confidentiality {
            Some(text) => scope.prose(text),
            None => Prose::plain(text("confidential")),
        },
        reviewers: review.reviewers.iter().map(|name| named(&scope, name)).collect(),
        changes,
        is_compared: since.is_some(),
        moves: moves(&scope, review, items()),
        added: review
            .added
            .iter()
            .map(|added| {
                let standard = added.standard.and_then(|index| scope.standards.all.get(index));
                AddedView {
                    id: standard.map_or_else(|| added.written.value.clone(), |standard| standard.id.name.clone()),
                    text: standard.map(|standard| scope.prose(&standard.text)),
                }
            })
            .collect(),
        trends,
        actions,
        gaps: if is_closed { Vec::new() } else { gap_rows(&scope, &asked.overview.gaps) },
        is_first,
        next: day(review.next),
        phases,
        history: history_until(&scope, closed),
        head: Head::of(DocumentKind::ReviewReport, &scope).of_name(&review.name).in_state(state),
    }
}

/// The same with the stamp of what it says.
pub(super) fn stamped(report: ReviewReport) -> ReviewReport {
    let judged = (&report.facts, &report.verdict, &report.basis, &report.audits, &report.sections);
    let decided = (&report.recommendations, &report.phases, &report.outcomes, &report.moves, &report.added);
    let rest = (&report.changes, &report.trends, &report.actions, &report.gaps, &report.response, &report.history);
    let head = report.head.clone().stamped(&(judged, decided, rest));
    ReviewReport { head, ..report }
}

/// What audits and customers said between the opening of the last review and that of this one.
fn reviewed(OfReview { asked, review, on, .. }: &OfReview<'_>) -> Reviewed {
    let request = asked.request;
    let (book, standards) = (request.book, request.standards);
    let (from, to) = period(asked.reviews, review, request.today);
    let wanted = RecordSelection { site: None, filter: request.filter, from, to: Some(to), staff: false };
    let selection = Selection::of(book, standards, asked.audits, wanted);
    let figures = figures(book, standards, asked.audits, &selection);
    let year = to.checked_sub_months(chrono::Months::new(12)).unwrap_or(to);
    let low = asked.feedback.low_by_phase(year, to);
    let (audits, reviews) = (asked.audits, asked.reviews);
    for_review(request, Judged { audits, reviews, selection: &selection, figures: &figures, rows: ROWS }, *on, &low)
}

/// At most so many rows a table.
const ROWS: usize = 40;

/// Scope, criteria and method.
fn basis(scope: &Scope, review: &Review, period: &str) -> Vec<(String, String)> {
    let words = scope.interface;
    let text = |key: &str| scope.text(&format!("review.{key}"));
    let standards = words.count("review.scope-standards", review.entries.len());
    let about = match period {
        "" => text("scope-no-audits"),
        period => words.fill("review.scope-audits", &[("period", period)]),
    };
    let criteria = match &review.edition {
        Some(edition) => words.fill("review.criteria-edition", &[("edition", edition)]),
        None => text("criteria-book"),
    };
    vec![
        (text("scope"), format!("{standards} {about}")),
        (text("criteria"), criteria),
        (text("method"), text("method-text")),
    ]
}

/// The verdict: how many, what becomes of them, how audits moved, what is open, when the next one is.
fn verdict(
    scope: &Scope,
    review: &Review,
    (trends, together): (&[TrendView], Option<statistics::Difference>),
    actions: &[ActionView],
) -> Vec<String> {
    let words = scope.interface;
    let mut verdict = vec![words.count("review.verdict.looked", review.entries.len())];
    let number = |decision: Decision| {
        review
            .entries
            .iter()
            .filter(|entry| entry.decision.as_ref().is_some_and(|decided| decided.value == decision))
            .count()
    };
    let parts: Vec<String> = Decision::ALL
        .iter()
        .map(|decision| (decision, number(*decision)))
        .filter(|(_, n)| *n > 0)
        .map(|(decision, n)| words.count(&format!("review.verdict.{decision}"), n))
        .collect();
    if let Some((last, others)) = parts.split_last() {
        let list = match others {
            [] => last.clone(),
            _ => format!("{} {} {last}", others.join(", "), words.text("review.verdict.and")),
        };
        verdict.push(words.fill("review.verdict.decided", &[("list", &list)]));
    }
    let undecided = review.undecided().count();
    if undecided > 0 {
        verdict.push(words.count("review.verdict.undecided", undecided));
    }
    if !review.added.is_empty() {
        verdict.push(words.count("review.verdict.added", review.added.len()));
    }
    if !trends.is_empty() {
        let established = trends.iter().filter(|trend| trend.established).count();
        verdict.push(match established {
            0 => words.text("review.verdict.no-trend").to_owned(),
            n => words.count("review.verdict.trend", n),
        });
    }
    if let Some(together) = together {
        let key = if together.value > 0.0 { "together-better" } else { "together-worse" };
        verdict.push(words.fill(&format!("review.verdict.{key}"), &points(scope, &together).each_ref().map(pair)));
    }
    let overdue = actions.iter().filter(|action| action.overdue).count();
    if overdue > 0 {
        verdict.push(words.count("review.verdict.overdue", overdue));
    }
    if let Some(next) = review.next {
        verdict.push(words.fill("review.verdict.next", &[("date", &words.date(next))]));
    }
    verdict
}

/// Decisions that somebody is to carry out: all but keeping, and what the record says is done.
fn decided<'a>(scope: &Scope, review: &Review, items: impl Iterator<Item = &'a ReviewItem>) -> Vec<ActionView> {
    let entries: std::collections::HashMap<&str, &ReviewEntry> =
        review.entries.iter().map(|entry| (entry.key.value.as_str(), entry)).collect();
    let is_open = |item: &&ReviewItem| {
        let entry = entries.get(item.reference.as_str());
        entry.is_some_and(|entry| review.is_pending(entry))
    };
    items
        .filter(is_open)
        .map(|item| {
            let due = entries.get(item.reference.as_str()).and_then(|entry| entry.due);
            ActionView {
                id: item.id.clone(),
                text: Some(item.text.clone()),
                what: item.decision_label.clone().unwrap_or_default(),
                site: None,
                owner: item.owner.as_ref().map(|name| named(scope, name)),
                due: item.due.clone(),
                overdue: due.is_some_and(|due| due < scope.today),
                state: None,
                of_review: true,
            }
        })
        .collect()
}

fn moves<'a>(scope: &Scope, review: &Review, items: impl Iterator<Item = &'a ReviewItem>) -> Vec<MoveView> {
    use crate::book::Level;
    let up = Decision::LevelUp.word();
    let is_move =
        |item: &&ReviewItem| item.decision.is_some_and(|word| word == up || word == Decision::LevelDown.word());
    let view = |item: &ReviewItem| {
        let entry = review.entries.iter().find(|entry| entry.key.value == item.reference || entry.id == item.id)?;
        let from = entry.demand.level.or_else(|| item.level.parse().ok())?;
        let rank = Level::ALL.iter().position(|level| *level == from)?;
        let to =
            if item.decision == Some(up) { Level::ALL.get(rank + 1) } else { Level::ALL.get(rank.checked_sub(1)?) };
        let to = entry.became.as_ref().and_then(|became| became.level).or(to.copied())?;
        let name = |level: Level| scope.text(&format!("level.{level}"));
        Some(MoveView {
            id: item.id.clone(),
            text: item.text.clone(),
            from: name(from),
            to: name(to),
            reason: item.reason.clone(),
        })
    };
    items.filter(is_move).filter_map(view).collect()
}

/// How audits of what the review judged moved since the last review, of one wording only.
fn trend_views(scope: &Scope, trends: &[Trend<'_>], phases: &[PhaseReview]) -> Vec<TrendView> {
    let items = || phases.iter().flat_map(|phase| &phase.items);
    let trend = |trend: &Trend<'_>| {
        let item = items().find(|item| item.reference == name_of(&trend.entry.key.value))?;
        Some(trend_view(scope, item, trend))
    };
    trends.iter().filter_map(trend).collect()
}

fn trend_view(scope: &Scope, item: &ReviewItem, trend: &Trend<'_>) -> TrendView {
    let words = scope.interface;
    let difference = trend.difference;
    let is_few = trend.before.is_few() || trend.since.is_few();
    let key = match (is_few, trend.established, difference.value > 0.0) {
        (true, ..) => "review.trend.few",
        (_, false, _) => "review.trend.same",
        (_, true, true) => "review.trend.better",
        (_, true, false) => "review.trend.worse",
    };
    let figures = points(scope, &difference);
    let figures = figures.each_ref().map(pair);
    let shown = |rate: Rate| sentences::rate(scope, rate.met() as u32, rate.of() as u32);
    TrendView {
        id: item.id.clone(),
        text: item.text.clone(),
        before: shown(trend.before),
        after: shown(trend.since),
        verdict: words.fill(key, &figures),
        established: trend.established,
    }
}

/// A difference and its interval in percentage points, for the holes of a text.
fn points(scope: &Scope, difference: &statistics::Difference) -> [(&'static str, String); 3] {
    // Less than half a point below nothing is nothing.
    let whole = |share: f64| (share * 100.0).round() + 0.0;
    let signed = |points: f64| {
        let written = scope.interface.number(points);
        if points > 0.0 { format!("+{written}") } else { written }
    };
    let (value, interval) = (whole(difference.value), difference.interval);
    let (one, counted) =
        (scope.interface.number(value.abs()), scope.interface.count("common.points", value.abs() as usize));
    let value = counted.replacen(&one, &signed(value), 1);
    [("difference", value), ("low", signed(whole(interval.low))), ("high", signed(whole(interval.high)))]
}

fn pair<'a>((name, value): &'a (&'static str, String)) -> (&'static str, &'a str) {
    (name, value)
}
