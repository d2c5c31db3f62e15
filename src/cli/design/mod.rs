//! `design`: asks the method's questions in order and writes the answers into the book.

mod again;
mod cell;
mod frame;
mod journal;
mod prompt;
mod session;

use std::io::Write;

use anyhow::Result;

use super::edits::refused;
use super::{Edge, Exit, FilterArgs};
use crate::edit::design::{DesignScope, OpenQuestion, Progress, next, progress};
use crate::edit::{EditError, diff};
use crate::edition::FilterKey;
use crate::say;
use session::{GoBack, Session};

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
    /// It was answered, and the same is asked once more.
    More,
    /// Not now.
    Later,
    /// That is all for now.
    Stop,
}

/// A question, and all that it takes to ask it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// Which service area?
    Area,
    /// Which sequence, in that area?
    Sequence(Option<String>),
    /// What the method asks next.
    Open(DesignScope, OpenQuestion),
    /// Which of the cells that are filled or blank is to be looked at again?
    Filled(DesignScope),
}

/// Asks until nothing is open, or whoever answers has had enough. Every answer is written at once.
///
/// # Errors
/// No book, an unknown phase, or a file that cannot be replaced.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let opened = edge.open()?;
    let filter = FilterArgs::default().and(FilterKey::Phase, args.phases.clone()).resolve(&opened.loaded.book)?;
    let phases = filter.values(FilterKey::Phase).to_vec();
    if !opened.loaded.findings.is_empty() {
        return refused(edge, &opened, EditError::Findings(opened.loaded.findings.clone()));
    }
    let disk = edge.world()?;
    let mut session = Session::new(edge, &disk, opened.loaded, args.dry_run)?;
    session.tell(say!(
        "Every answer is saved at once. Enter alone goes on, `<` goes back, `?` explains the question, `.` stops; \
         `gamma-ok design` goes on from there."
    ))?;
    if args.dry_run {
        session.tell(say!("This is a dry run: nothing is saved."))?;
    }
    let left = talk(&mut session, phases)?;
    let changes = session.changes();
    let written = session.changed();
    if let Some(asked) = left {
        let Progress { filled, wanted } = progress(session.book(), &session.standards, &asked);
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

/// Asks what is open, one question after the other; gives what was asked about.
fn talk(session: &mut Session<'_>, phases: Vec<String>) -> Result<Option<DesignScope>> {
    let mut question = match phases.first() {
        // Phases of one sequence at a time: those of the first.
        Some(first) => {
            let has = |sequence: &&crate::book::Sequence| sequence.phases.iter().any(|phase| phase.id.name == *first);
            let Some(sequence) = session.book().sequences.iter().find(has) else { return Ok(None) };
            let asked = DesignScope { sequence: sequence.id.name.clone(), phases, ..DesignScope::default() };
            following(session, asked)?
        }
        None => Question::Area,
    };
    loop {
        session.begin(&question);
        match ask(session, &question) {
            Ok(Some(next)) => question = next,
            Ok(None) => break,
            Err(error) if error.is::<GoBack>() => question = session.back()?.unwrap_or(question),
            Err(error) => return Err(error),
        }
    }
    Ok(match question {
        Question::Open(asked, _) | Question::Filled(asked) => Some(asked),
        Question::Area | Question::Sequence(_) => None,
    })
}

/// Asks a question; gives the next, none where that is all.
fn ask(session: &mut Session<'_>, question: &Question) -> Result<Option<Question>> {
    let (asked, open) = match question {
        Question::Area => return Ok(frame::area(session)?.map(Question::Sequence)),
        Question::Sequence(area) => {
            let Some(sequence) = frame::sequence(session, area.as_deref())? else { return Ok(None) };
            return following(session, DesignScope { sequence, ..DesignScope::default() }).map(Some);
        }
        Question::Filled(asked) => {
            return Ok(match again::again(session, asked)? {
                Outcome::Answered | Outcome::More => match next(session.book(), &session.standards, asked) {
                    // A cell that is open again is asked about before all else.
                    Some(open) => Some(Question::Open(asked.clone(), open)),
                    None => Some(question.clone()),
                },
                Outcome::Later | Outcome::Stop => None,
            });
        }
        Question::Open(asked, open) => (asked, open),
    };
    session.line("")?;
    let outcome = match open {
        OpenQuestion::Phases => frame::phases(session, &asked.sequence)?,
        OpenQuestion::Steps(phase) => frame::steps(session, phase)?,
        OpenQuestion::Traits(phase) => frame::traits(session, phase)?,
        OpenQuestion::Target(phase) => frame::target(session, phase)?,
        OpenQuestion::Cell(phase, of_trait, kind, level) => cell::cell(session, asked, phase, of_trait, *kind, *level)?,
    };
    let mut asked = asked.clone();
    match outcome {
        Outcome::Answered => {}
        Outcome::More => return Ok(Some(question.clone())),
        Outcome::Later => {
            asked.later.insert(open.clone());
        }
        Outcome::Stop => return Ok(None),
    }
    following(session, asked).map(Some)
}

/// What comes after an answer.
fn following(session: &mut Session<'_>, asked: DesignScope) -> Result<Question> {
    if let Some(open) = next(session.book(), &session.standards, &asked) {
        return Ok(Question::Open(asked, open));
    }
    session.line("")?;
    session.tell(say!("There is nothing left to ask."))?;
    Ok(Question::Filled(asked))
}
