//! What a consultant has to do: what is due for review, what is to be carried out, and what customers want improved.

use super::Lines;
use crate::book::Language;
use crate::desk::book::Opened;
use crate::desk::pages::review::unfit_to_tell;
use crate::document::{group_title, verdict};
use crate::language::Interface;

pub(super) fn lines(lines: &mut Lines, opened: &Opened, words: &Interface) {
    let (project, records) = (&opened.project, &opened.records);
    for review in records.reviews.all.iter().filter(|review| review.closed.is_none()) {
        let (all, undecided) = (review.entries.len(), review.undecided().count());
        let counts = [("n", (all - undecided).to_string()), ("of", all.to_string())];
        let counts = counts.each_ref().map(|(name, value)| (*name, value.as_str()));
        let progress = words.fill("desk.review.decided", &counts);
        let path = super::super::address("/review/one", &[("name", Some(&review.name))]);
        lines.add(&path, false, format!("{} {} · {progress}", words.text("review.name"), review.name));
    }
    if !opened.errors.is_empty() {
        lines.add("/review", true, words.say(&unfit_to_tell(opened.errors.len())));
    }
    let evidence = project.evidence(records);
    let overview = project.due(records, &evidence);
    let (due, overdue) = (overview.due().count(), overview.due().filter(|due| due.overdue).count());
    if due > 0 && opened.errors.is_empty() {
        lines.add("/review", overdue > 0, words.count("desk.due", due));
    }
    for review in records.reviews.all.iter().filter(|review| review.closed.is_some()) {
        let pending = review.pending().count();
        if pending > 0 {
            let path = super::super::address("/review/one", &[("name", Some(&review.name))]);
            let text =
                format!("{} · {} {}", words.count("desk.pending", pending), words.text("review.name"), review.name);
            lines.add(&path, false, text);
        }
    }
    if !records.feedback.responses.is_empty() {
        let book = &project.loaded.book;
        let language = Language::new(words.tag());
        lines.add("/customers", false, verdict(words, opened.ranking(), |group| group_title(book, &language, group)));
    }
}
