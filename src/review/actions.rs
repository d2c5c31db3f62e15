//! What audits asked for and is not settled.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::audit::{Action, ActionState, Answer, Audits, Finding, findings};
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
    /// Whether whoever looked at the standard there last found it met, by all who judged it that day.
    pub met_since: bool,
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
    let places: HashSet<StandardAtSite<'_>> =
        all.iter().filter(|open| open.item.action().is_some()).map(place).collect();
    let last = last_seen(audits, &places, today);
    let open = |finding: &Finding<'a>| {
        let action = finding.action().filter(|_| finding.record.moment.date <= today)?;
        let came_back = finding.came_back.map(|later| all[later].record.moment.date).filter(|day| *day <= today);
        let state = as_of(action, today).state(today);
        let is_open = match state {
            ActionState::Overdue | ActionState::Open | ActionState::WithoutEffect => true,
            ActionState::Done | ActionState::Verified => came_back.is_some(),
        };
        let (standard, site) = (audits.id(finding.item), finding.record.site.as_deref());
        let met_since =
            last.get(&place(finding)).is_some_and(|(day, is_met)| *is_met && *day > finding.record.moment.date);
        is_open.then_some(OpenAction { standard, site, action, state, came_back, met_since })
    };
    let mut open: Vec<OpenAction<'a>> = all.iter().filter_map(open).collect();
    open.sort_by_key(|open| open.action.due.unwrap_or(NaiveDate::MAX));
    open
}

/// A standard at a site.
type StandardAtSite<'a> = (Option<&'a str>, u32);

fn place<'a>(finding: &Finding<'a>) -> StandardAtSite<'a> {
    (finding.record.site.as_deref(), finding.item.standard)
}

/// The last day up to `today` on which each of these standards was judged at its site, and whether all who judged it found it met.
fn last_seen<'a>(
    audits: &'a Audits,
    places: &HashSet<StandardAtSite<'_>>,
    today: NaiveDate,
) -> HashMap<StandardAtSite<'a>, (NaiveDate, bool)> {
    let mut last: HashMap<StandardAtSite<'a>, (NaiveDate, bool)> = HashMap::new();
    for record in audits.records.iter().filter(|record| record.moment.date <= today) {
        let day = record.moment.date;
        for item in record.items.iter().filter(|item| item.is_judged()) {
            let place = (record.site.as_deref(), item.standard);
            if !places.contains(&place) {
                continue;
            }
            let is_met = item.answer == Answer::Met;
            let seen = last.entry(place).or_insert((day, true));
            *seen = if seen.0 < day { (day, is_met) } else { (day, seen.1 && is_met) };
        }
    }
    last
}

/// An action as it stood on a day: what was done later was not done yet.
pub fn as_of(action: &Action, day: NaiveDate) -> Action {
    let by_then = |when: Option<NaiveDate>| when.filter(|when| *when <= day);
    let (done, verified) = (by_then(action.done), by_then(action.verified));
    let effective = action.effective.filter(|_| verified.is_some() || action.verified.is_none());
    let evidence = if done.is_some() { action.evidence.clone() } else { Vec::new() };
    Action { done, evidence, verified, effective, ..action.clone() }
}
