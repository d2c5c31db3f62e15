//! `missing-level`: a phase that stops short of the level it aims at.

use super::levels::{gaps, help, is_filled, is_waived};
use crate::book::Level;
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// A phase that lacks a level up to its target.
pub static RULE: Rule = Rule {
    code: Code::MissingLevel,
    summary: "A phase without any standard of a level up to its target",
    why: "A phase that aims at *expected* needs standards that say what the customer may expect, beside those of the norm \
          of the market. Without them the level can be neither trained nor scored. Add some, lower the phase's `target`, \
          or say in `waive` why the level is left blank.",
    bad: "- id: check-in\n  target: expected\n  standards:\n    - id: greet-within-10s\n      level: basic",
    good: "- id: check-in\n  target: expected\n  standards:\n    - id: greet-within-10s\n      level: basic\n    - id: \
           name-used\n      level: expected",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for view in &subject.phases {
        if !view.is_whole || view.converted().next().is_none() {
            continue;
        }
        let target = view.phase.target;
        let gaps = gaps(view);
        let wanted = Level::ALL.iter().copied().filter(|level| *level <= target && !gaps.contains(level));
        for level in wanted.filter(|level| !is_filled(view, *level) && !is_waived(view, *level)) {
            let phase = &view.phase.id.name;
            let message =
                say!("the phase `{phase}` aims at {target} but has no {level} standard", phase, target, level);
            findings.push(Diagnostic::new(Code::MissingLevel, view.phase.id.span, message).help(help(view, level)));
        }
    }
}
