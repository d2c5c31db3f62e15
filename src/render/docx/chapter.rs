//! An author's chapter: block Markdown as paragraphs, lists and tables.

use std::fmt::Write;

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{ListType, Node, NodeValue};
use minijinja::value::{Serde, Value};
use serde::Serialize;

use super::runs::{self, Look};
use crate::render::{block, pictures};

/// Width of the text between the margins, in twentieths of a point.
const WIDTH: usize = 9638;
/// A column is as wide as so many characters at the least, and at the most.
const LEAST: usize = 6;
const MOST: usize = 60;
/// How deep lists and quotations may stand in one another; what is deeper stands at this depth.
const DEPTH: usize = 8;
/// Numbered lists of chapters have numbers of their own, from this one on.
const FIRST_LIST: usize = 100;
/// A chapter has room for so many; those after share the last.
const LISTS: usize = 1000;

/// A numbered list of a chapter.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct List {
    id: usize,
    start: usize,
}

/// Filter `block_docx`: the chapter as blocks, its headings below `level`. `section` keeps the numbers of its lists apart
/// from those of other chapters.
pub(super) fn filter(text: &str, level: u8, section: usize, images: Option<Value>) -> Value {
    let shown = |url: &str, words: &str| pictures::docx(images.as_ref(), url, words);
    Value::from_safe_string(block::parsed(text, level, &shown, |root, _| {
        let mut writer = Writer { out: String::new(), next: first(section), lists: Vec::new(), last: level };
        writer.blocks(root, BlockPlace::default());
        writer.out
    }))
}

/// Filter `numbered_lists`: the numbered lists of the chapter, as `block_docx` numbers them.
pub(super) fn numbered_lists(text: &str, section: usize) -> Value {
    let lists = block::parsed(text, 1, &block::nothing, |root, _| {
        let mut writer = Writer { out: String::new(), next: first(section), lists: Vec::new(), last: 1 };
        writer.blocks(root, BlockPlace::default());
        writer.lists
    });
    Serde(lists).into()
}

fn first(section: usize) -> usize {
    FIRST_LIST + section.saturating_mul(LISTS)
}

/// Where a block stands.
#[derive(Clone, Copy, Default)]
struct BlockPlace {
    /// How deep in lists.
    depth: usize,
    /// The list and whether this is an item's first block.
    list: Option<usize>,
    is_first: bool,
    /// Whether it is inside a quotation.
    quoted: bool,
}

struct Writer {
    out: String,
    next: usize,
    lists: Vec<List>,
    /// Level of the last heading: none may be skipped.
    last: u8,
}

impl Writer {
    fn blocks(&mut self, parent: Node<'_>, place: BlockPlace) {
        for (index, node) in parent.children().enumerate() {
            self.block(node, BlockPlace { is_first: place.is_first && index == 0, ..place });
        }
    }

    fn block(&mut self, node: Node<'_>, place: BlockPlace) {
        let ast = node.data();
        match &ast.value {
            NodeValue::Heading(heading) => {
                self.last = heading.level.min(self.last + 1);
                let style = format!("Heading{}", self.last.clamp(2, 6));
                self.paragraph(&style, "", |out| inlines(node, Look::default(), out));
            }
            NodeValue::List(list) => {
                let id = match list.list_type {
                    ListType::Bullet => 1,
                    ListType::Ordered => self.number(list.start),
                };
                let depth = place.depth;
                for item in node.children() {
                    self.blocks(
                        item,
                        BlockPlace { depth: (depth + 1).min(DEPTH), list: Some(id), is_first: true, ..place },
                    );
                }
            }
            NodeValue::BlockQuote => self.blocks(node, BlockPlace { quoted: true, list: None, ..place }),
            NodeValue::CodeBlock(code) => {
                for line in code.literal.lines() {
                    self.paragraph("CodeBlock", "", |out| runs::run(line, Look::default(), out));
                }
            }
            NodeValue::ThematicBreak => self.paragraph("Gap", "", |_| {}),
            NodeValue::Table(_) => self.table(node),
            NodeValue::FootnoteDefinition(definition) => {
                let name = format!("[{}] ", definition.name);
                self.paragraph("Small", "", |out| {
                    runs::run(&name, Look::default(), out);
                    node.children().for_each(|child| inlines(child, Look::default(), out));
                });
            }
            NodeValue::Paragraph => self.text(node, place),
            _ => self.blocks(node, place),
        }
    }

    /// The number of the next numbered list.
    fn number(&mut self, start: usize) -> usize {
        if self.lists.len() < LISTS {
            self.lists.push(List { id: self.next, start: start.min(30_000) });
            self.next += 1;
        }
        self.lists.last().map_or(1, |list| list.id)
    }

    fn text(&mut self, node: Node<'_>, place: BlockPlace) {
        let level = place.depth.saturating_sub(1);
        let (style, properties) = match place.list {
            Some(list) if place.is_first => {
                ("ListBullet", format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"))
            }
            Some(_) => ("Normal", format!("<w:ind w:left=\"{}\"/>", 400 + 340 * level)),
            None if place.quoted => ("Quote", String::new()),
            None => ("Normal", String::new()),
        };
        let task = node.parent().and_then(|item| match &item.data().value {
            NodeValue::TaskItem(task) => Some(task.symbol.is_some()),
            _ => None,
        });
        self.paragraph(style, &properties, |out| {
            if let Some(is_done) = task.filter(|_| place.is_first) {
                runs::run(if is_done { "☒ " } else { "☐ " }, Look::default(), out);
            }
            inlines(node, Look::default(), out);
        });
    }

    fn paragraph(&mut self, style: &str, properties: &str, write: impl FnOnce(&mut String)) {
        // Writing to a string cannot fail.
        let _ = write!(self.out, "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>");
        write(&mut self.out);
        self.out.push_str("</w:p>\n");
    }

    fn table(&mut self, node: Node<'_>) {
        let widths = widths(node);
        let grid: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        let _ = write!(
            self.out,
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"Ruled\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/>\
             <w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
            widths.iter().sum::<usize>()
        );
        for row in node.children() {
            let is_head = matches!(row.data().value, NodeValue::TableRow(true));
            let repeated = if is_head { "<w:tblHeader/>" } else { "" };
            let _ = write!(self.out, "<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>");
            let cells: Vec<Node<'_>> = row.children().collect();
            for (column, width) in widths.iter().enumerate() {
                let _ = write!(self.out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>");
                let style = if is_head { "TableHead" } else { "TableText" };
                self.paragraph(style, "", |out| {
                    if let Some(cell) = cells.get(column) {
                        inlines(cell, Look::default(), out);
                    }
                });
                self.out.push_str("</w:tc>");
            }
            self.out.push_str("</w:tr>");
        }
        self.out.push_str("</w:tbl>");
        self.paragraph("Gap", "", |_| {});
    }
}

/// How wide the columns of a table are: as their longest cells ask for, within bounds, so that a column of figures leaves room for
/// one of sentences.
fn widths(table: Node<'_>) -> Vec<usize> {
    let mut longest: Vec<usize> = Vec::new();
    for row in table.children() {
        for (column, cell) in row.children().enumerate() {
            longest.resize(longest.len().max(column + 1), LEAST);
            longest[column] = longest[column].max(block::characters(cell).chars().count().min(MOST));
        }
    }
    if longest.is_empty() {
        longest.push(LEAST);
    }
    let all: usize = longest.iter().sum();
    longest.into_iter().map(|characters| WIDTH * characters / all).collect()
}

/// The pieces of a line as runs, without recursion: marks may stand in one another as deep as an author likes.
fn inlines(parent: Node<'_>, look: Look, out: &mut String) {
    let mut looks = vec![look];
    for edge in parent.traverse() {
        let look = looks.last().copied().unwrap_or(look);
        match edge {
            NodeEdge::Start(node) => looks.push(begin(node, look, out)),
            NodeEdge::End(node) => {
                looks.pop();
                if is_link(node) {
                    out.push_str(runs::LINK_END);
                }
            }
        }
    }
}

/// Writes what a piece begins with; how what stands in it looks.
fn begin<'l>(node: Node<'_>, look: Look<'l>, out: &mut String) -> Look<'l> {
    match &node.data().value {
        NodeValue::Text(text) => runs::run(text, look, out),
        NodeValue::Code(code) => runs::run(&code.literal, Look { style: "Code", ..look }, out),
        NodeValue::SoftBreak => runs::run(" ", look, out),
        // A picture of the book's.
        NodeValue::Raw(drawing) => out.push_str(drawing),
        NodeValue::LineBreak => out.push_str("<w:r><w:br/></w:r>"),
        NodeValue::Emph => return Look { emphasis: true, ..look },
        NodeValue::Strong => return Look { strong: true, ..look },
        NodeValue::Strikethrough => return Look { strike: true, ..look },
        NodeValue::FootnoteReference(reference) => runs::run(&format!("[{}]", reference.name), look, out),
        NodeValue::Link(link) if is_link(node) => {
            runs::link(&link.url, out);
            return Look { style: "Hyperlink", ..look };
        }
        _ => {}
    }
    look
}

/// A link to a place in the document has no address there; its words stay.
fn is_link(node: Node<'_>) -> bool {
    matches!(&node.data().value, NodeValue::Link(link) if !link.url.starts_with('#'))
}
