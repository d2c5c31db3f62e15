//! The pages: a file for each, and here the register of where they are.

mod actions;
mod documents;
mod form;
mod hand_in;
mod results;
mod rounds;
mod standards;
mod today;
mod writing;

use axum::http::StatusCode;
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::answer::Answer;
use super::ask::{Ask, Role};
use super::book::Opened;
use super::query::encoded;
use super::server::Inside;
use crate::edit::{Change, EditError};
use crate::language::{Interface, interface_languages};
use crate::message::Message;

/// What makes a page, or does what a form asks.
type Handler = fn(&Inside, &Ask) -> Result<Answer, Trouble>;

/// The pages, by their paths. What a path says beyond a slash at the end of its entry is the name of a thing.
static PAGES: &[(&str, Handler)] = &[
    ("/", today::page),
    ("/rounds", rounds::page),
    ("/rounds/form", form::page),
    ("/actions", actions::page),
    ("/results", results::results),
    ("/customers", results::customers),
    ("/review", results::review),
    ("/standards", standards::page),
    ("/standards/", standards::one),
    ("/documents", documents::page),
    ("/documents/show", documents::show),
    ("/writing", writing::page),
];

/// What is written, by the paths that forms and scripts send it to.
static WRITES: &[(&str, Handler)] = &[
    ("/choices", today::choose),
    ("/rounds", hand_in::hand_in),
    ("/rounds/withdraw", rounds::withdraw_round),
    ("/actions/done", actions::done),
    ("/actions/worked", actions::worked),
];

/// The pages that every page leads to, in order: the path and the key of the title.
static LINKS: [(&str, &str); 9] = [
    ("/", "today"),
    ("/rounds", "rounds"),
    ("/actions", "actions"),
    ("/results", "results"),
    ("/customers", "customers"),
    ("/review", "review"),
    ("/standards", "standards"),
    ("/documents", "documents"),
    ("/writing", "writing"),
];

/// Why a page cannot be shown.
pub(super) enum Trouble {
    /// There is no such page, or no such thing.
    Missing,
    /// It cannot be done as asked, or the book does not allow it.
    Refused(Message),
    /// Somebody else was faster, or the system refused.
    NotWritten(Message),
}

impl From<Message> for Trouble {
    fn from(message: Message) -> Self {
        Trouble::Refused(message)
    }
}

impl From<EditError> for Trouble {
    fn from(error: EditError) -> Self {
        Trouble::Refused(error.message())
    }
}

/// Answers a request that was let in.
pub(super) fn answer(inside: &Inside, ask: &Ask, is_write: bool) -> Answer {
    let register = if is_write { WRITES } else { PAGES };
    let is_at =
        |path: &&str| ask.path == *path || (path.len() > 1 && path.ends_with('/') && ask.path.starts_with(*path));
    let handler = register.iter().find(|(path, _)| is_at(path)).map(|(_, handler)| *handler);
    let made = handler.map_or(Err(Trouble::Missing), |handler| handler(inside, ask));
    made.unwrap_or_else(|trouble| {
        let (status, message) = match trouble {
            Trouble::Missing => (StatusCode::NOT_FOUND, ask.interface.text("desk.missing").to_owned()),
            Trouble::Refused(message) => (StatusCode::UNPROCESSABLE_ENTITY, ask.interface.say(&message)),
            Trouble::NotWritten(message) => (StatusCode::CONFLICT, ask.interface.say(&message)),
        };
        if ask.body.is_empty() {
            return filled(inside, ask, ("trouble", None), &json!({"message": message})).status(status);
        }
        Answer::json(status.as_u16(), &json!({"error": message}))
    })
}

/// The page that whoever comes without a cookie gets: it exchanges the key of its address.
pub(super) fn door(inside: &Inside, interface: &'static Interface) -> Answer {
    let view = json!({"lang": interface.tag(), "words": interface.tree()});
    made(inside, "desk/door.html", &view)
}

/// A page of that name with what is its own.
fn page(inside: &Inside, ask: &Ask, opened: &Opened, name: &str, view: &impl Serialize) -> Answer {
    filled(inside, ask, (name, Some(opened)), view)
}

fn filled(inside: &Inside, ask: &Ask, (name, opened): (&str, Option<&Opened>), view: &impl Serialize) -> Answer {
    let words = ask.interface;
    let links = LINKS.map(|(path, key)| {
        let is_here = path == ask.path || (path.len() > 1 && ask.path.starts_with(path));
        json!({"path": path, "title": words.text(&format!("desk.title.{key}")), "is_here": is_here})
    });
    let languages: Vec<Json> = interface_languages()
        .filter_map(|tag| Some(json!({"tag": tag, "name": Interface::named(tag)?.text("name")})))
        .collect();
    let roles =
        Role::ALL.map(|role| json!({"word": role.word(), "title": words.text(&format!("desk.role.{}", role.word()))}));
    let back = match ask.query.only(&["site", "role", "phase", "level", "lang", "kind", "text"]) {
        query if query.is_empty() => ask.path.clone(),
        query => format!("{}?{query}", ask.path),
    };
    let whole = json!({
        "lang": words.tag(), "words": words.tree(), "token": ask.token, "links": links, "languages": languages,
        "roles": roles, "role": ask.role.map(Role::word), "back": back,
        "book": opened.map(|opened| opened.title(words.tag())), "now": *inside.shelf.changes().borrow(),
        "view": view, "is_broken": opened.is_some_and(|opened| !opened.errors.is_empty()),
    });
    made(inside, &format!("desk/{name}.html"), &whole)
}

fn made(inside: &Inside, template: &str, view: &Json) -> Answer {
    match inside.renderer.page(template, view) {
        Ok(html) => Answer::page(html),
        // A fault of a template of the program's own, which its tests would have found.
        Err(error) => Answer::words(StatusCode::INTERNAL_SERVER_ERROR, &error.message()),
    }
}

/// Does an edit under the book's lock, and goes back to a page: `edit` says what changes in the book as it stands.
fn written(
    inside: &Inside,
    back: &str,
    edit: impl FnOnce(&Opened) -> Result<Vec<Change>, Trouble>,
) -> Result<Answer, Trouble> {
    let (lock, opened) = inside.shelf.book_to_write()?;
    let changes = edit(&opened)?;
    lock.write(&changes).map_err(|error| Trouble::NotWritten(error.message()))?;
    drop(lock);
    inside.shelf.touch();
    Ok(Answer::see(back))
}

/// An address with what picks a document.
fn address(path: &str, pairs: &[(&str, Option<&str>)]) -> String {
    let pairs = pairs.iter().filter_map(|(name, value)| Some(format!("{name}={}", encoded((*value)?))));
    format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
}
