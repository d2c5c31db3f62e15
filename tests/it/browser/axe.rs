//! The form and what comes of it held against axe-core, whose folder `GAMMA_OK_AXE` names.

use serde_json::{Value, json};

use super::driver::Browser;
use super::photographs::photograph;
use super::round::{SAID, answer, field, page, pick};
use super::{SCREENS, round};
use crate::support::{Book, TODAY};

/// What axe-core finds on a page as it is; none where nothing says where axe-core is.
#[allow(clippy::disallowed_macros, reason = "a test says why it is skipped")]
fn rules() -> Option<String> {
    let Some(folder) = std::env::var_os("GAMMA_OK_AXE") else {
        eprintln!("skipped: this test needs axe-core, whose folder `GAMMA_OK_AXE` names");
        return None;
    };
    Some(std::fs::read_to_string(std::path::Path::new(&folder).join("axe.min.js")).expect("axe-core is there"))
}

/// What is wrong with the page.
fn violations(browser: &Browser, rules: &str) -> Value {
    browser.ask(rules);
    browser.ask(
        "window.found = undefined; axe.run(document, {resultTypes: ['violations']}).then(all => {
           window.found = all.violations.map(one => one.id + ': ' + one.nodes.map(node => node.target.join(' ')).join(', '));
         })",
    );
    browser.wait_text("return window.found ? 'done' : ''", "done");
    browser.ask("return window.found")
}

#[test]
fn the_form_and_the_report_have_no_violations_by_day_and_by_night() {
    let (Some(browser), Some(rules)) = (Browser::start(), rules()) else { return };
    let manifest =
        "title: {en: The Mill, pl: Młyn, sv: Kvarnen}\nlanguages: [en, pl, sv]\nsector: hotel\nderive: false\n";
    let book = Book::empty()
        .with("gamma-ok.yaml", manifest)
        .with("sequences/round.yaml", round::ROUND)
        .with("sites/north.yaml", "id: north\ntitle: North\n");
    let taken = photograph(&book, "taken.jpg");
    for (language, told) in [("en", "is kept with"), ("pl", "jest przy"), ("sv", "finns vid")] {
        book.run(&format!("checklist --site north --lang {language} --today {TODAY} -o form.html")).ends(0);
        for (screen, scheme) in SCREENS.into_iter().zip(["dark", "light"]) {
            browser.screen(screen, scheme);
            browser.open(&page(&book));
            browser.ask("localStorage.clear()");
            browser.open(&page(&book));
            assert_eq!(violations(&browser, &rules), json!([]), "{language} {screen:?} {scheme}");
            pick(&browser, "[data-field=date]", "2026-02-27T14:30");
            browser.click(&answer("badge", 2));
            browser.write(&field("badge", "action.what"), "Order badges");
            browser.write("[data-ref^='badge@'] [data-photograph]", &taken);
            browser.wait_text(SAID, told);
            browser.write(&field("greet", "observed"), "12 metres");
            browser.click("#find summary");
            browser.click("#save");
            assert_eq!(violations(&browser, &rules), json!([]), "{language} {screen:?} {scheme}, filled in");
        }
    }
    browser.click("[data-do=save-anyway]");
    let (_, text) = browser.saved();
    std::fs::write(book.path().join("round.json"), text).expect("a writable file");
    book.run(&format!("audit record round.json --partial --today {TODAY}")).ends(1);
    book.run(&format!("audit report --today {TODAY} -o report.html")).ends(0);
    for scheme in ["light", "dark"] {
        browser.screen(SCREENS[1], scheme);
        browser.open(&book.path().join("report.html"));
        assert_eq!(browser.ask("return document.querySelectorAll('.photos img').length"), json!(1));
        assert_eq!(violations(&browser, &rules), json!([]), "the report, {scheme}");
    }
}
