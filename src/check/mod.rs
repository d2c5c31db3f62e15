//! Checking: [`Book`] + [`Standards`] → [`Diagnostic`]s. Nothing here writes.
//!
//! A rule is a line in the register of codes ([`Code`]), its documentation ([`Rule`](crate::diag::Rule)) beside what finds
//! it, and, where that is here, one file in the folder of its group and a line in the folder's list. [`check`] joins what
//! reading found with what the rules find; a [`Sink`] gives every finding the weight that the manifest asks for, and drops
//! what an entry's `allow` permits.

mod explain;
mod life;
mod method;
mod records;
mod rules;
mod structure;
mod subject;
mod translations;
pub mod wording;

pub use explain::explain;
pub use rules::{rule, rules, text_rules};
pub(crate) use subject::{PhaseView, Subject};
pub(crate) use translations::{stale, texts};

use rayon::prelude::*;

use self::rules::{CHECKS, Check, Run};
use self::wording::{StaffNouns, sentences};
use crate::book::{Book, Loaded, Spanned};
use crate::diag::{Allows, Code, Diagnostic, Severities, Sink};
use crate::method::{Standard, Standards, is_beyond};
use crate::source::{History, HistoryFault};

/// All findings on a book without its records, by file and place: those of reading it and those of every rule that is
/// not switched off.
pub fn check(loaded: &Loaded, standards: &Standards) -> Vec<Diagnostic> {
    check_with_records(loaded, standards, Vec::new())
}

/// All findings on a book and its records: `records` is what reading and judging those found.
pub(crate) fn check_with_records(loaded: &Loaded, standards: &Standards, records: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let nouns = StaffNouns::of(&loaded.book);
    let subject = Subject::new(loaded, standards, &nouns);
    let mut sink = sink(&loaded.book);
    sink.add(loaded.findings.iter().cloned());
    // What stands in a file that could not be read is not unknown, and nothing can be said against an answer to it.
    let follows = |finding: &Diagnostic| finding.code.word().starts_with("unknown-") || finding.code == Code::BadAnswer;
    let lacks_files = subject.lacks_files();
    let records = records.into_iter().filter(|finding| !lacks_files || !follows(finding)).collect();
    sink.add(records::of_one_cause(records, loaded));
    // Without a manifest it is not known which rules the author wants; of a book that multiplies beyond bounds there are no
    // standards to judge.
    let is_unjudged = subject.lacks_manifest() || is_beyond(&loaded.book);
    let wanted = |check: &&Check| {
        let code = check.rule.code;
        !(is_unjudged && code.is_optional() || sink.is_off(code))
    };
    let all: Vec<&Check> = CHECKS.iter().flat_map(|group| group.iter()).filter(wanted).collect();
    let of_book: Vec<Vec<Diagnostic>> = all.par_iter().map(|check| of_book(check, &subject)).collect();
    sink.add(of_book.into_iter().flatten());
    let of_texts: Vec<Diagnostic> =
        subject.judged.par_iter().flat_map_iter(|standard| of_texts(&all, &subject, standard)).collect();
    sink.add(of_texts);
    sink.finish()
}

/// A sink under what a book's manifest and its entries say. Codes that no rule has are findings of `unknown-rule`.
fn sink(book: &Book) -> Sink {
    let mut severities = Severities::default();
    for (code, severity) in &book.rules {
        if let Some(code) = Code::named(&code.value) {
            severities.set(code, *severity);
        }
    }
    let allowed = |code: &Spanned<String>| Code::named(&code.value);
    let allows =
        book.allows.iter().flat_map(|allow| allow.codes.iter().filter_map(allowed).map(|code| (code, allow.span)));
    Sink::new(severities, Allows::new(allows))
}

/// Whether there is anything to ask the past of a book: it has translations, and the rule that looks after them is not
/// switched off.
pub(crate) fn asks_history(book: &Book) -> bool {
    book.languages.len() > 1 && !sink(book).is_off(Code::StaleTranslation)
}

/// What the rules that look into the past find: to be handed to [`check_with_records`]. Nothing is asked of the past where
/// those rules are switched off.
///
/// # Errors
/// What kept the history from answering.
pub(crate) fn of_history(history: &dyn History, loaded: &Loaded) -> Result<Vec<Diagnostic>, HistoryFault> {
    if !asks_history(&loaded.book) {
        return Ok(Vec::new());
    }
    translations::stale_translation::stale_translations(history, loaded)
}

/// What a rule finds in the book.
fn of_book(check: &Check, subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    if let Run::Book(run) = check.run {
        run(subject, &mut findings);
    }
    findings
}

/// What the rules find in the texts of a standard.
fn of_texts(checks: &[&Check], subject: &Subject<'_>, standard: &Standard) -> Vec<Diagnostic> {
    let sentences = sentences(standard, subject.nouns);
    let mut findings = Vec::new();
    for check in checks {
        match check.run {
            Run::Book(_) => {}
            Run::Texts(run) => run(subject, &sentences, &mut findings),
            Run::Text(run) => findings.extend(sentences.iter().flat_map(|sentence| {
                let hits = run(&sentence.statement).into_iter();
                hits.map(|hit| sentence.finding(check.rule.code, subject.sources, hit))
            })),
        }
    }
    findings
}
