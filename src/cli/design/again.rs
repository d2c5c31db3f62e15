//! What is filled already, or was left blank, to be looked at again.

use anyhow::Result;

use super::Outcome;
use super::cell::{change, figure, wordings, write};
use super::frame::in_book;
use super::session::{Session, TypedText};
use crate::book::{Language, Level, StandardType, Text};
use crate::edit::design::{DesignScope, settled};
use crate::method::{MatrixCell, Origin, Standard};
use crate::say;

/// More cells than that are offered a phase at a time.
const MANY: usize = 24;

/// One cell that nothing is asked of any more.
struct Filled {
    phase: String,
    of_trait: String,
    kind: StandardType,
    level: Level,
    standards: Vec<Standard>,
    /// Why it was left blank; none for one that is filled.
    why: Option<Text>,
    label: String,
}

/// Which cell is to be looked at again, and what becomes of it.
pub(super) fn again(session: &mut Session<'_>, asked: &DesignScope) -> Result<Outcome> {
    let help = say!(
        "A standard that stands in the book can be worded anew, or have another beside it. Its id stays, so that audits and \
         reviews know what became of it. A cell that was left blank for a reason can be opened again."
    );
    let mut cells = cells(session, asked);
    if cells.is_empty() {
        return Ok(Outcome::Later);
    }
    if cells.len() > MANY {
        let mut phases: Vec<String> = cells.iter().map(|cell| cell.phase.clone()).collect();
        phases.dedup();
        let titles: Vec<String> = phases.iter().map(|phase| title(session, phase)).collect();
        let question = say!("In which phase do you want to look at something again? Enter: that is all.");
        let Some(chosen) = session.choose(question, &titles, false, &help)? else { return Ok(Outcome::Stop) };
        let Some(phase) = chosen.first().and_then(|option| phases.get(*option)) else { return Ok(Outcome::Later) };
        cells.retain(|cell| cell.phase == *phase);
    }
    let options: Vec<String> = cells.iter().map(|cell| cell.label.clone()).collect();
    let question = say!("Which cell do you want to look at again? Enter: none.");
    let Some(chosen) = session.choose(question, &options, false, &help)? else { return Ok(Outcome::Stop) };
    let Some(cell) = chosen.first().and_then(|option| cells.get(*option)) else { return Ok(Outcome::Later) };

    if let Some(why) = &cell.why {
        return reopened(session, asked, &cell.phase, why);
    }
    let mut options: Vec<String> = cell.standards.iter().map(|standard| session.text(&standard.text)).collect();
    options.push(session.edge.say(&say!("write one of your own")));
    let question = say!("Which one do you want to word anew? Enter: none.");
    let Some(chosen) = session.choose(question, &options, false, &help)? else { return Ok(Outcome::Stop) };
    let Some(option) = chosen.first() else { return Ok(Outcome::Answered) };
    let outcome = match cell.standards.get(*option) {
        None => write(session, &cell.phase, &cell.of_trait, cell.kind, cell.level)?,
        Some(standard) if matches!(standard.origin, Origin::Written) => reworded(session, standard)?,
        // What a pattern yields becomes a standard of the book's own.
        Some(standard) => change(session, &cell.phase, std::slice::from_ref(standard), cell.kind)?,
    };
    Ok(match outcome {
        Outcome::Stop => Outcome::Stop,
        _ => Outcome::Answered,
    })
}

/// A cell that was left blank is open again, and asked about as any other.
fn reopened(session: &mut Session<'_>, asked: &DesignScope, phase: &str, why: &Text) -> Result<Outcome> {
    let of_reason = |(home, cell): &&(&str, &MatrixCell)| *home == phase && cell.why.as_ref() == Some(why);
    let all = settled(session.book(), &session.standards, asked).iter().filter(of_reason).count();
    let open = match all.saturating_sub(1) {
        0 => say!("open it again"),
        more => {
            say!(more; "open it again, and 1 other cell that is blank for this reason", "open it again, and {n} other cells that are blank for this reason")
        }
    };
    let question = say!("It was left blank: {why} Enter: it stays so.", why = session.text(why));
    let help = say!("A reasoned blank says to whoever comes after you that nothing was forgotten here.");
    let options = [session.edge.say(&open)];
    let Some(chosen) = session.choose(question, &options, false, &help)? else { return Ok(Outcome::Stop) };
    if !chosen.is_empty() {
        session.make(|design, book| {
            let phase = in_book(book, phase);
            let waiver = phase.waivers.iter().find(|waiver| waiver.why == *why);
            Ok(((), waiver.map(|waiver| design.reopen(phase, waiver)).transpose()?.unwrap_or_default()))
        })?;
    }
    Ok(Outcome::Answered)
}

/// A standard of the book in other words.
fn reworded(session: &mut Session<'_>, standard: &Standard) -> Result<Outcome> {
    let given = |language: &Language| standard.text.get(language).map(|worded| worded.text.clone()).unwrap_or_default();
    let TypedText { text, is_last } = wordings(session, standard.kind, given)?;
    if text.is_empty() {
        return Ok(if is_last { Outcome::Stop } else { Outcome::Later });
    }
    let figure = standard.measure.as_ref().and_then(|measure| figure(session, &text, Some(&measure.value)));
    session.make(|design, _| Ok(((), design.reword(standard, &text, figure.as_ref())?)))?;
    Ok(if is_last { Outcome::Stop } else { Outcome::Answered })
}

fn title(session: &Session<'_>, phase: &str) -> String {
    session.text(&in_book(session.book(), phase).title)
}

/// The cells that standards fill or that a reason leaves blank, in the order of the matrix.
fn cells(session: &Session<'_>, asked: &DesignScope) -> Vec<Filled> {
    let (book, words) = (session.book(), session.interface());
    let cells = settled(book, &session.standards, asked).into_iter().map(|(phase, cell)| {
        let is_in = |standard: &&Standard| cell.standards.contains(&standard.id.name);
        let standards: Vec<Standard> = session.standards.all.iter().filter(is_in).cloned().collect();
        let quality = book.trait_of(&cell.of_trait).map(|of_trait| session.text(&of_trait.title)).unwrap_or_default();
        let texts = standards.iter().map(|standard| session.text(&standard.text)).collect::<Vec<_>>().join(" / ");
        let why = cell.why.clone().filter(|_| standards.is_empty());
        let content = match &why {
            Some(why) => session.edge.say(&say!("left blank ({why})", why = session.text(why))),
            None => texts,
        };
        let label = format!(
            "{} · {quality} · {} · {}: {content}",
            title(session, phase),
            words.text(&format!("type.{}", cell.kind)),
            words.text(&format!("level.{}", cell.level)),
        );
        let (phase, of_trait) = (phase.to_owned(), cell.of_trait.clone());
        Filled { phase, of_trait, kind: cell.kind, level: cell.level, standards, why, label }
    });
    cells.collect()
}
