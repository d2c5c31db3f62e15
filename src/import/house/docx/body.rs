//! The text of a document, element by element.

use quick_xml::events::{BytesStart, Event};

use super::links::{Links, shown_link};
use super::styles::{Styles, named};
use super::table::{DocxTable, MAX_SPAN, Tracked};
use super::{MAX_DEPTH, attribute, broken, is_on, reference, too_deep, too_much};
use crate::import::house::clean;
use crate::import::house::grid::{Grid, Rows};
use crate::import::house::outline::{Document, OutlineBlock, typed_item};
use crate::import::{Refusal, Spot, Unread};
use crate::message::Message;
use crate::say;

/// So many pieces may a document have.
const MAX_BLOCKS: usize = 20_000;

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    words: String,
    /// Words that somebody struck with tracked changes.
    struck: String,
    /// Words that somebody moved elsewhere with tracked changes.
    moved: String,
    /// Words that somebody put in with tracked changes.
    added: String,
    /// Words that are hidden, or struck through.
    hidden: String,
    style: Option<String>,
    level: Option<usize>,
    is_list: Option<bool>,
    /// How many letters are bold.
    bold: usize,
    /// Whether somebody has deleted its end with tracked changes, so that it goes on with the next.
    goes_on: bool,
}

/// How the run that is being read looks.
#[derive(Clone, Copy, Default)]
struct Run {
    is_bold: bool,
    is_hidden: bool,
}

struct Reader<'s> {
    styles: &'s Styles,
    links: &'s Links,
    document: Document,
    paragraphs: Vec<Paragraph>,
    tables: Vec<DocxTable>,
    /// Tables of standards that stand in a cell of the one that is being read.
    nested: Vec<Grid>,
    /// Where the link leads that is being read.
    link: Option<String>,
    /// What the drawing that is being read is called.
    drawing: String,
    run: Run,
    /// Inside of which tracked change: put in, struck, moved from here, moved to here.
    added: usize,
    struck: usize,
    moved_from: usize,
    moved_to: usize,
    /// Inside of how something looked before a tracked change.
    former: usize,
    /// Inside of what is said of a paragraph, or of a row, as a whole.
    of_mark: bool,
    of_row: bool,
    /// A paragraph that goes on with the next.
    carried: Option<Paragraph>,
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
pub(super) fn read(text: &str, styles: &Styles, links: &Links) -> Result<Document, Refusal> {
    let mut xml = quick_xml::Reader::from_str(text);
    let mut reader = Reader {
        styles,
        links,
        document: Document::default(),
        paragraphs: Vec::new(),
        tables: Vec::new(),
        nested: Vec::new(),
        link: None,
        drawing: String::new(),
        run: Run::default(),
        added: 0,
        struck: 0,
        moved_from: 0,
        moved_to: 0,
        former: 0,
        of_mark: false,
        of_row: false,
        carried: None,
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
    reader.put_carried();
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
        if name.ends_with("Change") || self.former > 0 {
            self.former += usize::from(name.ends_with("Change"));
            return;
        }
        let value = || attribute(element, "val");
        match name {
            "p" => {
                let is_body = self.boxes == 0 && self.tables.is_empty();
                self.paragraph += usize::from(is_body);
                let before = if is_body { self.carried.take() } else { None };
                let before = before.map(|before| (before.words, before.bold)).unwrap_or_default();
                self.paragraphs.push(Paragraph { words: before.0, bold: before.1, ..Paragraph::default() });
            }
            "pPr" => self.of_mark = true,
            "trPr" => self.of_row = true,
            "ins" if self.of_row => self.of_table(|table| table.row_is = Tracked::Added),
            "del" if self.of_row => self.of_table(|table| table.row_is = Tracked::Struck),
            "del" | "moveFrom" if self.of_mark => self.of_paragraph(|paragraph| paragraph.goes_on = true),
            "ins" | "moveTo" if self.of_mark => {}
            "cellIns" => self.of_table(|table| table.cell_is = Tracked::Added),
            "cellDel" => self.of_table(|table| table.cell_is = Tracked::Struck),
            "cellMerge" => {
                let goes_on = attribute(element, "vMerge").is_some_and(|value| value == "cont");
                self.of_table(|table| table.goes_on = goes_on);
            }
            "r" => self.run = Run::default(),
            "b" => self.run.is_bold = is_on(element),
            "strike" | "dstrike" | "vanish" => self.run.is_hidden |= is_on(element),
            "t" | "delText" => self.is_text = true,
            "tab" => self.write("\t"),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "ins" => self.added += 1,
            "del" => self.struck += 1,
            "moveTo" => self.moved_to += 1,
            "moveFrom" => self.moved_from += 1,
            "txbxContent" => self.boxes += 1,
            "pStyle" => self.of_paragraph(|paragraph| paragraph.style = value()),
            "outlineLvl" => {
                let level = value().and_then(|value| value.parse::<usize>().ok()).filter(|level| *level < 9);
                self.of_paragraph(|paragraph| paragraph.level = level.map(|level| level + 1));
            }
            "hyperlink" => self.link = attribute(element, "id").and_then(|id| self.links.get(&id).cloned()),
            "docPr" => {
                let named = |name| attribute(element, name).filter(|value| !value.trim().is_empty());
                self.drawing = named("descr").or_else(|| named("name")).unwrap_or_default();
            }
            "blip" | "imagedata" => {
                let value = std::mem::take(&mut self.drawing);
                self.leave(if value.is_empty() { "–" } else { &value }, say!("pictures are not taken"));
            }
            "numId" => self.of_paragraph(|paragraph| paragraph.is_list = Some(value().as_deref() != Some("0"))),
            "tbl" => {
                if self.tables.is_empty() && self.boxes == 0 {
                    self.put_carried();
                    self.table += 1;
                }
                self.tables.push(DocxTable::new());
            }
            "tr" => self.of_table(DocxTable::begin_row),
            "tc" => self.of_table(DocxTable::begin_cell),
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
        if self.former > 0 {
            self.former -= usize::from(name.ends_with("Change"));
            return;
        }
        match name {
            "t" | "delText" => self.is_text = false,
            "pPr" => self.of_mark = false,
            "trPr" => self.of_row = false,
            "ins" | "del" | "moveTo" | "moveFrom" if self.of_mark || self.of_row => {}
            "ins" => self.added = self.added.saturating_sub(1),
            "del" => self.struck = self.struck.saturating_sub(1),
            "moveTo" => self.moved_to = self.moved_to.saturating_sub(1),
            "moveFrom" => self.moved_from = self.moved_from.saturating_sub(1),
            "txbxContent" => self.boxes = self.boxes.saturating_sub(1),
            "hyperlink" => self.end_link(),
            "p" => self.end_paragraph(),
            "tc" => self.of_table(DocxTable::end_cell),
            "tr" => self.end_row(),
            "tbl" => self.end_table(),
            _ => {}
        }
    }

    fn of_paragraph(&mut self, change: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            change(paragraph);
        }
    }

    fn of_table(&mut self, change: impl FnOnce(&mut DocxTable)) {
        if let Some(table) = self.tables.last_mut() {
            change(table);
        }
    }

    fn write(&mut self, words: &str) {
        let run = self.run;
        let is = |wanted: Tracked| self.tables.iter().any(|table| table.row_is == wanted || table.cell_is == wanted);
        let (moved_from, struck) = (self.moved_from > 0, self.struck > 0 || is(Tracked::Struck));
        let added = self.moved_to == 0 && (self.added > 0 || is(Tracked::Added));
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        if moved_from {
            paragraph.moved.push_str(words);
            return;
        }
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

    /// Where a link leads stands behind its words, unless they say it.
    fn end_link(&mut self) {
        let Some(target) = self.link.take() else { return };
        let is_said = |paragraph: &Paragraph| paragraph.words.contains(shown_link(&target));
        if !self.paragraphs.last().is_some_and(is_said) {
            self.write(&format!(" ({target})"));
        }
    }

    fn end_paragraph(&mut self) {
        let Some(mut paragraph) = self.paragraphs.pop() else { return };
        self.tell_changes(&mut paragraph);
        if self.boxes > 0 {
            return self.leave(&paragraph.words, say!("it stands in a text box"));
        }
        if let Some(table) = self.tables.last_mut() {
            return table.write(&paragraph.words, paragraph.goes_on);
        }
        if paragraph.goes_on {
            self.carried = Some(paragraph);
            return;
        }
        self.put(paragraph);
    }

    /// Says what tracked changes took from a paragraph, moved or put in; of a row that is gone or new as a whole, once.
    fn tell_changes(&mut self, paragraph: &mut Paragraph) {
        self.leave(&paragraph.hidden, say!("it is hidden or struck through"));
        let Paragraph { struck, moved, added, .. } = paragraph;
        let (struck, moved, added) = (std::mem::take(struck), std::mem::take(moved), std::mem::take(added));
        if let Some(table) = self.tables.last_mut().filter(|table| table.row_is != Tracked::Untouched) {
            table.is_moved &= struck.trim().is_empty();
            table.of_row.extend(
                [struck, moved, added].map(|words| clean(&words)).into_iter().filter(|words| !words.is_empty()),
            );
            return;
        }
        self.leave(&struck, say!("somebody has struck it with tracked changes; accept or reject them"));
        self.leave(&moved, moved_away());
        self.leave(
            &added,
            say!("somebody has put it in with tracked changes that are not accepted yet; it was read as if they were"),
        );
    }

    /// Says what became of a row that tracked changes took out or put in.
    fn end_row(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let words = std::mem::take(&mut table.of_row).join(" · ");
        let (row_is, is_moved) = (std::mem::take(&mut table.row_is), table.is_moved);
        match row_is {
            Tracked::Untouched => {}
            Tracked::Struck if is_moved => self.leave(&words, moved_away()),
            Tracked::Struck => {
                self.leave(&words, say!("somebody has deleted this row with tracked changes; accept or reject them"));
            }
            Tracked::Added => self.leave(
                &words,
                say!(
                    "somebody has put this row in with tracked changes that are not accepted yet; it was read as if they \
                     were"
                ),
            ),
        }
    }

    /// Puts down a paragraph that would go on with the next, where none comes.
    fn put_carried(&mut self) {
        if let Some(paragraph) = self.carried.take() {
            self.put(paragraph);
        }
    }

    /// Puts a paragraph of the text among the blocks.
    fn put(&mut self, paragraph: Paragraph) {
        let words = paragraph.words.trim();
        if words.is_empty() {
            return;
        }
        let style = paragraph.style.as_ref();
        let style = style.map(|id| self.styles.get(id).cloned().unwrap_or_else(|| named(id))).unwrap_or_default();
        let spot = self.spot();
        let level = paragraph.level.or(style.heading);
        let block = match level {
            Some(level) => OutlineBlock::Heading(level, words.to_owned(), spot),
            None if style.is_title => OutlineBlock::Title(words.to_owned()),
            None if style.is_contents => {
                return self.leave(words, say!("it is a line of the table of contents"));
            }
            None if paragraph.is_list.unwrap_or(style.is_list) => OutlineBlock::Item(words.to_owned(), spot),
            None => match typed_item(words) {
                Some(item) => OutlineBlock::Item(item.to_owned(), spot),
                None => OutlineBlock::Paragraph(words.to_owned(), spot),
            },
        };
        let letters = words.chars().filter(|c| !c.is_whitespace()).count();
        let is_short = words.chars().count() <= 80 && !words.ends_with(['.', ';', ',']);
        if matches!(block, OutlineBlock::Paragraph(..) | OutlineBlock::Item(..))
            && paragraph.bold >= letters
            && is_short
        {
            self.bold.push(self.document.blocks.len());
        }
        self.document.blocks.push(block);
    }

    fn end_table(&mut self) {
        let Some(table) = self.tables.pop() else { return };
        // A table in a cell is a part of the cell's text, but for one of standards, which is a table of its own.
        if let Some(outer) = self.tables.last_mut() {
            if self.boxes == 0 && table.is_of_standards() {
                self.nested.push(Grid::new("", table.cells, table.merged, Rows::Table(self.table)));
                return;
            }
            outer.words.push_str(&format!("\n{}", table.text()));
            return;
        }
        if self.boxes > 0 {
            return self.leave(&table.text(), say!("it stands in a text box"));
        }
        let grid = Grid::new("", table.cells, table.merged, Rows::Table(self.table));
        if !grid.cells.is_empty() {
            self.document.blocks.push(OutlineBlock::Table(grid));
        }
        self.document.blocks.extend(std::mem::take(&mut self.nested).into_iter().map(OutlineBlock::Table));
    }

    /// Where no paragraph has the style of a heading, short bold ones are what a house means by it.
    fn bold_headings(&mut self) {
        if self.document.blocks.iter().any(|block| matches!(block, OutlineBlock::Heading(..))) {
            return;
        }
        for index in std::mem::take(&mut self.bold) {
            let Some(block) = self.document.blocks.get_mut(index) else { continue };
            let taken = std::mem::replace(block, OutlineBlock::Title(String::new()));
            *block = match taken {
                OutlineBlock::Paragraph(words, spot) => OutlineBlock::Heading(1, words, spot),
                OutlineBlock::Item(words, spot) => OutlineBlock::Heading(1, words, spot),
                other => other,
            };
        }
    }
}

fn moved_away() -> Message {
    say!("somebody has moved it with tracked changes that are not accepted yet; it was read where it stands now")
}
