//! An author's chapter as a tree of plain values, which a template lays out; nothing of it is read as markup.

use std::cell::RefCell;
use std::collections::BTreeSet;

use comrak::nodes::{ListType, Node, NodeValue, TableAlignment};
use serde_json::{Map, Value as Json, json};

use crate::render::block::{self, Picture, characters};
use crate::render::pictures;

/// How deep lists and quotations may stand in one another, and marks in a line; what is deeper stands at this depth.
/// Layout recurses over the tree, and no text of an author's may exhaust it.
const DEPTH: usize = 6;

/// So many characters may the notes have that a chapter refers to more than once, as often as they are repeated; after that a
/// reference only names its note.
const REPEATED: usize = 20_000;

/// The chapter's blocks, its headings below `level`. `images` are its pictures by their paths, as a template places them.
pub(super) fn blocks(text: &str, level: u8, images: &Map<String, Json>) -> Json {
    let shown = |url: &str, _: &str| {
        let path = pictures::path(url);
        images.contains_key(path).then(|| Picture::At(path.to_owned()))
    };
    block::parsed(text, level, &shown, |root, _| {
        let notes = root.children().filter_map(note).collect();
        let mut reader = Reader { notes, noted: RefCell::default(), heading: level, images };
        Json::Array(reader.blocks(root, 0))
    })
}

/// A footnote's name and its node.
fn note(node: Node<'_>) -> Option<(String, Node<'_>)> {
    match &node.data().value {
        NodeValue::FootnoteDefinition(definition) => Some((definition.name.clone(), node)),
        _ => None,
    }
}

struct Reader<'a, 'i> {
    notes: Vec<(String, Node<'a>)>,
    noted: RefCell<Noted>,
    /// Level of the last heading: PDF/UA lets none be skipped.
    heading: u8,
    images: &'i Map<String, Json>,
}

impl<'a> Reader<'a, '_> {
    fn blocks(&mut self, parent: Node<'a>, depth: usize) -> Vec<Json> {
        let mut blocks = Vec::new();
        for node in parent.children() {
            self.block(node, depth, &mut blocks);
        }
        blocks
    }

    fn block(&mut self, node: Node<'a>, depth: usize, out: &mut Vec<Json>) {
        let value = &node.data().value;
        match value {
            NodeValue::Paragraph => out.push(json!({"is": "paragraph", "content": self.inlines(node, 0)})),
            NodeValue::Heading(heading) => {
                self.heading = heading.level.min(self.heading + 1);
                let content = self.inlines(node, 0);
                // A heading that says nothing would be an empty line of the contents.
                if !content.is_empty() {
                    out.push(json!({"is": "heading", "level": self.heading, "content": content}));
                }
            }
            NodeValue::CodeBlock(code) => out.push(json!({"is": "code", "text": code.literal.trim_end()})),
            NodeValue::ThematicBreak => out.push(json!({"is": "rule"})),
            NodeValue::Table(table) => {
                let align: Vec<&str> = table.alignments.iter().map(alignment).collect();
                let cells =
                    |row: Node<'a>| -> Vec<Vec<Json>> { row.children().map(|cell| self.inlines(cell, 0)).collect() };
                out.push(
                    json!({"is": "table", "align": align, "rows": node.children().map(cells).collect::<Vec<_>>()}),
                );
            }
            NodeValue::FootnoteDefinition(_) => {}
            // Too deep: what is in it, without another step inwards.
            _ if depth >= DEPTH => {
                for child in node.descendants().skip(1).filter(|child| is_leaf(child)) {
                    self.block(child, depth, out);
                }
            }
            NodeValue::List(list) => {
                let items: Vec<Json> = node.children().map(|item| self.item(item, depth + 1)).collect();
                let is = if list.list_type == ListType::Ordered { "numbers" } else { "bullets" };
                out.push(json!({"is": is, "start": list.start, "tight": list.tight, "items": items}));
            }
            NodeValue::BlockQuote => out.push(json!({"is": "quotation", "content": self.blocks(node, depth + 1)})),
            _ => {
                let inner = self.blocks(node, depth + 1);
                out.extend(inner);
            }
        }
    }

    fn item(&mut self, item: Node<'a>, depth: usize) -> Json {
        let checked = match &item.data().value {
            NodeValue::TaskItem(task) => Some(task.symbol.is_some()),
            _ => None,
        };
        json!({"checked": checked, "content": self.blocks(item, depth)})
    }

    /// The pieces of a line; of the same shape as those of a sentence in a view, with a few more.
    fn inlines(&self, parent: Node<'a>, depth: usize) -> Vec<Json> {
        let mut pieces = Vec::new();
        for node in parent.children() {
            let value = &node.data().value;
            let inner = || if depth < DEPTH { self.inlines(node, depth + 1) } else { plain(node) };
            pieces.push(match value {
                NodeValue::Text(text) => json!({"text": text.as_ref()}),
                NodeValue::Code(code) => json!({"code": code.literal}),
                NodeValue::SoftBreak => json!({"text": " "}),
                NodeValue::LineBreak => json!({"break": true}),
                NodeValue::Emph => json!({"emphasis": inner()}),
                NodeValue::Strong => json!({"strong": inner()}),
                NodeValue::Strikethrough => json!({"struck": inner()}),
                NodeValue::Link(link) => json!({"link": {"url": link.url, "content": inner()}}),
                NodeValue::Image(link) if self.images.contains_key(&link.url) => {
                    let mut image = self.images[&link.url].clone();
                    image["words"] = plain(node).first().map(|piece| piece["text"].clone()).unwrap_or_default();
                    json!({"image": image})
                }
                NodeValue::FootnoteReference(reference) if depth < DEPTH => self.note(&reference.name),
                _ => {
                    pieces.extend(inner());
                    continue;
                }
            });
        }
        pieces
    }

    /// A reference to a note, which brings the note along.
    fn note(&self, name: &str) -> Json {
        let is_first = !self.noted.borrow().names.contains(name);
        if !is_first && self.noted.borrow().repeated > REPEATED {
            return json!({"text": format!("[{name}]")});
        }
        let definition = self.notes.iter().find(|(known, _)| known == name);
        let lines = definition.map(|(_, node)| node.children()).into_iter().flatten();
        let pieces: Vec<Json> = lines.flat_map(|line| self.inlines(line, DEPTH)).collect();
        let mut noted = self.noted.borrow_mut();
        if is_first {
            noted.names.insert(name.to_owned());
        } else {
            noted.repeated +=
                pieces.iter().map(|piece| piece["text"].as_str().map_or(20, str::len)).sum::<usize>() + 20;
        }
        json!({"note": pieces})
    }
}

/// The notes that a chapter has shown so far.
#[derive(Default)]
struct Noted {
    names: BTreeSet<String>,
    /// How many characters those have that were shown again.
    repeated: usize,
}

/// The characters below a node, without marks.
fn plain(node: Node<'_>) -> Vec<Json> {
    vec![json!({"text": characters(node)})]
}

fn is_leaf(node: &Node<'_>) -> bool {
    let value = &node.data().value;
    matches!(value, NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::CodeBlock(_) | NodeValue::Table(_))
}

fn alignment(alignment: &TableAlignment) -> &'static str {
    match alignment {
        TableAlignment::Right => "right",
        TableAlignment::Center => "center",
        _ => "left",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_becomes_plain_values() {
        let blocks = blocks(
            "# A *b*\n\n#### C\n\n- [x] d\n  1. e\n\n| f | g |\n|--:|---|\n| h | `i` |\n\nJ[^k] l\n\n[^k]: m\n",
            1,
            &Map::new(),
        );
        let expected = json!([
            {"is": "heading", "level": 2, "content": [{"text": "A "}, {"emphasis": [{"text": "b"}]}]},
            {"is": "heading", "level": 3, "content": [{"text": "C"}]},
            {"is": "bullets", "start": 1, "tight": true, "items": [{"checked": true, "content": [
                {"is": "paragraph", "content": [{"text": "d"}]},
                {"is": "numbers", "start": 1, "tight": true, "items": [
                    {"checked": null, "content": [{"is": "paragraph", "content": [{"text": "e"}]}]}
                ]}
            ]}]},
            {"is": "table", "align": ["right", "left"], "rows": [
                [[{"text": "f"}], [{"text": "g"}]],
                [[{"text": "h"}], [{"code": "i"}]]
            ]},
            {"is": "paragraph", "content": [{"text": "J"}, {"note": [{"text": "m"}]}, {"text": " l"}]}
        ]);
        assert_eq!(blocks, expected);
    }

    #[test]
    fn a_note_is_shown_once_and_repeated_within_bounds() {
        let text = |references: usize| {
            format!("[^a]: {}\n[^b]: last\n\n{}b[^b]\n", "words ".repeat(500), "a[^a]\n\n".repeat(references))
        };
        let shown = |references| blocks(&text(references), 1, &Map::new()).to_string();
        let notes = |json: &str| json.matches("{\"note\":[{\"text\":\"words").count();
        assert_eq!(notes(&shown(3)), 3);
        let many = shown(1_000);
        assert!(notes(&many) < 20 && many.len() < 200_000, "{}", many.len());
        assert!(many.contains("{\"text\":\"[a]\"}") && many.contains("{\"note\":[{\"text\":\"last\"}]}"));
    }

    #[test]
    fn nothing_nests_without_bound() {
        let quotations = format!("{} deep\n", ">".repeat(500));
        let marks = format!("{}deep{}\n", "*".repeat(501), "*".repeat(501));
        for text in [quotations, marks, "- ".repeat(500)] {
            let json = blocks(&text, 1, &Map::new()).to_string();
            let depth = json.chars().scan(0_usize, |depth, c| {
                *depth = match c {
                    '[' | '{' => *depth + 1,
                    ']' | '}' => *depth - 1,
                    _ => *depth,
                };
                Some(*depth)
            });
            assert!(depth.max() < Some(40), "{json}");
        }
    }
}
