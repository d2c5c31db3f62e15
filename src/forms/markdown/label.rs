//! What an entry of a list begins with: the label of a field, or the number and the name of an item.

use super::merged;
use super::pieces::Piece;
use crate::edition::Reference;
use crate::forms::questions::{Field, FieldKind, Labels};

/// What an entry says of a field.
pub(super) struct Labelled<'t> {
    pub field: &'static Field,
    /// What stands in brackets behind the label.
    pub unit: Option<&'t str>,
    pub value: &'t str,
}

impl<'t> Labelled<'t> {
    pub fn find(text: &'t str, labels: &Labels) -> Option<Labelled<'t>> {
        let bare = text.trim_start_matches(['*', '_']);
        let marks = &text[..text.len() - bare.len()];
        let (field, rest) = match labels.begin(bare) {
            Some(begun) => begun,
            // A slip in the label, where a colon shows that it is one.
            None => {
                let (label, _) = bare.split_once(':')?;
                let label = label.split('(').next().unwrap_or(label);
                let field = labels.near(label.trim_matches(['*', '_', ' ']))?;
                (field, &bare[label.len()..])
            }
        };
        let mut rest = rest.trim_start_matches(['*', '_']).trim_start();
        let mut unit = None;
        if let Some((inside, behind)) = rest.strip_prefix('(').and_then(|inside| inside.split_once(')')) {
            unit = Some(inside.trim());
            rest = behind.trim_start_matches(['*', '_']).trim_start();
        }
        let value = rest.trim_start_matches([':', '：', '=', '–', '—']);
        let is_set_apart = value.len() < rest.len() || rest.is_empty();
        let value = if is_set_apart { value } else { rest.strip_prefix("- ").unwrap_or(rest) };
        let value = value.strip_prefix(marks).unwrap_or(value).trim();
        // Without a sign between them, a label is one only before what fits it.
        let fits = match field.kind {
            FieldKind::Values => value.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '−' | '+')),
            FieldKind::Words => true,
            _ => false,
        };
        (is_set_apart || fits).then_some(Labelled { field, unit, value })
    }
}

/// The name of an item's standard in its own text, and what follows it: the code span with a stamp, or else the last one
/// of its first line.
pub(super) fn reference(piece: &Piece, depth: usize) -> Option<(&str, &str)> {
    let text = piece.text.as_str();
    let mut marks = text.match_indices('`').map(|(mark, _)| mark);
    let mut named = None;
    while let (Some(open), Some(close)) = (marks.next(), marks.next()) {
        let code = text[open + 1..close].trim();
        let candidate = Some((code, text[close + 1..].trim()));
        if Reference::parse(code).stamp.is_some_and(|stamp| stamp.len() == 8) {
            return candidate;
        }
        let is_name = !code.is_empty() && !code.contains(char::is_whitespace);
        if is_name && depth == 1 && (close < piece.first || named.is_none()) {
            named = candidate;
        }
    }
    // A mail or a word processor takes the marks of the code away; the name itself stands at the end.
    let bare = || (depth == 1 && !text.contains('`')).then(|| merged::named(text)).flatten();
    named.or_else(|| bare().filter(|name| text.ends_with(name)).map(|name| (name, "")))
}

/// The number that an item's own text begins with.
pub(super) fn number(own: &str) -> Option<String> {
    let own = own.trim_start().trim_start_matches('*');
    let digits: String = own.chars().take_while(char::is_ascii_digit).collect();
    (!digits.is_empty() && own[digits.len()..].starts_with('.')).then_some(digits)
}
