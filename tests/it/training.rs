//! Training files: what is exported can be read by the programs that it is for, and no wrong choice is right.

mod gift;

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use gamma_ok::book;
use gamma_ok::document::DocumentKind;
use gamma_ok::edition::{Filter, FilterKey};
use gamma_ok::source::Memory;

use crate::documents::{HOSTILE, books, disk, hostile_book, load, memory, seen};
use crate::support::Book;
use gift::{Answers, Entry};

fn bank(text: &str) -> Vec<Entry> {
    gift::read(text).unwrap_or_else(|fault| panic!("{fault}"))
}

fn questions(bank: &[Entry]) -> Vec<&gift::Question> {
    let of = |entry: &'_ Entry| match entry {
        Entry::Question(_) => true,
        Entry::Category(_) => false,
    };
    let questions = bank.iter().filter(|entry| of(entry));
    questions.filter_map(|entry| if let Entry::Question(one) = entry { Some(one) } else { None }).collect()
}

#[test]
fn every_book_gives_a_quiz_in_which_one_choice_is_right_and_no_other() {
    for path in books() {
        let loaded = disk(&path);
        for language in &loaded.book.languages {
            let text = loaded.exported(DocumentKind::Quiz, language.tag());
            let bank = bank(&text);
            let all = questions(&bank);
            // A book of few standards has few questions.
            let least = if path.ends_with("fahrradwerkstatt") { 3 } else { 10 };
            assert!(all.len() > least, "{}: {}", path.display(), all.len());
            let names: BTreeSet<&str> = all.iter().map(|one| one.name.as_str()).collect();
            assert_eq!(names.len(), all.len(), "names are unique");
            for one in &all {
                match &one.answers {
                    Answers::Choice(choices) => {
                        let right = choices.iter().filter(|(right, _)| *right).count();
                        let distinct: BTreeSet<&str> = choices.iter().map(|(_, text)| text.as_str()).collect();
                        assert_eq!((right, distinct.len()), (1, choices.len()), "{one:?}");
                        assert!(choices.len() >= 2, "{one:?}");
                    }
                    Answers::Match(pairs) => {
                        let mut places: Vec<usize> =
                            pairs.iter().map(|(_, place)| place.parse().expect("a place")).collect();
                        assert!(!places.is_sorted(), "{one:?}: the answer must not stand there");
                        places.sort_unstable();
                        assert!(places.iter().copied().eq(1..=pairs.len()) && pairs.len() >= 3, "{one:?}");
                    }
                }
            }
            for kind in ["figure", "order", "done"] {
                let there = names.iter().any(|name| name.ends_with(&format!(" {kind}")));
                assert!(there || path.ends_with("fahrradwerkstatt"), "{}: no {kind}", path.display());
            }
        }
    }
}

/// The right choice by the question's name.
fn right(text: &str) -> BTreeMap<String, String> {
    let bank = bank(text);
    let of = |one: &&gift::Question| match &one.answers {
        Answers::Choice(choices) => {
            let right = choices.iter().find(|(right, _)| *right).map(|(_, text)| text.clone());
            right.map(|right| (one.name.clone(), right))
        }
        Answers::Match(_) => None,
    };
    questions(&bank).iter().filter_map(of).collect()
}

/// The first id that a standard had.
fn oldest(standard: &serde_json::Value) -> &str {
    standard["was"].get(0).unwrap_or(&standard["id"]).as_str().expect("an id")
}

#[test]
fn the_right_choice_is_what_the_standard_says() {
    let book = Book::example("hotel-wisla");
    let text = book.run("export quiz").ends(0).says_nothing().stdout();
    let right = right(&text);
    let standards = book.run("show --format json").json();
    let mut asked = 0;
    for one in standards["standards"].as_array().expect("a list") {
        let id = oldest(one);
        assert!(
            ["level", "type"].iter().all(|kind| !right.contains_key(&format!("{id} {kind}"))),
            "no waiter needs it"
        );
        if let Some(said) = right.get(&format!("{} done", oldest(one))) {
            assert_eq!(seen(said), seen(one["text"]["en"].as_str().expect("English")), "{id}");
            asked += 1;
        }
        if let Some(said) = right.get(&format!("{id} figure")) {
            let value = one["measure"]["value"].to_string();
            assert!(said.contains(&value) || said.contains(&value.replace('.', ",")), "{id}: {said} for {value}");
        }
        for kind in ["say", "avoid"] {
            for (at, words) in one[kind].as_array().expect("a list").iter().enumerate() {
                if let Some(said) = right.get(&format!("{id} {kind} {}", at + 1)) {
                    let words = words["en"].as_str().expect("English");
                    assert_eq!(seen(said), format!("“{words}”"), "{id}");
                }
            }
        }
    }
    assert!(asked > 20, "{asked}");
    assert_eq!(right["greet-guest figure"], "within 10\u{a0}s");
}

#[test]
fn what_the_book_makes_doubtful_is_not_asked() {
    let standard = |id: &str, level: &str, rest: &str| {
        format!(
            "      - {{id: {id}, trait: quick, type: personal, level: {level}, measure: {{what: time, within: {rest}}}, \
             say: [Hello], avoid: [Hey, hello!], text: The clerk greets within {rest}.}}\n"
        )
    };
    let book = |standards: &[String]| {
        let sequence =
            format!("id: s\nphases:\n  - id: p\n    traits: [quick]\n    standards:\n{}", standards.concat());
        memory(&[
            ("gamma-ok.yaml", "title: House\n"),
            ("traits/own.yaml", "traits:\n  - {id: quick, title: Quick}\n"),
            ("sequences/s.yaml", &sequence),
        ])
    };
    let names = |standards: &[String]| {
        right(&book(standards).exported(DocumentKind::Quiz, "en")).into_keys().collect::<Vec<_>>()
    };
    let one = standard("a", "basic", "10 s");
    assert_eq!(names(std::slice::from_ref(&one)), ["a figure", "a say 1"]);
    // Two figures for one thing at one level: either could be meant.
    let other = standard("b", "basic", "20 s");
    assert!(!names(&[one.clone(), other]).iter().any(|name| name.ends_with("figure")));
    // What is said is not offered as something that is not, nor the other way round: `hello!` is `Hello`.
    let text = book(&[one]).exported(DocumentKind::Quiz, "en");
    let say = bank(&text);
    let say = questions(&say).into_iter().find(|one| one.name == "a say 1").expect("a question").answers.clone();
    let Answers::Choice(choices) = say else { panic!("a choice") };
    assert_eq!(choices.len(), 2, "{choices:?}");
}

#[test]
fn steps_that_come_at_any_time_are_not_put_in_order() {
    let asked = |steps: &[(&str, &str)]| {
        let step =
            |(id, rest): &(&str, &str)| format!("      - {{id: {id}, customer: Does {id}, contact: phone{rest}}}\n");
        let steps: String = steps.iter().map(step).collect();
        let sequence = format!(
            "id: s\nphases:\n  - id: p\n    title: P\n    steps:\n{steps}    standards:\n      - {{id: a, type: personal, level: basic, text: The clerk nods.}}\n"
        );
        let book = memory(&[("gamma-ok.yaml", "title: House\n"), ("sequences/s.yaml", &sequence)]);
        let entries = bank(&book.exported(DocumentKind::Quiz, "en"));
        let order = questions(&entries).into_iter().find(|one| one.name == "p order").map(|one| one.answers.clone());
        order.map(|answers| match answers {
            Answers::Match(pairs) => pairs.into_iter().map(|(text, _)| text).collect::<Vec<_>>(),
            Answers::Choice(_) => panic!("a match"),
        })
    };
    let planned = [("call", ""), ("visit", ""), ("bill", "")];
    let sorted = |found: Option<Vec<String>>| {
        let mut found = found.expect("a question");
        found.sort_unstable();
        found
    };
    assert_eq!(sorted(asked(&planned)), ["Does bill", "Does call", "Does visit"]);
    // A complaint by telephone may come before the visit or after the bill.
    let with = |step| [&planned[..2], &[step], &planned[2..]].concat();
    assert_eq!(sorted(asked(&with(("claim", ", any-time: true")))), ["Does bill", "Does call", "Does visit"]);
    assert_eq!(sorted(asked(&with(("threat", ", has: threat")))), ["Does bill", "Does call", "Does visit"]);
    // Two steps leave nothing to ask.
    assert_eq!(asked(&[("call", ""), ("visit", ", any-time: true"), ("bill", "")]), None);
}

#[test]
fn hostile_texts_reach_the_platform_as_their_characters() {
    let more = ["~ = # { } : \\ -> // $CATEGORY: x", "[html]{=a ~b}", "%100% sure", "::a::b\\n", "&&058; &#58;"];
    for text in HOSTILE.iter().chain(&more) {
        let loaded = load(&Memory::new(hostile_book(text)));
        assert_eq!(loaded.standards.all.len(), 2, "the book for {text} is read");
        let gift = loaded.exported(DocumentKind::Quiz, "en");
        // `&amp;` is Markdown for `&`, and other escapes of it likewise, in an author's text too.
        let shown = text.replace("&amp;", "&").replace("&#58;", ":");
        let bank = bank(&gift);
        let all = questions(&bank);
        let figure = all.iter().find(|one| one.name == "s1 figure").unwrap_or_else(|| panic!("{gift}"));
        assert!(seen(&figure.text).contains(&shown), "{text}: {}", figure.text);
        assert!(!figure.text.contains("<script") && !figure.text.contains("<u>"), "{}", figure.text);
        let cards = loaded.exported(DocumentKind::Cards, "en");
        let cards = notes(&cards);
        let why = cards.iter().find(|one| one[3].contains("type::personal") && one[1].contains("Why")).expect("a card");
        let side = |at: usize| seen(&why[at].replace("&#91;", "["));
        assert!(side(1).contains(&shown) && side(2).contains(&shown), "{text}: {why:?}");
    }
}

/// The notes of a file for Anki, read with the same library and settings as its importer: tabs, `#` for comments, rows of
/// any length.
fn notes(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .delimiter(b'\t')
        .from_reader(text.as_bytes());
    reader.records().map(|record| record.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn cards_have_the_head_that_anki_reads_and_keep_their_names() {
    for path in books() {
        let loaded = disk(&path);
        for language in &loaded.book.languages {
            let text = loaded.exported(DocumentKind::Cards, language.tag());
            let head: Vec<&str> = text.lines().take_while(|line| line.starts_with('#')).collect();
            assert_eq!(head[..3], ["#separator:tab", "#html:true", "#notetype:Basic"]);
            assert!(head[3].starts_with("#deck:") && !head[3].contains("::"), "{}", head[3]);
            assert_eq!(head[4..], ["#guid column:1", "#tags column:4"]);
            let notes = notes(&text);
            assert_eq!(notes.len(), text.lines().count() - head.len(), "a line a card");
            assert!(notes.len() > 2 && notes.iter().all(|note| note.len() == 4), "{}", path.display());
            let guids: BTreeSet<&str> = notes.iter().map(|note| note[0].as_str()).collect();
            assert_eq!(guids.len(), notes.len());
        }
    }
    // A new wording of a standard is a new text of the same card.
    let book = Book::sound();
    let card = |book: &Book| {
        let text = book.run("export anki --phase arrival").ends(0).stdout();
        notes(&text).into_iter().find(|note| note[1].contains("Which figure")).expect("the figure")
    };
    let before = card(&book);
    assert!(
        before[3].contains("phase::arrival level::basic type::personal trait::friendly role::seller"),
        "{before:?}"
    );
    let after = card(&book.edit("sequences/visit.yaml", "within 10 seconds", "within 15 seconds").edit(
        "sequences/visit.yaml",
        "within: 10 s",
        "within: 15 s",
    ));
    assert_eq!(before[0], after[0]);
    assert!(before[2].contains("10\u{a0}s") && after[2].contains("15\u{a0}s"), "{after:?}");
}

#[test]
fn exports_take_languages_filters_and_a_file_and_are_the_same_each_day() {
    let book = Book::sound();
    let quiz = book.run("export quiz --lang pl").ends(0).says_nothing().stdout();
    assert!(quiz.starts_with("$CATEGORY: $course$/Sklep na rogu/Wizyta/Wejście\n"), "{quiz}");
    assert!(quiz.contains("// greet@9f542a4f\n::say-hello figure::[html]"), "{quiz}");
    for today in ["2026-01-01", "2030-12-31"] {
        assert_eq!(book.run(&format!("export quiz --lang pl --today {today}")).ends(0).stdout(), quiz);
    }
    book.run("export quiz --phase payment --level basic")
        .ends(0)
        .prints("payment.pay.handoff receiver")
        .omits("say-hello")
        .omits("price-tags");
    book.run("export anki --role seller --site corner -o cards.txt").ends(0).prints_nothing();
    assert!(book.read("cards.txt").contains("role::seller"));
    // Who asks for Swedish, which the book lacks, is told so in Swedish.
    book.run("export quiz --lang sv").ends(2).says("en, pl");
    book.run("export quizz").ends(2).says("'quiz'");
    book.run("export quiz --phase payment --type personal").ends(0).prints_nothing().says("no standards match");
    book.edit("roles.yaml", "roles:", "rolls:").run("export anki").ends(1).says("did you mean `roles`?");
}

/// The published grammar of GIFT (npm's `gift-pegjs`), as a second reader: where its folder is named in
/// `GAMMA_OK_GIFT_PEGJS`.
#[test]
#[allow(clippy::disallowed_macros, reason = "a test says why it is skipped")]
fn the_published_grammar_reads_the_quiz() {
    let Some(folder) = std::env::var_os("GAMMA_OK_GIFT_PEGJS") else {
        eprintln!("skipped: GAMMA_OK_GIFT_PEGJS does not name the folder of gift-pegjs");
        return;
    };
    let script = "const {parse} = require(process.argv[1]); const fs = require('fs'); \
                  const all = parse(fs.readFileSync(0, 'utf8')); console.log(JSON.stringify(all));";
    let mut texts: Vec<String> = books().iter().map(|path| disk(path).exported(DocumentKind::Quiz, "en")).collect();
    texts.extend(HOSTILE.iter().map(|text| load(&Memory::new(hostile_book(text))).exported(DocumentKind::Quiz, "en")));
    for text in texts {
        let folder_of = tempfile::tempdir().expect("a folder");
        let file = folder_of.path().join("quiz.gift");
        std::fs::write(&file, &text).expect("written");
        let input = std::fs::File::open(&file).expect("the file");
        let output = Command::new("node").args(["-e", script]).arg(&folder).stdin(input).output().expect("node runs");
        assert!(output.status.success(), "{}\n{text}", String::from_utf8_lossy(&output.stderr));
        let read: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let bank = bank(&text);
        let theirs = read.as_array().expect("a list");
        assert_eq!(theirs.len(), bank.len());
        for (ours, theirs) in bank.iter().zip(theirs) {
            match ours {
                Entry::Category(path) => assert_eq!(theirs["title"], path.as_str()),
                Entry::Question(one) => {
                    assert_eq!(theirs["title"], one.name.as_str());
                    assert_eq!(
                        (&theirs["stem"]["format"], &theirs["stem"]["text"]),
                        (&"html".into(), &one.text.as_str().into())
                    );
                    match &one.answers {
                        Answers::Choice(choices) => {
                            let read = theirs["choices"].as_array().expect("choices");
                            let read: Vec<(bool, String)> = read
                                .iter()
                                .map(|one| {
                                    (one["isCorrect"] == true, one["text"]["text"].as_str().expect("a text").to_owned())
                                })
                                .collect();
                            assert_eq!(*choices, read);
                        }
                        Answers::Match(pairs) => {
                            let read = theirs["matchPairs"].as_array().expect("pairs");
                            let read: Vec<(String, String)> = read
                                .iter()
                                .map(|one| {
                                    let left = one["subquestion"]["text"].as_str().expect("a text").to_owned();
                                    (left, one["subanswer"].as_str().expect("a text").to_owned())
                                })
                                .collect();
                            assert_eq!(*pairs, read);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn the_plan_begins_with_the_basics_and_the_moments_of_truth() {
    use gamma_ok::document::Manual;
    use gamma_ok::document::manual::Body;
    let loaded = disk(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hotel-wisla"));
    let plan = |roles: &[&str], site: Option<&str>| {
        let filter = Filter::default().with(FilterKey::Role, roles.iter().map(|role| (*role).to_owned()).collect());
        let document = loaded.compose(DocumentKind::Manual, "en", site, filter);
        let Some(manual) = document.view::<Manual>() else { unreachable!("composed as a manual") };
        let plans = manual.sections.iter().filter_map(|section| match &section.body {
            Body::Plan(plan) => Some(plan.clone()),
            _ => None,
        });
        let plan = plans.into_iter().next().expect("a plan");
        (plan, loaded.text_of("html", &*document), loaded.text_of("md", &*document))
    };
    let (all, ..) = plan(&[], None);
    let titles: Vec<String> =
        all.roles.iter().map(|role| role.title.as_ref().map_or("all".to_owned(), |title| title.characters())).collect();
    assert!(titles.contains(&"Receptionist".to_owned()) && titles.contains(&"Porter".to_owned()), "{titles:?}");
    for role in &all.roles {
        let numerals: Vec<&str> = role.stages.iter().map(|stage| stage.numeral).collect();
        assert!(numerals.is_sorted() && !numerals.is_empty(), "{numerals:?}");
        let numbers: Vec<usize> = role.stages.iter().flat_map(|stage| &stage.lessons).map(|one| one.number).collect();
        assert!(numbers.iter().copied().eq(1..=numbers.len()));
        for stage in &role.stages {
            assert!(stage.lessons.is_sorted_by_key(|lesson| !lesson.moment_of_truth), "{}", stage.label);
        }
    }
    // Each standard of the manual is learnt by somebody, and at the small house one person learns what the others did.
    let ids = |plan: &gamma_ok::document::manual::TrainingPlan| -> BTreeSet<String> {
        let lessons = plan.roles.iter().flat_map(|role| &role.stages).flat_map(|stage| &stage.lessons);
        lessons.flat_map(|lesson| &lesson.standards).map(|one| one.id.clone()).collect()
    };
    let active = |one: &&gamma_ok::method::Standard| one.status == book::Status::Active;
    let every: BTreeSet<String> = loaded.standards.all.iter().filter(active).map(|one| one.id.name.clone()).collect();
    assert_eq!(ids(&all), every);
    let (large, ..) = plan(&["receptionist"], Some("krakow"));
    let (small, html, markdown) = plan(&["receptionist"], Some("kazimierz-dolny"));
    assert_eq!((large.roles.len(), small.roles.len()), (1, 1));
    let carries = |plan| ids(plan).contains("luggage-to-room-10-min");
    assert!(carries(&small) && !carries(&large), "the porter's work");
    let first = &small.roles[0].stages[0].lessons[0];
    assert!(first.moment_of_truth);
    let text = seen(&html);
    assert!(text.contains("Learn in this order"));
    // The plan names what the chapters teach, and does not say it again.
    assert!(first.standards.iter().all(|one| one.number > 0 && one.text.is_none()));
    assert!(markdown.contains(" Training plan\n\nLearn in this order"), "{markdown}");
}

#[test]
fn what_changed_since_a_revision_is_all_that_the_plan_holds() {
    let visit = "sequences/visit.yaml";
    let book = Book::sound().commit("one").edit(visit, "within 10 seconds", "within 5 seconds").edit(
        visit,
        "within: 10 s",
        "within: 5 s",
    );
    let plan = |arguments: &str, title: &str| {
        let text = book.run(&format!("manual --format md --since HEAD {arguments}")).ends(0).stdout();
        let (_, rest) = text.split_once(&format!(". {title}\n\n")).unwrap_or_else(|| panic!("no plan in\n{text}"));
        rest.split("\n## ").next().unwrap_or_default().to_owned()
    };
    let all = plan("", "Training plan");
    assert!(all.starts_with("What has changed since HEAD, in the order"), "{all}");
    assert!(all.contains("### Seller (1 standard)") && all.contains("*(reworded, tightened)* `greet`"), "{all}");
    assert!(!all.contains("receipt") && !all.contains("price-tags") && !all.contains("Cashier"), "{all}");
    let cashier = plan("--role cashier --site market", "Training plan");
    assert_eq!(cashier.trim(), "Nothing that has to be learnt anew has changed since HEAD.");
    // Where the seller is the cashier too, what the seller learns is the cashier's.
    assert!(plan("--role cashier --site corner --lang pl", "Plan szkolenia").contains("`greet`"));
    book.run("manual --since no-such-revision").ends(2).says("no-such-revision");
    assert!(book.run("manual --format md").ends(0).stdout().contains("`receipt`"));
}
