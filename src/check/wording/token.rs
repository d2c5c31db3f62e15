//! Cutting a text into words and numbers.

use std::ops::Range;

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// The text or a sentence starts here.
    Sentence,
    /// A comma, colon, dash, bracket, quotation: a clause may start here.
    Break,
    /// A full stop that ends no sentence, as after an abbreviation or an ordinal.
    Dot,
    /// A dash or a multiplication sign right between two words or figures.
    Link,
    /// White space or emphasis marks only.
    Space,
    /// Nothing: the unit in `10s`.
    None,
}

/// The sort of a token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Shape {
    /// A word, also with inner hyphens and apostrophes.
    Word,
    /// A number with its value.
    Number(f64),
    /// Digits that count nothing: a clock time, a date, `2nd`, `30:e`.
    Label,
    /// A hyphenated figure, `10-second`; the value, and where its unit starts in the lower-cased text.
    Compound(f64, usize),
}

/// One word or number of a text.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// Where its lower-case form stands in the lower-cased text.
    pub(crate) lower: Range<usize>,
    /// The sort.
    pub shape: Shape,
    /// What stands before it.
    pub(crate) gap: Gap,
    /// Whether it starts with a capital and is not written in capitals throughout.
    pub title: bool,
    /// Whether it is written in capitals throughout.
    pub(crate) shout: bool,
    /// Whether it may be a figure by its looks: digits, or a hyphen as in *ten-minute*.
    pub figure: bool,
}

/// The tokens of `text` outside `hidden`, and the lower-cased words they point into.
pub(crate) fn tokenize(text: &str, hidden: &[Range<usize>]) -> (Vec<Token>, String) {
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 5 + 1);
    let mut lower = String::with_capacity(text.len() + 8);
    let mut hidden = hidden.iter().peekable();
    let mut offset = 0;
    let mut last = 0;
    let mut behind_hidden = false;
    while let Some(c) = text[offset..].chars().next() {
        if let Some(range) = hidden.peek()
            && range.start <= offset
        {
            offset = range.end;
            behind_hidden = true;
            hidden.next();
            continue;
        }
        if c == ' ' {
            offset += 1;
            continue;
        }
        let stop = hidden.peek().map_or(text.len(), |r| r.start);
        let (end, shape) = if c.is_ascii_digit() {
            number(&text[..stop], offset)
        } else if starts_word(c) {
            (word_end(&text[..stop], offset), Shape::Word)
        } else {
            offset += c.len_utf8();
            continue;
        };
        let gap = if tokens.is_empty() {
            Gap::Sentence
        } else if behind_hidden {
            Gap::Break
        } else {
            gap(&text[last..offset])
        };
        let from = lower.len();
        let piece = &text[offset..end];
        let (mut upper, mut small) = (0, 0);
        if piece.is_ascii() {
            upper = piece.bytes().filter(u8::is_ascii_uppercase).count();
            small = piece.bytes().filter(u8::is_ascii_lowercase).count();
            lower.push_str(piece);
            lower[from..].make_ascii_lowercase();
        } else {
            for c in piece.chars() {
                let is_upper = c.is_uppercase();
                upper += usize::from(is_upper);
                small += usize::from(c.is_lowercase());
                if is_upper { lower.extend(c.to_lowercase()) } else { lower.push(c) }
            }
        }
        let shape = match shape {
            Shape::Compound(value, unit) => Shape::Compound(value, from + unit),
            other => other,
        };
        let capital = upper > 0 && c.is_uppercase();
        tokens.push(Token {
            range: offset..end,
            lower: from..lower.len(),
            shape,
            gap,
            title: capital && (small > 0 || upper == 1),
            shout: upper > 1 && small == 0,
            figure: match shape {
                Shape::Number(_) | Shape::Compound(..) => true,
                Shape::Word => piece.contains('-'),
                Shape::Label => false,
            },
        });
        behind_hidden = false;
        last = end;
        offset = end;
    }
    (tokens, lower)
}

fn starts_word(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '%' | '‰' | '°')
}

fn in_word(c: char) -> bool {
    c.is_alphabetic() || c.is_ascii_digit() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// The end of the word that begins at `start`. Hyphens and apostrophes inside stay, and so do the dots
/// of abbreviations such as `m.in` and `p.m`, whose pieces are short.
fn word_end(text: &str, start: usize) -> usize {
    // Most words are letters without marks: up to the last of them no care is needed.
    let plain = text.as_bytes()[start..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
    if !matches!(text.as_bytes().get(start + plain), Some(b'-' | b'\'' | b'.' | b'0'..=b'9' | 0x80..)) && plain > 0 {
        return start + plain;
    }
    let mut end = start;
    let mut piece = 0;
    let mut dotted = false;
    let mut chars = text[start..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        if c.is_ascii_lowercase() || ('ß'..='ž').contains(&c) && c != '÷' {
            // The common letters, without a look into the Unicode tables.
            piece += 1;
            end = start + offset + c.len_utf8();
            continue;
        }
        if offset == 0 && matches!(c, '%' | '‰') {
            return start + c.len_utf8();
        }
        let next = chars.peek().map(|(_, c)| *c);
        let inner = next.is_some_and(char::is_alphabetic);
        if in_word(c) || c == '°' && offset == 0 {
            piece += 1;
        } else if matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’') && inner && !dotted {
            piece = 0;
        } else if c == '.' && inner && piece <= 2 && short_piece(&text[start + offset + 1..]) {
            piece = 0;
            dotted = true;
        } else {
            break;
        }
        end = start + offset + c.len_utf8();
    }
    end
}

/// Whether `rest` starts with at most three letters.
fn short_piece(rest: &str) -> bool {
    rest.chars().take(4).take_while(|c| c.is_alphabetic()).count() < 4
}

/// The number that begins at `start`: its end and what it is.
fn number(text: &str, start: usize) -> (usize, Shape) {
    let bytes = text.as_bytes();
    let digits = |mut i: usize| {
        while i < bytes.len() && bytes[i].is_ascii_digit() {
            i += 1;
        }
        i
    };
    let mut end = digits(start);
    // Thousands set apart by a space of any width: 1 000.
    while end - start <= 3 || text[start..end].contains([' ', '\u{a0}', '\u{202f}']) {
        let Some(space) = text[end..].chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}')) else {
            break;
        };
        let from = end + space.len_utf8();
        if digits(from) != from + 3 {
            break;
        }
        end = from + 3;
    }
    let mut points = 0;
    let mut label = false;
    while end + 1 < bytes.len() && bytes[end + 1].is_ascii_digit() && matches!(bytes[end], b'.' | b',' | b':' | b'/') {
        label |= matches!(bytes[end], b':' | b'/');
        points += 1;
        end = digits(end + 1);
    }
    // A date such as 2026-01-15 has two hyphens; 10-15 is a range and is left in two numbers.
    let date = |i: usize| i + 1 < bytes.len() && bytes[i] == b'-' && bytes[i + 1].is_ascii_digit();
    if date(end) && date(digits(end + 1)) {
        end = digits(digits(end + 1) + 1);
        label = true;
    }
    let value = text[start..end].replace([' ', '\u{a0}', '\u{202f}'], "").replace(',', ".").parse::<f64>();
    let (Ok(value), false) = (value, label || points > 1) else {
        return (end, Shape::Label);
    };
    let rest = &text[end..];
    let letters = |s: &str| s.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum::<usize>();
    if let Some(c) = rest.chars().next().filter(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}')) {
        let unit = end + c.len_utf8();
        let length = letters(&text[unit..]);
        if length > 0 {
            return (word_end(text, unit), Shape::Compound(value, unit - start));
        }
    }
    if let Some(ending) = rest.strip_prefix(':')
        && matches!(letters(ending), 1 | 2)
    {
        return (end + 1 + letters(ending), Shape::Label);
    }
    let length = letters(rest);
    if matches!(&rest[..length], "st" | "nd" | "rd" | "th") {
        return (end + length, Shape::Label);
    }
    (end, Shape::Number(value))
}

/// What `between`, the text from one token to the next, amounts to.
fn gap(between: &str) -> Gap {
    if between == " " {
        return Gap::Space;
    }
    if between.is_empty() {
        return Gap::None;
    }
    let mut gap = Gap::Space;
    let mut ended = false;
    for c in between.chars() {
        match c {
            '.' | '!' | '?' | '…' => {
                ended = true;
                if gap != Gap::Break {
                    gap = if c == '.' { Gap::Dot } else { Gap::Break };
                }
            }
            c if c.is_whitespace() && ended => return Gap::Sentence,
            c if c.is_whitespace() => {}
            '*' | '_' | '~' => {}
            '–' | '-' | '—' | '×' | '\u{2010}' | '\u{2011}' if gap == Gap::Space => gap = Gap::Link,
            _ => gap = Gap::Break,
        }
    }
    gap
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let (tokens, lower) = tokenize(text, &[]);
        tokens.iter().map(|t| lower[t.lower.clone()].to_owned()).collect()
    }

    #[test]
    fn words_numbers_and_abbreviations() {
        assert_eq!(
            words("The guest's 10s, 2.5 m; m.in. 80% at 7 p.m."),
            ["the", "guest's", "10", "s", "2.5", "m", "m.in", "80", "%", "at", "7", "p.m"]
        );
        assert_eq!(words("Żółć 1 000 kr, 21°C, 10-sekundowy"), ["żółć", "1 000", "kr", "21", "°c", "10-sekundowy"]);
        assert_eq!(words("done.She **waits**"), ["done", "she", "waits"]);
    }

    #[test]
    fn labels_count_nothing() {
        for text in ["14:30", "2026-01-15", "2nd", "30:e", "1/2", "1.2.3"] {
            let (tokens, _) = tokenize(text, &[]);
            assert_eq!(tokens.len(), 1, "{text}");
            assert_eq!(tokens[0].shape, Shape::Label, "{text}");
        }
    }

    #[test]
    fn no_input_panics() {
        for text in [
            "",
            "°",
            "%",
            "1,",
            "1:",
            "1-",
            "1\u{a0}00",
            "a.",
            "İ.b",
            "\u{301}",
            "9999999999999999999999999999999999999999 m",
            "-",
            "1-ą",
            "’",
        ] {
            tokenize(text, &crate_hidden(text));
        }
    }

    fn crate_hidden(text: &str) -> Vec<Range<usize>> {
        super::super::speech::hidden(text)
    }
}
