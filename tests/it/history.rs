//! The past of a book in git: revisions, files, steps, and what keeps them from being read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use gamma_ok::source::{Disk, Git, History, HistoryFault, Refusal, Snapshot, World};
use gamma_ok::{book, changes, method};

use crate::support::Book;

fn day() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 3, 2).expect("a date")
}

fn open(book: &Book) -> Git {
    Git::open(book.path()).expect("a repository")
}

fn snapshot<'a>(git: &'a Git, name: &str) -> Snapshot<'a> {
    Snapshot::new(git, &git.revision(name).expect("a revision"), day()).expect("files")
}

#[test]
fn a_revision_is_read_as_a_book_of_today() {
    let book = Book::sound().commit("one").edit("sequences/visit.yaml", "id: arrival", "id: coming").commit("two");
    let git = open(&book);
    let phases = |name: &str| -> Vec<String> {
        let loaded = book::load(&snapshot(&git, name)).expect("a manifest");
        assert!(loaded.findings.is_empty(), "{:?}", loaded.findings);
        loaded.book.sequences[0].phases.iter().map(|phase| phase.id.name.clone()).collect()
    };
    assert_eq!(phases("HEAD~1"), ["arrival", "payment"]);
    assert_eq!(phases("HEAD"), ["coming", "payment"]);
    assert_eq!(phases("main"), phases("HEAD"));
    let id = git.revision("HEAD~1").expect("a revision");
    assert_eq!(git.revision(id.short()), Ok(id.clone()), "an id may be shortened");
}

#[test]
fn a_book_may_be_a_folder_of_a_repository_with_a_difficult_name() {
    let folder = "książki/*[a] \"b\"";
    let book = Book::empty().with(&format!("{folder}/gamma-ok.yaml"), "title: A\n").with("sites/x.yaml", "id: x\n");
    let book = book.with(&format!("{folder}/sites/łódź.yaml"), "id: lodz\n").commit("one");
    let book = book.with(&format!("{folder}/sites/łódź.yaml"), "id: lodz\nrooms: 3\n").with("sites/x.yaml", "id: y\n");
    let book = book.commit("two");
    let git = Git::open(&book.path().join(folder)).expect("a repository");
    let world = snapshot(&git, "HEAD~1");
    assert_eq!(world.list("sites", &[".yaml"]), [Ok("sites/łódź.yaml".to_owned())]);
    assert_eq!(world.text("sites/łódź.yaml").as_deref(), Ok("id: lodz\n"));
    assert_eq!(world.text("sites/x.yaml"), Err(Refusal::Missing), "it stands beside the book");
    let steps = git.steps(&git.revision("HEAD").expect("HEAD"), &["sites"], 9).expect("steps");
    let paths: Vec<Vec<&str>> = steps.iter().map(|step| after(&step.files)).collect();
    assert_eq!(paths, [["sites/łódź.yaml"], ["sites/łódź.yaml"]]);
}

fn after(files: &[gamma_ok::source::FileChange]) -> Vec<&str> {
    files.iter().filter_map(|file| file.after.as_ref()).map(|(path, _)| path.as_str()).collect()
}

#[test]
fn steps_go_back_one_by_one_and_follow_a_file_that_was_moved() {
    let book = Book::sound().commit("one").with("README.md", "not of the standards\n").commit("two");
    let text = book.read("sequences/visit.yaml");
    fs::remove_file(book.path().join("sequences/visit.yaml")).expect("a file");
    let book = book.with("sequences/moved.yaml", text).commit("three");
    let book = book.edit("sequences/moved.yaml", "id: arrival", "id: coming").commit("four");
    let git = open(&book);
    let head = git.revision("HEAD").expect("HEAD");
    let steps = git.steps(&head, &["sequences"], 9).expect("steps");
    let shown: Vec<String> = steps
        .iter()
        .flat_map(|step| &step.files)
        .map(|file| {
            let path = |side: &Option<(String, String)>| side.as_ref().map_or("-".to_owned(), |(path, _)| path.clone());
            format!("{} > {}", path(&file.before), path(&file.after))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "sequences/moved.yaml > sequences/moved.yaml",
            "sequences/visit.yaml > sequences/moved.yaml",
            "- > sequences/visit.yaml"
        ]
    );
    let joined = steps.windows(2).all(|pair| pair[0].files[0].before.is_some() && pair[1].files[0].after.is_some());
    assert!(
        joined && steps.iter().all(|step| step.date == chrono::NaiveDate::from_ymd_opt(2026, 1, 5).expect("a date"))
    );
    assert_eq!(git.steps(&head, &["sequences"], 1).expect("steps"), steps[..1]);
    assert_eq!(git.steps(&head, &["reviews"], 9).expect("steps"), []);
}

#[test]
fn what_a_merge_brought_counts_as_of_the_merge() {
    let book = Book::sound().commit("one");
    book.git(&["checkout", "--quiet", "-b", "side"]);
    let book = book.edit("sequences/visit.yaml", "id: arrival", "id: coming").commit("two");
    book.git(&["checkout", "--quiet", "main"]);
    let book = book.with("sites/third.yaml", "id: third\n").commit("three");
    book.git(&["merge", "--quiet", "--no-ff", "-m", "four", "side"]);
    let git = open(&book);
    let head = git.revision("HEAD").expect("HEAD");
    let steps = git.steps(&head, &["sequences"], 9).expect("steps");
    assert_eq!(steps.len(), 2);
    assert_eq!(steps[0].revision, head);
}

#[test]
fn a_name_is_never_an_option_and_an_unknown_one_names_the_nearest() {
    let book = Book::sound().commit("one");
    book.git(&["tag", "spring-2026"]);
    let git = open(&book);
    for name in ["--output=stolen", "-h", "", "a\nb", "a\0b", "HEAD:gamma-ok.yaml", "HEAD^{tree}", ":/nothing like it"]
    {
        assert!(matches!(git.revision(name), Err(HistoryFault::Unknown { .. })), "{name:?}");
    }
    assert!(!book.path().join("stolen").exists());
    let fault = git.revision("sprint-2026").expect_err("there is none");
    assert_eq!(fault.help().as_deref(), Some("did you mean `spring-2026`?"));
    assert!(git.revision("spring-2026").is_ok(), "after a failure others are still answered");
}

#[test]
fn settings_of_a_user_change_nothing() {
    let book = Book::sound().commit("one").edit("sequences/visit.yaml", "id: arrival", "id: coming").commit("two");
    let plain = open(&book);
    let head = plain.revision("HEAD").expect("HEAD");
    let expected = plain.steps(&head, &["sequences"], 9).expect("steps");
    let settings = [
        ("core.quotePath", "true"),
        ("log.showSignature", "true"),
        ("diff.renames", "false"),
        ("diff.noprefix", "true"),
        ("diff.external", "false"),
        ("color.ui", "always"),
        ("core.pager", "false"),
        ("core.fsmonitor", "touch stolen"),
    ];
    for (key, value) in settings {
        book.git(&["config", key, value]);
    }
    assert_eq!(open(&book).steps(&head, &["sequences"], 9), Ok(expected));
    assert_eq!(open(&book).files(&head), plain.files(&head));
    assert!(!book.path().join("stolen").exists());
}

#[test]
fn without_a_past_it_says_so() {
    let fault = |book: &Book| Git::open(book.path()).and_then(|git| git.revision("HEAD")).expect_err("no past");
    // A temporary folder may lie in somebody's repository; this one does not.
    let nowhere = Book::sound();
    if Git::open(nowhere.path().parent().expect("a folder")).is_err() {
        assert_eq!(fault(&nowhere), HistoryFault::NoRepository);
    }
    let empty = Book::sound();
    empty.git(&["init", "--quiet"]);
    assert_eq!(fault(&empty), HistoryFault::NoCommit);
}

#[cfg(unix)]
#[test]
fn links_are_followed_inside_the_book_only() {
    let book = Book::sound();
    let link = |target: &str, name: &str| {
        std::os::unix::fs::symlink(target, book.path().join(name)).expect("a link");
    };
    link("corner.yaml", "sites/again.yaml");
    link("../../../etc/passwd", "sites/outside.yaml");
    link("circle.yaml", "sites/circle.yaml");
    let book = book.commit("one");
    let git = open(&book);
    let world = snapshot(&git, "HEAD");
    assert_eq!(world.text("sites/again.yaml"), world.text("sites/corner.yaml"));
    assert_eq!(world.text("sites/outside.yaml"), Err(Refusal::Outside));
    assert!(matches!(world.text("sites/circle.yaml"), Err(Refusal::System(_))));
    let refused: Vec<_> =
        world.list("sites", &[".yaml"]).into_iter().filter_map(Result::err).map(|(path, _)| path).collect();
    assert_eq!(refused, ["sites/circle.yaml", "sites/outside.yaml"]);
}

#[test]
fn a_wording_is_found_by_any_name_that_its_standard_had() {
    const VISIT: &str = "sequences/visit.yaml";
    let stamps = |book: &Book| -> BTreeMap<String, String> {
        let json = book.run("show --format json").ends(0).json();
        let of = |one: &serde_json::Value, key: &str| one[key].as_str().expect("a text").to_owned();
        json["standards"].as_array().expect("a list").iter().map(|one| (of(one, "id"), of(one, "stamp"))).collect()
    };
    let book = Book::sound().commit("one");
    let first = stamps(&book);
    let book = book.edit(VISIT, "within 10 seconds", "within 8 seconds").commit("two");
    let second = stamps(&book);
    let book = book.edit(VISIT, "id: greet\n        was: [say-hello]", "id: welcome\n        was: [greet, say-hello]");
    let book = book.edit(VISIT, "within 8 seconds", "within 6 seconds").commit("three");
    let third = stamps(&book);
    // Not committed; and a standard that is gone.
    let book = book.edit(VISIT, "within 6 seconds", "within 5 seconds");
    let text = book.read(VISIT);
    let bell = text.find("      - id: bell").expect("the bell")..text.find("  - id: payment").expect("a phase");
    let book = book.with(VISIT, text.replace(&text[bell], ""));

    let now = method::standards(&book::load(&disk(&book)).expect("a manifest").book);
    let pair = |id: &str, stamp: &str| (id.to_owned(), stamp.to_owned());
    let wanted = BTreeSet::from([
        pair("say-hello", &first["greet"]),
        pair("welcome", &first["greet"]),
        pair("greet", &second["greet"]),
        pair("welcome", &third["welcome"]),
        pair("bell", &first["bell"]),
        // Somebody else's wording, and one that never was.
        pair("receipt", &first["greet"]),
        pair("welcome", "00000000"),
    ]);
    let git = open(&book);
    let wordings = changes::wordings(&git, &now, &wanted).expect("a history");
    let shown: Vec<String> = wordings
        .found
        .iter()
        .map(|((id, _), wording)| format!("{id}: {} {}", wording.id, wording.text.0[0].text))
        .collect();
    assert_eq!(
        shown.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        BTreeSet::from([
            "bell: bell A bell hangs over the door.",
            "greet: greet The seller greets the shopper within 8 seconds.",
            "say-hello: greet The seller greets the shopper within 10 seconds.",
            "welcome: greet The seller greets the shopper within 10 seconds.",
            "welcome: welcome The seller greets the shopper within 6 seconds.",
        ])
    );
    assert!(wordings.is_complete);
    let ended = |id: &str, stamp: &str| wordings.found[&pair(id, stamp)].until.clone().map(|(revision, _)| revision);
    assert_eq!(ended("welcome", &third["welcome"]), None, "it is committed");
    assert_eq!(ended("greet", &second["greet"]), Some(git.revision("HEAD").expect("HEAD")));
    assert_eq!(ended("say-hello", &first["greet"]), Some(git.revision("HEAD~1").expect("a revision")));
}

fn disk(book: &Book) -> Disk {
    Disk::new(book.path(), day()).expect("a folder")
}

#[test]
fn a_translation_is_stale_when_its_text_alone_was_changed_last() {
    const VISIT: &str = "sequences/visit.yaml";
    let stale = |book: &Book| -> Vec<(String, String)> {
        let json = book.run("check --format json").json();
        let found = json.as_array().expect("a list").iter().filter(|one| one["rule"] == "stale-translation");
        let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
        found
            .map(|one| (format!("{}:{}", text(&one["file"]), one["line"]), text(&one["related"][0]["message"])))
            .collect()
    };
    let none: [(String, String); 0] = [];
    let book = Book::sound().commit("one");
    assert_eq!(stale(&book), none);
    // The text alone, first in the folder, then committed.
    let book = book.edit(VISIT, "within 10 seconds", "within 8 seconds");
    let before = "before, it read: The seller greets the shopper within 10 seconds.";
    assert_eq!(stale(&book), [(format!("{VISIT}:22"), format!("it was changed since the last commit; {before}"))]);
    let book = book.commit("two");
    let two = open(&book).revision("HEAD").expect("HEAD");
    let committed = (format!("{VISIT}:22"), format!("it was changed in {} of 2026-01-05; {before}", two.short()));
    assert_eq!(stale(&book), std::slice::from_ref(&committed));
    // Re-wrapped, moved to another file, and with other commits on top, it is stale still.
    let book = book.edit(
        VISIT,
        "en: The seller greets the shopper within 8 seconds.",
        "en: >-\n            The seller greets\n            the shopper within 8 seconds.",
    );
    let book = book.commit("three");
    let text = book.read(VISIT);
    fs::remove_file(book.path().join(VISIT)).expect("a file");
    let book =
        book.with("sequences/moved.yaml", text).commit("four").with("sites/third.yaml", "id: third\n").commit("five");
    assert_eq!(stale(&book), [("sequences/moved.yaml:24".to_owned(), committed.1)]);
    // The translation follows.
    let book = book.edit("sequences/moved.yaml", "w ciągu 10 sekund", "w ciągu 8 sekund");
    assert_eq!(stale(&book), none);
    let book = book.commit("six");
    assert_eq!(stale(&book), none);
    // Switched off, or no history at all.
    let book = book.edit("sequences/moved.yaml", "en: Arrival", "en: Coming in");
    assert_eq!(stale(&book).len(), 1);
    let book = book.edit("gamma-ok.yaml", "derive: false", "derive: false\nrules: {stale-translation: off}");
    assert_eq!(stale(&book), none);
}

#[test]
fn a_record_of_a_wording_that_git_remembers_is_sound() {
    let first = Book::sound().commit("one");
    let json = first.run("show greet --format json").ends(0).json();
    let stamp = json["standards"][0]["stamp"].as_str().expect("a stamp").to_owned();
    let book = first.edit("sequences/visit.yaml", "within 10 seconds", "within 8 seconds");
    let book = book.edit("sequences/visit.yaml", "w ciągu 10 sekund", "w ciągu 8 sekund").commit("two");
    let record = |stamp: &str| format!("site: corner\ndate: 2026-03-01\nanswers:\n  greet@{stamp}: 8 s\n");
    let unknown = |book: &Book| book.run("check --today 2026-03-02").stdout().contains("unknown-stamp");
    let book = book.with("audits/1.yaml", record(&stamp));
    assert!(!unknown(&book));
    let book = book.with("audits/1.yaml", record("0123abcd"));
    assert!(unknown(&book));
    fs::remove_dir_all(book.path().join(".git")).expect("a repository");
    let book = book.with("audits/1.yaml", record(&stamp));
    book.run("check").ends(0).prints("note: a wording of `greet` with the stamp").omits("never had");
}

/// The places of stale translations.
fn stale_places(book: &Book) -> Vec<String> {
    let json = book.run("check --format json").json();
    let found = json.as_array().expect("a list").iter().filter(|one| one["rule"] == "stale-translation");
    found.map(|one| format!("{}:{}", one["file"].as_str().expect("a file"), one["line"])).collect()
}

const VISIT: &str = "sequences/visit.yaml";

/// The book, committed, and its text changed since, in a commit of its own.
fn changed() -> Book {
    let book = Book::sound().commit("one").edit(VISIT, "within 10 seconds", "within 8 seconds").commit("two");
    assert_eq!(stale_places(&book).len(), 1);
    book
}

#[test]
fn how_a_translation_is_written_makes_no_other_of_it() {
    let translation =
        changed().read(VISIT).lines().find(|line| line.contains("wita")).expect("a line").trim().to_owned();
    let text = translation.strip_prefix("pl: ").expect("a translation");
    let ways = [
        format!("pl: \"{text}\""),
        format!("pl: '{text}'"),
        format!("pl: >-\n            {}", text.replacen(' ', "\n            ", 1)),
        format!("pl: |-\n            {text}"),
        format!("pl:   {text}   # as before"),
        format!("pl: \"{}\"", text.replacen('w', "\\x77", 1)),
        format!("\"pl\": {}", text.replacen(' ', "\n            ", 2)),
        format!("pl: {}", text.replace('ą', "a\u{328}")),
    ];
    for way in ways {
        let book = changed().edit(VISIT, &translation, &way);
        assert_eq!(stale_places(&book).len(), 1, "in the folder: {way}");
        let book = book.commit("three");
        assert_eq!(stale_places(&book).len(), 1, "committed: {way}");
        // And the text with it.
        let book = book.edit(
            VISIT,
            "The seller greets the shopper within 8",
            "The seller greets\n            the shopper within 8",
        );
        let book = book.commit("four");
        assert_eq!(stale_places(&book).len(), 1, "both: {way}");
        let book = book.edit(VISIT, "10 sekund", "8 sekund");
        assert_eq!(stale_places(&book), Vec::<String>::new(), "mended: {way}");
    }
}

#[test]
fn a_pair_that_was_committed_is_not_stale() {
    let back = |book: Book| book.edit(VISIT, "within 8 seconds", "within 10 seconds");
    let book = back(changed());
    assert_eq!(stale_places(&book), Vec::<String>::new(), "taken back in the folder");
    let book = book.commit("three");
    assert_eq!(stale_places(&book), Vec::<String>::new(), "taken back by a commit");
    // There and back once more; then another.
    let book = book.edit(VISIT, "within 10 seconds", "within 6 seconds").commit("four");
    assert_eq!(stale_places(&book).len(), 1);
    let book = book.edit(VISIT, "within 6 seconds", "within 10 seconds").commit("five");
    assert_eq!(stale_places(&book), Vec::<String>::new());
    // Both changed, then each taken back in its own commit: the pair of the first commit.
    let book =
        book.edit(VISIT, "within 10 seconds", "within 5 seconds").edit(VISIT, "ciągu 10", "ciągu 5").commit("six");
    assert_eq!(stale_places(&book), Vec::<String>::new());
    let book = book.edit(VISIT, "ciągu 5", "ciągu 10").commit("seven");
    let book = book.edit(VISIT, "within 5 seconds", "within 10 seconds").commit("eight");
    assert_eq!(stale_places(&book), Vec::<String>::new());
    // What was only committed while it was stale is no such pair.
    let book = book.edit(VISIT, "within 10 seconds", "within 9 seconds").commit("nine");
    let book = book.edit(VISIT, "within 9 seconds", "within 7 seconds").commit("ten");
    let book = book.edit(VISIT, "within 7 seconds", "within 9 seconds").commit("eleven");
    assert_eq!(stale_places(&book).len(), 1);
}

#[test]
fn a_permission_is_for_the_changes_before_it() {
    let allow =
        |book: Book| book.edit(VISIT, "      - id: greet\n", "      - id: greet\n        allow: [stale-translation]\n");
    let book = allow(changed());
    assert_eq!(stale_places(&book), Vec::<String>::new(), "in the folder");
    let book = book.commit("three");
    assert_eq!(stale_places(&book), Vec::<String>::new(), "committed");
    let book = book.with("sites/third.yaml", "id: third\n").commit("four");
    assert_eq!(stale_places(&book), Vec::<String>::new(), "with other commits on top");
    let book = book.edit(VISIT, "within 8 seconds", "within 6 seconds");
    assert_eq!(stale_places(&book).len(), 1, "the next change, in the folder");
    let book = book.commit("five");
    assert_eq!(stale_places(&book).len(), 1, "the next change, committed");
    book.run("check").prints("the entry's `allow` is older than this change");
    // Given anew.
    let book = book.edit(VISIT, "        allow: [stale-translation]\n", "").commit("six");
    let book = allow(book);
    assert_eq!(stale_places(&book), Vec::<String>::new(), "given anew");
    let book = book.commit("seven");
    assert_eq!(stale_places(&book), Vec::<String>::new(), "given anew and committed");
    // With the change itself.
    let book = allow(Book::sound().commit("one").edit(VISIT, "within 10 seconds", "within 8 seconds")).commit("two");
    assert_eq!(stale_places(&book), Vec::<String>::new(), "given with the change");
}

#[test]
fn chapters_are_compared_by_what_they_say() {
    let book = Book::sound().with("chapters/01-welcome.md", "# Welcome\n\nWe are here.\n");
    let book = book.with("chapters/01-welcome.pl.md", "# Witamy\n\nTu jesteśmy.\n").commit("one");
    assert_eq!(stale_places(&book), Vec::<String>::new());
    let book = book.edit("chapters/01-welcome.md", "here", "there").commit("two");
    assert_eq!(stale_places(&book).len(), 1);
    let book = book.edit("chapters/01-welcome.pl.md", "Tu jesteśmy.", "Tu\njesteśmy.\n").commit("three");
    assert_eq!(stale_places(&book).len(), 1, "wrapped otherwise");
    let back = book.edit("chapters/01-welcome.md", "there", "here").commit("four");
    assert_eq!(stale_places(&back), Vec::<String>::new(), "taken back");
    let mended = back.edit("chapters/01-welcome.md", "here", "there").edit("chapters/01-welcome.pl.md", "Tu", "Tam");
    assert_eq!(stale_places(&mended.commit("five")), Vec::<String>::new(), "both");
}
