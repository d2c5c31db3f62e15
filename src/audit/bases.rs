//! What answers are judged by: the editions that records name, and today's book where none is named.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rustc_hash::FxBuildHasher;

use super::table::TextTable;
use crate::book::Book;
use crate::edition::{Directory, Edition, Editions, Lineages};
use crate::method::{Standard, Standards};

/// The number of today's book among the bases.
pub(super) const TODAY: usize = 0;

/// One of them.
#[derive(Debug)]
pub(super) struct Basis<'a> {
    pub book: &'a Book,
    pub standards: &'a Standards,
    directory: Directory<'a>,
    /// The row of its first standard; see [`super::Item::row`].
    pub first: u32,
    /// For each of its standards the number of its id.
    pub numbers: Vec<u32>,
    /// The same the other way round.
    places: HashMap<u32, usize, FxBuildHasher>,
}

/// All of them.
#[derive(Debug)]
pub(super) struct Bases<'a> {
    /// First today's book, then editions.
    pub all: Vec<Basis<'a>>,
    /// What things of all of them are called now.
    pub names: Lineages,
    /// The ids of all standards by their numbers.
    pub ids: Vec<String>,
    numbers: HashMap<String, u32>,
    /// The names of the editions, from the first after today's book.
    editions: Vec<&'a str>,
    /// The name that today's book would have as an edition, where that matters.
    today: Option<String>,
    /// What was in force: from which day, which basis.
    in_force: Vec<(NaiveDate, usize)>,
}

/// A standard in one of the bases.
#[derive(Clone, Copy, Debug)]
pub(super) struct FoundStandard<'a> {
    pub standard: &'a Standard,
    pub row: u32,
    /// The number of its id.
    pub number: u32,
}

impl<'a> Basis<'a> {
    fn at(&self, place: usize) -> Option<FoundStandard<'a>> {
        let (standard, number) = (self.standards.all.get(place)?, *self.numbers.get(place)?);
        Some(FoundStandard { standard, row: self.first + place as u32, number })
    }
}

impl<'a> Bases<'a> {
    /// Today's book alone.
    pub fn of_today(book: &'a Book, standards: &'a Standards) -> Self {
        Bases::new(book, standards, &[], &Editions::default())
    }

    /// Today's book, and editions of it.
    pub fn new(book: &'a Book, standards: &'a Standards, read: &'a [Arc<Edition>], kept: &Editions) -> Self {
        let names = Lineages::of(book, standards, read.iter().map(Arc::as_ref));
        let today: Vec<String> = standards.all.iter().map(|standard| standard.id.name.clone()).collect();
        let mut numbers: HashMap<String, u32> = HashMap::with_capacity(today.len());
        for (number, id) in (0..).zip(&today) {
            numbers.entry(id.clone()).or_insert(number);
        }
        let mut ids = TextTable::after(today);
        let mut bases = Bases {
            all: Vec::new(),
            names,
            ids: Vec::new(),
            numbers,
            editions: Vec::new(),
            today: None,
            in_force: Vec::new(),
        };
        bases.all.push(Basis {
            book,
            standards,
            directory: Directory::new(book, standards),
            first: 0,
            numbers: (0..standards.all.len() as u32).collect(),
            places: HashMap::default(),
        });
        let mut first = standards.all.len() as u32;
        for edition in read {
            let number = |standard: &Standard| {
                let now = bases.names.standards.now(&standard.id.name);
                *bases.numbers.entry(now.to_owned()).or_insert_with(|| ids.place(now))
            };
            let numbers: Vec<u32> = edition.standards.all.iter().map(number).collect();
            let mut places = HashMap::with_capacity_and_hasher(numbers.len(), FxBuildHasher);
            for (place, number) in numbers.iter().enumerate() {
                places.entry(*number).or_insert(place);
            }
            let directory = Directory::of(&edition.standards);
            let (book, standards) = (&edition.book, &edition.standards);
            bases.all.push(Basis { book, standards, directory, first, numbers, places });
            bases.editions.push(&edition.name);
            first += edition.standards.all.len() as u32;
        }
        bases.ids = ids.into_list();
        let in_force = kept.issues.iter().filter_map(|issue| Some((issue.in_force, bases.named(&issue.edition)?)));
        bases.in_force = in_force.collect();
        bases
    }

    /// Today's book.
    pub fn today(&self) -> &Basis<'a> {
        &self.all[TODAY]
    }

    /// The directory of today's ids.
    pub fn directory(&self) -> &Directory<'a> {
        &self.today().directory
    }

    /// The edition of that name.
    pub fn named(&self, name: &str) -> Option<usize> {
        let kept = self.editions.iter().position(|edition| *edition == name).map(|place| place + 1);
        kept.or_else(|| (self.today.as_deref() == Some(name)).then_some(TODAY))
    }

    /// Says which edition today's book is, though it may not be kept.
    pub fn call_today(&mut self, name: Option<String>) {
        self.today = name;
    }

    /// The edition that was in force on a day.
    pub fn in_force(&self, day: NaiveDate) -> Option<usize> {
        self.in_force.iter().rev().find(|(from, _)| *from <= day).map(|(_, basis)| *basis)
    }

    /// The number of the standard that has or had that id in any of them.
    fn number(&self, id: &str) -> Option<u32> {
        self.numbers.get(self.names.standards.now(id)).copied()
    }

    /// The standard of that id in one of them.
    pub fn find(&self, basis: usize, id: &str) -> Option<FoundStandard<'a>> {
        let base = self.all.get(basis)?;
        let place = base.directory.find(id).or_else(|| match (basis, self.number(id)?) {
            (TODAY, number) => Some(number as usize).filter(|place| *place < base.standards.all.len()),
            (_, number) => base.places.get(&number).copied(),
        });
        base.at(place?)
    }

    /// The wording that a stamp names, in whichever holds it: in editions first, so that it stands when the book changes.
    pub fn wording(&self, id: &str, stamp: &str) -> Option<FoundStandard<'a>> {
        let all = (1..self.all.len()).chain([TODAY]);
        all.filter_map(|basis| self.find(basis, id)).find(|found| found.standard.stamp == stamp)
    }

    /// The standard of that id in whichever knows it: today's book first.
    pub fn any(&self, id: &str) -> Option<FoundStandard<'a>> {
        (0..self.all.len()).find_map(|basis| self.find(basis, id))
    }

    /// Today's stamp of a standard, by the number of its id.
    pub fn stamp_now(&self, number: u32) -> Option<&'a str> {
        self.today().standards.all.get(number as usize).map(|standard| standard.stamp.as_str())
    }
}
