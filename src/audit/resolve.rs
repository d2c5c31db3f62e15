//! A record as written → a record whose ids are the book's, and whose answers are judged.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::draft::{ActionDraft, AnswerDraft, DetailDraft, RecordDraft, ScopeDraft, SeenDraft};
use super::judge::{Outcome, judge};
use super::model::{Action, Answer, Detail, Item, Kind, Record, Wording, filled};
use super::people::{Part, Person};
use super::table::Table;
use crate::book::draft::Name;
use crate::book::{Book, Id, Spanned};
use crate::diag::{Code, Diagnostic};
use crate::edition::{Directory, Filter, Reference, Things, Values};
use crate::forms::short;
use crate::message::Message;
use crate::method::{Standard, Standards};
use crate::say;
use crate::source::{FileId, Span};
use crate::text::nearest;

/// How many ids a hint lists before it stops being one.
const MAX_LISTED: usize = 12;

/// So many unknown ids of a record get a suggestion.
const MAX_SUGGESTED: usize = 50;

/// What every record is resolved against; made once.
#[derive(Debug)]
pub struct Index<'a> {
    book: &'a Book,
    standards: &'a Standards,
    today: NaiveDate,
    directory: Directory<'a>,
}

/// A record that is resolved except for what all records share: indices into its own tables, to be put into the common
/// ones by [`super::load`].
pub(super) struct Resolved {
    pub record: Option<Record>,
    pub filter: Filter,
    /// Ids that the book does not know; items speak of them by `standards + at`.
    pub unknown: Vec<String>,
    pub stamps: Vec<String>,
    pub staff: Vec<String>,
    /// Who is named in it.
    pub people: Vec<Person>,
    pub findings: Vec<Diagnostic>,
}

impl<'a> Index<'a> {
    /// The index of a book and its standards, for records that tell of days up to `today`.
    pub fn new(book: &'a Book, standards: &'a Standards, today: NaiveDate) -> Self {
        Index { book, standards, today, directory: Directory::new(book, standards) }
    }

    /// The place in `Standards::all` of the standard with that id, now or once.
    pub fn find(&self, id: &str) -> Option<u32> {
        self.directory.find(id).map(|place| place as u32)
    }

    /// The standard with that id, now or once.
    pub fn standard(&self, id: &str) -> Option<&'a Standard> {
        self.directory.find(id).and_then(|place| self.standards.all.get(place))
    }

    /// The findings on a record.
    pub fn check(&self, draft: RecordDraft) -> Vec<Diagnostic> {
        self.resolve(FileId::default(), draft).findings
    }

    /// The book.
    pub fn book(&self) -> &'a Book {
        self.book
    }

    /// The standards.
    pub fn standards(&self) -> &'a Standards {
        self.standards
    }

    /// The day to count from.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// Resolves one record. One without a date that can be read has its findings and nothing else: no figure could place it.
    pub(super) fn resolve(&self, file: FileId, draft: RecordDraft) -> Resolved {
        let span = draft.date.as_ref().map_or(draft.span.head(), |date| date.span);
        let mut resolver = Resolver {
            index: self,
            day: draft.date.as_ref().map(|date| date.value.0.date),
            findings: Vec::new(),
            tables: Tables::default(),
            seen: HashMap::new(),
            people: Vec::new(),
        };
        let site = resolver.site(draft.site.as_ref(), draft.span);
        let moment = draft.date.map(|date| Spanned { value: date.value.0, span: date.span });
        if let Some(moment) = &moment {
            resolver.not_after_today(moment.value.date, moment.span);
        }
        let filter = draft.scope.map(|scope| resolver.scope(scope)).unwrap_or_default();
        let staff = draft.staff.as_ref().map(|staff| resolver.staff(&staff.value, staff.span));
        if let Some(auditor) = &draft.auditor {
            resolver.person(Part::Auditor, &auditor.value, auditor.span);
        }
        let items = draft.answers.map(|answers| {
            let place = answers.entries.first().map_or(span, |(key, _)| key.span);
            let items = resolver.items(answers.entries, staff);
            if items.is_empty() && resolver.findings.iter().all(|finding| finding.code != Code::BadAnswer) {
                let finding = Diagnostic::new(Code::MissingKey, place, say!("no answer is filled in"));
                resolver.findings.push(finding.help(say!("fill in what was seen, or remove the file")));
            }
            items
        });
        let text = |name: Option<Name>| filled(name.map(|name| name.value));
        let record = moment.map(|moment| Record {
            file,
            span,
            site,
            moment: moment.value,
            visit: text(draft.visit),
            round: text(draft.round),
            auditor: text(draft.auditor),
            kind: draft.kind.unwrap_or(Kind::Internal),
            scope: [].into(),
            items: items.unwrap_or_default(),
        });
        let Resolver { findings, people, tables: Tables { unknown, stamps, staff }, .. } = resolver;
        let (unknown, stamps, staff) = (unknown.list, stamps.list, staff.list);
        Resolved { record, filter, unknown, stamps, staff, people, findings }
    }
}

/// Tables of a record's own.
#[derive(Default)]
struct Tables {
    unknown: Table,
    stamps: Table,
    staff: Table,
}

struct Resolver<'a, 'i> {
    index: &'i Index<'a>,
    /// The day of the record.
    day: Option<NaiveDate>,
    findings: Vec<Diagnostic>,
    tables: Tables,
    /// Standards answered so far, and where.
    seen: HashMap<u32, Span>,
    people: Vec<Person>,
}

impl Resolver<'_, '_> {
    fn report(&mut self, code: Code, span: Span, message: impl Into<Message>, help: impl Into<Message>) {
        self.findings.push(Diagnostic::new(code, span, message).help(help));
    }

    fn site(&mut self, name: Option<&Name>, record: Span) -> Option<String> {
        let book = self.index.book;
        let Some(name) = name else {
            if !book.sites.is_empty() {
                let known = listed(book.sites.iter().map(|site| &site.id));
                let help = say!("add `site: …`; known: {words}", words = known);
                self.report(Code::MissingKey, record.head(), say!("an audit record lacks the key `site`"), help);
            }
            return None;
        };
        if let Some(site) = book.site(&name.value) {
            return Some(site.id.name.clone());
        }
        self.unknown(
            Code::UnknownSite,
            say!("a site"),
            say!("a file in sites/"),
            name,
            book.sites.iter().map(|site| &site.id),
        );
        Some(name.value.clone())
    }

    fn not_after_today(&mut self, date: NaiveDate, span: Span) {
        if date > self.index.today {
            let message =
                say!("{date} is after today, {today}", date = date.to_string(), today = self.index.today.to_string());
            self.report(Code::BadDate, span, message, say!("an audit tells of what has been: mend the date"));
        }
    }

    fn scope(&mut self, draft: ScopeDraft) -> Filter {
        let mut filter = Filter::default();
        for (by, names) in draft.filters {
            let values = match by.values() {
                Values::Ids(things) => self.names(things, names),
                Values::Words(_) | Values::UpTo(_) => names.into_iter().map(|word| word.value).collect(),
            };
            filter.set(by, values);
        }
        filter.in_force(false)
    }

    /// Ids as of now. An unknown one is reported, and kept: it must not widen the scope to everything.
    fn names(&mut self, things: &Things, names: Vec<Name>) -> Vec<String> {
        let mut now = Vec::new();
        for name in names {
            let found = things.find(self.index.book, &name.value);
            if found.is_none() {
                let all = (things.all)(self.index.book).into_iter().map(|(id, _)| id);
                self.unknown(things.unknown, (things.a_noun)(), say!("the book"), &name, all);
            }
            now.push(found.map_or(name.value, |id| id.name.clone()));
        }
        now
    }

    fn unknown<'b>(
        &mut self,
        code: Code,
        what: Message,
        place: Message,
        name: &Name,
        known: impl Iterator<Item = &'b Id> + Clone,
    ) {
        let shown: String = name.value.chars().take(80).collect();
        let help = match nearest(&name.value, known.clone().map(|id| id.name.as_str())) {
            Some(near) => say!("did you mean `{near}`?", near),
            None => match known.clone().count() {
                0 => say!("add it to {place}", place),
                1..=MAX_LISTED => say!("known: {words}; or add it to {place}", words = listed(known), place),
                _ => say!("add it to {place}", place),
            },
        };
        self.report(code, name.span, say!("`{name}` is not {what} of the book", name = shown, what), help);
    }

    fn items(&mut self, entries: Vec<(Name, Option<AnswerDraft>)>, staff: Option<u32>) -> Vec<Item> {
        let mut items = Vec::with_capacity(entries.len());
        for (key, answer) in entries {
            let Some(answer) = answer else { continue };
            items.extend(self.item(&key, answer, staff));
        }
        items
    }

    fn item(&mut self, key: &Name, answer: AnswerDraft, staff: Option<u32>) -> Option<Item> {
        let (seen, detail) = match answer {
            AnswerDraft::Bare(seen) => (seen, None),
            AnswerDraft::Full(mut detail) => (detail.answer.take()?, Some(*detail)),
        };
        let (standard, wording) = self.subject(key)?;
        if let Some(first) = self.seen.insert(standard, key.span) {
            self.seen.insert(standard, first);
            let message = say!("`{standard}` is answered twice in this record", standard = short(&key.value));
            let finding =
                Diagnostic::new(Code::BadAnswer, key.span, message).related(first, say!("it is answered here first"));
            self.findings.push(finding.help(say!("keep one of the two, or join them in a list of observations")));
            return None;
        }
        let measure = self.index.standards.all.get(standard as usize).and_then(|standard| standard.measure.as_ref());
        let is_known = (standard as usize) < self.index.standards.all.len();
        let is_word = matches!(seen.seen.as_slice(), [word] if word.value.parse::<Answer>().is_ok());
        let is_former = is_known && matches!(wording, Wording::Former(_));
        let former: Vec<String> =
            seen.seen.iter().filter(|_| is_former && !is_word).map(|seen| seen.value.clone()).collect();
        let outcome = match judge(seen.seen.iter().map(|seen| seen.value.as_str()), seen.is_list, measure) {
            Ok(outcome) => outcome,
            // A value cannot be judged by a standard that is gone; that it is gone has been said.
            Err(_) if !is_known && reads_as_value(&seen) => {
                Outcome { answer: Answer::NotObserved, passed: 0, observations: 0 }
            }
            // What the wording of that time says is asked of the past, where there is one; see `Audits::rejudge`.
            Err(wrong) if !former.is_empty() => {
                self.report(Code::BadAnswer, key.span, wrong.message, wrong.help);
                Outcome { answer: Answer::NotObserved, passed: 0, observations: 0 }
            }
            Err(wrong) => {
                let span = seen.seen.get(wrong.at).map_or(seen.span, |wrong| wrong.span);
                self.report(Code::BadAnswer, span, wrong.message, wrong.help);
                return None;
            }
        };
        let why = detail.as_ref().and_then(|detail| detail.why.as_deref()).map_or("", str::trim);
        if outcome.answer == Answer::NotApplicable && why.is_empty() {
            let message = say!("`{standard}` is not applicable for no reason", standard = short(&key.value));
            let help = say!(
                "give the reason as in {example}",
                example = format!("`{}: {{answer: n/a, why: …}}`", short(&key.value))
            );
            self.report(Code::AnswerWithoutReason, seen.span, message, help);
        }
        let own = detail.as_ref().and_then(|detail| detail.staff.as_deref()).map(|code| self.staff(code, key.span));
        let mut detail = detail.and_then(|detail| self.detail(detail)).map(Box::new);
        if !former.is_empty() {
            detail.get_or_insert_default().observed = former;
        }
        let (span, staff) = (key.span, own.or(staff));
        let Outcome { answer, passed, observations } = outcome;
        Some(Item { standard, wording, answer, passed, observations, staff, detail, span, seen: seen.span })
    }

    /// The standard and the wording that a key names.
    fn subject(&mut self, key: &Name) -> Option<(u32, Wording)> {
        let reference = Reference::parse(&key.value);
        let Reference { id, stamp } = reference;
        if let Some((message, help)) = reference.fault(self.index.standard(id)) {
            self.report(Code::BadAnswer, key.span, message, help);
            return None;
        }
        if let Some(place) = self.index.find(id) {
            let wording = match stamp {
                None => Wording::Unsaid,
                Some(stamp) if self.index.standards.all[place as usize].stamp == stamp => Wording::Current,
                Some(stamp) => Wording::Former(self.tables.stamps.place(stamp)),
            };
            return Some((place, wording));
        }
        if !self.index.directory.is_known(id) {
            // More of them are no slips, and a hostile file has a hundred thousand.
            let may_be_slip = self.tables.unknown.list.len() < MAX_SUGGESTED;
            let near = may_be_slip.then(|| self.index.directory.nearest(id)).flatten();
            let help = match near {
                Some(near) => say!("did you mean `{near}`? A renamed standard keeps its history by `was`", near),
                None => say!(
                    "a renamed standard keeps its history by `was: [OLD-ID]`; a retired one stays in its file with `status: retired`"
                ),
            };
            let message = say!("the book no longer knows `{id}`; it counts under its own name", id = short(id));
            self.report(Code::UnknownRecord, key.span, message, help);
        }
        let place = self.index.standards.all.len() as u32 + self.tables.unknown.place(id);
        let wording = stamp.map_or(Wording::Unsaid, |stamp| Wording::Former(self.tables.stamps.place(stamp)));
        Some((place, wording))
    }

    fn detail(&mut self, draft: DetailDraft) -> Option<Detail> {
        let evidence: Vec<Name> = draft.evidence.map(|many| many.0).unwrap_or_default();
        for path in &evidence {
            let outside = path.value.starts_with(['/', '\\']) || path.value.split(['/', '\\']).any(|part| part == "..");
            if outside {
                let message = say!("`{path}` leads outside the book", path = short(&path.value));
                self.report(Code::PathOutsideBook, path.span, message, say!("put the file into the book's folder"));
            }
        }
        let action = draft.action.and_then(|action| self.action(action));
        let detail = Detail {
            note: filled(draft.note),
            why: filled(draft.why),
            evidence: evidence.into_iter().map(|path| path.value).collect(),
            grade: draft.grade,
            action,
            observed: Vec::new(),
        };
        let says = detail.note.is_some()
            || detail.why.is_some()
            || !detail.evidence.is_empty()
            || detail.grade.is_some()
            || detail.action.is_some();
        says.then_some(detail)
    }

    /// The number of a code of staff.
    fn staff(&mut self, code: &str, span: Span) -> u32 {
        let known = self.tables.staff.list.len();
        let number = self.tables.staff.place(code.trim());
        if number as usize == known {
            self.person(Part::Staff, code, span);
        }
        number
    }

    /// Keeps that somebody is named.
    fn person(&mut self, part: Part, name: &str, span: Span) {
        if !name.trim().is_empty() {
            self.people.push((part, name.trim().to_owned(), span));
        }
    }

    /// What comes after another thing must not be dated before it: the deed after the audit, its proof after the deed.
    fn in_order(&mut self, draft: &ActionDraft) {
        let (Some(audit), Some(done)) = (self.day, &draft.done) else { return };
        let (done, span) = (done.value.0, done.span);
        if done < audit {
            let message = say!("this was done on {done}, before the audit of {audit} asked for it", done, audit);
            self.report(
                Code::ActionOrder,
                span,
                message,
                say!("mend the date, or note what was done before as an answer"),
            );
        }
        if let Some(verified) = draft.verified.as_ref().filter(|verified| verified.value.0 < done) {
            let (day, span) = (verified.value.0, verified.span);
            let message = say!("this was verified on {verified}, before it was done on {done}", verified = day, done);
            self.report(
                Code::ActionOrder,
                span,
                message,
                say!("an effect is verified after the deed: mend one of the dates"),
            );
        }
    }

    fn action(&mut self, draft: ActionDraft) -> Option<Action> {
        for past in [&draft.done, &draft.verified].into_iter().flatten() {
            self.not_after_today(past.value.0, past.span);
        }
        self.in_order(&draft);
        if let Some(owner) = &draft.owner {
            self.person(Part::Owner, owner, draft.span.head());
        }
        let due = draft.due.as_ref().map(|due| (due.value.0, due.span));
        let action = Some(Action::from(draft)).filter(|action| !action.what.is_empty())?;
        if let Some((due, span)) = due.filter(|_| action.is_overdue(self.index.today)) {
            let (what, due) = (short(&action.what), due.to_string());
            let message = match action.owner.as_deref().map(short) {
                Some(owner) => say!("`{what}` was due on {due} and is not done ({owner})", what, due, owner),
                None => say!("`{what}` was due on {due} and is not done", what, due),
            };
            self.report(Code::ActionOverdue, span, message, say!("do it and add `done: …`, or agree on another day"));
        }
        Some(action)
    }
}

/// Whether what was seen begins like a figure.
fn reads_as_value(seen: &SeenDraft) -> bool {
    seen.seen.iter().all(|seen| seen.value.trim().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+')))
}

fn listed<'b>(ids: impl Iterator<Item = &'b Id>) -> String {
    let ids: Vec<_> = ids.take(MAX_LISTED).map(|id| format!("`{}`", id.name)).collect();
    ids.join(", ")
}
