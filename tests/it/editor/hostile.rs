//! Editors that break off, ask out of order, or send what is no message.

use serde_json::{Value, json};

use super::client::{Client, position};
use super::prefixes::METHODS;
use crate::support::{Book, column};

const VISIT: &str = "sequences/visit.yaml";

#[test]
fn every_prefix_of_a_file_is_answered() {
    let book = Book::sound();
    let text = book.read(VISIT).replace("A visit", "A 😀 żwawa visit");
    let mut client = Client::of(&book, "en");
    client.open(VISIT, "");
    let cuts: Vec<usize> = text.char_indices().map(|(offset, _)| offset).step_by(37).collect();
    for (version, cut) in cuts.into_iter().enumerate() {
        let text = &text[..cut];
        client.change(VISIT, version as i32 + 2, text);
        let document = json!({"uri": client.address(VISIT)});
        let place = json!({"textDocument": document, "position": position(text, cut), "newName": "x",
            "context": {"includeDeclaration": true, "diagnostics": []},
            "range": {"start": position(text, cut / 2), "end": position(text, cut)}});
        for method in METHODS {
            client.ask(&format!("textDocument/{method}"), place.clone());
        }
    }
    client.change(VISIT, 9_999, &text);
    let checked = book.run("check --format json").json();
    let expected = column(&checked, "rule").len();
    client.codes(VISIT, |codes| codes.len() == expected);
    assert_eq!(client.leave(), 0);
}

#[test]
fn what_is_asked_out_of_order_or_wrongly_is_refused() {
    let book = Book::sound();
    let mut client = Client::silent(&book);
    assert_eq!(client.ask("textDocument/hover", json!({}))["code"], -32002);
    client.tell("textDocument/didOpen", json!({"nothing": 1}));
    assert_eq!(client.ask("initialize", json!({"capabilities": 7}))["code"], -32602);
    client.ask("initialize", json!({"capabilities": {}, "rootUri": null, "processId": null}));
    assert_eq!(client.ask("initialize", json!({"capabilities": {}}))["code"], -32600);
    assert_eq!(client.ask("no/such", json!({}))["code"], -32601);
    assert_eq!(client.ask("textDocument/hover", json!({"position": "here"}))["code"], -32602);
    // A text that was never opened, a place that is nowhere, a file that is no book's, and one that is nothing.
    let nowhere = json!({"line": 4_000_000_000_u32, "character": 4_000_000_000_u32});
    for address in [client.address(VISIT), "file:///nowhere/at/all.yaml".to_owned(), "untitled:x".to_owned()] {
        let document = json!({"uri": address, "version": 3});
        client.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": [{"text": "x"}]}));
        client.ask("textDocument/hover", json!({"textDocument": document, "position": nowhere}));
        client.ask("textDocument/completion", json!({"textDocument": document, "position": nowhere}));
    }
    // In sound frames, what is no message is told and passed over.
    for body in ["{", "[]", "null", "\"x\"", "{\"jsonrpc\": \"2.0\"}"] {
        client.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
        assert_eq!(client.answer(&Value::Null)["code"], -32700, "{body}");
    }
    assert_eq!(client.leave(), 0);
}

#[test]
fn a_request_that_was_taken_back_is_not_worked_out() {
    let book = Book::sound();
    let mut client = Client::of(&book, "en");
    // Together, so that both are there when the first is looked at.
    let request = json!({"jsonrpc": "2.0", "id": "mine", "method": "workspace/symbol", "params": {"query": ""}});
    let cancel = json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": "mine"}});
    let framed = |message: &Value| {
        let body = message.to_string();
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    };
    client.send_bytes((framed(&request) + &framed(&cancel)).as_bytes());
    let answer = client.answer(&json!("mine"));
    // It may have been answered before the other message was read.
    assert!(answer["code"] == -32800 || answer.is_array(), "{answer}");
    assert_eq!(client.leave(), 0);
}

#[test]
fn one_that_leaves_without_a_word_or_breaks_a_frame_ends_with_1() {
    for bytes in [
        &b""[..],
        b"Content-Length: 99999999999999999\r\n\r\n{}",
        b"Content-Length: x\r\n\r\n{}",
        b"hello\r\n\r\n",
        b"Content-Length: 50\r\n\r\n{}",
        b"\xff\xfe\x00",
    ] {
        let mut client = Client::of(&Book::sound(), "en");
        client.send_bytes(bytes);
        assert_eq!(client.ended(), 1, "{}", String::from_utf8_lossy(bytes));
    }
    let mut client = Client::of(&Book::sound(), "en");
    client.tell("exit", Value::Null);
    assert_eq!(client.ended(), 1);
}

#[test]
fn a_book_whose_files_vanish_is_no_crash() {
    let book = Book::sound();
    let text = book.read(VISIT);
    let mut client = Client::of(&book, "en");
    client.open(VISIT, &text);
    client.ask("workspace/symbol", json!({"query": "greet"}));
    for path in ["roles.yaml", "gamma-ok.yaml"] {
        std::fs::remove_file(book.path().join(path)).expect("it was there");
        let change = json!({"uri": client.address(path), "type": 3});
        client.tell("workspace/didChangeWatchedFiles", json!({"changes": [change]}));
        client.ask_at("textDocument/hover", VISIT, (&text, "greet"), json!({}));
        client.ask_at("textDocument/completion", VISIT, (&text, "greet"), json!({}));
    }
    assert_eq!(client.leave(), 0);
}
