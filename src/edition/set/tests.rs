use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::book::{Attribute, Language, Text, Worded};
use crate::source::{Disk, Memory, Span};

fn set(sequence: &str) -> Set {
    let files = [
        ("gamma-ok.yaml", "title: T\nderive: false\nlevels: {basic: 95 %}\n"),
        ("roles.yaml", "roles: [{id: porter, when: site.rooms > 9, covered-by: clerk}, {id: clerk}, {id: cook}]\n"),
        ("sites/a.yaml", "id: a\nwas: [b]\nrooms: 12\npool: true\ntown: Łódź\n"),
        ("sequences/s.yaml", sequence),
    ];
    let loaded = crate::book::load(&Memory::new(files)).expect("a book");
    assert!(loaded.findings.is_empty(), "{:?}", loaded.findings);
    Set::of(&loaded.book, &crate::method::standards(&loaded.book))
}

const SEQUENCE: &str = "
id: s
area: desk
phases:
  - id: p
    was: [old-p]
    steps: [{id: come, handoff: {to: clerk, what: A key}}]
    standards:
      - {id: greet, step: come, was: [hello], trait: friendly, type: personal, level: basic, role: porter,
         measure: {within: 1 min, share: 90 %}, text: The porter greets., when: site.rooms > 3, weight: 2}
      - {id: draft, type: personal, level: basic, text: Not yet., status: draft}
      - {id: gone, type: product, level: basic, text: No more., status: retired}
";

#[test]
fn holds_what_is_in_force_and_what_it_stands_on() {
    let set = set(SEQUENCE);
    let ids: Vec<&str> = set.standards.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids, ["greet", "p.come.handoff"]);
    let names = |names: Vec<&String>| names.into_iter().cloned().collect::<Vec<_>>();
    assert_eq!(names(set.roles.iter().map(|row| &row.id).collect()), ["clerk", "porter"], "nobody's cook is left out");
    assert_eq!(names(set.traits.iter().map(|row| &row.id).collect()), ["friendly"]);
    assert_eq!(set.levels, [0.95, 0.9, 0.75]);
    assert_eq!(set.name().len(), NAME_DIGITS);
}

#[test]
fn is_named_by_what_it_demands_and_not_by_how_that_is_written() {
    let name = |from: &str, to: &str| set(&SEQUENCE.replace(from, to)).hash();
    let same = name("", "");
    for (from, to) in
        [("1 min", "60 s"), ("within:", "at-most:"), ("The porter", "\"The  porter"), ("Not yet", "Never")]
    {
        let to = if to.starts_with('"') { to.to_owned() + " greets.\"" } else { to.to_owned() };
        let from = if to.starts_with('"') { "The porter greets." } else { from };
        assert_eq!(name(from, &to), same, "{from} → {to}");
    }
    for (from, to) in [
        ("1 min", "61 s"),
        ("weight: 2", "weight: 3"),
        ("level: basic, role", "level: expected, role"),
        ("role: porter", "role: clerk"),
        ("was: [hello]", "was: [hallo]"),
        ("id: p\n", "id: q\n"),
        ("area: desk", "area: hall"),
        ("rooms > 3", "rooms > 4"),
        ("status: draft", "status: active"),
    ] {
        assert_ne!(name(from, to), same, "{from} → {to}");
    }
}

#[test]
fn is_what_earlier_versions_wrote() {
    // Files name sets by this: another value is another recipe, which needs a version of its own beside this one.
    assert_eq!(set(SEQUENCE).hash(), "e1d919bef1f07b3e18b8636deccb5ab79b24aac16cc17da71b15b96f7bc95d93");
}

#[test]
fn a_book_comes_back_as_it_was_counted() {
    for example in ["hotel-wisla", "shop", "urzad", "vardcentral"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(example);
        let loaded =
            crate::book::load(&Disk::new(&folder, chrono::NaiveDate::default()).expect("a book")).expect("read");
        let set = Set::of(&loaded.book, &crate::method::standards(&loaded.book));
        // The places of texts do not come back, so texts are compared.
        assert_eq!(Set::read(&set.text()).map(|read| read.text()), Ok(set.text()));
        let (book, standards) = set.revive();
        assert_eq!(standards.all.len(), set.len());
        assert_eq!(Set::of(&book, &standards).hash(), set.hash(), "{example}");
    }
}

#[test]
fn a_part_names_the_whole() {
    let whole = set(SEQUENCE);
    let part = whole.part(&["greet"].into(), &whole.full_name());
    assert_eq!(
        (part.len(), part.name(), part.path()),
        (1, whole.name(), format!("editions/{}.part.yaml", whole.name()))
    );
    let read = Set::read(&part.text()).expect("a part");
    assert_eq!((read.is_partial(), read.full_name()), (true, whole.hash()));
}

#[test]
fn what_was_altered_is_told() {
    let text = set(SEQUENCE).text();
    for (from, to) in [
        ("1 min", "2 min"),
        ("\"critical\": false", "\"critical\": true"),
        ("0.95", "0.5"),
        ("porter greets", "porter nods"),
    ] {
        assert!(text.contains(from), "{from}");
        let message = Set::read(&text.replacen(from, to, 1)).expect_err("altered").message.to_string();
        assert_eq!(message, "what it holds is not what it was written with", "{from}");
    }
    let titles = text.replacen("\"title\": {\"en\": \"p\"}", "\"title\": {\"en\": \"Q\"}", 1);
    assert!(Set::read(&titles).is_ok(), "titles are beside it");
    for torn in ["", "edition: 12\n", "{", "standards:\n  - {\"id\"\n", "version: 1\n"] {
        assert!(Set::read(torn).is_err(), "{torn}");
    }
    assert!(Set::read(&text[..text.len() / 2]).is_err());
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-z\"'\\\\:#{}\\[\\], \n\t\u{85}\u{2028}]{0,9}"]
}

/// What people write as a weight or a share.
fn hundredths() -> impl Strategy<Value = f64> {
    (0..1000u32).prop_map(|number| f64::from(number) / 100.0)
}

fn texts() -> impl Strategy<Value = Text> {
    let worded = |(tag, text): (String, String)| Worded { language: Language::new(&tag), text, span: Span::default() };
    prop::collection::btree_map("[a-z]{2}", word(), 0..3)
        .prop_map(move |all| Text(all.into_iter().map(worded).collect()))
}

fn row() -> impl Strategy<Value = StandardRow> {
    let maybe = || prop::option::of(word());
    let many = || prop::collection::vec(word(), 0..3);
    let measure = (word(), maybe(), hundredths(), texts());
    (word(), many(), maybe(), many(), any::<bool>(), hundredths(), prop::option::of(measure), word()).prop_map(
        |(id, was, step, when, critical, weight, measure, text)| StandardRow {
            id,
            was,
            step,
            when,
            critical,
            weight,
            measure: measure.map(|(value, high, share, what)| rows::MeasureRow {
                bound: String::new(),
                value,
                high,
                share,
                what,
            }),
            text,
            ..StandardRow::default()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_set_reads_back(
        standards in prop::collection::vec(row(), 0..5),
        attributes in prop::collection::btree_map(word(), prop_oneof![
            any::<bool>().prop_map(Attribute::Bool),
            hundredths().prop_map(Attribute::Number),
            word().prop_map(Attribute::Text),
        ], 0..4),
        title in texts(),
        language in word(),
        shares in [hundredths(), hundredths(), hundredths()],
    ) {
        let site = SiteRow { id: "a".to_owned(), was: Vec::new(), attributes, title: title.clone() };
        let set = Set { language, levels: shares, standards, sites: vec![site], areas: vec![TitledRow { title, ..TitledRow::default() }], ..Set::default() };
        prop_assert_eq!(Set::read(&set.text()).map(|read| read.text()), Ok(set.text()));
    }
}
