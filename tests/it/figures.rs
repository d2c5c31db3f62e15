//! `audit report`: figures worked out by hand, and the report in every form.

use serde_json::{Value, json};

use crate::support::Book;

const SEQUENCE: &str = "\
id: s
area: front
phases:
  - id: p
    title: Welcome
    traits: [friendly]
    steps:
      - {id: in, contact: face-to-face}
      - {id: carry, role: porter}
    standards:
      - {id: greet, step: in, trait: friendly, type: personal, level: basic, weight: 3, measure: {within: 10 s, share: 90 %}, text: The clerk greets the guest within 10 seconds.}
      - {id: lift, step: carry, trait: friendly, type: product, level: basic, text: The porter lifts the bag.}
      - {id: tray, trait: friendly, type: procedural, level: expected, text: The clerk brings a tray.}
      - {id: key, trait: friendly, type: procedural, level: basic, critical: true, text: The clerk hands over the key.}
      - {id: map, trait: friendly, type: product, level: exclusive, text: The clerk hands over a map.}
";

/// Two sites, of which one has no porter; five standards.
fn house() -> Book {
    Book::empty()
        .with("gamma-ok.yaml", "title: House\nlanguages: [en]\nderive: false\nlevels: {basic: 100 %, expected: 50 %, exclusive: 75 %}\n")
        .with("roles.yaml", "roles:\n  - {id: clerk, title: Clerk}\n  - {id: porter, title: Porter, when: site.porter, covered-by: clerk}\n")
        .with("sites/a.yaml", "id: a\ntitle: North\nporter: true\n")
        .with("sites/b.yaml", "id: b\ntitle: South\nporter: false\n")
        .with("sequences/s.yaml", SEQUENCE)
}

/// The book with one round at each site.
fn audited() -> Book {
    house()
        .with(
            "audits/1.yaml",
            "site: a\ndate: 2026-01-10\nauditor: lead\nanswers:\n  greet: 8 s\n  lift: met\n  tray: met\n  key: met\n  map: {answer: n/a, why: None printed}\n",
        )
        .with(
            "audits/2.yaml",
            "site: b\ndate: 2026-02-10\nauditor: guest\nkind: mystery\nanswers:\n  greet: 17/20\n  lift: not met\n  tray: {answer: n/a, why: No trays}\n  key: {answer: not met, note: <b>=1+1</b>}\n",
        )
}

fn report(book: &Book, options: &str) -> Value {
    book.run(&format!("--today 2026-03-01 audit report --format json {options}")).ends(0).json()
}

fn by<'a>(report: &'a Value, head: &str, key: &str) -> &'a Value {
    let list = report["by"][head].as_array().unwrap_or_else(|| panic!("no {head}"));
    list.iter().find(|entry| entry["key"] == key).unwrap_or_else(|| panic!("no {key} in {list:?}"))
}

fn keys(report: &Value, head: &str) -> Vec<String> {
    let list = report["by"][head].as_array().unwrap_or_else(|| panic!("no {head}"));
    list.iter().map(|entry| entry["key"].as_str().unwrap_or_default().to_owned()).collect()
}

fn near(value: &Value, wanted: f64) -> bool {
    value.as_f64().is_some_and(|value| (value - wanted).abs() < 1e-9)
}

#[test]
fn figures_are_what_they_are_by_hand() {
    let report = report(&audited(), "");
    let all = &report["overall"];
    // 4 of 7 items; their weights are 3 + 1 + 1 + 1 of 3 + 1 + 1 + 1 + 3 + 1 + 1.
    assert_eq!([&all["met"], &all["judged"], &all["not_applicable"], &all["not_observed"]], [4, 7, 2, 1]);
    assert!(near(&all["score"], 6.0 / 11.0), "{all}");
    assert!(near(&all["coverage"], 7.0 / 8.0), "{all}");
    // Wilson, 4 of 7.
    assert!((all["interval"][0].as_f64().unwrap_or_default() - 0.250_48).abs() < 5e-5, "{all}");
    assert!((all["interval"][1].as_f64().unwrap_or_default() - 0.841_78).abs() < 5e-5, "{all}");
    assert_eq!((&all["critical_failed"], &all["level_reached"]), (&json!(["key"]), &json!(null)));
    // At a site: fewer than five judged keep the figure and have no interval.
    let (a, b) = (by(&report, "site", "a"), by(&report, "site", "b"));
    assert_eq!((&a["score"], &a["interval"], &a["level_reached"]), (&json!(1.0), &json!(null), &json!("expected")));
    assert_eq!((&b["score"], &b["met"], &b["level_reached"]), (&json!(0.0), &json!(0), &json!(null)));
    assert_eq!(keys(&report, "area"), ["front"]);
    assert_eq!(keys(&report, "step"), ["p.in", "p.carry"]);
    assert_eq!(keys(&report, "month"), ["2026-01", "2026-02"]);
    assert_eq!(keys(&report, "auditor"), ["guest", "lead"]);
    assert_eq!(keys(&report, "level"), ["basic", "expected", "exclusive"]);
    // Where there is no porter, the clerk lifts the bag.
    assert_eq!((&by(&report, "role", "porter")["met"], &by(&report, "role", "clerk")["met"]), (&json!(1), &json!(0)));
    assert_eq!(by(&report, "level", "exclusive")["score"], json!(null), "nothing judged");
    assert_eq!(by(&report, "level", "exclusive")["coverage"], 0.0);
}

#[test]
fn a_standards_rate_pools_its_observations() {
    let report = report(&audited(), "");
    let of = |list: &str, name: &str, id: &str| {
        let list = report[list].as_array().cloned().unwrap_or_default();
        list.into_iter().find(|one| one[name] == id).unwrap_or_else(|| panic!("no {id}"))
    };
    let greet = of("standards", "id", "greet");
    assert_eq!((&greet["passed"], &greet["observations"]), (&json!(18), &json!(21)));
    // In one of two visits it reaches what it asks for: 8 s, and 85 % where 90 % are asked for.
    assert_eq!((&greet["met"], &greet["judged"]), (&json!(1), &json!(2)));
    assert!(near(&greet["rate"], 18.0 / 21.0) && greet["interval"].is_array(), "{greet}");
    assert_eq!(of("standards", "id", "lift")["interval"], json!(null), "two observations");
    let shown = audited().run("show greet --format json").ends(0).json();
    assert_eq!(greet["stamp"], shown["standards"][0]["stamp"], "without a stamp, today's wording");
    assert_eq!(
        of("trends", "standard", "greet")["points"],
        json!([
            {"period": "2026-01", "passed": 1, "n": 1, "met": 1, "judged": 1},
            {"period": "2026-02", "passed": 17, "n": 20, "met": 0, "judged": 1}
        ])
    );
    assert_eq!(of("trends", "standard", "greet")["chart"], json!(null));
}

#[test]
fn filters_and_periods_pick_items() {
    let book = audited();
    let judged = |options: &str| report(&book, options)["overall"]["judged"].clone();
    assert_eq!(judged("--site a"), 4);
    assert_eq!(judged("--type personal"), 2);
    assert_eq!(judged("--level basic"), 6);
    // Everything that names no other role is everybody's; the bag is the porter's at one site only.
    assert_eq!(judged("--role clerk"), 6);
    assert_eq!(judged("--from 2026-02-01"), 3);
    assert_eq!(judged("--to 2026-01-10"), 4);
    let none = report(&book, "--from 2027-01-01");
    assert_eq!((&none["overall"]["score"], &none["overall"]["coverage"]), (&json!(null), &json!(null)));
    assert_eq!((&none["overall"]["level_reached"], &none["standards"]), (&json!(null), &json!([])));
    book.run("audit report --from 2026-02-01 --to 2026-01-01").ends(2).says("--to 2026-01-01 lies before");
    book.run("audit report --site c").ends(2).says("this book has no site `c`");
}

/// A round in which `met` of `of` guests were greeted in time, day by day.
fn rounds(book: Book, rounds: &[(&str, &str, u32, u32)]) -> Book {
    rounds.iter().enumerate().fold(book, |book, (at, (site, date, met, of))| {
        let text =
            format!("site: {site}\ndate: {date}\nauditor: lead\nscope: {{phase: p}}\nanswers:\n  greet: {met}/{of}\n");
        book.with(&format!("audits/r{at:02}.yaml"), text)
    })
}

#[test]
fn a_chart_from_twenty_months_on_shows_what_chance_does_not_explain() {
    // NIST/SEMATECH e-Handbook § 6.3.3.2: 30 samples of 50, here turned from failures to passes.
    let failed =
        [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6];
    let date = |at: usize| format!("{}-{:02}-15", 2023 + at / 12, at % 12 + 1);
    let dates: Vec<String> = (0..failed.len()).map(date).collect();
    let all: Vec<_> = dates.iter().zip(failed).map(|(date, failed)| ("a", date.as_str(), 50 - failed, 50)).collect();
    let report = report(&rounds(house(), &all), "");
    let chart = &report["trends"][0]["chart"];
    assert!((chart["centre"].as_f64().unwrap_or_default() - (1.0 - 0.2313)).abs() < 5e-5, "{chart}");
    assert_eq!(chart["outside"], json!(["2024-03", "2024-11"]), "the 15th and the 23rd");
    let limits = chart["limits"][7].as_array().expect("limits of each month");
    assert!((limits[0].as_f64().unwrap_or_default() - (1.0 - 0.4102)).abs() < 5e-5, "{limits:?}");
    let few = self::report(&rounds(house(), &all[..19]), "");
    assert_eq!(few["trends"][0]["chart"], json!(null), "19 are too few");
}

#[test]
fn auditors_of_one_visit_are_compared() {
    let answers = |greet: &str, lift: &str| format!("answers:\n  greet: {greet}\n  lift: {lift}\n");
    let round = |auditor: &str, day: u32, visit: &str, answers: String| {
        format!("site: a\ndate: 2026-01-{day:02}\nauditor: {auditor}\n{visit}{answers}")
    };
    let book = house()
        .with("audits/1.yaml", round("lead", 10, "visit: day\n", answers("met", "met")))
        .with("audits/2.yaml", round("guest", 10, "visit: day\n", answers("met", "met")))
        // On two days, but one visit.
        .with("audits/3.yaml", round("lead", 20, "visit: night\n", answers("not met", "met")))
        .with("audits/4.yaml", round("guest", 21, "visit: night\n", answers("met", "met")))
        // The same visit's name elsewhere, the same day without it, and alone.
        .with("audits/5.yaml", "site: b\ndate: 2026-01-10\nvisit: day\nauditor: guest\nanswers: {greet: not met}\n")
        .with("audits/7.yaml", "site: a\ndate: 2026-01-10\nauditor: owner\nanswers: {greet: not met}\n")
        .with("audits/6.yaml", round("lead", 25, "", answers("met", "not met")));
    let report = report(&book, "");
    let agreement = report["agreement"].as_array().expect("a list");
    assert_eq!(agreement.len(), 2);
    let (greet, lift) = (&agreement[0], &agreement[1]);
    assert_eq!((&greet["standard"], &greet["auditors"], &greet["units"]), (&json!("greet"), &json!(2), &json!(2)));
    assert_eq!((&greet["percent"], &greet["why"]), (&json!(0.5), &json!(null)));
    // One says met twice, the other once: po = 1/2, pe = 1/2; and alpha by hand: 1 − (2/4) / (6/12).
    assert!(near(&greet["cohen_kappa"], 0.0) && near(&greet["krippendorff_alpha"], 0.0), "{greet}");
    assert_eq!(greet["fleiss_kappa"], json!(null));
    assert_eq!(report["visits"], 5, "each record without a visit's name is one of its own");
    // All standards together: 3 of 4 alike.
    let pooled = &report["agreement_pooled"];
    assert_eq!((&pooled["units"], &pooled["auditors"], &pooled["percent"]), (&json!(4), &json!(2), &json!(0.75)));
    assert_eq!(
        (&lift["percent"], &lift["gwet_ac1"], &lift["why"]),
        (&json!(1.0), &json!(null), &json!("no-variation"))
    );
}

#[test]
fn sites_and_periods_are_told_apart_only_where_they_differ() {
    let many = |site: &'static str, month: u32, met: u32, of: u32| -> Vec<(&'static str, String, bool)> {
        (0..of).map(|at| (site, format!("2026-{month:02}-{:02}", at % 27 + 1), at < met)).collect()
    };
    let mut items = many("a", 1, 27, 27);
    items.extend(many("b", 1, 9, 27));
    items.extend(many("a", 2, 26, 27));
    let book = items.iter().enumerate().fold(house(), |book, (at, (site, date, met))| {
        let answer = if *met { "met" } else { "not met" };
        book.with(
            &format!("audits/{at}.yaml"),
            format!("site: {site}\ndate: {date}\nauditor: lead\nanswers: {{lift: {answer}}}\n"),
        )
    });
    let sites = report(&book, "--from 2026-01-01 --to 2026-01-31");
    let found = &sites["comparisons"][0];
    assert_eq!((&found["dimension"], &found["a"], &found["b"]), (&json!("site"), &json!("a"), &json!("b")));
    assert!(near(&found["difference"], 18.0 / 27.0) && found["established"] == true, "{found}");
    let periods = report(&book, "--site a --from 2026-02-01 --to 2026-02-28");
    let found = &periods["comparisons"][0];
    assert_eq!((&found["dimension"], &found["a"]), (&json!("period"), &json!("2026-02-01/2026-02-28")));
    assert_eq!((&found["b"], &found["established"]), (&json!("2026-01-01/2026-01-31"), &json!(false)));
    assert!(near(&found["difference"], 26.0 / 27.0 - 1.0), "{found}");
}

#[test]
fn a_persons_figures_need_thirty_checks_on_five_visits() {
    let round = |day: u32, staff: &str, of: u32| {
        format!(
            "site: a\ndate: 2026-01-{day:02}\nauditor: lead\nstaff: {staff}\nanswers:\n  greet: {of}/{of}\n  lift: met\n"
        )
    };
    let mut book = house();
    for day in 1..=15 {
        book = book.with(&format!("audits/{day}.yaml"), round(day, "R-07", 5));
    }
    for day in 16..=20 {
        book = book.with(&format!("audits/x{day}.yaml"), round(day, "R-01", 4));
    }
    book = book.with("audits/y.yaml", round(21, "R-02", 400));
    assert_eq!(report(&book, "")["staff"], json!(null), "only where asked for");
    let staff = report(&book, "--staff")["staff"].clone();
    let seen = |at: usize| [&staff[at]["key"], &staff[at]["observations"], &staff[at]["visits"]].map(Value::clone);
    assert_eq!(seen(0), [json!("R-01"), json!(25), json!(5)]);
    assert_eq!(seen(1), [json!("R-02"), json!(401), json!(1)]);
    assert_eq!(seen(2), [json!("R-07"), json!(90), json!(15)]);
    assert_eq!([&staff[0]["units"], &staff[1]["units"], &staff[2]["units"]], [10, 2, 30]);
    assert_eq!((&staff[0]["figures"], &staff[1]["figures"]), (&json!(null), &json!(null)));
    assert_eq!(staff[2]["figures"]["met"], 30);
    assert_eq!(staff[2]["withheld"], json!(null));
    book.run("audit report --staff")
        .ends(0)
        .prints("Withheld: 10 checks on 5 visits; it takes at least 30 checks on at least 5 visits.")
        .prints("Withheld: 2 checks on 1 visits;");
    book.run("audit report").ends(0).omits("R-07");
}

#[test]
fn what_came_back_and_what_is_overdue_is_told() {
    let book = house()
        .with(
            "audits/1.yaml",
            "site: a\ndate: 2026-01-10\nauditor: lead\nanswers:\n  lift:\n    answer: not met\n    grade: major\n    action: {what: Oil the trolley, owner: porter, due: 2026-01-20, done: 2026-01-15}\n  tray:\n    answer: not met\n    action: {what: Buy trays, due: 2026-02-01}\n",
        )
        .with("audits/2.yaml", "site: a\ndate: 2026-02-10\nauditor: lead\nanswers:\n  lift: not met\n");
    let report = report(&book, "");
    let repeats: Vec<&Value> =
        report["findings"].as_array().expect("a list").iter().map(|one| &one["repeats"]).collect();
    assert_eq!(repeats, [&json!(null), &json!(null), &json!("2026-01-10")]);
    let states: Vec<&Value> = report["actions"].as_array().expect("a list").iter().map(|one| &one["state"]).collect();
    assert_eq!(states, ["done", "overdue"]);
    book.run("--today 2026-03-01 audit report")
        .ends(0)
        .prints("1 finding came back after its action was done.")
        .prints("1 corrective action is overdue.")
        .prints("## Repeat findings")
        .prints("Oil the trolley");
}

#[test]
fn scores_stand_with_their_counts() {
    audited()
        .run("audit report")
        .ends(0)
        .prints("**55\u{a0}%** (4 of 7; 2 n/a, 1 not observed, failed: 1 critical)")
        .prints("| North | 4 of 4; 1 n/a |")
        .prints("| South | 0 of 3; 1 n/a, 1 not observed, failed: 1 critical |")
        .prints("1 critical standard was not met.")
        .prints("It comes from 2 visits")
        .omits("100\u{a0}% (");
    house().run("audit report").ends(0).prints("No audit matches").says("no audits match");
}

#[test]
fn a_record_with_an_error_is_told_and_the_rest_counts() {
    let book = audited()
        .with("audits/3.yaml", "site: a\ndate: 2026-02-11\nauditor: lead\nanswers:\n  greet: soon\n  lift: met\n");
    let run = book.run("--today 2026-03-01 audit report --format json").ends(1).says("the records have 1 error");
    assert_eq!(run.json()["overall"]["judged"], 8);
}

#[test]
fn the_json_fits_its_schema() {
    let schema = house().run("schema audit-report").ends(0).json();
    for options in ["", "--staff", "--from 2026-01-15 --to 2026-02-20"] {
        let value = report(&audited(), options);
        assert_eq!(crate::cli::schema::misfit(&schema, &schema, &value, ""), None, "{options}");
    }
}

#[test]
fn every_form_tells_the_same_and_runs_nothing() {
    let book = audited();
    let html = book.run("audit report --format html").ends(0);
    let html = html
        .prints("55\u{a0}%")
        .prints("4 of 7; 2 n/a, 1 not observed")
        .prints("&lt;b&gt;=1+1&lt;/b&gt;")
        .omits("<b>=1+1");
    assert!(!html.stdout().contains("http:") && !html.stdout().contains("https:"), "one file, nothing from elsewhere");
    let csv = book.run("audit report --format csv").ends(0);
    let lines: Vec<String> = csv.stdout().lines().map(str::to_owned).collect();
    assert!(
        lines[0].ends_with(
            "Grouped by,Group,Score,Level reached,Share,Met,Judged,N/a,Not observed,Coverage,Interval from,Interval to,\
             Disputed,Items met,Items judged,Passed,Observations,Visits"
        ),
        "{lines:?}"
    );
    assert!(
        lines.contains(
            &"By site,North,4 of 4; 1 n/a,II · expected (too few to rely on),1.0000,4,4,1,0,1.0000,,,0,4,4,4,4,1"
                .to_owned()
        ),
        "{lines:?}"
    );
    book.run("audit report -o r.xlsx").ends(0);
    let mut sheets: calamine::Xlsx<_> = calamine::open_workbook(book.path().join("r.xlsx")).expect("a workbook");
    let range = calamine::Reader::worksheet_range(&mut sheets, "Scores").expect("the scores");
    let row = range.rows().find(|row| row[0] == calamine::Data::String("South".to_owned())).expect("a row");
    let figures: Vec<&calamine::Data> = row.iter().filter(|cell| matches!(cell, calamine::Data::Float(_))).collect();
    // Score, met, judged, n/a, not observed, coverage; disputed, items met and judged, passed, observations, visits.
    let wanted = [0.0, 0.0, 3.0, 1.0, 1.0, 0.75, 0.0, 0.0, 3.0, 17.0, 22.0, 1.0];
    assert_eq!(figures, wanted.map(calamine::Data::Float).iter().collect::<Vec<_>>(), "{row:?}");
    let answers = calamine::Reader::worksheet_range(&mut sheets, "All answers").expect("the answers");
    let day = |cell: &calamine::Data| matches!(cell, calamine::Data::DateTime(_));
    assert!(answers.rows().skip(1).all(|row| day(&row[0])), "days are dates that can be sorted and counted with");
    assert_eq!(answers.rows().count(), 1 + 9, "every answer");
    book.run("audit report --format docx").ends(2);
    book.run("audit report -o r.docx").ends(2).says("The ending".to_lowercase().as_str());
}

#[test]
fn the_report_speaks_the_language_of_the_book() {
    let book = audited().edit("gamma-ok.yaml", "[en]", "[en, pl, sv]");
    let languages = [
        ("pl", "spełniono w 4 z 7", "1\u{a0}standard", "Nie spełniono 1 standardu krytycznego."),
        ("sv", "4 av 7 kontroller", "", "1 kritisk standard var inte uppfylld."),
    ];
    for (lang, score, _, critical) in languages {
        let run = book.run(&format!("audit report --lang {lang}")).ends(0);
        let text = run.stdout();
        assert!(text.to_lowercase().contains(&score.to_lowercase()), "{lang}: {text}");
        assert!(text.contains(critical), "{lang}: {text}");
        assert!(!text.contains('{') && !text.contains("report."), "{lang}: a hole or a key is left in\n{text}");
    }
}

#[test]
fn the_same_audits_give_the_same_bytes() {
    for format in ["json", "html", "md", "csv"] {
        let once = || audited().run(&format!("--today 2026-03-01 audit report --format {format}")).ends(0).stdout();
        assert_eq!(once(), once(), "{format}");
    }
}
