//! What an editor may fold: what stands deeper than the line above it, and comments of several lines.

use lsp_types::{FoldingRange, FoldingRangeKind};

use super::lines::Lines;

/// The foldings of a text, from its columns alone, so that also a text that cannot be parsed has them.
pub(super) fn foldings(lines: &Lines<'_>) -> Vec<FoldingRange> {
    let mut all = Vec::new();
    // Line and depth of what is open.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut comment: Option<usize> = None;
    let mut last = 0;
    for number in 0..lines.len() {
        let line = lines.line(number);
        let content = line.trim_start_matches([' ', '\u{feff}']);
        if content.trim().is_empty() {
            continue;
        }
        let depth = line.len() - content.len();
        match (content.starts_with('#'), comment) {
            (true, None) => comment = Some(number),
            (false, Some(first)) => {
                if last > first {
                    all.push(folding(first, last, Some(FoldingRangeKind::Comment)));
                }
                comment = None;
            }
            _ => {}
        }
        if !content.starts_with('#') {
            while let Some((first, _)) = open.pop_if(|(_, known)| *known >= depth) {
                if last > first {
                    all.push(folding(first, last, None));
                }
            }
            open.push((number, depth));
        }
        last = number;
    }
    let rest = open.into_iter().map(|(first, _)| first).filter(|first| last > *first);
    all.extend(rest.map(|first| folding(first, last, None)));
    if let Some(first) = comment.filter(|first| last > *first) {
        all.push(folding(first, last, Some(FoldingRangeKind::Comment)));
    }
    all.sort_by_key(|range| (range.start_line, range.end_line));
    all
}

fn folding(first: usize, last: usize, kind: Option<FoldingRangeKind>) -> FoldingRange {
    FoldingRange { start_line: first as u32, end_line: last as u32, kind, ..FoldingRange::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::lines::Encoding;

    #[test]
    fn what_is_deeper_folds() {
        let text = "# a\n# b\nid: x\nphases:\n  - id: a\n\n    steps:\n      - id: s\n  - id: b\n    title: t\n";
        let found: Vec<(u32, u32)> = foldings(&Lines::of(text, Encoding::Utf8))
            .into_iter()
            .map(|range| (range.start_line, range.end_line))
            .collect();
        assert_eq!(found, [(0, 1), (3, 9), (4, 7), (6, 7), (8, 9)]);
    }
}
