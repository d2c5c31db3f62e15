//! The connections: who comes, what is read of them, and for how long anybody waits.

use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
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
use super::ask::{Ask, Role, language, of_form};
use super::behind::Behind;
use super::book::Shelf;
use super::gate::{Gate, Session, Via, Who, cookie, is_same, secret};
use super::phones::{Pairing, Phones};
use super::query::Query;
use super::refusal::{Refusal, is_form};
use super::{memory, once, pages};
use crate::language::Interface;
use crate::message::Message;
use crate::render::Renderer;
use crate::say;
use crate::source::{MAX_FILE_BYTES, is_under_way, system_says};

/// A filled-in form, photographs included, holds no more.
const MAX_FORM: usize = 64 * 1024 * 1024;

/// A table of what customers said holds no more: what is larger is not read as part of a book either.
const MAX_TABLE: usize = MAX_FILE_BYTES as usize;

/// A workbook, as browsers name it.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What a form of a page sends holds no more.
pub(super) const MAX_FIELDS: usize = 64 * 1024;

/// So much of one that is too long is read, to give back what was typed.
const MAX_TYPED: usize = LARGE;
/// So many connections at a time from this computer, and as many from the network: whoever takes up all of those there takes none
/// from whoever sits at the desk.
const MAX_CONNECTIONS: usize = 256;

/// So many pages are made at a time.
const MAX_PAGES: usize = 8;

/// A body of more than this is large: so many are read at a time, and of one at a time a page is made, so that what several
/// send at once takes the memory of few.
const LARGE: usize = 1024 * 1024;
static LARGE_READ: Semaphore = Semaphore::const_new(4);
static LARGE_MADE: Semaphore = Semaphore::const_new(1);

/// The head of a request is sent within this, or the connection ends.
const HEAD_WITHIN: Duration = Duration::from_secs(10);

/// Nobody knows yet who sends a key or a number, so their body is waited for no longer than a head.
pub(super) const STRANGER_WITHIN: Duration = HEAD_WITHIN;

/// The body of a request is sent within this.
pub(super) const BODY_WITHIN: Duration = Duration::from_secs(120);

/// A page that waits for a change of the book is answered after this, change or not.
const WAIT: Duration = Duration::from_secs(25);

/// So often somebody who waits looks whether the book's folder is still the one that is watched.
const LOOK: Duration = Duration::from_secs(1);

/// The ports that books have their own among: none that systems give out by themselves.
const PORTS: std::ops::Range<u16> = 20_000..30_000;

/// Says which day it is.
pub type Today = Arc<dyn Fn() -> NaiveDate + Send + Sync>;

/// What a desk needs to know.
pub struct Settings {
    /// The book's folder.
    pub root: PathBuf,
    /// The day, asked for anew each time.
    pub today: Today,
    /// The language to speak until another is chosen.
    pub language: &'static Interface,
    /// The port; without it, one that the same book gets again.
    pub port: Option<u16>,
    /// Whether phones on the same network may come in.
    pub phones: bool,
    /// The address of a reverse proxy that this is behind.
    pub behind: Option<Behind>,
    /// Where that proxy reaches this, if not on this computer.
    pub listen: Option<IpAddr>,
    /// Whether what is written is committed.
    pub commit: bool,
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
    inside: Arc<DeskState>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").field("listener", &self.listener).finish_non_exhaustive()
    }
}

/// What comes of opening a desk.
#[derive(Debug)]
pub enum Opening {
    /// A new one.
    New(Box<Desk>),
    /// The book has one already: the address that lets one more browser in.
    There(String),
}

/// What pages are made from.
pub(super) struct DeskState {
    /// Who is let in.
    pub gate: Gate,
    /// The book.
    pub shelf: Shelf,
    /// The program's own templates: none of a book's runs here.
    pub renderer: Renderer,
    language: &'static Interface,
    /// Whether what is written is committed.
    pub is_committing: bool,
    /// What of the committing went wrong last.
    pub trouble: Mutex<Option<Message>>,
    /// What whoever starts a second desk on the book says.
    secret: String,
}

impl Desk {
    /// Opens a desk, for this computer alone unless phones are let in. A book that has one already gets no second, unless a port
    /// is asked for.
    ///
    /// # Errors
    /// When the port is taken, or the system has nothing to make keys of.
    pub fn open(settings: Settings) -> Result<Opening, DeskError> {
        let cannot_open = |error: std::io::Error| {
            DeskError(say!("the desk cannot be opened: {reason}", reason = system_says(&error)))
        };
        let root = settings.root.canonicalize().map_err(cannot_open)?;
        if settings.port.is_none()
            && let Some(there) = once::first(&root)
        {
            return once::is_as_asked(&settings, &there).map(|()| Opening::There(there.address));
        }
        if settings.commit {
            is_under_way(&root).map_err(|fault| {
                DeskError(say!("nothing can be committed here: {reason}", reason = fault.message()))
            })?;
        }
        // A proxy asks for phones too: from this computer, if nothing else is said.
        let from: IpAddr = match (&settings.behind, settings.phones) {
            (Some(_), _) => settings.listen.unwrap_or(Ipv4Addr::LOCALHOST.into()),
            (None, true) => Ipv4Addr::UNSPECIFIED.into(),
            (None, false) => Ipv4Addr::LOCALHOST.into(),
        };
        let bind = |port: u16| TcpListener::bind((from, port));
        let listener = match settings.port {
            Some(port) => bind(port).map_err(|error| {
                DeskError(say!(
                    "port {port} cannot be had: {reason}",
                    port = port.to_string(),
                    reason = system_says(&error)
                ))
            })?,
            None => {
                let ports = once::last_port(&root).into_iter().chain([port_of(&root), 0]);
                let mut last = Err(std::io::ErrorKind::AddrInUse.into());
                for port in ports {
                    last = bind(port);
                    if last.is_ok() {
                        break;
                    }
                }
                last.map_err(cannot_open)?
            }
        };
        listener.set_nonblocking(true).map_err(cannot_open)?;
        let port = listener.local_addr().map_err(cannot_open)?.port();
        let random = |error: getrandom::Error| {
            DeskError(say!("the desk cannot be opened: {reason}", reason = error.to_string()))
        };
        let phones = if settings.phones { Some(Phones::new().map_err(random)?) } else { None };
        let gate = Gate::new(port, &root, settings.behind, phones).map_err(random)?;
        let secret = secret().map_err(random)?;
        if settings.port.is_none() {
            once::announce(&root, port, &secret, &gate.base());
        }
        memory::remember(&root);
        let inside = DeskState {
            gate,
            shelf: Shelf::new(root, settings.today),
            renderer: Renderer::new(&std::collections::BTreeMap::new()),
            language: settings.language,
            is_committing: settings.commit,
            trouble: Mutex::default(),
            secret,
        };
        Ok(Opening::New(Box::new(Desk { listener, inside: Arc::new(inside) })))
    }

    /// The address that opens it, once.
    pub fn address(&self) -> String {
        self.inside.gate.address()
    }

    /// What phones open, and the number that they type in; none where they are not let in.
    pub fn for_phones(&self) -> Option<(String, String)> {
        pages::phone_addresses(&self.inside).into_iter().next().zip(self.inside.gate.phones.as_ref()?.pin())
    }

    /// Answers until the program ends.
    ///
    /// # Errors
    /// When the system gives no threads, or no connections any more.
    pub fn run(self) -> Result<(), DeskError> {
        let cannot_open = |error: std::io::Error| {
            DeskError(say!("the desk cannot be opened: {reason}", reason = system_says(&error)))
        };
        runtime().and_then(|runtime| runtime.block_on(self.accept())).map_err(cannot_open)
    }

    /// Answers for as long as it is waited for.
    pub(super) async fn accept(self) -> std::io::Result<()> {
        accept(self.listener, Router::new().fallback(answer).with_state(self.inside)).await
    }
}

/// Hands what comes in to a router, for as long as it is waited for.
pub(super) async fn accept(listener: TcpListener, router: Router) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let (local_places, network_places) =
        (Arc::new(Semaphore::new(MAX_CONNECTIONS)), Arc::new(Semaphore::new(MAX_CONNECTIONS)));
    loop {
        let Ok((stream, from)) = listener.accept().await else {
            // Out of handles, say: some will be given back.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let place = match from.ip().is_loopback() {
            // Nobody here is turned away, and nobody is served while there is no room.
            true => Arc::clone(&local_places).acquire_owned().await.ok(),
            false => Arc::clone(&network_places).try_acquire_owned().ok(),
        };
        let Some(place) = place else { continue };
        let Ok(local) = stream.local_addr() else { continue };
        let service = TowerToHyperService::new(router.clone().layer(axum::Extension(Via { local })));
        tokio::spawn(async move {
            let mut connection = http1::Builder::new();
            connection.timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN);
            // Whoever hangs up has read enough.
            let _ = connection.serve_connection(TokioIo::new(stream), service).await;
            drop(place);
        });
    }
}

/// Threads for pages, and for what reads a book.
pub(super) fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.worker_threads(2).max_blocking_threads(MAX_PAGES).enable_all().build()
}

/// The port that a book gets again each time: what a browser or a phone remembers is found under it.
fn port_of(root: &Path) -> u16 {
    let digest = Sha256::digest(root.to_string_lossy().as_bytes());
    let number = u16::from_be_bytes([digest[0], digest[1]]);
    PORTS.start + number % (PORTS.end - PORTS.start)
}

/// Answers a request: first whether it is let in at all, then what it may send, then by its page.
async fn answer(State(inside): State<Arc<DeskState>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    respond(inside, parts, body).await.into_response()
}

async fn respond(inside: Arc<DeskState>, parts: Parts, body: Body) -> Answer {
    if parts.uri.path() == "/again" && parts.method == Method::POST {
        return again(&inside, &parts);
    }
    let words = of_form(&parts).unwrap_or_else(|| language(&inside.gate, &parts, inside.language));
    let refusal = Refusal { words, renderer: &inside.renderer };
    if !inside.gate.admits(&parts) {
        return refusal.plain(StatusCode::FORBIDDEN, "forbidden");
    }
    let is_post = parts.method == Method::POST;
    if !is_post && parts.method != Method::GET && parts.method != Method::HEAD {
        return refusal.plain(StatusCode::METHOD_NOT_ALLOWED, "method").with("allow", "GET, HEAD, POST".to_owned());
    }
    let path = parts.uri.path().to_owned();
    if is_post && path == "/enter" {
        return enter_with(&inside.gate, body, refusal).await;
    }
    if path == "/pair" && inside.gate.phones.is_some() {
        return pair(&inside, body, is_post, refusal).await;
    }
    let Some(session) = inside.gate.session(&parts) else {
        return match parts.method {
            // A phone has no address with a key. Who asks through a proxy cannot be told from it.
            Method::GET
                if inside.gate.phones.is_some() && inside.gate.outside().is_none() && !is_from_itself(&parts) =>
            {
                Answer::see("/pair")
            }
            Method::GET => pages::door(&inside, words).status(StatusCode::UNAUTHORIZED),
            _ => refusal.of_stranger(&parts, body).await,
        };
    };
    if matches!(session.who, Who::Phone(_)) && !pages::is_for_phones(&path, is_post) {
        if path == "/" && !is_post {
            return Answer::see("/rounds");
        }
        return refusal.plain(StatusCode::FORBIDDEN, "not-for-phones");
    }
    if path == "/events" && !is_post {
        return wait(&inside, &parts).await;
    }
    let (form, body) = match is_post {
        true => {
            let _room = if may_be_large(&parts) { LARGE_READ.acquire().await.ok() } else { None };
            match sent(&parts, body, &session, refusal).await {
                Ok(sent) => sent,
                Err(refused) => return refused,
            }
        }
        false => (Query::default(), Vec::new()),
    };
    let _turn = if body.len() > LARGE { LARGE_MADE.acquire().await.ok() } else { None };
    let remembered = |choice: &str| cookie(&parts, &format!("{}-{choice}", inside.gate.cookies));
    let ask = Ask {
        query: Query::parse(parts.uri.query().unwrap_or_default()),
        form,
        body,
        is_of_script: is_post && !is_form(&parts),
        is_framed: parts.headers.get("sec-fetch-dest").is_some_and(|place| place == "iframe"),
        who: session.who,
        token: session.token,
        interface: words,
        role: remembered("role").as_deref().and_then(Role::named),
        picked: Query::parse(&remembered("picked").unwrap_or_default()),
        path,
    };
    let of_page = Arc::clone(&inside);
    let made = tokio::task::spawn_blocking(move || pages::answer(&of_page, &ask, is_post)).await;
    made.unwrap_or_else(|_| refusal.plain(StatusCode::INTERNAL_SERVER_ERROR, "not-made"))
}

/// Exchanges the key for a cookie and a token.
pub(super) async fn enter_with(gate: &Gate, body: Body, refusal: Refusal<'_>) -> Answer {
    let Ok(Ok(body)) = timeout(STRANGER_WITHIN, to_bytes(body, MAX_FIELDS)).await else {
        return refusal.plain(StatusCode::PAYLOAD_TOO_LARGE, "too-large");
    };
    let form = Query::parse(&String::from_utf8_lossy(&body));
    match form.get("key").and_then(|key| gate.enter(key)) {
        Some(session) => {
            let kept = gate.set(&session);
            Answer::json(200, &json!({"token": session.token})).with("set-cookie", kept)
        }
        None => refusal.told(StatusCode::FORBIDDEN, "key"),
    }
}

/// Tells whoever starts a second desk on this book, and can read what this one wrote down, how to get in; neither side says the
/// secret, and each proves that it knows it.
fn again(inside: &DeskState, parts: &Parts) -> Answer {
    let header = |name| parts.headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    let nonce = header("x-desk-nonce").unwrap_or_default();
    let own = once::proof(&inside.secret, &once::asked(nonce));
    if !is_same(&own, header("x-desk-proof").unwrap_or_default()) {
        return Answer::words(StatusCode::FORBIDDEN, "forbidden");
    }
    let Some(key) = inside.gate.another_key() else { return Answer::words(StatusCode::INTERNAL_SERVER_ERROR, "") };
    let phones = inside.gate.phones.is_some();
    let body = json!({"key": key, "phones": phones, "commit": inside.is_committing}).to_string();
    let proof = once::proof(&inside.secret, &once::answered(nonce, &body));
    Answer::words(StatusCode::OK, &format!("{proof}\n{body}"))
}

/// Whether a request came in by the address that only this computer has.
fn is_from_itself(parts: &Parts) -> bool {
    parts.extensions.get::<Via>().is_none_or(|via| via.local.ip().is_loopback())
}

/// The page where a phone says its number, and what becomes of it.
async fn pair(inside: &DeskState, body: Body, is_post: bool, refusal: Refusal<'_>) -> Answer {
    let interface = refusal.words;
    if !is_post {
        return pages::pair(inside, interface, None);
    }
    let Ok(Ok(body)) = timeout(STRANGER_WITHIN, to_bytes(body, MAX_FIELDS)).await else {
        return refusal.plain(StatusCode::PAYLOAD_TOO_LARGE, "too-large");
    };
    let form = Query::parse(&String::from_utf8_lossy(&body));
    let field = |name| form.get(name).unwrap_or_default().trim().to_owned();
    match inside.gate.pair(&field("pin"), &field("name")) {
        Ok(session) => Answer::see("/rounds").with("set-cookie", inside.gate.set(&session)),
        Err(Pairing::Wrong) => pages::pair(inside, interface, Some("desk.phones.wrong")).status(StatusCode::FORBIDDEN),
        Err(Pairing::Closed) => {
            pages::pair(inside, interface, Some("desk.phones.closed")).status(StatusCode::FORBIDDEN)
        }
    }
}

/// Whether a body is large, as far as its sender says.
fn may_be_large(parts: &Parts) -> bool {
    let announced = parts.headers.get("content-length").and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    announced.is_none_or(|length| length > LARGE as u64)
}

/// What a write sends, once it is sure that this browser means it.
pub(super) async fn sent(
    parts: &Parts,
    body: Body,
    session: &Session,
    refusal: Refusal<'_>,
) -> Result<(Query, Vec<u8>), Answer> {
    let header = |name| parts.headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    let kind = header(CONTENT_TYPE.as_str()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let without_token = || refusal.told(StatusCode::FORBIDDEN, "old");
    let (is_form, most) = match kind.as_str() {
        "application/json" => (false, MAX_FORM),
        "text/csv" | WORKBOOK => (false, MAX_TABLE),
        "application/x-www-form-urlencoded" => (true, MAX_TYPED),
        _ if !session.allows(header("x-desk-token")) => return Err(without_token()),
        _ => return Err(refusal.told(StatusCode::UNSUPPORTED_MEDIA_TYPE, "kind")),
    };
    // Nothing large is read of whom nobody knows.
    if !is_form && !session.allows(header("x-desk-token")) {
        return Err(without_token());
    }
    let too_large = || match is_form {
        true => refusal.of_form(StatusCode::PAYLOAD_TOO_LARGE, "too-long", &Query::default()),
        false => refusal.told(StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
    };
    let announced = header("content-length").and_then(|length| length.parse::<u64>().ok());
    if announced.is_some_and(|length| length > most as u64) {
        return Err(too_large());
    }
    let body = match timeout(BODY_WITHIN, to_bytes(body, most)).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return Err(too_large()),
        Err(_) => return Err(refusal.told(StatusCode::REQUEST_TIMEOUT, "too-slow")),
    };
    if !is_form {
        return Ok((Query::default(), body.into()));
    }
    let form = Query::parse(&String::from_utf8_lossy(&body));
    match session.allows(header("x-desk-token").or(form.get("token"))) {
        true if body.len() > MAX_FIELDS => Err(refusal.of_form(StatusCode::PAYLOAD_TOO_LARGE, "too-long", &form)),
        true => Ok((form, Vec::new())),
        false => Err(refusal.of_old_page(StatusCode::FORBIDDEN, &form)),
    }
}

/// Answers when the book is another than the page shows, or after a while.
async fn wait(inside: &DeskState, parts: &Parts) -> Answer {
    let query = Query::parse(parts.uri.query().unwrap_or_default());
    let since: Option<u64> = query.get("since").and_then(|since| since.parse().ok());
    let mut changes = inside.shelf.changes();
    // Whether another folder stands in the place of the book's nobody tells, so it is looked at.
    let looked = async {
        while timeout(LOOK, changes.wait_for(|now| Some(*now) != since)).await.is_err() {
            inside.shelf.look();
        }
    };
    let _ = timeout(WAIT, looked).await;
    let changes = inside.shelf.changes();
    let now = *changes.borrow();
    Answer::json(200, &json!({"now": now}))
}
