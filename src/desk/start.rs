//! The first page of somebody who has no book yet, or does not say which: the books that were opened last, a new one from a
//! sector, an example to look at, and the end.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};
use serde_json::{Value as Json, json};
use tokio::sync::Notify;

use super::answer::Answer;
use super::ask::language;
use super::gate::Gate;
use super::memory::{books_folder, make_folder, recent};
use super::query::Query;
use super::refusal::Refusal;
use super::server::{Desk, DeskError, Opening, Settings, Today, accept, enter_with, runtime, sent};
use crate::book::{Language, MANIFEST, Status};
use crate::edit::init::{Request as New, init};
use crate::edit::{FileEdit, write};
use crate::language::{Interface, interface_languages};
use crate::library;
use crate::message::Message;
use crate::project::Project;
use crate::render::Renderer;
use crate::say;
use crate::source::{Memory, system_says, unportable};

/// So many folders of one name are tried.
const MAX_ALIKE: usize = 99;

/// What the first page sends for a book of no sector: nothing is chosen there until somebody does.
const NO_SECTOR: &str = "none";

/// The first page, which is open.
pub struct Start {
    listener: TcpListener,
    inside: Arc<StartState>,
}

struct StartState {
    gate: Gate,
    renderer: Renderer,
    language: &'static Interface,
    today: Today,
    end: Notify,
}

impl std::fmt::Debug for Start {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Start").field("listener", &self.listener).finish_non_exhaustive()
    }
}

impl Start {
    /// Opens the page, for this computer alone.
    ///
    /// # Errors
    /// When no port can be had, or the system has nothing to make keys of.
    pub fn open(port: Option<u16>, today: Today, language: &'static Interface) -> Result<Self, DeskError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(0))).map_err(|error| failed(&error))?;
        listener.set_nonblocking(true).map_err(|error| failed(&error))?;
        let port = listener.local_addr().map_err(|error| failed(&error))?.port();
        let gate = Gate::new(port, Path::new(""), None, None)
            .map_err(|error| DeskError(say!("the desk cannot be opened: {reason}", reason = error.to_string())))?;
        let renderer = Renderer::new(&BTreeMap::new());
        Ok(Start { listener, inside: Arc::new(StartState { gate, renderer, language, today, end: Notify::new() }) })
    }

    /// The address that opens it, once.
    pub fn address(&self) -> String {
        self.inside.gate.address()
    }

    /// Answers until somebody ends it.
    ///
    /// # Errors
    /// When the system gives no threads, or no connections any more.
    pub fn run(self) -> Result<(), DeskError> {
        let inside = Arc::clone(&self.inside);
        let router = Router::new().fallback(answer).with_state(self.inside);
        let runtime = runtime().map_err(|error| failed(&error))?;
        runtime.block_on(async {
            let answering = tokio::spawn(accept(self.listener, router));
            inside.end.notified().await;
            // What was answered last is still on its way.
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            answering.abort();
        });
        Ok(())
    }
}

fn failed(error: &std::io::Error) -> DeskError {
    DeskError(say!("the desk cannot be opened: {reason}", reason = system_says(error)))
}

async fn answer(State(inside): State<Arc<StartState>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    respond(&inside, parts, body).await.into_response()
}

async fn respond(inside: &Arc<StartState>, parts: Parts, body: Body) -> Answer {
    let words = language(&inside.gate, &parts, inside.language);
    let refusal = Refusal { words, renderer: &inside.renderer };
    if !inside.gate.admits(&parts) {
        return refusal.plain(StatusCode::FORBIDDEN, "forbidden");
    }
    let path = parts.uri.path().to_owned();
    if parts.method == Method::POST && path == "/enter" {
        return enter_with(&inside.gate, body, refusal).await;
    }
    let Some(session) = inside.gate.session(&parts) else {
        return match parts.method {
            Method::GET => shown(inside, "desk/door.html", words, &json!({})).status(StatusCode::UNAUTHORIZED),
            _ => refusal.of_stranger(&parts, body).await,
        };
    };
    if parts.method != Method::POST {
        return match path.as_str() {
            "/" => first(inside, words, &session.token, None),
            _ => Answer::words(StatusCode::NOT_FOUND, words.text("desk.missing")),
        };
    }
    let form = match sent(&parts, body, &session, refusal).await {
        Ok((form, _)) => form,
        Err(refused) => return refused,
    };
    let done = match path.as_str() {
        "/choices" => return chosen(inside, &form),
        "/quit" => {
            inside.end.notify_one();
            return shown(inside, "desk/ended.html", words, &json!({}));
        }
        "/open" => opened_before(&form),
        "/new" => new_book(&form, words),
        "/example" => example(words),
        _ => return Answer::words(StatusCode::NOT_FOUND, words.text("desk.missing")),
    };
    let address = match done {
        Ok(root) => on(inside, root, words).await,
        Err(why) => Err(why),
    };
    match address {
        Ok(address) => shown(inside, "desk/onwards.html", words, &json!({"address": address})),
        Err(why) => first(inside, words, &session.token, Some(&why)).status(StatusCode::UNPROCESSABLE_ENTITY),
    }
}

/// The desk of a book, which goes on answering beside this page: its address.
async fn on(inside: &StartState, root: PathBuf, words: &'static Interface) -> Result<String, Message> {
    let today = Arc::clone(&inside.today);
    let settings =
        Settings { root, today, language: words, port: None, phones: false, behind: None, listen: None, commit: false };
    // It asks the desk that the book may have, which answers on these threads.
    let opening = tokio::task::spawn_blocking(move || Desk::open(settings)).await;
    let opening = opening.map_err(|error| say!("the desk cannot be opened: {reason}", reason = error.to_string()))?;
    match opening.map_err(|error| error.0)? {
        Opening::There(address) => Ok(address),
        Opening::New(desk) => {
            let address = desk.address();
            tokio::spawn(desk.accept());
            Ok(address)
        }
    }
}

/// Remembers a language.
fn chosen(inside: &StartState, form: &Query) -> Answer {
    let answer = Answer::see("/");
    match form.get("lang").and_then(Interface::named) {
        Some(language) => answer.with("set-cookie", inside.gate.kept("lang", language.tag())),
        None => answer,
    }
}

fn shown(inside: &StartState, template: &str, words: &Interface, view: &Json) -> Answer {
    let whole = json!({"lang": words.tag(), "words": words.tree(), "view": view});
    match inside.renderer.page(template, &whole) {
        Ok(html) => Answer::page(html),
        Err(error) => Answer::words(StatusCode::INTERNAL_SERVER_ERROR, &words.say(&error.message())),
    }
}

/// The first page, with what went wrong before.
fn first(inside: &StartState, words: &'static Interface, token: &str, trouble: Option<&Message>) -> Answer {
    let name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let books = recent();
    let books = books
        .iter()
        .enumerate()
        .map(|(place, path)| json!({"place": place, "name": name(path), "path": path.display().to_string()}));
    let sectors = library::sectors().into_iter().map(|id| json!({"id": id, "title": sector_title(id, words)}));
    let languages = interface_languages().filter_map(|tag| {
        Some(json!({"tag": tag, "name": Interface::named(tag)?.text("name"), "is_spoken": tag == words.tag()}))
    });
    let view = json!({
        "token": token, "books": books.collect::<Vec<_>>(), "sectors": sectors.collect::<Vec<_>>(),
        "languages": languages.collect::<Vec<_>>(), "trouble": trouble.map(|trouble| words.say(trouble)),
        "example": example_held(inside, words), "no_sector": NO_SECTOR, "folder": books_folder().map(|folder| folder.display().to_string()),
    });
    shown(inside, "desk/start.html", words, &view)
}

/// What a sector is called: the trade itself, so that a narrow list tells one from another.
fn sector_title(id: &str, words: &Interface) -> String {
    let trade = words.tree().pointer(&format!("/desk/first/sectors/{}", id.replace('-', "_")));
    if let Some(trade) = trade.and_then(Json::as_str) {
        return trade.to_owned();
    }
    let title = || {
        let read = crate::book::load(&library::sector(id)?).ok()?;
        let spoken = Language::new(words.tag());
        read.book.in_language(&read.book.title, &spoken).map(str::to_owned)
    };
    title().unwrap_or_else(|| id.to_owned())
}

/// What the example is called and what it holds, counted in the example itself, so that nothing is promised that it lacks.
fn example_held(inside: &StartState, words: &'static Interface) -> Option<String> {
    let (_, files) = library::example(words.tag());
    let world = Memory { today: (inside.today)(), ..Memory::new(files) };
    let mut project = Project::open(world).ok()?;
    let records = project.records();
    let book = &project.loaded.book;
    let title = book.in_language(&book.title, &Language::new(words.tag()))?;
    let in_force = project.standards.all.iter().filter(|standard| standard.status == Status::Active).count();
    let (rounds, responses) = (records.audits.records.len(), records.feedback.responses.len());
    let counted = [
        ("standards", in_force),
        ("sites", book.sites.len()),
        ("rounds", rounds),
        ("responses", responses),
        ("reviews", records.reviews.all.len()),
    ];
    let holds = counted.into_iter().filter(|(_, n)| *n > 0);
    let holds: Vec<String> = holds.map(|(key, n)| words.count(&format!("desk.first.holds.{key}"), n)).collect();
    let values = [("title", words.quote(title)), ("holds", holds.join(", "))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let about = words.fill("desk.first.example-about", &values);
    let lacking = (rounds == 0 && responses == 0).then(|| words.text("desk.first.example-lacks"));
    Some(
        [Some(about.as_str()), lacking, Some(words.text("desk.first.example-invented"))]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
    )
}

/// A book of the list, by its place there: no path comes from a page.
fn opened_before(form: &Query) -> Result<PathBuf, Message> {
    let place = form.get("book").and_then(|place| place.parse::<usize>().ok());
    place.and_then(|place| recent().into_iter().nth(place)).ok_or_else(|| say!("this book is not there any more"))
}

/// A new book of a sector, in a folder of the user's own.
fn new_book(form: &Query, words: &Interface) -> Result<PathBuf, Message> {
    let sector = form.get("sector").filter(|sector| *sector != NO_SECTOR).map(str::to_owned);
    let title = form.get("title").map(str::trim).filter(|title| !title.is_empty()).map(str::to_owned);
    let language = form.get("language").and_then(Interface::named).map_or(words.tag(), Interface::tag).to_owned();
    let named = title.clone().or_else(|| sector.clone()).unwrap_or_default();
    let made =
        init(&New { sector, languages: vec![language], country: None, title }).map_err(|error| error.message())?;
    placed(&named, &made.changes)
}

/// An example, written out once.
fn example(words: &Interface) -> Result<PathBuf, Message> {
    let (name, files) = library::example(words.tag());
    let folder = books_folder().ok_or_else(no_home)?.join(format!("example-{name}"));
    if folder.join(MANIFEST).is_file() {
        return Ok(folder);
    }
    let change = |(path, text): (String, &str)| FileEdit { path, before: None, after: text.to_owned() };
    let changes: Vec<FileEdit> = files.into_iter().map(change).collect();
    written(&folder, &changes)
}

/// Writes a new book into a folder that is named as it is.
fn placed(title: &str, changes: &[FileEdit]) -> Result<PathBuf, Message> {
    let plain: String = title.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let name = plain.split_whitespace().collect::<Vec<_>>().join("-").to_lowercase();
    let name: String = name.chars().take(60).collect();
    let name = if name.is_empty() || unportable(&name).is_some() { "standards".to_owned() } else { name };
    let base = books_folder().ok_or_else(no_home)?;
    let numbered = (2..=MAX_ALIKE).map(|number| base.join(format!("{name}-{number}")));
    let mut folders = std::iter::once(base.join(&name)).chain(numbered);
    let folder = folders.find(|folder| folder.symlink_metadata().is_err());
    written(&folder.ok_or_else(|| say!("there are too many books of this name"))?, changes)
}

fn written(folder: &Path, changes: &[FileEdit]) -> Result<PathBuf, Message> {
    make_folder(folder).map_err(|error| {
        let reason = system_says(&error);
        say!("cannot make the folder `{folder}`: {reason}", folder = folder.display(), reason)
    })?;
    write(folder, changes).map_err(|error| error.message())?;
    Ok(folder.to_owned())
}

fn no_home() -> Message {
    say!("the system names no folder of your own to put a book into")
}
