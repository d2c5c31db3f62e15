//! From a filled-in checklist to a record: standards found, answers judged, the head completed by what the command says.

mod item;
mod moment;
mod photo;
mod printed;
mod questions;
mod scope;
mod site;

use std::collections::HashMap;

use chrono::NaiveDate;

pub(crate) use self::photo::FOLDER as PHOTOS;
#[cfg(feature = "desk")]
pub(crate) use self::photo::MAX_OF_ANSWER;
pub use self::photo::{Photo, small};
pub(crate) use self::printed::{
    NUMERALS, STAMP_DIGITS, is_dated, is_stamp, take_back, titles, without_hash, written_over,
};
pub(crate) use self::questions::QUESTIONS;
use self::scope::{scope_of, unanswered};
use crate::audit::draft::moment as read_moment;
use crate::audit::{Kind, Moment, StandardIndex, WrittenAnswer, WrittenRecord};
use crate::book::{Book, id, odd_help};
use crate::edition::{FilterKey, NAME_DIGITS, Reference};
use crate::forms::{self, Form, FormEntry, FormItem, FormPlace, Refused, Submissions, entry, short, value};
use crate::message::Message;
use crate::say;
use crate::text::{folded, nearest, odd_character};

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
    /// What the editions that were issued are called.
    pub editions: Vec<String>,
}

/// A form that was placed.
#[derive(Debug)]
pub struct PlacedForm {
    /// The record, without what was refused.
    pub record: WrittenRecord,
    /// What could not be placed; with anything here the record is not whole.
    pub refused: Vec<Refused>,
    /// What whoever takes it in should know.
    pub remarks: Vec<Message>,
    /// What the form itself printed and that reads otherwise now, as it would be refused: where the form is of another
    /// edition, the book may have changed instead.
    pub altered: Vec<Refused>,
    /// The photographs that the record names.
    pub photos: Vec<Photo>,
    /// How many items of the form, or of what it says that it is about, have no answer.
    pub unanswered: usize,
}

/// Reads a filled-in checklist.
///
/// # Errors
/// Why the file as a whole cannot be read.
pub fn read(name: &str, bytes: &[u8], book: &Book) -> Result<Form, Refused> {
    forms::read(name, bytes, &QUESTIONS, is_polish(book)).map(of_edition)
}

/// The forms in a file, each with the name that it is told by, and what of the file is none.
#[derive(Debug, Default)]
pub struct FilledForms {
    /// The forms.
    pub forms: Vec<(String, Form)>,
    /// What could not be read as one.
    pub refused: Vec<Refused>,
}

/// Reads a file of filled-in checklists: one, or a table of submissions with one in each row, which is told by its line.
///
/// # Errors
/// Why the file as a whole cannot be read.
pub fn read_all(name: &str, bytes: &[u8], book: &Book) -> Result<FilledForms, Refused> {
    let Some(read) = forms::submissions(name, bytes, &QUESTIONS, is_polish(book)) else {
        return Ok(FilledForms { forms: vec![(name.to_owned(), read(name, bytes, book)?)], refused: Vec::new() });
    };
    let Submissions { forms, refused } = read?;
    if forms.is_empty() && refused.is_empty() {
        let wrong = Refused::new(FormPlace::Whole, say!("there is no submission in this table"));
        return Err(wrong.help(say!("export it again once a round was sent")));
    }
    let named = |(place, form): (FormPlace, Form)| (place.of(name), of_edition(form));
    Ok(FilledForms { forms: forms.into_iter().map(named).collect(), refused })
}

fn is_polish(book: &Book) -> bool {
    book.languages.iter().any(|language| language.primary() == "pl")
}

/// The form with the edition that it names.
fn of_edition(mut form: Form) -> Form {
    form.edition = form.edition.or_else(|| value(&form.head, "edition")).and_then(|text| hash_in(&text));
    form
}

/// The hash in what a form says of its edition, or the first digits of it: `4 · Spring (7f3a9c2e)`. Beside it may stand what
/// people call the edition, and a form that names none says so in words.
fn hash_in(text: &str) -> Option<String> {
    let is_hash = |word: &&str| {
        (NAME_DIGITS..=64).contains(&word.len()) && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    text.split(|c: char| !c.is_ascii_alphanumeric()).rfind(is_hash).map(str::to_owned)
}

/// Places a form.
pub fn place(mut form: Form, options: &Options, index: &StandardIndex<'_>) -> PlacedForm {
    let (refused, remarks) = (std::mem::take(&mut form.refused), std::mem::take(&mut form.remarks));
    let mut placer = Placer { index, refused, remarks, answered: HashMap::new(), photos: Vec::new(), found: None };
    placer.actions(&mut form);
    placer.same_book(&form);
    placer.repeated(&form);
    placer.printed(&form);
    let site = placer.site(entry(&form.head, "site"), options.site.as_deref());
    let (moment, shift) = placer.moment(&form, options.date);
    placer.found = moment.map(|moment| moment.date);
    let auditor = placer.either(entry(&form.head, "auditor"), options.auditor.as_deref(), "--auditor");
    let kind = placer.kind(entry(&form.head, "kind"), options.kind);
    let scope = if form.says_scope { scope(&form) } else { scope_of(&form.items, site.as_deref(), index) };
    let shift = shift.and_then(|shift| Some(format!("{}-{}", moment?.date, id::suggest(&shift)?)));
    let round = entry(&form.head, "round").and_then(|round| placer.round(round));
    let answers: Vec<WrittenAnswer> = form.items.iter().filter_map(|item| placer.item(item)).collect();
    if answers.is_empty() && placer.refused.is_empty() {
        let wrong = Refused::new(FormPlace::Whole, say!("nothing is filled in"));
        placer.refused.push(wrong.help(say!("tick an answer, or write down what was observed")));
    }
    placer.wordings(&answers);
    placer.days(&form, moment);
    let mut record = WrittenRecord {
        site,
        moment: moment.unwrap_or_default(),
        visit: value(&form.head, "visit").or(shift),
        round,
        edition: None,
        is_adopted: false,
        is_planned: false,
        auditor,
        kind: Some(kind.unwrap_or(Kind::Internal)),
        scope,
        staff: value(&form.head, "staff"),
        answers,
    };
    record.settle(index);
    let unanswered = match form.says_scope {
        true => unanswered(&record, index),
        false => form.items.len().saturating_sub(record.answers.len()),
    };
    let altered = placer.altered(&form, &options.editions);
    let Placer { refused, remarks, photos, .. } = placer;
    PlacedForm { record, refused, remarks, altered, photos, unanswered }
}

struct Placer<'a, 'i> {
    index: &'i StandardIndex<'a>,
    refused: Vec<Refused>,
    remarks: Vec<Message>,
    /// Id as of now → where it is answered.
    answered: HashMap<String, FormPlace>,
    /// The photographs of what was placed.
    photos: Vec<Photo>,
    /// The day of the round, where it says one.
    found: Option<NaiveDate>,
}

impl Placer<'_, '_> {
    fn refuse(&mut self, place: &FormPlace, message: Message, help: Option<Message>) {
        self.refused.push(Refused { place: place.clone(), message, help });
    }

    /// Says so where no answer was given on the day that the form says: a round of another day may have been gone on with.
    fn days(&mut self, form: &Form, moment: Option<Moment>) {
        let Some(moment) = moment else { return };
        let times = form.items.iter().filter_map(|item| value(&item.entries, "at"));
        let mut days: Vec<_> = times.filter_map(|text| read_moment(&text)).map(|moment| moment.date).collect();
        days.sort_unstable();
        days.dedup();
        if let Some(first) = days.first().filter(|_| !days.contains(&moment.date)) {
            let date = moment.date.to_string();
            let message =
                say!("the form says {date}, and its answers were given on {first}", date, first = first.to_string());
            self.remarks.push(message);
        }
    }

    /// Puts the actions of a table where their items are.
    fn actions(&mut self, form: &mut Form) {
        for row in std::mem::take(&mut form.table) {
            if row.entries.is_empty() {
                let wrong = say!("this row of the actions says nothing but `{words}`", words = short(&row.reference));
                let help = say!(
                    "write the item's number in the first column and what will be done in the second, or empty the row"
                );
                self.refuse(&row.place, wrong, Some(help));
                continue;
            }
            let wanted = row.reference.trim_matches(['*', '.', '#', ' ']);
            let fits = |item: &&mut FormItem| {
                item.number.as_deref() == Some(wanted)
                    || item.reference == wanted
                    || Reference::parse(&item.reference).id == wanted
            };
            let item = form.items.iter_mut().find(fits).filter(|_| !wanted.is_empty());
            let has_action = |item: &FormItem| item.entries.iter().any(|entry| entry.label.starts_with("action."));
            match item {
                Some(item) if !has_action(item) => item.entries.extend(row.entries),
                Some(_) => {
                    let wrong = say!("item {number} has two actions", number = wanted);
                    self.refuse(&row.place, wrong, Some(say!("join them in one")));
                }
                None => {
                    let wrong = match wanted {
                        "" => say!("this action does not say which item it is about"),
                        _ => say!("there is no item {number} that this action could be about", number = wanted),
                    };
                    self.refuse(&row.place, wrong, Some(say!("write the item's number in the first column")));
                }
            }
        }
    }

    /// Says so where a form seems to be of another book, and refuses one that is.
    fn same_book(&mut self, form: &Form) {
        let is_known = |item: &FormItem| self.index.knows(Reference::parse(&item.reference).id);
        if !form.items.is_empty() && !form.items.iter().any(is_known) {
            let message = say!("none of the standards of this form is in the book");
            self.refuse(&FormPlace::Whole, message, Some(say!("is it the form of another book?")));
            return;
        }
        let title = &self.index.book().title;
        if let Some(named) =
            value(&form.head, "book").filter(|named| !title.0.iter().any(|part| folded(&part.text) == folded(named)))
        {
            self.remarks.push(say!("the form is of a book called \"{title}\"", title = named));
        }
    }

    /// What the form says, or else the command; both may say the same.
    fn either(&mut self, form: Option<&FormEntry>, option: Option<&str>, name: &'static str) -> Option<String> {
        if let (Some(spot), Some(option)) = (form, option)
            && spot.value != option
        {
            let message = say!("the form says `{said}`, and {name} says `{option}`", said = &spot.value, name, option);
            self.refuse(&spot.place, message, Some(say!("leave {name} out, or mend the form", name)));
        }
        form.map(|spot| spot.value.clone()).or_else(|| option.map(str::to_owned))
    }

    fn kind(&mut self, form: Option<&FormEntry>, option: Option<Kind>) -> Option<Kind> {
        let read = form.and_then(|spot| match spot.value.parse::<Kind>() {
            Ok(kind) => Some(FormEntry { value: kind.word().to_owned(), ..spot.clone() }),
            Err(()) => {
                let help = one_of(&spot.value, Kind::ALL.iter().map(|kind| kind.word()));
                self.refuse(&spot.place, say!("`{word}` is not a kind of audit", word = &spot.value), Some(help));
                None
            }
        });
        self.either(read.as_ref(), option.map(Kind::word), "--kind")?.parse().ok()
    }

    fn round(&mut self, spot: &FormEntry) -> Option<String> {
        let sound = spot.value.len() <= MAX_ROUND
            && spot.value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !sound {
            self.refuse(&spot.place, say!("`{round}` is not the name of a round", round = short(&spot.value)), None);
        }
        sound.then(|| spot.value.clone())
    }

    /// Tells which answers are about another wording than that of today, or about nothing that the book knows.
    fn wordings(&mut self, answers: &[WrittenAnswer]) {
        let mut earlier = Vec::new();
        let mut unknown = Vec::new();
        for answer in answers {
            let Reference { id, stamp } = Reference::parse(&answer.key);
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

/// What was looked at, as the form says, in the order of a record's keys.
fn scope(form: &Form) -> Vec<(String, Vec<String>)> {
    let words = |key: &str| -> Vec<String> {
        let of = |entry: &&FormEntry| entry.label.strip_prefix("scope.") == Some(key);
        form.head.iter().filter(of).map(|entry| entry.value.clone()).collect()
    };
    let all = FilterKey::KEYS.iter().map(|key| ((*key).to_owned(), words(key)));
    all.filter(|(_, words)| !words.is_empty()).collect()
}

fn one_of<'a>(word: &str, all: impl Iterator<Item = &'a str> + Clone) -> Message {
    match nearest(word, all.clone()) {
        _ if odd_character(word).is_some() => odd_help(word, all).unwrap_or_default(),
        Some(near) => say!("did you mean `{near}`?", near),
        None => say!("known: {words}", words = all.collect::<Vec<_>>().join(", ")),
    }
}

#[cfg(test)]
mod tests;
