//! What shows that two things of a form have run into one: an item's name, a second box or another label within words.

use super::boxes::{BoxMark, boxed};
use crate::edition::Reference;
use crate::forms::questions::FormWords;

/// Signs that set two things on one line apart.
const APART: [&str; 5] = [" - ", " – ", " — ", " * ", " • "];

/// The `ID@STAMP` that stands within words.
pub(super) fn named(text: &str) -> Option<&str> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '`' | '(' | ')' | ',' | ';' | '|'));
    words.map(|word| word.trim_matches(['.', ':', '*', '_'])).find(|word| {
        let reference = Reference::parse(word);
        !reference.id.is_empty() && reference.stamp.is_some() && reference.fault(|| None).is_none()
    })
}

/// Words of more bytes than this nobody writes.
const LONGEST: usize = 20_000;

/// Another box, or another line of the form, within words; where it begins.
pub(super) fn second<'t>(text: &'t str, words: &FormWords) -> Option<&'t str> {
    // What is longer is refused for that.
    if text.len() > LONGEST {
        return None;
    }
    let boxes = text.char_indices().filter_map(|(start, _)| {
        let (_, beside) = boxed(&text[start..])?;
        words.begins_with_choice(beside).then_some(start)
    });
    let lines = APART.iter().flat_map(|sign| text.match_indices(sign).map(|(start, sign)| start + sign.len()));
    let lines = lines.filter(|start| is_labelled(&text[*start..], words));
    boxes.chain(lines).min().map(|start| &text[start..])
}

/// The same of the words behind an answer, which are no second answer either.
pub(super) fn second_behind_answer<'t>(text: &'t str, words: &FormWords) -> Option<&'t str> {
    let is_second = words.choice(text).is_some()
        || words.choice_and(text).is_some()
        || is_labelled(text, words)
        || text.starts_with(['[', '\\']) && matches!(boxed(text), Some((BoxMark::Empty | BoxMark::Ticked, _)));
    if is_second { Some(text) } else { second(text, words) }
}

/// Whether a text begins with the label of an item's line and a colon.
fn is_labelled(text: &str, words: &FormWords) -> bool {
    let Some((_, rest)) = words.item.begin(text.trim_start_matches(['*', '_'])) else { return false };
    let rest = rest.trim_start_matches(['*', '_', ' ']);
    let rest = rest.strip_prefix('(').and_then(|inside| inside.split_once(')')).map_or(rest, |(_, behind)| behind);
    rest.trim_start_matches(['*', '_', ' ']).starts_with(':')
}

/// The first line of an item without the sign of a list, in a text that has several of them: a program that shows lists
/// has taken the signs away, or put others in their place.
pub(super) fn unlisted(text: &str) -> Option<usize> {
    let is_item = |line: &str| {
        let bare = line.trim_start();
        let plain = bare.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '`');
        let digits = plain.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_listed = bare.starts_with(|c: char| c.is_ascii_digit() || "-+>|#".contains(c)) || bare.starts_with("* ");
        !is_listed && digits.len() < plain.len() && digits.starts_with('.') && named(bare).is_some()
    };
    let mut lines = text.lines().enumerate().filter(|(_, line)| is_item(line)).map(|(index, _)| index + 1);
    let first = lines.next()?;
    (lines.count() + 1 >= MANY).then_some(first)
}

/// So many items without a sign are no slip.
const MANY: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standards_name_is_found_within_words() {
        for text in ["– **4.** II · Two. · `b.c@0a0a0a0a`", "see b.c@0a0a0a0a.", "late (b.c@0a0a0a0a)"] {
            assert_eq!(named(text), Some("b.c@0a0a0a0a"), "{text}");
        }
        for text in ["late", "ask at desk@hotel", "@0a0a0a0a", "b@0a0a"] {
            assert_eq!(named(text), None, "{text}");
        }
    }

    #[test]
    fn items_without_their_signs_are_found() {
        let item = |sign: &str| format!("{sign}**1.** I · One. · `a@0a0a0a0a`\n{sign}[ ] met\n");
        for sign in ["• ", "– ", "", "· "] {
            assert_eq!(unlisted(&item(sign).repeat(3)), Some(1), "{sign:?}");
        }
        for sign in ["- ", "* ", "+ "] {
            assert_eq!(unlisted(&item(sign).repeat(3)), None, "{sign:?}");
        }
    }
}
