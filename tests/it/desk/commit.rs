//! With `--commit` each change is committed, and nothing else.

use std::process::Command;

use serde_json::json;

use super::client::Desk;
use super::round;
use crate::support::Book;

fn git(book: &Book, arguments: &[&str]) -> String {
    let output = Command::new("git").current_dir(book.path()).args(arguments).output().expect("git runs");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// A book in a repository where every hook leaves a trace, signing is asked for, and somebody is about to commit something.
fn repository() -> Book {
    let book = Book::sound();
    book.git(&["init", "--quiet"]);
    let book = book.commit("The book");
    let hooks = book.path().join(".git").join("hooks");
    std::fs::create_dir_all(&hooks).expect("a folder");
    for hook in ["pre-commit", "post-commit", "commit-msg", "reference-transaction", "post-index-change"] {
        let path = hooks.join(hook);
        std::fs::write(&path, "#!/bin/sh\ntouch \"$(dirname \"$0\")/ran\"\nexit 1\n").expect("written");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("executable");
        }
    }
    book
}

#[test]
fn a_commit_has_what_the_desk_wrote_and_nothing_else() {
    let book = repository();
    // What hooks and settings would do shows from now on.
    git(&book, &["config", "commit.gpgSign", "true"]);
    git(&book, &["config", "user.name", "somebody"]);
    let book = book.with("notes.md", "about to be committed\n").with("loose.md", "not yet\n");
    git(&book, &["add", "notes.md"]);
    std::fs::remove_file(book.path().join(".git/hooks/ran")).ok();
    let before = git(&book, &["rev-parse", "HEAD"]);
    let desk = Desk::open_with(&book, &["--port", "0", "--commit"]);
    let visitor = desk.visitor();
    let as_manager = super::client::Visitor {
        cookie: {
            let chosen = desk.post(&visitor, "/choices", "role=manager");
            let kept = chosen.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
            format!("{}; {kept}", visitor.cookie)
        },
        ..visitor.clone()
    };
    let answer = desk.hand_in(&as_manager, "/rounds", &round(&book, "met"));
    assert_eq!(answer.status, 201, "{}", answer.body);
    let record = answer.json()["record"].as_str().expect("a path").to_owned();
    assert_eq!(git(&book, &["rev-parse", "HEAD^"]), before, "one commit");
    let files = git(&book, &["diff-tree", "--no-commit-id", "--name-only", "-r", "HEAD"]);
    assert!(
        files.lines().any(|file| file == record) && !files.contains("notes") && !files.contains("loose"),
        "{files}"
    );
    assert_eq!(git(&book, &["show", &format!("HEAD:{record}")]), book.read(&record).trim());
    let by = git(&book, &["log", "-1", "--format=%an <%ae> %cn %G?"]);
    assert_eq!(by, "Manager <manager@desk.invalid> Manager N");
    assert!(!book.path().join(".git/hooks/ran").exists(), "a hook ran");
    // What somebody made ready is still ready, and the record is not.
    assert_eq!(git(&book, &["status", "--porcelain"]), "A  notes.md\n?? loose.md");

    // Nothing during a merge, and nothing lost.
    std::fs::write(book.path().join(".git/MERGE_HEAD"), format!("{before}\n")).expect("written");
    let mut other = round(&book, "not met");
    other["round"] = json!("00000002");
    other["date"] = json!("2026-02-03T10:00");
    let refused = desk.hand_in(&as_manager, "/rounds", &other);
    assert!(refused.status == 409 && refused.body.contains("merge"), "{}", refused.body);
    assert_eq!(git(&book, &["status", "--porcelain"]), "A  notes.md\n?? loose.md");
    std::fs::remove_file(book.path().join(".git/MERGE_HEAD")).expect("removed");
    assert_eq!(desk.hand_in(&as_manager, "/rounds", &other).status, 201);
    assert_eq!(git(&book, &["rev-list", "--count", "HEAD"]), "3");
}

#[test]
fn rounds_that_nobody_else_has_are_told() {
    let book = repository();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let chosen = desk.post(&visitor, "/choices", "role=manager");
    let kept = chosen.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    let visitor = super::client::Visitor { cookie: format!("{}; {kept}", visitor.cookie), ..visitor };
    assert!(!desk.get(&visitor, "/").body.contains("on this computer alone"));
    assert_eq!(desk.hand_in(&visitor, "/rounds", &round(&book, "not met")).status, 201);
    let today = desk.get(&visitor, "/").body;
    assert!(today.contains("1 round is on this computer alone"), "{today}");
    assert!(today.contains("ot met last time"), "{today}");
}

#[test]
fn without_a_repository_nothing_is_promised() {
    let book = Book::sound();
    book.run("serve --no-open --port 0 --commit").ends(2).says("nothing can be committed here");
}
