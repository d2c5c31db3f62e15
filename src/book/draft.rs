//! The files as written: every key of every file kind, defined once. `book::resolve` makes a [`Book`](super::Book) of
//! them; `schema` prints their JSON Schema.

use super::decode::{Cx, Decode, OneOrMany, Pairs, record};
use super::draft_values::{
    DateDraft, LevelSharesDraft, NounDraft, QuantityDraft, ScaleDraft, TextDraft, TraitUseDraft,
};
use super::model::{Attribute, Spanned};
use super::words::{Aspect, Contact, Dimension, Level, Procedure, StandardType, Status, Verify};
use crate::diag::{Code, Diagnostic, Severity};
use crate::message::Message;
use crate::say;
use crate::source::Span;
use crate::source::yaml::{Node, Style, Value};
use crate::units::{Unit, parse_quantity};

/// A name, as written.
pub type Name = Spanned<String>;

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
        /// Severity of rules: off, note, warning or error.
        key "rules" => rules: Pairs<Severity>;
        /// Rules that the whole book may break.
        key "allow" => allow: Vec<Name>;
    }
}

record! {
    /// A service area with a title.
    AreaDraft = "an area" {
        /// Its id.
        key "id" => id: Name, required;
        /// Its title.
        key "title" => title: TextDraft, required;
        /// Its former ids.
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

record! {
    /// sequences/*.yaml: one service sequence a file.
    SequenceDraft = "a sequence" {
        /// Its id, unique in the book.
        key "id" => id: Name, required;
        /// Its former ids.
        key "was" => was: Vec<Name>;
        /// Its title.
        key "title" => title: TextDraft;
        /// The service area it belongs to.
        key "area" => area: Name;
        /// A condition over the site.
        key "when" => when: Name;
        /// Its phases in chronological order.
        key "phases" => phases: Vec<PhaseDraft>, required;
        /// Rules that this entry may break.
        key "allow" => allow: Vec<Name>;
    }
}

record! {
    /// A phase of a sequence.
    PhaseDraft = "a phase" {
        /// Its id, unique in the book.
        key "id" => id: Name, required;
        /// Its former ids.
        key "was" => was: Vec<Name>;
        /// Its title.
        key "title" => title: TextDraft;
        /// What the customer wants here, for the manual.
        key "wants" => wants: TextDraft;
        /// The traits that would strengthen the customer's experience during this phase.
        key "traits" => traits: OneOrMany<TraitUseDraft>;
        /// The level that this phase aims at.
        key "target" => target: Level;
        /// Its steps in chronological order.
        key "steps" => steps: Vec<StepDraft>;
        /// Its standards.
        key "standards" => standards: Vec<StandardDraft>;
        /// Reasoned blanks.
        key "waive" => waive: Vec<WaiverDraft>;
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
        /// Its id, unique in its phase.
        key "id" => id: Name, required;
        /// Its former ids.
        key "was" => was: Vec<Name>;
        /// Its title.
        key "title" => title: TextDraft;
        /// Channel or channels of contact with the customer. Default: none.
        key "contact" => contact: OneOrMany<Contact>;
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
    /// A standard.
    StandardDraft = "a standard" {
        /// Its id, unique in the book.
        key "id" => id: Name, required;
        /// Its former ids; may name a derived one (PHASE.TRAIT.PATTERN).
        key "was" => was: Vec<Name>;
        /// The step it is pinned to.
        key "step" => step: Name;
        /// The trait or traits it converts.
        key "trait" => of_trait: OneOrMany<Name>;
        /// What it is about.
        key "type" => kind: StandardType, required;
        /// How much it offers.
        key "level" => level: Level, required;
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
        /// Its weight in scores. Default: 1.
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
        key "sources" => sources: OneOrMany<TextDraft>;
        /// Whether it is in force. Default: active.
        key "status" => status: Status;
        /// Rules that this entry may break.
        key "allow" => allow: Vec<Name>;
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
        key "share" => share: QuantityDraft;
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
        /// Its title.
        key "title" => title: TextDraft, required;
        /// What the trainee meets.
        key "situation" => situation: TextDraft, required;
        /// Ids of the standards that it practises.
        key "practises" => practises: OneOrMany<Name>;
    }
}

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
        /// Its id.
        key "id" => id: Name, required;
        /// Its former ids.
        key "was" => was: Vec<Name>;
        /// Its name.
        key "title" => title: TextDraft;
        /// What it means.
        key "meaning" => meaning: TextDraft;
        /// The question of the customer's that it answers, such as "Has anyone seen me?".
        key "question" => question: TextDraft;
        /// Its SERVQUAL dimension.
        key "dimension" => dimension: Dimension;
        /// How it becomes standards.
        key "patterns" => patterns: Vec<PatternDraft>;
        /// Rules that this entry may break.
        key "allow" => allow: Vec<Name>;
    }
}

record! {
    /// How a trait becomes one standard. Its texts are templates over customer, staff, phase, step and sequence.
    PatternDraft = "a pattern" {
        /// Its id, unique in its trait.
        key "id" => id: Name, required;
        /// Its former ids.
        key "was" => was: Vec<Name>;
        /// What the standard is about.
        key "type" => kind: StandardType, required;
        /// How much it offers.
        key "level" => level: Level, required;
        /// The contact or contacts it fits. Default: any.
        key "contact" => contact: OneOrMany<Contact>;
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
        /// Its weight in scores.
        key "weight" => weight: f64;
        /// Why it is demanded.
        key "why" => why: TextDraft;
        /// Key points for training.
        key "how" => how: OneOrMany<TextDraft>;
        /// What to say.
        key "say" => say: OneOrMany<TextDraft>;
        /// What not to say.
        key "avoid" => avoid: OneOrMany<TextDraft>;
        /// Where its figure comes from.
        key "sources" => sources: OneOrMany<TextDraft>;
        /// Rules that this entry may break.
        key "allow" => allow: Vec<Name>;
    }
}

record! {
    /// roles.yaml: roles, who covers for whom, back-office departments.
    RolesFileDraft = "roles.yaml" {
        /// The roles.
        key "roles" => roles: Vec<RoleDraft>;
        /// Back-office departments.
        key "departments" => departments: Vec<DepartmentDraft>;
    }
}

record! {
    /// A role.
    RoleDraft = "a role" {
        /// Its id.
        key "id" => id: Name, required;
        /// Its former ids.
        key "was" => was: Vec<Name>;
        /// Its title.
        key "title" => title: TextDraft;
        /// Its word in the forms that sentences need.
        key "noun" => noun: NounDraft;
        /// What it is there for.
        key "duties" => duties: OneOrMany<TextDraft>;
        /// At which sites it exists: a condition.
        key "when" => when: Name;
        /// The role that takes its duties where it does not exist.
        key "covered-by" => covered_by: Name;
        /// Rules that this entry may break.
        key "allow" => allow: Vec<Name>;
    }
}

record! {
    /// A back-office department.
    DepartmentDraft = "a department" {
        /// Its id.
        key "id" => id: Name, required;
        /// Its former ids.
        key "was" => was: Vec<Name>;
        /// Its title.
        key "title" => title: TextDraft;
    }
}

/// sites/*.yaml: a place where the standards apply. Any further scalar keys are its attributes.
#[derive(Clone, Debug, Default)]
pub struct SiteDraft {
    /// Its id.
    pub id: Option<Name>,
    /// Its title.
    pub title: Option<TextDraft>,
    /// Its former ids.
    pub was: Option<Vec<Name>>,
    /// Its attributes.
    pub attributes: Vec<(Name, Attribute)>,
    /// The names of attributes whose value could not be read.
    pub misread: Vec<String>,
    /// From the first key to the last value.
    pub span: Span,
}

impl Decode for SiteDraft {
    fn expected() -> Message {
        say!("a site: a mapping with `id`")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        let Value::Map(entries, _) = &node.value else {
            cx.wrong_type(node, Self::expected());
            return None;
        };
        cx.duplicates(entries);
        if node.get("id").is_none_or(|value| value.value == Value::Null) {
            cx.missing(&say!("a site"), node, "id");
        }
        let (mut attributes, mut misread) = (Vec::new(), Vec::new());
        for entry in entries.iter().filter(|entry| !["id", "title", "was"].contains(&&*entry.key)) {
            let identifier = !entry.key.starts_with(|c: char| c.is_ascii_digit())
                && !entry.key.is_empty()
                && entry.key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if !identifier {
                let better =
                    super::id::suggest(&entry.key).map(|slug| say!("write `{slug}`", slug = slug.replace('-', "_")));
                let message = say!(
                    "`{key}` cannot be an attribute's name: it needs letters a-z, digits and `_`",
                    key = entry.key.as_ref()
                );
                cx.report(Diagnostic::new(Code::UnknownKey, entry.key_span, message).maybe_help(better));
                continue;
            }
            if entry.value.value == Value::Null {
                continue;
            }
            let name = Spanned { value: entry.key.to_string(), span: entry.key_span };
            match Attribute::decode(&entry.value, cx) {
                Some(value) => attributes.push((name, value)),
                None => misread.push(name.value),
            }
        }
        Some(SiteDraft {
            id: cx.field(node, "id"),
            title: cx.field(node, "title"),
            was: cx.field(node, "was"),
            attributes,
            misread,
            span: node.span,
        })
    }
}

impl Decode for Attribute {
    fn expected() -> Message {
        say!("a text, a number, `true` or `false`")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        let Value::Scalar(scalar) = &node.value else {
            cx.wrong_type(node, Self::expected());
            return None;
        };
        if scalar.style == Style::Plain {
            match &*scalar.text {
                "true" | "True" | "TRUE" => return Some(Attribute::Bool(true)),
                "false" | "False" | "FALSE" => return Some(Attribute::Bool(false)),
                text => {
                    if let Some(number) = text.parse::<f64>().ok().filter(|number| number.is_finite()) {
                        return Some(Attribute::Number(number));
                    }
                    if let Some(cure) = untyped(text) {
                        let message = say!("`{text}` is a text, and looks like something else", text);
                        cx.report(Diagnostic::new(Code::UntypedValue, node.span, message).help(cure));
                        return None;
                    }
                }
            }
        }
        Some(Attribute::Text(scalar.text.to_string()))
    }
}

/// What to write for a text that looks like a truth value or a number: `no`, `tak`, `40 osób`, `1,5`.
fn untyped(text: &str) -> Option<Message> {
    let quoted = || format!("\"{text}\"");
    match text.to_lowercase().as_str() {
        "yes" | "y" | "on" | "tak" | "prawda" | "ja" | "sant" => {
            return Some(say!("write `true`; or {quoted}, if the text is meant", quoted = quoted()));
        }
        "no" | "n" | "off" | "nie" | "fałsz" | "nej" | "falskt" | "falsk" => {
            return Some(say!("write `false`; or {quoted}, if the text is meant", quoted = quoted()));
        }
        _ => {}
    }
    let quantity = parse_quantity(text, Span::default()).ok()?;
    let is_number = match &quantity.unit {
        Unit::Count => text.contains(','),
        Unit::Known(_) => true,
        Unit::Unknown(word) => !word.contains(' ') && word.chars().all(char::is_lowercase),
    };
    let number = quantity.value.to_string();
    is_number.then(|| {
        say!("write the number alone, `{number}`; or {quoted}, if the text is meant", number, quoted = quoted())
    })
}

/// Help for a key that its entry does not have, where another kind of entry does.
pub(super) fn belongs_elsewhere(key: &str) -> Option<Message> {
    if key == "standards" {
        return Some(say!("standards stand in the phase, beside its `steps`; `step: …` pins one to a step"));
    }
    let homes = [
        (say!("a standard"), StandardDraft::KEYS),
        (say!("a step"), StepDraft::KEYS),
        (say!("a phase"), PhaseDraft::KEYS),
        (say!("a sequence"), SequenceDraft::KEYS),
        (say!("the manifest"), ManifestDraft::KEYS),
        (say!("a measure"), MeasureDraft::KEYS),
        (say!("a hand-off"), HandoffDraft::KEYS),
        (say!("a trait"), TraitDraft::KEYS),
        (say!("a role"), RoleDraft::KEYS),
    ];
    let (home, _) = homes.into_iter().find(|(_, keys)| keys.contains(&key))?;
    Some(say!("`{key}` is a key of {home}", key, home))
}
