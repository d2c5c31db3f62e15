//! Runs the commands of the guide as a reader would, page by page, each in an empty folder.
//!
//! What is done with a block depends on its fence. `sh` is run by a shell and must end with status 0, or with the one that
//! `exit=1` names; with `pdf` it is run where the program can set PDF; with `install` it is not run, since it fetches the program
//! from a registry. A `text` straight below it is what it prints. `yaml file=PATH` (any language with `file`) is written into
//! that file; `diff file=PATH` replaces its lines with `-` by those with `+`; what it shows of the
//! file must stand there once. In a line of either, `…` stands for anything.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::blocks::{Block, blocks, line_matches, shows};
use super::{LANGUAGES, pages, read, renews};
use crate::support::{Book, TODAY, program};

struct Reader {
    folder: Book,
    /// Where the last command left the reader, below that folder.
    at: PathBuf,
    language: &'static str,
}

impl Reader {
    fn new(language: &'static str) -> Self {
        let folder = Book::empty();
        let at = folder.path().to_owned();
        Reader { folder, at, language }
    }

    /// Runs a block; its output, and its status.
    fn run(&mut self, script: &str) -> (String, i32) {
        let state = self.folder.path().join(".at");
        // Where the block ends is where the next begins, whatever it changed to.
        let script = format!("exec 2>&1\nset -e\ntrap 'pwd > \"{}\"' EXIT\n{script}", state.display());
        // The environment in which every test runs the program, and the program where a shell looks for it.
        let own = program(&self.at);
        let mut command = Command::new("sh");
        command.args(["-c", &script]).current_dir(&self.at).stdin(std::process::Stdio::null());
        for (name, value) in own.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let binary = Path::new(own.get_program()).parent().expect("a folder of the program").to_owned();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::iter::once(binary).chain(std::env::split_paths(&path));
        command.env("PATH", std::env::join_paths(path).expect("a search path"));
        // The day that the pages speak of, and the reader's language; a shell itself has no need of that locale.
        command.env("SOURCE_DATE_EPOCH", epoch()).env_remove("LC_ALL");
        command.env("LC_MESSAGES", format!("{0}_{1}.UTF-8", self.language, self.language.to_uppercase()));
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        command.env("GIT_CEILING_DIRECTORIES", self.folder.path().parent().expect("a folder above"));
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "trainer").env(format!("GIT_{role}_EMAIL"), "trainer@example.com");
            command.env(format!("GIT_{role}_DATE"), format!("{TODAY}T12:00:00Z"));
        }
        let output = command.output().expect("a shell");
        self.at = PathBuf::from(fs::read_to_string(state).expect("where the shell was").trim_end());
        (String::from_utf8(output.stdout).expect("UTF-8"), output.status.code().unwrap_or(-1))
    }

    /// Writes a block into the file that it names, or edits that.
    fn write(&self, block: &Block, file: &str) -> Result<(), String> {
        let path = self.at.join(file);
        if block.language() != "diff" {
            fs::create_dir_all(path.parent().expect("a folder")).map_err(|error| error.to_string())?;
            return fs::write(&path, block.body).map_err(|error| error.to_string());
        }
        let text = fs::read_to_string(&path).map_err(|error| format!("{file}: {error}"))?;
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let old: Vec<&str> = block.body.lines().filter(|line| !line.starts_with('+')).map(unmarked).collect();
        let stands_at = |at: &usize| {
            let here = lines[*at..].iter().map(|line| line.trim_end_matches('\n'));
            lines.len() - at >= old.len() && old.iter().zip(here).all(|(old, line)| line_matches(old, line))
        };
        let places: Vec<usize> = (0..lines.len()).filter(stands_at).collect();
        let [place] = places[..] else {
            return Err(format!("these lines stand {} times in {file}:\n{}", places.len(), old.join("\n")));
        };
        let mut new = lines[..place].concat();
        let mut kept = lines[place..].iter();
        for line in block.body.lines() {
            match line.chars().next() {
                Some('+') => new = new + unmarked(line) + "\n",
                Some('-') => _ = kept.next(),
                _ => new += kept.next().copied().unwrap_or_default(),
            }
        }
        kept.for_each(|line| new += line);
        fs::write(&path, new).map_err(|error| error.to_string())
    }
}

/// A line of a difference without its mark.
fn unmarked(line: &str) -> &str {
    line.get(1..).unwrap_or_default()
}

/// An output, with the lines left out that were left out before: as many stay at its start and at its end.
fn as_short(shown: &str, output: &str) -> String {
    let lines: Vec<&str> = output.lines().collect();
    let kept: Vec<&str> = shown.lines().collect();
    let left_out: Vec<usize> = (0..kept.len()).filter(|at| kept[*at].trim() == "…").collect();
    let mut text = match left_out[..] {
        [start] if kept.len() <= lines.len() => {
            let end = lines.len() - (kept.len() - start - 1);
            [&lines[..start], &["…"], &lines[end..]].concat().join("\n")
        }
        _ => lines.join("\n"),
    };
    text.push('\n');
    text
}

/// Noon of the day of the tests, in seconds.
fn epoch() -> String {
    let day: chrono::NaiveDate = TODAY.parse().expect("a day");
    day.and_hms_opt(12, 0, 0).expect("noon").and_utc().timestamp().to_string()
}

/// Reads a page as its reader would; gives the page as it should be, and what went wrong.
fn follow(page: &str, language: &'static str, wrong: &mut String) -> String {
    let mut reader = Reader::new(language);
    let mut renewed = page.to_owned();
    let mut printed: Option<String> = None;
    let mut replaced: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    for block in blocks(page) {
        let last = printed.take();
        if let Some(file) = block.setting("file") {
            if let Err(why) = reader.write(&block, file) {
                let _ = writeln!(wrong, "line {}: {why}", block.line);
            }
        } else if block.language() == "sh" {
            if block.is("install") || block.is("pdf") && !cfg!(feature = "pdf") {
                continue;
            }
            let (output, status) = reader.run(block.body);
            let wanted = block.setting("exit").unwrap_or("0");
            if status.to_string() != wanted {
                let _ = writeln!(wrong, "line {}: ended with {status}\n{}\n{output}", block.line, block.body);
            }
            printed = Some(output);
        } else if block.language() == "text"
            && block.follows
            && let Some(output) = last
            && !shows(block.body, &output)
        {
            let _ = writeln!(wrong, "line {}: shows\n{}\nbut it prints\n{output}", block.line, block.body);
            replaced.push((block.place.clone(), as_short(block.body, &output)));
        }
    }
    for (place, output) in replaced.into_iter().rev() {
        renewed.replace_range(place, &output);
    }
    renewed
}

fn guide(language: &'static str) {
    let mut wrong = String::new();
    let mut ran = 0;
    let entries = fs::read_dir(pages(language)).expect("the pages").flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "md")) {
        let page = read(path);
        ran += blocks(&page).iter().filter(|block| block.language() == "sh" && !block.is("install")).count();
        let mut here = String::new();
        let renewed = follow(&page, language, &mut here);
        if renews() && renewed != page {
            fs::write(path, renewed).expect("a page that can be written");
        }
        if !here.is_empty() {
            let _ = writeln!(wrong, "== {}\n{here}", path.display());
        }
    }
    assert!(ran > 20, "only {ran} blocks were run");
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_was_left_out_stays_out() {
    assert_eq!(as_short("a\n…\nb\n", "1\n2\n3\n4\n"), "1\n…\n4\n");
    assert_eq!(as_short("a\n…\n", "1\n2\n3\n"), "1\n…\n");
    assert_eq!(as_short("a\n", "1\n2\n"), "1\n2\n");
}

#[test]
fn what_it_shows_in_english_is_what_happens() {
    guide(LANGUAGES[0]);
}

#[test]
fn what_it_shows_in_polish_is_what_happens() {
    guide(LANGUAGES[1]);
}

#[test]
fn what_it_shows_in_swedish_is_what_happens() {
    guide(LANGUAGES[2]);
}
