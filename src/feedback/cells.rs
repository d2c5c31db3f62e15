//! What the headings and cells of a table mean, in every language of the interface.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::ResponseKind;
use crate::book::{Book, Id, Language, Text};
use crate::language::{Interface, interface_languages};
use crate::text::{folded, nearest};

/// The columns that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum FeedbackColumn {
    Date,
    Site,
    Area,
    Sequence,
    Phase,
    Rating,
    Importance,
    Kind,
    Channel,
    Comment,
}

impl FeedbackColumn {
    pub(super) const ALL: [FeedbackColumn; 10] = [
        FeedbackColumn::Date,
        FeedbackColumn::Site,
        FeedbackColumn::Area,
        FeedbackColumn::Sequence,
        FeedbackColumn::Phase,
        FeedbackColumn::Rating,
        FeedbackColumn::Importance,
        FeedbackColumn::Kind,
        FeedbackColumn::Channel,
        FeedbackColumn::Comment,
    ];

    /// The word for it in the format, which is also its key in the interface's texts.
    pub(super) fn word(self) -> &'static str {
        match self {
            FeedbackColumn::Date => "date",
            FeedbackColumn::Site => "site",
            FeedbackColumn::Area => "area",
            FeedbackColumn::Sequence => "sequence",
            FeedbackColumn::Phase => "phase",
            FeedbackColumn::Rating => "rating",
            FeedbackColumn::Importance => "importance",
            FeedbackColumn::Kind => "kind",
            FeedbackColumn::Channel => "channel",
            FeedbackColumn::Comment => "comment",
        }
    }

    /// The column of that heading, in whichever language. A question's scale beside its name does not matter.
    pub(super) fn of(heading: &str) -> Option<Self> {
        let folded = fold(heading);
        let rated = || {
            let column = begins(&folded)
                .filter(|column| matches!(column, FeedbackColumn::Rating | FeedbackColumn::Importance))?;
            scale_of(heading).map(|_| column)
        };
        COLUMNS.get(&folded).copied().or_else(rated)
    }

    /// The column that a heading most likely means: one letter differs, or it speaks of the day or the rating.
    pub(super) fn meant(heading: &str) -> Option<Self> {
        let folded = fold(heading);
        let near = nearest(&folded, headings()).filter(|near| near.chars().count() > 4);
        let slip = near.filter(|near| strsim::damerau_levenshtein(near, &folded) == 1);
        slip.and_then(|near| COLUMNS.get(near).copied()).or_else(|| {
            let mut words = folded.split(' ');
            let column = words.find_map(|word| COLUMNS.get(word.trim_matches(|c: char| !c.is_alphanumeric())));
            column.copied().filter(|column| matches!(column, FeedbackColumn::Date | FeedbackColumn::Rating))
        })
    }
}

/// The column whose name a folded heading begins with.
fn begins(folded: &str) -> Option<FeedbackColumn> {
    let columns = COLUMNS.iter().filter(|(name, _)| {
        folded.strip_prefix(name.as_str()).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    });
    columns.max_by_key(|(name, _)| name.len()).map(|(_, column)| *column)
}

/// The scale that a heading names: `Rating (1-10)`, `Ocena w skali 1–5`.
pub(super) fn scale_of(heading: &str) -> Option<[f64; 2]> {
    let is_sign = |c: char| matches!(c, '-' | '–' | '—' | '/' | '…');
    let (start, sign) = heading.char_indices().find(|(start, c)| {
        let before = heading[..*start].trim_end().ends_with(|c: char| c.is_ascii_digit());
        let after = heading[start + c.len_utf8()..].trim_start().starts_with(|c: char| c.is_ascii_digit());
        is_sign(*c) && before && after
    })?;
    let (before, after) = (heading[..start].trim_end(), heading[start + sign.len_utf8()..].trim_start());
    let low = &before[before
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |end| end + before[end..].chars().next().map_or(1, char::len_utf8))..];
    let high = &after[..after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len())];
    Some([low.parse().ok()?, high.parse().ok()?])
}

/// Every heading of every language → its column.
static COLUMNS: LazyLock<HashMap<String, FeedbackColumn>> =
    LazyLock::new(|| words(FeedbackColumn::ALL, |column| ("feedback-column", column.word())));

/// Every word for a kind in every language.
static KINDS: LazyLock<HashMap<String, ResponseKind>> =
    LazyLock::new(|| words(ResponseKind::ALL, |kind| ("feedback-kind", kind.word())));

/// The words that the interface's languages have for things; the format's own word beside them.
fn words<T: Copy, const N: usize>(all: [T; N], key: fn(T) -> (&'static str, &'static str)) -> HashMap<String, T> {
    let mut words = HashMap::new();
    for meaning in all {
        let (group, word) = key(meaning);
        words.insert(word.to_owned(), meaning);
        for tag in interface_languages() {
            let interface = Interface::of(&Language::new(tag));
            let path = format!("{group}.{word}");
            words.extend(interface.text(&path).split(';').map(|spelling| (fold(spelling), meaning)));
        }
    }
    words
}

/// The kind that a cell names.
pub(super) fn kind(cell: &str) -> Option<ResponseKind> {
    KINDS.get(&fold(cell)).copied()
}

/// All headings that are known, for "did you mean".
pub(super) fn headings() -> impl Iterator<Item = &'static str> {
    COLUMNS.keys().map(String::as_str)
}

/// Case, signs between words and space around them do not make another word.
pub(super) fn fold(word: &str) -> String {
    let word = folded(word);
    let words = word.split(|c: char| c.is_whitespace() || matches!(c, '_' | '-' | '.' | ':'));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A number as people write it: a decimal comma or point; `4/5` is 4 where 5 is the highest.
pub(super) fn number(cell: &str, highest: f64) -> Option<f64> {
    let figure = |text: &str| text.trim().replace(',', ".").parse::<f64>().ok().filter(|value| value.is_finite());
    match cell.split_once('/') {
        Some((value, highest_written)) => {
            figure(highest_written).filter(|highest_written| *highest_written == highest).and_then(|_| figure(value))
        }
        None => figure(cell),
    }
}

/// The names of things of one kind: ids, former ids, and titles in every language where no two things share one.
pub(super) struct NamesOfKind<T> {
    names: HashMap<String, Option<T>>,
    ids: Vec<String>,
}

impl<T: Clone + PartialEq> NamesOfKind<T> {
    fn new() -> Self {
        NamesOfKind { names: HashMap::new(), ids: Vec::new() }
    }

    fn add(&mut self, id: &Id, title: Option<&Text>, value: &T) {
        self.ids.push(id.name.clone());
        for name in std::iter::once(&id.name).chain(&id.was) {
            self.names.insert(fold(name), Some(value.clone()));
        }
        for title in title.into_iter().flat_map(|title| &title.0) {
            let known = self.names.entry(fold(&title.text)).or_insert_with(|| Some(value.clone()));
            if known.as_ref().is_some_and(|known| known != value) {
                *known = None;
            }
        }
    }

    /// What a cell names.
    pub(super) fn find(&self, cell: &str) -> Option<T> {
        self.names.get(&fold(cell)).cloned().flatten()
    }

    /// All ids, for "did you mean".
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }
}

/// Everything that a row may be about.
pub(super) struct BookNames {
    /// Index in the book.
    pub sites: NamesOfKind<usize>,
    /// Id.
    pub areas: NamesOfKind<String>,
    /// Index in the book.
    pub sequences: NamesOfKind<usize>,
    /// Index of the sequence and of the phase in it.
    pub phases: NamesOfKind<(usize, usize)>,
}

impl BookNames {
    pub(super) fn of(book: &Book) -> Self {
        let mut names = BookNames {
            sites: NamesOfKind::new(),
            areas: NamesOfKind::new(),
            sequences: NamesOfKind::new(),
            phases: NamesOfKind::new(),
        };
        for (number, site) in book.sites.iter().enumerate() {
            names.sites.add(&site.id, Some(&site.title), &number);
        }
        for area in &book.areas {
            names.areas.add(&area.id, Some(&area.title), &area.id.name);
        }
        for (number, sequence) in book.sequences.iter().enumerate() {
            // An area without a title is there as soon as a sequence names it.
            if let Some(area) = sequence.area.as_ref().filter(|area| names.areas.find(area).is_none()) {
                let id = Id { name: area.clone(), ..Id::default() };
                names.areas.add(&id, None, area);
            }
            names.sequences.add(&sequence.id, Some(&sequence.title), &number);
            for (phase_number, phase) in sequence.phases.iter().enumerate() {
                names.phases.add(&phase.id, Some(&phase.title), &(number, phase_number));
            }
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_every_language() {
        let cases = [
            ("Date", FeedbackColumn::Date),
            ("DATUM", FeedbackColumn::Date),
            (" data ", FeedbackColumn::Date),
            ("ocena", FeedbackColumn::Rating),
            ("Betyg", FeedbackColumn::Rating),
            ("Service_area", FeedbackColumn::Area),
            ("obszar obsługi", FeedbackColumn::Area),
            ("faza", FeedbackColumn::Phase),
            ("vikt", FeedbackColumn::Importance),
            ("Komentarz:", FeedbackColumn::Comment),
        ];
        for (heading, column) in cases {
            assert_eq!(FeedbackColumn::of(heading), Some(column), "{heading}");
        }
        assert_eq!(FeedbackColumn::of("room"), None);
        for heading in ["Rating (1-10)", "Ocena w skali 1-10", "Betyg 1–5", "rating on a scale of 1 - 10"] {
            assert_eq!(FeedbackColumn::of(heading), Some(FeedbackColumn::Rating), "{heading}");
        }
        assert_eq!((scale_of("Ocena w skali 1-10"), scale_of("Rating")), (Some([1.0, 10.0]), None));
        for (heading, column) in [
            ("Timestamp", FeedbackColumn::Date),
            ("submitdate", FeedbackColumn::Date),
            ("Sygnatura czasowa", FeedbackColumn::Date),
        ] {
            assert_eq!(FeedbackColumn::of(heading), Some(column), "{heading}");
        }
        for (heading, column) in [
            ("Raiting", FeedbackColumn::Rating),
            ("How is your overall rating?", FeedbackColumn::Rating),
            ("Ogólna ocena pobytu", FeedbackColumn::Rating),
            ("Phasse", FeedbackColumn::Phase),
        ] {
            assert_eq!(
                (FeedbackColumn::of(heading), FeedbackColumn::meant(heading)),
                (None, Some(column)),
                "{heading}"
            );
        }
        for heading in ["room", "Room type", "Guest's name", "", "Would you come back?"] {
            assert_eq!(FeedbackColumn::meant(heading), None, "{heading}");
        }
        assert_eq!(kind("Skarga"), Some(ResponseKind::Complaint));
        assert_eq!(kind("klagomål"), Some(ResponseKind::Complaint));
        assert_eq!(kind("shrug"), None);
    }

    #[test]
    fn no_heading_means_two_columns_and_no_word_two_kinds() {
        let mut seen: HashMap<String, &str> = HashMap::new();
        let groups = [
            ("feedback-column", FeedbackColumn::ALL.map(FeedbackColumn::word).to_vec()),
            ("feedback-kind", ResponseKind::ALL.map(ResponseKind::word).to_vec()),
        ];
        for (group, words) in groups {
            for (tag, word) in interface_languages().flat_map(|tag| words.iter().map(move |word| (tag, *word))) {
                let path = format!("{group}.{word}");
                let interface = Interface::of(&Language::new(tag));
                for spelling in interface.text(&path).split(';').map(|text| format!("{group} {}", fold(text))) {
                    let other = seen.insert(spelling.clone(), word);
                    assert!(other.is_none_or(|other| other == word), "{tag}: {spelling}: {other:?} and {word}");
                }
            }
        }
    }

    #[test]
    fn numbers_as_people_write_them() {
        assert_eq!(number("4", 5.0), Some(4.0));
        assert_eq!(number(" 4,5 ", 5.0), Some(4.5));
        assert_eq!(number("4/5", 5.0), Some(4.0));
        assert_eq!(number("8/10", 5.0), None);
        for text in ["", "good", "4 stars", "NaN", "inf", "4/", "/5"] {
            assert_eq!(number(text, 5.0), None, "{text}");
        }
    }
}
