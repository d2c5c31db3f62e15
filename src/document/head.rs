//! What every document says of itself: which book, for whom, in which language, of which edition.

use serde::Serialize;
use serde_json::Value as Json;

use super::brand::Brand;
use super::control::{ControlLine, DocumentState, stamp};
use super::kind::DocumentKind;
use super::prose::Prose;
use super::scope::Scope;

/// The head of a document.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    /// Which document it is.
    pub kind: DocumentKind,
    /// The document's language.
    pub lang: String,
    /// The language of the labels, where it is not the document's.
    pub words_lang: Option<String>,
    /// What the document is called.
    pub title: String,
    /// The book's title.
    pub book: Prose,
    /// The site.
    pub site: Option<Prose>,
    /// Id of the site.
    pub site_id: Option<String>,
    /// The roles it is for; empty for everybody.
    pub roles: Vec<Prose>,
    /// What else limits it.
    pub limits: Vec<Limit>,
    /// Document control, line by line: the edition or that it is a draft, and the stamp; of a report the day.
    pub control: Vec<ControlLine>,
    /// The same in short, for the head of every page.
    pub mark: String,
    /// The day that a format may note of its files, as `YYYY-MM-DD`: that of the edition, or of a report.
    pub day: Option<String>,
    /// Colour and logo.
    pub brand: Brand,
    /// Title of the page: document, role, site and book, without marks.
    pub page_title: String,
    /// The interface's texts, as nested maps.
    pub words: &'static Json,
}

/// One filter that was used.
#[derive(Clone, Debug, Serialize, serde::Deserialize)]
pub struct Limit {
    /// What it filters by.
    pub label: String,
    /// What it lets through.
    pub values: Vec<Prose>,
}

impl Head {
    /// The interface's text of a dotted key, for what is written without a template; the key itself where there is none.
    pub fn text<'a>(&self, key: &'a str) -> &'a str {
        let value = key.split('.').try_fold(self.words, |texts, part| texts.get(part.replace('-', "_")));
        value.and_then(|text| text.as_str()).unwrap_or(key)
    }

    /// The same with a name after its kind, as a review has one.
    pub(super) fn of_name(mut self, name: &str) -> Self {
        let titled = format!("{} {name}", self.title);
        self.page_title = self.page_title.replacen(&self.title, &titled, 1);
        self.title = titled;
        self
    }

    /// The same in another state, as a report has it, which is of no edition itself.
    pub(super) fn in_state(self, DocumentState { facts, mark, day }: DocumentState) -> Self {
        Head { control: facts, mark, day, ..self }
    }

    /// The same with the stamp of what the document contains.
    pub(super) fn stamped(mut self, content: &impl Serialize) -> Self {
        let stamp = stamp(content);
        self.mark = if self.mark.is_empty() { stamp.clone() } else { format!("{} · {stamp}", self.mark) };
        self.control.push(ControlLine { label: self.text("common.stamp").to_owned(), value: Prose::plain(stamp) });
        self
    }

    /// The head of a document of that kind in that scope.
    pub(super) fn of(kind: DocumentKind, scope: &Scope) -> Self {
        let words = scope.interface;
        let title = scope.of_customer(&format!("document.{}", kind.word()));
        let book = scope.prose(&scope.book.title);
        let site = scope.site.map(|site| scope.prose(&site.title));
        let roles = scope.asked_roles();
        let mut parts = vec![title.clone()];
        parts.extend(roles.iter().map(Prose::characters));
        parts.extend(site.iter().map(Prose::characters));
        parts.push(book.characters());
        let state =
            if kind == DocumentKind::Checklist { DocumentState::of_form(scope) } else { DocumentState::of(scope) };
        let DocumentState { facts, mark, day } = state;
        Head {
            kind,
            lang: scope.language.tag().to_owned(),
            words_lang: words.is_fallback().then(|| words.tag().to_owned()),
            title,
            book,
            site,
            site_id: scope.site.map(|site| site.id.name.clone()),
            roles,
            limits: scope.limits(),
            control: facts,
            mark,
            day,
            brand: Brand::of(&scope.book.brand),
            page_title: parts.join(" · "),
            words: words.tree(),
        }
    }
}
