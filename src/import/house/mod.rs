//! Files of a house: its tables and documents, as it made them for itself, and the standards in them.

mod bands;
mod columns;
mod docx;
mod figure;
mod grid;
mod heads;
mod markdown;
mod outline;
mod propose;
mod table;

use std::collections::BTreeSet;
use std::io::Cursor;

use super::{Refusal, Spot, Unread};
use crate::book::{Bound, Level, StandardType, Status, Verify};
use crate::forms::{MAX_BYTES, Sheet, decode, hidden_rows, over, sheets};
use crate::message::Message;
use crate::say;
use crate::text::{composed, never_seen, single_spaced};
use grid::Grid;

/// The figure of a cell, as people write it; what it leaves open the text may say.
pub(crate) fn read_figure(cell: &str, demand: Option<(&str, &str)>) -> Option<Figure> {
    figure::figure(cell, None, demand)
}

/// The figure of a cell of a standard whose text is known.
pub(crate) fn figure_of(cell: &str, item: &HouseStandard) -> Option<Figure> {
    read_figure(cell, item.text.first().map(|(tag, text)| (tag.as_str(), text.as_str())))
}

/// Adds the lines of a cell to a list of texts.
pub(crate) fn list_lines(item: &mut HouseStandard, key: Key, language: &str, cell: &str) {
    table::add_list(item, key, language, lines(cell));
}

/// A share as people write it.
pub(crate) fn read_share(cell: &str) -> Option<String> {
    figure::share(cell)
}

pub(crate) use propose::{HouseProposal, proposal, words_for_id};

/// A text by language.
pub(crate) type Wordings = Vec<(String, String)>;

/// What a column of a table may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    /// The number that the house gave it.
    Number,
    /// The phase.
    Phase,
    /// The step.
    Step,
    /// The standard itself.
    Text,
    /// Its type.
    Type,
    /// Its level.
    Level,
    /// Whether it is a draft, in force or retired.
    Status,
    /// Who keeps it.
    Role,
    /// What it converts.
    Trait,
    /// The figure in it.
    Measure,
    /// What the figure measures.
    What,
    /// How often it must hold.
    Share,
    /// Whether failing it fails its phase.
    Critical,
    /// How much it counts.
    Weight,
    /// How it is verified.
    Verify,
    /// Why it is demanded.
    Why,
    /// Key points.
    How,
    /// What to say.
    Say,
    /// What not to say.
    Avoid,
    /// Where its figure comes from.
    Sources,
    /// Whatever else is to be kept beside it, as a comment.
    Note,
}

impl Key {
    /// All of them, with the word that `--map` takes.
    pub const ALL: [(Key, &'static str); 21] = [
        (Key::Number, "number"),
        (Key::Phase, "phase"),
        (Key::Step, "step"),
        (Key::Text, "text"),
        (Key::Type, "type"),
        (Key::Level, "level"),
        (Key::Status, "status"),
        (Key::Role, "role"),
        (Key::Trait, "trait"),
        (Key::Measure, "measure"),
        (Key::What, "what"),
        (Key::Share, "share"),
        (Key::Critical, "critical"),
        (Key::Weight, "weight"),
        (Key::Verify, "verify"),
        (Key::Why, "why"),
        (Key::How, "how"),
        (Key::Say, "say"),
        (Key::Avoid, "avoid"),
        (Key::Sources, "sources"),
        (Key::Note, "note"),
    ];

    /// The key of that word.
    pub fn named(word: &str) -> Option<Key> {
        Key::ALL.iter().find(|(_, known)| *known == word).map(|(key, _)| *key)
    }

    /// Whether its value is prose, which is in some language.
    pub fn is_prose(self) -> bool {
        matches!(self, Key::Text | Key::What | Key::Why | Key::How | Key::Say | Key::Avoid | Key::Sources)
    }
}

/// A column that somebody says the meaning of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mapped {
    /// Its heading, or its letter.
    pub column: String,
    /// What it holds; none where it is not to be read.
    pub key: Option<Key>,
    /// The language of its texts.
    pub language: Option<String>,
}

/// What reading a house's file needs to know of the book.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HouseContext<'a> {
    /// The languages of the book, its source language first.
    pub languages: &'a [String],
    /// What was said of columns.
    pub mapped: &'a [Mapped],
    /// Ids and titles of the phases of the sequence that it goes into, without marks.
    pub phases: &'a [String],
}

/// The figure that a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    /// Which way it bounds.
    pub bound: Bound,
    /// The bound as a file has it; the lower one of two.
    pub value: String,
    /// The upper bound of two.
    pub high: Option<String>,
    /// How often it must hold.
    pub share: Option<String>,
}

/// A standard as it stands in a house's file.
#[derive(Clone, Debug, Default)]
pub(crate) struct HouseStandard {
    /// Where.
    pub spot: Option<Spot>,
    /// The number that the house gave it.
    pub number: Option<String>,
    /// The title of its phase.
    pub phase: Wordings,
    /// The title of its step.
    pub step: Wordings,
    /// What it demands.
    pub text: Wordings,
    /// What it is about, where the file says so.
    pub kind: Option<StandardType>,
    /// How much it offers, where the file says so.
    pub level: Option<Level>,
    /// Its status, which the house may have given; all arrive as drafts.
    pub status: Option<Status>,
    /// Who keeps it, in the house's words.
    pub roles: Vec<String>,
    /// What it converts, in the house's words.
    pub traits: Vec<String>,
    /// The figure in it.
    pub measure: Option<Figure>,
    /// What the figure measures.
    pub what: Wordings,
    /// Whether failing it fails its phase.
    pub critical: Option<bool>,
    /// How much it counts.
    pub weight: Option<f64>,
    /// How it is verified.
    pub verify: Option<Verify>,
    /// Why it is demanded.
    pub why: Wordings,
    /// Lists of texts, by key.
    pub lists: Vec<(Key, Vec<Wordings>)>,
    /// What else stands beside it.
    pub notes: Vec<Message>,
}

impl HouseStandard {
    /// Whether a value that can be said once only is said already.
    fn says(&self, key: Key) -> bool {
        match key {
            Key::Number => self.number.is_some(),
            Key::Type => self.kind.is_some(),
            Key::Level => self.level.is_some(),
            Key::Status => self.status.is_some(),
            Key::Critical => self.critical.is_some(),
            Key::Weight => self.weight.is_some(),
            Key::Verify => self.verify.is_some(),
            Key::Measure => self.measure.is_some(),
            _ => false,
        }
    }

    /// Whether such a value is another than that of the other.
    fn differs(&self, other: &HouseStandard) -> bool {
        let decided =
            |item: &HouseStandard| (item.kind, item.level, item.status, item.critical, item.weight, item.verify);
        decided(self) != decided(other) || self.number != other.number || self.measure != other.measure
    }
}

/// What a house's file holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct HouseFile {
    /// What it calls itself.
    pub title: Option<String>,
    /// The standards, in its order.
    pub items: Vec<HouseStandard>,
    /// What is no standard, such as other paragraphs; nothing waits for it.
    pub not_read: Vec<Unread>,
    /// What stands among the standards and was not understood.
    pub not_understood: Vec<Unread>,
    /// What was read and is to be looked at.
    pub remarks: Vec<Unread>,
}

/// What a file begins with that is an older document of an office, or an encrypted one.
const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Reads a house's file. Its kind is told by what it begins with, and by the ending of its name.
///
/// # Errors
/// Why the file as a whole cannot be read.
pub(crate) fn read(name: &str, bytes: &[u8], asked: HouseContext<'_>) -> Result<HouseFile, Refusal> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if bytes.len() as u64 > MAX_BYTES {
        let limit = MAX_BYTES / 1024 / 1024;
        return Err(Refusal::new(say!("the file is larger than {limit} MiB", limit = limit as usize)));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::new(say!("the file is empty")));
    }
    if bytes.starts_with(COMPOUND) {
        let wrong = say!("this is a document of an older office program, or one that is kept by a password");
        return Err(Refusal::new(wrong).help(say!("open it, take the password off, and save it as .xlsx or .docx")));
    }
    if bytes.starts_with(b"PK") {
        return match Archive::of(bytes) {
            Archive::Document => docx::blocks(bytes).and_then(|document| outline::read(document, asked)),
            Archive::Workbook => workbook(bytes, asked),
            Archive::Other => {
                let wrong = say!("this is neither a workbook (.xlsx) nor a document (.docx) of an office program");
                Err(Refusal::new(wrong).help(say!("open it in an office program and save it as .xlsx or .docx")))
            }
            Archive::Broken => {
                let wrong = say!("the file is broken: it ends too early, or was damaged on its way");
                Err(Refusal::new(wrong).help(say!("copy or download it again")))
            }
        };
    }
    let of_office = ["xlsx", "docx", "xls", "doc", "ods", "odt", "pdf", "pages", "numbers"];
    let is_text = !bytes.contains(&0) || bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if !is_text || of_office.contains(&ending.as_str()) {
        let wrong = say!("the file is not what its name says, or of a kind that is not read");
        return Err(
            Refusal::new(wrong).help(say!("give a workbook (.xlsx), CSV, a document (.docx) or Markdown (.md)"))
        );
    }
    let is_polish = asked.languages.iter().any(|tag| tag.starts_with("pl"));
    let text = composed(&decode(bytes, is_polish)).into_owned();
    match ending.as_str() {
        "md" | "markdown" => markdown::blocks(&text).and_then(|document| outline::read(document, asked)),
        "csv" | "tsv" | "txt" | "" => csv(&text, asked),
        _ => {
            let wrong = say!("a file of the kind `.{ending}` is not read", ending);
            Err(Refusal::new(wrong).help(say!("give a workbook (.xlsx), CSV, a document (.docx) or Markdown (.md)")))
        }
    }
}

/// What an archive holds.
enum Archive {
    Workbook,
    Document,
    Other,
    Broken,
}

impl Archive {
    fn of(bytes: &[u8]) -> Archive {
        let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Archive::Broken };
        let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
        let has = |part: &str| names.iter().any(|name| name == part);
        match (has("word/document.xml"), has("xl/workbook.xml")) {
            (true, _) => Archive::Document,
            (_, true) => Archive::Workbook,
            _ => Archive::Other,
        }
    }
}

fn workbook(bytes: &[u8], asked: HouseContext<'_>) -> Result<HouseFile, Refusal> {
    let sheets = sheets(bytes)?;
    let mut found = HouseFile::default();
    let grids: Vec<(Grid, bool)> = sheets.iter().map(|sheet| (Grid::of_sheet(sheet), sheet.is_hidden)).collect();
    let is_shown = |(grid, is_hidden): &&(Grid, bool)| !is_hidden && !grid.cells.is_empty();
    let prose: Vec<bool> = grids.iter().map(|(grid, _)| table::is_prose(grid, asked)).collect();
    let shown = grids.iter().zip(&prose).filter(|(grid, is_prose)| is_shown(grid) && !**is_prose).count();
    for ((grid, is_hidden), is_prose) in grids.iter().zip(prose) {
        if grid.cells.is_empty() {
            continue;
        }
        if *is_hidden {
            let why = say!("this sheet is hidden, and was not read");
            let spot = Spot::part(&grid.name, say!("sheet {sheet}", sheet = &grid.name));
            found.not_read.push(Unread { spot, value: grid.name.clone(), why });
            continue;
        }
        // How to fill it in, who wrote it: beside tables nothing waits for that.
        if is_prose && shown > 0 {
            table::pass(grid, &mut found);
            continue;
        }
        // A sheet among others is a part of the whole: a phase, where it has none of its own.
        let part = (shown > 1).then(|| grid.name.clone());
        table::read(grid, asked, part, &mut found);
    }
    let shown: Vec<&Sheet> = sheets.iter().filter(|sheet| !sheet.is_hidden).collect();
    found.remarks.extend(hidden(bytes, &shown));
    for refused in over(bytes) {
        let place = refused.place.to_string();
        let spot = Spot { told: say!("cell {place}", place = &place), place };
        let why = say!("a comment or a picture on the sheet is not read");
        found.not_read.push(Unread { spot, value: String::new(), why });
    }
    nothing(found)
}

fn csv(text: &str, asked: HouseContext<'_>) -> Result<HouseFile, Refusal> {
    let mut found = HouseFile::default();
    let grid = Grid::of_text(text, |line| columns::is_heading(line, asked), &mut found.not_understood);
    table::read(&grid, asked, None, &mut found);
    nothing(found)
}

/// The rows of those sheets that nobody sees, how many on each: they were read like the others.
pub(in crate::import) fn hidden(bytes: &[u8], read: &[&Sheet]) -> Vec<Unread> {
    let hidden = hidden_rows(bytes);
    let of_sheet = |sheet: &&Sheet| {
        let rows = hidden.get(&sheet.name)?;
        let filled: BTreeSet<u32> = sheet.cells.keys().map(|cell| cell.row).filter(|row| rows.contains(row)).collect();
        let why = say!(
            filled.len(); "1 row of it is hidden, and was read like the others",
            "{n} rows of it are hidden, and were read like the others"
        );
        let spot = Spot::part(&sheet.name, say!("sheet {sheet}", sheet = &sheet.name));
        (!filled.is_empty()).then(|| Unread { spot, value: String::new(), why })
    };
    read.iter().filter_map(of_sheet).collect()
}

/// Refuses a file in which nothing was found at all.
fn nothing(found: HouseFile) -> Result<HouseFile, Refusal> {
    if found.items.is_empty() && found.not_understood.is_empty() {
        let wrong = say!("no standards were found in it");
        return Err(Refusal::new(wrong).help(say!(
            "head the column of the standards `Standard`, or name it with --map COLUMN=text; in a document, write them as lists"
        )));
    }
    Ok(found)
}

/// A text as it is taken into a book: on one line, without what nobody sees.
pub(crate) fn clean(text: &str) -> String {
    let seen = text.chars().map(|c| if matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}') { ' ' } else { c });
    let seen: String = seen.filter(|c| c.is_whitespace() || !c.is_control() && never_seen(*c).is_none()).collect();
    composed(&single_spaced(&seen)).into_owned()
}

/// The lines of a cell that holds a list, without their bullets.
pub(super) fn lines(text: &str) -> Vec<String> {
    let bullets = ['-', '–', '—', '•', '*', '·', '▪', '‣', '○', '●'];
    let lines = text.lines().map(|line| clean(line.trim().trim_start_matches(bullets)));
    lines.filter(|line| !line.is_empty()).collect()
}

#[cfg(test)]
mod tests;
