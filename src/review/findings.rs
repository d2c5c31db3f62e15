//! What reviews make of the book: the findings `changed-since-review` and `review-overdue`.

use chrono::NaiveDate;

use super::Reviews;
use super::due::survey;
use crate::book::{Book, Spanned};
use crate::diag::{Code, Diagnostic};
use crate::method::Standards;
use crate::say;

/// The sets of standards that reviews name and that are not here.
pub fn unknown_sets(reviews: &Reviews, is_known: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
    let named = reviews.all.iter().flat_map(|review| &review.sets);
    let unknown = named.filter(|set| !set.value.trim().is_empty() && !is_known(set.value.trim()));
    let finding = |set: &Spanned<String>| {
        let message = say!("there is no set `{edition}` in editions/", edition = set.value.trim());
        let help = say!("bring its file back from git: without it nobody can compare what changed since");
        Diagnostic::new(Code::UnknownEdition, set.span, message).help(help)
    };
    unknown.map(finding).collect()
}

/// What is due of itself, whatever the evidence: standards that were changed after their review, and how many should have
/// been reviewed by now.
/// `in_force` says since when each standard is in force; it may be shorter, or empty.
pub fn findings(
    book: &Book,
    standards: &Standards,
    reviews: &Reviews,
    in_force: &[Option<NaiveDate>],
    today: NaiveDate,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut overdue = 0;
    for standard in survey(book, standards, reviews, &[], in_force, today) {
        overdue += usize::from(standard.overdue);
        let (Some(change), Some(last)) = (&standard.change, &standard.last) else { continue };
        let name = &standard.standard.id.name;
        let message = say!(
            "`{name}` was changed after the review `{review}` left it as `{name}@{before}`; now it is `{name}@{now}`",
            name,
            review = last.review.name,
            before = change.stamp,
            now = standard.standard.stamp
        );
        let entry = last.review.entry_of(standard.index).map(|entry| entry.key.span);
        let finding = Diagnostic::new(Code::ChangedSinceReview, standard.standard.id.span, message)
            .help(say!("the next review looks at it again: `gamma-ok review due` shows both wordings"));
        findings.push(match entry {
            Some(span) => finding.related(span, say!("it was reviewed here")),
            None => finding,
        });
    }
    if overdue > 0 {
        let message = say!(
            overdue; "1 standard should have been reviewed by now", "{n} standards should have been reviewed by now"
        );
        let help = say!("`gamma-ok review due` lists them, `gamma-ok review open NAME` begins the review");
        findings.push(Diagnostic::new(Code::ReviewOverdue, book.span, message).help(help));
    }
    findings
}
