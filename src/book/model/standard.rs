//! Standards as written, and the traits and patterns that yield others.

use std::sync::Arc;

use crate::book::{
    Aspect, Condition, Contact, Dimension, Feature, Home, Id, Image, Level, Measure, StandardType, Status, Text, Verify,
};
use crate::source::Span;

/// A standard that an author wrote.
#[derive(Clone, Debug)]
pub struct WrittenStandard {
    /// Unique in the book.
    pub id: Id,
    /// The standards that it was split from or merged of, by their ids as of now.
    pub from: Vec<String>,
    /// The step it is pinned to.
    pub step: Option<String>,
    /// What it converts.
    pub traits: Vec<String>,
    /// What it is about.
    pub kind: StandardType,
    /// How much it offers.
    pub level: Level,
    /// What of these two a draft leaves open.
    pub undecided: Undecided,
    /// Who keeps it; empty where its step says so.
    pub roles: Vec<String>,
    /// What it demands.
    pub text: Arc<Text>,
    /// The figure in it.
    pub measure: Option<Measure>,
    /// How it is verified, where it says so.
    pub verify: Option<Verify>,
    /// Head of a front-office analysis, where it says so.
    pub aspect: Option<Aspect>,
    /// Whether failing it fails its phase.
    pub critical: bool,
    /// How much it counts in scores; the usual is 1.
    pub weight: f64,
    /// Training and history.
    pub teaching: Arc<Teaching>,
    /// Where it applies, beside what its sequence, phase and step say of that.
    pub when: Option<Condition>,
    /// Whether it is in force.
    pub status: Status,
    /// From the first key to the last value.
    pub span: Span,
}

/// What a draft leaves open. Its type and level then hold a word that nobody chose: it fills no cell, is in no document, and no
/// rule of the method judges it by them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undecided {
    /// What it is about.
    pub kind: bool,
    /// How much it offers.
    pub level: bool,
}

impl Undecided {
    /// Whether anything is open.
    pub fn is_any(self) -> bool {
        self.kind || self.level
    }
}

/// What a standard, or a pattern, adds for training.
#[derive(Clone, Debug, Default)]
pub struct Teaching {
    /// Why it is demanded.
    pub why: Option<Text>,
    /// Key points.
    pub how: Vec<Text>,
    /// What to say.
    pub say: Vec<Text>,
    /// What not to say.
    pub avoid: Vec<Text>,
    /// Where a figure comes from.
    pub sources: Vec<Text>,
    /// Whose law each of the sources is, in their order, by the two letters of the country; none for what holds anywhere.
    pub countries: Vec<Option<String>>,
    /// How it should look.
    pub image: Option<Image>,
}

impl Teaching {
    /// The keys of the format and their texts, in its order.
    pub fn fields(&self) -> [(&'static str, &[Text]); 5] {
        let Teaching { why, how, say, avoid, sources, countries: _, image: _ } = self;
        [("why", why.as_slice()), ("how", how), ("say", say), ("avoid", avoid), ("sources", sources)]
    }

    /// The sources, each with the country whose law it is.
    pub fn references(&self) -> impl Iterator<Item = (&Text, Option<&str>)> {
        let countries = self.countries.iter().map(Option::as_deref).chain(std::iter::repeat(None));
        self.sources.iter().zip(countries)
    }

    /// The same with every text made another.
    pub fn map(&self, change: impl Fn(&Text) -> Text) -> Teaching {
        let all = |texts: &[Text]| texts.iter().map(&change).collect();
        let Teaching { why, how, say, avoid, sources, countries, image } = self;
        Teaching {
            why: why.as_ref().map(&change),
            how: all(how),
            say: all(say),
            avoid: all(avoid),
            sources: all(sources),
            countries: countries.clone(),
            image: image.clone(),
        }
    }
}

/// A general trait of service and how it becomes standards.
#[derive(Clone, Debug, Default)]
pub struct Trait {
    /// What phases, steps, standards and waivers name it by.
    pub id: Id,
    /// What documents call it; the id where nothing is written.
    pub title: Text,
    /// What it means.
    pub meaning: Option<Text>,
    /// The question of the customer's that it answers.
    pub question: Option<Text>,
    /// Under which dimension of SERVQUAL it counts.
    pub dimension: Option<Dimension>,
    /// The traits that it is at odds with at one step, by their ids as of now.
    pub opposes: Vec<String>,
    /// How it becomes standards.
    pub patterns: Vec<Pattern>,
    /// Whose it is.
    pub home: Home,
    /// From the first key to the last value.
    pub span: Span,
}

/// How a trait becomes one standard.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Unique in its trait.
    pub id: Id,
    /// What the standard is about.
    pub kind: StandardType,
    /// How much it offers.
    pub level: Level,
    /// The contacts it fits; empty for any.
    pub contact: Vec<Contact>,
    /// The sectors it fits; empty for any.
    pub sectors: Vec<String>,
    /// What a step must have for it.
    pub needs: Vec<Feature>,
    /// What a step must not have for it.
    pub unless: Vec<Feature>,
    /// Whether of the steps that fit it stands at the last, as a goodbye does.
    pub last: bool,
    /// The standard's text, a template over nouns and titles.
    pub text: Text,
    /// The figure in it.
    pub measure: Option<Measure>,
    /// The role it names.
    pub roles: Vec<String>,
    /// How it is verified, where it says so.
    pub verify: Option<Verify>,
    /// Head of a front-office analysis, where it says so.
    pub aspect: Option<Aspect>,
    /// Whether failing it fails its phase.
    pub critical: bool,
    /// How much the standard counts in scores; the usual is 1.
    pub weight: f64,
    /// Where what it makes applies.
    pub when: Option<Condition>,
    /// Training. Its texts are templates too.
    pub teaching: Teaching,
    /// From the first key to the last value.
    pub span: Span,
}
