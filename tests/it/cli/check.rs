use crate::support::{Book, Run, keys, program};

/// A book with an error, a warning in another file, and a related place.
fn faulty() -> Book {
    Book::sound()
        .edit("sequences/visit.yaml", "traits: [accurate]", "traits: [acurate]")
        .edit("sequences/visit.yaml", "id: price-tags", "id: greet")
        .edit("roles.yaml", "covered-by: seller", "covered-bye: seller")
}

#[test]
fn a_sound_book_ends_with_a_count() {
    let example = Book::example("hotel-wisla");
    example
        .run("check --deny notes")
        .ends(0)
        .prints("no remarks: ")
        .prints(" files\n")
        .says("462 responses of customers");
    example.run("check --quiet").ends(0).prints_nothing().says_nothing();
}

#[test]
fn findings_come_with_place_spot_and_help() {
    let run = faulty().run("check").ends(1).says("not in a git repository");
    let block = "roles.yaml:7:5: error: `covered-bye` is not a key of a role [unknown-key]\n  7 |     covered-bye: seller\n    |     \
                 ^^^^^^^^^^^\n    = help: did you mean `covered-by`?\n";
    let last = run.stdout();
    let run =
        run.prints(block).prints("sequences/visit.yaml:51:14: error:").prints("= see sequences/visit.yaml:14:13:");
    assert!(
        last.lines().last().is_some_and(|line| line.starts_with("3 errors") && line.ends_with(" in 5 files")),
        "{last}"
    );
    let quiet = faulty().run("check --quiet").ends(1).stdout();
    assert!(run.stdout().starts_with(&quiet) && !quiet.contains(" in 5 files"));
}

#[test]
fn json_has_the_fields_that_others_rely_on() {
    let json = faulty().run("check --format json").ends(1).says("not in a git repository").json();
    let found = json.as_array().expect("a list");
    for one in found {
        let fields =
            ["rule", "severity", "message", "help", "file", "line", "column", "end_line", "end_column", "related"];
        assert_eq!(keys(one), fields);
        for related in one["related"].as_array().expect("a list") {
            assert_eq!(keys(related), ["file", "line", "column", "message"]);
        }
    }
    let unknown = found.iter().find(|one| one["rule"] == "unknown-key").expect("the unknown key");
    assert_eq!((&unknown["file"], &unknown["severity"]), (&"roles.yaml".into(), &"error".into()));
    assert_eq!((&unknown["line"], &unknown["column"], &unknown["end_column"]), (&7.into(), &5.into(), &16.into()));
    assert_eq!(Book::example("hotel-wisla").run("check --format json").ends(0).json(), serde_json::json!([]));
}

#[test]
fn paths_lead_there_from_the_working_folder_but_json_counts_from_the_book() {
    let book = faulty();
    let above = book.path().parent().expect("a folder above");
    let name = book.path().file_name().expect("a name").to_string_lossy().into_owned();
    let run = |folder: &std::path::Path, format: &str| {
        Run::of(program(folder).args(["check", "--format", format, "--book"]).arg(book.path())).ends(1)
    };
    run(above, "human").prints(&format!("{name}/roles.yaml:7:5: error"));
    run(above, "github").prints(&format!("file={name}/roles.yaml,line=7"));
    run(&book.path().join("sites"), "human").prints("../roles.yaml:7:5: error");
    run(above, "json").prints("\"file\": \"roles.yaml\"");
}

#[test]
fn sarif_has_what_the_schema_requires() {
    let json = faulty().run("check --format sarif").ends(1).json();
    assert_eq!(json["version"], "2.1.0");
    let run = &json["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "gamma-ok");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert!(
        rules
            .iter()
            .all(|rule| rule["id"].is_string() && rule["help"]["text"].as_str().is_some_and(|text| text.len() > 40))
    );
    let results = run["results"].as_array().expect("results");
    assert!(results.len() >= 3);
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(result["message"]["text"].is_string());
        assert!(["none", "note", "warning", "error"].contains(&result["level"].as_str().expect("a level")));
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["artifactLocation"]["uri"].is_string());
        assert!(
            ["startLine", "startColumn", "endLine", "endColumn"]
                .iter()
                .all(|key| place["region"][key].as_u64() >= Some(1))
        );
    }
}

#[test]
fn junit_counts_what_decides_the_status() {
    let text = faulty().run("check --format junit").ends(1).stdout();
    let failures = text.matches("<failure ").count();
    assert!(failures >= 3);
    assert!(text.contains(&format!("failures=\"{failures}\"")), "{text}");
    assert!(text.contains("<testsuite name=\"sites/corner.yaml\" tests=\"1\" failures=\"0\" errors=\"0\">"), "{text}");
    let hostile = Book::sound()
        .edit("roles.yaml", "covered-by: seller", "\"<b>&\": x")
        .run("check --format junit")
        .ends(1)
        .stdout();
    assert!(hostile.contains("&lt;b&gt;&amp;"), "{hostile}");
}

#[test]
fn github_annotates_lines() {
    let text = faulty().run("check --format github").ends(1).stdout();
    assert!(text.contains("::error file=roles.yaml,line=7,endLine=7,col=5,endColumn=16,title=unknown-key::"), "{text}");
    assert!(
        text.lines().all(|line| line.starts_with("::error ")
            || line.starts_with("::warning ")
            || line.starts_with("::notice "))
    );
}

#[test]
fn what_is_denied_decides_the_status() {
    let book = Book::example("hotel-wisla");
    book.run("check --deny warnings --deny notes --deny unknown-trait").ends(0);
    for (arguments, hint) in
        [("--deny wornings", "did you mean `warnings`?"), ("--deny unknown-trate", "did you mean `unknown-trait`?")]
    {
        book.run(&format!("check {arguments}")).ends(2).prints_nothing().says(hint);
    }
}

#[test]
fn explain_tells_of_one_rule_or_lists_all() {
    let book = Book::empty();
    let one = book.run("explain unknown-trait").ends(0).says_nothing();
    one.prints("# unknown-trait").prints("## Instead of").prints("## Write").prints("## Switching it off");
    book.run("explain [unknown-trait]").ends(0).prints("# unknown-trait");
    book.run("explain unknown-trate").ends(2).prints_nothing().says("did you mean `unknown-trait`?");
    let all = book.run("explain").ends(0).stdout();
    for rule in gamma_ok::check::rules() {
        assert!(all.contains(rule.code.word()) && all.contains(rule.summary), "{}", rule.code);
    }
}

#[test]
fn one_broken_file_is_not_reported_at_every_name_that_it_holds() {
    let rules = |book: &Book| {
        let json = book.run("check --format json").ends(1).json();
        let errors = json.as_array().expect("a list").iter().filter(|one| one["severity"] == "error");
        errors.map(|one| format!("{} {}", one["file"], one["rule"]).replace('"', "")).collect::<Vec<_>>()
    };
    let wrong_key = "sequences/guest-stay.yaml unknown-key";
    let book = || Book::example("hotel-wisla").edit("sequences/guest-stay.yaml", "area:", "aera:");
    assert_eq!(rules(&book()), [wrong_key]);
    assert_eq!(rules(&book().with("roles.yaml", "roles: [\n")), [wrong_key, "roles.yaml yaml-syntax"]);
    assert_eq!(rules(&book().with("traits/local.yaml", "traits: [\n")), [wrong_key, "traits/local.yaml yaml-syntax"]);
    let sector = book().edit("gamma-ok.yaml", "sector: hotel", "sector: hotle");
    assert_eq!(rules(&sector), ["gamma-ok.yaml unknown-sector", wrong_key]);
    assert_eq!(rules(&book().with("gamma-ok.yaml", "title: [\n")), ["gamma-ok.yaml yaml-syntax", wrong_key]);
}

#[test]
fn a_code_host_is_told_paths_from_the_root_of_the_repository() {
    let book = Book::empty().with("books/a/gamma-ok.yaml", "title: A\nlevel: x\n");
    book.git(&["init", "--quiet"]);
    let inside = book.path().join("books");
    let of = |form: &str| Run::of(program(&inside).args(["check", "--book", "a", "--format", form])).stdout();
    assert!(of("github").starts_with("::error file=books/a/gamma-ok.yaml,"), "{}", of("github"));
    assert!(of("sarif").contains("\"books/a/gamma-ok.yaml\""), "{}", of("sarif"));
    assert!(of("human").starts_with("a/gamma-ok.yaml:2:1"), "{}", of("human"));
}

#[test]
fn slips_of_the_hand_lead_to_the_mend() {
    for (old, new, lines) in [
        (
            "    text:",
            "    critical: \"true\"\n        text:",
            ["found `true` in quotation marks", "write `true` without"],
        ),
        ("    text:", "    critical: 'False'\n        text:", ["found `False` in quotation", "write `false` without"]),
        ("    text:", "    allow: vague-word\n        text:", ["found `vague-word`", "`[vague-word]`"]),
        ("was: [say-hello]", "was: say-hello", ["expected a list", "`[say-hello]`"]),
    ] {
        let run = Book::sound().edit("sequences/visit.yaml", old, new).run("check").ends(1);
        lines.iter().fold(run, |run, line| run.prints(line)).prints("1 error");
    }
    for (day, help) in
        [("2026-02-30", "that month has 28 days"), ("2026-04-31", "has 30 days"), ("30.02", "year-month")]
    {
        let since = format!("derive: false\nreview: {{every: 12 months, since: {day}}}");
        Book::sound().edit("gamma-ok.yaml", "derive: false", &since).run("check").ends(1).prints(help);
    }
}

#[test]
fn a_word_is_underlined_also_where_the_text_has_escapes_or_letters_in_parts() {
    for text in ["\"The \\u0073eller greets the shopper politely.\"", "The se\u{301}ller greets the shopper politely."]
    {
        let run = Book::sound().edit("sequences/visit.yaml", "The seller greets the shopper within 10 seconds.", text);
        let found = run.run("check --format json").json();
        let found = found.as_array().expect("a list").iter().find(|finding| finding["rule"] == "vague-word");
        let found = found.unwrap_or_else(|| panic!("{text}: nothing is found"));
        let width = found["end_column"].as_u64().zip(found["column"].as_u64()).map(|(end, start)| end - start);
        assert_eq!(width, Some(8), "{text}: {found}");
    }
}
