//! Fixtures: small books in `tests/check/CODE/`, with the expected findings as comments beside the input.
//!
//! A fixture is a folder (a book on disk) or one YAML file, and its name begins with `bad` or `good`. A YAML file is cut
//! into the files of a book by lines such as `# file: roles.yaml`; what stands before the first is the sequence
//! `sequences/s.yaml`. Where no manifest is given, a bare one is added. `# file: roles.yaml, 9 times` repeats what follows.
//!
//! A file under `before/` is what the last commit has in place of the one below it, for the rules that ask the past.
//!
//! `# warn[vague-word]: part of the message` at the end of a line, or on a line of its own before it, says that the line
//! has this finding (`error`, `warn` or `note`). Files that cannot hold comments have theirs in a file `expected` beside
//! them: `path:line error[code]: part of the message`. All findings must be expected, and all that is expected be found.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use gamma_ok::book::Loaded;
use gamma_ok::check::check;
use gamma_ok::diag::{Diagnostic, Severity};
use gamma_ok::method::standards;
use gamma_ok::project::{Checked, Project};
use gamma_ok::source::{Disk, EntryKind, History, HistoryFault, HistoryStep, Memory, Revision, RevisionFile, World};

/// A finding as a fixture expects it.
#[derive(Debug)]
struct Expected {
    path: String,
    /// The lines where it may be: that of the comment, or the next one with content.
    lines: Vec<usize>,
    severity: Severity,
    code: String,
    part: String,
}

/// The folder of all fixtures.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check")
}

/// The fixtures of a rule whose names begin with `bad` or `good`.
pub fn fixtures(code: &str, name: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(code)).into_iter().flatten().flatten().map(|entry| entry.path());
    let wanted = |path: &PathBuf| {
        let starts = path.file_name().is_some_and(|file| file.to_string_lossy().starts_with(name));
        starts && path.extension().is_none_or(|ending| ending != "expected")
    };
    let mut found: Vec<_> = entries.filter(wanted).collect();
    found.sort();
    found
}

/// The day of all fixtures.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 1).expect("a date")
}

/// The folder of the files of the last commit.
const BEFORE: &str = "before/";

/// A past of one commit.
#[derive(Default)]
struct Past(BTreeMap<String, String>);

impl History for Past {
    fn revision(&self, name: &str) -> Result<Revision, HistoryFault> {
        Ok(Revision::new(name))
    }

    fn files(&self, _: &Revision) -> Result<Vec<RevisionFile>, HistoryFault> {
        let entry = |(path, text): (&String, &String)| RevisionFile {
            path: path.clone(),
            kind: EntryKind::File,
            content: path.clone(),
            size: text.len() as u64,
        };
        Ok(self.0.iter().map(entry).collect())
    }

    fn content(&self, content: &str) -> Result<Vec<u8>, HistoryFault> {
        Ok(self.0[content].clone().into_bytes())
    }

    fn steps(&self, _: &Revision, _: &[&str], _: usize) -> Result<Vec<HistoryStep>, HistoryFault> {
        Ok(Vec::new())
    }

    fn last_change(&self, head: &Revision) -> Result<Option<Revision>, HistoryFault> {
        Ok(Some(head.clone()))
    }

    fn is_changed(&self, _: &Revision, _: &str) -> Result<bool, HistoryFault> {
        Ok(false)
    }

    fn is_cut_off(&self) -> bool {
        false
    }
}

/// A book with its records, and all findings on them, as `check` reports them where nothing was committed.
pub fn read_all(world: &dyn World) -> (Loaded, Vec<Diagnostic>) {
    read_with(world, Past::default())
}

fn read_with(world: &dyn World, past: Past) -> (Loaded, Vec<Diagnostic>) {
    let mut project = Project::open(world).expect("a manifest").with_history(Box::new(past));
    let mut records = project.records();
    let Checked { findings: found, .. } = project.check(&mut records);
    (project.loaded, found)
}

/// All findings of a book without its records.
pub fn findings(loaded: &Loaded) -> Vec<Diagnostic> {
    check(loaded, &standards(&loaded.book))
}

/// `path:line severity[code]: message`, as one reads it on a screen.
pub fn shown(loaded: &Loaded, finding: &Diagnostic) -> String {
    let source = loaded.sources.get(finding.span.file);
    let line = source.position(finding.span.start as usize).line;
    let severity = word(finding.severity);
    let help = finding.help.as_deref().unwrap_or("-");
    format!("{}:{line} {severity}[{}]: {} ({help})", source.path, finding.code, finding.message)
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warn",
        other => other.word(),
    }
}

#[test]
fn fixtures_have_the_findings_that_they_expect() {
    let mut wrong = Vec::new();
    let mut folders: Vec<_> = fs::read_dir(root()).expect("the fixtures").flatten().map(|entry| entry.path()).collect();
    folders.sort();
    for folder in folders {
        let code = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for fixture in ["bad", "good"].iter().flat_map(|name| fixtures(&code, name)) {
            let bad = fixture.file_name().is_some_and(|name| name.to_string_lossy().starts_with("bad"));
            let (loaded, found, expected) = read(&fixture);
            let fires = expected.iter().any(|one| one.code == code);
            if fires != bad {
                wrong.push(format!(
                    "{}: it {} the rule's own code",
                    fixture.display(),
                    if bad { "lacks" } else { "expects" }
                ));
            }
            wrong.extend(
                compare(&loaded, &found, &expected).into_iter().map(|line| format!("{}: {line}", fixture.display())),
            );
        }
    }
    assert!(wrong.is_empty(), "{} lines differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is expected and not found, and what is found and not expected.
fn compare(loaded: &Loaded, found: &[Diagnostic], expected: &[Expected]) -> Vec<String> {
    let mut left: Vec<&Expected> = expected.iter().collect();
    let mut wrong = Vec::new();
    for finding in found {
        let source = loaded.sources.get(finding.span.file);
        let line = source.position(finding.span.start as usize).line;
        let fits = |one: &&Expected| {
            one.path == source.path
                && one.lines.contains(&line)
                && one.severity == finding.severity
                && one.code == finding.code.word()
                && finding.message.contains(&one.part)
        };
        match left.iter().position(fits) {
            Some(at) => {
                left.remove(at);
            }
            None => wrong.push(format!("not expected: {}", shown(loaded, finding))),
        }
    }
    wrong.extend(left.iter().map(|one| format!("not found: {one:?}")));
    wrong
}

/// Reads a fixture and what it expects.
fn read(fixture: &Path) -> (Loaded, Vec<Diagnostic>, Vec<Expected>) {
    // Beside the fixture: inside a folder it would be a file of the book.
    let sidecar = fs::read_to_string(fixture.with_extension("expected")).unwrap_or_default();
    let sidecar: Vec<Expected> = sidecar.lines().map(self::sidecar).collect();
    if fixture.is_dir() {
        let (loaded, found) = read_all(&Disk::new(fixture, today()).expect("a folder"));
        let mut expected: Vec<Expected> = loaded
            .sources
            .iter()
            .filter(|(_, source)| !source.built_in)
            .flat_map(|(_, source)| comments(&source.path, &source.text))
            .collect();
        expected.extend(sidecar);
        return (loaded, found, expected);
    }
    let text = fs::read_to_string(fixture).expect("a text");
    let (before, files): (BTreeMap<_, _>, BTreeMap<_, _>) =
        cut(&text).into_iter().partition(|(path, _)| path.starts_with(BEFORE));
    let mut past = files.clone();
    past.extend(before.iter().map(|(path, text)| (path[BEFORE.len()..].to_owned(), text.clone())));
    let past = if before.is_empty() { Past::default() } else { Past(past) };
    let expected = files.iter().flat_map(|(path, text)| comments(path, text)).chain(sidecar).collect();
    let (loaded, found) = read_with(&Memory { today: today(), ..Memory::new(files) }, past);
    (loaded, found, expected)
}

/// Cuts a fixture into the files of a book.
pub fn cut(text: &str) -> BTreeMap<String, String> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    let mut path = "sequences/s.yaml".to_owned();
    for line in text.split_inclusive('\n') {
        if let Some(name) = line.strip_prefix("# file: ") {
            let (name, count) = name.trim().split_once(", ").unwrap_or((name.trim(), "1 times"));
            path = name.to_owned();
            let count = count.trim_end_matches(" times").parse().expect("`# file: PATH, N times`");
            times.insert(path.clone(), count);
            files.insert(path.clone(), String::new());
        } else {
            files.entry(path.clone()).or_default().push_str(line);
        }
    }
    for (path, count) in times.into_iter().filter(|(_, count)| *count > 1) {
        let once = files[&path].clone();
        files.insert(path, once.repeat(count));
    }
    files.entry("gamma-ok.yaml".to_owned()).or_insert_with(|| "title: Fixture\n".to_owned());
    files
}

/// The findings that the comments of a file expect.
fn comments(path: &str, text: &str) -> Vec<Expected> {
    let lines: Vec<&str> = text.lines().collect();
    let mut expected = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        // Several comments may share a line.
        let mut rest = *line;
        while let Some((severity, code, part, after)) = next(rest) {
            let own_line = line.trim_start().starts_with('#');
            let content = |line: &&str| !line.trim_start().starts_with('#') && !line.trim().is_empty();
            let below = lines[at + 1..].iter().position(content).map(|offset| at + 2 + offset);
            let mut places = vec![at + 1];
            places.extend(below.filter(|_| own_line));
            expected.push(Expected { path: path.to_owned(), lines: places, severity, code, part });
            rest = after;
        }
    }
    expected
}

/// The first expectation in a line: severity, code, part of the message, and the rest of the line.
fn next(line: &str) -> Option<(Severity, String, String, &str)> {
    let marks = [("# error[", Severity::Error), ("# warn[", Severity::Warning), ("# note[", Severity::Note)];
    let found = marks.iter().filter_map(|(mark, severity)| Some((line.find(mark)?, mark, *severity)));
    let (at, mark, severity) = found.min_by_key(|(at, ..)| *at)?;
    let (code, rest) = line[at + mark.len()..].split_once(']')?;
    let rest = rest.trim_start_matches(':');
    let end = marks.iter().filter_map(|(mark, _)| rest.find(mark)).min().unwrap_or(rest.len());
    Some((severity, code.to_owned(), rest[..end].trim().to_owned(), &rest[end..]))
}

/// A line of a sidecar.
fn sidecar(line: &str) -> Expected {
    let (place, _) = line.split_once(' ').expect("`path:line severity[code]: message`");
    let (path, number) = place.rsplit_once(':').expect("`path:line`");
    let marked = line.replacen(' ', " # ", 1);
    let (severity, code, part, _) = next(&marked).expect("`severity[code]: message`");
    let lines = vec![number.parse().expect("a line number")];
    Expected { path: path.to_owned(), lines, severity, code, part }
}
