//! Checking: [`Book`](crate::book::Book) + [`Standards`] → [`Diagnostic`]s. Nothing here writes.
//!
//! A rule is one file in the folder of its group ([`Rule`]: code, severity, documentation, the check) and one line in
//! [`RULES`]. [`check`] joins what reading found with what the rules find, gives every finding the severity that the
//! manifest asks for, and drops what an entry's `allow` permits.

mod explain;
mod life;
mod method;
mod register;
mod rule;
mod structure;
mod subject;
mod translations;
pub mod wording;

pub use explain::{explain, table};
pub use register::RULES;
pub use rule::{Check, Group, Rule, nearest_rule, rule};
pub use subject::{PhaseView, Subject};

use rayon::prelude::*;

use self::wording::{Sentence, StaffNouns};
use crate::book::{Allow, Loaded, Spanned};
use crate::diag::{Diagnostic, Severities, Severity, Sink};
use crate::method::Standards;
use crate::source::{History, HistoryFault};

/// All findings on a book without its records, by file and place: those of reading it and those of every rule that is
/// not switched off.
pub fn check(loaded: &Loaded, standards: &Standards) -> Vec<Diagnostic> {
    check_with_records(loaded, standards, Vec::new())
}

/// All findings on a book and its records. What reading and judging the records found (`records`, of any severity) gets
/// the severity of its rule as the manifest has it.
pub fn check_with_records(loaded: &Loaded, standards: &Standards, records: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let nouns = StaffNouns::of(&loaded.book);
    let subject = Subject::new(loaded, standards, &nouns);
    let mut severities = Severities::default();
    for (code, severity) in &loaded.book.rules {
        // What is unknown, or is not the manifest's to change, is a finding of `unknown-rule`.
        if let Some(rule) = rule(&code.value).filter(|rule| rule.group != Group::Structure) {
            severities.set(rule.code, *severity);
        }
    }
    let of_rule = |rule: &&'static Rule| {
        if subject.lacks_manifest() && rule.group != Group::Structure {
            return (Severity::Off, Vec::new());
        }
        let severity = severities.of(rule.code, rule.severity);
        let mut found = if severity == Severity::Off { Vec::new() } else { findings(rule, &subject) };
        if rule.group != Group::Structure {
            found.retain(|finding| !is_allowed(&loaded.book.allows, finding));
        }
        (severity, found)
    };
    let found: Vec<(Severity, Vec<Diagnostic>)> = RULES.par_iter().map(of_rule).collect();
    let mut sink = Sink::default();
    sink.add(Severity::Error, loaded.found.iter().cloned());
    // What stands in a file that could not be read is not unknown, and nothing can be said against an answer to it.
    let follows = |finding: &Diagnostic| finding.code.starts_with("unknown-") || finding.code == "bad-answer";
    let lacks_files = subject.lacks_files();
    for finding in records.into_iter().filter(|finding| !lacks_files || !follows(finding)) {
        let is_structure = rule(finding.code).is_none_or(|rule| rule.group == Group::Structure);
        if !is_structure && is_allowed(&loaded.book.allows, &finding) {
            continue;
        }
        let default = rule(finding.code).map_or(Severity::Error, |rule| rule.severity);
        sink.add(severities.of(finding.code, default), [finding]);
    }
    for (severity, found) in found {
        sink.add(severity, found);
    }
    sink.finish()
}

/// What the rules that look into the past find: to be handed to [`check_with_records`]. Nothing is asked of the past where
/// those rules are switched off.
///
/// # Errors
/// What kept the history from answering.
pub fn of_history(history: &dyn History, loaded: &Loaded) -> Result<Vec<Diagnostic>, HistoryFault> {
    let of_rule = |code: &(Spanned<String>, Severity)| code.0.value == translations::stale_translation::RULE.code;
    match loaded.book.rules.iter().rev().find(|code| of_rule(code)) {
        Some((_, Severity::Off)) => Ok(Vec::new()),
        _ => translations::stale_translation::stale_translations(history, loaded),
    }
}

/// What one rule finds.
fn findings(rule: &Rule, subject: &Subject<'_>) -> Vec<Diagnostic> {
    match rule.check {
        Check::Reading | Check::Records | Check::History => Vec::new(),
        Check::Book(check) => {
            let mut found = Vec::new();
            check(subject, &mut found);
            found
        }
        Check::Text(check) => {
            let of = |sentence: &Sentence<'_>| -> Vec<Diagnostic> {
                let hits = check(&sentence.statement).into_iter();
                hits.map(|hit| sentence.finding(rule.code, subject.sources, hit)).collect()
            };
            subject.sentences.par_iter().flat_map_iter(of).collect()
        }
    }
}

/// Whether the entry that a finding stands in may break its rule.
fn is_allowed(allows: &[Allow], finding: &Diagnostic) -> bool {
    let holds = |allow: &&Allow| {
        allow.span.file == finding.span.file
            && allow.span.start <= finding.span.start
            && finding.span.end <= allow.span.end
    };
    let names = |allow: &Allow| allow.codes.iter().any(|code| code.value == finding.code);
    allows.iter().filter(holds).any(names)
}

/// Whether anything keeps documents from being made.
pub fn has_errors(found: &[Diagnostic]) -> bool {
    found.iter().any(|finding| finding.severity == Severity::Error)
}
