//! The frame of a design: area, sequence, phases, steps and contact, traits, target.

use anyhow::Result;

use super::Outcome;
use super::session::{Session, TypedText, Wordings};
use crate::book::{Book, Contact, Language, Level, NounForms, Phase, Sequence};
use crate::edit::design::NewStep;
use crate::language::Interface;
use crate::message::Message;
use crate::say;

/// The service area to improve: its id, or none where the book is not divided; nothing at all to stop.
pub(super) fn area(session: &mut Session<'_>) -> Result<Option<Option<String>>> {
    let areas: Vec<(String, String)> =
        session.book().areas.iter().map(|area| (area.id.name.clone(), session.text(&area.title))).collect();
    let help = say!(
        "A business is split into service areas, such as front office, telephone or ward. Begin with the one that customers \
         complain about most."
    );
    if !areas.is_empty() {
        let mut options: Vec<String> = areas.iter().map(|(_, title)| title.clone()).collect();
        options.push(session.edge.say(&say!("another one")));
        let question = say!("Which service area do you want to improve? Enter: the first.");
        let Some(chosen) = session.choose(question, &options, false, &help)? else { return Ok(None) };
        if let Some((name, _)) = areas.get(chosen.first().copied().unwrap_or(0)) {
            return Ok(Some(Some(name.clone())));
        }
    }
    let question = say!("What is the service area called? Enter: the book is not divided into areas.");
    let TypedText { text: title, is_last } = session.texts(question, &help)?;
    if title.is_empty() {
        return Ok(if is_last { None } else { Some(None) });
    }
    let area = session.make(|design, _| design.area(&title))?;
    Ok((!is_last).then_some(Some(area)))
}

/// The service sequence to work on, by id; none to stop.
pub(super) fn sequence(session: &mut Session<'_>, area: Option<&str>) -> Result<Option<String>> {
    let is_in = |sequence: &&Sequence| area.is_none() || sequence.area.is_none() || sequence.area.as_deref() == area;
    let sequences: Vec<(String, String)> = session
        .book()
        .sequences
        .iter()
        .filter(is_in)
        .map(|sequence| (sequence.id.name.clone(), session.text(&sequence.title)))
        .collect();
    let help = say!(
        "A service sequence is what the customer goes through, from first to last: reservation, check-in, stay, check-out. It \
         brings every moment of contact to light, because those moments need standards."
    );
    if !sequences.is_empty() {
        let mut options: Vec<String> = sequences.iter().map(|(_, title)| title.clone()).collect();
        options.push(session.edge.say(&say!("another one")));
        let question = say!("Which service sequence do you want to work on? Enter: the first.");
        let Some(chosen) = session.choose(question, &options, false, &help)? else { return Ok(None) };
        if let Some((name, _)) = sequences.get(chosen.first().copied().unwrap_or(0)) {
            return Ok(Some(name.clone()));
        }
    }
    let question = say!("What is the service sequence called?");
    let TypedText { text: title, is_last } = session.texts(question, &help)?;
    if title.is_empty() {
        return Ok(None);
    }
    let sequence = session.make(|design, _| design.sequence(&title, area))?;
    Ok((!is_last).then_some(sequence))
}

/// Phases in the order of time, one after the other.
pub(super) fn phases(session: &mut Session<'_>, sequence: &str) -> Result<Outcome> {
    let titles: Vec<String> = find(session, sequence).phases.iter().map(|phase| session.text(&phase.title)).collect();
    let help = say!(
        "A phase is one link of the sequence, such as check-in. Name them in the order in which the customer meets them."
    );
    let question = match titles.is_empty() {
        true => say!("What is the first phase called?"),
        false => say!("The phases so far: {phases}. Does another follow? Enter: no.", phases = titles.join(" → ")),
    };
    let TypedText { text: title, is_last } = session.texts(question, &help)?;
    if title.is_empty() {
        return Ok(if is_last { Outcome::Stop } else { Outcome::Later });
    }
    session.make(|design, book| {
        let known = book.sequences.iter().find(|known| known.id.name == sequence);
        design.phase(known.unwrap_or(&Sequence::default()), &title)
    })?;
    Ok(if is_last { Outcome::Stop } else { Outcome::Answered })
}

/// A step of a phase, in the order of time, and where the customer is met.
pub(super) fn steps(session: &mut Session<'_>, phase: &str) -> Result<Outcome> {
    let help = say!(
        "A step is one thing that happens in the phase: the guest comes to the desk, the receptionist finds the booking. Where \
         the customer meets you is a moment of contact, and needs standards."
    );
    let phase_of = phase_of(session, phase);
    let (any, title) = (!phase_of.steps.is_empty(), session.text(&phase_of.title));
    let question = match any {
        false => say!("Phase “{phase}”: which step comes first? Enter: it is not divided into steps.", phase = title),
        true => say!("Phase “{phase}”: which step comes next? Enter: that was the last.", phase = title),
    };
    let TypedText { text: title, is_last } = session.texts(question, &help)?;
    if title.is_empty() {
        return Ok(match (is_last, any) {
            (true, _) => Outcome::Stop,
            (false, true) => Outcome::Answered,
            (false, false) => Outcome::Later,
        });
    }
    let mut step = NewStep { title, ..NewStep::default() };
    let is_last = is_last || !is_described(session, &mut step, &help)?;
    // What was said of a step before whoever answers stopped is kept.
    session.make(|design, book| design.step(in_book(book, phase), &step))?;
    Ok(if is_last { Outcome::Stop } else { Outcome::More })
}

/// Where the customer is met in a step and who acts; whether all of it was answered.
fn is_described(session: &mut Session<'_>, step: &mut NewStep, help: &Message) -> Result<bool> {
    let words = session.interface();
    let contacts: Vec<String> =
        Contact::ALL.iter().map(|contact| words.text(&format!("contact.{contact}")).to_owned()).collect();
    let question = say!("Where does the customer meet you in this step? Several with commas; Enter: nowhere.");
    let Some(chosen) = session.choose(question, &contacts, true, help)? else { return Ok(false) };
    step.contact = chosen.iter().filter_map(|option| Contact::ALL.get(*option).copied()).collect();
    if !step.contact.is_empty() {
        let question =
            say!("Does the customer judge the whole service here, so that it is a moment of truth? Enter: no.");
        let yes = vec![session.edge.say(&say!("yes"))];
        let Some(chosen) = session.choose(question, &yes, false, help)? else { return Ok(false) };
        step.moment_of_truth = !chosen.is_empty();
    }
    let roles: Vec<(String, String)> =
        session.book().roles.iter().map(|role| (role.id.name.clone(), session.text(&role.title))).collect();
    if !roles.is_empty() {
        let titles: Vec<String> = roles.iter().map(|(_, title)| title.clone()).collect();
        let question = say!("Who acts? Enter: anyone of the staff.");
        let Some(chosen) = session.choose(question, &titles, false, help)? else { return Ok(false) };
        step.role = chosen.first().and_then(|option| roles.get(*option)).map(|(name, _)| name.clone());
    }
    Ok(true)
}

/// The traits that would strengthen the customer's experience in a phase.
pub(super) fn traits(session: &mut Session<'_>, phase: &str) -> Result<Outcome> {
    let title = session.text(&phase_of(session, phase).title);
    let help = say!(
        "A trait is a general quality of service, such as friendly or prompt. Choose two or three for each phase; they become \
         standards in the next step. Ask what the customer would want to feel here."
    );
    let known: Vec<(String, String)> = session
        .book()
        .traits
        .iter()
        .map(|of_trait| {
            let meaning = of_trait.question.as_ref().or(of_trait.meaning.as_ref()).map(|text| session.text(text));
            let meaning = meaning.map(|meaning| format!(": {meaning}")).unwrap_or_default();
            (of_trait.id.name.clone(), format!("{}{meaning}", session.text(&of_trait.title)))
        })
        .collect();
    let options: Vec<String> = known.iter().map(|(_, line)| line.clone()).collect();
    let question = say!(
        "Phase “{phase}”: which general traits of service, shown during this phase, would strengthen the customer's experience \
         of doing business with you? Several with commas; Enter: later.",
        phase = title
    );
    let Some(chosen) = session.choose(question, &options, true, &help)? else { return Ok(Outcome::Stop) };
    if chosen.is_empty() {
        return Ok(Outcome::Later);
    }
    let mut traits: Vec<(String, Wordings)> = Vec::new();
    let mut is_last = false;
    for name in chosen.iter().filter_map(|option| known.get(*option)).map(|(name, _)| name.clone()) {
        let title = session.book().trait_of(&name).map(|of_trait| of_trait.title.clone()).unwrap_or_default();
        let mut why = TypedText { text: Vec::new(), is_last };
        if !is_last {
            let question =
                say!("Why does “{quality}” matter here? Enter: no reason is given.", quality = session.text(&title));
            why = session.texts(question, &help)?;
        }
        // Traits that were chosen are kept, whether or not their reasons were asked for.
        is_last = why.is_last;
        traits.push((name, why.text));
    }
    session.make(|design, book| Ok(((), design.traits(in_book(book, phase), &traits)?)))?;
    Ok(if is_last { Outcome::Stop } else { Outcome::Answered })
}

/// The level that a phase aims at.
pub(super) fn target(session: &mut Session<'_>, phase: &str) -> Result<Outcome> {
    let chosen_phase = phase_of(session, phase);
    let (title, usual) = (session.text(&chosen_phase.title), chosen_phase.target);
    let words = session.interface();
    let noun = customer_in(session.book(), phase, words).cloned();
    let meaning = |level: &Level| words.of_customer(&format!("level-meaning.{level}"), noun.as_ref());
    let options: Vec<String> = Level::ALL
        .iter()
        .map(|level| format!("{}: {}", words.text(&format!("level.{level}")), meaning(level)))
        .collect();
    let question = say!(
        "Which level does the phase “{phase}” aim at? Enter: {level}.",
        phase = title,
        level = Message::verbatim(words.text(&format!("level.{usual}")))
    );
    let help = say!(
        "The levels are a ladder: none is reached while a lower one is not. Most phases aim at expected; aim higher where the first or the last impression is made."
    );
    let Some(chosen) = session.choose(question, &options, false, &help)? else { return Ok(Outcome::Stop) };
    let level = chosen.first().and_then(|option| Level::ALL.get(*option)).copied().unwrap_or(usual);
    session.make(|design, book| Ok(((), design.target(in_book(book, phase), level)?)))?;
    Ok(Outcome::Answered)
}

fn find(session: &Session<'_>, sequence: &str) -> Sequence {
    session.book().sequences.iter().find(|known| known.id.name == sequence).cloned().unwrap_or_default()
}

fn phase_of(session: &Session<'_>, phase: &str) -> Phase {
    in_book(session.book(), phase).clone()
}

/// The word for whom the sequence of a phase serves, in the language of those words.
pub(super) fn customer_in<'a>(book: &'a Book, phase: &str, words: &Interface) -> Option<&'a NounForms> {
    let language = Language::new(words.tag());
    let is_it = |sequence: &&Sequence| sequence.phases.iter().any(|known| known.id.name == phase);
    let sequence = book.sequences.iter().find(is_it);
    book.customer_of(sequence, &language)
}

/// The phase of that id. The question was about a phase of this very book, so it is there.
pub(super) fn in_book<'a>(book: &'a Book, phase: &str) -> &'a Phase {
    static NONE: std::sync::LazyLock<Phase> = std::sync::LazyLock::new(Phase::default);
    book.phase_of_id(phase).unwrap_or(&NONE)
}
