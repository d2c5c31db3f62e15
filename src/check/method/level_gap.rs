//! `level-gap`: the levels are a ladder, and this one lacks a rung.

use super::levels::{gaps, help};
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// Exclusive standards without expected ones, or expected without basic.
pub static RULE: Rule = Rule {
    code: Code::LevelGap,
    summary: "A phase with exclusive standards but no expected ones, or with expected but no basic ones",
    why: "The levels are a ladder. An exclusive gesture on a broken basic is worth nothing, so no level counts as reached \
          while a lower one is not. A phase that lacks a rung can never reach the higher one.",
    bad: "- id: check-in\n  standards:\n    - id: welcome-drink\n      level: exclusive\n    - id: greet-within-10s\n      \
          level: basic",
    good: "- id: check-in\n  standards:\n    - id: welcome-drink\n      level: exclusive\n    - id: name-used\n      level: \
           expected\n    - id: greet-within-10s\n      level: basic",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for view in &subject.phases {
        if !view.is_whole || view.converted().next().is_none() {
            continue;
        }
        for level in gaps(view) {
            let higher = view.alive().filter(|standard| standard.level > level).min_by_key(|standard| standard.level);
            let Some(higher) = higher else { continue };
            let phase = &view.phase.id.name;
            let message = say!(
                "the phase `{phase}` has {higher} standards but no {level} ones",
                phase,
                higher = higher.level,
                level
            );
            let finding = Diagnostic::new(Code::LevelGap, view.phase.id.span, message).help(help(view, level));
            let related = say!("this standard is {level}", level = higher.level);
            findings.push(finding.related(higher.id.span, related));
        }
    }
}
