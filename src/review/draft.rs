//! The files of reviews as written: every key defined once.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::model::{Call, Decision, Reason};
use crate::audit::draft::ForgettingDraft;
use crate::book::decode::{Cx, Decode, OneOrMany, Pairs, record};
use crate::book::draft::{MeasureDraft, Name};
use crate::book::draft_values::{DateDraft, TextDraft};
use crate::book::{Level, Spanned};
use crate::message::Message;
use crate::say;
use crate::source::Span;
use crate::source::yaml::{Node, Value};

record! {
    /// reviews/*.yaml: one annual review a file.
    ReviewDraft = "a review" {
        /// The day it was opened.
        key "opened" => opened: Spanned<DateDraft>, required;
        /// The day it was closed, with everything decided; `review close` writes it.
        key "closed" => closed: Spanned<DateDraft>;
        /// The day on which nothing that was decided was left to do; `review close` writes it.
        key "carried-out" => carried_out: Spanned<DateDraft>;
        /// When it was closed before, and opened again; `review reopen` writes it.
        key "reopened" => reopened: Vec<ReopeningDraft>;
        /// When whom it named was forgotten, and why; `audit forget` writes it.
        key "forgotten" => forgotten: Vec<ForgettingDraft>;
        /// The set of standards that it opened on; `review open` writes it.
        key "edition" => edition: Name;
        /// The set of standards that it left; `review close` writes it.
        key "left" => left: Name;
        /// The file that its report is kept in as it was on the day of closing; `review close` writes it.
        key "report" => report: Name;
        /// Who decides: roles, not persons.
        key "reviewers" => reviewers: OneOrMany<Name>;
        /// What is decided: `ID@STAMP` and a decision, or a mapping of it.
        key "decisions" => decisions: Pairs<EntryDraft>;
        /// Ids of standards that the review adds; what is still to be written may stand here in words.
        key "added" => added: Vec<Name>;
        /// What management answers to the review.
        key "response" => response: TextDraft;
        /// Who gets the report.
        key "distribution" => distribution: OneOrMany<Name>;
        /// Who else may read it, in a sentence.
        key "confidentiality" => confidentiality: TextDraft;
        /// The day on which the next review is due; `review close` writes it.
        key "next" => next: Spanned<DateDraft>;
    }
}

record! {
    /// A review that was closed and opened again.
    ReopeningDraft = "a reopening" {
        /// The day it had been closed.
        key "closed" => closed: Spanned<DateDraft>, required;
        /// The day it was opened again.
        key "day" => day: Spanned<DateDraft>, required;
        /// The day on which all that had been decided was carried out.
        key "carried-out" => carried_out: Spanned<DateDraft>;
        /// Why.
        key "reason" => reason: Name, required;
    }
}

record! {
    /// What is decided about one standard.
    DetailsDraft = "a decision" {
        /// The decision; without a value it is still to be taken.
        key "decision" => decision: Spanned<Decision>;
        /// Why.
        key "reason" => reason: TextDraft;
        /// Who carries it out.
        key "owner" => owner: Name;
        /// By when.
        key "due" => due: Spanned<DateDraft>;
        /// Why it was due when the review was opened.
        key "reasons" => reasons: Vec<Reason>;
        /// What the standard demanded in words when the review was opened.
        key "wording" => wording: TextDraft;
        /// The level of the standard when the review was opened.
        key "level" => level: Level;
        /// The figure in the standard when the review was opened.
        key "measure" => measure: MeasureDraft;
        /// What the review before had left it with, where that was something else.
        key "before" => before: DemandDraft;
        /// What audits and customers said then.
        key "evidence" => evidence: EvidenceDraft;
        /// The stamp that the review left it with; `review close` writes it.
        key "now" => now: Name;
        /// What it demands since, where the review changed it; `review close` writes it.
        key "became" => became: DemandDraft;
        /// The standards that it was split or merged into; `review close` writes them.
        key "parts" => parts: Vec<Name>;
    }
}

record! {
    /// What a standard demanded at some time.
    DemandDraft = "a wording" {
        /// What the standard demanded in words.
        key "wording" => wording: TextDraft;
        /// The level that the standard had.
        key "level" => level: Level;
        /// The figure that the standard had.
        key "measure" => measure: MeasureDraft;
    }
}

record! {
    /// Evidence as it stood when the review was opened.
    EvidenceDraft = "`evidence`" {
        /// Units met: a unit is the standard in one visit.
        key "met" => met: f64;
        /// Units judged.
        key "of" => of: f64;
        /// Share of low ratings of the phase, 0 to 1.
        key "low_ratings" => low_ratings: f64;
        /// Share of judgements in which auditors agreed, 0 to 1.
        key "agreement" => agreement: f64;
        /// Over how many visits in which several auditors judged the standard.
        key "agreement_units" => agreement_units: f64;
        /// What of it calls for attention.
        key "calls" => calls: Vec<Call>;
        /// Units met in the year before, where they propose something.
        key "year_met" => year_met: f64;
        /// Units judged in that year.
        key "year_of" => year_of: f64;
    }
}

/// A decision alone, a mapping, or nothing yet.
#[derive(Clone, Debug, Default)]
pub struct EntryDraft {
    /// All that is said.
    pub details: Box<DetailsDraft>,
    /// The place.
    pub span: Span,
}

impl Decode for EntryDraft {
    fn expected() -> Message {
        say!("{decision}, or a mapping with `decision`", decision = Decision::expected())
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        let details = match &node.value {
            Value::Null => DetailsDraft { span: node.span, ..DetailsDraft::default() },
            Value::Map(..) => DetailsDraft::decode(node, cx)?,
            _ => {
                let decision = Spanned::decode(node, cx);
                DetailsDraft { decision, span: node.span, ..DetailsDraft::default() }
            }
        };
        Some(EntryDraft { details: Box::new(details), span: node.span })
    }
}

impl JsonSchema for EntryDraft {
    fn schema_name() -> Cow<'static, str> {
        "Entry of a review".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (word, details) = (generator.subschema_for::<Decision>(), generator.subschema_for::<DetailsDraft>());
        json_schema!({
            "description": "A decision, a mapping of it, or nothing while it is undecided.",
            "anyOf": [word, details, {"type": "null"}]
        })
    }
}
