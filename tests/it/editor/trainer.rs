//! A trainer writes in Polish, with the hotel's book open: what each request gives.

use serde_json::{Value, json};

use super::client::{Client, position};
use crate::support::Book;

const STAY: &str = "sequences/guest-stay.yaml";

fn started() -> (Book, String, Client) {
    let book = Book::example("hotel-wisla");
    let text = book.read(STAY);
    let mut client = Client::of(&book, "pl");
    client.open(STAY, &text);
    (book, text, client)
}

/// What is said of a word: `¦` is the pointer.
fn said(client: &mut Client, text: &str, at: &str) -> String {
    let offset = text.find(&at.replacen('¦', "", 1)).unwrap_or_else(|| panic!("no {at:?}"));
    let place = position(text, offset + at.find('¦').expect("a pointer"));
    let hover =
        client.ask("textDocument/hover", json!({"textDocument": {"uri": client.address(STAY)}, "position": place}));
    hover["contents"]["value"].as_str().unwrap_or_else(|| panic!("nothing of {at:?}")).to_owned()
}

/// What is proposed where a line of the file becomes several.
fn proposed(client: &mut Client, path: &str, text: &str, line: &str, lines: &str) -> Vec<Value> {
    let start = text.find(line).unwrap_or_else(|| panic!("no {line:?}")) + line.len();
    let text = format!("{}{lines}\n{}", &text[..start], &text[start..]);
    client.change(path, 9, &text);
    let place = position(&text, start + lines.len());
    let asked = json!({"textDocument": {"uri": client.address(path)}, "position": place});
    client.ask("textDocument/completion", asked).as_array().expect("a list").clone()
}

fn labels(all: &[Value]) -> Vec<&str> {
    all.iter().map(|item| item["label"].as_str().expect("a label")).collect()
}

#[test]
fn what_is_under_the_pointer_is_told_in_her_language() {
    let (_book, text, mut client) = started();
    let phase = said(&mut client, &text, "id: check¦-in");
    assert!(phase.contains("cechy: ") && phase.contains("`attentive`"), "the traits of its steps: {phase}");
    assert!(!phase.contains("w 0 miejscach"), "{phase}");
    // A trait says why it was chosen here, and its sentences begin as sentences do.
    let attentive = said(&mut client, &text, "- trait: att¦entive");
    assert!(attentive.contains("dlaczego wybrano ją w `approach`: Tu powstaje pierwsze wrażenie"), "{attentive}");
    assert!(attentive.contains("osobisty, podstawowy: Pracownik wita gościa"), "{attentive}");
    let role = said(&mut client, &text, "role: recep¦tionist");
    assert!(role.contains("zastępuje: ") && role.contains("`concierge`"), "{role}");
    // Words of closed lists, and keys.
    assert!(said(&mut client, &text, "level: bas¦ic").ends_with("Norma rynkowa w tej branży."));
    assert!(said(&mut client, &text, "type: person¦al").contains("kontakt z klientem"));
    assert!(said(&mut client, &text, "contact: ph¦one").contains("Telefon"), "the channel");
    assert!(said(&mut client, &text, "mom¦ent-of-truth:").contains("Czy klient ocenia tu całą obsługę"));
    // What records say is known when the book was checked.
    let nowhere = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}});
    client.actions(STAY, nowhere);
    let standard = said(&mut client, &text, "id: greet-within-10s¦");
    assert!(standard.contains("audyt: spełniony ") && standard.contains("przegląd: zostaje (2025)"), "{standard}");
}

#[test]
fn what_may_be_written_is_proposed_in_the_order_of_the_work() {
    let (book, text, mut client) = started();
    let standard = "      - id: greet-within-10s\n";
    let units = proposed(&mut client, STAY, &text, standard, "        measure:\n          within: 10");
    assert!(labels(&units).contains(&"10 min") && !labels(&units).contains(&"10 %"), "{units:?}");
    let share = proposed(&mut client, STAY, &text, standard, "        measure:\n          share: 90");
    assert_eq!(labels(&share), ["90 %"]);
    let languages = proposed(&mut client, STAY, &text, standard, "        why:\n          pl: Bo tak.\n          ");
    assert_eq!(labels(&languages), ["en"]);
    let condition = proposed(&mut client, STAY, &text, standard, "        when: ");
    assert!(labels(&condition).contains(&"site.rooms"), "{condition:?}");
    let condition = proposed(&mut client, STAY, &text, standard, "        when: site.rooms >= 5 and ");
    assert!(labels(&condition).contains(&"site.rooms"), "{condition:?}");
    let value = proposed(&mut client, STAY, &text, standard, "        when: site.rooms >= ");
    assert!(!labels(&value).contains(&"site.rooms"), "{value:?}");
    let rules = proposed(&mut client, STAY, &text, standard, "        allow: [");
    assert_eq!(rules.iter().filter(|item| item["label"] == "vague-word").count(), 1, "told once");
    // A text that is required has a line for each language too; keys come in the order of the format.
    let keys = proposed(&mut client, STAY, &text, "    standards:\n", "      - ");
    let of = |label: &str| keys.iter().find(|item| item["label"] == label).unwrap_or_else(|| panic!("no {label}"));
    assert_eq!(of("text")["textEdit"]["newText"], "text:\n          en: $1\n          pl: $2");
    assert!(of("id")["sortText"].as_str() < of("level")["sortText"].as_str(), "{keys:?}");
    let manifest = book.read("gamma-ok.yaml");
    client.open("gamma-ok.yaml", &manifest);
    let forms =
        proposed(&mut client, "gamma-ok.yaml", "title: T\ncustomer:\n  pl: {nom: gość, \n", "  pl: {nom: gość, ", "");
    assert!(labels(&forms).contains(&"gen") && !labels(&forms).contains(&"nom"), "{forms:?}");
    let of_sequence = "id: x\ncustomer:\n  pl: {nom: uczeń, \n";
    client.open("sequences/x.yaml", of_sequence);
    let forms = proposed(&mut client, "sequences/x.yaml", of_sequence, "  pl: {nom: uczeń, ", "");
    assert!(labels(&forms).contains(&"gen") && !labels(&forms).contains(&"nom"), "{forms:?}");
    let sectors = proposed(&mut client, "gamma-ok.yaml", "title: T\nsector: \n", "sector: ", "");
    assert_eq!(sectors.iter().filter(|item| item["label"] == "hotel").count(), 1);
}

#[test]
fn every_answer_is_in_polish() {
    let (_book, text, mut client) = started();
    let broken = text
        .replacen("level: basic", "level: podstawowy", 1)
        .replacen("role: receptionist", "role: recepcjonista", 1)
        .replacen("within 10 seconds of", "quickly after", 1);
    client.change(STAY, 2, &broken);
    client.codes(STAY, |codes| codes.len() > 1);
    let address = client.address(STAY);
    for finding in &client.told[&address] {
        let message = finding["message"].as_str().expect("a message");
        assert!(message.contains("rada: "), "{message}");
        let page = finding["codeDescription"]["href"].as_str().expect("a page");
        let page = std::fs::read_to_string(page.strip_prefix("file://").expect("a file")).expect("the page");
        assert!(page.contains("Dlaczego") || page.contains("domyślnie"), "{page}");
    }
    let refused = |answer: &Value| answer["message"].as_str().expect("a refusal").to_owned();
    let place = |at: &str| position(&broken, broken.find(at).expect("a place") + at.len());
    let asked = |at: &str| json!({"textDocument": {"uri": address}, "position": place(at), "newName": "Zły id"});
    let wrong = client.ask("textDocument/rename", asked("id: greet-within-10s"));
    assert!(refused(&wrong).contains("rada: napisz `zly-id`") || refused(&wrong).contains("stoi na drodze"), "{wrong}");
    let lenses = client.ask("textDocument/codeLens", json!({"textDocument": {"uri": address}}));
    let titles = lenses.as_array().expect("lenses").iter().map(|lens| lens["command"]["title"].as_str().expect("one"));
    assert!(titles.clone().count() > 2 && titles.clone().all(|title| title.starts_with("pokryte: ")), "{lenses}");
    let english = ["Write", "Move", "Copy", "Add", "Take", "Let", "Put", "Give", "Remove", "Close"];
    for line in [130, 344, 563, 569] {
        let range = json!({"start": {"line": line, "character": 20}, "end": {"line": line, "character": 20}});
        let params = json!({"textDocument": {"uri": address}, "range": range, "context": {"diagnostics": []}});
        let actions = client.ask("textDocument/codeAction", params);
        for action in actions.as_array().expect("a list") {
            let title = action["title"].as_str().expect("a title");
            assert!(english.iter().all(|word| !title.starts_with(word)), "{title}");
        }
    }
    assert_eq!(client.leave(), 0);
}
