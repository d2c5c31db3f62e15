//! The session plan: what a trainer needs to teach a phase in one sitting, what to watch for afterwards, and what audits say
//! is to be taken up again. It stands in the trainer's edition.

use chrono::Months;
use serde::Serialize;

use super::quiz;
use crate::audit::figures::{RecordSelection, Selection, figures};
use crate::book::{Contact, Verify};
use crate::document::prose::Prose;
use crate::document::scope::{Scope, ShownPhase};
use crate::document::standard::Numbered;
use crate::edition::{Filter, Selected};

/// The rule by which minutes are reckoned, which the plan tells: to open and to close, a standard, a key point, a role-play, a
/// step that is gone through where there is no role-play, a question.
const OPEN: usize = 5;
const CLOSE: usize = 5;
const STANDARD: usize = 2;
const POINT: usize = 1;
const ROLE_PLAY: usize = 10;
const STEP: usize = 3;
const QUESTION: usize = 1;

/// A session takes a multiple of so many minutes.
const ROUND: usize = 5;
/// Longer than this nobody listens: what takes more is held in several sittings.
const SITTING: usize = 90;

/// The session plan.
#[derive(Clone, Debug, Serialize)]
pub struct Sessions {
    /// A session a phase, in service order.
    pub sessions: Vec<Session>,
    /// What the figures of audits say of what to refresh.
    pub refresh_intro: String,
    /// What to take up again, worst first.
    pub refresh: Vec<Refresh>,
}

/// A session.
#[derive(Clone, Debug, Serialize)]
pub struct Session {
    /// Its number.
    pub number: usize,
    /// The phase.
    pub phase: Prose,
    /// How long it takes, in words.
    pub minutes: String,
    /// The same in several sittings, where it takes too long for one.
    pub sittings: Option<String>,
    /// What is learnt.
    pub standards: Vec<Numbered>,
    /// Those of them that must not fail.
    pub critical: Vec<Numbered>,
    /// What to have at hand beside the manual.
    pub material: Vec<Prose>,
    /// What is done, in order.
    pub parts: Vec<SessionPart>,
    /// What to watch for on shift afterwards.
    pub observe: Vec<Numbered>,
}

/// A part of a session.
#[derive(Clone, Debug, Serialize)]
pub struct SessionPart {
    /// How many minutes.
    pub minutes: usize,
    /// What it is.
    pub label: String,
    /// What is done in it.
    pub about: Vec<Prose>,
}

/// A standard to take up again.
#[derive(Clone, Debug, Serialize)]
pub struct Refresh {
    /// The standard.
    #[serde(flatten)]
    pub standard: Numbered,
    /// Whether failing it fails its phase.
    pub critical: bool,
    /// How often it was met, in words.
    pub met: String,
}

pub(super) fn sessions(scope: &Scope) -> Sessions {
    let sessions = scope.parts().enumerate().map(|(index, part)| session(scope, index + 1, &part)).collect();
    let (refresh_intro, refresh) = refresh(scope);
    Sessions { sessions, refresh_intro, refresh }
}

fn session(scope: &Scope, number: usize, part: &ShownPhase) -> Session {
    let parts = parts(scope, part);
    let minutes: usize = parts.iter().map(|part| part.minutes).sum();
    let sittings = minutes.div_ceil(SITTING);
    let numbered = |is_meant: &dyn Fn(&Selected) -> bool| -> Vec<Numbered> {
        part.standards.iter().filter(|selected| is_meant(selected)).map(|selected| scope.numbered(selected)).collect()
    };
    Session {
        number,
        phase: scope.prose(&part.phase.title),
        minutes: scope.interface.count("manual.session.minutes", minutes),
        sittings: (sittings > 1).then(|| scope.interface.count("manual.session.sittings", sittings)),
        standards: numbered(&|_| true),
        critical: numbered(&|selected| selected.standard.critical),
        material: material(scope, part),
        parts,
        observe: numbered(&|selected| matches!(selected.standard.verify, Verify::Observe | Verify::Mystery)),
    }
}

/// What to bring along beside what every session needs: what the steps are done with, what is looked into, what measures.
fn material(scope: &Scope, part: &ShownPhase) -> Vec<Prose> {
    let standards = || part.standards.iter().map(|selected| selected.standard);
    let steps = || standards().filter_map(|standard| part.phase.steps.get(standard.step?));
    let meets = |contact: Contact| steps().any(|step| step.contact.contains(&contact));
    let verified = |verify: Verify| standards().any(|standard| standard.verify == verify);
    let measured = |base: &str| {
        let measures = || standards().filter_map(|standard| standard.measure.as_ref());
        measures().any(|measure| measure.value.unit.canonical().0 == base)
    };
    let things = [
        ("phone", meets(Contact::Phone)),
        ("screen", meets(Contact::Email) || meets(Contact::Chat) || meets(Contact::Web)),
        ("record", verified(Verify::Record)),
        ("system", verified(Verify::System)),
        ("length", measured("mm")),
        ("heat", measured("°C")),
    ];
    let needed = things.into_iter().filter(|(_, is_needed)| *is_needed);
    needed.map(|(key, _)| Prose::plain(scope.text(&format!("manual.session.bring.{key}")))).collect()
}

/// What is done: opened, shown, practised, asked, closed. What is left to a round number of minutes is for practising, so that the
/// parts come to the whole.
fn parts(scope: &Scope, part: &ShownPhase) -> Vec<SessionPart> {
    let of = |key: &str, minutes: usize, about: Vec<Prose>| SessionPart {
        minutes,
        label: scope.text(&format!("manual.session.part.{key}")),
        about,
    };
    let text = |key: &str| Prose::plain(scope.of_customer_in(&format!("manual.session.{key}"), part.sequence));
    let points: usize = part.standards.iter().map(|selected| selected.standard.teaching.how.len()).sum();
    let shown = part.standards.len();
    let plays = super::phase::role_plays(scope, part);
    let steps: std::collections::BTreeSet<_> =
        part.standards.iter().filter_map(|selected| selected.standard.step).collect();
    let practised = match plays.len() {
        0 => (STEP * steps.len().max(1), vec![text("practise")]),
        count => (ROLE_PLAY * count, plays.into_iter().map(|play| play.title).collect()),
    };
    let questions = quiz::count(scope, part);
    let show = STANDARD * shown + POINT * points;
    let all = OPEN + show + practised.0 + QUESTION * questions + CLOSE;
    let left = all.next_multiple_of(ROUND) - all;
    let mut parts = vec![
        of("open", OPEN, vec![text("open")]),
        of("show", show, vec![Prose::plain(scope.interface.count("manual.standards", shown))]),
        of("practise", practised.0 + left, practised.1),
    ];
    if questions > 0 {
        let count = scope.interface.count("manual.quiz.questions", questions);
        parts.push(of("ask", QUESTION * questions, vec![Prose::plain(count)]));
    }
    parts.push(of("close", CLOSE, vec![text("close")]));
    parts
}

/// What kept the next level from being reached in the year before the last record, of what the manual teaches.
fn refresh(scope: &Scope) -> (String, Vec<Refresh>) {
    let none = |key: &str| (scope.of_customer(&format!("manual.session.{key}")), Vec::new());
    let Some(audits) = scope.audits else { return none("refresh-unknown") };
    let site = scope.site.map(|site| site.id.name.as_str());
    let filter = Filter::default();
    let wanted = RecordSelection { site, filter: &filter, from: None, to: None, staff: false };
    let all = Selection::of(scope.book, scope.standards, audits, wanted);
    let days = audits.records.iter().filter(|record| all.counts(record)).map(|record| record.moment.date);
    let Some(last) = days.max() else { return none("refresh-unknown") };
    let from = last.checked_sub_months(Months::new(12));
    let year = Selection::of(scope.book, scope.standards, audits, RecordSelection { from, to: Some(last), ..wanted });
    let figures = figures(scope.book, scope.standards, audits, &year);
    let blocks = figures.next_level.into_iter().flat_map(|next| next.blocks);
    let taught = blocks.filter(|block| scope.number_of(&block.standard) > 0).map(|block| Refresh {
        standard: Numbered { number: scope.number_of(&block.standard), id: block.standard.clone() },
        critical: block.critical,
        met: scope.interface.fill(
            "report.of",
            &[
                ("met", &scope.interface.number(block.met as f64)),
                ("judged", &scope.interface.number(block.judged as f64)),
            ],
        ),
    });
    let taught: Vec<Refresh> = taught.collect();
    if taught.is_empty() {
        let (mut intro, none) = none("refresh-none");
        if scope.has_critical() {
            intro = format!("{intro} {}", scope.text("manual.session.refresh-critical"));
        }
        return (intro, none);
    }
    (scope.of_customer("manual.session.refresh-intro"), taught)
}
