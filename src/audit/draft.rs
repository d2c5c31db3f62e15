//! An audit record as written: every key of the files in `audits/`, defined once.

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::NaiveTime;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::model::{Grade, Kind, Moment};
use crate::book::Spanned;
use crate::book::decode::{Cx, Decode, OneOrMany, narrow, record};
use crate::book::draft::Name;
use crate::book::draft_values::{DateDraft, no_day};
use crate::diag::{Code, Diagnostic};
use crate::edition::FilterKey;
use crate::message::Message;
use crate::say;
use crate::source::Span;
use crate::source::yaml::{Node, Value};
use crate::text::iso_day;

record! {
    /// audits/**/*.yaml: what one auditor saw on one round.
    RecordDraft = "an audit record" {
        /// The site that was audited. A book without sites needs none.
        key "site" => site: Name;
        /// The day, or the day and the time: 2026-05-12 or 2026-05-12T14:30.
        key "date" => date: Spanned<MomentDraft>, required;
        /// A name that auditors share who judged the same thing at the same time.
        key "visit" => visit: Name;
        /// Written by forms: the same round is never recorded twice.
        key "round" => round: Name;
        /// Which standards it was judged by: the first eight digits of their set's hash, as editions/ has it.
        key "edition" => edition: Name;
        /// Written by `edition adopt`: its edition was found out afterwards.
        key "adopted" => adopted: bool;
        /// Who judged: a role rather than a name.
        key "auditor" => auditor: Name;
        /// What kind of audit it was. Default: internal.
        key "kind" => kind: Kind;
        /// What was looked at. Default: everything.
        key "scope" => scope: ScopeDraft;
        /// Whose work was judged: a code and never a name.
        key "staff" => staff: Name;
        /// A visit to come: without an answer it is no fault and counts for nothing. `audit plan` writes it.
        key "planned" => planned: bool;
        /// Why it does not count: the record was wrong. `audit withdraw` writes it.
        key "withdrawn" => withdrawn: WithdrawalDraft;
        /// When whom it named was forgotten, and why; `audit forget` writes it.
        key "forgotten" => forgotten: Vec<ForgettingDraft>;
        /// The answers, by ID or ID@STAMP.
        key "answers" => answers: AnswersDraft, required;
    }
}

impl RecordDraft {
    /// Whether it plans a visit that was not made yet: no answer is filled in.
    pub(super) fn is_plan(&self) -> bool {
        let mut answers = self.answers.iter().flat_map(|answers| &answers.entries);
        self.planned == Some(true) && self.withdrawn.is_none() && answers.all(|(_, answer)| answer.is_none())
    }
}

record! {
    /// A record that was wrong: it is kept, and does not count.
    WithdrawalDraft = "`withdrawn`" {
        /// Why.
        key "why" => why: String, required;
        /// The day.
        key "date" => date: Spanned<DateDraft>;
    }
}

record! {
    /// Somebody whose code was taken out of the record.
    ForgettingDraft = "`forgotten`" {
        /// Why.
        key "why" => why: String, required;
        /// The day.
        key "date" => date: Spanned<DateDraft>;
    }
}

/// What was looked at: *or* within one key, *and* between them. Its keys are the filters.
#[derive(Clone, Debug, Default)]
pub struct ScopeDraft {
    /// The filters that have a value, in their order.
    pub filters: Vec<(FilterKey, Vec<Name>)>,
}

record! {
    /// An answer with what else was noted.
    DetailDraft = "an answer" {
        /// The answer itself.
        key "answer" => answer: SeenDraft, required;
        /// What was noted.
        key "note" => note: String;
        /// Why the standard is not applicable, or anything that explains the answer.
        key "why" => why: String;
        /// Paths of pictures or papers, from `audits/` or from the book's folder.
        key "evidence" => evidence: OneOrMany<Name>;
        /// How grave the finding is.
        key "grade" => grade: Grade;
        /// What is done about it.
        key "action" => action: ActionDraft;
        /// Whose work was judged: a code and never a name.
        key "staff" => staff: String;
    }
}

record! {
    /// What is done about a finding.
    ActionDraft = "an action" {
        /// What will be done.
        key "what" => what: String, required;
        /// Why it happened.
        key "cause" => cause: String;
        /// Who sees to it.
        key "owner" => owner: String;
        /// By when.
        key "due" => due: Spanned<DateDraft>;
        /// When it was done.
        key "done" => done: Spanned<DateDraft>;
        /// Paths of pictures or papers that show it done, from `audits/` or from the book's folder.
        key "evidence" => evidence: OneOrMany<Name>;
        /// When it was checked that it had an effect.
        key "verified" => verified: Spanned<DateDraft>;
        /// Whether it had.
        key "effective" => effective: bool;
        /// What became of it, in a few words.
        key "remark" => remark: String;
    }
}

/// All answers of a record, in the author's order.
#[derive(Clone, Debug, Default)]
pub struct AnswersDraft {
    /// `ID` or `ID@STAMP`, and the answer; none where the key has no value yet.
    pub entries: Vec<(Name, Option<AnswerDraft>)>,
}

/// One answer.
#[derive(Clone, Debug)]
pub enum AnswerDraft {
    /// The answer alone.
    Bare(SeenDraft),
    /// With what else was noted.
    Full(Box<DetailDraft>),
}

/// What was seen: a word, a value, passes out of observations, or a list of words and values.
#[derive(Clone, Debug)]
pub struct SeenDraft {
    /// As written, each with its place.
    pub seen: Vec<Name>,
    /// Whether they stand in a list.
    pub is_list: bool,
    /// The place of the whole.
    pub span: Span,
}

/// A day, or a day and a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MomentDraft(pub Moment);

impl Decode for ScopeDraft {
    fn expected() -> Message {
        say!("{what}: a mapping with `{key}`", what = say!("`scope`"), key = FilterKey::KEYS[0])
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        let Value::Map(entries, layout) = &node.value else { return cx.mistyped(node, Self::expected()) };
        cx.duplicates(entries);
        cx.unknown_keys(&say!("`scope`"), entries, *layout, FilterKey::KEYS);
        let value = |criterion: &FilterKey| {
            let value = node.get(criterion.key()).filter(|value| value.value != Value::Null)?;
            Some((*criterion, criterion.decode(value, cx)?))
        };
        Some(ScopeDraft { filters: FilterKey::ALL.iter().filter_map(value).collect() })
    }
}

impl Decode for AnswersDraft {
    fn expected() -> Message {
        say!("a mapping from ID or ID@STAMP to an answer")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        let Value::Map(entries, _) = &node.value else { return cx.mistyped(node, Self::expected()) };
        // What stands twice has been told by then, and is told once.
        let mut keys = cx.duplicates(entries).then(HashSet::new);
        let mut answers = AnswersDraft { entries: Vec::with_capacity(entries.len()) };
        for entry in entries {
            if keys.as_mut().is_some_and(|keys| !keys.insert(&entry.key)) {
                continue;
            }
            let key = Spanned { value: entry.key.to_string(), span: entry.key_span };
            if entry.value.value == Value::Null {
                answers.entries.push((key, None));
            } else if let Some(answer) = AnswerDraft::decode(&entry.value, cx) {
                answers.entries.push((key, Some(answer)));
            }
        }
        Some(answers)
    }
}

impl Decode for AnswerDraft {
    fn expected() -> Message {
        say!(
            "`met`, `not met`, `n/a`, `not observed`, a value such as `8 s`, passes such as `18/20`, a list of these, or a \
         mapping with `answer`"
        )
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        match &node.value {
            Value::Map(..) => DetailDraft::decode(node, cx).map(|detail| AnswerDraft::Full(Box::new(detail))),
            _ => SeenDraft::decode(node, cx).map(AnswerDraft::Bare),
        }
    }
}

impl Decode for SeenDraft {
    fn expected() -> Message {
        say!(
            "`met`, `not met`, `n/a`, `not observed`, a value such as `8 s`, passes such as `18/20`, or a list of these"
        )
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        match &node.value {
            Value::Scalar(scalar) => {
                let seen = vec![Spanned { value: scalar.text.to_string(), span: node.span }];
                Some(SeenDraft { seen, is_list: false, span: node.span })
            }
            Value::List(items, _) => {
                let mut seen = Vec::with_capacity(items.len());
                for item in items {
                    match item.text() {
                        Some(text) => seen.push(Spanned { value: text.to_owned(), span: item.span }),
                        None => cx.wrong_type(item, say!("`met`, `not met`, or a value such as `8 s`")),
                    }
                }
                (seen.len() == items.len()).then_some(SeenDraft { seen, is_list: true, span: narrow(node) })
            }
            _ => cx.mistyped(node, Self::expected()),
        }
    }
}

impl Decode for MomentDraft {
    fn expected() -> Message {
        say!("a date such as `2026-01-15`, or with the time `2026-01-15T14:30`")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        let Some(text) = node.text() else { return cx.mistyped(node, Self::expected()) };
        let moment = moment(text);
        if moment.is_none() {
            let form = say!("write year-month-day, such as 2026-01-15, or with the time 2026-01-15T14:30");
            let (message, help) = no_day(text, form);
            cx.report(Diagnostic::new(Code::BadDate, node.span, message).help(help));
        }
        moment.map(MomentDraft)
    }
}

/// Reads a day, or a day and a time.
pub fn moment(text: &str) -> Option<Moment> {
    let date = iso_day(text.get(..10)?)?;
    let time = match text.get(10..)? {
        "" => None,
        rest => {
            let rest = rest.strip_prefix(['T', 't', ' '])?;
            let formats = [(5, "%H:%M"), (8, "%H:%M:%S")];
            let read = |(length, format): &(usize, &str)| {
                (rest.len() == *length).then(|| NaiveTime::parse_from_str(rest, format).ok()).flatten()
            };
            Some(formats.iter().find_map(read)?)
        }
    };
    Some(Moment { date, time })
}

impl JsonSchema for ScopeDraft {
    fn schema_name() -> Cow<'static, str> {
        "`scope`".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let property = |criterion: &FilterKey| (criterion.key().to_owned(), criterion.schema(generator).to_value());
        let properties: serde_json::Map<_, _> = FilterKey::ALL.iter().map(property).collect();
        json_schema!({
            "description": "What was looked at: *or* within one key, *and* between them.",
            "type": "object", "additionalProperties": false,
            "properties": properties
        })
    }
}

impl JsonSchema for MomentDraft {
    fn schema_name() -> Cow<'static, str> {
        "Date and time".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A date, year-month-day, and the time where it matters.",
            "type": "string",
            "pattern": "^[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))([Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?)?$",
            "examples": ["2026-05-12", "2026-05-12T14:30"]
        })
    }
}

impl JsonSchema for SeenDraft {
    fn schema_name() -> Cow<'static, str> {
        "Seen".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "met, not met, n/a, not observed; a value, compared with the measure; passes out of \
                            observations; or a list of what was seen each time.",
            "anyOf": [
                {"type": ["string", "number"]},
                {"type": "array", "minItems": 1, "items": {"type": ["string", "number"]}}
            ],
            "examples": ["met", "8 s", "18/20", ["met", "not met"]]
        })
    }
}

impl JsonSchema for AnswersDraft {
    fn schema_name() -> Cow<'static, str> {
        "Answers".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let seen = generator.subschema_for::<SeenDraft>();
        let detail = generator.subschema_for::<DetailDraft>();
        json_schema!({
            "description": "The answers, by ID or ID@STAMP. A key without a value is not answered yet.",
            "type": "object", "minProperties": 1,
            "additionalProperties": {"anyOf": [seen, detail, {"type": "null"}]}
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_and_times_and_nothing_else() {
        let shown = |text: &str| moment(text).map(|moment| moment.to_string());
        assert_eq!(shown("2026-05-12").as_deref(), Some("2026-05-12"));
        assert_eq!(shown("2026-05-12T14:30").as_deref(), Some("2026-05-12T14:30"));
        assert_eq!(shown("2026-05-12 14:30:59").as_deref(), Some("2026-05-12T14:30"));
        for text in ["2026-5-12", "12.05.2026", "2026-02-30", "2026-05-12T", "2026-05-12T25:00", "2026-05-12ł", "ł", ""]
        {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
