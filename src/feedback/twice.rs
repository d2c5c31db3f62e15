//! What was counted already: a table that was exported twice, or exports that overlap.

use std::collections::{HashMap, HashSet};

use super::cells::fold;
use crate::diag::{Code, Diagnostic};
use crate::say;
use crate::source::Span;

/// Headings of a column that numbers the responses, in the languages of the interface.
const NUMBERS: [&str; 10] = [
    "id",
    "response id",
    "respondent id",
    "submission id",
    "id odpowiedzi",
    "identyfikator odpowiedzi",
    "numer odpowiedzi",
    "svars id",
    "svarsid",
    "svar id",
];

/// Whether a heading is that of a column that numbers the responses.
pub(super) fn is_number(heading: &str) -> bool {
    NUMBERS.contains(&fold(heading).as_str())
}

/// By what a row is known again.
#[derive(Debug)]
pub(super) struct RowIdentity {
    /// The number of the response.
    pub(crate) number: Option<String>,
    /// What the row says, under which heads; none where two customers may well have said the same.
    pub(crate) row: Option<String>,
    /// What the row says, whoever said it.
    pub(crate) plain: String,
    /// The place.
    pub(crate) span: Span,
}

/// Everything that was counted.
#[derive(Default)]
pub(super) struct Counted {
    /// Numbers with what the row says → the file.
    numbers: HashMap<(String, String), String>,
    /// Rows → the file.
    rows: HashMap<String, String>,
    /// All that a file says → the file.
    files: HashMap<String, String>,
}

impl Counted {
    /// Which rows of a file count for the first time; and what to say of the others.
    pub(super) fn firsts(&mut self, path: &str, text: &str, marks: &[RowIdentity]) -> (Vec<bool>, Vec<Diagnostic>) {
        let mut findings = Vec::new();
        let copied = self.files.get(text.trim()).cloned();
        let mut numbers: HashSet<&str> = HashSet::new();
        let mut again: HashMap<String, (usize, Span)> = HashMap::new();
        let mut firsts = Vec::with_capacity(marks.len());
        for mark in marks {
            let numbered = mark.number.clone().map(|number| (number, mark.plain.clone()));
            let known = numbered.as_ref().and_then(|number| self.numbers.get(number));
            let known = copied.as_ref().or(known).or_else(|| self.rows.get(mark.row.as_ref()?));
            let is_second = mark.number.as_ref().is_some_and(|number| !numbers.insert(number));
            if let Some(other) = known {
                again.entry(other.clone()).or_insert((0, mark.span)).0 += 1;
            } else if let Some(number) = mark.number.as_ref().filter(|_| is_second) {
                let message = say!(
                    "the response `{number}` stands in this table a second time, and is not counted again",
                    number
                );
                let help = say!("remove one of the two rows");
                findings.push(Diagnostic::new(Code::BadFeedback, mark.span, message).help(help));
            }
            firsts.push(known.is_none() && !is_second);
        }
        for (mark, _) in marks.iter().zip(&firsts).filter(|(_, is_first)| **is_first) {
            let number = mark.number.clone().map(|number| (number, mark.plain.clone()));
            self.numbers.extend(number.map(|number| (number, path.to_owned())));
            self.rows.extend(mark.row.clone().map(|row| (row, path.to_owned())));
        }
        self.files.entry(text.trim().to_owned()).or_insert_with(|| path.to_owned());
        let mut again: Vec<_> = again.into_iter().collect();
        again.sort();
        for (other, (rows, span)) in again {
            let message = say!(
                rows;
                "1 row of this table stands in `{other}` too, and is not counted again",
                "{n} rows of this table stand in `{other}` too, and are not counted again",
                other
            );
            let help = say!("remove the copy, or the rows that both tables have");
            findings.push(Diagnostic::new(Code::BadFeedback, span, message).help(help));
        }
        (firsts, findings)
    }
}
