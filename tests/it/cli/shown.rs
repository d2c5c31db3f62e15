//! Nothing that somebody wrote reaches a terminal or a log as an order.

use std::fs;

use crate::support::{Book, Run, program};

/// What steers a terminal, and what build servers take for an order, as a stranger would hide it in a name or a text.
const TRICKS: [&str; 10] = [
    "\u{1b}]52;c;aGk=\u{7}",
    "\u{1b}[2Ja",
    "\u{1b}[31ma",
    "\u{9b}31ma",
    "\u{9d}52;c;x\u{9c}",
    "a\r::error::b",
    "a\n::error::b",
    "a\u{8}\u{8}b",
    "##vso[task.setvariable]x",
    "\u{202e}a\u{2066}",
];

/// No line of what was said is an order, and nothing in it steers a terminal.
#[track_caller]
fn is_safe(text: &str, about: &str) {
    for (at, line) in text.lines().enumerate() {
        let steers =
            |c: char| c.is_control() && c != '\t' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(!line.contains(steers), "{about}: line {at}: {line:?}");
        assert!(!line.trim_start().starts_with("::"), "{about}: line {at}: {line:?}");
        assert!(!line.contains("##vso["), "{about}: line {at}: {line:?}");
    }
}

#[track_caller]
fn runs_safely(run: Run, about: &str) {
    is_safe(&run.stdout(), about);
    is_safe(&run.stderr(), about);
}

#[cfg(unix)]
#[test]
fn names_of_files_steer_nothing() {
    let book = Book::sound();
    let name = |trick: &str, ending: &str| format!("{trick}.{ending}").replace('/', "");
    for trick in TRICKS {
        for folder in ["sequences", "sites", "feedback", "audits", "chapters", "traits"] {
            fs::create_dir_all(book.path().join(folder)).expect("a folder");
            for ending in ["yaml", "csv", "txt", "md"] {
                fs::write(book.path().join(folder).join(name(trick, ending)), "not: [what\nis expected\n")
                    .expect("a file");
            }
        }
    }
    for command in ["check", "check --lang pl", "show", "checklist", "feedback", "audit actions", "audit report"] {
        runs_safely(book.run(command), command);
    }
    // JSON says the same to whoever reads it, and its lines are no orders.
    let run = book.run("check --format json");
    is_safe(&run.stdout(), "JSON");
    let all = run.json();
    for trick in TRICKS {
        let file = format!("sequences/{}", name(trick, "yaml"));
        assert!(all.as_array().expect("a list").iter().any(|one| one["file"] == file.as_str()), "{file:?}");
    }
    // Annotations are orders, and nobody else's.
    for line in book.run("check --format github").stdout().lines() {
        assert!(["::error ", "::warning ", "::notice "].iter().any(|start| line.starts_with(start)), "{line}");
        assert!(!line.contains(char::is_control), "{line:?}");
    }
}

#[test]
fn what_is_typed_steers_nothing() {
    let book = Book::sound();
    let trick = &TRICKS.concat();
    let typed: [&[&str]; 13] = [
        &[trick],
        &["check", trick],
        &["check", "--deny", trick],
        &["check", "--format", trick],
        &["show", trick],
        &["show", "--role", trick],
        &["show", "--book", trick],
        &["explain", trick],
        &["rename", trick, "b"],
        &["rename", "greet", trick],
        &["audit", "record", trick],
        &["schema", trick],
        &["diff", trick],
    ];
    for (arguments, lang) in typed.into_iter().flat_map(|one| [(one, "en"), (one, "pl")]) {
        let run = Run::of(program(book.path()).args(["--lang", lang]).args(arguments));
        runs_safely(run, &format!("{arguments:?}"));
    }
}

#[test]
fn forms_steer_nothing() {
    let trick = TRICKS.concat();
    let book = Book::sound();
    book.run("checklist --site market -o form.md").ends(0);
    let form = book.read("form.md").replace("[ ]", &format!("[ {trick}]"));
    let book = book.with("form.md", format!("{form}\n{trick}\n- [ ] {trick}\nDate: {trick}\n"));
    runs_safely(book.run("audit record form.md"), "a form");
    runs_safely(book.run("audit record form.md --site market --date 2026-03-01 --today 2026-03-02"), "a form");
}

#[test]
fn texts_steer_nothing() {
    let quoted = serde_json::to_string(&TRICKS.concat()).expect("a text");
    let book = Book::sound()
        .edit("sequences/visit.yaml", "en: Every shelf", &format!("de: {quoted}\n          en: Every shelf"))
        .edit("roles.yaml", "covered-by", &format!("{quoted}: x\n    covered-by"));
    for command in ["check", "show", "show greet", "matrix", "rename greet welcome --dry-run", "convert --dry-run"] {
        runs_safely(book.run(command), command);
    }
}

/// Every command that writes CSV, and what it is asked for.
const TABLES: [&str; 6] = [
    "show --format csv",
    "matrix --format csv",
    "matrix --format csv --by role",
    "checklist --format csv",
    "audit report --format csv",
    "audit actions --format csv",
];

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let starts = ["=", "+", "-", "@", "|", "\u{ff1d}", "\u{ff0b}", "\u{ff0d}", "\u{ff20}", "  ="];
    for start in starts {
        let formula = format!("{start}HYPERLINK(1)");
        let quoted = serde_json::to_string(&formula).expect("a text");
        let book = Book::sound()
            .edit("sequences/visit.yaml", "en: The seller greets the shopper within 10 seconds.", &format!("en: {quoted}"))
            .edit("sequences/visit.yaml", "{en: time to greeting,", &format!("{{en: {quoted},"))
            .edit("sequences/visit.yaml", "{en: Arrival,", &format!("{{en: {quoted},"))
            .edit("sequences/visit.yaml", "    standards:\n      - id: greet\n", &format!(
                "    waive:\n      - {{trait: friendly, type: procedural, why: {quoted}}}\n    standards:\n      - id: greet\n"
            ));
        let record = format!(
            "site: market\ndate: 2026-03-01\nauditor: owner\nanswers:\n  greet:\n    answer: not met\n    \
             note: {quoted}\n    grade: minor\n    action: {{what: {quoted}, owner: {quoted}, due: 2026-03-01, cause: {quoted}}}\n"
        );
        let book = book.with("audits/1.yaml", record);
        for command in TABLES {
            let run = book.run(&format!("{command} --today 2026-03-02"));
            let text = run.stdout();
            assert!(text.lines().count() > 1, "{command}: {text}{}", run.stderr());
            let mut rows = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            for cell in rows.records().flat_map(|row| row.expect("CSV").iter().map(str::to_owned).collect::<Vec<_>>()) {
                let is_number = cell.parse::<f64>().is_ok();
                let starts = cell
                    .trim_start()
                    .starts_with(['=', '+', '-', '@', '|', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
                assert!(is_number || !starts, "{command}: {cell:?}");
            }
        }
        assert!(book.run("show --format csv").stdout().contains(&format!("'{}", formula.trim())));
        assert!(book.run("audit actions --format csv").stdout().contains(&format!("'{}", formula.trim())));
    }
}
