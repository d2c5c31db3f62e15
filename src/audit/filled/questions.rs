//! What a checklist asks: its fields in words of the format, and the keys of their labels.

use crate::edition::FilterKey;
use crate::forms::{Field, FieldKind, Questions, field};
use crate::template;

/// What a checklist asks once.
const OWN: &[Field] = &[
    field("book", "", FieldKind::Name),
    field("round", "", FieldKind::Name),
    field("site", "common.site", FieldKind::Name),
    field("date", "common.date", FieldKind::Day),
    field("time", "checklist.time", FieldKind::Time),
    field("edition", "common.edition", FieldKind::Name),
    field("visit", "", FieldKind::Name),
    field("auditor", "checklist.auditor", FieldKind::Name),
    field("kind", "", FieldKind::Name),
    field("staff", "", FieldKind::Name),
];

/// The same, and the filters by which a form may be limited.
const HEAD: [Field; OWN.len() + FilterKey::LABELS.len()] = {
    let mut all = [field("", "", FieldKind::List); OWN.len() + FilterKey::LABELS.len()];
    let mut place = 0;
    while place < all.len() {
        all[place] = match place.checked_sub(OWN.len()) {
            None => OWN[place],
            Some(filter) => field(FilterKey::LABELS[filter], "", FieldKind::List),
        };
        place += 1;
    }
    all
};

/// The questions of a checklist.
pub(crate) static QUESTIONS: Questions = Questions {
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
        field("answer", "sheet.answer", FieldKind::Choice),
        field("observed", "checklist.observed", FieldKind::Values),
        field("note", "checklist.note", FieldKind::Words),
        field("why", "", FieldKind::Words),
        field("grade", "", FieldKind::Name),
        field("staff", "", FieldKind::Name),
        field("at", "", FieldKind::Name),
        field("evidence", "", FieldKind::Photographs),
        field("action.what", "", FieldKind::Words),
        field("action.cause", "", FieldKind::Words),
        field("action.owner", "", FieldKind::Name),
        field("action.due", "", FieldKind::Day),
        field("action.done", "", FieldKind::Day),
        field("action.verified", "", FieldKind::Day),
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
        field("item", "checklist.action-item", FieldKind::Name),
        field("action.what", "checklist.action-what", FieldKind::Words),
        field("action.cause", "sheet.cause", FieldKind::Words),
        field("action.owner", "checklist.action-owner", FieldKind::Name),
        field("action.due", "checklist.action-due", FieldKind::Day),
        field("action.done", "checklist.action-done", FieldKind::Day),
        field("action.verified", "sheet.checked", FieldKind::Day),
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
    worked_out: &[("sheet.score", &["sheet.score-line", "sheet.nothing-judged"]), ("sheet.critical", &[])],
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
    limits: FilterKey::LIMITS,
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
