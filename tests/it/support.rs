//! The chained helper of the end-to-end tests: a book in a folder of its own, a run of the program in it, and what came out.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A day for everything that is dated.
pub const TODAY: &str = "2026-03-02";

/// A book in a temporary folder.
pub struct Book {
    folder: tempfile::TempDir,
}

/// A small sound book: two languages, one site that lacks a role, a standard of each type, a former id, and something
/// that is left to each of the filters.
const FILES: &[(&str, &str)] = &[
    (
        "gamma-ok.yaml",
        "title: {en: Corner shop, pl: Sklep na rogu}\nlanguages: [en, pl]\nderive: false\ncustomer:\n  en: {one: shopper, many: shoppers, possessive: \"shopper's\"}\n  pl: {nom: klient, gen: klienta, \
         dat: klientowi, acc: klienta, ins: klientem, loc: kliencie, voc: kliencie, many_nom: klienci, many_gen: klientów}\n",
    ),
    (
        "roles.yaml",
        "roles:\n  - id: seller\n    title: {en: Seller, pl: Sprzedawca}\n  - id: cashier\n    title: {en: Cashier, pl: Kasjer}\n    \
         when: site.tills > 1\n    covered-by: seller\ndepartments:\n  - {id: accounting, title: {en: Accounting, pl: Księgowość}}\n",
    ),
    ("sites/corner.yaml", "id: corner\ntitle: {en: Corner, pl: Róg}\ntills: 1\n"),
    ("sites/market.yaml", "id: market\ntitle: {en: Market, pl: Rynek}\ntills: 4\n"),
    ("sequences/visit.yaml", include_str!("visit.yaml")),
];

impl Book {
    /// The small sound book.
    pub fn sound() -> Self {
        FILES.iter().fold(Book::empty(), |book, (path, text)| book.with(path, text))
    }

    /// A folder without a book.
    pub fn empty() -> Self {
        Book { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A copy of an example of the repository.
    pub fn example(name: &str) -> Self {
        let book = Book::empty();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name), book.path());
        book
    }

    /// Puts a file in, with its folders.
    pub fn with(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
        fs::write(path, text).expect("a writable file");
        self
    }

    /// Replaces a text in a file; it must be there.
    pub fn edit(self, path: &str, old: &str, new: &str) -> Self {
        let text = self.read(path);
        assert!(text.contains(old), "{path} does not hold {old}");
        self.with(path, text.replacen(old, new, 1))
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The text of a file.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// All files below a folder, relative to it, sorted.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let root = self.path().join(folder);
        let mut found = Vec::new();
        walk(&root, &root, &mut found);
        found.sort();
        found
    }

    /// Runs git in this folder, with nobody's settings and at one time of day.
    #[track_caller]
    pub fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        command.current_dir(self.path()).args(["-c", "init.defaultBranch=main"]).args(arguments).stdin(Stdio::null());
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "trainer").env(format!("GIT_{role}_EMAIL"), "trainer@example.com");
            command.env(format!("GIT_{role}_DATE"), "2026-01-05T12:00:00Z");
        }
        let output = command.env_remove("GIT_DIR").output().expect("git runs");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Commits everything that is in the folder; the first commit makes the repository.
    #[track_caller]
    pub fn commit(self, message: &str) -> Self {
        if !self.path().join(".git").exists() {
            self.git(&["init", "--quiet"]);
        }
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
        self
    }

    /// A run of the program in this folder, with words separated by blanks.
    pub fn run(&self, arguments: &str) -> Run {
        self.run_words(&arguments.split_whitespace().collect::<Vec<_>>())
    }

    /// A run of the program in this folder.
    pub fn run_words(&self, arguments: &[&str]) -> Run {
        Run::of(program(self.path()).args(arguments))
    }
}

/// The program that is tried: the one that was built with these tests, or what `GAMMA_OK` names, such as an optimised build for
/// those that take long.
pub fn binary() -> PathBuf {
    let named = std::env::var_os("GAMMA_OK").map(|named| std::path::absolute(named).expect("a path"));
    named.unwrap_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_gamma-ok")))
}

/// The program, in a folder, with nothing of the environment that would change what it does.
pub fn program(folder: &Path) -> Command {
    undisturbed(Command::new(binary()), folder)
}

/// The program with a minute of the processor's time to come to its end: enough for any machine however busy, since waiting
/// does not count, and a program that never ends fails its test instead of holding the suite.
#[cfg(unix)]
pub fn program_that_must_end(folder: &Path) -> Command {
    let mut shell = undisturbed(Command::new("sh"), folder);
    shell.args(["-c", r#"ulimit -t 60 && exec "$0" "$@""#]).arg(binary());
    shell
}

/// Where no such limit can be set, the program runs without.
#[cfg(not(unix))]
pub fn program_that_must_end(folder: &Path) -> Command {
    program(folder)
}

fn undisturbed(mut command: Command, folder: &Path) -> Command {
    command.current_dir(folder).stdin(Stdio::null());
    for name in ["NO_COLOR", "CLICOLOR_FORCE", "SOURCE_DATE_EPOCH", "COLUMNS", "GIT_DIR"] {
        command.env_remove(name);
    }
    // Messages follow the locale, and these tests read English.
    command.env("LC_ALL", "C");
    // Temporary folders may lie in somebody's repository; what git says of that is not about the book.
    command.env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap_or(folder));
    command
}

/// What came out of a run.
pub struct Run {
    arguments: String,
    output: Output,
}

impl Run {
    /// Runs a command.
    pub fn of(command: &mut Command) -> Self {
        let output = command.output().expect("the program runs");
        let arguments = command.get_args().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ");
        let run = Run { arguments, output };
        for text in [run.stdout(), run.stderr()] {
            assert!(!text.contains("panicked"), "{}: {text}", run.arguments);
        }
        run
    }

    /// Requires an exit status.
    #[track_caller]
    pub fn ends(self, status: i32) -> Self {
        let (out, err) = (self.stdout(), self.stderr());
        assert_eq!(self.output.status.code(), Some(status), "gamma-ok {}\n{out}\n{err}", self.arguments);
        self
    }

    /// Requires that it did its work, whatever it found.
    #[track_caller]
    pub fn works(self) -> Self {
        let (code, err) = (self.output.status.code(), self.stderr());
        assert!(matches!(code, Some(0 | 1)), "gamma-ok {} ends with {code:?}\n{err}", self.arguments);
        self
    }

    /// Requires a text in the results.
    #[track_caller]
    pub fn prints(self, text: &str) -> Self {
        assert!(self.stdout().contains(text), "gamma-ok {}: no {text:?} in\n{}", self.arguments, self.stdout());
        self
    }

    /// Requires that a text is not in the results.
    #[track_caller]
    pub fn omits(self, text: &str) -> Self {
        assert!(!self.stdout().contains(text), "gamma-ok {}: {text:?} in\n{}", self.arguments, self.stdout());
        self
    }

    /// Requires a text beside the results.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stderr().contains(text), "gamma-ok {}: no {text:?} in\n{}", self.arguments, self.stderr());
        self
    }

    /// Requires that there are no results.
    #[track_caller]
    pub fn prints_nothing(self) -> Self {
        assert_eq!(self.stdout(), "", "gamma-ok {}", self.arguments);
        self
    }

    /// Requires that nothing is said beside the results.
    #[track_caller]
    pub fn says_nothing(self) -> Self {
        assert_eq!(self.stderr(), "", "gamma-ok {}", self.arguments);
        self
    }

    /// The results.
    pub fn stdout(&self) -> String {
        String::from_utf8(self.output.stdout.clone()).expect("UTF-8")
    }

    /// What was said beside them.
    pub fn stderr(&self) -> String {
        String::from_utf8(self.output.stderr.clone()).expect("UTF-8")
    }

    /// The results as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout())
            .unwrap_or_else(|error| panic!("{}: {error}\n{}", self.arguments, self.stdout()))
    }
}

/// The keys of an object, in their order.
#[track_caller]
pub fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap_or_else(|| panic!("no object: {value}")).keys().map(String::as_str).collect()
}

/// The column of a list of objects.
#[track_caller]
pub fn column<'a>(list: &'a Value, key: &str) -> Vec<&'a str> {
    let rows = list.as_array().unwrap_or_else(|| panic!("no list: {list}"));
    rows.iter().map(|row| row[key].as_str().unwrap_or_else(|| panic!("no text `{key}`: {row}"))).collect()
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path: PathBuf = entry.path();
        if path.is_dir() {
            walk(root, &path, found);
        } else if let Ok(relative) = path.strip_prefix(root) {
            found.push(relative.to_string_lossy().replace('\\', "/"));
        }
    }
}

fn copy(from: &Path, to: &Path) {
    let mut files = Vec::new();
    walk(from, from, &mut files);
    for file in files.iter().filter(|file| !file.starts_with("out/")) {
        let target = to.join(file);
        fs::create_dir_all(target.parent().expect("a folder")).expect("a writable folder");
        fs::copy(from.join(file), target).unwrap_or_else(|error| panic!("{file}: {error}"));
    }
}
