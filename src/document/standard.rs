//! A standard as documents show it.

use serde::Serialize;

use super::image::ImageView;
use super::prose::Prose;
use super::scope::Scope;
use crate::book::{Level, Measure, Status};
use crate::edition::{Reference, Selected};
use crate::method::{HandoffParts, Origin};

/// A standard in one language.
#[derive(Clone, Debug, Serialize)]
pub struct StandardView {
    /// The id.
    pub id: String,
    /// `ID@STAMP`: this very wording.
    pub reference: String,
    /// What it demands; for a hand-off see `handoff`.
    pub text: Prose,
    /// The parts of a hand-off.
    pub handoff: Option<HandoffView>,
    /// The level's word in the format.
    pub level: &'static str,
    /// The level in the document's language.
    pub level_label: String,
    /// I, II or III.
    pub numeral: &'static str,
    /// The figure.
    pub measure: Option<MeasureView>,
    /// Who keeps it at the site; empty for anyone of the staff.
    pub roles: Vec<Prose>,
    /// The roles that are absent there, in whose place these do.
    pub instead_of: Vec<Prose>,
    /// How it is verified.
    pub verify: String,
    /// Whether failing it fails its phase.
    pub critical: bool,
    /// Whether it is still being worded.
    pub draft: bool,
}

/// A standard by its number in the document: where it is spoken of and not taught.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Numbered {
    /// The number.
    pub number: usize,
    /// The id.
    pub id: String,
}

/// A standard where it is taught.
#[derive(Clone, Debug, Serialize)]
pub struct Taught {
    /// Its number in the document.
    pub number: usize,
    /// How it should look.
    pub image: Option<ImageView>,
    /// The standard.
    #[serde(flatten)]
    pub standard: StandardView,
}

/// A measure in one language.
#[derive(Clone, Debug, Serialize)]
pub struct MeasureView {
    /// What is measured.
    pub what: Option<Prose>,
    /// The bound and how often it must hold.
    pub bound: String,
    /// The unit beside a blank for the observed value.
    pub unit: String,
}

/// A hand-off in labelled parts.
#[derive(Clone, Debug, Serialize)]
pub struct HandoffView {
    /// Who receives it.
    pub receiver: Prose,
    /// What is handed over.
    pub content: Prose,
    /// By which channel.
    pub channel: Option<Prose>,
    /// At the latest after.
    pub limit: Option<String>,
}

/// I, II or III.
pub(super) fn numeral(level: Level) -> &'static str {
    match level {
        Level::Basic => "I",
        Level::Expected => "II",
        Level::Exclusive => "III",
    }
}

impl Scope<'_> {
    /// The standard as documents show it.
    pub(super) fn standard(&self, selected: &Selected) -> StandardView {
        let standard = selected.standard;
        let handoff = match &standard.origin {
            Origin::Handoff(parts) => Some(self.handoff(parts)),
            _ => None,
        };
        StandardView {
            id: standard.id.name.clone(),
            reference: Reference::to(standard).to_string(),
            text: self.prose(&selected.text),
            handoff,
            level: standard.level.word(),
            level_label: self.text(&format!("level.{}", standard.level)),
            numeral: numeral(standard.level),
            measure: standard.measure.as_ref().map(|measure| self.measure(measure)),
            roles: self.role_titles(&selected.roles),
            instead_of: self.role_titles(&self.absent(selected)),
            verify: self.text(&format!("verify.{}", standard.verify)),
            critical: standard.critical,
            draft: standard.status == Status::Draft,
        }
    }

    /// The standard with its number.
    pub(super) fn taught(&self, selected: &Selected) -> Taught {
        Taught {
            number: self.number_of(&selected.standard.id.name),
            image: self.image(&selected.standard.teaching.image),
            standard: self.standard(selected),
        }
    }

    /// The standard by its number.
    pub(super) fn numbered(&self, selected: &Selected) -> Numbered {
        let id = &selected.standard.id.name;
        Numbered { number: self.number_of(id), id: id.clone() }
    }

    /// The roles that should keep it and are absent at the site.
    fn absent(&self, selected: &Selected) -> Vec<String> {
        let named = selected.standard.roles.iter();
        named.filter(|role| self.book.role(role).is_some() && !self.staffing.exists(role)).cloned().collect()
    }

    /// A measure as documents show it.
    pub(super) fn measure(&self, measure: &Measure) -> MeasureView {
        MeasureView {
            what: measure.what.as_ref().map(|what| self.prose(what)),
            bound: self.interface.bound(measure),
            unit: self.interface.unit_label(&measure.value.unit).to_owned(),
        }
    }

    /// A hand-off as documents show it.
    pub(super) fn handoff(&self, parts: &HandoffParts) -> HandoffView {
        // Where a role is absent, whoever covers for it receives in its place.
        let holder = self.staffing.holder(&parts.receiver);
        let receiver = self.book.receiver_title(holder);
        HandoffView {
            receiver: receiver.map_or_else(|| Prose::plain(holder), |title| self.prose(title)),
            content: self.prose(&parts.content),
            channel: parts.channel.as_ref().map(|channel| self.prose(channel)),
            limit: parts.limit.as_ref().map(|limit| self.interface.quantity(limit)),
        }
    }
}
