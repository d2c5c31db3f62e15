//! From a form to a record: standards found, answers judged, the head completed by what the command says.

use std::collections::HashMap;

use super::words::{answer, day};
use super::{Form, Given, GivenAction, Rejected, Spot};
use crate::audit::draft::{ScopeDraft, moment};
use crate::audit::judge::{judge, plain};
use crate::audit::{Answer, Grade, Index, Kind, Moment, Written, WrittenAction, WrittenAnswer};
use crate::book::{Measure, Unit, id, parse_quantity};
use crate::diag::nearest;
use crate::language::Message;
use crate::method::{Filter, Standard, select};
use crate::say;
use crate::source::Span;

/// The longest name of a round.
const MAX_ROUND: usize = 64;

/// What the command says where a form cannot.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Id of the site.
    pub site: Option<String>,
    /// When.
    pub date: Option<Moment>,
    /// Who judged.
    pub auditor: Option<String>,
    /// What kind of audit it was.
    pub kind: Option<Kind>,
}

/// A form that was placed.
#[derive(Debug)]
pub struct Placed {
    /// The record, without what was rejected.
    pub record: Written,
    /// What could not be placed; with anything here the record is not whole.
    pub rejected: Vec<Rejected>,
    /// What whoever takes it in should know.
    pub remarks: Vec<Message>,
}

/// Places a form.
pub fn place(form: Form, options: &Options, index: &Index<'_>) -> Placed {
    let mut placer = Placer { index, rejected: form.rejected.clone(), remarks: Vec::new(), answered: HashMap::new() };
    placer.same_book(&form);
    let site = placer.site(form.site.as_ref(), options.site.as_deref());
    let (moment, shift) = placer.moment(&form, options.date);
    let auditor = placer.either(form.auditor.as_ref(), options.auditor.as_deref(), "--auditor");
    let kind = placer.kind(form.kind.as_ref(), options.kind);
    let scope = match &form.scope {
        Some(scope) => placer.scope(scope),
        None => scope_of(&form.items, site.as_deref(), index),
    };
    let visit = form.visit.as_ref().map(|visit| visit.text.clone());
    let shift = shift.and_then(|shift| Some(format!("{}-{}", moment?.date, id::suggest(&shift)?)));
    let round = form.round.as_ref().and_then(|round| placer.round(round));
    let answers: Vec<WrittenAnswer> = form.items.iter().filter_map(|item| placer.item(item)).collect();
    if answers.is_empty() && placer.rejected.is_empty() {
        let wrong = Rejected::new("", say!("nothing is filled in"));
        placer.rejected.push(wrong.help(say!("tick an answer, or write down what was observed")));
    }
    placer.wordings(&answers);
    let mut record = Written {
        site,
        moment: moment.unwrap_or_default(),
        visit: visit.or(shift),
        round,
        auditor,
        kind: Some(kind.unwrap_or(Kind::Internal)),
        scope,
        staff: form.staff.as_ref().map(|staff| staff.text.clone()),
        answers,
    };
    record.settle(index);
    Placed { record, rejected: placer.rejected, remarks: placer.remarks }
}

struct Placer<'a, 'i> {
    index: &'i Index<'a>,
    rejected: Vec<Rejected>,
    remarks: Vec<Message>,
    /// Id as of now → where it is answered.
    answered: HashMap<String, String>,
}

impl Placer<'_, '_> {
    fn reject(&mut self, place: &str, message: Message, help: Option<Message>) {
        self.rejected.push(Rejected { place: place.to_owned(), message, help });
    }

    /// Says so where a form seems to be of another book, and refuses one that is.
    fn same_book(&mut self, form: &Form) {
        let id = |item: &Given| item.reference.split('@').next().unwrap_or_default().trim().to_owned();
        if !form.items.is_empty() && !form.items.iter().any(|item| self.index.find(&id(item)).is_some()) {
            let message = say!("none of the standards of this form is in the book");
            self.reject("", message, Some(say!("is it the form of another book?")));
            return;
        }
        let title = &self.index.book().title;
        if let Some(of) = form.book.as_ref().filter(|of| !title.0.iter().any(|part| part.text == **of)) {
            self.remarks.push(say!("the form is of a book called \"{title}\"", title = of));
        }
    }

    /// What the form says, or else the command; both may say the same.
    fn either(&mut self, form: Option<&Spot>, option: Option<&str>, name: &'static str) -> Option<String> {
        if let (Some(spot), Some(option)) = (form, option)
            && spot.text != option
        {
            let message = say!("the form says `{said}`, and {name} says `{option}`", said = &spot.text, name, option);
            self.reject(&spot.place, message, Some(say!("leave {name} out, or mend the form", name)));
        }
        form.map(|spot| spot.text.clone()).or_else(|| option.map(str::to_owned))
    }

    fn site(&mut self, form: Option<&Spot>, option: Option<&str>) -> Option<String> {
        let book = self.index.book();
        let known = || book.sites.iter().map(|site| site.id.name.as_str());
        let mut from_form = None;
        if let Some(spot) = form {
            let titled = || book.sites.iter().find(|site| site.title.0.iter().any(|part| part.text == spot.text));
            let Some(site) = book.site(&spot.text).or_else(titled) else {
                let help = match nearest(&spot.text, known()) {
                    Some(near) => say!("did you mean `{near}`?", near),
                    None => say!("known: {words}", words = known().collect::<Vec<_>>().join(", ")),
                };
                let message = say!("`{site}` is not a site of the book", site = &spot.text);
                self.reject(&spot.place, message, Some(help));
                return None;
            };
            from_form = Some(Spot { text: site.id.name.clone(), place: spot.place.clone() });
        }
        let site = self.either(from_form.as_ref(), option, "--site");
        match (site, book.sites.as_slice()) {
            (Some(site), _) => Some(site),
            (None, []) => None,
            (None, [only]) => Some(only.id.name.clone()),
            (None, _) => {
                let help = say!("name it with --site; known: {words}", words = known().collect::<Vec<_>>().join(", "));
                self.reject("", say!("the form does not say at which site it was filled in"), Some(help));
                None
            }
        }
    }

    /// Day and time; and the shift, where that stands in the place of the time.
    fn moment(&mut self, form: &Form, option: Option<Moment>) -> (Option<Moment>, Option<String>) {
        let mut shift = None;
        let time = form.time.as_ref().and_then(|spot| {
            let clock =
                moment(&format!("2000-01-01T{:0>5}", spot.text.replace('.', ":"))).and_then(|moment| moment.time);
            if clock.is_none() {
                shift = Some(spot.text.clone());
            }
            clock
        });
        let Some(spot) = &form.date else {
            if option.is_none() {
                self.reject(
                    "",
                    say!("the form does not say when it was filled in"),
                    Some(say!("name the day with --date")),
                );
            }
            return (option.map(|option| Moment { time: option.time.or(time), ..option }), shift);
        };
        let read = moment(&spot.text).or_else(|| day(&spot.text).map(|date| Moment { date, time: None }));
        let Some(read) = read.map(|read| Moment { time: read.time.or(time), ..read }) else {
            let message = say!("`{date}` is not a date", date = &spot.text);
            self.reject(&spot.place, message, Some(say!("write year-month-day, such as 2026-01-15")));
            return (None, shift);
        };
        if read.date > self.index.today() {
            let message = say!(
                "{date} is after today, {today}",
                date = read.date.to_string(),
                today = self.index.today().to_string()
            );
            self.reject(&spot.place, message, Some(say!("an audit tells of what has been: mend the date")));
        }
        if let Some(option) = option
            && (option.date != read.date
                || option.time.is_some_and(|time| read.time.is_some_and(|other| other != time)))
        {
            let (said, option) = (read.to_string(), option.to_string());
            let message = say!("the form says `{said}`, and {name} says `{option}`", said, name = "--date", option);
            self.reject(&spot.place, message, Some(say!("leave {name} out, or mend the form", name = "--date")));
        }
        (Some(Moment { time: read.time.or(option.and_then(|option| option.time)), ..read }), shift)
    }

    fn kind(&mut self, form: Option<&Spot>, option: Option<Kind>) -> Option<Kind> {
        let read = form.and_then(|spot| match spot.text.parse::<Kind>() {
            Ok(kind) => Some(Spot { text: kind.word().to_owned(), place: spot.place.clone() }),
            Err(()) => {
                let help = one_of(&spot.text, Kind::ALL.iter().map(|kind| kind.word()));
                self.reject(&spot.place, say!("`{word}` is not a kind of audit", word = &spot.text), Some(help));
                None
            }
        });
        self.either(read.as_ref(), option.map(Kind::word), "--kind")?.parse().ok()
    }

    fn scope(&mut self, scope: &[(String, Vec<String>)]) -> Vec<(String, Vec<String>)> {
        for (key, _) in scope.iter().filter(|(key, _)| !ScopeDraft::KEYS.contains(&key.as_str())) {
            let help = one_of(key, ScopeDraft::KEYS.iter().copied());
            self.reject("scope", say!("`{key}` is not a key of {what}", key, what = "`scope`"), Some(help));
        }
        // In the order of a record's keys, whatever the order of the form.
        let known = ScopeDraft::KEYS.iter().filter_map(|key| scope.iter().find(|(one, _)| one == key));
        known.cloned().collect()
    }

    fn round(&mut self, spot: &Spot) -> Option<String> {
        let sound =
            spot.text.len() <= MAX_ROUND && spot.text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !sound {
            self.reject(&spot.place, say!("`{round}` is not the name of a round", round = short(&spot.text)), None);
        }
        sound.then(|| spot.text.clone())
    }

    fn item(&mut self, item: &Given) -> Option<WrittenAnswer> {
        let says = [&item.note, &item.why, &item.grade].into_iter().any(Option::is_some) || item.action.is_some();
        if item.ticked.is_empty() && item.observed.is_empty() && !says {
            return None;
        }
        let (name, stamp) = match item.reference.split_once('@') {
            Some((name, stamp)) => (name.trim(), Some(stamp.trim())),
            None => (item.reference.trim(), None),
        };
        let sound_stamp = |stamp: &str| {
            stamp.len() == 8 && stamp.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'))
        };
        if !name.split('.').all(|part| id::problem(part).is_none()) || !stamp.is_none_or(sound_stamp) {
            let message = say!("`{reference}` is not the `ID@STAMP` of a standard", reference = short(&item.reference));
            self.reject(&item.place, message, Some(say!("write it as the checklist printed it")));
            return None;
        }
        let standard = self.index.standard(name);
        let now = standard.map_or(name, |standard| standard.id.name.as_str());
        if let Some(first) = self.answered.get(now) {
            let message = say!("`{standard}` is answered twice: here and at {first}", standard = now, first);
            self.reject(&item.place, message, Some(say!("keep one of the two answers")));
            return None;
        }
        self.answered.insert(now.to_owned(), item.place.clone());
        let is_former = standard.is_some_and(|standard| stamp.is_some_and(|stamp| stamp != standard.stamp));
        let (seen, aside) = self.seen(item, now, standard, is_former)?;
        let not_applicable = seen == [Answer::NotApplicable.word()];
        let text = |spot: &Option<Spot>| spot.as_ref().map(|spot| spot.text.clone());
        let (mut note, mut why) = (text(&item.note), text(&item.why));
        if let Some(aside) = aside {
            note = Some(note.map_or_else(|| aside.clone(), |note| format!("{note} · {aside}")));
        }
        if not_applicable && why.is_none() {
            // A paper form has one line for both.
            why = note.take();
        }
        if not_applicable && why.is_none() {
            let place = item.ticked.first().map_or(&item.place, |spot| &spot.place);
            let message = say!("`{standard}` is not applicable for no reason", standard = now);
            let place = place.clone();
            self.reject(&place, message, Some(say!("write the reason in the note")));
            return None;
        }
        let grade = match &item.grade {
            None => None,
            Some(spot) => match spot.text.parse::<Grade>() {
                Ok(grade) => Some(grade),
                Err(()) => {
                    let help = one_of(&spot.text, Grade::ALL.iter().map(|grade| grade.word()));
                    self.reject(&spot.place, say!("`{word}` is not a grade", word = short(&spot.text)), Some(help));
                    return None;
                }
            },
        };
        let action = match &item.action {
            None => None,
            Some(action) => Some(self.action(action, &item.place)?),
        };
        let key = stamp.map_or_else(|| now.to_owned(), |stamp| format!("{now}@{stamp}"));
        let staff = text(&item.staff);
        Some(WrittenAnswer { key, seen, note, why, evidence: Vec::new(), grade, staff, action })
    }

    /// What was seen, in the words of a record: the values where there are any, else the answer. Beside it values that only
    /// an earlier wording's measure could judge: the answer, which that wording's form gave, goes before them.
    fn seen(
        &mut self,
        item: &Given,
        name: &str,
        standard: Option<&Standard>,
        is_former: bool,
    ) -> Option<(Vec<String>, Option<String>)> {
        let mut chosen: Option<(Answer, &Spot)> = None;
        for spot in &item.ticked {
            let Some(one) = answer(&spot.text) else {
                let help = one_of(&spot.text, Answer::ALL.iter().map(|answer| answer.word()));
                self.reject(&spot.place, say!("`{word}` is not an answer", word = short(&spot.text)), Some(help));
                return None;
            };
            match chosen {
                Some((other, first)) if other != one => {
                    let (first_place, one, other) = (first.place.clone(), one.word(), other.word());
                    let message = say!(
                        "`{standard}` is answered `{other}` ({first}) and `{one}` at once",
                        standard = name,
                        other,
                        first = first_place,
                        one
                    );
                    self.reject(&spot.place, message, Some(say!("leave one of the two")));
                    return None;
                }
                _ => chosen = chosen.or(Some((one, spot))),
            }
        }
        if item.observed.is_empty() {
            // A note without an answer is kept: whoever wrote it did not say that the standard was met, or not.
            let answer = chosen.map_or(Answer::NotObserved, |(answer, _)| answer);
            return Some((vec![answer.word().to_owned()], None));
        }
        let measure = standard.and_then(|standard| standard.measure.as_ref());
        let mut seen = Vec::new();
        for spot in &item.observed {
            match value(&spot.text, measure) {
                Ok(value) => seen.push(value),
                Err((message, help)) => {
                    self.reject(&spot.place, message, help);
                    return None;
                }
            }
        }
        let judged = judge(seen.iter().map(String::as_str), seen.len() > 1, measure);
        let agrees = |answer: Answer| judged.as_ref().is_ok_and(|outcome| outcome.answer == answer);
        match (&judged, chosen) {
            // A standard that is gone can judge nothing either.
            (_, Some((answer, _))) if (is_former || standard.is_none()) && !agrees(answer) => {
                return Some((vec![answer.word().to_owned()], Some(seen.join("; "))));
            }
            _ => {}
        }
        match (judged, chosen) {
            (Err(wrong), _) if standard.is_some() => {
                let place = item.observed.get(wrong.at).map_or(&item.place, |spot| &spot.place).clone();
                self.reject(&place, wrong.message, Some(wrong.help));
                None
            }
            (Ok(outcome), Some((answer, spot))) if answer != outcome.answer => {
                let observed = seen.join("; ");
                let asked = measure.map_or_else(String::new, |measure| format!(" ({})", plain(measure)));
                let message = say!(
                    "`{standard}` is answered `{answer}`, but what was observed says `{judged}`: {observed}{asked}",
                    standard = name,
                    answer = answer.word(),
                    judged = outcome.answer.word(),
                    observed,
                    asked
                );
                let place = spot.place.clone();
                self.reject(&place, message, Some(say!("mend the answer or the observed value")));
                None
            }
            _ => Some((seen, None)),
        }
    }

    fn action(&mut self, action: &GivenAction, item: &str) -> Option<WrittenAction> {
        let text = |spot: &Option<Spot>| spot.as_ref().map(|spot| spot.text.clone());
        let Some(what) = text(&action.what) else {
            self.reject(item, say!("the action does not say what will be done"), None);
            return None;
        };
        let today = self.index.today();
        let mut sound = true;
        let mut date = |spot: &Option<Spot>, is_past: bool| {
            let spot = spot.as_ref()?;
            let date = day(&spot.text).filter(|date| !is_past || *date <= today);
            if date.is_none() {
                sound = false;
                let message = match day(&spot.text) {
                    Some(date) => {
                        say!("{date} is after today, {today}", date = date.to_string(), today = today.to_string())
                    }
                    None => say!("`{date}` is not a date", date = short(&spot.text)),
                };
                let help = Some(say!("write year-month-day, such as 2026-01-15"));
                self.rejected.push(Rejected { place: spot.place.clone(), message, help });
            }
            date
        };
        let (due, done, verified) = (date(&action.due, false), date(&action.done, true), date(&action.verified, true));
        let written = WrittenAction {
            what,
            cause: text(&action.cause),
            owner: text(&action.owner),
            due,
            done,
            verified,
            effective: None,
        };
        sound.then_some(written)
    }

    /// Tells which answers are about another wording than that of today, or about nothing that the book knows.
    fn wordings(&mut self, answers: &[WrittenAnswer]) {
        let mut earlier = Vec::new();
        let mut unknown = Vec::new();
        for answer in answers {
            let (id, stamp) =
                answer.key.split_once('@').map_or((answer.key.as_str(), None), |(id, stamp)| (id, Some(stamp)));
            match (self.index.standard(id), stamp) {
                (None, _) => unknown.push(id),
                (Some(standard), Some(stamp)) if standard.stamp != stamp => earlier.push(answer.key.as_str()),
                _ => {}
            }
        }
        if !earlier.is_empty() {
            self.remarks.push(say!(
                earlier.len();
                "1 answer is about an earlier wording than that of today, and is recorded as such: {ids}",
                "{n} answers are about earlier wordings than those of today, and are recorded as such: {ids}",
                ids = earlier.join(", ")
            ));
        }
        if !unknown.is_empty() {
            self.remarks.push(say!(
                unknown.len();
                "1 answer is about a standard that the book no longer knows, and counts under its own name: {ids}",
                "{n} answers are about standards that the book no longer knows, and count under their own names: {ids}",
                ids = unknown.join(", ")
            ));
        }
    }
}

/// A value in the words of a record: with the measure's unit where the form's column stands for it, and written the same
/// whoever typed it.
fn value(text: &str, measure: Option<&Measure>) -> Result<String, (Message, Option<Message>)> {
    if let Some((passed, of)) = text.split_once('/') {
        return Ok(format!("{}/{}", passed.trim(), of.trim()));
    }
    if let Some(answer) = answer(text) {
        return Ok(answer.word().to_owned());
    }
    let Ok(mut quantity) = parse_quantity(text, Span::default()) else { return Ok(text.to_owned()) };
    if let (Unit::Count, Some(measure)) = (&quantity.unit, measure) {
        quantity.unit = measure.value.unit.clone();
        // A spreadsheet turns `95 %` into 0.95 as soon as the sign is typed, so such a figure may mean either.
        if quantity.unit == Unit::Known("%") && quantity.value > 0.0 && quantity.value <= 1.0 {
            let message = say!("`{value}` may be a share of 1 or a percentage", value = text);
            return Err((message, Some(say!("write it with its sign, as a text: 95 %"))));
        }
    }
    Ok(quantity.plain())
}

/// What was looked at, by what stands on a form that does not say: the narrowest scope of which it holds every item.
fn scope_of(items: &[Given], site: Option<&str>, index: &Index<'_>) -> Vec<(String, Vec<String>)> {
    let book = index.book();
    let id = |item: &Given| index.standard(item.reference.split('@').next().unwrap_or_default().trim());
    let mut standards: Vec<&Standard> = items.iter().filter_map(id).collect();
    standards.sort_by_key(|standard| index.find(&standard.id.name));
    standards.dedup_by(|a, b| std::ptr::eq(*a, *b));
    let site = site.and_then(|site| book.site(site));
    let fits = |filter: &Filter| {
        let chosen = select(book, index.standards(), site, &filter.clone().in_force(false));
        // A form may hold what the book has since retired, but must hold all that is asked of it today.
        chosen.iter().all(|one| standards.iter().any(|standard| std::ptr::eq(*standard, one.standard)))
    };
    let everything = Filter::default();
    if standards.is_empty() || fits(&everything) {
        return Vec::new();
    }
    fn each<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
        let mut once = Vec::new();
        all.for_each(|one| {
            if !once.contains(&one) {
                once.push(one);
            }
        });
        once
    }
    let phase = |standard: &&Standard| book.sequences[standard.sequence].phases[standard.phase].id.name.clone();
    let phases = each(standards.iter().map(phase));
    let of_phases = Filter { phases: phases.clone(), ..Filter::default() };
    let types = each(standards.iter().map(|standard| standard.kind));
    let levels = each(standards.iter().map(|standard| standard.level));
    let aspects = each(standards.iter().map(|standard| standard.aspect));
    let procedures = each(standards.iter().filter_map(|standard| standard.procedure));
    let phase_words = ("phase".to_owned(), phases);
    let narrower = [
        (None, of_phases.clone()),
        (
            Some(("type", types.iter().map(|one| one.word().to_owned()).collect::<Vec<_>>())),
            Filter { types, ..of_phases.clone() },
        ),
        (
            Some(("level", levels.iter().map(|one| one.word().to_owned()).collect())),
            Filter { levels, ..of_phases.clone() },
        ),
        (
            Some(("procedure", procedures.iter().map(|one| one.word().to_owned()).collect())),
            Filter { procedures, ..of_phases.clone() },
        ),
        (
            Some(("aspect", aspects.iter().map(|one| one.word().to_owned()).collect())),
            Filter { aspects, ..of_phases.clone() },
        ),
    ];
    let fitting = narrower.into_iter().find(|(_, filter)| fits(filter)).and_then(|(words, _)| words);
    let mut scope = vec![phase_words];
    scope.extend(fitting.map(|(key, words)| (key.to_owned(), words)));
    scope
}

fn one_of<'a>(word: &str, all: impl Iterator<Item = &'a str> + Clone) -> Message {
    match nearest(word, all.clone()) {
        Some(near) => say!("did you mean `{near}`?", near),
        None => say!("known: {words}", words = all.collect::<Vec<_>>().join(", ")),
    }
}

fn short(text: &str) -> String {
    if text.chars().count() <= 80 { text.to_owned() } else { text.chars().take(79).chain(['…']).collect() }
}
