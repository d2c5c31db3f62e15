//! What the tables are filled from: the book with its records, and each standard of today and of every edition with the names
//! that its things have now.

use chrono::NaiveDate;

use super::DataOptions;
use crate::audit::{Audits, Item, Record};
use crate::book::{Book, Site, Text};
use crate::method::{Standard, Standards};
use crate::project::{Project, Records};
use crate::source::FileId;

/// Everything that tables are filled from.
pub(super) struct Rows<'a> {
    pub opened: &'a Project,
    pub records: &'a Records,
    pub options: DataOptions<'a>,
    /// The standards of today's book, then those of each edition; see [`Item::row`].
    pub all: Vec<EditionStandard<'a>>,
}

/// A standard where it stood.
pub(super) struct EditionStandard<'a> {
    pub standard: &'a Standard,
    /// The edition; none for the book as it stands.
    pub edition: Option<&'a str>,
    pub id: &'a str,
    pub sequence: Option<&'a str>,
    pub phase: Option<&'a str>,
    /// `PHASE.STEP`.
    pub step: Option<String>,
    pub area: Option<&'a str>,
}

impl<'a> Rows<'a> {
    pub(super) fn of(opened: &'a Project, records: &'a Records, options: DataOptions<'a>) -> Self {
        let audits = &records.audits;
        let today = (None, &opened.loaded.book, &opened.standards);
        let editions =
            audits.editions.iter().map(|edition| (Some(edition.name.as_str()), &edition.book, &edition.standards));
        let places = |(edition, book, standards): (Option<&'a str>, &'a Book, &'a Standards)| {
            standards.all.iter().map(move |standard| place(audits, edition, book, standard))
        };
        let all = std::iter::once(today).chain(editions).flat_map(places).collect();
        Rows { opened, records, options, all }
    }

    pub(super) fn audits(&self) -> &'a Audits {
        &self.records.audits
    }

    pub(super) fn book(&self) -> &'a Book {
        &self.opened.loaded.book
    }

    /// Today's book and the editions, each with its name and its number (see [`Record::basis`]).
    pub(super) fn bases(&self) -> impl Iterator<Item = (usize, Option<&'a str>, &'a Book, &'a Standards)> {
        let today = (0, None, self.book(), &self.opened.standards);
        let editions = self.audits().editions.iter().enumerate();
        let editions = editions
            .map(|(place, edition)| (place + 1, Some(edition.name.as_str()), &edition.book, &edition.standards));
        std::iter::once(today).chain(editions)
    }

    /// The name of a record: its path below `audits/` without the ending.
    pub(super) fn name(&self, file: FileId) -> &'a str {
        let path = self.opened.loaded.sources.get(file).path.as_str();
        let inner = path.strip_prefix("audits/").unwrap_or(path);
        inner.strip_suffix(".yaml").or_else(|| inner.strip_suffix(".yml")).unwrap_or(inner)
    }

    /// The edition that a record counts by.
    pub(super) fn edition(&self, record: &'a Record) -> Option<&'a str> {
        let place = record.basis.checked_sub(1);
        let edition = place.and_then(|place| self.audits().editions.get(place)).map(|edition| edition.name.as_str());
        edition.or(record.edition.as_deref())
    }

    /// The stamp of the wording that was judged: as the answer names it, else as its edition has it.
    pub(super) fn stamp(&self, former: Option<u32>, row: u32) -> Option<&'a str> {
        let former = former.map(|stamp| self.audits().stamps.get(stamp as usize).map(String::as_str));
        former.unwrap_or_else(|| self.all.get(row as usize).map(|place| place.standard.stamp.as_str()))
    }

    /// The same of an answer.
    pub(super) fn stamp_of(&self, item: &Item) -> Option<&'a str> {
        self.stamp(item.wording.former(), item.row)
    }

    /// A text in the source language.
    pub(super) fn text(&self, text: &'a Text) -> Option<&'a str> {
        self.book().in_source(text).filter(|text| !text.is_empty())
    }

    /// The site of a book that is called so now.
    pub(super) fn site_in(&self, book: &'a Book, name: &str) -> Option<&'a Site> {
        book.sites.iter().find(|site| self.audits().names.sites.now(&site.id.name) == name)
    }
}

/// The time of a record, as `14:30`.
pub(super) fn time(record: &Record) -> Option<String> {
    record.moment.time.map(|time| time.format("%H:%M").to_string())
}

/// A day where there is one.
pub(super) fn day(day: Option<NaiveDate>) -> super::column::Value<'static> {
    day.into()
}

fn place<'a>(
    audits: &'a Audits,
    edition: Option<&'a str>,
    book: &'a Book,
    standard: &'a Standard,
) -> EditionStandard<'a> {
    let names = &audits.names;
    let sequence = book.sequences.get(standard.sequence);
    let phase = sequence.and_then(|sequence| sequence.phases.get(standard.phase));
    let step = phase.and_then(|phase| Some((phase, phase.steps.get(standard.step?)?)));
    let step = step.map(|(phase, step)| format!("{}.{}", phase.id.name, step.id.name));
    EditionStandard {
        standard,
        edition,
        id: names.standards.now(&standard.id.name),
        sequence: sequence.map(|sequence| names.sequences.now(&sequence.id.name)),
        phase: phase.map(|phase| names.phases.now(&phase.id.name)),
        step: step.map(|step| names.steps.now(&step).to_owned()),
        area: sequence.and_then(|sequence| sequence.area.as_deref()).map(|area| names.areas.now(area)),
    }
}
