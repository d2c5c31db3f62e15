use super::*;
use crate::book::{Loaded, load};
use crate::edit::FileEdit;
use crate::source::{Memory, Overlay};

const MANIFEST: &str = "title: T\nderive: false\nlanguages: [en]\n";

fn book(files: &[(&str, &str)]) -> (Memory, Loaded) {
    let manifest = ("gamma-ok.yaml", MANIFEST);
    let memory = Memory::new(files.iter().copied().chain([manifest]));
    let loaded = load(&memory).expect("a book");
    assert_eq!(loaded.findings, []);
    (memory, loaded)
}

/// The files after the changes; they read without a finding.
fn after(memory: &Memory, changes: &[FileEdit]) -> Vec<String> {
    let mut world = Overlay::new(memory);
    world.apply(changes);
    assert_eq!(load(&world).expect("a book").findings, []);
    changes.iter().map(|change| change.after.clone()).collect()
}

const STAY: &str = "\
id: stay
phases:
  - id: arrival
    steps: [{id: desk, title: At the desk}]
    standards:
      # first of all
      - id: greet # by name
        step: desk
        level: basic
        type: personal
        text: |
          The guest is greeted.

          At once.

      # then
      - {id: wait, step: desk, type: product, level: basic, text: No guest waits.}
  - id: leaving
    steps:
    - id: desk
      title: At the desk
    standards:
    -   id: bill
        type: product
        level: basic
        text: The bill is right.
# the end
";

#[test]
fn a_standard_goes_with_its_comments_and_its_pin() {
    let (memory, loaded) = book(&[("sequences/stay.yaml", STAY)]);
    let moved = move_standard(&loaded, "greet", "leaving", None).expect("moved");
    let greet = "      # first of all\n      - id: greet # by name\n        step: desk\n        level: basic\n        type: personal\n        text: |\n          \
                 The guest is greeted.\n\n          At once.\n\n";
    let standard = "    # first of all\n    - id: greet # by name\n      step: desk\n      level: basic\n      type: personal\n      text: |\n        \
                 The guest is greeted.\n\n        At once.\n\n";
    let expected = STAY.replace(greet, "").replace("# the end\n", &format!("{standard}# the end\n"));
    let written = after(&memory, &moved.changes);
    assert_eq!(written[0].replace("\n\n# the end", "\n# the end"), expected.replace("\n\n# the end", "\n# the end"));
    assert_eq!(moved.unpinned, None);
    // In brackets too; the list that is left is empty.
    let moved = move_standard(&loaded, "bill", "arrival", Some("desk")).expect("moved");
    let written = after(&memory, &moved.changes);
    assert!(written[0].contains("    standards: []\n"), "{}", written[0]);
    assert!(
        written[0].contains("      -   id: bill\n          step: desk\n          type: product\n"),
        "{}",
        written[0]
    );
    let moved = move_standard(&loaded, "wait", "leaving", None).expect("moved");
    assert!(after(&memory, &moved.changes)[0].contains("    - {id: wait, step: desk, type: product"));
}

#[test]
fn a_step_that_is_not_there_is_left_behind_and_another_file_takes_the_standard() {
    let other = "id: out\r\nphases:\r\n  - id: door\r\n";
    let (memory, loaded) = book(&[("sequences/out.yaml", other), ("sequences/stay.yaml", STAY)]);
    let moved = move_standard(&loaded, "greet", "door", None).expect("moved");
    assert_eq!(moved.unpinned.as_deref(), Some("desk"));
    let written = after(&memory, &moved.changes);
    assert_eq!(
        written[0],
        STAY.replace(
            &STAY[STAY.find("      # first").expect("a place")..STAY.find("      # then").expect("a place")],
            ""
        )
    );
    assert!(
        written[1].starts_with(&format!(
            "{other}    standards:\r\n      # first of all\r\n      - id: greet # by name\r\n        level: basic\r\n"
        )),
        "{:?}",
        written[1]
    );
    for (standard, phase, step) in
        [("greet", "arrival", None), ("gret", "door", None), ("greet", "dor", None), ("greet", "door", Some("desk"))]
    {
        assert!(move_standard(&loaded, standard, phase, step).is_err(), "{standard} {phase}");
    }
}

const VISIT: &str = "\
id: visit
phases:
  # where it begins
  - id: arrival
    was: [coming]
    title: Arrival
    steps:
      - id: door
        was:
          - gate
        title: The door
    standards:
      - id: arrival-greet
        was: [hello]
        step: door
        type: personal
        level: basic
        text: The guest is greeted. # kept
      - id: old
        status: retired
        type: personal
        level: basic
        text: The guest is waved at.
      - id: smile
        status: active
        type: personal
        level: basic
        text: The clerk smiles.
    scenarios:
      - title: First
        situation: A guest comes.
        practises: [hello, smile]
";

#[test]
fn a_copied_phase_has_ids_of_its_own_and_nothing_of_the_old_ones_past() {
    let (memory, loaded) = book(&[("sequences/visit.yaml", VISIT)]);
    assert_eq!(free_copy(&loaded.book, "arrival"), "arrival-2");
    let copied = copy_phase(&loaded, "coming", "return", None).expect("copied");
    let ids: Vec<(&str, &str)> = copied.standards.iter().map(|(old, new)| (old.as_str(), new.as_str())).collect();
    assert_eq!(ids, [("arrival-greet", "return-greet"), ("smile", "return-smile")]);
    let expected = "  # where it begins
  - id: return
    title: Arrival
    steps:
      - id: door
        title: The door
    standards:
      - id: return-greet
        status: draft
        step: door
        type: personal
        level: basic
        text: The guest is greeted. # kept
      - id: return-smile
        status: draft
        type: personal
        level: basic
        text: The clerk smiles.
    scenarios:
      - title: First
        situation: A guest comes.
        practises: [return-greet, return-smile]
";
    assert_eq!(after(&memory, &copied.changes), [format!("{VISIT}{expected}")]);
    for new in ["arrival", "coming", "No id"] {
        assert!(copy_phase(&loaded, "arrival", new, None).is_err(), "{new}");
    }
    assert!(copy_phase(&loaded, "arrival", "return", Some("vist")).is_err());
}

#[test]
fn a_phase_is_copied_into_another_sequence() {
    let other = "id: out\nphases: [] # none yet\n";
    let (memory, loaded) = book(&[("sequences/out.yaml", other), ("sequences/visit.yaml", VISIT)]);
    let copied = copy_phase(&loaded, "arrival", "way-out", Some("out")).expect("copied");
    let written = after(&memory, &copied.changes);
    assert!(
        written[0].starts_with("id: out\nphases: # none yet\n  # where it begins\n  - id: way-out\n"),
        "{}",
        written[0]
    );
}
