//! A text as a translator gets it: words, and between them what must come back as it was: what the program fills in
//! (`{{ … }}`), marks of Markdown, and what begins a line of a list or a heading.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

/// A stretch of a text. All of them together are the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Words.
    Words(String),
    /// Something that stands as it is.
    Hole(ProtectedMark),
    /// A mark that begins.
    Open(ProtectedMark),
    /// The mark of that number ends.
    Close(ProtectedMark),
}

/// Something protected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProtectedMark {
    /// Its number in the text, from 1; a mark that begins and its end have the same.
    pub number: usize,
    /// What it is.
    pub kind: MarkKind,
    /// As it is written.
    pub raw: String,
}

/// What is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MarkKind {
    /// What the program fills in.
    Filled,
    /// What begins a line.
    Line,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Words as typed.
    Code,
    /// A link.
    Link,
}

impl MarkKind {
    /// Whether a translation may do without it.
    pub fn may_go(self) -> bool {
        matches!(self, MarkKind::Emphasis | MarkKind::Strong)
    }
}

/// Before a text that stands in one paragraph, so that nothing in it begins a block; as documents read it.
const GUARD: &str = ".";

/// A stretch that is protected: from, to, and for a mark around words how far its two ends reach.
struct ProtectedStretch {
    whole: Range<usize>,
    inner: Option<Range<usize>>,
    kind: MarkKind,
}

/// The pieces of a text; of a part of a chapter, which has lines of its own, those of a block.
pub(crate) fn pieces(text: &str, is_block: bool) -> Vec<Piece> {
    let mut holes: Vec<ProtectedStretch> =
        filled(text).into_iter().map(|whole| hole(whole, MarkKind::Filled)).collect();
    if is_block {
        holes.extend(beginnings(text).into_iter().map(|whole| hole(whole, MarkKind::Line)));
    }
    let marks = marks(text, &holes, is_block);
    // What stands within the end of a mark, such as in an address, is a part of it.
    let is_within = |hole: &ProtectedStretch| {
        marks.iter().any(|mark: &ProtectedStretch| {
            let inner = mark.inner.clone().unwrap_or(mark.whole.end..mark.whole.end);
            let outside = |offset: usize| mark.whole.contains(&offset) && !inner.contains(&offset);
            outside(hole.whole.start) || outside(hole.whole.end.saturating_sub(1))
        })
    };
    holes.retain(|hole| !is_within(hole));
    let mut all: Vec<ProtectedStretch> = holes.into_iter().chain(marks).collect();
    all.sort_by_key(|found| (found.whole.start, std::cmp::Reverse(found.whole.end)));
    split(text, all)
}

fn hole(whole: Range<usize>, kind: MarkKind) -> ProtectedStretch {
    ProtectedStretch { whole, inner: None, kind }
}

/// Cuts a text at what is protected, which is in order and nested.
fn split(text: &str, all: Vec<ProtectedStretch>) -> Vec<Piece> {
    // Where, which of those at one place comes first, and what.
    let mut cuts: Vec<(usize, u8, usize, Range<usize>, Piece)> = Vec::new();
    for (index, found) in all.into_iter().enumerate() {
        let number = index + 1;
        let mark = |range: &Range<usize>| ProtectedMark {
            number,
            kind: found.kind,
            raw: text.get(range.clone()).unwrap_or_default().to_owned(),
        };
        match &found.inner {
            None => {
                let piece = Piece::Hole(mark(&found.whole));
                cuts.push((found.whole.start, 1, number, found.whole.clone(), piece));
            }
            Some(inner) => {
                let (open, close) = (found.whole.start..inner.start, inner.end..found.whole.end);
                cuts.push((open.start, 1, number, open.clone(), Piece::Open(mark(&open))));
                // The mark that began last ends first.
                cuts.push((close.start, 0, usize::MAX - number, close.clone(), Piece::Close(mark(&close))));
            }
        }
    }
    cuts.sort_by_key(|(offset, order, number, ..)| (*offset, *order, *number));
    let mut pieces = Vec::new();
    let mut done = 0;
    for (offset, _, _, range, piece) in cuts {
        if offset < done {
            // Two that meet where they should not: the text stays as it is.
            return vec![Piece::Words(text.to_owned())];
        }
        if done < offset {
            pieces.push(Piece::Words(text[done..offset].to_owned()));
        }
        pieces.push(piece);
        done = range.end;
    }
    if done < text.len() {
        pieces.push(Piece::Words(text[done..].to_owned()));
    }
    pieces
}

/// What the program fills in.
fn filled(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((start, close)) = ["{{", "{%"]
        .iter()
        .zip(["}}", "%}"])
        .filter_map(|(open, close)| Some((from + text[from..].find(open)?, close)))
        .min()
    {
        let Some(end) = text[start..].find(close) else { break };
        found.push(start..start + end + close.len());
        from = start + end + close.len();
    }
    found
}

/// What begins the lines of a block: signs of a heading, an item, a quotation, and the line break before them.
fn beginnings(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let signs = signs(line);
        if signs > 0 {
            // The break belongs to it: lines that ran together would be no list.
            found.push(start - usize::from(start > 0)..start + signs);
        }
        start += line.len();
    }
    found
}

/// How many bytes at the start of a line are signs of a block, with the space around them.
fn signs(line: &str) -> usize {
    let mut taken = 0;
    loop {
        let rest = &line[taken..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let rest = &rest[blank..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let hashes = rest.bytes().take_while(|byte| *byte == b'#').count();
        let sign = match rest.as_bytes().get(digits) {
            Some(b'.' | b')') if digits > 0 => digits + 1,
            _ if (1..=6).contains(&hashes) => hashes,
            _ if rest.starts_with(['>', '-', '*', '+']) => 1,
            _ => return taken,
        };
        let gap = rest[sign..].len() - rest[sign..].trim_start_matches(' ').len();
        if gap == 0 && !rest.starts_with('>') {
            return taken;
        }
        taken += blank + sign + gap;
    }
}

/// A mark that is not closed yet: where it stands, what is inside of it, and what it does.
type OpenMark = (Range<usize>, Option<Range<usize>>, Option<MarkKind>);

/// Marks of Markdown.
fn marks(text: &str, holes: &[ProtectedStretch], is_block: bool) -> Vec<ProtectedStretch> {
    if !text.contains(['*', '_', '`', '[', '<']) {
        return Vec::new();
    }
    // What is filled in has no marks, and nothing of it ends one.
    let mut masked = text.as_bytes().to_vec();
    for found in holes.iter().filter(|found| found.kind == MarkKind::Filled) {
        masked[found.whole.clone()].fill(b'x');
    }
    let masked = String::from_utf8(masked).unwrap_or_else(|_| text.to_owned());
    let guard = if is_block { "" } else { GUARD };
    let guarded = format!("{guard}{masked}");
    let back = |range: Range<usize>| {
        let back = |offset: usize| offset.checked_sub(guard.len());
        Some(back(range.start)?..back(range.end)?)
    };
    let mut found = Vec::new();
    let mut open: Vec<OpenMark> = Vec::new();
    for (event, range) in Parser::new_ext(&guarded, Options::empty()).into_offset_iter() {
        if !matches!(event, Event::End(_)) {
            open.iter_mut().for_each(|(_, inner, _)| {
                let inner = inner.get_or_insert_with(|| range.clone());
                *inner = inner.start.min(range.start)..inner.end.max(range.end);
            });
        }
        match event {
            Event::Start(tag) => {
                let kind = match tag {
                    Tag::Emphasis => Some(MarkKind::Emphasis),
                    Tag::Strong => Some(MarkKind::Strong),
                    Tag::Link { link_type: LinkType::Inline, .. } => Some(MarkKind::Link),
                    _ => None,
                };
                open.push((range, None, kind));
            }
            Event::End(_) => {
                let Some((whole, inner, Some(kind))) = open.pop() else { continue };
                if let (Some(whole), Some(inner)) = (back(whole), inner.and_then(back)) {
                    found.push(ProtectedStretch { whole, inner: Some(inner), kind });
                }
            }
            Event::Code(_) => {
                let Some(whole) = back(range) else { continue };
                let ticks = text[whole.clone()].bytes().take_while(|byte| *byte == b'`').count();
                if 2 * ticks < whole.len() {
                    let inner = whole.start + ticks..whole.end - ticks;
                    found.push(ProtectedStretch { whole, inner: Some(inner), kind: MarkKind::Code });
                }
            }
            _ => {}
        }
    }
    let is_sound = |found: &ProtectedStretch| {
        let inner = found.inner.clone().unwrap_or_default();
        text.get(found.whole.clone()).is_some()
            && text.get(inner.clone()).is_some()
            && found.whole.start < inner.start
            && inner.start < inner.end
            && inner.end < found.whole.end
    };
    found.retain(is_sound);
    found
}

/// The parts of a chapter that are translated one by one, and the empty lines between them.
pub(crate) fn blocks(text: &str) -> Vec<(&str, bool)> {
    let mut parts: Vec<(Range<usize>, bool)> = Vec::new();
    let mut start = 0;
    let mut is_fenced = false;
    for line in text.split_inclusive('\n') {
        let range = start..start + line.len();
        start = range.end;
        let is_fence = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        let is_words = is_fenced || !line.trim().is_empty();
        is_fenced ^= is_fence;
        match parts.last_mut() {
            Some((last, was_words)) if *was_words == is_words => last.end = range.end,
            _ => parts.push((range, is_words)),
        }
    }
    // The break behind the last line of a part is between the parts.
    let mut all = Vec::new();
    let mut from = 0;
    for (range, is_words) in &parts {
        let part = &text[range.clone()];
        let end = if *is_words { range.start + part.trim_end_matches(['\n', '\r']).len() } else { range.end };
        if *is_words && from < range.start {
            all.push((&text[from..range.start], false));
        }
        if *is_words {
            all.push((&text[range.start..end], true));
            from = end;
        }
    }
    if from < text.len() {
        all.push((&text[from..], false));
    }
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn joined(pieces: &[Piece]) -> String {
        let raw = |piece: &Piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Hole(mark) | Piece::Open(mark) | Piece::Close(mark) => mark.raw.clone(),
        };
        pieces.iter().map(raw).collect()
    }

    fn shown(text: &str, is_block: bool) -> String {
        let shown = |piece: &Piece| match piece {
            Piece::Words(words) => words.clone(),
            Piece::Hole(mark) => format!("⟨{}:{}⟩", mark.number, mark.raw),
            Piece::Open(mark) => format!("⟨{}:{}⟩⟨", mark.number, mark.raw),
            Piece::Close(mark) => format!("⟩⟨{}:{}⟩", mark.number, mark.raw),
        };
        pieces(text, is_block).iter().map(shown).collect()
    }

    #[test]
    fn what_is_no_word_is_protected() {
        for (text, wanted) in [
            ("plain", "plain"),
            ("The {{ staff.one }} looks.", "The ⟨1:{{ staff.one }}⟩ looks."),
            ("a *b* c", "a ⟨1:*⟩⟨b⟩⟨1:*⟩ c"),
            ("**a _b_**", "⟨1:**⟩⟨a ⟨2:_⟩⟨b⟩⟨2:_⟩⟩⟨1:**⟩"),
            ("*{{ x }}*", "⟨1:*⟩⟨⟨2:{{ x }}⟩⟩⟨1:*⟩"),
            ("press `OK`", "press ⟨1:`⟩⟨OK⟩⟨1:`⟩"),
            ("[here](https://e.org/{{ x }})", "⟨1:[⟩⟨here⟩⟨1:](https://e.org/{{ x }})⟩"),
            ("- no list", "- no list"),
            ("2 * 3 * 4 {{ open", "2 * 3 * 4 {{ open"),
            ("{{ a }}{{ b }}", "⟨1:{{ a }}⟩⟨2:{{ b }}⟩"),
        ] {
            assert_eq!(shown(text, false), wanted);
        }
        assert_eq!(shown("## A *b*", true), "⟨1:## ⟩A ⟨2:*⟩⟨b⟩⟨2:*⟩");
        assert_eq!(shown("- one\n- two\n  more", true), "⟨1:- ⟩one⟨2:\n- ⟩two\n  more");
        assert_eq!(shown("- one\n- *two*", true), "⟨1:- ⟩one⟨2:\n- ⟩⟨3:*⟩⟨two⟩⟨3:*⟩");
        assert_eq!(shown("> - a\n>b", true), "⟨1:> - ⟩a⟨2:\n>⟩b");
        assert_eq!(shown("1. one\n2. two", true), "⟨1:1. ⟩one⟨2:\n2. ⟩two");
    }

    #[test]
    fn a_chapter_falls_into_its_parts() {
        let text = "# A\n\nb\nc\n\n\n```\nd\n\ne\n```\n";
        let parts = blocks(text);
        assert_eq!(parts.iter().map(|(part, _)| *part).collect::<String>(), text);
        let words: Vec<&str> = parts.iter().filter(|(_, is_words)| *is_words).map(|(part, _)| *part).collect();
        assert_eq!(words, ["# A", "b\nc", "```\nd\n\ne\n```"]);
    }

    proptest! {
        #[test]
        fn pieces_are_the_text(text in "([a-zł {}%*_`\\[\\]()<>#\\n.-]|\\{\\{ a \\}\\}|\\*\\*b\\*\\*|\\[c\\]\\(d\\)){0,30}") {
            for is_block in [false, true] {
                let pieces = pieces(&text, is_block);
                prop_assert_eq!(joined(&pieces), text.clone());
                let mut open = Vec::new();
                for piece in &pieces {
                    match piece {
                        Piece::Open(mark) => open.push(mark.number),
                        Piece::Close(mark) => prop_assert_eq!(open.pop(), Some(mark.number)),
                        Piece::Words(_) | Piece::Hole(_) => {}
                    }
                }
                prop_assert!(open.is_empty());
            }
            prop_assert_eq!(blocks(&text).iter().map(|(part, _)| *part).collect::<String>(), text);
        }
    }
}
