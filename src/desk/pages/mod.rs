//! The pages: a file for each, and here the register of where they are.

mod actions;
mod customer_rows;
mod customers;
mod documents;
mod form;
mod hand_in;
mod phones;
mod results;
mod review;
mod rounds;
mod said;
mod standards;
mod today;
mod writing;

use axum::http::StatusCode;
use serde::Serialize;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::answer::Answer;
use super::ask::{Ask, Role};
use super::book::Opened;
use super::query::{Query, encoded};
use super::refusal::typed;
use super::server::DeskState;
use crate::diag::Diagnostic;
use crate::edit::{EditError, FileEdit};
use crate::language::{Interface, interface_languages};
use crate::message::Message;
use crate::say;
use crate::source::Sources;
use crate::text::hex;

/// What makes a page, or does what a form asks.
type Handler = fn(&DeskState, &Ask) -> Result<Answer, Trouble>;

/// The pages, by their paths. What a path says beyond a slash at the end of its entry is the name of a thing.
static PAGES: &[(&str, Handler)] = &[
    ("/", today::page),
    ("/rounds", rounds::page),
    ("/rounds/form", form::page),
    ("/actions", actions::page),
    ("/actions/picture", actions::evidence),
    ("/results", results::results),
    ("/customers", customers::page),
    ("/review", review::page),
    ("/review/one", review::detail),
    ("/review/item", review::item),
    ("/review/document", review::document),
    ("/standards", standards::page),
    ("/standards/", standards::standard),
    ("/documents", documents::page),
    ("/documents/show", documents::show),
    ("/writing", writing::page),
    ("/access", phones::access),
];

/// What is written, by the paths that forms and scripts send it to.
static WRITES: &[(&str, Handler)] = &[
    ("/choices", today::choose),
    ("/rounds", hand_in::hand_in),
    ("/rounds/withdraw", rounds::withdraw_round),
    ("/actions/done", actions::done),
    ("/actions/worked", actions::worked),
    ("/customers", customers::take_in),
    ("/customers/row", customer_rows::decide),
    ("/documents/templates", documents::allow_templates),
    ("/review/open", review::open),
    ("/review/decide", review::decide),
    ("/review/people", review::people),
    ("/review/close", review::close),
    ("/review/reopen", review::reopen),
    ("/access/another", phones::another),
    ("/access/pairing", phones::pairing),
    ("/access/remove", phones::remove),
];

/// The pages that every page leads to, in order: the path and the key of the title.
static LINKS: [(&str, &str); 10] = [
    ("/", "today"),
    ("/rounds", "rounds"),
    ("/actions", "actions"),
    ("/results", "results"),
    ("/customers", "customers"),
    ("/review", "review"),
    ("/standards", "standards"),
    ("/documents", "documents"),
    ("/writing", "writing"),
    ("/access", "access"),
];

/// So many characters a remark has, and a reason for what is done to a record.
const MAX_REMARK: usize = 500;
/// So many the reason of a decision has, or of opening a review again.
const MAX_REASON: usize = 2000;
/// So many the lines have that name who decides, and those that say what is asked for beside.
const MAX_PEOPLE: usize = 2000;
const MAX_ADDED: usize = 5000;

/// What a phone may ask for, and what it may send.
static OF_PHONES: [&str; 2] = ["/rounds", "/rounds/form"];
static FROM_PHONES: [&str; 2] = ["/rounds", "/choices"];

/// What pages of the desk show in a frame.
static OF_FRAMES: [&str; 2] = ["/documents/show", "/review/document"];

/// Whether a phone may have that: it fills in, hands in and sees its own rounds, no more.
pub(super) fn is_for_phones(path: &str, is_write: bool) -> bool {
    if is_write { FROM_PHONES.contains(&path) } else { OF_PHONES.contains(&path) }
}

pub(super) use phones::{pair, phone_addresses};

/// Why a page cannot be shown.
pub(super) enum Trouble {
    /// There is no such page, or no such thing.
    Missing,
    /// It cannot be done as asked, or the book does not allow it.
    Refused(Message),
    /// The same, with what is in the way or what to do.
    Several(Message, Vec<Message>),
    /// The same, in the reader's language already.
    Listed(Message, Vec<String>),
    /// The same, as a script reads it.
    Told(Json),
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
        Trouble::Several(error.message(), error.help().into_iter().collect())
    }
}

/// Answers a request that was let in.
pub(super) fn answer(inside: &DeskState, ask: &Ask, is_write: bool) -> Answer {
    let register = if is_write { WRITES } else { PAGES };
    let handler = register.iter().find(|(path, _)| is_at(&ask.path, path)).map(|(_, handler)| *handler);
    let made = handler.map_or(Err(Trouble::Missing), |handler| handler(inside, ask));
    made.unwrap_or_else(|trouble| refused(inside, ask, is_write, trouble))
}

/// The status and the words of a trouble, with what else there is to say of it.
fn spoken(trouble: Trouble, ask: &Ask, words: &Interface) -> (StatusCode, String, Vec<String>) {
    // Where the book is on this computer is not a phone's to know.
    let say = |message: &Message| match message.hole("folder") {
        Some(_) if ask.phone().is_some() => words.text("desk.away").to_owned(),
        _ => words.say(message),
    };
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    match trouble {
        Trouble::Missing => (StatusCode::NOT_FOUND, words.text("desk.missing").to_owned(), Vec::new()),
        Trouble::Refused(message) => (refused, say(&message), Vec::new()),
        Trouble::Told(told) => (refused, told["error"].as_str().unwrap_or_default().to_owned(), Vec::new()),
        Trouble::Several(message, more) => (refused, say(&message), more.iter().map(say).collect()),
        Trouble::Listed(message, more) => (refused, say(&message), more),
        Trouble::NotWritten(message) => (StatusCode::CONFLICT, say(&message), Vec::new()),
    }
}

/// Says to a script what went wrong.
fn told_to_script(trouble: Trouble, ask: &Ask, words: &Interface) -> Answer {
    if let Trouble::Told(told) = trouble {
        return Answer::json(StatusCode::UNPROCESSABLE_ENTITY.as_u16(), &told);
    }
    let (status, message, _) = spoken(trouble, ask, words);
    Answer::json(status.as_u16(), &json!({"error": message}))
}

/// Says why there is no page: for a script, or as a page.
fn refused(inside: &DeskState, ask: &Ask, is_write: bool, trouble: Trouble) -> Answer {
    if ask.is_of_script {
        return told_to_script(trouble, ask, ask.interface);
    }
    let is_there = !matches!(trouble, Trouble::Missing);
    let (status, message, more) = spoken(trouble, ask, ask.interface);
    // Where a document was asked for, it may be that a page of this desk shows it in a frame: no second desk opens in there.
    let may_be_framed = OF_FRAMES.contains(&ask.path.as_str());
    let is_framed = may_be_framed && ask.is_framed;
    let view = json!({
        "message": message, "more": said::for_browsers(more), "typed": typed(&ask.form),
        "is_waiting": is_there && !is_write && !may_be_framed,
    });
    let name = if is_framed { "no-document" } else { "trouble" };
    let page = filled(inside, ask, (name, None), &view).status(status);
    if may_be_framed { page.framed() } else { page }
}

/// A text of a form on one or several lines, as it is written; none where there is none. A text area sends its lines as Windows
/// writes them.
fn text_of(form: &Query, name: &str) -> Option<String> {
    form.get(name).map(|text| text.trim().replace("\r\n", "\n")).filter(|text| !text.is_empty())
}

/// Refuses a text of more letters than its field takes: who sends one has not typed it there.
fn no_longer_than(text: &str, most: usize) -> Result<(), Trouble> {
    let letters = text.chars().count();
    if letters <= most {
        return Ok(());
    }
    let over = letters - most;
    Err(say!(
        "this text has {letters} characters, {over} more than the {most} that are taken here: shorten it",
        letters,
        over,
        most
    )
    .into())
}

/// Whether a path is that of an entry.
fn is_at(asked: &str, path: &str) -> bool {
    asked == path || (path.len() > 1 && path.ends_with('/') && asked.starts_with(path))
}

/// The page that whoever comes without a cookie gets: it exchanges the key of its address.
pub(super) fn door(inside: &DeskState, interface: &'static Interface) -> Answer {
    let view = json!({"lang": interface.tag(), "words": interface.tree()});
    made(inside, "desk/door.html", &view)
}

/// A page of that name with what is its own.
fn page(inside: &DeskState, ask: &Ask, opened: &Opened, name: &str, view: &impl Serialize) -> Answer {
    filled(inside, ask, (name, Some(opened)), view)
}

fn filled(inside: &DeskState, ask: &Ask, (name, opened): (&str, Option<&Opened>), view: &impl Serialize) -> Answer {
    let words = ask.interface;
    let phone = ask.phone();
    let links = LINKS.into_iter().filter(|(path, _)| phone.is_none() || is_for_phones(path, false));
    let links: Vec<Json> = links
        .map(|(path, key)| {
            let is_here = path == ask.path || (path.len() > 1 && ask.path.starts_with(path));
            json!({"path": path, "title": words.text(&format!("desk.title.{key}")), "is_here": is_here})
        })
        .collect();
    let languages: Vec<Json> = interface_languages()
        .filter_map(|tag| Some(json!({"tag": tag, "name": Interface::named(tag)?.text("name")})))
        .collect();
    let roles =
        Role::ALL.map(|role| json!({"word": role.word(), "title": words.text(&format!("desk.role.{}", role.word()))}));
    let back = match ask.query.only(&[
        "site", "role", "phase", "level", "verify", "lang", "edition", "kind", "text", "name", "standard", "from", "to",
    ]) {
        // What a form was sent to is no page.
        _ if !PAGES.iter().any(|(path, _)| is_at(&ask.path, path)) => "/".to_owned(),
        query if query.is_empty() => ask.path.clone(),
        query => format!("{}?{query}", ask.path),
    };
    let base = json!({
        "lang": words.tag(), "words": words.tree(), "token": ask.token, "links": links, "languages": languages,
        "roles": roles, "role": ask.role.filter(|_| phone.is_none()).map(Role::word), "is_phone": phone.is_some(), "back": back,
        "book": opened.map(|opened| opened.title(words.tag())), "home": inside.gate.book,
        "source_title": opened.map(Opened::source_title), "now": *inside.shelf.changes().borrow(),
        "other_language": opened.and_then(|opened| opened.other_language(words)),
        "is_broken": opened.is_some_and(|opened| !opened.errors.is_empty()),
        "most": {"remark": MAX_REMARK, "reason": MAX_REASON, "people": MAX_PEOPLE, "added": MAX_ADDED},
    });
    let Json::Object(base) = base else { return Answer::words(StatusCode::INTERNAL_SERVER_ERROR, "") };
    made(inside, &format!("desk/{name}.html"), &Whole { base, view })
}

/// What a template gets: what all pages have, and what is its own.
#[derive(Serialize)]
struct Whole<'a, V> {
    #[serde(flatten)]
    base: serde_json::Map<String, Json>,
    view: &'a V,
}

fn made(inside: &DeskState, template: &str, view: &impl Serialize) -> Answer {
    match inside.renderer.page(template, view) {
        Ok(html) => Answer::page(html),
        // A fault of a template of the program's own, which its tests would have found.
        Err(error) => Answer::words(StatusCode::INTERNAL_SERVER_ERROR, &error.message()),
    }
}

/// A finding at its place.
fn told(finding: &Diagnostic, sources: &Sources, words: &Interface) -> Json {
    let (start, _) = sources.positions(finding.span);
    let path = &sources.get(finding.span.file).path;
    json!({
        "place": format!("{path}:{}:{}", start.line, start.column), "severity": finding.severity.word(),
        "message": words.say(&finding.message), "help": finding.help.as_ref().map(|help| words.say(help)),
    })
}

/// Does an edit under the book's lock: `edit` says what changes in the book as it stands.
fn written(
    inside: &DeskState,
    ask: &Ask,
    edit: impl FnOnce(&Opened) -> Result<Vec<FileEdit>, Trouble>,
) -> Result<(), Trouble> {
    let (lock, opened) = inside.shelf.book_to_write()?;
    let changes = edit(&opened)?;
    inside.write(&lock, ask, &changes)
}

/// What a page was made from, in a few letters: a form carries it, so that a write tells whether somebody else was there since.
fn state_of(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).unwrap_or_default();
    hex(&Sha256::digest(text)[..8])
}

/// What is said to whoever is the second to write about a thing: what the first one wrote, of what there is of these.
fn meanwhile<'a>(now: impl IntoIterator<Item = Option<&'a str>>) -> Message {
    let now = now.into_iter().flatten().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    say!(
        "this was changed meanwhile, and says now: {now}. Nothing was written; send it again if yours is to replace that",
        now
    )
}

/// An address with what picks a document.
fn address(path: &str, pairs: &[(&str, Option<&str>)]) -> String {
    let pairs = pairs.iter().filter_map(|(name, value)| Some(format!("{name}={}", encoded((*value)?))));
    format!("{path}?{}", pairs.collect::<Vec<_>>().join("&"))
}
