//! A form as ticked Markdown.
//!
//! An item is a list entry that holds `ID@STAMP` in a code span; below it stand boxes, of which one is ticked, and entries
//! `label: value`. Entries outside of items are fields of the head. A table whose heads are those of the questions has a row
//! for whatever is said of an item apart. How far entries are indented does not matter: what follows an item is about it.

mod boxes;
mod label;
mod merged;
mod pieces;

use self::boxes::{BoxMark, boxed};
use self::label::{Labelled, number, reference};
use self::pieces::{Piece, PieceKind, pieces, unescaped};
use super::questions::{Field, FieldKind, FormWords, is};
use super::{Form, FormEntry, FormItem, FormPlace, PrintedPart, PrintedText, Refused, observations, short};
use crate::say;
use crate::source::excess;

pub(super) fn read(text: &str, words: &FormWords) -> Result<Form, Refused> {
    let text = unquoted(text);
    if let Some(excess) = excess(&text) {
        let line = text[..excess.range.start].matches('\n').count() + 1;
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

    /// A box and the words beside it.
    fn tick(&mut self, piece: &Piece, mark: BoxMark, written: &str) {
        let plain = unescaped(written);
        let place = FormPlace::Line(piece.line);
        if self.is_second_box(piece, &plain) {
            return;
        }
        match mark {
            BoxMark::Unclear(sign) => {
                let wrong = say!("`{sign}` in a box may mean yes or no", sign);
                let help = say!("write `[x]` before the one that holds, and leave the others `[ ]`");
                self.refuse(Refused::new(place, wrong).help(help));
            }
            BoxMark::Empty if plain.is_empty() || self.words.choice(&plain).is_some() => {}
            BoxMark::Empty => {
                let wrong = say!("words stand beside a box that is not ticked: `{words}`", words = short(&plain));
                let help = say!("tick the box, and write the words where the form has a line for them");
                self.refuse(Refused::new(place, wrong).help(help));
            }
            BoxMark::Ticked => {
                let bare = plain.trim_matches(['*', '_', ' ']);
                let choice = self.words.choice(bare).map(|choice| (choice, ""));
                let Some((choice, aside)) = choice.or_else(|| self.words.choice_and(bare)) else {
                    return self.refuse(self.words.no_choice(bare, place));
                };
                if let Some(second) = merged::second_behind_answer(aside, self.words) {
                    return self.run_together(piece.line, second);
                }
                if merged::named(aside).is_some() {
                    return self.run_into(piece.line);
                }
                let field = self.words.questions.item.iter().find(|field| field.kind == FieldKind::Choice);
                let entries = field.map(|field| FormEntry::new(place.clone(), field.name, choice)).into_iter();
                let aside = (!aside.is_empty())
                    .then(|| FormEntry::new(place, self.words.questions.aside, aside.trim_end_matches(')')));
                self.put(piece.line, entries.chain(aside).collect());
            }
        }
    }

    /// Whether a box for the same answer stands in the item already, so that this one is another item's; says so.
    fn is_second_box(&mut self, piece: &Piece, words: &str) -> bool {
        let bare = words.trim_matches(['*', '_', ' ']);
        let choice = self.words.choice(bare).or_else(|| self.words.choice_and(bare).map(|(choice, _)| choice));
        let Some(choice) = choice else { return false };
        if !self.boxes.contains(&choice) {
            self.boxes.push(choice);
            return false;
        }
        let wrong = say!("a box for `{answer}` stands in this item already", answer = short(bare));
        let help = say!(
            "is it the box of another item, whose first line is gone or has lost its `- `? Put that line back; otherwise take \
             out one of the two boxes"
        );
        self.refuse(Refused::new(FormPlace::Line(piece.line), wrong).help(help));
        self.boxes = vec![choice];
        self.about = About::Lost(piece.line, true);
        self.has_lost = true;
        true
    }

    /// Two lines of the form stand on one.
    fn run_together(&mut self, line: usize, second: &str) {
        let wrong = say!("two lines of the form have run into one: `{second}`", second = short(second));
        let help = say!("write each box and each label on a line of its own, as the form had it");
        self.refuse(Refused::new(FormPlace::Line(line), wrong).help(help));
    }

    /// The first line of an item stands within words: what follows is about that item, and not about the one above.
    fn run_into(&mut self, line: usize) {
        let wrong = say!("the first line of another item has run into these words");
        let help = say!("write that line on its own again, after `- `, as the form had it");
        self.refuse(Refused::new(FormPlace::Line(line), wrong).help(help));
        self.boxes.clear();
        self.about = About::Lost(line, true);
        self.has_lost = true;
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
                About::Item(at) => PrintedPart::Line(self.form.items[at].reference.clone()),
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
        let About::Item(at) = self.about else { return false };
        self.form.items[at].entries.is_empty()
            && self.words.questions.shows
            && text.len() > 2
            && text.starts_with('*')
            && text.ends_with('*')
    }

    /// The heads of a table.
    fn heads(&mut self, line: usize, heads: &[String]) {
        let columns = self.columns(heads);
        match &columns {
            Columns::Fields(fields) => {
                let unknown = heads.iter().zip(fields).find(|(head, field)| field.is_none() && !head.is_empty());
                if let Some((head, _)) = unknown {
                    self.strange(line, head);
                }
            }
            Columns::Printed => heads.iter().for_each(|head| self.show(line, PrintedPart::Head, head)),
            Columns::Unknown => {
                if let Some(head) = heads.iter().find(|head| !head.is_empty()) {
                    self.strange(line, head);
                }
            }
        }
        self.columns = Some(columns);
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
        let place = FormPlace::Line(piece.line);
        let fields = match &self.columns {
            Some(Columns::Fields(fields)) => fields,
            Some(Columns::Printed) => {
                if is_ragged {
                    return self.strange(piece.line, &piece.text);
                }
                return cells.iter().for_each(|cell| self.show(piece.line, PrintedPart::Row, cell));
            }
            _ if cells.iter().all(String::is_empty) && !is_ragged => return,
            _ => return self.strange(piece.line, &piece.text),
        };
        let mut item = FormItem { place: place.clone(), ..FormItem::default() };
        let mut strange = is_ragged.then(|| piece.text.clone());
        for (field, cell) in fields.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            match field {
                Some(field) if std::ptr::eq(*field, &self.words.questions.table[0]) => item.reference = cell.clone(),
                Some(field) => item.entries.push(FormEntry::new(place.clone(), field.name, cell)),
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
