//! Filled-in forms of any kind of file → what somebody wrote into them: a list of entries, each with its place, its label
//! and its value.
//!
//! In: the bytes of what a fillable page saved (JSON), of ticked Markdown, a spreadsheet or CSV, and the `Questions` of
//! whoever asks, in words of the format. Out: a [`Form`]. Whatever stands in the file is an entry, is the form's own, or is
//! `Refused` at its place; nothing is left out. Nothing here knows what an audit or a review is.

mod csv;
mod decoding;
mod former;
mod json;
mod markdown;
mod place;
mod questions;
mod sheet;
mod shown;
mod submissions;
pub mod table;

pub use decoding::decode;
pub(crate) use place::{CellAddress, ColumnLetters, FormPlace};
pub(crate) use questions::field;
pub(crate) use questions::{Field, Questions};
pub use questions::{FieldKind, is};
#[cfg(feature = "desk")]
pub(crate) use sheet::unkept;
pub(crate) use sheet::{CellContent, Sheet, hidden_rows, over, plain, sheets, unpacks_within};
pub(crate) use shown::{PrintedPart, PrintedText, Vocabulary, words};
pub(crate) use submissions::{Submissions, archive, question_names};

use std::cell::OnceCell;

use self::questions::FormWords;
use crate::message::Message;
use crate::say;
use crate::source::{conflicts, text_excess};
use crate::text::{NoDay, WrittenDay, beginning, composed, iso_day, never_seen, written_day};

/// Files larger than this are no forms: what the page saves has photographs in it.
pub(crate) const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The same for forms that cannot have any.
const MAX_OTHERS: usize = 16 * 1024 * 1024;

/// Where so much is wrong, nobody reads on, and the file is refused as a whole.
const MAX_REFUSED: usize = 500;

/// The label of the name of a photograph.
pub(crate) const MEDIA: &str = "evidence";

/// So many letters before a character that nobody sees tell where it stands.
const CONTEXT: usize = 20;

/// What somebody wrote into a form.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// What is said once, such as the day.
    pub head: Vec<FormEntry>,
    /// What stands once more at the head for people to see, such as the title of the site.
    pub repeated: Vec<FormEntry>,
    /// The items, in the order of the form.
    pub items: Vec<FormItem>,
    /// Rows of a table beside the items; each names the item that it is about.
    pub table: Vec<FormItem>,
    /// What the form itself printed beside its items' first lines, as it stands there now; whoever asks knows what it was.
    pub(crate) shown: Vec<PrintedText>,
    /// What could not be read.
    pub(crate) refused: Vec<Refused>,
    /// What whoever takes the form in should know.
    pub remarks: Vec<Message>,
    /// The hash, or the first digits of it, of the edition that the form was made of.
    pub edition: Option<String>,
    /// What the form brings of that edition: the text of a part of its set.
    pub part: Option<String>,
    /// Whether the form itself says what it is about, so that its items need not be asked for that.
    pub(crate) says_scope: bool,
}

/// One item of a form, or one row of a table beside the items.
#[derive(Clone, Debug, Default)]
pub struct FormItem {
    /// The place.
    pub(crate) place: FormPlace,
    /// What it is about: `ID@STAMP`, `ID`, or in a table the number of an item.
    pub reference: String,
    /// The form's own words in its first line, where the kind of file has one.
    pub(crate) text: String,
    /// The number on the form.
    pub number: Option<String>,
    /// What is written beside it.
    pub entries: Vec<FormEntry>,
    /// Names of photographs that came beside the form.
    pub media: Vec<FormEntry>,
    /// Whether something beside it was refused, so that what is left of it may not be what was meant.
    pub(crate) is_doubtful: bool,
}

/// Something that somebody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormEntry {
    /// Where.
    pub(crate) place: FormPlace,
    /// Beside what: the name of a `Field`.
    pub label: &'static str,
    /// What; a choice in the words of the format, everything else as written.
    pub value: String,
    /// What stands in brackets behind the label: the unit of a value.
    pub unit: Option<String>,
}

/// Something that could not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Where it stands.
    pub(crate) place: FormPlace,
    /// What is wrong, without a full stop.
    pub message: Message,
    /// What to do.
    pub help: Option<Message>,
}

impl Form {
    /// Whether so much is wrong that reading ends; says so once.
    fn is_beyond(&mut self) -> bool {
        let is_beyond = self.refused.len() >= MAX_REFUSED;
        if is_beyond {
            let wrong = say!("more is wrong here than can be listed, so reading ended");
            self.refused.push(
                Refused::new(FormPlace::Whole, wrong)
                    .help(say!("make the checklist again and copy the answers into it")),
            );
        }
        is_beyond
    }
}

impl Refused {
    /// Something that could not be taken, without help.
    pub(crate) fn new(place: FormPlace, message: impl Into<Message>) -> Self {
        Refused { place, message: message.into(), help: None }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<Message>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl FormEntry {
    fn new(place: FormPlace, label: &'static str, value: impl Into<String>) -> Self {
        FormEntry { place, label, value: value.into(), unit: None }
    }
}

/// The first entry of a label.
pub fn entry<'e>(entries: &'e [FormEntry], label: &str) -> Option<&'e FormEntry> {
    entries.iter().find(|entry| entry.label == label)
}

/// What the first entry of a label says.
pub fn value(entries: &[FormEntry], label: &str) -> Option<String> {
    entry(entries, label).map(|entry| entry.value.clone())
}

/// Reads a filled-in form. Its kind is told by the ending of its name and by what it begins with. `polish` decides what
/// letters of Windows-1250 and Windows-1252 mean where they do not tell.
///
/// # Errors
/// Why the file as a whole cannot be read.
pub(crate) fn read(name: &str, bytes: &[u8], questions: &'static Questions, polish: bool) -> Result<Form, Refused> {
    let ending =
        name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).filter(|ending| !ending.contains(['/', '\\']));
    let ending = ending.as_deref();
    let words = FormWords::of(questions);
    // A spreadsheet is a ZIP archive.
    if bytes.starts_with(b"PK\x03\x04") || ending == Some("xlsx") {
        if bytes.len() > MAX_OTHERS {
            return Err(too_large());
        }
        return sheet::read(bytes, &words).map(|form| settled(form, questions));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(
            Refused::new(FormPlace::Whole, say!("the file is empty")).help(say!("save the filled-in form again"))
        );
    }
    if !matches!(ending, None | Some("json" | "md" | "markdown" | "txt" | "csv" | "tsv")) {
        let wrong = Refused::new(FormPlace::Whole, say!("this is no kind of filled-in checklist that can be read"));
        return Err(wrong.help(kinds()));
    }
    let is_json = ending == Some("json") || bytes.trim_ascii_start().starts_with(b"{");
    if !is_json && bytes.len() > MAX_OTHERS {
        return Err(too_large());
    }
    // What the page saves is UTF-8; a table may come out of any program.
    let is_utf_8 = std::str::from_utf8(bytes);
    if let (true, Err(error)) = (is_json, is_utf_8) {
        let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        let wrong = Refused::new(FormPlace::Line(line), say!("this is not UTF-8 text"));
        return Err(wrong.help(say!("give the file as the form saved it")));
    }
    let text = decode(bytes, polish);
    if text.contains('\0') {
        let wrong = match ending {
            None => say!("the file is neither text nor a workbook"),
            Some(_) => say!("this is not text"),
        };
        return Err(Refused::new(FormPlace::Whole, wrong).help(kinds()));
    }
    if let Some(conflict) = conflict(&text) {
        return Err(conflict);
    }
    let text = composed(&text);
    let form = match ending {
        _ if is_json => json::read(&text, &words),
        Some("csv" | "tsv") => csv::read(&text, &words),
        _ => markdown::read(&text, &words),
    };
    form.map(|form| settled(form, questions))
}

/// The refusal of a text that holds what a merge left.
fn conflict(text: &str) -> Option<Refused> {
    let found = conflicts(text).into_iter().next()?;
    let line = text[..found.range.start].matches('\n').count() + 1;
    let help = say!(
        "choose between the two versions, or join them, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`"
    );
    Some(Refused::new(FormPlace::Line(line), say!("a merge was not finished here")).help(help))
}

fn too_large() -> Refused {
    let wrong = say!("it is larger than {most} MiB", most = MAX_OTHERS / 1024 / 1024);
    Refused::new(FormPlace::Whole, wrong).help(kinds())
}

/// Reads a table of submissions, of which each row is a form; none where the file is something else.
///
/// # Errors
/// Why the table as a whole cannot be read.
pub(crate) fn submissions(
    name: &str,
    bytes: &[u8],
    questions: &'static Questions,
    polish: bool,
) -> Option<Result<Submissions, Refused>> {
    let words = FormWords::of(questions);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let read = if bytes.starts_with(b"PK\x03\x04") {
        if bytes.len() > MAX_OTHERS {
            return None;
        }
        submissions::read_sheets(&sheets(bytes).ok()?, &words)?
    } else {
        if !matches!(ending.as_deref(), Some("csv" | "tsv")) || bytes.contains(&0) && !bytes.starts_with(b"\xff\xfe") {
            return None;
        }
        let text = decode(bytes, polish);
        if let Some(conflict) = conflict(&text) {
            return Some(Err(conflict));
        }
        submissions::read(&composed(&text), &words)?
    };
    Some(read.map(|read| Submissions {
        forms: read.forms.into_iter().map(|(place, form)| (place, settled(form, questions))).collect(),
        ..read
    }))
}

fn kinds() -> Message {
    say!(
        "give what the fillable page saves (.json), a ticked Markdown checklist (.md), a filled-in spreadsheet (.xlsx) or \
         CSV (.csv)"
    )
}

/// A form of another kind than was asked for.
fn of_another_kind(kind: &str, words: &FormWords) -> Refused {
    match words.questions.others.iter().find(|(other, ..)| *other == kind) {
        Some((_, message, help)) => Refused::new(FormPlace::Whole, *message).help(*help),
        None => {
            let wrong = say!("this is not {what} of gamma-ok", what = Message::from(words.questions.name));
            Refused::new(FormPlace::Whole, wrong).help(say!("give the file that the form's Save made"))
        }
    }
}

/// A form in which nothing is said twice: the same twice is said once, words of several places are joined, and of two
/// names or days nobody knows which was meant.
fn settled(mut form: Form, questions: &'static Questions) -> Form {
    let refused = &mut form.refused;
    settle(&mut form.head, questions.head, refused);
    form.items.iter_mut().for_each(|item| settle(&mut item.entries, questions.item, refused));
    form.table.iter_mut().for_each(|item| settle(&mut item.entries, questions.table, refused));
    // Few items have nothing but a note.
    let words = OnceCell::new();
    let notes = form.items.iter().filter_map(|item| lone_note(item, questions));
    refused.extend(notes.filter_map(|note| answer_aside(note, words.get_or_init(|| FormWords::of(questions)))));
    doubt(&mut form);
    form
}

/// The note of an item that has no answer.
fn lone_note<'f>(item: &'f FormItem, questions: &Questions) -> Option<&'f FormEntry> {
    let is_answer = |field: &Field| matches!(field.kind, FieldKind::Choice | FieldKind::Values);
    let answers = |entry: &FormEntry| questions.item.iter().any(|field| field.name == entry.label && is_answer(field));
    let note = item.entries.iter().find(|entry| entry.label == questions.aside);
    note.filter(|_| !item.entries.iter().any(answers))
}

/// Refuses a note that is the word of an answer: whoever wrote it has answered.
fn answer_aside(note: &FormEntry, words: &FormWords) -> Option<Refused> {
    words.choice(note.value.trim_end_matches(['.', '!', ' ']))?;
    let wrong = say!("`{word}` stands here as a note, and is the word of an answer", word = short(&note.value));
    let help = say!("answer the item where it asks for the answer, or write a note of more than that word");
    Some(Refused::new(note.place.clone(), wrong).help(help))
}

/// Marks the items beside which something was refused.
fn doubt(form: &mut Form) {
    let next: Vec<FormPlace> =
        form.items.iter().skip(1).map(|item| item.place.clone()).chain([FormPlace::Whole]).collect();
    for (item, next) in form.items.iter_mut().zip(&next) {
        item.is_doubtful = form.refused.iter().any(|refused| is_beside(&item.place, next, &refused.place));
    }
}

/// Whether a place belongs to the item that begins at one place, before the next.
fn is_beside(item: &FormPlace, next: &FormPlace, place: &FormPlace) -> bool {
    match (item, next, place) {
        (
            FormPlace::Line(item),
            FormPlace::Line(next),
            FormPlace::Line(line) | FormPlace::Position(line, _) | FormPlace::Column(line, _),
        ) => (item..next).contains(&line),
        (
            FormPlace::Line(item),
            _,
            FormPlace::Line(line) | FormPlace::Position(line, _) | FormPlace::Column(line, _),
        ) => item <= line,
        (FormPlace::Cell(sheet, item), _, FormPlace::Cell(other, cell)) => sheet == other && item.row == cell.row,
        (item, _, place) => item == place && *place != FormPlace::Whole,
    }
}

/// Whether everything in an entry can be seen; what cannot is refused at its place.
fn is_legible(entry: &FormEntry, refused: &mut Vec<Refused>) -> bool {
    let unseen = |letter: char| match letter {
        '\n' | '\t' | '\r' => None,
        _ if letter.is_control() => Some(format!("U+{:04X}", u32::from(letter))),
        _ => never_seen(letter).map(|odd| odd.described()),
    };
    let Some((start, character)) =
        entry.value.char_indices().find_map(|(start, letter)| Some((start, unseen(letter)?)))
    else {
        return true;
    };
    let before: Vec<char> = entry.value[..start].chars().rev().take(CONTEXT).collect();
    let before: String = before.into_iter().rev().collect();
    let wrong = say!("behind `{before}` stands a character that nobody sees, {character}", before, character);
    refused.push(Refused::new(entry.place.clone(), wrong).help(say!("type these words anew instead of copying them")));
    false
}

fn settle(entries: &mut Vec<FormEntry>, fields: &'static [Field], refused: &mut Vec<Refused>) {
    let mut settled: Vec<FormEntry> = Vec::with_capacity(entries.len());
    for entry in entries.drain(..).filter(|entry| !entry.value.is_empty()) {
        let kind = fields.iter().find(|field| field.name == entry.label).map(|field| field.kind);
        // A picture is no text that somebody could have written wrongly.
        if kind == Some(FieldKind::Photographs) {
            settled.push(entry);
            continue;
        }
        if let Some(excess) = text_excess(&entry.value) {
            refused.push(Refused::new(entry.place, excess.message()).help(excess.help()));
            continue;
        }
        if !is_legible(&entry, refused) {
            continue;
        }
        let first = settled.iter_mut().find(|first| first.label == entry.label);
        match (kind, first) {
            // Of several answers whoever asks decides.
            (_, None) | (Some(FieldKind::Values | FieldKind::List | FieldKind::Choice), _) => settled.push(entry),
            (_, Some(first)) if first.value == entry.value => {}
            (Some(FieldKind::Words), Some(first)) => {
                first.value.push_str(" · ");
                first.value.push_str(&entry.value);
            }
            (_, Some(first)) => {
                let (place, value) = (&first.place, short(&entry.value));
                let wrong = say!("this stands at {place} already, as something else: `{value}`", place, value);
                refused.push(Refused::new(entry.place, wrong).help(say!("leave one of the two")));
            }
        }
    }
    *entries = settled;
}

/// Several observations in one field are set apart by semicolons or lines; a comma is a decimal mark.
fn observations(entry: &FormEntry, words: &FormWords) -> Vec<FormEntry> {
    let parts = entry.value.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let value = |part: &str| words.choice(part).unwrap_or(part).to_owned();
    parts.map(|part| FormEntry { value: value(part), ..entry.clone() }).collect()
}

/// Reads a day that somebody wrote into a form.
///
/// # Errors
/// What is wrong with it, and what to do.
pub fn day(text: &str) -> Result<chrono::NaiveDate, (Message, Message)> {
    let written = iso_day(text).map_or_else(|| written_day(text), WrittenDay::Day);
    written.day(None).map_err(|wrong| {
        let help = say!("write year-month-day, such as 2027-01-31");
        let message = match wrong {
            NoDay::NoDate => say!("`{date}` is not a date", date = short(text)),
            NoDay::Either(first, second) => {
                say!(
                    "`{cell}` may be {one} or {other}",
                    cell = text,
                    one = first.to_string(),
                    other = second.to_string()
                )
            }
        };
        (message, help)
    })
}

/// Something that stands where the form asks for nothing.
fn stray(place: FormPlace, text: &str) -> Refused {
    Refused::new(place, say!("the form does not ask for this: `{text}`", text = short(text)))
        .help(say!("write it beside the item that it is about, in the column for notes, or take it out"))
}

/// A row that is longer than the first one.
fn surplus(place: FormPlace, cells: usize, columns: usize) -> Refused {
    let wrong = say!("this row has {cells} cells and the first row {columns}", cells, columns);
    Refused::new(place, wrong).help(say!("put a text that holds the separator in quotation marks"))
}

/// The beginning of a text that may be of any length.
pub fn short(text: &str) -> String {
    beginning(text, 80)
}
