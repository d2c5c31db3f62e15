//! The entrance to what `build` made: pick a place, a role, a language; how it went lately first.

use serde::Serialize;
use serde_json::Value as Json;

use super::head::Head;
use super::prose::Prose;
use super::scope::{Request, Scope};
use super::{DocumentKind, SiteMonth};
use crate::book::{Book, Language, Site};
use crate::language::Interface;

/// One file that `build` made.
#[derive(Clone, Debug)]
pub struct Built {
    /// The path relative to the index, with `/`.
    pub path: String,
    /// What it is.
    pub kind: DocumentKind,
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
pub struct BookIndex {
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
    /// The interface's texts in it, as nested maps.
    pub words: &'static Json,
    /// Site by site, then what is for all of them.
    pub places: Vec<PlaceLinks>,
    /// The roles that something was made for, in the book's order.
    pub roles: Vec<Choice>,
}

/// Something to pick.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub title: Prose,
}

/// What was made for one site, or for all.
#[derive(Clone, Debug, Serialize)]
pub struct PlaceLinks {
    /// Id of the site; empty for what is common to all.
    pub id: String,
    /// What heads the group: the site, or that it is for all of them.
    pub title: Prose,
    /// What was told of its last month.
    pub lately: Option<Lately>,
    /// What tells how it goes.
    pub results: Vec<DocumentLinks>,
    /// What to work with, for everybody.
    pub documents: Vec<DocumentLinks>,
    /// The same for each role.
    pub roles: Vec<RoleLinks>,
}

/// What was told of a place's last month.
#[derive(Clone, Debug, Serialize)]
pub struct Lately {
    /// When.
    pub period: String,
    /// `good`, `bad` or `open`.
    pub tone: &'static str,
    /// The score, large.
    pub score: String,
    /// The level reached.
    pub level: Option<String>,
    /// The same in sentences.
    pub sentences: Vec<String>,
}

/// What was made for a role.
#[derive(Clone, Debug, Serialize)]
pub struct RoleLinks {
    /// The role.
    #[serde(flatten)]
    pub role: Choice,
    /// Its documents.
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
    /// A link a format.
    pub files: Vec<FileLink>,
}

/// One file.
#[derive(Clone, Debug, Serialize)]
pub struct FileLink {
    /// Address relative to the index.
    pub href: String,
    /// What one does with it: fill it in, open it, print it; else the name of its format.
    pub label: String,
    /// `use` for what is taken most, else `other`.
    pub class: &'static str,
}

/// Composes the index, in the book's source language and with each group in its own.
pub fn index(request: Request, built: &[Built], told: &[SiteMonth]) -> BookIndex {
    let book = request.book;
    let head =
        Head::of(DocumentKind::Index, &Scope::of(Request { site: None, language: book.source_language(), ..request }));
    let of_language = |language: &Language| {
        let files: Vec<&Built> = built.iter().filter(|built| built.language == *language).collect();
        let group = Group { book, language, interface: Interface::of(language), told };
        (!files.is_empty()).then(|| group.links(&files))
    };
    BookIndex { head, languages: book.languages.iter().filter_map(of_language).collect() }
}

/// What the links of one language are made from.
struct Group<'a> {
    book: &'a Book,
    language: &'a Language,
    interface: &'static Interface,
    told: &'a [SiteMonth],
}

impl Group<'_> {
    fn links(&self, files: &[&Built]) -> LanguageLinks {
        let Group { book, language, interface, .. } = *self;
        // A place first: whoever comes here works at one.
        let sites = book.sites.iter().map(Some).chain([None]);
        let name = if interface.is_fallback() { language.tag() } else { interface.text("name") };
        let has_own = |role: &&crate::book::Role| files.iter().any(|file| file.role.as_ref() == Some(&role.id.name));
        LanguageLinks {
            lang: language.tag().to_owned(),
            name: name.to_owned(),
            title: self.prose(&book.title),
            words: interface.tree(),
            places: sites.filter_map(|site| self.place(site, files)).collect(),
            roles: book.roles.iter().filter(has_own).map(|role| self.choice(&role.id.name, &role.title)).collect(),
        }
    }

    fn prose(&self, text: &crate::book::Text) -> Prose {
        Prose::of(text, self.language, self.book.source_language())
    }

    fn of_customer(&self, key: &str) -> String {
        self.interface.of_customer(key, self.book.customer_of(None, self.interface.spoken_in(self.language)))
    }

    fn choice(&self, id: &str, title: &crate::book::Text) -> Choice {
        Choice { id: id.to_owned(), title: self.prose(title) }
    }

    fn place(&self, site: Option<&Site>, files: &[&Built]) -> Option<PlaceLinks> {
        let id = site.map(|site| &site.id.name);
        let of_place: Vec<&Built> = files.iter().filter(|built| built.site.as_ref() == id).copied().collect();
        let is_result = |built: &&Built| DocumentKind::OF_RECORDS.contains(&built.kind);
        let (results, others): (Vec<&Built>, Vec<&Built>) = of_place.iter().copied().partition(is_result);
        let (own, common): (Vec<&Built>, Vec<&Built>) = others.into_iter().partition(|built| built.role.is_some());
        let role = |role: &crate::book::Role| {
            let of_role: Vec<&Built> =
                own.iter().filter(|built| built.role.as_ref() == Some(&role.id.name)).copied().collect();
            let role = self.choice(&role.id.name, &role.title);
            (!of_role.is_empty()).then(|| RoleLinks { role, documents: self.documents(of_role) })
        };
        let everywhere = if self.book.sites.is_empty() { "index.documents" } else { "index.all-sites" };
        (!of_place.is_empty()).then(|| PlaceLinks {
            id: id.cloned().unwrap_or_default(),
            title: site.map_or_else(|| Prose::plain(self.interface.text(everywhere)), |site| self.prose(&site.title)),
            lately: self.lately(id),
            results: self.documents(results),
            documents: self.documents(common),
            roles: self.book.roles.iter().filter_map(role).collect(),
        })
    }

    fn lately(&self, site: Option<&String>) -> Option<Lately> {
        let told = self.told.iter().find(|told| told.language == *self.language && told.site.as_ref() == site)?;
        let verdict = told.verdict.clone();
        Some(Lately {
            period: told.period.clone(),
            tone: verdict.tone,
            score: verdict.score,
            level: verdict.level,
            sentences: verdict.sentences,
        })
    }

    /// Documents with their files, what is taken most often first.
    fn documents(&self, mut files: Vec<&Built>) -> Vec<DocumentLinks> {
        // A checklist is taken every day, a manual once.
        files.sort_by_key(|built| (built.kind != DocumentKind::Checklist, built.kind == DocumentKind::Matrix));
        files.chunk_by(|a, b| a.kind == b.kind).map(|files| self.document(files)).collect()
    }

    fn document(&self, files: &[&Built]) -> DocumentLinks {
        let kind = files.first().map_or(DocumentKind::Index, |file| file.kind);
        let word = kind.word();
        let mut files = files.to_vec();
        files.sort_by_key(|file| ["html", "pdf", "xlsx"].iter().position(|first| *first == file.format).unwrap_or(9));
        let label = |format: &str| match (format, kind) {
            ("html", DocumentKind::Checklist | DocumentKind::ReviewChecklist) => {
                self.interface.text("index.fill-in").to_owned()
            }
            ("html", _) => self.interface.text("index.open").to_owned(),
            ("pdf", _) => self.interface.text("index.print").to_owned(),
            ("xlsx", _) => "Excel".to_owned(),
            (other, _) => other.to_uppercase(),
        };
        let link = |(index, file): (usize, &&Built)| {
            let class = if index == 0 { "use" } else { "other" };
            FileLink { href: file.path.clone(), label: label(file.format), class }
        };
        DocumentLinks {
            kind: word,
            title: self.of_customer(&format!("document.{word}")),
            about: self.of_customer(&format!("index.about.{word}")),
            files: files.iter().enumerate().map(link).collect(),
        }
    }
}
