use proptest::prelude::*;

use super::*;
use crate::book::load;
use crate::diag::Code;
use crate::edition::FilterKey;
use crate::method::{CellState, standards};
use crate::source::Memory;

const TRAITS: &str = "traits:\n  - id: local\n    patterns:\n      - id: map\n        type: product\n        level: basic\n        contact: [face-to-face]\n        text:\n          en: \"A map for {{ customer.one }}: on the desk # here\"\n          pl: Mapa\n        measure: {what: maps, at-least: 3, share: 7 %}\n        role: [clerk]\n        verify: ask\n        weight: 2\n        when: country == \"PL\"\n        critical: true\n        how: [Look, {en: \"- Smile\", pl: Uśmiech}]\n        say: \"{{ customer.one }}, please\"\n      - id: tour\n        type: procedural\n        level: expected\n        text: {en: The employee shows the way., pl: Pracownik pokazuje drogę.}\n        measure: {between: [18 °C, 22 °C]}\n      - id: gift\n        type: product\n        level: exclusive\n        text: Beyond the target.\n";
const ROLES: &str = "roles:\n  - id: clerk\n";

fn book(phases: &str) -> Memory {
    Memory::new([
        ("gamma-ok.yaml", "title: {en: T, pl: T}\nlanguages: [en, pl]\nderive: false\n"),
        ("roles.yaml", ROLES),
        ("traits/local.yaml", TRAITS),
        ("sequences/stay.yaml", &format!("id: stay\nphases:\n{phases}")),
    ])
}

/// The book after a conversion, which must leave nothing to convert; its sequence's text; and the conversion.
fn done(world: &Memory, wanted: &Filter) -> (Memory, String, Conversion) {
    let conversion = convert(world, &load(world).expect("a book"), wanted).unwrap_or_else(|error| panic!("{error}"));
    let mut world = world.clone();
    for change in &conversion.changes {
        world.files.insert(change.path.clone(), change.after.clone().into_bytes());
    }
    let loaded = load(&world).expect("a book");
    assert_eq!(loaded.findings, Vec::new());
    let again = convert(&world, &loaded, wanted).expect("a second time");
    assert_eq!((again.drafts, again.changes), (Vec::new(), Vec::new()));
    let text = String::from_utf8(world.files["sequences/stay.yaml"].clone()).expect("text");
    (world, text, conversion)
}

fn refusal(phases: &str) -> String {
    let world = book(phases);
    let loaded = load(&world).expect("a book");
    assert_eq!(loaded.findings, Vec::new(), "{phases}");
    let error = convert(&world, &loaded, &Filter::default()).expect_err("refused");
    assert!(error.help().is_some_and(|help| !help.is_empty()));
    error.to_string()
}

const PHASE: &str =
    "  - id: arrive   # first\n    traits: [local]\n    steps:\n      - id: enter\n        contact: face-to-face\n";
const DRAFTS: &str = r##"      - id: arrive-local-map
        was: [arrive.local.map]
        status: draft
        step: enter
        trait: local
        type: product
        level: basic
        role: clerk
        text:
          en: "A map for customer: on the desk # here"
          pl: Mapa
        measure:
          what:
            en: maps
          at-least: 3
          share: 7 %
        verify: ask
        critical: true
        weight: 2
        when: country == "PL"
        how:
          - en: Look
          - en: "- Smile"
            pl: Uśmiech
        say:
          - en: customer, please
      - id: arrive-local-tour
        was: [arrive.local.tour]
        status: draft
        trait: local
        type: procedural
        level: expected
        text:
          en: The employee shows the way.
          pl: Pracownik pokazuje drogę.
        measure:
          between: [18 °C, 22 °C]
"##;

/// The first line of `before` that is not in `after`, where all must stand in their order.
fn lost<'a>(before: &'a str, after: &str) -> Option<&'a str> {
    let mut left = before.split_inclusive('\n').peekable();
    for line in after.split_inclusive('\n') {
        left.next_if(|old| *old == line);
    }
    left.next()
}

#[test]
fn drafts_stand_as_a_trainer_writes_them() {
    let (world, text, conversion) = done(&book(PHASE), &Filter::default());
    assert_eq!(text, format!("id: stay\nphases:\n{PHASE}    standards:\n{DRAFTS}"));
    let drafts = vec!["arrive-local-map".to_owned(), "arrive-local-tour".to_owned()];
    assert_eq!(conversion.drafts, [("arrive".to_owned(), drafts)]);
    let loaded = load(&world).expect("a book");
    let converted = standards(&loaded.book);
    let open = converted.cells.iter().filter(|cell| matches!(cell.state, CellState::Proposed | CellState::Derived));
    assert_eq!(open.count(), 0);
    assert!(converted.all.iter().all(|standard| standard.status == Status::Draft));
}

#[test]
fn what_is_printed_is_what_is_written() {
    let loaded = load(&book(PHASE)).expect("a book");
    let printed = yaml(&loaded, &Filter::default());
    assert_eq!(printed, format!("# sequences/stay.yaml\nid: stay\nphases:\n  - id: arrive\n    standards:\n{DRAFTS}"));
    assert_eq!(yaml(&load(&done(&book(PHASE), &Filter::default()).0).expect("a book"), &Filter::default()), "");
}

#[test]
fn drafts_go_after_the_last_standard_in_its_own_layout() {
    let standard = |id: &str| {
        format!(
            "    -   id: {id}\n        type: personal\n        level: basic\n        text: |\n            Says hello.\n\n        # about {id}\n"
        )
    };
    let phases = format!(
        "  - id: arrive\n    standards:\n{}{}    # what is left out\n    waive: []\n    traits: [local]\n    steps: [{{id: enter, contact: [face-to-face]}}]\n\n  # the end\n  - id: leave\n",
        standard("a"),
        standard("b")
    );
    let (_, text, _) = done(&book(&phases), &Filter::default());
    let (before, after) = phases.split_at(phases.find("    # what is left out").expect("there"));
    let start = format!("id: stay\nphases:\n{before}    -   id: arrive-local-map\n        was: [arrive.local.map]\n");
    assert!(text.starts_with(&start), "{text}");
    assert!(text.ends_with(&format!("          between: [18 °C, 22 °C]\n{after}")), "{text}");
}

#[test]
fn blank_lines_between_standards_are_kept_up() {
    let item = |id: &str| format!("      - id: {id}\n        type: personal\n        level: basic\n        text: A\n");
    let phases = format!("{PHASE}    standards:\n{}\n{}\n  - id: leave\n", item("a"), item("b"));
    let (_, text, _) = done(&book(&phases), &Filter::default());
    let (map, tour) = DRAFTS.split_at(DRAFTS.find("      - id: arrive-local-tour").expect("there"));
    let expected = format!("{PHASE}    standards:\n{}\n{}\n{map}\n{tour}\n  - id: leave\n", item("a"), item("b"));
    assert_eq!(text, format!("id: stay\nphases:\n{expected}"));
}

#[test]
fn lists_that_hold_nothing_are_filled() {
    for empty in ["standards: []  # none yet", "standards:", "standards: ~", "standards:   # none yet"] {
        let phases = format!(
            "  - id: arrive\n    {empty}\n    traits: [local]\n    steps:\n    - {{id: enter, contact: [face-to-face]}}\n"
        );
        let (_, text, _) = done(&book(&phases), &Filter::default());
        let kept = empty.replace(" []", "").replace(" ~", "");
        assert!(
            text.starts_with(&format!("id: stay\nphases:\n  - id: arrive\n    {kept}\n      - id: arrive-local-map\n")),
            "{text}"
        );
        assert!(text.contains("          between: [18 °C, 22 °C]\n    traits: [local]\n"), "{text}");
    }
}

#[test]
fn windows_files_and_files_without_a_last_line_end_stay_such() {
    for phases in [PHASE.to_owned(), format!("{PHASE}    standards: []")] {
        let mut world = book(&phases);
        let text = format!("\u{feff}id: stay\nphases:\n{}", phases.trim_end()).replace('\n', "\r\n");
        world.files.insert("sequences/stay.yaml".to_owned(), text.clone().into_bytes());
        let (_, after, _) = done(&world, &Filter::default());
        assert!(after.starts_with('\u{feff}') && !after.ends_with('\n'));
        assert_eq!(after.matches('\n').count(), after.matches("\r\n").count());
    }
}

#[test]
fn brackets_and_references_are_refused_with_a_reason() {
    let message = refusal("  - {id: arrive, traits: [local]}\n");
    assert_eq!(
        message,
        "sequences/stay.yaml:3: the phase `arrive` stands in brackets, where `standards` cannot be added"
    );
    let message = refusal(
        "  - id: arrive\n    traits: [local]\n    standards: [{id: a, type: personal, level: basic, text: A}]\n",
    );
    assert!(
        message.contains("sequences/stay.yaml:5: `standards` of the phase `arrive` stands in brackets"),
        "{message}"
    );
    let message =
        refusal("  - id: leave\n    standards: &all []\n  - id: arrive\n    traits: [local]\n    standards: *all\n");
    assert!(message.contains("refers to another list"), "{message}");
}

#[test]
fn filters_pick_cells() {
    let phases = format!("{PHASE}  - id: leave\n    traits: [local]\n");
    let world = book(&phases);
    let filter = |criterion: FilterKey, value: &str| Filter::default().with(criterion, vec![value.to_owned()]);
    let ids = |wanted: &Filter| -> Vec<String> {
        done(&world, wanted).2.drafts.into_iter().flat_map(|(_, ids)| ids).collect()
    };
    assert_eq!(ids(&Filter::default()), ["arrive-local-map", "arrive-local-tour", "leave-local-tour"]);
    assert_eq!(ids(&filter(FilterKey::Phase, "leave")), ["leave-local-tour"]);
    assert_eq!(ids(&filter(FilterKey::Type, "product")), ["arrive-local-map"]);
    assert_eq!(ids(&filter(FilterKey::Level, "expected")).len(), 2);
    assert!(ids(&filter(FilterKey::Trait, "friendly")).is_empty());
}

#[test]
fn ids_are_short_and_never_reused() {
    let taken: BTreeSet<String> = ["a-b-c", "a-b-c-2"].map(str::to_owned).into();
    assert_eq!(own_id("a.b.c", &taken), "a-b-c-3");
    let long = format!("{}.{}.{}", "p".repeat(64), "t".repeat(64), "q".repeat(64));
    assert_eq!(own_id(&long, &taken), "p".repeat(64));
    let taken: BTreeSet<String> = ["p".repeat(64)].into();
    assert_eq!(own_id(&long, &taken), format!("{}-2", "p".repeat(62)));
    let long = format!("check-in.{}.{}", "word-".repeat(9) + "end", "pattern-of-some-length");
    let id = own_id(&long, &taken);
    assert!(crate::book::id::problem(&id).is_none() && id.ends_with("-end"), "{id}");

    // A standard that was made of the pattern and then moved to another level keeps its history.
    let moved = "    standards:\n      - {id: tour, was: [arrive.local.tour], trait: local, type: procedural, level: basic, text: A}\n";
    let (_, text, conversion) = done(&book(&format!("{PHASE}{moved}")), &Filter::default());
    assert_eq!(conversion.drafts[0].1, ["arrive-local-map", "arrive-local-tour"]);
    assert_eq!(text.matches("arrive.local.tour").count(), 1);
}

#[test]
fn a_book_in_one_language_gets_plain_texts_and_a_strange_one_is_told() {
    let english = "title: T\nderive: false\n".as_bytes().to_vec();
    let mut world = book(PHASE);
    let traits = TRAITS
        .replace(", pl: Uśmiech", "")
        .replace(", pl: Pracownik pokazuje drogę.", "")
        .replace("          pl: Mapa\n", "");
    world.files.insert("traits/local.yaml".to_owned(), traits.into_bytes());
    world.files.insert("gamma-ok.yaml".to_owned(), english);
    let (_, text, _) = done(&world, &Filter::default());
    assert!(text.contains("        text: The employee shows the way.\n") && text.contains("          - \"- Smile\"\n"));

    let german = "title: T\nlanguages: [de]\nderive: false\n".as_bytes().to_vec();
    let mut world = book(&PHASE.replace("local", "friendly"));
    world.files.remove("traits/local.yaml");
    world.files.insert("gamma-ok.yaml".to_owned(), german);
    let (_, text, _) = done(&world, &Filter::default());
    assert!(
        text.contains(
            "        # The library has this in no language of the book; it stands here in: en\n        text: "
        ),
        "{text}"
    );
}

#[test]
fn a_book_with_findings_is_not_converted() {
    let world = book("  - id: arrive\n    traits: [lokal]\n");
    let error = convert(&world, &load(&world).expect("a book"), &Filter::default()).expect_err("refused");
    assert!(matches!(error, EditError::Findings(found) if found[0].code == Code::UnknownTrait));
}

#[test]
fn the_example_and_its_library_convert() {
    let mut world = Memory::default();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/hotel-wisla");
    let disk = crate::source::Disk::new(root.as_ref(), chrono::NaiveDate::default()).expect("the example");
    for path in disk.list("", &[".yaml", ".svg"]).into_iter().flatten() {
        world.files.insert(path.clone(), disk.bytes(&path).expect("a file"));
    }
    let loaded = load(&world).expect("a book");
    let conversion = convert(&world, &loaded, &Filter::default()).expect("converted");
    for change in &conversion.changes {
        assert_eq!(lost(change.before.as_deref().unwrap_or(""), &change.after), None);
        world.files.insert(change.path.clone(), change.after.clone().into_bytes());
    }
    assert!(conversion.drafts.iter().map(|(_, ids)| ids.len()).sum::<usize>() > 5);
    let loaded = load(&world).expect("a book");
    assert_eq!(loaded.findings, Vec::new());
    assert_eq!(convert(&world, &loaded, &Filter::default()).expect("again").changes, Vec::new());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the layout of a sound book, its drafts are added, or a sentence says why they are not.
    #[test]
    fn any_layout_is_written_to_or_refused(
        edits in prop::collection::vec((0usize..64, 0usize..30, prop::sample::select(vec![
            "\n", "\n\n", " ", "  ", "# c", " # c\n", "\n# c\n", "\n      # c\n", "    ", "|-\n          ", ">\n          ", "\"", "'", "- ", "!!str ", "&a ", "standards:\n",
        ])), 1..5),
        tail in prop::sample::select(vec!["", "standards:\n", "standards: []\n", "wants: |\n      A\n\n\n", "wants: >-\n      A\n\n    standards:\n    - {id: a, type: personal, level: basic, text: A}\n\n"]),
    ) {
        let mut text = format!("id: stay\nphases:\n{PHASE}    {tail}  - id: leave\n    traits: [local]\n    standards:\n      - id: x\n        type: personal\n        level: basic\n        text: |\n          X\n");
        for (line, column, new) in edits {
            let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1)).collect();
            text.insert_str((starts[line % starts.len()] + column).min(text.len()), new);
        }
        let mut world = book("");
        world.files.insert("sequences/stay.yaml".to_owned(), text.clone().into_bytes());
        let loaded = load(&world).expect("a book");
        prop_assume!(loaded.findings.is_empty());
        match convert(&world, &loaded, &Filter::default()) {
            Err(EditError::Place { .. }) => {}
            Err(error) => prop_assert!(false, "{error}\n{text}"),
            Ok(_) => {
                let (_, after, _) = done(&world, &Filter::default());
                // An empty list, or what stands for it, is all that may go; YAML lets a key stand apart from its colon.
                let lost = lost(&text, &after).unwrap_or("standards:");
                prop_assert!(lost.replace(' ', "").contains("standards:"), "{lost}\n{after}");
            }
        }
    }

    /// Hostile words in nouns and titles reach the drafts as they are, and no line of the author's changes.
    #[test]
    fn only_lines_are_added_and_every_word_survives(
        word in prop_oneof!["[ -~łö😀]{1,20}", "(\\{\\{ 7\\*7 \\}\\}|: | #|\"|'|- |\\*|&|[a-z]){1,6}"],
        comment in "[ -~]{0,20}",
        deep in 0usize..3,
        windows in any::<bool>(),
    ) {
        let quoted = serde_json::to_string(&word).expect("JSON is YAML");
        let pad = " ".repeat(deep);
        let phases = format!(
            "  - id: arrive # {comment}\n    title: {{en: {quoted}, pl: {quoted}}}\n    # {comment}\n    traits: [own]\n    standards:\n{pad}    \
             - id: a # {comment}\n{pad}      type: personal\n{pad}      level: basic\n{pad}      text: {quoted}\n{pad}      # {comment}\n    # {comment}\n"
        );
        let mut world = book(&phases);
        let own = "traits:\n  - id: own\n    patterns:\n      - id: p\n        type: product\n        level: basic\n        text: \"A {{ phase }} at {{ phase }}\"\n        how: \"{{ phase }}\"\n";
        world.files.insert("traits/local.yaml".to_owned(), own.as_bytes().to_vec());
        let text = format!("id: stay\nphases:\n{phases}");
        let text = if windows { text.replace('\n', "\r\n") } else { text };
        world.files.insert("sequences/stay.yaml".to_owned(), text.clone().into_bytes());
        prop_assume!(load(&world).expect("a book").findings.is_empty());
        let (world, after, _) = done(&world, &Filter::default());
        prop_assert_eq!(lost(&text, &after), None, "{}", after);
        let loaded = load(&world).expect("a book");
        let draft = &loaded.book.sequences[0].phases[0].standards[1];
        let word = word.trim();
        prop_assert_eq!(&draft.text.0[0].text, &format!("A {word} at {word}"));
    }
}
