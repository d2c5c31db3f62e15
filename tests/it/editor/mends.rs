//! What is offered at a place, taken: what stands in the file afterwards.

use serde_json::{Value, json};

use super::client::{Client, applied, position};
use crate::support::Book;

const VISIT: &str = "sequences/visit.yaml";

/// The titles of what is offered at a text, with what the file then says.
fn offered(client: &mut Client, path: &str, text: &str, at: &str) -> Vec<(String, String)> {
    let start = text.find(at).unwrap_or_else(|| panic!("no {at:?} in\n{text}"));
    let range = json!({"start": position(text, start), "end": position(text, start)});
    let address = client.address(path);
    client
        .actions(path, range)
        .iter()
        .map(|action| (action["title"].as_str().expect("a title").to_owned(), applied(text, &action["edit"], &address)))
        .collect()
}

/// The text after the action of that title was taken at a place; its changes are small.
fn mended(text: &str, at: &str, title: &str) -> String {
    let book = Book::sound();
    let mut client = Client::of(&book, "en");
    client.open(VISIT, text);
    let all = offered(&mut client, VISIT, text, at);
    let found = all.iter().find(|(known, _)| known == title);
    let titles: Vec<&String> = all.iter().map(|(title, _)| title).collect();
    found.unwrap_or_else(|| panic!("no {title:?} in {titles:?}")).1.clone()
}

#[test]
fn words_of_another_language_and_hidden_characters_become_the_formats() {
    let sound = Book::sound().read(VISIT);
    for (right, wrong, at, title) in [
        ("level: basic", "level: podstawowy", "podstawowy", "Write `basic` instead"),
        ("critical: true", "critical: tak", "tak", "Write `true` instead"),
        ("critical: true", "critical: \"true\"", "\"true\"", "Write `true` instead"),
        ("    traits: [friendly]", "    cechy: [friendly]", "cechy", "Write `traits` instead"),
        ("greet-by-name", "greet-by-nаme", "greet-by-n", "Write `greet-by-name` instead"),
        ("seller greets the", "sel\u{200b}ler greets the", "\u{200b}", "Remove what cannot be seen"),
    ] {
        let broken = sound.replacen(right, wrong, 1);
        assert_eq!(mended(&broken, at, title), sound, "{wrong:?}");
    }
}

#[test]
fn what_is_written_badly_is_written_well() {
    let sound = Book::sound().read(VISIT);
    for (right, wrong, at, title) in [
        (
            "    steps:\n      - id: enter\n",
            "    steps:\n\t  - id: enter\n",
            "\t",
            "Indent the lines of this file with spaces",
        ),
        ("      - id: greet\n", "      – id: greet\n", "– id", "Write `-` instead"),
        ("      - id: bell\n", "      -id: bell\n", "-id: bell", "Add the space"),
        ("        role: seller\n", "        role:seller\n", "role:seller", "Add the space"),
    ] {
        let broken = sound.replacen(right, wrong, 1);
        let after = mended(&broken, at, title);
        let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(folded(&after), folded(&sound), "{wrong:?}");
    }
    let cut = sound.replacen(
        "{en: The first seconds decide., pl: Decydują pierwsze sekundy.}",
        "{en: At first, they decide, pl: Na początku}",
        1,
    );
    assert!(
        mended(&cut, "they decide", "Put this text in quotation marks")
            .contains("why: {en: \"At first, they decide\", pl: Na początku}")
    );
}

#[test]
fn a_key_that_is_lacking_and_an_id_that_is_taken_are_mended() {
    // A draft may leave its level open.
    let sound = Book::sound().read(VISIT).replacen("        status: draft\n", "", 1);
    let lacking = sound.replacen("        level: exclusive\n", "", 1);
    let id = "      - id: greet-by-name\n";
    let with_level = lacking.replacen(id, &format!("{id}        level: exclusive\n"), 1);
    assert_eq!(mended(&lacking, "id: greet-by-name", "Add `level: exclusive`"), with_level);
    // Lines end as the file's lines end.
    let by_dos = |text: &str| text.replace('\n', "\r\n");
    assert_eq!(mended(&by_dos(&lacking), "id: greet-by-name", "Add `level: exclusive`"), by_dos(&with_level));
    let twice = sound.replacen("- id: greet-by-name", "- id: greet", 1);
    let at = "greet\n        step: enter\n        trait: friendly\n        type: personal\n        level: exclusive";
    assert_eq!(
        mended(&twice, at, "Give this entry the id `greet-2`"),
        sound.replacen("- id: greet-by-name", "- id: greet-2", 1)
    );
}

#[test]
fn a_key_that_is_added_has_a_value_that_may_stand_there() {
    let sound = Book::sound().read(VISIT);
    let without = |gone: &str| {
        assert!(sound.contains(gone), "no {gone:?}");
        sound.replacen(gone, "", 1)
    };
    // A text that is still to be written, as a rule says while it is there.
    let text = "        text:\n          en: Every shelf bears the price of each article.\n          pl: Każda półka ma cenę każdego towaru.\n";
    let after = mended(&without(text), "id: price-tags", "Add the key `text`");
    let written = "        text:\n          en: to be written\n          pl: do napisania\n";
    assert!(after.contains(&format!("      - id: price-tags\n{written}")), "{after}");
    let checked = Book::sound().with(VISIT, &after).run("check --format json").json();
    assert!(crate::support::column(&checked, "rule").contains(&"unwritten-text"), "{checked}");
    // An id of what the entry says.
    let unnamed = sound.replacen(
        "      - id: bell\n        trait: friendly\n        type: product",
        "      - trait: friendly\n        type: product",
        1,
    );
    let at = "trait: friendly\n        type: product";
    let after = mended(&unnamed, at, "Add `id: a-bell-hangs-over-the-door`");
    assert!(after.contains("      - id: a-bell-hangs-over-the-door\n        trait: friendly\n"), "{after}");
    // Who may receive a hand-off.
    let after = mended(&without("          to: accounting\n"), "what: {en: Takings", "Add `to: accounting`");
    assert_eq!(after, sound);
    // In brackets.
    let waived = sound.replacen(
        "    standards:\n",
        "    waive:\n      - {trait: friendly, type: product, level: basic}\n    standards:\n",
        1,
    );
    let after = mended(&waived, "{trait: friendly", "Add the key `why`");
    assert!(after.contains("level: basic, why: {en: to be written, pl: do napisania}}\n"), "{after}");
}

#[test]
fn a_key_without_a_value_gets_one_that_may_stand_there() {
    let sound = Book::sound().read(VISIT);
    for (right, wrong, at, title) in [
        ("level: basic", "level:", "level:", "Write `level: basic`"),
        ("type: personal", "type:   ", "type:", "Write `type: personal`"),
        ("aspect: performance", "aspect: ", "aspect:", "Write `aspect: performance`"),
        ("role: cashier", "role:", "role:\n        handoff", "Write `role: cashier`"),
        ("contact: face-to-face", "contact:", "contact:", "Write `contact: face-to-face`"),
    ] {
        assert_eq!(mended(&sound.replacen(right, wrong, 1), at, title), sound, "{wrong}");
    }
    let commented = sound.replacen("level: basic", "level: # which?", 1);
    assert!(mended(&commented, "level: #", "Write `level: basic`").contains("level: basic # which?\n"));
    let empty =
        sound.replacen("why: {en: The first seconds decide., pl: Decydują pierwsze sekundy.}", "why: # why?", 1);
    let after = mended(&empty, "why: #", "Write a text for `why`");
    assert!(
        after.contains("        why: # why?\n          en: to be written\n          pl: do napisania\n"),
        "{after}"
    );
}

#[test]
fn lines_that_end_in_cr_alone_end_in_lf() {
    let book = Book::sound();
    let text = book.read(VISIT);
    let old = text.replace('\n', "\r");
    let mut client = Client::of(&book, "en");
    client.open(VISIT, &old);
    client.codes(VISIT, |codes| codes.contains(&"yaml-syntax".to_owned()));
    // From anywhere in the file, and one edit that each editor understands.
    let caret = json!({"line": 7, "character": 3});
    let actions = client.actions(VISIT, json!({"start": caret, "end": caret}));
    let action = actions.iter().find(|action| action["title"] == "End the lines of this file with LF");
    let edits = &action.unwrap_or_else(|| panic!("{actions:?}"))["edit"]["documentChanges"][0]["edits"];
    let edits = edits.as_array().expect("edits").clone();
    let changes: Vec<Value> =
        edits.iter().map(|edit| json!({"range": edit["range"], "text": edit["newText"]})).collect();
    let document = json!({"uri": client.address(VISIT), "version": 2});
    client.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
    client.codes(VISIT, |codes| !codes.contains(&"yaml-syntax".to_owned()));
    assert_eq!(edits.len(), 1, "{edits:?}");
    assert_eq!(client.leave(), 0);
}

#[test]
fn a_quotation_mark_is_closed_at_the_end_of_its_line() {
    let sound = Book::sound().read(VISIT);
    let sentence = "The seller greets the shopper within 10 seconds.";
    let open = sound.replacen(sentence, &format!("\"{sentence}"), 1);
    let after = mended(&open, "\"The seller greets", "Close the quotation mark at the end of the line");
    assert_eq!(after, sound.replacen(sentence, &format!("\"{sentence}\""), 1));
}

#[test]
fn a_figure_is_taken_into_the_measure() {
    let sound = Book::sound().read(VISIT);
    let text = sound.replacen("greets a regular shopper by name", "greets a regular shopper within 5 seconds", 1);
    let after = mended(&text, "id: greet-by-name", "Take the figure into the measure: `within: 5 s`");
    assert!(after.contains("within 5 seconds.\n          pl: Sprzedawca wita stałego klienta po imieniu.\n        measure: {within: 5 s}\n"), "{after}");
    let text = sound.replacen("greets a regular shopper by name", "works at 18 °C", 1);
    let after = mended(&text, "id: greet-by-name", "Take the figure into the measure: `at-most: 18 °C`");
    assert!(after.contains("        measure: {at-most: 18 °C}\n"), "{after}");
}

#[test]
fn moves_and_copies_are_those_of_the_commands() {
    let sound = Book::sound().read(VISIT);
    let moved = Book::sound();
    moved.run("move greet payment").ends(0);
    assert_eq!(mended(&sound, "id: greet\n", "Move `greet` to the phase `payment`"), moved.read(VISIT));
    let copied = Book::sound();
    copied.run("copy payment payment-2").ends(0);
    assert_eq!(
        mended(&sound, "id: payment", "Copy the phase `payment` as `payment-2`, with new ids"),
        copied.read(VISIT)
    );
}

#[test]
fn an_edit_of_a_whole_phase_is_worked_out_when_it_was_chosen() {
    let book = Book::sound();
    let text = book.read(VISIT);
    let start = text.find("id: greet\n").expect("a standard");
    let range = json!({"start": position(&text, start), "end": position(&text, start)});
    let asked = |client: &Client| json!({"textDocument": {"uri": client.address(VISIT)}, "range": range, "context": {"diagnostics": []}});
    let is_move = |action: &&Value| action["title"] == "Move `greet` to the phase `payment`";
    // An editor that can asks later; what stands in the way by then is said.
    let mut client = Client::of(&book, "en");
    client.open(VISIT, &text);
    let params = asked(&client);
    let actions = client.ask("textDocument/codeAction", params);
    let moved = actions.as_array().expect("a list").iter().find(is_move).expect("the action").clone();
    assert!(moved.get("edit").is_none() && moved["data"]["task"]["move"]["phase"] == "payment", "{moved}");
    client.change(VISIT, 2, &text.replacen("id: greet\n", "id: welcome\n", 1));
    let refused = client.ask("codeAction/resolve", moved.clone());
    assert_eq!(refused["code"], -32803, "{refused}");
    client.change(VISIT, 3, &text.replacen("level: basic", "level: [", 1));
    let refused = client.ask("codeAction/resolve", moved.clone());
    assert_eq!(refused["code"], -32803, "{refused}");
    client.change(VISIT, 4, &text);
    let resolved = client.ask("codeAction/resolve", moved.clone());
    assert!(resolved["edit"]["documentChanges"].is_array(), "{resolved}");
    let mut odd = moved;
    odd["data"] = json!({"uri": 7});
    assert_eq!(client.ask("codeAction/resolve", odd)["code"], -32602);
    // One that cannot has it at once.
    let mut client = Client::silent(&book);
    client.ask("initialize", json!({"processId": null, "rootUri": client.address(""), "capabilities": {}}));
    client.tell("initialized", json!({}));
    client.open(VISIT, &text);
    let params = asked(&client);
    let actions = client.ask("textDocument/codeAction", params);
    let moved = actions.as_array().expect("a list").iter().find(is_move).expect("the action");
    assert!(moved["edit"]["changes"].is_object(), "{moved}");
}

#[test]
fn an_edit_is_no_longer_than_what_it_changes() {
    let book = Book::sound();
    let text = book.read(VISIT);
    let mut client = Client::of(&book, "en");
    client.open(VISIT, &text);
    let edit = client.ask_at("textDocument/rename", VISIT, (&text, "greet\n"), json!({"newName": "welcome"}));
    let edits = &edit["documentChanges"][0]["edits"];
    assert_eq!(edits[0]["newText"], "welcome");
    assert_eq!(edits[0]["range"]["end"]["character"], 17);
    assert_eq!(edits[1]["newText"], ", greet");
}

#[test]
fn hovers_tell_of_phases_steps_sites_and_conditions() {
    let book = Book::sound();
    let text = book.read(VISIT);
    let mut client = Client::of(&book, "pl");
    client.open(VISIT, &text);
    let said = |client: &mut Client, path: &str, text: &str, at: &str| {
        let hover = client.ask_at("textDocument/hover", path, (text, at), json!({}));
        hover["contents"]["value"].as_str().unwrap_or_else(|| panic!("nothing of {at:?}")).to_owned()
    };
    let phase = said(&mut client, VISIT, &text, "arrival");
    assert!(phase.contains("napisane: 3, wymagane: ") && phase.contains("pokryte: "), "{phase}");
    let step = said(&mut client, VISIT, &text, "enter\n");
    assert!(step.contains("`seller`"), "{step}");
    let standard = said(&mut client, VISIT, &text, "receipt\n");
    assert!(
        standard.contains("`site.tills >= 1`") && standard.contains("`payment`") && standard.contains("tak: "),
        "{standard}"
    );
    let attribute = said(&mut client, VISIT, &text, "site.tills");
    assert!(attribute.contains("**site.tills**") && attribute.contains("- `market`: "), "{attribute}");
    let site = book.read("sites/market.yaml");
    client.open("sites/market.yaml", &site);
    let key = said(&mut client, "sites/market.yaml", &site, "tills:");
    assert!(key.contains("w 2 miejscach"), "{key}");
}

#[test]
fn a_trait_is_told_with_the_word_for_whom_the_sequence_serves() {
    let book = Book::sound();
    let plain = book.read(VISIT);
    let mut client = Client::of(&book, "en");
    let own = plain.replacen(
        "phases:",
        "customer:\n  en: {one: angler, many: anglers, possessive: \"angler's\"}\nphases:",
        1,
    );
    client.open(VISIT, &plain);
    let told = |client: &mut Client, text: &str| {
        let hover = client.ask_at("textDocument/hover", VISIT, (text, "friendly"), json!({}));
        hover["contents"]["value"].as_str().expect("a text").to_owned()
    };
    let before = told(&mut client, &plain);
    assert!(before.contains("the shopper") && !before.contains("angler"), "{before}");
    client.change(VISIT, 2, &own);
    let after = told(&mut client, &own);
    assert!(after.contains("the angler") && !after.contains("shopper"), "{after}");
    let key = client.ask_at("textDocument/hover", VISIT, (&own, "customer:"), json!({}));
    assert!(key["contents"]["value"].as_str().expect("a text").contains("The word for whom it serves"), "{key}");
}

#[test]
fn a_site_that_only_a_condition_names_is_used() {
    let book = Book::sound();
    let text = book.read(VISIT).replace("when: site.tills >= 1", "when: site.id == \"market\"");
    let mut client = Client::of(&book, "en");
    client.open(VISIT, &text);
    let site = book.read("sites/market.yaml");
    client.open("sites/market.yaml", &site);
    let uses = client.ask_at(
        "textDocument/references",
        "sites/market.yaml",
        (&site, "market"),
        json!({"context": {"includeDeclaration": false}}),
    );
    let uses = uses.as_array().expect("places");
    assert_eq!(uses.len(), 1, "{uses:?}");
    let start = text.find("market\"").expect("a place");
    assert_eq!(uses[0]["range"]["start"]["line"], position(&text, start)["line"]);
}

#[test]
fn a_condition_completes_what_sites_are_asked() {
    let book = Book::sound();
    let text = book.read(VISIT).replace("when: site.tills >= 1", "when: site.");
    let mut client = Client::of(&book, "en");
    client.open(VISIT, &text);
    let offset = text.find("when: site.").expect("a place") + 11;
    let place = json!({"textDocument": {"uri": client.address(VISIT)}, "position": position(&text, offset)});
    let all = client.ask("textDocument/completion", place);
    let tills =
        all.as_array().expect("a list").iter().find(|item| item["label"] == "site.tills").expect("the attribute");
    assert_eq!(tills["textEdit"]["range"]["start"], position(&text, offset - 5));
    assert_eq!(tills["textEdit"]["range"]["end"], position(&text, offset));
}

#[test]
fn a_text_that_cannot_be_read_has_an_outline_all_the_same() {
    let book = Book::sound();
    let text = book.read(VISIT).replacen("text:\n          en: The seller", "text:\n          en: \"The seller", 1);
    let mut client = Client::of(&book, "en");
    client.open(VISIT, &text);
    let outline = client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": client.address(VISIT)}}));
    assert_eq!(outline[0]["name"], "visit");
    let names = |all: &Value| -> Vec<String> {
        all.as_array().expect("a list").iter().map(|one| one["name"].as_str().expect("a name").to_owned()).collect()
    };
    assert_eq!(names(&outline[0]["children"]), ["arrival", "payment"]);
    assert_eq!(names(&outline[0]["children"][0]["children"]), ["enter", "greet", "greet-by-name", "bell"]);
    // Another file stands in the way of a renaming, and the editor says which.
    let refused = client.ask_at("textDocument/rename", VISIT, (&text, "greet\n"), json!({"newName": "x"}));
    assert_eq!(refused["code"], -32803, "{refused}");
    let roles = book.read("roles.yaml");
    client.open("roles.yaml", &roles);
    let refused = client.ask_at("textDocument/rename", "roles.yaml", (&roles, "seller"), json!({"newName": "x"}));
    let said = refused["message"].as_str().expect("a message");
    assert!(said.contains("sequences/visit.yaml:") && said.contains("mend it in the editor"), "{said}");
}

#[test]
fn a_new_file_that_nothing_reads_is_told_before_it_is_saved() {
    let book = Book::sound();
    let mut client = Client::of(&book, "en");
    client.open("sekwencja.yaml", "id: x\nphases: []\n");
    client.codes("sekwencja.yaml", |codes| codes.contains(&"unread-file".to_owned()));
}

#[test]
fn what_is_not_known_of_the_past_is_shown_at_the_first_start_only() {
    let book = Book::sound();
    let mut shown = Vec::new();
    for _ in 0..2 {
        let mut client = Client::of(&book, "en");
        let message = loop {
            let message = client.next().expect("a message");
            if message["method"].as_str().is_some_and(|method| method.starts_with("window/")) {
                break message;
            }
        };
        shown.push(message["method"].as_str().expect("a method").to_owned());
        assert_eq!(client.leave(), 0);
    }
    assert_eq!(shown, ["window/showMessage", "window/logMessage"]);
}

#[test]
fn a_request_with_an_odd_id_is_refused() {
    let book = Book::sound();
    let mut client = Client::of(&book, "en");
    client.send(&json!({"jsonrpc": "2.0", "id": {"a": 1}, "method": "textDocument/hover", "params": {}}));
    assert_eq!(client.answer(&Value::Null)["code"], -32600);
    assert_eq!(client.leave(), 0);
}
