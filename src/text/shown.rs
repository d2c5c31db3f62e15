//! What a person is shown of what somebody wrote: nothing in it steers a terminal, turns the direction of the text round,
//! gives an order to the server that keeps the log, or is run by a spreadsheet.

use std::borrow::Cow;

/// Stands in place of what is not shown.
const SIGN: char = '\u{fffd}';

/// Whether a character steers a terminal (escape, bell, carriage return, backspace, those of C1), ends a line where nobody
/// sees it, or turns the direction of the text round.
pub fn steers(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{feff}'
        )
}

/// A text of one line, such as the name of a file, as it is shown: a sign in place of each character that steers.
pub fn shown(text: &str) -> Cow<'_, str> {
    replaced(text, steers)
}

/// The same of a text that may have several lines and columns.
pub fn shown_lines(text: &str) -> Cow<'_, str> {
    replaced(text, |character| steers(character) && !matches!(character, '\n' | '\t'))
}

fn replaced(text: &str, is_replaced: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_replaced) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|character| if is_replaced(character) { SIGN } else { character }).collect())
}

/// What build servers take for an order wherever it stands in a line of their log, up to where a space takes the order
/// out of it: `##vso[…]` of Azure, `##[…]` of GitHub and Azure, `##teamcity[…]`, GitLab's marks of sections.
const SECTIONS: [&str; 2] = ["section_start:", "section_end:"];

/// A line of a log that gives no order to the server that keeps it: a space stands in every one that it would take.
/// GitHub's `::error::` is one at the start of a line only.
pub fn without_orders(line: &str) -> Cow<'_, str> {
    let start = line.len() - line.trim_start().len();
    let is_command = line[start..].starts_with("::");
    if !is_command && !line.contains("##") && !SECTIONS.iter().any(|mark| line.contains(mark)) {
        return Cow::Borrowed(line);
    }
    let mut safe = String::with_capacity(line.len() + 8);
    let mut rest = line;
    if is_command {
        safe.push_str(&line[..start]);
        safe.push_str(": ");
        rest = &line[start + 1..];
    }
    while let Some(next) = next_order(rest) {
        safe.push_str(&rest[..next]);
        safe.push(' ');
        rest = &rest[next..];
    }
    safe.push_str(rest);
    Cow::Owned(safe)
}

/// Where in a line a space takes the first order out of it.
fn next_order(line: &str) -> Option<usize> {
    let hash = line.match_indices('[').find_map(|(end, _)| {
        let before = line[..end].trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
        before.ends_with("##").then_some(before.len())
    });
    let section = SECTIONS.iter().filter_map(|mark| {
        let mark_found = line
            .match_indices(mark)
            .find(|(start, _)| line[start + mark.len()..].starts_with(|next: char| next.is_ascii_digit()));
        mark_found.map(|(offset, _)| offset + mark.len())
    });
    hash.into_iter().chain(section).min()
}

/// What may stand at the start of a cell that a spreadsheet runs: OWASP's *CSV injection*, with the forms of East Asian
/// keyboards, and the bar that calls a program.
const STARTS: [char; 12] = ['=', '+', '-', '@', '|', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// A cell of a table that no spreadsheet takes for a formula: an apostrophe stands before one that it would. A number with
/// its sign is a number.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    // A spreadsheet looks past what cannot be seen.
    let is_blank = |character: char| character.is_whitespace() || steers(character);
    let inner = cell.trim_start_matches(|character| is_blank(character) && !STARTS.contains(&character));
    if inner.starts_with(STARTS) && !is_number(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Digits with a decimal mark or without, after a sign.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
    [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The beginning of a text that may be of any length, for a message.
pub fn short(text: &str) -> String {
    beginning(text, 60)
}

/// The same: so many characters at the most.
pub fn beginning(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { text.chars().take(most - 1).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_shown_as_a_sign() {
        for c in
            ['\u{1b}', '\u{7}', '\u{8}', '\r', '\n', '\u{7f}', '\u{9b}', '\u{9d}', '\u{202e}', '\u{2069}', '\u{61c}']
        {
            assert_eq!(shown(&format!("a{c}b")), "a\u{fffd}b", "{c:?}");
        }
        assert_eq!(shown("Zażółć ‘gęślą’ – å 10 s\u{a0}·"), "Zażółć ‘gęślą’ – å 10 s\u{a0}·");
        assert_eq!(shown_lines("a\n\tb\r\u{1b}"), "a\n\tb\u{fffd}\u{fffd}");
    }

    #[test]
    fn no_line_is_an_order() {
        for (line, safe) in [
            ("::error::x", ": :error::x"),
            ("  ::set-output name=a::b", "  : :set-output name=a::b"),
            ("a ##vso[task.setvariable]x", "a ## vso[task.setvariable]x"),
            ("##[error]x ##[group]y", "## [error]x ## [group]y"),
            ("###[error]", "### [error]"),
            ("##teamcity[x]", "## teamcity[x]"),
            ("section_start:12:x section_end:13:x", "section_start: 12:x section_end: 13:x"),
            ("a :: b ## c", "a :: b ## c"),
            ("## [a]", "## [a]"),
        ] {
            assert_eq!(without_orders(line), safe);
        }
    }

    #[test]
    fn formulas_are_neutralised_and_figures_left() {
        for cell in [
            "=1+1",
            "+1+1",
            "-1-1",
            "@SUM(A1)",
            "|calc",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1",
            "＋1",
            "－1",
            "＠a",
            "  =1",
            "\u{a0}=1",
            "\u{feff}=1",
            "- 5 °C",
            "-",
            "-inf",
            "-1e5",
            "-2+3",
            "=",
            "-1.",
            "-.5",
            "\u{3000}＝1",
            "\u{200e}=1",
        ] {
            assert_eq!(harmless(cell), format!("'{cell}"), "{cell:?}");
        }
        for cell in ["-5", "+5", "-0.5", "-1,25", "5", "a=b", "", " ", "−5 °C", "5 - 3", "a|b", " a"] {
            assert_eq!(harmless(cell), cell, "{cell:?}");
        }
    }
}
