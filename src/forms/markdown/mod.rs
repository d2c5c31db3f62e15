//! A form as ticked Markdown.
//!
//! An item is a list entry that holds `ID@STAMP` in a code span; below it stand boxes, of which one is ticked, and entries
//! `label: value`. Entries outside of items are fields of the head. A table whose heads are those of the questions has a row
//! for whatever is said of an item apart. How far entries are indented does not matter: what follows an item is about it.

mod boxes;
mod label;
mod pieces;

use self::boxes::{Mark, boxed};
use self::label::{Labelled, number, reference};
use self::pieces::{Piece, PieceKind, pieces, unescaped};
use super::questions::{Field, Kind, Words};
use super::{Entry, Form, Item, Place, Refused, observations, short};
use crate::say;
use crate::source::excess;

pub(super) fn read(text: &str, words: &Words) -> Result<Form, Refused> {
    let text = unquoted(text);
    if let Some(excess) = excess(&text) {
        let line = text[..excess.range.start].matches('\n').count() + 1;
        return Err(Refused::new(Place::Line(line), excess.message()).help(excess.help()));
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
    };
    for piece in pieces(&text) {
        reader.piece(&piece);
        if reader.form.is_beyond() {
            break;
        }
    }
    let Reader { form, has_lost, is_quoted, .. } = reader;
    if form.items.is_empty() && form.head.is_empty() && !has_lost && !is_quoted {
        return Err(Refused::new(Place::Whole, words.questions.nothing.0).help(words.questions.nothing.1));
    }
    Ok(form)
}

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

/// What the columns of a table are.
enum Columns {
    /// Those of the questions; none where a head is not known.
    Fields(Vec<Option<&'static Field>>),
    /// A table that the form itself has.
    Printed,
    /// A stranger's.
    Unknown,
}

struct Reader<'w> {
    words: &'w Words,
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
                self.about = if self.form.items.is_empty() { About::Round } else { About::End };
            }
            PieceKind::Heads(heads) => self.columns = Some(self.columns(heads)),
            PieceKind::Row { cells, is_ragged } => self.row(piece, cells, *is_ragged),
            PieceKind::Text(entry) => self.text(piece, *entry),
        }
        if !matches!(piece.kind, PieceKind::Heading) {
            self.heading.clear();
        }
    }

    fn entry(&mut self, piece: &Piece, depth: usize) {
        if piece.is_quoted {
            if !std::mem::replace(&mut self.is_quoted, true) {
                let wrong = say!("this part of the form is quoted, as a mail does it");
                let help = say!("give the form itself, or take the `>` away before its lines");
                self.refuse(Refused::new(Place::Line(piece.line), wrong).help(help));
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
            (None, None) if depth == 1 && number(&piece.text).is_some() => self.about = About::Lost(piece.line, false),
            (_, None) => self.other(piece),
        }
    }

    /// An item begins.
    fn item(&mut self, piece: &Piece, reference: &str, rest: &str, is_ticked: bool) {
        self.about = About::Item(self.form.items.len());
        self.form.items.push(Item {
            place: Place::Line(piece.line),
            reference: reference.to_owned(),
            number: number(&piece.text),
            entries: Vec::new(),
        });
        if is_ticked || !rest.is_empty() {
            self.strange(piece.line, if is_ticked { &piece.text } else { rest });
        }
    }

    /// A box and the words beside it.
    fn tick(&mut self, piece: &Piece, mark: Mark, written: &str) {
        let plain = unescaped(written);
        let place = Place::Line(piece.line);
        match mark {
            Mark::Unclear(sign) => {
                let wrong = say!("`{sign}` in a box may mean yes or no", sign);
                let help = say!("write `[x]` before the one that holds, and leave the others `[ ]`");
                self.refuse(Refused::new(place, wrong).help(help));
            }
            Mark::Empty if plain.is_empty() || self.words.choice(&plain).is_some() => {}
            Mark::Empty => {
                let wrong = say!("words stand beside a box that is not ticked: `{words}`", words = short(&plain));
                let help = say!("tick the box, and write the words where the form has a line for them");
                self.refuse(Refused::new(place, wrong).help(help));
            }
            Mark::Ticked => {
                let bare = plain.trim_matches(['*', '_', ' ']);
                let choice = self.words.choice(bare).map(|choice| (choice, ""));
                let Some((choice, aside)) = choice.or_else(|| self.words.choice_and(bare)) else {
                    return self.refuse(self.words.no_choice(bare, place));
                };
                let field = self.words.questions.item.iter().find(|field| field.kind == Kind::Choice);
                let entries = field.map(|field| Entry::new(place.clone(), field.name, choice)).into_iter();
                let aside = (!aside.is_empty())
                    .then(|| Entry::new(place, self.words.questions.aside, aside.trim_end_matches(')')));
                self.put(piece.line, entries.chain(aside).collect());
            }
        }
    }

    /// Takes in `label: value`, if it is one.
    fn labelled(&mut self, piece: &Piece, depth: usize) -> bool {
        let words = self.words;
        let is_item = matches!(self.about, About::Item(_) | About::Lost(..));
        if let Some(labelled) = is_item.then(|| Labelled::find(&piece.text, &words.item)).flatten() {
            self.take_in(piece.line, &labelled);
            return true;
        }
        if is_item && depth > 1 {
            return false;
        }
        let (label, name) = piece.text.split_once(':').unwrap_or_default();
        let is_end = !self.form.items.is_empty();
        if is_end && words.is_signature(label.trim_matches(['*', '_', ' '])) {
            if !name.trim().is_empty() {
                let line = piece.line;
                self.form.remarks.push(say!("line {line}: the signature is not kept, since records name nobody", line));
            }
            return true;
        }
        let Some(labelled) = Labelled::find(&piece.text, &words.head) else { return false };
        self.about = if is_end { About::End } else { About::Round };
        self.take_in(piece.line, &labelled);
        true
    }

    /// Takes in what an entry says of a field.
    fn take_in(&mut self, line: usize, labelled: &Labelled<'_>) {
        let place = Place::Line(line);
        let value = unescaped(labelled.value);
        let entry = |value: &str| Entry {
            unit: labelled.unit.map(str::to_owned),
            ..Entry::new(place.clone(), labelled.field.name, value)
        };
        let entries: Vec<Entry> = match labelled.field.kind {
            Kind::Values => observations(&entry(&value), self.words),
            Kind::Choice => {
                let word = value.trim_matches(['*', '_', ' ']);
                match self.words.choice(word) {
                    _ if word.is_empty() => Vec::new(),
                    Some(choice) => vec![entry(choice)],
                    None => return self.refuse(self.words.no_choice(word, place)),
                }
            }
            Kind::Words => vec![entry(&value)],
            _ => vec![entry(value.trim_matches(['*', '`', ' ']))],
        };
        let takes_words = matches!(labelled.field.kind, Kind::Words);
        let entries: Vec<Entry> = entries.into_iter().filter(|entry| takes_words || !entry.value.is_empty()).collect();
        self.put(line, entries);
        self.last = takes_words.then_some(line);
    }

    /// Puts entries where they belong.
    fn put(&mut self, line: usize, entries: Vec<Entry>) {
        self.last = None;
        match self.about {
            About::Item(index) => self.form.items[index].entries.extend(entries),
            About::Lost(..) => self.lost(&entries),
            About::Round | About::End => {
                let is_head = |entry: &Entry| self.words.questions.head.iter().any(|field| field.name == entry.label);
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
    fn lost(&mut self, entries: &[Entry]) {
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
        let is_own = self.words.is_printed(&piece.text) || self.is_shown(&piece.text);
        if !is_own {
            self.strange(piece.line, &piece.text);
        } else if piece.lines > 1 {
            self.strange(piece.line + 1, &piece.text);
        }
    }

    /// Whether an entry of an item is emphasised as a whole, as the form shows a measure or a question before the boxes.
    fn is_shown(&self, text: &str) -> bool {
        let About::Item(at) = self.about else { return false };
        self.form.items[at].entries.is_empty()
            && self.words.questions.shows
            && text.len() > 2
            && text.starts_with('*')
            && text.ends_with('*')
    }

    fn columns(&self, heads: &[String]) -> Columns {
        let fields: Vec<Option<&'static Field>> = heads.iter().map(|head| self.words.table.find(head)).collect();
        let needed = self
            .words
            .questions
            .table
            .iter()
            .take(2)
            .all(|needed| fields.iter().flatten().any(|field| std::ptr::eq(*field, needed)));
        if needed && !self.words.questions.table.is_empty() {
            Columns::Fields(fields)
        } else if heads.iter().all(|head| self.words.is_printed(head)) {
            Columns::Printed
        } else {
            Columns::Unknown
        }
    }

    fn row(&mut self, piece: &Piece, cells: &[String], is_ragged: bool) {
        let place = Place::Line(piece.line);
        let fields = match &self.columns {
            Some(Columns::Fields(fields)) => fields,
            Some(Columns::Printed) => return,
            _ if cells.iter().all(String::is_empty) && !is_ragged => return,
            _ => return self.strange(piece.line, &piece.text),
        };
        let mut item = Item { place: place.clone(), ..Item::default() };
        let mut strange = is_ragged.then(|| piece.text.clone());
        for (field, cell) in fields.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            match field {
                Some(field) if std::ptr::eq(*field, &self.words.questions.table[0]) => item.reference = cell.clone(),
                Some(field) => item.entries.push(Entry::new(place.clone(), field.name, cell)),
                None => strange = Some(cell.clone()),
            }
        }
        if let Some(strange) = strange {
            self.strange(piece.line, &strange);
        }
        if !item.entries.is_empty() || !item.reference.is_empty() {
            self.form.table.push(item);
        }
    }

    /// A text that is no entry of a list: more of what the entry above it says, or nothing that the form asks for.
    fn text(&mut self, piece: &Piece, entry: Option<usize>) {
        if let (Some(line), Some(last), About::Item(at)) = (entry, self.last, self.about)
            && line == last
            && let Some(entry) = self.form.items[at].entries.last_mut()
        {
            if !entry.value.is_empty() {
                entry.value.push(' ');
            }
            entry.value.push_str(&unescaped(&piece.text));
            return;
        }
        let is_own = self.words.is_printed_paragraph(&piece.text) || self.words.is_listing(&self.heading);
        if !is_own {
            self.strange(piece.line, &piece.text);
        }
    }

    fn strange(&mut self, line: usize, text: &str) {
        let labels: Vec<&str> = self.words.item.all().collect();
        let label = text.split(':').next().unwrap_or_default();
        let near = crate::text::nearest(label, labels);
        let wrong = say!("the form does not ask for this: `{text}`", text = short(text));
        let help = match near {
            Some(near) => say!("did you mean `{near}`?", near),
            None => say!("write it behind the label of a line that the form has, or take it out"),
        };
        self.refuse(Refused::new(Place::Line(line), wrong).help(help));
    }

    fn refuse(&mut self, refused: Refused) {
        self.last = None;
        self.form.refused.push(refused);
    }
}

fn lost(line: usize) -> Refused {
    let wrong = say!("this item has lost its `ID@STAMP`, so nobody can tell what was answered");
    Refused::new(Place::Line(line), wrong).help(say!("put it back at the end of the item's first line"))
}
