//! Checklists of every kind of file, as people fill them in.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::book::{Loaded, load};
use crate::method::{Standards, standards};
use crate::source::Memory;

const JSON: &str = r#"{"gamma-ok": "checklist", "version": 1, "date": "2026-01-01", "round": "a", "answers": [{"standard": "a",
    "stamp": "0a0a0a0a", "answer": "met", "observed": ["8 s"], "note": "x", "action": {"what": "y", "due": "2026-02-01"}}]}"#;
const MARKDOWN: &str = "- Date: 2026-01-01\n\n- **1.** x `a@0a0a0a0a`\n  - [x] met\n  - [ ] not met\n  - Note: x\n\n\
    | Item | What will be done |\n| --- | --- |\n| 1 | z |\n";
const CSV: &str = "No.,Observed,Answer,Note,ID@STAMP\n1,8 s,met,x,a@0a0a0a0a\n";

/// A small book; read once, since every case needs it.
static BOOK: LazyLock<(Loaded, Standards)> = LazyLock::new(|| {
    let standard = "{id: a, type: personal, level: basic, text: T, measure: {within: 10 s}}";
    let sequence = format!("id: s\nphases: [{{id: p, standards: [{standard}]}}]");
    let files = [("gamma-ok.yaml", "title: T"), ("sequences/s.yaml", &sequence)];
    let loaded = load(&Memory::new(files)).expect("a book");
    let standards = standards(&loaded.book);
    (loaded, standards)
});

fn read_text(name: &str, text: &str) -> Form {
    read(name, text.as_bytes(), &BOOK.0.book).expect("a form")
}

/// Takes a file in as far as it goes; nothing may panic.
fn take(name: &str, bytes: &[u8]) {
    let (loaded, standards) = &*BOOK;
    let today = NaiveDate::from_ymd_opt(2026, 6, 1).expect("a date");
    if let Ok(form) = read(name, bytes, &loaded.book) {
        place(form, &Options::default(), &StandardIndex::new(&loaded.book, standards, today));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_form_makes_it_panic(
        place in any::<prop::sample::Index>(),
        with in prop_oneof![any::<String>(), Just("```".to_owned()), Just("- [x] ".to_owned()), Just("\"".to_owned())],
        cut in any::<bool>(),
    ) {
        for (name, text) in [("a.json", JSON), ("a.md", MARKDOWN), ("a.csv", CSV)] {
            let cut_at = text.char_indices().map(|(end, _)| end).nth(place.index(text.chars().count())).unwrap_or(0);
            let rest = if cut { "" } else { &text[cut_at..] };
            take(name, format!("{}{with}{rest}", &text[..cut_at]).as_bytes());
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for name in ["a.json", "a.md", "a.csv", "a.xlsx", "a"] {
            take(name, &bytes);
        }
        take("a.xlsx", &[b"PK\x03\x04", bytes.as_slice()].concat());
    }
}

#[test]
fn what_no_person_fills_in_is_refused_at_its_place() {
    let refused = |name: &str, text: &str| match read(name, text.as_bytes(), &BOOK.0.book) {
        Ok(form) => form.refused.first().map(|refused| (refused.place.to_string(), refused.message.to_string())),
        Err(refused) => Some((refused.place.to_string(), refused.message.to_string())),
    };
    for (name, text, place) in [
        ("a.md", format!("{MARKDOWN}\n{}", "- ".repeat(200_000)), "12"),
        ("a.md", format!("{MARKDOWN}\n{}", "> ".repeat(200_000)), "12"),
        ("a.md", MARKDOWN.replace("Note: x", &"![".repeat(100_000)), "6"),
        ("a.md", MARKDOWN.replace("Note: x", &format!("Note: {}", "x".repeat(500_000))), "6"),
        ("a.md", MARKDOWN.replace("| --- | --- |", &"| --- ".repeat(3_000)), "9"),
        ("a.csv", CSV.replace("met,x", &format!("met,{}", "x".repeat(500_000))), "2"),
        ("a.json", JSON.replace("\"x\"", &format!("\"{}\"", "![".repeat(100_000))), "a"),
        ("a.json", "[".repeat(100_000), "1:"),
    ] {
        let refused = refused(name, &text);
        assert!(refused.as_ref().is_some_and(|(refused, _)| refused.starts_with(place)), "{name}: {refused:?}");
    }
}

#[test]
fn sound_forms_are_sound() {
    for (name, text) in [("a.json", JSON), ("a.md", MARKDOWN), ("a.csv", CSV)] {
        let form = read_text(name, text);
        assert_eq!((form.items.len(), form.refused), (1, vec![]), "{name}");
    }
}

const FORM: &str = "# Checklist: Book\n\n- Site: **Hotel Wisła**\n- Date: 2026-05-12\n- Time or shift: 14:30\n- Auditor: quality-lead\n\n\
    ## 1. Check-in\n\n- **1.** I ▲ · The `desk` is clear. · `greet@3f9a1c2e`\n  - [ ] met\n  - [X] not met\n  - [ ] n/a\n  \
    - [ ] not observed\n  - Observed (s): 12,5; 8\n  - Note: Slow,\n    and *late*\n- **2.** I · Two. · `two`\n  - [ ] spełniony\n  \
    - [x] niespełniony\n  - [x] nie dotyczy\n  - [ ] nie zaobserwowano\n\n## Corrective actions\n\n\
    | Item | What will be done | Owner | Due | Done |\n\
    | --- | --- | --- | --- | --- |\n| 1 | Clear it | shift leader | 2026-05-20 |  |\n|  |  |  |  |  |\n\n- Auditor:\n";

#[test]
fn markdown_has_ticks_values_notes_and_actions_with_their_lines() {
    let form = read_text("a.md", FORM);
    assert_eq!(form.refused, []);
    let written = |entries: &[FormEntry], label: &str| {
        entry(entries, label).map(|entry| (entry.value.clone(), entry.place.to_string())).unwrap_or_default()
    };
    let spot = |text: &str, place: &str| (text.to_owned(), place.to_owned());
    assert_eq!(written(&form.head, "site"), spot("Hotel Wisła", "3"));
    assert_eq!(written(&form.head, "time"), spot("14:30", "5"));
    assert_eq!(written(&form.head, "auditor"), spot("quality-lead", "6"));
    let [first, second] = form.items.as_slice() else { panic!("{:?}", form.items) };
    assert_eq!(first.reference, "greet@3f9a1c2e");
    assert_eq!(written(&first.entries, "answer"), spot("not met", "12"));
    let observed = first.entries.iter().filter(|entry| entry.label == "observed");
    let observed: Vec<_> = observed.map(|entry| (entry.value.as_str(), entry.unit.as_deref())).collect();
    assert_eq!(observed, [("12,5", Some("s")), ("8", Some("s"))]);
    assert_eq!(written(&first.entries, "note"), spot("Slow, and *late*", "16"));
    let [action] = form.table.as_slice() else { panic!("{:?}", form.table) };
    assert_eq!((action.reference.as_str(), action.place.to_string().as_str()), ("1", "28"));
    assert_eq!(written(&action.entries, "action.due"), spot("2026-05-20", "28"));
    let ticks: Vec<_> = second.entries.iter().map(|entry| (entry.value.as_str(), entry.place.to_string())).collect();
    assert_eq!(ticks, [("not met", "20".to_owned()), ("n/a", "21".to_owned())]);
}

#[test]
fn what_lost_its_place_is_said() {
    let form = read_text("a.md", "- **1.** One\n  - [x] met\n  - [ ] not met\n- **2.** · `two`\n  - [ ] met\n");
    assert_eq!(form.refused.into_iter().map(|refused| refused.place).collect::<Vec<_>>(), [FormPlace::Line(1)]);
    for text in ["# Shopping\n\n- milk\n", ""] {
        assert!(read("a.md", text.as_bytes(), &BOOK.0.book).is_err());
    }
}

#[test]
fn columns_of_csv_are_found_by_their_heads_in_any_language() {
    for text in [
        "No.,Standard,Observed,Answer,Note,ID@STAMP\n1,\"A, b\",8 s,,critical,greet@3f9a1c2e\n2,x,,not met,\"late\nagain\",two\n",
        "\u{feff}Nr;Standard;Wynik;Ocena;Uwagi;ID@ZNACZNIK\r\n1;\"A, b\";8 s;;krytyczny;greet@3f9a1c2e\r\n2;x;;niespełniony;\"late\r\nagain\";two\r\n",
    ] {
        let form = read_text("a.csv", text);
        let [first, second] = form.items.as_slice() else { panic!("{:?}", form.items) };
        let labels: Vec<_> = first.entries.iter().map(|entry| entry.label).collect();
        assert_eq!((first.reference.as_str(), labels), ("greet@3f9a1c2e", vec!["observed"]));
        assert_eq!(second.place, FormPlace::Line(3));
        let note = value(&second.entries, "note").unwrap_or_default();
        assert_eq!(
            (value(&second.entries, "answer").as_deref(), note.split_whitespace().count()),
            (Some("not met"), 2)
        );
    }
}

#[test]
fn tables_of_strangers_are_told() {
    for text in ["a,b\n1,2\n", "ID@STAMP,Note\nx,y\n", "No.,Answer,ID@STAMP\n"] {
        assert!(read("a.csv", text.as_bytes(), &BOOK.0.book).is_err(), "{text}");
    }
    assert_eq!(read_text("a.csv", "Answer,ID@STAMP\nmet,\n").refused[0].place, FormPlace::Line(2));
}

#[test]
fn answers_are_understood_in_every_language() {
    for (word, wanted) in [
        ("met", "met"),
        ("Not met", "not met"),
        ("niespełniony", "not met"),
        ("Uppfyllt", "met"),
        ("ej  tillämpligt", "n/a"),
        ("nie zaobserwowano", "not observed"),
        ("n/a", "n/a"),
    ] {
        let form = read_text("a.csv", &format!("Answer,ID@STAMP\n{word},a\n"));
        assert_eq!(value(&form.items[0].entries, "answer").as_deref(), Some(wanted), "{word}");
    }
    assert_eq!(
        read_text("a.csv", "Answer,ID@STAMP\nyes,a\n").refused[0].place,
        FormPlace::Column(2, "Answer".to_owned())
    );
}

mod lines;
mod placing;
