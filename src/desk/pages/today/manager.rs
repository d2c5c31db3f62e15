//! What a manager has to do: what failed last time, what is to be done about it, and what nobody else has yet.

use super::{Lines, MAX_LISTED};
use crate::audit::{ActionState, Record, Verdict, findings};
use crate::book::Language;
use crate::desk::book::Opened;
use crate::desk::pages::review::unfit_to_tell;
use crate::desk::pages::rounds::{owner_title, site_title};
use crate::desk::server::DeskState;
use crate::language::Interface;
use crate::method::Standard;

pub(super) fn lines(lines: &mut Lines, inside: &DeskState, opened: &Opened, words: &Interface) {
    if !opened.errors.is_empty() {
        lines.add("/writing", true, words.say(&unfit_to_tell(opened.errors.len())));
    }
    let failed = failed(opened);
    let (critical, others): (Vec<&Failed<'_>>, Vec<&Failed<'_>>) =
        failed.iter().partition(|failed| failed.standard.critical);
    critical.into_iter().for_each(|failed| add(lines, opened, words, failed));
    actions(lines, inside, opened, words, ActionState::Overdue);
    others.into_iter().take(MAX_LISTED).for_each(|failed| add(lines, opened, words, failed));
    actions(lines, inside, opened, words, ActionState::Open);
    if let Some(unshared) = opened.unshared().filter(|unshared| *unshared > 0) {
        lines.add("/rounds", false, words.count("desk.unshared", unshared));
    }
}

/// What is to be done about findings, in that state.
fn actions(lines: &mut Lines, inside: &DeskState, opened: &Opened, words: &Interface, wanted: ActionState) {
    let today = inside.shelf.today();
    let all = findings(&opened.records.audits, &opened.project.standards);
    let actions = all.iter().filter_map(|finding| finding.action());
    for action in actions.filter(|action| action.state(today) == wanted).take(MAX_LISTED) {
        let due = action.due.map(|day| words.date(day)).unwrap_or_default();
        let owner = action.owner.as_deref().map(|owner| owner_title(opened, owner, words)).unwrap_or_default();
        let is_overdue = wanted == ActionState::Overdue;
        let state = words.text(if is_overdue { "desk.late" } else { "desk.to-do" });
        lines.add_with("/actions", is_overdue, &*action.what, &[state, &owner, &due]);
    }
}

/// A standard that was not met in the last round of a site.
struct Failed<'a> {
    standard: &'a Standard,
    record: &'a Record,
}

/// What was not met in the last round of each site, in the order of the book.
fn failed(opened: &Opened) -> Vec<Failed<'_>> {
    let (audits, standards) = (&opened.records.audits, &opened.project.standards);
    let mut last: Vec<&Record> = Vec::new();
    for record in &audits.records {
        match last.iter_mut().find(|known| known.site == record.site) {
            Some(known) if known.moment.date <= record.moment.date => *known = record,
            Some(_) => {}
            None => last.push(record),
        }
    }
    let mut failed: Vec<(usize, Failed<'_>)> = Vec::new();
    for record in last {
        audits.each_unit(
            standards,
            |other| other.file == record.file,
            |_, _| true,
            |_, unit, _| {
                let place = unit.standard as usize;
                if unit.verdict == Verdict::NotMet
                    && let Some(standard) = standards.all.get(place)
                {
                    failed.push((place, Failed { standard, record }));
                }
            },
        );
    }
    failed.sort_by_key(|(place, _)| *place);
    failed.into_iter().map(|(_, failed)| failed).collect()
}

/// Says that a standard was not met, where and when.
fn add(lines: &mut Lines, opened: &Opened, words: &Interface, failed: &Failed<'_>) {
    let Failed { standard, record } = failed;
    let text = standard.text.best(&Language::new(words.tag()), opened.project.loaded.book.source_language());
    let text = text.map_or(standard.id.name.as_str(), |worded| worded.text.as_str());
    let site = record.site.as_deref().map(|site| site_title(opened, site, words)).unwrap_or_default();
    let label = words.text(if standard.critical { "desk.failed-critical" } else { "desk.failed" });
    let about = [label, &site, &words.date(record.moment.date)];
    lines.add_with(&format!("/standards/{}", standard.id.name), standard.critical, text, &about);
}
