use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use gamma_ok::document::{DocumentKind, Request};
use gamma_ok::edition::Filter;
use gamma_ok::project::Project;
use gamma_ok::render::{Renderer, format};
use gamma_ok::source::Memory;
use quick_xml::events::Event;

/// What a page of HTML has where a chapter is empty.
struct Page {
    renderer: Renderer,
    scripts: usize,
}

thread_local! {
    // Templates are compiled once.
    static PAGE: OnceCell<Page> = const { OnceCell::new() };
}

/// A chapter of an author's: a text in every format, and markup in none.
pub fn markdown(data: &[u8]) {
    let Some(opened) = open(data) else { return };
    PAGE.with(|page| {
        let page = page.get_or_init(|| {
            let renderer = Renderer::new(&BTreeMap::new());
            let empty = open(b"# Welcome\n").expect("there is a manifest");
            let html = String::from_utf8(made(&empty, &renderer, "html")).expect("HTML is text");
            Page { scripts: html.matches("<script").count(), renderer }
        });
        let html = String::from_utf8(made(&opened, &page.renderer, "html")).expect("HTML is text");
        assert_eq!(html.matches("<script").count(), page.scripts, "a script of the author's");
        let is_link = |href: &str| href.trim_start().to_lowercase().starts_with("javascript:");
        assert!(!html.split("href=\"").skip(1).any(is_link), "a link that runs");
        String::from_utf8(made(&opened, &page.renderer, "md")).expect("Markdown is text");
        well_formed(&made(&opened, &page.renderer, "docx"));
    });
}

fn open(chapter: &[u8]) -> Option<Project<Memory>> {
    let files = [("gamma-ok.yaml", b"title: Corner shop\n".to_vec()), ("chapters/01-welcome.md", chapter.to_vec())];
    let mut world = Memory::new(files);
    world.today = super::today();
    let opened = Project::open(world).expect("there is a manifest");
    super::point_into_their_files(&opened.loaded.sources, &opened.loaded.findings);
    // Of what has errors no document is made.
    opened.errors().is_empty().then_some(opened)
}

fn made(opened: &Project<Memory>, renderer: &Renderer, name: &str) -> Vec<u8> {
    let filter = Filter::default();
    let request = Request::of(opened, &filter, opened.loaded.book.source_language());
    let compose = DocumentKind::Manual.composer().expect("a book fills its manual");
    let document = compose(request);
    let format = format(name).expect("a format of the register");
    renderer.render(format, document.as_ref()).expect("the program's own templates are sound")
}

/// Every part of the package is XML.
fn well_formed(docx: &[u8]) {
    let mut archive = zip::ZipArchive::new(Cursor::new(docx)).expect("an archive");
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        if !name.ends_with(".xml") {
            continue;
        }
        part.read_to_string(&mut text).expect("text");
        let allowed = |letter: char| letter >= ' ' || matches!(letter, '\t' | '\n' | '\r');
        assert!(text.chars().all(|letter| allowed(letter) && !matches!(letter, '\u{fffe}' | '\u{ffff}')), "{text}");
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut depth = 0i32;
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}\n{text}")) {
                Event::Eof => break,
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        assert_eq!(depth, 0, "{name} is not closed");
    }
}
