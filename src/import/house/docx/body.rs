//! The text of a document, element by element.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::styles::{Styles, named};
use super::{MAX_DEPTH, attribute, broken, is_on, reference, too_deep, too_much};
use crate::forms::Cell;
use crate::import::house::clean;
use crate::import::house::grid::{Grid, Rows, Written};
use crate::import::house::outline::{Block, Document, typed_item};
use crate::import::{Refusal, Spot, Unread};
use crate::message::Message;
use crate::say;

/// So many pieces may a document have.
const MAX_BLOCKS: usize = 20_000;

/// So many columns may a cell take.
const MAX_SPAN: u32 = 200;

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    words: String,
    /// Words that somebody struck with tracked changes.
    struck: String,
    /// Words that somebody put in with tracked changes.
    added: String,
    /// Words that are hidden, or struck through.
    hidden: String,
    style: Option<String>,
    level: Option<usize>,
    is_list: Option<bool>,
    /// How many letters are bold.
    bold: usize,
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    cells: BTreeMap<Cell, Written>,
    merged: BTreeMap<Cell, Cell>,
    row: u32,
    column: u32,
    span: u32,
    /// Whether the cell goes on with the one above.
    goes_on: bool,
    words: String,
    /// Column → the first cell of a merged stretch.
    open: BTreeMap<u32, Cell>,
}

/// How the run that is being read looks.
#[derive(Clone, Copy, Default)]
struct Run {
    is_bold: bool,
    is_hidden: bool,
}

struct Reader<'s> {
    styles: &'s Styles,
    document: Document,
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    run: Run,
    /// Inside of which tracked change: put in, struck.
    added: usize,
    struck: usize,
    /// Inside of how many text boxes.
    boxes: usize,
    /// Inside of what is there for older programs, and says the same once more.
    fallback: usize,
    is_text: bool,
    paragraph: usize,
    table: usize,
    /// Paragraphs that are bold as a whole and may be headings.
    bold: Vec<usize>,
}

/// Reads the text.
pub(super) fn read(text: &str, styles: &Styles) -> Result<Document, Refusal> {
    let mut xml = quick_xml::Reader::from_str(text);
    let mut reader = Reader {
        styles,
        document: Document::default(),
        paragraphs: Vec::new(),
        tables: Vec::new(),
        run: Run::default(),
        added: 0,
        struck: 0,
        boxes: 0,
        fallback: 0,
        is_text: false,
        paragraph: 0,
        table: 0,
        bold: Vec::new(),
    };
    let mut depth = 0;
    loop {
        match xml.read_event().map_err(|_| broken())? {
            Event::Start(element) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(too_deep());
                }
                reader.start(&element);
            }
            Event::Empty(element) => {
                reader.start(&element);
                reader.end(element.local_name().as_ref());
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                reader.end(element.local_name().as_ref());
            }
            Event::Text(words) if reader.is_text => reader.write(&words),
            Event::GeneralRef(name) if reader.is_text => reader.write(&reference(&name)),
            Event::CData(words) if reader.is_text => reader.write(&words),
            Event::Eof if depth > 0 => return Err(broken()),
            Event::Eof => break,
            _ => {}
        }
        if reader.document.blocks.len() > MAX_BLOCKS || reader.document.beside.len() > MAX_BLOCKS {
            return Err(too_much());
        }
    }
    reader.bold_headings();
    Ok(reader.document)
}

impl Reader<'_> {
    fn start(&mut self, element: &BytesStart<'_>) {
        let name = element.local_name();
        let name: &str = name.as_ref();
        if name == "Fallback" || self.fallback > 0 {
            self.fallback += usize::from(name == "Fallback");
            return;
        }
        let value = || attribute(element, "val");
        match name {
            "p" => {
                if self.boxes == 0 && self.tables.is_empty() {
                    self.paragraph += 1;
                }
                self.paragraphs.push(Paragraph::default());
            }
            "r" => self.run = Run::default(),
            "b" => self.run.is_bold = is_on(element),
            "strike" | "dstrike" | "vanish" => self.run.is_hidden |= is_on(element),
            "t" | "delText" => self.is_text = true,
            "tab" => self.write("\t"),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "ins" | "moveTo" => self.added += 1,
            "del" | "moveFrom" => self.struck += 1,
            "txbxContent" => self.boxes += 1,
            "pStyle" => self.of_paragraph(|paragraph| paragraph.style = value()),
            "outlineLvl" => {
                let level = value().and_then(|value| value.parse::<usize>().ok()).filter(|level| *level < 9);
                self.of_paragraph(|paragraph| paragraph.level = level.map(|level| level + 1));
            }
            "numId" => self.of_paragraph(|paragraph| paragraph.is_list = Some(value().as_deref() != Some("0"))),
            "tbl" => {
                if self.tables.is_empty() && self.boxes == 0 {
                    self.table += 1;
                }
                self.tables.push(Table { row: u32::MAX, ..Table::default() });
            }
            "tr" => self.of_table(|table| (table.row, table.column) = (table.row.wrapping_add(1), 0)),
            "tc" => self.of_table(|table| {
                (table.span, table.goes_on) = (1, false);
                table.words.clear();
            }),
            "gridSpan" => {
                let span = value().and_then(|value| value.parse().ok()).unwrap_or(1);
                self.of_table(|table| table.span = u32::clamp(span, 1, MAX_SPAN));
            }
            "vMerge" => {
                let goes_on = value().is_none_or(|value| value != "restart");
                self.of_table(|table| table.goes_on = goes_on);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if self.fallback > 0 {
            self.fallback -= usize::from(name == "Fallback");
            return;
        }
        match name {
            "t" | "delText" => self.is_text = false,
            "ins" | "moveTo" => self.added = self.added.saturating_sub(1),
            "del" | "moveFrom" => self.struck = self.struck.saturating_sub(1),
            "txbxContent" => self.boxes = self.boxes.saturating_sub(1),
            "p" => self.end_paragraph(),
            "tc" => self.end_cell(),
            "tbl" => self.end_table(),
            _ => {}
        }
    }

    fn of_paragraph(&mut self, change: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            change(paragraph);
        }
    }

    fn of_table(&mut self, change: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.last_mut() {
            change(table);
        }
    }

    fn write(&mut self, words: &str) {
        let (run, added, struck) = (self.run, self.added > 0, self.struck > 0);
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        if struck {
            paragraph.struck.push_str(words);
            return;
        }
        if run.is_hidden {
            paragraph.hidden.push_str(words);
            return;
        }
        if added {
            paragraph.added.push_str(words);
        }
        if run.is_bold {
            paragraph.bold += words.chars().filter(|c| !c.is_whitespace()).count();
        }
        paragraph.words.push_str(words);
    }

    fn spot(&self) -> Spot {
        match self.tables.first() {
            Some(table) => Spot::table(self.table, table.row as usize + 1),
            None => Spot::paragraph(self.paragraph),
        }
    }

    fn leave(&mut self, value: &str, why: Message) {
        let value = clean(value);
        if !value.is_empty() {
            let spot = self.spot();
            self.document.beside.push(Unread { spot, value, why });
        }
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        self.leave(&paragraph.struck, say!("somebody has struck it with tracked changes; accept or reject them"));
        self.leave(&paragraph.hidden, say!("it is hidden or struck through"));
        self.leave(
            &paragraph.added,
            say!("somebody has put it in with tracked changes that are not accepted yet; it was read as if they were"),
        );
        if self.boxes > 0 {
            return self.leave(&paragraph.words, say!("it stands in a text box"));
        }
        if let Some(table) = self.tables.last_mut() {
            if !table.words.is_empty() {
                table.words.push('\n');
            }
            table.words.push_str(&paragraph.words);
            return;
        }
        let words = paragraph.words.trim();
        if words.is_empty() {
            return;
        }
        let style = paragraph.style.as_ref();
        let style = style.map(|id| self.styles.get(id).cloned().unwrap_or_else(|| named(id))).unwrap_or_default();
        let spot = self.spot();
        let level = paragraph.level.or(style.heading);
        let block = match level {
            Some(level) => Block::Heading(level, words.to_owned(), spot),
            None if style.is_title => Block::Title(words.to_owned()),
            None if style.is_contents => {
                return self.leave(words, say!("it is a line of the table of contents"));
            }
            None if paragraph.is_list.unwrap_or(style.is_list) => Block::Item(words.to_owned(), spot),
            None => match typed_item(words) {
                Some(item) => Block::Item(item.to_owned(), spot),
                None => Block::Paragraph(words.to_owned(), spot),
            },
        };
        let letters = words.chars().filter(|c| !c.is_whitespace()).count();
        let is_short = words.chars().count() <= 80 && !words.ends_with(['.', ';', ',']);
        if matches!(block, Block::Paragraph(..) | Block::Item(..)) && paragraph.bold >= letters && is_short {
            self.bold.push(self.document.blocks.len());
        }
        self.document.blocks.push(block);
    }

    fn end_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let words = std::mem::take(&mut table.words);
        let first = Cell { row: table.row, column: table.column };
        let last = Cell { row: table.row, column: table.column + table.span.max(1) - 1 };
        match table.open.get(&first.column).filter(|_| table.goes_on) {
            Some(home) => {
                let end = table.merged.entry(*home).or_insert(*home);
                end.row = first.row;
            }
            None => {
                table.open.insert(first.column, first);
                if last.column > first.column {
                    table.merged.insert(first, last);
                }
            }
        }
        if !words.trim().is_empty() {
            table.cells.insert(first, Written::text(words.trim()));
        }
        table.column = last.column + 1;
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        // A table in a cell is a part of the cell's text.
        if let Some(outer) = self.tables.last_mut() {
            let words: Vec<&str> = table.cells.values().map(|written| written.text.as_str()).collect();
            outer.words.push_str(&format!("\n{}", words.join("\n")));
            return;
        }
        if self.boxes > 0 {
            let words: Vec<&str> = table.cells.values().map(|written| written.text.as_str()).collect();
            return self.leave(&words.join("\n"), say!("it stands in a text box"));
        }
        let grid = Grid::new("", table.cells, table.merged, Rows::Table(self.table));
        if !grid.cells.is_empty() {
            self.document.blocks.push(Block::Table(grid));
        }
    }

    /// Where no paragraph has the style of a heading, short bold ones are what a house means by it.
    fn bold_headings(&mut self) {
        if self.document.blocks.iter().any(|block| matches!(block, Block::Heading(..))) {
            return;
        }
        for index in std::mem::take(&mut self.bold) {
            let Some(block) = self.document.blocks.get_mut(index) else { continue };
            let taken = std::mem::replace(block, Block::Title(String::new()));
            *block = match taken {
                Block::Paragraph(words, spot) => Block::Heading(1, words, spot),
                Block::Item(words, spot) => Block::Heading(1, words, spot),
                other => other,
            };
        }
    }
}
