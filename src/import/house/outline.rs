//! A document as a row of headings, list items, tables and other paragraphs → standards.

use super::grid::Grid;
use super::table::{read_below, title_language, without_number};
use super::{HouseContext, HouseFile, HouseStandard, Wordings, clean, nothing};
use crate::import::cell_words::{bare, language};
use crate::import::{Refusal, Spot, Unread};
use crate::message::Message;
use crate::say;
use crate::source::text_excess;

/// A document.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// What stands in it, in its order.
    pub blocks: Vec<OutlineBlock>,
    /// What is beside its text, or struck from it.
    pub beside: Vec<Unread>,
}

/// A piece of a document.
#[derive(Debug)]
pub(super) enum OutlineBlock {
    /// The title of the document.
    Title(String),
    /// A heading: its level, its text, where it stands.
    Heading(usize, String, Spot),
    /// An item of a list.
    Item(String, Spot),
    /// Another paragraph.
    Paragraph(String, Spot),
    /// A table.
    Table(Grid),
}

/// Reads a document.
///
/// # Errors
/// When it holds no standards.
pub(super) fn read(document: Document, asked: HouseContext<'_>) -> Result<HouseFile, Refusal> {
    let mut found = HouseFile { not_read: document.beside, ..HouseFile::default() };
    let mut levels: Vec<usize> = document.blocks.iter().filter_map(level).collect();
    levels.sort_unstable();
    // One heading above all others that is a phase of the sequence is no title: what stands below it are its steps.
    let is_phase = |index: &usize| match &document.blocks[*index] {
        OutlineBlock::Heading(_, text, _) => asked.phases.contains(&bare(&without_number(&clean(text)))),
        _ => false,
    };
    let lone = lone_heading(&document.blocks, &levels).filter(|index| !is_phase(index));
    if lone.is_some() {
        levels.remove(0);
    }
    levels.dedup();
    // Where items do not say their language, the document as a whole does.
    let all: Vec<&str> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            OutlineBlock::Item(text, _) | OutlineBlock::Paragraph(text, _) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    let told = |text: &str| {
        language(text).and_then(|tag| asked.languages.iter().find(|known| known.split('-').next() == Some(tag)))
    };
    let whole = told(&all.join("\n"));
    let tag_of = |text: &str| -> String {
        told(text).or(whole).or(asked.languages.first()).cloned().unwrap_or_else(|| "en".to_owned())
    };
    let (mut phase, mut step) = (Wordings::new(), Wordings::new());
    let mut open = Headings { untitled: lone.is_none(), ..Headings::default() };
    for (index, block) in document.blocks.into_iter().enumerate() {
        match block {
            OutlineBlock::Title(text) => found.title = found.title.or(Some(clean(&text))),
            OutlineBlock::Heading(_, text, _) if lone == Some(index) => {
                found.title = Some(without_number(&clean(&text)))
            }
            OutlineBlock::Heading(level, text, spot) => {
                let worded = vec![(
                    whole.cloned().unwrap_or_else(|| title_language(&text, asked)),
                    without_number(&clean(&text)),
                )];
                let place = levels.iter().position(|known| *known == level);
                if let Some(place @ (0 | 1)) = place {
                    open.begin(place, text.clone(), spot.clone(), &mut found);
                }
                match place {
                    Some(0) => (phase, step) = (worded, Wordings::new()),
                    Some(1) => step = worded,
                    _ => leave(&mut found, spot, text, say!("it is a heading below those of steps")),
                }
            }
            OutlineBlock::Item(text, spot) => {
                let text = ended(clean(&text));
                open.is_used();
                if let Some(excess) = text_excess(&text) {
                    found.not_understood.push(Unread { spot, value: text, why: excess.message() });
                    continue;
                }
                let (phase, step) = (phase.clone(), step.clone());
                let text = vec![(tag_of(&text), text)];
                found.items.push(HouseStandard { spot: Some(spot), phase, step, text, ..HouseStandard::default() });
            }
            OutlineBlock::Paragraph(text, spot) => {
                leave(&mut found, spot, text, say!("it is a paragraph, and neither heading, list nor table"));
            }
            OutlineBlock::Table(grid) => {
                // What stands above the heads of a table is no title of the document.
                let (title, before) = (found.title.take(), found.items.len());
                found.title = Some(title.clone().unwrap_or_default());
                read_below(&grid, asked, &phase, &step, &mut found);
                found.title = title;
                if found.items.len() > before {
                    open.is_used();
                }
            }
        }
    }
    open.begin(0, String::new(), Spot::paragraph(0), &mut found);
    nothing(found)
}

/// Where one heading stands above all others, of these levels in order: it is the title of the document, unless another stands
/// above it.
fn lone_heading(blocks: &[OutlineBlock], levels: &[usize]) -> Option<usize> {
    let first = blocks.iter().position(|block| level(block).is_some())?;
    let has_title = blocks[..first].iter().any(|block| matches!(block, OutlineBlock::Title(_)));
    let [top, next, ..] = levels else { return None };
    (top < next && !has_title && level(&blocks[first]) == Some(*top)).then_some(first)
}

/// The headings that are open, and whether anything stands below them: one over nothing is told, or is the title of all.
#[derive(Default)]
struct Headings {
    /// Depth, text and place of each below which nothing stands yet.
    idle: Vec<(usize, String, Spot)>,
    /// Whether no heading was met before, so that the first may be the title.
    untitled: bool,
}

impl Headings {
    /// Opens a heading; what it closes without anything below it is told.
    fn begin(&mut self, depth: usize, text: String, spot: Spot, found: &mut HouseFile) {
        while let Some((_, text, spot)) = self.idle.pop_if(|(open, ..)| *open >= depth) {
            if std::mem::take(&mut self.untitled) && self.idle.is_empty() && found.title.is_none() {
                found.title = Some(without_number(&clean(&text)));
            } else {
                leave(found, spot, text, say!("it is a heading, and no standard stands below it"));
            }
        }
        self.idle.push((depth, text, spot));
    }

    /// Something stands below all that are open.
    fn is_used(&mut self) {
        self.idle.clear();
        self.untitled = false;
    }
}

/// An item of a list that goes on behind it ends as a sentence.
fn ended(text: String) -> String {
    match text.strip_suffix([';', ',']) {
        Some(sentence) => format!("{}.", sentence.trim_end()),
        None => text,
    }
}

fn level(block: &OutlineBlock) -> Option<usize> {
    if let OutlineBlock::Heading(level, ..) = block { Some(*level) } else { None }
}

fn leave(found: &mut HouseFile, spot: Spot, value: String, why: Message) {
    let value = clean(&value);
    if !value.is_empty() {
        found.not_read.push(Unread { spot, value, why });
    }
}

/// The text behind a bullet or a number that somebody typed.
pub(super) fn typed_item(text: &str) -> Option<&str> {
    let text = text.trim_start();
    for bullet in ["•", "·", "▪", "‣", "○", "●", "–", "-", "*", "o\t", "☐", "□"] {
        if let Some(rest) = text.strip_prefix(bullet)
            && (rest.starts_with([' ', '\t', '\u{a0}']) || bullet.ends_with('\t'))
        {
            return Some(rest.trim()).filter(|rest| !rest.is_empty());
        }
    }
    let digits = text.find(|c: char| !c.is_ascii_digit()).filter(|end| (1..=3).contains(end))?;
    let rest = text[digits..].strip_prefix([')', '.'])?;
    (rest.starts_with([' ', '\t', '\u{a0}'])).then(|| rest.trim()).filter(|rest| !rest.is_empty())
}
