//! What the rules look at.

use std::collections::HashSet;

use crate::book::{Book, Id, Loaded, Phase};
use crate::method::Standards;
use crate::source::{Sources, Span};

/// A book and its standards, with what several rules need and none should work out again.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The book.
    pub book: &'a Book,
    /// Its files.
    pub sources: &'a Sources,
    /// Its standards.
    pub standards: &'a Standards,
    ids: HashSet<&'a str>,
}

impl<'a> Subject<'a> {
    /// Gathers it.
    pub fn new(loaded: &'a Loaded, standards: &'a Standards) -> Self {
        let names = |id: &'a Id| std::iter::once(&id.name).chain(&id.was).map(String::as_str);
        let ids = standards.all.iter().flat_map(|standard| names(&standard.id)).collect();
        Subject { book: &loaded.book, sources: &loaded.sources, standards, ids }
    }

    /// Whether a standard has, or had, that id.
    pub fn has_standard(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// All phases, with the index of their sequence and of themselves in it.
    pub fn phases(&self) -> impl Iterator<Item = (usize, usize, &'a Phase)> {
        let of = |(at, sequence): (usize, &'a crate::book::Sequence)| {
            sequence.phases.iter().enumerate().map(move |(phase_at, phase)| (at, phase_at, phase))
        };
        self.book.sequences.iter().enumerate().flat_map(of)
    }

    /// Whether a place is in a file that the author can edit.
    pub fn is_authors(&self, span: Span) -> bool {
        !self.sources.get(span.file).built_in
    }
}
