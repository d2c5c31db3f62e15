//! Words of the format in records, as they are said to people.

use super::{Answer, Grade, Kind};
use crate::message::Message;
use crate::say;

/// What was seen, in the reader's words: answers by their names, values as they are.
pub(crate) fn seen<'s>(all: impl IntoIterator<Item = &'s String>) -> Message {
    let joined = |first: Message, second: Message| say!("{first}, {second}", first, second);
    all.into_iter().map(|value| word(value)).reduce(joined).unwrap_or_default()
}

/// A value of a record in the reader's words, where it is a word of the format.
pub(crate) fn word(text: &str) -> Message {
    if let Ok(answer) = text.parse::<Answer>() {
        return answer_word(answer);
    }
    match (text.parse::<Kind>(), text.parse::<Grade>()) {
        (Ok(Kind::Internal), _) => say!("internal"),
        (Ok(Kind::External), _) => say!("external"),
        (Ok(Kind::Mystery), _) => say!("mystery visit"),
        (Ok(Kind::SelfAudit), _) => say!("self-check"),
        (_, Ok(Grade::Conformity)) => say!("conformity"),
        (_, Ok(Grade::GoodPractice)) => say!("good practice"),
        (_, Ok(Grade::Opportunity)) => say!("opportunity for improvement"),
        (_, Ok(Grade::Minor)) => say!("minor nonconformity"),
        (_, Ok(Grade::Major)) => say!("major nonconformity"),
        _ => Message::verbatim(text),
    }
}

/// An answer in the reader's words.
pub(crate) fn answer_word(answer: Answer) -> Message {
    match answer {
        Answer::Met => say!("met"),
        Answer::NotMet => say!("not met"),
        Answer::NotApplicable => say!("n/a"),
        Answer::NotObserved => say!("not observed"),
    }
}

/// A key of a record in the reader's words.
pub(crate) fn key(key: &'static str) -> Message {
    match key {
        "site" => say!("site"),
        "edition" => say!("edition"),
        "visit" => say!("visit"),
        "auditor" => say!("auditor"),
        "staff" => say!("staff code"),
        "kind" => say!("kind of audit"),
        "date" => say!("date"),
        "time" => say!("time"),
        "note" => say!("note"),
        "why" => say!("why"),
        "grade" => say!("grade"),
        "what" => say!("what is done"),
        "cause" => say!("cause"),
        "owner" => say!("owner"),
        "due" => say!("due"),
        "done" => say!("done"),
        "verified" => say!("verified"),
        "effective" => say!("effective"),
        "remark" => say!("remark"),
        other => Message::verbatim(other),
    }
}
