//! Markdown as a row of pieces, each with its line: entries of lists, headings, rows of tables, and all other text.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::text::single_spaced;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub kind: PieceKind,
    /// The line that it begins on, from 1.
    pub line: usize,
    /// Its own lines joined to one, without the sign of a list and without what stands in it.
    pub text: String,
    /// How many lines it has of its own.
    pub lines: usize,
    /// Where in the text its first line ends.
    pub first: usize,
    /// Whether it is quoted, as mails are.
    pub(crate) is_quoted: bool,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum PieceKind {
    /// An entry of a list, and how many lists it stands in.
    Entry(usize),
    /// A heading.
    Heading,
    /// The heads of a table.
    Heads(Vec<String>),
    /// A row of a table; whether it has more cells than heads.
    Row { cells: Vec<String>, is_ragged: bool },
    /// Anything else, and the line of the entry that it stands in.
    Text(Option<usize>),
}

/// An entry of a list that has begun.
struct OpenEntry {
    start: usize,
    is_told: bool,
}

struct Reader<'t> {
    text: &'t str,
    /// Where the lines begin.
    starts: Vec<usize>,
    /// Which lines belong to a piece.
    covered: Vec<bool>,
    open: Vec<OpenEntry>,
    quotes: usize,
    pieces: Vec<Piece>,
}

/// The pieces of a text. Every line that says something belongs to one.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1)).collect();
    let covered = vec![false; starts.len()];
    let mut reader = Reader { text, starts, covered, open: Vec::new(), quotes: 0, pieces: Vec::new() };
    let mut cells: Vec<(String, usize)> = Vec::new();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::Item) => reader.open.push(OpenEntry { start: range.start, is_told: false }),
            Event::End(TagEnd::Item) => {
                reader.tell(range.end);
                reader.open.pop();
            }
            Event::Start(Tag::Paragraph) => reader.block(range),
            Event::Start(Tag::Heading { .. }) => reader.heading(range),
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                reader.tell(range.start);
                reader.block(range);
            }
            Event::Start(Tag::List(_)) => reader.tell(range.start),
            Event::Start(Tag::BlockQuote(_)) => {
                reader.tell(range.start);
                reader.quotes += 1;
            }
            Event::End(TagEnd::BlockQuote(_)) => reader.quotes = reader.quotes.saturating_sub(1),
            Event::Start(Tag::Table(_)) => {
                reader.tell(range.start);
                // The line under the heads as well.
                reader.cover(&range);
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => cells.clear(),
            Event::Start(Tag::TableCell) => {
                let cell = text.get(range.clone()).unwrap_or_default().trim().trim_matches('|').trim();
                cells.push((unescaped(cell), range.end));
            }
            Event::End(TagEnd::TableHead) => {
                let heads = std::mem::take(&mut cells).into_iter().map(|(cell, _)| cell).collect();
                reader.push(PieceKind::Heads(heads), range);
            }
            Event::End(TagEnd::TableRow) => {
                // Cells beyond the last head are no cells to a reader of Markdown.
                let last = cells.last().map_or(range.start, |(_, end)| *end);
                let rest = text[last.min(text.len())..].lines().next().unwrap_or_default();
                let is_ragged = rest.contains(|c: char| c != '|' && !c.is_whitespace());
                let cells = std::mem::take(&mut cells).into_iter().map(|(cell, _)| cell).collect();
                reader.push(PieceKind::Row { cells, is_ragged }, range);
            }
            Event::Rule => {
                reader.tell(range.start);
                reader.cover(&range);
            }
            _ => {}
        }
    }
    reader.finish()
}

impl Reader<'_> {
    fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    fn cover(&mut self, range: &Range<usize>) {
        let last = range.end.max(range.start + 1) - 1;
        let lines = self.line(range.start) - 1..self.line(last);
        self.covered[lines].fill(true);
    }

    fn push(&mut self, kind: PieceKind, range: Range<usize>) {
        let written = self.text.get(range.clone()).unwrap_or_default();
        let kept = written.trim_end();
        let start = range.start + (written.len() - written.trim_start().len()).min(kept.len());
        let range = start..range.start + kept.len();
        self.cover(&range);
        let written = self.text.get(range.clone()).unwrap_or_default();
        let written = if matches!(kind, PieceKind::Entry(_)) { without_mark(written) } else { written };
        let line = |line: &str| {
            let line = line.trim();
            if self.quotes > 0 { line.trim_start_matches(['>', ' ']).to_owned() } else { line.to_owned() }
        };
        let lines: Vec<String> = written.lines().map(line).filter(|line| !line.is_empty()).collect();
        let text = single_spaced(&lines.join(" ")).into_owned();
        let first = lines.first().map_or(0, |line| single_spaced(line).len());
        let piece = Piece { kind, line: self.line(start), text, lines: lines.len(), first, is_quoted: self.quotes > 0 };
        self.pieces.push(piece);
    }

    /// Tells of the entry that is open, whose own text ends there.
    fn tell(&mut self, end: usize) {
        let depth = self.open.len();
        let Some(open) = self.open.last_mut().filter(|open| !open.is_told) else { return };
        open.is_told = true;
        let range = open.start..end.max(open.start);
        self.push(PieceKind::Entry(depth), range);
    }

    /// A paragraph or another block: an entry's own text, where it is the first in it.
    fn block(&mut self, range: Range<usize>) {
        if self.open.last().is_some_and(|open| !open.is_told) {
            return self.tell(range.end);
        }
        let entry = self.open.last().map(|open| self.line(open.start));
        self.push(PieceKind::Text(entry), range);
    }

    /// A heading; a text that a line of signs below it makes one is a text.
    fn heading(&mut self, range: Range<usize>) {
        let is_heading = self.text[range.clone()].trim_start().starts_with('#');
        if is_heading && self.open.is_empty() { self.push(PieceKind::Heading, range) } else { self.block(range) }
    }

    /// All pieces in the order of the text, and as pieces the lines that belong to none.
    fn finish(mut self) -> Vec<Piece> {
        let lines: Vec<&str> = self.text.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            if !line.trim().is_empty() && !self.covered[index] && line.trim().chars().any(|c| c != '>') {
                let text = line.trim().to_owned();
                let piece = Piece {
                    kind: PieceKind::Text(None),
                    line: index + 1,
                    first: text.len(),
                    text,
                    lines: 1,
                    is_quoted: false,
                };
                self.pieces.push(piece);
            }
        }
        self.pieces.sort_by_key(|piece| piece.line);
        self.pieces
    }
}

/// The text of an entry without the sign that makes it one.
fn without_mark(text: &str) -> &str {
    if let Some(rest) = text.strip_prefix(['-', '*', '+']) {
        return rest;
    }
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() < text.len() { digits.strip_prefix(['.', ')']).unwrap_or(text) } else { text }
}

/// A text as it was meant: a backslash before a mark of Markdown is not part of it.
pub(super) fn unescaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut letters = text.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        match letters.peek() {
            Some(next) if letter == '\\' && next.is_ascii_punctuation() => {
                result.push(*next);
                letters.next();
            }
            _ => result.push(letter),
        }
    }
    result
}
