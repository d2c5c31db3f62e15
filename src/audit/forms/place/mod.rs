//! From a form to a record: standards found, answers judged, the head completed by what the command says.

mod item;
mod scope;

use std::collections::HashMap;

use self::scope::scope_of;
use super::words::day;
use super::{Form, Given, Rejected, Spot};
use crate::audit::draft::{ScopeDraft, moment};
use crate::audit::{Index, Kind, Moment, Written, WrittenAnswer};
use crate::book::id;
use crate::message::Message;
use crate::say;
use crate::text::nearest;

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

fn one_of<'a>(word: &str, all: impl Iterator<Item = &'a str> + Clone) -> Message {
    match nearest(word, all.clone()) {
        Some(near) => say!("did you mean `{near}`?", near),
        None => say!("known: {words}", words = all.collect::<Vec<_>>().join(", ")),
    }
}

fn short(text: &str) -> String {
    if text.chars().count() <= 80 { text.to_owned() } else { text.chars().take(79).chain(['…']).collect() }
}
