//! The merge of three: what the program wrote into a file, what the file says now, and what the book says now.
//!
//! Value by value: what only the file changed is an edit; what only the book changed, or both in the same way, stays as the
//! book has it; what both changed differently is a conflict, which only a person can settle. A value that stands in several
//! languages or items is one cell for each of them, so that a translator and an author do not meet in one sentence.

use crate::forms::FormPlace;
use crate::text::composed;

/// A value that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReturnedValue<T> {
    /// What it is a value of: whatever the caller finds its place in the book by.
    pub of: T,
    /// Where it stands in the file that came back.
    pub place: FormPlace,
    /// As the program wrote it into the file.
    pub base: String,
    /// As the file has it now.
    pub theirs: String,
    /// As the book has it now.
    pub ours: String,
}

/// What a file changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Merged<T> {
    /// Values to be taken over.
    pub edits: Vec<ReturnedValue<T>>,
    /// Values that both sides changed, each in its own way.
    pub conflicts: Vec<ReturnedValue<T>>,
}

/// Merges the values of a file, in their order.
pub(crate) fn merge<T>(cells: impl IntoIterator<Item = ReturnedValue<T>>) -> Merged<T> {
    let mut merged = Merged { edits: Vec::new(), conflicts: Vec::new() };
    for cell in cells {
        if same(&cell.theirs, &cell.base) || same(&cell.theirs, &cell.ours) {
            continue;
        }
        let list = if same(&cell.ours, &cell.base) { &mut merged.edits } else { &mut merged.conflicts };
        list.push(cell);
    }
    merged
}

/// Whether two values say the same: other programs may take letters apart, end lines in their own way, and drop or add space at
/// the ends of lines.
pub(crate) fn same(text: &str, other: &str) -> bool {
    text == other || bare(text) == bare(other)
}

/// A value without what other programs change on their own.
pub(crate) fn bare(value: &str) -> String {
    let lines: Vec<&str> = value.trim().lines().map(str::trim).collect();
    composed(&lines.join("\n")).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell(base: &str, theirs: &str, ours: &str) -> ReturnedValue<()> {
        let own = |text: &str| text.to_owned();
        ReturnedValue { of: (), place: FormPlace::Whole, base: own(base), theirs: own(theirs), ours: own(ours) }
    }

    #[test]
    fn each_side_keeps_what_it_alone_changed() {
        for (base, theirs, ours, edits, conflicts) in [
            ("a", "a", "a", 0, 0),
            ("a", "b", "a", 1, 0),
            ("a", "a", "b", 0, 0),
            ("a", "b", "b", 0, 0),
            ("a", "b", "c", 0, 1),
            ("a", "", "a", 1, 0),
            ("", "b", "", 1, 0),
            ("a", "", "b", 0, 1),
            ("go\u{301}r", "gór ", "x", 0, 0),
            ("a\nb", "a \r\nb\r\n", "x", 0, 0),
        ] {
            let merged = merge([cell(base, theirs, ours)]);
            assert_eq!((merged.edits.len(), merged.conflicts.len()), (edits, conflicts), "{base}|{theirs}|{ours}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(values in prop::collection::vec(("[ab]?", "[ab]?", "[ab]?"), 0..8)) {
            let cells: Vec<ReturnedValue<()>> = values.iter().map(|(base, theirs, ours)| cell(base, theirs, ours)).collect();
            let merged = merge(cells.clone());
            for cell in cells {
                let result = if merged.edits.contains(&cell) { &cell.theirs } else { &cell.ours };
                let wanted = match (cell.theirs == cell.base, cell.ours == cell.base) {
                    (true, _) => &cell.ours,
                    (_, true) => &cell.theirs,
                    _ if cell.theirs == cell.ours => &cell.ours,
                    _ => { prop_assert!(merged.conflicts.contains(&cell)); continue; }
                };
                prop_assert_eq!(result, wanted);
            }
        }
    }
}
