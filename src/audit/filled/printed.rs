//! What a form printed, and whether somebody wrote into it or over it: no record holds that.

use super::Placer;
use super::questions::QUESTIONS;
use crate::book::Language;
use crate::book::{Book, Level, Text};
use crate::edition::{FilterKey, Reference, Values};
use crate::forms::{Form, FormItem, PrintedPart, PrintedText, Refused, Vocabulary, day, entry, is, short, words};
use crate::language::{Interface, interface_languages};
use crate::message::Message;
use crate::method::Standard;
use crate::say;

impl Placer<'_, '_> {
    /// Refuses items into whose own text somebody wrote.
    pub(super) fn printed(&mut self, form: &Form) {
        for item in &form.items {
            let Reference { id, stamp } = Reference::parse(&item.reference);
            let Some(standard) = self.index.standard(id).filter(|standard| stamp == Some(standard.stamp.as_str()))
            else {
                continue;
            };
            if item.text.is_empty() || vocabulary_of(self.index.book(), standard, item).covers(&item.text) {
                continue;
            }
            let wordings = standard.text.0.iter().map(|worded| worded.text.as_str());
            if is_reworded(self.index.book(), standard, item) && !is_written_into(&item.text, wordings) {
                self.remarks.push(say!(
                    "{place}: the text of this item reads otherwise than the book has it: `{text}`",
                    place = &item.place,
                    text = short(&item.text)
                ));
                continue;
            }
            let message = say!("somebody wrote into the text of this item: `{text}`", text = short(&item.text));
            let help = say!("write it as a note of the item, and leave the text as the form had it");
            self.refuse(&item.place, message, Some(help));
        }
    }

    /// What stands at the head, or between the items, otherwise than the form of this book has it.
    pub(super) fn altered(&mut self, form: &Form, editions: &[String]) -> Vec<Refused> {
        let book = self.index.book();
        let (titles, paragraphs) = (titles(book, editions), paragraphs());
        let is_own = |part: &PrintedPart, text: &str| match part {
            PrintedPart::Cell(reference) => {
                titles.covers(text) || titles.covers_with_losses(text) || self.is_of_item(reference, text)
            }
            PrintedPart::Title | PrintedPart::Head => {
                is_dated(text) || is_stamp(text) || titles.covers(without_count(without_number(without_hash(text))))
            }
            PrintedPart::Paragraph => paragraphs.covers(text),
            PrintedPart::Line(_) | PrintedPart::Row => titles.covers(text),
        };
        let strange: Vec<&PrintedText> = form.shown.iter().filter(|shown| !is_own(&shown.part, &shown.text)).collect();
        let (above, strange): (Vec<&PrintedText>, Vec<&PrintedText>) =
            strange.into_iter().partition(|shown| shown.part == PrintedPart::Title);
        self.remarks.extend(above.into_iter().map(|shown| {
            say!("{place}: what stands above the table is not kept: `{text}`", place = &shown.place, text = &shown.text)
        }));
        let edition = entry(&form.head, "edition").filter(|spot| !titles.covers(without_hash(&spot.value)));
        let edition = edition.map(|spot| (&spot.place, &spot.value));
        let strange = edition.into_iter().chain(strange.into_iter().map(|shown| (&shown.place, &shown.text)));
        strange.map(|(place, text)| Refused::new(place.clone(), written_over(text)).help(take_back())).collect()
    }

    /// Whether a cell is what the form had there of an item. Of an earlier wording nobody knows it.
    fn is_of_item(&self, reference: &str, cell: &str) -> bool {
        let Reference { id, stamp } = Reference::parse(reference);
        let standard = self.index.standard(id).filter(|standard| stamp == Some(standard.stamp.as_str()));
        let known = standard.map(|standard| vocabulary_of(self.index.book(), standard, &FormItem::default()));
        known.is_none_or(|known| known.covers(cell) || known.covers_with_losses(cell))
    }
}

/// What to say of a part of the form itself that reads otherwise.
pub(crate) fn written_over(text: &str) -> Message {
    say!("the form itself did not have this here: `{text}`", text = short(text))
}

/// What to do about it.
pub(crate) fn take_back() -> Message {
    say!("write it as a note of the item that it is about, and leave titles and headings as the form had them")
}

/// What a form says of its edition, without the digits of its hash.
pub(crate) fn without_hash(text: &str) -> &str {
    let hash = text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('('));
    let is_hash = |hash: &str| hash.len() >= STAMP_DIGITS && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    hash.filter(|(_, hash)| is_hash(hash)).map_or(text, |(before, _)| before)
}

/// Whether a line of the head says a day that document control sets, and nothing else.
pub(crate) fn is_dated(line: &str) -> bool {
    labelled(line).is_some_and(|(label, value)| DAYS.iter().any(|key| is(label, key)) && day(value).is_ok())
}

/// Whether a line of the head is the stamp of what the form contains.
pub(crate) fn is_stamp(line: &str) -> bool {
    let is_hash = |text: &str| text.len() == STAMP_DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    labelled(line).is_some_and(|(label, value)| is(label, "common.stamp") && is_hash(value))
}

/// The digits of the stamp of what a document contains.
pub(crate) const STAMP_DIGITS: usize = 8;

/// The labels of those days.
const DAYS: [&str; 3] = ["common.issued", "common.in-force", "common.next-review"];

/// A line's label and its value, without marks.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once(':')?;
    let marks = ['*', '_', '`', ' '];
    Some((label.trim_matches(marks), value.trim_matches(marks)))
}

/// A heading without its number.
fn without_number(text: &str) -> &str {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() < text.len() { digits.strip_prefix(". ").unwrap_or(text) } else { text }
}

/// The title of a sheet without the number of its items.
fn without_count(text: &str) -> &str {
    let Some((title, count)) = text.rsplit_once(" · ") else { return text };
    let number = count.split(' ').next().and_then(|number| number.parse().ok());
    let is_count =
        |tag| number.is_some_and(|n| Interface::of(&Language::new(tag)).count("checklist.items", n) == count);
    if interface_languages().any(is_count) { title } else { text }
}

/// The titles of a book, what its editions are called, and the labels of its forms.
pub(crate) fn titles(book: &Book, editions: &[String]) -> Vocabulary {
    let mut all = Vocabulary::default();
    all.key("common.draft");
    editions.iter().for_each(|edition| all.add(edition));
    let mut add = |text: &Text| all.text(text);
    add(&book.title);
    for sequence in &book.sequences {
        add(&sequence.title);
        for phase in &sequence.phases {
            add(&phase.title);
            phase.steps.iter().filter_map(|step| step.label()).for_each(&mut add);
        }
    }
    book.sites.iter().for_each(|site| add(&site.title));
    book.roles.iter().for_each(|role| add(&role.title));
    book.departments.iter().for_each(|department| add(&department.title));
    book.areas.iter().for_each(|area| add(&area.title));
    for criterion in FilterKey::ALL {
        match criterion.values() {
            Values::Ids(things) => (things.all)(book).into_iter().for_each(|(_, title)| all.text(title)),
            Values::Words(words) | Values::UpTo(words) => {
                (words.all)().into_iter().for_each(|word| all.key(&format!("{}.{word}", words.texts)));
            }
        }
    }
    for key in TITLES.iter().chain(QUESTIONS.printed).chain(QUESTIONS.limits) {
        all.key(key);
    }
    add_tags(&mut all);
    all
}

/// What heads a form and its parts.
const TITLES: [&str; 6] = [
    "document.checklist",
    "checklist.phase-whole",
    "checklist.actions",
    "checklist.signatures",
    "common.everyone",
    "common.instead-of",
];

/// Words for the languages that texts stand in where that is not the form's.
fn add_tags(all: &mut Vocabulary) {
    interface_languages().for_each(|tag| all.add(tag));
}

/// What the form's own paragraphs are made of.
fn paragraphs() -> Vocabulary {
    let mut all = Vocabulary::default();
    for key in ["checklist.legend", "checklist.critical-legend", "checklist.how", "checklist.empty"] {
        all.key(key);
    }
    add_levels(&mut all);
    all
}

fn add_levels(all: &mut Vocabulary) {
    NUMERALS.iter().for_each(|numeral| all.add(numeral));
    Level::ALL.iter().for_each(|level| all.key(&format!("level.{level}")));
}

/// How the levels are numbered.
pub(crate) const NUMERALS: [&str; 3] = ["I ▲", "II ▲", "III ▲"];

/// What the first line of an item is made of.
fn vocabulary_of(book: &Book, standard: &Standard, item: &FormItem) -> Vocabulary {
    let mut all = Vocabulary::default();
    all.text(&standard.text);
    all.add(&item.reference);
    item.number.iter().for_each(|number| all.add(number));
    NUMERALS.iter().for_each(|numeral| all.add(numeral));
    let verify = format!("verify.{}", standard.verify);
    for key in ["checklist.handoff", "common.draft", "common.everyone", "common.instead-of", &verify] {
        all.key(key);
    }
    // Where a role is absent, the form says who does it here.
    book.roles.iter().for_each(|role| all.text(&role.title));
    if let Some(measure) = &standard.measure {
        measure.what.iter().for_each(|what| all.text(what));
        for tag in interface_languages() {
            all.add(&Interface::of(&Language::new(tag)).bound(measure));
        }
    }
    add_tags(&mut all);
    all
}

/// Whether of an item's line the wording alone is another, and a near one: somebody may have mended a translation since.
fn is_reworded(book: &Book, standard: &Standard, item: &FormItem) -> bool {
    let known = vocabulary_of(book, standard, item);
    let strange: Vec<&str> = item.text.split(" · ").filter(|part| !known.covers(part)).collect();
    let [part] = strange.as_slice() else { return false };
    let part = words(part);
    let is_near = |text: &str| {
        let text = words(text);
        let common = text.iter().filter(|word| part.contains(word)).count();
        2 * common >= text.len().max(part.len())
    };
    standard.text.0.iter().any(|worded| is_near(&worded.text))
}

/// Whether a line holds all words of a text in their order, and others among or behind them.
fn is_written_into<'t>(line: &str, wordings: impl Iterator<Item = &'t str>) -> bool {
    let parts: Vec<Vec<String>> = line.split(" · ").flat_map(bare).map(words).collect();
    let wordings: Vec<Vec<String>> = wordings.map(words).collect();
    let is_among = |text: &Vec<String>, part: &Vec<String>| {
        let mut rest = part.iter();
        text.len() >= FEW && text.iter().all(|word| rest.any(|other| other == word))
    };
    !wordings.iter().any(|text| parts.contains(text))
        && wordings.iter().any(|text| parts.iter().any(|part| is_among(text, part)))
}

/// A text of fewer words may be among those of another by chance.
const FEW: usize = 3;

/// A part of a line, and what it is without what the form itself puts before and behind a text: that it is a hand-off, a
/// draft, or in another language.
fn bare(part: &str) -> Vec<&str> {
    let text = part.split_once(". ").filter(|(first, _)| is(first, "checklist.handoff")).map_or(part, |(_, rest)| rest);
    let mut all = vec![part, text];
    let mut text = text.trim();
    while let Some((rest, _)) = text.trim_end_matches('*').strip_suffix(')').and_then(|inside| inside.rsplit_once('('))
    {
        text = rest.trim_end_matches([' ', '*']);
        all.push(text);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_among_or_behind_a_text_are_found() {
        let text = "The `desk` is clear at 8.";
        let of = |line: &str| is_written_into(line, ["Biurko jest puste o 8.", text].into_iter());
        for line in [
            "**1.** I ▲ · The `desk` is clear at 8. · look",
            "**1.** I · The desk is clear at 8. (draft) · look",
            "**1.** I · The `desk` is clear at 8. *(en)* · look",
            "**1.** I · The desk  is clear at 8. *(en)* (draft) · look · what: **at least 3**",
            "**1.** I · Hand-off. The desk is clear at 8. · look",
            "**1.** I · Biurko jest puste o 8. · look",
            "**1.** I · Something else · look",
            "",
        ] {
            assert!(!of(line), "{line}");
        }
        for line in [
            "**1.** I · The `desk` is not clear at 8. · look",
            "**1.** I · The `desk` is clear at 8. It was dusty · look",
            "**1.** I · NO! The `desk` is clear at 8. · look",
            "**1.** I · Biurko wcale nie jest puste o 8. · look",
        ] {
            assert!(of(line), "{line}");
        }
    }
}
