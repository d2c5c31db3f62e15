//! One cell: the standards of a phase, a trait, a type and a level, with what the library proposes for it.

use anyhow::Result;

use super::Outcome;
use super::frame::{customer_in, in_book};
use super::session::{Session, TypedText, Wordings};
use crate::book::{Bound, Language, Level, StandardType};
use crate::check::wording::{WordListLanguage, single_quantity};
use crate::edit::design::{DesignScope, NewStandard, Progress, progress};
use crate::method::{Standard, proposals};
use crate::say;
use crate::units::Quantity;

/// What fills the cell: a proposal as it is or changed, words of one's own, or nothing for a reason.
pub(super) fn cell(
    session: &mut Session<'_>,
    asked: &DesignScope,
    phase: &str,
    of_trait: &str,
    kind: StandardType,
    level: Level,
) -> Result<Outcome> {
    let proposed: Vec<Standard> = {
        let book = session.book();
        let is_here = |standard: &Standard| {
            let home = book.phase_at(standard.sequence, standard.phase);
            home.is_some_and(|home| home.id.name == phase)
        };
        let all = proposals(book).into_iter().flat_map(|proposal| proposal.standards);
        let fits = |standard: &Standard| {
            standard.kind == kind && standard.level == level && standard.traits.iter().any(|name| name == of_trait)
        };
        all.filter(|standard| fits(standard) && is_here(standard)).collect()
    };
    let words = session.interface();
    let title = session.text(&in_book(session.book(), phase).title);
    let quality = session.book().trait_of(of_trait).map(|of_trait| session.text(&of_trait.title)).unwrap_or_default();
    let Progress { filled, wanted } = progress(session.book(), &session.standards, asked);
    let word = |key: String| words.text(&key).to_owned();
    let (kind_word, level_word) = (word(format!("type.{kind}")), word(format!("level.{level}")));
    session.line(&format!("{title} · {quality} · {kind_word} · {level_word}  ({filled}/{wanted})"))?;

    let noun = customer_in(session.book(), phase, words).cloned();
    let meaning = |key: String| words.of_customer(&key, noun.as_ref());
    let help = say!(
        "{kind}: {about} {level}: {aim}",
        kind = kind_word,
        about = meaning(format!("type-meaning.{kind}")),
        level = level_word,
        aim = meaning(format!("level-meaning.{level}"))
    );
    let mut options: Vec<String> = proposed.iter().map(|standard| session.text(&standard.text)).collect();
    let takes = options.len();
    if takes > 0 {
        options.push(session.edge.say(&say!("change a proposal")));
    }
    options.push(session.edge.say(&say!("write one of your own")));
    options.push(session.edge.say(&say!("leave it blank, for a reason")));
    let question = match takes {
        0 => say!("The library has no proposal. What shall stand here? Enter: later."),
        _ => say!("Take a proposal, or several with commas? Enter: later."),
    };
    let Some(chosen) = session.choose(question, &options, true, &help)? else { return Ok(Outcome::Stop) };
    let taken: Vec<&Standard> = chosen.iter().filter_map(|option| proposed.get(*option)).collect();
    for standard in &taken {
        session.make(|design, book| Ok(((), design.take(in_book(book, phase), standard, &[], None)?)))?;
    }
    let change_at = (takes > 0).then_some(takes);
    let own_at = takes + usize::from(takes > 0);
    match chosen.iter().copied().find(|option| *option >= takes) {
        None if taken.is_empty() => Ok(Outcome::Later),
        None => Ok(Outcome::Answered),
        Some(option) if Some(option) == change_at => change(session, phase, &proposed, kind),
        Some(option) if option == own_at => write(session, phase, of_trait, kind, level),
        Some(_) => blank(session, phase, of_trait, kind, level),
    }
}

/// A proposal in other words.
pub(super) fn change(
    session: &mut Session<'_>,
    phase: &str,
    proposed: &[Standard],
    kind: StandardType,
) -> Result<Outcome> {
    let mut which = 0;
    if proposed.len() > 1 {
        let options: Vec<String> = proposed.iter().map(|standard| session.text(&standard.text)).collect();
        let help = say!("The proposal comes up to be changed, word by word.");
        let Some(chosen) = session.choose(say!("Which one? Enter: the first."), &options, false, &help)? else {
            return Ok(Outcome::Stop);
        };
        which = chosen.first().copied().unwrap_or(0);
    }
    let Some(standard) = proposed.get(which) else { return Ok(Outcome::Later) };
    let given = |language: &Language| standard.text.get(language).map(|worded| worded.text.clone()).unwrap_or_default();
    let TypedText { text, is_last } = wordings(session, kind, given)?;
    if text.is_empty() {
        return Ok(if is_last { Outcome::Stop } else { Outcome::Later });
    }
    let measure = standard.measure.as_ref().and_then(|measure| figure(session, &text, Some(&measure.value)));
    session.make(|design, book| Ok(((), design.take(in_book(book, phase), standard, &text, measure)?)))?;
    Ok(if is_last { Outcome::Stop } else { Outcome::Answered })
}

/// A standard in one's own words.
pub(super) fn write(
    session: &mut Session<'_>,
    phase: &str,
    of_trait: &str,
    kind: StandardType,
    level: Level,
) -> Result<Outcome> {
    let TypedText { text, is_last } = wordings(session, kind, |_| String::new())?;
    if text.is_empty() {
        return Ok(if is_last { Outcome::Stop } else { Outcome::Later });
    }
    let mut new = NewStandard { step: None, of_trait: of_trait.to_owned(), kind, level, text, measure: None };
    let stopped = is_last || details(session, phase, &mut new)?;
    session.make(|design, book| design.standard(in_book(book, phase), &new))?;
    Ok(if stopped { Outcome::Stop } else { Outcome::Answered })
}

/// Where a standard of one's own belongs, and what its figure measures; whether that was all for now.
fn details(session: &mut Session<'_>, phase: &str, new: &mut NewStandard) -> Result<bool> {
    let steps: Vec<(String, String)> = in_book(session.book(), phase)
        .steps
        .iter()
        .map(|step| (step.id.name.clone(), step.label().map(|label| session.text(label)).unwrap_or_default()))
        .collect();
    let help = say!("A standard that belongs to one step stands beside it in the manual and in the checklist.");
    if !steps.is_empty() {
        let options: Vec<String> = steps.iter().map(|(_, label)| label.clone()).collect();
        let question = say!("At which step? Enter: in the phase as a whole.");
        let Some(chosen) = session.choose(question, &options, false, &help)? else { return Ok(true) };
        new.step = chosen.first().and_then(|option| steps.get(*option)).map(|(name, _)| name.clone());
    }
    let Some(value) = figure(session, &new.text, None) else { return Ok(false) };
    let help = say!("A figure with a name can be checked, scored and asked about in training.");
    let question =
        say!("What does {figure} measure, such as time to greeting? Enter: nothing.", figure = value.plain());
    let TypedText { text: what, mut is_last } = session.texts(question, &help)?;
    if what.is_empty() {
        return Ok(is_last);
    }
    let mut bound = Bound::Within;
    if !value.unit.is_time() {
        let words = session.interface();
        let shown = words.quantity(&value);
        let options = ["at-least", "at-most"]
            .map(|key| words.fill(&format!("measure.{key}"), &[("q", &shown), ("q-gen", &shown)]));
        let question = say!("Which way does it bound? Enter: the first.");
        // What is measured was said, and is kept.
        let chosen = if is_last { None } else { session.choose(question, &options, false, &help)? };
        is_last = chosen.is_none();
        bound = if chosen.is_some_and(|chosen| chosen.first() == Some(&1)) { Bound::AtMost } else { Bound::AtLeast };
    }
    new.measure = Some((what, bound, value));
    Ok(is_last)
}

/// Nothing, for a reason.
fn blank(session: &mut Session<'_>, phase: &str, of_trait: &str, kind: StandardType, level: Level) -> Result<Outcome> {
    let help = say!("A reasoned blank says to whoever comes after you that nothing was forgotten here.");
    let TypedText { text: why, is_last } = session.texts(say!("Why is it left blank? Enter: later."), &help)?;
    if why.is_empty() {
        return Ok(if is_last { Outcome::Stop } else { Outcome::Later });
    }
    session.make(|design, book| Ok(((), design.blank(in_book(book, phase), of_trait, kind, level, &why)?)))?;
    Ok(if is_last { Outcome::Stop } else { Outcome::Answered })
}

/// A sentence in the source language, then in the book's others where the author has it; empty where the source language
/// has none.
pub(super) fn wordings(
    session: &mut Session<'_>,
    kind: StandardType,
    given: impl Fn(&Language) -> String,
) -> Result<TypedText<Wordings>> {
    let languages = session.book().languages.clone();
    let mut all: Wordings = Vec::new();
    for (index, language) in languages.iter().enumerate() {
        let tag = language.tag();
        let question = match index {
            0 => say!("The standard, in `{tag}`:", tag),
            _ => say!("The same in `{tag}`; Enter: as it stands, or later.", tag),
        };
        let TypedText { text, is_last } = session.sentence(question, &given(language), language, kind)?;
        let is_empty = text.is_empty();
        if !is_empty {
            all.push((tag.to_owned(), text));
        }
        if is_last || (index == 0 && is_empty) {
            return Ok(TypedText { text: all, is_last });
        }
    }
    Ok(TypedText { text: all, is_last: false })
}

/// The one figure with a unit in the source text, or the one that measures what `like` does.
pub(super) fn figure(session: &Session<'_>, text: &Wordings, like: Option<&Quantity>) -> Option<Quantity> {
    let (tag, text) = text.first()?;
    let language = Language::new(tag);
    let tag = WordListLanguage::for_tag(language.primary()).map_or(session.interface().tag(), |_| language.primary());
    single_quantity(text, tag, |quantity| match like {
        Some(like) => quantity.canonical().1 == like.canonical().1,
        None => quantity.unit != crate::units::Unit::Count,
    })
}
