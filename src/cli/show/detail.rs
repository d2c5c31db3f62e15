//! Some standards, with everything known of each.

use std::io::Write;

use anyhow::Result;

use super::View;
use super::json::when;
use super::list::text;
use crate::book::{Text, Worded};
use crate::cli::Edge;
use crate::cli::table::one_line;
use crate::edition::Selected;
use crate::language::Interface;
use crate::message::Message;
use crate::method::Origin;
use crate::say;
use crate::text::NO_BREAK;

/// Labels take at least this width, so that short blocks look like long ones.
const LEAST_LABEL: usize = 11;

/// Writes one block a standard: its id and texts, then a line for each thing known of it.
pub(super) fn write(view: &View, edge: &mut Edge) -> Result<()> {
    let (bold, dim, off) = if edge.colours() { ("\u{1b}[1m", "\u{1b}[2m", "\u{1b}[0m") } else { ("", "", "") };
    let prefix = edge.prefix(view.opened.world.root());
    for (index, selected) in view.told().enumerate() {
        if index > 0 {
            writeln!(edge.out)?;
        }
        writeln!(edge.out, "{bold}{}{off}{dim}@{}{off}", selected.standard.id.name, selected.standard.stamp)?;
        for Worded { language, text, .. } in &selected.text.0 {
            writeln!(edge.out, "  {dim}{language}{off}  {}", one_line(text))?;
        }
        writeln!(edge.out)?;
        block(lines(view, selected, &prefix, edge.tongue.people), edge)?;
    }
    Ok(())
}

/// What stands before a value.
pub(super) type Label = Message;

/// Writes a line a value, the values below each other.
pub(super) fn block(lines: Vec<(Label, String)>, edge: &mut Edge) -> Result<()> {
    let (dim, off) = if edge.colours() { ("\u{1b}[2m", "\u{1b}[0m") } else { ("", "") };
    let width = lines.iter().map(|(label, _)| edge.say(label).chars().count()).max().unwrap_or(0).max(LEAST_LABEL);
    for (label, value) in lines {
        let label = edge.say(&label);
        writeln!(edge.out, "  {dim}{label:<width$}{off} {value}")?;
    }
    Ok(())
}

/// Label and value of what is known, in the order in which a reader asks.
fn lines(
    view: &View,
    Selected { standard, roles, .. }: &Selected,
    prefix: &str,
    interface: &Interface,
) -> Vec<(Message, String)> {
    let loaded = &view.opened.loaded;
    let book = &loaded.book;
    let sequence = &book.sequences[standard.sequence];
    let phase = &sequence.phases[standard.phase];
    let titled = |id: &str, title: Option<&Text>| match title.map(|title| one_line(&text(view, title))) {
        Some(title) if !title.is_empty() && title != id => format!("{id} ({title})"),
        _ => id.to_owned(),
    };
    let several = |items: &[Text]| items.iter().map(|item| one_line(&text(view, item))).collect::<Vec<_>>();
    let word = |key: &str, word: &str| interface.word(key, word).to_owned();
    let mut lines = vec![
        (say!("sequence"), titled(&sequence.id.name, Some(&sequence.title))),
        (say!("phase"), titled(&phase.id.name, Some(&phase.title))),
    ];
    if let Some(step) = standard.step.and_then(|index| phase.steps.get(index)) {
        lines.push((say!("step"), titled(&step.id.name, step.label())));
    }
    let [kind, level] = super::list::decided(standard, interface);
    lines.push((say!("type"), kind.to_owned()));
    lines.push((say!("level"), level.to_owned()));
    let traits = standard.traits.iter().map(|name| titled(name, book.trait_of(name).map(|of_trait| &of_trait.title)));
    lines.push((say!("traits"), traits.collect::<Vec<_>>().join(", ")));
    let named = roles.iter().map(|name| titled(name, book.role(name).map(|role| &role.title))).collect::<Vec<_>>();
    lines.push((
        say!("role"),
        if named.is_empty() { interface.say(&say!("anyone of the staff")) } else { named.join(", ") },
    ));
    if let Some(figure) = &standard.measure {
        let what = figure.what.as_ref().map(|what| format!("{}: ", one_line(&text(view, what)))).unwrap_or_default();
        // On a line of its own nothing needs to be kept from breaking.
        let bound = interface.bound(figure).replace(NO_BREAK, " ");
        lines.push((say!("measure"), format!("{what}{bound}")));
    }
    lines.push((say!("verify"), word("verify", standard.verify.word())));
    lines.push((say!("aspect"), word("aspect", standard.aspect.word())));
    lines.push((
        say!("critical"),
        interface.say(&if standard.critical { say!("yes: not met, it fails its phase") } else { say!("no") }),
    ));
    lines.push((say!("weight"), standard.weight.to_string()));
    lines.extend(standard.procedure.map(|procedure| (say!("procedure"), word("procedure", procedure.word()))));
    lines.extend(when(&standard.when).map(|when| (say!("when"), when.into_owned())));
    let teaching = &standard.teaching;
    lines.extend(teaching.why.as_ref().map(|why| (say!("why"), one_line(&text(view, why)))));
    let lists = [(say!("how"), &teaching.how), (say!("say"), &teaching.say), (say!("avoid"), &teaching.avoid)];
    for (label, items) in lists {
        // The label stands once, at the first of them.
        let labels = std::iter::once(label).chain(std::iter::repeat(Message::default()));
        lines.extend(labels.zip(several(items)));
    }
    let cited = teaching.references().map(|(source, country)| match country {
        Some(country) => format!("{} ({})", one_line(&text(view, source)), interface.country(country)),
        None => one_line(&text(view, source)).to_string(),
    });
    lines.extend(std::iter::once(say!("sources")).chain(std::iter::repeat(Message::default())).zip(cited));
    let origin = match &standard.origin {
        Origin::Written => say!("written in the book"),
        Origin::Derived { of_trait, pattern } => {
            say!("derived from the trait {of_trait} by its pattern {pattern}", of_trait, pattern)
        }
        Origin::Handoff(_) => say!("of a hand-off"),
    };
    lines.push((say!("origin"), interface.say(&origin)));
    lines.push((say!("status"), word("status", standard.status.word())));
    if !standard.id.was.is_empty() {
        lines.push((say!("was"), standard.id.was.join(", ")));
    }
    let line = loaded.sources.positions(standard.span.head()).0.line;
    lines.push((say!("place"), format!("{prefix}{}:{line}", loaded.sources.get(standard.span.file).path)));
    lines.retain(|(_, value)| !value.is_empty());
    lines
}
