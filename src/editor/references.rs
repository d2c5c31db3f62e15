//! Ids: which one stands at a place, where it is defined, and where it is used.

use super::lines::Encoding;
use super::workspace::{Locator, OpenBook};
use crate::book::{Book, NameKind, NameUse};
use crate::edit::rename::places;
use crate::edition::{Directory, Reference};
use crate::source::Span;

/// An id that stands somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub kind: NameKind,
    /// The phase of a step, the trait of a pattern.
    pub scope: Option<String>,
    /// The id, as of now.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

impl Named {
    /// What `rename` takes: `step:check-in.approach`.
    pub(super) fn label(&self) -> String {
        let name = match &self.scope {
            Some(scope) if !self.name.contains('.') => format!("{scope}.{}", self.name),
            _ => self.name.clone(),
        };
        format!("{}:{name}", crate::edit::rename::kind_word(self.kind))
    }

    fn places(&self, book: &Book) -> Vec<(Span, bool)> {
        let (scope, name) = match (&self.scope, self.name.split_once('.')) {
            // A waiver names a pattern with its trait.
            (None, Some((scope, name))) if self.kind == NameKind::Pattern => (Some(scope), name),
            (scope, _) => (scope.as_deref(), self.name.as_str()),
        };
        places(book, self.kind, scope, name)
    }
}

/// The id at a byte of a file, wherever the book uses or defines it.
pub(super) fn named(book: &OpenBook, path: &str, offset: usize) -> Option<Named> {
    let opened = book.opened.as_ref()?;
    let file = book.file(path)?;
    let touches = |span: &Span| span.file == file && span.start as usize <= offset && offset <= span.end as usize;
    let found = opened.loaded.book.names.iter().filter(|name| touches(&name.span));
    if let Some(found) = found.min_by_key(|name| name.span.end - name.span.start) {
        return Some(of_use(&opened.loaded.book, found));
    }
    in_record(book, path, offset)
}

fn of_use(book: &Book, found: &NameUse) -> Named {
    let now = match found.kind {
        NameKind::Role => book.role(&found.name).map(|role| &role.id),
        NameKind::Department => book.department(&found.name).map(|department| &department.id),
        NameKind::Trait => book.trait_of(&found.name).map(|known| &known.id),
        NameKind::Site => book.site(&found.name).map(|site| &site.id),
        _ => None,
    };
    let name = now.map_or(&found.name, |id| &id.name).clone();
    Named { kind: found.kind, scope: found.scope.clone(), name, span: found.span }
}

/// The standard that a record, a review or prose names at a place: `ID` or `ID@STAMP`.
fn in_record(book: &OpenBook, path: &str, offset: usize) -> Option<Named> {
    let opened = book.opened.as_ref()?;
    let file = book.file(path)?;
    let text = &opened.loaded.sources.get(file).text;
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || ['-', '.', '@'].contains(&letter);
    let before = text.get(..offset)?;
    let start = before
        .rfind(|letter| !is_part(letter))
        .map_or(0, |place| place + before[place..].chars().next().map_or(1, char::len_utf8));
    let end = text[offset..].find(|letter| !is_part(letter)).map_or(text.len(), |place| offset + place);
    let Reference { id, .. } = Reference::parse(&text[start..end]);
    let standard = Directory::of(&opened.standards).find(id).and_then(|place| opened.standards.all.get(place))?;
    Some(Named {
        kind: NameKind::Standard,
        scope: None,
        name: standard.id.name.clone(),
        span: Span::new(file, start, start + id.len()),
    })
}

/// Where an id is defined; where a derived standard's trait or hand-off stands.
pub(super) fn definitions(book: &OpenBook, named: &Named) -> Vec<Span> {
    let Some(opened) = &book.opened else { return Vec::new() };
    let of = |named: &Named| -> Vec<Span> {
        let all = named.places(&opened.loaded.book).into_iter();
        all.filter(|place| place.1).map(|place| place.0).collect()
    };
    let defined = of(named);
    if !defined.is_empty() {
        return defined;
    }
    let receiver = |kind| Named { kind, ..named.clone() };
    let other = match named.kind {
        NameKind::Role => Some(receiver(NameKind::Department)),
        NameKind::Department => Some(receiver(NameKind::Role)),
        _ => None,
    };
    if let Some(other) = other {
        return of(&other);
    }
    let of_standard = |name: &str| {
        let place = Directory::of(&opened.standards).find(name)?;
        opened.standards.all.get(place).map(|standard| standard.span)
    };
    match named.kind {
        NameKind::Standard => of_standard(&named.name).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Where the built-in library defines an id that the book does not.
pub(super) fn of_library(book: &OpenBook, named: &Named) -> Option<Span> {
    let known = &book.opened.as_ref()?.loaded.book;
    let id = match named.kind {
        NameKind::Trait => &known.trait_of(&named.name)?.id,
        NameKind::Role | NameKind::Department => match known.role(&named.name) {
            Some(role) => &role.id,
            None => &known.department(&named.name)?.id,
        },
        NameKind::Pattern => {
            let scope = named.scope.as_deref();
            let (of_trait, pattern) = named.name.split_once('.').or(scope.map(|scope| (scope, named.name.as_str())))?;
            &known.patterns_of(of_trait).iter().find(|known| known.id.is_or_was(pattern))?.id
        }
        _ => return None,
    };
    Some(id.span)
}

/// Whether the book itself defines an id, and not the built-in library, which nobody can rename.
pub(super) fn is_own(book: &OpenBook, named: &Named) -> bool {
    let Some(opened) = &book.opened else { return false };
    let is_area = named.kind == NameKind::Area;
    named.places(&opened.loaded.book).iter().any(|place| place.1 || is_area)
}

/// Every place of an id, its definition among them, in the order of files; and the records that answer for a standard.
pub(super) fn uses(book: &OpenBook, named: &Named, with_definition: bool) -> Vec<Span> {
    let Some(opened) = &book.opened else { return Vec::new() };
    let known = &opened.loaded.book;
    let places = named.places(known).into_iter().filter(|place| with_definition || !place.1);
    let mut all: Vec<Span> = places.map(|place| place.0).collect();
    if named.kind == NameKind::Standard {
        all.extend(in_records(book, &named.name));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// The places of audits and reviews that name a standard, by any id that it has or had.
fn in_records(book: &OpenBook, name: &str) -> Vec<Span> {
    let Some(opened) = &book.opened else { return Vec::new() };
    let directory = Directory::of(&opened.standards);
    let Some(standard) = directory.find(name).and_then(|place| opened.standards.all.get(place)) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for (file, source) in opened.loaded.sources.iter() {
        if !source.path.starts_with("audits/") && !source.path.starts_with("reviews/") {
            continue;
        }
        let mut start = 0;
        for line in source.text.split_inclusive('\n') {
            let content = line.trim_start();
            let key = super::caret::key_and_value(content.trim_end()).map(|(key, _)| key);
            if let Some(key) = key.filter(|key| standard.id.is_or_was(Reference::parse(key).id)) {
                let begins = start + line.len() - content.len() + usize::from(content.starts_with(['"', '\'']));
                all.push(Span::new(file, begins, begins + Reference::parse(&key).id.len()));
            }
            start += line.len();
        }
    }
    all
}

/// The locations of places, those of the built-in library left out.
pub(super) fn locations(book: &OpenBook, spans: &[Span], encoding: Encoding) -> Vec<lsp_types::Location> {
    let mut locator = Locator::of(book, encoding);
    spans.iter().filter_map(|span| locator.location(*span)).collect()
}
