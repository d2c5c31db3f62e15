//! `design`: asks the method's questions in order and writes the answers into the book.

mod cell;
mod frame;
mod prompt;
mod session;

use std::io::Write;

use anyhow::Result;

use super::edits::refused;
use super::{Edge, Exit, FilterArgs};
use crate::edit::design::{Asked, Open, Progress, next, progress};
use crate::edit::{EditError, diff};
use crate::edition::By;
use crate::say;
use session::Session;

/// What `design` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only these phases; without them, a sequence is asked for
    #[arg(value_name = "PHASE")]
    pub phases: Vec<String>,
    /// Write nothing; print at the end the difference that the answers would make
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// What became of a question.
pub(super) enum Outcome {
    /// It was answered, and the book says so.
    Answered,
    /// Not now.
    Later,
    /// That is all for now.
    Stop,
}

/// Asks until nothing is open, or whoever answers has had enough. Every answer is written at once.
///
/// # Errors
/// No book, an unknown phase, or a file that cannot be replaced.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let opened = edge.open()?;
    let filter = FilterArgs::default().and(By::Phase, args.phases.clone()).resolve(&opened.loaded.book)?;
    let phases = filter.values(By::Phase).to_vec();
    if !opened.loaded.findings.is_empty() {
        return refused(edge, &opened, EditError::Findings(opened.loaded.findings.clone()));
    }
    let disk = edge.world()?;
    let mut session = Session::new(edge, &disk, opened.loaded, args.dry_run)?;
    session.tell(say!(
        "Every answer is saved at once. Enter alone goes on, `?` explains the question, `.` stops; `gamma-ok design` goes on \
         from there."
    ))?;
    if args.dry_run {
        session.tell(say!("This is a dry run: nothing is saved."))?;
    }
    let left = talk(&mut session, phases)?;
    let changes = session.changes();
    let written = session.written.len();
    if let Some((asked, Progress { filled, wanted })) = left {
        session.line("")?;
        session.tell(say!(
            "`{sequence}`: {filled} of {wanted} cells filled.",
            sequence = asked.sequence,
            filled,
            wanted
        ))?;
    }
    if args.dry_run {
        edge.out.write_all(diff(&changes).as_bytes())?;
    } else if written > 0 {
        edge.remark(say!(written; "1 file changed; go on with `gamma-ok check`", "{n} files changed; go on with `gamma-ok check`"));
    }
    Ok(Exit::Fine)
}

/// Asks what is open, one question after the other; gives what was asked about and how far it is.
fn talk(session: &mut Session<'_>, phases: Vec<String>) -> Result<Option<(Asked, Progress)>> {
    let sequence = match phases.first() {
        // Phases of one sequence at a time: those of the first.
        Some(first) => {
            let has = |sequence: &&crate::book::Sequence| sequence.phases.iter().any(|phase| phase.id.name == *first);
            session.book().sequences.iter().find(has).map(|sequence| sequence.id.name.clone())
        }
        None => match frame::area(session)? {
            Some(area) => frame::sequence(session, area.as_deref())?,
            None => None,
        },
    };
    let Some(sequence) = sequence else { return Ok(None) };
    let mut asked = Asked { sequence, phases, ..Asked::default() };
    while let Some(open) = next(session.book(), &session.standards, &asked) {
        session.line("")?;
        let outcome = match &open {
            Open::Phases => frame::phases(session, &asked.sequence)?,
            Open::Steps(phase) => frame::steps(session, phase)?,
            Open::Traits(phase) => frame::traits(session, phase)?,
            Open::Target(phase) => frame::target(session, phase)?,
            Open::Cell(phase, of_trait, kind, level) => cell::cell(session, &asked, phase, of_trait, *kind, *level)?,
        };
        match outcome {
            Outcome::Answered => {}
            Outcome::Later => {
                asked.later.insert(open);
            }
            Outcome::Stop => {
                let progress = progress(session.book(), &session.standards, &asked);
                return Ok(Some((asked, progress)));
            }
        }
    }
    session.line("")?;
    session.tell(say!("There is nothing left to ask."))?;
    let progress = progress(session.book(), &session.standards, &asked);
    Ok(Some((asked, progress)))
}
