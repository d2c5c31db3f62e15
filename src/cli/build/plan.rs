//! Which documents a book gives, and where each goes.

use crate::book::{Book, Language, Site};
use crate::document::{Built, OfBook};
use crate::edition::{Filter, Staffing, select};
use crate::method::Standards;
use crate::render::{FORMATS, Format, formats_of};

/// The name of the page that links the others, without its ending.
pub(super) const INDEX: &str = "index";

/// The kinds of documents that a book gives; what goes to other programs is asked for by `export`.
const GIVEN: [OfBook; 4] = [OfBook::Manual, OfBook::Checklist, OfBook::Matrix, OfBook::Blueprint];

/// The formats that some of those can be had in.
pub(super) fn formats() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| format.documents.iter().any(|kind| GIVEN.iter().any(|one| one.kind() == *kind)))
}

/// What a run is limited to.
pub(super) struct Limits<'a> {
    /// The languages.
    pub languages: Vec<Language>,
    /// Names of formats; empty for all.
    pub formats: Vec<String>,
    /// One site, instead of all and what is common to them.
    pub site: Option<&'a Site>,
    /// The standards.
    pub filter: Filter,
}

impl Limits<'_> {
    /// No limits.
    pub(super) fn none(book: &Book, drafts: bool) -> Self {
        let filter = Filter::default().in_force(drafts);
        Limits { languages: book.languages.clone(), formats: Vec::new(), site: None, filter }
    }
}

/// One document, in all formats asked for.
pub(super) struct Job<'a> {
    pub of_book: OfBook,
    pub language: &'a Language,
    pub site: Option<&'a Site>,
    /// The role whose own document it is.
    pub role: Option<String>,
    pub filter: Filter,
    formats: Vec<&'static Format>,
}

impl Job<'_> {
    /// The paths of its files below `out/`, each with its format.
    pub(super) fn files(&self) -> impl Iterator<Item = (String, &'static Format)> {
        let site = self.site.map(|site| format!("{}/", site.id.name)).unwrap_or_default();
        let role = self.role.as_ref().map(|role| format!("-{role}")).unwrap_or_default();
        let stem = format!("{}/{site}{}{role}", self.language, self.of_book.kind().word());
        self.formats.iter().map(move |format| (format!("{stem}.{}", format.extension), *format))
    }

    /// The same for the index.
    pub(super) fn built(&self) -> Vec<Built> {
        let built = |(path, format): (String, &'static Format)| Built {
            path,
            kind: self.of_book.kind(),
            format: format.name,
            language: self.language.clone(),
            site: self.site.map(|site| site.id.name.clone()),
            role: self.role.clone(),
        };
        self.files().map(built).collect()
    }
}

/// All documents: language by language, what is common to all sites first, then site by site.
pub(super) fn jobs<'a>(book: &'a Book, standards: &Standards, limits: &Limits<'a>) -> Vec<Job<'a>> {
    let sites: Vec<Option<&Site>> = match limits.site {
        Some(site) => vec![Some(site)],
        None => std::iter::once(None).chain(book.sites.iter().map(Some)).collect(),
    };
    let mut jobs = Vec::new();
    for language in book.languages.iter().filter(|language| limits.languages.contains(language)) {
        for site in &sites {
            let roles = roles(book, standards, *site, &limits.filter);
            // A manual for all, and one for each role; of the other kinds one for all.
            let own = |of_book| roles.iter().filter(move |_| of_book == OfBook::Manual).cloned().map(Some);
            let each =
                GIVEN.into_iter().flat_map(|one| std::iter::once(None).chain(own(one)).map(move |role| (one, role)));
            for (of_book, role) in each {
                let wanted = |format: &&'static Format| {
                    let named = limits.formats.iter().any(|name| name == format.name);
                    named || (limits.formats.is_empty() && format.is_built_in)
                };
                let formats: Vec<&'static Format> = formats_of(of_book.kind()).filter(wanted).collect();
                if formats.is_empty() {
                    continue;
                }
                let mut filter = limits.filter.clone();
                filter.roles = role.iter().cloned().chain(filter.roles.drain(..).filter(|_| role.is_none())).collect();
                jobs.push(Job { of_book, language, site: *site, role, filter, formats });
            }
        }
    }
    jobs
}

/// The roles that get a manual of their own: those that keep a standard there by name, in the book's order.
fn roles(book: &Book, standards: &Standards, site: Option<&Site>, filter: &Filter) -> Vec<String> {
    let wanted = Staffing::new(book, site).fold(&filter.roles);
    let chosen = select(book, standards, site, filter);
    let keeps = |role: &String| chosen.iter().any(|one| one.roles.contains(role));
    let names = book.roles.iter().map(|role| role.id.name.clone());
    names.filter(|role| (wanted.is_empty() || wanted.contains(role)) && keeps(role)).collect()
}
