//! Templates of the book's own, in the place of the program's.

use super::Resolver;
use crate::book::load::refusal_finding;
use crate::book::model::Book;
use crate::book::unread::is_left_over;
use crate::diag::{Code, Diagnostic};
use crate::library;
use crate::say;
use crate::source::{Refusal, Source, Sources, Span, World};
use crate::text::nearest;

/// The folder of templates in a book.
const FOLDER: &str = "templates/";

impl Resolver {
    /// Reads the templates; those that replace none and that no other asks for are told.
    pub(super) fn templates(&mut self, world: &dyn World, sources: &mut Sources, book: &mut Book) {
        let mut strange: Vec<String> = Vec::new();
        for item in world.list_names(FOLDER.trim_end_matches('/'), &[""]) {
            let read =
                item.and_then(|path| world.text(&path).map(|text| (path.clone(), text)).map_err(|why| (path, why)));
            let path =
                read.as_ref().map_or_else(|(path, _)| path, |(path, _)| path).trim_start_matches(FOLDER).to_owned();
            let is_known = library::template_bytes(&path).is_some();
            if !is_known && !is_left_over(name(&path)) {
                strange.push(path.clone());
            }
            match read {
                Ok((_, text)) => drop(book.templates.insert(path, text)),
                // What replaces none need not be a text: a picture, a font.
                Err((_, Refusal::NotText(_) | Refusal::TooLarge(_))) if !is_known => {}
                Err((path, refusal)) => {
                    strange.retain(|strange| path.strip_prefix(FOLDER) != Some(strange));
                    let file = sources.add(Source::refused(path, &refusal));
                    self.findings.push(refusal_finding(file, &refusal));
                }
            }
        }
        // Another template may ask for it by its path.
        strange
            .retain(|path| !book.templates.iter().any(|(known, text)| known != path && text.contains(path.as_str())));
        for path in strange {
            let known = library::templates();
            let right = nearest(&path, known.iter().copied());
            let right = right.or_else(|| known.into_iter().find(|known| name(known) == name(&path)));
            let file = sources.add(Source::new(format!("{FOLDER}{path}"), ""));
            let message = say!("this file replaces no template of the program, so it changes nothing");
            let help = match right {
                Some(near) => say!("did you mean `{near}`?", near = format!("{FOLDER}{near}")),
                None => say!("give it the path of the template that it is to replace, or remove it"),
            };
            self.findings.push(Diagnostic::new(Code::UnknownTemplate, Span::new(file, 0, 0), message).help(help));
        }
    }
}

/// The name of a file without its folders.
fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
