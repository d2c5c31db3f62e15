//! The fillable checklist in a real browser: filled in on a phone and a laptop, with a reload in the middle, by keyboard
//! alone, without storage, in two rounds, and on paper.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::driver::{Browser, CONTROL, DOWN, ENTER, TAB};
use super::{SCREENS, STICKING_OUT, TOO_FAINT, has};
use crate::support::{Book, TODAY};

/// Four standards: a time with a share, a count, one without a measure, and a length between two bounds.
const ROUND: &str = "id: round
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

fn book() -> Book {
    let manifest =
        "title: {en: Service at \"The Mill\" & <Co>, pl: Obsługa}\nlanguages: [en, pl]\nsector: hotel\nderive: false\n";
    let sound = Book::empty()
        .with("gamma-ok.yaml", manifest)
        .with("sequences/round.yaml", ROUND)
        .with("sites/north.yaml", "id: north\ntitle: North\n");
    sound.run(&format!("checklist --site north --today {TODAY} -o form.html")).ends(0);
    sound
}

fn page(book: &Book) -> PathBuf {
    book.path().join("form.html")
}

/// A card's radio, by the standard and the place of the answer from 1.
fn answer(standard: &str, at: usize) -> String {
    format!("[data-ref^='{standard}@'] .choices label:nth-child({at}) input")
}

fn field(standard: &str, field: &str) -> String {
    format!("[data-ref^='{standard}@'] [data-field='{field}']")
}

const PROGRESS: &str = "return document.getElementById('progress').textContent";
const SAID: &str = "return document.getElementById('said').textContent";
const TROUBLE: &str = "return document.getElementById('trouble').textContent";
/// The id of the standard whose card has the focus.
const HERE: &str = "return (document.activeElement.closest('[data-ref]')?.dataset.ref ?? '').split('@')[0]";

fn verdict(browser: &Browser, standard: &str) -> String {
    let of = format!(
        "[...document.querySelectorAll(`[data-ref^='{standard}@'] .verdict`)].map(e => e.textContent).join('')"
    );
    browser.text(&format!("return {of}"))
}

/// Sets a field that a browser fills in by a picker.
fn pick(browser: &Browser, selector: &str, value: &str) {
    let script = "const e = document.querySelector(arguments[0]); e.value = arguments[1]; e.dispatchEvent(new Event('input', {bubbles: true}))";
    browser.ask_of(script, json!([selector, value]));
}

/// A saved file without what differs from run to run, with its answers by standard.
fn read(text: &str) -> (Value, Value) {
    let mut file: Value = serde_json::from_str(text).expect("JSON");
    let answers = file["answers"].take();
    let by_id = answers.as_array().into_iter().flatten().map(|one| {
        let mut one = one.clone();
        let stamp = one["stamp"].take();
        assert!(stamp.as_str().is_some_and(|stamp| stamp.len() == 8), "{stamp}");
        let fields = one.as_object().cloned().unwrap_or_default();
        let said = fields.into_iter().filter(|(key, value)| !value.is_null() && key != "standard").collect();
        (one["standard"].as_str().unwrap_or_default().to_owned(), Value::Object(said))
    });
    (file, Value::Object(by_id.collect()))
}

/// What a thumb would miss, or a phone would zoom in on.
const TOO_SMALL: &str = "return [...document.querySelectorAll('#form button, #form input:not([type=file], [type=radio]), #form select, #form textarea, #form summary, .choices label')]
    .filter(e => e.getClientRects().length && !e.closest('details:not([open]) > :not(summary)'))
    .filter(e => { const b = e.getBoundingClientRect(); return b.height < 44 || b.width < 36 || (e.matches('input, select, textarea') && parseFloat(getComputedStyle(e).fontSize) < 16); })
    .map(e => e.outerHTML.slice(0, 80))";

/// Takes the standards that a form was made of, and brings along, out of the head of what it saved.
fn brings_its_standards(head: &mut Value) {
    let edition = head.as_object_mut().and_then(|head| head.remove("edition")).expect("an edition");
    let hash = edition["hash"].as_str().expect("a hash");
    let part = edition["part"].as_str().expect("the rows of its items");
    assert!(part.contains(hash) && part.contains("\"greet\""), "{edition}");
}

#[test]
fn a_round_is_filled_in_left_and_gone_on_with() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    for (screen, scheme) in SCREENS.into_iter().zip(["light", "dark"]) {
        browser.screen(screen, scheme);
        browser.open(&page(&book));
        browser.ask("localStorage.clear()");
        browser.open(&page(&book));
        pick(&browser, "[data-field=date]", "2026-02-27T14:30");
        browser.write("[data-field=auditor]", "quality lead");
        // A value answers by itself, and says why a unit does not fit.
        browser.write(&field("greet", "observed"), "12");
        assert_eq!(verdict(&browser, "greet"), "By the value it is not met.");
        browser.write(&field("greet", "observed"), " metres");
        assert!(verdict(&browser, "greet").contains("“metres” does not fit here, this is measured in s"));
        assert_eq!(browser.text(PROGRESS), "Answered: 0 of 4", "what is not understood answers nothing");
        pick(&browser, &field("greet", "observed"), "0,1 min");
        assert_eq!(verdict(&browser, "greet"), "By the value it is met.");
        browser.click("[data-ref^='greet@'] [data-do=another]");
        browser.keys("12 s".chars());
        assert_eq!(verdict(&browser, "greet"), "1/2: By the value it is not met.", "50 % of 75 %");
        // A reason is asked for.
        browser.click(&answer("pens", 3));
        assert!(browser.text(PROGRESS).contains("Incomplete: 1."), "{}", browser.text(PROGRESS));
        browser.write(&field("pens", "why"), "Guests sign on a screen");
        assert_eq!(browser.text(PROGRESS), "Answered: 2 of 4 · not met: 1 · n/a: 1");

        // The browser is closed in the middle.
        browser.open(&page(&book));
        assert_eq!(browser.text(PROGRESS), "Answered: 2 of 4 · not met: 1 · n/a: 1");
        browser.click("#next");
        assert_eq!(browser.text(HERE), "badge", "the first that is open");
        browser.click(&answer("badge", 2));
        pick(&browser, &field("badge", "grade"), "minor");
        browser.write(&field("badge", "note"), "Two of <three> had none");
        browser.write(&field("badge", "action.owner"), "shift leader");
        assert!(browser.text(PROGRESS).contains("Incomplete: 1."), "an action that does not say what will be done");
        browser.write(&field("badge", "action.what"), "Order badges");
        pick(&browser, &field("badge", "action.due"), "2026-03-20");
        // A slip, and back.
        browser.click(&answer("badge", 1));
        browser.click(&answer("mat", 4));
        browser.click("#undo");
        browser.click("#undo");
        assert_eq!(browser.text(PROGRESS), "Answered: 3 of 4 · not met: 2 · n/a: 1");
        let (over, faint) = (browser.ask(STICKING_OUT), browser.ask(TOO_FAINT));
        assert_eq!((over, faint), (json!([]), json!([])), "{screen:?} {scheme}");
        assert_eq!(browser.ask(TOO_SMALL), json!([]), "too small for a thumb: {screen:?}");
        browser.click("#save");
        let (name, text) = browser.saved();
        let (mut head, answers) = read(&text);
        brings_its_standards(&mut head);
        let round = head["round"].as_str().expect("a round").to_owned();
        assert!(round.len() == 8 && round.bytes().all(|byte| byte.is_ascii_hexdigit()), "{round}");
        assert_eq!(name, format!("audit-north-2026-02-27-{round}.json"));
        let expected = json!({
            "gamma-ok": "checklist", "version": 1, "book": "Service at \"The Mill\" & <Co>", "language": "en", "site": "north",
            "date": "2026-02-27T14:30", "round": round, "visit": null, "auditor": "quality lead", "kind": "internal",
            "staff": null, "scope": {}, "answers": null,
        });
        assert_eq!(head, expected);
        let expected = json!({
            "greet": {"answer": "not met", "observed": ["0,1 min", "12 s"]},
            "pens": {"answer": "n/a", "why": "Guests sign on a screen"},
            "badge": {
                "answer": "not met", "note": "Two of <three> had none", "grade": "minor",
                "action": {"what": "Order badges", "cause": null, "owner": "shift leader", "due": "2026-03-20"},
            },
        });
        assert_eq!(answers, expected);
        // And the program takes it in as it is.
        let file = format!("{}.json", screen.0);
        std::fs::write(book.path().join(&file), &text).expect("a writable file");
        let dry = book.run(&format!("audit record {file} --dry-run --today {TODAY}")).ends(0).stdout();
        for line in
            ["site: north", "round: ", "auditor: quality lead", "[0.1 min, 12 s]", "why: Guests sign on a screen"]
        {
            assert!(dry.contains(line), "{line}: {dry}");
        }
        assert!(browser.text(SAID).contains("Not answered: 1."), "{}", browser.text(SAID));
        let fetched =
            "return performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith('data:'))";
        assert_eq!(browser.ask(fetched), json!([]), "something left the device");
        assert_eq!(browser.console(), Vec::<String>::new());
    }
}

#[test]
fn the_page_may_neither_send_nor_load_anything() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    browser.open(&page(&book));
    let tries = "
      const done = arguments[0] ?? [];
      document.addEventListener('securitypolicyviolation', e => done.push(e.effectiveDirective));
      fetch('https://example.org/').catch(() => {});
      new Image().src = 'https://example.org/x.png';
      const script = document.createElement('script'); script.textContent = 'window.foreign = 1'; document.body.append(script);
      const style = document.createElement('style'); style.textContent = 'p { color: red }'; document.body.append(style);
      const base = document.createElement('base'); base.href = 'https://example.org/'; document.head.append(base);
      window.violations = done;";
    browser.ask(tries);
    let mut stopped = json!([]);
    for _ in 0..100 {
        stopped = browser.ask("return [...new Set(window.violations)].sort()");
        if stopped.as_array().is_some_and(|all| all.len() == 5) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(stopped, json!(["base-uri", "connect-src", "img-src", "script-src-elem", "style-src-elem"]));
    assert_eq!(browser.ask("return window.foreign ?? null"), Value::Null);
}

#[test]
fn without_storage_it_says_so_and_still_saves() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    let refuse = [
        (
            "denied",
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})",
            "keeps nothing",
        ),
        (
            "full",
            "Storage.prototype.setItem = function (key) { if (!key.endsWith('try')) throw new DOMException('no', 'QuotaExceededError'); }",
            "storage is full",
        ),
    ];
    for (case, script, told) in refuse {
        let added = browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({"source": script}));
        browser.open(&page(&book));
        browser.click(&answer("badge", 1));
        assert!(browser.text(TROUBLE).contains(told), "{case}: {}", browser.text(TROUBLE));
        browser.click("#undo");
        browser.click(&answer("badge", 2));
        browser.write("[data-field=auditor]", "owner");
        browser.click("#save");
        let (head, answers) = read(&browser.saved().1);
        assert_eq!((&head["auditor"], &answers), (&json!("owner"), &json!({"badge": {"answer": "not met"}})), "{case}");
        assert!(browser.text(TROUBLE).contains(told), "{case}: still true after saving");
        browser.cdp("Page.removeScriptToEvaluateOnNewDocument", added);
    }
}

#[test]
fn where_the_form_cannot_be_made_the_paper_is_there() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    let shown = "return ['.paper', '#form'].map(e => document.querySelector(e).getClientRects().length > 0)";
    browser.open(&page(&book));
    assert_eq!(browser.ask(shown), json!([false, true]));
    let old = json!({"source": "crypto.getRandomValues = undefined"});
    let added = browser.cdp("Page.addScriptToEvaluateOnNewDocument", old);
    browser.open(&page(&book));
    assert_eq!(browser.ask(shown), json!([true, false]), "a browser that lacks what the form needs");
    browser.cdp("Page.removeScriptToEvaluateOnNewDocument", added);
    browser.cdp("Emulation.setScriptExecutionDisabled", json!({"value": true}));
    browser.open(&page(&book));
    let paper = printed(&browser, &book);
    assert!(paper.contains("The clerk wears a badge."), "{paper}");
}

#[test]
fn rounds_are_kept_apart_and_files_are_read_back() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    browser.open(&page(&book));
    browser.write("[data-field=auditor]", "first");
    browser.click(&answer("badge", 1));
    browser.click("#rounds summary");
    browser.click("[data-do=new-round]");
    assert_eq!(browser.text(PROGRESS), "Answered: 0 of 4");
    browser.write("[data-field=auditor]", "second");
    browser.click(&answer("mat", 2));
    browser.open(&page(&book));
    assert_eq!(browser.text("return document.querySelector('[data-field=auditor]').value"), "second");
    assert_eq!(browser.text("return document.getElementById('rounds-count').textContent"), "2");
    browser.click("#save");
    let (_, text) = browser.saved();
    let (second, _) = read(&text);

    browser.click("#rounds summary");
    browser.click("#rounds-list li:not([aria-current]) [data-do=open-round]");
    assert_eq!(browser.text("return document.querySelector('[data-field=auditor]').value"), "first");
    browser.click("#save");
    let (first, answers) = read(&browser.saved().1);
    assert_ne!(first["round"], second["round"]);
    assert_eq!(answers, json!({"badge": {"answer": "met"}}));

    // Deleted only when the question is answered, and then gone after a reload too.
    browser.click("#rounds-list li:not([aria-current]) [data-do=delete-round]");
    browser.accept();
    browser.open(&page(&book));
    assert_eq!(browser.text("return document.getElementById('rounds-count').textContent"), "1");

    // The saved file brings it back, with an answer to a wording that this page does not have.
    let mut file: Value = serde_json::from_str(&text).expect("JSON");
    let old = json!({"standard": "greet", "stamp": "00000000", "answer": "met", "observed": ["8 s", "18/20"]});
    file["answers"].as_array_mut().expect("answers").push(old);
    let path = book.path().join("saved.json");
    std::fs::write(&path, file.to_string()).expect("a writable file");
    browser.write("#file", &path.display().to_string());
    wait_for(&browser, SAID, "Opened");
    assert!(browser.text(SAID).contains("other wordings or standards: 1"), "{}", browser.text(SAID));
    assert_eq!(browser.text("return document.querySelector('[data-field=auditor]').value"), "second");
    browser.click("#save");
    let (again, answers) = read(&browser.saved().1);
    assert_eq!(again["round"], second["round"], "the same round");
    let both = json!({"mat": {"answer": "not met"}, "greet": {"answer": "met", "observed": ["8 s", "18/20"]}});
    assert_eq!(answers, both);

    for (bytes, told) in [
        ("{\"gamma-ok\": \"checkl", "cannot be read"),
        ("{\"gamma-ok\": \"review\", \"version\": 1, \"decisions\": []}", "not saved by such a form"),
        ("[1, 2]", "not saved by such a form"),
        ("{\"gamma-ok\": \"checklist\", \"version\": 2, \"answers\": []}", "another version"),
        ("{\"gamma-ok\": \"checklist\", \"version\": 1, \"site\": \"south\", \"answers\": []}", "another place: south"),
    ] {
        std::fs::write(&path, bytes).expect("a writable file");
        browser.write("#file", &path.display().to_string());
        wait_for(&browser, SAID, told);
        assert_eq!(browser.text("return document.querySelector('[data-field=auditor]').value"), "second", "{told}");
    }
    assert_eq!(browser.console(), Vec::<String>::new());
}

fn wait_for(browser: &Browser, script: &str, text: &str) {
    for _ in 0..200 {
        if browser.text(script).contains(text) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("{text}: {}", browser.text(script));
}

#[test]
fn it_is_filled_in_by_keyboard_alone() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    browser.open(&page(&book));
    // From the top of the page to the first answer.
    for _ in 0..60 {
        if browser.text(HERE) == "greet" {
            break;
        }
        browser.keys([TAB]);
    }
    browser.keys(['1']);
    assert_eq!(browser.text(PROGRESS), "Answered: 1 of 4");
    browser.keys([ENTER]);
    assert_eq!(browser.text(HERE), "pens");
    // Arrow keys move within the four answers, as they do in any group of radio buttons.
    browser.keys([DOWN]);
    assert_eq!(browser.text("return document.activeElement.value"), "not met");
    browser.keys(['3', ENTER]);
    let reason = "return document.activeElement.dataset.field ?? ''";
    assert_eq!((browser.text(HERE).as_str(), browser.text(reason).as_str()), ("pens", "why"), "the reason comes first");
    browser.keys("screens".chars());
    browser.keys([TAB]);
    assert!(browser.text(PROGRESS).starts_with("Answered: 2 of 4"));
    browser.ask("document.querySelector(`[data-ref^='mat@'] input`).focus()");
    browser.keys(['2']);
    assert!(browser.text(PROGRESS).starts_with("Answered: 3 of 4 · not met: 1"));
    browser.chord(CONTROL, 'z');
    assert_eq!(browser.text(PROGRESS), "Answered: 2 of 4 · n/a: 1");
    // Every field has a name that a screen reader can say, and every group of answers its question.
    let nameless = "return [...document.querySelectorAll('#form input, #form select, #form textarea')]
        .filter(e => !e.getAttribute('aria-label') && !(e.closest('label')?.textContent.trim())).map(e => e.outerHTML)";
    assert_eq!(browser.ask(nameless), json!([]));
    let questions = "return [...document.querySelectorAll('#cards fieldset.card > legend')].map(e => e.textContent.replace(/\\s+/g, ' ').trim())";
    let questions = browser.ask(questions);
    assert_eq!(questions[2], json!("3 II ▲ The clerk wears a badge."));
    assert_eq!(browser.ask("return document.getElementById('progress').getAttribute('role')"), json!("status"));
}

#[test]
fn printed_it_is_the_paper_checklist_with_the_answers_so_far() {
    let Some(browser) = Browser::start() else { return };
    if !has("pdftotext") {
        return;
    }
    let book = book();
    browser.open(&page(&book));
    let blank = printed(&browser, &book);
    assert!(blank.contains("The clerk wears a badge.") && blank.contains("Corrective actions"), "{blank}");
    assert!(!blank.contains('✓') && !blank.contains("This round") && !blank.contains("Next open item"), "{blank}");

    browser.write("[data-field=auditor]", "quality lead");
    browser.write(&field("greet", "observed"), "8");
    browser.click(&answer("badge", 2));
    browser.write(&field("badge", "action.what"), "Order badges");
    browser.write(&field("badge", "action.owner"), "porter");
    let filled = printed(&browser, &book);
    assert_eq!(filled.matches('✓').count(), 2, "{filled}");
    // What stands close together on paper may be taken for one word.
    let close = |text: &str| text.replace(' ', "");
    for text in ["Auditor: quality lead", "8 s", "Order badges", "porter"] {
        assert!(close(&filled).contains(&close(text)), "{text}: {filled}");
    }
    browser.click("#undo");
    browser.click(&answer("badge", 1));
    assert!(!printed(&browser, &book).contains("porter"), "what was undone is not on paper");
}

/// The text of the page as printed.
fn printed(browser: &Browser, book: &Book) -> String {
    let pdf = browser.cdp("Page.printToPDF", json!({"preferCSSPageSize": true, "printBackground": true}));
    let bytes = decode(pdf["data"].as_str().expect("a PDF"));
    let path = book.path().join("form.pdf");
    std::fs::write(&path, bytes).expect("a writable file");
    let text = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").stderr(Stdio::null()).output();
    String::from_utf8_lossy(&text.expect("pdftotext runs").stdout).into_owned()
}

/// RFC 4648 base64 with padding.
fn decode(text: &str) -> Vec<u8> {
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

#[test]
fn the_review_checklist_is_filled_in_by_the_same_form() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    book.run(&format!("review open 2026 --today {TODAY}")).ends(0);
    book.run(&format!("review checklist 2026 --today {TODAY} -o review.html")).ends(0);
    for (screen, scheme) in SCREENS.into_iter().zip(["light", "dark"]) {
        browser.screen(screen, scheme);
        browser.open(&book.path().join("review.html"));
        assert_eq!(browser.ask(STICKING_OUT), json!([]), "{screen:?}");
        assert_eq!(browser.ask(TOO_FAINT), json!([]), "{scheme}");
    }
    browser.write("[data-field=reviewers]", "consultant");
    browser.click(&answer("greet", 1));
    browser.click(&answer("pens", 2));
    assert!(browser.text(PROGRESS).contains("Incomplete: 1."), "rewording asks for its reason");
    browser.write(&field("pens", "reason"), "Five by now");
    // What is asked was frozen when the review was opened: the round goes on, though the book has changed.
    let book = book.edit("sequences/round.yaml", "Three pens lie", "Five pens lie");
    book.run(&format!("review checklist 2026 --today {TODAY} -o review.html")).ends(0);
    browser.open(&book.path().join("review.html"));
    assert!(browser.text(PROGRESS).starts_with("Answered: 2 of 4"), "{}", browser.text(PROGRESS));
    browser.click("#save");
    let (name, text) = browser.saved();
    assert_eq!(name, "review-2026.json");
    std::fs::write(book.path().join(&name), text).expect("a writable file");
    book.run(&format!("review record {name} --today {TODAY}")).ends(0);
    let record = book.read("reviews/2026.yaml");
    assert!(record.contains("Five by now") && record.contains("consultant"), "{record}");
    assert_eq!(browser.console(), Vec::<String>::new());
}
