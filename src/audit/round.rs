//! A round is one record: what makes two records the same round, and what becomes of the second.

use std::collections::{HashMap, HashSet};
use std::fmt;

use chrono::{NaiveDate, Timelike};

use super::model::{Audits, Moment, Record};
use super::written::WrittenRecord;
use crate::diag::{Code, Diagnostic};
use crate::say;
use crate::source::Sources;
use crate::text::folded;

/// What makes a round the same where no form has named it: where, on which day and at which hour, and by whom. Where no time
/// was noted, the visit tells rounds of one day apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RoundKey {
    site: Option<String>,
    date: NaiveDate,
    hour: Option<u32>,
    visit: Option<String>,
    auditor: Option<String>,
}

impl RoundKey {
    fn new(site: Option<&String>, moment: Moment, visit: Option<&String>, auditor: Option<&String>) -> Self {
        let hour = moment.time.map(|time| time.hour());
        let name = |name: Option<&String>| name.map(|name| folded(name));
        RoundKey {
            site: site.cloned(),
            date: moment.date,
            hour,
            visit: name(visit.filter(|_| hour.is_none())),
            auditor: name(auditor),
        }
    }

    /// That of a record to be written.
    pub fn of(written: &WrittenRecord) -> Self {
        let WrittenRecord { site, moment, visit, auditor, .. } = written;
        RoundKey::new(site.as_ref(), *moment, visit.as_ref(), auditor.as_ref())
    }
}

impl fmt::Display for RoundKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let hour = self.hour.map(|hour| hour.to_string());
        write!(f, "{}|{}|{}|{}|{}", text(&self.site), self.date, text(&hour), text(&self.visit), text(&self.auditor))
    }
}

impl Record {
    /// What makes its round the same where no form has named it.
    pub fn key(&self) -> RoundKey {
        RoundKey::new(self.site.as_ref(), self.moment, self.visit.as_ref(), self.auditor.as_ref())
    }
}

/// Takes out records of a round that is recorded already, each with a finding: a copied file must not count twice.
pub(super) fn each_once(audits: &mut Audits, sources: &Sources) {
    let path = |record: &Record| sources.get(record.file).path.as_str();
    // Of a record and its copy, the copy has the longer name.
    let mut order: Vec<usize> = (0..audits.records.len()).collect();
    order.sort_by_key(|index| (path(&audits.records[*index]).len(), path(&audits.records[*index])));
    let mut named: HashMap<&str, usize> = HashMap::new();
    let mut unnamed: HashMap<RoundKey, Vec<usize>> = HashMap::new();
    let mut copies: HashSet<usize> = HashSet::new();
    let mut findings = Vec::new();
    for index in order {
        let record = &audits.records[index];
        let first = match record.round.as_deref() {
            Some(round) => *named.entry(round).or_insert(index),
            None => {
                let others = unnamed.entry(record.key()).or_default();
                let first = others.iter().copied().find(|other| is_copy(record, &audits.records[*other], sources));
                first.unwrap_or_else(|| {
                    others.push(index);
                    index
                })
            }
        };
        if first != index {
            let first = &audits.records[first];
            let message = say!("this round is recorded already, in {path}, and counts once", path = path(first));
            let help = say!("remove the copy; where it is another round, give it a name of its own in `round`");
            let finding = Diagnostic::new(Code::RoundTwice, record.span, message).help(help);
            findings.push(finding.related(first.span, say!("it is recorded here")));
            copies.insert(index);
        }
    }
    let mut index = 0;
    audits.records.retain(|_| {
        index += 1;
        !copies.contains(&(index - 1))
    });
    audits.findings.extend(findings);
}

/// Whether two records that no form has named are one: the same text, or one auditor's same answers.
fn is_copy(record: &Record, other: &Record, sources: &Sources) -> bool {
    let answers = |record: &Record| -> Vec<_> {
        record
            .items
            .iter()
            .map(|item| (item.standard, item.wording, item.answer, item.passed, item.observations))
            .collect()
    };
    sources.get(record.file).text == sources.get(other.file).text
        || record.auditor.is_some() && answers(record) == answers(other)
}
