//! A document of a book's own templates is set in a process of its own, which is ended when it takes too much.

use std::io::{Error, Read, Write};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use crate::render::{Bounds, Stopped, typeset, typeset_apart};

/// What the program is called with for it; no command, since nobody but the program itself calls it.
const WORD: &str = "typeset-apart";

/// How long it waits before it looks again.
const PAUSE: Duration = Duration::from_millis(10);

/// By the clock it may take so much longer than it works: there may be much else to do on a computer.
const BUSY: u64 = 6;

/// Whether this process is such a one. If not, what needs one is told how to get it.
pub(super) fn is_asked() -> bool {
    typeset_apart(apart);
    std::env::args_os().nth(1).is_some_and(|word| word == WORD)
}

/// What such a process does: a job in, an answer out.
pub(super) fn answer() -> ExitCode {
    let mut job = Vec::new();
    let done = std::io::stdin().lock().read_to_end(&mut job);
    let done = done.and_then(|_| std::io::stdout().lock().write_all(&typeset(&job)));
    if done.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn apart(job: &[u8], bounds: Bounds) -> Result<Vec<u8>, Stopped> {
    let program = std::env::current_exe().map_err(Stopped::Failed)?;
    let mut command = Command::new(program);
    command.arg(WORD).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(Stopped::Failed)?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // One that ends before it has read all says so by its status.
            stdin.map(|mut stdin| stdin.write_all(job))
        });
        let answer = scope.spawn(move || {
            let mut answer = Vec::new();
            stdout.map_or(Ok(0), |mut stdout| stdout.read_to_end(&mut answer)).map(|_| answer)
        });
        let is_within = watch(&mut child, bounds)?;
        let answer = answer.join().map_err(|_| Stopped::Failed(Error::other("the answer was not read")))?;
        if is_within { answer.map_err(Stopped::Failed) } else { Err(Stopped::TooMuch) }
    })
}

/// Waits for the end of the process, or ends it; whether it ended well.
#[expect(clippy::disallowed_methods, reason = "what does not end by itself is ended; what ends does not depend on it")]
fn watch(child: &mut Child, bounds: Bounds) -> Result<bool, Stopped> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().map_err(Stopped::Failed)? {
            return Ok(status.success());
        }
        let is_late = begun.elapsed() > Duration::from_secs(bounds.seconds * BUSY);
        let (worked, held) = cost(child.id()).unwrap_or_default();
        if is_late || worked > bounds.seconds || held > bounds.megabytes {
            child.kill().and_then(|()| child.wait()).map_err(Stopped::Failed)?;
            return Ok(false);
        }
        std::thread::sleep(PAUSE);
    }
}

/// Seconds that a process has worked, and megabytes that it holds, where the system tells.
fn cost(process: u32) -> Option<(u64, u64)> {
    let of = |name: &str| std::fs::read_to_string(format!("/proc/{process}/{name}")).ok();
    // Behind the name, which stands in brackets: see proc_pid_stat(5). A hundredth of a second is what Linux counts in.
    let stat = of("stat")?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<u64>().ok();
    let worked = (ticks(11)? + ticks(12)?) / 100;
    let status = of("status")?;
    let held = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = held.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some((worked, kilobytes / 1024))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_end_is_ended() {
        let bounds = Bounds { seconds: 0, megabytes: 400 };
        let mut child = Command::new("sleep").arg("60").spawn().expect("a program of every system");
        assert!(matches!(watch(&mut child, bounds), Ok(false)));
        assert!(child.try_wait().is_ok_and(|status| status.is_some()), "it is gone");
        let mut child = Command::new("true").spawn().expect("a program of every system");
        assert!(matches!(watch(&mut child, Bounds { seconds: 10, ..bounds }), Ok(true)));
    }
}
