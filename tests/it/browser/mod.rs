//! Pages in a real Chromium, through ChromeDriver: on a phone and on a laptop, light and dark, and printed.
//!
//! Skipped, with a word, where Chromium, ChromeDriver or poppler is lacking; with `GAMMA_OK_REQUIRE_PROGRAMS` set, as CI
//! does, lacking one is a failure.

mod axe;
#[cfg(feature = "desk")]
mod desk;
mod driver;
mod finding;
mod form;
#[cfg(feature = "desk")]
mod hand_in;
mod photographs;
mod round;

use std::process::{Command, Stdio};

use driver::Browser;
use serde_json::json;

use crate::support::{Book, TODAY};

/// A phone's and a laptop's width and height in CSS pixels.
const SCREENS: [(u32, u32); 2] = [(390, 844), (1366, 768)];

/// Whether a program is there; says so where a test is skipped for its lack.
#[allow(clippy::disallowed_macros, reason = "a test says why it is skipped")]
pub fn has(program: &str) -> bool {
    let found = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !found {
        assert!(std::env::var_os("GAMMA_OK_REQUIRE_PROGRAMS").is_none(), "`{program}` is lacking");
        eprintln!("skipped: this test needs `{program}`");
    }
    found
}

/// The page's elements that stick out to the right of the screen, apart from what scrolls by itself.
const STICKING_OUT: &str = r#"
  const wide = document.documentElement.clientWidth + 1, found = [];
  const scrolls = e => { for (; e; e = e.parentElement) if (/auto|scroll|hidden/.test(getComputedStyle(e).overflowX)) return true; };
  for (const e of document.body.querySelectorAll('*')) {
    const box = e.getBoundingClientRect();
    if (box.width && box.right > wide && !scrolls(e)) found.push(e.tagName + '.' + e.className + ': ' + e.textContent.trim().slice(0, 60));
  }
  return found.slice(0, 5);
"#;

/// Texts with less contrast than WCAG 2.2 AA asks for: 4.5, or 3 for large ones. Formula: WCAG 2.2, relative luminance.
const TOO_FAINT: &str = r#"
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true }), known = {};
  canvas.canvas.width = canvas.canvas.height = 1;
  // Whatever notation a colour is in, a canvas knows its red, green and blue.
  const parse = c => known[c] ??= (canvas.clearRect(0, 0, 1, 1), canvas.fillStyle = c, canvas.fillRect(0, 0, 1, 1),
    [...canvas.getImageData(0, 0, 1, 1).data].map((v, i) => i == 3 ? v / 255 : v));
  const light = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const over = (top, under) => { const a = top[3] ?? 1; return [0, 1, 2].map(i => top[i] * a + under[i] * (1 - a)); };
  const ground = e => { const stack = []; for (; e; e = e.parentElement) stack.push(parse(getComputedStyle(e).backgroundColor)); 
    const dark = matchMedia('(prefers-color-scheme: dark)').matches; let c = dark ? [18, 18, 18] : [255, 255, 255];
    for (const layer of stack.reverse()) c = over(layer, c); return c; };
  const found = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = 0; walk.nextNode() && n < 4000; n++) {
    const e = walk.currentNode.parentElement, style = getComputedStyle(e);
    if (!walk.currentNode.textContent.trim() || !e.getClientRects().length || style.visibility === 'hidden') continue;
    const back = ground(e), front = over(parse(style.color), back), [a, b] = [light(front), light(back)].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize), large = size >= 24 || size >= 18.66 && style.fontWeight >= 700;
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < (large ? 3 : 4.5)) found.add(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2) + ' ' + e.textContent.trim().slice(0, 40));
  }
  return [...found].slice(0, 5);
"#;

#[test]
fn pages_fit_a_phone_and_a_laptop_by_day_and_by_night() {
    let Some(browser) = Browser::start() else { return };
    let book = Book::example("hotel-wisla");
    book.run(&format!("build --format html --today {TODAY}")).ends(0);
    let pages = [
        "index.html",
        "pl/krakow/manual-krakow.pl.html",
        "en/kazimierz-dolny/manual-kazimierz-dolny-receptionist.en.html",
        "pl/checklist.pl.html",
        "en/matrix.en.html",
    ];
    for page in pages {
        for screen in SCREENS {
            for scheme in ["light", "dark"] {
                browser.screen(screen, scheme);
                browser.open(&book.path().join("out").join(page));
                let place = format!("{page} at {} px, {scheme}", screen.0);
                assert_eq!(browser.faults(STICKING_OUT), json!([]), "sticks out: {place}");
                assert_eq!(browser.faults(TOO_FAINT), json!([]), "too faint: {place}");
                let fetched = "return performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith('data:'))";
                assert_eq!(browser.ask(fetched), json!([]), "fetches something: {place}");
            }
        }
    }
}

#[test]
fn an_authors_texts_stay_texts_in_the_browser() {
    let Some(browser) = Browser::start() else { return };
    let evil = "<script>document.title='x'</script><img src=x onerror=\\\"document.title='x'\\\"> {{ 7*7 }} [x](javascript:document.title='x') </style></title>";
    let book = Book::sound();
    let manifest = book.read("gamma-ok.yaml");
    let mut lines: Vec<String> = manifest.lines().map(str::to_owned).collect();
    lines.retain(|line| !line.starts_with("title:"));
    let title = format!("title: {{en: \"{evil}\", pl: \"{evil}\"}}");
    let rest: Vec<String> = lines.into_iter().skip_while(|line| line.starts_with(' ')).collect();
    let book = book.with("gamma-ok.yaml", format!("{title}\n{}\n", rest.join("\n")));
    book.run(&format!("build --format html --today {TODAY}")).ends(0);
    for page in ["index.html", "en/manual.en.html", "en/checklist.en.html", "en/matrix.en.html"] {
        browser.open(&book.path().join("out").join(page));
        let title = browser.ask("return document.title");
        assert!(title.as_str().is_some_and(|title| title.contains("<script>")), "{page}: {title}");
        let text = browser.ask("return document.body.innerText");
        let text = text.as_str().unwrap_or_default();
        assert!(text.contains("{{ 7*7 }}") && text.contains("onerror="), "{page}: {}", &text[..text.len().min(400)]);
        // The form's own scripts stand in the head, which holds nothing of the author's but the title, and after its data; the index's after all.
        let foreign = "return [...document.querySelectorAll('script:not(head > script, #form-data, #form-data + script, .index > main + script), [onerror], a[href^=javascript]')].length";
        assert_eq!(browser.ask(foreign), json!(0), "{page}");
    }
}

#[test]
fn the_printed_checklist_repeats_its_head_and_holds_twenty_items() {
    if !has("chromium") || !has("pdftotext") {
        return;
    }
    let book = Book::example("hotel-wisla");
    book.run(&format!("checklist --site krakow --today {TODAY} -o c.html")).ends(0);
    let profile = tempfile::tempdir().expect("a folder for the profile");
    let (page, pdf) = (book.path().join("c.html"), book.path().join("c.pdf"));
    let printed = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-pdf-header-footer",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(format!("file://{}", page.display()))
        .stderr(Stdio::null())
        .status();
    assert!(printed.is_ok_and(|status| status.success()));
    let text = Command::new("pdftotext").args(["-layout"]).arg(&pdf).arg("-").output().expect("pdftotext runs").stdout;
    let text = String::from_utf8_lossy(&text).into_owned();
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    let items: Vec<usize> = pages.iter().map(|page| page.matches('@').count()).collect();
    let full = &items[..items.iter().rposition(|n| *n > 0).unwrap_or(0)];
    assert!(full.len() > 2, "{items:?}");
    assert!(full.iter().all(|n| *n >= 18), "items a page: {items:?}");
    for page in &pages[..full.len()] {
        assert!(page.contains("Auditor") && page.contains("Hotel Wisła"), "{page}");
    }
}
