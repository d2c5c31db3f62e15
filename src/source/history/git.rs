//! The history that the installed git keeps. Only its plumbing is used, whose output no setting of a user changes:
//! `rev-parse`, `ls-tree`, `rev-list`, `diff-tree`, `cat-file`, `for-each-ref`.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, NaiveDate};

use super::{Entry, EntryKind, FAR_BACK, FileChange, History, HistoryFault, Revision, Step};
use crate::source::MAX_FILE_BYTES;
use crate::text::nearest;

/// The history of a folder in a git repository.
#[derive(Debug)]
pub struct Git {
    root: PathBuf,
    /// One `cat-file` for the whole run: starting a program costs more than reading a file.
    reader: Mutex<Option<Reader>>,
}

impl Git {
    /// The history of the book in `root`, which may be a folder of the repository like any other.
    ///
    /// # Errors
    /// Without git or a repository, or where git does not trust the repository.
    pub fn open(root: &Path) -> Result<Self, HistoryFault> {
        let git = Git { root: root.to_owned(), reader: Mutex::new(None) };
        match git.run(&["rev-parse", "--is-inside-work-tree"], b"")?.trim_ascii() {
            b"true" => Ok(git),
            _ => Err(HistoryFault::NoRepository),
        }
    }

    /// What git prints for these arguments.
    fn run(&self, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, HistoryFault> {
        let mut command = git_command(&self.root);
        command.arg("--literal-pathspecs").args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| not_started(&error))?;
        let stdin = child.stdin.take();
        let output = std::thread::scope(|scope| {
            // Git may print before it has read everything, so both ways run at once. Where it ends early, it says why itself.
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
            child.wait_with_output()
        });
        let output = output.map_err(|error| HistoryFault::Failed(error.to_string()))?;
        if output.status.success() { Ok(output.stdout) } else { Err(fault(&output.stderr)) }
    }

    /// Asks the one `cat-file` of the run, starting it if need be.
    fn ask<T>(&self, with: impl FnOnce(&mut Reader) -> Result<T, HistoryFault>) -> Result<T, HistoryFault> {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        let mut open = match reader.take() {
            Some(open) => open,
            None => Reader::start(&self.root)?,
        };
        let result = with(&mut open);
        // After a failure nobody knows where in the stream the reader stands; the next question starts another.
        if !matches!(result, Err(HistoryFault::Failed(_))) {
            *reader = Some(open);
        }
        result
    }

    /// The branch or tag whose name is nearest.
    fn nearest(&self, name: &str) -> Option<String> {
        let names = ["for-each-ref", "--count=1000", "--format=%(refname:short)", "refs/heads", "refs/tags"];
        let names = String::from_utf8(self.run(&names, b"").ok()?).ok()?;
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
        let answer = self.ask(|reader| reader.ask(&format!("{name}^{{commit}}")))?;
        match answer {
            Answer::Is { id, kind, .. } if kind == "commit" => Ok(Revision(id)),
            Answer::Ambiguous => Err(HistoryFault::Ambiguous(name.to_owned())),
            _ if name == "HEAD" => Err(HistoryFault::NoCommit),
            _ => Err(unknown()),
        }
    }

    fn files(&self, revision: &Revision) -> Result<Vec<Entry>, HistoryFault> {
        // In the book's folder git lists that folder alone, with paths from there.
        let listed = self.run(&["ls-tree", "-r", "-z", "-l", revision.id()], b"")?;
        let mut files: Vec<Entry> = listed.split(|byte| *byte == 0).filter_map(entry).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(files)
    }

    fn content(&self, content: &str) -> Result<Vec<u8>, HistoryFault> {
        match self.ask(|reader| reader.ask(content))? {
            Answer::Is { kind, bytes, .. } if kind == "blob" => Ok(bytes),
            _ => Err(HistoryFault::Failed(format!("the repository lacks the file {content}"))),
        }
    }

    fn steps(&self, revision: &Revision, paths: &[&str], limit: usize) -> Result<Vec<Step>, HistoryFault> {
        let far = ["rev-list", "--first-parent", "--max-count=1", &format!("--skip={FAR_BACK}"), revision.id()];
        let far = String::from_utf8(self.run(&far, b"")?).unwrap_or_default();
        let count = format!("--max-count={limit}");
        let mut walk = vec!["rev-list", "--first-parent", "--parents", "--timestamp", &count, revision.id()];
        let beyond = format!("^{}", far.trim());
        if beyond.len() > 1 {
            walk.push(&beyond);
        }
        walk.push("--");
        walk.extend(paths);
        let walked = String::from_utf8(self.run(&walk, b"")?).unwrap_or_default();
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
        let mut differences = vec!["diff-tree", "--stdin", "-r", "-z", "--raw", "--root", "-M", "--relative", "--"];
        differences.extend(paths);
        let changes = self.run(&differences, commits.as_bytes())?;
        Ok(steps(&changes, &dates))
    }
}

/// Git in a folder, for reading only: with nothing that a user's or a repository's settings, or a hook, would change.
pub fn git_command(root: &Path) -> Command {
    let mut command = Command::new("git");
    // A book from elsewhere may bring settings that run programs, and a command that reads must not write, not even git's
    // index.
    command.args(["-c", "core.fsmonitor=false", "--no-optional-locks"]).arg("-C").arg(root);
    // In a hook, git's own variables point to another folder than the one asked for.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"] {
        command.env_remove(name);
    }
    for name in ["GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"] {
        command.env_remove(name);
    }
    // What git says is told apart by its English words; and what a partial clone lacks is not fetched.
    command.env("LC_ALL", "C").env("GIT_NO_LAZY_FETCH", "1");
    command
}

/// Why git did not start.
fn not_started(error: &std::io::Error) -> HistoryFault {
    match error.kind() {
        std::io::ErrorKind::NotFound => HistoryFault::NoGit,
        _ => HistoryFault::Failed(error.to_string()),
    }
}

/// What git's complaint means.
fn fault(stderr: &[u8]) -> HistoryFault {
    let said = String::from_utf8_lossy(stderr);
    if said.contains("dubious ownership") || said.contains("unsafe repository") {
        return HistoryFault::NotTrusted;
    }
    if said.contains("not a git repository") || said.contains("must be run in a work tree") {
        return HistoryFault::NoRepository;
    }
    let line = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it did not say why");
    HistoryFault::Failed(line.trim_start_matches("fatal: ").trim().to_owned())
}

/// One line of `ls-tree`: mode, kind, id, size, a tab, path. Submodules are no files, and a path that is not UTF-8 cannot be
/// one of the book's.
fn entry(line: &[u8]) -> Option<Entry> {
    let line = std::str::from_utf8(line).ok()?;
    let (about, path) = line.split_once('\t')?;
    let mut words = about.split_ascii_whitespace();
    let mode = words.next()?;
    let kind = if mode == "120000" { EntryKind::Link } else { EntryKind::File };
    let of_blob = words.next()? == "blob";
    let content = words.next()?.to_owned();
    let size = words.next()?.parse().ok()?;
    of_blob.then(|| Entry { path: path.to_owned(), kind, content, size })
}

/// The output of `diff-tree -z`: a commit's id, then for each file `:MODE MODE ID ID STATUS`, its path, and for a moved
/// one its path after.
fn steps(output: &[u8], dates: &[(&str, NaiveDate)]) -> Vec<Step> {
    let mut fields = output.split(|byte| *byte == 0).map(String::from_utf8_lossy);
    let mut dates = dates.iter();
    let mut steps: Vec<Step> = Vec::new();
    while let Some(field) = fields.next() {
        let Some(about) = field.strip_prefix(':') else {
            // Every commit in turn, those that in the end changed no file left out.
            if let Some((commit, date)) = dates.by_ref().find(|(commit, _)| *commit == field) {
                steps.push(Step { revision: Revision((*commit).to_owned()), date: *date, files: Vec::new() });
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
struct Reader {
    process: Child,
    /// Gone when the process is to end.
    names: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// What a name stands for.
enum Answer {
    /// An object.
    Is { id: String, kind: String, bytes: Vec<u8> },
    /// Nothing.
    Missing,
    /// Several objects' ids begin so.
    Ambiguous,
}

impl Reader {
    fn start(root: &Path) -> Result<Self, HistoryFault> {
        let mut command = git_command(root);
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().map_err(|error| not_started(&error))?;
        let (names, answers) = (process.stdin.take(), process.stdout.take());
        let answers = answers.ok_or_else(|| HistoryFault::Failed("it does not answer".to_owned()))?;
        Ok(Reader { process, names, answers: BufReader::new(answers) })
    }

    fn ask(&mut self, name: &str) -> Result<Answer, HistoryFault> {
        self.answer(name).map_err(|error| HistoryFault::Failed(error.to_string()))
    }

    fn answer(&mut self, name: &str) -> std::io::Result<Answer> {
        let closed = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
        let names = self.names.as_mut().ok_or_else(closed)?;
        names.write_all(format!("{name}\n").as_bytes())?;
        names.flush()?;
        let mut line = Vec::new();
        if self.answers.read_until(b'\n', &mut line)? == 0 {
            return Err(closed());
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end_matches('\n');
        if line.ends_with(" missing") {
            return Ok(Answer::Missing);
        }
        if line.ends_with(" ambiguous") {
            return Ok(Answer::Ambiguous);
        }
        let words: Vec<&str> = line.split(' ').collect();
        let &[id, kind, size] = words.as_slice() else { return Err(std::io::Error::other(line.to_owned())) };
        let size: u64 = size.parse().map_err(std::io::Error::other)?;
        let mut bytes = Vec::new();
        // What is too large is read over, so that the next answer is found.
        let kept = self.answers.by_ref().take(size.min(MAX_FILE_BYTES + 1)).read_to_end(&mut bytes)?;
        let rest = size - kept as u64 + 1;
        let skipped = std::io::copy(&mut self.answers.by_ref().take(rest), &mut std::io::sink())?;
        if skipped < rest {
            return Err(closed());
        }
        Ok(Answer::Is { id: id.to_owned(), kind: kind.to_owned(), bytes })
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // At the end of its input it ends by itself; waiting leaves no dead process behind.
        drop(self.names.take());
        let _ = self.process.wait();
    }
}
