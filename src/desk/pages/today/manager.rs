//! What a manager has to do: what failed last time, what is to be done about it, and what nobody else has yet.

use std::collections::BTreeMap;

use super::{Lines, MAX_LISTED};
use crate::audit::{ActionState, Record, Verdict, findings};
use crate::book::Status;
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

/// A standard that was not met when a site was last asked about it.
struct Failed<'a> {
    standard: &'a Standard,
    record: &'a Record,
}

/// What was not met when it was last judged at its site, in the order of the book. A round about other standards, or one in
/// which nobody saw it, puts nothing right.
fn failed(opened: &Opened) -> Vec<Failed<'_>> {
    let (audits, standards) = (&opened.records.audits, &opened.project.standards);
    let mut last: BTreeMap<(usize, Option<&str>), (&Record, Verdict)> = BTreeMap::new();
    audits.each_unit(
        standards,
        |_| true,
        |_, _| true,
        |first, unit, _| {
            if !matches!(unit.verdict, Verdict::Met | Verdict::NotMet | Verdict::Disputed) {
                return;
            }
            let record = audits.records.get(unit.record).unwrap_or(first);
            let judged = last.entry((unit.standard as usize, record.site.as_deref())).or_insert((record, unit.verdict));
            let is_worse = record.moment == judged.0.moment && unit.verdict == Verdict::NotMet;
            if record.moment > judged.0.moment || is_worse {
                *judged = (record, unit.verdict);
            }
        },
    );
    let failed = last.into_iter().filter(|(_, (_, verdict))| *verdict == Verdict::NotMet);
    let failed = failed.filter_map(|((place, _), (record, _))| {
        let standard = standards.all.get(place).filter(|standard| standard.status == Status::Active)?;
        Some(Failed { standard, record })
    });
    failed.collect()
}

/// Says that a standard was not met, where and when.
fn add(lines: &mut Lines, opened: &Opened, words: &Interface, failed: &Failed<'_>) {
    let Failed { standard, record } = failed;
    let text = opened.text(&standard.text, words).unwrap_or(&standard.id.name);
    let site = record.site.as_deref().map(|site| site_title(opened, site, words)).unwrap_or_default();
    let label = words.text(if standard.critical { "desk.failed-critical" } else { "desk.failed" });
    let about = [label, &site, &words.date(record.moment.date)];
    lines.add_with(&format!("/standards/{}", standard.id.name), standard.critical, text, &about);
}
