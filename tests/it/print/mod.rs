//! What is printed or opened in an office program: blueprint, spreadsheets, DOCX.

mod blueprint;
mod docx;
mod office;
mod sheet;

use std::io::{Cursor, Read, Write};
use std::path::Path;

use gamma_ok::document::DocumentKind;
use gamma_ok::edition::Filter;
use gamma_ok::render::{Paper, Renderer};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::documents::{Loaded, disk};

/// The example.
fn hotel() -> Loaded {
    disk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hotel-wisla"))
}

/// Texts that some program would run, or take for markup, or refuse.
const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script>",
    "{{ 7*7 }} {% raw %}",
    "=HYPERLINK(\"http://example.org\")",
    "+1+1",
    "-2+3",
    "@SUM(A1:A2)",
    "#read(\"/etc/passwd\")",
    "$x$ <lbl> @ref",
    "</w:t></w:r> ]]> &amp; &lt;",
    "a_x0041_b ' \" ` |",
    "x\u{301}\u{1f600}\u{4e2d}\u{6587} \u{202e}",
    "ends in %s %d \\n",
];

/// A part of a package.
fn part(package: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).expect("a package");
    let mut text = String::new();
    archive.by_name(name).expect("the part").read_to_string(&mut text).expect("text");
    text
}

#[test]
fn the_size_of_paper_reaches_every_format_that_prints() {
    let loaded = hotel();
    let made = |kind, format: &str, paper| {
        let document = loaded.compose(kind, "en", None, Filter::default());
        let format = gamma_ok::render::format(format).expect("a known format");
        Renderer::new(&loaded.book.templates).on(paper).render(format, &*document).expect("it renders")
    };
    for (paper, wide, number, name) in [(Paper::A4, "11906", "9", "A4"), (Paper::Letter, "12240", "1", "letter")] {
        let docx = part(&made(DocumentKind::Manual, "docx", paper), "word/document.xml");
        assert!(docx.contains(&format!("<w:pgSz w:w=\"{wide}\"")), "{name}");
        let sheet = part(&made(DocumentKind::Checklist, "xlsx", paper), "xl/worksheets/sheet1.xml");
        assert_eq!(sheet.contains("paperSize=\"9\""), number == "9", "{name}");
        for kind in [DocumentKind::Manual, DocumentKind::Checklist, DocumentKind::Matrix, DocumentKind::Blueprint] {
            let page = String::from_utf8(made(kind, "html", paper)).expect("text");
            assert!(page.contains(&format!("@page {{ size: {name}")), "{kind:?} {name}");
        }
    }
}

/// The package with one part changed.
fn with_part(package: &[u8], name: &str, text: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).expect("a package");
    let mut changed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a part");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        let of_file = file.name().expect("a name").into_owned();
        changed.start_file(of_file.as_str(), zip::write::SimpleFileOptions::default()).expect("a part");
        changed.write_all(if of_file == name { text.as_bytes() } else { &bytes }).expect("written");
    }
    changed.finish().expect("a package").into_inner()
}

/// Every text of an XML document, after proving it well-formed: element by element, each closed by its own name.
fn texts(xml: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut open: Vec<String> = Vec::new();
    let mut found = Vec::new();
    let mut text = String::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("not XML: {error}")) {
            Event::Start(tag) => {
                assert!(tag.attributes().all(|attribute| attribute.is_ok()), "{tag:?}");
                open.push(tag.name().as_ref().to_owned());
                text.clear();
            }
            Event::Text(piece) => text.push_str(&piece),
            Event::GeneralRef(name) => {
                let name: &str = &name;
                let character = quick_xml::escape::unescape(&format!("&{name};")).expect("a known entity").into_owned();
                text.push_str(&character);
            }
            Event::End(_) => {
                let name = open.pop().expect("an open element");
                found.push((name, std::mem::take(&mut text)));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty(), "open at the end: {open:?}");
    let allowed =
        |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(xml.chars().all(allowed), "characters that XML forbids");
    found
}
