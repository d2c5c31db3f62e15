//! The page that links everything `build` made.

use serde::Serialize;

use super::Kind;
use super::head::Head;
use super::prose::Prose;
use super::scope::{Request, Scope};
use crate::book::{Book, Language};
use crate::language::Interface;

/// One file that `build` made.
#[derive(Clone, Debug)]
pub struct Built {
    /// The path relative to the index, with `/`.
    pub path: String,
    /// What it is.
    pub kind: Kind,
    /// Name of its format.
    pub format: &'static str,
    /// The language.
    pub language: Language,
    /// Id of its site.
    pub site: Option<String>,
    /// Id of its role.
    pub role: Option<String>,
}

/// The view of the index.
#[derive(Clone, Debug, Serialize)]
pub struct Index {
    /// What it is.
    pub head: Head,
    /// Languages in the book's order.
    pub languages: Vec<LanguageLinks>,
}

/// What was made in one language.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageLinks {
    /// The tag.
    pub lang: String,
    /// What the language calls itself.
    pub name: String,
    /// The book's title in it.
    pub title: Prose,
    /// For all sites first, then site by site.
    pub places: Vec<PlaceLinks>,
}

/// What was made for one site, or for all.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceLinks {
    /// The site; none for what is common to all.
    pub site: Option<Prose>,
    /// What heads the group.
    pub label: String,
    /// Documents in order.
    pub documents: Vec<DocumentLinks>,
}

/// One document in its formats.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentLinks {
    /// The kind.
    pub kind: &'static str,
    /// What it is called.
    pub title: String,
    /// What it is for, in a few words.
    pub about: String,
    /// The role it is for.
    pub role: Option<Prose>,
    /// A link a format.
    pub files: Vec<FileLink>,
}

/// One file.
#[derive(Clone, Debug, Serialize)]
pub struct FileLink {
    /// Address relative to the index.
    pub href: String,
    /// Name of its format, for the reader.
    pub format: String,
}

/// Composes the index, in the book's source language and with each group in its own.
pub fn index(request: Request, built: &[Built]) -> Index {
    let book = request.book;
    let head = Head::of(Kind::Index, &Scope::of(Request { site: None, language: book.source_language(), ..request }));
    let of_language = |language: &Language| {
        let files: Vec<&Built> = built.iter().filter(|built| built.language == *language).collect();
        (!files.is_empty()).then(|| language_links(book, language, &files))
    };
    Index { head, languages: book.languages.iter().filter_map(of_language).collect() }
}

fn language_links(book: &Book, language: &Language, files: &[&Built]) -> LanguageLinks {
    let interface = Interface::of(language);
    let prose = |text| Prose::of(text, language, book.source_language());
    let sites = std::iter::once(None).chain(book.sites.iter().map(Some));
    let places = sites.filter_map(|site| {
        let id = site.map(|site| &site.id.name);
        let of_site: Vec<_> = files.iter().filter(|built| built.site.as_ref() == id).copied().collect();
        let documents: Vec<_> = of_site
            .chunk_by(|a, b| (a.kind, &a.role) == (b.kind, &b.role))
            .map(|files| document_links(book, language, files))
            .collect();
        let label = interface.text("index.all-sites").to_owned();
        (!documents.is_empty()).then(|| PlaceLinks { site: site.map(|site| prose(&site.title)), label, documents })
    });
    let name = if interface.is_fallback() { language.tag().to_owned() } else { interface.text("name").to_owned() };
    LanguageLinks { lang: language.tag().to_owned(), name, title: prose(&book.title), places: places.collect() }
}

fn document_links(book: &Book, language: &Language, files: &[&Built]) -> DocumentLinks {
    let interface = Interface::of(language);
    let kind = files.first().map_or("index", |file| file.kind.word());
    let role = files.first().and_then(|file| book.role(file.role.as_ref()?));
    DocumentLinks {
        kind,
        title: interface.text(&format!("document.{kind}")).to_owned(),
        about: interface.text(&format!("index.about.{kind}")).to_owned(),
        role: role.map(|role| Prose::of(&role.title, language, book.source_language())),
        files: files
            .iter()
            .map(|file| FileLink { href: file.path.clone(), format: file.format.to_uppercase() })
            .collect(),
    }
}
