//! `init`: a book that checks clean and builds at once, copied from a sector of the built-in library with the traits it
//! uses, or from the starter where no sector is named. Only the asked languages are kept.

mod companions;

use std::collections::BTreeSet;
use std::path::Path;

use super::emit::YamlBlock;
use super::languages::{KeptLanguage, keep, keep_comments};
use super::patch::{Patch, insert_lines};
use super::{EditError, FileEdit, tree};
use crate::book::format_words::sector_meant;
use crate::book::{Book, Condition, Country, Home, Language, Loaded, MANIFEST, is_language_tag, load};
use crate::library;
use crate::message::Message;
use crate::say;
use crate::source::yaml::{self, Node};
use crate::source::{FileId, Memory};
use crate::text::nearest;

/// What is asked of a new book.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// A sector of the library; without one the book is the starter.
    pub sector: Option<String>,
    /// Tags of its languages, the source language first; English where there is none.
    pub languages: Vec<String>,
    /// The two letters of the country whose law and customs hold.
    pub country: Option<String>,
    /// The title; the sector's or the starter's where there is none.
    pub title: Option<String>,
}

/// A new book.
#[derive(Clone, Debug)]
pub struct Start {
    /// The files, by path in its folder.
    pub changes: Vec<FileEdit>,
    /// Languages that the library does not have; their texts are in English, to be written over.
    pub foreign: Vec<String>,
}

/// Makes a book. Nothing is written.
///
/// # Errors
/// The [`EditError`] that says why not: an unknown sector, or a language that the sector does not have.
pub fn init(request: &Request) -> Result<Start, EditError> {
    // Written as `\x07` it would be YAML, and steer a terminal where somebody reads it.
    if request.title.as_ref().is_some_and(|title| title.chars().any(char::is_control)) {
        return Err(no_title(say!("it holds a character that is no letter, or several lines")));
    }
    let source = match &request.sector {
        Some(name) => library::sector(name).ok_or_else(|| unknown_sector(name))?,
        None => library::starter(),
    };
    if let Some(Err(meant)) = request.country.as_deref().map(Country::read) {
        let text = request.country.as_deref().unwrap_or_default();
        return Err(EditError::usage(say!("`{text}` is not the code of a country", text), Some(Country::help(meant))));
    }
    let read = load(&source).map_err(|error| broken(MANIFEST, error.message()))?;
    let known: Vec<&str> = read.book.languages.iter().map(Language::tag).collect();
    let kept = languages(request, &known)?;
    let foreign = kept
        .iter()
        .filter(|language| language.from != primary(&language.tag))
        .map(|language| language.tag.clone())
        .collect();

    let mut files = source.files;
    if let Some(sector) = &request.sector {
        for of_trait in traits(&read.book) {
            let text = library::trait_file(&of_trait).ok_or_else(|| broken(&of_trait, say!("it has no file")))?;
            let text = fitting(text, sector).ok_or_else(|| broken(&of_trait, say!("it has no texts")))?;
            files.insert(format!("traits/{of_trait}.yaml"), text.into_bytes());
        }
    }
    let comments = kept.first().map_or("en", |language| language.from.as_str());
    let mut changes = Vec::new();
    for (path, bytes) in files {
        let mut text = String::from_utf8(bytes).map_err(|error| broken(&path, error.to_string().into()))?;
        if path.ends_with(".yaml") {
            text = keep(&text, &known, &kept).map_err(|detail| broken(&path, detail))?;
            text = keep_comments(&text, &known, comments);
        }
        if path.ends_with(".yaml") && request.country.is_none() {
            text = everywhere(&text).ok_or_else(|| broken(&path, say!("it has no texts")))?;
        }
        if path == MANIFEST {
            text = manifest(&text, &kept, request).ok_or_else(|| broken(&path, say!("it has no texts")))?;
        }
        if path.ends_with(".yaml") {
            text = companions::with_modeline(&path, &text);
        }
        changes.push(FileEdit { path, before: None, after: text });
    }
    is_sound(&changes, request.title.is_some())?;
    changes.extend(companions::companions(comments));
    changes.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Start { changes, foreign })
}

/// Those files of a new book whose place is taken in the folder by something else. What is there already as it is to be, since
/// an earlier run was stopped, is left out of the new book's files.
pub(crate) fn in_the_way(folder: &Path, start: &mut Start) -> Vec<String> {
    let is_there = |change: &FileEdit| {
        std::fs::read(folder.join(&change.path)).is_ok_and(|bytes| bytes == change.after.as_bytes())
    };
    start.changes.retain(|change| !is_there(change));
    // What the folder has for git and for editors is whoever's it is.
    start
        .changes
        .retain(|change| !change.path.starts_with('.') || folder.join(&change.path).symlink_metadata().is_err());
    let taken = |change: &&FileEdit| folder.join(&change.path).symlink_metadata().is_ok();
    start.changes.iter().filter(taken).map(|change| change.path.clone()).collect()
}

fn no_title(reason: Message) -> EditError {
    let help = say!("write a short title on one line, or leave `--title` out");
    EditError::usage(say!("this cannot be the title of a book: {reason}", reason), Some(help))
}

fn unknown_sector(name: &str) -> EditError {
    let sectors = library::sectors();
    let help = match sector_meant(name).or_else(|| nearest(name, sectors.iter().copied())) {
        Some(near) => say!("did you mean `{near}`?", near),
        None => say!(
            "known: {sectors}; without --sector you get a small book to fill yourself",
            sectors = sectors.join(", ")
        ),
    };
    EditError::usage(say!("the library has no sector `{name}`", name), Some(help))
}

/// The library is checked by the tests, so this is never seen; but it is better said than written.
fn broken(path: &str, detail: Message) -> EditError {
    EditError::NotKept { path: path.to_owned(), detail }
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// The languages of the book, and where their texts come from.
fn languages(request: &Request, known: &[&str]) -> Result<Vec<KeptLanguage>, EditError> {
    let mut kept: Vec<KeptLanguage> = Vec::new();
    let english = ["en".to_owned()];
    let asked = if request.languages.is_empty() { &english[..] } else { &request.languages };
    for tag in asked {
        if !is_language_tag(tag.trim()) {
            let help = say!("write tags such as en, pl, sv, pt-BR, with commas between them");
            return Err(EditError::usage(say!("`{tag}` is not the tag of a language", tag), Some(help)));
        }
        let tag = tag.trim();
        // `PL` means `pl`; what follows a `-` keeps its case, as in `pt-BR`.
        let tag = match tag.split_once('-') {
            Some((first, rest)) => format!("{}-{rest}", first.to_ascii_lowercase()),
            None => tag.to_ascii_lowercase(),
        };
        if kept.iter().any(|language| language.tag == tag) {
            continue;
        }
        let from = known.iter().find(|language| **language == primary(&tag)).copied();
        if let (None, Some(sector)) = (from, &request.sector) {
            let message = say!(
                "the sector `{sector}` has no texts in `{tag}`: it has {known}",
                sector,
                tag,
                known = known.join(", ")
            );
            let help = say!(
                "start with one of these, then add `{tag}` to `languages` in gamma-ok.yaml; `gamma-ok check` lists what is \
                 to be translated",
                tag
            );
            return Err(EditError::usage(message, Some(help)));
        }
        kept.push(KeptLanguage { tag, from: from.unwrap_or("en").to_owned() });
    }
    Ok(kept)
}

/// The library's traits that a sector uses.
fn traits(book: &Book) -> BTreeSet<String> {
    let phases = || book.phases();
    let of_phases = phases().flat_map(|phase| &phase.traits);
    let of_steps = phases().flat_map(|phase| &phase.steps).flat_map(|step| &step.traits);
    let of_standards = phases().flat_map(|phase| &phase.standards).flat_map(|standard| &standard.traits);
    let used: BTreeSet<&String> = of_phases.chain(of_steps).map(|used| &used.name).chain(of_standards).collect();
    let own = |name: &&String| book.trait_of(name).is_some_and(|of_trait| of_trait.home == Home::Library);
    used.into_iter().filter(own).cloned().collect()
}

/// A file without the conditions that ask for the country alone: in a book that names none, what is law somewhere is an
/// example for everybody.
fn everywhere(text: &str) -> Option<String> {
    fn conditions(node: &Node<'_>, text: &str, patch: &mut Patch) {
        for entry in node.entries() {
            let asks = |source: &str| {
                Condition::parse(source, entry.value.span)
                    .is_ok_and(|when| when.asks_country && when.attributes.is_empty())
            };
            if entry.key == "when" && entry.value.text().is_some_and(asks) {
                patch.replace(lines(text, entry.key_span.start, entry.value.span.end), "");
            } else {
                conditions(&entry.value, text, patch);
            }
        }
        node.items().iter().for_each(|item| conditions(item, text, patch));
    }
    let root = yaml::parse(FileId::default(), text).ok()?;
    let mut patch = Patch::default();
    conditions(&root, text, &mut patch);
    patch.apply(text)
}

/// The whole lines that a stretch of text stands in.
fn lines(text: &str, start: u32, end: u32) -> std::ops::Range<usize> {
    let (start, end) = (start as usize, end as usize);
    let start = text[..start].rfind('\n').map_or(0, |line| line + 1);
    let end = text[end..].find('\n').map_or(text.len(), |line| end + line + 1);
    start..end
}

/// A file of traits without the patterns that are for other sectors: the book is to name none.
fn fitting(text: &str, sector: &str) -> Option<String> {
    let root = yaml::parse(FileId::default(), text).ok()?;
    let mut patch = Patch::default();
    let traits = root.get("traits").into_iter().flat_map(Node::items);
    for pattern in traits.filter_map(|of_trait| of_trait.get("patterns")).flat_map(Node::items) {
        let Some(sectors) = pattern.get("sectors") else { continue };
        let is_for = |node: &Node| node.text() == Some(sector);
        if is_for(sectors) || sectors.items().iter().any(is_for) {
            continue;
        }
        patch.replace(lines(text, pattern.span.start, pattern.span.end), "");
    }
    patch.apply(text)
}

/// The manifest with its languages, `derive: false`, a country and a title.
fn manifest(text: &str, kept: &[KeptLanguage], request: &Request) -> Option<String> {
    let root = yaml::parse(FileId::default(), text).ok()?;
    let mut patch = Patch::default();
    let mut set = |key: &str, lines: &str| {
        let Some(entry) = tree::entry(&root, key) else {
            insert_lines(&mut patch, text, text.len(), lines);
            return;
        };
        // A comment after the value stays.
        patch.replace(entry.key_span.start as usize..end(&root, entry), lines);
    };
    let mut block = YamlBlock::new(0);
    block.flow("languages", kept.iter().map(|language| language.tag.as_str()));
    set("languages", &block.text());
    set("derive", "derive: false");
    if let Some(country) = &request.country {
        set("country", &format!("country: {country}"));
    }
    if let Some(title) = request.title.as_deref() {
        let mut block = YamlBlock::new(0);
        match kept {
            [_] => block.prose("title", title),
            several => {
                block.under("title", |block| several.iter().for_each(|language| block.prose(&language.tag, title)))
            }
        }
        set("title", &block.text());
    }
    patch.apply(text)
}

/// Where an entry's value ends.
fn end(root: &Node<'_>, entry: &yaml::Entry<'_>) -> usize {
    if tree::is_written_here(root, entry) { entry.value.span.end as usize } else { entry.key_span.end as usize }
}

/// The new book must be read without a finding. Of all that is in it only a title was not tested beforehand.
fn is_sound(changes: &[FileEdit], is_titled: bool) -> Result<(), EditError> {
    let files = changes.iter().map(|change| (change.path.clone(), change.after.clone()));
    let Loaded { sources, findings, .. } =
        load(&Memory::new(files)).map_err(|error| broken(MANIFEST, error.message()))?;
    match findings.first() {
        None => Ok(()),
        Some(finding) => {
            let source = sources.get(finding.span.file);
            if is_titled && source.path == MANIFEST {
                return Err(no_title(finding.message.clone()));
            }
            let line = source.position(finding.span.start as usize).line;
            Err(broken(&source.path, say!("line {line}: {message}", line, message = finding.message)))
        }
    }
}

#[cfg(test)]
mod tests;
