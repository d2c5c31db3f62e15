//! Lists that are written with another mark than `-`: YAML folds their lines into one text, and every document prints the
//! entries in a row.

use super::decode::Cx;
use crate::diag::{Code, Diagnostic, Severity};
use crate::say;
use crate::source::Span;
use crate::source::yaml::{Node, Value};

/// Marks that nothing but an entry of a list begins with; the last two are how word processors write them.
const BULLETS: &str = "•●▪◦‣∙■□➢➤✓✔\u{f0b7}\u{f0a7}";

/// Marks that may also stand at the beginning of a line because prose was broken there.
const DASHES: &str = "–—−*·+";

/// What the line of a text begins with.
#[derive(Clone, Copy, PartialEq)]
enum ListMark {
    Bullet(char),
    Dash(char),
    /// A figure or a letter with a dot or a bracket: `1.`, `b)`.
    Number(u32),
}

/// Reports each text of a file that is a list by its marks.
pub(super) fn list_marks(tree: &Node<'_>, source: &str, cx: &mut Cx) {
    // By a list of its own: a file may be nested as deep as is read.
    let mut open: Vec<(&Node<'_>, bool)> = vec![(tree, false)];
    while let Some((node, is_item)) = open.pop() {
        match &node.value {
            Value::List(items, _) => open.extend(items.iter().map(|item| (item, true))),
            Value::Map(entries, _) => open.extend(entries.iter().map(|entry| (&entry.value, false))),
            Value::Scalar(_) => {
                if let Some(finding) = source.get(node.span.range()).and_then(|text| judge(text, node.span, is_item)) {
                    cx.report(finding);
                }
            }
            Value::Null => {}
        }
    }
}

/// Entries of a list that went on in the text above them: `how: Look up` and below it `- Smile`.
fn swallowed(written: &str, span: Span, is_item: bool) -> Option<Diagnostic> {
    if written.starts_with(['|', '>', '"', '\'']) {
        return None;
    }
    let mut start = 0;
    let offset = written.split_inclusive('\n').enumerate().find_map(|(index, line)| {
        let body = line.trim_start();
        let offset = start + line.len() - body.len();
        start += line.len();
        // A dash before a small letter may be prose that was broken there.
        let is_entry = body.strip_prefix("- ").is_some_and(|rest| rest.trim_start().starts_with(char::is_uppercase));
        (index > 0 && is_entry).then_some(offset)
    })?;
    let message = say!("this entry of a list is read as part of the text above it");
    let help = match is_item {
        true => say!("begin the line as far in as the `-` of the entry above"),
        false => say!("begin the list on the line below its key, its first entry with `- ` too"),
    };
    Some(Diagnostic::new(Code::WrongType, span.within(offset..offset + 1), message).help(help))
}

fn judge(written: &str, span: Span, is_item: bool) -> Option<Diagnostic> {
    if let Some(finding) = swallowed(written, span, is_item) {
        return Some(finding);
    }
    let lines = marked_lines(written);
    let (first, rest) = lines.split_first()?;
    let begun = rest.iter().find_map(|(offset, mark, begins)| mark.map(|mark| (*offset, mark, *begins)));
    let alike = |mark: ListMark| lines.iter().filter(|(_, other, _)| *other == Some(mark)).count();
    let (offset, sign, is_sure) = match (first.1, begun) {
        (Some(ListMark::Bullet(sign)), begun) => (first.0, sign, begun.is_some()),
        (_, Some((offset, ListMark::Bullet(sign), _))) => (offset, sign, true),
        (Some(ListMark::Number(number)), Some((_, ListMark::Number(next), _))) if next == number + 1 => {
            let sign = written[first.0..].chars().next()?;
            (first.0, sign, true)
        }
        (_, Some((offset, mark @ ListMark::Dash(sign), begins))) => {
            let is_list = alike(mark) > 1 && (first.1 == Some(mark) || begins);
            if !(is_list || begins && first.2) {
                return None;
            }
            (if first.1 == Some(mark) { first.0 } else { offset }, sign, is_list)
        }
        _ => return None,
    };
    let place = span.within(offset..offset + sign.len_utf8());
    let message = say!("a list item begins with `-`, not with `{mark}`", mark = sign);
    let finding = Diagnostic::new(Code::WrongType, place, message);
    Some(if is_sure || offset != first.0 {
        let severity = if is_sure { Severity::Error } else { Severity::Warning };
        finding.help(say!("type the `-` of the keyboard, and a space")).at_most(severity)
    } else if is_item {
        finding.help(say!("remove it: the `-` before it is the mark")).at_most(Severity::Warning)
    } else {
        finding
            .help(say!("write a list on lines of its own, each with `-` and a space; or remove the mark"))
            .at_most(Severity::Warning)
    })
}

/// The lines of a text as it is written: where each begins, its mark, and whether a capital follows.
fn marked_lines(written: &str) -> Vec<(usize, Option<ListMark>, bool)> {
    let is_block = written.starts_with(['|', '>']);
    let mut lines = Vec::new();
    let mut start = 0;
    for (index, line) in written.split_inclusive('\n').enumerate() {
        let quotes: &[char] = if index == 0 { &['"', '\''] } else { &[] };
        let body = line.trim_start().trim_start_matches(quotes);
        let offset = start + line.len() - body.len();
        start += line.len();
        if body.trim().is_empty() || is_block && index == 0 {
            continue;
        }
        let (mark, rest) = mark(body);
        lines.push((offset, mark, rest.trim_start().chars().next().is_some_and(char::is_uppercase)));
    }
    lines
}

/// The mark that a line begins with, and what follows it.
fn mark(line: &str) -> (Option<ListMark>, &str) {
    let mut letters = line.chars();
    let Some(first) = letters.next() else { return (None, line) };
    let rest = letters.as_str();
    let is_apart = |rest: &str| rest.starts_with([' ', '\t', '\u{a0}']);
    if BULLETS.contains(first) {
        return (Some(ListMark::Bullet(first)), rest);
    }
    if DASHES.contains(first) && is_apart(rest) {
        return (Some(ListMark::Dash(first)), rest);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (number, length) = match digits {
        1..=2 => (line[..digits].parse().ok(), digits),
        0 if first.is_ascii_lowercase() && rest.starts_with(')') => (Some(u32::from(first)), 1),
        _ => (None, 0),
    };
    let after = line.get(length + 1..).filter(|after| is_apart(after) && line[length..].starts_with(['.', ')']));
    match (number, after) {
        (Some(number), Some(after)) => (Some(ListMark::Number(number)), after),
        _ => (None, line),
    }
}
