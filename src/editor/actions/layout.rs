//! What YAML reads otherwise than it was meant: texts without quotation marks, tabs, dashes of a word processor.

use std::ops::Range;

use lsp_types::CodeAction;

use super::{ActionQuery, mend, preferred};
use crate::diag::Diagnostic;
use crate::editor::caret::key_and_value;
use crate::say;

/// The mends of a finding that change how a text is written, and not what it says.
pub(super) fn mends(asked: &ActionQuery<'_>, finding: &Diagnostic) -> Vec<CodeAction> {
    let mends = [
        cut(asked, finding),
        quoted(asked, finding),
        indented(asked, finding),
        dashed(asked, finding),
        closed(asked, finding),
        ended(asked, finding),
    ];
    let mut mends = mends.into_iter().flatten();
    // Two ways of quoting the same text are one too many.
    mends.next().into_iter().collect()
}

fn in_marks(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Puts a text in brackets that a comma has cut in two in quotation marks.
fn cut(asked: &ActionQuery<'_>, finding: &Diagnostic) -> Option<CodeAction> {
    let help = finding.help.as_ref()?;
    if !help.starts_with("quote this text: it contains a comma") {
        return None;
    }
    let text = &asked.book.source(finding.span)?.text;
    let range = joined(text, finding.span.range())?;
    let whole = in_marks(text.get(range.clone())?);
    mend(asked, finding, &say!("Put this text in quotation marks"), &[(range, whole)])
}

/// The whole of a text of which a comma has cut off what stands at a place.
fn joined(text: &str, place: Range<usize>) -> Option<Range<usize>> {
    let mut depth = 0usize;
    let open = text.get(..place.start)?.char_indices().rev().find(|(_, letter)| {
        match letter {
            '}' | ']' => depth += 1,
            '{' | '[' if depth > 0 => depth -= 1,
            '{' | '[' => return true,
            _ => {}
        }
        false
    });
    let (open, bracket) = open?;
    let close = text[open + 1..].find(['{', '[', '}', ']', '"', '\n'])? + open + 1;
    // With marks, brackets or lines inside, nobody can tell where the text ends.
    if !text[close..].starts_with(if bracket == '{' { '}' } else { ']' }) {
        return None;
    }
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut start = open + 1;
    for piece in text[open + 1..close].split(',') {
        pieces.push(start..start + piece.len());
        start += piece.len() + 1;
    }
    let index = pieces.iter().position(|piece| piece.contains(&place.start))?;
    let keyed = |piece: &Range<usize>| key_and_value(text[piece.clone()].trim());
    let (first, last) = if bracket == '[' {
        (pieces.get(index.checked_sub(1)?)?.start, pieces.get(index)?.end)
    } else {
        let first = pieces[..=index].iter().rposition(|piece| keyed(piece).is_some())?;
        let last = pieces[index..].iter().take_while(|piece| keyed(piece).is_none()).last().or(pieces.get(index))?;
        let (_, value) = keyed(pieces.get(first)?)?;
        (
            pieces[first].end
                - (text[pieces[first].clone()].trim_start().len()
                    - text[pieces[first].clone()].trim_start().find(value)?),
            last.end,
        )
    };
    let whole = text.get(first..last)?;
    let begins = first + whole.len() - whole.trim_start().len();
    Some(begins..begins + whole.trim().len())
}

/// The helps that say that a text is to be put in quotation marks.
const QUOTE: [&str; 3] = ["quotation marks", "quote it", "quote this text: it contains a colon"];

/// Puts the rest of a line in quotation marks where YAML reads something else in it.
fn quoted(asked: &ActionQuery<'_>, finding: &Diagnostic) -> Option<CodeAction> {
    let help = finding.help.as_ref()?;
    if !QUOTE.iter().any(|quote| help.contains(quote)) || help.contains("without quotation marks") {
        return None;
    }
    let text = &asked.book.source(finding.span)?.text;
    let start = text[..finding.span.start as usize].rfind('\n').map_or(0, |offset| offset + 1);
    let line = text[start..].lines().next()?;
    let content = line.trim_start_matches([' ', '-']);
    let (_, value) = key_and_value(content)?;
    let value = value.trim();
    if value.is_empty() || value.starts_with(['"', '\'', '|', '>', '[', '{']) {
        return None;
    }
    let begins = start + line.rfind(value)?;
    mend(asked, finding, &say!("Put this text in quotation marks"), &[(begins..begins + value.len(), in_marks(value))])
}

/// Indents the lines of a file with spaces.
fn indented(asked: &ActionQuery<'_>, finding: &Diagnostic) -> Option<CodeAction> {
    let is_odd = *finding.message == *"a tab is used for indentation"
        || finding.help.as_ref().is_some_and(|help| **help == *"put ordinary spaces in its place");
    if !is_odd {
        return None;
    }
    let text = &asked.book.source(finding.span)?.text;
    let mut edits = Vec::new();
    let mut start = text.len() - text.trim_start_matches('\u{feff}').len();
    for line in text[start..].split_inclusive('\n') {
        let space = line.len() - line.trim_start_matches(|letter: char| letter.is_whitespace() && letter != '\n').len();
        let written = &line[..space];
        if written.chars().any(|letter| letter != ' ' && letter != '\r') {
            let spaces: usize = written.chars().map(|letter| if letter == '\t' { 2 } else { 1 }).sum();
            edits.push((start..start + space, " ".repeat(spaces)));
        }
        start += line.len();
    }
    mend(asked, finding, &say!("Indent the lines of this file with spaces"), &edits).map(preferred)
}

/// Types the dash, and the space behind it or behind a colon.
fn dashed(asked: &ActionQuery<'_>, finding: &Diagnostic) -> Option<CodeAction> {
    let message = &finding.message;
    let range = finding.span.range();
    let is = |template, hole| message.filled(template, hole).is_some();
    let (title, edit) = if is("a list item begins with `-`, not with `{mark}`", "mark") {
        (say!("Write `-` instead"), (range, "-".to_owned()))
    } else if **message == *"a space is missing after `-`" || is("a space is missing after `{key}:`", "key") {
        (say!("Add the space"), (range.end..range.end, " ".to_owned()))
    } else {
        return None;
    };
    mend(asked, finding, &title, &[edit]).map(preferred)
}

/// Ends the lines of a file as every program reads them.
fn ended(asked: &ActionQuery<'_>, finding: &Diagnostic) -> Option<CodeAction> {
    if *finding.message != *"the lines of this file end in CR alone, as on the Macs of the last century" {
        return None;
    }
    let text = &asked.book.source(finding.span)?.text;
    let edit = (0..text.len(), text.replace('\r', "\n"));
    mend(asked, finding, &say!("End the lines of this file with LF"), &[edit]).map(preferred)
}

/// Closes a quotation mark at the end of its line.
fn closed(asked: &ActionQuery<'_>, finding: &Diagnostic) -> Option<CodeAction> {
    if *finding.message != *"a quotation mark opens here and is never closed" {
        return None;
    }
    let text = &asked.book.source(finding.span)?.text;
    let start = finding.span.start as usize;
    let line = text[start..].lines().next()?.trim_end();
    let mark = line.chars().next().filter(|mark| ['"', '\''].contains(mark))?;
    let end = start + line.len();
    mend(asked, finding, &say!("Close the quotation mark at the end of the line"), &[(end..end, mark.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_a_comma_cut_is_whole_again() {
        let whole = |text: &str, phrase: &str| {
            let start = text.find(phrase).expect("the place");
            joined(text, start..start + phrase.len()).map(|range| text[range].to_owned())
        };
        let texts = "text: {en: Good morning, sir, and madam, pl: Dzień dobry} # x";
        assert_eq!(whole(texts, "sir").as_deref(), Some("Good morning, sir, and madam"));
        assert_eq!(whole(texts, "and madam").as_deref(), Some("Good morning, sir, and madam"));
        assert_eq!(whole("say: [One, Good morning, sir]", "sir").as_deref(), Some("Good morning, sir"));
        assert_eq!(whole("say: [\"a\", b, c]", "c"), None);
        assert_eq!(whole("{a, b}", "b"), None);
        assert_eq!(whole("a, b", "b"), None);
    }
}
