//! An editor as the protocol sees one: it opens texts, asks, and reads what the server tells.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Book, program};

/// So long an answer is waited for on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A conversation with the server.
pub struct Client {
    child: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    number: i64,
    /// What the server last told of each file.
    pub told: BTreeMap<String, Vec<Value>>,
    root: String,
    /// What places are counted in.
    pub units: String,
}

impl Client {
    /// An editor that takes all that editors take today, in a language, with a book's folder open.
    pub fn of(book: &Book, locale: &str) -> Self {
        Client::counting(book, locale, &json!(["utf-16"]))
    }

    /// One that offers to count places in these units.
    pub fn counting(book: &Book, locale: &str, units: &Value) -> Self {
        let capabilities = json!({
            "general": {"positionEncodings": units},
            "textDocument": {
                "completion": {"completionItem": {"snippetSupport": true}},
                "publishDiagnostics": {"codeDescriptionSupport": true},
                "codeAction": {"dataSupport": true, "resolveSupport": {"properties": ["edit"]}},
            },
            "workspace": {"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create"]}},
        });
        let mut client = Client::silent(book);
        let answer = client.ask(
            "initialize",
            json!({"processId": null, "rootUri": client.root, "locale": locale, "capabilities": capabilities}),
        );
        client.units = answer["capabilities"]["positionEncoding"].as_str().expect("units").to_owned();
        client.tell("initialized", json!({}));
        client
    }

    /// A place as the client and the server have agreed to count it.
    pub fn place(&self, text: &str, offset: usize) -> Value {
        let before = &text[..offset];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = &before[start..];
        let character = match self.units.as_str() {
            "utf-8" => column.len(),
            "utf-32" => column.chars().count(),
            _ => column.encode_utf16().count(),
        };
        json!({"line": before.matches('\n').count(), "character": character})
    }

    /// One that has not said anything yet.
    pub fn silent(book: &Book) -> Self {
        let mut command = program(book.path());
        command.arg("lsp").env("XDG_CACHE_HOME", book.path().join("out"));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the server starts");
        let input = child.stdin.take().expect("its input");
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        let (sender, messages) = channel();
        std::thread::spawn(move || while read(&mut output).is_some_and(|message| sender.send(message).is_ok()) {});
        let root = format!("file://{}", book.path().display());
        Client { child, input, messages, number: 0, told: BTreeMap::new(), root, units: "utf-16".to_owned() }
    }

    /// The address of a file of the book.
    pub fn address(&self, path: &str) -> String {
        format!("{}/{path}", self.root)
    }

    /// Sends bytes as they are.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        // A server that has left reads nothing more.
        let _ = self.input.write_all(bytes).and_then(|()| self.input.flush());
    }

    /// Sends a message.
    pub fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Tells something.
    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Asks something, and waits for the answer: the result, or the error.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        self.number += 1;
        let id = self.number;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.answer(&json!(id))
    }

    /// The answer to a request that was sent.
    pub fn answer(&mut self, id: &Value) -> Value {
        loop {
            let message = self.next().unwrap_or_else(|| panic!("no answer to {id}"));
            if message.get("id") == Some(id) && message.get("method").is_none() {
                return message.get("result").or_else(|| message.get("error")).cloned().unwrap_or(Value::Null);
            }
        }
    }

    /// The next message; what it tells of files is kept.
    pub fn next(&mut self) -> Option<Value> {
        let message = self.messages.recv_timeout(PATIENCE).ok()?;
        if message["method"] == "textDocument/publishDiagnostics" {
            let address = message["params"]["uri"].as_str().expect("an address").to_owned();
            let found = message["params"]["diagnostics"].as_array().expect("a list").clone();
            self.told.insert(address, found);
        }
        Some(message)
    }

    /// Opens a file with a text.
    pub fn open(&mut self, path: &str, text: &str) {
        let document = json!({"uri": self.address(path), "languageId": "yaml", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Replaces the text of an open file.
    pub fn change(&mut self, path: &str, version: i32, text: &str) {
        let document = json!({"uri": self.address(path), "version": version});
        self.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": [{"text": text}]}));
    }

    /// The codes of what is found in a file, once the server has told something of it that fits.
    pub fn codes(&mut self, path: &str, fits: impl Fn(&[String]) -> bool) -> Vec<String> {
        let address = self.address(path);
        loop {
            let found = self.told.get(&address).map(|found| {
                found.iter().map(|finding| finding["code"].as_str().expect("a code").to_owned()).collect::<Vec<_>>()
            });
            if let Some(codes) = found.filter(|codes| fits(codes)) {
                return codes;
            }
            self.next().unwrap_or_else(|| panic!("nothing that fits was told of {path}: {:?}", self.told));
        }
    }

    /// What can be done at a range, each with its edit.
    pub fn actions(&mut self, path: &str, range: Value) -> Vec<Value> {
        let context = json!({"diagnostics": []});
        let asked = json!({"textDocument": {"uri": self.address(path)}, "range": range, "context": context});
        let actions = self.ask("textDocument/codeAction", asked);
        let actions = actions.as_array().unwrap_or_else(|| panic!("{actions}")).clone();
        actions
            .into_iter()
            .map(|action| match action.get("edit") {
                Some(_) => action,
                None => self.ask("codeAction/resolve", action),
            })
            .collect()
    }

    /// Asks something of the place of a text in a file: of its first letter.
    pub fn ask_at(&mut self, method: &str, path: &str, (text, at): (&str, &str), more: Value) -> Value {
        let offset = text.find(at).unwrap_or_else(|| panic!("no {at:?} in {path}"));
        let mut params = json!({"textDocument": {"uri": self.address(path)}, "position": position(text, offset)});
        let (Value::Object(params_map), Value::Object(more)) = (&mut params, more) else { panic!("objects") };
        params_map.extend(more);
        self.ask(method, params)
    }

    /// Leaves as an editor should; the exit status of the server.
    pub fn leave(mut self) -> i32 {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.ended()
    }

    /// The exit status of a server that ends.
    pub fn ended(mut self) -> i32 {
        drop(self.input);
        self.child.wait().expect("it ends").code().expect("a status")
    }
}

/// A place as the protocol counts it by default: lines, and units of UTF-16.
pub fn position(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    let line = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    json!({"line": line, "character": before[start..].encode_utf16().count()})
}

/// The edits of one file in an answer that changes files, made.
pub fn applied(text: &str, edit: &Value, address: &str) -> String {
    let of_file = edit["documentChanges"].as_array().expect("changes").iter();
    let edits = of_file.filter(|change| change["textDocument"]["uri"] == address).flat_map(|change| {
        change["edits"].as_array().expect("edits").iter().map(|edit| {
            let bytes = |place: &Value| byte(text, &edit["range"][place.as_str().expect("a name")]);
            (bytes(&json!("start")), bytes(&json!("end")), edit["newText"].as_str().expect("a text").to_owned())
        })
    });
    let mut edits: Vec<(usize, usize, String)> = edits.collect();
    edits.sort();
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, &new);
    }
    text
}

fn byte(text: &str, place: &Value) -> usize {
    let number = |key: &str| place[key].as_u64().expect("a number") as usize;
    let start: usize = text.split_inclusive('\n').take(number("line")).map(str::len).sum();
    let mut units = 0;
    for (offset, letter) in text[start..].char_indices() {
        if units >= number("character") {
            return start + offset;
        }
        units += letter.len_utf16();
    }
    text.len()
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut header = String::new();
        if output.read_line(&mut header).ok()? == 0 {
            return None;
        }
        match header.trim() {
            "" => break,
            header => length = header.strip_prefix("Content-Length: ")?.parse().ok()?,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
