//! What reports say of the past: nothing of it is lost without a word, and nothing counts twice.

use serde_json::{Value, json};

use crate::support::Book;

const SEQUENCE: &str = "\
id: s
phases:
  - id: p
    title: Welcome
    steps: [{id: in, role: clerk}]
    standards:
      - {id: greet, step: in, type: personal, level: basic, measure: {within: 20 s}, text: The clerk greets the guest within 20 seconds.}
      - {id: key, step: in, type: procedural, level: basic, critical: true, text: The clerk hands over the key.}
";

/// A book with one role, which had another name once.
fn house() -> Book {
    Book::empty()
        .with(
            "gamma-ok.yaml",
            "title: House\nlanguages: [en]\nderive: false\nreview: {every: 12 months, since: 2025-01-01}\n",
        )
        .with("roles.yaml", "roles: [{id: clerk, was: [desk-clerk], title: Clerk}]\n")
        .with("sequences/s.yaml", SEQUENCE)
}

fn report(book: &Book, options: &str) -> Value {
    book.run(&format!("--today 2026-03-01 audit report --format json {options}")).ends(0).json()
}

/// The stamp of a standard as it stands.
fn stamp(book: &Book, id: &str) -> String {
    let show = book.run("show --format json").ends(0).json();
    let all = show["standards"].as_array().expect("a list").clone();
    let one = all.into_iter().find(|one| one["id"] == id).expect("the standard");
    one["stamp"].as_str().expect("a stamp").to_owned()
}

/// A record of an edition that is not here, about a wording that is no longer in the book: 15 s were fast enough then.
fn judged_by_what_is_gone() -> (Book, String) {
    let book = house();
    let then = stamp(&book, "greet");
    let record = format!(
        "edition: 0123abcd\ndate: 2026-01-10\nauditor: lead\nanswers:\n  greet@{then}: 15 s\n  key: met\n  lost@11111111: met\n"
    );
    (book.with("audits/1.yaml", record), then)
}

fn tightened(book: Book) -> Book {
    book.edit("sequences/s.yaml", "{within: 20 s}", "{within: 10 s}")
}

#[test]
fn answers_that_nothing_can_judge_are_kept_and_told() {
    let (book, _) = judged_by_what_is_gone();
    let known = report(&book, "");
    assert_eq!((&known["answers_not_counted"], &known["overall"]["met"]), (&json!(2), &json!(1)), "{known}");
    let book = tightened(book);
    let lost = report(&book, "");
    assert_eq!((&lost["answers_not_counted"], &lost["overall"]["judged"]), (&json!(3), &json!(0)), "{lost}");
    assert_eq!(report(&book, "--from 2026-02-01")["answers_not_counted"], 0, "of another time");
    let run = book.run("--today 2026-03-01 audit report").ends(0);
    run.says("3 answers are kept and not counted").prints("3 answers are not in these figures");
    book.run("--today 2026-03-01 check").prints("3 answers of this record are kept and not counted");
}

#[test]
fn a_wording_is_looked_for_in_reviews_and_in_git() {
    let (book, then) = judged_by_what_is_gone();
    let kept = format!(
        "opened: 2026-02-01\nclosed: 2026-02-02\nreviewers: [clerk]\ndecisions:\n  greet@{then}:\n    decision: tighten\n    \
         reason: Guests wait\n    wording: The clerk greets the guest within 20 seconds.\n    measure: {{within: 20 s}}\n"
    );
    let reviewed = tightened(book).with("reviews/2026.yaml", kept);
    let told = report(&reviewed, "");
    assert_eq!((&told["answers_not_counted"], &told["overall"]["met"]), (&json!(2), &json!(1)), "{told}");
    assert_eq!(told["standards"][0]["stamp"], json!(then), "under its own wording");

    let (book, then) = judged_by_what_is_gone();
    book.git(&["init", "--quiet", "."]);
    book.git(&["add", "."]);
    book.git(&["commit", "--quiet", "-m", "A round"]);
    let told = report(&tightened(book), "");
    assert_eq!((&told["answers_not_counted"], &told["overall"]["met"]), (&json!(2), &json!(1)), "{told}");
    assert_eq!(told["standards"][0]["stamp"], json!(then));
}

#[test]
fn what_two_auditors_found_in_one_visit_is_told_once() {
    let round = |auditor: &str, visit: &str, answers: &str| {
        format!("date: 2026-01-10\nvisit: {visit}\nauditor: {auditor}\nanswers: {answers}\n")
    };
    let book = house()
        .with("audits/1.yaml", round("lead", "day", "{greet: not met, key: {answer: not met, note: Left alone}}"))
        .with("audits/2.yaml", round("guest", "day", "{greet: not met, key: {answer: not met, note: Sent away}}"))
        .with("audits/3.yaml", round("lead", "night", "{greet: not met}"))
        .with("audits/4.yaml", round("guest", "night", "{greet: met}"));
    let told = report(&book, "");
    let found = told["findings"].as_array().expect("a list");
    let counted = found.iter().filter(|one| one["nonconformity"] == true).count();
    assert_eq!((found.len(), counted), (5, 2), "{found:?}");
    assert_eq!(told["without_action"].as_array().map(Vec::len), Some(1), "{told}");
    let page = book.run("--today 2026-03-01 audit report").ends(0);
    page.prints("1 critical failure has no action").prints("Left alone · Sent away");
    book.run("--today 2026-03-01 review open 2026 --all").ends(0);
    let report = book.run("--today 2026-03-01 review report 2026").ends(0).prints("2 without a grade");
    // What nobody weighed or acts on is told by standard, without empty columns for cause and effect.
    let plain = report.stdout();
    assert_eq!(plain.matches("## Not met, without a grade and without an action").count(), 1, "{plain}");
}

#[test]
fn critical_failures_that_were_met_later_are_told_beside_those_that_were_not() {
    let record = |day: u32, answer: &str| format!("date: 2026-01-{day}\nauditor: lead\nanswers: {{key: {answer}}}\n");
    let book = house()
        .with("audits/1.yaml", record(10, "not met"))
        .with("audits/2.yaml", record(20, "met"))
        .with("audits/3.yaml", record(25, "not met"));
    let report = |book: &Book, options: &str| book.run(&format!("--today 2026-03-01 audit report {options}")).ends(0);
    let told = report(&book, "");
    let told = told.prints("1 critical failure has no action, and the standard was not found met at that place later");
    let told = told.prints(
        "1 critical failure of this period had no action; later the standard was found met at that place. It stands under \
         “Critical standards not met”.",
    );
    let named = told.stdout();
    let named = named.split("## Critical standards not met").nth(1).and_then(|part| part.split("\n## ").next());
    assert_eq!(named.map(|part| part.matches("| no action |").count()), Some(2), "{named:?}");
    report(&book, "--from 2026-01-15")
        .omits("failure of this period had no action")
        .prints("1 critical failure has no action");
}

#[test]
fn how_many_months_chance_alone_puts_outside_is_told_beside_how_many_are() {
    let book = (0..24).fold(house(), |book, month| {
        let day = format!("{}-{:02}-10", 2024 + month / 12, month % 12 + 1);
        let answer = if month == 7 { "2/10" } else { "9/10" };
        book.with(&format!("audits/{day}.yaml"), format!("date: {day}\nauditor: lead\nanswers: {{greet: {answer}}}\n"))
    });
    let run = book.run("--today 2026-03-01 audit report").ends(0).prints("outside the limits: 2024-08.");
    run.prints(
        "1 standard has a control chart, with 24 months. If nothing ever changed, chance alone would put about 0.1 of them \
         outside the limits. Months outside: 1.",
    );
}

#[test]
fn a_renamed_role_is_the_same_auditor() {
    let round = |auditor: &str, day: u32| {
        format!(
            "date: 2026-01-{day}\nauditor: {auditor}\nanswers: {{greet: met, key: {{answer: not met, action: {{what: Look, owner: desk-clerk}}}}}}\n"
        )
    };
    let book = house().with("audits/1.yaml", round("desk-clerk", 10)).with("audits/2.yaml", round("clerk", 20));
    let told = report(&book, "");
    let auditors: Vec<&Value> =
        told["by"]["auditor"].as_array().expect("a list").iter().map(|one| &one["key"]).collect();
    assert_eq!(auditors, [&json!("clerk")]);
    assert_eq!(told["actions"][0]["owner"], "clerk");
    // The same round on a form of before, and on one of today.
    let twice = book.with("audits/3.yaml", round("clerk", 10).replace("{greet: met", "{  greet: met"));
    twice.run("--today 2026-03-01 check").prints("round-twice");
}

#[test]
fn the_first_page_tells_a_change_of_the_whole() {
    let mut book = house();
    for (year, met) in [(2024, 11), (2025, 4)] {
        for month in 1..=12 {
            let (greet, key) = if month <= met { ("met", "met") } else { ("not met", "not met") };
            let (greet, key) = if month % 2 == 0 { (greet, "met") } else { ("met", key) };
            let text = format!("date: {year}-{month:02}-05\nauditor: lead\nanswers: {{greet: {greet}, key: {key}}}\n");
            book = book.with(&format!("audits/{year}-{month:02}.yaml"), text);
        }
    }
    let told = report(&book, "--from 2025-01-01 --to 2025-12-31");
    let whole = told["comparisons"].as_array().expect("a list").iter().find(|one| one["dimension"] == "period");
    assert_eq!(whole.expect("the period before")["established"], true, "{told}");
    assert!(told["changes"].as_array().expect("a list").iter().all(|one| one["established"] == false), "{told}");
    let page = book.run("--today 2026-03-01 audit report --from 2025-01-01 --to 2025-12-31").ends(0).stdout();
    let first = page.split("## Scores").next().expect("a first page");
    assert!(first.contains("less was met in") && first.contains("more than chance"), "{first}");
}

#[test]
fn a_year_is_compared_with_the_year_before() {
    let mut book = house();
    for day in ["2024-01-05", "2024-12-31", "2025-06-05"] {
        book = book.with(&format!("audits/{day}.yaml"), format!("date: {day}\nanswers: {{greet: met, key: met}}\n"));
    }
    let told = report(&book, "--from 2025-01-01 --to 2025-12-31");
    assert_eq!(told["compared"]["before"], json!(["2024-01-01", "2024-12-31"]), "a leap year has one day more");
    let told = report(&book, "--from 2025-02-03 --to 2025-02-12");
    assert_eq!(told["compared"]["before"], json!(["2025-01-24", "2025-02-02"]), "days are days");
}

/// A book of two sites and phases whose only round names its edition.
fn kept() -> Book {
    let phases = "  - {id: q, title: Farewell, standards: [{id: bye, type: personal, level: basic, critical: true, text: The clerk says goodbye.}]}\n";
    let book = house()
        .with("sequences/s.yaml", format!("{SEQUENCE}{phases}"))
        .with("sites/a.yaml", "{id: a, title: Harbour}\n")
        .with("sites/b.yaml", "{id: b, title: Mill}\n");
    let answers = "answers: {greet: met, key: met, bye: not met}\n";
    let list =
        book.run("edition issue --number 1 --in-force 2026-01-01 --approved-by clerk --today 2026-01-01").ends(0);
    drop(list);
    let edition = book.files("editions").into_iter().find(|file| !file.starts_with("issued")).expect("the set");
    let edition = edition.trim_end_matches(".yaml").to_owned();
    book.with("audits/1.yaml", format!("edition: \"{edition}\"\nsite: a\ndate: 2026-01-10\nauditor: clerk\n{answers}"))
}

#[test]
fn lists_of_the_past_keep_the_order_and_the_titles_of_its_edition() {
    let book = kept();
    let keys = |told: &Value| -> Vec<Value> {
        let by = told["by"]["phase"].as_array().expect("a list").iter().map(|one| one["key"].clone());
        by.chain(told["standards"].as_array().expect("a list").iter().map(|one| one["id"].clone())).collect()
    };
    let then = keys(&report(&book, ""));
    let (head, rest) = SEQUENCE.split_once("phases:\n").expect("phases");
    let farewell = "  - {id: q, title: Farewell, standards: [{id: bye, type: personal, level: basic, critical: true, text: The clerk says goodbye.}]}\n";
    let book = book.with("sequences/s.yaml", format!("{head}phases:\n{farewell}{rest}"));
    assert_eq!(keys(&report(&book, "")), then, "though the book has another order");
    std::fs::remove_file(book.path().join("sites/a.yaml")).expect("a site");
    let page = book.run("--today 2026-03-01 audit report --format html").stdout();
    assert!(page.contains("Harbour"), "a site that is gone is called as it was");
    assert!(page.contains("Clerk"), "an auditor that is a role by its title");
    let actions = book.run("--today 2026-03-01 audit actions --format html").stdout();
    assert!(actions.contains("Critical failures without an action") && actions.contains("says goodbye"), "{actions}");
}

#[test]
fn whoever_is_forgotten_is_forgotten_in_reviews_and_kept_reports_too() {
    let book = kept();
    let record = book.read("audits/1.yaml").replace("auditor: clerk", "auditor: R-07");
    let book = book.with("audits/1.yaml", record);
    book.run("--today 2026-03-01 review open 2026 --all").ends(0);
    let open = "    decision:\n    reason:\n    owner:\n";
    let file = book.read("reviews/2026.yaml").replace("reviewers: []", "reviewers: [clerk, R-07]");
    let book =
        book.with("reviews/2026.yaml", file.replace(open, "    decision: keep\n    reason: Yes\n    owner: R-07\n"));
    book.run("--today 2026-03-02 review close 2026").ends(0).says("reviews/closed/2026.json");
    assert!(book.read("reviews/closed/2026.json").contains("R-07"));
    book.run("--today 2026-03-03 audit forget R-07 --reason Left").ends(0);
    let file = book.read("reviews/2026.yaml");
    assert!(file.contains("reviewers: [clerk, forgotten-1]") && file.contains("forgotten: [{why: Left"), "{file}");
    assert!(!file.contains("R-07") && !book.read("reviews/closed/2026.json").contains("R-07"));
    book.run("--today 2026-03-03 check").ends(0);
    book.run("--today 2026-03-03 review report 2026").ends(0).prints("forgotten-1");
}

#[test]
fn the_first_page_names_the_worst_that_nobody_acts_on_and_says_where_the_rest_stands() {
    let ids = ["a", "b", "c", "d", "e", "f"];
    let standard = |id: &str| {
        format!(
            "      - {{id: {id}, step: in, type: product, level: basic, critical: true, text: The {id} lamp is lit.}}\n"
        )
    };
    let standards: String = ids.iter().map(|id| standard(id)).collect();
    let answers = |ids: &[&str]| {
        let all: Vec<String> = ids.iter().map(|id| format!("{id}: not met")).collect();
        format!("auditor: lead\nanswers: {{{}}}\n", all.join(", "))
    };
    let book = house()
        .with("sequences/s.yaml", format!("{SEQUENCE}{standards}"))
        .with("audits/1.yaml", format!("date: 2026-01-10\n{}", answers(&ids)))
        .with("audits/2.yaml", format!("date: 2026-01-20\n{}", answers(&["f"])));
    let told = book.run("--today 2026-03-01 audit report").ends(0).stdout();
    let first = told.split("## Who does what by when").nth(1).expect("what is to be done");
    let (first, rest) = first.split_once("\n## Scores").expect("the figures");
    assert!(first.contains("7 critical failures have no action"), "{first}");
    assert!(
        first.contains("3 more critical failures without an action stand below, under “Corrective actions”."),
        "{first}"
    );
    assert_eq!(first.matches("lamp is lit").count(), 4, "{first}");
    assert!(first.find("The f lamp") < first.find("The e lamp"), "what failed most often comes first: {first}");
    let below = rest.split("### Critical failures without an action").nth(1).expect("the rest");
    let below = below.split("\n## ").next().expect("the part");
    assert_eq!(below.matches("lamp is lit").count(), 7, "{below}");
    // Where the first page has room for all of them, they are told once.
    let few = book.with("audits/1.yaml", format!("date: 2026-01-10\n{}", answers(&["a", "b", "f"])));
    let told = few
        .run("--today 2026-03-01 audit report")
        .ends(0)
        .omits("Critical failures without an action")
        .omits("stand below")
        .stdout();
    let first = told.split("4 critical failures have no action").nth(1).expect("how many");
    let first = first.split("\n## ").next().expect("the part");
    assert_eq!(first.matches("lamp is lit").count(), 4, "as many rows as are counted: {first}");
}

#[test]
fn times_are_compared_from_the_earlier_to_the_later_and_the_sign_is_that_of_the_later() {
    let records = |book: Book, year: u32, answer: &str| {
        (1..=9).fold(book, |book, day| {
            let record = format!("date: {year}-02-0{day}\nauditor: lead\nanswers: {{greet: {answer}}}\n");
            book.with(&format!("audits/{year}-{day}.yaml"), record)
        })
    };
    let book = records(records(house(), 2024, "not met"), 2025, "met");
    let report = |options: &str| book.run(&format!("--today 2026-03-01 audit report {options}")).ends(0).stdout();
    let told = report("");
    assert!(told.contains("| 2024 | 2025 | \\+100 (") && told.contains("| 2025: higher |"), "{told}");
    let told = report("--from 2025-01-01 --to 2025-12-31");
    let period = told.lines().find(|line| line.contains("+100 (") && line.contains("2025: higher |"));
    let period = period.unwrap_or_else(|| panic!("a comparison of the two: {told}"));
    assert!(period.find("2024") < period.find("100 ("), "{period}");
    let html = report("--format html");
    assert!(html.contains("2025: higher"), "the same in other formats");
}

#[test]
fn a_report_says_how_many_records_name_an_edition_that_is_not_here() {
    let book = house();
    let now = stamp(&book, "greet");
    let record = |edition: &str, day: u32| {
        format!("{edition}date: 2026-01-{day}\nauditor: lead\nanswers: {{greet@{now}: 15 s}}\n")
    };
    let book = book.with("audits/1.yaml", record("edition: 0123abcd\n", 10)).with("audits/2.yaml", record("", 20));
    assert_eq!(report(&book, "")["records_of_lost_editions"], 1, "its answer can be judged, but not placed as it was");
    let run = book.run("--today 2026-03-01 audit report").ends(0);
    run.says("1 of 2 records names an edition that is not here").prints("0123abcd (not here)").prints(
        "1 of 2 records names an edition that is not here: its answers are judged by their stamps and count under the phase",
    );
    assert_eq!(report(&book, "--from 2026-01-15")["records_of_lost_editions"], 0);
}

#[test]
fn a_site_that_is_gone_stands_where_it_stood() {
    let site = |id: &str| format!("id: {id}\ntitle: {id}\n");
    let book = house().with("sites/a.yaml", site("a")).with("sites/b.yaml", site("b"));
    for (site, day) in [("a", 10), ("b", 20)] {
        book.run(&format!("audit new --site {site} --date 2026-01-{day} --auditor lead --today 2026-01-{day}")).ends(0);
        let file = format!("audits/2026-01-{day}-{site}.yaml");
        let empty = book.read(&file);
        let text = empty.lines().map(|line| match line.split_once('@') {
            Some((key, stamp)) if key.trim() == "key" => {
                format!("{key}@{}: met\n", stamp.split(':').next().expect("a stamp"))
            }
            _ => format!("{line}\n"),
        });
        let text: String = text.collect();
        std::fs::write(book.path().join(&file), text).expect("a record");
    }
    let sites = |book: &Book| {
        let told = report(book, "");
        let all = told["by"]["site"].as_array().expect("a list").iter().map(|one| one["key"].clone());
        all.collect::<Vec<_>>()
    };
    let before = sites(&book);
    assert_eq!(before, [json!("a"), json!("b")]);
    std::fs::remove_file(book.path().join("sites/a.yaml")).expect("a site");
    assert_eq!(sites(&book), before);
}

#[test]
fn what_is_answered_about_a_draft_is_a_trial() {
    let record = "date: 2026-01-10\nauditor: lead\nanswers:\n  greet: 15 s\n  key: not met\n";
    let of = |status: &str| {
        let book = house().with("audits/1.yaml", record);
        let key = "{id: key, step: in, type: procedural, level: basic, critical: true, ";
        report(&book.edit("sequences/s.yaml", key, &format!("{key}{status}")), "")
    };
    assert_eq!(of("")["overall"]["judged"], 2);
    let trial = of("status: draft, ");
    assert_eq!(trial["overall"]["judged"], 1, "{trial}");
    assert_eq!(trial["overall"]["critical_failed"], json!([]));
    let standards = trial["standards"].as_array().expect("a list");
    assert!(standards.iter().all(|standard| standard["id"] != "key" || standard["judged"] == 0), "{trial}");
}

#[test]
fn an_answer_about_a_draft_is_marked_wherever_answers_are_listed() {
    let action = "{answer: not met, note: Late, action: {what: Word it, due: 2026-02-01}}";
    let record = format!("date: 2026-01-10\nauditor: lead\nanswers:\n  greet: 15 s\n  key: {action}\n");
    let key = "{id: key, step: in, type: procedural, level: basic, critical: true, ";
    let book = house().with("audits/1.yaml", record);
    let book = book.with("gamma-ok.yaml", "title: House\nlanguages: [en, pl, sv]\nderive: false\n");
    let book = book.edit("sequences/s.yaml", key, &format!("{key}status: draft, "));
    let run = |command: &str| book.run(&format!("--today 2026-03-01 {command}")).stdout();
    for (tag, mark) in
        [("en", "(draft, not counted)"), ("pl", "(szkic, nie liczy się)"), ("sv", "(utkast, räknas inte)")]
    {
        for command in ["audit report --format md", "audit report --format html", "audit actions --format html"] {
            let page = run(&format!("{command} --lang {tag}"));
            assert!(page.contains(mark), "{command} {tag}: {page}");
            // Not beside what counts, and in no list of what is critical.
            assert!(!page.contains(&format!("20 seconds. {mark}")), "{command} {tag}");
        }
    }
    let page = run("why key --format html");
    assert!(page.contains("(draft, not counted)"), "{page}");
    let told = report(&book, "");
    let of = |list: &str, id: &str| {
        let all = told[list].as_array().expect("a list").clone();
        all.into_iter().find(|one| one["standard"] == id).unwrap_or_else(|| panic!("{id} in {told}"))
    };
    let finding = of("findings", "key");
    assert_eq!(
        (&finding["draft"], &finding["critical"], &finding["nonconformity"]),
        (&json!(true), &json!(false), &json!(false))
    );
    assert_eq!(of("actions", "key")["draft"], true);
    let actions = book.run("--today 2026-03-01 audit actions --format json").json();
    assert_eq!(actions["actions"][0]["draft"], true);
    assert!(
        run("audit actions --format csv").contains(",draft\n")
            && run("audit actions").contains("key (draft, not counted)")
    );
    let why = book.run("why key --format json").ends(0).json();
    assert_eq!(why["records"][0]["draft"], true);
}

/// A book of two sequences in two areas, whose only round names its edition.
fn ordered(roles: &str, areas: &str, traits: &str) -> Book {
    let of = |id: &str, area: &str, role: &str, of_trait: &str| {
        format!(
            "id: {id}\narea: {area}\nphases:\n  - id: {id}-in\n    title: In\n    standards:\n      - {{id: {id}-a, type: personal, level: basic, \
             role: {role}, trait: {of_trait}, text: The {role} greets at {id}.}}\n"
        )
    };
    Book::empty()
        .with(
            "gamma-ok.yaml",
            format!("title: House\nlanguages: [en]\nderive: false\nareas: [{areas}]\nsequences: [desk, bar]\n"),
        )
        .with("roles.yaml", format!("roles: [{roles}]\n"))
        .with("traits/own.yaml", format!("traits: [{traits}]\n"))
        .with("sequences/desk.yaml", of("desk", "rooms", "porter", "warm"))
        .with("sequences/bar.yaml", of("bar", "drinks", "barkeeper", "quick"))
}

#[test]
fn figures_of_the_past_are_the_same_bytes_whatever_is_put_into_another_order() {
    let roles = ["{id: porter, title: Porter}", "{id: barkeeper, title: Barkeeper}"];
    let areas = ["{id: rooms, title: Rooms}", "{id: drinks, title: Drinks}"];
    let traits = ["{id: warm, title: Warm}", "{id: quick, title: Quick}"];
    let book = ordered(&roles.join(", "), &areas.join(", "), &traits.join(", "));
    book.run("edition issue --number 1 --in-force 2026-01-01 --approved-by porter --today 2026-01-01").ends(0);
    let edition = book.files("editions").into_iter().find(|file| !file.starts_with("issued")).expect("the set");
    let edition = edition.trim_end_matches(".yaml").to_owned();
    let book = book.with(
        "audits/1.yaml",
        format!(
            "edition: \"{edition}\"\ndate: 2026-01-10\nauditor: porter\nanswers: {{desk-a: met, bar-a: not met}}\n"
        ),
    );
    let told = |book: &Book| -> Vec<String> {
        let formats = ["json", "md", "csv"].into_iter();
        formats.map(|format| book.run(&format!("--today 2026-03-01 audit report --format {format}")).stdout()).collect()
    };
    let then = told(&book);
    assert!(then[0].contains("\"barkeeper\"") && then[0].contains("\"drinks\""), "{}", then[0]);
    let turned = |list: &[&str]| list.iter().rev().copied().collect::<Vec<_>>().join(", ");
    let book = book
        .with("roles.yaml", format!("roles: [{}]\n", turned(&roles)))
        .with("traits/own.yaml", format!("traits: [{}]\n", turned(&traits)))
        .edit("gamma-ok.yaml", &areas.join(", "), &turned(&areas))
        .edit("gamma-ok.yaml", "sequences: [desk, bar]", "sequences: [bar, desk]");
    assert_eq!(told(&book), then);
    // Nor does it matter where a record names no edition.
    let of_today = |roles: &[&str], areas: &[&str], traits: &[&str]| {
        let book = ordered(&roles.join(", "), &areas.join(", "), &traits.join(", "));
        told(&book.with("audits/1.yaml", "date: 2026-01-10\nauditor: porter\nanswers: {desk-a: met, bar-a: not met}\n"))
    };
    let back = |list: [&'static str; 2]| [list[1], list[0]];
    assert_eq!(of_today(&roles, &areas, &traits), of_today(&back(roles), &back(areas), &back(traits)));
}

#[test]
fn what_keeps_a_level_away_stands_in_the_phase_that_it_stood_in() {
    let book = kept();
    // The phase of the standard is gone, and another one stands in its place.
    let other = "  - {id: x, title: Elsewhere, standards: [{id: seat, type: personal, level: basic, text: The clerk offers a seat.}]}\n";
    let book = book.with("sequences/s.yaml", format!("{SEQUENCE}{other}"));
    for options in ["", "--to 2026-01-31"] {
        let page = book.run(&format!("--today 2026-03-01 audit report --format md {options}")).stdout();
        let blocks =
            page.lines().find(|line| line.contains("says goodbye") && line.contains('|')).expect("a row").to_owned();
        assert!(blocks.contains("Farewell") && !blocks.contains("Elsewhere"), "{options}: {blocks}");
    }
}
