//! PDF from book to pages: what is in it as independent readers see it, and that nothing runs off a page.
//!
//! The readers are poppler's programs. Without them those tests are skipped, unless `GAMMA_OK_REQUIRE_PROGRAMS` is set.

#![cfg(feature = "pdf")]

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use gamma_ok::document::{Checklist, Document, DocumentKind, Manual};
use gamma_ok::edition::{Filter, FilterKey, select};
use gamma_ok::render::{self, Paper, RenderError, Renderer};
use gamma_ok::source::Memory;

use crate::documents::{HOSTILE, Loaded, day, disk, hostile_book, load};
use crate::support::{Book, TODAY};

const LAID_OUT: [DocumentKind; 3] = [DocumentKind::Manual, DocumentKind::Checklist, DocumentKind::Matrix];

fn example() -> Loaded {
    disk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hotel-wisla"))
}

fn set(loaded: &Loaded, document: &dyn Document, paper: Paper) -> Vec<u8> {
    let format = render::format("pdf").expect("a known format");
    Renderer::new(&loaded.book.templates).on(paper).render(format, document).unwrap_or_else(|error| panic!("{error}"))
}

fn remarks(document: &dyn Document) -> Vec<String> {
    (render::format("pdf").expect("a known format").remarks)(document).iter().map(ToString::to_string).collect()
}

/// A PDF in a folder of its own.
struct Pdf {
    folder: tempfile::TempDir,
}

impl Pdf {
    fn of(loaded: &Loaded, document: &dyn Document) -> Self {
        Pdf::on(loaded, document, Paper::A4)
    }

    fn on(loaded: &Loaded, document: &dyn Document, paper: Paper) -> Self {
        let pdf = Pdf { folder: tempfile::tempdir().expect("a temporary folder") };
        std::fs::write(pdf.path(), set(loaded, document, paper)).expect("a writable folder");
        pdf
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("x.pdf")
    }

    /// What one of poppler's programs prints about it; none where it is not installed and need not be.
    fn read(&self, program: &str, options: &[&str]) -> Option<String> {
        let mut command = Command::new(program);
        command.args(options).arg(self.path());
        if program == "pdftotext" {
            command.arg("-");
        }
        match command.output() {
            Ok(output) => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
            Err(_) if std::env::var_os("GAMMA_OK_REQUIRE_PROGRAMS").is_none() => None,
            Err(error) => panic!("{program}: {error}"),
        }
    }

    /// Its text without white space and without the hyphens that ends of lines added.
    fn text(&self) -> Option<String> {
        self.read("pdftotext", &["-raw"]).map(|text| bare(&text))
    }

    fn facts(&self) -> Option<String> {
        self.read("pdfinfo", &[])
    }
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{200b}')).collect()
}

#[test]
fn every_statement_is_in_the_text_in_each_language_and_for_each_site() {
    let loaded = example();
    for language in &loaded.book.languages {
        for site in &loaded.book.sites {
            let filter = Filter::default().in_force(false);
            let chosen = select(&loaded.book, &loaded.standards, Some(site), &filter);
            assert!(chosen.len() > 90, "{}", chosen.len());
            for kind in [DocumentKind::Manual, DocumentKind::Checklist] {
                let document = loaded.compose(kind, language.tag(), Some(&site.id.name), Filter::default());
                assert_eq!(remarks(&*document), [""; 0]);
                let Some(text) = Pdf::of(&loaded, &*document).text() else { return };
                for one in &chosen {
                    let said = one.standard.text.best(language, language).map(|worded| bare(&worded.text));
                    let said = said.expect("the example is translated");
                    // A hand-off is printed in its labelled parts.
                    let parts: Vec<&str> =
                        said.split(';').map(|part| part.rsplit(':').next().unwrap_or(part)).collect();
                    let is_there = text.contains(&said) || parts.iter().all(|part| text.contains(part));
                    assert!(is_there, "{kind:?} {} {}: {said}", language.tag(), one.standard.id.name);
                    let reference = format!("{}@{}", one.standard.id.name, one.standard.stamp);
                    assert!(text.contains(&reference), "{kind:?} {reference}");
                }
            }
        }
    }
}

/// Forty standards of two to ten lines each, as they stand in a table.
fn long_winded() -> Loaded {
    let standards = (1..=40).map(|number| {
        let text = format!("Begin{number} {}", "clerk greets the guest ".repeat(2 + number * 7 % 26));
        format!("      - {{id: s{number}, type: personal, level: basic, trait: quick, text: '{text}'}}\n")
    });
    let sequence = format!(
        "id: way\ntitle: Way\nphases:\n  - id: first\n    title: First\n    traits: [quick]\n    standards:\n{}",
        standards.collect::<String>()
    );
    let files = [
        ("gamma-ok.yaml", "title: Long-winded\nlanguages: [en]\n".to_owned()),
        ("sequences/way.yaml", sequence),
        ("traits/own.yaml", "traits:\n  - {id: quick, title: Quick, meaning: At once}\n".to_owned()),
    ];
    load(&Memory { today: day(), ..Memory::new(files.map(|(path, text)| (path.to_owned(), text))) })
}

#[test]
fn a_row_of_a_checklist_stands_on_one_page() {
    let loaded = long_winded();
    for paper in [Paper::A4, Paper::Letter] {
        let document = loaded.compose(DocumentKind::Checklist, "en", None, Filter::default());
        let Some(text) = Pdf::on(&loaded, &*document, paper).read("pdftotext", &["-raw"]) else { return };
        let pages: Vec<String> = text.split('\u{c}').map(bare).collect();
        assert!(pages.len() > 3, "{}", pages.len());
        assert_eq!(loaded.standards.all.len(), 40);
        for one in &loaded.standards.all {
            let (first, last) = (one.id.name.replace('s', "Begin"), format!("{}@{}", one.id.name, one.stamp));
            let whole = pages.iter().filter(|page| page.contains(&format!("{first}clerk")) && page.contains(&last));
            assert_eq!(whole.count(), 1, "{paper:?} {last}");
        }
    }
}

#[test]
fn each_box_to_tick_says_what_it_stands_for() {
    let loaded = example();
    let document = loaded.compose(DocumentKind::Checklist, "en", Some("krakow"), Filter::default());
    let Some(view) = document.view::<Checklist>() else { panic!("a checklist") };
    let items: usize = view.phases.iter().flat_map(|phase| &phase.steps).map(|step| step.items.len()).sum();
    let Some(text) = Pdf::of(&loaded, &*document).text() else { return };
    for answer in ["☐met", "☐notmet", "☐n/a", "☐notobserved"] {
        assert_eq!(text.matches(answer).count(), items, "{answer}");
    }
}

#[test]
fn the_same_view_gives_the_same_bytes() {
    let loaded = example();
    for kind in LAID_OUT {
        let document = loaded.compose(kind, "pl", Some("krakow"), Filter::default());
        let (one, other) = (set(&loaded, &*document, Paper::A4), set(&loaded, &*document, Paper::A4));
        assert!(one == other, "{kind:?}");
        assert!(one.starts_with(b"%PDF-1."), "{kind:?}");
    }
}

#[test]
fn documents_are_tagged_and_titled_and_the_promised_ones_are_pdf_ua() {
    let loaded = example();
    for (kind, promised) in [
        (DocumentKind::Manual, true),
        (DocumentKind::Checklist, true),
        (DocumentKind::AuditReport, true),
        (DocumentKind::Matrix, false),
    ] {
        let document = loaded.compose(kind, "pl", Some("krakow"), Filter::default());
        let pdf = Pdf::of(&loaded, &*document);
        let (Some(facts), Some(meta)) = (pdf.facts(), pdf.read("pdfinfo", &["-meta"])) else { return };
        assert!(facts.contains("Tagged:          yes") && facts.contains("(A4)"), "{facts}");
        assert!(facts.contains("Hotel Wisła Kraków"), "{facts}");
        // A report has the day that it tells of; of the others the edition says when they are in force.
        assert_eq!(facts.contains("2026"), kind == DocumentKind::AuditReport, "{facts}");
        assert!(facts.contains("Creator:         gamma-ok "), "{facts}");
        assert_eq!(meta.contains("<pdfuaid:part>1</pdfuaid:part>"), promised, "{meta}");
        assert!(meta.contains("<rdf:li>pl</rdf:li>") || meta.contains("pl-PL") || meta.contains(">pl<"), "{meta}");
    }
}

#[test]
fn the_tree_of_tags_has_what_a_screen_reader_needs() {
    let loaded = example();
    let document = loaded.compose(DocumentKind::Manual, "en", Some("krakow"), Filter::default());
    let Some(view) = document.view::<Manual>() else { panic!("a manual") };
    let Some(tree) = Pdf::of(&loaded, &*document).read("pdfinfo", &["-struct"]) else { return };
    let count = |tag: &str| {
        let is = |line: &&str| line.split([' ', '"', '(']).next() == Some(tag);
        tree.lines().map(str::trim_start).filter(is).count()
    };
    // The contents have a heading of their own.
    assert_eq!(count("H1"), view.sections.len() + 1, "{tree}");
    assert_eq!(count("TOCI"), view.sections.len());
    assert!(count("Table") > 10 && count("TH") > 100 && count("LI") > 50 && count("Link") > 50);
    let mut last = 0;
    let levels = tree.lines().filter_map(|line| line.trim_start().strip_prefix('H')?.chars().next()?.to_digit(10));
    for level in levels {
        assert!(level <= last + 1, "H{level} after H{last}");
        last = level;
    }
}

#[test]
fn paper_is_a4_or_letter_and_checklists_hold_about_twenty_items_a_page() {
    let loaded = example();
    let document = loaded.compose(DocumentKind::Checklist, "en", Some("krakow"), Filter::default());
    for (paper, size, least) in [(Paper::A4, "(A4)", 19), (Paper::Letter, "(letter)", 17)] {
        let pdf = Pdf::on(&loaded, &*document, paper);
        let (Some(facts), Some(page)) = (pdf.facts(), pdf.read("pdftotext", &["-raw", "-f", "2", "-l", "2"])) else {
            return;
        };
        assert!(facts.contains(size), "{facts}");
        assert!(bare(&page).matches("☐met").count() >= least, "{page}");
        assert!(page.contains("Auditor") && page.contains("Page 2 of"), "{page}");
    }
}

/// Words outside the paper, or too near its edge to be printed: page, and word.
fn outside(boxes: &str) -> Vec<(usize, String)> {
    let number = |line: &str, name: &str| -> f64 {
        let value = line.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
        value.and_then(|(value, _)| value.parse().ok()).unwrap_or_else(|| panic!("{name} in {line}"))
    };
    let (mut page, mut size, mut found) = (0, (0.0, 0.0), Vec::new());
    for line in boxes.lines().map(str::trim) {
        if line.starts_with("<page ") {
            page += 1;
            size = (number(line, "width"), number(line, "height"));
        } else if line.starts_with("<word ") {
            let (left, top) = (number(line, "xMin"), number(line, "yMin"));
            let (right, bottom) = (number(line, "xMax"), number(line, "yMax"));
            if left < 20.0 || top < 15.0 || right > size.0 - 20.0 || bottom > size.1 - 15.0 {
                found.push((page, line.to_owned()));
            }
        }
    }
    found
}

#[test]
fn nothing_runs_off_the_page() {
    let word = "Donaudampfschifffahrtsgesellschaft".repeat(12);
    let long = "The clerk counts every single coin aloud. ".repeat(150);
    let lines = "| a | b | c | d | e | f | g | h | i |\n|---|---|---|---|---|---|---|---|---|\n";
    let chapter = format!(
        "# Wide\n\n{lines}| {word} | https://example.org/{word}/{word} | `{word}` | d | e | f | g | h | {word} |\n| {long} | b |\n\n\
         ```\n{word} {long}\n```\n\n> {word}\n\n- {word}\n"
    );
    for text in [word.as_str(), long.trim()] {
        let mut files = hostile_book(text);
        files.push(("chapters/01-wide.md".to_owned(), chapter.clone()));
        let loaded = load(&Memory { today: day(), ..Memory::new(files) });
        for kind in LAID_OUT {
            let document = loaded.compose(kind, "en", None, Filter::default());
            let Some(boxes) = Pdf::of(&loaded, &*document).read("pdftotext", &["-bbox"]) else { return };
            assert_eq!(outside(&boxes), [], "{kind:?}");
        }
    }
}

#[test]
fn hostile_texts_print_as_their_characters() {
    let typst = [
        "#read(\"/etc/passwd\")",
        "$x$ $ sum $",
        "<lbl> @ref",
        "*x* _y_",
        "=HYPERLINK(1)",
        "= Heading // c",
        "/* d */ ~ -- ---",
        "#{1+1} #let x = 1",
        "[[b]] \\u{41}",
    ];
    for text in HOSTILE.iter().chain(&typst) {
        let loaded = load(&Memory { today: day(), ..Memory::new(hostile_book(text)) });
        // Emphasis is the author's to give, and `&amp;` is Markdown for `&`; all else is as typed.
        let shown = if *text == "*x* _y_" { "xy".to_owned() } else { bare(&text.replace("&amp;", "&")) };
        for (kind, least) in [(DocumentKind::Manual, 20), (DocumentKind::Checklist, 5), (DocumentKind::Matrix, 3)] {
            let document = loaded.compose(kind, "en", Some("here"), Filter::default());
            let Some(set) = Pdf::of(&loaded, &*document).text() else { return };
            let count = set.matches(&shown).count();
            assert!(count >= least, "{shown} stands {count} times in {kind:?}: {set}");
            assert!(!set.contains("root:"), "{set}");
        }
    }
}

#[test]
fn a_character_that_no_font_has_is_named_and_costs_nothing_else() {
    let text = "你好 😀 👨‍👩‍👧 żabc שלום";
    let loaded = load(&Memory { today: day(), ..Memory::new(hostile_book(text)) });
    for kind in [DocumentKind::Manual, DocumentKind::Checklist] {
        let document = loaded.compose(kind, "en", None, Filter::default());
        let remarks = remarks(&*document);
        assert!(remarks.len() <= 11 && remarks.iter().any(|one| one.contains("你 (U+4F60)")), "{remarks:?}");
        assert!(remarks.iter().any(|one| one.contains("😀 (U+1F600)") && one.contains(text)), "{remarks:?}");
        let Some(set) = Pdf::of(&loaded, &*document).text() else { return };
        assert!(set.contains("\u{fffd}\u{fffd}"), "{set}");
    }
}

#[test]
fn an_authors_template_stands_in_place_of_the_programs_and_its_faults_have_a_place() {
    let with = |text: &str| {
        let mut files = hostile_book("a text");
        files.push(("templates/typst/matrix.typ".to_owned(), text.to_owned()));
        load(&Memory { today: day(), ..Memory::new(files) })
    };
    let render = |text: &str| {
        let loaded = with(text);
        let document = loaded.compose(DocumentKind::Matrix, "en", None, Filter::default());
        let format = render::format("pdf").expect("a known format");
        Renderer::new(&loaded.book.templates).render(format, &*document)
    };
    assert!(render("#let view = json(\"/view.json\")\n#view.head.title").is_ok_and(|bytes| bytes.starts_with(b"%PDF")));
    for (text, line) in [
        ("a\n#nothing\n", 2),
        ("#read(\"/etc/passwd\")", 1),
        ("\n\n#import \"@preview/a:1.0.0\": b", 3),
        ("#image(\"../../logo.png\")", 1),
    ] {
        match render(text) {
            Err(RenderError::Template { path, line: Some(at), .. }) => {
                assert_eq!((path.as_str(), at), ("typst/matrix.typ", line), "{text}");
            }
            other => panic!("{text}: {:?}", other.map(|bytes| bytes.len())),
        }
    }
}

#[test]
fn a_logo_that_is_no_picture_does_not_cost_the_document() {
    let mut files = hostile_book("a text");
    files[0].1.push_str("brand: {logo: images/logo.png}\n");
    files.push(("images/logo.png".to_owned(), "no picture".to_owned()));
    let loaded = load(&Memory { today: day(), ..Memory::new(files) });
    assert!(loaded.book.brand.logo.is_none());
    let document = loaded.compose(DocumentKind::Checklist, "en", None, Filter::default());
    assert!(set(&loaded, &*document, Paper::A4).starts_with(b"%PDF"));
}

#[test]
fn commands_write_pdf_by_ending_or_format() {
    let book = Book::sound().edit("gamma-ok.yaml", "Corner shop", "Corner shop 😀");
    for command in ["manual", "checklist", "matrix"] {
        book.run(&format!("{command} --today {TODAY} --paper letter -o x.pdf"))
            .ends(0)
            .prints_nothing()
            .says("U+1F600");
        let bytes = std::fs::read(book.path().join("x.pdf")).expect("a file");
        assert!(bytes.starts_with(b"%PDF"), "{command}");
        book.run(&format!("{command} --paper a5 -o x.pdf")).ends(2).says("a4");
    }
}

#[test]
fn documents_of_records_name_what_no_font_has_too() {
    let record = "site: market\ndate: 2026-03-01\nauditor: lead\nanswers:\n  greet: {answer: not met, note: Sad 😀}\n";
    let book = Book::sound().with("audits/1.yaml", record).edit("gamma-ok.yaml", "Corner shop", "Corner shop 🎈");
    book.run(&format!("audit report --today {TODAY} -o x.pdf")).ends(0).says("U+1F600").says("U+1F388");
    book.run(&format!("review open 2026 --today {TODAY}")).ends(0);
    for document in ["checklist", "report"] {
        book.run(&format!("review {document} 2026 --today {TODAY} -o x.pdf")).ends(0).says("U+1F388");
    }
}

#[test]
fn the_review_checklist_has_a_column_for_each_decision_and_whole_rows() {
    let loaded = example();
    let decisions = gamma_ok::review::Decision::ALL.len();
    for (language, paper) in [("en", Paper::A4), ("pl", Paper::A4), ("pl", Paper::Letter)] {
        let document = loaded.compose(DocumentKind::ReviewChecklist, language, None, Filter::default());
        let pdf = Pdf::on(&loaded, &*document, paper);
        let (Some(words), Some(facts)) = (pdf.read("pdftotext", &["-bbox"]), pdf.facts()) else { return };
        let mut rows: HashMap<(usize, i64), Vec<i64>> = HashMap::new();
        for (page, text) in words.split("<page ").skip(1).enumerate() {
            for word in text.lines().filter(|line| line.contains(">☐")) {
                let at = |key: &str| {
                    let value = word.split(&format!("{key}=\"")).nth(1)?.split('"').next()?;
                    value.parse::<f64>().ok().map(|value| value.round() as i64)
                };
                let (x, y) = at("xMin").zip(at("yMin")).expect("a place on the page");
                rows.entry((page, y)).or_default().push(x);
            }
        }
        let items = loaded.standards.all.len();
        assert!(rows.len() >= items / 2, "{} rows of {items} standards", rows.len());
        let columns: HashSet<i64> = rows.values().flatten().copied().collect();
        assert_eq!(columns.len(), decisions, "{language}: {columns:?}");
        assert!(rows.values().all(|boxes| boxes.len() == decisions), "{language}: {rows:?}");
        let pages = facts.lines().find_map(|line| line.strip_prefix("Pages:")).expect("a number of pages");
        let pages: usize = pages.trim().parse().expect("a number");
        assert!(pages <= rows.len() / 4 + 4, "{language}: {} rows on {pages} pages", rows.len());
    }
}

/// The text of each page, without white space.
fn pages(pdf: &Pdf) -> Option<Vec<String>> {
    let text = pdf.read("pdftotext", &["-raw"])?;
    Some(text.trim_end_matches('\u{c}').split('\u{c}').map(bare).collect())
}

#[test]
fn no_page_of_a_checklist_holds_the_signatures_alone() {
    let loaded = example();
    for language in ["en", "pl"] {
        for role in ["receptionist", "porter", "cashier"] {
            for site in ["krakow", "kazimierz-dolny"] {
                let filter = Filter::default().with(FilterKey::Role, vec![role.to_owned()]);
                let document = loaded.compose(DocumentKind::Checklist, language, Some(site), filter);
                let Some(pages) = pages(&Pdf::of(&loaded, &*document)) else { return };
                let (signatures, actions) = if language == "en" {
                    ("Signatures", "Correctiveactions")
                } else {
                    ("Podpisy", "Działaniakorygujące")
                };
                let last = pages.last().expect("a page");
                assert!(last.contains(signatures) && last.contains(actions), "{role} {site}: {last}");
            }
        }
    }
}

#[test]
fn a_document_that_would_leave_a_page_nearly_empty_is_set_tighter() {
    let loaded = example();
    // Each of these took a page more, for a history of one edition or a few lines.
    for (role, most) in [("concierge", 4), ("housekeeper", 4), ("porter", 4), ("receptionist", 26)] {
        let filter = Filter::default().with(FilterKey::Role, vec![role.to_owned()]);
        let document = loaded.compose(DocumentKind::Manual, "en", Some("krakow"), filter);
        let Some(pages) = pages(&Pdf::of(&loaded, &*document)) else { return };
        assert!(pages.len() <= most, "{role}: {}", pages.len());
    }
}

#[test]
fn an_audit_report_takes_little_paper_and_leaves_nothing_out() {
    let loaded = example();
    let document = loaded.compose(DocumentKind::AuditReport, "en", Some("krakow"), Filter::default());
    let Some(pages) = pages(&Pdf::of(&loaded, &*document)) else { return };
    assert!(pages.len() <= 21, "{}", pages.len());
    let text = pages.concat();
    let view = serde_json::to_value(&*document).expect("a view");
    let mut said = 0;
    for section in view["sections"].as_array().expect("sections") {
        for table in section["tables"].as_array().expect("tables") {
            if table["sheet_only"] == true {
                continue;
            }
            for row in table["rows"].as_array().expect("rows") {
                for (cell, column) in
                    row["cells"].as_array().expect("cells").iter().zip(table["columns"].as_array().expect("columns"))
                {
                    let code = &cell["code"]["parts"][0]["code"];
                    if let Some(code) = code.as_str().filter(|_| column["place"] != "sheet") {
                        assert!(text.contains(&bare(code)), "{code}");
                        said += 1;
                    }
                }
            }
        }
    }
    assert!(said > 200, "{said}");
}
