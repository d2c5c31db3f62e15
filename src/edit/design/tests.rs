use proptest::prelude::*;

use super::*;
use crate::book::{Contact, Level, Loaded, StandardType, load};
use crate::edit::FileEdit;
use crate::method::standards;
use crate::source::{Memory, Overlay, Span};
use crate::text::single_spaced;
use crate::units::{Quantity, Unit};

/// A sequence in one of the layouts that authors write.
const LAYOUTS: [&str; 5] = [
    "id: s\nphases: []\n",
    "id: s\nphases: [] # none yet\n# the end\n",
    "id: s\nphases:\n- id: a\n  title: A\n",
    "id: s\r\ntitle: S\r\nphases:\r\n  -   id: a\r\n      # of A\r\n      title: A",
    "id: s\nphases:\n\n  - id: a\n    title: A\n\n  - id: b\n    title: B\n\n# what comes\n",
];

fn en(text: &str) -> Vec<(String, String)> {
    vec![("en".to_owned(), text.to_owned())]
}

fn memory(sequence: &str) -> Memory {
    Memory::new([("gamma-ok.yaml", "title: T\nderive: false\nlanguages: [en]\n"), ("sequences/s.yaml", sequence)])
}

/// The book, without remarks but those that a random text may deserve (`Å„` looks like a `ń` read in a wrong encoding).
fn read(world: &dyn crate::source::World) -> Loaded {
    let loaded = load(world).expect("a book");
    let remarks = loaded.findings.iter().filter(|finding| finding.code != crate::diag::Code::GarbledText);
    assert_eq!(remarks.collect::<Vec<_>>(), Vec::<&crate::diag::Diagnostic>::new());
    loaded
}

/// Every line that was there is there, in the old order.
fn keeps(changes: &[FileEdit]) {
    for change in changes {
        let mut after = change.after.lines();
        for line in change.before.as_deref().unwrap_or("").lines().filter(|line| !line.contains("phases:")) {
            assert!(after.any(|new| new == line), "{line:?} is lost in\n{}", change.after);
        }
    }
}

#[test]
fn questions_come_in_the_order_of_the_method() {
    let sequence = "id: s\nphases:\n  - id: a\n    steps: [{id: x, contact: phone}]\n    traits: [prompt]\n    target: basic\n  - id: b\n";
    let memory = memory(sequence);
    let loaded = read(&memory);
    let standards = standards(&loaded.book);
    let mut asked = DesignScope { sequence: "s".to_owned(), ..DesignScope::default() };
    let mut order = Vec::new();
    while let Some(open) = next(&loaded.book, &standards, &asked) {
        order.push(open.clone());
        asked.later.insert(open);
    }
    let cell = |kind| OpenQuestion::Cell("a".to_owned(), "prompt".to_owned(), kind, Level::Basic);
    let b = || "b".to_owned();
    assert_eq!(
        order,
        [
            OpenQuestion::Phases,
            OpenQuestion::Steps(b()),
            OpenQuestion::Traits(b()),
            cell(StandardType::Personal),
            cell(StandardType::Product),
            cell(StandardType::Procedural),
        ]
    );
    let only_a = DesignScope { sequence: "s".to_owned(), phases: vec!["a".to_owned()], ..DesignScope::default() };
    assert_eq!(next(&loaded.book, &standards, &only_a), Some(cell(StandardType::Personal)));
    assert_eq!(progress(&loaded.book, &standards, &only_a), Progress { filled: 0, wanted: 3 });
}

#[test]
fn ids_are_free_and_made_of_titles() {
    let memory = memory(LAYOUTS[2]);
    let loaded = read(&memory);
    let design = Design::new(&memory, &loaded);
    let phase = |title: &str| design.phase(&loaded.book.sequences[0], &en(title)).expect("added").0;
    assert_eq!(["A", "Żółta łódź", "!?", "a b"].map(phase), ["a-2", "zolta-lodz", "phase", "a-b"]);
    let (name, changes) = design.sequence(&en("S"), None).expect("added");
    assert_eq!((name.as_str(), changes[0].path.as_str()), ("s-2", "sequences/s-2.yaml"));
}

#[test]
fn a_manifest_that_lists_sequences_lists_the_new_one() {
    for list in ["[s]", "\n  - s # first"] {
        let memory = Memory::new([
            ("gamma-ok.yaml", format!("title: T\nsequences: {list}\n")),
            ("sequences/s.yaml", LAYOUTS[2].to_owned()),
        ]);
        let loaded = read(&memory);
        let (_, changes) = Design::new(&memory, &loaded).sequence(&en("Way out"), None).expect("added");
        let mut after = Overlay::new(&memory);
        after.apply(&changes);
        let names: Vec<String> = read(&after).book.sequences.into_iter().map(|sequence| sequence.id.name).collect();
        assert_eq!(names, ["s", "way-out"]);
        keeps(
            &changes
                .iter()
                .filter(|change| list.starts_with('\n') && change.before.is_some())
                .cloned()
                .collect::<Vec<_>>(),
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is answered is read back, and every line of the author's stays.
    #[test]
    fn answers_are_read_back(
        layout in 0..LAYOUTS.len(),
        title in "[ -~ąłńåö”😀]{0,30}[a-zA-Z0-9]",
        why in proptest::option::of("[-?:,\\[\\]{}#&*!|>'\"%@` a-z]{0,20}[a-z.]"),
    ) {
        let title = title.trim().to_owned();
        let memory = memory(LAYOUTS[layout]);
        let loaded = read(&memory);
        let (id, changes) = Design::new(&memory, &loaded).phase(&loaded.book.sequences[0], &en(&title)).expect("added");
        keeps(&changes);
        let mut world = Overlay::new(&memory);
        world.apply(&changes);

        let phase_of = |loaded: &Loaded| loaded.book.sequences[0].phases.iter().find(|phase| phase.id.name == id).cloned();
        let loaded = read(&world);
        let phase = phase_of(&loaded).expect("the phase");
        prop_assert_eq!(single_spaced(&phase.title.0[0].text), single_spaced(&title));
        prop_assert_eq!(loaded.book.sequences[0].phases.last().map(|phase| phase.id.name.as_str()), Some(id.as_str()));

        let step = NewStep { title: en(&title), contact: vec![Contact::Phone, Contact::Chat], moment_of_truth: true, role: None };
        let changes = Design::new(&world, &loaded).step(&phase, &step).expect("added").1;
        keeps(&changes);
        world.apply(&changes);
        let loaded = read(&world);
        let changes = Design::new(&world, &loaded).traits(&phase_of(&loaded).expect("the phase"), &[("prompt".to_owned(), why.as_deref().map(en).unwrap_or_default())]).expect("added");
        world.apply(&changes);
        let loaded = read(&world);
        let phase = phase_of(&loaded).expect("the phase");
        prop_assert_eq!(&phase.steps[0].contact, &[Contact::Phone, Contact::Chat]);
        prop_assert_eq!(phase.traits[0].why.as_ref().map(|why| single_spaced(&why.0[0].text)), why.as_deref().map(single_spaced));

        let measure = Quantity { value: 5.0, unit: Unit::Known("min"), span: Span::default() };
        let new = NewStandard {
            step: Some(phase.steps[0].id.name.clone()),
            of_trait: "prompt".to_owned(),
            kind: StandardType::Product,
            level: Level::Exclusive,
            text: en(&title),
            measure: Some((en(&title), crate::book::Bound::Within, measure)),
        };
        let (standard, changes) = Design::new(&world, &loaded).standard(&phase, &new).expect("added");
        keeps(&changes);
        world.apply(&changes);
        let loaded = read(&world);
        let phase = phase_of(&loaded).expect("the phase");
        prop_assert_eq!(&phase.standards[0].id.name, &standard);
        prop_assert_eq!(single_spaced(&phase.standards[0].text.0[0].text), single_spaced(&title));
        prop_assert_eq!(phase.standards[0].measure.as_ref().map(|measure| measure.value.plain()), Some("5 min".to_owned()));
        let changes = Design::new(&world, &loaded).blank(&phase, "prompt", StandardType::Personal, Level::Basic, &en(&title)).expect("added");
        keeps(&changes);
        world.apply(&changes);
        prop_assert_eq!(phase_of(&read(&world)).expect("the phase").waivers.len(), 1);
    }
}
