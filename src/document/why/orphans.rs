//! Standards that nothing supports, and findings that led to nothing.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::facts::{place, reason};
use crate::audit::{Answer, Finding, Grade, findings};
use crate::book::{Status, Text};
use crate::method::{Origin, Standard};
use crate::project::{Project, Records};

/// What `why --orphans --format json` prints. Fields may be added, never changed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Orphans {
    /// Standards in force that nothing says why they are there: neither their own reason nor a source, a reason of a trait, a
    /// review's decision, or customers who speak of their phase. In service order.
    pub standards: Vec<Unsupported>,
    /// What was not met and led to nothing: no action, not met since at the site, no decision of a review. By date.
    pub findings: Vec<Unanswered>,
}

/// A standard that nothing supports.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Unsupported {
    /// Its id.
    pub id: String,
    /// Its wording.
    pub stamp: String,
    /// Id of its phase.
    pub phase: String,
    /// What it demands, by language.
    #[schemars(with = "BTreeMap<String, String>")]
    pub text: Text,
    /// How often it was judged.
    pub judged: usize,
}

/// A finding that led to nothing.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Unanswered {
    /// Id of the standard, as of now.
    pub standard: String,
    /// The wording that was judged.
    pub stamp: Option<String>,
    /// Id of the site.
    pub site: Option<String>,
    /// The day.
    pub date: String,
    /// How grave it is.
    pub grade: Option<Grade>,
    /// The record, relative to the book.
    pub file: String,
    /// The line of the answer, from 1.
    pub line: usize,
}

/// Finds them.
pub fn orphans(opened: &Project, records: &Records) -> Orphans {
    Orphans { standards: unsupported(opened, records), findings: unanswered(opened, records) }
}

fn unsupported(opened: &Project, records: &Records) -> Vec<Unsupported> {
    let book = &opened.loaded.book;
    let is_decided = |place: usize| {
        let entries = records.reviews.all.iter().filter_map(|review| review.entry_of(place));
        { entries }.any(|entry| entry.decision.is_some())
    };
    let is_said = |standard: &Standard| {
        let place = (Some(standard.sequence), Some(standard.phase));
        records.feedback.responses.iter().any(|response| (response.sequence, response.phase) == place)
    };
    let mut judged = vec![0; opened.standards.all.len()];
    let items = records.audits.records.iter().flat_map(|record| &record.items).filter(|item| item.is_judged());
    for item in items {
        if let Some(count) = judged.get_mut(item.standard as usize) {
            *count += 1;
        }
    }
    let mut all = Vec::new();
    for (place, standard) in opened.standards.all.iter().enumerate() {
        let sequence = book.sequences.get(standard.sequence);
        let Some(phase) = sequence.and_then(|sequence| sequence.phases.get(standard.phase)) else { continue };
        let teaching = &standard.teaching;
        let is_supported = standard.status != Status::Active
            // A hand-off is there because somebody needs what is handed over.
            || matches!(standard.origin, Origin::Handoff(_))
            || teaching.why.is_some()
            || !teaching.sources.is_empty()
            || standard.traits.iter().any(|name| reason(phase, standard, name).is_some())
            || is_decided(place)
            || is_said(standard);
        if !is_supported {
            all.push(Unsupported {
                id: standard.id.name.clone(),
                stamp: standard.stamp.clone(),
                phase: phase.id.name.clone(),
                text: standard.text.as_ref().clone(),
                judged: judged.get(place).copied().unwrap_or(0),
            });
        }
    }
    all
}

fn unanswered(opened: &Project, records: &Records) -> Vec<Unanswered> {
    let audits = &records.audits;
    let all = findings(audits, &opened.standards);
    let is_met_since = |finding: &Finding<'_>| {
        let later = audits
            .records
            .iter()
            .filter(|record| record.site == finding.record.site && record.moment.date > finding.record.moment.date);
        let mut items = later.flat_map(|record| &record.items);
        items.any(|item| item.standard == finding.item.standard && item.answer == Answer::Met)
    };
    let is_decided = |finding: &Finding<'_>| {
        records.reviews.all.iter().any(|review| {
            let since = review.opened.is_some_and(|opened| opened >= finding.record.moment.date);
            let entry = review.entry_of(finding.item.standard as usize);
            since && entry.is_some_and(|entry| entry.decision.is_some())
        })
    };
    let led_to_nothing = |finding: &&Finding<'_>| {
        finding.item.answer == Answer::NotMet
            && finding.counts()
            && finding.item.action().is_none()
            && !is_decided(finding)
            && !is_met_since(finding)
    };
    let output = |finding: &Finding<'_>| {
        let (file, line) = place(opened, finding.item.key.of(finding.record.file));
        Unanswered {
            standard: audits.id(finding.item).to_owned(),
            stamp: audits.judged_stamp(&opened.standards, finding.item).map(str::to_owned),
            site: finding.record.site.clone(),
            date: finding.record.moment.date.to_string(),
            grade: finding.item.grade(),
            file,
            line,
        }
    };
    all.iter().filter(led_to_nothing).map(output).collect()
}
