//! Which parts of a text are not the author's prose: quoted speech, code, link targets, addresses.

use std::ops::Range;

/// Longest single-quoted stretch, in bytes, that still counts as speech; a lone apostrophe must not
/// swallow the rest of a text.
const SINGLE_QUOTED: usize = 200;

/// The byte ranges of `text` that the wording rules skip, in order and without overlaps.
///
/// An opening mark without its closing mark hides nothing.
pub fn hidden(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    // Most texts hide nothing, and this look at every byte compiles to a few instructions.
    if !text.bytes().fold(false, |any, byte| any | may_open(byte)) {
        return ranges;
    }
    let mut offset = 0;
    while let Some(c) = text[offset..].chars().next() {
        let end = match c {
            '"' => closed(text, offset, c, &['"']),
            '“' => closed(text, offset, c, &['”', '“']),
            '”' => closed(text, offset, c, &['”']),
            '„' => closed(text, offset, c, &['”', '“', '"']),
            '«' => closed(text, offset, c, &['»']),
            '»' => closed(text, offset, c, &['«', '»']),
            '‘' | '’' | '\'' | '‚' => single(text, offset, c),
            '`' => code(text, offset),
            ']' => target(text, offset),
            '<' => autolink(text, offset),
            'h' | 'H' => address(text, offset),
            _ => None,
        };
        match end {
            Some(end) => {
                ranges.push(offset..end);
                offset = end;
            }
            None => offset += c.len_utf8(),
        }
    }
    ranges
}

/// Whether a character with the first byte `byte` may open a hidden stretch. 0xC2 begins « and », 0xE2
/// the other quotation marks; every address has a colon.
fn may_open(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | b'`' | b']' | b'<' | b':' | 0xC2 | 0xE2)
}

/// The end of speech that `open` begins at `start`, if one of `close` follows.
fn closed(text: &str, start: usize, open: char, close: &[char]) -> Option<usize> {
    let from = start + open.len_utf8();
    // An inch mark stands right behind a figure: 19" screen.
    if open == '"' && text[..start].ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (offset, mark) = text[from..].char_indices().find(|(_, c)| close.contains(c))?;
    Some(from + offset + mark.len_utf8())
}

/// Single quotes are speech only when they cannot be apostrophes: nothing but a space or a bracket
/// before the first, a letter behind it, and no letter behind the last.
fn single(text: &str, start: usize, open: char) -> Option<usize> {
    let close: &[char] = match open {
        '\'' => &['\''],
        '‚' => &['‘', '’'],
        _ => &['’'],
    };
    let free = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | ':' | '–' | '—');
    if !text[..start].chars().next_back().is_none_or(free) {
        return None;
    }
    let from = start + open.len_utf8();
    if !text[from..].starts_with(char::is_alphanumeric) {
        return None;
    }
    for (offset, c) in text[from..].char_indices().take_while(|(o, _)| *o < SINGLE_QUOTED) {
        let end = from + offset + c.len_utf8();
        let inside = text[..from + offset].chars().next_back();
        if close.contains(&c)
            && inside.is_some_and(|c| !c.is_whitespace())
            && !text[end..].starts_with(char::is_alphanumeric)
        {
            return Some(end);
        }
    }
    None
}

/// The end of a code span: as many backticks as it began with.
fn code(text: &str, start: usize) -> Option<usize> {
    let ticks = text[start..].bytes().take_while(|b| *b == b'`').count();
    let fence = &text[start..start + ticks];
    let from = start + ticks;
    Some(from + text[from..].find(fence)? + ticks)
}

/// The end of `](target)`.
fn target(text: &str, start: usize) -> Option<usize> {
    let rest = text[start..].strip_prefix("](")?;
    Some(start + 2 + rest.find(')')? + 1)
}

/// The end of `<https://…>` or an inline tag.
fn autolink(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start + 1..];
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') {
        return None;
    }
    Some(start + 1 + rest.find('>')? + 1)
}

/// The end of a bare address, which starts a word.
fn address(text: &str, start: usize) -> Option<usize> {
    let rest = &text.as_bytes()[start..];
    let starts = |prefix: &[u8]| rest.len() > prefix.len() && rest[..prefix.len()].eq_ignore_ascii_case(prefix);
    if !(starts(b"http://") || starts(b"https://")) {
        return None;
    }
    if text[..start].ends_with(char::is_alphanumeric) {
        return None;
    }
    Some(text[start..].find(char::is_whitespace).map_or(text.len(), |o| start + o))
}

#[cfg(test)]
mod tests {
    use super::hidden;

    fn shown(text: &str) -> String {
        let mut out = String::new();
        let mut end = 0;
        for range in hidden(text) {
            out.push_str(&text[end..range.start]);
            out.push('_');
            end = range.end;
        }
        out + &text[end..]
    }

    #[test]
    fn quotation_marks_of_every_style_hide_speech() {
        for speech in
            ["\"hej\"", "“hej”", "„hej”", "„hej“", "”hej”", "»hej«", "«hej»", "’hej’", "'hej'", "‘hej’", "‚hej‘"]
        {
            assert_eq!(shown(&format!("Says {speech} twice")), "Says _ twice", "{speech}");
        }
    }

    #[test]
    fn apostrophes_are_not_speech() {
        for text in
            ["the guest's bag and the guests' keys", "don’t and the guests’ keys", "19\" screen and 20\" screen"]
        {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn an_open_mark_hides_nothing() {
        for text in ["says “hello", "a ` tick", "see [form](x", "« no end"] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn code_and_targets_are_hidden() {
        assert_eq!(
            shown("Use ``a`b`` in [the form](fast.html) at https://nice.example/ now"),
            "Use _ in [the form_ at _ now"
        );
    }
}
