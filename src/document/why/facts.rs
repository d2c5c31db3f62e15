//! What led to a standard and what came of it, from everything that the book keeps.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::wordings::{WordingOutput, wordings};
use crate::audit::{Action, ActionState, Answer, Finding, findings};
use crate::book::{Phase, Status, Text};
use crate::feedback::{RankedGroup, ResponseSelection, rank};
use crate::method::Standard;
use crate::project::{Project, Records};
use crate::source::{Span, World};

/// What `why ID --format json` prints. Fields may be added, never changed.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Why {
    /// Id of the standard.
    pub id: String,
    /// Its wording of today.
    pub stamp: String,
    /// What it demands, by language.
    #[schemars(with = "BTreeMap<String, String>")]
    pub text: Text,
    /// Why its author demands it, by language.
    #[schemars(with = "Option<BTreeMap<String, String>>")]
    pub why: Option<Text>,
    /// What customers say of its area and its phase, the area first.
    pub feedback: Vec<Voices>,
    /// Id of the service area.
    pub area: Option<String>,
    /// Id of the sequence.
    pub sequence: String,
    /// Id of the phase.
    pub phase: String,
    /// Id of the step.
    pub step: Option<String>,
    /// The traits that it converts.
    pub traits: Vec<TraitReason>,
    /// Where its figures come from, each by language.
    #[schemars(with = "Vec<BTreeMap<String, String>>")]
    pub sources: Vec<Text>,
    /// Whose law each of the sources is, in their order: the two letters of the country, or nothing.
    pub source_countries: Vec<Option<String>>,
    /// The standards that it was split from or merged of.
    pub from: Vec<String>,
    /// The standards that were split from it or merged of it.
    pub became: Vec<String>,
    /// Every wording that is known of it, the earliest first.
    pub wordings: Vec<WordingOutput>,
    /// Every answer about it, by date.
    pub records: Vec<Judgement>,
    /// What was done about what was found, by date of the finding.
    pub actions: Vec<Doing>,
    /// What reviews decided of it, by their closing.
    pub reviews: Vec<Decided>,
    /// Titles of the role-plays that practise it, each by language.
    #[schemars(with = "Vec<BTreeMap<String, String>>")]
    pub scenarios: Vec<Text>,
    /// The documents that it stands in.
    pub documents: Vec<String>,
    /// Ids of the roles that keep it.
    pub roles: Vec<String>,
}

/// What customers say of an area or a phase.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Voices {
    /// `area` or `phase`.
    pub of: &'static str,
    /// Its id.
    pub key: String,
    /// Responses with a rating.
    pub n: u64,
    /// Mean rating.
    pub mean: Option<f64>,
    /// Share of low ratings.
    pub low_share: Option<f64>,
    /// Complaints.
    pub complaints: u64,
    /// Which of them needs improvement most, from 1.
    pub rank: usize,
    /// How many areas or phases are ranked.
    pub ranked: usize,
}

/// A trait that a standard converts.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TraitReason {
    /// Its id.
    pub id: String,
    /// Why it matters in that phase or step, by language.
    #[schemars(with = "Option<BTreeMap<String, String>>")]
    pub why: Option<Text>,
}

/// An answer about the standard.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Judgement {
    /// The record, relative to the book.
    pub file: String,
    /// The line of the answer, from 1.
    pub line: usize,
    /// The day.
    pub date: String,
    /// Id of the site.
    pub site: Option<String>,
    /// Who judged.
    pub auditor: Option<String>,
    /// The wording that was judged.
    pub stamp: Option<String>,
    /// How it was answered.
    pub answer: &'static str,
    /// Whether it was met; null where nothing was judged.
    pub met: Option<bool>,
    /// What was noted.
    pub note: Option<String>,
    /// Whether it is about a draft: a trial, which counts in no figure.
    pub draft: bool,
}

/// What was done about a finding.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Doing {
    /// The day of the finding.
    pub found: String,
    /// Id of the site.
    pub site: Option<String>,
    /// The action.
    #[serde(flatten)]
    pub action: Action,
    /// How far it has come.
    pub state: ActionState,
    /// When the standard was not met again at the site after it was done.
    pub came_back: Option<String>,
}

/// What a review decided.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Decided {
    /// The name of the review.
    pub review: String,
    /// The day it was closed; null while it is open.
    pub closed: Option<String>,
    /// The wording that it looked at.
    pub stamp: Option<String>,
    /// What it decided; null while it has not.
    pub decision: Option<&'static str>,
    /// Why, by language.
    #[schemars(with = "Option<BTreeMap<String, String>>")]
    pub reason: Option<Text>,
    /// The wording that it left.
    pub now: Option<String>,
}

/// Gathers everything about the standard at that place of the book's.
pub fn why_of(opened: &Project, records: &Records, place: usize) -> Option<Why> {
    let book = &opened.loaded.book;
    let standard = opened.standards.all.get(place)?;
    let sequence = book.sequences.get(standard.sequence)?;
    let phase = sequence.phases.get(standard.phase)?;
    let step = standard.step.and_then(|step| phase.steps.get(step));
    let id = &standard.id.name;
    let became = opened.standards.all.iter().filter(|other| other.from.contains(id));
    let scenarios = phase
        .scenarios
        .iter()
        .filter(|scenario| scenario.practises.iter().any(|practised| standard.id.is_or_was(&practised.value)));
    Some(Why {
        id: id.clone(),
        stamp: standard.stamp.clone(),
        text: standard.text.as_ref().clone(),
        why: standard.teaching.why.clone(),
        feedback: voices(opened, records, sequence.area.as_deref(), &phase.id.name),
        area: sequence.area.clone(),
        sequence: sequence.id.name.clone(),
        phase: phase.id.name.clone(),
        step: step.map(|step| step.id.name.clone()),
        traits: standard
            .traits
            .iter()
            .map(|name| TraitReason { id: name.clone(), why: reason(phase, standard, name) })
            .collect(),
        sources: standard.teaching.sources.clone(),
        source_countries: standard.teaching.countries.clone(),
        from: standard.from.clone(),
        became: became.map(|other| other.id.name.clone()).collect(),
        wordings: wordings(opened, records, standard, place),
        records: judgements(opened, records, id),
        actions: doings(opened, records, id),
        reviews: decided(records, place),
        scenarios: scenarios.map(|scenario| scenario.title.clone()).collect(),
        documents: documents(standard),
        roles: standard.roles.clone(),
    })
}

/// Why a trait matters where the standard stands: the step's own word on it goes before the phase's.
pub(super) fn reason(phase: &Phase, standard: &Standard, name: &str) -> Option<Text> {
    let step = standard.step.and_then(|step| phase.steps.get(step));
    let uses = step.into_iter().flat_map(|step| &step.traits).chain(&phase.traits);
    let mut uses = uses.chain(phase.steps.iter().flat_map(|step| &step.traits));
    uses.find(|used| used.name == name && used.why.is_some()).and_then(|used| used.why.clone())
}

fn voices(opened: &Project, records: &Records, area: Option<&str>, phase: &str) -> Vec<Voices> {
    let ranking = rank(&records.feedback, &opened.loaded.book, ResponseSelection::default());
    let of = |kind: &'static str, groups: &[RankedGroup], key: &str| {
        let group = groups.iter().find(|group| group.key == key)?;
        let (n, low_share) = (group.low.of(), group.low.share());
        let RankedGroup { mean, complaints, rank, .. } = *group;
        Some(Voices { of: kind, key: key.to_owned(), n, mean, low_share, complaints, rank, ranked: groups.len() })
    };
    let area = area.and_then(|area| of("area", &ranking.areas, area));
    area.into_iter().chain(of("phase", &ranking.phases, phase)).collect()
}

fn judgements(opened: &Project, records: &Records, id: &str) -> Vec<Judgement> {
    let audits = &records.audits;
    let mut all = Vec::new();
    for record in &audits.records {
        for item in record.items.iter().filter(|item| audits.id(item) == id) {
            let (file, line) = place(opened, item.key.of(record.file));
            all.push(Judgement {
                file,
                line,
                date: record.moment.date.to_string(),
                site: record.site.clone(),
                auditor: record.auditor.clone(),
                stamp: audits.judged_stamp(&opened.standards, item).map(str::to_owned),
                answer: item.answer.word(),
                met: item.is_judged().then_some(item.answer == Answer::Met),
                note: item.detail.as_ref().and_then(|detail| detail.note.clone()),
                draft: audits.is_trial(&opened.standards, item),
            });
        }
    }
    all
}

/// The file of a place, and the line in it.
pub(super) fn place(opened: &Project, span: Span) -> (String, usize) {
    let sources = &opened.loaded.sources;
    (sources.get(span.file).path.clone(), sources.positions(span).0.line)
}

fn doings(opened: &Project, records: &Records, id: &str) -> Vec<Doing> {
    let audits = &records.audits;
    let all = findings(audits, &opened.standards);
    let own = all.iter().filter(|finding| audits.id(finding.item) == id);
    let doing = |finding: &Finding<'_>| {
        let action = finding.action()?;
        let came_back = finding.came_back.and_then(|later| all.get(later));
        Some(Doing {
            found: finding.record.moment.date.to_string(),
            site: finding.record.site.clone(),
            action: action.clone(),
            state: action.state(opened.world.today()),
            came_back: came_back.map(|later| later.record.moment.date.to_string()),
        })
    };
    own.filter_map(doing).collect()
}

fn decided(records: &Records, place: usize) -> Vec<Decided> {
    let of = |review: &crate::review::Review| {
        let entry = review.entry_of(place)?;
        Some(Decided {
            review: review.name.clone(),
            closed: review.closed.as_ref().map(|closed| closed.value.to_string()),
            stamp: entry.stamp.clone(),
            decision: entry.decision.as_ref().map(|decision| decision.value.word()),
            reason: entry.reason.clone(),
            now: entry.now.clone(),
        })
    };
    records.reviews.all.iter().filter_map(of).collect()
}

/// The documents that hold a standard: what is in force stands in all of them.
fn documents(standard: &Standard) -> Vec<String> {
    let all: &[&str] = match standard.status {
        Status::Active => &["manual", "checklist", "matrix"],
        Status::Draft => &["matrix"],
        Status::Retired => &[],
    };
    all.iter().map(|name| (*name).to_owned()).collect()
}
