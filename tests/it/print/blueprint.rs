//! The service blueprint: everything in it, nothing cut, nothing over anything else.

use gamma_ok::document::{Blueprint, Document, DocumentKind};
use gamma_ok::edition::{Filter, FilterKey};

use super::{HOSTILE, hotel, texts};
use crate::documents::{hostile_book, load, memory};

/// Everything that is written in a picture, a piece after the other, without white space.
fn written(document: &dyn Document) -> String {
    let Some(blueprint) = document.view::<Blueprint>() else { panic!("a blueprint") };
    let pieces = blueprint.charts.iter().flat_map(|chart| &chart.picture.pieces);
    let lines = pieces.flat_map(|piece| {
        let bands = piece.bands.iter().flat_map(|band| &band.lines);
        let notes = piece.notes.iter().chain(&piece.labels).flat_map(|note| &note.lines);
        let boxes = piece.boxes.iter().flat_map(|one| one.lines.iter().chain(&one.small));
        bands.chain(notes).chain(boxes).chain(piece.crossings.iter().flat_map(|one| &one.lines))
    });
    joined(&lines.map(|line| line.text.as_str()).collect::<String>())
}

fn joined(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

#[test]
fn every_word_of_every_step_is_in_the_picture() {
    let loaded = hotel();
    for language in ["en", "pl"] {
        let document = loaded.compose(DocumentKind::Blueprint, language, None, Filter::default());
        let written = written(&*document);
        let language = gamma_ok::book::Language::new(language);
        let mut count = 0;
        for step in loaded.book.sequences.iter().flat_map(|one| &one.phases).flat_map(|phase| &phase.steps) {
            let fail = step.fail_point.iter().flat_map(|fail| std::iter::once(&fail.what).chain(&fail.recovery));
            let handoffs = step.handoffs.iter().flat_map(|one| std::iter::once(&one.what).chain(&one.via));
            let lanes = [&step.title, &step.evidence, &step.customer, &step.staff, &step.backstage, &step.support];
            for text in lanes.into_iter().flatten().chain(fail).chain(handoffs) {
                let text = &text.best(&language, loaded.book.source_language()).expect("a text").text;
                assert!(written.contains(&joined(text)), "{text}");
                count += 1;
            }
        }
        assert!(count > 50);
        assert!(written.contains(&joined(if language.tag() == "pl" {
            "linia widoczności"
        } else {
            "line of visibility"
        })));
    }
}

#[test]
fn nothing_lies_over_anything_else_or_outside() {
    let loaded = hotel();
    let document = loaded.compose(DocumentKind::Blueprint, "pl", Some("krakow"), Filter::default());
    let Some(blueprint) = document.view::<Blueprint>() else { panic!("a blueprint") };
    let mut count = 0;
    for picture in blueprint.charts.iter().map(|chart| &chart.picture) {
        for piece in &picture.pieces {
            let boxes: Vec<_> = piece.boxes.iter().map(|one| one.ground).collect();
            for (at, one) in boxes.iter().enumerate() {
                assert!(one.x + one.width <= picture.width && one.y + one.height <= piece.height, "{one:?}");
                let apart = |other: &&gamma_ok::document::blueprint::Rect| {
                    one.x + one.width <= other.x
                        || other.x + other.width <= one.x
                        || one.y + one.height <= other.y
                        || other.y + other.height <= one.y
                };
                assert!(boxes[at + 1..].iter().all(|other| apart(&other)), "{one:?}");
                count += 1;
            }
            for one in &piece.boxes {
                let inside = |line: &gamma_ok::document::blueprint::Line| {
                    line.x > one.ground.x && line.y > one.ground.y && line.y < one.ground.y + one.ground.height
                };
                assert!(one.lines.iter().chain(&one.small).all(inside), "{one:?}");
            }
        }
    }
    assert!(count > 40);
}

#[test]
fn forty_steps_take_rows_that_name_their_phase_again() {
    let steps: String =
        (1..=40).map(|n| format!("      - {{id: s{n}, customer: Customer does {n}, staff: We do {n}}}\n")).collect();
    let text = format!("id: way\nphases:\n  - id: long\n    title: The long phase\n    steps:\n{steps}");
    let loaded = memory(&[("gamma-ok.yaml", "title: House\n"), ("sequences/way.yaml", &text)]);
    let document = loaded.compose(DocumentKind::Blueprint, "en", None, Filter::default());
    let Some(blueprint) = document.view::<Blueprint>() else { panic!("a blueprint") };
    let rows: Vec<_> = blueprint.charts[0].picture.pieces.iter().filter(|piece| !piece.bands.is_empty()).collect();
    assert_eq!(rows.len(), 10);
    let title = |at: usize| rows[at].bands[0].lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
    assert_eq!((title(0).as_str(), title(9).as_str()), ("The long phase", "The long phase (continued)"));
    assert!(written(&*document).contains("Customerdoes40"));
    let svg = loaded.text_of("svg", &*document);
    assert_eq!(texts(&svg).iter().filter(|(_, text)| text.starts_with("We do")).count(), 40);
}

#[test]
fn filters_pick_steps_and_sites_fold_roles() {
    let loaded = hotel();
    let svg = |site: Option<&str>, filter: Filter| {
        let document = loaded.compose(DocumentKind::Blueprint, "en", site, filter);
        (written(&*document), loaded.text_of("svg", &*document))
    };
    let phase = Filter::default().with(FilterKey::Phase, vec!["check-in".to_owned()]);
    let (of_phase, _) = svg(None, phase);
    assert!(of_phase.contains("Comestothedesk") && !of_phase.contains("Looksupfreerooms"));
    let role = Filter::default().with(FilterKey::Role, vec!["cashier".to_owned()]);
    let (of_role, _) = svg(Some("krakow"), role.clone());
    assert!(of_role.contains("Cashier") && !of_role.contains("Comestothedesk"));
    let (small, _) = svg(Some("kazimierz-dolny"), role);
    assert!(!small.contains("Cashier") && small.contains("Receptionist"), "nobody but the receptionist is there");
    let (all, _) = svg(Some("krakow"), Filter::default());
    assert!(all.contains("Porter"), "luggage is handed to the porter");
    let (small, _) = svg(Some("kazimierz-dolny"), Filter::default());
    assert!(!small.contains("Porter"));
    let (_, none) = svg(
        None,
        Filter::default()
            .with(FilterKey::Role, vec!["nobody".to_owned()])
            .with(FilterKey::Phase, vec!["none".to_owned()]),
    );
    assert!(texts(&none).iter().any(|(_, text)| text.contains("No step matches")));
}

#[test]
fn hostile_texts_are_drawn_as_their_characters() {
    for text in HOSTILE {
        let loaded = load(&gamma_ok::source::Memory {
            today: crate::documents::day(),
            ..gamma_ok::source::Memory::new(hostile_book(text))
        });
        let document = loaded.compose(DocumentKind::Blueprint, "en", Some("here"), Filter::default());
        let svg = loaded.text_of("svg", &*document);
        let drawn: String = texts(&svg).into_iter().filter(|(tag, _)| tag == "text").map(|(_, text)| text).collect();
        let shown = joined(&text.replace("&amp;", "&").replace("&lt;", "<"));
        assert!(joined(&drawn).matches(&shown).count() >= 8, "{text}: {drawn}");
        let html = loaded.text_of("html", &*document);
        assert!(!html.contains("<script"), "{text}");
    }
}

#[test]
fn control_characters_do_not_break_the_picture() {
    let loaded = memory(&[
        ("gamma-ok.yaml", "title: \"A\\u0001B\"\n"),
        (
            "sequences/a.yaml",
            "id: a\ntitle: \"T\\u0008\\uFFFE\"\nphases:\n  - id: p\n    title: \"x\\u0002y\"\n    steps:\n      - {id: s, customer: \"Comes\\u0003 in\"}\n",
        ),
    ]);
    let document = loaded.compose(DocumentKind::Blueprint, "en", None, Filter::default());
    let svg = loaded.text_of("svg", &*document);
    assert!(texts(&svg).iter().any(|(_, text)| text == "Comes in"), "{svg}");
}

#[test]
fn a_piece_stands_alone_and_names_the_font_that_pages_bring() {
    let loaded = hotel();
    let document = loaded.compose(DocumentKind::Blueprint, "pl", None, Filter::default());
    let Some(blueprint) = document.view::<Blueprint>() else { panic!("a blueprint") };
    let renderer = gamma_ok::render::Renderer::new(&loaded.book.templates);
    let picture = &blueprint.charts[0].picture;
    let pieces = renderer.pictures(&blueprint.head, picture).expect("they are drawn");
    assert_eq!(pieces.len(), picture.pieces.len());
    for piece in &pieces {
        texts(piece);
        assert!(piece.contains(&format!("font-family: \"{}\"", gamma_ok::render::PICTURE_FONT)), "{piece}");
    }
}
