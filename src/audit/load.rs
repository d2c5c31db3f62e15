//! Reading all records at once, on all cores.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::draft::RecordDraft;
use super::evidence;
use super::model::{Audits, Planned, Record, WithdrawnRecord, Wording};
use super::needs::{Needs, Stamps, stamps};
use super::people;
use super::resolve::{Resolved, StandardIndex};
use super::round::each_once;
use super::subject::UNKNOWN;
use super::table::TextTable;
use crate::book::draft::Name;
use crate::book::{Book, Site, YAML, decode_text, refusal_finding};
use crate::diag::{Code, Diagnostic, RuleGroup, Severity};
use crate::edition::{Editions, Filter, Set, select};
use crate::method::{Standard, Standards};
use crate::say;
use crate::source::{FileId, Source, Sources, Span, World};

/// Whether a finding of a file says that some of a record counts for nothing: it could not be read, or belongs nowhere.
/// What lies after the day that is counted from does not, where somebody named that day: it had not been then.
pub fn leaves_out(finding: &Diagnostic, path: &str, is_day_named: bool) -> bool {
    let code = finding.code;
    is_of_record(path)
        && code.group() == RuleGroup::Structure
        && code.severity() == Severity::Error
        && !is_later(finding, path, is_day_named)
}

/// Whether a finding says of a record that its day lies after the one that somebody named to count from.
pub fn is_later(finding: &Diagnostic, path: &str, is_day_named: bool) -> bool {
    let says_later = || finding.message.filled("{date} is after today, {today}", "date").is_some();
    is_day_named && is_of_record(path) && says_later()
}

fn is_of_record(path: &str) -> bool {
    path.strip_prefix(super::FOLDER).is_some_and(|rest| rest.starts_with('/'))
}

/// What records are read by.
struct RecordContext<'a> {
    world: &'a dyn World,
    book: &'a Book,
    kept: &'a Editions,
}

/// What a file came to. What it says as written is dropped: of a million answers that is most of the memory.
struct Round<'a> {
    /// What is known of it, where it was withdrawn.
    withdrawn: Option<WithdrawnRecord>,
    /// The visit that it plans.
    planned: Option<Planned>,
    resolved: Option<Resolved<'a>>,
    /// The photographs that it names.
    photos: Vec<Name>,
    /// What its text has wrong.
    findings: Vec<Diagnostic>,
    needs: Needs,
}

/// Reads, resolves and judges every record in `audits/`. The files become sources.
pub fn load(world: &dyn World, sources: &mut Sources, book: &Book, standards: &Standards, kept: &Editions) -> Audits {
    let mut audits = Audits::default();
    let mut files: Vec<FileId> = Vec::new();
    let listed = world.list(super::FOLDER, YAML);
    let read = |item: Result<String, _>| {
        item.and_then(|path| world.text(&path).map(|text| (path.clone(), text)).map_err(|refusal| (path, refusal)))
    };
    let read: Vec<_> = listed.into_par_iter().map(read).collect();
    for item in read {
        match item {
            Ok((path, text)) => files.push(sources.add(Source::new(path, text))),
            Err((path, refusal)) => {
                let file = sources.add(Source::refused(path, &refusal));
                audits.findings.push(refusal_finding(file, &refusal));
            }
        }
    }
    // What cannot be read may name any of them.
    if audits.findings.is_empty() {
        let unnamed = evidence::unnamed(world, files.iter().map(|file| &*sources.get(*file).text));
        for path in unnamed {
            let message = say!("no record names this photograph");
            let help = say!("remove the file, or name it as evidence in the record that it belongs to");
            let place = Span::new(sources.add(Source::new(path, "")), 0, 0);
            audits.findings.push(Diagnostic::new(Code::UnnamedPhotograph, place, message).help(help));
        }
    }
    let (texts, context): (&Sources, _) = (sources, RecordContext { world, book, kept });
    let guessed = files.par_iter().map(|file| Needs::guessed(&texts.get(*file).text, kept));
    let mut needs = guessed.reduce(Needs::default, Needs::and);
    loop {
        let editions = needs.read(world, kept);
        // A record made by the book as it stands says so also where its set was lost.
        let today = needs.names_lost.then(|| Set::of(book, standards).name());
        let index = StandardIndex::with(book, standards, world.today(), &editions, kept).calling_today(today);
        let mut rounds = context.rounds(&index, &stamps(standards, &editions), &files, texts);
        let found = rounds.iter_mut().map(|round| std::mem::take(&mut round.needs)).fold(Needs::default(), Needs::and);
        // The heads of the files may have seemed to say something else.
        if let Some(mended) = needs.mended(found, kept) {
            needs = mended;
            continue;
        }
        context.settle(&mut audits, rounds, &index, texts);
        drop(index);
        audits.editions = editions;
        break;
    }
    audits.known = standards.all.len();
    audits.issues = kept.issues.clone();
    let path = |record: &Record| texts.get(record.file).path.as_str();
    audits.records.sort_by(|a, b| (a.moment, path(a)).cmp(&(b.moment, path(b))));
    each_once(&mut audits, texts);
    let repeated = audits.repeated_visits();
    audits.findings.extend(repeated);
    audits
}

impl RecordContext<'_> {
    /// Reads and resolves the files, each by itself.
    fn rounds<'i>(
        &self,
        index: &StandardIndex<'i>,
        stamps: &Stamps<'_>,
        files: &[FileId],
        texts: &Sources,
    ) -> Vec<Round<'i>> {
        let round = |file: &FileId| {
            let (draft, findings) = decode_text::<RecordDraft>(*file, &texts.get(*file).text, say!("an audit record"));
            let mut round = Round {
                withdrawn: None,
                planned: None,
                resolved: None,
                photos: Vec::new(),
                findings,
                needs: Needs::default(),
            };
            // What was withdrawn is kept for whoever reads the file, and counts for nothing.
            let Some(draft) = draft else { return round };
            if draft.withdrawn.is_some() {
                let site = draft.site.as_ref().map(|name| name.value.trim());
                let site = site.map(|name| self.book.site(name).map_or(name, |site| site.id.name.as_str()).to_owned());
                let named = draft.round.map(|name| name.value.trim().to_owned());
                let of = |date: NaiveDate| WithdrawnRecord { file: *file, site, date, round: named };
                round.withdrawn = draft.date.map(|date| of(date.value.0.date));
                return round;
            }
            round.planned = Planned::of(*file, &draft, self.book);
            if round.planned.is_none() {
                round.photos = evidence::photos(&draft);
                round.needs = Needs::of(&draft, self.kept, stamps);
                round.resolved = Some(index.resolve(*file, draft));
            }
            round
        };
        files.par_iter().map(round).collect()
    }

    /// Puts together what the files came to.
    fn settle(&self, audits: &mut Audits, rounds: Vec<Round<'_>>, index: &StandardIndex<'_>, texts: &Sources) {
        let mut tables = Tables::new(index.bases.ids.clone());
        let mut scopes: HashMap<String, Arc<[u32]>> = HashMap::new();
        let (mut people, mut photos, mut findings) = (Vec::new(), Vec::new(), Vec::new());
        audits.records.reserve_exact(rounds.len());
        for mut round in rounds {
            findings.append(&mut round.findings);
            audits.planned.extend(round.planned);
            audits.withdrawn.extend(round.withdrawn);
            photos.append(&mut round.photos);
            let Some(mut resolved) = round.resolved else { continue };
            findings.append(&mut resolved.findings);
            people.append(&mut resolved.people);
            let Some(mut record) = resolved.record.take() else { continue };
            tables.settle(&mut record, &resolved);
            let site = record.site.as_deref();
            // Few scopes are asked about again and again, so each is worked out once.
            let key = format!("{} {site:?} {:?}", record.basis, resolved.filter);
            // Where what it was judged by is not here, nobody knows what was to be looked at.
            if record.missing.is_none() {
                let scope = || scope(index, record.basis, site, resolved.filter);
                record.scope = scopes.entry(key).or_insert_with(scope).clone();
            }
            audits.records.push(record);
        }
        let lost = evidence::lost(self.world, photos);
        audits.findings.extend(lost.iter().map(evidence::finding));
        audits.lost = lost.into_iter().map(|path| path.value).collect();
        audits.findings.append(&mut findings);
        audits.findings.extend(people::findings(self.book, &people));
        let path = |planned: &Planned| texts.get(planned.file).path.as_str();
        audits.planned.sort_by(|a, b| (a.moment, path(a)).cmp(&(b.moment, path(b))));
        audits.numbers = index.bases.all.iter().flat_map(|basis| basis.numbers.iter().copied()).collect();
        audits.names = index.bases.names.clone();
        audits.ids = tables.ids.into_list();
        audits.stamps = tables.stamps.into_list();
        audits.staff = tables.staff.into_list();
    }
}

/// The rows that a record is about: the standards in force at its site that its scope picks, as what it is judged by has them.
fn scope(index: &StandardIndex<'_>, basis: usize, site: Option<&str>, filter: Filter) -> Arc<[u32]> {
    let Some(base) = index.bases.all.get(basis) else { return [].into() };
    let is_there = |known: &&Site| Some(index.bases.names.sites.now(&known.id.name)) == site;
    let site = base.book.sites.iter().find(is_there);
    let chosen = select(base.book, base.standards, site, &filter.in_force(false));
    let mut chosen = chosen.into_iter().peekable();
    let row = |(row, standard): (u32, &Standard)| {
        chosen.next_if(|next| std::ptr::eq(next.standard, standard)).is_some().then_some(row)
    };
    (base.first..).zip(&base.standards.all).filter_map(row).collect()
}

/// The tables of all records.
struct Tables<'a> {
    ids: TextTable<'a>,
    stamps: TextTable<'a>,
    staff: TextTable<'a>,
}

impl<'a> Tables<'a> {
    fn new(ids: Vec<String>) -> Self {
        // Only what nothing knows is looked up here.
        Tables { ids: TextTable::after(ids), stamps: TextTable::default(), staff: TextTable::default() }
    }

    /// Turns indices into a record's own tables into indices into the common ones.
    fn settle(&mut self, record: &mut Record, resolved: &Resolved<'a>) {
        let ids: Vec<u32> = resolved.unknown.iter().map(|id| self.ids.place(id)).collect();
        let stamps: Vec<u32> = resolved.stamps.iter().map(|stamp| self.stamps.place(stamp)).collect();
        let staff: Vec<u32> = resolved.staff.iter().map(|code| self.staff.place(code)).collect();
        record.staff = record.staff.map(|code| staff[code as usize]);
        let waiting = record.missing.iter_mut().flat_map(|missing| &mut missing.waiting);
        for item in record.items.iter_mut().chain(waiting) {
            if item.standard & UNKNOWN != 0 {
                item.standard = ids[(item.standard & !UNKNOWN) as usize];
            }
            if let Wording::Former(stamp) = &mut item.wording {
                *stamp = stamps[*stamp as usize];
            }
            item.staff = item.staff.map(|code| staff[code as usize]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Answer;
    use crate::source::Memory;

    const SEQUENCE: &str = "
id: s
phases:
  - id: p
    was: [old-p]
    steps:
      - id: pay
        role: porter
        handoff: {to: accounting, what: Takings, within: 1 d}
    traits: [friendly]
    standards:
      - {id: greet, was: [hello], type: personal, level: basic, text: T1, measure: {within: 10 s, share: 90 %}}
      - {id: tidy, type: product, level: basic, text: T2, when: site.rooms > 5}
      - {id: gone, type: product, level: basic, text: T3, status: retired}
  - id: q
    standards:
      - {id: bye, type: personal, level: expected, text: T4}
";

    fn audits(records: &[(&str, &str)]) -> (Audits, Standards) {
        let files = [
            ("gamma-ok.yaml", "title: T\nderive: false\n"),
            ("roles.yaml", "roles: [{id: porter}]\ndepartments: [{id: accounting}]\n"),
            ("sites/a.yaml", "id: a\nwas: [old-a]\nrooms: 3\n"),
            ("sites/b.yaml", "id: b\nrooms: 30\n"),
            ("sequences/s.yaml", SEQUENCE),
        ];
        let mut world = Memory::new(files.into_iter().chain(records.iter().copied()));
        world.today = NaiveDate::from_ymd_opt(2026, 6, 1).expect("a date");
        let mut loaded = crate::book::load(&world).expect("a book");
        assert!(loaded.findings.is_empty(), "{:?}", loaded.findings);
        let standards = crate::method::standards(&loaded.book);
        let editions = Editions::load(&world, &mut loaded.sources);
        let audits = load(&world, &mut loaded.sources, &loaded.book, &standards, &editions);
        (audits, standards)
    }

    fn messages(audits: &Audits) -> Vec<String> {
        audits.findings.iter().map(|finding| format!("{}: {}", finding.code, finding.message)).collect()
    }

    #[test]
    fn ids_resolve_through_their_history() {
        let text = "site: old-a\ndate: 2026-05-01\nauditor: A1\nscope: {phase: old-p}\nanswers:\n  hello: 18/20\n  \
                    old-p.pay.handoff: met\n  strange: not met\n";
        let (audits, standards) = audits(&[("audits/1.yaml", text)]);
        assert_eq!(
            messages(&audits),
            ["unknown-record: the book no longer knows `strange`; it counts under its own name"]
        );
        let record = &audits.records[0];
        assert_eq!(record.site.as_deref(), Some("a"));
        let shown: Vec<_> = record
            .items
            .iter()
            .map(|item| (audits.id(item), item.answer, audits.standard(&standards, item).is_some()))
            .collect();
        assert_eq!(
            shown,
            [("greet", Answer::Met, true), ("p.pay.handoff", Answer::Met, true), ("strange", Answer::NotMet, false)]
        );
    }

    #[test]
    fn what_is_in_scope_and_not_answered_was_not_observed() {
        let record = |site: &str, scope: &str| {
            let text = format!("site: {site}\ndate: 2026-05-01\nauditor: A1\n{scope}answers: {{greet: met}}\n");
            let (audits, standards) = audits(&[("audits/1.yaml", &text)]);
            assert_eq!(messages(&audits), Vec::<String>::new());
            let names = |number: u32| standards.all[number as usize].id.name.clone();
            audits.records[0].unanswered(&audits.numbers).map(names).collect::<Vec<_>>()
        };
        assert_eq!(
            record("a", ""),
            ["p.pay.handoff", "bye"],
            "a condition fails there, and a retired one is not asked"
        );
        assert_eq!(record("b", ""), ["tidy", "p.pay.handoff", "bye"]);
        assert_eq!(record("b", "scope: {phase: [p], type: product}\n"), ["tidy"]);
    }

    #[test]
    fn stamps_name_the_wording_that_was_judged() {
        let (empty, standards) = audits(&[]);
        assert!(empty.records.is_empty());
        let now = &standards.all[0].stamp;
        let text =
            format!("site: a\ndate: 2026-05-01\nanswers:\n  greet@{now}: 8 s\n  tidy@00000000: met\n  bye: not met\n");
        let (audits, standards) = audits(&[("audits/1.yaml", &text)]);
        let stamps: Vec<_> =
            audits.records[0].items.iter().map(|item| audits.stamp(&standards, item).unwrap_or("-")).collect();
        assert_eq!(stamps, [now.as_str(), "00000000", "-"]);
        assert!(matches!(audits.records[0].items[1].wording, Wording::Former(_)));
    }

    #[test]
    fn a_value_is_judged_by_the_wording_it_was_seen_under() {
        let text = "site: a\ndate: 2026-05-01\nanswers:\n  greet@00000000: 12 s\n  bye@00000001: 3\n";
        let (mut audits, _) = audits(&[("audits/1.yaml", text)]);
        let answers = |audits: &Audits| audits.records[0].items.iter().map(|item| item.answer).collect::<Vec<_>>();
        assert_eq!(answers(&audits), [Answer::NotMet, Answer::NotObserved], "by the measures of today");
        assert_eq!(
            messages(&audits),
            ["bad-answer: `3` is a value, but the standard has no measure to compare it with"]
        );
        assert!(audits.has_former_values());
        audits.rejudge(|_, _| None);
        assert_eq!(answers(&audits), [Answer::NotMet, Answer::NotObserved], "nothing is known of the past");
        let value = |text: &str| crate::units::parse_quantity(text, Span::default()).expect("a quantity");
        let of = |text: &str| crate::book::Measure {
            what: None,
            bound: crate::book::Bound::AtMost,
            value: value(text),
            high: None,
            share: 1.0,
            span: Span::default(),
        };
        let (slow, count) = (of("20 s"), of("4"));
        audits.rejudge(|id, stamp| match (id, stamp) {
            ("greet", "00000000") => Some(Some(&slow)),
            ("bye", "00000001") => Some(Some(&count)),
            other => panic!("{other:?}"),
        });
        assert_eq!(answers(&audits), [Answer::Met, Answer::Met]);
        assert_eq!(messages(&audits), Vec::<String>::new());
    }

    #[test]
    fn records_come_by_date_and_share_tables() {
        let record = |date: &str, staff: &str| {
            format!(
                "site: a\ndate: {date}\nstaff: {staff}\nanswers: {{bye: met, strange: {{answer: met, staff: R-9}}}}\n"
            )
        };
        let (later, earlier) = (record("2026-05-02", "R-1"), record("2026-05-01T09:00", "R-9"));
        let (audits, _) = audits(&[("audits/a.yaml", &later), ("audits/2025/b.yaml", &earlier)]);
        let dates: Vec<_> = audits.records.iter().map(|record| record.moment.to_string()).collect();
        assert_eq!(dates, ["2026-05-01T09:00", "2026-05-02"]);
        let staff: Vec<_> = audits
            .records
            .iter()
            .flat_map(|record| &record.items)
            .map(|item| audits.staff(item).unwrap_or("-"))
            .collect();
        assert_eq!(staff, ["R-9", "R-9", "R-1", "R-9"]);
        assert_eq!(audits.ids.len(), audits.known + 1);
    }

    #[test]
    fn a_bad_record_is_told_and_the_rest_of_it_counts() {
        let text = "site: c\ndate: 2026-06-02\nscope: {phase: pp}\nanswers:\n  greet: 8\n  tidy: n/a\n  bye: {answer: met, \
                    action: {what: x, due: 2026-05-01, done: 2026-07-01}}\n  hello: met\n  p.pay.handoff@xyz: met\n";
        let (audits, _) =
            audits(&[("audits/1.yaml", text), ("audits/2.yaml", "site: a\ndate: 2026-05-01\nanswers: {bye: }\n")]);
        let codes: Vec<_> = audits.findings.iter().map(|finding| finding.code).collect();
        assert_eq!(
            codes,
            [
                Code::UnknownSite,
                Code::BadDate,
                Code::UnknownPhase,
                Code::BadAnswer,
                Code::AnswerWithoutReason,
                Code::BadDate,
                Code::BadAnswer,
                Code::BadAnswer,
                Code::MissingKey
            ]
        );
        let items = audits.records.iter().map(|record| record.items.len()).collect::<Vec<_>>();
        assert_eq!(items, [0, 2]);
    }
}
