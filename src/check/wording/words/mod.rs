//! The word lists, one folder a language.
//!
//! A phrase is words separated by a space; `a|b` means either, a trailing `*` any ending, a leading one any
//! beginning (not in the first word), and `*` alone any word. Lists hold only what survives the corpus of good standards in `tests/corpus`: a word with an innocent use
//! is either left out, or narrowed to a phrase, or its innocent use is listed as such.

mod en;
mod pl;
mod sv;

use std::sync::LazyLock;

use super::lexicon::Lexicon;

/// What a listed phrase means to the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    /// Manner that promises nothing: *politely*.
    Manner,
    /// Ends as manner does, and is something that can be seen, counted or heard: *daily*, *aloud*.
    NoManner,
    /// Speed or frequency that promises nothing: *promptly*.
    Speed,
    /// A state that everybody sees otherwise: *properly*, *comfortable*.
    State,
    /// The same, but only when said of something, as in *is clean*; *clean towels* are innocent.
    Predicate,
    /// A quantity that nobody can count: *several*, *most*. Innocent in a condition and beside a figure.
    Amount,
    /// What a customer is to feel: *feels at home*.
    Feel,
    /// A duty or a result in place of an act: *is responsible for*, *ensures*. Innocent beside a figure.
    Charge,
    /// The same only where staff are the subject: a hotel may provide breakfast.
    ChargeOfStaff,
    /// A verb that says nothing until something seen is its object: *shows*, *provides*.
    Hollow,
    /// What nobody sees, as the object of such a verb: *empathy*, *the safety of*.
    Ideal,
    /// Effort instead of an act: *tries to*.
    Effort,
    /// About, before any figure.
    About,
    /// About, only before a figure with a unit, because the word has other uses.
    AboutUnit,
    /// Verbs that take *about* themselves.
    Talk,
    /// Phrases in which a listed word is innocent.
    Innocent,
    /// *is*, *looks*, *stays*: what comes before a predicate.
    Copula,
    /// What may follow a predicate that is said of something: *to*, *with*.
    After,
    /// *when*, *until*: starts a clause that says when something is done.
    When,
    /// The same at the start of a clause; elsewhere it has other uses: *before*, *om*.
    WhenFirst,
    /// A preposition behind which an object only names a subject: *about*, *on*.
    Topic,
    /// Small words between a verb and what belongs to it.
    Adverb,
    /// *and*, *or*.
    And,
    /// A limit of time without its figure: *within minutes*.
    OpenLimit,
    /// *and then*.
    AndThen,
    /// *then writes*: a second act where it starts a clause.
    Then,
    /// What joins the two ends of a range: *to*, *and*.
    Range,
    /// Says that a figure is a condition or a rhythm rather than a limit: *if*, *every*, *longer*.
    Condition,
    /// *if*, *that*, *who*: starts a subordinate clause.
    Subordinator,
    /// *whether*, *how*: starts a reported question, whose words are the customer's.
    Question,
    /// *should*.
    Modal,
    /// *should* as a question: innocent at the start of a clause.
    ModalFirst,
    /// A recommendation only where it starts a clause: *najlepiej*, elsewhere an adverb.
    ModalStart,
    /// *may*, *can*: leaves it to staff.
    May,
    /// Behind *may*: a permission with its limit, or something that can be seen.
    MayInnocent,
    /// *knows*, *feels*.
    Inner,
    /// What is no person, though its name ends as those of people do, and whoever is not meant by a role: *printer*, *nobody*.
    NoAgent,
    /// General nouns of staff.
    Staff,
    /// The customer, and words of courtesy that are written with a capital.
    Person,
    /// *where possible*.
    Escape,
    /// The same, where a following word would make it innocent: *if possible*.
    EscapeEnd,
    /// *if*, behind a verb of asking, starts what is asked: *asks*.
    Ask,
    /// *etc.*
    OpenList,
    /// The same where nothing of its clause follows: *and more*.
    OpenListEnd,
    /// The same at the end of several things: *and other*.
    OpenListMore,
    /// *always*.
    Absolute,
    /// The same where nothing of its clause follows: *every time*.
    AbsoluteEnd,
    /// *never from*: behind a comma it tells which of two is meant.
    Contrast,
    /// Not.
    Not,
    /// *no* before whoever acts: *no clerk*.
    NotSubject,
    /// *leaves no*: a verb and the *no* of its object.
    NotObject,
    /// A verb of avoiding.
    Avoid,
    /// After *not*: makes a limit or an addition of it (*later*, *only*), or asks nothing of staff.
    NotInnocent,
    /// *is* before a participle.
    Passive,
    /// A helping verb that makes a passive with any participle of the right ending.
    PassiveAny,
    /// The same, with the participle of what goes on, and not of what is done with: *jest sprawdzany*.
    PassiveOngoing,
    /// A helping verb that demands, before anything that ends as a participle: *must be*.
    PassiveDemand,
    /// A helping verb that may also say how something is: only where neither a limit nor a condition follows.
    PassiveLoose,
    /// A helping verb before an infinitive that is passive by itself: *ska*.
    PassiveModal,
    /// Looks like a participle and says how something is: *located*.
    NoParticiple,
    /// The small word of a verb without a subject: *się*.
    Impersonal,
    /// Participles of service, or their beginnings.
    Participle,
    /// Verb forms that are passive by themselves.
    PassiveForm,
    /// *należy*: asks for an infinitive.
    Duty,
    /// *man*: nobody in particular.
    Nobody,
    /// Before *man* it is a man.
    Article,
    /// *by* before the one who acts.
    By,
    /// Before the one who acts, where a bare noun behind *by* is none: *by the*.
    Determiner,
    /// Behind *by*: not the one who acts.
    ByInnocent,
    /// Number words.
    Number,
    /// Units.
    Unit,
    /// *within*, *at most*: before *one*, a figure rather than an article.
    Limit,
    /// A whole figure in words: *half an hour*.
    Fixed,
    /// Before a number: it is a clock time or a label.
    Label,
    /// Behind a number: it is a clock time.
    Clock,
    /// Names of months.
    Month,
    /// *a day* behind *24 hours*: opening hours rather than a limit.
    Daily,
    /// Before a clock time, the limit of an act: *by*.
    Deadline,
    /// A day or a season: what is open until two times is so on two days.
    Days,
    /// Words that are written short with a full stop.
    Abbreviation,
}

impl Class {
    /// Whether a capital makes a name of the word. It does not of the words that only carry the
    /// grammar: *If* in *If Best Western guests* stays what it is.
    pub(super) fn may_be_name(self) -> bool {
        !matches!(
            self,
            Self::Innocent
                | Self::Talk
                | Self::Copula
                | Self::After
                | Self::When
                | Self::WhenFirst
                | Self::Topic
                | Self::Adverb
                | Self::And
                | Self::Range
                | Self::Condition
                | Self::Subordinator
                | Self::Question
                | Self::Staff
                | Self::Person
                | Self::NotInnocent
                | Self::Article
                | Self::By
                | Self::ByInnocent
                | Self::Number
                | Self::Unit
                | Self::Fixed
                | Self::Limit
                | Self::Label
                | Self::Clock
                | Self::Month
                | Self::Daily
                | Self::Deadline
                | Self::Days
                | Self::Determiner
                | Self::NoAgent
                | Self::Ask
                | Self::NoParticiple
                | Self::Abbreviation
        )
    }
}

/// Phrases by class.
pub(crate) type Phrases = &'static [(Class, &'static [&'static str])];

/// The list of one language.
#[derive(Debug)]
pub(crate) struct Lists {
    /// Phrases by class, from each file of the language.
    pub(crate) phrases: &'static [Phrases],
    /// Number words with their values; `a|b` for forms.
    pub numbers: &'static [(&'static str, f64)],
    /// Forms and short forms of units, the factor to the canonical unit, and that unit.
    pub units: &'static [(&'static [&'static str], f64, &'static str)],
    /// Figures that no number stands in.
    pub(crate) fixed: &'static [(&'static [&'static str], f64, &'static str)],
    /// Endings of infinitives, where [`Class::Duty`] asks for one.
    pub(crate) infinitive: &'static [&'static str],
    /// Endings of participles behind [`Class::PassiveAny`].
    pub(crate) participle: &'static [&'static str],
    /// Endings of participles behind [`Class::PassiveOngoing`], and whether they may stand before it too.
    pub(crate) ongoing: &'static [&'static str],
    /// Endings of infinitives that are passive by themselves, behind [`Class::PassiveModal`].
    pub(crate) passive_infinitive: &'static [&'static str],
    /// Endings of verbs that are passive by themselves wherever they stand.
    pub(crate) passive: &'static [&'static str],
    /// Verbs that have no subject beside [`Class::Impersonal`].
    pub(crate) impersonal: &'static [&'static str],
    /// How nouns of staff end in a language that writes them in one word with their trade: *butikspersonalen*.
    pub staff: &'static [&'static str],
    /// How words of manner end in a language where hardly anything else ends so.
    pub(crate) manner: &'static [&'static str],
    /// How nouns of those who do something for a living end.
    pub(crate) agent: &'static [&'static str],
    /// Whether a noun behind another may describe it: *kierownik zmiany*.
    pub(crate) genitive: bool,
    /// Whether a noun may stand before another and describe it: *safety card*.
    pub(crate) compounds: bool,
}

/// A language with a word list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WordListLanguage {
    /// English.
    En,
    /// Polish.
    Pl,
    /// Swedish.
    Sv,
}

static EN: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&en::LISTS));
static PL: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&pl::LISTS));
static SV: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(&sv::LISTS));

/// Every language with a word list: its tag, its list, and the list compiled.
pub(crate) static LANGUAGES: &[(WordListLanguage, &str, &Lists, &LazyLock<Lexicon>)] = &[
    (WordListLanguage::En, "en", &en::LISTS, &EN),
    (WordListLanguage::Pl, "pl", &pl::LISTS, &PL),
    (WordListLanguage::Sv, "sv", &sv::LISTS, &SV),
];

impl WordListLanguage {
    /// The list for a BCP 47 tag, by its first part.
    pub fn for_tag(tag: &str) -> Option<Self> {
        let first = tag.split(['-', '_']).next().unwrap_or_default();
        LANGUAGES.iter().find(|(_, code, ..)| code.eq_ignore_ascii_case(first)).map(|(words, ..)| *words)
    }

    fn row(self) -> &'static (Self, &'static str, &'static Lists, &'static LazyLock<Lexicon>) {
        // The register is in the order of the variants; a test keeps it so.
        &LANGUAGES[self as usize]
    }

    /// The word list.
    pub(super) fn lists(self) -> &'static Lists {
        self.row().2
    }

    /// Whether `word`, in lower case, is written short with a full stop.
    pub(super) fn shortens(self, word: &str) -> bool {
        self.lexicon().starting(word).any(|entry| entry.class == Class::Abbreviation && entry.rest.is_empty())
    }

    /// The compiled word list.
    pub(super) fn lexicon(self) -> &'static Lexicon {
        LazyLock::force(self.row().3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_register_is_in_order() {
        for (i, (words, ..)) in LANGUAGES.iter().enumerate() {
            assert_eq!(*words as usize, i);
        }
        assert_eq!(LANGUAGES.len(), WordListLanguage::Sv as usize + 1);
        assert_eq!(WordListLanguage::for_tag("pl-PL"), Some(WordListLanguage::Pl));
        assert_eq!(WordListLanguage::for_tag("de"), None);
    }

    #[test]
    fn no_stem_begins_another() {
        for (words, code, ..) in LANGUAGES {
            let stems: Vec<_> = words.lexicon().stems().collect();
            for pair in stems.windows(2) {
                assert!(!pair[1].starts_with(pair[0]), "{code}: {}* covers {}*", pair[0], pair[1]);
            }
        }
    }

    #[test]
    fn lists_are_in_lower_case_and_say_nothing_twice() {
        for (_, code, lists, _) in LANGUAGES {
            for (class, phrases) in lists.phrases.iter().copied().flatten() {
                for (i, phrase) in phrases.iter().enumerate() {
                    assert_eq!(*phrase, phrase.to_lowercase(), "{code} {class:?}");
                    assert!(
                        !phrase.is_empty() && !phrase.contains("  ") && phrase.trim() == *phrase,
                        "{code} {class:?} {phrase}"
                    );
                    assert!(!phrase.starts_with('*'), "{code} {class:?}: {phrase} begins with any word");
                    assert!(!phrases[..i].contains(phrase), "{code} {class:?}: {phrase} twice");
                }
            }
        }
    }

    #[test]
    fn classes_fit_the_bit_set() {
        assert!((Class::Abbreviation as u32) < u128::BITS);
    }
}
