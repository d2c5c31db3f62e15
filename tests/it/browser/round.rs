//! A small book with a checklist to fill in, and what its tests ask of the page.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::driver::Browser;
use crate::support::{Book, TODAY};

/// Four standards: a time with a share, a count, one without a measure, and a length between two bounds.
pub const ROUND: &str = "id: round
title: Round
phases:
  - id: desk
    title: At the desk
    traits: [prompt]
    standards:
      - id: greet
        trait: prompt
        type: personal
        level: basic
        text: The clerk greets the guest within 10 seconds.
        measure: {what: time to greeting, within: 10 s, share: 75 %}
      - id: pens
        trait: prompt
        type: product
        level: basic
        text: Three pens lie on the desk.
        measure: {at-least: 3}
      - id: badge
        trait: prompt
        type: product
        level: expected
        critical: true
        text: The clerk wears a badge.
  - id: hall
    title: In the hall
    traits: [prompt]
    standards:
      - id: mat
        trait: prompt
        type: product
        level: basic
        text: A mat lies in front of the door.
        measure: {what: length, between: [90 cm, 2 m]}
";

pub fn book() -> Book {
    let manifest =
        "title: {en: Service at \"The Mill\" & <Co>, pl: Obsługa}\nlanguages: [en, pl]\nsector: hotel\nderive: false\n";
    let sound = Book::empty()
        .with("gamma-ok.yaml", manifest)
        .with("sequences/round.yaml", ROUND)
        .with("sites/north.yaml", "id: north\ntitle: North\n");
    sound.run(&format!("checklist --site north --today {TODAY} -o form.html")).ends(0);
    sound
}

pub fn page(book: &Book) -> PathBuf {
    book.path().join("form.html")
}

/// A card's radio, by the standard and the place of the answer from 1.
pub fn answer(standard: &str, at: usize) -> String {
    format!("[data-ref^='{standard}@'] .choices label:nth-child({at}) input")
}

pub fn field(standard: &str, field: &str) -> String {
    format!("[data-ref^='{standard}@'] [data-field='{field}']")
}

pub const PROGRESS: &str = "return document.getElementById('progress').textContent";
pub const SAID: &str = "return [...document.querySelectorAll('#said, #said-handed-in')].map(line => line.textContent).filter(Boolean).join(' ')";
pub const TROUBLE: &str = "return document.getElementById('trouble').textContent";
/// The id of the standard whose card has the focus.
pub const HERE: &str = "return (document.activeElement.closest('[data-ref]')?.dataset.ref ?? '').split('@')[0]";

pub fn verdict(browser: &Browser, standard: &str) -> String {
    let of = format!(
        "[...document.querySelectorAll(`[data-ref^='{standard}@'] .verdict`)].map(e => e.textContent).join('')"
    );
    browser.text(&format!("return {of}"))
}

/// Sets a field that a browser fills in by a picker.
pub fn pick(browser: &Browser, selector: &str, value: &str) {
    let script = "const e = document.querySelector(arguments[0]); e.value = arguments[1]; e.dispatchEvent(new Event('input', {bubbles: true}))";
    browser.ask_of(script, json!([selector, value]));
}

/// A saved file without what differs from run to run, with its answers by standard.
pub fn read(text: &str) -> (Value, Value) {
    let mut file: Value = serde_json::from_str(text).expect("JSON");
    let answers = file["answers"].take();
    let by_id = answers.as_array().into_iter().flatten().map(|one| {
        let mut one = one.clone();
        let (stamp, at) = (one["stamp"].take(), one["at"].take());
        assert!(stamp.as_str().is_some_and(|stamp| stamp.len() == 8), "{stamp}");
        assert!(at.is_null() || at.as_str().is_some_and(|at| at.len() == "2026-01-15T14:30".len()), "{at}");
        let fields = one.as_object().cloned().unwrap_or_default();
        let said = fields.into_iter().filter(|(key, value)| !value.is_null() && key != "standard").collect();
        (one["standard"].as_str().unwrap_or_default().to_owned(), Value::Object(said))
    });
    (file, Value::Object(by_id.collect()))
}

/// RFC 4648 base64 with padding.
pub fn decode(text: &str) -> Vec<u8> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut many) = (0u32, 0);
    for six in text.chars().filter_map(|c| ALPHABET.find(c)) {
        bits = (bits << 6 | six as u32) & 0xff_ffff;
        many += 6;
        if many >= 8 {
            many -= 8;
            bytes.push((bits >> many & 0xff) as u8);
        }
    }
    bytes
}
