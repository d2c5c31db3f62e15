//! How far the work is, on a terminal, once it takes longer than a second.

use std::io::{IsTerminal, Write, stderr};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::language::Interface;
use crate::say;

/// Nobody needs to be told of what is done sooner.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line on standard error that says how many documents are made.
pub(super) struct Progress {
    all: usize,
    interface: &'static Interface,
    done: AtomicUsize,
    shown: AtomicBool,
    /// None where nobody reads along.
    start: Option<Instant>,
}

impl Progress {
    /// Begins with so many documents to make.
    #[expect(clippy::disallowed_methods, reason = "no result depends on it")]
    pub(super) fn new(all: usize, wanted: bool, interface: &'static Interface) -> Self {
        let start = (wanted && stderr().is_terminal()).then(Instant::now);
        Progress { all, interface, done: AtomicUsize::new(0), shown: AtomicBool::new(false), start }
    }

    /// One more is made.
    pub(super) fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.start.is_some_and(|start| start.elapsed() > PATIENCE) {
            self.shown.store(true, Ordering::Relaxed);
            // A line that cannot be shown is none that is missed.
            let text = self.interface.say(&say!("making documents: {done} of {all}", done, all = self.all));
            let _ = write!(stderr().lock(), "\r{text}");
        }
    }

    /// Takes the line away.
    pub(super) fn end(&self) {
        if self.shown.load(Ordering::Relaxed) {
            let _ = write!(stderr().lock(), "\r\u{1b}[K");
        }
    }
}
