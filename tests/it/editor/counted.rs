//! Places, counted in the units that an editor and the server agree on.

use serde_json::{Value, json};

use super::client::Client;
use crate::support::Book;

const VISIT: &str = "sequences/visit.yaml";

#[test]
fn the_units_that_are_chosen_are_those_that_both_have() {
    let chosen = |offered: Value| Client::counting(&Book::sound(), "en", &offered).units.clone();
    assert_eq!(chosen(json!(["utf-16", "utf-8"])), "utf-8");
    assert_eq!(chosen(json!(["utf-32", "utf-16"])), "utf-32");
    assert_eq!(chosen(json!(["utf-16"])), "utf-16");
    assert_eq!(chosen(json!([])), "utf-16");
    assert_eq!(chosen(json!(["utf-7"])), "utf-16");
    assert_eq!(chosen(Value::Null), "utf-16");
}

/// The same is found, told, completed, mended and edited, whatever places are counted in.
#[test]
fn letters_and_emoji_count_alike_for_everybody() {
    let line = "        role: seller # żółć 😀 👩‍🔧\n";
    let text = Book::sound().read(VISIT).replacen("        role: seller\n", line, 1).replacen(
        "title: {en: A visit, pl: Wizyta}",
        "title: {en: \"A 😀 visit\", pl: \"Żółta 😀 łódź\"}\narea: \"😀ż\"",
        1,
    );
    let wrong = text.replacen("why: {en: The first", "why: {en: \"😀 ż\", pl: \"👩‍🔧\", de: The first", 1);
    for units in ["utf-8", "utf-16", "utf-32"] {
        let book = Book::sound();
        let mut client = Client::counting(&book, "pl", &json!([units]));
        assert_eq!(client.units, units);
        client.open(VISIT, &wrong);
        // A finding stands where the word is, behind the emoji of its line.
        client.codes(VISIT, |codes| !codes.is_empty());
        let start = wrong.find("de: The first").expect("the word");
        let found = client.told[&client.address(VISIT)].clone();
        let place = client.place(&wrong, start);
        assert!(found.iter().any(|finding| finding["range"]["start"] == place), "{units}: {found:?}");

        // A change of a part, behind emoji of its line, leaves what the editor has.
        let part = wrong.find("de: The first").expect("the word");
        let end = part + "de: ".len();
        let range = json!({"start": client.place(&wrong, part), "end": client.place(&wrong, end)});
        let document = json!({"uri": client.address(VISIT), "version": 2});
        let change = json!([{"range": range, "text": "sv: "}]);
        client.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": change}));
        let now = wrong.replacen("de: The first", "sv: The first", 1);
        client.codes(VISIT, |codes| !codes.is_empty());
        let symbols = client.ask("workspace/symbol", json!({"query": "zolta lodz"}));
        let name = symbols[0]["name"].as_str().unwrap_or_else(|| panic!("{units}: {symbols}"));
        assert_eq!(name, "visit: Żółta 😀 łódź");

        // Every id of the text is found at its place, and renamed there.
        let used = now.find("role: seller").expect("a use") + "role: ".len();
        let asked = json!({"textDocument": {"uri": client.address(VISIT)}, "position": client.place(&now, used)});
        let hover = client.ask("textDocument/hover", asked);
        assert_eq!(hover["range"]["start"], client.place(&now, used), "{units}: {hover}");
        assert_eq!(hover["range"]["end"], client.place(&now, used + "seller".len()), "{units}");
        let area = now.find("😀ż\"").expect("an area");
        let asked = json!({"textDocument": {"uri": client.address(VISIT)}, "position": client.place(&now, area + 4)});
        client.ask("textDocument/definition", asked.clone());
        client.ask("textDocument/completion", asked);
        assert_eq!(client.leave(), 0);
    }
}
