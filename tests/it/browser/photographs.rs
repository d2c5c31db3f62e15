//! Photographs as evidence: from the camera's file through the form into the book and onto the report.

use image::codecs::jpeg::JpegEncoder;
use image::{GenericImageView, Rgb, RgbImage};
use serde_json::{Value, json};

use super::driver::Browser;
use super::round::{PROGRESS, SAID, answer, book, decode, page, pick, read};
use crate::support::{Book, TODAY};

/// A photograph as a phone takes it: large, and with the place in it.
pub fn photograph(book: &Book, name: &str) -> String {
    let picture = RgbImage::from_fn(2400, 1800, |x, y| Rgb([(x / 9) as u8, (y / 7) as u8, ((x ^ y) / 16) as u8]));
    let mut bytes = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 92)).expect("encoded");
    let place = b"Exif\0\0MM\0*\0\0\0\x08GPSLatitude 50.0614";
    let mut tagged = bytes[..2].to_vec();
    tagged.extend([0xff, 0xe1, 0, place.len() as u8 + 2]);
    tagged.extend(place);
    tagged.extend(&bytes[2..]);
    let path = book.path().join(name);
    std::fs::write(&path, tagged).expect("a writable file");
    path.display().to_string()
}

const SHOWN: &str = "return String(document.querySelectorAll(\"[data-ref^='badge@'] .photographs img\").length)";
const CAMERA: &str = "[data-ref^='badge@'] [data-photograph]";

/// The files in the folder of photographs.
fn kept(book: &Book) -> Vec<String> {
    let files = std::fs::read_dir(book.path().join("audits/photos")).into_iter().flatten().flatten();
    let mut names: Vec<String> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_photograph_is_made_small_kept_and_shown_in_the_report() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    let taken = photograph(&book, "taken.jpg");
    browser.screen((360, 740), "light");
    browser.open(&page(&book));
    pick(&browser, "[data-field=date]", "2026-02-27T14:30");
    browser.click(&answer("badge", 2));
    browser.write(CAMERA, &taken);
    browser.wait_text(SHOWN, "1");
    browser.wait_text(SAID, "is kept with this item");
    // It outlives the page, as the answer does; one that was removed comes back by undoing.
    browser.open(&page(&book));
    browser.wait_text(SHOWN, "1");
    browser.click("[data-do=forget-photograph]");
    browser.wait_text(SHOWN, "0");
    browser.click("#undo");
    browser.wait_text(SHOWN, "1");
    let named = "return document.querySelector('.photographs img').alt";
    assert_eq!(browser.text(named), "Photograph 1 of 1");
    browser.click("#save");
    let (_, saved) = browser.saved();
    let (_, answers) = read(&saved);
    let address = answers["badge"]["evidence"][0].as_str().expect("a photograph");
    let bytes = decode(address.strip_prefix("data:image/jpeg;base64,").expect("a JPEG"));
    assert!(bytes.len() <= 300_000, "{} bytes", bytes.len());
    assert!(!String::from_utf8_lossy(&bytes).contains("GPS"), "the place went with it");
    assert_eq!(image::load_from_memory(&bytes).expect("a picture").dimensions(), (1600, 1200));

    std::fs::write(book.path().join("round.json"), &saved).expect("a writable file");
    let recorded = book.run(&format!("audit record round.json --today {TODAY}")).ends(0);
    // Whoever goes on with a round of another day hears of it.
    assert!(
        recorded.stderr().contains("the form says 2026-02-27, and its answers were given on 2"),
        "{}",
        recorded.stderr()
    );
    let names = kept(&book);
    assert_eq!(names.len(), 1, "{names:?}");
    let path = format!("photos/{}", names[0]);
    assert!(book.read("audits/2026-02-27-north.yaml").contains(&format!("evidence: [{path}]")));
    assert!(recorded.stdout().contains(&format!("audits/{path}")), "{}", recorded.stdout());
    // The same round again is the same round, with the same photograph.
    book.run(&format!("audit record round.json --today {TODAY}")).ends(0);
    assert_eq!(kept(&book), names);
    // One that went lost is brought back by the form that has it.
    std::fs::remove_file(book.path().join("audits").join(&path)).expect("there");
    book.run(&format!("audit record round.json --today {TODAY}")).ends(0);
    assert_eq!(kept(&book), names);

    // And a file that is read back has it still.
    browser.ask("localStorage.clear()");
    browser.open(&page(&book));
    assert_eq!(browser.text(PROGRESS), "Answered: 0 of 4");
    browser.write("#file", &book.path().join("round.json").display().to_string());
    browser.wait_text(SHOWN, "1");

    book.run(&format!("audit report --today {TODAY} -o report.html")).ends(0);
    let report = book.read("report.html");
    assert!(report.contains("<img src=\"data:image/jpeg;base64,"), "the report shows it");
    browser.open(&book.path().join("report.html"));
    let shown = "const i = document.querySelector('.photos img'); return [i.alt, i.naturalWidth]";
    assert_eq!(browser.ask(shown), json!(["Photograph: The clerk wears a badge.", 1600]));
    assert_eq!(browser.console(), Vec::<String>::new());
}

#[test]
fn what_is_no_photograph_leaves_the_form_out_and_nothing_behind() {
    let book = book();
    let shown: Value = serde_json::from_str(&book.run("show --format json").stdout()).expect("JSON");
    let all = shown["standards"].as_array().expect("standards");
    let badge = all.iter().find(|standard| standard["id"] == "badge").expect("a standard");
    let round = |evidence: Value| {
        json!({
            "gamma-ok": "checklist", "version": 1, "language": "en", "site": "north", "round": "7f3c2a9e",
            "date": "2026-02-27T14:30", "auditor": "porter", "kind": "internal", "scope": {},
            "answers": [{"standard": "badge", "stamp": badge["stamp"], "answer": "not met", "evidence": evidence}],
        })
    };
    for (evidence, told) in [
        (json!(["data:image/jpeg;base64,AAAA"]), "is damaged"),
        (json!(["data:image/svg+xml;base64,PHN2Zy8+"]), "neither a JPEG nor a PNG"),
        (json!(["../../etc/passwd"]), "neither a JPEG nor a PNG"),
        (json!([7]), "neither a JPEG nor a PNG"),
        (json!({"a": 1}), "is a mapping, not a text"),
    ] {
        std::fs::write(book.path().join("round.json"), round(evidence).to_string()).expect("a writable file");
        let refused = book.run(&format!("audit record round.json --today {TODAY}")).ends(1);
        assert!(refused.stderr().contains(told) || refused.stdout().contains(told), "{told}: {}", refused.stderr());
        assert!(!book.path().join("audits").exists(), "{told}");
    }
}

/// What was cleared comes back whole, also after the page was closed in between.
#[test]
fn a_photograph_that_was_cleared_comes_back_with_its_answer_after_a_reload() {
    let Some(browser) = Browser::start() else { return };
    let book = book();
    let taken = photograph(&book, "taken.jpg");
    browser.open(&page(&book));
    pick(&browser, "[data-field=date]", "2026-02-27T14:30");
    browser.click(&answer("badge", 2));
    browser.write(CAMERA, &taken);
    browser.wait_text(SAID, "is kept with this item");
    browser.click("[data-ref^='badge@'] [data-do=clear]");
    browser.wait_text(SHOWN, "0");
    browser.open(&page(&book));
    browser.click("#undo");
    browser.wait_text(SHOWN, "1");
    // Another one after it does not push it out.
    browser.write("[data-ref^='pens@'] [data-photograph]", &taken);
    browser.wait_text(SAID, "is kept with this item");
    browser.click("#save");
    let (_, saved) = browser.saved();
    let (_, answers) = read(&saved);
    assert!(answers["badge"]["evidence"][0].is_string(), "{}", answers["badge"]);
}
