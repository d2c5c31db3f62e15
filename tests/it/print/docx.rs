//! The manual as DOCX.

use gamma_ok::document::DocumentKind;
use gamma_ok::edition::Filter;
use gamma_ok::source::Memory;

use super::{HOSTILE, hotel, office, part, texts};
use crate::documents::{day, hostile_book, load, memory};

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_word_processor_shows_every_statement() {
    let loaded = hotel();
    for language in ["en", "pl"] {
        let document = loaded.compose(DocumentKind::Manual, language, Some("krakow"), Filter::default());
        let bytes = loaded.bytes_of("docx", &*document);
        let Some(shown) = office::converted(&bytes, "docx", "txt:Text (encoded):UTF8") else { return };
        let shown = folded(&String::from_utf8_lossy(&shown));
        let language = gamma_ok::book::Language::new(language);
        let mut count = 0;
        let site = loaded.book.site("krakow");
        for one in gamma_ok::edition::select(&loaded.book, &loaded.standards, site, &Filter::default().in_force(false))
        {
            let text = &one.standard.text.best(&language, loaded.book.source_language()).expect("a text").text;
            assert!(shown.contains(&folded(text)), "{text}");
            count += 1;
        }
        assert!(count > 90);
    }
}

#[test]
fn headings_languages_and_repeated_heads_are_real() {
    let loaded = hotel();
    let document = loaded.compose(DocumentKind::Manual, "pl", None, Filter::default());
    let bytes = loaded.bytes_of("docx", &*document);
    let body = part(&bytes, "word/document.xml");
    texts(&body);
    assert!(body.matches("<w:pStyle w:val=\"Heading1\"/>").count() >= 8);
    // Boxes to sign in and the minutes of a session have no titles; every other table repeats them.
    let titled: Vec<&str> = body.split("<w:tbl>").skip(1).filter(|table| table.contains("\"TableHead\"")).collect();
    assert!(titled.len() >= 8, "{}", titled.len());
    assert!(titled.iter().all(|table| table.contains("<w:tblHeader/>")), "tables repeat their heads");
    let styles = part(&bytes, "word/styles.xml");
    assert!(styles.contains("<w:lang w:val=\"pl-PL\""));
    assert!(part(&bytes, "word/footer.xml").contains(" NUMPAGES "));
    for name in ["word/numbering.xml", "word/header.xml", "docProps/core.xml", "word/styles.xml", "[Content_Types].xml"]
    {
        texts(&part(&bytes, name));
    }
    // Every style and list that is used is there.
    for (used, defined) in [("<w:pStyle w:val=\"", "w:styleId=\""), ("<w:rStyle w:val=\"", "w:styleId=\"")] {
        for name in body.split(used).skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(styles.contains(&format!("{defined}{name}\"")), "{name}");
        }
    }
    let numbering = part(&bytes, "word/numbering.xml");
    for name in body.split("<w:numId w:val=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(numbering.contains(&format!("<w:num w:numId=\"{name}\"")), "list {name}");
    }
}

#[test]
fn a_chapter_keeps_its_lists_tables_and_marks() {
    let chapter = "# Own\n\nA **strong** and *soft* `code` [page](https://example.org/?a=1&b=\"2\").\n\n3. three\n4. four\n   - inner\n\nbetween\n\n\
                   1. one\n\n- [x] done\n- [ ] open\n\n> said\n\n| h | i |\n| - | - |\n| c | d |\n\n```\ncode block\n```\n\n<b>raw</b>\n\n### Deep\n";
    let loaded = memory(&[
        ("gamma-ok.yaml", "title: House\n"),
        ("sequences/a.yaml", "id: a\nphases:\n  - id: p\n"),
        ("chapters/01-own.md", chapter),
    ]);
    let bytes = loaded.bytes_of("docx", &*loaded.compose(DocumentKind::Manual, "en", None, Filter::default()));
    let body = part(&bytes, "word/document.xml");
    let shown: Vec<String> = texts(&body).into_iter().filter(|(tag, _)| tag == "w:t").map(|(_, text)| text).collect();
    for text in [
        "strong",
        "soft",
        "code",
        "page",
        "three",
        "inner",
        "☒ ",
        "☐ ",
        "said",
        "h",
        "d",
        "code block",
        "<b>",
        "raw",
        "Deep",
    ] {
        assert!(shown.iter().any(|one| one == text), "{text} in {shown:?}");
    }
    assert!(body.contains("HYPERLINK &quot;https://example.org/"), "{body}");
    let numbering = part(&bytes, "word/numbering.xml");
    assert!(numbering.contains("<w:startOverride w:val=\"3\"/>"));
    assert_eq!(numbering.matches("<w:num w:numId=").count(), 4, "two of the program's and two of the chapter's");
}

#[test]
fn hostile_texts_are_their_characters() {
    for text in HOSTILE {
        let loaded = load(&Memory { today: day(), ..Memory::new(hostile_book(text)) });
        let bytes =
            loaded.bytes_of("docx", &*loaded.compose(DocumentKind::Manual, "en", Some("here"), Filter::default()));
        let body = part(&bytes, "word/document.xml");
        let shown: String = texts(&body).into_iter().filter(|(tag, _)| tag == "w:t").map(|(_, text)| text).collect();
        let text = text.replace("&amp;", "&").replace("&lt;", "<");
        assert!(shown.matches(&text).count() >= 20, "{text}: {shown}");
    }
}

#[test]
fn control_characters_do_not_break_the_file() {
    let loaded = memory(&[
        ("gamma-ok.yaml", "title: \"A\\u0001B\"\n"),
        ("sequences/a.yaml", "id: a\nphases:\n  - id: p\n    title: \"x\\u0002y \\uFFFF\"\n"),
    ]);
    let bytes = loaded.bytes_of("docx", &*loaded.compose(DocumentKind::Manual, "en", None, Filter::default()));
    for name in ["word/document.xml", "word/header.xml", "docProps/core.xml"] {
        texts(&part(&bytes, name));
    }
}

/// How many pages a word processor makes of a manual, where there is one.
fn pages(bytes: &[u8]) -> Option<usize> {
    let pdf = office::converted(bytes, "docx", "pdf")?;
    // Each page is an object of that type; the tree of pages is of another.
    let text: Vec<u8> = pdf.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let page = b"/Type/Page";
    Some(text.windows(page.len() + 1).filter(|part| part.starts_with(page) && part[page.len()] != b's').count())
}

#[test]
fn a_leaflet_takes_no_more_paper_in_a_word_processor_than_in_print() {
    let loaded = hotel();
    for (role, language, most) in [("porter", "pl", 4), ("concierge", "en", 4), ("receptionist", "pl", 28)] {
        let filter = Filter::default().with(gamma_ok::edition::FilterKey::Role, vec![role.to_owned()]);
        let document = loaded.compose(DocumentKind::Manual, language, Some("krakow"), filter);
        let bytes = loaded.bytes_of("docx", &*document);
        let Some(count) = pages(&bytes) else { return };
        assert!((1..=most).contains(&count), "{role}: {count} pages");
    }
}

#[test]
fn the_logo_stands_in_the_head_and_a_book_without_one_has_none() {
    let loaded = hotel();
    let bytes = loaded.bytes_of("docx", &*loaded.compose(DocumentKind::Manual, "en", None, Filter::default()));
    let (document, links) = (part(&bytes, "word/document.xml"), part(&bytes, "word/_rels/document.xml.rels"));
    assert!(document.contains("r:embed=\"logo\"") && document.contains("<wp:align>right</wp:align>"));
    assert!(links.contains("Id=\"logo\"") && links.contains("media/logo.png"), "{links}");
    let plain = memory(&[("gamma-ok.yaml", "title: House\n")]);
    let bytes = plain.bytes_of("docx", &*plain.compose(DocumentKind::Manual, "en", None, Filter::default()));
    assert!(!part(&bytes, "word/document.xml").contains("logo"));
}

#[test]
fn columns_of_a_chapter_are_as_wide_as_their_texts_ask_for() {
    let chapter = "# C\n\n| When | What you do |\n|--|--|\n| Day 1 | Walk through the whole stay as a guest, from the booking to the bill |\n";
    let loaded = memory(&[("gamma-ok.yaml", "title: House\n"), ("chapters/01-c.md", chapter)]);
    let bytes = loaded.bytes_of("docx", &*loaded.compose(DocumentKind::Manual, "en", None, Filter::default()));
    let xml = part(&bytes, "word/document.xml");
    let grid = xml.split("<w:tblGrid>").find_map(|rest| rest.split_once("</w:tblGrid>")).expect("a table").0;
    let widths: Vec<usize> = grid
        .split("w:w=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().expect("a width").parse().expect("a number"))
        .collect();
    assert!(widths.len() == 2 && widths[1] > 5 * widths[0] && widths[0] >= 700, "{widths:?}");
}
