//! The JSON of `review report`, that others rely on: fields may be added, never changed.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value as Json;

use super::OfReview;
use crate::audit::figures::{Figures, RecordSelection, Selection, figures};
use crate::audit::{Action, ActionState};
use crate::book::{Level, Measure, Text};
use crate::review::{
    About, Advice, Call, Decision, Demand, Frozen, OpenAction, Reason, Review, ReviewEntry, Trend, as_of, period,
    recommend, trends,
};
use crate::statistics::Rate;

/// What `review report --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ReviewReportOutput<'a> {
    /// Name of the review.
    review: &'a str,
    /// The day it was opened.
    opened: Option<String>,
    /// The day everything was decided; null while it is open.
    closed: Option<String>,
    /// The day nothing that was decided was left to do.
    carried_out: Option<String>,
    /// When it was closed before and opened again, the first time first.
    reopened: Vec<ReopeningOutput<'a>>,
    /// The set of standards that it was opened on.
    edition: Option<&'a str>,
    /// The set that it left.
    left: Option<&'a str>,
    /// Who decides.
    reviewers: &'a [String],
    /// The day of the next review.
    next: Option<String>,
    /// The days that the figures are of; no first day where no review was before.
    period: PeriodOutput,
    /// What the audits of these days come to.
    figures: Figures,
    /// What is decided, in the order of the review's file.
    decisions: Vec<DecisionOutput<'a>>,
    /// What the review adds.
    added: Vec<AddedOutput<'a>>,
    /// How the audits of a wording moved since the review before.
    trends: Vec<TrendOutput<'a>>,
    /// What audits asked for and was not settled when the review was closed, or is not by now; those due first in front.
    actions: Vec<ActionOutput<'a>>,
    /// What the figures recommend, the most pressing first.
    recommendations: Vec<RecommendationOutput>,
    /// What management answers, by language.
    #[schemars(with = "Option<BTreeMap<String, String>>")]
    response: Option<&'a Text>,
    /// Who gets the report.
    distribution: &'a [String],
    /// Who else may read it, by language.
    #[schemars(with = "Option<BTreeMap<String, String>>")]
    confidentiality: Option<&'a Text>,
}

/// A review that was closed and opened again.
#[derive(Debug, Serialize, JsonSchema)]
struct ReopeningOutput<'a> {
    /// The day it had been closed.
    closed: String,
    /// The day on which all that had been decided was carried out.
    carried_out: Option<String>,
    /// The day it was opened again.
    day: String,
    /// Why.
    reason: &'a str,
}

/// Days.
#[derive(Debug, Serialize, JsonSchema)]
struct PeriodOutput {
    /// The first.
    from: Option<String>,
    /// The last.
    to: String,
}

/// What is decided about a standard.
#[derive(Debug, Serialize, JsonSchema)]
struct DecisionOutput<'a> {
    /// Id of the standard, as the review names it.
    standard: &'a str,
    /// The stamp of the wording that was judged.
    stamp: Option<&'a str>,
    /// Id of its phase; null where the book no longer has the standard.
    phase: Option<&'a str>,
    /// Why it was due.
    reasons: &'a [Reason],
    /// What was decided; null while it is not.
    decision: Option<Decision>,
    /// Why, by language.
    #[schemars(with = "Option<BTreeMap<String, String>>")]
    reason: Option<&'a Text>,
    /// Who carries it out.
    owner: Option<&'a str>,
    /// By when.
    due: Option<String>,
    /// Whether it is still to be carried out.
    pending: bool,
    /// What it demanded when the review was opened.
    before: DemandOutput<'a>,
    /// What it demands since, where the review changed it.
    after: Option<DemandOutput<'a>>,
    /// The stamp that the review left it with.
    now: Option<&'a str>,
    /// The evidence as it stood when the review was opened.
    evidence: Option<EvidenceOutput<'a>>,
}

/// What a standard demands, as far as the review keeps it.
#[derive(Debug, Serialize, JsonSchema)]
struct DemandOutput<'a> {
    /// The text by language.
    #[schemars(with = "Option<BTreeMap<String, String>>")]
    text: Option<&'a Text>,
    /// The level.
    level: Option<Level>,
    /// The figure.
    measure: Option<String>,
}

/// Evidence.
#[derive(Debug, Serialize, JsonSchema)]
struct EvidenceOutput<'a> {
    /// Units met.
    met: u32,
    /// Units judged.
    of: u32,
    /// The 95 % interval of the rate; null below 5 judged.
    interval: Option<(f64, f64)>,
    /// Share of low ratings of its phase.
    low_ratings: Option<f64>,
    /// Share of judgements in which auditors agreed.
    agreement: Option<f64>,
    /// How often several auditors judged the same thing; null where the review does not say.
    agreement_units: Option<u32>,
    /// What it calls attention to.
    calls: &'a [Call],
    /// Units met and units judged in the year before, where they propose something; else null.
    year: Option<(u32, u32)>,
    /// What the figures proposed.
    proposal: Option<Decision>,
}

/// Something that a review adds.
#[derive(Debug, Serialize, JsonSchema)]
struct AddedOutput<'a> {
    /// An id, or what is asked for in words.
    written: &'a str,
    /// The stamp that the review left it with.
    stamp: Option<&'a str>,
}

/// How audits of one wording moved.
#[derive(Debug, Serialize, JsonSchema)]
struct TrendOutput<'a> {
    /// Id of the standard, as the review names it.
    standard: &'a str,
    /// The stamp of the wording.
    stamp: Option<&'a str>,
    /// Until the review before was opened.
    before: CountOutput,
    /// From then until this one was.
    since: CountOutput,
    /// The share since less the share before.
    difference: f64,
    /// The 95 % interval of the difference.
    interval: (f64, f64),
    /// Whether it is more than chance, all standards of the review considered.
    established: bool,
}

/// Units.
#[derive(Debug, Serialize, JsonSchema)]
struct CountOutput {
    /// Met.
    met: u64,
    /// Judged.
    of: u64,
}

/// A corrective action.
#[derive(Debug, Serialize, JsonSchema)]
struct ActionOutput<'a> {
    /// Id of the standard.
    standard: &'a str,
    /// Id of the site.
    site: Option<&'a str>,
    /// The action.
    #[serde(flatten)]
    action: Action,
    /// How far it had come.
    state: ActionState,
    /// The day on which the standard was not met again after it was done.
    came_back: Option<String>,
}

/// A recommendation.
#[derive(Debug, Serialize, JsonSchema)]
struct RecommendationOutput {
    /// What to do.
    advice: Advice,
    /// Id of the standard that it is about.
    standard: Option<String>,
    /// Id of the phase that it is about.
    phase: Option<String>,
}

/// What the review's file says, and the report with it, after the closing too.
const LIVE: [&str; 7] = ["carried_out", "reopened", "left", "next", "response", "distribution", "confidentiality"];

/// The report for other programs, of the same request as the document; `kept` is the one of the day of closing, where there is
/// one: of it nothing moves but what the review's own file says since.
pub(crate) fn value(request: OfReview<'_>, kept: Option<Json>) -> serde_json::Result<Json> {
    let now = serde_json::to_value(output(request))?;
    let Some(mut kept) = kept else { return Ok(now) };
    let Some(all) = kept.as_object_mut() else { return Ok(now) };
    for key in LIVE {
        all.insert(key.to_owned(), now[key].clone());
    }
    let told = now["decisions"].as_array().into_iter().flatten();
    let decisions = all.get_mut("decisions").and_then(Json::as_array_mut);
    for (then, now) in
        decisions.into_iter().flatten().zip(told).filter(|(then, now)| then["standard"] == now["standard"])
    {
        for key in ["pending", "after", "now", "owner", "due"] {
            then[key] = now[key].clone();
        }
    }
    Ok(kept)
}

fn output(OfReview { asked, review, .. }: OfReview<'_>) -> ReviewReportOutput<'_> {
    let request = asked.request;
    let (book, standards) = (request.book, request.standards);
    let (from, to) = period(asked.reviews, review, request.today);
    let wanted = RecordSelection { site: None, filter: request.filter, from, to: Some(to), staff: false };
    let selection = Selection::of(book, standards, asked.audits, wanted);
    let phase = |(sequence, phase): (usize, usize)| {
        let phase = book.phase_at(sequence, phase);
        phase.map(|phase| phase.id.name.as_str())
    };
    let phase_of = |entry: &ReviewEntry| {
        let standard = entry.standard.and_then(|index| standards.all.get(index))?;
        phase((standard.sequence, standard.phase))
    };
    let recommended = recommend(asked.audits, standards, asked.actions, review, request.today);
    let recommended = recommended.into_iter().map(|recommendation| {
        let (standard, phase) = match recommendation.about {
            About::Standard(id) => (Some(id), None),
            About::Phase(place) => (None, place.and_then(phase).map(str::to_owned)),
        };
        RecommendationOutput { advice: recommendation.advice, standard, phase }
    });
    ReviewReportOutput {
        review: &review.name,
        opened: day(review.opened),
        closed: day(review.closed.as_ref().map(|closed| closed.value)),
        carried_out: day(review.carried_out),
        reopened: reopened(review),
        edition: review.edition.as_deref(),
        left: review.left.as_deref(),
        reviewers: &review.reviewers,
        next: day(review.next),
        period: PeriodOutput { from: day(from), to: to.to_string() },
        figures: figures(book, standards, asked.audits, &selection),
        decisions: review.entries.iter().map(|entry| decision(review, entry, phase_of(entry))).collect(),
        added: review
            .added
            .iter()
            .map(|added| AddedOutput { written: &added.written.value, stamp: added.stamp.as_deref() })
            .collect(),
        trends: trends(asked.audits, standards, asked.reviews, review).all.iter().map(trend).collect(),
        actions: asked.actions.iter().map(|open| action(open, request.today)).collect(),
        recommendations: recommended.collect(),
        response: review.response.as_ref(),
        distribution: &review.distribution,
        confidentiality: review.confidentiality.as_ref(),
    }
}

fn day(day: Option<NaiveDate>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn reopened(review: &Review) -> Vec<ReopeningOutput<'_>> {
    let reopened = review.reopened.iter().map(|reopening| ReopeningOutput {
        closed: reopening.closed.to_string(),
        carried_out: day(reopening.carried_out),
        day: reopening.day.to_string(),
        reason: &reopening.reason,
    });
    reopened.collect()
}

fn decision<'a>(review: &'a Review, entry: &'a ReviewEntry, phase: Option<&'a str>) -> DecisionOutput<'a> {
    DecisionOutput {
        standard: &entry.id,
        stamp: entry.stamp.as_deref(),
        phase,
        reasons: &entry.reasons,
        decision: entry.decision.as_ref().map(|decision| decision.value),
        reason: entry.reason.as_ref(),
        owner: entry.owner.as_deref(),
        due: day(entry.due),
        pending: review.is_pending(entry),
        before: demand(&entry.demand),
        after: entry.became.as_ref().map(demand),
        now: entry.now.as_deref(),
        evidence: entry.evidence.as_ref().map(evidence),
    }
}

fn demand(demand: &Demand) -> DemandOutput<'_> {
    DemandOutput {
        text: demand.wording.as_ref(),
        level: demand.level,
        measure: demand.measure.as_ref().map(Measure::plain),
    }
}

fn evidence(frozen: &Frozen) -> EvidenceOutput<'_> {
    let interval = Rate::new(u64::from(frozen.met), u64::from(frozen.of)).told_interval();
    EvidenceOutput {
        met: frozen.met,
        of: frozen.of,
        interval: interval.map(|interval| (interval.low, interval.high)),
        low_ratings: frozen.low_ratings,
        agreement: frozen.agreement,
        agreement_units: frozen.agreement_units,
        calls: &frozen.calls,
        year: frozen.year,
        proposal: frozen.proposal(),
    }
}

fn trend<'a>(trend: &Trend<'a>) -> TrendOutput<'a> {
    let count = |rate: Rate| CountOutput { met: rate.met(), of: rate.of() };
    let difference = trend.difference;
    TrendOutput {
        standard: &trend.entry.id,
        stamp: trend.entry.stamp.as_deref(),
        before: count(trend.before),
        since: count(trend.since),
        difference: difference.value,
        interval: (difference.interval.low, difference.interval.high),
        established: trend.established,
    }
}

/// What was done after that day was not done yet.
fn action<'a>(open: &OpenAction<'a>, day: NaiveDate) -> ActionOutput<'a> {
    ActionOutput {
        standard: open.standard,
        site: open.site,
        action: as_of(open.action, day),
        state: open.state,
        came_back: open.came_back.map(|day| day.to_string()),
    }
}
