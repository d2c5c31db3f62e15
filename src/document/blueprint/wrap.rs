//! Text in lines that are no wider than their box. Nothing is ever cut: a word that is too long for a line goes on in the
//! next, after a hyphen where its language allows one.

use hypher::{Lang, hyphenate};

use super::widths::letter;

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// Height of the letters, in units of the picture.
    pub size: f32,
    /// Whether they are bold.
    pub bold: bool,
}

/// The language whose words may be broken after a hyphen; none where no rule is known.
pub(super) type Speech = Option<Lang>;

/// The language of that tag.
pub(super) fn speech(tag: &str) -> Speech {
    match tag.split('-').next() {
        Some("en") => Some(Lang::English),
        Some("pl") => Some(Lang::Polish),
        Some("sv") => Some(Lang::Swedish),
        _ => None,
    }
}

/// The most that a text takes in a line, in units of the picture.
pub(super) fn width(text: &str, setting: Setting) -> f32 {
    text.chars().map(|c| letter(c, setting.bold)).sum::<f32>() * setting.size
}

/// The text in lines of at most that width; none for a text without letters.
///
/// Control characters, which no picture can show and XML forbids, are left out.
pub(super) fn wrap(text: &str, most: f32, setting: Setting, speech: Speech) -> Vec<String> {
    let shown: String = text.chars().map(|c| if c.is_control() || is_forbidden(c) { ' ' } else { c }).collect();
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    // A no-break space holds its words together, as it does between a figure and its unit.
    for word in shown.split([' ', '\u{3000}']).filter(|word| !word.is_empty()) {
        let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&joined, setting) <= most {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        line = broken(word, most, setting, speech, &mut lines);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Characters that are no text in XML.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Puts full lines of a long word into `lines` and gives what remains. It is broken after a hyphen or the like where one
/// is far enough along the line, else with a hyphen between syllables, else between letters; a mark stays with its letter.
fn broken(word: &str, most: f32, setting: Setting, speech: Speech, lines: &mut Vec<String>) -> String {
    let mut rest = word;
    loop {
        let mut used = 0.0;
        let mut end = rest.len();
        for (offset, c) in rest.char_indices() {
            used += letter(c, setting.bold) * setting.size;
            if used > most && offset > 0 {
                end = offset;
                break;
            }
        }
        if end == rest.len() {
            return rest.to_owned();
        }
        let soft = rest[..end]
            .rfind(['-', '/', '\u{2013}', '@', '_', '.', ','])
            .map(|mark| mark + rest[mark..].chars().next().map_or(1, char::len_utf8));
        if let Some(cut) = soft.filter(|cut| *cut * 3 > end) {
            let (line, after) = rest.split_at(cut);
            lines.push(line.to_owned());
            rest = after;
            continue;
        }
        let syllable = speech.and_then(|speech| last_syllable(rest, most, setting, speech));
        let (line, after) = rest.split_at(syllable.unwrap_or(end));
        lines.push(if syllable.is_some() { format!("{line}-") } else { line.to_owned() });
        rest = after;
    }
}

/// Where the last syllable ends that a line has room for with its hyphen.
fn last_syllable(word: &str, most: f32, setting: Setting, speech: Lang) -> Option<usize> {
    // Longer than any word: nobody's language.
    if word.len() > 100 {
        return None;
    }
    let start = word.find(char::is_alphabetic)?;
    let mut end = start;
    let mut last = None;
    for syllable in hyphenate(&word[start..], speech) {
        end += syllable.len();
        if end == word.len() || width(&word[..end], setting) + width("-", setting) > most {
            break;
        }
        last = Some(end);
    }
    last
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEN: Setting = Setting { size: 10.0, bold: false };

    #[test]
    fn words_stay_whole_where_they_fit() {
        assert_eq!(wrap("The desk, lit and free of papers", 100.0, TEN, None), ["The desk, lit and", "free of papers"]);
        assert_eq!(wrap("w ciągu 10\u{a0}s", 60.0, TEN, None), ["w ciągu", "10\u{a0}s"]);
        assert!(wrap(" \n ", 100.0, TEN, None).is_empty());
    }

    #[test]
    fn long_words_break() {
        assert_eq!(wrap("Kundenzufriedenheit", 60.0, TEN, None), ["Kundenzufr", "iedenheit"]);
        assert_eq!(wrap("booking-confirmation", 90.0, TEN, None), ["booking-", "confirmation"]);
    }

    #[test]
    fn a_word_is_broken_after_a_syllable_and_a_hyphen() {
        assert_eq!(wrap("bemötandegaranti", 60.0, TEN, speech("sv")), ["bemötan-", "degaranti"]);
        assert_eq!(wrap("odpowiedzialności", 70.0, TEN, speech("pl")).concat().replace('-', ""), "odpowiedzialności");
        assert!(wrap("odpowiedzialności", 70.0, TEN, speech("pl"))[0].ends_with('-'));
        assert!(wrap("Kundenzufriedenheit", 60.0, TEN, speech("de"))[0].ends_with('r'), "no rule is known");
    }

    proptest! {
        #[test]
        fn what_is_broken_with_hyphens_is_not_too_wide(text in "[a-ząćęłńóśźżåäö]{0,60}", most in 30.0f32..200.0) {
            for tag in ["en", "pl", "sv"] {
                let lines = wrap(&text, most, TEN, speech(tag));
                for line in &lines {
                    prop_assert!(width(line, TEN) <= most + 0.01 || line.chars().count() == 1, "{line}");
                }
                prop_assert_eq!(lines.concat().replace('-', ""), text.clone());
            }
        }


        #[test]
        fn no_line_is_too_wide_and_no_letter_is_lost(text in "\\PC{0,80}", most in 20.0f32..200.0) {
            let lines = wrap(&text, most, TEN, None);
            for line in &lines {
                prop_assert!(width(line, TEN) <= most + 0.01 || line.chars().count() == 1, "{line}");
            }
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
