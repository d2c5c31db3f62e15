//! A document in Markdown.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::docx::shown_link;
use super::grid::{CellText, Grid, Rows};
use super::outline::{Document, OutlineBlock};
use crate::forms::CellAddress;
use crate::import::{Refusal, Spot, Unread};
use crate::say;
use crate::source::chapter_excess;
use crate::text::{LineCount, line_of};

/// Reads the text of a document.
pub(super) fn blocks(text: &str) -> Result<Document, Refusal> {
    if let Some(excess) = chapter_excess(text) {
        let line = line_of(text, excess.range.start);
        let wrong = say!("line {line}: {message}", line, message = excess.message());
        return Err(Refusal::new(wrong).help(excess.help()));
    }
    // The head of a file for another program is no text.
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader {
        text,
        document: Document::default(),
        open: Vec::new(),
        words: String::new(),
        link: None,
        grid: None,
        lines: LineCount::default(),
    };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.take(event, range.start);
    }
    Ok(reader.document)
}

/// What is open, and the line on which it began.
enum OpenBlock {
    Heading(usize, usize),
    Item(usize),
    Paragraph(usize),
    Code(usize),
    Skipped,
}

struct Reader<'t> {
    text: &'t str,
    document: Document,
    open: Vec<OpenBlock>,
    /// The words of what is open.
    words: String,
    /// Where the link leads that is being read.
    link: Option<String>,
    grid: Option<(BTreeMap<CellAddress, CellText>, Vec<usize>, CellAddress)>,
    lines: LineCount,
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, offset: usize) {
        let line = self.lines.line(self.text, offset);
        match event {
            Event::Start(Tag::Heading { level, .. }) => self.begin(OpenBlock::Heading(rank(level), line)),
            Event::Start(Tag::Item) => {
                self.finish();
                self.begin(OpenBlock::Item(line));
            }
            Event::Start(Tag::Paragraph) if !self.is_in_item() => self.begin(OpenBlock::Paragraph(line)),
            // A second paragraph of an item goes on with it.
            Event::Start(Tag::Paragraph) => self.words.push(' '),
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => self.begin(OpenBlock::Code(line)),
            Event::Start(Tag::MetadataBlock(_)) => self.begin(OpenBlock::Skipped),
            Event::Start(Tag::List(_)) => self.finish(),
            Event::Start(Tag::Table(_)) => {
                self.finish();
                self.grid = Some((BTreeMap::new(), Vec::new(), CellAddress { row: 0, column: 0 }));
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                if let Some((_, lines, cell)) = &mut self.grid {
                    *cell = CellAddress { row: lines.len() as u32, column: 0 };
                    lines.push(line);
                }
            }
            Event::Start(Tag::TableCell) => self.words.clear(),
            Event::End(TagEnd::TableCell) => {
                let words = std::mem::take(&mut self.words);
                if let Some((cells, _, cell)) = &mut self.grid {
                    if !words.trim().is_empty() {
                        cells.insert(*cell, CellText::text(words.trim()));
                    }
                    cell.column += 1;
                }
            }
            Event::End(TagEnd::Table) => {
                if let Some((cells, lines, _)) = self.grid.take() {
                    let grid = Grid::new("", cells, BTreeMap::new(), Rows::Lines(lines));
                    self.document.blocks.push(OutlineBlock::Table(grid));
                }
            }
            Event::End(TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_)) => {
                self.finish()
            }
            Event::End(TagEnd::Paragraph) if !self.is_in_item() => self.finish(),
            Event::Start(Tag::Link { dest_url, .. }) => self.link = Some(dest_url.into_string()),
            Event::End(TagEnd::Link) => self.end_link(),
            Event::Start(Tag::Image { dest_url, .. }) => {
                let why = say!("pictures are not taken");
                self.document.beside.push(Unread { spot: Spot::line(line), value: dest_url.into_string(), why });
            }
            Event::End(TagEnd::Item) => self.finish(),
            Event::Text(words) | Event::Code(words) => self.words.push_str(&words),
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.words.push('\n'),
            Event::Html(words) => self.words.push_str(&words),
            Event::SoftBreak | Event::HardBreak => self.words.push('\n'),
            _ => {}
        }
    }

    /// Where a link leads stands behind its words, unless they say it.
    fn end_link(&mut self) {
        let Some(target) = self.link.take() else { return };
        if !self.words.contains(shown_link(&target)) {
            self.words.push_str(&format!(" ({target})"));
        }
    }

    fn is_in_item(&self) -> bool {
        matches!(self.open.last(), Some(OpenBlock::Item(_)))
    }

    fn begin(&mut self, open: OpenBlock) {
        self.finish();
        self.words.clear();
        self.open.push(open);
    }

    /// Takes what is open as it stands.
    fn finish(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let words = std::mem::take(&mut self.words);
        if words.trim().is_empty() {
            return;
        }
        self.document.blocks.push(match open {
            OpenBlock::Heading(level, line) => OutlineBlock::Heading(level, words, Spot::line(line)),
            OpenBlock::Item(line) => OutlineBlock::Item(words, Spot::line(line)),
            OpenBlock::Paragraph(line) | OpenBlock::Code(line) => OutlineBlock::Paragraph(words, Spot::line(line)),
            OpenBlock::Skipped => return,
        });
    }
}

fn rank(level: HeadingLevel) -> usize {
    level as usize
}
