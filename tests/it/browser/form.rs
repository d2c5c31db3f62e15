//! The fillable checklist in a real browser: filled in on a phone and a laptop, with a reload in the middle, by keyboard
//! alone, without storage, in two rounds, and on paper.

use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::driver::{Browser, CONTROL, DOWN, ENTER, TAB};
use super::round::{HERE, PROGRESS, SAID, TROUBLE, answer, book, decode, field, page, pick, read, verdict};
use super::{SCREENS, STICKING_OUT, TOO_FAINT, has};
use crate::support::{Book, TODAY};

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
        let (over, faint) = (browser.faults(STICKING_OUT), browser.faults(TOO_FAINT));
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
    assert_eq!(browser.text("return document.querySelector('[data-field=auditor]').value"), "first", "mostly the same");
    pick(&browser, "[data-field=auditor]", "second");
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
    browser.wait_text(SAID, "Opened");
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
        browser.wait_text(SAID, told);
        assert_eq!(browser.text("return document.querySelector('[data-field=auditor]').value"), "second", "{told}");
    }
    assert_eq!(browser.console(), Vec::<String>::new());
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
    // What a screen reader says by itself: what was just done, what was found, and what keeps an answer from being kept.
    let live = "return [...document.querySelectorAll('[role=status], [role=alert], [aria-live]:not(.verdict)')].map(e => e.id)";
    assert_eq!(browser.ask(live), json!(["trouble", "found", "said"]));
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

#[test]
fn the_review_checklist_is_filled_in_by_the_same_form() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    book.run(&format!("review open 2026 --today {TODAY}")).ends(0);
    book.run(&format!("review checklist 2026 --today {TODAY} -o review.html")).ends(0);
    for (screen, scheme) in SCREENS.into_iter().zip(["light", "dark"]) {
        browser.screen(screen, scheme);
        browser.open(&book.path().join("review.html"));
        assert_eq!(browser.faults(STICKING_OUT), json!([]), "{screen:?}");
        assert_eq!(browser.faults(TOO_FAINT), json!([]), "{scheme}");
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
    // A form that is made afterwards shows what is decided, and hands in only what is decided in it.
    book.run(&format!("review checklist 2026 --today {TODAY} -o again.html")).ends(0);
    browser.open(&book.path().join("again.html"));
    browser.ask("localStorage.clear(); return null");
    browser.open(&book.path().join("again.html"));
    assert!(browser.text(PROGRESS).starts_with("Answered: 2 of 4"), "{}", browser.text(PROGRESS));
    browser.click("#save");
    let (_, text) = browser.saved();
    assert!(!text.contains("Five by now"), "{text}");
    assert_eq!(browser.console(), Vec::<String>::new());
}

#[test]
fn a_card_shows_how_it_should_look_and_paper_does_not() {
    let Some(browser) = Browser::start() else { return };
    let picture = image::RgbImage::from_fn(40, 30, |x, y| image::Rgb([x as u8, y as u8, 90]));
    let mut bytes = Vec::new();
    picture.write_with_encoder(image::codecs::jpeg::JpegEncoder::new(&mut bytes)).expect("encoded");
    let book = book().with("pictures/badge.jpg", bytes);
    let shown =
        "text: The clerk wears a badge.\n        image: {file: pictures/badge.jpg, alt: A badge above the pocket}";
    let book = book.edit("sequences/round.yaml", "text: The clerk wears a badge.", shown);
    book.run(&format!("checklist --site north --today {TODAY} -o form.html")).ends(0);
    browser.open(&page(&book));
    let folded = "return String([...document.querySelectorAll('.card details.look')].filter(e => !e.hidden).length)";
    assert_eq!(browser.text(folded), "1", "one standard has a picture");
    browser.click("[data-ref^='badge@'] details.look summary");
    browser.wait_text("return String(document.querySelector(\"[data-ref^='badge@'] .look img\").naturalWidth)", "40");
    assert_eq!(
        browser.text("return document.querySelector(\"[data-ref^='badge@'] .look img\").alt"),
        "A badge above the pocket"
    );
    assert_eq!(browser.text("return getComputedStyle(document.querySelector('td .look')).display"), "none");
}
