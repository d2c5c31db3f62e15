//! Files as translators' programs give them back.

use super::*;
use crate::book::load;
use crate::source::Memory;

const SEQUENCE: &str = "# kept\nid: s\nphases:\n  - id: p\n    title: {en: Arrival, sv: Ankomst}\n    standards:\n      \
    - id: greet\n        type: personal\n        level: basic\n        text: The clerk *greets* `you`. # why\n        how:\n          \
    - Look up\n          - en: Smile\n            sv: Le\n";

fn book() -> Memory {
    Memory::new([
        ("gamma-ok.yaml", "title: {en: T, sv: T}\nlanguages: [en, sv]\nderive: false\n"),
        ("sequences/s.yaml", SEQUENCE),
        ("chapters/01-a.md", "# Welcome\n\nRead *this*.\n"),
    ])
}

/// A unit of the file that went out, with a target.
fn unit_of(loaded: &Loaded, address: &str, parts: &[&str]) -> String {
    let (from, to) = (Language::new("en"), Language::new("sv"));
    let units = units(loaded, &from, &to);
    let unit = units.iter().find(|unit| unit.address == address).unwrap_or_else(|| panic!("no {address}: {units:?}"));
    let (source, target) = unit.hashes();
    let parts: String = parts
        .iter()
        .map(|target| format!("<segment><source>{}</source><target>{target}</target></segment>", "as it was"))
        .collect();
    format!("<unit id=\"{address}_{source}_{target}\"><notes><note>by hand</note></notes>{parts}</unit>")
}

fn file(path: &str, units: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.0\" srcLang=\"en\" \
         trgLang=\"sv\"><file id=\"f1\" original=\"{path}\">\n{units}\n</file></xliff>\n"
    )
}

fn back_of(world: &Memory, text: &str, partial: bool) -> ReturnedXliff {
    let loaded = load(world).expect("a book");
    take_back(world, &loaded, text, partial).expect("readable").expect("written")
}

const TEXT: &str = "phases.p.standards.greet.text";
const GOOD: &str = "Personalen <pc id=\"1\" dataRefStart=\"d1\" dataRefEnd=\"d1e\">hälsar</pc> \
    <sc id=\"2\" dataRef=\"d2\"/>dig<ec startRef=\"2\" dataRef=\"d2e\"/> &amp; ler.";

#[test]
fn a_translation_goes_where_its_text_is_and_every_other_byte_stays() {
    let world = book();
    let loaded = load(&world).expect("a book");
    let units = [
        unit_of(&loaded, TEXT, &[GOOD]),
        unit_of(&loaded, "phases.p.standards.greet.how.0", &["Titta upp"]),
        unit_of(&loaded, "phases.p.standards.greet.how.1", &["Le vänligt"]),
        unit_of(&loaded, "phases.p.title", &["Ankomst"]),
    ];
    let back = back_of(&world, &file("sequences/s.yaml", &units.concat()), false);
    assert_eq!((back.taken.len(), back.left, back.conflicts.len(), back.refused.len()), (3, 1, 0, 0), "{back:?}");
    assert_eq!(back.remarks.len(), 4);
    let after = &back.changes[0].after;
    let wanted = SEQUENCE
        .replace("Smile\n            sv: Le\n", "Smile\n            sv: Le vänligt\n")
        .replace("- Look up\n", "- en: Look up\n            sv: Titta upp\n");
    let lines = |text: &str| {
        text.lines()
            .filter(|line| !line.contains("greets") && !line.contains("hälsar") && !line.contains("text:"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(lines(after), lines(&wanted), "{after}");
    assert!(after.contains("# why") && after.contains("Personalen *hälsar* `dig` & ler."), "{after}");
}

#[test]
fn what_changed_meanwhile_is_a_conflict_that_shows_all_three() {
    let before = book();
    let loaded = load(&before).expect("a book");
    let text = file(
        "sequences/s.yaml",
        &[
            unit_of(&loaded, TEXT, &[GOOD]),
            unit_of(&loaded, "phases.p.standards.greet.how.1", &["Skratta"]),
            unit_of(&loaded, "phases.p.standards.greet.how.0", &["Titta upp"]),
        ]
        .concat(),
    );
    let changed =
        SEQUENCE.replace("The clerk *greets*", "The clerk quickly *greets*").replace("sv: Le\n", "sv: Le stort\n");
    // A new item before it: the text is found by its words.
    let changed = changed.replace("- Look up\n", "- Stand up\n          - Look up\n");
    let after = Memory::new([
        ("gamma-ok.yaml", "title: {en: T, sv: T}\nlanguages: [en, sv]\nderive: false\n".to_owned()),
        ("sequences/s.yaml", changed),
    ]);
    let back = back_of(&after, &text, false);
    assert!(back.changes.is_empty());
    let shown: Vec<_> = back
        .conflicts
        .iter()
        .map(|conflict| (conflict.base.as_str(), conflict.ours.as_str(), conflict.theirs.as_str()))
        .collect();
    assert_eq!(shown.len(), 2, "{back:?}");
    assert_eq!(shown[0].1, "The clerk quickly *greets* `you`.");
    assert_eq!((shown[1].1, shown[1].2), ("Le stort", "Skratta"));
    let back = back_of(&after, &text, true);
    assert!(
        back.changes[0].after.contains("- Stand up\n          - en: Look up\n            sv: Titta upp\n"),
        "{back:?}"
    );
}

#[test]
fn damaged_placeholders_are_refused_at_their_place() {
    let world = book();
    let loaded = load(&world).expect("a book");
    let pc = |words: &str| format!("<pc id=\"2\" dataRefStart=\"d2\" dataRefEnd=\"d2e\">{words}</pc>");
    for (target, message) in [
        ("Personalen hälsar.".to_owned(), "is missing here"),
        (format!("{} {}", pc("du"), pc("du")), "stands here twice"),
        (format!("{} <ph id=\"9\" dataRef=\"d9\"/>", pc("du")), "a placeholder that the text has not"),
        ("<sc id=\"2\" dataRef=\"d2\"/>du".to_owned(), "begins here and does not end"),
        ("du<ec startRef=\"2\" dataRef=\"d2e\"/>".to_owned(), "ends here and has not begun"),
    ] {
        let back = back_of(&world, &file("sequences/s.yaml", &unit_of(&loaded, TEXT, &[&target])), false);
        let refused = back.refused.first().unwrap_or_else(|| panic!("{target}: {back:?}"));
        assert!(refused.message.to_string().contains(message), "{target}: {}", refused.message);
        assert_eq!(refused.place, FormPlace::Line(3));
        assert!(back.changes.is_empty());
    }
    // Emphasis may go.
    let back =
        back_of(&world, &file("sequences/s.yaml", &unit_of(&loaded, TEXT, &[&format!("Hej {}", pc("du"))])), false);
    assert_eq!(back.taken.len(), 1, "{back:?}");
}

#[test]
fn what_nobody_translated_is_nothing() {
    let world = book();
    let loaded = load(&world).expect("a book");
    let source = "The clerk <pc id=\"1\" dataRefStart=\"d1\" dataRefEnd=\"d1e\">greets</pc> <pc id=\"2\" dataRefStart=\"d2\" \
                  dataRefEnd=\"d2e\">you</pc>.";
    for target in ["", " \n ", source] {
        let back = back_of(&world, &file("sequences/s.yaml", &unit_of(&loaded, TEXT, &[target])), false);
        assert_eq!((back.left, back.changes.len(), back.refused.len()), (1, 0, 0), "{target}: {back:?}");
    }
    let done = unit_of(&loaded, TEXT, &[source]).replace("<segment>", "<segment state=\"final\">");
    assert_eq!(back_of(&world, &file("sequences/s.yaml", &done), false).taken.len(), 1);
}

#[test]
fn a_text_that_is_translated_twice_is_told_at_the_line_of_the_second() {
    let world = book();
    let loaded = load(&world).expect("a book");
    let unit = unit_of(&loaded, TEXT, &[GOOD]);
    let back = back_of(&world, &file("sequences/s.yaml", &format!("{unit}\n{unit}")), false);
    let places: Vec<String> = back.refused.iter().map(|refused| refused.place.to_string()).collect();
    assert!(matches!(places.as_slice(), [only] if only.starts_with('4')), "{places:?}");
    assert!(back.changes.is_empty());
}

#[test]
fn a_chapter_is_a_file_once_all_of_it_is_translated() {
    let world = book();
    let loaded = load(&world).expect("a book");
    let heading = "<ph id=\"1\" dataRef=\"d1\"/>Välkommen";
    let all = unit_of(
        &loaded,
        "chapter",
        &[heading, "Läs <pc id=\"2\" dataRefStart=\"d2\" dataRefEnd=\"d2e\">det här</pc>."],
    );
    let back = back_of(&world, &file("chapters/01-a.md", &all), false);
    assert_eq!(back.changes.len(), 1, "{back:?}");
    assert_eq!(
        (back.changes[0].path.as_str(), back.changes[0].after.as_str()),
        ("chapters/01-a.sv.md", "# Välkommen\n\nLäs *det här*.\n")
    );
    for part in [vec![heading, ""], vec![heading]] {
        let back = back_of(&world, &file("chapters/01-a.md", &unit_of(&loaded, "chapter", &part)), false);
        assert_eq!((back.changes.len(), back.refused.len()), (0, 1), "{back:?}");
    }
}

#[test]
fn other_files_are_told() {
    let world = book();
    let loaded = load(&world).expect("a book");
    let whole = file("sequences/s.yaml", &unit_of(&loaded, TEXT, &["x"]));
    for (old, new, place) in [
        ("version=\"2.0\"", "version=\"1.2\"", "2"),
        ("trgLang=\"sv\"", "trgLang=\"de\"", ""),
        ("<?xml version=\"1.0\"?>", "<!DOCTYPE x [<!ENTITY a \"b\">]>", "1"),
        ("</file>", "", "4"),
        ("<xliff", "<tmx", "2"),
        ("as it was", "&a;", "3"),
    ] {
        let text = whole.replace(old, new);
        let refused = take_back(&world, &loaded, &text, false).err().unwrap_or_else(|| panic!("{new}"));
        assert!(refused.place.to_string().starts_with(place), "{new}: {}", refused.place);
    }
    let strange = back_of(&world, &whole.replace("sequences/s.yaml", "sequences/t.yaml"), false);
    assert_eq!(strange.refused.len(), 1);
    assert!(take_back(&world, &loaded, &"<a>".repeat(100_000), false).is_err());
    assert!(take_back(&world, &loaded, "", false).is_err());
}
