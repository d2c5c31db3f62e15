//! What the rules look at.

use super::wording::{StaffNouns, judged};
use crate::book::{Book, Loaded, MANIFEST, Phase, Status, is_of_whole_file};
use crate::diag::{Code, Severity};
use crate::edition::Directory;
use crate::method::{MatrixCell, Origin, Standard, Standards};
use crate::source::{Sources, Span};

/// A book and its standards, with what several rules need and none should work out again.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    /// The book.
    pub book: &'a Book,
    /// The files.
    pub sources: &'a Sources,
    /// The standards.
    pub standards: &'a Standards,
    /// The phases in service order.
    pub phases: Vec<PhaseView<'a>>,
    /// The standards whose texts the wording rules judge.
    pub judged: Vec<&'a Standard>,
    /// The words for staff.
    pub nouns: &'a StaffNouns,
    /// What reading found: where, and the rule; sorted.
    read: Vec<(Span, Code)>,
    /// The ids of standards, those among them that could not be read as a whole.
    pub directory: Directory<'a>,
}

/// A phase with what it was converted to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PhaseView<'a> {
    /// The phase.
    pub phase: &'a Phase,
    /// All its standards, retired ones included.
    pub standards: &'a [Standard],
    /// The cells.
    pub cells: &'a [MatrixCell],
    /// Whether everything in it could be read. Where something could not, what seems to be missing may be there, only
    /// mistyped; the rules that look for what is missing wait until that is mended.
    pub(crate) is_whole: bool,
}

impl<'a> Subject<'a> {
    /// Gathers it.
    pub fn new(loaded: &'a Loaded, standards: &'a Standards, nouns: &'a StaffNouns) -> Self {
        // What is only worth mending was read all the same.
        let unread =
            loaded.findings.iter().filter(|finding| finding.severity.min(finding.code.severity()) == Severity::Error);
        let mut read: Vec<(Span, Code)> = unread.map(|finding| (finding.span, finding.code)).collect();
        read.sort_unstable();
        let lacks_files = lacks_files(&read);
        let mut phases = Vec::new();
        // Standards and cells stand phase by phase, so each phase has a stretch of either.
        let (mut all, mut cells) = (standards.all.as_slice(), standards.cells.as_slice());
        for (sequence_index, sequence) in loaded.book.sequences.iter().enumerate() {
            for (phase_index, phase) in sequence.phases.iter().enumerate() {
                let of_phase = all
                    .iter()
                    .take_while(|standard| (standard.sequence, standard.phase) == (sequence_index, phase_index))
                    .count();
                let (own, rest) = all.split_at(of_phase);
                let of_phase = cells
                    .iter()
                    .take_while(|cell| (cell.sequence, cell.phase) == (sequence_index, phase_index))
                    .count();
                let (own_cells, rest_cells) = cells.split_at(of_phase);
                let is_whole = inside(&read, phase.span).next().is_none() && !lacks_files;
                phases.push(PhaseView { phase, standards: own, cells: own_cells, is_whole });
                (all, cells) = (rest, rest_cells);
            }
        }
        let Loaded { book, sources, .. } = loaded;
        let (judged, directory) = (judged(book, standards), Directory::new(book, standards));
        Subject { book, sources, standards, phases, judged, nouns, read, directory }
    }

    /// Whether a place is in a file that the author can edit.
    pub(crate) fn is_authors(&self, span: Span) -> bool {
        !self.sources.get(span.file).built_in
    }

    /// Whether reading found `code` in an entry: what looks absent there may only be mistyped, and has been reported.
    pub(crate) fn was_misread(&self, entry: Span, code: Code) -> bool {
        inside(&self.read, entry).any(|read| read == code || read == Code::InvisibleCharacter)
    }

    /// Whether a whole file could not be read, so that anything may be missing.
    pub(crate) fn lacks_files(&self) -> bool {
        lacks_files(&self.read)
    }

    /// Whether the manifest could not be read: then languages, nouns and what the author wants checked are not known.
    pub(crate) fn lacks_manifest(&self) -> bool {
        let manifest = |span: &Span| self.sources.get(span.file).path == MANIFEST;
        self.read.iter().any(|(span, code)| is_of_whole_file(*code, *span) && manifest(span))
    }

    /// Whether everything in the book could be read.
    pub(crate) fn is_whole(&self) -> bool {
        self.read.is_empty()
    }
}

fn lacks_files(read: &[(Span, Code)]) -> bool {
    read.iter().any(|(span, code)| is_of_whole_file(*code, *span))
}

/// The rules that reading found broken in an entry.
fn inside(read: &[(Span, Code)], entry: Span) -> impl Iterator<Item = Code> {
    let first = read.partition_point(|(span, _)| (span.file, span.start) < (entry.file, entry.start));
    let from_start =
        read.iter().skip(first).take_while(move |(span, _)| span.file == entry.file && span.start <= entry.end);
    from_start.filter(move |(span, _)| span.end <= entry.end).map(|(_, code)| *code)
}

impl<'a> PhaseView<'a> {
    /// The standards that are not retired and have a type and a level.
    pub(crate) fn alive(&self) -> impl Iterator<Item = &'a Standard> + use<'a> {
        self.standards.iter().filter(|standard| standard.status != Status::Retired && !standard.undecided.is_any())
    }

    /// The standards that came of traits, written or derived, and are not retired.
    pub fn converted(&self) -> impl Iterator<Item = &'a Standard> + use<'a> {
        self.alive().filter(|standard| !matches!(standard.origin, Origin::Handoff(_)))
    }
}
