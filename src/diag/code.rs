//! The register of rules: every code there is. A code outside it does not compile.

use std::fmt;

use super::Severity;
use crate::message::{Message, ToValue, Value};
use crate::say;
use crate::text::nearest;

/// What a rule is about; the order of lists of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleGroup {
    /// Whether the files say something that can be understood. Most are errors, and those always.
    Structure,
    /// Whether the standards follow the OK method.
    Method,
    /// Whether a standard says one thing that can be seen or measured.
    Wording,
    /// Whether every language says the same.
    Translations,
    /// How standards age.
    Life,
}

impl RuleGroup {
    /// All groups, in order.
    pub const ALL: [RuleGroup; 5] =
        [RuleGroup::Structure, RuleGroup::Method, RuleGroup::Wording, RuleGroup::Translations, RuleGroup::Life];

    /// The name, in the language of whoever reads it.
    pub fn title(self) -> Message {
        match self {
            RuleGroup::Structure => say!("Structure"),
            RuleGroup::Method => say!("Method"),
            RuleGroup::Wording => say!("Wording"),
            RuleGroup::Translations => say!("Translations"),
            RuleGroup::Life => say!("Life"),
        }
    }
}

/// Makes the enum of codes, and what stands in its table.
macro_rules! codes {
    ($($variant:ident = $word:literal, $group:ident, $severity:ident;)+) => {
        /// A rule's code: the word that completes the sentence "allow …".
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $word, "`")] $variant,)+
        }

        impl Code {
            /// All codes, group by group: the order of lists of rules.
            pub const ALL: &[Code] = &[$(Code::$variant),+];

            /// The word for it in files and output.
            pub fn word(self) -> &'static str {
                match self {
                    $(Code::$variant => $word,)+
                }
            }

            /// What its rule is about.
            pub fn group(self) -> RuleGroup {
                match self {
                    $(Code::$variant => RuleGroup::$group,)+
                }
            }

            /// The weight of its findings unless the manifest says otherwise.
            pub fn severity(self) -> Severity {
                match self {
                    $(Code::$variant => Severity::$severity,)+
                }
            }
        }
    };
}

codes! {
    YamlSyntax = "yaml-syntax", Structure, Error;
    UnknownKey = "unknown-key", Structure, Error;
    DuplicateKey = "duplicate-key", Structure, Error;
    WrongType = "wrong-type", Structure, Error;
    MissingKey = "missing-key", Structure, Error;
    BadId = "bad-id", Structure, Error;
    DuplicateId = "duplicate-id", Structure, Error;
    ReusedId = "reused-id", Structure, Error;
    BadQuantity = "bad-quantity", Structure, Error;
    BadDate = "bad-date", Structure, Error;
    BadCondition = "bad-condition", Structure, Error;
    BadTemplate = "bad-template", Structure, Error;
    UnknownTrait = "unknown-trait", Structure, Error;
    UnknownRole = "unknown-role", Structure, Error;
    UnknownStep = "unknown-step", Structure, Error;
    UnknownStandard = "unknown-standard", Structure, Error;
    UnknownSite = "unknown-site", Structure, Error;
    UnknownPhase = "unknown-phase", Structure, Error;
    UnknownSequence = "unknown-sequence", Structure, Error;
    UnknownLanguage = "unknown-language", Structure, Error;
    UnknownRule = "unknown-rule", Structure, Error;
    UnknownSector = "unknown-sector", Structure, Error;
    UnknownPattern = "unknown-pattern", Structure, Error;
    CoverCycle = "cover-cycle", Structure, Error;
    BadAnswer = "bad-answer", Structure, Error;
    BadFeedback = "bad-feedback", Structure, Error;
    UncoveredRole = "uncovered-role", Structure, Error;
    FileTooLarge = "file-too-large", Structure, Error;
    NestingTooDeep = "nesting-too-deep", Structure, Error;
    AliasBomb = "alias-bomb", Structure, Error;
    PathOutsideBook = "path-outside-book", Structure, Error;
    MergeConflict = "merge-conflict", Structure, Error;
    ControlCharacter = "control-character", Structure, Error;
    InvisibleCharacter = "invisible-character", Structure, Error;
    UntypedValue = "untyped-value", Structure, Error;
    UntypedComparison = "untyped-comparison", Structure, Error;
    ExpressionTooLong = "expression-too-long", Structure, Error;
    BookTooLarge = "book-too-large", Structure, Error;
    TooMuchMarkdown = "too-much-markdown", Structure, Error;
    UnknownArea = "unknown-area", Structure, Warning;
    GarbledText = "garbled-text", Structure, Warning;
    UnreadFile = "unread-file", Structure, Warning;
    UnknownTemplate = "unknown-template", Structure, Warning;
    EditionAltered = "edition-altered", Structure, Error;
    EditionTwice = "edition-twice", Structure, Error;
    ReviewAltered = "review-altered", Structure, Error;

    PhaseWithoutTraits = "phase-without-traits", Method, Warning;
    ContactWithoutStandards = "contact-without-standards", Method, Warning;
    MomentOfTruthWithoutStandards = "moment-of-truth-without-standards", Method, Error;
    TraitNotConverted = "trait-not-converted", Method, Warning;
    MissingType = "missing-type", Method, Warning;
    MissingLevel = "missing-level", Method, Warning;
    LevelGap = "level-gap", Method, Warning;
    LevelsOutOfOrder = "levels-out-of-order", Method, Warning;
    StandardWithoutTrait = "standard-without-trait", Method, Warning;
    RoleWithoutCover = "role-without-cover", Method, Warning;
    HandoffWithoutLimit = "handoff-without-limit", Method, Warning;
    StepWithoutContact = "step-without-contact", Method, Note;
    UnlistedSequence = "unlisted-sequence", Method, Note;
    UnknownUnit = "unknown-unit", Method, Note;
    UnknownValue = "unknown-value", Method, Note;
    UnusedTrait = "unused-trait", Method, Note;
    NeedlessWaiver = "needless-waiver", Method, Note;
    FailPointWithoutRecovery = "fail-point-without-recovery", Method, Note;
    ContradictingStandards = "contradicting-standards", Method, Note;
    CountryNotNamed = "country-not-named", Method, Warning;
    MissingWhy = "missing-why", Method, Note;

    VagueWord = "vague-word", Wording, Warning;
    MissingMeasure = "missing-measure", Wording, Warning;
    CompoundStatement = "compound-statement", Wording, Warning;
    MissingActor = "missing-actor", Wording, Warning;
    WeakModal = "weak-modal", Wording, Warning;
    InnerState = "inner-state", Wording, Warning;
    EscapeClause = "escape-clause", Wording, Warning;
    OpenList = "open-list", Wording, Warning;
    AbsoluteClaim = "absolute-claim", Wording, Note;
    NegativeDemand = "negative-demand", Wording, Note;
    LongStatement = "long-statement", Wording, Warning;
    DuplicateText = "duplicate-text", Wording, Warning;
    MeasureMismatch = "measure-mismatch", Wording, Warning;
    CutSentence = "cut-sentence", Wording, Warning;
    SingleBrace = "single-brace", Wording, Warning;
    UnwrittenText = "unwritten-text", Wording, Warning;
    FigureWithoutMeasure = "figure-without-measure", Wording, Note;

    MissingTranslation = "missing-translation", Translations, Warning;
    MissingNounForm = "missing-noun-form", Translations, Warning;
    StaleTranslation = "stale-translation", Translations, Warning;

    ChangedSinceReview = "changed-since-review", Life, Note;
    ReviewOverdue = "review-overdue", Life, Note;
    DraftStandard = "draft-standard", Life, Note;
    UnknownStamp = "unknown-stamp", Life, Warning;
    UnknownEdition = "unknown-edition", Life, Warning;
    StampNotInEdition = "stamp-not-in-edition", Life, Warning;
    RoundTwice = "round-twice", Life, Warning;
    RepeatedVisit = "repeated-visit", Life, Note;
    UnknownRecord = "unknown-record", Life, Warning;
    ActionOverdue = "action-overdue", Life, Note;
    ActionOrder = "action-order", Life, Warning;
    AnswerWithoutReason = "answer-without-reason", Life, Error;
    SameAuditor = "same-auditor", Life, Warning;
    LostEvidence = "lost-evidence", Life, Warning;
    UnnamedPhotograph = "unnamed-photograph", Life, Note;
    PersonalData = "personal-data", Life, Note;
    RetiredInUse = "retired-in-use", Life, Warning;
}

impl Code {
    /// The code of that word.
    pub fn named(word: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.word() == word)
    }

    /// The word that a mistyped one most likely stands for.
    pub fn nearest(word: &str) -> Option<&'static str> {
        nearest(word, Code::ALL.iter().map(|code| code.word()))
    }

    /// Whether the manifest may change the weight of its findings, and an entry's `allow` permit them.
    pub fn is_optional(self) -> bool {
        self.group() != RuleGroup::Structure || self.severity() != Severity::Error
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl ToValue for Code {
    fn to_value(&self) -> Value {
        Value::Text(self.word().to_owned())
    }
}
