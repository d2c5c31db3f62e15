use super::*;
use crate::book::load;
use crate::source::{Memory, Overlay};

const HEAD: &str = "id: s\nphases:\n  - id: a # first\n    standards:\n      - id: x\n        level: basic\n";
const TAIL: &str = "        type: product # kept\n        status: draft\n      # the next one\n      - id: y\n        level: basic\n        type: product\n        text: Y.\n";

fn set_in(standard: &str, sets: &[(&[TreeStep], To)]) -> String {
    let sequence = format!("{HEAD}{standard}{TAIL}");
    let memory = Memory::new([
        ("gamma-ok.yaml", "title: T\nderive: false\nlanguages: [en, pl, sv]\n".to_owned()),
        ("sequences/s.yaml", sequence),
    ]);
    let loaded = load(&memory).expect("a book");
    let id = loaded.book.sequences[0].phases[0].standards[0].id.span;
    let sets: Vec<Set> = sets
        .iter()
        .map(|(path, to)| Set { file: id.file, owner: Some(id), path: path.to_vec(), to: to.clone() })
        .collect();
    let changes = set(&loaded, &sets).unwrap_or_else(|error| panic!("{}", error.message()));
    let mut world = Overlay::new(&memory);
    world.apply(&changes);
    let after = load(&world).expect("a book");
    let grave = after.findings.iter().filter(|finding| finding.severity == crate::diag::Severity::Error);
    assert_eq!(grave.count(), 0, "{:?}", after.findings);
    let after = changes.first().map_or_else(|| format!("{HEAD}{standard}{TAIL}"), |change| change.after.clone());
    let after = after.strip_prefix(HEAD).expect("what stands before stays");
    after.strip_suffix(TAIL).unwrap_or_else(|| panic!("what stands behind stays: {after}")).to_owned()
}

fn key(name: &str) -> TreeStep {
    TreeStep::key(name)
}

fn worded(pairs: &[(&str, Option<&str>)]) -> To {
    To::Wordings(pairs.iter().map(|(tag, text)| ((*tag).to_owned(), text.map(str::to_owned))).collect())
}

fn texts(items: &[&[(&str, &str)]]) -> To {
    let owned =
        |pairs: &&[(&str, &str)]| pairs.iter().map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned())).collect();
    To::Texts(items.iter().map(owned).collect())
}

#[test]
fn texts_are_set_in_the_layout_that_they_have() {
    for (standard, wordings, wanted) in [
        ("        text: Old. # why\n", worded(&[("en", Some("New: text."))]), "        text: \"New: text.\" # why\n"),
        (
            "        text: {en: Old., pl: Stary.}\n",
            worded(&[("pl", Some("Nowy.")), ("sv", Some("Ny."))]),
            "        text: {en: Old., pl: Nowy., sv: Ny.}\n",
        ),
        (
            "        text:\n          en: Old.\n          # kept\n          pl: Stary.\n",
            worded(&[("pl", Some("Nowy.")), ("sv", Some("Ny."))]),
            "        text:\n          en: Old.\n          # kept\n          pl: Nowy.\n          sv: Ny.\n",
        ),
        (
            "        text:\n          en: Old.\n          pl: Stary.\n",
            worded(&[("pl", None)]),
            "        text:\n          en: Old.\n",
        ),
        (
            "        text: Old. # why\n",
            worded(&[("pl", Some("Nowy."))]),
            "        text:\n          en: Old.\n          pl: Nowy. # why\n",
        ),
        (
            "        text: >\n          Old,\n          and older.\n",
            worded(&[("en", Some("New."))]),
            "        text: New.\n",
        ),
        (
            "        text:\n          en: |\n            Old,\n            and older.\n          pl: Stary.\n",
            worded(&[("en", Some("New."))]),
            "        text:\n          en: New.\n          pl: Stary.\n",
        ),
    ] {
        assert_eq!(set_in(standard, &[(&[key("text")], wordings)]), wanted, "{standard}");
    }
}

#[test]
fn what_is_not_there_is_added_in_its_place_and_what_goes_goes_with_its_lines() {
    let standard = "        text: T.\n        why:\n          en: W.\n          # why so\n          pl: D.\n";
    assert_eq!(
        set_in(standard, &[(&[key("how")], texts(&[&[("en", "One.")], &[("en", "Two."), ("pl", "Dwa.")]]))]),
        format!("{standard}        how:\n          - One.\n          - en: Two.\n            pl: Dwa.\n")
    );
    assert_eq!(set_in(standard, &[(&[key("why")], To::Nothing)]), "        text: T.\n");
    let measured = "        text: T.\n        measure: {what: time, within: 5 s}\n";
    let to = |text: &str| To::Value(Field::Text(text.to_owned()));
    assert_eq!(
        set_in(
            measured,
            &[
                (&[key("measure"), key("within")], To::Nothing),
                (&[key("measure"), key("at-most")], to("7 s")),
                (&[key("weight")], To::Value(Field::Number("2".to_owned()))),
            ]
        ),
        "        text: T.\n        measure: {what: time, at-most: 7 s}\n        weight: 2\n"
    );
    let block = "        text: T.\n        measure:\n          within: 5 s\n          share: 90 %\n";
    assert_eq!(
        set_in(block, &[(&[key("measure"), key("share")], To::Nothing), (&[key("measure"), key("within")], to("7 s"))]),
        "        text: T.\n        measure:\n          within: 7 s\n"
    );
}

#[test]
fn items_that_stay_keep_their_bytes() {
    let how = "        text: T.\n        how:\n          - \"One\" # 1\n          - en: Two\n            pl: Dwa\n          - Three\n";
    assert_eq!(
        set_in(
            how,
            &[(
                &[key("how")],
                texts(&[&[("en", "One")], &[("en", "Two"), ("pl", "2")], &[("en", "Three")], &[("en", "Four")]])
            )]
        ),
        how.replace("Dwa", "\"2\"") + "          - Four\n"
    );
    assert_eq!(
        set_in(how, &[(&[key("how")], texts(&[&[("en", "One")], &[("en", "Two"), ("pl", "Dwa")]]))]),
        how.replace("          - Three\n", "")
    );
    assert_eq!(set_in(how, &[(&[key("how")], texts(&[]))]), "        text: T.\n");
    let single = "        text: T.\n        say: Hello.\n";
    assert_eq!(
        set_in(single, &[(&[key("say"), TreeStep::Item(0)], worded(&[("en", Some("Hi."))]))]),
        single.replace("Hello", "Hi")
    );
    assert_eq!(
        set_in(single, &[(&[key("say")], texts(&[&[("en", "Hi.")], &[("en", "Ho.")]]))]),
        "        text: T.\n        say:\n          - Hi.\n          - Ho.\n"
    );
    let flow = "        text: T.\n        say: [\"Hello.\", Hi.]\n";
    assert_eq!(
        set_in(flow, &[(&[key("say")], texts(&[&[("en", "Hello.")], &[("en", "Ho, ho.")]]))]),
        flow.replace("Hi.", "\"Ho, ho.\"")
    );
}
