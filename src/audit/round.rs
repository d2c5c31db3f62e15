//! A round is one record: what makes two records the same round, and what becomes of the second.

use std::collections::{HashMap, HashSet};
use std::fmt;

use chrono::{NaiveDate, Timelike};

use super::model::{Audits, Item, Moment, Record};
use super::written::WrittenRecord;
use crate::diag::{Code, Diagnostic};
use crate::say;
use crate::source::Sources;
use crate::text::{folded, short};

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

/// Takes out records of a round that is recorded already, each with a finding: a copied file must not count twice. Of two
/// that nobody has named and that answer the same standard otherwise, or more of them, nobody knows which is meant: both
/// count, and it is asked.
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
                    let asked = others.iter().find_map(|other| audits.again(record, &audits.records[*other], sources));
                    findings.extend(asked);
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

impl Audits {
    /// The finding on a record that answers what another of the same round does, where somebody is named as its auditor.
    fn again(&self, record: &Record, other: &Record, sources: &Sources) -> Option<Diagnostic> {
        record.auditor.as_ref()?;
        let first = |item: &Item| other.items.iter().find(|first| first.standard == item.standard);
        let shared = || record.items.iter().filter_map(|item| Some((item, first(item)?)));
        let differs = |(item, first): &(&Item, &Item)| {
            (item.answer, item.passed, item.observations) != (first.answer, first.passed, first.observations)
        };
        let path = sources.get(other.file).path.as_str();
        let (item, first, message) = match shared().find(differs) {
            Some((item, first)) => {
                let text = |item: &Item, record: &Record| short(sources.slice(item.seen.of(record.file)).trim());
                let (here, there) = (text(item, record), text(first, other));
                let message = say!(
                    "`{standard}` is `{here}` here and `{there}` in {path}, on the same day, at the same site, by the same auditor",
                    standard = self.id(item),
                    here,
                    there,
                    path
                );
                (item, first, message)
            }
            None => {
                let (item, first) = shared().next()?;
                let message = say!(
                    "`{standard}` is answered in {path} too, on the same day, at the same site, by the same auditor",
                    standard = self.id(item),
                    path
                );
                (item, first, message)
            }
        };
        let help = say!(
            "a round is one record: keep one of the two; if they are two rounds, write the hour of each into `date`, or give each a name of its own in `round`"
        );
        let finding = Diagnostic::new(Code::RoundTwice, item.key.of(record.file), message).help(help);
        Some(finding.related(first.key.of(other.file), say!("it is recorded here")))
    }
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
