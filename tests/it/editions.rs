//! The past stands: whatever becomes of a book, figures about records that name their edition stay what they were.

use std::collections::BTreeMap;

use gamma_ok::audit::figures::{RecordSelection, Selection, figures};
use gamma_ok::edition::{Filter, Set};
use gamma_ok::project::Project;
use gamma_ok::source::{Memory, World};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::Book;

/// A standard of the random book; its number is what it is, whatever it is called.
#[derive(Clone, Debug)]
struct Entry {
    number: usize,
    names: Vec<String>,
    wording: usize,
    seconds: u32,
    level: usize,
    kind: usize,
    phase: usize,
    role: usize,
    weight: u32,
    critical: bool,
    retired: bool,
    conditional: bool,
}

/// A random book.
#[derive(Clone, Debug)]
struct Model {
    standards: Vec<Entry>,
    /// The names that each phase, role and site had, the present one last.
    phases: Vec<Vec<String>>,
    roles: Vec<Vec<String>>,
    sites: Vec<Vec<String>>,
    /// Rooms of the second site: with few of them its second role is covered by the first.
    rooms: u32,
    share: u32,
    made: usize,
}

const LEVELS: [&str; 3] = ["basic", "expected", "exclusive"];
const KINDS: [&str; 3] = ["personal", "product", "procedural"];

fn id_of(names: &[String]) -> String {
    let (now, was) = names.split_last().expect("a name");
    format!("id: {now}{}", if was.is_empty() { String::new() } else { format!(", was: [{}]", was.join(", ")) })
}

impl Model {
    fn new(seeds: &[u32]) -> Self {
        let named = |kind: &str, count: usize| (0..count).map(|at| vec![format!("{kind}-{at}")]).collect();
        let mut model = Model {
            standards: Vec::new(),
            phases: named("phase", 3),
            roles: named("role", 2),
            sites: named("site", 2),
            rooms: 20,
            share: 90,
            made: 0,
        };
        seeds.iter().for_each(|seed| model.add(*seed));
        model
    }

    fn add(&mut self, seed: u32) {
        let number = self.made;
        self.made += 1;
        let pick = |shift: u32, of: usize| (seed >> shift) as usize % of;
        self.standards.push(Entry {
            number,
            names: vec![format!("standard-{number}")],
            wording: number,
            seconds: 10 + seed % 3 * 10,
            level: pick(3, 3),
            kind: pick(5, 3),
            phase: pick(7, 3),
            role: pick(9, 3),
            weight: 1 + seed % 3,
            critical: pick(11, 5) == 0,
            retired: false,
            conditional: pick(13, 4) == 0,
        });
    }

    fn files(&self) -> Vec<(String, String)> {
        let mut sequence = "id: visit\ntitle: Visit\nphases:\n".to_owned();
        for (at, phase) in self.phases.iter().enumerate() {
            sequence += &format!("  - {{{}, steps: [{{id: step}}], standards: [\n", id_of(phase));
            for entry in self.standards.iter().filter(|entry| entry.phase == at) {
                let role = self.roles.get(entry.role).map(|names| format!(", role: {}", names.last().expect("a name")));
                sequence += &format!(
                    "      {{{}, step: step, type: {}, level: {}, trait: [friendly, prompt], weight: {}, critical: {}, status: {}{}{}, \
                     measure: {{within: {} s}}, text: Wording {} of it}},\n",
                    id_of(&entry.names),
                    KINDS[entry.kind],
                    LEVELS[entry.level],
                    entry.weight,
                    entry.critical,
                    if entry.retired { "retired" } else { "active" },
                    if entry.conditional { ", when: site.rooms > 9" } else { "" },
                    role.unwrap_or_default(),
                    entry.seconds,
                    entry.wording,
                );
            }
            sequence += "    ]}\n";
        }
        let last = |names: &[String]| names.last().expect("a name").clone();
        let roles = format!(
            "roles:\n  - {{{}}}\n  - {{{}, when: site.rooms > 15, covered-by: {}}}\n",
            id_of(&self.roles[0]),
            id_of(&self.roles[1]),
            last(&self.roles[0])
        );
        let manifest = format!("title: T\nderive: false\nlevels: {{basic: 100 %, expected: {} %}}\n", self.share);
        let mut files = vec![
            ("gamma-ok.yaml".to_owned(), manifest),
            ("roles.yaml".to_owned(), roles),
            ("sequences/visit.yaml".to_owned(), sequence),
        ];
        for (at, names) in self.sites.iter().enumerate() {
            let rooms = if at == 0 { 12 } else { self.rooms };
            files.push((format!("sites/{at}.yaml"), format!("{{{}, rooms: {rooms}}}\n", id_of(names))));
        }
        files
    }

    /// One of the things that become of a book.
    fn edit(&mut self, (what, seed): (u8, u32)) {
        self.made += usize::from(self.standards.is_empty());
        let fresh = self.made + 1000 + seed as usize;
        if what % 14 == 9 || self.standards.is_empty() {
            return self.add(seed);
        }
        let at = seed as usize % self.standards.len();
        let entry = &mut self.standards[at];
        match what % 14 {
            0 => entry.wording = fresh,
            1 => entry.seconds = 5 + seed % 50,
            2 => entry.level = (entry.level + 1) % 3,
            3 => entry.phase = (entry.phase + 1) % 3,
            4 => entry.kind = (entry.kind + 1) % 3,
            5 => entry.weight = 1 + (entry.weight + 1) % 4,
            6 => entry.critical = !entry.critical,
            7 => entry.retired = !entry.retired,
            8 => _ = self.standards.remove(at),
            10 => {
                let name = format!("named-{}-{seed}", entry.names.len());
                if !entry.names.contains(&name) && !self.standards.iter().any(|other| other.names.contains(&name)) {
                    self.standards[at].names.push(name);
                }
            }
            11 => {
                let all = if seed % 2 == 0 { &mut self.phases } else { &mut self.roles };
                let name = format!("called-{seed}");
                if !all.iter().flatten().any(|other| *other == name) {
                    let place = seed as usize / 2 % all.len();
                    all[place].push(name);
                }
            }
            12 => self.rooms = if self.rooms > 15 { 8 } else { 30 },
            _ => self.share = 50 + seed % 50,
        }
    }

    fn set(&self) -> Set {
        let project = open(&self.files());
        assert!(project.loaded.findings.is_empty(), "{:?}", project.loaded.findings);
        Set::of(&project.loaded.book, &project.standards)
    }

    /// A record of the book as it stands, and the file of its set.
    fn record(&self, at: usize, seed: u32) -> [(String, String); 2] {
        let set = self.set();
        let site = self.sites[seed as usize % 2].last().expect("a name");
        let mut text = format!(
            "edition: \"{}\"\nsite: {site}\ndate: 2025-{:02}-1{}\nvisit: v{}\nauditor: auditor-{}\nanswers:\n",
            set.name(),
            1 + at % 12,
            seed % 9,
            seed % 4,
            seed % 3,
        );
        let project = open(&self.files());
        let mut is_empty = true;
        for (place, entry) in self.standards.iter().enumerate().filter(|(_, entry)| !entry.retired) {
            let answer = match (seed as usize + place * 3 + at * 5) % 7 {
                0 => continue,
                1 => "not met".to_owned(),
                2 => "3/4".to_owned(),
                3 => format!("{} s", seed % 40),
                4 => "{answer: not met, grade: major, action: {what: Mend it, due: 2025-12-01}}".to_owned(),
                5 => "{answer: n/a, why: Closed}".to_owned(),
                _ => "met".to_owned(),
            };
            let name = entry.names.last().expect("a name");
            let standard = project.standards.all.iter().find(|standard| standard.id.name == *name);
            let stamp = if (seed + place as u32).is_multiple_of(3) {
                String::new()
            } else {
                format!("@{}", standard.expect("of the book").stamp)
            };
            text += &format!("  {name}{stamp}: {answer}\n");
            is_empty = false;
        }
        if is_empty {
            text = String::new();
        }
        [(set.path(), set.text()), (format!("audits/{at:02}.yaml"), text)]
    }
}

fn world(files: &[(String, String)]) -> Memory {
    let mut world = Memory::new(files.iter().filter(|(_, text)| !text.is_empty()).cloned());
    world.today = chrono::NaiveDate::from_ymd_opt(2026, 6, 1).expect("a day");
    world
}

fn open(files: &[(String, String)]) -> Project<Memory> {
    Project::open(world(files)).expect("a book")
}

/// The figures of the year as JSON, each thing called by what it is, lists in an order of their own.
fn figures_of(model: &Model, records: &[(String, String)], names: &BTreeMap<String, String>) -> Value {
    let files: Vec<(String, String)> = model.files().into_iter().chain(records.iter().cloned()).collect();
    let mut project = Project::open(world(&files)).expect("a book");
    let all = project.records();
    // What chance makes of days and of names of visits is told, and spoils nothing.
    let strange = all.audits.findings.iter();
    let strange: Vec<_> =
        strange.filter(|finding| !["action-overdue", "repeated-visit"].contains(&finding.code.word())).collect();
    assert!(strange.is_empty(), "{strange:?}");
    assert_eq!(project.world.today().to_string(), "2026-06-01");
    let filter = Filter::default();
    let day = |text: &str| text.parse().ok();
    let wanted =
        RecordSelection { site: None, filter: &filter, from: day("2025-01-01"), to: day("2025-12-31"), staff: false };
    let (book, standards) = (&project.loaded.book, &project.standards);
    let selection = Selection::of(book, standards, &all.audits, wanted);
    let mut json = serde_json::to_value(figures(book, standards, &all.audits, &selection)).expect("JSON");
    canonical(&mut json, names);
    json
}

fn canonical(value: &mut Value, names: &BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            let now: Vec<&str> = text.split('.').map(|part| names.get(part).map_or(part, String::as_str)).collect();
            *text = now.join(".");
        }
        Value::Array(items) => {
            items.iter_mut().for_each(|item| canonical(item, names));
            items.sort_by_key(|item| item.to_string());
        }
        Value::Object(fields) => fields.values_mut().for_each(|field| canonical(field, names)),
        _ => {}
    }
}

/// Every name that anything ever had → the first one.
fn all_names(models: &[&Model]) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for model in models {
        for entry in &model.standards {
            for name in &entry.names {
                names.insert(name.clone(), format!("standard-{}", entry.number));
            }
        }
        for all in model.phases.iter().chain(&model.roles).chain(&model.sites) {
            all.iter().for_each(|name| _ = names.insert(name.clone(), all[0].clone()));
        }
    }
    names
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn figures_about_the_past_stand_whatever_becomes_of_the_book(
        seeds in prop::collection::vec(any::<u32>(), 2..8),
        year in prop::collection::vec((prop::collection::vec(any::<(u8, u32)>(), 0..4), any::<u32>()), 1..6),
        later in prop::collection::vec(any::<(u8, u32)>(), 1..25),
    ) {
        let mut model = Model::new(&seeds);
        let mut records: Vec<(String, String)> = Vec::new();
        let mut states = Vec::new();
        for (at, (edits, seed)) in year.iter().enumerate() {
            edits.iter().for_each(|edit| model.edit(*edit));
            records.extend(model.record(at, *seed));
            states.push(model.clone());
        }
        let before = model.clone();
        later.iter().for_each(|edit| model.edit(*edit));
        let names = all_names(&states.iter().chain([&before, &model]).collect::<Vec<_>>());
        let (then, now) = (figures_of(&before, &records, &names), figures_of(&model, &records, &names));
        prop_assert_eq!(&then, &now);
        // A book of nothing else knows as much.
        let bare = Model { standards: Vec::new(), ..model };
        prop_assert_eq!(&then, &figures_of(&bare, &records, &names));
    }
}

#[test]
fn a_record_without_its_edition_moves_with_the_book() {
    let model = Model::new(&[1, 2, 3, 4]);
    let [set, (path, text)] = model.record(0, 6);
    let mut later = model.clone();
    later.standards[0].level = 2;
    later.standards[1].weight = 9;
    let names = all_names(&[&model]);
    let bare = text.lines().filter(|line| !line.starts_with("edition:")).map(|line| format!("{line}\n")).collect();
    for (text, stands) in [(text, true), (bare, false)] {
        let records = [set.clone(), (path.clone(), text)];
        let (then, now) = (figures_of(&model, &records, &names), figures_of(&later, &records, &names));
        assert_eq!(then == now, stands);
        assert!(then["overall"]["judged"].as_u64() > Some(1), "{then}");
    }
}

#[test]
fn a_record_is_judged_by_its_edition_however_its_head_is_written() {
    let model = Model::new(&[1, 2, 3, 4]);
    let [set, (path, text)] = model.record(0, 6);
    let mut later = model.clone();
    later.standards[0].level = 2;
    let names = all_names(&[&model]);
    let line = text.lines().find(|line| line.starts_with("edition:")).expect("an edition");
    let rest: String = text.lines().filter(|other| *other != line).map(|line| format!("{line}\n")).collect();
    let value = line.trim_start_matches("edition:").trim().trim_matches('"');
    let of = |text: String| figures_of(&later, &[set.clone(), (path.clone(), text)], &names);
    let usual = of(text.clone());
    assert_ne!(usual, of(rest.clone()), "by today's book it is something else");
    let written = [
        format!("edition: '{value}'  # the winter season\n{rest}"),
        format!("edition:\n  \"{value}\"\n{rest}"),
        format!("\"edition\": \"{value}\"\n{rest}"),
        format!("{rest}edition: \"{value}\"\n"),
    ];
    for text in written {
        assert_eq!(of(text.clone()), usual, "{text}");
    }
}

/// The small book with one round, recorded.
fn audited() -> Book {
    let book = Book::sound();
    book.run_words(&["audit", "new", "--site", "market", "--auditor", "lead"]).ends(0);
    let record = book.files("audits").first().cloned().expect("a record");
    let path = format!("audits/{record}");
    let mut answers = 0;
    let filled: Vec<String> = book
        .read(&path)
        .lines()
        .map(|line| match line.trim_start().starts_with('#') || !line.starts_with("  ") || !line.ends_with(':') {
            true => line.to_owned(),
            false => {
                answers += 1;
                format!("{line} {}", if answers % 3 == 0 { "not met" } else { "met" })
            }
        })
        .collect();
    book.with(&path, filled.join("\n") + "\n")
}

#[test]
fn a_new_record_names_the_standards_as_they_stand() {
    let book = audited();
    let sets = book.files("editions");
    assert_eq!(sets.len(), 1, "{sets:?}");
    let name = sets[0].trim_end_matches(".yaml");
    let record = book.read(&format!("audits/{}", book.files("audits")[0]));
    assert!(
        record.contains(&format!("edition: {name}")) || record.contains(&format!("edition: \"{name}\"")),
        "{record}"
    );
    let list = book.run_words(&["edition", "list", "--format", "json"]).ends(0).json();
    assert_eq!(list["editions"][0]["edition"], *name);
    assert_eq!(list["editions"][0]["current"], true);
    assert!(list["editions"][0]["number"].is_null());
    let shown = book.run_words(&["edition", "show", name, "--format", "json"]).ends(0).json();
    assert!(shown["standards"].as_array().is_some_and(|all| !all.is_empty()));
    book.run_words(&["check"]).ends(0);
}

#[test]
fn an_altered_set_is_an_error() {
    let book = audited();
    let set = format!("editions/{}", book.files("editions")[0]);
    let book = book.edit(&set, "\"critical\": false", "\"critical\": true");
    let checked = book.run_words(&["check"]).ends(1);
    assert!(checked.stdout().contains("edition-altered"), "{}", checked.stdout());
    book.run_words(&["audit", "report"]).ends(1).says("the records have");
}

#[test]
fn an_edition_is_issued_once() {
    let book = Book::sound();
    let issue = [
        "edition",
        "issue",
        "--number",
        "1",
        "--in-force",
        "2026-03-02",
        "--approved-by",
        "seller",
        "--title",
        "Spring",
    ];
    book.run_words(&[&issue[..], &["--dry-run"]].concat()).ends(0);
    assert!(book.files("editions").is_empty());
    book.run_words(&issue).ends(0);
    assert!(book.files("editions").contains(&"issued/1.yaml".to_owned()));
    let list = book.run_words(&["edition", "list", "--format", "json"]).ends(0).json();
    let one = &list["editions"][0];
    assert_eq!((&one["number"], &one["in_force"], &one["title"]), (&1.into(), &"2026-03-02".into(), &"Spring".into()));
    assert_eq!((&one["approved_by"], &one["current"]), (&"seller".into(), &true.into()));
    assert!(book.run_words(&issue).ends(2).stderr().contains("issued already"));
    let other = ["edition", "issue", "--number", "2", "--in-force", "2026-03-02", "--approved-by", "seller"];
    assert!(book.run_words(&other).ends(2).stderr().contains("is in force from 2026-03-02 already"));
    let nobody = ["edition", "issue", "--number", "2", "--in-force", "2026-04-02", "--approved-by", "nobody"];
    assert!(book.run_words(&nobody).ends(2).stderr().contains("no role `nobody`"));
    book.run_words(&["check"]).ends(0);
}

#[test]
fn backdating_needs_its_reason() {
    let book = audited();
    let issue = ["edition", "issue", "--number", "1", "--in-force", "2026-01-01", "--approved-by", "seller"];
    assert!(book.run_words(&issue).ends(2).stderr().contains("--backdate"));
    book.run_words(&[&issue[..], &["--backdate", "It was approved then"]].concat()).ends(0);
    assert!(book.read("editions/issued/1.yaml").contains("backdated: It was approved then"));
}

#[test]
fn records_adopt_the_edition_of_their_day() {
    let book = audited();
    let record = format!("audits/{}", book.files("audits")[0]);
    let set = format!("editions/{}", book.files("editions")[0]);
    let plain: String = book
        .read(&record)
        .lines()
        .filter(|line| !line.starts_with("edition:"))
        .map(|line| format!("{line}\n"))
        .collect();
    let book = book.with(&record, &plain);
    std::fs::remove_file(book.path().join(&set)).expect("the set");
    book.git(&["init", "--quiet", "."]);
    book.git(&["add", "."]);
    book.git(&["commit", "--quiet", "-m", "A round"]);
    let before = book.run_words(&["audit", "report", "--format", "json"]).ends(0).json();
    assert_eq!(before["records_without_edition"], 1);
    // The book changes after the round: what was judged then is found in the past.
    let book = book.edit("sequences/visit.yaml", "level: basic", "level: expected");
    book.run_words(&["edition", "adopt", "--dry-run"]).ends(0).says("would get");
    assert_eq!(book.read(&record), plain);
    book.run_words(&["edition", "adopt"]).ends(0);
    assert!(book.read(&record).contains("adopted: true"));
    assert!(book.path().join(&set).exists(), "the set of the day is back: {:?}", book.files("editions"));
    let after = book.run_words(&["audit", "report", "--format", "json"]).ends(0).json();
    assert_eq!(after["records_without_edition"], 0);
    for part in ["overall", "by"] {
        assert_eq!(before[part], after[part], "{part}");
    }
    let again = book.run_words(&["edition", "adopt"]).ends(0);
    assert!(again.stderr().contains("every record names its edition already"));
}

/// A wording of the small book, and what becomes of it.
const GREET: &str = "The seller greets the shopper within 10 seconds.";
const GREET_EACH: &str = "The seller greets each shopper within 10 seconds.";

fn issued(book: &Book, number: &str, more: &[&str]) {
    let issue = ["edition", "issue", "--approved-by", "seller", "--number", number];
    book.run_words(&[&issue[..], more].concat()).ends(0);
}

#[test]
fn a_document_is_of_an_edition_while_all_in_it_is_as_it_was_issued() {
    let book = Book::sound();
    let md = |args: &[&str]| book.run_words(&[&["checklist", "--format", "md"], args].concat()).ends(0).stdout();
    let stamp = |text: &str| {
        let line = text.lines().find(|line| line.starts_with("- Stamp: ")).map(str::to_owned);
        line.unwrap_or_else(|| panic!("a stamp in {text}"))
    };
    let draft = md(&[]);
    assert!(draft.contains("- Edition: draft ("), "{draft}");
    issued(&book, "4", &["--in-force", "2026-03-02", "--title", "Spring", "--next-review", "2027-03-01"]);
    let of_it = md(&[]);
    for line in
        ["- Edition: 4 · Spring", "- In force from: 2\u{a0}March\u{a0}2026", "- Next review: 1\u{a0}March\u{a0}2027"]
    {
        assert!(of_it.contains(line), "{line} in {of_it}");
    }
    assert_eq!(stamp(&draft), stamp(&of_it), "it contains the same");
    // A standard of one phase changes: what does not hold it is of the edition still.
    let book = book.edit("sequences/visit.yaml", GREET, GREET_EACH);
    let md = |args: &[&str]| book.run_words(&[&["checklist", "--format", "md"], args].concat()).ends(0).stdout();
    let (changed, same) = (md(&["--phase", "arrival"]), md(&["--phase", "payment"]));
    assert!(changed.contains("- Edition: draft") && same.contains("- Edition: 4 · Spring"), "{changed}{same}");
    // In force it reads as it was issued, whatever stands in the book now.
    let run = book.run_words(&["checklist", "--edition", "in-force"]).ends(0);
    assert_eq!(run.stdout(), of_it);
    let working = book.run_words(&["checklist"]).ends(0);
    assert!(working.stdout().contains(GREET_EACH) && working.stderr().contains("--edition in-force"));
    assert_ne!(stamp(&working.stdout()), stamp(&of_it));
    for name in ["4", "in-force"] {
        let shown = book.run_words(&["show", "--edition", name, "--format", "json"]).ends(0).json();
        let greet = shown["standards"].as_array().and_then(|all| all.iter().find(|one| one["id"] == "greet"));
        assert_eq!(greet.expect("the standard")["text"]["en"], GREET);
    }
    let unknown = book.run_words(&["manual", "--edition", "5"]).ends(2);
    assert!(unknown.stderr().contains("no edition `5`"), "{}", unknown.stderr());
}

#[test]
fn a_manual_tells_what_each_edition_changed() {
    let book = Book::sound();
    let plain = book.run_words(&["manual"]).ends(0).stdout();
    assert!(!plain.contains("History of editions"));
    issued(&book, "1", &["--in-force", "2026-01-02"]);
    let book = book.edit("sequences/visit.yaml", GREET, GREET_EACH);
    let since = book.run_words(&["manual"]).ends(0).stdout();
    assert!(since.contains("| draft | – | – | reworded: `greet` |"), "{since}");
    issued(&book, "2", &["--in-force", "2026-02-02"]);
    for format in ["md", "html"] {
        let manual = book.run_words(&["manual", "--format", format]).ends(0).stdout();
        let history = manual.split("What was issued").nth(1).expect("a history").to_owned();
        assert!(history.contains("reworded") && history.contains("greet"), "{history}");
        assert!(
            history.contains("2\u{a0}February\u{a0}2026") && history.contains("2\u{a0}January\u{a0}2026"),
            "{history}"
        );
    }
    // Of edition 1 it tells what had been issued until then.
    let first = book.run_words(&["manual", "--edition", "1"]).ends(0).stdout();
    assert!(first.contains("- Edition: 1\n") && !first.contains("February"), "{first}");
}

#[test]
fn what_the_commit_of_an_issue_holds_is_in_its_documents() {
    let book = Book::sound();
    issued(&book, "1", &["--in-force", "2026-01-02"]);
    book.git(&["init", "--quiet", "."]);
    book.git(&["add", "."]);
    book.git(&["commit", "--quiet", "-m", "The first edition"]);
    let path = "sequences/visit.yaml";
    let book = book.edit(path, GREET, GREET_EACH).edit(path, "The first seconds decide.", "Nobody knows.");
    let manual = book.run_words(&["manual", "--edition", "1"]).ends(0);
    assert!(manual.stdout().contains("The first seconds decide."), "{}", manual.stdout());
    std::fs::remove_dir_all(book.path().join(".git")).expect("the past");
    let without = book.run_words(&["manual", "--edition", "1"]).ends(0);
    assert!(without.stderr().contains("1 standard that is worded otherwise today"), "{}", without.stderr());
    assert!(without.stdout().contains(GREET) && !without.stdout().contains("Nobody knows"), "{}", without.stdout());
}

#[test]
fn editions_are_compared_without_git() {
    let book = Book::sound();
    issued(&book, "1", &["--in-force", "2026-01-02"]);
    let first = book.files("editions").into_iter().find(|file| !file.contains('/')).expect("a set");
    let none = book.run_words(&["diff"]).ends(2);
    assert!(none.stderr().contains("`gamma-ok diff 1`"), "{}", none.stderr());
    let book = book.edit("sequences/visit.yaml", "within: 10 s", "within: 5 s");
    let book = book.edit("sequences/visit.yaml", "within 10 seconds", "within 5 seconds");
    // No change of the standards, and nothing that an edition could show.
    let book = book.edit("sequences/visit.yaml", "pl: Na", "pl: Po");
    issued(&book, "2", &["--in-force", "2026-02-02"]);
    let book = book.edit("sequences/visit.yaml", "id: price-tags", "id: price-labels\n        was: [price-tags]");
    let kinds = |args: &[&str]| -> Vec<String> {
        let run = book.run_words(&[&["diff", "--format", "json"], args].concat()).ends(0);
        assert!(run.stderr().contains("translations are not compared"), "{}", run.stderr());
        let changes = run.json()["changes"].as_array().expect("changes").clone();
        let of = |change: &Value| {
            format!("{} {}", change["id"].as_str().expect("id"), change["kind"].as_str().expect("kind"))
        };
        changes.iter().map(of).collect()
    };
    let hash = first.trim_end_matches(".yaml");
    let file = book.path().join("editions").join(&first);
    for old in ["1", hash, &hash[..5], &file.to_string_lossy()] {
        assert_eq!(kinds(&[old, "2"]), ["greet reworded", "greet tightened"], "{old}");
    }
    assert_eq!(kinds(&["2"]), ["price-labels renamed"]);
    assert_eq!(kinds(&["in-force"]), ["price-labels renamed"]);
    let page = book.run_words(&["diff", "1", "2", "--format", "md", "--lang", "pl"]).ends(0).stdout();
    assert!(page.contains("wydanie 1 → wydanie 2"), "{page}");
    assert!(book.run_words(&["diff", "7"]).ends(2).stderr().contains("no edition `7`"));
    let plan = book.run_words(&["manual", "--since", "2", "--format", "md"]).ends(0).stdout();
    assert!(plan.contains("price-labels"), "{plan}");
}

#[test]
fn editions_tell_what_a_standard_came_of() {
    let book = Book::sound();
    issued(&book, "1", &["--in-force", "2026-01-02"]);
    let before = book.read("sequences/visit.yaml");
    let head = "    standards:\n";
    let split = "      - {id: farewell, from: [greet], type: personal, level: basic, text: {en: The seller says goodbye., pl: Sprzedawca się żegna.}}\n";
    let text = before.replacen(head, &format!("{head}{split}"), 1);
    let text = text.replacen("      - id: price-tags\n", "      - id: price-tags\n        from: [greet]\n", 1);
    let book = book.with("sequences/visit.yaml", text);
    issued(&book, "2", &["--in-force", "2026-02-02"]);
    let run = book.run_words(&["diff", "1", "2"]).ends(0);
    run.prints("farewell (split from greet)").prints("price-tags (from): + greet");
    // The name of a set is made of what figures stand on.
    let named = |text: &str| {
        let book = Book::sound().with("sequences/visit.yaml", text);
        issued(&book, "1", &["--in-force", "2026-01-02"]);
        book.files("editions").into_iter().find(|file| !file.contains('/')).expect("a set")
    };
    let with = before.replacen("      - id: price-tags\n", "      - id: price-tags\n        from: [greet]\n", 1);
    assert_eq!(named(&before), named(&with));
}

#[test]
fn sets_that_nothing_names_are_pruned() {
    let book = audited();
    issued(&book, "1", &["--in-force", "2030-01-01"]);
    let set = book.files("editions").into_iter().find(|file| !file.contains('/')).expect("a set");
    let record = format!("audits/{}", book.files("audits")[0]);
    // Issued and named by a record; then issued alone; then neither.
    assert!(book.run_words(&["edition", "prune"]).ends(0).stdout().is_empty());
    std::fs::remove_file(book.path().join(&record)).expect("the record");
    assert!(book.run_words(&["edition", "prune"]).ends(0).stdout().is_empty());
    std::fs::remove_file(book.path().join("editions/issued/1.yaml")).expect("the issue");
    let list = book.run_words(&["edition", "list", "--format", "json"]).ends(0).json();
    assert_eq!(list["editions"][0]["unnamed"], true);
    assert!(book.run_words(&["edition", "list"]).ends(0).stdout().contains("nothing names it"));
    let dry = book.run_words(&["edition", "prune", "--dry-run"]).ends(0);
    assert!(dry.stdout().contains(&set) && dry.stderr().contains("would be removed"));
    assert_eq!(book.files("editions"), [set.as_str()]);
    // A review names it, though it is no review that could be read.
    let name = set.trim_end_matches(".yaml");
    let book = book.with("reviews/2026.yaml", format!("edition: \"{name}\"\nopened: [\n"));
    assert!(book.run_words(&["edition", "prune"]).ends(0).stdout().is_empty());
    std::fs::remove_file(book.path().join("reviews/2026.yaml")).expect("the review");
    assert!(book.run_words(&["edition", "prune"]).ends(0).stdout().contains(&set));
    assert!(book.files("editions").is_empty());
}

/// What the fillable page saves of a round in which all is met, with what it knows of its edition.
fn saved(book: &Book, args: &[&str]) -> Value {
    let page =
        book.run_words(&[&["checklist", "--format", "html", "--site", "market"], args].concat()).ends(0).stdout();
    let data = page.split("id=\"form-data\">").nth(1).and_then(|rest| rest.split("</script>").next());
    let data: Value = serde_json::from_str(data.expect("what the page knows")).expect("JSON");
    let rows = page.split("data-item=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let answer = |reference: &str| {
        let (standard, stamp) = reference.split_once('@').expect("a stamp");
        serde_json::json!({"standard": standard, "stamp": stamp, "answer": "met"})
    };
    serde_json::json!({
        "gamma-ok": "checklist", "version": 1, "book": data["book"], "language": "en", "site": "market", "round": "0a1b2c3d",
        "edition": data["edition"], "scope": data["fixed"]["scope"], "date": "2026-02-20T10:00", "auditor": "lead",
        "answers": rows.map(answer).collect::<Vec<_>>(),
    })
}

#[test]
fn a_form_brings_the_standards_that_it_asks_about() {
    let book = Book::sound();
    let form = saved(&book, &["--phase", "arrival"]).to_string();
    let other = saved(&book, &["--phase", "payment"]);
    let name = other["edition"]["hash"].as_str().expect("a hash")[..8].to_owned();
    // Since then the greeting was reworded and moved to another level, and the tags are gone.
    let book = book.edit("sequences/visit.yaml", GREET, GREET_EACH);
    let book = book.edit("sequences/visit.yaml", "level: basic", "level: expected").with("form.json", &form);
    let run = book.run_words(&["audit", "record", "form.json"]).ends(0);
    assert!(run.stderr().contains(&format!("another edition of the book, `{name}`")), "{}", run.stderr());
    assert_eq!(book.files("editions"), [format!("{name}.part.yaml")]);
    let record = book.read("audits/2026-02-20-market.yaml");
    assert!(
        record.contains(&format!("edition: \"{name}\"")) || record.contains(&format!("edition: {name}")),
        "{record}"
    );
    book.run_words(&["check"]).ends(0);
    let report = book.run_words(&["audit", "report", "--format", "json"]).ends(0).json();
    assert_eq!(report["overall"]["judged"], 1, "{report}");
    let levels = report["by"]["level"].as_array().expect("levels").clone();
    assert!(levels.iter().any(|level| level["key"] == "basic" && level["judged"] == 1), "{levels:?}");
    // Another form of the same edition adds what it asks; the same once more adds nothing.
    let mut second = other;
    second["round"] = "ffffffff".into();
    second["date"] = "2026-02-21T10:00".into();
    let book = book.with("second.json", second.to_string());
    book.run_words(&["audit", "record", "second.json"]).ends(0);
    let part = book.run_words(&["edition", "show", &name, "--format", "json"]).ends(0).json();
    let ids = part["standards"].as_array().expect("standards").iter().map(|one| one["id"].clone()).collect::<Vec<_>>();
    assert!(part["partial"] == true && ids.contains(&"greet".into()) && ids.contains(&"receipt".into()), "{ids:?}");
    let before = book.read(&format!("editions/{name}.part.yaml"));
    book.run_words(&["audit", "record", "second.json"]).ends(0);
    assert_eq!(book.read(&format!("editions/{name}.part.yaml")), before);
    book.run_words(&["check"]).ends(0);
}

#[test]
fn every_kind_of_form_says_which_edition_it_was_made_of() {
    let book = Book::sound();
    let sheet = book.path().join("form.xlsx");
    let checklist = ["checklist", "--site", "market", "--phase", "arrival"];
    book.run_words(&[&checklist[..], &["-o", &sheet.to_string_lossy()]].concat()).ends(0);
    let csv = book.run_words(&[&checklist[..], &["--format", "csv"]].concat()).ends(0).stdout();
    let md = book.run_words(&[&checklist[..], &["--format", "md"]].concat()).ends(0).stdout();
    let hash = saved(&book, &[])["edition"]["hash"].as_str().expect("a hash").to_owned();
    let name = &hash[..8];
    assert!(md.contains(&format!("- Edition: draft ({name})")), "{md}");
    let csv = csv.replacen(",,,greet@", ",met,,greet@", 1);
    let md = md.replacen("- [ ] met", "- [x] met", 1).replacen("- Date:", "- Date: 2026-02-20", 1);
    let book = book.with("form.csv", csv).with("form.md", md).edit("sequences/visit.yaml", "weight: 2.5", "weight: 3");
    // Only the workbook brings it; nothing here knows it, and the wordings are those of today.
    for (form, more) in [("form.md", &[][..]), ("form.csv", &["--date", "2026-02-21", "--site", "market"])] {
        let run = book.run_words(&[&["audit", "record", form, "--dry-run"], more].concat()).ends(0);
        assert!(run.stderr().contains(&format!("the edition `{name}` that the form was made of is not known here")));
        assert!(run.stdout().contains(name), "{}", run.stdout());
    }
    // In git it is found.
    let book = book.edit("sequences/visit.yaml", "weight: 3", "weight: 2.5");
    book.git(&["init", "--quiet", "."]);
    book.git(&["add", "sequences", "roles.yaml", "sites", "gamma-ok.yaml"]);
    book.git(&["commit", "--quiet", "-m", "As it was"]);
    let book = book.edit("sequences/visit.yaml", "weight: 2.5", "weight: 3");
    book.git(&["commit", "--quiet", "-a", "-m", "Heavier"]);
    let run = book.run_words(&["audit", "record", "form.md"]).ends(0);
    assert!(!run.stderr().contains("not known here"), "{}", run.stderr());
    assert_eq!(book.files("editions"), [format!("{name}.yaml")]);
    let shown = book.run_words(&["edition", "show", name, "--format", "json"]).ends(0).json();
    assert_eq!((&shown["partial"], shown["edition"].as_str()), (&false.into(), Some(hash.as_str())));
}

#[test]
fn a_filter_knows_what_only_an_edition_of_the_period_knew() {
    let book = audited();
    let record = book.files("audits")[0].clone();
    let before = book.run_words(&["audit", "report", "--phase", "payment", "--format", "json"]).ends(0).json();
    let text = book.read("sequences/visit.yaml");
    let without = text.split("  - id: payment").next().expect("the rest").to_owned();
    let book = book.with("sequences/visit.yaml", without);
    let after = book.run_words(&["audit", "report", "--phase", "payment", "--format", "json"]).ends(0).json();
    assert!(before["overall"]["judged"].as_u64() > Some(0), "{before}");
    assert_eq!(before["overall"], after["overall"]);
    // In a period without that record nobody knew it.
    let day = record.get(..4).expect("a year").parse::<u32>().expect("a year") - 1;
    let of = ["audit", "report", "--phase", "payment", "--to", &format!("{day}-12-31")];
    assert!(book.run_words(&of).ends(2).stderr().contains("no phase `payment`"));
}

#[test]
fn a_book_with_errors_is_not_issued() {
    let book = Book::sound().edit("sequences/visit.yaml", "trait: accurate", "trait: acurate");
    let issue = ["edition", "issue", "--number", "1", "--in-force", "2026-03-02", "--approved-by", "seller"];
    assert!(book.run_words(&issue).ends(1).stderr().contains("unknown-trait"));
    assert!(book.files("editions").is_empty());
}

#[test]
fn two_issues_with_one_number_or_day_are_told() {
    let book = Book::sound();
    issued(&book, "1", &["--in-force", "2026-01-02"]);
    let issue = book.read("editions/issued/1.yaml");
    let book = book.with("editions/issued/2.yaml", issue.replace("2026-01-02", "2026-02-02"));
    let told = |book: &Book| book.run_words(&["check"]).ends(1).stdout();
    assert!(told(&book).contains("[edition-twice]"), "{}", told(&book));
    let book = book.with("editions/issued/2.yaml", issue.replace("number: 1", "number: 2"));
    assert!(told(&book).contains("two editions are in force from 2026-01-02"), "{}", told(&book));
}

#[test]
fn an_edition_that_would_never_be_in_force_is_not_issued() {
    let book = Book::sound();
    let issue = |more: &str| book.run(&format!("edition issue --approved-by seller {more} --today 2026-03-02"));
    issue("--number 1 --in-force 2026-04-01").ends(0);
    let book = book.edit("sequences/visit.yaml", "within 10 seconds", "within 8 seconds").edit(
        "sequences/visit.yaml",
        "within: 10 s",
        "within: 8 s",
    );
    let issue = |more: &str| book.run(&format!("edition issue --approved-by seller {more} --today 2026-03-02"));
    issue("--number 2 --in-force 2026-03-20").ends(2).says("edition 1 is in force from 2026-04-01");
    issue("--number 2 --in-force 2026-05-01 --next-review 2026-04-30").ends(2).says("the next review, 2026-04-30");
    issue("--number 2 --in-force 2026-05-01 --next-review 2027-05-01").ends(0);
}

#[test]
fn a_report_of_the_past_says_what_was_demanded_then() {
    let book = Book::sound().with("form.md", "");
    let form = book.run("checklist --format md --site market").ends(0).stdout();
    let filled = form
        .replacen("- Date:", "- Date: 2026-03-02", 1)
        .replacen("- Auditor:", "- Auditor: lead", 1)
        .replacen("  - Observed (s):", "  - Observed (s): 14", 1);
    let book = book.with("form.md", filled);
    book.run("audit record form.md --today 2026-03-02").ends(0);
    let book = book
        .edit("sequences/visit.yaml", "greets the shopper within 10 seconds", "greets the shopper within 15 seconds")
        .edit("sequences/visit.yaml", "w ciągu 10 sekund", "w ciągu 15 sekund")
        .edit("sequences/visit.yaml", "within: 10 s", "within: 15 s");
    for command in ["audit report --format md", "audit report --format html"] {
        let report = book.run(&format!("{command} --today 2026-03-02")).ends(0).stdout();
        assert!(report.contains("within 10 seconds"), "{report}");
        assert!(!report.contains("within 15 seconds"), "14 s were too many for what was demanded then: {report}");
    }
}
