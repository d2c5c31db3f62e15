//! A standard, and the figure in one.

use super::Name;
use crate::book::decode::{OneOrMany, record};
use crate::book::draft_values::{QuantityDraft, ShareDraft, SourceDraft, TextDraft};
use crate::book::{Aspect, Level, StandardType, Status, Verify};

record! {
    /// A standard.
    StandardDraft = "a standard" {
        /// Id of the standard, unique in the book.
        key "id" => id: Name, required;
        /// Ids that the standard had before, so that what was written with them still finds it.
        key "was" => was: Vec<Name>;
        /// The standards that it was split from or merged of. Their figures are never joined with its own.
        key "from" => from: Vec<Name>;
        /// The step it is pinned to.
        key "step" => step: Name;
        /// The trait or traits it converts.
        key "trait" => of_trait: OneOrMany<Name>;
        /// What it is about. A draft, and only a draft, may leave it open.
        key "type" => kind: StandardType => settled;
        /// How much it offers. A draft, and only a draft, may leave it open.
        key "level" => level: Level => settled;
        /// The role or roles that keep it. Default: the step's, else anyone of the staff.
        key "role" => role: OneOrMany<Name>;
        /// What it demands, in one sentence.
        key "text" => text: TextDraft, required;
        /// The figure in it.
        key "measure" => measure: MeasureDraft;
        /// How it is verified. Default: personal observe, product inspect, procedural record.
        key "verify" => verify: Verify;
        /// Head of a front-office analysis. Default: personal professionalism, product organisation, procedural performance.
        key "aspect" => aspect: Aspect;
        /// Whether failing it fails its phase. Default: false.
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
        /// Whether it is in force. Default: active.
        key "status" => status: Status;
        /// A picture of how it should look.
        key "image" => image: ImageDraft;
        /// Rules that this entry may break.
        key "allow" => allow: Vec<Name>;
    }
}

record! {
    /// A picture: PNG, JPEG or SVG.
    ImageDraft = "a picture" {
        /// The file's path from the book's folder, such as images/desk.jpg.
        key "file" => file: Name, required;
        /// What it shows, for whoever does not see it.
        key "alt" => alt: TextDraft, required;
    }
}

record! {
    /// The figure in a standard: exactly one of within, at-most, at-least and between.
    MeasureDraft = "a measure" {
        /// What is measured.
        key "what" => what: TextDraft;
        /// A time limit, such as 10 s.
        key "within" => within: QuantityDraft;
        /// At most this much.
        key "at-most" => at_most: QuantityDraft;
        /// At least this much.
        key "at-least" => at_least: QuantityDraft;
        /// Lower and upper bound, both included.
        key "between" => between: Vec<QuantityDraft>;
        /// How often it must hold. Default: 100 %.
        key "share" => share: ShareDraft;
    }
}
