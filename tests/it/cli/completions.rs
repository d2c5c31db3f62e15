//! Completions: what the program proposes, and three shells that put it into the line.
//!
//! A shell that is not there is skipped, with a word; with `GAMMA_OK_REQUIRE_PROGRAMS` set, as CI does, that is a failure.

use std::process::Command;

use clap::CommandFactory;

use crate::support::{Book, program};

/// What is proposed in place of the last of these words.
fn proposed(book: &Book, words: &[&str]) -> Vec<String> {
    let run = crate::support::Run::of(program(book.path()).args(["completions", "fish", "--", "gamma-ok"]).args(words));
    let lines = run.ends(0).stdout();
    lines.lines().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
}

#[track_caller]
fn proposes(book: &Book, words: &[&str], wanted: &[&str]) {
    let found = proposed(book, words);
    for word in wanted {
        assert!(found.iter().any(|one| one == word), "{words:?}: no {word} in {found:?}");
    }
}

#[test]
fn every_command_and_option_is_proposed() {
    let book = Book::sound();
    let mut program = gamma_ok::cli::Cli::command();
    program.build();
    let mut paths: Vec<(Vec<String>, &clap::Command)> = vec![(Vec::new(), &program)];
    while let Some((path, command)) = paths.pop() {
        let words = |last| [path.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), &[last]].concat();
        let commands: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        if !commands.is_empty() {
            proposes(&book, &words(""), &commands);
        }
        let options = command.get_arguments().filter_map(|argument| argument.get_long());
        let options: Vec<String> = options.map(|long| format!("--{long}")).collect();
        proposes(&book, &words("--"), &options.iter().map(String::as_str).collect::<Vec<_>>());
        let below = command.get_subcommands();
        paths.extend(below.map(|inner| ([path.clone(), vec![inner.get_name().to_owned()]].concat(), inner)));
    }
}

#[test]
fn values_are_proposed_and_ids_of_the_book() {
    let book = Book::sound().with("reviews/2026.yaml", "opened: 2026-01-05\n");
    proposes(&book, &["explain", ""], &["vague-word", "stale-translation"]);
    proposes(&book, &["check", "--deny", "warnings,vag"], &["warnings,vague-word"]);
    proposes(&book, &["init", "--sector", ""], &["hotel", "shop"]);
    proposes(&book, &["init", "--lang", "en,"], &["en,pl", "en,sv"]);
    proposes(&book, &["schema", ""], &["check", "audit", "manifest"]);
    proposes(&book, &["check", "--format", ""], &["json", "sarif", "github"]);
    proposes(&book, &["check", "--format=j"], &["--format=json", "--format=junit"]);
    proposes(&book, &["--lang", ""], &["en", "pl", "sv"]);
    proposes(&book, &["manual", "--lang", ""], &["en", "pl"]);
    proposes(&book, &["manual", "--role", ""], &["seller", "cashier"]);
    proposes(&book, &["manual", "--site", "m"], &["market"]);
    proposes(&book, &["checklist", "--sequence", ""], &["visit"]);
    proposes(&book, &["build", "--phase", ""], &["arrival", "payment"]);
    proposes(&book, &["matrix", "--trait", "fr"], &["friendly"]);
    proposes(&book, &["convert", ""], &["arrival", "payment"]);
    proposes(&book, &["show", "gr"], &["greet"]);
    proposes(&book, &["show", "sel"], &["seller"]);
    proposes(&book, &["move", "gr"], &["greet"]);
    proposes(&book, &["move", "greet", ""], &["arrival", "payment"]);
    proposes(&book, &["move", "greet", "payment", "--step", ""], &["enter", "pay"]);
    proposes(&book, &["copy", "arr"], &["arrival"]);
    proposes(&book, &["copy", "arrival", "x", "--into", ""], &["visit"]);
    proposes(&book, &["rename", "sel"], &["seller"]);
    proposes(&book, &["review", "report", ""], &["2026"]);
    proposes(&book, &["audit", "report", "--format", ""], &["html", "json"]);
    proposes(&book, &["completions", ""], &["bash", "zsh", "fish"]);
    // From beside the book, and where there is none.
    let elsewhere = Book::empty();
    let folder = book.path().to_str().expect("a path");
    proposes(&elsewhere, &["--book", folder, "manual", "--role", ""], &["seller"]);
    proposes(&elsewhere, &["manual", &format!("--book={folder}"), "--role", ""], &["seller"]);
    assert_eq!(proposed(&elsewhere, &["manual", "--role", ""]), Vec::<String>::new());
    // Files are the shell's own to propose.
    assert_eq!(proposed(&book, &["checklist", "-o", ""]), Vec::<String>::new());
    assert_eq!(proposed(&book, &["audit", "record", ""]), Vec::<String>::new());
}

#[test]
fn a_strangers_ids_are_no_orders() {
    let book = Book::sound()
        .with("sites/odd.yaml", "id: \"$(touch stolen)\"\n")
        .with("sites/odder.yaml", "id: \"market;touch stolen\"\n")
        .with("sites/oddest.yaml", "id: \"m\\u001b]52;c;x\\u0007\"\n")
        .with("reviews/`touch stolen`.yaml", "opened: 2026-01-05\n");
    assert_eq!(proposed(&book, &["manual", "--site", ""]), ["corner", "market"]);
    assert!(!proposed(&book, &["review", "report", ""]).iter().any(|word| word.contains("touch")));
}

#[cfg(unix)]
mod shells {
    use std::ffi::OsString;
    use std::path::Path;
    use std::time::Duration;

    use rexpect::session::{PtySession, spawn_command};

    use super::*;

    /// Whether a shell is there.
    #[expect(clippy::disallowed_macros, reason = "whoever runs the tests reads what was skipped")]
    fn has(shell: &str) -> bool {
        let is_there = Command::new(shell).arg("--version").output().is_ok();
        if !is_there {
            assert!(std::env::var_os("GAMMA_OK_REQUIRE_PROGRAMS").is_none(), "`{shell}` is lacking");
            eprintln!("skipped: `{shell}` is lacking");
        }
        is_there
    }

    /// A shell in a book's folder, without anybody's settings, that finds the program.
    fn command(shell: &str, arguments: &[&str], book: &Book) -> Command {
        let mut command = Command::new(shell);
        let mut path = OsString::from(Path::new(env!("CARGO_BIN_EXE_gamma-ok")).parent().expect("a folder"));
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        command.args(arguments).current_dir(book.path()).env("PATH", path);
        for name in ["HOME", "ZDOTDIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"] {
            command.env(name, book.path().join(".home"));
        }
        std::fs::create_dir_all(book.path().join(".home")).expect("a folder");
        command.env("LC_ALL", "C").env("TERM", "xterm").env("INPUTRC", "/dev/null").env_remove("GAMMA_OK_BOOK");
        command
    }

    /// What stands in the line after a tab was pressed behind each of these, by running it: the program prints its words.
    fn completes(shell: &mut PtySession, typed: &str, wanted: &str) {
        shell.send(typed).expect("the shell listens");
        shell.send("\t").expect("the shell listens");
        shell.flush().expect("the shell listens");
        std::thread::sleep(Duration::from_millis(300));
        shell.send_line("").expect("the shell listens");
        shell.exp_string(&format!("<{wanted}>")).unwrap_or_else(|error| panic!("{typed:?} is not {wanted:?}: {error}"));
    }

    /// Typed, and what it becomes. Each is the only candidate, or the common start of several.
    const CASES: [(&str, &str); 9] = [
        ("gamma-ok expl", "explain"),
        ("gamma-ok audit rec", "audit|record"),
        ("gamma-ok check --form", "check|--format"),
        ("gamma-ok check --format js", "check|--format|json"),
        ("gamma-ok explain stale-tr", "explain|stale-translation"),
        ("gamma-ok manual --role sel", "manual|--role|seller"),
        ("gamma-ok init --sector hot", "init|--sector|hotel"),
        ("gamma-ok manual --site mark", "manual|--site|market"),
        ("gamma-ok check --format=sa", "check|--format=sarif"),
    ];

    /// The book, with something in the place of the program once the shell has its completions: it prints its words.
    fn book() -> Book {
        Book::sound().with("sites/odd.yaml", "id: \"mark$(touch stolen)\"\n")
    }

    fn drive(mut shell: PtySession, book: &Book) {
        for (typed, wanted) in CASES {
            completes(&mut shell, typed, wanted);
        }
        assert!(!book.path().join("stolen").exists(), "an id was run");
    }

    #[test]
    fn bash_completes() {
        if !has("bash") {
            return;
        }
        let book = book();
        let command = command("bash", &["--norc", "--noprofile", "-i"], &book);
        let mut shell = spawn_command(command, Some(20_000)).expect("a terminal");
        shell.send_line("source <(command gamma-ok completions bash)").expect("the shell listens");
        shell.send_line("gamma-ok() { local IFS='|'; echo \"<$*>\"; }; echo re''ady").expect("the shell listens");
        shell.exp_string("ready\r\n").expect("it is ready");
        drive(shell, &book);
    }

    #[test]
    fn zsh_completes() {
        if !has("zsh") {
            return;
        }
        let book = book();
        let command = command("zsh", &["-f", "-i"], &book);
        let mut shell = spawn_command(command, Some(20_000)).expect("a terminal");
        shell.send_line("autoload -U compinit && compinit -u").expect("the shell listens");
        shell.send_line("source <(command gamma-ok completions zsh)").expect("the shell listens");
        shell.send_line("gamma-ok() { local IFS='|'; echo \"<$*>\"; }; echo re''ady").expect("the shell listens");
        shell.exp_string("ready\r\n").expect("it is ready");
        drive(shell, &book);
    }

    #[test]
    fn fish_completes() {
        if !has("fish") {
            return;
        }
        let book = book();
        // Asks for what its line would be completed with, which is what a tab does.
        for (typed, wanted) in CASES {
            let script = "command gamma-ok completions fish | source; complete --do-complete $argv[1]";
            let output = command("fish", &["--no-config", "-c", script, typed], &book).output().expect("fish runs");
            let text = String::from_utf8_lossy(&output.stdout);
            let last = wanted.rsplit('|').next().unwrap_or_default();
            assert!(
                text.lines().any(|line| line.split('\t').next() == Some(last)),
                "{typed}: no {last} in {text}{}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        assert!(!book.path().join("stolen").exists(), "an id was run");
    }
}
