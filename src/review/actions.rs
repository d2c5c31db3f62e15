//! What audits asked for and nobody has done yet.

use chrono::NaiveDate;

use crate::audit::{Action, Audits};

/// An action that is not done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenAction<'a> {
    /// Id of the standard that was not met.
    pub standard: &'a str,
    /// Id of the site.
    pub site: Option<&'a str>,
    /// What is to be done, by whom and by when.
    pub action: &'a Action,
}

impl OpenAction<'_> {
    /// Whether it should have been done before `today`.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.action.due.is_some_and(|due| due < today)
    }
}

/// The actions of the audits up to `today` that were not done by then, those due first in front.
pub fn open_actions(audits: &Audits, today: NaiveDate) -> Vec<OpenAction<'_>> {
    let records = audits.records.iter().filter(|record| record.moment.date <= today);
    let items = records.flat_map(|record| record.items.iter().map(move |item| (record, item)));
    let actions = items.filter_map(|(record, item)| {
        Some(OpenAction { standard: audits.id(item), site: record.site.as_deref(), action: item.action()? })
    });
    let mut open: Vec<OpenAction<'_>> =
        actions.filter(|open| open.action.done.is_none_or(|done| done > today)).collect();
    open.sort_by_key(|open| open.action.due.unwrap_or(NaiveDate::MAX));
    open
}
