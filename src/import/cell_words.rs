//! Words that people write into the cells of a table, in the languages of the program: types, levels, yes and no; and in which
//! language a text is.

use deunicode::deunicode;

use crate::book::{Language, Word};
use crate::language::{Interface, interface_languages};

/// A text without marks and capitals, its words set apart by single spaces.
pub(crate) fn bare(text: &str) -> String {
    let plain = deunicode(text).to_lowercase();
    let words: Vec<&str> = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Beginnings of words for types and levels, as people inflect and shorten them, without marks.
const BEGINNINGS: [(&str, &str); 24] = [
    ("person", "personal"),
    ("osobist", "personal"),
    ("osobow", "personal"),
    ("product", "product"),
    ("produkt", "product"),
    ("proced", "procedural"),
    ("basic", "basic"),
    ("podst", "basic"),
    ("grundl", "basic"),
    ("bas", "basic"),
    ("expect", "expected"),
    ("oczek", "expected"),
    ("forvant", "expected"),
    ("exclus", "exclusive"),
    ("ekskl", "exclusive"),
    ("exklus", "exclusive"),
    ("observ", "observe"),
    ("obserw", "observe"),
    ("mystery", "mystery"),
    ("tajemniczy", "mystery"),
    ("draft", "draft"),
    ("szkic", "draft"),
    ("utkast", "draft"),
    ("robocz", "draft"),
];

/// The word of the format that a cell holds, in the format's own words or those of any language of the program.
pub(crate) fn word<T: Word>(section: &str, written: &str) -> Option<T> {
    let wanted = bare(written);
    let is = |known: &T| {
        let is_word = |tag: &str| bare(Interface::of(&Language::new(tag)).word(section, known.word())) == wanted;
        bare(known.word()) == wanted || interface_languages().any(is_word)
    };
    let exact = T::ALL.iter().find(|known| is(known));
    let begun = || {
        // One word, perhaps shortened: more than that says something else.
        let (_, meant) = BEGINNINGS.iter().find(|(start, _)| !wanted.contains(' ') && wanted.starts_with(start))?;
        T::ALL.iter().find(|known| known.word() == *meant)
    };
    exact.or_else(begun).copied()
}

/// Whether a cell says yes or no.
pub(crate) fn truth(written: &str) -> Option<bool> {
    match written.trim().to_lowercase().as_str() {
        "yes" | "y" | "x" | "✓" | "✔" | "☑" | "▲" | "tak" | "t" | "ja" | "j" | "true" | "prawda" | "sant" | "1"
        | "!" => Some(true),
        "no" | "n" | "-" | "–" | "—" | "☐" | "nie" | "nej" | "false" | "fałsz" | "falskt" | "0" => Some(false),
        _ => None,
    }
}

/// Words of a language that no other of the three has, in lower case.
const COMMON: [(&str, &[&str]); 3] = [
    (
        "en",
        &[
            "the", "is", "are", "of", "and", "with", "within", "every", "guest", "their", "has", "staff", "before",
            "each",
        ],
    ),
    (
        "pl",
        &[
            "jest", "są", "się", "nie", "w", "z", "na", "każdy", "gość", "gościa", "przed", "oraz", "lub", "ciągu",
            "do", "po", "od",
        ],
    ),
    (
        "sv",
        &[
            "är", "och", "det", "att", "som", "med", "på", "gästen", "gäst", "inom", "varje", "innan", "ett", "en",
            "av", "för",
        ],
    ),
];

/// The language of a text among those that the program knows; none where the text does not tell.
pub(crate) fn language(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let of = |(tag, common): &(&'static str, &[&str])| {
        let words = lower.split(|c: char| !c.is_alphabetic()).filter(|word| common.contains(word)).count();
        let letters: &[char] = match *tag {
            "pl" => &['ą', 'ć', 'ę', 'ł', 'ń', 'ś', 'ź', 'ż'],
            "sv" => &['å', 'ä', 'ö'],
            _ => &[],
        };
        (words + 2 * lower.chars().filter(|c| letters.contains(c)).count(), *tag)
    };
    let mut scores: Vec<(usize, &'static str)> = COMMON.iter().map(of).collect();
    scores.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    match scores.as_slice() {
        [(best, tag), (second, _), ..] if best > second => Some(tag),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{Level, StandardType};

    #[test]
    fn words_of_tables_lead_to_the_formats() {
        for (written, wanted) in
            [("Podstawowy", "basic"), ("podst.", "basic"), ("Förväntat", "expected"), ("EXCLUSIVE", "exclusive")]
        {
            assert_eq!(word::<Level>("level", written).map(Level::word), Some(wanted), "{written}");
        }
        for (written, wanted) in [("osobisty", "personal"), ("Produktowe", "product"), ("procedur", "procedural")] {
            assert_eq!(word::<StandardType>("type", written).map(StandardType::word), Some(wanted), "{written}");
        }
        assert_eq!(word::<Level>("level", "basic or expected"), None);
        assert_eq!((truth(" Tak "), truth("–"), truth("maybe")), (Some(true), Some(false), None));
    }

    #[test]
    fn languages_are_told() {
        assert_eq!(language("The guest is greeted within 10 seconds."), Some("en"));
        assert_eq!(language("Gość jest witany w ciągu 10 sekund."), Some("pl"));
        assert_eq!(language("Gästen hälsas inom 10 sekunder."), Some("sv"));
        assert_eq!(language("10 s"), None);
    }
}
