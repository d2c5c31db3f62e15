//! A book that came from a stranger: nothing that its repository names is run, a git that does not answer is given up on, and a
//! past that was cut off is never taken for one in which nothing was.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use clap::CommandFactory;
use gamma_ok::project::Project;
use gamma_ok::source::{Disk, HistoryFault};

use crate::support::{Book, Run, program};

const VISIT: &str = "sequences/visit.yaml";

/// Every command, as it is run on a stranger's book. `DIR` is a folder beside it.
const COMMANDS: [&str; 46] = [
    "why greet",
    "why --orphans",
    "portfolio .",
    "copy payment pay-again --dry-run",
    "move receipt arrival --dry-run",
    "lsp",
    "check",
    "check --format json",
    "show",
    "show greet --format json",
    "matrix",
    "explain vague-word",
    "schema audit",
    "completions bash",
    "man",
    "manual",
    "manual --since HEAD~1",
    "manual --since --output=stolen",
    "checklist --format html -o DIR/checklist.html",
    "blueprint",
    "build",
    "export quiz",
    "export anki",
    "export xliff --lang pl",
    "diff",
    "diff HEAD~1 HEAD",
    "diff --format md",
    "diff -- --output=stolen",
    "feedback",
    "show --format xlsx -o DIR/standards.xlsx",
    "import DIR/house.csv --dry-run",
    "audit report",
    "audit actions",
    "audit new --site corner --dry-run",
    "audit record DIR/none.json",
    "review due",
    "review due --format html",
    "review open 2026",
    "review checklist 2026 --format html",
    "review close 2026",
    "review report 2026",
    "edition list",
    "edition adopt --dry-run",
    "edition issue --number 1 --in-force 2027-01-01 --approved-by lead --dry-run",
    "rename greet welcome --dry-run",
    "convert",
];

/// Commands that have no place in that list: one makes a book, one asks a person, one waits for a browser.
const OTHERS: [&str; 3] = ["init", "design", "serve"];

fn git(folder: &Path, arguments: &[&str], input: &str) -> String {
    use std::io::Write;
    let mut command = Command::new("git");
    command.current_dir(folder).args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    use std::process::Stdio;
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("git runs");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("git ends");
    String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
}

/// A book of three commits, changed since, with a record of a wording that only the past knows.
fn book() -> Book {
    let book = Book::sound().with("README.md", "one\n").commit("one");
    let stamp = book.run("show greet --format json").json()["standards"][0]["stamp"].as_str().expect("one").to_owned();
    let record = format!("site: corner\ndate: 2026-03-01\nanswers:\n  greet@{stamp}: 8 s\n");
    let book = book.edit(VISIT, "within 10 seconds", "within 8 seconds").commit("two");
    let book = book.with("audits/1.yaml", record).commit("three");
    book.edit(VISIT, "weight: 2.5", "weight: 1.5").with(".gitattributes", "* filter=x diff=x merge=x\n")
}

/// Settings that name a program wherever git lets one be named; each would leave a file in `marks`.
fn settings(marks: &Path) -> String {
    let mark = |name: &str| format!("\"touch {}/{name}\"", marks.display());
    let shell = |name: &str| format!("\"!touch {}/{name}\"", marks.display());
    let mut text = String::new();
    for key in
        ["fsmonitor", "hooksPath", "pager", "editor", "sshCommand", "askPass", "gitProxy", "alternateRefsCommand"]
    {
        text += &format!("[core]\n\t{key} = {}\n", mark(key));
    }
    for key in ["clean", "smudge", "process"] {
        text += &format!("[filter \"x\"]\n\t{key} = {}\n\trequired = true\n", mark(key));
    }
    text += &format!("[diff]\n\texternal = {}\n", mark("external"));
    text += &format!("[diff \"x\"]\n\ttextconv = {}\n\tcommand = {}\n", mark("textconv"), mark("command"));
    text += &format!("[merge \"x\"]\n\tdriver = {}\n", mark("driver"));
    text += &format!(
        "[gpg]\n\tprogram = {0}\n[gpg \"ssh\"]\n\tprogram = {0}\n[log]\n\tshowSignature = true\n",
        mark("gpg")
    );
    text +=
        &format!("[credential]\n\thelper = {}\n[interactive]\n\tdiffFilter = {}\n", shell("helper"), mark("filter"));
    for alias in ["log", "status", "rev-list", "rev-parse", "cat-file", "ls-tree", "ls-files", "diff-tree"] {
        text += &format!("[alias]\n\t{alias} = {}\n[pager]\n\t{alias} = {}\n", shell("alias"), mark("pager-of"));
    }
    text += &format!("[protocol \"ext\"]\n\tallow = always\n[remote \"origin\"]\n\turl = {}\n", ext(marks));
    text + "\tpromisor = true\n\tpartialclonefilter = blob:none\n[extensions]\n\tpartialClone = origin\n"
}

/// A place to fetch from that is a program.
fn ext(marks: &Path) -> String {
    format!("\"ext::sh -c touch% {}/fetched\"", marks.display())
}

/// Takes an object that only the past needs out of the repository, signs the last commit as nobody would, and leaves it with
/// attributes that no file of the folder shows.
fn tamper(book: &Path, repository: &Path) {
    let former = git(book, &["rev-parse", &format!("HEAD~2:{VISIT}")], "");
    fs::remove_file(repository.join("objects").join(&former[..2]).join(&former[2..])).expect("a loose object");
    let commit = git(book, &["cat-file", "commit", "HEAD"], "");
    let signed =
        commit.replacen("\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n", 1);
    let id = git(book, &["hash-object", "-t", "commit", "-w", "--stdin"], &(signed + "\n"));
    git(book, &["update-ref", "refs/heads/main", &id], "");
    fs::create_dir_all(repository.join("info")).expect("a folder");
    fs::write(repository.join("info/attributes"), "* filter=x diff=x merge=x\n").expect("attributes");
}

fn run_all(book: &Book, beside: &Path, commands: &[&str]) {
    for command in commands {
        let command = command.replace("DIR", &beside.display().to_string());
        let trace = beside.join("marks/trace");
        let mut run = program(book.path());
        run.args(command.split(' ')).env("GIT_TRACE", &trace).env("GIT_TRACE2_EVENT", &trace);
        for name in
            ["GIT_EXTERNAL_DIFF", "GIT_SSH_COMMAND", "GIT_PAGER", "GIT_ASKPASS", "GIT_PROXY_COMMAND", "GIT_EDITOR"]
        {
            run.env(name, format!("touch {}/marks/{name}", beside.display()));
        }
        run.env("GIT_CONFIG_COUNT", "1").env("GIT_CONFIG_KEY_0", "core.fsmonitor");
        run.env("GIT_CONFIG_VALUE_0", format!("touch {}/marks/counted", beside.display()));
        let run = Run::of(&mut run);
        let marks: Vec<_> = fs::read_dir(beside.join("marks")).expect("a folder").flatten().collect();
        assert!(marks.is_empty(), "{command}: {marks:?}\n{}", run.stderr());
    }
}

#[cfg(unix)]
#[test]
fn nothing_that_a_repository_names_is_run() {
    let known: BTreeSet<String> =
        gamma_ok::cli::Cli::command().get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let tried = COMMANDS.iter().filter_map(|command| command.split(' ').next()).chain(OTHERS);
    assert_eq!(tried.map(str::to_owned).collect::<BTreeSet<_>>(), known, "a command is not tried");

    let few = ["check", "checklist", "diff", "manual --since HEAD~1", "audit report", "review due --format html"];
    for place in ["config", "config.worktree", "include", "elsewhere", "bare"] {
        let beside = tempfile::tempdir().expect("a folder");
        let (marks, book) = (beside.path().join("marks"), book());
        fs::create_dir(&marks).expect("a folder");
        let mut repository = book.path().join(".git");
        tamper(book.path(), &repository);
        let (plain, settings) = (fs::read_to_string(repository.join("config")).expect("settings"), settings(&marks));
        let plain = plain.replace("repositoryformatversion = 0", "repositoryformatversion = 1");
        let mut config = format!("{plain}{settings}");
        match place {
            "config.worktree" => {
                fs::write(repository.join("config.worktree"), &settings).expect("settings");
                config = format!("{plain}[extensions]\n\tworktreeConfig = true\n");
            }
            "include" => {
                fs::write(book.path().join("included"), &settings).expect("settings");
                config = format!("{plain}[include]\n\tpath = ../included\n");
            }
            "elsewhere" => {
                let moved = beside.path().join("moved.git");
                fs::rename(&repository, &moved).expect("moved");
                fs::write(&repository, format!("gitdir: {}\n", moved.display())).expect("a file");
                repository = moved;
            }
            "bare" => {
                for entry in fs::read_dir(&repository).expect("a folder").flatten() {
                    fs::rename(entry.path(), book.path().join(entry.file_name())).expect("moved");
                }
                fs::remove_dir(&repository).expect("empty");
                repository = book.path().to_owned();
                config = config.replace("bare = false", &format!("worktree = {}", book.path().display()));
            }
            _ => {}
        }
        fs::write(repository.join("config"), config).expect("settings");
        run_all(&book, beside.path(), if place == "config" { &COMMANDS } else { &few });
        assert!(!book.path().join("stolen").exists());
        if place == "config" {
            // The settings are of the kind that is run: a porcelain command falls for them.
            git(book.path(), &["status"], "");
            assert!(fs::read_dir(&marks).expect("a folder").count() > 0, "these settings run nothing");
        }
    }
}

/// A folder with a program of that name in it.
#[cfg(unix)]
fn fake_git(script: &str) -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("git");
    fs::write(&file, format!("#!/bin/sh\n{script}\n")).expect("a script");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("a mode");
    folder
}

#[cfg(unix)]
fn run_with(book: &Book, git: &Path, arguments: &str) -> Run {
    let path = format!("{}:/usr/bin:/bin", git.display());
    Run::of(program(book.path()).args(arguments.split(' ')).env("PATH", path))
}

#[cfg(unix)]
#[test]
fn a_git_that_does_not_answer_or_does_not_end_is_given_up_on() {
    let book = book();
    let silent = fake_git("exec sleep 1000");
    run_with(&book, silent.path(), "check").ends(0).says("git did not answer within 10 seconds");
    let endless = fake_git("exec yes");
    run_with(&book, endless.path(), "check").ends(0).says("the book's past was not looked at");
    run_with(&book, endless.path(), "checklist").ends(0).prints("Checklist");
    run_with(&book, endless.path(), "diff").ends(2).says("git failed");
    // One that answers the first question only.
    let first = fake_git("case \"$*\" in *is-inside-work-tree*) echo true; echo false;; *) exec sleep 1000;; esac");
    run_with(&book, first.path(), "checklist").ends(0).prints("Checklist");
    run_with(&book, first.path(), "diff").ends(2).says("git did not answer");
}

#[cfg(unix)]
#[test]
fn a_repository_of_somebody_else_is_left_alone_and_named() {
    let book = book();
    let distrusting = fake_git("echo \"fatal: detected dubious ownership in repository at '/x'\" >&2; exit 128");
    let run = run_with(&book, distrusting.path(), "diff").ends(2).prints_nothing();
    run.says("belongs to another user").says("safe.directory");
    run_with(&book, distrusting.path(), "check").ends(0).says("the book's past was not looked at");
}

/// A copy of a book's repository.
fn cloned(book: &Book, arguments: &[&str]) -> Book {
    let copy = Book::empty();
    book.git(&["config", "uploadpack.allowFilter", "true"]);
    let from = format!("file://{}", book.path().display());
    copy.git(&[&["clone", "--quiet"], arguments, &[from.as_str(), "."]].concat());
    copy
}

#[test]
fn a_past_that_is_cut_off_is_said_and_never_taken_for_never() {
    let book = book();
    fs::remove_file(book.path().join(".gitattributes")).expect("a file");
    let book = book.commit("four");
    let stale = |run: &Run| run.stdout().contains("[stale-translation]");
    let whole = cloned(&book, &[]).run("check").ends(0).says_nothing();
    assert!(stale(&whole));
    for arguments in [["--depth", "1"].as_slice(), &["--filter=blob:none"]] {
        let copy = cloned(&book, arguments);
        let run = copy.run("check").ends(0).omits("never had").prints("note: a wording of `greet` with the stamp");
        assert_eq!(run.says("the book's past is cut off").stderr().lines().count(), 1, "{arguments:?}");
    }
    let copy = cloned(&book, &[]);
    fs::remove_dir_all(copy.path().join(".git")).expect("a repository");
    let run = copy.run("check").ends(0).omits("never had").prints("note: a wording of `greet` with the stamp");
    assert!(!stale(&run));
    let run = run.says("not in a git repository").says("stale translations and earlier wordings are not known here");
    assert_eq!(run.stderr().lines().count(), 1);
    // What is not asked for is not missed.
    let copy = copy.edit("gamma-ok.yaml", "derive: false", "derive: false\nrules: {stale-translation: off}");
    fs::remove_dir_all(copy.path().join("audits")).expect("records");
    copy.run("check").ends(0).says_nothing();
}

/// What the version was when git itself compared the files.
fn as_git_says(book: &Book) -> String {
    let commit = git(book.path(), &["log", "-1", "--abbrev=10", "--format=%h", "--", "."], "");
    let status = ["status", "--porcelain", "--untracked-files=normal", "--", ".", ":(exclude)out"];
    let changed = if git(book.path(), &status, "").is_empty() { "" } else { "+" };
    format!("{commit}{changed}")
}

#[test]
fn whether_a_book_was_changed_is_found_out_as_git_finds_it_out() {
    let version = |book: &Book| {
        let disk = Disk::new(book.path(), chrono::NaiveDate::default()).expect("a folder");
        Project::open(disk).expect("a book").version()
    };
    let book = Book::sound().with("images/a.png", [0, 13, 10, 255]).with(".gitignore", "*.tmp\nout2/\n");
    assert_eq!(version(&book), Err(HistoryFault::NoRepository));
    book.git(&["init", "--quiet"]);
    assert_eq!(version(&book), Err(HistoryFault::NoCommit));
    let book = book.commit("one");
    let clean = as_git_says(&book);
    let agrees = |what: &str, is_changed: bool| {
        let said = as_git_says(&book);
        assert_eq!(said.ends_with('+'), is_changed, "{what}");
        assert_eq!(version(&book), Ok(Some(said)), "{what}");
    };
    let put = |path: &str, text: &[u8]| {
        fs::create_dir_all(book.path().join(path).parent().expect("a folder")).expect("a folder");
        fs::write(book.path().join(path), text).expect("a file");
    };
    let remove = |path: &str| fs::remove_file(book.path().join(path)).expect("a file");
    let visit = book.read(VISIT);
    agrees("nothing", false);
    put("out/en/manual.html", b"x");
    put("notes.tmp", b"x");
    put("out2/x", b"x");
    agrees("documents, and what is ignored", false);
    put("sites/new.yaml", b"id: new\n");
    agrees("a new file", true);
    book.git(&["add", "sites/new.yaml"]);
    agrees("a new file that is to be committed", true);
    book.git(&["rm", "--quiet", "--force", "sites/new.yaml"]);
    agrees("it is gone", false);
    put(VISIT, visit.replace("weight: 2.5", "weight: 1.5").as_bytes());
    agrees("as many bytes, but others", true);
    put(VISIT, visit.as_bytes());
    agrees("put back", false);
    remove("images/a.png");
    agrees("a file less", true);
    put("images/a.png", &[0, 13, 10, 255]);
    book.git(&["config", "core.autocrlf", "true"]);
    remove(VISIT);
    book.git(&["checkout", "--quiet", "--", VISIT]);
    assert!(book.read(VISIT).contains("\r\n"));
    agrees("line ends of another system", false);
    assert_eq!(version(&book), Ok(Some(clean)));
    put("unrelated/x.txt", b"x");
    agrees("an unknown folder", true);
}

#[test]
#[cfg(feature = "pdf")]
fn a_template_that_grows_without_end_is_ended() {
    for template in [
        "#let x = \"x\" * 4000000000\n#x\n",
        "#let a = \"aaaaaaaaaa\"\n#for i in range(32) { a = a + a }\n#a\n",
        "#for i in range(1000000000000) {}\n",
    ] {
        let book = Book::sound().with("templates/typst/checklist.typ", template);
        let run = book.run("checklist --format pdf -o checklist.pdf").ends(2);
        let run = run.says("error: templates/typst/checklist.typ: this template asks for more than 10 s of work or 40");
        run.prints_nothing();
        assert!(!book.path().join("checklist.pdf").exists(), "{template}");
    }
}

#[test]
#[cfg(feature = "pdf")]
fn a_book_s_own_template_makes_what_the_same_template_of_the_program_makes() {
    let template = include_str!("../../templates/typst/checklist.typ");
    let [plain, own] = [Book::sound(), Book::sound().with("templates/typst/checklist.typ", template)].map(|book| {
        book.run("checklist --format pdf -o checklist.pdf").ends(0);
        fs::read(book.path().join("checklist.pdf")).expect("the document")
    });
    assert!(plain == own, "{} and {} bytes", plain.len(), own.len());
    // A mistake in it is told at its line, as ever.
    let book = Book::sound().with("templates/typst/checklist.typ", "\n#nobody\n");
    book.run("checklist --format pdf -o x.pdf")
        .ends(2)
        .says("templates/typst/checklist.typ:2: unknown variable: nobody");
}
