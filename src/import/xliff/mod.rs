//! XLIFF that `export xliff` made, as translators give it back: which translations go into the book, and where file and book
//! have gone apart.
//!
//! The file says what the text and its translation were (as hashes, in the name of each unit), and what the translation is
//! now; the book says what both are. So each unit is merged three ways. A unit whose text is another by now is a conflict:
//! nobody knows whether the translation fits it still.

mod read;
mod translation;

use self::read::{RawUnit, Segment, Xliff};
use self::translation::{Given, given};
use crate::book::{Book, Language, Loaded};
use crate::edit::translate::{TranslationUnit, hash, units};
use crate::edit::{EditError, FileEdit, translate};
use crate::forms::{FormPlace, Refused, short};
use crate::message::Message;
use crate::say;
use crate::source::{FileId, World};
use crate::text::composed;

/// What came back.
#[derive(Debug, Default)]
pub(crate) struct ReturnedXliff {
    /// Changes of the book's files.
    pub changes: Vec<FileEdit>,
    /// Translations that are taken, each with its place in the book and the words.
    pub taken: Vec<TakenTranslation>,
    /// Where both sides changed.
    pub conflicts: Vec<XliffConflict>,
    /// What cannot be taken as it is.
    pub refused: Vec<Refused>,
    /// What the translator wrote that no book keeps.
    pub remarks: Vec<Message>,
    /// How many units are as they went out.
    pub left: usize,
}

/// A translation that goes into the book.
#[derive(Clone, Debug)]
pub(crate) struct TakenTranslation {
    /// Where in the book.
    pub address: String,
    /// The language.
    pub language: String,
    /// The translation before.
    pub before: Option<String>,
    /// The translation now.
    pub after: String,
}

/// A unit whose text or translation is another in the book than it was when the file was made.
#[derive(Clone, Debug)]
pub(crate) struct XliffConflict {
    /// Where in the file.
    pub place: FormPlace,
    /// Where in the book.
    pub address: String,
    /// What differs.
    pub reason: Message,
    /// The text, or the translation, as it went out.
    pub base: String,
    /// As the book has it now.
    pub ours: String,
    /// The translation as it came back.
    pub theirs: String,
}

/// Whether a file seems to be XLIFF.
pub(crate) fn is_xliff(name: &str) -> bool {
    let name = name.to_lowercase();
    name.ends_with(".xlf") || name.ends_with(".xliff")
}

/// Works out what a file changes. With conflicts or anything refused there is no change, unless `partial` asks for the rest.
///
/// # Errors
/// Why the file as a whole cannot be taken.
pub(crate) fn take_back(
    world: &dyn World,
    loaded: &Loaded,
    text: &str,
    partial: bool,
) -> Result<Result<ReturnedXliff, EditError>, Refused> {
    let Xliff { from, to, files } = read::read(text)?;
    let (from, to) = (language(&loaded.book, &from)?, language(&loaded.book, &to)?);
    if from == to {
        let wrong = say!("`{language}` cannot be translated into itself", language = to.tag());
        return Err(Refused::new(FormPlace::Whole, wrong));
    }
    let all = units(loaded, &from, &to);
    let mut back = ReturnedXliff::default();
    let mut taken: Vec<(&TranslationUnit<'_>, String, usize)> = Vec::new();
    for (path, raw_units) in &files {
        let Some(file) = loaded.sources.iter().find(|(_, source)| source.path == *path).map(|(file, _)| file) else {
            let line = raw_units.first().map_or(1, |unit| unit.line);
            let wrong = say!("the book has no file `{path}`", path = short(path));
            back.refused
                .push(Refused::new(FormPlace::Line(line), wrong).help(say!("is it a translation of another book?")));
            continue;
        };
        for raw in raw_units {
            let notes = raw.notes.iter().map(|(line, note)| {
                say!(
                    "line {line}: a note of the translator's is not kept: `{note}`",
                    line = *line,
                    note = short(note.trim())
                )
            });
            back.remarks.extend(notes);
            unit(raw, file, &all, &mut back, &mut taken);
        }
    }
    for (index, (unit, _, line)) in taken.iter().enumerate() {
        let twice = taken[..index].iter().any(|(other, ..)| std::ptr::eq(*other, *unit));
        if twice {
            let wrong = say!("`{address}` is translated twice in this file", address = &unit.address);
            back.refused.push(Refused::new(FormPlace::Line(*line), wrong).help(say!("leave one of the two")));
        }
    }
    let taken: Vec<(&TranslationUnit<'_>, String)> = taken.into_iter().map(|(unit, after, _)| (unit, after)).collect();
    back.taken = taken
        .iter()
        .map(|(unit, after)| TakenTranslation {
            address: unit.address.clone(),
            language: to.tag().to_owned(),
            before: unit.target.map(|target| target.text.clone()),
            after: after.clone(),
        })
        .collect();
    if partial || back.conflicts.is_empty() && back.refused.is_empty() {
        match translate::translated(world, loaded, &taken, &to) {
            Ok(changes) => back.changes = changes,
            Err(error) => return Ok(Err(error)),
        }
    }
    Ok(Ok(back))
}

fn language(book: &Book, tag: &str) -> Result<Language, Refused> {
    let found = book.languages.iter().find(|language| language.tag().eq_ignore_ascii_case(tag));
    found.cloned().ok_or_else(|| {
        let wrong = say!("the book has no texts in `{language}`", language = short(tag));
        Refused::new(FormPlace::Whole, wrong)
            .help(say!("add it to `languages` in gamma-ok.yaml, or give the file of this book"))
    })
}

/// The text that a unit is about: that of its address and its words; else one with its words that has moved; else that of its
/// address.
fn of_book<'u, 'a>(
    address: &str,
    words: &str,
    file: FileId,
    all: &'u [TranslationUnit<'a>],
) -> Option<&'u TranslationUnit<'a>> {
    let in_file = || all.iter().filter(move |unit| unit.source.span.file == file);
    let found = in_file().find(|unit| unit.address == address);
    if found.is_some_and(|unit| unit.hashes().0 == words) {
        return found;
    }
    let key = |address: &str| address.rsplit('.').find(|part| part.parse::<usize>().is_err()).map(str::to_owned);
    let mut moved = in_file().filter(|unit| unit.hashes().0 == words && key(&unit.address) == key(address));
    match (moved.next(), moved.next()) {
        (Some(only), None) => Some(only),
        _ => found,
    }
}

fn unit<'u, 'a>(
    raw: &RawUnit,
    file: FileId,
    all: &'u [TranslationUnit<'a>],
    back: &mut ReturnedXliff,
    taken: &mut Vec<(&'u TranslationUnit<'a>, String, usize)>,
) {
    let place = FormPlace::Line(raw.line);
    let mut parts = raw.id.rsplitn(3, '_');
    let (Some(target), Some(source), Some(address)) = (parts.next(), parts.next(), parts.next()) else {
        let wrong = say!("`{id}` is not the name that the program gave to this unit", id = short(&raw.id));
        back.refused.push(
            Refused::new(place, wrong).help(say!("give back the file that went out, with its names as they were")),
        );
        return;
    };
    let came = match came(raw) {
        Came::Nothing => return back.left += 1,
        Came::Parted(line) => {
            let wrong = say!("parts of this text are translated, and this one is not");
            let help = say!("translate it too: a chapter goes into the book as a whole");
            back.refused.push(Refused::new(FormPlace::Line(line), wrong).help(help));
            return;
        }
        Came::Translated => translation::shown(raw),
    };
    // As it went out.
    if hash(&came) == target {
        return back.left += 1;
    }
    let Some(of_book) = of_book(address, source, file, all) else {
        let wrong = say!("the text that this translates is no longer in the book");
        back.refused.push(Refused::new(place, wrong).help(say!("take the unit out, or put the text back")));
        return;
    };
    let (source_now, target_now) = of_book.hashes();
    let ours = of_book.target.map_or("", |target| target.text.as_str());
    if hash(&came) == target_now {
        return back.left += 1;
    }
    let conflict = |reason: Message, base: String, ours: &str| XliffConflict {
        place: place.clone(),
        address: of_book.address.clone(),
        reason,
        base,
        ours: ours.to_owned(),
        theirs: came.clone(),
    };
    if source_now != source {
        let reason = say!("the text was changed since it went out");
        back.conflicts.push(conflict(reason, translation::source(raw), &of_book.source.text));
        return;
    }
    if target_now != target {
        let reason = say!("the translation was changed in the book since the text went out");
        back.conflicts.push(conflict(reason, translation::source(raw), ours));
        return;
    }
    match given(raw, of_book) {
        Ok(Given::Same) => back.left += 1,
        Ok(Given::Text(text)) => taken.push((of_book, composed(&text).into_owned(), raw.line)),
        Err(refused) => back.refused.push(refused),
    }
}

/// Whether somebody translated a unit.
enum Came {
    Nothing,
    /// The line of a part that is not translated although others are.
    Parted(usize),
    Translated,
}

fn came(raw: &RawUnit) -> Came {
    let is_given = |part: &&Segment| part.target.as_ref().is_some_and(|target| !translation::is_empty(target));
    let words: Vec<&Segment> = raw.parts.iter().filter(|part| part.is_words).collect();
    let given = words.iter().filter(|part| is_given(part)).count();
    match words.iter().find(|part| !is_given(part)) {
        _ if given == 0 => Came::Nothing,
        Some(part) => Came::Parted(part.line),
        None => Came::Translated,
    }
}

#[cfg(test)]
mod tests;
