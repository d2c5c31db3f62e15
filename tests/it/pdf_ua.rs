//! PDF/UA-1 as far as a program can judge it, by a reader that shares no code with the writer: the conditions of the
//! Matterhorn Protocol 1.1 (PDF Association) that need no eye. Its numbers stand beside each.

#![cfg(feature = "pdf")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gamma_ok::document::DocumentKind;
use gamma_ok::edition::Filter;
use gamma_ok::render::{self, Renderer};
use gamma_ok::source::Memory;
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream, String as Text};
use hayro_syntax::page::Page;

use crate::documents::{Loaded, day, disk, hostile_book, load};

/// The structure types of PDF 1.7 (ISO 32000-1, 14.8.4).
const TYPES: [&str; 49] = [
    "Document",
    "Part",
    "Art",
    "Sect",
    "Div",
    "BlockQuote",
    "Caption",
    "TOC",
    "TOCI",
    "Index",
    "NonStruct",
    "Private",
    "P",
    "H",
    "H1",
    "H2",
    "H3",
    "H4",
    "H5",
    "H6",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "TR",
    "TH",
    "TD",
    "THead",
    "TBody",
    "TFoot",
    "Span",
    "Quote",
    "Note",
    "Reference",
    "BibEntry",
    "Code",
    "Link",
    "Annot",
    "Ruby",
    "RB",
    "RT",
    "RP",
    "Warichu",
    "WT",
    "WP",
    "Figure",
    "Formula",
    "Form",
];

/// Operators that put something on the page.
const PAINT: [&str; 16] = ["Tj", "TJ", "'", "\"", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "BI"];

/// What is wrong with a PDF, condition by condition.
#[derive(Default)]
struct Faults(BTreeSet<String>);

impl Faults {
    fn unless(&mut self, holds: bool, what: impl Into<String>) {
        if !holds {
            self.0.insert(what.into());
        }
    }
}

struct Judge {
    faults: Faults,
    /// Marked content that the tree of tags names: page and number.
    named: BTreeSet<(ObjectIdentifier, i32)>,
    /// Annotations that the tree names.
    objects: BTreeSet<ObjectIdentifier>,
    roles: BTreeMap<String, String>,
}

fn name(of: &Dict<'_>, key: &str) -> String {
    of.get::<Name<'_>>(key).map(|name| name.as_str().to_owned()).unwrap_or_default()
}

fn says(of: &Dict<'_>, key: &str) -> bool {
    of.get::<Text<'_>>(key).is_some_and(|text| !text.as_bytes().is_empty())
}

fn place(of: &Dict<'_>, key: &str) -> Option<ObjectIdentifier> {
    of.get_ref(key).map(Into::into)
}

impl Judge {
    /// 06, 07, 11, and the marks of the catalogue.
    fn catalogue(&mut self, pdf: &Pdf) {
        let Some(catalogue) = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()) else {
            return self.faults.unless(false, "no catalogue");
        };
        let meta = catalogue.get::<Stream<'_>>("Metadata").and_then(|stream| Some(stream.decoded().ok()?.into_owned()));
        let meta = String::from_utf8_lossy(&meta.unwrap_or_default()).into_owned();
        self.faults.unless(meta.contains("<pdfuaid:part>1</pdfuaid:part>"), "06-002 metadata name PDF/UA");
        self.faults.unless(meta.contains("<dc:title>"), "06-003 metadata have a title");
        let is = |dict: &str, key: &str| catalogue.get::<Dict<'_>>(dict).and_then(|one| one.get::<bool>(key));
        self.faults.unless(is("ViewerPreferences", "DisplayDocTitle") == Some(true), "07-001 the title is shown");
        self.faults.unless(is("MarkInfo", "Marked") == Some(true), "marked as tagged");
        self.faults.unless(says(&catalogue, "Lang"), "11-006 the document has a language");
        let Some(root) = catalogue.get::<Dict<'_>>("StructTreeRoot") else {
            return self.faults.unless(false, "a tree of tags");
        };
        if let Some(map) = root.get::<Dict<'_>>("RoleMap") {
            self.roles = map.keys().map(|key| (key.as_str().to_owned(), name(&map, key.as_str()))).collect();
        }
        self.faults.unless(root.contains_key("ParentTree"), "a tree of parents");
        let mut headings = Vec::new();
        self.element(&root, None, "", &mut headings);
        // 14-002, 14-003: the first heading is the first level, and none is skipped.
        let mut last = 0;
        for level in headings {
            self.faults.unless(level <= last + 1, format!("14-003 H{level} after H{last}"));
            last = level;
        }
    }

    /// An element of the tree, and those below it.
    fn element(&mut self, element: &Dict<'_>, page: Option<ObjectIdentifier>, parent: &str, headings: &mut Vec<u32>) {
        let written = name(element, "S");
        let tag = self.roles.get(&written).cloned().unwrap_or(written);
        let page = place(element, "Pg").or(page);
        if !tag.is_empty() {
            self.tag(element, &tag, parent);
            headings.extend(tag.strip_prefix('H').and_then(|level| level.parse::<u32>().ok()));
        }
        let below = if matches!(tag.as_str(), "NonStruct" | "Div") { parent.to_owned() } else { tag };
        let kids: Vec<MaybeRef<Object<'_>>> = match element.get_raw::<Object<'_>>("K") {
            None => return,
            Some(MaybeRef::NotRef(Object::Array(kids))) => kids.raw_iter().collect(),
            Some(MaybeRef::Ref(_)) if element.get::<Array<'_>>("K").is_some() => {
                element.get::<Array<'_>>("K").map(|kids| kids.raw_iter().collect()).unwrap_or_default()
            }
            Some(kid) => vec![kid],
        };
        let resolved: Vec<Object<'_>> = match element.get::<Array<'_>>("K") {
            Some(all) => all.iter::<Object<'_>>().collect(),
            None => element.get::<Object<'_>>("K").into_iter().collect(),
        };
        self.faults.unless(kids.len() == resolved.len(), "a kid that is not there");
        for kid in resolved {
            match kid {
                Object::Number(number) => {
                    self.named.extend(page.map(|page| (page, number.as_i64() as i32)));
                }
                Object::Dict(kid) => match name(&kid, "Type").as_str() {
                    "MCR" => {
                        let on = place(&kid, "Pg").or(page);
                        self.named.extend(on.zip(kid.get::<i32>("MCID")));
                    }
                    "OBJR" => self.objects.extend(place(&kid, "Obj")),
                    _ => self.element(&kid, page, &below, headings),
                },
                _ => self.faults.unless(false, "a kid that is no element"),
            }
        }
    }

    /// What one element has to have and where it may stand.
    fn tag(&mut self, element: &Dict<'_>, tag: &str, parent: &str) {
        // 02-001: whatever is not a type of the standard is mapped to one.
        self.faults.unless(TYPES.contains(&tag), format!("02-001 {tag} is no type"));
        let above: &[&str] = match tag {
            "TR" => &["Table", "THead", "TBody", "TFoot"],
            "TH" | "TD" => &["TR"],
            "LI" => &["L"],
            "LBody" => &["LI"],
            "TOCI" => &["TOC"],
            _ => &[],
        };
        self.faults.unless(above.is_empty() || above.contains(&parent), format!("09 {tag} below {parent}"));
        if tag == "Figure" || tag == "Formula" {
            let is_told = says(element, "Alt") || says(element, "ActualText");
            self.faults.unless(is_told, format!("13-004 a {tag} without another text"));
        }
        if tag == "TH" {
            let own = element.get::<Dict<'_>>("A").into_iter();
            let listed = element.get::<Array<'_>>("A");
            let listed: Vec<Dict<'_>> = listed.map(|all| all.iter::<Dict<'_>>().collect()).unwrap_or_default();
            let has_scope = own.chain(listed).any(|one| one.contains_key("Scope"));
            self.faults.unless(has_scope, "15-003 a head cell without a scope");
        }
    }

    /// 01: all that is painted is either named by the tree or an artifact; 28: links are named and described.
    fn page(&mut self, page: &Page<'_>) {
        let Some(id) = page.raw().obj_id() else { return self.faults.unless(false, "a page without a number") };
        // What each open mark is: a number of the tree, an artifact, or neither.
        let mut open: Vec<Option<Option<i32>>> = Vec::new();
        let mut painted = BTreeSet::new();
        let mut operations = page.operations();
        while let Some(operation) = operations.next() {
            let operator = String::from_utf8_lossy(operation.operator).into_owned();
            match operator.as_str() {
                "BDC" | "BMC" => {
                    let operands: Vec<&Object<'_>> = operation.operands().collect();
                    let is_artifact = matches!(operands.first(), Some(Object::Name(tag)) if tag.as_str() == "Artifact");
                    let number = match operands.get(1) {
                        Some(Object::Dict(marks)) => marks.get::<i32>("MCID"),
                        _ => None,
                    };
                    let mark = if is_artifact { Some(None) } else { number.map(Some) };
                    let within = open.iter().flatten().next();
                    let in_tag = within.is_some_and(Option::is_some);
                    self.faults.unless(!(is_artifact && in_tag), "01-003 artifact in a tag");
                    let in_artifact = within.is_some_and(Option::is_none);
                    self.faults.unless(!(number.is_some() && in_artifact), "01-004 tag in an artifact");
                    open.push(mark);
                }
                "EMC" => self.faults.unless(open.pop().is_some(), "a mark that is closed twice"),
                paint if PAINT.contains(&paint) => match open.iter().flatten().next_back() {
                    Some(Some(number)) => {
                        painted.insert(*number);
                    }
                    Some(None) => {}
                    None => self.faults.unless(false, format!("01-005 {paint} outside of tags and artifacts")),
                },
                _ => {}
            }
        }
        self.faults.unless(open.is_empty(), "a mark that is never closed");
        for number in painted {
            self.faults.unless(self.named.contains(&(id, number)), "01-005 marked, but not in the tree");
        }
        self.links(page.raw());
    }

    fn links(&mut self, page: &Dict<'_>) {
        let Some(all) = page.get::<Array<'_>>("Annots") else { return };
        self.faults.unless(name(page, "Tabs") == "S", "28-009 order of the keyboard");
        for at in all.raw_iter() {
            let MaybeRef::Ref(at) = at else { continue };
            self.faults.unless(self.objects.contains(&at.into()), "28-010 a link outside of the tree");
        }
        for link in all.iter::<Dict<'_>>() {
            self.faults.unless(says(&link, "Contents"), "28-012 a link without a description");
        }
    }

    /// 31: fonts are in the file, and their characters known.
    fn fonts(&mut self, page: &Dict<'_>) {
        let fonts = page.get::<Dict<'_>>("Resources").and_then(|all| all.get::<Dict<'_>>("Font"));
        let Some(fonts) = fonts else { return };
        for key in fonts.keys() {
            let Some(font) = fonts.get::<Dict<'_>>(&*key) else { continue };
            self.faults.unless(font.contains_key("ToUnicode"), "31-027 a font without characters");
            let below = font.get::<Array<'_>>("DescendantFonts").and_then(|all| all.iter::<Dict<'_>>().next());
            let descriptor = below.and_then(|one| one.get::<Dict<'_>>("FontDescriptor"));
            let is_in = |one: Dict<'_>| one.contains_key("FontFile2") || one.contains_key("FontFile3");
            let is_drawn = name(&font, "Subtype") == "Type3";
            self.faults.unless(descriptor.is_some_and(is_in) || is_drawn, "31-009 a font that is not in the file");
        }
    }
}

fn faults(bytes: Vec<u8>) -> BTreeSet<String> {
    let pdf = Pdf::new(bytes).expect("a PDF");
    let (faults, named, objects, roles) = Default::default();
    let mut judge = Judge { faults, named, objects, roles };
    judge.catalogue(&pdf);
    assert!(!pdf.pages().is_empty());
    for page in pdf.pages().iter() {
        judge.page(page);
        judge.fonts(page.raw());
    }
    judge.faults.0
}

fn made(loaded: &Loaded, kind: DocumentKind, language: &str, site: Option<&str>) -> Vec<u8> {
    let document = loaded.compose(kind, language, site, Filter::default());
    let format = render::format("pdf").expect("a known format");
    Renderer::new(&loaded.book.templates).render(format, &*document).expect("it renders")
}

#[test]
fn documents_that_promise_pdf_ua_keep_it() {
    let loaded = disk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hotel-wisla"));
    let promised = [
        (DocumentKind::Manual, "pl"),
        (DocumentKind::Manual, "en"),
        (DocumentKind::Checklist, "pl"),
        (DocumentKind::Blueprint, "en"),
    ];
    for (kind, language) in promised {
        assert_eq!(faults(made(&loaded, kind, language, Some("krakow"))), BTreeSet::new(), "{kind:?} {language}");
    }
}

/// A picture in a phase, a step, a standard, a role-play and a chapter, and one beside the text of a line.
#[test]
fn they_keep_it_with_pictures() {
    let book = crate::cli::pictures::shown();
    let photograph = "Here, ![The till](images/desk.png) it is.\n\n- ![In a list](images/door.svg)\n\n| a | b |\n|---|---|\n| ![In a table](images/desk.png) | ![](images/door.svg) |\n";
    let book = book.edit("chapters/01-welcome.md", "![x](https://example.org/x.png)\n", photograph);
    let loaded = disk(book.path());
    for (kind, language, site) in [
        (DocumentKind::Manual, "en", None),
        (DocumentKind::Manual, "pl", None),
        (DocumentKind::Manual, "en", Some("corner")),
        (DocumentKind::Checklist, "en", Some("market")),
    ] {
        let bytes = made(&loaded, kind, language, site);
        if kind == DocumentKind::Manual {
            assert!(crate::cli::pictures::drawn(&bytes) > 0, "the pictures are there");
        }
        assert_eq!(faults(bytes), BTreeSet::new(), "{kind:?} {language} {site:?}");
    }
}

/// A judge that finds nothing would find nothing in a bad file either. The matrix makes no promise, so that its template
/// can break it.
#[test]
fn the_judge_sees_what_is_wrong() {
    let of = |template: &str| -> BTreeSet<String> {
        let mut files = hostile_book("a text");
        files.push(("templates/typst/matrix.typ".to_owned(), template.to_owned()));
        let loaded = load(&Memory { today: day(), ..Memory::new(files) });
        let all = faults(made(&loaded, DocumentKind::Matrix, "en", None));
        all.iter().map(|fault| fault.split(' ').next().unwrap_or_default().to_owned()).collect()
    };
    let plain = of("Plain");
    assert!(plain.contains("06-002") && plain.contains("06-003"), "{plain:?}");
    assert!(!plain.contains("01-005") && !plain.contains("13-004"), "{plain:?}");
    assert!(of("= One\n=== Three").contains("14-003"));
    let picture = "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>\"))";
    assert!(of(picture).contains("13-004"));
}
