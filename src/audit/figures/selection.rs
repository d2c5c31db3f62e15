//! Which records and items are wanted.

use std::collections::HashMap;

use chrono::{Datelike, Months, NaiveDate};

use super::groups::{Duties, GroupKeys};
use crate::audit::{Action, Audits, Item, Record};
use crate::book::{Book, Site};
use crate::edition::Filter;
use crate::method::Standards;

/// Which records and items are asked for.
#[derive(Clone, Copy, Debug)]
pub struct RecordSelection<'a> {
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
    pub wanted: RecordSelection<'a>,
    pub(super) places: GroupKeys,
    /// Who does what: by what a record is counted by, then by its site.
    duties: HashMap<usize, HashMap<Option<String>, Duties>>,
}

impl RecordSelection<'_> {
    /// The period of the same length just before the one asked for, where that has a beginning and an end: of whole months as
    /// many months, so that a year is compared with the year before, leap years too; else as many days.
    pub(super) fn period_before(&self) -> Option<(NaiveDate, NaiveDate)> {
        let (from, to) = (self.from?, self.to?);
        let (last, end) = (from.pred_opt()?, to.succ_opt()?);
        let months = (end.year() - from.year()) * 12 + end.month() as i32 - from.month() as i32;
        let months = u32::try_from(months).ok().filter(|months| *months > 0 && from.day() == end.day());
        let by_months = months.and_then(|months| from.checked_sub_months(Months::new(months)));
        let first = by_months.or_else(|| last.checked_sub_signed(to.signed_duration_since(from)))?;
        (from <= to).then_some((first, last))
    }

    /// Whether a record is of the site asked for.
    pub fn is_here(&self, record: &Record) -> bool {
        self.site.is_none_or(|site| record.site.as_deref() == Some(site))
    }

    /// Whether a day lies in the period asked for.
    pub(super) fn holds(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

impl<'a> Selection<'a> {
    /// Works out what is wanted of these records.
    pub fn of(book: &Book, standards: &Standards, audits: &Audits, wanted: RecordSelection<'a>) -> Self {
        let is_meant = |record: &&Record| wanted.is_here(record) && wanted.holds(record.moment.date);
        let told = audits.records.iter().rfind(is_meant).map_or(0, |last| last.basis);
        let places = GroupKeys::of(book, standards, audits, wanted.filter, told);
        let mut duties: HashMap<usize, HashMap<Option<String>, Duties>> = HashMap::new();
        for record in &audits.records {
            let of_basis = duties.entry(record.basis).or_default();
            if !of_basis.contains_key(&record.site) {
                let book = audits.book_of(book, record);
                let is_there = |site: &&Site| Some(audits.names.sites.now(&site.id.name)) == record.site.as_deref();
                let site = book.sites.iter().find(is_there);
                of_basis.insert(
                    record.site.clone(),
                    Duties::of(book, site, (wanted.filter, wanted.site.is_some()), &places, &audits.names),
                );
            }
        }
        Selection { wanted, places, duties }
    }

    /// Whether a record counts: its site and its day. A site that nothing knows is a slip, and no place of its own.
    pub fn counts(&self, record: &Record) -> bool {
        record.is_placed && self.wanted.is_here(record) && self.wanted.holds(record.moment.date)
    }

    /// How many records of the period were withdrawn.
    pub fn withdrawn(&self, audits: &Audits) -> usize {
        let is_here = |site: &Option<String>| self.wanted.site.is_none_or(|wanted| site.as_deref() == Some(wanted));
        audits.withdrawn.iter().filter(|record| is_here(&record.site) && self.wanted.holds(record.date)).count()
    }

    /// Whether an action belongs to the period: found in it, or found earlier and still open when it began.
    pub fn holds_action(&self, record: &Record, action: &Action) -> bool {
        let is_open = |from: NaiveDate| action.settled().is_none_or(|day| from <= day);
        let (found, wanted) = (record.moment.date, &self.wanted);
        wanted.is_here(record)
            && wanted.to.is_none_or(|to| found <= to)
            && wanted.from.is_none_or(|from| from <= found || is_open(from))
    }

    /// Whether the filter picks an item, as its record's edition has it, at the record's site. What nothing knows is picked
    /// where nothing is filtered.
    pub fn picks(&self, record: &Record, item: &Item) -> bool {
        let Some(place) = self.places.rows.get(item.row as usize) else { return self.wanted.filter.picks_all() };
        place.fits && self.duties(record).is_some_and(|duties| duties.picks(&place.roles))
    }

    /// Who did what at a record's site, by its edition.
    pub(super) fn duties(&self, record: &Record) -> Option<&Duties> {
        self.duties.get(&record.basis)?.get(&record.site)
    }
}
