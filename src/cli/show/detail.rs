//! Some standards, with everything known of each.

use std::io::Write;

use anyhow::Result;

use super::View;
use super::json::when;
use super::list::text;
use crate::book::{Text, Worded};
use crate::cli::Edge;
use crate::cli::table::{measure, one_line};
use crate::method::{Origin, Selected};

/// Writes one block a standard: its id and texts, then a line for each thing known of it.
pub(super) fn write(view: &View, edge: &mut Edge) -> Result<()> {
    let (bold, dim, off) = if edge.colours() { ("\u{1b}[1m", "\u{1b}[2m", "\u{1b}[0m") } else { ("", "", "") };
    let prefix = edge.prefix(view.opened.world.root());
    for (at, one) in view.chosen.iter().enumerate() {
        if at > 0 {
            writeln!(edge.out)?;
        }
        writeln!(edge.out, "{bold}{}{off}{dim}@{}{off}", one.standard.id.name, one.standard.stamp)?;
        for Worded { language, text, .. } in &one.text.0 {
            writeln!(edge.out, "  {dim}{language}{off}  {}", one_line(text))?;
        }
        writeln!(edge.out)?;
        for (label, value) in lines(view, one, &prefix) {
            writeln!(edge.out, "  {dim}{label:<11}{off} {value}")?;
        }
    }
    Ok(())
}

/// Label and value of what is known, in the order in which a reader asks.
fn lines(view: &View, Selected { standard, roles, .. }: &Selected, prefix: &str) -> Vec<(&'static str, String)> {
    let loaded = &view.opened.loaded;
    let book = &loaded.book;
    let sequence = &book.sequences[standard.sequence];
    let phase = &sequence.phases[standard.phase];
    let titled = |id: &str, title: Option<&Text>| match title.map(|title| one_line(text(view, title))) {
        Some(title) if !title.is_empty() && title != id => format!("{id} ({title})"),
        _ => id.to_owned(),
    };
    let several = |items: &[Text]| items.iter().map(|one| one_line(text(view, one))).collect::<Vec<_>>();
    let mut lines = vec![
        ("sequence", titled(&sequence.id.name, Some(&sequence.title))),
        ("phase", titled(&phase.id.name, Some(&phase.title))),
    ];
    if let Some(step) = standard.step.and_then(|at| phase.steps.get(at)) {
        lines.push(("step", titled(&step.id.name, step.label())));
    }
    lines.push(("type", standard.kind.to_string()));
    lines.push(("level", standard.level.to_string()));
    let traits = standard.traits.iter().map(|name| titled(name, book.trait_of(name).map(|one| &one.title)));
    lines.push(("traits", traits.collect::<Vec<_>>().join(", ")));
    let named = roles.iter().map(|name| titled(name, book.role(name).map(|role| &role.title))).collect::<Vec<_>>();
    lines.push(("role", if named.is_empty() { "anyone of the staff".to_owned() } else { named.join(", ") }));
    if let Some(figure) = &standard.measure {
        let what = figure.what.as_ref().map(|what| format!("{}: ", one_line(text(view, what)))).unwrap_or_default();
        let share =
            if figure.share < 1.0 { format!(", in {} % of cases", round(figure.share * 100.0)) } else { String::new() };
        lines.push(("measure", format!("{what}{}{share}", measure(figure))));
    }
    lines.push(("verify", standard.verify.to_string()));
    lines.push(("aspect", standard.aspect.to_string()));
    lines.push(("critical", if standard.critical { "yes: not met, it fails its phase" } else { "no" }.to_owned()));
    lines.push(("weight", standard.weight.to_string()));
    lines.extend(standard.procedure.map(|procedure| ("procedure", procedure.to_string())));
    lines.extend(when(&standard.when).map(|when| ("when", when.into_owned())));
    let teaching = &standard.teaching;
    lines.extend(teaching.why.as_ref().map(|why| ("why", one_line(text(view, why)))));
    let lists =
        [("how", &teaching.how), ("say", &teaching.say), ("avoid", &teaching.avoid), ("sources", &teaching.sources)];
    for (label, items) in lists {
        // The label stands once, at the first of them.
        let labels = std::iter::once(label).chain(std::iter::repeat(""));
        lines.extend(labels.zip(several(items)));
    }
    let origin = match &standard.origin {
        Origin::Written => "written".to_owned(),
        Origin::Derived { of_trait, pattern } => format!("derived from the trait {of_trait} by its pattern {pattern}"),
        Origin::Handoff(_) => "of a hand-off".to_owned(),
    };
    lines.push(("origin", origin));
    lines.push(("status", standard.status.to_string()));
    if !standard.id.was.is_empty() {
        lines.push(("was", standard.id.was.join(", ")));
    }
    let line = loaded.sources.positions(standard.span.head()).0.line;
    lines.push(("place", format!("{prefix}{}:{line}", loaded.sources.get(standard.span.file).path)));
    lines.retain(|(_, value)| !value.is_empty());
    lines
}

/// A percentage without the noise of binary fractions.
fn round(percent: f64) -> f64 {
    (percent * 1000.0).round() / 1000.0
}
