//! Characters that nobody sees, and letters of other alphabets that look like ours: how they are called.

/// A character that has no place where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OddCharacter {
    /// The character.
    pub character: char,
    /// The Unicode name.
    pub name: &'static str,
    /// The letter that it looks like; none for one that cannot be seen.
    pub looks_like: Option<char>,
}

impl OddCharacter {
    /// As people find it in a table: `U+200B ZERO WIDTH SPACE`.
    pub fn described(&self) -> String {
        format!("U+{:04X} {}", u32::from(self.character), self.name)
    }
}

/// Characters that cannot be seen and have no place in prose either: what word processors, web pages and messengers leave
/// behind, and marks that turn the direction of writing. Soft hyphens and joiners are not among them: prose may need those.
const NEVER_SEEN: &[(char, &str)] = &[
    ('\u{180e}', "MONGOLIAN VOWEL SEPARATOR"),
    ('\u{200b}', "ZERO WIDTH SPACE"),
    ('\u{202a}', "LEFT-TO-RIGHT EMBEDDING"),
    ('\u{202b}', "RIGHT-TO-LEFT EMBEDDING"),
    ('\u{202c}', "POP DIRECTIONAL FORMATTING"),
    ('\u{202d}', "LEFT-TO-RIGHT OVERRIDE"),
    ('\u{202e}', "RIGHT-TO-LEFT OVERRIDE"),
    ('\u{2060}', "WORD JOINER"),
    ('\u{2066}', "LEFT-TO-RIGHT ISOLATE"),
    ('\u{2067}', "RIGHT-TO-LEFT ISOLATE"),
    ('\u{2068}', "FIRST STRONG ISOLATE"),
    ('\u{2069}', "POP DIRECTIONAL ISOLATE"),
    ('\u{feff}', "ZERO WIDTH NO-BREAK SPACE"),
];

/// Characters that cannot be told from a space or from nothing, and stand rightly in prose but in no word of the format.
const UNSEEN_IN_WORDS: &[(char, &str)] = &[
    ('\u{a0}', "NO-BREAK SPACE"),
    ('\u{ad}', "SOFT HYPHEN"),
    ('\u{34f}', "COMBINING GRAPHEME JOINER"),
    ('\u{2007}', "FIGURE SPACE"),
    ('\u{2009}', "THIN SPACE"),
    ('\u{200c}', "ZERO WIDTH NON-JOINER"),
    ('\u{200d}', "ZERO WIDTH JOINER"),
    ('\u{200e}', "LEFT-TO-RIGHT MARK"),
    ('\u{200f}', "RIGHT-TO-LEFT MARK"),
    ('\u{202f}', "NARROW NO-BREAK SPACE"),
    ('\u{3000}', "IDEOGRAPHIC SPACE"),
    ('\u{fe0f}', "VARIATION SELECTOR-16"),
];

/// Letters and marks that look like those of the format (Unicode's list of confusable characters, UTS 39, as far as keyboards
/// and word processors give them).
const LOOK_ALIKES: &[(char, &str, char)] = &[
    ('а', "CYRILLIC SMALL LETTER A", 'a'),
    ('с', "CYRILLIC SMALL LETTER ES", 'c'),
    ('ԁ', "CYRILLIC SMALL LETTER KOMI DE", 'd'),
    ('е', "CYRILLIC SMALL LETTER IE", 'e'),
    ('һ', "CYRILLIC SMALL LETTER SHHA", 'h'),
    ('і', "CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I", 'i'),
    ('ј', "CYRILLIC SMALL LETTER JE", 'j'),
    ('к', "CYRILLIC SMALL LETTER KA", 'k'),
    ('ӏ', "CYRILLIC SMALL LETTER PALOCHKA", 'l'),
    ('м', "CYRILLIC SMALL LETTER EM", 'm'),
    ('п', "CYRILLIC SMALL LETTER PE", 'n'),
    ('о', "CYRILLIC SMALL LETTER O", 'o'),
    ('р', "CYRILLIC SMALL LETTER ER", 'p'),
    ('ԛ', "CYRILLIC SMALL LETTER QA", 'q'),
    ('ѕ', "CYRILLIC SMALL LETTER DZE", 's'),
    ('т', "CYRILLIC SMALL LETTER TE", 't'),
    ('ԝ', "CYRILLIC SMALL LETTER WE", 'w'),
    ('х', "CYRILLIC SMALL LETTER HA", 'x'),
    ('у', "CYRILLIC SMALL LETTER U", 'y'),
    ('α', "GREEK SMALL LETTER ALPHA", 'a'),
    ('ε', "GREEK SMALL LETTER EPSILON", 'e'),
    ('ι', "GREEK SMALL LETTER IOTA", 'i'),
    ('κ', "GREEK SMALL LETTER KAPPA", 'k'),
    ('ν', "GREEK SMALL LETTER NU", 'v'),
    ('ο', "GREEK SMALL LETTER OMICRON", 'o'),
    ('ρ', "GREEK SMALL LETTER RHO", 'p'),
    ('τ', "GREEK SMALL LETTER TAU", 't'),
    ('υ', "GREEK SMALL LETTER UPSILON", 'u'),
    ('χ', "GREEK SMALL LETTER CHI", 'x'),
    ('А', "CYRILLIC CAPITAL LETTER A", 'A'),
    ('В', "CYRILLIC CAPITAL LETTER VE", 'B'),
    ('С', "CYRILLIC CAPITAL LETTER ES", 'C'),
    ('Е', "CYRILLIC CAPITAL LETTER IE", 'E'),
    ('Н', "CYRILLIC CAPITAL LETTER EN", 'H'),
    ('І', "CYRILLIC CAPITAL LETTER BYELORUSSIAN-UKRAINIAN I", 'I'),
    ('Ј', "CYRILLIC CAPITAL LETTER JE", 'J'),
    ('К', "CYRILLIC CAPITAL LETTER KA", 'K'),
    ('М', "CYRILLIC CAPITAL LETTER EM", 'M'),
    ('О', "CYRILLIC CAPITAL LETTER O", 'O'),
    ('Р', "CYRILLIC CAPITAL LETTER ER", 'P'),
    ('Ѕ', "CYRILLIC CAPITAL LETTER DZE", 'S'),
    ('Т', "CYRILLIC CAPITAL LETTER TE", 'T'),
    ('Х', "CYRILLIC CAPITAL LETTER HA", 'X'),
    ('У', "CYRILLIC CAPITAL LETTER U", 'Y'),
    ('Α', "GREEK CAPITAL LETTER ALPHA", 'A'),
    ('Β', "GREEK CAPITAL LETTER BETA", 'B'),
    ('Ε', "GREEK CAPITAL LETTER EPSILON", 'E'),
    ('Ζ', "GREEK CAPITAL LETTER ZETA", 'Z'),
    ('Η', "GREEK CAPITAL LETTER ETA", 'H'),
    ('Ι', "GREEK CAPITAL LETTER IOTA", 'I'),
    ('Κ', "GREEK CAPITAL LETTER KAPPA", 'K'),
    ('Μ', "GREEK CAPITAL LETTER MU", 'M'),
    ('Ν', "GREEK CAPITAL LETTER NU", 'N'),
    ('Ο', "GREEK CAPITAL LETTER OMICRON", 'O'),
    ('Ρ', "GREEK CAPITAL LETTER RHO", 'P'),
    ('Τ', "GREEK CAPITAL LETTER TAU", 'T'),
    ('Υ', "GREEK CAPITAL LETTER UPSILON", 'Y'),
    ('Χ', "GREEK CAPITAL LETTER CHI", 'X'),
    ('ı', "LATIN SMALL LETTER DOTLESS I", 'i'),
    ('‐', "HYPHEN", '-'),
    ('‑', "NON-BREAKING HYPHEN", '-'),
    ('‒', "FIGURE DASH", '-'),
    ('–', "EN DASH", '-'),
    ('—', "EM DASH", '-'),
    ('−', "MINUS SIGN", '-'),
    ('：', "FULLWIDTH COLON", ':'),
    ('＠', "FULLWIDTH COMMERCIAL AT", '@'),
];

/// A character that cannot be seen and has no place anywhere in a book.
pub fn never_seen(character: char) -> Option<OddCharacter> {
    let odd = NEVER_SEEN.iter().find(|(odd, _)| *odd == character);
    odd.map(|(character, name)| OddCharacter { character: *character, name, looks_like: None })
}

/// A character that cannot be seen and stands rightly in some prose, such as a joiner inside an emoji or a mark of direction in
/// Hebrew, but not between letters of ours: a word that holds one is found by no search and by no rule.
pub fn unseen_in_prose(character: char) -> Option<OddCharacter> {
    let is_wide = |odd: char| odd.is_whitespace() || odd == '\u{fe0f}';
    let odd = UNSEEN_IN_WORDS.iter().find(|(odd, _)| *odd == character && !is_wide(*odd));
    odd.map(|(character, name)| OddCharacter { character: *character, name, looks_like: None })
}

/// The first character of a word of the format (an id, a key, a reference) that cannot be seen there, or that looks like
/// another. A word with letters that nobody would take for ours (`zgłoszenie`) has none.
pub fn odd_character(word: &str) -> Option<OddCharacter> {
    word.chars().find_map(|character| {
        if character.is_ascii() {
            return None;
        }
        let unseen = NEVER_SEEN.iter().chain(UNSEEN_IN_WORDS).find(|(odd, _)| *odd == character);
        let unseen = unseen.map(|(character, name)| OddCharacter { character: *character, name, looks_like: None });
        unseen.or_else(|| {
            let (character, name, like) = LOOK_ALIKES.iter().find(|(odd, ..)| *odd == character)?;
            Some(OddCharacter { character: *character, name, looks_like: Some(*like) })
        })
    })
}

/// A word as it looks: without what cannot be seen, and with our letters in place of those that look like them.
pub fn as_it_looks(word: &str) -> String {
    let look = |character: char| match odd_character(character.encode_utf8(&mut [0; 4])) {
        None => Some(character),
        Some(odd) => odd.looks_like,
    };
    word.chars().filter_map(look).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_right_and_is_not_is_named() {
        let named = |word: &str| odd_character(word).map(|odd| odd.described());
        assert_eq!(named("friendly"), None);
        assert_eq!(named("zgłoszenie"), None, "letters that are seen");
        assert_eq!(named("fri\u{435}ndly").as_deref(), Some("U+0435 CYRILLIC SMALL LETTER IE"));
        assert_eq!(named("st\u{200b}ep").as_deref(), Some("U+200B ZERO WIDTH SPACE"));
        assert_eq!(named("check\u{2011}in").as_deref(), Some("U+2011 NON-BREAKING HYPHEN"));
        assert_eq!(as_it_looks("fri\u{435}nd\u{ad}ly\u{a0}"), "friendly");
    }

    #[test]
    fn each_is_told_once() {
        let all =
            NEVER_SEEN.iter().chain(UNSEEN_IN_WORDS).map(|(odd, _)| odd).chain(LOOK_ALIKES.iter().map(|(odd, ..)| odd));
        let mut seen = std::collections::BTreeSet::new();
        assert!(all.into_iter().all(|odd| seen.insert(*odd)));
    }
}
