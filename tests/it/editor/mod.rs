//! The language server, as editors use it.

mod client;
mod counted;
mod hostile;
mod mends;
#[cfg(unix)]
mod neovim;
mod prefixes;
mod trainer;

use serde_json::{Value, json};

use self::client::{Client, applied, position};
use crate::support::Book;

const VISIT: &str = "sequences/visit.yaml";

#[test]
fn what_is_found_while_typing_is_told_and_taken_back() {
    let book = Book::sound();
    let text = book.read(VISIT);
    let mut client = Client::of(&book, "pl-PL");
    client.open(VISIT, &text.replace("traits: [friendly]", "traits: [frendly]"));
    client.codes(VISIT, |codes| codes.contains(&"unknown-trait".to_owned()));
    let finding = client.told[&client.address(VISIT)].iter().find(|found| found["code"] == "unknown-trait").cloned();
    let finding = finding.expect("the finding");
    let said = finding["message"].as_str().expect("a message");
    assert!(said.contains("czy chodziło o `friendly`?"), "{said}");
    let line = text.lines().position(|line| line.contains("traits: [friendly]")).expect("the line");
    assert_eq!(finding["range"]["start"], json!({"line": line, "character": 13}));
    // The explanation is a page on this machine.
    let page = finding["codeDescription"]["href"].as_str().expect("an address");
    let page = std::fs::read_to_string(page.strip_prefix("file://").expect("a file")).expect("the page");
    assert!(page.contains("# unknown-trait"), "{page}");

    client.change(VISIT, 2, &text);
    client.codes(VISIT, |codes| !codes.contains(&"unknown-trait".to_owned()));
    // Nothing was written.
    assert_eq!(book.read(VISIT), text);
    assert_eq!(client.leave(), 0);
}

#[test]
fn a_change_of_a_part_of_a_text_is_counted_in_the_units_of_the_editor() {
    let book = Book::sound();
    let text = book.read(VISIT).replace("title: {en: A visit", "title: {en: \"A 😀 żwawy visit\"");
    let mut client = Client::of(&book, "en");
    client.open(VISIT, &text);
    let start = text.find(" visit\"").expect("the word");
    let range = json!({"start": position(&text, start + 1), "end": position(&text, start + 6)});
    let document = json!({"uri": client.address(VISIT), "version": 2});
    client.tell(
        "textDocument/didChange",
        json!({"textDocument": document, "contentChanges": [{"range": range, "text": "walk"}]}),
    );
    let found = client.ask("workspace/symbol", json!({"query": "zwawy walk"}));
    let names: Vec<&str> = found.as_array().expect("a list").iter().filter_map(|one| one["name"].as_str()).collect();
    assert_eq!(names, ["visit: A 😀 żwawy walk"]);
}

fn labels(answer: &Value) -> Vec<&str> {
    answer.as_array().expect("a list").iter().map(|item| item["label"].as_str().expect("a label")).collect()
}

#[test]
fn keys_words_and_ids_are_proposed_where_they_fit() {
    let book = Book::sound();
    let text = book.read(VISIT);
    let mut client = Client::of(&book, "sv");
    let with = |line: &str| text.replacen("    standards:\n", &format!("    standards:\n{line}\n"), 1);
    let mut version = 1;
    client.open(VISIT, &text);
    let mut proposed = |client: &mut Client, line: &str| {
        version += 1;
        let text = with(line);
        client.change(VISIT, version, &text);
        let offset = text.find(line).expect("the line") + line.len();
        let place = json!({"textDocument": {"uri": client.address(VISIT)}, "position": position(&text, offset)});
        client.ask("textDocument/completion", place)
    };
    let keys = proposed(&mut client, "      - id: new\n        ");
    assert!(labels(&keys).contains(&"measure") && !labels(&keys).contains(&"id"), "{keys}");
    let level = keys.as_array().expect("a list").iter().find(|key| key["label"] == "level").expect("the key");
    assert_eq!(
        level["documentation"]["value"],
        "Hur mycket den erbjuder. Ett utkast, och bara ett utkast, får lämna det öppet."
    );
    let levels = proposed(&mut client, "      - id: new\n        level: ");
    assert_eq!(labels(&levels), ["basic", "expected", "exclusive"]);
    let traits = proposed(&mut client, "      - id: new\n        trait: fr");
    assert!(labels(&traits).contains(&"friendly"), "{traits}");
    let steps = proposed(&mut client, "      - id: new\n        step: ");
    assert_eq!(labels(&steps), ["enter"]);
    let units = proposed(&mut client, "      - id: new\n        measure:\n          within: 10");
    assert!(labels(&units).contains(&"10 s"), "{units}");
    let rules = proposed(&mut client, "      - id: new\n        allow: [vag");
    assert!(labels(&rules).contains(&"vague-word"), "{rules}");
    assert!(!labels(&rules).contains(&"yaml-syntax"), "a rule that cannot be switched off");
    let prose = proposed(&mut client, "      - id: new\n        text: |\n          The seller ");
    assert_eq!(prose, json!([]));
}

#[test]
fn a_whole_standard_has_the_languages_of_the_book_and_what_patterns_make_can_be_taken() {
    let book = Book::sound();
    let text = book.read(VISIT).replacen("    standards:\n", "    standards:\n      - \n", 1);
    let mut client = Client::of(&book, "en");
    client.open(VISIT, &text);
    let offset = text.find("      - \n").expect("the line") + 8;
    let place = json!({"textDocument": {"uri": client.address(VISIT)}, "position": position(&text, offset)});
    let all = client.ask("textDocument/completion", place);
    let all = all.as_array().expect("a list");
    let whole = all.iter().find(|item| item["label"] == "a standard").expect("the whole entry");
    let written = whole["textEdit"]["newText"].as_str().expect("a text");
    assert!(written.contains("\n        text:\n          en: $"), "{written}");
    assert!(written.contains("\n          pl: $"), "{written}");
    // Each of the others is an entry that the book takes as it is.
    let of_pattern =
        all.iter().find(|item| item["detail"].as_str().is_some_and(|detail| detail.contains("friendly ·")));
    let entry = of_pattern.expect("a proposal")["textEdit"]["newText"].as_str().expect("a text").to_owned();
    let taken = text.replacen("      - \n", &format!("      - {entry}\n"), 1);
    let book = book.with(VISIT, taken);
    let checked = book.run("check --format json").json();
    let errors: Vec<&Value> =
        checked.as_array().expect("findings").iter().filter(|found| found["severity"] == "error").collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn an_id_is_explained_found_and_renamed_as_the_command_does() {
    let book = Book::sound();
    let text = book.read(VISIT);
    let mut client = Client::of(&book, "en");
    client.open(VISIT, &text);
    let hover = client.ask_at("textDocument/hover", VISIT, (&text, "greet\n"), json!({}));
    let said = hover["contents"]["value"].as_str().expect("a text");
    assert!(said.contains("`greet@") && said.contains("within 10 s"), "{said}");
    let key = client.ask_at("textDocument/hover", VISIT, (&text, "procedure: communication"), json!({}));
    assert!(key["contents"]["value"].as_str().expect("a text").contains("Kind of front-office procedure"), "{key}");

    let of_library = client.ask_at("textDocument/hover", VISIT, (&text, "friendly"), json!({}));
    let said = of_library["contents"]["value"].as_str().expect("a text");
    assert!(said.contains("shopper") && !said.contains("{{"), "patterns in the book's words: {said}");

    let roles = book.read("roles.yaml");
    let used = text.find("role: seller").expect("a use") + 6;
    let place = json!({"textDocument": {"uri": client.address(VISIT)}, "position": position(&text, used)});
    let defined = client.ask("textDocument/definition", place.clone());
    assert_eq!(defined[0]["uri"], client.address("roles.yaml"));
    let start = roles.find("seller").expect("the role");
    assert_eq!(defined[0]["range"]["start"], position(&roles, start));

    let mut with_name = place;
    with_name["newName"] = json!("shop-assistant");
    let edit = client.ask("textDocument/rename", with_name);
    let after = ["roles.yaml", VISIT].map(|path| applied(&book.read(path), &edit, &client.address(path)));
    assert_eq!(client.leave(), 0);
    book.run("rename role:seller shop-assistant").ends(0);
    assert_eq!(after, ["roles.yaml", VISIT].map(|path| book.read(path)));
}

#[test]
fn a_name_that_is_taken_is_refused_in_the_reader_s_words() {
    let book = Book::sound();
    let text = book.read(VISIT);
    let mut client = Client::of(&book, "sv-SE");
    client.open(VISIT, &text);
    let refused = client.ask_at("textDocument/rename", VISIT, (&text, "greet\n"), json!({"newName": "greet-by-name"}));
    let said = refused["message"].as_str().expect("a message");
    assert!(said.contains("`greet-by-name`") && said.contains("råd:"), "{said}");
}

#[test]
fn mends_are_offered_and_make_the_finding_go() {
    let book = Book::sound();
    let text = book.read(VISIT).replace("level: exclusive", "level: exlusive").replacen(
        "The seller greets the shopper within 10 seconds.",
        "The seller greets the shopper nicely within 10 seconds.",
        1,
    );
    let mut client = Client::of(&book, "en");
    client.open(VISIT, &text);
    let mut mended = text.clone();
    for (at, title) in
        [("exlusive", "Write `exclusive` instead"), ("nicely", "Let this entry break the rule `vague-word`")]
    {
        let start = mended.find(at).expect("the place");
        let range = json!({"start": position(&mended, start), "end": position(&mended, start + at.len())});
        let asked =
            json!({"textDocument": {"uri": client.address(VISIT)}, "range": range, "context": {"diagnostics": []}});
        let actions = client.ask("textDocument/codeAction", asked);
        let action = actions.as_array().expect("a list").iter().find(|action| action["title"] == title);
        let action = action.unwrap_or_else(|| panic!("no {title:?} in {actions}"));
        mended = applied(&mended, &action["edit"], &client.address(VISIT));
        client.change(VISIT, 2, &mended);
    }
    let codes = client.codes(VISIT, |codes| !codes.iter().any(|code| code == "unknown-value" || code == "vague-word"));
    assert!(codes.iter().all(|code| code != "vague-word"), "{codes:?}");
    assert!(mended.contains("level: exclusive") && mended.contains("allow: [vague-word]"), "{mended}");
}

#[test]
fn an_outline_foldings_and_how_far_a_phase_is_covered() {
    let book = Book::sound();
    let text = book.read(VISIT);
    let mut client = Client::of(&book, "pl");
    client.open(VISIT, &text);
    let document = json!({"textDocument": {"uri": client.address(VISIT)}});
    let outline = client.ask("textDocument/documentSymbol", document.clone());
    assert_eq!(outline[0]["name"], "visit");
    assert_eq!(outline[0]["children"][0]["name"], "arrival");
    assert_eq!(outline[0]["children"][0]["detail"], "Wejście");
    let folds = client.ask("textDocument/foldingRange", document.clone());
    assert!(folds.as_array().expect("a list").len() > 5);
    let lenses = client.ask("textDocument/codeLens", document);
    let first = lenses[0]["command"]["title"].as_str().expect("a title");
    assert!(first.starts_with("pokryte: "), "{first}");
}

#[test]
fn what_the_library_defines_is_found_wherever_it_is_used_and_cannot_be_renamed() {
    let book = Book::sound();
    let text = book.read(VISIT);
    let mut client = Client::of(&book, "en");
    client.open(VISIT, &text);
    let used = client.ask_at(
        "textDocument/references",
        VISIT,
        (&text, "friendly"),
        json!({"context": {"includeDeclaration": true}}),
    );
    assert_eq!(used.as_array().expect("places").len(), text.matches("friendly").count(), "{used}");
    // Its definition is a copy that an editor can open, in no book.
    let defined = client.ask_at("textDocument/definition", VISIT, (&text, "friendly"), json!({}));
    let copy = defined[0]["uri"].as_str().expect("an address").strip_prefix("file://").expect("a file").to_owned();
    let copy = std::fs::read_to_string(copy).expect("the copy");
    let line = defined[0]["range"]["start"]["line"].as_u64().expect("a line") as usize;
    assert_eq!(copy.lines().nth(line).map(str::trim), Some("- id: friendly"));
    let refused = client.ask_at("textDocument/prepareRename", VISIT, (&text, "friendly"), json!({}));
    assert!(refused["message"].as_str().is_some_and(|said| said.contains("built-in library")), "{refused}");
    // An editor that asks for one kind of action gets no other.
    let range = json!({"start": {"line": 8, "character": 0}, "end": {"line": 8, "character": 0}});
    let asked = json!({"textDocument": {"uri": client.address(VISIT)}, "range": range, "context": {"diagnostics": [], "only": ["source"]}});
    assert_eq!(client.ask("textDocument/codeAction", asked), json!([]));
}

#[test]
fn a_text_that_is_too_large_is_told_while_it_is_open() {
    let book = Book::sound();
    let text = format!("{}# {}\n", book.read(VISIT), "x".repeat(4 * 1024 * 1024));
    let mut client = Client::of(&book, "en");
    client.open(VISIT, &text);
    client.codes(VISIT, |codes| codes.contains(&"file-too-large".to_owned()));
}
