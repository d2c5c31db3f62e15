//! Who is let in: a key that opens once, a cookie that it is exchanged for, and a token that every write carries; for phones,
//! a number that is typed in.
//!
//! A page of another site can make this computer's browser ask the desk, so the cookie alone opens nothing that changes
//! anything, and neither does an address that only leads here by a name of somebody else's (`Host`), nor a page that was not
//! made here (`Origin`).

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use axum::http::header::{COOKIE, HOST, ORIGIN};
use axum::http::request::Parts;
use sha2::{Digest, Sha256};

use super::behind::Behind;
use super::phones::{Pairing, Phones};
use crate::text::hex;

/// So many browsers may be let in at a time; who comes later takes the place of the first of the same kind.
const MAX_SESSIONS: usize = 32;

/// So many keys that nobody used are remembered.
const MAX_KEYS: usize = 8;

/// Where a request came in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Via {
    /// The address of this computer that it was sent to.
    pub local: SocketAddr,
}

/// Who a session is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// A browser that used the key: all pages.
    Desk,
    /// A phone that was paired, by its number: rounds alone.
    Phone(u32),
}

/// The gate of one desk.
#[derive(Debug)]
pub(super) struct Gate {
    port: u16,
    hosts: Vec<String>,
    behind: Option<Behind>,
    /// The beginning of the names of all its cookies: browsers do not tell ports apart, so they have the port and the book.
    pub cookies: String,
    /// What the book goes by in a browser, whatever it is called.
    pub book: String,
    /// Each taken by whoever comes in first with it.
    keys: Mutex<Vec<String>>,
    sessions: Mutex<Vec<Session>>,
    /// Phones, where they are let in at all.
    pub phones: Option<Phones>,
}

/// A browser that was let in.
#[derive(Clone, Debug)]
pub(super) struct Session {
    /// What its cookie says.
    cookie: String,
    /// What its writes say.
    pub token: String,
    /// Who it is.
    pub who: Who,
}

impl Gate {
    /// The gate of a book at a port.
    ///
    /// # Errors
    /// When the system has nothing random.
    pub fn new(
        port: u16,
        root: &Path,
        behind: Option<Behind>,
        phones: Option<Phones>,
    ) -> Result<Self, getrandom::Error> {
        let book = Sha256::digest(root.to_string_lossy().as_bytes());
        let book = hex(&book[..4]);
        let mut hosts = vec![format!("127.0.0.1:{port}"), format!("localhost:{port}")];
        if let Some(phones) = &phones {
            hosts.extend(phones.name.iter().map(|name| format!("{name}:{port}")));
        }
        Ok(Gate {
            port,
            hosts,
            behind,
            cookies: format!("gamma-ok-{port}-{book}"),
            book,
            keys: Mutex::new(vec![secret()?]),
            sessions: Mutex::default(),
            phones,
        })
    }

    /// The address to open, with the key that was made last where no server log and no next page sees it.
    pub fn address(&self) -> String {
        let keys = self.keys();
        format!("{}/#{}", self.base(), keys.last().map(String::as_str).unwrap_or_default())
    }

    /// The address of another browser, to be opened once.
    pub fn another_address(&self) -> Option<String> {
        self.another_key().map(|key| format!("{}/#{key}", self.base()))
    }

    /// The key in it.
    pub fn another_key(&self) -> Option<String> {
        let key = secret().ok()?;
        {
            let mut keys = self.keys();
            if keys.len() >= MAX_KEYS {
                keys.remove(0);
            }
            keys.push(key.clone());
        }
        Some(key)
    }

    /// The address without a page.
    pub fn base(&self) -> String {
        match &self.behind {
            Some(behind) => behind.origin().to_owned(),
            None => format!("http://127.0.0.1:{}", self.port),
        }
    }

    fn keys(&self) -> MutexGuard<'_, Vec<String>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sessions(&self) -> MutexGuard<'_, Vec<Session>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a request is meant for this desk and comes from no other site.
    pub fn admits(&self, parts: &Parts) -> bool {
        let local = parts.extensions.get::<Via>().filter(|_| self.phones.is_some()).map(|via| via.local.to_string());
        let is_own = |host: &str| match &self.behind {
            Some(behind) => behind.is_host(host),
            None => self.hosts.iter().chain(&local).any(|own| own.eq_ignore_ascii_case(host)),
        };
        let is_origin = |origin: &str| match &self.behind {
            Some(behind) => behind.origin().eq_ignore_ascii_case(origin),
            None => origin.strip_prefix("http://").is_some_and(is_own),
        };
        let mut hosts = parts.headers.get_all(HOST).iter();
        let host = hosts.next().and_then(|host| host.to_str().ok());
        let is_meant = host.is_some_and(is_own)
            && hosts.next().is_none()
            && parts.uri.authority().is_none_or(|authority| is_own(authority.as_str()));
        let mut origins = parts.headers.get_all(ORIGIN).iter();
        let is_from_here = origins.all(|origin| origin.to_str().is_ok_and(is_origin));
        let says = |name: &str, words: &[&str]| {
            parts.headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|word| words.contains(&word))
        };
        // Who follows a link comes without the cookie; what another page takes in is refused whatever it brings.
        let is_taken_in =
            says("sec-fetch-site", &["cross-site", "same-site"]) && !says("sec-fetch-mode", &["navigate"]);
        is_meant && is_from_here && !is_taken_in
    }

    /// Takes a key, once: the session that it opens.
    pub fn enter(&self, key: &str) -> Option<Session> {
        let mut keys = self.keys();
        let place = keys.iter().position(|kept| is_same(kept, key))?;
        let session = self.begin(Who::Desk)?;
        keys.remove(place);
        Some(session)
    }

    /// Pairs a phone that says this number, under this name.
    pub fn pair(&self, pin: &str, name: &str) -> Result<Session, Pairing> {
        let phones = self.phones.as_ref().ok_or(Pairing::Closed)?;
        let number = phones.pair(pin, name)?;
        self.begin(Who::Phone(number)).ok_or(Pairing::Closed)
    }

    /// Lets a phone in no more.
    pub fn remove_phone(&self, number: u32) {
        self.sessions().retain(|session| session.who != Who::Phone(number));
        if let Some(phones) = &self.phones {
            phones.remove(number);
        }
    }

    fn begin(&self, who: Who) -> Option<Session> {
        let session = Session { cookie: secret().ok()?, token: secret().ok()?, who };
        let mut sessions = self.sessions();
        let is_alike = |other: &Session| matches!(other.who, Who::Desk) == matches!(session.who, Who::Desk);
        if sessions.iter().filter(|other| is_alike(other)).count() >= MAX_SESSIONS
            && let Some(place) = sessions.iter().position(is_alike)
        {
            sessions.remove(place);
        }
        sessions.push(session.clone());
        Some(session)
    }

    /// The session of a request.
    pub fn session(&self, parts: &Parts) -> Option<Session> {
        let given = cookie(parts, &self.cookies)?;
        self.sessions().iter().find(|session| is_same(&session.cookie, &given)).cloned()
    }

    /// What makes a browser keep a session: until it is closed, out of reach of scripts, and for pages of this desk alone.
    pub fn set(&self, session: &Session) -> String {
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict{}", self.cookies, session.cookie, self.secure())
    }

    /// What makes a browser remember a choice for a year.
    pub fn kept(&self, choice: &str, value: &str) -> String {
        let secure = self.secure();
        format!("{}-{choice}={value}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict{secure}", self.cookies)
    }

    /// The port that it answers at.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address that a proxy gives it.
    pub fn outside(&self) -> Option<&str> {
        self.behind.as_ref().map(Behind::origin)
    }

    /// Whether what goes over the network is encrypted.
    pub fn is_encrypted(&self) -> bool {
        self.behind.as_ref().is_some_and(Behind::is_encrypted)
    }

    fn secure(&self) -> &'static str {
        if self.is_encrypted() { "; Secure" } else { "" }
    }
}

impl Session {
    /// Whether a write carries its token.
    pub fn allows(&self, token: Option<&str>) -> bool {
        token.is_some_and(|token| is_same(&self.token, token))
    }
}

/// What the cookie of that name says.
pub(super) fn cookie(parts: &Parts, name: &str) -> Option<String> {
    let all = parts.headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
}

/// 256 bits that nobody guesses, as hexadecimal digits.
pub(super) fn secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
}

/// Whether two secrets are the same, in a time that does not tell how far they agree.
pub(super) fn is_same(kept: &str, given: &str) -> bool {
    let differing = kept.bytes().zip(given.bytes()).fold(0, |differing, (a, b)| differing | (a ^ b));
    kept.len() == given.len() && differing == 0
}
