//! One desk for a book: where it answers is written down for this computer's user, so that who starts a second one gets the page
//! of the first, and the same book gets the same port again.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::server::{DeskError, Settings};
use super::{gate, memory};
use crate::say;
use crate::text::hex;

/// So long a desk that is there takes to answer, also on a computer that has much else to do: whoever gives up sooner starts a
/// second desk beside it. Where none is, the connection is refused at once.
const PATIENCE: Duration = Duration::from_secs(10);

/// So much of its answer is read.
const MAX_ANSWER: u64 = 8 * 1024;

/// Where the desk of a book answers, as it wrote down itself.
struct Running {
    port: u16,
    secret: String,
    /// The address that lets in, without its key.
    base: String,
}

/// The desk that a book has.
pub(super) struct There {
    /// The address with a key of its own.
    pub address: String,
    /// Whether it lets phones in.
    pub phones: bool,
    /// Whether it commits what it writes.
    pub commit: bool,
}

/// What is written down about a book goes by this name.
fn name(root: &Path) -> String {
    let digest = Sha256::digest(root.to_string_lossy().as_bytes());
    hex(&digest[..8])
}

fn read(root: &Path) -> Option<Running> {
    let text = memory::desk(&name(root))?;
    let mut parts = text.split_whitespace();
    let port = parts.next()?.parse().ok()?;
    let secret = parts.next()?.to_owned();
    Some(Running { port, secret, base: parts.next().unwrap_or_default().to_owned() })
}

/// Writes down where the desk of a book answers, and what proves that it is the one.
pub(super) fn announce(root: &Path, port: u16, secret: &str, base: &str) {
    memory::remember_desk(&name(root), &format!("{port} {secret} {base}\n"));
}

/// The port that the book had last.
pub(super) fn last_port(root: &Path) -> Option<u16> {
    read(root).map(|running| running.port)
}

/// What only who knows a secret can say about a text (RFC 2104).
pub(super) fn proof(secret: &str, said: &str) -> String {
    // A key of any length is one.
    let Ok(mut code) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    code.update(said.as_bytes());
    hex(&code.finalize().into_bytes())
}

/// What is proved by whoever asks for the desk.
pub(super) fn asked(nonce: &str) -> String {
    format!("asked {nonce}")
}

/// What is proved by the desk that answers.
pub(super) fn answered(nonce: &str, body: &str) -> String {
    format!("answered {nonce}\n{body}")
}

/// The desk that a book has already; none where none answers. Anybody may sit on the port by now: nobody is told the secret, who
/// does not know it is not believed, and no address counts but the one that was written down.
pub(super) fn first(root: &Path) -> Option<There> {
    let Running { port, secret, base } = read(root)?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    let nonce = gate::secret().ok()?;
    let own = proof(&secret, &asked(&nonce));
    let head =
        format!("POST /again HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-Desk-Nonce: {nonce}\r\nX-Desk-Proof: {own}\r\n");
    stream.write_all(format!("{head}Connection: close\r\nContent-Length: 0\r\n\r\n").as_bytes()).ok()?;
    let mut answer = String::new();
    stream.take(MAX_ANSWER).read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let (proved, body) = body.split_once('\n')?;
    if !head.starts_with("HTTP/1.1 200 ") || !gate::is_same(&proof(&secret, &answered(&nonce, body)), proved) {
        return None;
    }
    let told: serde_json::Value = serde_json::from_str(body).ok()?;
    let key = told.get("key")?.as_str()?;
    let is = |name: &str| told.get(name).and_then(serde_json::Value::as_bool).unwrap_or(false);
    Some(There { address: format!("{base}/#{key}"), phones: is("phones"), commit: is("commit") })
}

/// Whether the desk that a book has does what another one is asked to do.
pub(super) fn is_as_asked(settings: &Settings, there: &There) -> Result<(), DeskError> {
    let is_behind = settings.behind.as_ref().is_none_or(|behind| {
        let base = there.address.split("/#").next().unwrap_or_default();
        base == behind.origin()
    });
    let lacking = [
        ("--phones", settings.phones && !there.phones),
        ("--commit", settings.commit && !there.commit),
        ("--behind", !is_behind),
    ];
    match lacking.into_iter().find(|(_, lacks)| *lacks) {
        Some((option, _)) => Err(DeskError(say!(
            "this book has a desk already, which was opened without {option}: end that one, and start this again",
            option
        ))),
        None => Ok(()),
    }
}
