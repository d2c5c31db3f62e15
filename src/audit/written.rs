//! A record as it is to stand in a file: what forms are turned into, and what an existing record says, in the same words.

use super::draft::{AnswerDraft, DetailDraft, RecordDraft};
use super::model::{Action, Grade, Kind, Moment, filled};
use super::resolve::StandardIndex;
use crate::book::draft::Name;
use crate::edition::{FilterKey, Reference};
use crate::source::Span;

/// A record to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WrittenRecord {
    /// Id of the site.
    pub site: Option<String>,
    /// When.
    pub moment: Moment,
    /// What auditors of one visit share.
    pub visit: Option<String>,
    /// What the round is called.
    pub round: Option<String>,
    /// Which standards it was judged by.
    pub edition: Option<String>,
    /// Whether that was found out afterwards.
    pub is_adopted: bool,
    /// Whether it is a visit to come.
    pub is_planned: bool,
    /// Who judged.
    pub auditor: Option<String>,
    /// What kind of audit it was.
    pub kind: Option<Kind>,
    /// What was looked at: key and words of `scope`.
    pub scope: Vec<(String, Vec<String>)>,
    /// Whose work was judged.
    pub staff: Option<String>,
    /// The answers in service order; what the book does not know comes last.
    pub answers: Vec<WrittenAnswer>,
}

/// An answer to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WrittenAnswer {
    /// `ID` or `ID@STAMP`.
    pub key: String,
    /// What was seen, each time.
    pub seen: Vec<String>,
    /// A remark.
    pub note: Option<String>,
    /// The reason of the answer.
    pub why: Option<String>,
    /// Paths of pictures or papers.
    pub evidence: Vec<String>,
    /// How grave it is.
    pub grade: Option<Grade>,
    /// Whose work was judged.
    pub staff: Option<String>,
    /// What is done about it.
    pub action: Option<Action>,
}

impl WrittenAnswer {
    /// Whether nothing but what was seen is to be written.
    pub fn is_bare(&self) -> bool {
        let WrittenAnswer { key: _, seen: _, note, why, evidence, grade, staff, action } = self;
        note.is_none() && why.is_none() && evidence.is_empty() && grade.is_none() && staff.is_none() && action.is_none()
    }
}

impl WrittenRecord {
    /// What a record in a file says, with ids as of now and answers in service order.
    pub fn of(draft: RecordDraft, index: &StandardIndex<'_>) -> WrittenRecord {
        let text = |name: Option<Name>| filled(name.map(|name| name.value));
        let answers = draft.answers.map(|answers| answers.entries).unwrap_or_default();
        let answers = answers.into_iter().filter_map(|(key, answer)| Some(answer_of(&key.value, answer?)));
        let words = |names: Vec<Name>| names.into_iter().map(|name| name.value).collect();
        let in_words = |(criterion, names): (FilterKey, Vec<Name>)| (criterion.key().to_owned(), words(names));
        let site = text(draft.site);
        let mut written = WrittenRecord {
            site: site.map(|site| index.book().site(&site).map_or(site, |site| site.id.name.clone())),
            moment: draft.date.map(|date| date.value.0).unwrap_or_default(),
            visit: text(draft.visit),
            round: text(draft.round),
            edition: text(draft.edition),
            is_adopted: draft.adopted == Some(true),
            is_planned: draft.planned == Some(true),
            auditor: text(draft.auditor),
            kind: draft.kind,
            scope: draft.scope.map(|scope| scope.filters.into_iter().map(in_words).collect()).unwrap_or_default(),
            staff: text(draft.staff),
            answers: answers.collect(),
        };
        written.settle(index);
        written
    }

    /// Gives ids their names of today and answers their order.
    pub fn settle(&mut self, index: &StandardIndex<'_>) {
        for answer in &mut self.answers {
            let written = Reference::parse(&answer.key);
            if let Some(standard) = index.standard(written.id) {
                answer.key = Reference { id: &standard.id.name, ..written }.to_string();
            }
        }
        let place = |answer: &WrittenAnswer| {
            (index.find(Reference::parse(&answer.key).id).unwrap_or(u32::MAX), answer.key.clone())
        };
        self.answers.sort_by_cached_key(place);
    }
}

fn answer_of(key: &str, answer: AnswerDraft) -> WrittenAnswer {
    let key = key.to_owned();
    match answer {
        AnswerDraft::Bare(seen) => WrittenAnswer {
            key,
            seen: seen.seen.into_iter().map(|observation| observation.value).collect(),
            ..WrittenAnswer::default()
        },
        AnswerDraft::Full(detail) => {
            let DetailDraft { answer, note, why, evidence, grade, action, staff, .. } = *detail;
            WrittenAnswer {
                key,
                seen: answer
                    .map(|seen| seen.seen.into_iter().map(|observation| observation.value).collect())
                    .unwrap_or_default(),
                note: filled(note),
                why: filled(why),
                evidence: evidence.map(|many| many.0.into_iter().map(|path| path.value).collect()).unwrap_or_default(),
                grade,
                staff: filled(staff),
                action: action.map(|action| Action { span: Span::default(), ..Action::from(action) }),
            }
        }
    }
}
