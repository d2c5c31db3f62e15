//! gamma-ok.yaml.

use super::Name;
use crate::book::Level;
use crate::book::country::Country;
use crate::book::decode::{Pairs, record};
use crate::book::draft_values::{DateDraft, LevelSharesDraft, NounDraft, QuantityDraft, ScaleDraft, TextDraft};
use crate::diag::Severity;

record! {
    /// gamma-ok.yaml: its presence makes a folder a book.
    ManifestDraft = "the manifest" {
        /// The book's title.
        key "title" => title: TextDraft, required;
        /// The languages of the book as BCP 47 tags; the first is the source language. Default: English alone.
        key "languages" => languages: Vec<Name>;
        /// A sector of the built-in library whose nouns and roles the book builds on.
        key "sector" => sector: Name;
        /// The word for the customer in the forms that sentences need; replaces the sector's.
        key "customer" => customer: NounDraft;
        /// The word for whoever acts where no role is named; replaces the sector's.
        key "staff" => staff: NounDraft;
        /// Titles of service areas.
        key "areas" => areas: Vec<AreaDraft>;
        /// Ids of sequences in the order of documents; the rest follow in file order.
        key "sequences" => sequences: Vec<Name>;
        /// The level a phase aims at unless it says otherwise. Default: expected.
        key "target" => target: Level;
        /// Whether traits are converted by patterns where nothing is written. Default: true.
        key "derive" => derive: bool;
        /// Share of standards met at which a level is reached. Default: basic 100 %, expected 90 %, exclusive 75 %.
        key "levels" => levels: LevelSharesDraft;
        /// When the standards are reviewed.
        key "review" => review: ReviewDraft;
        /// How customers rate.
        key "feedback" => feedback: FeedbackDraft;
        /// How documents look.
        key "brand" => brand: BrandDraft;
        /// The country whose law and customs hold, by its two letters, such as PL; a site may have its own.
        key "country" => country: Country;
        /// Severity of rules: off, note, warning or error.
        key "rules" => rules: Pairs<Severity>;
        /// Rules that the whole book may break.
        key "allow" => allow: Vec<Name>;
    }
}

record! {
    /// A service area with a title.
    AreaDraft = "an area" {
        /// Id of the area.
        key "id" => id: Name, required;
        /// Title of the area, as documents print it.
        key "title" => title: TextDraft, required;
        /// Ids that the area had before, so that what was written with them still finds it.
        key "was" => was: Vec<Name>;
    }
}

record! {
    /// When the standards are reviewed.
    ReviewDraft = "`review`" {
        /// At least this often, such as 12 months. Default: 12 months.
        key "every" => every: QuantityDraft;
        /// The day the standards came into force.
        key "since" => since: DateDraft;
    }
}

record! {
    /// How customers rate.
    FeedbackDraft = "`feedback`" {
        /// Lowest and highest rating. Default: [1, 5].
        key "scale" => scale: ScaleDraft;
    }
}

record! {
    /// How documents look.
    BrandDraft = "`brand`" {
        /// Path of an image in the book: SVG, PNG or JPEG.
        key "logo" => logo: Name;
        /// Accent colour as "#rrggbb".
        key "colour" => colour: Name;
    }
}
