//! Which records and items are wanted.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::groups::{Duties, GroupKeys};
use crate::audit::{Audits, Record};
use crate::book::Book;
use crate::edition::Filter;
use crate::method::Standards;

/// Which records and items are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Only this site's records, by id.
    pub site: Option<&'a str>,
    /// Only these standards; see [`Filter`].
    pub filter: &'a Filter,
    /// Only from this day on.
    pub from: Option<NaiveDate>,
    /// Only up to this day.
    pub to: Option<NaiveDate>,
    /// Whether persons' figures are wanted.
    pub staff: bool,
}

/// What is asked for, worked out for the records there are.
#[derive(Debug)]
pub struct Selection<'a> {
    /// What was asked for.
    pub wanted: Wanted<'a>,
    pub(super) places: GroupKeys,
    /// Who does what, by site.
    duties: BTreeMap<Option<String>, Duties>,
}

impl Wanted<'_> {
    /// The period of the same length just before the one asked for, where that has a beginning and an end.
    pub(super) fn period_before(&self) -> Option<(NaiveDate, NaiveDate)> {
        let (from, to) = (self.from?, self.to?);
        let last = from.pred_opt()?;
        let first = last.checked_sub_signed(to.signed_duration_since(from))?;
        (from <= to).then_some((first, last))
    }

    /// Whether a record is of the site asked for.
    pub(super) fn is_here(&self, record: &Record) -> bool {
        self.site.is_none_or(|site| record.site.as_deref() == Some(site))
    }

    /// Whether a day lies in the period asked for.
    pub(super) fn holds(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

impl<'a> Selection<'a> {
    /// Works out what is wanted of these records.
    pub fn of(book: &Book, standards: &Standards, audits: &Audits, wanted: Wanted<'a>) -> Self {
        let places = GroupKeys::of(book, standards, wanted.filter);
        let mut duties: BTreeMap<Option<String>, Duties> = BTreeMap::new();
        for record in &audits.records {
            if !duties.contains_key(&record.site) {
                let site = record.site.as_deref().and_then(|site| book.site(site));
                duties.insert(record.site.clone(), Duties::of(book, site, wanted.filter, &places));
            }
        }
        Selection { wanted, places, duties }
    }

    /// Whether a record counts: its site and its day.
    pub fn counts(&self, record: &Record) -> bool {
        self.wanted.is_here(record) && self.wanted.holds(record.moment.date)
    }

    /// Whether the filter picks a standard, by the number of its id, at a record's site. What the book no longer knows is
    /// picked where nothing is filtered.
    pub fn picks(&self, record: &Record, standard: u32) -> bool {
        let Some(place) = self.places.standards.get(standard as usize) else { return self.wanted.filter.picks_all() };
        place.fits && self.duties.get(&record.site).is_some_and(|duties| duties.picks(&place.roles))
    }

    /// Who does what at a record's site.
    pub(super) fn duties(&self, record: &Record) -> Option<&Duties> {
        self.duties.get(&record.site)
    }
}
