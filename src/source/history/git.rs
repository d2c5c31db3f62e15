//! The history that the installed git keeps. Only its plumbing is used, whose output no setting of a user changes:
//! `rev-parse`, `ls-tree`, `ls-files`, `rev-list`, `diff-tree`, `cat-file`, `for-each-ref`.

use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, NaiveDate};

use super::process::{self, Process};
use super::{EntryKind, FAR_BACK, FileChange, History, HistoryFault, HistoryStep, Revision, RevisionFile, working};
use crate::source::MAX_FILE_BYTES;
use crate::text::nearest;

/// The history of a folder in a git repository.
#[derive(Debug)]
pub struct Git {
    root: PathBuf,
    /// One `cat-file` for the whole run: starting a program costs more than reading a file.
    reader: Mutex<Option<Reader>>,
    /// Whether what lies further back was left out when the repository was copied.
    is_shallow: bool,
    /// Whether something of the past was asked for that the repository lacks.
    lacks: AtomicBool,
    /// Whether it was given up on: whoever did not answer once is not asked again.
    is_silent: AtomicBool,
}

impl Git {
    /// The history of the book in `root`, which may be a folder of the repository like any other.
    ///
    /// # Errors
    /// Without git or a repository, or where git does not trust the repository.
    pub fn open(root: &Path) -> Result<Self, HistoryFault> {
        let git = Git {
            root: root.to_owned(),
            reader: Mutex::new(None),
            is_shallow: false,
            lacks: AtomicBool::new(false),
            is_silent: AtomicBool::new(false),
        };
        let about = git.run(&["rev-parse", "--is-inside-work-tree", "--is-shallow-repository"], Vec::new())?;
        let mut about = about.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
        match about.next() {
            Some(b"true") => Ok(Git { is_shallow: about.next() == Some(b"true"), ..git }),
            _ => Err(HistoryFault::NoRepository),
        }
    }

    /// What git prints for these arguments.
    pub(super) fn run(&self, arguments: &[&str], input: Vec<u8>) -> Result<Vec<u8>, HistoryFault> {
        self.unless_silent(|| process::run(&self.root, arguments, input))
    }

    fn unless_silent<T>(&self, ask: impl FnOnce() -> Result<T, HistoryFault>) -> Result<T, HistoryFault> {
        if self.is_silent.load(Ordering::Relaxed) {
            return Err(HistoryFault::Silent);
        }
        let answer = ask();
        match &answer {
            Err(HistoryFault::Silent) => self.is_silent.store(true, Ordering::Relaxed),
            Err(HistoryFault::Incomplete) => self.lacks.store(true, Ordering::Relaxed),
            _ => {}
        }
        answer
    }

    /// Asks the one `cat-file` of the run, starting it if need be.
    fn ask(&self, name: &str) -> Result<GitObject, HistoryFault> {
        self.unless_silent(|| {
            let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
            let mut open = match reader.take() {
                Some(open) => open,
                None => Reader::start(&self.root)?,
            };
            // After a failure nobody knows where in the stream the reader stands; the next question starts another.
            let answer = open.ask(name)?;
            *reader = Some(open);
            Ok(answer)
        })
    }

    /// The files of a revision as `ls-tree` lists them.
    fn listed(&self, revision: &Revision) -> Result<Vec<u8>, HistoryFault> {
        // In the book's folder git lists that folder alone, with paths from there.
        self.run(&["ls-tree", "-r", "-z", "-l", revision.id()], Vec::new())
    }

    /// The branch or tag whose name is nearest.
    fn nearest(&self, name: &str) -> Option<String> {
        let names = ["for-each-ref", "--count=1000", "--format=%(refname:short)", "refs/heads", "refs/tags"];
        let names = String::from_utf8(self.run(&names, Vec::new()).ok()?).ok()?;
        nearest(name, names.lines().chain(["HEAD"])).map(str::to_owned)
    }
}

impl History for Git {
    fn revision(&self, name: &str) -> Result<Revision, HistoryFault> {
        let unknown = || HistoryFault::Unknown { name: name.to_owned(), nearest: self.nearest(name) };
        // Nothing that git takes for a name has these, and a line end would ask two questions.
        if name.is_empty() || name.contains(char::is_control) {
            return Err(HistoryFault::Unknown { name: name.to_owned(), nearest: None });
        }
        // The name goes in by standard input, so that none is taken for an option.
        let answer = self.ask(&format!("{name}^{{commit}}"))?;
        match answer {
            GitObject::Is { id, kind, .. } if kind == "commit" => Ok(Revision(id)),
            GitObject::Ambiguous => Err(HistoryFault::Ambiguous(name.to_owned())),
            _ if name == "HEAD" => Err(HistoryFault::NoCommit),
            _ => Err(unknown()),
        }
    }

    fn files(&self, revision: &Revision) -> Result<Vec<RevisionFile>, HistoryFault> {
        let mut files: Vec<RevisionFile> = self.listed(revision)?.split(|byte| *byte == 0).filter_map(entry).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    fn content(&self, content: &str) -> Result<Vec<u8>, HistoryFault> {
        match self.ask(content)? {
            GitObject::Is { kind, bytes, .. } if kind == "blob" => Ok(bytes),
            _ => self.unless_silent(|| Err(HistoryFault::Incomplete)),
        }
    }

    fn steps(&self, revision: &Revision, paths: &[&str], limit: usize) -> Result<Vec<HistoryStep>, HistoryFault> {
        let far = ["rev-list", "--first-parent", "--max-count=1", &format!("--skip={FAR_BACK}"), revision.id()];
        let far = String::from_utf8(self.run(&far, Vec::new())?).unwrap_or_default();
        let count = format!("--max-count={limit}");
        let mut walk = vec!["rev-list", "--first-parent", "--parents", "--timestamp", &count, revision.id()];
        let beyond = format!("^{}", far.trim());
        if beyond.len() > 1 {
            walk.push(&beyond);
        }
        walk.push("--");
        walk.extend(paths);
        let walked = String::from_utf8(self.run(&walk, Vec::new())?).unwrap_or_default();
        let mut dates: Vec<(&str, NaiveDate)> = Vec::new();
        let mut commits = String::new();
        for line in walked.lines() {
            let mut words = line.split(' ');
            let (Some(seconds), Some(commit)) = (words.next(), words.next()) else { continue };
            let date = seconds.parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
            dates.push((commit, date.map(|date| date.date_naive()).unwrap_or_default()));
            commits.push_str(commit);
            // Its first parent on the way, to be compared with; a commit without one is the beginning.
            if let Some(parent) = words.next() {
                commits.push(' ');
                commits.push_str(parent);
            }
            commits.push('\n');
        }
        let mut differences = vec!["diff-tree", "--stdin", "-r", "-z", "--raw", "--root", "-M", "--relative"];
        differences.extend(["--no-ext-diff", "--no-textconv", "--"]);
        differences.extend(paths);
        let changes = self.run(&differences, commits.into_bytes())?;
        Ok(steps(&changes, &dates))
    }

    fn last_change(&self, revision: &Revision) -> Result<Option<Revision>, HistoryFault> {
        let commit = self.run(&["rev-list", "--max-count=1", revision.id(), "--", "."], Vec::new())?;
        let commit = String::from_utf8(commit).unwrap_or_default();
        Ok(Some(commit.trim()).filter(|commit| !commit.is_empty()).map(Revision::new))
    }

    fn is_changed(&self, revision: &Revision, except: &str) -> Result<bool, HistoryFault> {
        let known = self.listed(revision)?;
        // Of a folder that git does not know at all it is enough to know that it is there.
        let asked = ["ls-files", "-z", "-t", "--cached", "--others", "--exclude-standard", "--directory"];
        let present = self.run(&[asked.as_slice(), &["--no-empty-directory"]].concat(), Vec::new())?;
        working::is_changed(self, &self.root, working::Lists { known: &known, present: &present }, except)
    }

    fn is_cut_off(&self) -> bool {
        self.is_shallow || self.lacks.load(Ordering::Relaxed)
    }
}

/// One line of `ls-tree`: mode, kind, id, size, a tab, path. Submodules are no files, and a path that is not UTF-8 cannot be
/// one of the book's.
pub(super) fn entry(line: &[u8]) -> Option<RevisionFile> {
    let line = std::str::from_utf8(line).ok()?;
    let (about, path) = line.split_once('\t')?;
    let mut words = about.split_ascii_whitespace();
    let mode = words.next()?;
    let kind = if mode == "120000" { EntryKind::Link } else { EntryKind::File };
    let of_blob = words.next()? == "blob";
    let content = words.next()?.to_owned();
    let size = words.next()?.parse().ok()?;
    of_blob.then(|| RevisionFile { path: path.to_owned(), kind, content, size })
}

/// The output of `diff-tree -z`: a commit's id, then for each file `:MODE MODE ID ID STATUS`, its path, and for a moved
/// one its path after.
fn steps(output: &[u8], dates: &[(&str, NaiveDate)]) -> Vec<HistoryStep> {
    let mut fields = output.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    let mut dates = dates.iter();
    let mut steps: Vec<HistoryStep> = Vec::new();
    while let Some(field) = fields.next() {
        let Some(about) = field.strip_prefix(':') else {
            // Every commit in turn, those that in the end changed no file left out.
            if let Some((commit, date)) = dates.by_ref().find(|(commit, _)| *commit == field) {
                steps.push(HistoryStep { revision: Revision((*commit).to_owned()), date: *date, files: Vec::new() });
            }
            continue;
        };
        let words: Vec<&str> = about.split(' ').collect();
        let (&[_, _, old, new, status], Some(path)) = (words.as_slice(), fields.next()) else { break };
        let moved = status.starts_with(['R', 'C']);
        let after = if moved { fields.next().unwrap_or_default() } else { path.clone() };
        let side =
            |id: &str, path: &str| id.bytes().any(|digit| digit != b'0').then(|| (path.to_owned(), id.to_owned()));
        let change = FileChange { before: side(old, &path), after: side(new, &after) };
        if let Some(step) = steps.last_mut() {
            step.files.push(change);
        }
    }
    steps
}

/// `git cat-file --batch`: a name in, what it names out.
#[derive(Debug)]
struct Reader(Process);

/// What a name stands for.
enum GitObject {
    /// An object.
    Is { id: String, kind: String, bytes: Vec<u8> },
    /// Nothing.
    Missing,
    /// Several objects' ids begin so.
    Ambiguous,
}

/// No line that git answers with is longer: a name, a kind and a size.
const MAX_LINE: u64 = 64 * 1024;

impl Reader {
    fn start(root: &Path) -> Result<Self, HistoryFault> {
        Process::start(root, &["cat-file", "--batch"], false).map(Reader)
    }

    fn ask(&mut self, name: &str) -> Result<GitObject, HistoryFault> {
        self.answer(name).map_err(|error| process::failed(&error))
    }

    fn answer(&mut self, name: &str) -> std::io::Result<GitObject> {
        let closed = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
        let Process { input, output, .. } = &mut self.0;
        output.wait_anew();
        let names = input.as_mut().ok_or_else(closed)?;
        names.write_all(format!("{name}\n").as_bytes())?;
        names.flush()?;
        let mut line = Vec::new();
        output.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)?;
        let line = String::from_utf8_lossy(&line);
        let Some(line) = line.strip_suffix('\n') else { return Err(closed()) };
        if line.ends_with(" missing") {
            return Ok(GitObject::Missing);
        }
        if line.ends_with(" ambiguous") {
            return Ok(GitObject::Ambiguous);
        }
        let words: Vec<&str> = line.split(' ').collect();
        let &[id, kind, size] = words.as_slice() else { return Err(std::io::Error::other(line.to_owned())) };
        let size: u64 = size.parse().map_err(std::io::Error::other)?;
        let mut bytes = Vec::new();
        // What is too large is read over, so that the next answer is found.
        let kept = output.by_ref().take(size.min(MAX_FILE_BYTES + 1)).read_to_end(&mut bytes)?;
        let rest = (size - kept as u64).saturating_add(1);
        let skipped = std::io::copy(&mut output.by_ref().take(rest), &mut std::io::sink())?;
        if skipped < rest {
            return Err(closed());
        }
        Ok(GitObject::Is { id: id.to_owned(), kind: kind.to_owned(), bytes })
    }
}
