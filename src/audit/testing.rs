//! Records for the tests of this folder.

use std::sync::Arc;

use super::model::{Answer, Audits, Item, Kind, Moment, Record, WHOLE, Wording};
use crate::source::{FileId, Span, Stretch};

/// An answer about the standard of that number.
pub(super) fn item(standard: u32, answer: Answer) -> Item {
    let (passed, observations) = match answer {
        Answer::Met => (1, 1),
        Answer::NotMet => (0, 1),
        Answer::NotApplicable | Answer::NotObserved => (0, 0),
    };
    Item {
        standard,
        row: standard,
        wording: Wording::Unsaid,
        answer,
        passed,
        observations,
        demand: WHOLE,
        staff: None,
        detail: None,
        key: Stretch::default(),
        seen: Stretch::default(),
    }
}

/// A record of a day that does not matter.
pub(super) fn record(site: &str, visit: Option<&str>, auditor: Option<&str>, items: Vec<Item>) -> Record {
    Record {
        file: FileId(0),
        span: Span::default(),
        site: Some(site.to_owned()),
        is_placed: true,
        moment: Moment::default(),
        visit: visit.map(str::to_owned),
        round: None,
        edition: None,
        is_adopted: false,
        basis: 0,
        auditor: auditor.map(str::to_owned),
        staff: None,
        kind: Kind::Internal,
        scope: Arc::from([]),
        items,
        missing: None,
    }
}

/// Audits of two standards that nothing but the records knows.
pub(super) fn of(records: Vec<Record>) -> Audits {
    Audits { records, ids: vec!["a".to_owned(), "b".to_owned()], ..Audits::default() }
}
