//! The desk as a process of its own, and whoever asks it something: plain HTTP, so that what no browser would send can be
//! sent too.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::support::{Book, TODAY, program};

/// A desk that answers until it is dropped.
pub struct Desk {
    process: Child,
    pub port: u16,
    pub key: String,
    /// The address without the key.
    pub base: String,
}

/// Where tests remember what is remembered outside of books.
fn state() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("desk-state")
}

/// Where tests put new books.
pub fn home() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("desk-home-{}", std::process::id()))
}

/// Who was let in.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub cookie: String,
    pub token: String,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// The value of a header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value)
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

impl Desk {
    /// Opens a desk on a book, which nobody else has one of.
    pub fn open(book: &Book) -> Desk {
        Desk::open_with(book, &["--port", "0"])
    }

    /// Opens a desk with these options.
    pub fn open_with(book: &Book, options: &[&str]) -> Desk {
        Desk::open_in(book.path(), options)
    }

    /// Opens what there is in a folder, book or none.
    pub fn open_in(folder: &Path, options: &[&str]) -> Desk {
        let mut command = program(folder);
        // What is remembered outside of books is not this user's.
        command.env("XDG_STATE_HOME", state()).env("HOME", home()).env("USERPROFILE", home());
        command.args(["serve", "--no-open", "--today", TODAY]).args(options);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().expect("the program starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        let (base, key) = line.trim().split_once("/#").unwrap_or_else(|| panic!("no address: {line}"));
        let port = base.rsplit(':').next().and_then(|port| port.parse().ok()).unwrap_or(0);
        Desk { process, port, key: key.to_owned(), base: base.to_owned() }
    }

    /// Sends what may be no HTTP at all.
    pub fn raw(&self, text: &[u8]) -> Answer {
        raw(self.port, text)
    }
    /// A request with those headers beside the usual ones.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.send_bytes(method, path, headers, body.as_bytes())
    }

    /// The same with a body that is no text.
    pub fn send_bytes(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let host = format!("127.0.0.1:{}", self.port);
        let mut text = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            text.push_str(&format!("Host: {host}\r\n"));
        }
        for (name, value) in headers {
            text.push_str(&format!("{name}: {value}\r\n"));
        }
        if method == "POST" {
            text.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        self.raw(&[text.as_bytes(), b"\r\n", body].concat())
    }

    /// Tries a key.
    pub fn enter(&self, key: &str) -> Answer {
        let form = [("Content-Type", "application/x-www-form-urlencoded")];
        self.send("POST", "/enter", &form, &format!("key={key}"))
    }

    /// Comes in, with the key that was printed.
    pub fn visitor(&self) -> Visitor {
        let answer = self.enter(&self.key);
        assert_eq!(answer.status, 200, "{answer:?}");
        let token = answer.json()["token"].as_str().expect("a token").to_owned();
        let cookie = answer.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        Visitor { cookie, token }
    }

    /// A page, as somebody who was let in.
    pub fn get(&self, visitor: &Visitor, path: &str) -> Answer {
        self.send("GET", path, &[("Cookie", &visitor.cookie)], "")
    }

    /// Whether the program has ended by itself.
    pub fn has_ended(&mut self) -> bool {
        let until = std::time::Instant::now() + Duration::from_secs(10);
        while std::time::Instant::now() < until {
            if self.process.try_wait().is_ok_and(|status| status.is_some()) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }

    /// Sends a form of a page, with its token.
    pub fn post(&self, visitor: &Visitor, path: &str, form: &str) -> Answer {
        let headers = [("Cookie", visitor.cookie.as_str()), ("Content-Type", "application/x-www-form-urlencoded")];
        self.send("POST", path, &headers, &format!("{form}&token={}", visitor.token))
    }

    /// Hands a round in.
    pub fn hand_in(&self, visitor: &Visitor, path: &str, round: &Value) -> Answer {
        let headers = [
            ("Cookie", visitor.cookie.as_str()),
            ("X-Desk-Token", visitor.token.as_str()),
            ("Content-Type", "application/json"),
        ];
        self.send("POST", path, &headers, &round.to_string())
    }
}

/// What a desk that is opened beside another says, and how it ends; none where it goes on.
pub fn second(book: &Book, options: &[&str]) -> (Option<i32>, String) {
    let mut command = program(book.path());
    command.env("XDG_STATE_HOME", state()).env("HOME", home()).env("USERPROFILE", home());
    command.args(["serve", "--no-open", "--today", TODAY]).args(options);
    let output = command.output().expect("the program starts");
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&said).into_owned())
}

/// Sends what may be no HTTP at all to a port of this computer.
pub fn raw(port: u16, text: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the desk is there");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
    // A desk that refuses early may hang up before all is sent.
    let _ = stream.write_all(text);
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
