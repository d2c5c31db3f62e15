//! Documents from book to bytes: every example in every format, hostile texts, fallbacks, overrides, sites and roles.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gamma_ok::audit::figures::{RecordSelection, Selection, figures};
use gamma_ok::audit::{self, Audits};
use gamma_ok::book::{self, Book, Language, Site};
use gamma_ok::changes::{Side, compare};
use gamma_ok::document::audit_report::Judged;
use gamma_ok::document::review::{OfReview, ReviewRequest};
use gamma_ok::document::{self, Checklist, Document, DocumentKind, Pictures, Request};
use gamma_ok::edit::review::open;
use gamma_ok::edition::{Editions, Filter, FilterKey};
use gamma_ok::export;
use gamma_ok::feedback::{self, Feedback, Response, ResponseKind as FeedbackKind};
use gamma_ok::method::{self, Standards};
use gamma_ok::render::{self, FORMATS, RenderError, Renderer};
use gamma_ok::review;
use gamma_ok::source::{Disk, Memory, Sources, World};

/// Everything that is made as a page.
fn pages() -> impl Iterator<Item = DocumentKind> {
    render::format("html").expect("HTML").documents()
}

/// A book, its standards, its audits.
pub struct Loaded {
    pub book: Book,
    pub standards: Standards,
    pub audits: Audits,
}

pub fn load(world: &dyn World) -> Loaded {
    let book::Loaded { book, mut sources, .. } = book::load(world).expect("the book has a manifest");
    let standards = method::standards(&book);
    let editions = Editions::load(world, &mut sources);
    let audits = audit::load(world, &mut sources, &book, &standards, &editions);
    Loaded { book, standards, audits }
}

pub fn disk(path: &Path) -> Loaded {
    load(&Disk::new(path, day()).expect("the folder exists"))
}

pub fn memory(files: &[(&str, &str)]) -> Loaded {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    load(&Memory { today: day(), ..Memory::new(files) })
}

pub fn day() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 3, 5).expect("a date")
}

impl Loaded {
    pub fn compose(&self, kind: DocumentKind, language: &str, site: Option<&str>, filter: Filter) -> Box<dyn Document> {
        let language = Language::new(language);
        let site: Option<&Site> = site.and_then(|site| self.book.site(site));
        let control = gamma_ok::project::Control::default();
        let request = Request {
            book: &self.book,
            standards: &self.standards,
            site,
            filter: &filter.in_force(false),
            language: &language,
            today: day(),
            control: Some(&control),
            pictures: Pictures::default(),
            audits: Some(&self.audits),
        };
        if let Some(compose) = kind.composer() {
            return compose(request);
        }
        match kind {
            DocumentKind::Feedback => {
                // One response in three is low, and each phase gets a few.
                let phases = self.book.sequences.iter().enumerate();
                let phases =
                    phases.flat_map(|(at, one)| (0..one.phases.len()).map(move |phase| (at, phase, one.area.clone())));
                let response = |(at, (sequence, phase, area)): (usize, (usize, usize, Option<String>))| Response {
                    date: day(),
                    site: None,
                    area,
                    sequence: Some(sequence),
                    phase: Some(phase),
                    rating: Some(if at % 3 == 0 { 1.0 } else { 4.0 }),
                    importance: Some((at % 5 + 1) as f64),
                    kind: Some(FeedbackKind::Survey),
                };
                let responses =
                    phases.flat_map(|phase| std::iter::repeat_n(phase, 7)).enumerate().map(response).collect();
                let said = Feedback { responses, middle: 3.0, ..Feedback::default() };
                let ranking = feedback::rank(&said, &self.book, feedback::ResponseSelection::default());
                Box::new(document::feedback(request, &said, &ranking))
            }
            DocumentKind::Changes => {
                let (nothing, none) = (Book::default(), Standards::default());
                let before = Side { book: &nothing, standards: &none };
                let after = Side { book: &self.book, standards: &self.standards };
                Box::new(document::changes(request, &compare(before, after), "HEAD", None))
            }
            DocumentKind::AuditReport => self.audit_report(request),
            DocumentKind::Actions => {
                let all = audit::findings(&self.audits, &self.standards);
                let chosen: Vec<_> = all.iter().filter(|finding| finding.item.action().is_some()).collect();
                Box::new(document::actions(request, &self.audits, &all, &chosen))
            }
            DocumentKind::Why => {
                let standard = &self.standards.all[0];
                let (id, text) = (standard.id.name.clone(), standard.text.as_ref().clone());
                let told = document::Why { id, text, documents: vec!["manual".to_owned()], ..document::Why::default() };
                Box::new(document::why(request, &told))
            }
            DocumentKind::Portfolio => {
                let title = self.book.title.clone();
                let (book, edition) = ("book".to_owned(), Some(3));
                let (met, judged, score) = (8, 10, Some(0.8));
                let (level, last_audit, next_review) = (None, Some("2026-02-01".to_owned()), None);
                let (overdue_actions, sites) = (1, Vec::new());
                let book = document::PortfolioBook {
                    book,
                    title,
                    edition,
                    next_review,
                    overdue_actions,
                    last_audit,
                    level,
                    score,
                    met,
                    judged,
                    sites,
                };
                Box::new(document::portfolio(request, &[book]))
            }
            DocumentKind::Index => Box::new(document::index(request, &[], &[])),
            _ => self.of_review(kind, request),
        }
    }

    fn audit_report(&self, request: Request<'_>) -> Box<dyn Document> {
        let Loaded { book, standards, audits } = self;
        let site = request.site.map(|site| site.id.name.as_str());
        let wanted = RecordSelection { site, filter: &Filter::default(), from: None, to: None, staff: true };
        let selection = Selection::of(book, standards, audits, wanted);
        let figures = figures(book, standards, audits, &selection);
        let reviews = &review::Reviews::default();
        let judged = Judged { audits, reviews, selection: &selection, figures: &figures, rows: 100 };
        Box::new(document::audit_report(request, judged))
    }

    /// A document of a review of the whole book that was opened on that day.
    fn of_review(&self, kind: DocumentKind, request: Request) -> Box<dyn Document> {
        let empty = review::Reviews::default();
        let due = review::overview(&self.book, &self.standards, &empty, &[], &[], day()).standards;
        let file = open(&self.book, &due, "2026", day(), None).expect("a review");
        let world = Memory { today: day(), ..Memory::new([(file.path, file.after)]) };
        let reviews = review::load(&world, &mut Sources::default(), &self.book, &self.standards);
        assert!(reviews.findings.is_empty(), "{:?}", reviews.findings);
        let overview = review::overview(&self.book, &self.standards, &reviews, &[], &[], day());
        let feedback = Feedback::default();
        let asked = ReviewRequest {
            request,
            feedback: &feedback,
            audits: &self.audits,
            reviews: &reviews,
            overview: &overview,
            actions: &[],
        };
        let of = OfReview { asked, review: &reviews.all[0], since: None, on: None, left: None };
        match kind {
            DocumentKind::ReviewDue => Box::new(document::review_due(asked)),
            DocumentKind::ReviewChecklist => Box::new(document::review_checklist(of)),
            _ => Box::new(document::review_report(of)),
        }
    }

    pub fn text(&self, format: &str, kind: DocumentKind, language: &str) -> String {
        self.text_of(format, &*self.compose(kind, language, None, Filter::default()))
    }

    /// A file for another program.
    pub fn exported(&self, kind: DocumentKind, language: &str) -> String {
        let document = self.compose(kind, language, None, Filter::default());
        let mut bytes = Vec::new();
        let bank = document.view().map(|bank| export::gift(bank, &mut bytes));
        let deck = document.view().map(|deck| export::anki(deck, &mut bytes));
        bank.or(deck).expect("something to export").expect("a list of bytes can be written to");
        String::from_utf8(bytes).expect("text")
    }

    pub fn text_of(&self, format: &str, document: &dyn Document) -> String {
        let format = render::format(format).expect("a known format");
        let bytes = Renderer::new(&self.book.templates).render(format, document).expect("it renders");
        String::from_utf8(bytes).expect("text")
    }

    pub fn bytes_of(&self, format: &str, document: &dyn Document) -> Vec<u8> {
        let format = render::format(format).expect("a known format");
        Renderer::new(&self.book.templates).render(format, document).expect("it renders")
    }
}

/// Every book that lies in the repository.
pub fn books() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["examples", "tests/books"].iter().filter_map(|folder| std::fs::read_dir(root.join(folder)).ok());
    let mut books: Vec<PathBuf> = folders.flatten().flatten().map(|entry| entry.path()).collect();
    books.retain(|path| path.join("gamma-ok.yaml").exists());
    books.sort();
    books
}

/// What a reader of HTML sees: no tags, no style sheet, entities decoded.
pub fn seen(html: &str) -> String {
    let body = html.split_once("</style>").map_or(html, |(_, body)| body);
    let mut text = String::new();
    let mut inside = false;
    for c in body.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, character)| text.replace(entity, character))
}

fn from_markdown(markdown: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.strikethrough = true;
    comrak::markdown_to_html(markdown, &options)
}

#[test]
fn every_book_renders_in_every_format_and_twice_the_same() {
    let books = books();
    assert!(books.len() >= 2, "{books:?}");
    for path in books {
        let loaded = disk(&path);
        let sites: Vec<Option<String>> =
            std::iter::once(None).chain(loaded.book.sites.iter().map(|site| Some(site.id.name.clone()))).collect();
        for language in &loaded.book.languages {
            for kind in [DocumentKind::Quiz, DocumentKind::Cards] {
                let text = loaded.exported(kind, language.tag());
                assert!(text == loaded.exported(kind, language.tag()), "{} {kind:?}", path.display());
            }
            for site in &sites {
                // PDF has tests of its own; laying it out takes its time.
                for format in FORMATS.iter().filter(|format| format.is_text) {
                    for kind in format.documents() {
                        let make = || {
                            let document = loaded.compose(kind, language.tag(), site.as_deref(), Filter::default());
                            loaded.bytes_of(format.name, &*document)
                        };
                        let text = make();
                        assert!(text == make(), "{} {kind:?} {}", path.display(), format.name);
                        assert!(text.len() > 100, "{} {kind:?} {}", path.display(), format.name);
                    }
                }
            }
        }
    }
}

/// What runs in the head of a page with a form.
const START: &str = "html/form/start.js";

/// A page without the data and the scripts of its form, which hold no markup of anybody's.
fn without_form_script(html: &str) -> String {
    // The index has one that is built in as it stands.
    let index = gamma_ok::library::template("html/index.js").expect("the script is built in");
    let html = html.replace(&format!("<script>{index}</script>"), "");
    let Some((before, rest)) = html.split_once("<script type=\"application/json\" id=\"form-data\">") else {
        return html;
    };
    let (data, rest) = rest.split_once("</script>\n<script>").expect("the script follows its data");
    assert!(!data.contains('<'), "markup in the data: {data}");
    let (script, after) = rest.split_once("</script>").expect("the script ends");
    let parts = gamma_ok::library::templates();
    let parts: Vec<_> =
        parts.into_iter().filter(|path| path.starts_with("html/form/") && path.ends_with(".js")).collect();
    let part = |path: &str| gamma_ok::library::template(path).expect("the script is built in");
    assert!(parts.len() > 2 && script.starts_with("'use strict';\n"), "{parts:?}");
    for path in parts.into_iter().filter(|path| *path != START) {
        assert_eq!(script.matches(part(path)).count(), 1, "{path} stands there as it is");
    }
    let start = format!("<script>{}</script>", part(START));
    assert_eq!(before.matches(&start).count(), 1);
    format!("{}{after}", before.replace(&start, ""))
}

#[test]
fn html_stands_alone() {
    for path in books() {
        let loaded = disk(&path);
        for kind in pages() {
            let html = loaded.text("html", kind, loaded.book.languages[0].tag());
            let html = without_form_script(&html);
            for forbidden in ["<script", "<link", "@import", "url(", "src=\"http", "src=\"/", "<iframe", "onload"] {
                assert!(!html.contains(forbidden), "{forbidden} in {kind:?} of {}", path.display());
            }
            assert!(html.contains("default-src 'none'"), "{kind:?}");
        }
    }
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    for path in books() {
        let loaded = disk(&path);
        for kind in pages() {
            let html = loaded.text("html", kind, loaded.book.languages[0].tag());
            let headings = html.match_indices("<h").filter_map(|(at, _)| html[at + 2..].chars().next()?.to_digit(10));
            let mut last = 0;
            for level in headings.filter(|level| *level > 0) {
                assert!(level <= last + 1, "h{level} after h{last} in {kind:?} of {}", path.display());
                last = level;
            }
        }
    }
}

/// Texts that would be markup, template or script if any stage took them for that.
pub const HOSTILE: [&str; 9] = [
    "<script>alert(1)</script>",
    "{{ 7*7 }} {% raw %}",
    "| a | b |",
    "# x",
    "[x](javascript:1)",
    "</style><u>",
    "]]> &amp; <!--",
    "1. - + > ` ~~x~~",
    "\" onload=\"x' y",
];

/// A book in which every text is the same hostile one.
pub fn hostile_book(text: &str) -> Vec<(String, String)> {
    let quoted = format!("'{}'", text.replace('\'', "''"));
    let manifest = format!("title: {quoted}\nlanguages: [en]\nareas: [{{id: area, title: {quoted}}}]\n");
    let roles = format!(
        "roles:\n  - id: clerk\n    title: {quoted}\n    duties: [{quoted}]\n  - id: porter\n    title: {quoted}\n    \
         duties: [{quoted}]\n    when: site.rooms > 9\n    covered-by: clerk\ndepartments: [{{id: office, title: {quoted}}}]\n"
    );
    let sequence = format!(
        "id: way\ntitle: {quoted}\narea: area\nphases:\n  - id: first\n    title: {quoted}\n    wants: {quoted}\n    image: {{file: images/a.svg, alt: {quoted}}}\n    \
         traits: [{{trait: quick, why: {quoted}}}]\n    steps:\n      - id: one\n        title: {quoted}\n        \
         contact: phone\n        role: porter\n        evidence: {quoted}\n        customer: {quoted}\n        \
         staff: {quoted}\n        backstage: {quoted}\n        support: {quoted}\n        \
         fail-point: {{what: {quoted}, recovery: {quoted}}}\n        handoff: {{to: office, what: {quoted}, via: {quoted}}}\n      \
         - {{id: two, title: {quoted}, customer: {quoted}}}\n      - {{id: three, title: {quoted}, customer: {quoted}}}\n    \
         standards:\n      - id: s1\n        step: one\n        trait: quick\n        type: personal\n        level: basic\n        \
         text: {quoted}\n        measure: {{what: {quoted}, within: 10 s}}\n        why: {quoted}\n        how: [{quoted}]\n        \
         say: [{quoted}]\n        avoid: [{quoted}]\n    waive:\n      - {{trait: quick, type: product, why: {quoted}}}\n    \
         scenarios:\n      - {{title: {quoted}, situation: {quoted}, practises: [s1]}}\n"
    );
    let traits =
        format!("traits:\n  - id: quick\n    title: {quoted}\n    meaning: {quoted}\n    question: {quoted}\n");
    let files = [
        ("gamma-ok.yaml", manifest),
        ("roles.yaml", roles),
        ("sequences/way.yaml", sequence),
        ("traits/own.yaml", traits),
        ("sites/here.yaml", format!("id: here\ntitle: {quoted}\nrooms: 3\n")),
        ("chapters/01-a.md", format!("# Chapter\n\n{text}\n\nAfter it.\n")),
        ("images/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 3\"/>".to_owned()),
    ];
    files.map(|(path, text)| (path.to_owned(), text)).to_vec()
}

#[test]
fn hostile_texts_come_out_as_their_characters() {
    for text in HOSTILE {
        let loaded = load(&Memory { today: day(), ..Memory::new(hostile_book(text)) });
        assert_eq!(loaded.standards.all.len(), 2, "the book for {text} is read");
        // `&amp;` is Markdown for `&`, in an author's text too.
        let shown = text.replace("&amp;", "&");
        for (kind, least) in [
            (DocumentKind::Manual, 25),
            (DocumentKind::Checklist, 6),
            (DocumentKind::Matrix, 4),
            (DocumentKind::Blueprint, 12),
            (DocumentKind::Index, 1),
            (DocumentKind::ReviewDue, 4),
            (DocumentKind::ReviewChecklist, 4),
            (DocumentKind::ReviewReport, 3),
        ] {
            let document = loaded.compose(kind, "en", Some("here"), Filter::default());
            let html = loaded.text_of("html", &*document);
            let count = seen(&html).matches(&shown).count();
            assert!(count >= least, "{text} stands {count} times in {kind:?} as HTML");
            let html = without_form_script(&html);
            assert!(
                !html.contains("<script") && !html.contains("<u>") && !html.contains("href=\"javascript"),
                "{text}"
            );
            if render::format("md").is_some_and(|format| (format.does)(kind)) {
                let markdown = loaded.text_of("md", &*document);
                let count = seen(&from_markdown(&markdown)).matches(&shown).count();
                assert!(count >= least, "{text} stands {count} times in {kind:?} as Markdown:\n{markdown}");
            }
        }
    }
}

#[test]
fn a_text_from_the_source_language_is_marked() {
    let loaded = memory(&[
        ("gamma-ok.yaml", "title: {en: House, sv: Hus}\nlanguages: [en, sv]\n"),
        (
            "sequences/a.yaml",
            "id: a\ntitle: {en: Way, sv: Väg}\nphases:\n  - id: p\n    title: {en: Phase, sv: Fas}\n    standards:\n      \
             - {id: s, type: personal, level: basic, text: {en: The clerk greets the guest.}}\n",
        ),
    ]);
    for kind in [DocumentKind::Manual, DocumentKind::Checklist] {
        let html = loaded.text("html", kind, "sv");
        assert!(html.contains("<html lang=\"sv\">"));
        assert!(html.contains("<span class=\"foreign\" lang=\"en\">The clerk greets the guest.</span>"), "{html}");
        assert!(!loaded.text("html", kind, "en").contains("class=\"foreign\""));
        assert!(loaded.text("md", kind, "sv").contains("The clerk greets the guest. *(en)*"));
    }
}

#[test]
fn a_books_own_template_takes_the_place_of_the_built_in_one() {
    let book = |template: &str| {
        memory(&[
            ("gamma-ok.yaml", "title: House\n"),
            ("sequences/a.yaml", "id: a\nphases:\n  - id: p\n"),
            ("templates/html/checklist.html", template),
        ])
    };
    assert_eq!(
        book("<p>{{ head.book }} & {{ '<' }}</p>").text("html", DocumentKind::Checklist, "en"),
        "<p>House & &lt;</p>"
    );
    assert!(
        book("x").text("html", DocumentKind::Manual, "en").contains("<h1>House</h1>"),
        "other documents are left alone"
    );
    let broken = book("<p>\n{{ head.nothing }}</p>");
    let document = broken.compose(DocumentKind::Checklist, "en", None, Filter::default());
    let html = render::format("html").expect("HTML");
    let error = Renderer::new(&broken.book.templates).render(html, &*document).expect_err("strict");
    assert!(
        matches!(&error, RenderError::Template { path, line: Some(2), .. } if path == "html/checklist.html"),
        "{error}"
    );
}

#[test]
fn a_books_own_templates_are_weighed_and_print_the_same() {
    let own: BTreeMap<String, String> = gamma_ok::library::templates()
        .into_iter()
        .filter_map(|path| Some((path.to_owned(), gamma_ok::library::template(path)?.to_owned())))
        .filter(|(path, _)| !path.starts_with("typst/"))
        .collect();
    let loaded = disk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/shop"));
    let language = loaded.book.source_language().tag().to_owned();
    for kind in [
        DocumentKind::Manual,
        DocumentKind::Checklist,
        DocumentKind::Blueprint,
        DocumentKind::Matrix,
        DocumentKind::ReviewChecklist,
    ] {
        let document = loaded.compose(kind, &language, None, Filter::default());
        for format in ["html", "md", "svg", "docx"].into_iter().filter_map(render::format) {
            if (format.does)(kind) {
                let usual = Renderer::new(&loaded.book.templates).render(format, &*document).expect("built in");
                let weighed = Renderer::new(&own).render(format, &*document).unwrap_or_else(|error| panic!("{error}"));
                assert!(usual == weighed, "{} as {}", kind.word(), format.name);
            }
        }
    }
}

#[test]
fn a_books_own_template_ends_whatever_it_asks_for() {
    let loops = "{% for a in range(99999) %}".repeat(3) + &"{% endfor %}".repeat(3);
    let doubled = "{% set x = 'xxxxxxxxxx' %}".to_owned() + &"{% set x = x ~ x %}".repeat(40);
    let captured = "{% set x %}xxxxxxxxxx{% endset %}".to_owned() + &"{% set x %}{{ x }}{{ x }}{% endset %}".repeat(40);
    for bomb in [
        loops,
        doubled,
        captured,
        "{% for a in range(100000000) %}{{ a }}{% endfor %}".to_owned(),
        format!("{{% for a in range(99999) %}}{}{{% endfor %}}", "x".repeat(9000)),
        "{{ 'x' * 99999999 }}".to_owned(),
        "{{ 2 * [1] }}".to_owned(),
        "{{ '%1000000000d'|format(1) }}".to_owned(),
        "{{ '%*d'|format(1000000000, 1) }}".to_owned(),
        "{{ 'a\nb'|indent(4000000000) }}".to_owned(),
        "{{ [1]|slice(1000000000) }}{{ [1]|batch(1000000000, 'x') }}".to_owned(),
        "{{ range(99999)|join('x'|indent(900, true)|replace(' ', 'xxxxxxxxxx')) }}".to_owned(),
        "{% set x %}{% for a in range(9999) %}xxxxxxxxxx{% endfor %}{% endset %}{{ x|replace('x', x) }}".to_owned(),
        "{{ ['a', 'b']|map('indent', 4000000000)|list }}".to_owned(),
        "{% macro a(x, n) %}{% if n %}{{ a(x ~ x, n - 1) }}{% endif %}{% endmacro %}{{ a('xxxxxxxxxx', 60) }}"
            .to_owned(),
        "{% set n = namespace(x='xxxx') %}{% for a in range(99999) %}{% set n.x = n.x ~ n.x %}{% endfor %}".to_owned(),
        "{% set n = namespace(x=[]) %}{% for a in range(99999) %}{% set n.x = n.x + [n.x] %}{% endfor %}{{ n.x }}"
            .to_owned(),
        "{% for a in range(99999) %}{{ verbatim('html/style.css') }}{% endfor %}".to_owned(),
        "{% include 'html/checklist.html' %}".to_owned(),
        format!("{{{{ 1{} }}}}", "+1".repeat(20_000)),
        format!("{{{{ {}1 }}}}", "-".repeat(20_000)),
        format!("{{{{ {}1 }}}}", "not ".repeat(20_000)),
        format!("{{{{ a{} }}}}", ".a".repeat(20_000)),
        format!("{{{{ a{} }}}}", "|upper".repeat(20_000)),
        format!("{{{{ {} }}}}", "[".repeat(20_000)),
        format!("{{% if a %}}{}{{% endif %}}", "{% elif b %}".repeat(20_000)),
        "{% if a %}".repeat(20_000),
    ] {
        let loaded = memory(&[
            ("gamma-ok.yaml", "title: House\n"),
            ("sequences/a.yaml", "id: a\nphases:\n  - id: p\n"),
            ("templates/html/checklist.html", &bomb),
        ]);
        let document = loaded.compose(DocumentKind::Checklist, "en", None, Filter::default());
        let html = render::format("html").expect("HTML");
        let error =
            Renderer::new(&loaded.book.templates).render(html, &*document).expect_err(&bomb[..bomb.len().min(80)]);
        assert!(matches!(&error, RenderError::Template { path, .. } if path == "html/checklist.html"), "{error}");
    }
}

#[test]
fn duties_follow_the_cover_at_a_site() {
    let loaded = disk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hotel-wisla"));
    let manual = |site: &str, role: &str| {
        let filter = Filter::default().with(FilterKey::Role, vec![role.to_owned()]);
        let document = loaded.compose(DocumentKind::Manual, "en", Some(site), filter);
        seen(&loaded.text_of("html", &*document))
    };
    let luggage = "luggage to the room within 10 minutes";
    assert!(!manual("krakow", "receptionist").contains(luggage), "the large house has porters");
    assert!(manual("krakow", "porter").contains(luggage));
    assert!(manual("kazimierz-dolny", "receptionist").contains(luggage), "in the small house it is the receptionist's");
}

#[test]
fn a_beginners_manual_stops_at_basic() {
    let loaded = disk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hotel-wisla"));
    let filter = Filter::default().with(FilterKey::UpTo, vec!["basic".to_owned()]);
    let html = loaded.text_of("html", &*loaded.compose(DocumentKind::Manual, "en", None, filter));
    assert!(html.contains("id=\"s-greet-within-10s\"") && !html.contains("id=\"s-greet-within-5s\""));
}

#[test]
fn every_item_of_a_checklist_has_its_reference_and_four_boxes() {
    let loaded = disk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hotel-wisla"));
    let document = loaded.compose(DocumentKind::Checklist, "pl", Some("krakow"), Filter::default());
    let Some(view) = document.view::<Checklist>() else { unreachable!("composed as a checklist") };
    let items: Vec<_> = view.phases.iter().flat_map(|phase| &phase.steps).flat_map(|step| &step.items).collect();
    assert!(items.len() > 40);
    assert!(items.iter().enumerate().all(|(at, item)| item.number == at + 1));
    let html = loaded.text_of("html", &*document);
    let markdown = loaded.text_of("md", &*document);
    let blocks: Vec<&str> = markdown.split("\n- **").skip(1).collect();
    assert_eq!(blocks.len(), items.len());
    for (item, block) in items.iter().zip(blocks) {
        let reference = &item.standard.reference;
        assert_eq!(html.matches(&format!("data-item=\"{reference}\"")).count(), 1, "{reference}");
        let first = block.lines().next().unwrap_or("");
        assert!(first.ends_with(&format!("`{reference}`")), "{first}");
        assert_eq!(block.matches("\n  - [ ] ").count(), 4, "{block}");
    }
    assert_eq!(html.matches("<span class=\"box\"></span>").count(), items.len() * 4);
}

#[test]
fn links_inside_a_manual_lead_somewhere() {
    for path in books() {
        let loaded = disk(&path);
        for language in loaded.book.languages.clone() {
            let html = loaded.text("html", DocumentKind::Manual, language.tag());
            for link in html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
                let count = html.matches(&format!("id=\"{link}\"")).count();
                assert_eq!(count, 1, "#{link} in {}", path.display());
            }
        }
    }
}

#[test]
fn the_index_links_what_was_built() {
    let loaded = disk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hotel-wisla"));
    let built = |path: &str, kind, language: &str, site: Option<&str>, role: Option<&str>| document::Built {
        path: path.to_owned(),
        kind,
        format: "html",
        language: Language::new(language),
        site: site.map(str::to_owned),
        role: role.map(str::to_owned),
    };
    let files = [
        built("en/manual.en.html", DocumentKind::Manual, "en", None, None),
        built("en/manual-porter.en.html", DocumentKind::Manual, "en", None, Some("porter")),
        built("pl/krakow/checklist-krakow.pl.html", DocumentKind::Checklist, "pl", Some("krakow"), None),
    ];
    let (control, filter) = (gamma_ok::project::Control::default(), Filter::default());
    let request = Request {
        book: &loaded.book,
        standards: &loaded.standards,
        site: None,
        filter: &filter,
        language: loaded.book.source_language(),
        today: day(),
        control: Some(&control),
        pictures: Pictures::default(),
        audits: None,
    };
    let index = document::index(request, &files, &[]);
    let html = loaded.text_of("html", &index);
    for file in &files {
        assert!(html.contains(&format!("href=\"{}\"", file.path)), "{}", file.path);
    }
    assert!(
        html.contains("<section lang=\"pl\" ") && html.contains("Lista kontrolna") && html.contains(">Wypełnij</a>")
    );
}

#[test]
fn documents_read_as_reviewed() {
    let files: BTreeMap<&str, &str> = BTreeMap::from([
        ("gamma-ok.yaml", include_str!("../documents/gamma-ok.yaml")),
        ("roles.yaml", include_str!("../documents/roles.yaml")),
        ("traits/own.yaml", include_str!("../documents/traits.yaml")),
        ("sequences/visit.yaml", include_str!("../documents/visit.yaml")),
        ("sites/corner.yaml", "id: corner\ntitle: {en: Corner shop, sv: Hörnbutiken}\ndesks: 1\n"),
    ]);
    let loaded = memory(&files.into_iter().collect::<Vec<_>>());
    for language in ["en", "sv"] {
        for kind in [DocumentKind::Manual, DocumentKind::Checklist] {
            let document = loaded.compose(kind, language, Some("corner"), Filter::default());
            insta::assert_snapshot!(format!("{}.{language}.md", kind.word()), loaded.text_of("md", &*document));
        }
    }
    let view = loaded.compose(DocumentKind::Manual, "en", Some("corner"), Filter::default());
    let mut json = serde_json::to_value(&*view).expect("a view is serialisable");
    json["head"]["words"] = "left out".into();
    for section in json["sections"].as_array_mut().expect("sections") {
        if section.get("picture").is_some() {
            // Coordinates say little to who reads a snapshot.
            section["picture"] = "left out".into();
        }
    }
    insta::assert_snapshot!("manual.en.json", serde_json::to_string_pretty(&json).expect("JSON"));
}
