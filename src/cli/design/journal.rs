//! What was asked, answered and written so far, so that an answer can be taken back.

use std::collections::BTreeMap;

use super::Question;
use crate::edit::FileEdit;

/// One thing that happened.
#[derive(Debug)]
enum Event {
    /// A question began, which may need several lines.
    Question(Box<Question>),
    /// A line was answered.
    Line(String),
    /// The book was changed.
    Made(Vec<FileEdit>),
}

/// All that happened, in order.
#[derive(Debug, Default)]
pub(super) struct Journal {
    events: Vec<Event>,
}

/// What taking the last answer back amounts to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TakenBack {
    /// The question to which it was given.
    pub question: Question,
    /// What was answered to that question before.
    pub lines: Vec<String>,
    /// The files as they are now, and as they were before that question; without a text where there was no file.
    pub files: Vec<(String, String, Option<String>)>,
    /// How much of the journal stays.
    kept: usize,
}

impl Journal {
    pub(super) fn begin(&mut self, question: Question) {
        self.events.push(Event::Question(Box::new(question)));
    }

    pub(super) fn answered(&mut self, line: &str) {
        self.events.push(Event::Line(line.to_owned()));
    }

    /// The line that was answered last was no answer.
    pub(super) fn unanswered(&mut self) {
        if let Some(Event::Line(_)) = self.events.last() {
            self.events.pop();
        }
    }

    pub(super) fn made(&mut self, changes: Vec<FileEdit>) {
        self.events.push(Event::Made(changes));
    }

    /// The way back by one answer; none where nothing was answered.
    pub(super) fn back(&self) -> Option<TakenBack> {
        let last = self.events.iter().rposition(|event| matches!(event, Event::Line(_)))?;
        let (question, kept) = self.events[..last].iter().enumerate().rev().find_map(|(index, event)| match event {
            Event::Question(question) => Some((Question::clone(question), index)),
            _ => None,
        })?;
        let lines = self.events[kept..last].iter().filter_map(|event| match event {
            Event::Line(line) => Some(line.clone()),
            _ => None,
        });
        let mut files: BTreeMap<&str, (&str, Option<&str>)> = BTreeMap::new();
        let made = self.events[kept..].iter().filter_map(|event| match event {
            Event::Made(changes) => Some(changes),
            _ => None,
        });
        for FileEdit { path, before, after } in made.flatten() {
            files.entry(path).and_modify(|file| file.0 = after).or_insert((after, before.as_deref()));
        }
        let file = |(path, (now, before)): (&str, (&str, Option<&str>))| {
            (path.to_owned(), now.to_owned(), before.map(str::to_owned))
        };
        Some(TakenBack { question, lines: lines.collect(), files: files.into_iter().map(file).collect(), kept })
    }

    /// Forgets what was taken back.
    pub(super) fn rewind(&mut self, back: &TakenBack) {
        self.events.truncate(back.kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(before: Option<&str>, after: &str) -> Vec<FileEdit> {
        vec![FileEdit { path: "x".to_owned(), before: before.map(str::to_owned), after: after.to_owned() }]
    }

    #[test]
    fn an_answer_is_taken_back_with_what_came_of_its_question() {
        let mut journal = Journal::default();
        assert_eq!(journal.back(), None);
        journal.begin(Question::Area);
        assert_eq!(journal.back(), None);
        journal.answered("a");
        journal.answered("no number");
        journal.unanswered();
        journal.made(change(None, "1"));
        journal.answered("b");
        journal.made(change(Some("1"), "2"));
        journal.begin(Question::Sequence(None));
        let back = journal.back().expect("a way back");
        assert_eq!((&back.question, back.lines.as_slice()), (&Question::Area, &["a".to_owned()][..]));
        assert_eq!(back.files, [("x".to_owned(), "2".to_owned(), None)]);
        journal.rewind(&back);
        assert_eq!(journal.back(), None);
    }
}
