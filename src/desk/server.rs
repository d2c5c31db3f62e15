//! The connections: who comes, what is read of them, and for how long anybody waits.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{Method, Response, StatusCode};
use chrono::NaiveDate;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::answer::Answer;
use super::ask::{Ask, Role};
use super::book::Shelf;
use super::gate::{Gate, Session, cookie};
use super::pages;
use super::query::Query;
use crate::language::Interface;
use crate::message::Message;
use crate::render::Renderer;
use crate::say;
use crate::source::system_says;

/// A filled-in form, photographs included, holds no more.
const MAX_FORM: usize = 64 * 1024 * 1024;

/// What a form of a page sends holds no more.
const MAX_FIELDS: usize = 64 * 1024;

/// So many connections at a time.
const MAX_CONNECTIONS: usize = 256;

/// So many pages are made at a time.
const MAX_PAGES: usize = 8;

/// The head of a request is sent within this, or the connection ends.
const HEAD_WITHIN: Duration = Duration::from_secs(10);

/// The body of a request is sent within this.
const BODY_WITHIN: Duration = Duration::from_secs(120);

/// A page that waits for a change of the book is answered after this, change or not.
const WAIT: Duration = Duration::from_secs(25);

/// The ports that books have their own among: none that systems give out by themselves.
const PORTS: std::ops::Range<u16> = 20_000..30_000;

/// What a desk needs to know.
pub struct Settings {
    /// The book's folder.
    pub root: PathBuf,
    /// The day, asked for anew each time.
    pub today: Box<dyn Fn() -> NaiveDate + Send + Sync>,
    /// The language to speak until another is chosen.
    pub language: &'static Interface,
    /// The port; without it, one that the same book gets again.
    pub port: Option<u16>,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings").field("root", &self.root).finish_non_exhaustive()
    }
}

/// Why a desk cannot be opened.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct DeskError(pub Message);

/// A desk that is open, and answers once it runs.
pub struct Desk {
    listener: TcpListener,
    inside: Arc<Inside>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").field("listener", &self.listener).finish_non_exhaustive()
    }
}

/// What pages are made from.
pub(super) struct Inside {
    /// Who is let in.
    pub gate: Gate,
    /// The book.
    pub shelf: Shelf,
    /// The program's own templates: none of a book's runs here.
    pub renderer: Renderer,
    language: &'static Interface,
}

impl Desk {
    /// Opens a desk, for this computer alone.
    ///
    /// # Errors
    /// When the port is taken, or the system has nothing to make keys of.
    pub fn open(settings: Settings) -> Result<Self, DeskError> {
        let said = |error: std::io::Error| {
            DeskError(say!("the desk cannot be opened: {reason}", reason = system_says(&error)))
        };
        let root = settings.root.canonicalize().map_err(said)?;
        let bind = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
        let listener = match settings.port {
            Some(port) => bind(port).map_err(|error| {
                DeskError(say!(
                    "port {port} cannot be had: {reason}",
                    port = port.to_string(),
                    reason = system_says(&error)
                ))
            })?,
            None => bind(port_of(&root)).or_else(|_| bind(0)).map_err(said)?,
        };
        listener.set_nonblocking(true).map_err(said)?;
        let port = listener.local_addr().map_err(said)?.port();
        let gate = Gate::new(port, &root)
            .map_err(|error| DeskError(say!("the desk cannot be opened: {reason}", reason = error.to_string())))?;
        let inside = Inside {
            gate,
            shelf: Shelf::new(root, settings.today),
            renderer: Renderer::new(&std::collections::BTreeMap::new()),
            language: settings.language,
        };
        Ok(Desk { listener, inside: Arc::new(inside) })
    }

    /// The address that opens it, once.
    pub fn address(&self) -> String {
        self.inside.gate.address()
    }

    /// Answers until the program ends.
    ///
    /// # Errors
    /// When the system gives no threads, or no connections any more.
    pub fn run(self) -> Result<(), DeskError> {
        let said = |error: std::io::Error| {
            DeskError(say!("the desk cannot be opened: {reason}", reason = system_says(&error)))
        };
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        let runtime = runtime.worker_threads(2).max_blocking_threads(MAX_PAGES).enable_all().build().map_err(said)?;
        runtime.block_on(self.accept()).map_err(said)
    }

    async fn accept(self) -> std::io::Result<()> {
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        let router = Router::new().fallback(answer).with_state(self.inside);
        let room = Arc::new(Semaphore::new(MAX_CONNECTIONS));
        loop {
            // Nobody is turned away while there is room; nobody is served while there is none.
            let Ok(place) = Arc::clone(&room).acquire_owned().await else { return Ok(()) };
            let Ok((stream, _)) = listener.accept().await else {
                // Out of handles, say: some will be given back.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            let service = TowerToHyperService::new(router.clone());
            tokio::spawn(async move {
                let mut connection = http1::Builder::new();
                connection.timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN);
                // Whoever hangs up has read enough.
                let _ = connection.serve_connection(TokioIo::new(stream), service).await;
                drop(place);
            });
        }
    }
}

/// The port that a book gets again each time: what a browser or a phone remembers is found under it.
fn port_of(root: &Path) -> u16 {
    let digest = Sha256::digest(root.to_string_lossy().as_bytes());
    let number = u16::from_be_bytes([digest[0], digest[1]]);
    PORTS.start + number % (PORTS.end - PORTS.start)
}

/// Answers a request: first whether it is let in at all, then what it may send, then by its page.
async fn answer(State(inside): State<Arc<Inside>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    respond(inside, parts, body).await.into_response()
}

async fn respond(inside: Arc<Inside>, parts: Parts, body: Body) -> Answer {
    if !inside.gate.admits(&parts) {
        return Answer::words(StatusCode::FORBIDDEN, "forbidden");
    }
    let is_post = parts.method == Method::POST;
    if !is_post && parts.method != Method::GET && parts.method != Method::HEAD {
        return Answer::words(StatusCode::METHOD_NOT_ALLOWED, "method not allowed")
            .with("allow", "GET, HEAD, POST".to_owned());
    }
    let path = parts.uri.path().to_owned();
    if is_post && path == "/enter" {
        return enter(&inside, body).await;
    }
    let Some(session) = inside.gate.session(&parts) else {
        let interface = language(&inside, &parts);
        return match parts.method {
            Method::GET => pages::door(&inside, interface).status(StatusCode::UNAUTHORIZED),
            _ => Answer::words(StatusCode::UNAUTHORIZED, "unauthorized"),
        };
    };
    if path == "/events" && !is_post {
        return wait(&inside, &parts).await;
    }
    let (form, body) = match is_post {
        true => match sent(&parts, body, &session).await {
            Ok(sent) => sent,
            Err(refused) => return refused,
        },
        false => (Query::default(), Vec::new()),
    };
    let remembered = |what: &str| cookie(&parts, &format!("{}-{what}", inside.gate.cookies));
    let ask = Ask {
        query: Query::parse(parts.uri.query().unwrap_or_default()),
        form,
        body,
        token: session.token,
        interface: language(&inside, &parts),
        role: remembered("role").as_deref().and_then(Role::named),
        picked: Query::parse(&remembered("picked").unwrap_or_default()),
        path,
    };
    let made = tokio::task::spawn_blocking(move || pages::answer(&inside, &ask, is_post)).await;
    made.unwrap_or_else(|_| Answer::words(StatusCode::INTERNAL_SERVER_ERROR, "this page could not be made"))
}

/// The language that was chosen, else the one that the program speaks.
fn language(inside: &Inside, parts: &Parts) -> &'static Interface {
    let chosen = cookie(parts, &format!("{}-lang", inside.gate.cookies));
    chosen.and_then(|tag| Interface::named(&tag)).unwrap_or(inside.language)
}

/// Exchanges the key for a cookie and a token.
async fn enter(inside: &Inside, body: Body) -> Answer {
    let Ok(Ok(body)) = timeout(BODY_WITHIN, to_bytes(body, MAX_FIELDS)).await else {
        return Answer::words(StatusCode::PAYLOAD_TOO_LARGE, "too large");
    };
    let form = Query::parse(&String::from_utf8_lossy(&body));
    match form.get("key").and_then(|key| inside.gate.enter(key)) {
        Some(session) => {
            let kept = inside.gate.set(&session);
            Answer::json(200, &json!({"token": session.token})).with("set-cookie", kept)
        }
        None => Answer::json(403, &json!({"error": "this key opens nothing"})),
    }
}

/// What a write sends, once it is sure that this browser means it.
async fn sent(parts: &Parts, body: Body, session: &Session) -> Result<(Query, Vec<u8>), Answer> {
    let said = |name| parts.headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    let kind = said(CONTENT_TYPE.as_str()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let without_token = || Answer::json(403, &json!({"error": "this page is out of date: load it again"}));
    let (is_form, most) = match kind.as_str() {
        "application/json" => (false, MAX_FORM),
        "application/x-www-form-urlencoded" => (true, MAX_FIELDS),
        _ if !session.allows(said("x-desk-token")) => return Err(without_token()),
        _ => return Err(Answer::words(StatusCode::UNSUPPORTED_MEDIA_TYPE, "send JSON, or a form")),
    };
    // Nothing large is read of whom nobody knows.
    if !is_form && !session.allows(said("x-desk-token")) {
        return Err(without_token());
    }
    let too_large = || Answer::json(413, &json!({"error": "this is larger than any form"}));
    let announced = said("content-length").and_then(|length| length.parse::<u64>().ok());
    if announced.is_some_and(|length| length > most as u64) {
        return Err(too_large());
    }
    let body = match timeout(BODY_WITHIN, to_bytes(body, most)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return Err(too_large()),
        Err(_) => return Err(Answer::words(StatusCode::REQUEST_TIMEOUT, "too slow")),
    };
    if !is_form {
        return Ok((Query::default(), body.into()));
    }
    let form = Query::parse(&String::from_utf8_lossy(&body));
    match session.allows(said("x-desk-token").or(form.get("token"))) {
        true => Ok((form, Vec::new())),
        false => Err(without_token()),
    }
}

/// Answers when the book is another than the page shows, or after a while.
async fn wait(inside: &Inside, parts: &Parts) -> Answer {
    let query = Query::parse(parts.uri.query().unwrap_or_default());
    let since: Option<u64> = query.get("since").and_then(|since| since.parse().ok());
    let mut changes = inside.shelf.changes();
    let _ = timeout(WAIT, changes.wait_for(|now| Some(*now) != since)).await;
    let now = *changes.borrow();
    Answer::json(200, &json!({"now": now}))
}
