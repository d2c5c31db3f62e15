//! An audit record as YAML: keys in the order of the format, an answer a line where it is nothing but an answer.

use crate::audit::{Kind, Written, WrittenAction, WrittenAnswer};
use crate::edit::emit::{Block, Context, scalar};

/// The text of a record.
pub fn text(written: &Written) -> String {
    let mut block = Block::new(0);
    head(&mut block, written);
    block.under("answers", |block| written.answers.iter().for_each(|one| answer(block, one)));
    block.text() + "\n"
}

/// Everything but the answers.
pub(super) fn head(block: &mut Block, written: &Written) {
    let optional = |block: &mut Block, key: &str, value: &Option<String>| {
        value.iter().for_each(|value| block.value(key, value));
    };
    optional(block, "site", &written.site);
    block.value("date", &written.moment.to_string());
    optional(block, "visit", &written.visit);
    optional(block, "round", &written.round);
    optional(block, "auditor", &written.auditor);
    if let Some(kind) = written.kind {
        block.value("kind", Kind::word(kind));
    }
    if !written.scope.is_empty() {
        block.under("scope", |block| {
            for (key, words) in &written.scope {
                match (key.as_str(), words.as_slice()) {
                    // There is but one level to end at.
                    ("up-to", [level, ..]) => block.value(key, level),
                    (_, words) => block.flow(key, words.iter().map(String::as_str)),
                }
            }
        });
    }
    optional(block, "staff", &written.staff);
}

fn answer(block: &mut Block, answer: &WrittenAnswer) {
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
        answer.action.iter().for_each(|one| block.under("action", |block| action(block, one)));
    });
}

fn seen(block: &mut Block, key: &str, seen: &[String]) {
    match seen {
        // A bare count is a number, and reads as one.
        [one] if one.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') => block.raw(key, one),
        [one] => block.value(key, one),
        many => {
            let item = |one: &String| scalar(one, Context::Flow);
            block.raw(key, &format!("[{}]", many.iter().map(item).collect::<Vec<_>>().join(", ")));
        }
    }
}

fn action(block: &mut Block, action: &WrittenAction) {
    block.prose("what", &action.what);
    for (key, value) in [("cause", &action.cause), ("owner", &action.owner)] {
        value.iter().for_each(|value| block.prose(key, value));
    }
    for (key, date) in [("due", action.due), ("done", action.done), ("verified", action.verified)] {
        date.iter().for_each(|date| block.value(key, &date.to_string()));
    }
    if let Some(effective) = action.effective {
        block.raw("effective", if effective { "true" } else { "false" });
    }
}
