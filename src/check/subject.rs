//! What the rules look at.

use std::collections::HashSet;

use super::wording::{Sentence, StaffNouns, sentences};
use crate::book::{Book, Id, Loaded, Phase, Status};
use crate::diag::Diagnostic;
use crate::method::{Cell, Origin, Standard, Standards};
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
    /// Its phases in service order.
    pub phases: Vec<PhaseView<'a>>,
    /// The texts that the wording rules judge, cut into words once for all of them. Those of a standard stand together.
    pub sentences: Vec<Sentence<'a>>,
    /// What reading found.
    read: &'a [Diagnostic],
    ids: HashSet<&'a str>,
}

/// A phase with what it was converted to.
#[derive(Clone, Copy, Debug)]
pub struct PhaseView<'a> {
    /// The phase.
    pub phase: &'a Phase,
    /// All its standards, retired ones included.
    pub standards: &'a [Standard],
    /// Its cells.
    pub cells: &'a [Cell],
}

impl<'a> Subject<'a> {
    /// Gathers it.
    pub fn new(loaded: &'a Loaded, standards: &'a Standards, nouns: &'a StaffNouns) -> Self {
        let names = |id: &'a Id| std::iter::once(&id.name).chain(&id.was).map(String::as_str);
        let ids = standards.all.iter().flat_map(|standard| names(&standard.id)).collect();
        let mut phases = Vec::new();
        // Standards and cells stand phase by phase, so each phase has a stretch of either.
        let (mut all, mut cells) = (standards.all.as_slice(), standards.cells.as_slice());
        for (at, sequence) in loaded.book.sequences.iter().enumerate() {
            for (phase_at, phase) in sequence.phases.iter().enumerate() {
                let here = all.iter().take_while(|one| (one.sequence, one.phase) == (at, phase_at)).count();
                let (own, rest) = all.split_at(here);
                let here = cells.iter().take_while(|one| (one.sequence, one.phase) == (at, phase_at)).count();
                let (own_cells, rest_cells) = cells.split_at(here);
                phases.push(PhaseView { phase, standards: own, cells: own_cells });
                (all, cells) = (rest, rest_cells);
            }
        }
        let Loaded { book, sources, found } = loaded;
        let sentences = sentences(book, standards, nouns);
        Subject { book, sources, standards, phases, sentences, read: found, ids }
    }

    /// Whether a standard has, or had, that id.
    pub fn has_standard(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Whether a place is in a file that the author can edit.
    pub fn is_authors(&self, span: Span) -> bool {
        !self.sources.get(span.file).built_in
    }

    /// Whether reading found `code` in an entry: what looks absent there may only be mistyped, and has been reported.
    pub fn was_misread(&self, entry: Span, code: &str) -> bool {
        let inside = |span: Span| span.file == entry.file && entry.start <= span.start && span.end <= entry.end;
        self.read.iter().any(|finding| finding.code == code && inside(finding.span))
    }
}

impl<'a> PhaseView<'a> {
    /// Its standards that are not retired.
    pub fn alive(&self) -> impl Iterator<Item = &'a Standard> + use<'a> {
        self.standards.iter().filter(|standard| standard.status != Status::Retired)
    }

    /// Its standards that came of traits, written or derived, and are not retired.
    pub fn converted(&self) -> impl Iterator<Item = &'a Standard> + use<'a> {
        self.alive().filter(|standard| !matches!(standard.origin, Origin::Handoff(_)))
    }
}
