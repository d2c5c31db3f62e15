//! The protocol of communication on one page: channel by channel how soon we answer, what we say and what we avoid.

use serde::Serialize;

use crate::book::{Contact, Procedure, StandardType};
use crate::document::prose::Prose;
use crate::document::scope::Scope;
use crate::document::standard::{MeasureView, Numbered};
use crate::edition::Selected;
use crate::method::Origin;

/// So much of each kind stands beside a channel: the page is to hang on a wall.
const MOST: usize = 6;

/// The protocol.
#[derive(Clone, Debug, Serialize)]
pub struct Protocol {
    /// Channel by channel; what holds for all of them last.
    pub channels: Vec<Channel>,
    /// The language's quotation marks.
    pub quotes: &'static [String; 2],
}

/// How we speak in one channel.
#[derive(Clone, Debug, Serialize)]
pub struct Channel {
    /// The channel.
    pub label: String,
    /// How soon, how often, how long.
    pub limits: Vec<Limit>,
    /// What we say.
    pub say: Vec<Prose>,
    /// What we avoid.
    pub avoid: Vec<Prose>,
}

/// A figure of a standard.
#[derive(Clone, Debug, Serialize)]
pub struct Limit {
    /// The standard.
    #[serde(flatten)]
    pub standard: Numbered,
    /// Its figure.
    pub measure: MeasureView,
}

/// The protocol; none where there are no words to say.
pub(super) fn protocol(scope: &Scope) -> Option<Protocol> {
    let everywhere = |selected: &Selected| contacts(scope, selected).is_empty();
    let channel = |contact: Option<&Contact>| {
        let is_here = |selected: &&Selected| match contact {
            Some(contact) => contacts(scope, selected).contains(contact),
            None => everywhere(selected),
        };
        let label = contact.map_or_else(
            || scope.text("manual.protocol.everywhere"),
            |contact| scope.text(&format!("contact.{contact}")),
        );
        of_channel(scope, label, scope.chosen.iter().filter(is_here).collect())
    };
    let channels: Vec<Channel> = Contact::ALL.iter().map(Some).chain([None]).filter_map(channel).collect();
    let has_words = channels.iter().any(|channel| !channel.say.is_empty() || !channel.avoid.is_empty());
    has_words.then(|| Protocol { channels, quotes: scope.interface.quotes() })
}

/// The channels in which a standard is kept: those of its step.
fn contacts<'a>(scope: &'a Scope, selected: &Selected) -> &'a [Contact] {
    let standard = selected.standard;
    let phase = scope.book.phase_at(standard.sequence, standard.phase);
    let step = phase.and_then(|phase| phase.steps.get(standard.step?));
    step.map_or(&[], |step| &step.contact)
}

fn of_channel(scope: &Scope, label: String, standards: Vec<&Selected>) -> Option<Channel> {
    let mut channel = Channel { label, limits: Vec::new(), say: Vec::new(), avoid: Vec::new() };
    for selected in standards {
        let standard = selected.standard;
        let speaks = standard.kind == StandardType::Personal
            || standard.procedure == Some(Procedure::Communication)
            || !standard.teaching.say.is_empty();
        if let Some(measure) =
            standard.measure.as_ref().filter(|_| speaks && !matches!(standard.origin, Origin::Handoff(_)))
            && channel.limits.len() < MOST
        {
            channel.limits.push(Limit { standard: scope.numbered(selected), measure: scope.measure(measure) });
        }
        for (texts, to) in [(&standard.teaching.say, &mut channel.say), (&standard.teaching.avoid, &mut channel.avoid)]
        {
            for text in texts.iter().map(|text| scope.prose(text)) {
                if to.len() < MOST && !to.contains(&text) {
                    to.push(text);
                }
            }
        }
    }
    (!channel.limits.is_empty() || !channel.say.is_empty() || !channel.avoid.is_empty()).then_some(channel)
}
