//! Running git: for reading, and for commits of what the program wrote, with nothing that a repository's settings could start, no longer than a person waits and
//! with no more output than memory should hold.

use std::ffi::OsStr;
use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use super::HistoryFault;

/// So long git may take over one answer before it is given up on.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// So many bytes an answer may have: the paths of a million files.
const MAX_OUTPUT: u64 = 64 * 1024 * 1024;

/// So many bytes of a complaint are read.
const MAX_COMPLAINT: u64 = 8 * 1024;

/// Of git's own variables, those by which a user says where git and the settings are. All others are left out: in a hook
/// they point to another folder than the one asked for, and some name files to write or programs to run.
const KEPT: [&str; 6] = [
    "GIT_EXEC_PATH",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
];

/// Settings that win over a repository's. Plumbing that only reads asks for hardly any of them; but each names a program, or
/// lets one be named.
const SETTINGS: [&str; 10] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.sshCommand=false",
    "core.askPass=",
    "credential.helper=",
    "diff.external=",
    "gc.auto=0",
    "log.showSignature=false",
    // A folder of the book that is itself a repository without a working tree brings its settings along.
    "safe.bareRepository=explicit",
];

/// Where git is: in a folder that is named from the root on. A search path may hold `.`, and a book's folder any program.
fn program() -> PathBuf {
    let name = format!("git{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = std::env::split_paths(&path).filter(|folder| folder.is_absolute());
    // Without one, a name that nothing has: the system would look into the folder at hand.
    folders
        .find_map(|folder| Some(folder.join(&name)).filter(|git| git.is_file()))
        .unwrap_or_else(|| Path::new("/").join(name))
}

/// Git in a folder.
fn command(root: &Path) -> Command {
    let mut command = Command::new(program());
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    // A command that reads must not write, not even git's index.
    command.args(["--no-optional-locks", "--no-pager", "--literal-pathspecs"]).arg("-C").arg(root);
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("GIT_") && !KEPT.contains(&name)) {
            command.env_remove(name);
        }
    }
    // What a local reference puts in an object's place is not what was committed.
    command.env("GIT_NO_REPLACE_OBJECTS", "1");
    // What git says is told apart by its English words. What a partial clone lacks is not fetched, which could start
    // whatever the repository names; for a git that does not know that variable, no way of fetching is allowed.
    command.env("LC_ALL", "C").env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "none");
    command.env("GIT_TERMINAL_PROMPT", "0");
    command
}

/// What git prints for these arguments, when it is given `input`.
///
/// # Errors
/// When it does not start, complains, does not end, or prints too much.
pub(super) fn run(root: &Path, arguments: &[&str], input: Vec<u8>) -> Result<Vec<u8>, HistoryFault> {
    run_with(root, arguments, input, &[])
}

/// The same with variables of git's own.
pub(super) fn run_with(
    root: &Path,
    arguments: &[&str],
    input: Vec<u8>,
    variables: &[(&str, &OsStr)],
) -> Result<Vec<u8>, HistoryFault> {
    let mut process = Process::start_with(root, arguments, true, variables)?;
    if let Some(mut stdin) = process.input.take() {
        // Git may print before it has read everything, so both ways run at once. Where it ends early, it says why itself.
        std::thread::spawn(move || stdin.write_all(&input));
    }
    let mut bytes = Vec::new();
    (&mut process.output).take(MAX_OUTPUT + 1).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    if bytes.len() as u64 > MAX_OUTPUT {
        return Err(HistoryFault::Failed(format!("it printed more than {} MiB", MAX_OUTPUT / 1024 / 1024)));
    }
    let mut complaint = Vec::new();
    if let Some(errors) = &mut process.errors {
        errors.take(MAX_COMPLAINT).read_to_end(&mut complaint).map_err(|error| failed(&error))?;
    }
    if process.ends_well()? { Ok(bytes) } else { Err(fault(&complaint)) }
}

/// Git while it runs. Whatever becomes of it, it does not outlive this.
#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    /// Gone when it has been told everything.
    pub input: Option<ChildStdin>,
    pub output: Output,
    errors: Option<Output>,
}

impl Process {
    /// Starts git with these arguments; `listens` says whether its complaints are wanted.
    ///
    /// # Errors
    /// When it does not start.
    pub(super) fn start(root: &Path, arguments: &[&str], listens: bool) -> Result<Self, HistoryFault> {
        Process::start_with(root, arguments, listens, &[])
    }

    /// The same with variables of git's own.
    fn start_with(
        root: &Path,
        arguments: &[&str],
        listens: bool,
        variables: &[(&str, &OsStr)],
    ) -> Result<Self, HistoryFault> {
        let mut command = command(root);
        command.envs(variables.iter().copied());
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        command.stderr(if listens { Stdio::piped() } else { Stdio::null() });
        let mut child = command.spawn().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => HistoryFault::NoGit,
            _ => HistoryFault::Failed(error.to_string()),
        })?;
        let (input, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let output = output.ok_or_else(|| HistoryFault::Failed("it does not answer".to_owned()))?;
        Ok(Process { child, input, output: Output::of(output), errors: errors.map(Output::of) })
    }

    /// Waits for its end, and says whether it did what was asked.
    fn ends_well(&mut self) -> Result<bool, HistoryFault> {
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Ok(status.success()),
                Ok(None) if self.output.is_late() => return Err(HistoryFault::Silent),
                Ok(None) => std::thread::sleep(Duration::from_millis(1)),
                Err(error) => return Err(HistoryFault::Failed(error.to_string())),
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // At the end of its input a sound git ends by itself; one that does not is ended. There is no waiting for what a
        // system cannot end.
        drop(self.input.take());
        for _ in 0..20 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        let _ = self.child.kill();
        let _ = self.child.try_wait();
    }
}

/// What a program prints, read by a thread of its own, so that nobody waits for longer than he wants to.
#[derive(Debug)]
pub(super) struct Output {
    chunks: Receiver<std::io::Result<Vec<u8>>>,
    chunk: Vec<u8>,
    used: usize,
    until: Instant,
}

impl Output {
    fn of(mut pipe: impl Read + Send + 'static) -> Self {
        // Few chunks at a time: who prints without end waits for the reader, who stops.
        let (sender, chunks) = sync_channel(4);
        std::thread::spawn(move || {
            loop {
                let mut chunk = vec![0; 32 * 1024];
                let read = pipe.read(&mut chunk);
                let is_end = !matches!(read, Ok(1..));
                let sent = sender.send(read.map(|length| {
                    chunk.truncate(length);
                    chunk
                }));
                if is_end || sent.is_err() {
                    return;
                }
            }
        });
        Output { chunks, chunk: Vec::new(), used: 0, until: soon() }
    }

    /// Begins to wait anew: for the answer to another question.
    pub(super) fn wait_anew(&mut self) {
        self.until = soon();
    }

    #[expect(clippy::disallowed_methods, reason = "no result depends on it but that there is none")]
    fn left(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }

    fn is_late(&self) -> bool {
        self.left().is_zero()
    }
}

#[expect(clippy::disallowed_methods, reason = "no result depends on it but that there is none")]
fn soon() -> Instant {
    Instant::now() + PATIENCE
}

impl BufRead for Output {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.used == self.chunk.len() {
            self.used = 0;
            self.chunk = match self.chunks.recv_timeout(self.left()) {
                Ok(chunk) => chunk?,
                Err(RecvTimeoutError::Timeout) => return Err(std::io::ErrorKind::TimedOut.into()),
                Err(RecvTimeoutError::Disconnected) => Vec::new(),
            };
        }
        Ok(self.chunk.get(self.used..).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.used = (self.used + amount).min(self.chunk.len());
    }
}

impl Read for Output {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut held = self.fill_buf()?;
        let read = held.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

/// Why reading its output failed.
pub(super) fn failed(error: &std::io::Error) -> HistoryFault {
    match error.kind() {
        std::io::ErrorKind::TimedOut => HistoryFault::Silent,
        _ => HistoryFault::Failed(error.to_string()),
    }
}

/// What git's complaint means.
fn fault(stderr: &[u8]) -> HistoryFault {
    let complaint = String::from_utf8_lossy(stderr);
    let says = |words: &[&str]| words.iter().any(|words| complaint.contains(words));
    if says(&["dubious ownership", "unsafe repository"]) {
        return HistoryFault::NotTrusted;
    }
    if says(&["not a git repository", "must be run in a work tree", "cannot use bare repository"]) {
        return HistoryFault::NoRepository;
    }
    // What a partial clone left with its origin, and what somebody took out of the objects.
    if says(&[
        "lazy fetching disabled",
        "could not fetch",
        "promisor",
        "unable to read",
        "missing blob",
        "missing tree",
    ]) {
        return HistoryFault::Incomplete;
    }
    let line = complaint.lines().find(|line| !line.trim().is_empty()).unwrap_or("it did not say why");
    HistoryFault::Failed(line.trim_start_matches("fatal: ").trim().to_owned())
}
