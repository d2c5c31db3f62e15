//! What a document is made of and for: the book, the standards that were chosen, the site, the language, the day.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::head::Limit;
use super::prose::Prose;
use crate::audit::Audits;
use crate::book::{Book, Condition, Language, NounForms, Phase, Sequence, Site, Text};
use crate::edition::{Filter, FilterKey, Selected, Staffing, Values, select};
use crate::language::Interface;
use crate::method::Standards;
use crate::project::{Control, Project};
use crate::source::World;

/// What is asked of a document; the same for every kind.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The book.
    pub book: &'a Book,
    /// The standards at the site.
    pub standards: &'a Standards,
    /// The site, if one is meant.
    pub site: Option<&'a Site>,
    /// Which standards are wanted; see [`Filter::in_force`].
    pub filter: &'a Filter,
    /// The language.
    pub language: &'a Language,
    /// The day that a report tells of.
    pub today: NaiveDate,
    /// What document control knows of the book; none for what it says nothing of, such as a report.
    pub control: Option<&'a Control>,
    /// Where the pictures are that records name as evidence.
    pub pictures: Pictures<'a>,
    /// What was audited, for a document of the book that says what to refresh; none where that is not known.
    pub audits: Option<&'a Audits>,
}

/// Where pictures are read from; nowhere by default.
#[derive(Clone, Copy, Default)]
pub struct Pictures<'a>(Option<&'a dyn World>);

impl std::fmt::Debug for Pictures<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Pictures").field(&self.0.is_some()).finish()
    }
}

impl<'a> Pictures<'a> {
    /// Those of a book's files.
    pub fn of(world: &'a dyn World) -> Self {
        Pictures(Some(world))
    }

    /// What is in a picture's file, by its path in the book; none where it cannot be read.
    pub(super) fn bytes(self, path: &str) -> Option<Vec<u8>> {
        self.0?.bytes(path).ok()
    }
}

impl<'a> Request<'a> {
    /// What is asked of an opened book for all sites.
    pub fn of<W: World>(opened: &'a Project<W>, filter: &'a Filter, language: &'a Language) -> Self {
        Request {
            book: &opened.loaded.book,
            standards: &opened.standards,
            site: None,
            filter,
            language,
            today: opened.world.today(),
            control: None,
            pictures: Pictures::of(&opened.world),
            audits: None,
        }
    }
}

impl Request<'_> {
    /// The same for a document in that format: only a page shows photographs.
    #[must_use]
    pub fn laid_out_as(self, format: &str) -> Self {
        let pictures = if format == "html" { self.pictures } else { Pictures::default() };
        Request { pictures, ..self }
    }
}

/// A request worked out: what the builders of the views work with.
pub(super) struct Scope<'a> {
    pub book: &'a Book,
    pub site: Option<&'a Site>,
    pub language: &'a Language,
    pub today: NaiveDate,
    pub control: Option<&'a Control>,
    pub audits: Option<&'a Audits>,
    pub interface: &'static Interface,
    pub staffing: Staffing,
    pub filter: &'a Filter,
    pub standards: &'a Standards,
    pub pictures: Pictures<'a>,
    /// The standards in the document, in service order.
    pub chosen: Vec<Selected<'a>>,
    /// Their numbers in the document, by id.
    numbers: HashMap<&'a str, usize>,
}

/// A phase and what of it the document shows.
pub(super) struct ShownPhase<'a> {
    pub sequence: &'a Sequence,
    pub phase: &'a Phase,
    /// The standards in the document, in service order.
    pub standards: &'a [Selected<'a>],
}

impl<'a> Scope<'a> {
    pub(super) fn of(request: Request<'a>) -> Self {
        let Request { book, standards, site, filter, language, today, control, audits, pictures } = request;
        let staffing = Staffing::new(book, site);
        let chosen = select(book, standards, site, filter);
        let interface = Interface::of(language);
        let ids = chosen.iter().map(|selected| selected.standard.id.name.as_str());
        let numbers = ids.zip(1..).collect();
        Scope {
            book,
            site,
            language,
            today,
            control,
            audits,
            interface,
            staffing,
            filter,
            standards,
            pictures,
            chosen,
            numbers,
        }
    }

    /// Whether any standard in the document fails its phase where it is not met.
    pub(super) fn has_critical(&self) -> bool {
        self.chosen.iter().any(|selected| selected.standard.critical)
    }

    /// The number of a standard in the document; 0 for one that is not in it.
    pub(super) fn number_of(&self, id: &str) -> usize {
        self.numbers.get(id).copied().unwrap_or_default()
    }

    /// The author's text in the document's language.
    pub(super) fn prose(&self, text: &Text) -> Prose {
        Prose::of(text, self.language, self.book.source_language())
    }

    /// Several of them.
    pub(super) fn proses(&self, texts: &[Text]) -> Vec<Prose> {
        texts.iter().map(|text| self.prose(text)).collect()
    }

    /// A text of the interface.
    pub(super) fn text(&self, key: &str) -> String {
        match self.interface.text(key) {
            // Whoever asks by a key that is put together need not know which of its texts speak of the customer.
            text if text.starts_with("{customer-") => self.of_customer(key),
            text if text.contains("{customer-") => self.with_customer(key, &[]),
            text => text.to_owned(),
        }
    }

    /// A text of the interface that speaks of the customer, in the book's word.
    pub(super) fn of_customer(&self, key: &str) -> String {
        self.interface.of_customer(key, self.customer(None))
    }

    /// The same within a sequence, in the word for whom it serves.
    pub(super) fn of_customer_in(&self, key: &str, sequence: &Sequence) -> String {
        self.interface.of_customer(key, self.customer(Some(sequence)))
    }

    /// The same within a sentence, with what else it says.
    pub(super) fn with_customer(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.interface.with_customer(key, self.customer(None), values)
    }

    /// The word for whom a sequence serves, or else the book, in the language of the interface's texts.
    pub(super) fn customer<'s>(&'s self, sequence: Option<&'s Sequence>) -> Option<&'s NounForms> {
        self.book.customer_of(sequence, self.interface.spoken_in(self.language))
    }

    /// The phases that have standards in the document, in service order.
    pub(super) fn parts(&self) -> impl Iterator<Item = ShownPhase<'_>> {
        self.parts_of(&self.chosen)
    }

    /// The phases of some of them, in the order in which these stand.
    pub(super) fn parts_of<'s>(&'s self, chosen: &'s [Selected<'s>]) -> impl Iterator<Item = ShownPhase<'s>> {
        let place = |selected: &Selected| (selected.standard.sequence, selected.standard.phase);
        chosen.chunk_by(move |a, b| place(a) == place(b)).filter_map(|standards| {
            let first = standards.first()?.standard;
            let sequence = self.book.sequences.get(first.sequence)?;
            Some(ShownPhase { sequence, phase: sequence.phases.get(first.phase)?, standards })
        })
    }

    /// The sequences that the document shows, at the site.
    pub(super) fn sequences(&self) -> impl Iterator<Item = &'a Sequence> {
        self.book.sequences.iter().filter(|sequence| {
            let wanted = self.filter.picks(FilterKey::Sequence, &sequence.id.name);
            wanted && self.holds(&sequence.when) && !sequence.phases.is_empty()
        })
    }

    /// Whether something applies at the site.
    pub(super) fn holds(&self, when: &Option<Condition>) -> bool {
        when.as_ref().is_none_or(|when| when.holds(self.site))
    }

    /// The title of a trait; its id where the book has none of that name.
    pub(super) fn trait_title(&self, name: &str) -> Prose {
        self.book.trait_of(name).map_or_else(|| Prose::plain(name), |known| self.prose(&known.title))
    }

    /// The titles of roles.
    pub(super) fn role_titles(&self, roles: &[String]) -> Vec<Prose> {
        let title =
            |role: &String| self.book.role(role).map_or_else(|| Prose::plain(role), |role| self.prose(&role.title));
        roles.iter().map(title).collect()
    }

    /// The roles that the document was asked for.
    pub(super) fn asked_roles(&self) -> Vec<Prose> {
        self.role_titles(&self.staffing.fold(self.filter.values(FilterKey::Role)))
    }

    /// The roles that it was asked for and that somebody else covers at the site: their duties are told in that one's name.
    fn covered_roles(&self) -> Vec<String> {
        let asked = self.filter.values(FilterKey::Role).iter();
        asked.filter(|role| self.book.role(role).is_some() && !self.staffing.exists(role)).cloned().collect()
    }

    /// What else the document was limited to, and in whose place its roles act.
    pub(super) fn limits(&self) -> Vec<Limit> {
        // Roles stand in a place of their own.
        let filters = self.filter.chosen().filter(|(criterion, _)| *criterion != FilterKey::Role);
        let covered = Limit { label: self.text("limit.instead-of"), values: self.role_titles(&self.covered_roles()) };
        let limits = std::iter::once(covered).chain(filters.map(|(criterion, wanted)| Limit {
            label: self.text(&format!("limit.{}", criterion.key())),
            values: match criterion.values() {
                Values::Ids(things) => {
                    let all = (things.all)(self.book).into_iter();
                    all.filter(|(id, _)| wanted.contains(&id.name)).map(|(_, title)| self.prose(title)).collect()
                }
                Values::Words(words) | Values::UpTo(words) => {
                    let words_in_language = wanted.iter().map(|word| self.text(&format!("{}.{word}", words.texts)));
                    words_in_language.map(Prose::plain).collect()
                }
            },
        }));
        limits.filter(|limit| !limit.values.is_empty()).collect()
    }
}
