//! A record as written → a record whose ids are the book's, and whose answers are judged.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::draft::{ActionDraft, AnswerDraft, DetailDraft, RecordDraft, ScopeDraft, SeenDraft};
use super::judge::{Outcome, judge};
use super::model::{Action, Answer, Detail, Item, Kind, Record, Wording};
use crate::book::decode::OneOrMany;
use crate::book::draft::Name;
use crate::book::draft_values::DateDraft;
use crate::book::{Book, Id, NameKind, Spanned};
use crate::diag::{Code, Diagnostic, nearest};
use crate::language::Message;
use crate::method::{Filter, Standards};
use crate::source::{FileId, Span};

/// How many ids a hint lists before it stops being one.
const MAX_LISTED: usize = 12;

/// What every record is resolved against; made once.
pub(super) struct Index<'a> {
    book: &'a Book,
    standards: &'a Standards,
    today: NaiveDate,
    /// Id now or once → place in `Standards::all`.
    ids: HashMap<&'a str, u32>,
    /// Ids of standards that could not be read: they are known, though nothing can be judged by them.
    unread: HashMap<&'a str, ()>,
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
    pub found: Vec<Diagnostic>,
}

impl<'a> Index<'a> {
    pub fn new(book: &'a Book, standards: &'a Standards, today: NaiveDate) -> Self {
        let mut ids: HashMap<&str, u32> = HashMap::with_capacity(standards.all.len());
        for (at, standard) in (0..).zip(&standards.all) {
            ids.insert(&standard.id.name, at);
        }
        // A present id goes before a former one.
        for (at, standard) in (0..).zip(&standards.all) {
            for former in &standard.id.was {
                ids.entry(former).or_insert(at);
            }
        }
        let written = book.names.iter().filter(|name| name.definition && name.kind == NameKind::Standard);
        let unread = written.map(|name| name.name.as_str()).filter(|name| !ids.contains_key(name));
        let unread = unread.map(|name| (name, ())).collect();
        Index { book, standards, today, ids, unread }
    }

    /// The place in `Standards::all` of the standard with that id, now or once.
    pub fn find(&self, id: &str) -> Option<u32> {
        self.ids.get(id).copied()
    }

    /// Resolves one record. One without a date that can be read has its findings and nothing else: no figure could place it.
    pub fn resolve(&self, file: FileId, draft: RecordDraft) -> Resolved {
        let span = draft.date.as_ref().map_or(draft.span.head(), |date| date.span);
        let mut resolver = Resolver { index: self, found: Vec::new(), tables: Tables::default(), seen: HashMap::new() };
        let site = resolver.site(draft.site.as_ref(), draft.span);
        let moment = draft.date.map(|date| Spanned { value: date.value.0, span: date.span });
        if let Some(moment) = &moment {
            resolver.not_after_today(moment.value.date, moment.span);
        }
        let filter = draft.scope.as_ref().map(|scope| resolver.scope(scope)).unwrap_or_default();
        let staff = draft.staff.as_ref().map(|staff| resolver.tables.staff(&staff.value));
        let items = draft.answers.map(|answers| {
            let place = answers.entries.first().map_or(span, |(key, _)| key.span);
            let items = resolver.items(answers.entries, staff);
            if items.is_empty() && resolver.found.iter().all(|finding| finding.code != "bad-answer") {
                let finding = Diagnostic::new("missing-key", place, "no answer is filled in");
                resolver.found.push(finding.help("fill in what was seen, or remove the file"));
            }
            items
        });
        let text = |name: Option<Name>| name.map(|name| name.value.trim().to_owned()).filter(|text| !text.is_empty());
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
        let Resolver { found, tables: Tables { unknown, stamps, staff, .. }, .. } = resolver;
        Resolved { record, filter, unknown, stamps, staff, found }
    }
}

/// Tables of a record's own.
#[derive(Default)]
struct Tables {
    unknown: Vec<String>,
    stamps: Vec<String>,
    staff: Vec<String>,
}

impl Tables {
    fn staff(&mut self, code: &str) -> u32 {
        intern(&mut self.staff, code.trim())
    }
}

/// The place of a text in a short list, which gets it where it lacks it.
fn intern(list: &mut Vec<String>, text: &str) -> u32 {
    let at = list.iter().position(|one| one == text).unwrap_or_else(|| {
        list.push(text.to_owned());
        list.len() - 1
    });
    at as u32
}

struct Resolver<'a, 'i> {
    index: &'i Index<'a>,
    found: Vec<Diagnostic>,
    tables: Tables,
    /// Standards answered so far, and where.
    seen: HashMap<u32, Span>,
}

impl Resolver<'_, '_> {
    fn report(&mut self, code: Code, span: Span, message: impl Into<Message>, help: impl Into<Message>) {
        self.found.push(Diagnostic::new(code, span, message).help(help));
    }

    fn site(&mut self, name: Option<&Name>, record: Span) -> Option<String> {
        let book = self.index.book;
        let Some(name) = name else {
            if !book.sites.is_empty() {
                let known = listed(book.sites.iter().map(|site| &site.id));
                let help = format!("add `site: …`; known: {known}");
                self.report("missing-key", record.head(), "an audit record lacks the key `site`", help);
            }
            return None;
        };
        if let Some(site) = book.site(&name.value) {
            return Some(site.id.name.clone());
        }
        self.unknown("unknown-site", "a site", "a file in sites/", name, book.sites.iter().map(|site| &site.id));
        Some(name.value.clone())
    }

    fn not_after_today(&mut self, date: NaiveDate, span: Span) {
        if date > self.index.today {
            let message = format!("{date} is after today, {}", self.index.today);
            self.report("bad-date", span, message, "an audit tells of what has been: mend the date");
        }
    }

    fn scope(&mut self, draft: &ScopeDraft) -> Filter {
        let book = self.index.book;
        let phases = || book.sequences.iter().flat_map(|sequence| &sequence.phases).map(|phase| &phase.id);
        let words = |names: &Option<OneOrMany<Name>>| names.iter().flat_map(|many| many.0.clone()).collect::<Vec<_>>();
        fn all<T: Copy>(words: Option<&OneOrMany<T>>) -> Vec<T> {
            words.map(|many| many.0.clone()).unwrap_or_default()
        }
        Filter {
            sequences: self.names("unknown-sequence", "a sequence", words(&draft.sequence), || {
                book.sequences.iter().map(|one| &one.id)
            }),
            phases: self.names("unknown-phase", "a phase", words(&draft.phase), phases),
            roles: self.names("unknown-role", "a role", words(&draft.role), || book.roles.iter().map(|one| &one.id)),
            types: all(draft.kind.as_ref()),
            levels: all(draft.level.as_ref()),
            up_to: draft.up_to,
            traits: self
                .names("unknown-trait", "a trait", words(&draft.of_trait), || book.traits.iter().map(|one| &one.id)),
            procedures: all(draft.procedure.as_ref()),
            aspects: all(draft.aspect.as_ref()),
            statuses: Vec::new(),
        }
        .in_force(false)
    }

    /// Ids as of now. An unknown one is reported, and kept: it must not widen the scope to everything.
    fn names<'b, I: Iterator<Item = &'b Id> + Clone>(
        &mut self,
        code: Code,
        what: &str,
        names: Vec<Name>,
        all: impl Fn() -> I,
    ) -> Vec<String> {
        let mut now = Vec::new();
        for name in names {
            let found = all().find(|id| id.name == name.value).or_else(|| all().find(|id| id.has_been(&name.value)));
            if found.is_none() {
                self.unknown(code, what, "the book", &name, all());
            }
            now.push(found.map_or(name.value, |id| id.name.clone()));
        }
        now
    }

    fn unknown<'b>(
        &mut self,
        code: Code,
        what: &str,
        place: &str,
        name: &Name,
        known: impl Iterator<Item = &'b Id> + Clone,
    ) {
        let shown: String = name.value.chars().take(80).collect();
        let help = match nearest(&name.value, known.clone().map(|id| id.name.as_str())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => match known.clone().count() {
                0 => format!("add it to {place}"),
                1..=MAX_LISTED => format!("known: {}; or add it to {place}", listed(known)),
                _ => format!("add it to {place}"),
            },
        };
        self.report(code, name.span, format!("`{shown}` is not {what} of the book"), help);
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
            let message = format!("`{}` is answered twice in this record", short(&key.value));
            let finding = Diagnostic::new("bad-answer", key.span, message).related(first, "it is answered here first");
            self.found.push(finding.help("keep one of the two, or join them in a list of observations"));
            return None;
        }
        let measure = self.index.standards.all.get(standard as usize).and_then(|standard| standard.measure.as_ref());
        let is_known = (standard as usize) < self.index.standards.all.len();
        let outcome = match judge(seen.seen.iter().map(|one| one.value.as_str()), seen.is_list, measure) {
            Ok(outcome) => outcome,
            // A value cannot be judged by a standard that is gone; that it is gone has been said.
            Err(_) if !is_known && reads_as_value(&seen) => {
                Outcome { answer: Answer::NotObserved, passed: 0, observations: 0 }
            }
            Err(wrong) => {
                let span = seen.seen.get(wrong.at).map_or(seen.span, |one| one.span);
                self.report("bad-answer", span, wrong.message, wrong.help);
                return None;
            }
        };
        let why = detail.as_ref().and_then(|detail| detail.why.as_deref()).map_or("", str::trim);
        if outcome.answer == Answer::NotApplicable && why.is_empty() {
            let message = format!("`{}` is not applicable for no reason", short(&key.value));
            let help = format!("write `{{answer: n/a, why: …}}` beside `{}:`", short(&key.value));
            self.report("answer-without-reason", seen.span, message, help);
        }
        let own = detail.as_ref().and_then(|detail| detail.staff.as_deref()).map(|code| self.tables.staff(code));
        let detail = detail.and_then(|detail| self.detail(detail)).map(Box::new);
        let (span, staff) = (key.span, own.or(staff));
        let Outcome { answer, passed, observations } = outcome;
        Some(Item { standard, wording, answer, passed, observations, staff, detail, span, seen: seen.span })
    }

    /// The standard and the wording that a key names.
    fn subject(&mut self, key: &Name) -> Option<(u32, Wording)> {
        let (id, stamp) = key.value.split_once('@').map_or((key.value.as_str(), None), |(id, stamp)| (id, Some(stamp)));
        let (id, stamp) = (id.trim(), stamp.map(str::trim));
        if let Some(stamp) = stamp
            && !(stamp.len() == 8 && stamp.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f')))
        {
            let message = format!("`{}` is not a stamp", short(stamp));
            let help = match self.index.find(id).and_then(|at| self.index.standards.all.get(at as usize)) {
                Some(standard) => format!("the wording of today is `{}@{}`", standard.id.name, standard.stamp),
                None => "a stamp has 8 digits of 0-9 and a-f, as the checklist prints it".to_owned(),
            };
            self.report("bad-answer", key.span, message, help);
            return None;
        }
        if let Some(at) = self.index.find(id) {
            let wording = match stamp {
                None => Wording::Unsaid,
                Some(stamp) if self.index.standards.all[at as usize].stamp == stamp => Wording::Current,
                Some(stamp) => Wording::Former(intern(&mut self.tables.stamps, stamp)),
            };
            return Some((at, wording));
        }
        if !self.index.unread.contains_key(id) {
            let known = self.index.standards.all.iter().map(|standard| standard.id.name.as_str());
            let help = match nearest(id, known) {
                Some(near) => format!("did you mean `{near}`? A renamed standard keeps its history by `was`"),
                None => {
                    "a renamed standard keeps its history by `was: [OLD-ID]`; a retired one stays in its file with \
                         `status: retired`"
                        .to_owned()
                }
            };
            let message = format!("the book no longer knows `{}`; it counts under its own name", short(id));
            self.report("unknown-record", key.span, message, help);
        }
        let at = self.index.standards.all.len() as u32 + intern(&mut self.tables.unknown, id);
        let wording = stamp.map_or(Wording::Unsaid, |stamp| Wording::Former(intern(&mut self.tables.stamps, stamp)));
        Some((at, wording))
    }

    fn detail(&mut self, draft: DetailDraft) -> Option<Detail> {
        let text = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let evidence: Vec<Name> = draft.evidence.map(|many| many.0).unwrap_or_default();
        for path in &evidence {
            let outside = path.value.starts_with(['/', '\\']) || path.value.split(['/', '\\']).any(|part| part == "..");
            if outside {
                let message = format!("`{}` leads outside the book", short(&path.value));
                self.report("path-outside-book", path.span, message, "put the file into the book's folder");
            }
        }
        let action = draft.action.and_then(|action| self.action(action));
        let detail = Detail {
            note: text(draft.note),
            why: text(draft.why),
            evidence: evidence.into_iter().map(|path| path.value).collect(),
            grade: draft.grade,
            action,
        };
        let says = detail.note.is_some()
            || detail.why.is_some()
            || !detail.evidence.is_empty()
            || detail.grade.is_some()
            || detail.action.is_some();
        says.then_some(detail)
    }

    fn action(&mut self, draft: ActionDraft) -> Option<Action> {
        let text = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let mut past = |date: Option<Spanned<DateDraft>>| {
            let date = date?;
            self.not_after_today(date.value.0, date.span);
            Some(date.value.0)
        };
        let (done, verified) = (past(draft.done), past(draft.verified));
        let due = draft.due.map(|due| (due.value.0, due.span));
        let action = Action {
            what: text(draft.what)?,
            cause: text(draft.cause),
            owner: text(draft.owner),
            due: due.map(|(due, _)| due),
            done,
            verified,
            effective: draft.effective,
            span: draft.span.head(),
        };
        if let Some((due, span)) = due.filter(|_| action.is_overdue(self.index.today)) {
            let owner = action.owner.as_deref().map_or(String::new(), |owner| format!(" ({})", short(owner)));
            let message = format!("`{}` was due on {due} and is not done{owner}", short(&action.what));
            self.report("action-overdue", span, message, "do it and add `done: …`, or agree on another day");
        }
        Some(action)
    }
}

/// Whether what was seen begins like a figure.
fn reads_as_value(seen: &SeenDraft) -> bool {
    seen.seen.iter().all(|one| one.value.trim().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+')))
}

fn short(text: &str) -> String {
    if text.chars().count() <= 80 { text.to_owned() } else { text.chars().take(79).chain(['…']).collect() }
}

fn listed<'b>(ids: impl Iterator<Item = &'b Id>) -> String {
    let ids: Vec<_> = ids.take(MAX_LISTED).map(|id| format!("`{}`", id.name)).collect();
    ids.join(", ")
}
