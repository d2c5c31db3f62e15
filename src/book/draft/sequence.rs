//! sequences/*.yaml: phases, steps, waivers, scenarios.

use super::{ImageDraft, Name, StandardDraft};
use crate::book::decode::{OneOrMany, record};
use crate::book::draft_values::{NounDraft, QuantityDraft, TextDraft, TraitUseDraft};
use crate::book::{Contact, Feature, Level, Procedure, StandardType};

record! {
    /// sequences/*.yaml: one service sequence a file.
    SequenceDraft = "a sequence" {
        /// Id of the sequence, unique in the book.
        key "id" => id: Name, required;
        /// Ids that the sequence had before, so that what was written with them still finds it.
        key "was" => was: Vec<Name>;
        /// Title of the sequence, as documents print it.
        key "title" => title: TextDraft;
        /// The service area it belongs to.
        key "area" => area: Name;
        /// The word for whom it serves, in the forms that sentences need, where that is not the book's customer.
        key "customer" => customer: NounDraft;
        /// A condition over the site.
        key "when" => when: Name;
        /// The phases of the sequence, in the order in which a customer meets them.
        key "phases" => phases: Vec<PhaseDraft>, required;
        /// Rules that this entry may break.
        key "allow" => allow: Vec<Name>;
    }
}

record! {
    /// A phase of a sequence.
    PhaseDraft = "a phase" {
        /// Id of the phase, unique in the book.
        key "id" => id: Name, required;
        /// Ids that the phase had before, so that what was written with them still finds it.
        key "was" => was: Vec<Name>;
        /// Title of the phase, as documents print it.
        key "title" => title: TextDraft;
        /// What the customer wants here, for the manual.
        key "wants" => wants: TextDraft;
        /// The traits that would strengthen the customer's experience during this phase.
        key "traits" => traits: OneOrMany<TraitUseDraft>;
        /// The level that this phase aims at.
        key "target" => target: Level;
        /// The steps of the phase, in the order in which a customer meets them.
        key "steps" => steps: Vec<StepDraft>;
        /// The standards of the phase that somebody wrote.
        key "standards" => standards: Vec<StandardDraft>;
        /// Reasoned blanks.
        key "waive" => waive: Vec<WaiverDraft>;
        /// A picture of the phase.
        key "image" => image: ImageDraft;
        /// Role-plays for training.
        key "scenarios" => scenarios: Vec<ScenarioDraft>;
        /// A condition over the site.
        key "when" => when: Name;
        /// Rules that this entry may break.
        key "allow" => allow: Vec<Name>;
    }
}

record! {
    /// A step of a phase, with the lanes of a service blueprint.
    StepDraft = "a step" {
        /// Id of the step, unique in its phase.
        key "id" => id: Name, required;
        /// Ids that the step had before, so that what was written with them still finds it.
        key "was" => was: Vec<Name>;
        /// Title of the step, as documents print it.
        key "title" => title: TextDraft;
        /// Channel or channels of contact with the customer. Default: none.
        key "contact" => contact: OneOrMany<Contact>;
        /// What there is at this step, for the patterns that need it. Default: nothing of the list.
        key "has" => has: OneOrMany<Feature>;
        /// Whether it comes at any time in its phase, or not at all: nobody is asked for its place in the order. Default: false.
        key "any-time" => any_time: bool;
        /// Kind of front-office procedure.
        key "procedure" => procedure: Procedure;
        /// The role or roles that act.
        key "role" => role: OneOrMany<Name>;
        /// Whether the customer judges the whole service here. Default: false.
        key "moment-of-truth" => moment_of_truth: bool;
        /// Blueprint lane: physical evidence.
        key "evidence" => evidence: TextDraft;
        /// Blueprint lane: what the customer does.
        key "customer" => customer: TextDraft;
        /// Blueprint lane: front stage.
        key "staff" => staff: TextDraft;
        /// Blueprint lane: back stage.
        key "backstage" => backstage: TextDraft;
        /// Blueprint lane: support.
        key "support" => support: TextDraft;
        /// What the customer spends in this step.
        key "lasts" => lasts: QuantityDraft;
        /// What the customer waits before it, at most.
        key "waits" => waits: QuantityDraft;
        /// Where it goes wrong.
        key "fail-point" => fail_point: FailPointDraft;
        /// The step's own traits.
        key "traits" => traits: OneOrMany<TraitUseDraft>;
        /// A picture of the step.
        key "image" => image: ImageDraft;
        /// What is handed to another role or a department.
        key "handoff" => handoff: OneOrMany<HandoffDraft>;
        /// A condition over the site.
        key "when" => when: Name;
        /// Rules that this entry may break.
        key "allow" => allow: Vec<Name>;
    }
}

record! {
    /// What may go wrong at a step.
    FailPointDraft = "a fail-point" {
        /// What goes wrong.
        key "what" => what: TextDraft, required;
        /// How it is put right.
        key "recovery" => recovery: TextDraft;
    }
}

record! {
    /// Something handed to another role or a department.
    HandoffDraft = "a handoff" {
        /// The role or department that receives it.
        key "to" => to: Name, required;
        /// What is handed over.
        key "what" => what: TextDraft, required;
        /// By which channel.
        key "via" => via: TextDraft;
        /// At the latest after, such as 1 h.
        key "within" => within: QuantityDraft;
    }
}

record! {
    /// A reasoned blank; what it leaves out means any.
    WaiverDraft = "a waiver" {
        /// Only at this step.
        key "step" => step: Name;
        /// Only this trait.
        key "trait" => of_trait: Name;
        /// Only this type.
        key "type" => kind: StandardType;
        /// Only this level.
        key "level" => level: Level;
        /// Only this pattern, as TRAIT.PATTERN.
        key "pattern" => pattern: Name;
        /// Why it is left blank.
        key "why" => why: TextDraft, required;
    }
}

record! {
    /// A role-play for training.
    ScenarioDraft = "a scenario" {
        /// Title of the scenario, as documents print it.
        key "title" => title: TextDraft, required;
        /// What the trainee meets.
        key "situation" => situation: TextDraft, required;
        /// Ids of the standards that it practises.
        key "practises" => practises: OneOrMany<Name>;
        /// A picture of the situation.
        key "image" => image: ImageDraft;
    }
}
