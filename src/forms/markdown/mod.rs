//! A form as ticked Markdown.
//!
//! An item is a list entry that holds `ID@STAMP` in a code span; below it stand boxes, of which one is ticked, and entries
//! `label: value`. Entries outside of items are fields of the head. A table whose heads are those of the questions has a row
//! for whatever is said of an item apart. How far entries are indented does not matter: what follows an item is about it.

mod boxes;
mod label;
mod merged;
mod pieces;
mod table;
mod ticks;

use self::boxes::boxed;
use self::label::{Labelled, number, reference};
use self::pieces::{Piece, PieceKind, pieces, unescaped};
use self::table::Columns;
use super::questions::{FieldKind, FormWords, is};
use super::{Form, FormEntry, FormItem, FormPlace, PrintedPart, PrintedText, Refused, observations, short};
use crate::book::odd_help;
use crate::say;
use crate::source::excess;
use crate::text::{line_of, odd_character};

pub(super) fn read(text: &str, words: &FormWords) -> Result<Form, Refused> {
    let text = unquoted(text);
    if let Some(excess) = excess(&text) {
        let line = line_of(&text, excess.range.start);
        return Err(Refused::new(FormPlace::Line(line), excess.message()).help(excess.help()));
    }
    let mut reader = Reader {
        words,
        form: Form::default(),
        about: About::Round,
        columns: None,
        last: None,
        heading: String::new(),
        has_lost: false,
        is_quoted: false,
        boxes: Vec::new(),
        titles: 0,
        labels: Vec::new(),
    };
    if let Some(line) = merged::unlisted(&text) {
        let wrong =
            say!("the signs before the lines of the lists are gone, so nobody can tell which line is about what");
        let help = say!("write `- ` before each item, and `  - ` before the lines below it, as the form had it");
        return Err(Refused::new(FormPlace::Line(line), wrong).help(help));
    }
    for piece in pieces(&text) {
        reader.piece(&piece);
        if reader.form.is_beyond() {
            break;
        }
    }
    let Reader { form, has_lost, is_quoted, .. } = reader;
    if form.items.is_empty() && form.head.is_empty() && !has_lost && !is_quoted {
        return Err(Refused::new(FormPlace::Whole, words.questions.nothing.0).help(words.questions.nothing.1));
    }
    Ok(form)
}

/// A signature of more words is more than a name.
const LONGEST_NAME: usize = 4;

/// So often is a mail passed on.
const MAX_QUOTED: usize = 8;

/// A text that is quoted as a whole, as a mail does it, without the signs for that.
fn unquoted(text: &str) -> String {
    let mut text = text.replace("\r\n", "\n");
    for _ in 0..MAX_QUOTED {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty()).peekable();
        if lines.peek().is_none() || !lines.all(|line| line.trim_start().starts_with('>')) {
            break;
        }
        let without = |line: &str| {
            let line = line.trim_start().strip_prefix('>').unwrap_or_default();
            line.strip_prefix(' ').unwrap_or(line).to_owned() + "\n"
        };
        text = text.lines().map(without).collect();
    }
    text
}

/// What the entries of a list are about.
#[derive(Clone, Copy, Debug, PartialEq)]
enum About {
    /// The round, before the first item.
    Round,
    /// An item, by its place in the form.
    Item(usize),
    /// An item on that line that has lost its name; whether that has been said.
    Lost(usize, bool),
    /// What follows the items.
    End,
}

struct Reader<'w> {
    words: &'w FormWords,
    form: Form,
    about: About,
    columns: Option<Columns>,
    /// The line of the entry above, where it took words.
    last: Option<usize>,
    /// The heading above.
    heading: String,
    /// Whether an item, or an answer, has lost what it is about.
    has_lost: bool,
    /// Whether a part of the form is quoted.
    is_quoted: bool,
    /// Of which choices boxes stand in the item.
    boxes: Vec<&'static str>,
    /// How many titles were seen.
    titles: usize,
    /// Which fields of the head have a line.
    labels: Vec<&'static str>,
}

impl Reader<'_> {
    fn piece(&mut self, piece: &Piece) {
        if !matches!(piece.kind, PieceKind::Row { .. }) {
            self.columns = None;
        }
        match &piece.kind {
            PieceKind::Entry(depth) if !piece.text.is_empty() => self.entry(piece, *depth),
            PieceKind::Entry(_) => {}
            PieceKind::Heading => {
                self.heading = piece.text.trim_matches(['#', ' ']).to_owned();
                self.show(piece.line, PrintedPart::Head, &self.heading.clone());
                self.boxes.clear();
                self.title(piece);
                self.about = if self.form.items.is_empty() { About::Round } else { About::End };
            }
            PieceKind::Heads(heads) => self.heads(piece.line, heads),
            PieceKind::Row { cells, is_ragged } => self.row(piece, cells, *is_ragged),
            PieceKind::Text(entry) => self.text(piece, *entry),
        }
        if !matches!(piece.kind, PieceKind::Heading) {
            self.heading.clear();
        }
    }

    /// A title begins a form; a second one begins another.
    fn title(&mut self, piece: &Piece) {
        if piece.text.starts_with("##") {
            return;
        }
        self.titles += 1;
        if self.titles > 1 || !self.form.items.is_empty() {
            self.another_form(piece.line);
        }
    }

    fn another_form(&mut self, line: usize) {
        let wrong = say!("a second form begins here");
        self.refuse(Refused::new(FormPlace::Line(line), wrong).help(say!("save each form as a file of its own")));
    }

    fn entry(&mut self, piece: &Piece, depth: usize) {
        if piece.is_quoted {
            if !std::mem::replace(&mut self.is_quoted, true) {
                let wrong = say!("this part of the form is quoted, as a mail does it");
                let help = say!("give the form itself, or take the `>` away before its lines");
                self.refuse(Refused::new(FormPlace::Line(piece.line), wrong).help(help));
            }
            return;
        }
        let marked = boxed(&piece.text);
        if marked.is_none() && self.labelled(piece, depth) {
            return;
        }
        match (reference(piece, depth), marked) {
            (Some((reference, rest)), marked) if number(&piece.text).is_some() || marked.is_some() => {
                self.item(piece, reference, rest, marked.is_some());
            }
            (_, Some((mark, words))) => self.tick(piece, mark, words),
            (None, None) if depth == 1 && number(&piece.text).is_some() => {
                self.boxes.clear();
                self.about = About::Lost(piece.line, false);
            }
            (_, None) => self.other(piece),
        }
    }

    /// An item begins.
    fn item(&mut self, piece: &Piece, reference: &str, rest: &str, is_ticked: bool) {
        let first = self.form.items.iter().find(|item| item.reference == reference).map(|item| item.place.clone());
        if let Some(first) = first {
            let wrong = say!("`{reference}` stands in this form a second time; first at {first}", reference, first);
            let help = say!("save each form as a file of its own, and each item in it once");
            self.refuse(Refused::new(FormPlace::Line(piece.line), wrong).help(help));
        }
        self.boxes.clear();
        self.about = About::Item(self.form.items.len());
        self.form.items.push(FormItem {
            place: FormPlace::Line(piece.line),
            reference: reference.to_owned(),
            text: piece.text.clone(),
            number: number(&piece.text),
            ..FormItem::default()
        });
        if is_ticked || !rest.is_empty() {
            self.strange(piece.line, if is_ticked { &piece.text } else { rest });
        }
    }

    /// Takes in `label: value`, if it is one.
    fn labelled(&mut self, piece: &Piece, depth: usize) -> bool {
        let words = self.words;
        let is_item = matches!(self.about, About::Item(_) | About::Lost(..));
        if let Some(labelled) = is_item.then(|| Labelled::find(&piece.text, &words.item)).flatten() {
            self.take_in(piece, &labelled);
            return true;
        }
        if is_item && depth > 1 {
            return false;
        }
        let (label, name) = piece.text.split_once(':').unwrap_or_default();
        let is_end = !self.form.items.is_empty();
        if is_end && words.is_signature(label.trim_matches(['*', '_', ' '])) {
            if piece.lines > 1 || name.split_whitespace().count() > LONGEST_NAME {
                self.strange(piece.line, &piece.text);
            } else if !name.trim().is_empty() {
                let line = piece.line;
                self.form.remarks.push(say!("line {line}: the signature is not kept, since records name nobody", line));
            }
            return true;
        }
        let Some(labelled) = Labelled::find(&piece.text, &words.head) else { return false };
        // A list has a line for each of its own.
        let is_second = labelled.field.kind != FieldKind::List && self.labels.contains(&labelled.field.name);
        self.labels.push(labelled.field.name);
        if is_end && is_second {
            self.about = About::End;
            self.another_form(piece.line);
            return true;
        }
        self.about = if is_end { About::End } else { About::Round };
        self.take_in(piece, &labelled);
        true
    }

    /// Takes in what an entry says of a field.
    fn take_in(&mut self, piece: &Piece, labelled: &Labelled<'_>) {
        let line = piece.line;
        let place = FormPlace::Line(line);
        let value = unescaped(labelled.value);
        if merged::named(&value).is_some() {
            return self.run_into(line);
        }
        if let Some(second) = merged::second(&value, self.words) {
            return self.run_together(line, second);
        }
        if piece.lines > 1
            && matches!(labelled.field.kind, FieldKind::Name | FieldKind::Day | FieldKind::Time | FieldKind::List)
        {
            return self.strange(line + 1, piece.text.get(piece.first..).unwrap_or_default().trim());
        }
        let entry = |value: &str| FormEntry {
            unit: labelled.unit.map(str::to_owned),
            ..FormEntry::new(place.clone(), labelled.field.name, value)
        };
        let entries: Vec<FormEntry> = match labelled.field.kind {
            FieldKind::Values => observations(&entry(&value), self.words),
            FieldKind::Choice => {
                let word = value.trim_matches(['*', '_', ' ']);
                match self.words.choice(word) {
                    _ if word.is_empty() => Vec::new(),
                    Some(choice) => vec![entry(choice)],
                    None => return self.refuse(self.words.no_choice(word, place)),
                }
            }
            FieldKind::Words => vec![entry(&value)],
            _ => vec![entry(value.trim_matches(['*', '`', ' ']))],
        };
        let takes_words = matches!(labelled.field.kind, FieldKind::Words);
        let entries: Vec<FormEntry> =
            entries.into_iter().filter(|entry| takes_words || !entry.value.is_empty()).collect();
        self.put(line, entries);
        self.last = takes_words.then_some(line);
    }

    /// Puts entries where they belong.
    fn put(&mut self, line: usize, entries: Vec<FormEntry>) {
        self.last = None;
        match self.about {
            About::Item(index) => self.form.items[index].entries.extend(entries),
            About::Lost(..) => self.lost(&entries),
            About::Round | About::End => {
                let is_head =
                    |entry: &FormEntry| self.words.questions.head.iter().any(|field| field.name == entry.label);
                if entries.iter().all(is_head) {
                    self.form.head.extend(entries);
                } else {
                    self.has_lost = true;
                    self.refuse(lost(line));
                }
            }
        }
    }

    /// Says once that an item has lost its name, where something is written beside it.
    fn lost(&mut self, entries: &[FormEntry]) {
        if let About::Lost(line, false) = self.about
            && entries.iter().any(|entry| !entry.value.is_empty())
        {
            self.about = About::Lost(line, true);
            self.has_lost = true;
            self.form.refused.push(lost(line));
        }
    }

    /// An entry that is nothing that the form asks for.
    fn other(&mut self, piece: &Piece) {
        let is_own = self.words.is_printed(&piece.text) && !is_other_day(&piece.text) || self.is_shown(&piece.text);
        if !is_own {
            self.strange(piece.line, &piece.text);
        } else if piece.lines > 1 {
            self.strange(piece.line + 1, &piece.text);
        } else {
            let part = match self.about {
                About::Item(index) => PrintedPart::Line(self.form.items[index].reference.clone()),
                _ => PrintedPart::Head,
            };
            self.show(piece.line, part, &piece.text);
        }
    }

    /// Keeps what the form itself printed, for whoever asks to compare it.
    fn show(&mut self, line: usize, part: PrintedPart, text: &str) {
        self.form.shown.push(PrintedText { place: FormPlace::Line(line), part, text: text.to_owned() });
    }

    /// Whether an entry of an item is emphasised as a whole, as the form shows a measure or a question before the boxes.
    fn is_shown(&self, text: &str) -> bool {
        let About::Item(index) = self.about else { return false };
        self.form.items[index].entries.is_empty()
            && self.words.questions.shows
            && text.len() > 2
            && text.starts_with('*')
            && text.ends_with('*')
    }

    /// A text that is no entry of a list: more of what the entry above it says, or nothing that the form asks for.
    fn text(&mut self, piece: &Piece, entry: Option<usize>) {
        if let (Some(line), Some(last), About::Item(index)) = (entry, self.last, self.about)
            && line == last
            && let Some(entry) = self.form.items[index].entries.last_mut()
        {
            if merged::named(&piece.text).is_some() {
                return self.run_into(piece.line);
            }
            if let Some(second) = merged::second(&piece.text, self.words) {
                return self.run_together(piece.line, second);
            }
            if !entry.value.is_empty() {
                entry.value.push(' ');
            }
            entry.value.push_str(&unescaped(&piece.text));
            return;
        }
        if self.words.is_printed_paragraph(&piece.text) {
            self.show(piece.line, PrintedPart::Paragraph, &piece.text);
        } else if self.words.is_listing(&self.heading) {
            self.show(piece.line, PrintedPart::Head, &piece.text);
        } else {
            self.strange(piece.line, &piece.text);
        }
    }

    fn strange(&mut self, line: usize, text: &str) {
        let labels: Vec<&str> = self.words.item.all().collect();
        let label = text.split(':').next().unwrap_or_default();
        let near = crate::text::nearest(label, labels);
        let wrong = say!("the form does not ask for this: `{text}`", text = short(text));
        let help = match near {
            Some(near) if odd_character(label).is_some() => odd_help(label, [near]).unwrap_or_default(),
            Some(near) => say!("did you mean `{near}`?", near),
            None => say!("write it behind the label of a line that the form has, or take it out"),
        };
        self.refuse(Refused::new(FormPlace::Line(line), wrong).help(help));
    }

    fn refuse(&mut self, refused: Refused) {
        self.last = None;
        self.form.refused.push(refused);
    }
}

/// Whether a line that the form itself has with a day holds anything else.
fn is_other_day(text: &str) -> bool {
    text.split_once(':').is_some_and(|(label, value)| {
        let bare = |text: &str| text.trim_matches(['*', '_', ' ']).to_owned();
        is(&bare(label), ISSUED) && super::day(&bare(value)).is_err()
    })
}

/// The label of the day that a form was made on.
const ISSUED: &str = "common.issued";

fn lost(line: usize) -> Refused {
    let wrong = say!("this item has lost its `ID@STAMP`, so nobody can tell what was answered");
    Refused::new(FormPlace::Line(line), wrong).help(say!("put it back at the end of the item's first line"))
}
