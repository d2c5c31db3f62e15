//! How much a book multiplies to, counted before any of it is made: a few lines of phases, traits, patterns and former names
//! make a standard, a cell or an id for each combination.

use std::collections::{HashMap, HashSet};

use crate::book::{Book, Id, Phase, Trait};
use crate::message::Message;
use crate::say;
use crate::source::Span;

/// So many standards may patterns make where `derive` is on; the largest books that the program promises to handle have 10,000 in all.
const MAX_DERIVED: usize = 20_000;

/// So often may a trait be aimed at in some phase. Each time is nine cells of the matrix.
const MAX_USES: usize = 50_000;

/// So many ids may one standard have had that is made of parts, each of which may have been renamed.
pub(super) const MAX_FORMER: usize = 64;

/// What a book has too much of.
#[derive(Clone, Debug, PartialEq)]
pub struct Beyond {
    /// Where it stands that the bound is passed.
    pub span: Span,
    /// What is wrong.
    pub message: Message,
    /// How to mend it.
    pub help: Message,
    /// Whether no standards are made of such a book.
    is_whole: bool,
}

/// Whether a book multiplies beyond what standards are made of.
pub fn is_beyond(book: &Book) -> bool {
    beyond(book).iter().any(|beyond| beyond.is_whole)
}

/// What a book has too much of, each thing once.
pub fn beyond(book: &Book) -> Vec<Beyond> {
    let mut count = Count { traits: HashMap::new(), derive: book.derive, derived: 0, uses: 0, found: Vec::new() };
    for of_trait in book.traits.iter().rev() {
        for name in of_trait.id.was.iter().chain([&of_trait.id.name]) {
            count.traits.insert(name, Size::of(of_trait));
        }
    }
    book.phases().for_each(|phase| count.phase(phase));
    count.found
}

/// What a trait multiplies.
#[derive(Clone, Copy)]
struct Size<'a> {
    id: &'a Id,
    patterns: usize,
    /// The pattern with the most former names.
    renamed: Option<&'a Id>,
}

impl<'a> Size<'a> {
    fn of(of_trait: &'a Trait) -> Size<'a> {
        let ids = of_trait.patterns.iter().map(|pattern| &pattern.id);
        Size { id: &of_trait.id, patterns: of_trait.patterns.len(), renamed: ids.max_by_key(|id| id.was.len()) }
    }
}

struct Count<'a> {
    traits: HashMap<&'a str, Size<'a>>,
    /// Whether patterns make standards; else they only propose some.
    derive: bool,
    derived: usize,
    uses: usize,
    found: Vec<Beyond>,
}

impl<'a> Count<'a> {
    fn phase(&mut self, phase: &'a Phase) {
        let before = (self.derived, self.uses);
        let mut seen: HashSet<&str> = HashSet::new();
        for used in phase.traits.iter().chain(phase.steps.iter().flat_map(|step| &step.traits)) {
            let Some(size) = self.traits.get(used.name.as_str()).copied() else { continue };
            if seen.insert(&size.id.name) {
                self.uses += 1;
                if self.derive {
                    self.derived += size.patterns;
                }
                self.former(&[Some(&phase.id), Some(size.id), size.renamed]);
            }
        }
        for step in phase.steps.iter().filter(|step| !step.handoffs.is_empty()) {
            self.former(&[Some(&phase.id), Some(&step.id)]);
        }
        let passed = |before: usize, now: usize, limit: usize| before <= limit && now > limit;
        if passed(before.0, self.derived, MAX_DERIVED) {
            self.add(
                phase.id.span,
                say!("up to this phase patterns make more than {limit} standards", limit = MAX_DERIVED),
            );
        }
        if passed(before.1, self.uses, MAX_USES) {
            self.add(
                phase.id.span,
                say!("up to this phase traits are aimed at more than {limit} times", limit = MAX_USES),
            );
        }
    }

    fn add(&mut self, span: Span, message: Message) {
        let help = say!("split the book, or name in each phase only the traits that decide it");
        self.found.push(Beyond { span, message, help, is_whole: true });
    }

    /// Every combination of present and former names is a former id.
    fn former(&mut self, parts: &[Option<&'a Id>]) {
        let ids = || parts.iter().flatten();
        let combinations = ids().fold(1_usize, |product, id| product.saturating_mul(id.was.len() + 1));
        let Some(most) = ids().max_by_key(|id| id.was.len()).filter(|_| combinations > MAX_FORMER) else { return };
        if self.found.iter().all(|beyond| beyond.span != most.span) {
            let message = say!(
                "with its former names, and those of what it is joined with, one standard would have {count} former ids",
                count = combinations
            );
            let help = say!(
                "keep in `was` the names that records use; together they may make {limit} ids",
                limit = MAX_FORMER
            );
            self.found.push(Beyond { span: most.span, message, help, is_whole: false });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::load;
    use crate::source::Memory;

    #[test]
    fn patterns_that_only_propose_make_no_standards() {
        let pattern = |n| format!("      - {{id: p{n}, type: product, level: basic, text: A}}\n");
        let patterns: String = (0..21).map(pattern).collect();
        let phases: String = (0..1000).map(|n| format!("  - {{id: a{n}, traits: [local]}}\n")).collect();
        let book = |derive: bool| {
            let world = Memory::new([
                ("gamma-ok.yaml", format!("title: T\nlanguages: [en]\nderive: {derive}\n").as_str()),
                ("traits/local.yaml", &format!("traits:\n  - id: local\n    patterns:\n{patterns}")),
                ("sequences/stay.yaml", &format!("id: stay\nphases:\n{phases}")),
            ]);
            load(&world).expect("a book").book
        };
        assert!(is_beyond(&book(true)));
        assert_eq!(beyond(&book(false)), Vec::new());
    }
}
