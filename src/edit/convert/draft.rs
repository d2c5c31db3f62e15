//! A proposed standard as an entry of a sequence's `standards:`, the way a trainer would write it.

use crate::book::{Book, Language, Measure, Pattern, Status, Text};
use crate::edit::emit::{Context, YamlBlock, scalar};
use crate::method::{Origin, Standard};

/// A standard that a pattern yields, with the names it gets as a draft.
#[derive(Clone, Debug)]
pub(in crate::edit) struct Draft<'a> {
    /// The id of its own.
    pub(super) id: String,
    /// The derived id, where no other standard has it in its history.
    pub(super) was: Option<String>,
    pub(super) standard: &'a Standard,
}

impl Draft<'_> {
    /// Writes it as an item of a list; its keys stand `width` columns after the dash.
    pub(super) fn write(&self, book: &Book, block: &mut YamlBlock, width: usize) {
        self.write_as(Status::Draft, book, block, width);
    }

    /// The same as a standard that is settled.
    pub(in crate::edit) fn write_in_force(&self, book: &Book, block: &mut YamlBlock, width: usize) {
        self.write_as(Status::Active, book, block, width);
    }

    fn write_as(&self, status: Status, book: &Book, block: &mut YamlBlock, width: usize) {
        let standard = self.standard;
        let pattern = pattern(book, standard);
        block.item(width, |block| {
            block.value("id", &self.id);
            if let Some(was) = &self.was {
                block.flow("was", [was.as_str()]);
            }
            // In force is what a standard is that says nothing of it.
            if status != Status::Active {
                block.value("status", status.word());
            }
            if let Some(step) = step(book, standard) {
                block.value("step", step);
            }
            names(block, "trait", &standard.traits);
            block.value("type", standard.kind.word());
            block.value("level", standard.level.word());
            names(block, "role", pattern.map_or(&[], |pattern| &pattern.roles));
            if is_foreign(book, &standard.text) {
                let languages: Vec<&str> = standard.text.0.iter().map(|worded| worded.language.tag()).collect();
                block.comment(&format!(
                    "The library has this in no language of the book; it stands here in: {}",
                    languages.join(", ")
                ));
            }
            text(book, block, "text", &standard.text);
            if let Some(measure) = &standard.measure {
                block.under("measure", |block| self::measure(book, block, measure));
            }
            if let Some(pattern) = pattern {
                if let Some(verify) = pattern.verify {
                    block.value("verify", verify.word());
                }
                if let Some(aspect) = pattern.aspect {
                    block.value("aspect", aspect.word());
                }
                if pattern.critical {
                    block.raw("critical", "true");
                }
                if pattern.weight != 1.0 {
                    block.raw("weight", &pattern.weight.to_string());
                }
                if let Some(when) = &pattern.when {
                    block.value("when", &when.source);
                }
            }
            for (key, texts) in standard.teaching.fields() {
                match (key, texts) {
                    (_, []) => {}
                    // One text, where the others are lists.
                    ("why", [why, ..]) => text(book, block, key, why),
                    ("sources", _) => block.under(key, |block| {
                        standard
                            .teaching
                            .references()
                            .for_each(|(source, country)| cited(book, block, source, country));
                    }),
                    _ => block.under(key, |block| texts.iter().for_each(|text| item(book, block, text))),
                }
            }
        });
    }
}

/// The pattern that a standard comes from.
fn pattern<'a>(book: &'a Book, standard: &Standard) -> Option<&'a Pattern> {
    let Origin::Derived { of_trait, pattern } = &standard.origin else { return None };
    book.trait_of(of_trait)?.patterns.iter().find(|candidate| candidate.id.name == *pattern)
}

/// The id of the step that a standard is pinned to.
pub(super) fn step<'a>(book: &'a Book, standard: &Standard) -> Option<&'a str> {
    let phase = book.phase_at(standard.sequence, standard.phase)?;
    Some(phase.steps.get(standard.step?)?.id.name.as_str())
}

/// One name as a value, several as a list.
fn names(block: &mut YamlBlock, key: &str, names: &[String]) {
    match names {
        [] => {}
        [single] => block.value(key, single),
        several => block.flow(key, several.iter().map(String::as_str)),
    }
}

/// Whether a text is in none of the book's languages, as a library's text may be.
fn is_foreign(book: &Book, text: &Text) -> bool {
    !text.0.iter().any(|worded| book.languages.contains(&worded.language))
}

/// What the entry says in each language. A text in none of the book's languages stands under no language: it is then
/// read as the source language, which the trainer is about to put it into.
pub(super) fn wordings<'a>(book: &Book, text: &'a Text) -> Vec<(Option<&'a Language>, &'a str)> {
    let known = text.0.iter().filter(|worded| book.languages.contains(&worded.language));
    let known: Vec<_> = known.map(|worded| (Some(&worded.language), worded.text.as_str())).collect();
    match known.as_slice() {
        [] => text.0.first().map(|worded| (None, worded.text.as_str())).into_iter().collect(),
        // A book in one language writes its texts plainly.
        [(_, text)] if book.languages.len() == 1 => vec![(None, text)],
        _ => known,
    }
}

fn text(book: &Book, block: &mut YamlBlock, key: &str, text: &Text) {
    match wordings(book, text).as_slice() {
        [(None, text)] => block.prose(key, text),
        several => block.under(key, |block| {
            for (language, text) in several {
                block.prose(language.map_or("", Language::tag), text);
            }
        }),
    }
}

fn item(book: &Book, block: &mut YamlBlock, text: &Text) {
    match wordings(book, text).as_slice() {
        [(None, text)] => block.item_text(text),
        several => block.item(2, |block| {
            for (language, text) in several {
                block.prose(language.map_or("", Language::tag), text);
            }
        }),
    }
}

/// A source, and whose law it is.
fn cited(book: &Book, block: &mut YamlBlock, source: &Text, country: Option<&str>) {
    match country {
        None => item(book, block, source),
        Some(country) => block.item(2, |block| {
            text(book, block, "text", source);
            block.value("country", country);
        }),
    }
}

fn measure(book: &Book, block: &mut YamlBlock, measure: &Measure) {
    if let Some(what) = &measure.what {
        text(book, block, "what", what);
    }
    for (key, values) in measure.keys() {
        match values.as_slice() {
            [value] => quantity(block, key, value),
            several => block.flow(key, several.iter().map(String::as_str)),
        }
    }
}

/// A bare count stands as a number, without quotation marks.
fn quantity(block: &mut YamlBlock, key: &str, value: &str) {
    let is_number = value.parse::<f64>().is_ok();
    block.raw(key, &if is_number { value.to_owned() } else { scalar(value, Context::Block) });
}
