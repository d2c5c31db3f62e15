//! What a checklist asks: its fields in words of the format, and the keys of their labels.

use crate::edition::By;
use crate::forms::{Field, Kind, Questions, field};
use crate::template;

/// What a checklist asks once.
const OWN: &[Field] = &[
    field("book", "", Kind::Name),
    field("round", "", Kind::Name),
    field("site", "common.site", Kind::Name),
    field("date", "common.date", Kind::Day),
    field("time", "checklist.time", Kind::Time),
    field("edition", "common.edition", Kind::Name),
    field("visit", "", Kind::Name),
    field("auditor", "checklist.auditor", Kind::Name),
    field("kind", "", Kind::Name),
    field("staff", "", Kind::Name),
];

/// The same, and the filters by which a form may be limited.
const HEAD: [Field; OWN.len() + By::LABELS.len()] = {
    let mut all = [field("", "", Kind::List); OWN.len() + By::LABELS.len()];
    let mut place = 0;
    while place < all.len() {
        all[place] = match place.checked_sub(OWN.len()) {
            None => OWN[place],
            Some(filter) => field(By::LABELS[filter], "", Kind::List),
        };
        place += 1;
    }
    all
};

/// The questions of a checklist.
pub(super) static QUESTIONS: Questions = Questions {
    kind: "checklist",
    name: template!("a filled-in checklist"),
    nothing: (
        template!("there are no items of a checklist in this file"),
        template!("give a checklist that `gamma-ok checklist --format md` made"),
    ),
    others: &[(
        "review",
        template!("this is the form of a review, not of an audit"),
        template!("take it in with `gamma-ok review record`"),
    )],
    list: "answers",
    item_place: str::to_owned,
    head: &HEAD,
    item: &[
        field("answer", "sheet.answer", Kind::Choice),
        field("observed", "checklist.observed", Kind::Values),
        field("note", "checklist.note", Kind::Words),
        field("why", "", Kind::Words),
        field("grade", "", Kind::Name),
        field("staff", "", Kind::Name),
        field("at", "", Kind::Name),
        field("evidence", "", Kind::Photographs),
        field("action.what", "", Kind::Words),
        field("action.cause", "", Kind::Words),
        field("action.owner", "", Kind::Name),
        field("action.due", "", Kind::Day),
        field("action.done", "", Kind::Day),
        field("action.verified", "", Kind::Day),
    ],
    choices: &[
        ("met", "answer.met"),
        ("not met", "answer.not-met"),
        ("n/a", "answer.not-applicable"),
        ("not observed", "answer.not-observed"),
    ],
    no_choice: template!("`{word}` is not an answer"),
    aside: "note",
    table: &[
        field("item", "checklist.action-item", Kind::Name),
        field("action.what", "checklist.action-what", Kind::Words),
        field("action.cause", "sheet.cause", Kind::Words),
        field("action.owner", "checklist.action-owner", Kind::Name),
        field("action.due", "checklist.action-due", Kind::Day),
        field("action.done", "checklist.action-done", Kind::Day),
        field("action.verified", "sheet.checked", Kind::Day),
    ],
    printed: &[
        "common.role",
        "common.issued",
        "common.version",
        "common.in-force",
        "common.approved-by",
        "common.next-review",
        "common.stamp",
        "common.phase",
        "common.level",
        "manual.glance.step",
        "checklist.number",
        "checklist.statement",
        "sheet.about",
        "sheet.type",
        "sheet.verify",
        "sheet.measure",
        "sheet.score",
        "sheet.critical",
    ],
    columns: &[
        "common.phase",
        "manual.glance.step",
        "checklist.statement",
        "common.level",
        "sheet.type",
        "common.role",
        "sheet.verify",
        "sheet.measure",
    ],
    limits: By::LIMITS,
    paragraphs: &[("checklist.legend", "checklist.how"), ("checklist.empty", "checklist.empty")],
    listing: &[],
    shows: false,
    signatures: &["checklist.auditor-signature", "checklist.manager-signature"],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Answer;

    #[test]
    fn the_form_asks_in_the_words_of_a_record() {
        let words: Vec<&str> = Answer::ALL.iter().map(|answer| answer.word()).collect();
        assert_eq!(QUESTIONS.choices.iter().map(|(word, _)| *word).collect::<Vec<_>>(), words);
    }
}
