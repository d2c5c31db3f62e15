//! From a marked tree to drafts: values as written, each with its place. Nothing stops at an error; each is reported
//! where it stands, and decoding goes on with the next value.
//!
//! `record!` defines a draft's keys once; decoding, the known words for "did you mean", and the JSON Schema follow.

mod record;
mod values;

use std::collections::HashMap;

pub use self::record::is_draft;
pub(crate) use self::record::record;
pub use self::values::{OneOrMany, Pairs};
use super::format_words;
use crate::diag::{Code, Diagnostic};
use crate::message::Message;
use crate::say;
use crate::source::Span;
use crate::source::yaml::{Entry, Layout, Node, Value};
use crate::text::{as_it_looks, nearest, odd_character, short};
use crate::units::parse_quantity;

/// So many unknown keys of one mapping get a suggestion; more of them are no slips, and a hostile file has a hundred
/// thousand.
const MAX_SUGGESTED: usize = 100;

/// So many keys are compared with each other sooner than a table of them is made.
const FEW_KEYS: usize = 10;

/// So many items of a list are read. A record of a whole book has half as many answers.
const MAX_ITEMS: usize = 20_000;

/// So many findings of one file are kept: nobody mends more at once, and a hostile file has a million.
const MAX_FINDINGS: usize = 2_000;

/// What decoding gathers.
#[derive(Debug, Default)]
pub struct Cx {
    /// Findings so far.
    pub findings: Vec<Diagnostic>,
    /// How many there were, with those beyond what is kept.
    pub(super) count: usize,
    /// Whether the last entry of a list of steps was a standard.
    pub(super) was_misplaced: bool,
    /// Whether the file is one that the program writes with keys to be filled in: records and reviews.
    pub has_blanks: bool,
}

/// Something that can be read from a node of the tree.
pub trait Decode: Sized {
    /// What a value looks like, for "expected …".
    fn expected() -> Message;

    /// Reads it. Where that fails, the finding is in `cx` and the value is absent.
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self>;

    /// Whether its key may stand without a value: a list that nothing has been put into yet.
    fn may_be_empty() -> bool {
        false
    }

    /// Whether it is a word or a text alone.
    fn is_word() -> bool {
        false
    }

    /// Looks at a whole list of such values for what no item shows alone.
    fn judge_list(_items: &[Node], _layout: Layout, _cx: &mut Cx) {}
}

/// The finding that there are more of them than are told.
pub fn more_findings(place: Span, more: usize) -> Diagnostic {
    let message = say!(more; "1 more remark on this file is not told", "{n} more remarks on this file are not told");
    Diagnostic::new(Code::BookTooLarge, place, message).help(say!("mend those that are told, and check again"))
}

impl Cx {
    /// Reports a finding.
    pub fn report(&mut self, finding: Diagnostic) {
        self.count += 1;
        if self.count <= MAX_FINDINGS {
            self.findings.push(finding);
        }
    }

    /// How many findings there were so far, kept or not.
    pub fn count(&self) -> usize {
        self.count
    }

    /// All that is kept; where that is not all, a last finding says how many more there are.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        let place = self.findings.last().map(|last| last.span.head());
        if let Some((place, more)) = place.zip(self.count.checked_sub(MAX_FINDINGS).filter(|more| *more > 0)) {
            self.findings.push(more_findings(place, more));
        }
        self.findings
    }

    /// Reports that a list goes on beyond what is read of it; `span` is the first item too many.
    pub fn too_long(&mut self, span: Span, limit: usize) {
        let message = say!("this list has more than {limit} items", limit);
        let help = say!("split it into several files, or take out what nobody needs");
        self.report(Diagnostic::new(Code::BookTooLarge, span.head(), message).help(help));
    }

    /// Reports that a value is of the wrong type.
    pub fn wrong_type(&mut self, node: &Node, expected: impl Into<Message>) {
        let value = match &node.value {
            Value::Scalar(scalar) if scalar.text.chars().count() <= 40 => say!("`{text}`", text = scalar.text.trim()),
            _ => node.kind(),
        };
        let mut finding = Diagnostic::new(
            Code::WrongType,
            narrow(node),
            say!("expected {expected}, found {found}", expected = expected.into(), found = value),
        );
        if node.value == Value::Null {
            finding = finding.help(say!("write the value, or remove the key"));
        }
        if let Value::Map(entries, layout) = &node.value {
            finding = finding.maybe_help(cut_text_help(entries, *layout));
        }
        self.report(finding);
    }

    /// Reports a value that should have keys of its own; a figure alone where a measure belongs, with what to write.
    pub fn no_entry<T>(&mut self, node: &Node, expected: Message, known: &[&str]) -> Option<T> {
        let figure = node.text().filter(|text| known.contains(&"within") && parse_quantity(text, node.span).is_ok());
        let Some(figure) = figure else { return self.mistyped(node, expected) };
        let message =
            say!("expected {expected}, found {found}", expected, found = say!("`{text}`", text = short(figure)));
        let help = say!(
            "write `{measure}`, or another bound than `within`",
            measure = format!("measure: {{within: {figure}}}")
        );
        self.report(Diagnostic::new(Code::WrongType, narrow(node), message).help(help));
        None
    }

    /// The same of a value that is not read any further.
    pub fn mistyped<T>(&mut self, node: &Node, expected: impl Into<Message>) -> Option<T> {
        self.wrong_type(node, expected);
        None
    }

    /// Reads one of a closed list of words.
    pub fn word<T: Copy>(&mut self, node: &Node, all: &[T], word: fn(T) -> &'static str) -> Option<T> {
        if let Some(text) = node.text() {
            if let Some(known) = all.iter().find(|known| word(**known) == text) {
                return Some(*known);
            }
            let known = || all.iter().map(|known| word(*known));
            let words: Vec<_> = known().map(|word| format!("`{word}`")).collect();
            let message = say!("`{text}` is not one of {words}", text = short(text), words = words.join(", "));
            let help = odd_help(text, known()).or_else(|| meant_help(text, known()));
            let near = || nearest(text, known()).map(|near| say!("did you mean `{near}`?", near));
            self.report(Diagnostic::new(Code::WrongType, node.span, message).maybe_help(help.or_else(near)));
            return None;
        }
        let words: Vec<_> = all.iter().map(|known| format!("`{}`", word(*known))).collect();
        self.mistyped(node, Message::one_of(words))
    }

    /// Reports keys that stand twice in a mapping; whether there are any.
    pub fn duplicates(&mut self, entries: &[Entry]) -> bool {
        // By a table: a hostile file may have a hundred thousand keys in one mapping. Most have a few.
        let is_few = entries.len() <= FEW_KEYS;
        let before = self.count;
        let mut seen: HashMap<&str, &Entry> = HashMap::with_capacity(if is_few { 0 } else { entries.len() });
        for entry in entries {
            let first = match is_few {
                true => entries.iter().find(|first| first.key == entry.key).unwrap_or(entry),
                false => *seen.entry(&entry.key).or_insert(entry),
            };
            if !std::ptr::eq(first, entry) {
                // The first key of an entry of a list stands there again: the next entry lacks its dash, and so all its keys
                // stand twice for one cause.
                if std::ptr::eq(first, &entries[0]) && entry.key == "id" {
                    let message =
                        say!("`{key}` stands twice: another entry seems to begin here", key = short(&entry.key));
                    let finding = Diagnostic::new(Code::DuplicateKey, entry.key_span, message)
                        .help(say!("put `- ` before it, as before the entry above"));
                    self.report(finding.related(first.key_span, say!("the entry above begins here")));
                    return true;
                }
                self.report(
                    Diagnostic::new(
                        Code::DuplicateKey,
                        entry.key_span,
                        say!("the key `{key}` stands twice", key = short(&entry.key)),
                    )
                    .help(say!("keep one of the two, or join their values"))
                    .related(first.key_span, say!("it stands here first")),
                );
            }
        }
        self.count > before
    }

    /// Reports keys of a mapping that are not known.
    pub fn unknown_keys(&mut self, noun: &Message, entries: &[Entry], layout: Layout, known: &[&'static str]) {
        if self.is_misplaced(entries, known) {
            return;
        }
        // The last entry with a scalar, for texts that a comma cut; and how many keys are unknown so far.
        let (mut cut, mut count): (&[Entry], usize) = (&[], 0);
        for (index, entry) in entries.iter().enumerate() {
            if matches!(entry.value.value, Value::Scalar(_)) {
                cut = &entries[index..=index];
            }
            if known.contains(&&*entry.key) {
                continue;
            }
            count += 1;
            // A key that only looks right has its own name.
            let code = if odd_character(&entry.key).is_some() { Code::InvisibleCharacter } else { Code::UnknownKey };
            let finding = Diagnostic::new(
                code,
                entry.key_span,
                say!("`{key}` is not a key of {what}", key = short(&entry.key), what = noun),
            );
            let all = || known.iter().copied();
            if let Some(cut) = cut_figure(entries.get(index.wrapping_sub(1)), entry).filter(|_| layout == Layout::Flow)
            {
                self.report(cut);
                continue;
            }
            let help = if layout == Layout::Flow && entry.value.value == Value::Null {
                quote_help(cut)
            } else if let Some(help) = odd_help(&entry.key, all()).or_else(|| meant_help(&entry.key, all())) {
                help
            } else if count > MAX_SUGGESTED {
                self.report(finding);
                continue;
            } else if let Some(near) = nearest(&entry.key, all()) {
                say!("did you mean `{near}`?", near)
            } else if let Some(help) = super::draft::belongs_elsewhere(&entry.key) {
                help
            } else {
                let known: Vec<_> = known.iter().map(|key| format!("`{key}`")).collect();
                say!("known keys: {known}", known = known.join(", "))
            };
            self.report(finding.help(help));
        }
    }

    /// Whether an entry of a list of steps has the keys of a standard: then the line with `standards:` is missing above it, which is
    /// told at the first of them.
    fn is_misplaced(&mut self, entries: &[Entry], known: &[&'static str]) -> bool {
        if known != super::draft::STEP_KEYS {
            return false;
        }
        let has = |key: &str| entries.iter().any(|entry| entry.key == key);
        let of_standard = ["text", "type", "level"].into_iter().filter(|key| has(key)).count();
        let is_misplaced = of_standard >= 2;
        if let (true, false, Some(first)) = (is_misplaced, self.was_misplaced, entries.first()) {
            let message = say!("this entry has the keys of a standard, and stands among the steps");
            let help = say!("put the line `standards:` above it, as far in as `steps:`");
            self.report(Diagnostic::new(Code::UnknownKey, first.key_span, message).help(help));
        }
        self.was_misplaced = is_misplaced;
        is_misplaced
    }

    /// Reports that a key is lacking, or stands there without a value.
    pub fn missing(&mut self, noun: &Message, node: &Node, key: &str) {
        let written = node.entries().iter().find(|entry| entry.key == key);
        // One that is mistyped, or written in another language, has its own finding.
        let stands_for =
            |entry: &Entry| format_words::meant(&entry.key, [key]).is_some() || nearest(&entry.key, [key]).is_some();
        if written.is_none() && node.entries().iter().take(MAX_SUGGESTED).any(stands_for) {
            return;
        }
        self.report(match written {
            Some(entry) => Diagnostic::new(
                Code::MissingKey,
                entry.key_span,
                say!("`{key}` of {what} has no value", key, what = noun),
            )
            .help(say!("write the value, in quotation marks if it begins with `#`")),
            None => {
                Diagnostic::new(Code::MissingKey, narrow(node), say!("{what} lacks the key `{key}`", what = noun, key))
                    .help(say!("add `{key}: …`", key))
            }
        });
    }

    /// Reads the value of a key, if it is there and not empty.
    pub fn field<T: Decode>(&mut self, node: &Node, key: &str) -> Option<T> {
        let value = node.get(key)?;
        if value.value == Value::Null { None } else { T::decode(value, self) }
    }

    /// Reports a key that has no value. One that begins with `#` is a comment to YAML, and nobody would know.
    pub fn empty(&mut self, entry: &Entry) {
        if self.has_blanks {
            return;
        }
        let message = say!("`{key}` has no value", key = short(&entry.key));
        let finding = Diagnostic::new(Code::WrongType, entry.key_span, message);
        self.report(finding.help(say!("write the value, in quotation marks if it begins with `#`, or remove the key")));
    }
}

/// The place to point at for a whole mapping: its first key, so that the message is not pages long.
pub fn narrow(node: &Node) -> Span {
    match &node.value {
        Value::Map(entries, Layout::Block) => entries.first().map_or(node.span, |entry| entry.key_span),
        Value::List(items, Layout::Block) => items.first().map_or(node.span, narrow),
        _ => node.span,
    }
}

/// The finding on a figure that its decimal comma cut in two in braces: `{within: 0,5 min}`.
fn cut_figure(before: Option<&Entry>, rest: &Entry) -> Option<Diagnostic> {
    let before = before.filter(|_| rest.value.value == Value::Null)?;
    let whole = before.value.text()?;
    let is_figure = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_cut = is_figure(whole) && rest.key.starts_with(|letter: char| letter.is_ascii_digit());
    is_cut.then(|| {
        let span = Span { end: rest.key_span.end, ..before.value.span };
        let (shown, right) = (format!("{whole},{}", rest.key), format!("{whole}.{}", rest.key));
        let message = say!("`{shown}` is cut in two: in braces a comma ends the value", shown);
        let help = say!(
            "write the decimals with a point, `{right}`, or put it in quotation marks, `\"{shown}\"`",
            right,
            shown
        );
        Diagnostic::new(Code::BadQuantity, span, message).help(help)
    })
}

/// Help for a word that holds a character which is not what it looks like.
pub fn odd_help<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<Message> {
    let odd = odd_character(word)?;
    let character = odd.described();
    let looks = as_it_looks(word);
    let right = known.into_iter().find(|known| *known == looks).map_or(looks.clone(), str::to_owned);
    Some(match odd.looks_like {
        Some(letter) => {
            say!("it holds {character}, which looks like `{letter}`; type `{right}` anew", character, letter, right)
        }
        None => say!("it holds {character}, which cannot be seen; type `{right}` anew", character, right),
    })
}

/// Help for a word of the format that is written in another language.
fn meant_help<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<Message> {
    format_words::meant(word, known).map(|meant| say!("the format's word for it is `{meant}`", meant))
}

fn quote_help(entries: &[Entry]) -> Message {
    let cut = entries.iter().rev().find(|entry| matches!(entry.value.value, Value::Scalar(_)));
    match cut {
        Some(entry) => say!("quote this text: it contains a comma; as in {key}: \"…, …\"", key = short(&entry.key)),
        None => say!("quote this text: it contains a comma"),
    }
}

/// Help for a mapping that was meant to be prose: `{Hello, world}`, or `Look up: then smile`.
fn cut_text_help(entries: &[Entry], layout: Layout) -> Option<Message> {
    match (layout, entries) {
        (Layout::Flow, entries) if entries.iter().any(|entry| entry.value.value == Value::Null) => {
            Some(say!("quote this text: it contains a comma"))
        }
        (Layout::Block, [entry]) if entry.key.contains(' ') => {
            Some(say!("quote this text: it contains a colon followed by a space"))
        }
        _ => None,
    }
}
