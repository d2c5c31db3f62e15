//! The JSON of `review due`, that others rely on: fields may be added, never changed.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::book::{Level, Measure, StandardType, Text};
use crate::method::CellState;
use crate::project::Project;
use crate::review::{Call, Decision, Due, Overview, Reason, WordingChange};

/// What `review due --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ReviewDueOutput<'a> {
    /// The day it was counted from.
    today: String,
    /// The standards that are due, in service order.
    due: Vec<DueOutput<'a>>,
    /// Cells of the matrix that the book aims at and nothing fills.
    gaps: Vec<GapOutput<'a>>,
}

/// A standard that is due.
#[derive(Debug, Serialize, JsonSchema)]
struct DueOutput<'a> {
    /// Id of the standard.
    id: &'a str,
    /// The stamp of its wording.
    stamp: &'a str,
    /// Id of its phase.
    phase: &'a str,
    /// Why it is due.
    reasons: &'a [Reason],
    /// Whether its review should have been by now.
    overdue: bool,
    /// The day of its last review.
    last_review: Option<String>,
    /// What that review decided.
    last_decision: Option<Decision>,
    /// What changed since then.
    change: Option<ChangeOutput<'a>>,
    /// What audits and customers say.
    evidence: EvidenceOutput<'a>,
    /// What the figures propose; a rule of thumb, and no more.
    proposal: Option<Decision>,
}

/// Both wordings of a change.
#[derive(Debug, Serialize, JsonSchema)]
struct ChangeOutput<'a> {
    /// What the last review left.
    before: DemandOutput<'a>,
    /// What stands in the book.
    after: DemandOutput<'a>,
}

/// What a standard demands.
#[derive(Debug, Serialize, JsonSchema)]
struct DemandOutput<'a> {
    /// The stamp.
    stamp: &'a str,
    /// The text by language; null where neither the record nor git knows it.
    #[schemars(with = "Option<BTreeMap<String, String>>")]
    text: Option<&'a Text>,
    /// The level.
    level: Option<Level>,
    /// The figure.
    measure: Option<String>,
}

/// What audits and customers say.
#[derive(Debug, Serialize, JsonSchema)]
struct EvidenceOutput<'a> {
    /// Units met, of the wording in force, since its last review was opened.
    met: u32,
    /// Units judged.
    of: u32,
    /// The 95 % interval of the rate; null below 5 judged.
    interval: Option<(f64, f64)>,
    /// Units met and judged in the past year, whatever was reviewed meanwhile.
    year: YearOutput,
    /// Share of low ratings of its phase.
    low_ratings: Option<f64>,
    /// Share of judgements in which auditors agreed.
    agreement: Option<f64>,
    /// How often several auditors judged the same thing; below 5 their agreement says nothing.
    agreement_units: u32,
    /// What it calls attention to.
    calls: &'a [Call],
}

/// What a year came to.
#[derive(Debug, Serialize, JsonSchema)]
struct YearOutput {
    /// Units met.
    met: u32,
    /// Units judged.
    of: u32,
}

/// A gap of the matrix.
#[derive(Debug, Serialize, JsonSchema)]
struct GapOutput<'a> {
    /// Id of the phase.
    phase: &'a str,
    /// Id of the trait.
    r#trait: &'a str,
    /// The type.
    r#type: StandardType,
    /// The level.
    level: Level,
    /// Missing, or proposed by patterns.
    state: CellState,
}

/// What is due, for other programs.
pub(super) fn output<'a>(opened: &'a Project, overview: &'a Overview<'a>) -> ReviewDueOutput<'a> {
    let book = &opened.loaded.book;
    let phase = |sequence: usize, phase: usize| {
        let phase = book.phase_at(sequence, phase);
        phase.map_or("", |phase| phase.id.name.as_str())
    };
    let change = |due: &'_ Due<'_>, change: &'_ WordingChange| -> (String, Option<String>) {
        let figure = |demand: Option<&Measure>| demand.map(Measure::plain);
        (figure(due.standard.measure.as_ref()).unwrap_or_default(), figure(change.before.measure.as_ref()))
    };
    let due = overview.due().map(|due| DueOutput {
        id: &due.standard.id.name,
        stamp: &due.standard.stamp,
        phase: phase(due.standard.sequence, due.standard.phase),
        reasons: &due.reasons,
        overdue: due.overdue,
        last_review: due.last.as_ref().map(|last| last.closed.to_string()),
        last_decision: due.last.as_ref().and_then(|last| last.decision),
        change: due.change.as_ref().map(|known| {
            let (now, before) = change(due, known);
            ChangeOutput {
                before: DemandOutput {
                    stamp: &known.stamp,
                    text: known.before.wording.as_ref(),
                    level: known.before.level,
                    measure: before,
                },
                after: DemandOutput {
                    stamp: &due.standard.stamp,
                    text: Some(&due.standard.text),
                    level: Some(due.standard.level),
                    measure: Some(now).filter(|now| !now.is_empty()),
                },
            }
        }),
        evidence: EvidenceOutput {
            met: due.evidence.met,
            of: due.evidence.of,
            interval: due.evidence.interval,
            year: YearOutput { met: due.evidence.year.0, of: due.evidence.year.1 },
            low_ratings: due.evidence.low_ratings,
            agreement: due.evidence.agreement,
            agreement_units: due.evidence.agreement_units,
            calls: &due.evidence.calls,
        },
        proposal: due.evidence.proposal(),
    });
    let gaps = overview.gaps.iter().map(|cell| GapOutput {
        phase: phase(cell.sequence, cell.phase),
        r#trait: &cell.of_trait,
        r#type: cell.kind,
        level: cell.level,
        state: cell.state,
    });
    ReviewDueOutput { today: overview.today.to_string(), due: due.collect(), gaps: gaps.collect() }
}
