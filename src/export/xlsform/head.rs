//! What a form asks once: day, time or shift, site, auditor; and what it says of itself.

use super::{Checklist, SurveyRow, Tongues, harmless};
use crate::forms::question_names;

/// The list of answers.
pub(super) const ANSWERS: &str = "answers";

/// The list of sites.
pub(super) const SITES: &str = "sites";

/// The rows.
pub(super) fn rows(tongues: &Tongues) -> Vec<SurveyRow> {
    let form = &tongues.first().form;
    let asked = |kind: &str, name: &str, key: &str| SurveyRow::new(kind, name).spoken("label", tongues.words(key));
    let mut rows = vec![SurveyRow::literal(question_names::FORM, question_names::VERSION)];
    rows.extend(form.edition.as_ref().map(|edition| SurveyRow::literal("edition", &edition.hash)));
    let scope = form.fixed.get("scope").and_then(|scope| scope.as_object());
    for (key, values) in scope.into_iter().flatten() {
        let words = values.as_array().into_iter().flatten().filter_map(|value| value.as_str());
        rows.push(SurveyRow::literal(question_names::scope(key), &words.collect::<Vec<_>>().join(" ")));
    }
    let round = SurveyRow::new("begin_group", "round").plain("appearance", "field-list");
    rows.push(round.spoken("label", tongues.each(round_title)));
    rows.push(asked("date", "date", "common.date").plain("required", "yes").plain("default", "today()"));
    rows.push(asked("text", "time", "checklist.time"));
    let site = form.fixed.get("site").and_then(|site| site.as_str());
    match site {
        Some(site) => rows.push(SurveyRow::literal("site", site)),
        None if form.sites.is_empty() => {}
        None => rows.push(asked(&format!("select_one {SITES}"), "site", "common.site").plain("required", "yes")),
    }
    rows.push(asked("text", "auditor", "checklist.auditor"));
    rows.push(SurveyRow::new("end_group", ""));
    rows
}

/// What the round is about: the site, or the book where the form is of no site.
fn round_title(checklist: &Checklist) -> String {
    let head = &checklist.head;
    let place = head.site.as_ref().unwrap_or(&head.book);
    format!("{}: {}", harmless(head.text("form.round")), super::shown(place))
}
