use proptest::prelude::*;

use super::*;
use crate::book::load;
use crate::diag::Code;
use crate::source::Memory;

const MANIFEST: &str = "title: T\nlanguages: [en]\nsequences: [stay] # order\nareas:\n  - {id: desk, title: Desk}\n";
const ROLES: &str = "roles:\n  - id: clerk\n    when: site.id == \"krakow\" or site.id in ['krakow', 'lublin']\n    covered-by: porter\n  - {id: porter}\ndepartments:\n  - id: \"accounting\"   # back office\n";
const SITE: &str = "id: krakow\ncity: krakow\n";
const TRAITS: &str = "traits:\n  - id: local\n    was:\n      - regional   # until 2024\n    patterns:\n      - id: map\n        type: product\n        level: basic\n        text: A map lies on the desk.\n";
const SEQUENCE: &str = "# the stay\nid: stay\narea: desk\nphases:\n  - id: check-in\n    # what they aim at\n    traits: [local, 'friendly']\n    steps:\n      - id: approach\n        role: clerk\n        contact: face-to-face\n        handoff: {to: accounting, what: Deposit, within: 1 h}\n      -   was: [leave]\n          id: go\n    standards:\n      - {id: greet, step: approach, trait: [local], type: personal, level: basic, role: [clerk, porter], text: Says hello.}\n    waive:\n      - pattern: local.map\n        why: None here\n      - {step: approach, trait: local, why: No}\n    scenarios:\n      - title: S\n        situation: S\n        practises: [greet, check-in.local.map, check-in.approach.handoff]\n";

fn book() -> Memory {
    Memory::new([
        ("gamma-ok.yaml", MANIFEST),
        ("roles.yaml", ROLES),
        ("sites/krakow.yaml", SITE),
        ("sites/lublin.yaml", "id: lublin"),
        ("traits/local.yaml", TRAITS),
        ("sequences/stay.yaml", SEQUENCE),
    ])
}

fn run(world: &Memory, old: &str, new: &str) -> Result<Renaming, EditError> {
    rename(world, &load(world).expect("a book"), old, new)
}

/// The book after a renaming, and what the renaming says of itself.
fn done(world: &Memory, old: &str, new: &str) -> (Memory, Renaming) {
    let renaming = run(world, old, new).unwrap_or_else(|error| panic!("{old} → {new}: {error} {:?}", error.help()));
    let mut world = world.clone();
    for change in &renaming.changes {
        assert_eq!(world.files[&change.path], change.before.as_deref().unwrap_or("").as_bytes());
        world.files.insert(change.path.clone(), change.after.clone().into_bytes());
    }
    let loaded = load(&world).expect("a book");
    assert_eq!(loaded.findings, Vec::new(), "{old} → {new}");
    (world, renaming)
}

fn text(world: &Memory, path: &str) -> String {
    String::from_utf8(world.files[path].clone()).expect("text")
}

/// Lines that differ, as `-old` and `+new`.
fn lines(renaming: &Renaming) -> Vec<String> {
    let shown = crate::edit::diff(&renaming.changes);
    let changed = shown.lines().filter(|line| line.starts_with(['-', '+']));
    changed.filter(|line| !line.starts_with("---") && !line.starts_with("+++")).map(str::to_owned).collect()
}

fn refusal(world: &Memory, old: &str, new: &str) -> String {
    let error = run(world, old, new).expect_err("refused");
    format!("{error}; {}", error.help().unwrap_or_default())
}

#[test]
fn the_fixture_is_sound() {
    assert_eq!(load(&book()).expect("a book").findings, Vec::new());
}

#[test]
fn every_kind_is_renamed_wherever_it_is_used() {
    let (_, step) = done(&book(), "approach", "arrive");
    assert_eq!(step.target, "step:check-in.approach");
    assert_eq!(
        lines(&step),
        [
            "-      - id: approach",
            "+      - id: arrive",
            "+        was: [approach]",
            "-      - {id: greet, step: approach, trait: [local], type: personal, level: basic, role: [clerk, porter], text: Says hello.}",
            "+      - {id: greet, step: arrive, trait: [local], type: personal, level: basic, role: [clerk, porter], text: Says hello.}",
            "-      - {step: approach, trait: local, why: No}",
            "+      - {step: arrive, trait: local, why: No}",
            "-        practises: [greet, check-in.local.map, check-in.approach.handoff]",
            "+        practises: [greet, check-in.local.map, check-in.arrive.handoff]",
        ]
    );
    let (_, phase) = done(&book(), "phase:check-in", "arrival");
    assert_eq!(phase.places, 3);
    assert!(
        lines(&phase).contains(&"+        practises: [greet, arrival.local.map, arrival.approach.handoff]".to_owned())
    );
    let (world, of_trait) = done(&book(), "local", "of-the-place");
    assert_eq!(of_trait.places, 6);
    let traits = text(&world, "traits/local.yaml");
    assert!(
        traits
            .contains("  - id: of-the-place\n    was:\n      - regional   # until 2024\n      - local\n    patterns:")
    );
    assert!(text(&world, "sequences/stay.yaml").contains("    traits: [of-the-place, 'friendly']\n"));
    assert!(text(&world, "sequences/stay.yaml").contains("pattern: of-the-place.map\n"));
    let (world, _) = done(&book(), "local.map", "plan");
    assert!(text(&world, "sequences/stay.yaml").contains("[greet, check-in.local.plan, check-in.approach.handoff]"));
    assert!(text(&world, "sequences/stay.yaml").contains("pattern: local.plan\n"));
    let (world, _) = done(&book(), "standard:greet", "greet-at-once");
    assert!(text(&world, "sequences/stay.yaml").contains("{id: greet-at-once, was: [greet], step: approach,"));
    let (world, _) = done(&book(), "accounting", "finance");
    assert!(text(&world, "roles.yaml").ends_with("  - id: \"finance\"   # back office\n    was: [accounting]\n"));
    let (world, _) = done(&book(), "porter", "bellhop");
    assert!(text(&world, "roles.yaml").contains("covered-by: bellhop\n  - {id: bellhop, was: [porter]}\n"));
    let (world, _) = done(&book(), "stay", "guest-stay");
    assert!(text(&world, "gamma-ok.yaml").contains("sequences: [guest-stay] # order\n"));
    let (world, _) = done(&book(), "desk", "front-desk");
    assert!(text(&world, "sequences/stay.yaml").starts_with("# the stay\nid: stay\narea: front-desk\n"));
    let (world, _) = done(&book(), "go", "depart");
    assert!(text(&world, "sequences/stay.yaml").contains("      -   was: [leave, go]\n          id: depart\n"));
}

#[test]
fn a_site_is_renamed_in_conditions_and_nowhere_else() {
    let (world, site) = done(&book(), "krakow", "krakow-old-town");
    assert_eq!(site.places, 2);
    let expected = "when: site.id == \"krakow-old-town\" or site.id in ['krakow-old-town', 'lublin']\n";
    assert!(text(&world, "roles.yaml").contains(expected));
    assert_eq!(text(&world, "sites/krakow.yaml"), "id: krakow-old-town\nwas: [krakow]\ncity: krakow\n");
    let (world, _) = done(&world, "lublin", "lublin-2");
    assert_eq!(text(&world, "sites/lublin.yaml"), "id: lublin-2\nwas: [lublin]", "no last line end, as before");

    let with = |when: &str| {
        let mut world = book();
        let roles = format!("roles:\n  - {{id: porter}}\n  - id: clerk\n    when: {when}\n    covered-by: porter\n");
        let roles = format!("{roles}departments: [{{id: accounting}}]\n");
        world.files.insert("roles.yaml".to_owned(), roles.into_bytes());
        world
    };
    let (world, _) = done(&with("\"site.id == \\\"krakow\\\" or site.id != 'krakow'\""), "krakow", "k-1");
    assert!(text(&world, "roles.yaml").contains("when: \"site.id == \\\"k-1\\\" or site.id != 'k-1'\"\n"));
    let (world, _) = done(&with(">-\n      site.id == 'krakow'\n      and site.city == 'krakow'"), "krakow", "k-1");
    assert!(text(&world, "roles.yaml").contains("      site.id == 'k-1'\n      and site.city == 'krakow'\n"));
    let mut world = book();
    let traits = format!(
        "{TRAITS}      - {{id: view, type: product, level: basic, text: A view., when: site.id == 'krakow'}}\n"
    );
    world.files.insert("traits/local.yaml".to_owned(), traits.into_bytes());
    let (world, _) = done(&world, "krakow", "k-1");
    assert!(text(&world, "traits/local.yaml").contains("when: site.id == 'k-1'}"), "a pattern's condition too");
    let message = refusal(&with("site['id'] == 'krakow'"), "krakow", "k-1");
    assert!(message.starts_with("roles.yaml:4: this condition names the site"), "{message}");
}

#[test]
fn line_ends_marks_and_missing_ends_stay() {
    let mut world = book();
    for (path, bytes) in &mut world.files {
        let windows = String::from_utf8(bytes.clone()).expect("text").replace('\n', "\r\n");
        *bytes = format!("\u{feff}{}", windows.trim_end()).into_bytes();
        assert!(!path.is_empty());
    }
    for (old, new) in
        [("local", "x"), ("krakow", "y"), ("porter", "z"), ("accounting", "w"), ("greet", "v"), ("desk", "u")]
    {
        let (after, renaming) = done(&world, old, new);
        for change in &renaming.changes {
            let text = text(&after, &change.path);
            assert!(text.starts_with('\u{feff}'));
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "{text:?}");
            assert!(!text.ends_with('\n'));
        }
    }
}

#[test]
fn what_looks_like_a_number_is_quoted() {
    let (world, _) = done(&book(), "desk", "112");
    assert!(text(&world, "gamma-ok.yaml").contains("{id: \"112\", was: [desk], title: Desk}"));
    let (world, _) = done(&world, "112", "null");
    assert!(text(&world, "gamma-ok.yaml").contains("{id: \"null\", was: [desk, \"112\"], title: Desk}"));
    assert!(text(&world, "sequences/stay.yaml").contains("area: \"null\"\n"));
}

#[test]
fn a_former_id_is_taken_back_only_by_its_owner() {
    let (world, _) = done(&book(), "porter", "bellhop");
    assert!(refusal(&world, "clerk", "porter").contains("was used before, by `bellhop`"));
    let (world, _) = done(&world, "bellhop", "porter");
    assert_eq!(text(&world, "roles.yaml"), ROLES.replace("{id: porter}", "{id: porter, was: [bellhop]}"));
}

#[test]
fn a_use_by_a_former_id_follows_too() {
    let mut world = book();
    let old = SEQUENCE
        .replace("[local, 'friendly']", "[regional, 'friendly']")
        .replace("check-in.local.map", "check-in.regional.map");
    world.files.insert("sequences/stay.yaml".to_owned(), old.into_bytes());
    let (world, _) = done(&world, "local", "native");
    let text = text(&world, "sequences/stay.yaml");
    assert!(text.contains("[native, 'friendly']") && text.contains("check-in.native.map"));
}

#[test]
fn history_stays_history() {
    let mut world = book();
    let old = SEQUENCE
        .replace("{id: greet,", "{id: greet, was: [check-in.local.hello],")
        .replace("[greet,", "[check-in.local.hello,");
    world.files.insert("sequences/stay.yaml".to_owned(), old.into_bytes());
    let (phase, _) = done(&world, "check-in", "arrival");
    let text = text(&phase, "sequences/stay.yaml");
    assert!(
        text.contains("was: [check-in.local.hello]")
            && text.contains("practises: [check-in.local.hello, arrival.local.map,")
    );
    let (standard, _) = done(&world, "greet", "hello");
    assert!(self::text(&standard, "sequences/stay.yaml").contains("practises: [hello, check-in.local.map,"));
}

#[test]
fn an_entry_copied_from_the_library_keeps_replacing_it() {
    let mut world = book();
    let own = crate::library::trait_file("friendly").expect("in the library");
    let only_english = "traits:\n  - id: friendly\n    title: Friendly\n    dimension: empathy\n";
    assert!(own.contains("- id: friendly\n"));
    world.files.insert("traits/friendly.yaml".to_owned(), only_english.as_bytes().to_vec());
    let (world, _) = done(&world, "friendly", "warm");
    let loaded = load(&world).expect("a book");
    assert!(
        loaded.book.traits.iter().all(|of_trait| of_trait.id.name != "friendly"),
        "the library's is replaced, not revived"
    );
    assert_eq!(loaded.book.trait_of("friendly").map(|of_trait| of_trait.id.name.as_str()), Some("warm"));
}

#[test]
fn refusals_say_what_to_do() {
    let world = book();
    assert!(refusal(&world, "aproach", "x").ends_with("did you mean `approach`?"));
    assert!(refusal(&world, "phas:check-in", "x").ends_with("did you mean `phase:check-in`?"));
    assert!(refusal(&world, "regional", "x").contains("the trait is now called `local`"));
    assert!(refusal(&world, "approach", "Zgłoszenie gościa").ends_with("write `zgloszenie-goscia`"));
    assert!(refusal(&world, "approach", "go").contains("taken"));
    assert!(refusal(&world, "approach", "leave").contains("used before, by `go`"));
    assert!(refusal(&world, "local", "friendly").contains("taken"), "also by the library");
    assert!(refusal(&world, "porter", "accounting").contains("taken"), "roles and departments share their names");
    assert!(refusal(&world, "approach", "approach").contains("already"));
    assert!(refusal(&world, "trait:friendly", "x").contains("built-in library"));
    assert!(refusal(&world, "check-in.local.map", "x").contains("made of the ids"));
    let mut two = world.clone();
    let second = "id: leaving\nphases:\n  - id: local\n    steps: [{id: approach}]\n";
    two.files.insert("sequences/two.yaml".to_owned(), second.as_bytes().to_vec());
    assert!(refusal(&two, "approach", "x").ends_with("say which one: `step:check-in.approach`, `step:local.approach`"));
    assert!(refusal(&two, "local", "x").ends_with("`phase:local`, `trait:local`"));
    let (_, renaming) = done(&two, "step:local.approach", "x");
    assert_eq!(renaming.places, 1, "the step of the other phase is another");
}

#[test]
fn a_file_that_cannot_be_read_stops_it_and_other_findings_do_not() {
    let mut world = book();
    world.files.insert("sequences/two.yaml".to_owned(), b"id: [\n".to_vec());
    assert!(
        matches!(run(&world, "approach", "x"), Err(EditError::Findings(found)) if found[0].code == Code::YamlSyntax)
    );
    world.files.insert("sequences/two.yaml".to_owned(), b"id: two\nphase: []\nphases: []\n".to_vec());
    assert_eq!(run(&world, "approach", "x").expect("renamed").places, 4);
}

#[test]
fn aliases_are_edited_once_at_their_anchor() {
    let mut world = book();
    let text = SEQUENCE.replace("role: clerk\n", "role: &who clerk\n").replace("role: [clerk, porter]", "role: *who");
    world.files.insert("sequences/stay.yaml".to_owned(), text.into_bytes());
    let (world, _) = done(&world, "clerk", "agent");
    let text = self::text(&world, "sequences/stay.yaml");
    assert!(text.contains("role: &who agent\n") && text.contains("role: *who"));
}

/// The example with everything that a book may hold: each id, renamed, leaves a sound book that says the same.
#[test]
fn ids_of_the_example_are_renamed_and_nothing_else_changes() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/hotel-wisla");
    let disk = crate::source::Disk::new(root.as_ref(), chrono::NaiveDate::default()).expect("the example");
    let mut world = Memory::default();
    for path in disk.list("", &[".yaml", ".svg", ".md"]).into_iter().flatten() {
        world.files.insert(path.clone(), disk.bytes(&path).expect("a file"));
    }
    let loaded = load(&world).expect("a book");
    let ids: Vec<String> = loaded
        .book
        .names
        .iter()
        .filter(|name| name.definition)
        .map(|name| {
            let scope = name.scope.as_ref().map_or(String::new(), |scope| format!("{scope}."));
            format!("{}:{scope}{}", target::word(name.kind), name.name)
        })
        .collect();
    let kinds: std::collections::BTreeSet<&str> = ids.iter().filter_map(|id| id.split(':').next()).collect();
    assert_eq!(kinds.len(), 10, "{kinds:?}");
    // All of every kind that has few, of the others every ninth, because each is a book to load three times.
    let few = |id: &&String| !["standard:", "step:", "pattern:"].iter().any(|kind| id.starts_with(kind));
    for id in ids.iter().filter(few).chain(ids.iter().filter(|id| !few(id)).step_by(9)) {
        let renaming = done(&world, id, "quite-another").1;
        let old = id.rsplit(['.', ':']).next().expect("a name");
        // Named back, and without its history, the text is what it was.
        let bare = |text: &str| {
            let text = text.replace("quite-another", old).replace(&format!(", {old}]"), "]");
            let lines = text.split_inclusive('\n').filter(|line| line.trim() != format!("was: [{old}]"));
            lines.collect::<String>()
        };
        for change in &renaming.changes {
            assert_eq!(bare(&change.after), bare(change.before.as_deref().unwrap_or("")), "{id}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// A book that somebody is in the middle of writing: a renaming works, or says why not, and harms nothing.
    #[test]
    fn broken_books_are_renamed_or_refused(
        edits in prop::collection::vec((0usize..64, 0usize..40, "[ -~\\n\\tł]{0,3}", 0usize..6), 0..4),
        file in prop::sample::select(vec!["sequences/stay.yaml", "roles.yaml", "traits/local.yaml", "gamma-ok.yaml"]),
        old in prop::sample::select(vec!["approach", "local", "map", "clerk", "accounting", "krakow", "stay", "greet", "check-in", "desk"]),
    ) {
        let mut world = book();
        let mut text = text(&world, file);
        for (line, column, new, gone) in edits {
            let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(end, _)| end + 1)).collect();
            let start = (starts[line % starts.len()] + column).min(text.len());
            let end = (start + gone).min(text.len());
            if text.is_char_boundary(start) && text.is_char_boundary(end) {
                text.replace_range(start..end, &new);
            }
        }
        world.files.insert(file.to_owned(), text.into_bytes());
        let loaded = load(&world).expect("a book");
        match rename(&world, &loaded, old, "quite-another") {
            Err(error) => prop_assert!(!error.to_string().is_empty() && !matches!(error, EditError::NotKept { .. }), "{error}"),
            Ok(renaming) => {
                for change in renaming.changes {
                    world.files.insert(change.path, change.after.into_bytes());
                }
                prop_assert!(load(&world).expect("a book").findings.len() <= loaded.findings.len());
            }
        }
    }

    /// Whatever stands around an id stays, and a name given back leaves nothing but its history.
    #[test]
    fn there_and_back_changes_nothing_but_was(
        new in "[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}",
        prose in "[ -~łäö{}#:'\"\\\\]{0,30}",
        comment in "[ -~ł]{0,20}",
        quote in "['\"]?",
        windows in any::<bool>(),
    ) {
        prop_assume!(!["approach", "go", "leave"].contains(&new.as_str()));
        // A name that looks like a number gets quotation marks, and keeps them.
        prop_assume!(reads_as_text(&new) || !quote.is_empty());
        let prose = crate::edit::emit::scalar(&format!("x{prose}"), crate::edit::emit::Context::Block);
        let sequence = format!(
            "id: stay # {comment}\nphases:\n  - title: {prose}\n    id: check-in\n    traits: [friendly]\n    steps:\n      \
             - id: {quote}approach{quote}   # {comment}\n        staff: {prose}\n        # {comment}\n      - {{id: go}}\n    \
             standards:\n      - id: greet\n        step: {quote}approach{quote}\n        type: personal\n        level: basic\n        \
             text: {prose}\n"
        );
        let sequence = if windows { sequence.replace('\n', "\r\n") } else { sequence };
        let mut world = Memory::new([("gamma-ok.yaml", "title: T\n")]);
        world.files.insert("sequences/stay.yaml".to_owned(), sequence.clone().into_bytes());
        let (renamed, _) = done(&world, "approach", &new);
        let (back, _) = done(&renamed, &new, "approach");
        let expected: String = sequence.split_inclusive('\n').map(|line| {
            if line.trim_start().starts_with("- id:") && line.contains("approach") {
                let end = if windows { "\r\n" } else { "\n" };
                let was = crate::edit::emit::scalar(&new, crate::edit::emit::Context::Flow);
                format!("{line}        was: [{was}]{end}")
            } else {
                line.to_owned()
            }
        }).collect();
        prop_assert_eq!(text(&back, "sequences/stay.yaml"), expected);
    }
}
