//! Tables as ODK Central and KoboToolbox export them.

use super::*;
use crate::forms::Questions;
use crate::forms::{field, value};
use crate::template;

static QUESTIONS: Questions = Questions {
    kind: "x",
    name: template!("a filled-in checklist"),
    nothing: (template!("there are no items of a checklist in this file"), template!("nothing")),
    others: &[],
    list: "answers",
    item_place: str::to_owned,
    head: &[
        field("round", "", FieldKind::Name),
        field("site", "common.site", FieldKind::Name),
        field("date", "common.date", FieldKind::Day),
        field("edition", "common.edition", FieldKind::Name),
        field("scope.phase", "", FieldKind::List),
    ],
    item: &[
        field("answer", "sheet.answer", FieldKind::Choice),
        field("observed", "checklist.observed", FieldKind::Values),
        field("note", "checklist.note", FieldKind::Words),
    ],
    choices: &[("met", "answer.met"), ("not met", "answer.not-met"), ("n/a", "answer.not-applicable")],
    no_choice: template!("`{word}` is not an answer"),
    aside: "note",
    table: &[],
    printed: &[],
    worked_out: &[],
    columns: &[],
    limits: &[],
    paragraphs: &[],
    listing: &[],
    shows: false,
    signatures: &[],
};

const CENTRAL: &str = "SubmissionDate,gamma_ok,edition,scope_phase,round-date,site,phase_1-step_1_1-q_1_id,\
    phase_1-step_1_1-q_1,phase_1-step_1_1-q_1_observed,phase_1-step_1_1-q_1_note,phase_1-step_1_1-q_1_photo,\
    phase_1-step_1_2-q_2_id,phase_1-step_1_2-q_2,meta-instanceID,KEY,SubmitterName,ReviewState\n\
    2026-05-12T10:00:00Z,1,7f3a9c2e,check-in stay,2026-05-12,krakow,greet@3f9a1c2e,not_met,12.345,\"slow,\nlate\",a.jpg,two,n_a,\
    uuid:b-2,uuid:a-1,App,\n\
    2026-05-13T10:00:00Z,1,7f3a9c2e,,2026-05-13,krakow,greet@3f9a1c2e,,,,,two,,uuid:c,uuid:c,App,rejected\n";

fn read_text(text: &str) -> Submissions {
    read(text, &FormWords::of(&QUESTIONS)).expect("submissions").expect("readable")
}

#[test]
fn a_row_is_a_round() {
    let kobo = CENTRAL.replace("phase_1-step_1_1-", "\"phase_1/step_1_1/").replace("round-date", "round/date");
    let kobo = kobo.replace("_id,", "_id\",").replace("KEY", "_uuid").replace("_1_observed,", "_1_observed\",");
    let kobo = kobo.replace("_note,", "_note\",").replace("_photo,", "_photo\",").replace("/q_1,", "/q_1\",");
    for text in [CENTRAL.to_owned(), kobo.replacen("step_1_2-q_2_id\"", "step_1_2-q_2_id", 1)] {
        let read = read_text(&text);
        assert!(read.refused.is_empty());
        let [(line, first), (_, second)] = read.forms.as_slice() else { panic!("{read:?}") };
        assert_eq!((line, first.refused.len(), first.says_scope), (&FormPlace::Line(2), 0, true), "{first:?}");
        assert_eq!(value(&first.head, "round").as_deref(), Some("a-1"));
        assert_eq!(value(&first.head, "date").as_deref(), Some("2026-05-12"));
        assert_eq!(first.head.iter().filter(|entry| entry.label == "scope.phase").count(), 2);
        let [item, other] = first.items.as_slice() else { panic!("{first:?}") };
        assert_eq!((item.reference.as_str(), item.media.len()), ("greet@3f9a1c2e", 1));
        assert_eq!(value(&item.entries, "answer").as_deref(), Some("not met"));
        assert_eq!(value(&item.entries, "observed").as_deref(), Some("12.3450"));
        assert_eq!(value(&item.entries, "note").as_deref(), Some("slow,\nlate"));
        assert_eq!(value(&other.entries, "answer").as_deref(), Some("n/a"));
        assert_eq!(second.items.len(), 0);
        assert_eq!(second.refused.len(), 1, "{second:?}");
    }
}

#[test]
fn what_nobody_asked_for_is_refused_at_its_place() {
    let places = |text: &str| -> Vec<String> {
        read_text(text).forms[0].1.refused.iter().map(|refused| refused.place.to_string()).collect()
    };
    for (old, new, place) in [
        ("SubmitterName", "colour", "colour"),
        ("not_met", "perhaps", "q_1"),
        ("greet@3f9a1c2e,not_met", ",not_met", "q_1"),
        ("Z,1,7f", "Z,2,7f", ""),
        ("SubmitterName", "_notes", "_notes"),
        ("SubmitterName", "q_1_size", "q_1_size"),
    ] {
        assert_eq!(places(&CENTRAL.replacen(old, new, 1)), [place], "{old}");
    }
    assert_eq!(places(&CENTRAL.replacen("a-1,App,", "a-1,App,,more", 1)), [""]);
}

#[test]
fn tables_of_others_and_tables_headed_in_words_are_told() {
    let words = FormWords::of(&QUESTIONS);
    assert!(read("Answer,ID@STAMP\nmet,a\n", &words).is_none());
    let labelled = CENTRAL.replace("-q_1,", "-1. The desk is clear,").replace("-q_2,", "-2. Two,");
    assert!(read(&labelled, &words).is_some_and(|read| read.is_err()));
}
