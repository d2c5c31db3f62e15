//! How much paper documents take, and what stands on the pages that hold little.

use std::path::Path;

use gamma_ok::document::blueprint::Rect;
use gamma_ok::document::{Blueprint, Document, DocumentKind};
use gamma_ok::edition::{Filter, FilterKey};
use serde_json::Value;

use crate::documents::{Loaded, books, disk, memory};

fn hotel() -> Loaded {
    disk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hotel-wisla"))
}

fn of_role(role: &str) -> Filter {
    Filter::default().with(FilterKey::Role, vec![role.to_owned()])
}

fn view(document: &dyn Document) -> Value {
    serde_json::to_value(document).expect("a view")
}

/// The section of that kind.
fn section<'v>(view: &'v Value, kind: &str) -> &'v Value {
    let sections = view["sections"].as_array().expect("sections");
    sections.iter().find(|section| section["kind"] == kind).unwrap_or_else(|| panic!("{kind}"))
}

#[test]
fn a_picture_of_the_blueprint_is_cut_where_its_letters_would_be_small_and_draws_no_empty_lane() {
    let mut pieces = 0;
    for path in books() {
        let loaded = disk(&path);
        for site in std::iter::once(None).chain(loaded.book.sites.iter().map(|site| Some(site.id.name.as_str()))) {
            let document = loaded.compose(DocumentKind::Blueprint, "pl", site, Filter::default());
            let Some(blueprint) = document.view::<Blueprint>() else { panic!("a blueprint") };
            for picture in blueprint.charts.iter().map(|chart| &chart.picture) {
                for piece in &picture.pieces {
                    pieces += 1;
                    // 225 mm are the most that a page gives, and 168 mm the width of a manual's text.
                    let scale = (168.0 / f64::from(picture.width)).min(225.0 / f64::from(piece.height)) * 72.0 / 25.4;
                    assert!(9.1 * scale >= 8.0, "{}: {:.1} pt", piece.title, 9.1 * scale);
                    let holds = |lane: &Rect| {
                        let inside = |ground: &Rect| ground.y >= lane.y && ground.y < lane.y + lane.height;
                        piece.boxes.iter().any(|one| inside(&one.ground))
                    };
                    let lanes = piece.grounds.iter().filter(|ground| ground.kind == "lane");
                    assert!(lanes.clone().all(holds), "{}", piece.title);
                    assert!(piece.crossings.len() < lanes.count().max(1), "a line lies between two lanes");
                }
            }
            // The style sheet sets letters in the sizes that the layout has measured.
            let svg = loaded.text_of("svg", &*document);
            for (class, size) in [("text", "10"), ("small", "9.1"), ("label", "9.3"), ("line", "9.1")] {
                assert!(svg.contains(&format!(".bp-{class} {{ font-size: {size}px")), "{class}");
            }
        }
    }
    assert!(pieces > 20, "{pieces}");
}

#[test]
fn a_tall_row_of_the_blueprint_becomes_pieces_and_every_step_stays() {
    let long = "says again and again what was agreed with everybody who was there, ".repeat(30);
    let step = |number: usize| {
        format!("      - {{id: s{number}, title: Step{number}, customer: \"{long}\", staff: The clerk answers.}}\n")
    };
    let steps: String = (1..=4).map(step).collect();
    let text = format!("id: a\ntitle: A\nphases:\n  - id: p\n    title: P\n    steps:\n{steps}");
    let loaded = memory(&[("gamma-ok.yaml", "title: House\n"), ("sequences/a.yaml", &text)]);
    let document = loaded.compose(DocumentKind::Blueprint, "en", None, Filter::default());
    let Some(blueprint) = document.view::<Blueprint>() else { panic!("a blueprint") };
    let pieces = &blueprint.charts.iter().next().expect("a chart").picture.pieces;
    assert!(pieces.len() > 1, "{}", pieces.len());
    assert!(
        pieces.iter().all(|piece| piece.height <= 720),
        "{:?}",
        pieces.iter().map(|p| p.height).collect::<Vec<_>>()
    );
    let titles: Vec<&str> = pieces.iter().map(|piece| piece.title.as_str()).collect();
    assert_eq!(titles[0], format!("A (1 / {})", pieces.len()));
    let svg = loaded.text_of("svg", &*document);
    assert!((1..=4).all(|number| svg.contains(&format!("Step{number}"))));
}

#[test]
fn a_role_is_asked_about_its_own_steps_alone() {
    let loaded = hotel();
    let manual = |filter: Filter| view(&*loaded.compose(DocumentKind::Manual, "en", Some("krakow"), filter));
    let all = section(&manual(Filter::default()), "quiz").to_string();
    let porter = manual(of_role("porter"));
    let porter = section(&porter, "quiz").to_string();
    assert!(all.contains("The receptionist finds the booking"));
    assert!(!porter.contains("The receptionist finds the booking") && porter.contains("luggage"), "{porter}");
    // Nor is the question bank for that role.
    let bank = loaded.compose(DocumentKind::Quiz, "en", Some("krakow"), of_role("porter"));
    assert!(!view(&*bank).to_string().contains("The receptionist finds the booking"));
}

#[test]
fn nobody_is_told_of_critical_standards_who_has_none() {
    let book = |critical: &str| {
        let text = format!(
            "id: a\nphases:\n  - id: p\n    standards:\n      - {{id: one, type: personal, level: basic, {critical}text: The clerk \
             greets.}}\n"
        );
        memory(&[("gamma-ok.yaml", "title: House\n"), ("sequences/a.yaml", &text)])
    };
    let told = |loaded: &Loaded| loaded.text("md", DocumentKind::Manual, "en").to_lowercase();
    assert!(told(&book("critical: true, ")).contains("critical standard"));
    assert!(!told(&book("")).contains("critical"));
}

#[test]
fn a_session_names_what_to_bring_along_and_not_what_the_customer_sees() {
    let loaded = hotel();
    let view = view(&*loaded.compose(DocumentKind::Manual, "en", Some("krakow"), Filter::default()));
    let sessions = section(&view, "sessions")["sessions"].as_array().expect("sessions").clone();
    let all = serde_json::to_string(&sessions.iter().map(|one| &one["material"]).collect::<Vec<_>>()).expect("JSON");
    assert!(all.contains("a telephone") && !all.contains("Key card in a folder"), "{all}");
}

#[test]
fn who_asks_for_a_role_that_is_covered_is_told_by_whom() {
    let loaded = hotel();
    for (language, remark) in [("en", "In place of: Concierge"), ("pl", "Zamiast: Konsjerż")] {
        for kind in [DocumentKind::Manual, DocumentKind::Checklist] {
            let head = |site| {
                let text = loaded.text_of("md", &*loaded.compose(kind, language, Some(site), of_role("concierge")));
                text.lines().take(12).collect::<Vec<_>>().join("\n")
            };
            assert!(head("kazimierz-dolny").contains(remark), "{}", head("kazimierz-dolny"));
            assert!(!head("krakow").contains(remark.split(':').next().unwrap_or_default()));
        }
    }
}

#[test]
fn a_table_of_build_opens_in_the_spreadsheets_of_its_language() {
    let loaded = hotel();
    let written = |language: &str| {
        let document = loaded.compose(DocumentKind::AuditReport, language, None, Filter::default());
        let renderer = gamma_ok::render::Renderer::new(&loaded.book.templates).for_spreadsheets();
        let format = gamma_ok::render::format("csv").expect("a known format");
        String::from_utf8(renderer.render(format, &*document).expect("a table")).expect("text")
    };
    let (english, polish) = (written("en"), written("pl"));
    let line = |text: &str, number: usize| text.lines().nth(number).expect("a line").to_owned();
    assert!(line(&english, 0).matches(',').count() > 10 && line(&english, 1).contains(",0."), "{}", line(&english, 1));
    assert!(line(&polish, 0).matches(';').count() > 10 && line(&polish, 1).contains(";0,"), "{}", line(&polish, 1));
    assert!(english.starts_with('\u{feff}') && polish.starts_with('\u{feff}') && polish.contains("\r\n"));
    // For programs it is written with commas in any language.
    let plain = loaded.text("csv", DocumentKind::AuditReport, "pl");
    assert!(line(&plain, 0).matches(',').count() > 10 && line(&plain, 1).contains(",0."), "{}", line(&plain, 1));
}
