//! Ids that are given twice: where a file looks like a copy of another, that is told once, at the copy.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic};
use crate::say;
use crate::source::{FileId, Sources, Span};

/// An id that is given twice.
pub(super) struct TakenId {
    pub name: String,
    /// Where it is given first, in the order of the files.
    pub first: Span,
    /// Where it is given again.
    pub second: Span,
}

/// What file systems, mail programs and people add to the name of a copy.
const MARKS: [&str; 7] = ["copy", "kopia", "kopi", "kopiera", "duplicate", "duplikat", "dubblett"];

/// The findings on ids that are given twice.
pub(super) fn findings(taken: Vec<TakenId>, sources: &Sources) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut of_files: BTreeMap<(FileId, FileId), Vec<TakenId>> = BTreeMap::new();
    for taken in taken {
        let (first, second) = (taken.first.file, taken.second.file);
        if first == second {
            found.push(finding(&taken).help(say!("give one of the two another id")));
            continue;
        }
        let path = |file| sources.get(file).path.as_str();
        let (copy, original) = if is_copy(path(first), path(second)) { (first, second) } else { (second, first) };
        let at = if taken.first.file == original { taken } else { swapped(taken) };
        of_files.entry((copy, original)).or_default().push(at);
    }
    for ((copy, original), mut all) in of_files {
        all.sort_by_key(|taken| taken.second);
        let Some((first, rest)) = all.split_first() else { continue };
        let path = sources.get(original).path.as_str();
        let mut one = finding(first);
        if !rest.is_empty() {
            let name = &first.name;
            one.message = say!(
                rest.len();
                "the id `{name}` is taken, and 1 more id of this file",
                "the id `{name}` is taken, and {n} more ids of this file",
                name
            );
        }
        let is_marked = !rest.is_empty() || has_mark(sources.get(copy).path.as_str());
        found.push(one.help(match is_marked {
            true => say!("this file looks like a copy of {path}: remove it, or give what it holds other ids", path),
            false => say!("give one of the two another id; if this file is a copy of {path}, remove it", path),
        }));
    }
    found
}

fn swapped(TakenId { name, first, second }: TakenId) -> TakenId {
    TakenId { name, first: second, second: first }
}

fn finding(taken: &TakenId) -> Diagnostic {
    let message = say!("the id `{value}` is taken", value = &taken.name);
    Diagnostic::new(Code::DuplicateId, taken.second, message).related(taken.first, say!("it is given here first"))
}

/// Whether the first of two files, in their order, is by its name a copy of the second.
fn is_copy(first: &str, second: &str) -> bool {
    match (has_mark(first), has_mark(second)) {
        (true, false) => true,
        (false, true) => false,
        _ => stem(first).starts_with(stem(second)),
    }
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Whether the name of a file says that it is a copy: `s copy`, `s - kopia`, `s (1)`.
fn has_mark(path: &str) -> bool {
    let stem = stem(path).to_lowercase();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_numbered =
        stem.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')).is_some_and(|(_, digits)| is_number(digits));
    is_numbered || stem.split(|letter: char| !letter.is_alphabetic()).any(|word| MARKS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_known_by_its_name() {
        for (first, second, wanted) in [
            ("sites/north copy.yaml", "sites/north.yaml", true),
            ("sites/north (1).yaml", "sites/north.yaml", true),
            ("sites/Kopia north.yaml", "sites/north.yaml", true),
            ("sites/north - kopia.yaml", "sites/north.yaml", true),
            ("sites/north-2.yaml", "sites/north.yaml", true),
            ("sites/north.yaml", "sites/north2.yaml", false),
            ("sites/a.yaml", "sites/north.yaml", false),
            ("sites/copyshop.yaml", "sites/north.yaml", false),
            ("sites/north.yaml", "sites/z kopia.yaml", false),
        ] {
            assert_eq!(is_copy(first, second), wanted, "{first}, {second}");
        }
    }
}
