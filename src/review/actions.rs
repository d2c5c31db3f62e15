//! What audits asked for and nobody has done yet.

use chrono::NaiveDate;

use crate::audit::Audits;

/// An action that is not done.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenAction {
    /// Id of the standard that was not met.
    pub standard: String,
    /// Id of the site.
    pub site: Option<String>,
    /// What will be done.
    pub what: String,
    /// Who sees to it.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<NaiveDate>,
    /// Whether it should have been done by now.
    pub overdue: bool,
}

/// The actions of the audits up to `today` that were not done by then, those due first in front.
pub fn open_actions(audits: &Audits, today: NaiveDate) -> Vec<OpenAction> {
    let mut open = Vec::new();
    for record in audits.records.iter().filter(|record| record.moment.date <= today) {
        for item in &record.items {
            let Some(action) = item.action().filter(|action| action.done.is_none_or(|done| done > today)) else {
                continue;
            };
            open.push(OpenAction {
                standard: audits.id(item).to_owned(),
                site: record.site.clone(),
                what: action.what.clone(),
                owner: action.owner.clone(),
                due: action.due,
                overdue: action.due.is_some_and(|due| due < today),
            });
        }
    }
    open.sort_by_key(|action| action.due.unwrap_or(NaiveDate::MAX));
    open
}
