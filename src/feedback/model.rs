//! Responses of customers, resolved against the book.

use chrono::NaiveDate;

use crate::diag::Diagnostic;
use crate::source::Span;

/// All that customers said.
#[derive(Clone, Debug, Default)]
pub struct Feedback {
    /// The responses that count, by file and line.
    pub responses: Vec<Response>,
    /// Where the scale begins.
    pub lowest: f64,
    /// Where the scale has its middle: a rating below it is low.
    pub middle: f64,
    /// How many rows do not count; each has a finding.
    pub left_out: usize,
    /// Where those rows stand, as far as they are rows.
    pub rows_left_out: Vec<Span>,
    /// What is wrong in the tables.
    pub findings: Vec<Diagnostic>,
}

/// One response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The day on which it was given.
    pub date: NaiveDate,
    /// Index of the site in the book.
    pub site: Option<usize>,
    /// Id of the service area: as given, else that of its sequence.
    pub area: Option<String>,
    /// Index of the sequence in the book: as given, else that of its phase.
    pub sequence: Option<usize>,
    /// Index of the phase in its sequence.
    pub phase: Option<usize>,
    /// How satisfied the customer was, on the book's scale.
    pub rating: Option<f64>,
    /// How much it matters to the customer, on the same scale.
    pub importance: Option<f64>,
    /// What kind of response it is.
    pub kind: Option<ResponseKind>,
}

/// What kind of response it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResponseKind {
    /// Something was liked.
    Praise,
    /// Something was not.
    Complaint,
    /// An answer to a question.
    Survey,
}

impl ResponseKind {
    /// All kinds.
    pub const ALL: [ResponseKind; 3] = [ResponseKind::Praise, ResponseKind::Complaint, ResponseKind::Survey];

    /// The word for it in tables.
    pub fn word(self) -> &'static str {
        match self {
            ResponseKind::Praise => "praise",
            ResponseKind::Complaint => "complaint",
            ResponseKind::Survey => "survey",
        }
    }
}

impl Feedback {
    /// Whether a rating is low: below the middle of the scale.
    pub(crate) fn is_low(&self, rating: f64) -> bool {
        rating < self.middle
    }
}
