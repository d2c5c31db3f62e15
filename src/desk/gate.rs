//! Who is let in: a key that opens once, a cookie that it is exchanged for, and a token that every write carries.
//!
//! A page of another site can make this computer's browser ask the desk, so the cookie alone opens nothing that changes
//! anything, and neither does an address that only leads here by a name of somebody else's (`Host`), nor a page that was not
//! made here (`Origin`).

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use axum::http::header::{COOKIE, HOST, ORIGIN};
use axum::http::request::Parts;
use sha2::{Digest, Sha256};

/// So many browsers may be let in at a time; who comes later takes the place of the first.
const MAX_SESSIONS: usize = 32;

/// The gate of one desk.
#[derive(Debug)]
pub(super) struct Gate {
    hosts: [String; 2],
    /// The beginning of the names of all its cookies: browsers do not tell ports apart, so they have the port and the book.
    pub cookies: String,
    /// Taken by whoever comes in first.
    key: Mutex<Option<String>>,
    sessions: Mutex<Vec<Session>>,
}

/// A browser that was let in.
#[derive(Clone, Debug)]
pub(super) struct Session {
    /// What its cookie says.
    cookie: String,
    /// What its writes say.
    pub token: String,
}

impl Gate {
    /// The gate of a book at a port.
    ///
    /// # Errors
    /// When the system has nothing random.
    pub fn new(port: u16, root: &Path) -> Result<Self, getrandom::Error> {
        let book = Sha256::digest(root.to_string_lossy().as_bytes());
        let book: String = book.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        Ok(Gate {
            hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")],
            cookies: format!("gamma-ok-{port}-{book}"),
            key: Mutex::new(Some(secret()?)),
            sessions: Mutex::default(),
        })
    }

    /// The address to open, with the key where no server log and no next page sees it.
    pub fn address(&self) -> String {
        let key = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        format!("http://{}/#{}", self.hosts[0], key.as_deref().unwrap_or_default())
    }

    /// Whether a request is meant for this desk and comes from no other site.
    pub fn admits(&self, parts: &Parts) -> bool {
        let is_own = |host: &str| self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host));
        let mut hosts = parts.headers.get_all(HOST).iter();
        let host = hosts.next().and_then(|host| host.to_str().ok());
        let is_meant = host.is_some_and(is_own)
            && hosts.next().is_none()
            && parts.uri.authority().is_none_or(|authority| is_own(authority.as_str()));
        let is_from_here =
            parts.headers.get_all(ORIGIN).iter().all(|origin| {
                origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://")).is_some_and(is_own)
            });
        let says = |name: &str, words: &[&str]| {
            parts.headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|said| words.contains(&said))
        };
        // Who follows a link comes without the cookie; what another page takes in is refused whatever it brings.
        let is_taken_in =
            says("sec-fetch-site", &["cross-site", "same-site"]) && !says("sec-fetch-mode", &["navigate"]);
        is_meant && is_from_here && !is_taken_in
    }

    /// Takes the key, once: the session that it opens.
    pub fn enter(&self, key: &str) -> Option<Session> {
        let mut kept = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        if !kept.as_ref().is_some_and(|kept| is_same(kept, key)) {
            return None;
        }
        let session = Session { cookie: secret().ok()?, token: secret().ok()? };
        *kept = None;
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        if sessions.len() >= MAX_SESSIONS {
            sessions.remove(0);
        }
        sessions.push(session.clone());
        Some(session)
    }

    /// The session of a request.
    pub fn session(&self, parts: &Parts) -> Option<Session> {
        let said = cookie(parts, &self.cookies)?;
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.iter().find(|session| is_same(&session.cookie, &said)).cloned()
    }

    /// What makes a browser keep a session: until it is closed, out of reach of scripts, and for pages of this desk alone.
    pub fn set(&self, session: &Session) -> String {
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookies, session.cookie)
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
fn secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Whether two secrets are the same, in a time that does not tell how far they agree.
fn is_same(kept: &str, said: &str) -> bool {
    let differing = kept.bytes().zip(said.bytes()).fold(0, |differing, (a, b)| differing | (a ^ b));
    kept.len() == said.len() && differing == 0
}
