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
    browser.wait_text(SAID, "updated");
    assert!(book.read("audits/2026-02-27-north.yaml").contains(": not met"));
    let report: Value =
        serde_json::from_str(&book.run(&format!("audit report --format json --today {TODAY}")).ends(0).stdout())
            .expect("JSON");
    assert_eq!(report["overall"]["judged"], 1);
}
