//! The pictures of a book are read once everything else is known: each file once, however often it is shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Resolver;
use crate::book::draft::ImageDraft;
use crate::book::model::{Book, Image, ImageContent, Spanned};
use crate::book::picture::{self, NotShown};
use crate::diag::{Code, Diagnostic};
use crate::message::Message;
use crate::say;
use crate::source::{Refusal, Sources, Span, World};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// All pictures of a book together have at most so many bytes: each document holds those that it shows.
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// A picture that a chapter shows.
struct Shown {
    /// Its file as written, and where the picture stands.
    file: Spanned<String>,
    /// What is said in its place to those who cannot see it.
    words: String,
}

/// The pictures of a chapter, in the order of the text. They are read from the file itself: the book's text of a chapter has
/// other line ends, and so other places.
fn shown(chapter: Span, sources: &Sources) -> Vec<Shown> {
    let text = &sources.get(chapter.file).text;
    let mut shown = Vec::new();
    let mut open: Vec<Shown> = Vec::new();
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::Image { dest_url, .. }) => {
                let span = Span::new(chapter.file, range.start, range.end);
                open.push(Shown { file: Spanned { value: dest_url.into_string(), span }, words: String::new() });
            }
            Event::End(TagEnd::Image) => shown.extend(open.pop()),
            Event::Text(words) | Event::Code(words) => open.iter_mut().for_each(|image| image.words.push_str(&words)),
            _ => {}
        }
    }
    shown
}

/// What was read of the files, by path.
#[derive(Default)]
struct Album {
    known: BTreeMap<String, Option<Arc<ImageContent>>>,
    bytes: usize,
}

impl Resolver {
    /// A picture as it is written; its file is read later.
    pub(super) fn image(&mut self, draft: Option<ImageDraft>) -> Option<Image> {
        let draft = draft?;
        let alt = self.maybe_text(draft.alt)?;
        Some(Image { file: draft.file?, alt, content: None })
    }

    /// Reads the pictures of a book. What cannot be shown is told, and left out.
    pub(super) fn images(&mut self, world: &dyn World, sources: &Sources, book: &mut Book) {
        let mut album = Album::default();
        for phase in book.sequences.iter_mut().flat_map(|sequence| &mut sequence.phases) {
            self.fill(&mut phase.image, world, &mut album);
            phase.steps.iter_mut().for_each(|step| self.fill(&mut step.image, world, &mut album));
            phase.scenarios.iter_mut().for_each(|scenario| self.fill(&mut scenario.image, world, &mut album));
            for standard in phase.standards.iter_mut().filter(|standard| standard.teaching.image.is_some()) {
                self.fill(&mut Arc::make_mut(&mut standard.teaching).image, world, &mut album);
            }
        }
        let files = book.chapters.iter().flat_map(|chapter| &chapter.text.0).map(|worded| worded.span);
        for Shown { file, words } in files.flat_map(|whole| shown(whole, sources)) {
            if words.trim().is_empty() {
                let message = say!("the picture `{file}` says nothing to those who cannot see it", file = &file.value);
                let help = say!(
                    "write between the square brackets what it shows: ![The desk in the morning]({file})",
                    file = &file.value
                );
                self.report(Diagnostic::new(Code::MissingKey, file.span, message).help(help));
            }
            let Some(path) = own_path(&file.value) else {
                let message =
                    say!("the picture `{file}` is not in the book, and no document fetches one", file = &file.value);
                let help = say!("put it into the folder images and write its path, such as images/desk.jpg");
                let code = if leaves_book(&file.value, 1) { Code::PathOutsideBook } else { Code::WrongType };
                self.report(Diagnostic::new(code, file.span, message).help(help));
                continue;
            };
            if let Some(content) = self.content(path, file.span, world, &mut album) {
                book.images.insert(path.to_owned(), content);
            }
        }
    }

    fn fill(&mut self, image: &mut Option<Image>, world: &dyn World, album: &mut Album) {
        let Some(known) = image else { return };
        match self.content(&known.file.value, known.file.span, world, album) {
            Some(content) => known.content = Some(content),
            None => *image = None,
        }
    }

    /// What a file holds; none where it cannot be shown, which is told where it is named first.
    fn content(&mut self, path: &str, span: Span, world: &dyn World, album: &mut Album) -> Option<Arc<ImageContent>> {
        if let Some(known) = album.known.get(path) {
            return known.clone();
        }
        let content = self.read(path, span, world, album);
        album.known.insert(path.to_owned(), content.clone());
        content
    }

    fn read(&mut self, path: &str, span: Span, world: &dyn World, album: &mut Album) -> Option<Arc<ImageContent>> {
        let from_folder = || say!("give the path from the book's folder, such as images/desk.jpg");
        let (code, reason, help) = match world.bytes(path) {
            Ok(bytes) if album.bytes + bytes.len() > MAX_BYTES => {
                let mb = MAX_BYTES / 1024 / 1024;
                let reason = say!("with it the pictures of the book have more than {mb} MB", mb);
                (Code::FileTooLarge, reason, smaller())
            }
            Ok(bytes) => match picture::read(&bytes) {
                Ok(content) => {
                    album.bytes += bytes.len();
                    return Some(Arc::new(content));
                }
                Err(why) => (code(&why), why.message(), why.help()),
            },
            Err(refusal) => match refusal {
                Refusal::TooLarge(_) => (Code::FileTooLarge, refusal.message(), smaller()),
                Refusal::Outside => (Code::PathOutsideBook, refusal.message(), from_folder()),
                _ if leaves_book(path, 0) => (Code::PathOutsideBook, Refusal::Outside.message(), from_folder()),
                _ => (Code::WrongType, refusal.message(), from_folder()),
            },
        };
        let message = say!("the picture `{path}` cannot be shown: {reason}", path, reason);
        self.report(Diagnostic::new(code, span, message).help(help));
        None
    }

    /// The logo, if it can be shown; what cannot is told.
    pub(super) fn logo(&mut self, logo: &Spanned<String>, world: &dyn World) -> Option<Arc<ImageContent>> {
        let (code, refusal, help) = match world.bytes(&logo.value) {
            Ok(bytes) => match picture::read(&bytes) {
                Ok(content) => return Some(Arc::new(content)),
                Err(why) => (code(&why), why.message(), why.help()),
            },
            Err(refusal) => {
                let code = match refusal {
                    Refusal::TooLarge(_) => Code::FileTooLarge,
                    Refusal::Outside => Code::PathOutsideBook,
                    _ if leaves_book(&logo.value, 0) => Code::PathOutsideBook,
                    _ => Code::WrongType,
                };
                (code, refusal.message(), say!("give the path from the book's folder, such as images/logo.svg"))
            }
        };
        let message = say!("the logo `{logo}` cannot be read: {refusal}", logo = &logo.value, refusal);
        self.report(Diagnostic::new(code, logo.span, message).help(help));
        None
    }
}

fn code(why: &NotShown) -> Code {
    if why.is_size() { Code::FileTooLarge } else { Code::WrongType }
}

fn smaller() -> Message {
    say!("make it smaller: 1600 pixels are enough for every document")
}

/// Whether a path leads out of the book from a folder so far below it, whatever there is.
fn leaves_book(path: &str, depth: i32) -> bool {
    if path.contains(':') {
        return false;
    }
    let mut depth = depth;
    let mut leaves = path.starts_with(['/', '\\']);
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => depth -= 1,
            _ => depth += 1,
        }
        leaves |= depth < 0;
    }
    leaves
}

/// The path from the book's folder of a picture that a chapter names: from there, or from the folder of chapters, where other
/// programs look for it.
pub(in crate::book) fn own_path(url: &str) -> Option<&str> {
    let path = url.strip_prefix("../").unwrap_or(url);
    let is_own = !path.is_empty() && !path.contains(':') && !path.starts_with(['/', '\\', '#']) && !path.contains("..");
    is_own.then_some(path)
}
