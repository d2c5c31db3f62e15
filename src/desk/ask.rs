//! What was asked of a page, by whom.

use axum::http::Method;
use axum::http::request::Parts;

use super::gate::{Gate, Who, cookie};
use super::query::Query;
use crate::book::{Book, Language, Site};
use crate::document::Days;
use crate::edition::{Filter, FilterKey, Values};
use crate::language::Interface;
use crate::text::iso_day;

/// Whom the first page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Sees to a house day by day.
    Manager,
    /// Writes the standards and teaches them.
    Trainer,
    /// Reviews them.
    Consultant,
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 3] = [Role::Manager, Role::Trainer, Role::Consultant];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Role::Manager => "manager",
            Role::Trainer => "trainer",
            Role::Consultant => "consultant",
        }
    }

    /// The key of what it is called.
    pub fn title_key(self) -> &'static str {
        match self {
            Role::Manager => "desk.role.manager",
            Role::Trainer => "desk.role.trainer",
            Role::Consultant => "desk.role.consultant",
        }
    }

    /// The role of that word.
    pub fn named(word: &str) -> Option<Self> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }
}

impl Ask {
    /// The number of the phone that asks; none of a browser at the desk.
    pub fn phone(&self) -> Option<u32> {
        match self.who {
            Who::Phone(number) => Some(number),
            Who::Desk => None,
        }
    }
}

/// A request that was let in.
pub(super) struct Ask {
    /// The path of the page.
    pub path: String,
    /// What its address asks.
    pub query: Query,
    /// What a form sent.
    pub form: Query,
    /// What a script sent.
    pub body: Vec<u8>,
    /// Whether a script waits for the answer, and no page.
    pub is_of_script: bool,
    /// Whether the answer is to stand in a frame of a page, as far as the browser says.
    pub is_framed: bool,
    /// Who asks.
    pub who: Who,
    /// The token that writes of this browser carry.
    pub token: String,
    /// The language to speak.
    pub interface: &'static Interface,
    /// Whom it is for, once that was said.
    pub role: Option<Role>,
    /// What round was last picked, as an address has it.
    pub picked: Query,
}

/// The filters that a round or a document can be picked by.
pub(super) const FILTERS: [FilterKey; 4] = [FilterKey::Role, FilterKey::Phase, FilterKey::Level, FilterKey::Verify];

/// What of an address picks a round.
pub(super) const PICKED: [&str; 7] = ["site", "role", "phase", "level", "verify", "lang", "edition"];

/// What a document is asked for.
pub(super) struct Picked<'b> {
    /// The site.
    pub site: Option<&'b Site>,
    /// Which standards, of those in force.
    pub filter: Filter,
    /// Which days of what was recorded.
    pub days: Days,
    /// The language.
    pub language: Language,
}

impl<'b> Picked<'b> {
    /// What an address picks of a book; what the book does not have is not picked.
    pub fn of(query: &Query, book: &'b Book, interface: &Interface) -> Self {
        let site = query.get("site").and_then(|name| book.site(name));
        let mut filter = Filter::default();
        for criterion in FILTERS {
            let Some(asked) = query.get(criterion.key()) else { continue };
            let known = match criterion.values() {
                Values::Ids(things) => things.find(book, asked).map(|id| id.name.clone()),
                Values::Words(words) | Values::UpTo(words) => {
                    (words.all)().into_iter().find(|word| *word == asked).map(str::to_owned)
                }
            };
            filter.set(criterion, known.into_iter().collect());
        }
        let named = |tag: &str| book.languages.iter().find(|language| language.tag() == tag);
        let spoken = || book.languages.iter().find(|language| language.primary() == interface.tag());
        let language = query.get("lang").and_then(named).or_else(spoken).unwrap_or_else(|| book.source_language());
        let day = |name| query.get(name).and_then(iso_day);
        let days = Days { from: day("from"), to: day("to") };
        Picked { site, filter: filter.in_force(false), days, language: language.clone() }
    }
}

/// The language of the form that a round is handed in from, where it says so: its page is in one language, whatever the desk
/// speaks.
pub(super) fn of_form(parts: &Parts) -> Option<&'static Interface> {
    let is_handed_in = parts.method == Method::POST && parts.uri.path() == "/rounds";
    let query = Query::parse(parts.uri.query().filter(|_| is_handed_in)?);
    query.get("lang").map(|tag| Interface::of(&Language::new(tag)))
}

/// The language that was chosen, else the one that the program speaks.
pub(super) fn language(gate: &Gate, parts: &Parts, spoken: &'static Interface) -> &'static Interface {
    let chosen = cookie(parts, &format!("{}-lang", gate.cookies));
    chosen.and_then(|tag| Interface::named(&tag)).unwrap_or(spoken)
}
