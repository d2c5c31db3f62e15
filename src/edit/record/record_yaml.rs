//! An audit record as YAML: keys in the order of the format, an answer a line where it is nothing but an answer.

use crate::audit::{Action, Kind, WrittenAnswer, WrittenRecord};
use crate::edit::emit::{Context, YamlBlock, scalar};
use crate::edition::{FilterKey, Values};

/// The text of a record.
pub fn text(written: &WrittenRecord) -> String {
    let mut block = YamlBlock::new(0);
    head(&mut block, written);
    block.under("answers", |block| written.answers.iter().for_each(|given| answer(block, given)));
    block.text() + "\n"
}

/// Everything but the answers.
pub(super) fn head(block: &mut YamlBlock, written: &WrittenRecord) {
    let optional = |block: &mut YamlBlock, key: &str, value: &Option<String>| {
        value.iter().for_each(|value| block.value(key, value));
    };
    optional(block, "edition", &written.edition);
    if written.is_adopted {
        block.raw("adopted", "true");
    }
    optional(block, "site", &written.site);
    block.value("date", &written.moment.to_string());
    optional(block, "visit", &written.visit);
    optional(block, "round", &written.round);
    if written.is_planned {
        block.raw("planned", "true");
    }
    optional(block, "auditor", &written.auditor);
    if let Some(kind) = written.kind {
        block.value("kind", Kind::word(kind));
    }
    if !written.scope.is_empty() {
        block.under("scope", |block| {
            for (key, words) in &written.scope {
                let is_top =
                    FilterKey::of_key(key).is_some_and(|criterion| matches!(criterion.values(), Values::UpTo(_)));
                match words.as_slice() {
                    [level, ..] if is_top => block.value(key, level),
                    words => block.flow(key, words.iter().map(String::as_str)),
                }
            }
        });
    }
    optional(block, "staff", &written.staff);
}

/// An answer.
pub(super) fn answer(block: &mut YamlBlock, answer: &WrittenAnswer) {
    if answer.is_bare() {
        return seen(block, &answer.key, &answer.seen);
    }
    block.under(&answer.key, |block| {
        seen(block, "answer", &answer.seen);
        for (key, value) in [("note", &answer.note), ("why", &answer.why)] {
            value.iter().for_each(|value| block.prose(key, value));
        }
        if !answer.evidence.is_empty() {
            block.flow("evidence", answer.evidence.iter().map(String::as_str));
        }
        answer.grade.iter().for_each(|grade| block.value("grade", grade.word()));
        answer.staff.iter().for_each(|staff| block.value("staff", staff));
        answer.action.iter().for_each(|remedy| block.under("action", |block| action(block, remedy)));
    });
}

fn seen(block: &mut YamlBlock, key: &str, seen: &[String]) {
    match seen {
        // A bare count is a number, and reads as one.
        [value] if value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') => block.raw(key, value),
        [value] => block.value(key, value),
        many => {
            let item = |value: &String| scalar(value, Context::Flow);
            block.raw(key, &format!("[{}]", many.iter().map(item).collect::<Vec<_>>().join(", ")));
        }
    }
}

fn action(block: &mut YamlBlock, action: &Action) {
    block.prose("what", &action.what);
    for (key, value) in [("cause", &action.cause), ("owner", &action.owner)] {
        value.iter().for_each(|value| block.prose(key, value));
    }
    let day = |block: &mut YamlBlock, key, day: Option<chrono::NaiveDate>| {
        day.iter().for_each(|day| block.value(key, &day.to_string()));
    };
    day(block, "due", action.due);
    day(block, "done", action.done);
    if !action.evidence.is_empty() {
        block.flow("evidence", action.evidence.iter().map(String::as_str));
    }
    day(block, "verified", action.verified);
    if let Some(effective) = action.effective {
        block.raw("effective", if effective { "true" } else { "false" });
    }
    action.remark.iter().for_each(|remark| block.prose("remark", remark));
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;
    use crate::audit::draft::RecordDraft;
    use crate::audit::{Grade, Moment, StandardIndex};
    use crate::book::{Book, decode_text};
    use crate::method::Standards;
    use crate::say;
    use crate::source::{FileId, Span};

    /// Anything that somebody may type into a field.
    fn typed() -> impl Strategy<Value = String> {
        let texts = prop_oneof![
            any::<String>(),
            "[-?:,\\[\\]{}#&*!|>'\"%@` \n a-c.0-9~]{1,12}",
            "(a|: | #|\n|\r\n|😀|ł|'|\"|null|---|no|12|1e3| ){1,8}",
        ];
        // Whatever reads a record composes letters and their marks.
        texts
            .prop_map(|text| crate::text::composed(text.trim()).into_owned())
            .prop_filter("something", |text| !text.is_empty())
    }

    fn day() -> impl Strategy<Value = NaiveDate> {
        (0..20_000i64).prop_map(|days| NaiveDate::default() + chrono::Duration::days(days))
    }

    fn action() -> impl Strategy<Value = Action> {
        let optional = || prop::option::of(typed());
        let date = || prop::option::of(day());
        let evidence = prop::collection::vec(typed(), 0..3);
        let fields =
            (typed(), optional(), optional(), date(), date(), evidence, date(), any::<Option<bool>>(), optional());
        fields.prop_map(|(what, cause, owner, due, done, evidence, verified, effective, remark)| Action {
            what,
            cause,
            owner,
            due,
            done,
            evidence,
            verified,
            effective,
            remark,
            span: Span::default(),
        })
    }

    fn answer() -> impl Strategy<Value = WrittenAnswer> {
        let optional = || prop::option::of(typed());
        let seen = prop::collection::vec(prop_oneof![typed(), Just("met".to_owned()), Just("4".to_owned())], 1..4);
        let grade = prop::option::of(prop::sample::select(Grade::ALL));
        let fields = (seen, optional(), optional(), prop::collection::vec(typed(), 0..3), grade, optional());
        (fields, prop::option::of(action())).prop_map(|((seen, note, why, evidence, grade, staff), action)| {
            WrittenAnswer { key: String::new(), seen, note, why, evidence, grade, staff, action }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_record_reads_back(
            head in prop::collection::vec(prop::option::of(typed()), 6),
            date in day(),
            minutes in prop::option::of(0..1440u32),
            answers in prop::collection::vec(answer(), 1..4),
        ) {
            let time = minutes.and_then(|minutes| chrono::NaiveTime::from_hms_opt(minutes / 60, minutes % 60, 0));
            let mut head = head.into_iter();
            let mut next = || head.next().flatten();
            let keyed = answers.into_iter().enumerate();
            let written = WrittenRecord {
                site: next(),
                moment: Moment { date, time },
                visit: next(),
                round: next(),
                edition: next(),
                is_adopted: minutes.is_some(),
                is_planned: minutes.is_some(),
                auditor: next(),
                kind: Some(Kind::Mystery),
                scope: vec![("phase".to_owned(), vec!["a".to_owned(), "no".to_owned()])],
                staff: next(),
                answers: keyed.map(|(index, answer)| WrittenAnswer { key: format!("a-{index}@0a0a0a0a"), ..answer }).collect(),
            };
            let (book, standards) = (Book::default(), Standards::default());
            let index = StandardIndex::new(&book, &standards, NaiveDate::default());
            let yaml = text(&written);
            let (draft, found) = decode_text::<RecordDraft>(FileId(0), &yaml, say!("a record"));
            prop_assert!(found.is_empty(), "{:?} in {}", found, yaml);
            prop_assert_eq!(WrittenRecord::of(draft.expect("a record"), &index), written, "{}", yaml);
        }
    }
}
