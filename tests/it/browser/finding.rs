//! The form of a long round: finding items, one observation for several, clearing, undoing after a reload, the stopwatch, and
//! what the program would refuse.

use serde_json::{Value, json};

use super::driver::Browser;
use super::round::{HERE, PROGRESS, SAID, answer, book, field, page, pick, read, verdict};
use super::{STICKING_OUT, TOO_FAINT};
use crate::support::{Book, TODAY};

/// The ids of the standards whose cards are shown.
const CARDS: &str = "return [...document.querySelectorAll('.card')].filter(e => e.getClientRects().length).map(e => e.dataset.ref.split('@')[0])";

#[test]
fn items_are_found_by_state_and_phase_and_the_list_leads_to_them() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    browser.open(&page(&book));
    browser.click(&answer("badge", 2));
    for (state, found) in [
        ("not met", json!(["badge"])),
        ("critical", json!(["badge"])),
        ("open", json!(["greet", "pens", "mat"])),
        ("", json!(["greet", "pens", "badge", "mat"])),
    ] {
        choose(&browser, "[data-find=state]", state);
        assert_eq!(browser.ask(CARDS), found, "{state}");
    }
    choose(&browser, "[data-find=phase]", "2. In the hall");
    assert_eq!(browser.ask(CARDS), json!(["mat"]));
    assert_eq!(browser.text("return document.getElementById('found').textContent"), "Shown: 1 of 4.");
    // What was asked for does not go away while it is being answered, and the next open item is one of those shown.
    choose(&browser, "[data-find=state]", "open");
    browser.click(&answer("mat", 1));
    assert_eq!(browser.ask(CARDS), json!(["mat"]));
    choose(&browser, "#go-to", &browser.text("return document.querySelector(\"[data-ref^='pens@']\").dataset.ref"));
    assert_eq!(browser.text(HERE), "pens");
    assert_eq!(browser.ask(CARDS), json!(["greet", "pens", "badge", "mat"]), "what was hidden is shown to be gone to");
    browser.screen((320, 568), "dark");
    browser.ask("document.documentElement.style.fontSize = '200%'");
    assert_eq!((browser.faults(STICKING_OUT), browser.faults(TOO_FAINT)), (json!([]), json!([])));
    assert_eq!(browser.console(), Vec::<String>::new());
}

/// Chooses from a list, as a person's choice tells the page.
fn choose(browser: &Browser, selector: &str, value: &str) {
    let script = "const e = document.querySelector(arguments[0]); e.value = arguments[1]; e.dispatchEvent(new Event('change', {bubbles: true}))";
    browser.ask_of(script, json!([selector, value]));
}

#[test]
fn the_first_item_is_in_the_first_screen() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    for screen in [(320, 568), (390, 844), (1366, 768)] {
        browser.screen(screen, "light");
        browser.open(&page(&book));
        let at = "const top = e => document.querySelector(e).getBoundingClientRect(); return [top('.card legend').bottom, top('.bar').top]";
        let at = browser.ask(at);
        assert!(at[0].as_f64() < at[1].as_f64(), "{screen:?}: {at}");
    }
}

#[test]
fn an_answer_is_cleared_and_a_reload_leaves_the_way_back() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    browser.open(&page(&book));
    browser.click(&answer("badge", 2));
    browser.write(&field("badge", "note"), "None at all");
    browser.click("[data-ref^='badge@'] [data-do=clear]");
    assert_eq!(browser.text(PROGRESS), "Answered: 0 of 4");
    browser.open(&page(&book));
    browser.click("#undo");
    let note = "return document.querySelector(\"[data-ref^='badge@'] [data-field=note]\").value";
    assert_eq!(
        (browser.text(PROGRESS).as_str(), browser.text(note).as_str()),
        ("Answered: 1 of 4 · not met: 1", "None at all")
    );
    browser.click("#undo");
    browser.click("#undo");
    assert_eq!(browser.text(PROGRESS), "Answered: 0 of 4");
    assert_eq!(browser.ask("return document.getElementById('undo').disabled"), json!(true));
}

/// Three rungs of one ladder, and a standard that is none of it.
const LADDER: &str = "id: round
title: Round
phases:
  - id: desk
    title: At the desk
    traits: [prompt]
    standards:
      - {id: soon, trait: prompt, type: personal, level: basic, text: The clerk greets the guest within 20 seconds., measure: {what: time to greeting, within: 20 s}}
      - {id: sooner, trait: prompt, type: personal, level: expected, text: The clerk greets the guest within 10 seconds., measure: {what: time to greeting, within: 10 s}}
      - {id: soonest, trait: prompt, type: personal, level: exclusive, text: The clerk greets the guest within 5 seconds., measure: {what: time to greeting, within: 5 s}}
      - {id: call, trait: prompt, type: personal, level: basic, text: The clerk picks up the phone within 20 seconds., measure: {what: time to answer, within: 20 s}}
";

#[test]
fn one_observation_answers_the_standards_of_a_ladder() {
    let Some(browser) = Browser::start() else { return };
    let book = Book::empty()
        .with("gamma-ok.yaml", "title: The Mill\nlanguages: [en]\nsector: hotel\nderive: false\n")
        .with("sequences/round.yaml", LADDER)
        .with("sites/north.yaml", "id: north\ntitle: North\n");
    book.run(&format!("checklist --site north --today {TODAY} -o form.html")).ends(0);
    browser.open(&page(&book));
    let joined = "return document.querySelector(\"[data-ref^='soon@'] .ladder\").textContent";
    assert_eq!(browser.text(joined), "One observation answers this and item 2, 3.");
    browser.write(&field("sooner", "observed"), "8");
    assert_eq!(browser.text(PROGRESS), "Answered: 3 of 4 · not met: 1");
    assert_eq!(verdict(&browser, "soonest"), "By the value it is not met.");
    assert_eq!(verdict(&browser, "call"), "", "another thing is measured there");
    // Mended in one place it is mended in all; undone at once.
    pick(&browser, &field("soon", "observed"), "0:04");
    assert_eq!(browser.text(PROGRESS), "Answered: 3 of 4");
    browser.click("#undo");
    browser.click("#undo");
    assert_eq!(browser.text(PROGRESS), "Answered: 0 of 4");
    // Who has answered one by hand is not answered for.
    browser.click(&answer("soonest", 4));
    browser.write(&field("soon", "observed"), "0:12");
    assert_eq!(browser.text(PROGRESS), "Answered: 3 of 4 · not met: 1 · not observed: 1");
    pick(&browser, "[data-field=date]", "2026-02-27T14:30");
    browser.click("#save");
    let (_, text) = browser.saved();
    assert_eq!(read(&text).1["soon"], json!({"answer": "met", "observed": "12 s"}), "a time is saved in one unit");
    std::fs::write(book.path().join("round.json"), text).expect("a writable file");
    let dry = book.run(&format!("audit record round.json --dry-run --today {TODAY}")).ends(0).stdout();
    assert!(dry.contains("12 s"), "{dry}");
}

#[test]
fn a_stopwatch_writes_the_time_down() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    browser.open(&page(&book));
    assert_eq!(
        browser.ask("return document.querySelectorAll('[data-do=stopwatch]').length"),
        json!(1),
        "of one in seconds"
    );
    let button = "[data-ref^='greet@'] [data-do=stopwatch]";
    browser.click(button);
    let pressed = format!("return document.querySelector(\"{button}\").getAttribute('aria-pressed')");
    assert_eq!(browser.text(&pressed), "true");
    std::thread::sleep(std::time::Duration::from_millis(1200));
    browser.click(button);
    assert_eq!(browser.text(&pressed), "false");
    let value = browser.text("return document.querySelector(\"[data-ref^='greet@'] [data-field=observed]\").value");
    let seconds: f64 = value.strip_suffix(" s").and_then(|text| text.parse().ok()).expect("a time");
    assert!((1.1..9.0).contains(&seconds), "{value}");
    assert_eq!(verdict(&browser, "greet"), "By the value it is met.");
}

#[test]
fn what_the_program_would_refuse_is_pointed_at_before_it_is_saved() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    browser.open(&page(&book));
    pick(&browser, "[data-field=date]", "2026-02-27T14:30");
    browser.write(&field("greet", "observed"), "12 metres");
    browser.write(&field("mat", "observed"), "1,234 m");
    browser.click(&answer("mat", 1));
    browser.click(&answer("pens", 3));
    browser.click(&answer("badge", 2));
    browser.write(&field("badge", "action.owner"), "porter");
    browser.click("#save");
    assert_eq!(browser.text(SAID), "Would be refused: 4. They are listed in the summary.");
    let listed = "return [...document.querySelectorAll('#refused-list button')].map(e => e.textContent)";
    let listed = browser.ask(listed);
    for (at, told) in ["“12 metres”", "Say why", "Say what will be done", "may be a thousand"].iter().enumerate() {
        // The unit alone is named where it is the unit that does not fit.
        let told = if at == 0 { "“metres” does not fit" } else { told };
        assert!(listed[at].as_str().is_some_and(|text| text.contains(told)), "{told}: {listed}");
    }
    assert_eq!(browser.text("return document.activeElement.id"), "refused-title");
    // Saved all the same, the program refuses exactly those.
    browser.click("[data-do=save-anyway]");
    let (_, text) = browser.saved();
    std::fs::write(book.path().join("round.json"), text).expect("a writable file");
    let refused = book.run(&format!("audit record round.json --today {TODAY}")).ends(1);
    let told = format!("{}{}", refused.stdout(), refused.stderr());
    for standard in ["greet", "pens", "badge", "mat"] {
        assert!(told.contains(&format!("round.json:{standard}")), "{standard}: {told}");
    }
    // A line leads to its item; mended, the round is saved without a word about it.
    browser.click("#refused-list li:nth-child(2) button");
    assert_eq!(browser.text(HERE), "pens");
    browser.write(&field("pens", "why"), "Guests sign on a screen");
    browser.write(&field("badge", "action.what"), "Order badges");
    pick(&browser, &field("greet", "observed"), "0:08");
    pick(&browser, &field("mat", "observed"), "1,2 m");
    browser.click("#save");
    let (_, text) = browser.saved();
    std::fs::write(book.path().join("round.json"), text).expect("a writable file");
    book.run(&format!("audit record round.json --today {TODAY}")).ends(0);
}

#[test]
fn the_summary_counts_as_the_report_does() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    browser.open(&page(&book));
    for (standard, at) in [("pens", 1), ("badge", 2), ("mat", 4)] {
        browser.click(&answer(standard, at));
    }
    let score = "return document.getElementById('score').textContent";
    browser.wait_text(score, "1 of 2; 0 n/a, 1 not observed. Critical and not met: 1.");
    let phases =
        "return [...document.querySelectorAll('#phases tbody tr')].map(r => [...r.cells].map(c => c.textContent))";
    assert_eq!(browser.ask(phases), json!([["1. At the desk", "1", "1", "1"], ["2. In the hall", "0", "0", "0"]]));
    let failed: Value =
        browser.ask("return [...document.querySelectorAll('#failed-list button')].map(e => e.textContent)");
    assert_eq!(failed, json!(["3 The clerk wears a badge."]));
}

#[test]
fn an_answer_touches_its_own_card_and_no_other() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    browser.open(&page(&book));
    // What a change of one answer writes into the page: its own card, and what counts.
    browser.ask(
        "window.touched = new Set(); new MutationObserver(all => all.forEach(m => {
           const of = m.target.nodeType === 1 ? m.target : m.target.parentElement;
           window.touched.add(of.closest('.card')?.dataset.ref.split('@')[0] ?? of.closest('.bar, #summary, .tools, #head')?.className);
         })).observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true})",
    );
    browser.click(&answer("badge", 2));
    browser.wait_text("return document.getElementById('failed-list').textContent", "badge");
    let touched =
        browser.ask("return [...window.touched].filter(of => ['greet', 'pens', 'badge', 'mat'].includes(of))");
    assert_eq!(touched, json!(["badge"]));
}
