use super::*;
use crate::book::{Status, load};
use crate::source::{Memory, Overlay};

fn draft(id: &str, text: &str) -> NewDraft {
    NewDraft {
        id: id.to_owned(),
        comments: vec!["from a.xlsx, sheet A, row 2".to_owned()],
        keys: vec![
            ("step", DraftValue::Word("desk".to_owned())),
            (
                "text",
                DraftValue::Text(vec![("en".to_owned(), text.to_owned()), ("pl".to_owned(), "Tekst.".to_owned())]),
            ),
            ("measure", DraftValue::Map(vec![("within", DraftValue::Word("10 s".to_owned()))])),
            ("how", DraftValue::Texts(vec![vec![("en".to_owned(), "Look up: first".to_owned())]])),
        ],
    }
}

fn phase(id: &str, is_new: bool, has_step: bool, draft: NewDraft) -> IntakePhase {
    let title = vec![("en".to_owned(), format!("Title of {id}"))];
    IntakePhase {
        id: id.to_owned(),
        title: is_new.then(|| title.clone()),
        steps: has_step.then(|| ("desk".to_owned(), title)).into_iter().collect(),
        drafts: vec![draft],
    }
}

const STAY: &str = "id: stay\nphases:\n  - id: arrival # first\n    steps: [{id: desk}]\n    standards:\n      - id: greet\n        type: personal\n        level: basic\n        text: The clerk greets.\n  - id: leaving\n# the end\n";

#[test]
fn drafts_go_to_the_end_of_their_phases_and_every_other_byte_stays() {
    let memory = Memory::new([
        ("gamma-ok.yaml", "title: T\nderive: false\nlanguages: [en, pl]\nsequences: [stay]\n"),
        ("sequences/stay.yaml", STAY),
    ]);
    let loaded = load(&memory).expect("a book");
    let intake = Intake {
        home: Home::Existing(0),
        phases: vec![
            phase("arrival", false, false, draft("one", "One.")),
            phase("leaving", false, true, draft("two", "Two.")),
            phase("after", true, true, draft("three", "Three: 3.")),
        ],
    };
    let new = Intake {
        home: Home::New {
            id: "other".to_owned(),
            title: vec![("pl".to_owned(), "Inna".to_owned())],
            comments: vec!["from b.docx".to_owned()],
        },
        phases: vec![phase("more", true, true, draft("four", "Four."))],
    };
    let changes = take_in(&memory, &loaded, &[intake, new]).unwrap_or_else(|error| panic!("{}", error.message()));
    let stay = &changes.iter().find(|change| change.path == "sequences/stay.yaml").expect("changed").after;
    let kept: Vec<&str> = stay.lines().filter(|line| STAY.lines().any(|old| old == *line)).collect();
    assert!(STAY.lines().all(|line| kept.contains(&line)), "{stay}");
    assert!(stay.contains("        text: The clerk greets.\n      # from a.xlsx, sheet A, row 2\n      - id: one\n        status: draft\n        step: desk\n        text:\n          en: One.\n          pl: Tekst.\n        measure:\n          within: 10 s\n        how:\n          - \"Look up: first\"\n"), "{stay}");
    let other = &changes.iter().find(|change| change.path == "sequences/other.yaml").expect("made").after;
    assert!(other.starts_with("# from b.docx\nid: other\ntitle:\n  pl: Inna\nphases:\n  - id: more\n    title: Title of more\n    steps:\n      - id: desk\n"), "{other}");
    let manifest = &changes.iter().find(|change| change.path == "gamma-ok.yaml").expect("listed").after;
    assert!(manifest.contains("sequences: [stay, other]\n"), "{manifest}");
    let mut world = Overlay::new(&memory);
    world.apply(&changes);
    let after = load(&world).expect("a book");
    let phases: Vec<(&str, usize)> =
        after.book.phases().map(|phase| (phase.id.name.as_str(), phase.standards.len())).collect();
    assert_eq!(phases, [("arrival", 2), ("leaving", 1), ("after", 1), ("more", 1)]);
    let drafts = after.book.phases().flat_map(|phase| &phase.standards);
    let open: Vec<_> =
        drafts.filter(|standard| standard.status == Status::Draft).map(|standard| standard.undecided).collect();
    assert!(open.len() == 4 && open.iter().all(|open| open.kind && open.level), "{open:?}");
}
