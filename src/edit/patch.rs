//! Replacements and insertions on a text, and the lines around a place.

use std::ops::Range;

/// Stretches of a text and what they become.
#[derive(Clone, Debug, Default)]
pub(crate) struct Patch {
    edits: Vec<(Range<usize>, String)>,
}

impl Patch {
    /// Replaces a stretch. The same replacement may be asked for twice, as happens where an alias repeats a value.
    pub fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        let edit = (range, text.into());
        if edit.0.is_empty() || !self.edits.contains(&edit) {
            self.edits.push(edit);
        }
    }

    /// Inserts at a place; insertions at one place keep their order.
    pub fn insert(&mut self, offset: usize, text: impl Into<String>) {
        self.edits.push((offset..offset, text.into()));
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The text with all edits made; none where two of them overlap or one does not fit the text.
    #[must_use]
    pub fn apply(&self, text: &str) -> Option<String> {
        let mut edits: Vec<&(Range<usize>, String)> = self.edits.iter().collect();
        // Stable, and an insertion goes before a replacement that starts there.
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut result = String::with_capacity(text.len() + 64);
        let mut done = 0;
        for (range, new) in edits {
            if range.start < done {
                return None;
            }
            result.push_str(text.get(done..range.start)?);
            text.get(range.clone())?;
            result.push_str(new);
            done = range.end;
        }
        result.push_str(text.get(done..)?);
        Some(result)
    }
}

/// Where the line of `offset` starts.
pub(crate) fn line_start(text: &str, offset: usize) -> usize {
    text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

/// Where the line of `offset` ends, its line end not included.
pub(crate) fn line_end(text: &str, offset: usize) -> usize {
    let rest = text.get(offset..).unwrap_or("");
    let end = rest.find('\n').unwrap_or(rest.len());
    offset + rest[..end].strip_suffix('\r').map_or(end, str::len)
}

/// Where the line after the line of `offset` starts; the text's end where there is none.
pub(crate) fn next_line(text: &str, offset: usize) -> usize {
    let rest = text.get(offset..).unwrap_or("");
    rest.find('\n').map_or(text.len(), |end| offset + end + 1)
}

/// The line end that the text uses, judged by its first.
pub(crate) fn newline(text: &str) -> &'static str {
    match text.find('\n') {
        Some(offset) if text[..offset].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// What stands before `offset` on its line, a byte-order mark left out.
pub(crate) fn before_on_line(text: &str, offset: usize) -> &str {
    text.get(line_start(text, offset)..offset).unwrap_or("").trim_start_matches('\u{feff}')
}

/// Inserts whole lines (joined by `\n`) so that they start at `offset`, the start of a line or the end of the text. A text
/// without a last line end stays without one.
pub(crate) fn insert_lines(patch: &mut Patch, text: &str, offset: usize, lines: &str) {
    let newline = newline(text);
    let lines = if newline == "\n" { lines.to_owned() } else { lines.replace('\n', newline) };
    let lines = if offset == 0 || text[..offset].ends_with('\n') {
        format!("{lines}{newline}")
    } else {
        format!("{newline}{lines}")
    };
    patch.insert(offset, lines);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_made_in_order_and_never_on_top_of_each_other() {
        let mut patch = Patch::default();
        patch.replace(4..7, "X");
        patch.replace(4..7, "X");
        patch.insert(0, "<");
        patch.insert(0, "-");
        assert_eq!(patch.apply("abc def").as_deref(), Some("<-abc X"));
        patch.replace(3..5, "Y");
        assert_eq!(patch.apply("abc def"), None);
        let mut outside = Patch::default();
        outside.replace(1..2, "x");
        assert_eq!(outside.apply("ł"), None, "never inside a letter");
    }

    #[test]
    fn lines_keep_the_line_ends_of_the_file() {
        let text = "a: 1\r\nb: 2";
        assert_eq!(line_end(text, 0), 4);
        assert_eq!(next_line(text, 0), 6);
        let mut patch = Patch::default();
        insert_lines(&mut patch, text, 6, "x\ny");
        insert_lines(&mut patch, text, text.len(), "z");
        assert_eq!(patch.apply(text).as_deref(), Some("a: 1\r\nx\r\ny\r\nb: 2\r\nz"));
    }
}
