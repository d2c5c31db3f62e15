//! What a manager has to do: what failed last time, what is to be done about it, and what nobody else has yet.

use super::{Lines, MAX_LISTED};
use crate::audit::{ActionState, Finding, Record, Verdict, findings};
use crate::book::Language;
use crate::desk::book::Opened;
use crate::desk::pages::rounds::{owner_title, site_title};
use crate::desk::server::Inside;
use crate::language::Interface;

pub(super) fn lines(lines: &mut Lines, inside: &Inside, opened: &Opened, words: &Interface) {
    failed(lines, opened, words);
    let (project, today) = (&opened.project, inside.shelf.today());
    let all = findings(&opened.records.audits, &project.standards);
    let state = |finding: &&Finding<'_>| finding.item.action().map(|action| action.state(today));
    for wanted in [ActionState::Overdue, ActionState::Open] {
        for finding in all.iter().filter(|finding| state(finding) == Some(wanted)).take(MAX_LISTED) {
            let Some(action) = finding.item.action() else { continue };
            let due = action.due.map(|day| words.date(day)).unwrap_or_default();
            let owner = action.owner.as_deref().map(|owner| owner_title(opened, owner, words)).unwrap_or_default();
            let state = words.text(if wanted == ActionState::Overdue { "desk.late" } else { "desk.to-do" });
            lines.add_with("/actions", wanted == ActionState::Overdue, &*action.what, &[state, &owner, &due]);
        }
    }
    if let Some(unshared) = opened.unshared().filter(|unshared| *unshared > 0) {
        lines.add("/rounds", false, words.count("desk.unshared", unshared));
    }
}

/// What was not met in the last round of each site, what is critical first.
fn failed(lines: &mut Lines, opened: &Opened, words: &Interface) {
    let (audits, standards) = (&opened.records.audits, &opened.project.standards);
    let book = &opened.project.loaded.book;
    let mut last: Vec<&Record> = Vec::new();
    for record in &audits.records {
        match last.iter_mut().find(|known| known.site == record.site) {
            Some(known) if known.moment.date <= record.moment.date => *known = record,
            Some(_) => {}
            None => last.push(record),
        }
    }
    let mut failed: Vec<(bool, usize, &Record)> = Vec::new();
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
                    failed.push((standard.critical, place, record));
                }
            },
        );
    }
    failed.sort_by_key(|(critical, place, _)| (!critical, *place));
    let critical = failed.iter().filter(|(critical, ..)| *critical).count();
    for (is_critical, place, record) in failed.iter().take(MAX_LISTED.max(critical)) {
        let Some(standard) = standards.all.get(*place) else { continue };
        let text = standard.text.best(&Language::new(words.tag()), book.source_language());
        let text = text.map_or(standard.id.name.as_str(), |worded| worded.text.as_str());
        let site = record.site.as_deref().map(|site| site_title(opened, site, words)).unwrap_or_default();
        let day = words.date(record.moment.date);
        let label = words.text(if *is_critical { "desk.failed-critical" } else { "desk.failed" });
        lines.add_with(&format!("/standards/{}", standard.id.name), *is_critical, text, &[label, &site, &day]);
    }
}
