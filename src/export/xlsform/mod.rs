//! XLSForm: a checklist as a form for ODK and KoboToolbox, a workbook of three sheets that `pyxform` turns into an XForm.
//!
//! The same checklist is composed in each language and stands side by side: a column of labels a language. What the program
//! needs to know a submission again is calculated: `ID@STAMP` beside each item, the edition and the limits of the form once.
//! Names are those of [`names`], by which submissions are read; whatever an author wrote is a text that nothing runs ([`text`]).
//!
//! The format is that of <https://xlsform.org>; what pyxform refuses is tried in `tests/exports`.

mod escape;
mod head;
mod item;

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};
use sha2::{Digest, Sha256};

use self::escape::{harmless, title};
use crate::book::id;
use crate::document::{Checklist, Head, Prose};
use crate::forms::question_names;
use crate::text::hex;

/// The columns of the survey that are the same in every language.
const PLAIN: [&str; 8] =
    ["type", "name", "required", "relevant", "constraint", "calculation", "appearance", "parameters"];

/// Those that a form may fill in with a value to begin with.
const DEFAULT: &str = "default";

/// The columns that there are of each language.
const SPOKEN: [&str; 4] = ["label", "hint", "required_message", "constraint_message"];

/// A row of the survey.
#[derive(Default)]
struct SurveyRow {
    /// Column and value.
    plain: Vec<(&'static str, String)>,
    /// Column and the text in each language.
    spoken: Vec<(&'static str, Vec<String>)>,
}

impl SurveyRow {
    fn new(kind: impl Into<String>, name: impl Into<String>) -> Self {
        SurveyRow { plain: vec![("type", kind.into()), ("name", name.into())], spoken: Vec::new() }
    }

    fn plain(mut self, column: &'static str, value: impl Into<String>) -> Self {
        self.plain.push((column, value.into()));
        self
    }

    fn spoken(mut self, column: &'static str, texts: Vec<String>) -> Self {
        self.spoken.push((column, texts));
        self
    }

    /// A value that the form calculates: a literal, which may hold no quotation mark.
    fn literal(name: impl Into<String>, value: &str) -> Self {
        let value: String = value.chars().filter(|c| *c != '\'').collect();
        SurveyRow::new("calculate", name).plain("calculation", format!("'{value}'"))
    }
}

/// The same checklist in every language of the form.
struct Tongues<'a>(&'a [Checklist]);

impl<'a> Tongues<'a> {
    fn first(&self) -> &'a Checklist {
        &self.0[0]
    }

    /// What each language says.
    fn each(&self, text: impl Fn(&'a Checklist) -> String) -> Vec<String> {
        self.0.iter().map(text).collect()
    }

    /// A text of the interface in each language.
    fn words(&self, key: &str) -> Vec<String> {
        self.each(|checklist| harmless(checklist.head.text(key)))
    }

    /// What follows `::` in the heads of columns: the name of each language and its tag.
    fn names(&self) -> Vec<String> {
        self.each(|checklist| {
            let Head { lang, words_lang, .. } = &checklist.head;
            let name = if words_lang.is_some() { lang } else { checklist.head.text("name") };
            format!("{name} ({lang})")
        })
    }
}

/// Writes the form of a checklist, which was composed in each of the form's languages, the first of them the form's own.
///
/// # Errors
/// When it cannot be written.
pub fn xlsform(checklists: &[Checklist], out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = checklists.first() else { return Ok(()) };
    let tongues = Tongues(checklists);
    let mut rows = head::rows(&tongues);
    rows.extend(item::rows(&tongues));
    let made = workbook(&tongues, &rows, first).and_then(|mut book| book.save_to_buffer());
    out.write_all(&made.map_err(io::Error::other)?)
}

fn workbook(tongues: &Tongues, rows: &[SurveyRow], first: &Checklist) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let page = title(&first.head.page_title);
    // The same form has the same bytes, so the workbook is of no day; an archive knows none before this one.
    let day = ExcelDateTime::from_ymd(1980, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(page.as_str()).set_company("").set_creation_datetime(&day));
    let names = tongues.names();
    survey(book.add_worksheet(), rows, &names)?;
    let choices = choices(tongues);
    lists(book.add_worksheet(), &choices, &names)?;
    let settings = [
        ("form_title", page),
        ("form_id", form_id(first)),
        ("version", version(rows, &choices)),
        ("default_language", names.first().cloned().unwrap_or_default()),
    ];
    let sheet = book.add_worksheet().set_name("settings")?;
    for (column, (head, value)) in (0u16..).zip(settings) {
        sheet.write_string(0, column, head)?;
        sheet.write_string(1, column, value)?;
    }
    Ok(book)
}

fn survey(sheet: &mut Worksheet, rows: &[SurveyRow], names: &[String]) -> Result<(), XlsxError> {
    sheet.set_name("survey")?;
    let spoken = SPOKEN.iter().flat_map(|column| names.iter().map(move |name| format!("{column}::{name}")));
    let heads: Vec<String> = PLAIN.iter().chain([&DEFAULT]).map(|column| (*column).to_owned()).chain(spoken).collect();
    let place = |head: &str| heads.iter().position(|known| known == head).and_then(|index| u16::try_from(index).ok());
    for (column, head) in (0u16..).zip(&heads) {
        sheet.write_string(0, column, head)?;
    }
    for (line, row) in (1u32..).zip(rows) {
        let plain = row.plain.iter().map(|(column, value)| ((*column).to_owned(), value));
        let spoken = row.spoken.iter().flat_map(|(column, texts)| {
            names.iter().zip(texts).map(move |(name, text)| (format!("{column}::{name}"), text))
        });
        for (head, value) in plain.chain(spoken).filter(|(_, value)| !value.is_empty()) {
            if let Some(column) = place(&head) {
                sheet.write_string(line, column, value)?;
            }
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    Ok(())
}

/// Something to choose: the list, the name, and what each language calls it.
type Choice = (&'static str, String, Vec<String>);

/// The lists to choose from: answers, and the places where the form is of none.
fn choices(tongues: &Tongues) -> Vec<Choice> {
    let answers = question_names::ANSWERS.iter().map(|(word, name)| {
        let key = format!("answer.{}", word.replace("n/a", "not-applicable").replace(' ', "-"));
        (head::ANSWERS, (*name).to_owned(), tongues.words(&key))
    });
    let sites = tongues.first().form.sites.iter().enumerate().map(|(index, site)| {
        let label = |checklist: &Checklist| checklist.form.sites.get(index).map(|site| shown(&site.title));
        (head::SITES, site.id.clone(), tongues.each(|checklist| label(checklist).unwrap_or_default()))
    });
    answers.chain(sites).collect()
}

fn lists(sheet: &mut Worksheet, choices: &[Choice], names: &[String]) -> Result<(), XlsxError> {
    sheet.set_name("choices")?;
    for (column, head) in (0u16..).zip(["list_name", "name"]) {
        sheet.write_string(0, column, head)?;
    }
    for (column, name) in (2u16..).zip(names) {
        sheet.write_string(0, column, format!("label::{name}"))?;
    }
    for (row, (list, name, labels)) in (1u32..).zip(choices) {
        sheet.write_string(row, 0, *list)?;
        sheet.write_string(row, 1, name)?;
        for (column, label) in (2u16..).zip(labels) {
            sheet.write_string(row, column, label)?;
        }
    }
    Ok(())
}

/// An author's sentence; one in another language than the form's says in which.
fn shown(text: &Prose) -> String {
    match &text.lang {
        Some(lang) => harmless(&format!("{} ({lang})", text.characters())),
        None => harmless(&text.characters()),
    }
}

/// The name under which a server keeps the form: the same when the standards change, so that a new version takes the place of
/// the old one; another for another book, place or choice of standards.
fn form_id(checklist: &Checklist) -> String {
    let scope = checklist.form.fixed.get("scope").and_then(|scope| scope.as_object());
    let values = scope.into_iter().flat_map(|scope| scope.values()).filter_map(|values| values.as_array());
    let values = values.flatten().filter_map(|value| value.as_str());
    let parts = ["checklist", &checklist.form.book].into_iter().chain(checklist.head.site_id.as_deref()).chain(values);
    let whole = parts.filter_map(id::suggest).collect::<Vec<_>>().join("-");
    if whole.len() <= id::MAX_ID {
        return whole;
    }
    // What is cut off tells forms apart still.
    format!("{}-{}", &whole[..id::MAX_ID - 9], digits(whole.as_bytes()))
}

/// The version of a form: another as soon as anything in it is.
fn version(rows: &[SurveyRow], choices: &[Choice]) -> String {
    let mut all = Vec::new();
    for (list, name, labels) in choices {
        for value in labels.iter().chain([name]) {
            all.extend((value.len() as u64).to_le_bytes());
            all.extend(list.bytes().chain(value.bytes()));
        }
    }
    for row in rows {
        let spoken = row.spoken.iter().flat_map(|(column, texts)| texts.iter().map(move |text| (column, text)));
        for (column, value) in row.plain.iter().map(|(column, value)| (column, value)).chain(spoken) {
            all.extend((value.len() as u64).to_le_bytes());
            all.extend(column.bytes().chain(value.bytes()));
        }
    }
    digits(&all)
}

/// Eight digits of a hash.
fn digits(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..4])
}
