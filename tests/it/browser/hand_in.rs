//! The form at the desk, in a real browser: handed in with a photograph, over a connection that goes away and comes back.

use serde_json::{Value, json};

use super::driver::Browser;
use super::photographs::photograph;
use super::round::{PROGRESS, SAID, answer, book, pick};
use super::{STICKING_OUT, TOO_FAINT};
use crate::desk::client::Desk;
use crate::support::{Book, TODAY};

/// Comes in, and goes to the form of a site.
fn enter(browser: &Browser, desk: &Desk) {
    browser.go(&format!("http://127.0.0.1:{}/#{}", desk.port, desk.key));
    browser.wait_text("return String(document.querySelectorAll('nav a, form button').length > 0)", "true");
    browser.go(&format!("http://127.0.0.1:{}/rounds/form?site=north", desk.port));
}

fn connection(browser: &Browser, is_lost: bool) {
    browser.cdp("Network.enable", json!({}));
    let conditions = json!({"offline": is_lost, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
    browser.cdp("Network.emulateNetworkConditions", conditions);
}

fn records(book: &Book) -> Vec<String> {
    let files = std::fs::read_dir(book.path().join("audits")).into_iter().flatten().flatten();
    let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(".yaml")).collect()
}

#[test]
fn a_round_waits_for_the_connection_and_is_handed_in_with_its_photograph() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    let taken = photograph(&book, "taken.jpg");
    let desk = Desk::open(&book);
    browser.screen((390, 844), "light");
    enter(&browser, &desk);
    // Before it is let in, a browser is told so.
    browser.console();
    pick(&browser, "[data-field=date]", "2026-02-27T14:30");
    browser.click(&answer("badge", 2));
    browser.write("[data-ref^='badge@'] [data-photograph]", &taken);
    browser.wait_text(SAID, "is kept with this item");
    connection(&browser, true);
    browser.click("#hand-in");
    browser.wait_text(SAID, "There is no connection");
    assert_eq!(records(&book), Vec::<String>::new());
    // Answers go on meanwhile, and what waits is what the form holds when it goes.
    browser.click(&answer("pens", 1));
    assert!(browser.text(PROGRESS).starts_with("Answered: 2 of 4"));
    // What the form says of a tap takes nothing of what became of the round.
    browser.click("#undo");
    browser.wait_text(SAID, "There is no connection");
    browser.click(&answer("pens", 1));
    connection(&browser, false);
    browser.wait_text(SAID, "Handed in");
    assert_eq!(records(&book), ["2026-02-27-north.yaml"]);
    let record = book.read("audits/2026-02-27-north.yaml");
    assert!(record.contains("evidence: [photos/") && record.contains("pens@"), "{record}");
    let photos = std::fs::read_dir(book.path().join("audits/photos")).expect("a folder").count();
    assert_eq!(photos, 1);
    assert_eq!((browser.faults(STICKING_OUT), browser.faults(TOO_FAINT)), (json!([]), json!([])));
    let wrong: Vec<String> =
        browser.console().into_iter().filter(|line| !line.contains("ERR_INTERNET_DISCONNECTED")).collect();
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn what_waits_outlives_the_page_and_the_desk() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    let desk = Desk::open(&book);
    enter(&browser, &desk);
    pick(&browser, "[data-field=date]", "2026-02-27T14:30");
    browser.click(&answer("mat", 2));
    connection(&browser, true);
    browser.click("#hand-in");
    browser.wait_text(SAID, "There is no connection");
    connection(&browser, false);
    let port = desk.port;
    drop(desk);
    // A book gets the same port each time, so that what the browser holds is found again.
    let desk = Desk::open_with(&book, &["--port", &port.to_string()]);
    enter(&browser, &desk);
    browser.wait_text(SAID, "Handed in");
    assert!(book.read("audits/2026-02-27-north.yaml").contains("mat@"));
}

#[test]
fn what_is_refused_stands_beside_its_item_and_a_contradiction_is_asked_about() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    let desk = Desk::open(&book);
    enter(&browser, &desk);
    pick(&browser, "[data-field=date]", "2026-02-27T14:30");
    // Held up by the form itself, nothing is sent.
    browser.click(&answer("pens", 3));
    browser.click("#hand-in");
    browser.wait_text(SAID, "Would be refused: 1");
    browser.click(&answer("pens", 1));
    browser.click("#hand-in");
    browser.wait_text(SAID, "Handed in");
    browser.click(&answer("pens", 2));
    browser.click("#hand-in");
    let asked = |browser: &Browser| browser.is_asked();
    let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !asked(&browser) {
        assert!(std::time::Instant::now() < until, "nothing was asked");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    browser.accept();
    browser.wait_text(SAID, "changed: 1");
    assert!(book.read("audits/2026-02-27-north.yaml").contains(": not met"));
    let report: Value =
        serde_json::from_str(&book.run(&format!("audit report --format json --today {TODAY}")).ends(0).stdout())
            .expect("JSON");
    assert_eq!(report["overall"]["judged"], 1);
}

/// The place in the storage of the one round that this browser keeps.
const ROUND: &str = "Object.keys(localStorage).find(key => /^gamma-ok:[0-9a-f]{8}$/.test(key))";

#[test]
fn a_round_is_gone_on_with_when_the_book_gets_another_title() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    let desk = Desk::open(&book);
    enter(&browser, &desk);
    pick(&browser, "[data-field=date]", "2026-02-27T14:30");
    browser.click(&answer("mat", 2));
    // As it was kept before a desk said whose it is.
    browser.ask(&format!(
        "const key = {ROUND}, round = JSON.parse(localStorage.getItem(key)); delete round.home; localStorage.setItem(key, JSON.stringify(round))"
    ));
    let book = book.edit("gamma-ok.yaml", "The Mill", "The Old Mill");
    let has =
        |title: &str| format!("return fetch('/standards').then(a => a.text()).then(text => text.includes('{title}'))");
    browser.until("the desk has read it", &has("The Old Mill"));
    browser.go(&format!("http://127.0.0.1:{}/rounds/form?site=north", desk.port));
    browser.until("the form", "return !!document.querySelector('#hand-in')");
    let listed = "return document.getElementById('rounds-list').textContent";
    browser.wait_text(listed, "of the book “Service at \"The Mill\" & <Co>”");
    browser.click("#head > summary");
    browser.click("#rounds > summary");
    browser.click("[data-do=open-round]");
    browser.wait_text(PROGRESS, "Answered: 1 of 4");
    // Now the round says whose it is, and a third title hides it no more.
    browser.click(&answer("pens", 1));
    let book = book.edit("gamma-ok.yaml", "The Old Mill", "The New Mill");
    browser.until("the desk has read it", &has("The New Mill"));
    browser.go(&format!("http://127.0.0.1:{}/rounds/form?site=north", desk.port));
    browser.wait_text(PROGRESS, "Answered: 2 of 4");
    browser.click("#hand-in");
    browser.wait_text(SAID, "Handed in");
    assert!(book.read("audits/2026-02-27-north.yaml").contains("pens@"));
}

#[test]
fn a_round_that_waits_for_another_book_is_shown_as_such_and_waits_on() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    let desk = Desk::open(&book);
    enter(&browser, &desk);
    pick(&browser, "[data-field=date]", "2026-02-27T14:30");
    browser.click(&answer("mat", 2));
    connection(&browser, true);
    browser.click("#hand-in");
    browser.wait_text(SAID, "There is no connection");
    connection(&browser, false);
    let port = desk.port;
    drop(desk);
    // Another book is opened at the same port meanwhile.
    let other = super::round::book().edit("gamma-ok.yaml", "The Mill", "The Pond");
    let desk = Desk::open_with(&other, &["--port", &port.to_string()]);
    enter(&browser, &desk);
    browser.wait_text("return document.getElementById('rounds-list').textContent", "The Mill");
    assert_eq!(browser.text("return String(!!document.querySelector('[data-hands-in]'))"), "false");
    browser.go(&format!("http://127.0.0.1:{port}/rounds"));
    browser.wait_text(
        "return document.querySelector('main').innerText",
        "waits in this browser for the desk of that book",
    );
    assert_eq!(browser.text("return document.querySelector('#begun').innerText"), "");
    assert_eq!((records(&book), records(&other)), (Vec::new(), Vec::new()));
    drop(desk);
    let desk = Desk::open_with(&book, &["--port", &port.to_string()]);
    enter(&browser, &desk);
    browser.wait_text(SAID, "Handed in");
    assert!(book.read("audits/2026-02-27-north.yaml").contains("mat@"));
}
