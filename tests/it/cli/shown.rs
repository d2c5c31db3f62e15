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
    let starts = ["=", "-", "|", "\u{ff20}", "  ="];
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

#[test]
fn tables_open_in_polish_and_swedish_spreadsheets_when_that_is_asked_for() {
    let book = Book::sound();
    for command in ["show --format csv", "matrix --format csv", "checklist --format csv"] {
        let plain = book.run(command).ends(0).stdout();
        let asked = book.run(&format!("{command} --semicolons")).ends(0).stdout();
        assert!(asked.starts_with('\u{feff}') && asked.contains(";") && asked.contains("\r\n"), "{command}");
        assert_eq!(plain.lines().count(), asked.lines().count(), "{command}");
    }
    book.run("show --format csv").ends(0).prints(",0.9,").omits("\u{feff}");
    book.run("show --format csv --semicolons").ends(0).prints(";0,9;");
    book.run("checklist --site market --semicolons -o form.csv").ends(0);
    assert!(book.read("form.csv").starts_with("\u{feff}No.;") || book.read("form.csv").contains(";"));
}

/// Words of English that are words of neither Polish nor Swedish, and not of the example's records.
const ENGLISH: [&str; 25] = [
    "procedural",
    "expected",
    "exclusive",
    "overdue",
    "done",
    "verified",
    "came",
    "reworded",
    "tightened",
    "within",
    "observe",
    "professionalism",
    "active",
    "communication",
    "warning",
    "error",
    "note",
    "help",
    "see",
    "known",
    "written",
    "missing",
    "standards",
    "changed",
    "found",
];

/// A book with faults of many kinds, whose author writes Polish alone, so that all English is the program's.
fn faulty() -> Book {
    let folder = Book::empty();
    folder.run("init . --sector shop --lang pl").ends(0);
    folder.git(&["init", "--quiet"]);
    let folder = folder.commit("one");
    let files = folder.files("sequences");
    let path = format!("sequences/{}", files.first().expect("a sequence"));
    let text = folder.read(&path).replacen("within: ", "within: 1", 1).replacen("level: basic", "level: expected", 1);
    let text =
        text.replacen("trait: ", "trait: niema\n        traitt: ", 1).replacen("type: personal", "type: personel", 1);
    let record = "site: x\ndate: 2026-02-30\nanswers:\n  nic: tak\n";
    folder
        .with(&path, text)
        .with("audits/1.yaml", record)
        .with("feedback/a.csv", "date,phase,rating\n2026-01-02,nic,9\n")
}

#[test]
fn everything_is_said_in_the_readers_language() {
    let (faulty, sound) = (faulty(), Book::example("hotel-wisla"));
    let commands = [
        (&faulty, "check"),
        (&faulty, "show nic"),
        (&faulty, "diff"),
        (&faulty, "feedback"),
        (&faulty, "audit actions"),
        (&faulty, "audit report"),
        (&faulty, "rename nic nic"),
        (&faulty, "manual --role nic"),
        (&faulty, "manual --since nic"),
        (&faulty, "convert"),
        (&faulty, "check --nic"),
        (&faulty, "check --format nic"),
        (&faulty, "nic"),
        (&faulty, "audit record nic"),
        (&faulty, "explain nic"),
        (&faulty, "explain"),
        (&faulty, "review close nic"),
        (&faulty, "build"),
        (&sound, "show --phase check-in"),
        (&sound, "show greet-within-10s"),
        (&sound, "matrix"),
        (&sound, "audit actions --today 2027-05-01"),
        (&sound, "review due --today 2027-05-01"),
        (&sound, "feedback"),
    ];
    for (book, command) in commands {
        for lang in ["pl", "sv"] {
            let after = book.run(&format!("{command} --lang {lang}"));
            if lang == "sv" {
                let before = book.run(&format!("--lang {lang} {command}"));
                assert_eq!((after.stdout(), after.stderr()), (before.stdout(), before.stderr()), "{command}");
            }
            // The example's author writes no Swedish; what the author wrote is in English then.
            if lang == "sv" && std::ptr::eq(book, &sound) {
                continue;
            }
            for line in [after.stdout(), after.stderr()].iter().flat_map(|text| text.lines()) {
                // Lines of the book, the English text of a standard, and what stands between backticks is no speech.
                if line.contains(" | ") || line.starts_with("  en  ") {
                    continue;
                }
                let speech: String = line.split('`').step_by(2).collect();
                let words = speech.split(|c: char| c.is_whitespace() || ",:;()[]„”".contains(c));
                let english: Vec<&str> = words.filter(|word| ENGLISH.contains(word)).collect();
                assert_eq!(english, Vec::<&str>::new(), "{command} --lang {lang}: {line}");
            }
        }
    }
}

#[test]
fn a_text_in_another_language_than_was_asked_for_says_so() {
    let book = Book::sound();
    let text = book.read("sequences/visit.yaml");
    let line = text.lines().find(|line| line.trim_start().starts_with("pl: ") && line.contains("w ciągu 10 sekund"));
    let book = book.edit("sequences/visit.yaml", &format!("{}\n", line.expect("a Polish text")), "");
    book.run("show --lang pl").prints("within 10 seconds. (en)");
    book.run("show --lang en").omits("(en)");
}
