//! What audits asked for and is not settled.

use chrono::NaiveDate;

use crate::audit::{Action, ActionState, Audits, Finding, findings};
use crate::method::Standards;

/// An action that is not done, or did not help.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenAction<'a> {
    /// Id of the standard that was not met.
    pub standard: &'a str,
    /// Id of the site.
    pub site: Option<&'a str>,
    /// What is to be done, by whom and by when.
    pub action: &'a Action,
    /// How far it has come.
    pub state: ActionState,
    /// The day on which the standard was not met again after it was done.
    pub came_back: Option<NaiveDate>,
}

impl OpenAction<'_> {
    /// Whether it should have been done by now.
    pub fn is_overdue(&self) -> bool {
        self.state == ActionState::Overdue
    }
}

/// The actions of the audits up to `today` that are not settled by then, those due first in front: not done, without effect, or
/// done and the finding came back.
pub fn open_actions<'a>(audits: &'a Audits, standards: &Standards, today: NaiveDate) -> Vec<OpenAction<'a>> {
    let all = findings(audits, standards);
    let open = |finding: &Finding<'a>| {
        let action = finding.item.action().filter(|_| finding.record.moment.date <= today)?;
        let came_back = finding.came_back.map(|later| all[later].record.moment.date).filter(|day| *day <= today);
        let state = as_of(action, today).state(today);
        let is_open = match state {
            ActionState::Overdue | ActionState::Open | ActionState::WithoutEffect => true,
            ActionState::Done | ActionState::Verified => came_back.is_some(),
        };
        let (standard, site) = (audits.id(finding.item), finding.record.site.as_deref());
        is_open.then_some(OpenAction { standard, site, action, state, came_back })
    };
    let mut open: Vec<OpenAction<'a>> = all.iter().filter_map(open).collect();
    open.sort_by_key(|open| open.action.due.unwrap_or(NaiveDate::MAX));
    open
}

/// An action as it stood on a day: what was done later was not done yet.
pub fn as_of(action: &Action, day: NaiveDate) -> Action {
    let by_then = |when: Option<NaiveDate>| when.filter(|when| *when <= day);
    let (done, verified) = (by_then(action.done), by_then(action.verified));
    let effective = action.effective.filter(|_| verified.is_some() || action.verified.is_none());
    Action { done, verified, effective, ..action.clone() }
}
