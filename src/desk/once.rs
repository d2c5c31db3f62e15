//! One desk for a book: where it answers is written down for this computer's user, so that who starts a second one gets the page
//! of the first, and the same book gets the same port again.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::memory;

/// So long a desk that is there takes to answer, also on a computer that has much else to do: whoever gives up sooner starts a
/// second desk beside it. Where none is, the connection is refused at once.
const PATIENCE: Duration = Duration::from_secs(10);

/// So much of its answer is read.
const MAX_ANSWER: u64 = 8 * 1024;

/// Where the desk of a book answers.
struct Running {
    port: u16,
    secret: String,
}

/// What is written down about a book goes by this name.
fn name(root: &Path) -> String {
    let digest = Sha256::digest(root.to_string_lossy().as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn read(root: &Path) -> Option<Running> {
    let text = memory::desk(&name(root))?;
    let (port, secret) = text.trim().split_once(' ')?;
    Some(Running { port: port.parse().ok()?, secret: secret.to_owned() })
}

/// Writes down where the desk of a book answers, and what whoever starts a second one says to it.
pub(super) fn announce(root: &Path, port: u16, secret: &str) {
    memory::remember_desk(&name(root), &format!("{port} {secret}\n"));
}

/// The port that the book had last.
pub(super) fn last_port(root: &Path) -> Option<u16> {
    read(root).map(|running| running.port)
}

/// The address of the desk that a book has already, with a key of its own; none where none answers.
pub(super) fn first(root: &Path) -> Option<String> {
    let Running { port, secret } = read(root)?;
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    stream.set_write_timeout(Some(PATIENCE)).ok()?;
    let head = format!("POST /again HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-Desk-Secret: {secret}\r\n");
    stream.write_all(format!("{head}Connection: close\r\nContent-Length: 0\r\n\r\n").as_bytes()).ok()?;
    let mut answer = String::new();
    stream.take(MAX_ANSWER).read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let is_it = head.starts_with("HTTP/1.1 200 ") && body.starts_with("http");
    is_it.then(|| body.trim().to_owned())
}
