//! `review open`: the file of a new review, with everything that is due, ready to be filled in by hand.

use crate::book::{Book, Measure, Text};
use crate::edit::emit::{Context, YamlBlock};
use crate::edit::{EditError, FileEdit};
use crate::edition::Reference;
use crate::language::Interface;
use crate::review::{Demand, Due, Evidence, Reason};
use crate::say;
use crate::source::unportable;
use crate::text::single_spaced;

/// The path of the review of that name.
pub fn path(name: &str) -> String {
    format!("reviews/{name}.yaml")
}

/// The file of the review `name`, opened `today` on that edition, about what is due. What a file name cannot be is refused.
///
/// # Errors
/// [`EditError::Usage`] for a name that cannot be a file's.
pub fn open(
    book: &Book,
    due: &[Due<'_>],
    name: &str,
    today: chrono::NaiveDate,
    edition: Option<&str>,
) -> Result<FileEdit, EditError> {
    check_name(name)?;
    let words = Interface::of(book.source_language());
    let text = |key: &str| words.text(&format!("review.file.{key}")).to_owned();
    let title = book.in_source(&book.title).unwrap_or_default();
    let mut block = YamlBlock::new(0);
    block.comment(&single_spaced(&format!("{} {name}: {title}", words.text("document.review"))));
    for key in ["decide", "words", "reason", "frozen"] {
        block.comment(&text(key));
    }
    block.comment(&format!("{} gamma-ok review close {name}", text("close")));
    block.blank();
    block.raw("opened", &today.to_string());
    edition.iter().for_each(|edition| block.value("edition", edition));
    block.raw("reviewers", &format!("[]  # {}", text("reviewers")));
    if due.is_empty() {
        block.raw("decisions", "{}");
    } else {
        block.under("decisions", |block| {
            let mut place = None;
            for standard in due {
                let (sequence, phase) = (standard.standard.sequence, standard.standard.phase);
                if place.replace((sequence, phase)) != Some((sequence, phase)) {
                    let phase = book.phase_at(sequence, phase);
                    let title = phase.and_then(|phase| book.in_source(&phase.title)).unwrap_or_default();
                    block.blank();
                    block.comment(&format!("— {} —", single_spaced(title)));
                }
                block.blank();
                entry(book, block, standard);
            }
        });
        block.blank();
    }
    block.raw("added", &format!("[]  # {}", text("added")));
    Ok(FileEdit { path: path(name), before: None, after: format!("{}\n", block.text()) })
}

fn entry(book: &Book, block: &mut YamlBlock, due: &Due<'_>) {
    let standard = due.standard;
    block.under(&Reference::to(standard).to_string(), |block| {
        for key in ["decision", "reason", "owner", "due"] {
            block.empty(key);
        }
        if !due.reasons.is_empty() {
            block.flow("reasons", due.reasons.iter().copied().map(Reason::word));
        }
        demand(book, block, &of_standard(standard));
        if let Some(change) = due.change.as_ref().filter(|change| change.before != Demand::default()) {
            block.under("before", |block| demand(book, block, &change.before));
        }
        if !due.evidence.is_empty() {
            block.raw("evidence", &evidence(&due.evidence));
        }
    });
}

/// What a standard demands, as a record keeps it.
pub(super) fn of_standard(standard: &crate::method::Standard) -> Demand {
    let measure = standard.measure.clone().map(|measure| Measure { what: None, ..measure });
    Demand { wording: Some((*standard.text).clone()), level: Some(standard.level), measure }
}

/// Wording, level and figure, a key each.
pub(super) fn demand(book: &Book, block: &mut YamlBlock, demand: &Demand) {
    if let Some(wording) = &demand.wording {
        match languages(book, wording).as_slice() {
            [(None, text)] => block.prose("wording", text),
            several => block.under("wording", |block| {
                for (language, text) in several {
                    block.prose(language.unwrap_or_default(), text);
                }
            }),
        }
    }
    if let Some(level) = demand.level {
        block.value("level", level.word());
    }
    if let Some(measure) = &demand.measure {
        block.raw("measure", &super::close::measure(measure).written(Context::Block));
    }
}

/// What is written in each language; a book in one language writes its texts plainly.
fn languages<'a>(book: &'a Book, text: &'a Text) -> Vec<(Option<&'a str>, &'a str)> {
    let known: Vec<_> = text.0.iter().map(|worded| (Some(worded.language.tag()), worded.text.as_str())).collect();
    match known.as_slice() {
        [(tag, text)] if *tag == Some(book.source_language().tag()) => vec![(None, text)],
        _ => known,
    }
}

fn evidence(evidence: &Evidence) -> String {
    let share = |value: f64| (value * 1e4).round() / 1e4;
    let mut parts = Vec::new();
    if evidence.of > 0 {
        parts.push(format!("met: {}, of: {}", evidence.met, evidence.of));
    }
    parts.extend(evidence.low_ratings.map(|low| format!("low_ratings: {}", share(low))));
    parts.extend(
        evidence
            .agreement
            .map(|agreement| format!("agreement: {}, agreement_units: {}", share(agreement), evidence.agreement_units)),
    );
    if !evidence.calls.is_empty() {
        let calls: Vec<&str> = evidence.calls.iter().map(|call| call.word()).collect();
        parts.push(format!("calls: [{}]", calls.join(", ")));
    }
    parts.extend(evidence.freeze().year.map(|(met, of)| format!("year_met: {met}, year_of: {of}")));
    format!("{{{}}}", parts.join(", "))
}

/// A review's name becomes a file name, on every system.
fn check_name(name: &str) -> Result<(), EditError> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let sound = !name.is_empty() && name.len() <= 64 && name.chars().all(fits) && !name.starts_with(['.', '-']);
    let device = unportable(name);
    if sound && device.is_none() {
        return Ok(());
    }
    let help = say!("use letters a-z, digits and `-`, such as 2026 or 2026-autumn");
    let message = match device.filter(|_| sound) {
        Some(reason) => say!("`{name}` cannot be the name of a review: {reason}", name, reason),
        None => say!("`{name}` cannot be the name of a review", name),
    };
    Err(EditError::usage(message, Some(help)))
}
