//! Finding a standard by any id that it has, or had: what records of audits and reviews are resolved by.

use std::collections::HashMap;

use crate::book::Book;
use crate::method::{Standard, Standards};

/// The standards by id and former id. A name in use beats a former one.
#[derive(Debug)]
pub struct Directory<'a> {
    book: &'a Book,
    places: HashMap<&'a str, usize>,
}

impl<'a> Directory<'a> {
    /// The directory of a book's standards.
    pub fn new(book: &'a Book, standards: &'a Standards) -> Self {
        let all = || standards.all.iter().enumerate();
        let mut places = HashMap::with_capacity(standards.all.len());
        for (at, standard) in all() {
            places.entry(standard.id.name.as_str()).or_insert(at);
        }
        for (at, standard) in all() {
            for former in &standard.id.was {
                places.entry(former.as_str()).or_insert(at);
            }
        }
        Directory { book, places }
    }

    /// The place in [`Standards::all`] of the standard that has, or had, that id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// Whether the id means something to the book though no standard has it: a derived standard of a phase and a pattern
    /// that are there, which is written out or waived by now.
    pub fn is_latent(&self, id: &str) -> bool {
        let mut parts = id.splitn(3, '.');
        let (Some(phase), Some(of_trait), Some(pattern)) = (parts.next(), parts.next(), parts.next()) else {
            return false;
        };
        let mut phases = self.book.sequences.iter().flat_map(|sequence| &sequence.phases);
        phases.any(|one| one.id.is_or_was(phase))
            && self.book.trait_of(of_trait).is_some_and(|one| one.patterns.iter().any(|one| one.id.is_or_was(pattern)))
    }

    /// The known id that a mistyped one most likely stands for.
    pub fn nearest(&self, id: &str, standards: &'a Standards) -> Option<&'a str> {
        crate::text::nearest(id, standards.all.iter().map(|one: &Standard| one.id.name.as_str()))
    }
}

/// An id with the stamp that may follow it: `ID@STAMP`.
pub fn split_stamp(reference: &str) -> (&str, Option<&str>) {
    match reference.rsplit_once('@') {
        Some((id, stamp)) => (id, Some(stamp)),
        None => (reference, None),
    }
}

/// Whether a text has the form of a stamp.
pub fn is_stamp(text: &str) -> bool {
    text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
