//! All rules: those that run here, and those whose findings are made where the book and its records are read.

use std::sync::LazyLock;

use super::wording::{Hit, Sentence, Statement};
use super::{Subject, life, method, structure, translations, wording};
use crate::diag::{Code, Diagnostic, Rule};
use crate::{audit, book, edition, feedback, review};

/// How a rule looks at what it judges.
#[derive(Clone, Copy, Debug)]
pub(super) enum Run {
    /// On the book and its standards.
    Book(fn(&Subject<'_>, &mut Vec<Diagnostic>)),
    /// On the texts of one standard, one for each language.
    Texts(fn(&Subject<'_>, &[Sentence<'_>], &mut Vec<Diagnostic>)),
    /// On the text of one standard in one language.
    Text(fn(&Statement<'_>) -> Vec<Hit>),
}

/// A rule that runs here.
#[derive(Debug)]
pub(super) struct Check {
    /// The documentation.
    pub rule: &'static Rule,
    /// How it looks.
    pub run: Run,
}

impl Check {
    /// A rule that judges the book and its standards.
    pub(super) const fn book(rule: &'static Rule, run: fn(&Subject<'_>, &mut Vec<Diagnostic>)) -> Self {
        Check { rule, run: Run::Book(run) }
    }

    /// A rule that judges the texts of a standard together.
    pub(super) const fn texts(
        rule: &'static Rule,
        run: fn(&Subject<'_>, &[Sentence<'_>], &mut Vec<Diagnostic>),
    ) -> Self {
        Check { rule, run: Run::Texts(run) }
    }

    /// A rule that judges each text of a standard.
    pub(super) const fn text(rule: &'static Rule, run: fn(&Statement<'_>) -> Vec<Hit>) -> Self {
        Check { rule, run: Run::Text(run) }
    }
}

/// The rules that run here, group by group.
pub(super) static CHECKS: [&[Check]; 5] =
    [structure::CHECKS, method::CHECKS, wording::CHECKS, translations::CHECKS, life::CHECKS];

/// The documentation of all rules, in the order of their codes.
static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let elsewhere = [book::RULES, edition::RULES, audit::RULES, feedback::RULES, review::RULES].into_iter().flatten();
    let run = CHECKS.into_iter().flatten().map(|check| check.rule);
    let mut all: Vec<&Rule> = elsewhere.chain(run).chain([&translations::stale_translation::RULE]).collect();
    all.sort_by_key(|rule| rule.code);
    all
});

/// The documentation of all rules, group by group.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied()
}

/// The documentation of a rule. A test holds that every code has one.
pub fn rule(code: Code) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code).copied()
}

/// The rules that judge one text in one language, with what each finds there.
pub fn text_rules() -> impl Iterator<Item = (Code, fn(&Statement<'_>) -> Vec<Hit>)> {
    wording::CHECKS.iter().filter_map(|check| match check.run {
        Run::Text(run) => Some((check.rule.code, run)),
        Run::Book(_) | Run::Texts(_) => None,
    })
}
