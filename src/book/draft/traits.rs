//! traits/*.yaml: traits and their patterns.

use super::{MeasureDraft, Name};
use crate::book::decode::{OneOrMany, record};
use crate::book::draft_values::{SourceDraft, TextDraft};
use crate::book::{Aspect, Contact, Dimension, Feature, Level, StandardType, Verify};

record! {
    /// traits/*.yaml: traits and how they become standards.
    TraitsFileDraft = "a traits file" {
        /// The traits.
        key "traits" => traits: Vec<TraitDraft>, required;
    }
}

record! {
    /// A general trait of service.
    TraitDraft = "a trait" {
        /// Id of the trait.
        key "id" => id: Name, required;
        /// Ids that the trait had before, so that what was written with them still finds it.
        key "was" => was: Vec<Name>;
        /// Name of the trait, as documents print it.
        key "title" => title: TextDraft;
        /// What it means.
        key "meaning" => meaning: TextDraft;
        /// The question of the customer's that it answers, such as "Has anyone seen me?".
        key "question" => question: TextDraft;
        /// The SERVQUAL dimension that the trait belongs to.
        key "dimension" => dimension: Dimension;
        /// Traits that it is at odds with at one and the same step, as discreet is with friendly.
        key "opposes" => opposes: OneOrMany<Name>;
        /// How it becomes standards.
        key "patterns" => patterns: Vec<PatternDraft>;
        /// Rules that this entry may break.
        key "allow" => allow: Vec<Name>;
    }
}

record! {
    /// How a trait becomes one standard. Its texts are templates over customer, staff, phase, step and sequence.
    PatternDraft = "a pattern" {
        /// Id of the pattern, unique in its trait.
        key "id" => id: Name, required;
        /// Ids that the pattern had before, so that what was written with them still finds it.
        key "was" => was: Vec<Name>;
        /// What the standard is about.
        key "type" => kind: StandardType, required;
        /// How much it offers.
        key "level" => level: Level, required;
        /// The contact or contacts it fits. Default: any.
        key "contact" => contact: OneOrMany<Contact>;
        /// The sectors it fits. Default: any.
        key "sectors" => sectors: OneOrMany<Name>;
        /// What a step must have for it. Default: nothing.
        key "needs" => needs: OneOrMany<Feature>;
        /// What a step must not have for it. Default: nothing.
        key "unless" => unless: OneOrMany<Feature>;
        /// Whether it is about taking leave: of the steps of a phase that fit it stands at the last, and not at the first.
        key "last" => last: bool;
        /// What the standard demands.
        key "text" => text: TextDraft, required;
        /// The figure in it.
        key "measure" => measure: MeasureDraft;
        /// The role or roles that keep it. Default: the step's.
        key "role" => role: OneOrMany<Name>;
        /// How it is verified.
        key "verify" => verify: Verify;
        /// Head of a front-office analysis.
        key "aspect" => aspect: Aspect;
        /// Whether failing it fails its phase.
        key "critical" => critical: bool;
        /// How much the standard counts in a score. Default: 1.
        key "weight" => weight: f64;
        /// Why it is demanded.
        key "why" => why: TextDraft;
        /// Key points for training.
        key "how" => how: OneOrMany<TextDraft>;
        /// What to say.
        key "say" => say: OneOrMany<TextDraft>;
        /// What not to say.
        key "avoid" => avoid: OneOrMany<TextDraft>;
        /// A condition over the site.
        key "when" => when: Name;
        /// Where its figure comes from.
        key "sources" => sources: OneOrMany<SourceDraft>;
        /// Rules that this entry may break.
        key "allow" => allow: Vec<Name>;
    }
}
