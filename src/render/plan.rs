//! Which documents a book gives, and where each goes.

use std::collections::HashSet;

use super::{FORMATS, Format, formats_of};
use crate::book::{Book, Language, Site};
use crate::document::{Built, Composer, DocumentKind};
use crate::edition::{Filter, FilterKey, Staffing, select};
use crate::method::Standards;

/// The kinds of documents that a book gives: those that it fills by itself, and what composes each. What goes to other
/// programs is asked for by `export`, and has no format.
fn given() -> impl Iterator<Item = (DocumentKind, Composer)> {
    DocumentKind::ALL.iter().filter_map(|kind| Some((*kind, kind.composer()?)))
}

/// The formats that people take; the others are asked for by name.
const TAKEN: [&str; 3] = ["html", "pdf", "xlsx"];

/// What each kind is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    /// The whole book at once.
    Book,
    /// All sites together, and each of them.
    Places,
    /// The same, and each role of each site.
    Roles,
}

impl For {
    fn of(kind: DocumentKind) -> Self {
        match kind {
            DocumentKind::Manual | DocumentKind::Checklist => For::Roles,
            DocumentKind::Matrix | DocumentKind::ReviewReport | DocumentKind::ReviewChecklist => For::Book,
            _ => For::Places,
        }
    }

    /// Whether there is one for a place; none is all sites together.
    fn is_for(self, site: Option<&Site>) -> bool {
        self != For::Book || site.is_none()
    }

    /// Whether each role gets one of its own there: at a site, or in a book that has none.
    fn by_role(self, book: &Book, site: Option<&Site>) -> bool {
        self == For::Roles && (site.is_some() || book.sites.is_empty())
    }
}

/// The formats that some of those can be had in.
pub fn formats() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| given().any(|(kind, _)| (format.does)(kind)))
}

/// The paths of the page that links the others, each with its format.
pub fn index() -> impl Iterator<Item = (String, &'static Format)> {
    formats_of(DocumentKind::Index).map(|format| (format!("{}.{}", DocumentKind::Index.word(), format.name), format))
}

/// What a run is limited to.
#[derive(Debug)]
pub struct BuildSelection<'a> {
    /// The languages.
    pub languages: Vec<Language>,
    /// Names of formats; empty for those that people take.
    pub formats: Vec<String>,
    /// One site, instead of all and what is common to them.
    pub site: Option<&'a Site>,
    /// The standards.
    pub filter: Filter,
    /// The kinds made of records that there is something to tell in.
    pub records: Vec<DocumentKind>,
}

impl BuildSelection<'_> {
    /// Whatever a run of this program may have made.
    pub fn everything(book: &Book, drafts: bool, records: Vec<DocumentKind>) -> Self {
        let filter = Filter::default().in_force(drafts);
        let formats = FORMATS.iter().filter(|format| format.is_built_in).map(|format| format.name.to_owned());
        BuildSelection { languages: book.languages.clone(), formats: formats.collect(), site: None, filter, records }
    }

    /// Whether a format is wanted: by name, else those that people take, as far as the program was built with them.
    fn wants(&self, format: &Format) -> bool {
        match self.formats.as_slice() {
            [] => format.is_built_in && TAKEN.contains(&format.name),
            named => named.iter().any(|name| name == format.name),
        }
    }
}

/// One document, in all formats asked for.
#[derive(Debug)]
pub struct Job<'a> {
    /// The kind.
    pub kind: DocumentKind,
    /// What composes it; none where it is made of records.
    pub compose: Option<Composer>,
    /// The language.
    pub language: &'a Language,
    /// The site; none for what is common to all.
    pub site: Option<&'a Site>,
    /// The role whose own document it is.
    role: Option<String>,
    /// The standards in it.
    pub filter: Filter,
    formats: Vec<&'static Format>,
}

impl Job<'_> {
    /// The paths of its files below `out/`, each with its format. A name says what is inside wherever the file goes: what it
    /// is, for which site and role, and in which language.
    pub fn files(&self) -> impl Iterator<Item = (String, &'static Format)> {
        let site = self.site.map(|site| site.id.name.as_str());
        let folder = site.map(|site| format!("{site}/")).unwrap_or_default();
        let parts = [Some(self.kind.word()), site, self.role.as_deref()];
        let name = parts.into_iter().flatten().collect::<Vec<_>>().join("-");
        let stem = format!("{}/{folder}{name}.{}", self.language, self.language);
        self.formats.iter().map(move |format| (format!("{stem}.{}", format.name), *format))
    }

    /// The same for the index.
    pub fn built(&self) -> impl Iterator<Item = Built> {
        self.files().map(|(path, format)| Built {
            path,
            kind: self.kind,
            format: format.name,
            language: self.language.clone(),
            site: self.site.map(|site| site.id.name.clone()),
            role: self.role.clone(),
        })
    }
}

/// So many files may one run make. A book of three languages, a hundred sites and thirty roles has half as many.
pub const MAX_FILES: usize = 100_000;

/// How many files a book gives at least, counted before any of its roles is looked at.
pub fn least(book: &Book, limits: &BuildSelection<'_>) -> usize {
    let languages = book.languages.iter().filter(|language| limits.languages.contains(language)).count();
    let files = |kind: DocumentKind| formats_of(kind).filter(|format| limits.wants(format)).count();
    let places = |kind: DocumentKind| match (For::of(kind), limits.site) {
        (For::Book, None) => 1,
        (For::Book, Some(_)) => 0,
        (_, None) => book.sites.len() + 1,
        (_, Some(_)) => 1,
    };
    let of_language: usize = given().map(|(kind, _)| files(kind).saturating_mul(places(kind))).sum();
    languages.saturating_mul(of_language)
}

/// All documents: language by language, what is common to all sites first, then site by site.
pub fn jobs<'a>(book: &'a Book, standards: &Standards, limits: &BuildSelection<'a>) -> Vec<Job<'a>> {
    let sites: Vec<Option<&Site>> = match limits.site {
        Some(site) => vec![Some(site)],
        None => std::iter::once(None).chain(book.sites.iter().map(Some)).collect(),
    };
    let mut jobs = Vec::new();
    for language in book.languages.iter().filter(|language| limits.languages.contains(language)) {
        for site in &sites {
            let roles = roles(book, standards, *site, &limits.filter);
            let of_book = given().map(|(kind, compose)| (kind, Some(compose)));
            let of_records =
                DocumentKind::OF_RECORDS.iter().filter(|kind| limits.records.contains(kind)).map(|kind| (*kind, None));
            // Results first: they are what the page that links all of this is opened for.
            for (kind, compose) in of_records.chain(of_book) {
                let formats: Vec<&'static Format> = formats_of(kind).filter(|format| limits.wants(format)).collect();
                let made_for = For::of(kind);
                if formats.is_empty() || !made_for.is_for(*site) {
                    continue;
                }
                let own = roles.iter().filter(|_| made_for.by_role(book, *site)).cloned().map(Some);
                jobs.extend(std::iter::once(None).chain(own).map(|role| {
                    let mut filter = limits.filter.clone();
                    if let Some(role) = &role {
                        filter.set(FilterKey::Role, vec![role.clone()]);
                    }
                    Job { kind, compose, language, site: *site, role, filter, formats: formats.clone() }
                }));
            }
        }
    }
    jobs
}

/// The roles that get documents of their own: those that keep a standard there by name, in the book's order.
fn roles(book: &Book, standards: &Standards, site: Option<&Site>, filter: &Filter) -> Vec<String> {
    let wanted = Staffing::new(book, site).fold(filter.values(FilterKey::Role));
    let chosen = select(book, standards, site, filter);
    let kept: HashSet<&String> = chosen.iter().flat_map(|selected| selected.roles.iter()).collect();
    let keeps = |role: &String| kept.contains(role);
    let names = book.roles.iter().map(|role| role.id.name.clone());
    names.filter(|role| (wanted.is_empty() || wanted.contains(role)) && keeps(role)).collect()
}
