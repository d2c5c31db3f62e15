//! Messages in and out, as the protocol frames them.

use std::io::{self, BufRead, Read, Write};

use lsp_server::Message;

/// No message is larger: a book's file has at most 4 MiB, and its text may double when it is written as JSON.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// No header is longer, and no message has more of them.
const MAX_HEADER: u64 = 4 * 1024;
const MAX_HEADERS: usize = 32;

/// What came.
#[derive(Debug)]
pub(super) enum Incoming {
    Message(Message),
    /// Something that is no message, in a sound frame: what is wrong with it.
    NoMessage(String),
    /// A request whose id is neither a number nor a text, or a number beyond what the protocol has.
    BadId(serde_json::Value),
    /// A frame that cannot be read, so that nobody can tell where the next message begins.
    Broken,
    /// The client is gone.
    End,
}

/// Reads the next message.
pub(super) fn read(input: &mut impl BufRead) -> Incoming {
    match body(input) {
        Ok(Some(body)) => match serde_json::from_slice(&body) {
            // Without its id a request would be taken for something that needs no answer.
            Ok(Message::Notification(notification)) => match bad_id(&body) {
                Some(id) => Incoming::BadId(id),
                None => Incoming::Message(Message::Notification(notification)),
            },
            Ok(message) => Incoming::Message(message),
            Err(error) => Incoming::NoMessage(error.to_string()),
        },
        Ok(None) => Incoming::End,
        Err(_) => Incoming::Broken,
    }
}

/// The id of a message that has one.
fn bad_id(body: &[u8]) -> Option<serde_json::Value> {
    #[derive(serde::Deserialize)]
    struct Head {
        #[serde(default, deserialize_with = "present")]
        id: Option<serde_json::Value>,
    }
    /// Also `null` is an id that somebody gave.
    fn present<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Option<serde_json::Value>, D::Error> {
        serde::Deserialize::deserialize(source).map(Some)
    }
    serde_json::from_slice::<Head>(body).ok()?.id
}

/// The bytes of a message; none at the end.
fn body(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let broken = || io::Error::from(io::ErrorKind::InvalidData);
    let mut length = None;
    for number in 0..MAX_HEADERS {
        let mut header = Vec::new();
        input.by_ref().take(MAX_HEADER).read_until(b'\n', &mut header)?;
        if header.is_empty() && number == 0 {
            return Ok(None);
        }
        let header = header.strip_suffix(b"\n").ok_or_else(broken)?;
        let header = str::from_utf8(header.strip_suffix(b"\r").unwrap_or(header)).map_err(|_| broken())?;
        if header.is_empty() {
            let length = length.filter(|length| *length <= MAX_BODY).ok_or_else(broken)?;
            let mut body = Vec::new();
            // Grows with what comes, not with what is announced.
            input.by_ref().take(length as u64).read_to_end(&mut body)?;
            return if body.len() == length { Ok(Some(body)) } else { Err(broken()) };
        }
        let (name, value) = header.split_once(':').ok_or_else(broken)?;
        if name.eq_ignore_ascii_case("content-length") {
            length = Some(value.trim().parse::<usize>().map_err(|_| broken())?);
        }
    }
    Err(broken())
}

/// Writes a message.
///
/// # Errors
/// When the client is gone.
pub(super) fn write(output: &mut impl Write, message: &serde_json::Value) -> io::Result<()> {
    let body = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(bytes: &[u8]) -> Vec<String> {
        let mut input = bytes;
        let mut read_so_far = Vec::new();
        loop {
            let incoming = match read(&mut input) {
                Incoming::Message(Message::Notification(notification)) => notification.method,
                Incoming::Message(_) => "other".to_owned(),
                Incoming::NoMessage(_) => "no message".to_owned(),
                Incoming::BadId(id) => format!("bad id {id}"),
                Incoming::Broken => "broken".to_owned(),
                Incoming::End => "end".to_owned(),
            };
            let is_over = ["broken", "end"].contains(&incoming.as_str());
            read_so_far.push(incoming);
            if is_over {
                return read_so_far;
            }
        }
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn messages_are_read_one_after_the_other() {
        let text = framed(r#"{"method":"exit"}"#) + &framed("{") + &framed(r#"{"method":"ż"}"#);
        assert_eq!(read_all(text.as_bytes()), ["exit", "no message", "ż", "end"]);
        let text = "content-type: x; charset=utf-8\ncontent-length:17\n\n{\"method\":\"exit\"}";
        assert_eq!(read_all(text.as_bytes()), ["exit", "end"]);
    }

    #[test]
    fn a_request_with_an_odd_id_is_one_all_the_same() {
        let ids = ["{}", "[1]", "1.5", "99999999999", "null", "true"];
        let text: String = ids.iter().map(|id| framed(&format!("{{\"id\":{id},\"method\":\"x\"}}"))).collect();
        let wanted: Vec<String> = ids.iter().map(|id| format!("bad id {id}")).chain(["end".to_owned()]).collect();
        assert_eq!(read_all(text.as_bytes()), wanted);
    }

    #[test]
    fn frames_that_cannot_be_read_are_told() {
        let endless = "x".repeat(100_000);
        let many = "a: b\r\n".repeat(1_000);
        let broken = [
            "Content-Length: 99999999999999\r\n\r\n{}",
            "Content-Length: 99999999999999999999999999\r\n\r\n{}",
            "Content-Length: -1\r\n\r\n{}",
            "Content-Length: 5\r\n\r\n{}",
            "Content-Type: x\r\n\r\n{}",
            "{}",
            "no header\r\n\r\n",
            "Content-Length: 2",
            &endless,
            &many,
        ];
        for text in broken {
            assert_eq!(read_all(text.as_bytes()), ["broken"], "{}", &text[..text.len().min(40)]);
        }
        assert_eq!(read_all(b"Content-Length: 2\r\n\xff\xff: 1\r\n\r\n{}"), ["broken"]);
    }
}
