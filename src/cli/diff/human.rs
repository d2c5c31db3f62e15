//! Changes for people: phase by phase, new and former words marked in the text.

use std::io::Write;

use anyhow::Result;

use crate::changes::{Change, ChangeKind, ChangedKind, Changes, Stretch, Value, rewording};
use crate::cli::Edge;
use crate::cli::table::one_line;
use crate::document::tells_text;
use crate::language::Interface;
use crate::say;

/// What is called by its title.
#[derive(Clone, Copy)]
pub(super) enum Titled {
    /// A phase.
    Phase,
    /// A role.
    Role,
    /// A standard, by what it demands.
    Standard,
}

/// How a change looks: its kind's colour.
fn paint(kind: ChangeKind) -> &'static str {
    use ChangeKind as K;
    match kind {
        K::Added => "\u{1b}[32m",
        K::Removed | K::Retired => "\u{1b}[31m",
        K::Reworded | K::Tightened | K::Loosened => "\u{1b}[33m",
        K::MovedLevel | K::MovedPhase | K::Renamed => "\u{1b}[36m",
        K::Translated | K::Other => "",
    }
}

/// Writes the changes of the standards by phase, then those of the structure, then who needs re-training.
pub(super) fn write(
    changes: &Changes,
    edge: &Edge,
    title: impl Fn(Titled, &str) -> String,
    to_terminal: bool,
    out: &mut impl Write,
) -> Result<()> {
    let colour = to_terminal && edge.colours();
    let (bold, off) = if colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let (standards, structure): (Vec<&Change>, Vec<&Change>) =
        changes.all.iter().partition(|change| change.of == ChangedKind::Standard);
    let mut between = false;
    let mut head = |out: &mut dyn Write, text: &str| -> std::io::Result<()> {
        let gap = if std::mem::replace(&mut between, true) { "\n" } else { "" };
        writeln!(out, "{gap}{bold}{text}{off}")
    };
    for of_phase in standards.chunk_by(|a, b| a.phase == b.phase) {
        let phase = of_phase.first().and_then(|change| change.phase.as_deref()).unwrap_or_default();
        head(out, &title(Titled::Phase, phase))?;
        for of_one in of_phase.chunk_by(|a, b| a.id == b.id) {
            for change in of_one {
                self::change(change, edge.people(), colour, out)?;
            }
            // Where nothing of it says what the standard is about, its text does.
            if let Some(first) = of_one.first().filter(|_| !of_one.iter().any(|change| tells_text(change))) {
                writeln!(out, "      {}", title(Titled::Standard, &first.id))?;
            }
        }
    }
    if !structure.is_empty() {
        head(out, &edge.say(&say!("the book, sequences, phases, steps, traits, roles")))?;
        for change in structure {
            self::change(change, edge.people(), colour, out)?;
        }
    }
    if !changes.retrain.is_empty() {
        head(out, &edge.say(&say!("to be re-trained")))?;
        for group in &changes.retrain {
            let role = group.role.as_ref().map(|role| title(Titled::Role, role));
            let role = role.unwrap_or_else(|| edge.say(&say!("anyone of the staff")));
            writeln!(out, "  {role}")?;
            let width = group.standards.iter().map(|id| id.chars().count()).max().unwrap_or_default();
            for id in &group.standards {
                writeln!(out, "    {id:<width$}  {}", title(Titled::Standard, id))?;
            }
        }
    }
    Ok(())
}

fn change(change: &Change, interface: &Interface, colour: bool, out: &mut impl Write) -> Result<()> {
    let (paint, off) = if colour { (paint(change.kind), "\u{1b}[0m") } else { ("", "") };
    let noun = if change.of == ChangedKind::Standard {
        String::new()
    } else {
        format!("{} ", interface.word("thing", change.of.word()))
    };
    let former = match (&change.old_id, change.kind) {
        (Some(old), ChangeKind::Renamed) => format!("{old} → "),
        _ => String::new(),
    };
    let about: Vec<&str> =
        change.field.map(|field| interface.translate(field)).into_iter().chain(change.language.as_deref()).collect();
    let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
    let called = |kind: ChangeKind| interface.word("change", kind.word());
    let (kind, width) = (called(change.kind), ChangeKind::ALL.map(|kind| called(kind).chars().count()));
    let width = width.into_iter().max().unwrap_or_default();
    let ids = change.from.join(", ");
    let came = match change.from.len() {
        0 => String::new(),
        1 => format!(" ({})", interface.say(&say!("split from {ids}", ids))),
        _ => format!(" ({})", interface.say(&say!("merged of {ids}", ids))),
    };
    write!(out, "  {paint}{kind:<width$}{off} {noun}{former}{}{about}{came}", change.id)?;
    let plain = |value: &Option<Value>| value.as_ref().map(|value| one_line(&in_words(interface, change.field, value)));
    let (before, after) = (plain(&change.before), plain(&change.after));
    let is_prose = matches!((&change.before, &change.after), (Some(Value::Text(_)), Some(Value::Text(_))))
        && matches!(change.kind, ChangeKind::Reworded | ChangeKind::Translated | ChangeKind::Other);
    match (before, after) {
        _ if change.kind == ChangeKind::Renamed => writeln!(out)?,
        (Some(before), Some(after)) if is_prose && before.contains(' ') => {
            writeln!(out, "\n      {}", marked(&before, &after, colour))?;
        }
        (Some(before), Some(after)) => writeln!(out, ": {before} → {after}")?,
        (None, Some(after)) if change.field.is_some() || change.language.is_some() => writeln!(out, ": + {after}")?,
        (Some(before), None) if change.field.is_some() || change.language.is_some() => writeln!(out, ": - {before}")?,
        (None, Some(text)) | (Some(text), None) => writeln!(out, "\n      {text}")?,
        (None, None) => writeln!(out)?,
    }
    Ok(())
}

/// A value as it is called in the reader's language.
fn in_words(interface: &Interface, field: Option<&'static str>, value: &Value) -> String {
    match (value, field) {
        (Value::Measure(measure), _) if interface.tag() != "en" => interface.bound(measure),
        (Value::Level(level), _) => interface.word("level", level.word()).to_owned(),
        (Value::Text(word), Some(field)) => interface.word(field, word).to_owned(),
        _ => value.plain(),
    }
}

/// A text with what is gone and what is new marked: by colour, or as git does it without.
fn marked(before: &str, after: &str, colour: bool) -> String {
    let ([gone, gone_end], [new, new_end]) = if colour {
        (["\u{1b}[9;31m", "\u{1b}[0m"], ["\u{1b}[32m", "\u{1b}[0m"])
    } else {
        (["[-", "-]"], ["{+", "+}"])
    };
    let marked = |stretch: Stretch| match stretch {
        Stretch::Same(text) => text,
        Stretch::Gone(text) => format!("{gone}{text}{gone_end}"),
        Stretch::New(text) => format!("{new}{text}{new_end}"),
    };
    rewording(before, after).into_iter().map(marked).collect()
}
