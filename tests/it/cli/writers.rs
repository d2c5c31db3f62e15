//! Who writes a book: one at a time, nothing that was not asked for, and everything as it was beside what changed.

use std::fs;
use std::process::{Command, Stdio};

use serde_json::json;

use super::audit::form;
use crate::browser::has;
use crate::support::{Book, Run, program};

const VISIT: &str = "sequences/visit.yaml";

/// Files that begin with a dot: what a run would leave lying.
fn left_lying(book: &Book) -> Vec<String> {
    let hidden = |path: &String| path.split('/').any(|part| part.starts_with(".gamma-ok-"));
    book.files("").into_iter().filter(hidden).collect()
}

/// Starts all at once, and waits for all; the exit statuses, and what was said.
fn at_once(commands: impl Iterator<Item = Command>) -> Vec<(Option<i32>, String)> {
    let start =
        |mut command: Command| command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program runs");
    let children: Vec<_> = commands.map(start).collect();
    let end = |child: std::process::Child| {
        let output = child.wait_with_output().expect("an end");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    children.into_iter().map(end).collect()
}

#[test]
fn many_at_once_lose_nothing_and_record_nothing_twice() {
    let book = Book::sound();
    // Renames of different things: whoever comes second reads what the first has written.
    let renames = [
        ("greet", "welcome"),
        ("bell", "door-bell"),
        ("receipt", "bill"),
        ("arrival", "coming"),
        ("seller", "salesman"),
        ("cashier", "till"),
        ("accounting", "books"),
        ("corner", "crossing"),
    ];
    let rename = |(old, new): &(&str, &str)| {
        let mut command = program(book.path());
        command.args(["rename", old, new]);
        command
    };
    for (status, said) in at_once(renames.iter().map(rename)) {
        assert_eq!(status, Some(0), "{said}");
    }
    let all: String = ["roles.yaml", VISIT, "sites/corner.yaml"].iter().map(|path| book.read(path)).collect();
    for (old, new) in renames {
        assert!(all.contains(&format!("id: {new}")) || all.contains(&format!("id: {new},")), "{old} → {new}");
    }
    assert_eq!(left_lying(&book), Vec::<String>::new());
}

#[test]
fn a_hundred_rounds_at_once_are_a_hundred_records_and_one_round_is_one() {
    let book = Book::sound();
    let mut saved = form(&book);
    let mut book = book.with("same.json", saved.to_string());
    let mut rounds: Vec<String> = (0..100).map(|number| format!("round-{number}")).collect();
    for round in &rounds {
        saved["round"] = json!(round);
        book = book.with(&format!("{round}.json"), saved.to_string());
    }
    let same = std::iter::repeat_n("same".to_owned(), 20);
    let record = |form: String| {
        let mut command = program(book.path());
        command.args(["audit", "record", &format!("{form}.json"), "--today", "2026-03-02"]);
        command
    };
    for (status, said) in at_once(rounds.clone().into_iter().chain(same).map(record)) {
        assert_eq!(status, Some(0), "{said}");
    }
    let files = book.files("audits");
    let round = |file: &String| {
        let text = book.read(&format!("audits/{file}"));
        text.lines().find_map(|line| line.strip_prefix("round: ")).expect("a round").to_owned()
    };
    let mut recorded: Vec<String> = files.iter().map(round).collect();
    recorded.sort();
    rounds.push("7f3c2a9e".to_owned());
    rounds.sort();
    assert_eq!(recorded, rounds);
    assert_eq!(left_lying(&book), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn a_writer_waits_for_the_one_before_and_a_dead_one_holds_nothing() {
    let book = Book::sound().with(".gamma-ok.lock", "left by somebody");
    let other = fs::File::open(book.path()).expect("a folder");
    other.lock().expect("a lock");
    let mut waiting = program(book.path())
        .args(["rename", "bell", "door-bell"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a run");
    std::thread::sleep(std::time::Duration::from_millis(400));
    assert!(waiting.try_wait().expect("a state").is_none(), "it does not wait");
    assert!(book.read(VISIT).contains("id: bell"));
    drop(other);
    assert!(waiting.wait().expect("an end").success());
    // Whoever was killed has let go.
    if has("flock") {
        let mut holder =
            Command::new("flock").args(["-o"]).arg(book.path()).args(["sleep", "60"]).spawn().expect("a run");
        std::thread::sleep(std::time::Duration::from_millis(200));
        holder.kill().expect("killed");
        holder.wait().expect("an end");
        book.run("rename door-bell chime").ends(0);
    }
}

/// The writers that change a file in place: the file, what comes before, and the words of the command.
const IN_PLACE: &[(&str, &[&str], &str)] = &[
    (VISIT, &[], "rename bell door-bell"),
    (VISIT, &[], "convert --write"),
    (VISIT, &[], "move greet payment"),
    (VISIT, &[], "copy arrival return"),
    (VISIT, &[], "design"),
    ("audits/2026-03-01-market.yaml", &["audit record noon.json"], "audit record evening.json"),
    (
        "audits/2026-03-01-market.yaml",
        &["audit record evening.json"],
        "audit withdraw 2026-03-01-market --reason twice",
    ),
    ("reviews/2026.yaml", &["review open 2026 --all"], "review record decided.json"),
    ("reviews/2026.yaml", &["review open 2026 --all", "review record decided.json"], "review close 2026"),
];

/// A book that is ready for a writer; its run is dated.
#[cfg(unix)]
fn ready(before: &[&str]) -> Book {
    let book = Book::sound();
    let evening = form(&book);
    let mut noon = evening.clone();
    noon["answers"] = json!([evening["answers"][1]]);
    let shown = book.run("show --format json").json();
    let standards = shown["standards"].as_array().expect("standards").iter();
    let decisions: Vec<_> = standards
        .filter(|standard| standard["status"] == "active")
        .map(|standard| json!({"standard": standard["id"], "stamp": standard["stamp"], "decision": "keep", "reason": "Good"}))
        .collect();
    let decided = json!({"gamma-ok": "review", "version": 1, "book": "Corner shop", "review": "2026", "reviewers": ["lead"],
        "added": [], "decisions": decisions});
    let book = book.with("noon.json", noon.to_string()).with("evening.json", evening.to_string());
    let book = book.with("decided.json", decided.to_string());
    before.iter().for_each(|command| drop(dated(&book, command).ends(0)));
    book
}

/// A run on the day after the round; `design` is told of another phase.
#[cfg(unix)]
fn dated(book: &Book, command: &str) -> Run {
    let mut program = program(book.path());
    program.args(command.split(' ')).args(["--today", "2026-03-02"]);
    if command == "design" {
        fs::write(book.path().join("answers.txt"), "\n1\nFarewell\n.\n").expect("a file");
        program.stdin(fs::File::open(book.path().join("answers.txt")).expect("a file"));
    }
    Run::of(&mut program)
}

#[cfg(unix)]
#[test]
fn what_a_file_is_beside_its_text_is_kept_or_named() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let chmod = |path: &std::path::Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("a mode");
    };
    let lists = |path: &std::path::Path| {
        let output = Command::new("getfacl").arg("-cpn").arg(path).output();
        output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default()
    };
    let has_lists = has("setfacl") && has("getfacl");
    for (file, before, command) in IN_PLACE {
        let book = ready(before);
        let path = book.path().join(file);
        let text = book.read(file);
        chmod(&path, 0o444);
        dated(&book, command).ends(2).says(&format!("{file} is marked as read-only"));
        chmod(&path, 0o640);
        let folder = path.parent().expect("a folder");
        chmod(folder, 0o555);
        dated(&book, command).ends(2).says(&format!("the folder of {file} is marked as read-only"));
        chmod(folder, 0o755);
        fs::hard_link(&path, book.path().join("second")).expect("a second name");
        dated(&book, command).ends(2).says("has a second name (a hard link)");
        fs::remove_file(book.path().join("second")).expect("a file");
        assert_eq!(book.read(file), text, "{command}");
        // Only an administrator may give files away, and not every file system keeps notes.
        let _ = chown(&path, Some(65_533), Some(65_533));
        let _ = xattr::set(&path, "user.note", b"from the office");
        if has_lists {
            let status = Command::new("setfacl").args(["-m", "u:65534:rw,m::rw"]).arg(&path).status();
            assert!(status.is_ok(), "setfacl runs");
        }
        let all = || {
            let known = fs::metadata(&path).expect("there");
            let note = xattr::get(&path, "user.note").ok().flatten();
            (known.mode(), known.uid(), known.gid(), note, lists(&path))
        };
        let kept = all();
        dated(&book, command).ends(0);
        assert_ne!(book.read(file), text, "{command}");
        assert_eq!(all(), kept, "{command}");
        assert_eq!(left_lying(&book), Vec::<String>::new());
    }
}

#[cfg(unix)]
#[test]
fn a_document_never_takes_the_place_of_what_a_book_is_made_of_by_another_name() {
    use std::os::unix::fs::symlink;
    let book =
        Book::sound().with("brand/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").with("texts/a.md", "# A\n");
    let manifest = book.read("gamma-ok.yaml") + "brand: {logo: brand/logo.svg}\n";
    let book = book.with("gamma-ok.yaml", manifest);
    let at = |path: &str| book.path().join(path);
    fs::rename(at(VISIT), at("visit.yaml")).expect("moved");
    symlink("../visit.yaml", at(VISIT)).expect("a link");
    symlink("texts", at("chapters")).expect("a link");
    symlink("gamma-ok.yaml", at("list.md")).expect("a link");
    symlink("sites", at("places")).expect("a link");
    let before: Vec<_> = book.files("").into_iter().map(|path| (book.read(&path), path)).collect();
    let absolute = at("gamma-ok.yaml");
    let names = [
        "list.md",
        "./gamma-ok.yaml",
        "sites/../gamma-ok.yaml",
        "places/corner.yaml",
        "places/new.md",
        "visit.yaml",
        "brand/logo.svg",
        "texts/a.md",
        "texts/b.md",
        "chapters/b.md",
        "GAMMA-OK.yaml",
        "Roles.YAML",
        absolute.to_str().expect("a name"),
    ];
    for name in names {
        book.run_words(&["checklist", "--format", "md", "-o", name]).ends(2).prints_nothing().says("is part of a book");
    }
    // From elsewhere too.
    let elsewhere = Book::empty();
    let folder = book.path().to_str().expect("a name");
    for name in ["visit.yaml", "sites/corner.yaml"] {
        let file = format!("{folder}/{name}");
        elsewhere
            .run_words(&["checklist", "--book", folder, "-o", &file, "--format", "md"])
            .ends(2)
            .says("part of a book");
    }
    for (text, path) in before {
        assert_eq!(book.read(&path), text, "{path}");
    }
    // A second name of the same file loses the file, and the book keeps it.
    fs::hard_link(at("roles.yaml"), at("copy.md")).expect("a second name");
    let roles = book.read("roles.yaml");
    book.run("checklist -o copy.md").ends(0);
    assert_eq!(book.read("roles.yaml"), roles);
    book.run("checklist --format md -o /dev/stdout").ends(0).prints("# Checklist");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_looked_into_is_not_passed_over() {
    let book = Book::sound();
    // A folder that leads out of the book is not read, as one is that the system keeps shut.
    let elsewhere = Book::empty();
    fs::rename(book.path().join("sequences"), elsewhere.path().join("sequences")).expect("moved");
    std::os::unix::fs::symlink(elsewhere.path().join("sequences"), book.path().join("sequences")).expect("a link");
    let before = book.read("roles.yaml");
    book.run("rename seller salesman").ends(1).prints_nothing().says("nothing was written");
    assert_eq!(book.read("roles.yaml"), before);
}

#[test]
fn a_round_is_not_recorded_beside_a_record_that_cannot_be_read() {
    let book = Book::sound();
    let saved = form(&book).to_string();
    let book = book.with("a.json", &saved).with("audits/old.yaml", "round: 7f3c2a9e\nanswers: {\n");
    let run = book.run("audit record a.json --today 2026-03-02").ends(1).prints_nothing().says("audits/old.yaml:");
    run.says("nothing was recorded");
    assert_eq!(book.files("audits"), ["old.yaml"]);
}

#[test]
fn a_round_is_not_recorded_where_the_system_keeps_back_what_it_was_judged_by() {
    let book = Book::sound();
    let saved = form(&book).to_string();
    let book = book.with("a.json", &saved);
    // A folder of the file's name is what the system refuses to give, also to whoever may read everything.
    fs::remove_file(book.path().join("roles.yaml")).expect("removed");
    fs::create_dir(book.path().join("roles.yaml")).expect("a folder");
    for command in ["audit record a.json --today 2026-03-02", "audit new --site corner --today 2026-03-02"] {
        let run = book.run(command).ends(1).prints_nothing().says("roles.yaml:1:1: error: this file cannot be read");
        run.says("nothing was written");
        assert_eq!(book.files("audits"), Vec::<String>::new());
        assert_eq!(book.files("editions"), Vec::<String>::new());
    }
}

#[test]
fn a_sequence_that_is_broken_keeps_nobody_from_recording() {
    let book = Book::sound();
    let saved = form(&book).to_string();
    let book = book.with("a.json", &saved).with("sequences/other.yaml", "id: other\nphases: [\n");
    let run = book.run("audit record a.json --today 2026-03-02").ends(0);
    run.says("the book has 1 error, so what is recorded names no edition");
    let [record] = book.files("audits").try_into().expect("one record");
    assert!(!book.read(&format!("audits/{record}")).contains("edition:"));
}

#[test]
fn a_file_stays_as_it_was_where_some_of_the_book_cannot_be_read() {
    let book = Book::sound();
    for command in [
        "matrix -o kept.csv",
        "matrix -o kept.json",
        "review due -o kept.json",
        "feedback -o kept.json",
        "diff -o kept.json",
        "audit report -o kept.json",
        "audit report -o kept.md",
    ] {
        let file = command.rsplit(' ').next().expect("a file");
        let unreadable = match command.split(' ').next() {
            Some("feedback") => "feedback/other.csv",
            Some("audit") => "audits/other.yaml",
            _ => "sequences/other.yaml",
        };
        fs::create_dir_all(book.path().join(unreadable).parent().expect("a folder")).expect("a folder");
        fs::write(book.path().join(unreadable), "\u{0}").expect("written");
        fs::write(book.path().join(file), "as it was").expect("written");
        let run = book.run(command).ends(1).says(&format!("`{file}` was not written")).says(unreadable);
        run.prints_nothing();
        assert_eq!(book.read(file), "as it was", "{command}");
        fs::remove_file(book.path().join(unreadable)).expect("removed");
    }
    // What goes to the screen says what may be missing.
    fs::write(book.path().join("sequences/other.yaml"), "a: [").expect("written");
    book.run("matrix --format csv").ends(1).says("something may be missing");
}

#[test]
fn findings_never_stand_among_the_results() {
    let book = Book::sound().edit(VISIT, "    traits: [friendly]", "    traits: [frendly]");
    for command in [
        "checklist --format md",
        "checklist --format csv",
        "manual --format html",
        "blueprint --format svg",
        "audit report --format json",
        "audit report --format csv",
        "export quiz",
        "convert",
    ] {
        book.run(command).ends(1).prints_nothing().says("error: `frendly` is not a trait");
    }
    for command in ["show --format json", "matrix --format json", "feedback --format json", "review due --format json"]
    {
        let run = book.run(command);
        assert!(run.stdout().is_empty() || run.json().is_object(), "{command}: {}", run.stdout());
    }
}

#[test]
fn a_document_never_takes_the_place_of_what_a_book_is_made_of() {
    let book = Book::sound().with("chapters/01-welcome.md", "# Welcome\n").with("images/logo.svg", "<svg/>");
    for path in [
        "gamma-ok.yaml",
        "roles.yaml",
        "chapters/01-welcome.md",
        "chapters/02-new.md",
        "images/logo.svg",
        "images/logo.png",
        "images/Desk.JPG",
        VISIT,
    ] {
        let before = fs::read(book.path().join(path)).ok();
        book.run(&format!("checklist --format md -o {path}")).ends(2).prints_nothing().says("is part of a book");
        book.run(&format!("feedback --format json -o ./sites/../{path}")).ends(2).says("is part of a book");
        assert_eq!(fs::read(book.path().join(path)).ok(), before, "{path}");
    }
    book.run("man chapters").ends(2).says("is part of a book");
    // Results have their places.
    for path in ["checklist.md", "images/new.md", "out.md"] {
        book.run(&format!("checklist --format md -o {path}")).ends(0);
    }
    assert_eq!(left_lying(&book), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn what_a_killed_run_left_is_removed_and_nothing_waits_for_a_pipe() {
    let book = Book::sound().with("sites/.gamma-ok-new-abc.tmp", "half").with(".gamma-ok-new-def.tmp", "half");
    let made = Command::new("mkfifo").arg(book.path().join("sequences/.gamma-ok-new-ghi.tmp")).status();
    assert!(made.is_ok_and(|status| status.success()));
    let hold = fs::File::create(book.path().join("sequences/.gamma-ok-new-jkl.tmp")).expect("a file");
    hold.lock().expect("a lock");
    book.run("rename bell door-bell").ends(0);
    assert_eq!(left_lying(&book), ["sequences/.gamma-ok-new-ghi.tmp", "sequences/.gamma-ok-new-jkl.tmp"]);
}

#[test]
fn names_that_some_system_cannot_have_are_refused() {
    let book = Book::sound();
    for name in ["CON", "aux", "lpt1", "2026.", "nul.spring"] {
        book.run_words(&["review", "open", name, "--all"])
            .ends(2)
            .prints_nothing()
            .says("cannot be the name of a review");
    }
    for file in ["audits/a:b.yaml", "audits/con.yaml", "audits/x./y.yaml"] {
        book.run_words(&["audit", "new", "--site", "corner", "-o", file]).ends(2).says("cannot be the name of a file");
    }
    let nowhere = Book::empty();
    for name in ["CON", "a:b", "hotel.", "nul/shop", "shop/aux", "new/a?b"] {
        nowhere.run_words(&["init", name]).ends(2).prints_nothing().says("cannot be the folder of a book");
    }
    assert_eq!(nowhere.files(""), Vec::<String>::new());
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_cannot_be_printed_is_a_failure() {
    for arguments in ["--help", "--version", "check --help", "show", "schema audit", "completions bash"] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full disk");
        let book = Book::sound();
        let status = program(book.path()).args(arguments.split(' ')).stdout(full).stderr(Stdio::null()).status();
        assert_eq!(status.expect("a status").code(), Some(2), "{arguments}");
    }
}

#[cfg(unix)]
#[test]
fn a_book_that_cannot_be_written_is_named_once() {
    use std::os::unix::fs::PermissionsExt;
    let book = Book::sound();
    fs::set_permissions(book.path(), fs::Permissions::from_mode(0o555)).expect("a mode");
    let run = Run::of(program(book.path()).arg("build"));
    assert!(!run.stderr().contains("out/out"), "{}", run.stderr());
    fs::set_permissions(book.path(), fs::Permissions::from_mode(0o755)).expect("a mode");
}

#[cfg(target_os = "linux")]
#[test]
fn results_that_nobody_gets_are_a_failure_that_says_so() {
    for arguments in
        ["check", "show --format json", "matrix --format csv", "rename bell door-bell", "checklist --format md"]
    {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full disk");
        let book = Book::sound();
        let output = program(book.path()).args(arguments.split(' ')).stdout(full).stderr(Stdio::piped()).output();
        let output = output.expect("the program runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{arguments}: {said}");
        assert!(said.contains("standard output cannot be written to: the disk is full"), "{arguments}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn a_new_file_has_a_name_that_every_system_can_have() {
    let book = Book::sound();
    for name in ["CON.md", "nul", "COM1.md", "a:b.md", "x.md ", "a.", "what?.md"] {
        book.run_words(&["checklist", "--format", "md", "-o", name]).ends(2).says("cannot write").prints_nothing();
        assert!(!book.path().join(name).exists(), "{name}");
    }
    book.run_words(&["checklist", "--format", "md", "-o", "/dev/null"]).ends(0);
    // What is there already is somebody's, whatever it is called.
    let book = book.with("a:b.md", "");
    book.run_words(&["checklist", "--format", "md", "-o", "a:b.md"]).ends(0);
}
