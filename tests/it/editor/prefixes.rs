//! A text that grows letter by letter, as somebody types it: each request is asked of each prefix, in the units of each editor,
//! with requests taken back and carets that are nowhere. Nearly every prefix is broken YAML.

use serde_json::{Value, json};

use super::client::Client;
use crate::support::{Book, column};

const VISIT: &str = "sequences/visit.yaml";

/// What can be asked of a place of a text.
pub(super) const METHODS: [&str; 10] = [
    "completion",
    "hover",
    "definition",
    "references",
    "documentSymbol",
    "foldingRange",
    "prepareRename",
    "rename",
    "codeAction",
    "codeLens",
];

/// A sequence with a bit of everything: both ways of writing lists and mappings, all kinds of quotation marks, letters and emoji
/// of two, three and four bytes, a condition, a pattern's words, comments, line ends of another system.
const DENSE: &str = "\
# 😀 Wizyta — żółć
id: visit
was: [dawna-wizyta, \"stara\"]
title: {en: \"A 😀 visit\", pl: 'Żółta łódź'}
phases:
  - id: arrival\r
    title: Wejście 👩‍🔧 gościa\r
    traits: [friendly, {trait: attentive, why: \"Ludzie: tak\"}]
    steps:
      - id: enter
        contact: [face-to-face]
    standards:
      - id: greet # pierwszy
        type: personal
        level: basic
        step: enter
        role: seller
        when: site.tills >= 2 and not site.wide
        text:
          en: |
            The seller greets {{customer}} 😀.

            Within 10 s.
          pl: >-
            Sprzedawca wita {{klient.gen}}
            żwawo.
        measure: {what: \"od – do\", within: 10 s, share: 90 %}
        sources: [{text: Prawo, country: PL}, 2025]
        allow: [vague-word]
      - &raz {id: bye, type: product, level: expected, text: [a, \"b\\u017c\"]}
      - *raz
handoffs:
  - {from: seller, to: cashier, step: arrival.enter, text: 'It''s 👍'}
";

fn small() -> Book {
    let book = Book::empty();
    let book = book.with("gamma-ok.yaml", "title: Dom\nlanguages: [en, pl]\nderive: false\n");
    let book = book.with(
        "roles.yaml",
        "roles:\n  - id: seller\n    title: {en: Seller, pl: Sprzedawca}\n  - id: cashier\n    title: Cashier\n",
    );
    book.with("sites/market.yaml", "id: market\ntills: 3\n").with(VISIT, DENSE)
}

/// A conversation in which a text grows.
struct Typing<'b> {
    client: Client,
    book: &'b Book,
    path: &'b str,
    version: i32,
    number: i64,
}

impl Typing<'_> {
    /// Types on from one offset to the next, as a change of a part or of the whole.
    fn grow(&mut self, text: &str, from: usize, to: usize) {
        self.version += 1;
        let document = json!({"uri": self.client.address(self.path), "version": self.version});
        let change = match self.version % 5 {
            0 => json!({"text": &text[..to]}),
            _ => {
                let end = self.client.place(text, from);
                json!({"range": {"start": end, "end": end}, "text": &text[from..to]})
            }
        };
        self.client.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": [change]}));
    }

    /// Asks everything of a prefix at once, takes every fourth request back, and reads the answers.
    fn ask_all(&mut self, text: &str) {
        let cut = text.len();
        let middle = (0..=cut / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let end = self.client.place(text, cut);
        let wild = json!({"line": self.version * 7 % 90, "character": self.version * 13 % 120});
        let mut open = Vec::new();
        for (at, method) in METHODS.iter().enumerate() {
            let position = if (self.version as usize + at).is_multiple_of(6) { &wild } else { &end };
            let params = json!({
                "textDocument": {"uri": self.client.address(self.path)}, "position": position, "newName": "nowa",
                "context": {"includeDeclaration": at % 2 == 0, "diagnostics": [], "triggerKind": 1},
                "range": {"start": self.client.place(text, middle), "end": position},
            });
            open.push(self.send(&format!("textDocument/{method}"), params));
        }
        open.push(self.send("workspace/symbol", json!({"query": text.chars().last().map(String::from)})));
        let taken_back: Vec<i64> = open.iter().copied().filter(|id| id % 4 == 0).collect();
        for id in &taken_back {
            self.client.tell("$/cancelRequest", json!({"id": id}));
        }
        let mut actions = Vec::new();
        for (at, id) in open.iter().enumerate() {
            let answer = self.answer(*id);
            let code = answer["error"]["code"].as_i64();
            let is_fine = code.is_none() || code == Some(-32803) || code == Some(-32800) && taken_back.contains(id);
            assert!(is_fine, "{} bytes of {}: {answer}", cut, self.path);
            if METHODS.get(at) == Some(&"codeAction") {
                actions.extend(answer["result"].as_array().into_iter().flatten().cloned());
            }
        }
        // What was offered is worked out.
        for action in actions.into_iter().filter(|action| action.get("edit").is_none()) {
            let id = self.send("codeAction/resolve", action);
            let answer = self.answer(id);
            assert!(answer.get("result").is_some() || answer["error"]["code"] == -32803, "{cut}: {answer}");
        }
    }

    fn send(&mut self, method: &str, params: Value) -> i64 {
        self.number += 1;
        self.client.send(&json!({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}));
        self.number
    }

    fn answer(&mut self, id: i64) -> Value {
        loop {
            let message = self.client.next().unwrap_or_else(|| panic!("no answer to {id} in {}", self.path));
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
        }
    }

    /// What is told in the end is what `check` finds.
    fn end(mut self, text: &str) {
        let checked = self.book.run("check --format json").json();
        let files = column(&checked, "file");
        let expected = files.iter().filter(|file| **file == self.path).count();
        self.client.change(self.path, 1_000_000, text);
        if expected > 0 {
            self.client.codes(self.path, |codes| codes.len() == expected);
        }
        assert_eq!(self.client.leave(), 0);
    }
}

/// Types a file of a book: how many letters at first, and how many at a time.
fn typed(book: &Book, path: &str, units: &str, (first, step): (usize, usize)) {
    let text = book.read(path);
    let mut client = Client::counting(book, "pl", &json!([units]));
    assert_eq!(client.units, units);
    client.open(path, "");
    let mut typing = Typing { client, book, path, version: 1, number: 1_000 };
    let letters = text.char_indices().map(|(at, _)| at).filter(|at| *at > 0);
    let cuts: Vec<usize> = letters.skip(first).step_by(step).chain([text.len()]).collect();
    let mut from = 0;
    for cut in cuts {
        typing.grow(&text, from, cut);
        typing.ask_all(&text[..cut]);
        from = cut;
    }
    typing.end(&text);
}

#[test]
#[ignore = "takes long"]
fn every_request_is_answered_while_a_text_grows() {
    let book = small();
    // In between each other, so that together they stop at every third letter.
    typed(&book, VISIT, "utf-8", (0, 6));
    typed(&book, VISIT, "utf-16", (3, 6));
    typed(&book, VISIT, "utf-32", (1, 97));
}

#[test]
#[ignore = "takes long"]
fn every_request_is_answered_at_every_letter_of_a_text() {
    let book = small();
    ["utf-8", "utf-16"].into_iter().for_each(|units| typed(&book, VISIT, units, (0, 1)));
}

/// The same of each file of each example. It takes a quarter of an hour with an optimised build that `GAMMA_OK` names:
/// `GAMMA_OK=target/release/gamma-ok cargo test --test it at_every_letter_of_the_examples -- --ignored`.
#[test]
#[ignore = "takes long"]
fn every_request_is_answered_at_every_letter_of_the_examples() {
    for name in ["shop", "vardcentral", "urzad", "hotel-wisla"] {
        let book = Book::example(name);
        for folder in ["", "sequences", "sites", "audits", "reviews", "traits"] {
            if folder.is_empty() || book.path().join(folder).is_dir() {
                let files = book.files(if folder.is_empty() { "." } else { folder });
                for file in files.iter().filter(|file| file.ends_with(".yaml")) {
                    let path = if folder.is_empty() { file.clone() } else { format!("{folder}/{file}") };
                    let letters = book.read(&path).chars().count();
                    typed(
                        &book,
                        &path,
                        if letters.is_multiple_of(2) { "utf-8" } else { "utf-16" },
                        (0, 1 + letters / 4_000),
                    );
                }
            }
        }
    }
}
