//! Who writes a book: one at a time, nothing that was not asked for, and everything as it was beside what changed.

use std::fs;
use std::process::{Command, Stdio};

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

#[cfg(unix)]
#[test]
fn what_a_file_is_beside_its_text_is_kept_or_named() {
    use std::os::unix::fs::PermissionsExt;
    let book = Book::sound();
    let at = |path: &str| book.path().join(path);
    let chmod = |path: &str, mode: u32| {
        fs::set_permissions(at(path), fs::Permissions::from_mode(mode)).expect("a mode");
    };
    chmod(VISIT, 0o444);
    book.run("rename bell door-bell").ends(2).prints_nothing().says("sequences/visit.yaml is marked as read-only");
    chmod(VISIT, 0o640);
    chmod("sequences", 0o555);
    book.run("rename bell door-bell")
        .ends(2)
        .prints_nothing()
        .says("the folder of sequences/visit.yaml is marked as read-only");
    chmod("sequences", 0o755);
    fs::hard_link(at(VISIT), book.path().join("second")).expect("a second name");
    book.run("rename bell door-bell").ends(2).prints_nothing().says("has a second name (a hard link)");
    fs::remove_file(at("second")).expect("a file");
    let has_lists = Command::new("setfacl").args(["-m", "u:65534:rw,m::rw"]).arg(at(VISIT)).status();
    let lists = |book: &Book| {
        let output = Command::new("getfacl").arg("-cpn").arg(book.path().join(VISIT)).output();
        output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default()
    };
    let before = lists(&book);
    book.run("rename bell door-bell").ends(0).prints("sequences/visit.yaml");
    assert_eq!(lists(&book), before);
    if !has_lists.is_ok_and(|status| status.success()) {
        let mode = fs::metadata(at(VISIT)).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode, 0o640);
    }
    assert_eq!(left_lying(&book), Vec::<String>::new());
}

#[test]
fn a_document_never_takes_the_place_of_what_a_book_is_made_of() {
    let book = Book::sound().with("chapters/01-welcome.md", "# Welcome\n").with("images/logo.svg", "<svg/>");
    for path in
        ["gamma-ok.yaml", "roles.yaml", "chapters/01-welcome.md", "chapters/02-new.md", "images/logo.svg", VISIT]
    {
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
    for name in ["CON", "a:b", "hotel."] {
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
