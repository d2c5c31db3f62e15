//! What is no standard but has an id: what it is, and where it is used.

use std::io::Write;

use anyhow::Result;
use schemars::JsonSchema;
use serde::Serialize;

use super::View;
use super::detail::{Label, block};
use super::list::text;
use crate::book::{Attribute, Book, Home, Id, NameKind, Text};
use crate::cli::Edge;
use crate::cli::table::one_line;
use crate::edit::rename::{NamedThing, attribute_places, kind_noun, kind_of, kind_word, places};
use crate::edition::{Coverage, Selected};
use crate::method::MatrixCell;
use crate::say;
use crate::source::Span;

/// Everything of the book, its library among it, that has an id and is no standard.
pub(super) fn all<'a>(book: &'a Book) -> Vec<(NamedThing, &'a Id)> {
    let mut all: Vec<(NamedThing, &'a Id)> = Vec::new();
    let mut add = |kind, scope: Option<&'a Id>, id: &'a Id| {
        let scope = scope.map(|scope| scope.name.clone());
        all.push((NamedThing { kind, scope, name: id.name.clone() }, id));
    };
    book.areas.iter().for_each(|area| add(NameKind::Area, None, &area.id));
    for sequence in &book.sequences {
        add(NameKind::Sequence, None, &sequence.id);
        for phase in &sequence.phases {
            add(NameKind::Phase, None, &phase.id);
            phase.steps.iter().for_each(|step| add(NameKind::Step, Some(&phase.id), &step.id));
        }
    }
    for of_trait in &book.traits {
        add(NameKind::Trait, None, &of_trait.id);
        of_trait.patterns.iter().for_each(|pattern| add(NameKind::Pattern, Some(&of_trait.id), &pattern.id));
    }
    book.roles.iter().for_each(|role| add(NameKind::Role, None, &role.id));
    book.departments.iter().for_each(|department| add(NameKind::Department, None, &department.id));
    book.sites.iter().for_each(|site| add(NameKind::Site, None, &site.id));
    all
}

/// What `[KIND:]ID` names: a step with its phase or without, a pattern only with its trait.
pub(super) fn named(book: &Book, asked: &str) -> Vec<NamedThing> {
    let (kind, rest) = match asked.split_once(':') {
        Some((word, rest)) => (kind_of(word), rest),
        None => (None, asked),
    };
    let fits = |(thing, id): &(NamedThing, &Id)| {
        let alone = id.is_or_was(rest) && (thing.kind != NameKind::Pattern || kind.is_some());
        kind.is_none_or(|kind| kind == thing.kind) && (alone || thing.full() == rest)
    };
    all(book).into_iter().filter(fits).map(|(thing, _)| thing).collect()
}

/// What is known of a thing, beside its title.
struct ThingFacts<'a> {
    title: Option<&'a Text>,
    /// Ids of the standards that are its own: those of its phase, of its trait, of its role.
    standards: Vec<&'a str>,
    /// Where it is defined; nowhere for what the library defines.
    place: Option<Span>,
    uses: Vec<Span>,
}

fn known<'a>(view: &'a View<'_>, thing: &NamedThing) -> ThingFacts<'a> {
    let book = &view.opened.loaded.book;
    let places = places(book, thing.kind, thing.scope.as_deref(), &thing.name);
    let mut uses: Vec<Span> = places.iter().filter(|place| !place.1).map(|place| place.0).collect();
    if let (NameKind::Site, Some(site)) = (thing.kind, book.site(&thing.name)) {
        uses.extend(site.attributes.keys().flat_map(|attribute| attribute_places(book, attribute)));
    }
    uses.sort_unstable();
    uses.dedup();
    let is_its = |selected: &&Selected<'_>| {
        let (standard, roles) = (selected.standard, &selected.roles);
        let phase = || book.phase_at(standard.sequence, standard.phase);
        match thing.kind {
            NameKind::Sequence => {
                book.sequences.get(standard.sequence).is_some_and(|sequence| sequence.id.name == thing.name)
            }
            NameKind::Phase => phase().is_some_and(|phase| phase.id.name == thing.name),
            NameKind::Step => phase().is_some_and(|phase| {
                let step = standard.step.and_then(|step| phase.steps.get(step));
                Some(&phase.id.name) == thing.scope.as_ref() && step.is_some_and(|step| step.id.name == thing.name)
            }),
            NameKind::Trait => standard.traits.contains(&thing.name),
            NameKind::Role => roles.iter().any(|role| role == &thing.name),
            _ => false,
        }
    };
    let standards = view.chosen.iter().filter(is_its).map(|selected| selected.standard.id.name.as_str()).collect();
    let place = places.iter().find(|place| place.1).map(|place| place.0);
    ThingFacts { title: title(book, thing), standards, place, uses }
}

fn title<'a>(book: &'a Book, thing: &NamedThing) -> Option<&'a Text> {
    let name = thing.name.as_str();
    let scope = thing.scope.as_deref().unwrap_or_default();
    match thing.kind {
        NameKind::Area => book.areas.iter().find(|area| area.id.name == name).map(|area| &area.title),
        NameKind::Sequence => book.sequences.iter().find(|known| known.id.name == name).map(|known| &known.title),
        NameKind::Phase => book.phase_of_id(name).map(|phase| &phase.title),
        NameKind::Step => book.phase_of_id(scope)?.steps.iter().find(|step| step.id.name == name)?.label(),
        NameKind::Trait => book.trait_of(name).map(|known| &known.title),
        NameKind::Pattern => {
            book.patterns_of(scope).iter().find(|known| known.id.name == name).map(|known| &known.text)
        }
        NameKind::Role => book.role(name).map(|role| &role.title),
        NameKind::Department => book.department(name).map(|known| &known.title),
        NameKind::Site => book.site(name).map(|site| &site.title),
        NameKind::Standard => None,
    }
}

/// Writes a block a thing.
pub(super) fn write(view: &View, things: &[NamedThing], edge: &mut Edge) -> Result<()> {
    let prefix = edge.prefix(view.opened.world.root());
    for (index, thing) in things.iter().enumerate() {
        if index > 0 {
            writeln!(edge.out)?;
        }
        let (bold, dim, off) = if edge.colours() { ("\u{1b}[1m", "\u{1b}[2m", "\u{1b}[0m") } else { ("", "", "") };
        let noun = edge.say(&kind_noun(thing.kind));
        writeln!(edge.out, "{bold}{}{off} {dim}{noun}{off}", thing.full())?;
        let known = known(view, thing);
        if let Some(title) = known.title.map(|title| one_line(&text(view, title))).filter(|title| *title != thing.name)
        {
            writeln!(edge.out, "  {title}")?;
        }
        writeln!(edge.out)?;
        let mut lines = about(view, thing, edge);
        lines.extend(several(say!("standards"), known.standards.iter().map(|id| (*id).to_owned())));
        let sources = &view.opened.loaded.sources;
        let place =
            |span: Span| format!("{prefix}{}:{}", sources.get(span.file).path, sources.positions(span.head()).0.line);
        let is_library = match thing.kind {
            NameKind::Trait => view.opened.loaded.book.trait_of(&thing.name).map(|known| known.home),
            NameKind::Pattern => {
                view.opened.loaded.book.trait_of(thing.scope.as_deref().unwrap_or_default()).map(|known| known.home)
            }
            NameKind::Role => view.opened.loaded.book.role(&thing.name).map(|known| known.home),
            NameKind::Department => view.opened.loaded.book.department(&thing.name).map(|known| known.home),
            _ => None,
        };
        let place_line = match (known.place, is_library) {
            (Some(span), _) => place(span),
            (None, Some(Home::Library)) => edge.say(&say!("the built-in library")),
            (None, _) => String::new(),
        };
        lines.push((say!("place"), place_line));
        match known.uses.is_empty() {
            true => lines.push((say!("used"), edge.say(&say!("nowhere")))),
            false => lines.extend(several(say!("used"), known.uses.iter().map(|span| place(*span)))),
        }
        block(lines, edge)?;
    }
    Ok(())
}

/// Several values under one label, which stands once, at the first of them.
fn several(label: Label, values: impl Iterator<Item = String>) -> Vec<(Label, String)> {
    std::iter::once(label).chain(std::iter::repeat(Label::default())).zip(values).collect()
}

/// What is said of a thing of its kind alone.
fn about(view: &View, thing: &NamedThing, edge: &Edge) -> Vec<(Label, String)> {
    let book = &view.opened.loaded.book;
    let interface = edge.people();
    let line = |text_of: &Text| one_line(&text(view, text_of));
    let titled = |id: &str, title: Option<&Text>| match title.map(line) {
        Some(title) if !title.is_empty() && title != id => format!("{id} ({title})"),
        _ => id.to_owned(),
    };
    let traits = |traits: &[crate::book::TraitUse]| {
        let titled =
            |used: &crate::book::TraitUse| titled(&used.name, book.trait_of(&used.name).map(|known| &known.title));
        traits.iter().map(titled).collect::<Vec<_>>().join(", ")
    };
    let mut lines: Vec<(Label, String)> = Vec::new();
    match thing.kind {
        NameKind::Trait => {
            let Some(known) = book.trait_of(&thing.name) else { return lines };
            lines.extend(known.meaning.iter().map(|meaning| (say!("meaning"), line(meaning))));
            lines.extend(known.question.iter().map(|question| (say!("question"), line(question))));
            let patterns = known.patterns.iter().map(|pattern| {
                let kind = interface.word("type", pattern.kind.word());
                format!("{kind}, {}: {}", interface.word("level", pattern.level.word()), line(&pattern.text))
            });
            lines.extend(several(say!("patterns"), patterns));
            let phases = book.phases().filter(|phase| {
                let has = |traits: &[crate::book::TraitUse]| traits.iter().any(|used| used.name == thing.name);
                has(&phase.traits) || phase.steps.iter().any(|step| has(&step.traits))
            });
            lines.extend(several(say!("phases"), phases.map(|phase| titled(&phase.id.name, Some(&phase.title)))));
        }
        NameKind::Role => {
            let Some(role) = book.role(&thing.name) else { return lines };
            lines.extend(several(say!("duties"), role.duties.iter().map(line)));
            lines.extend(role.when.iter().map(|when| (say!("when"), when.source.to_string())));
            lines.extend(role.covered_by.iter().map(|cover| {
                (say!("covered by"), titled(&cover.value, book.role(&cover.value).map(|cover| &cover.title)))
            }));
        }
        NameKind::Phase => {
            let Some(phase) = book.phase_of_id(&thing.name) else { return lines };
            lines.extend(phase.wants.iter().map(|wants| (say!("wants"), line(wants))));
            let steps = phase.steps.iter().map(|step| titled(&step.id.name, step.label()));
            lines.extend(several(say!("steps"), steps));
            lines.push((say!("traits"), traits(&phase.traits)));
            lines.push((say!("target"), interface.word("level", phase.target.word()).to_owned()));
            lines.push((say!("cells"), covered(view, thing, edge)));
            lines.extend(phase.when.iter().map(|when| (say!("when"), when.source.to_string())));
        }
        NameKind::Step => {
            let scope = thing.scope.as_deref().unwrap_or_default();
            let step =
                book.phase_of_id(scope).and_then(|phase| phase.steps.iter().find(|step| step.id.name == thing.name));
            let Some(step) = step else { return lines };
            let contact = step.contact.iter().map(|contact| interface.text(&format!("contact.{contact}")).to_owned());
            lines.push((say!("contact"), contact.collect::<Vec<_>>().join(", ")));
            lines.push((say!("role"), step.roles.join(", ")));
            lines.push((say!("traits"), traits(&step.traits)));
            lines.extend(step.when.iter().map(|when| (say!("when"), when.source.to_string())));
        }
        NameKind::Site => {
            let Some(site) = book.site(&thing.name) else { return lines };
            let attribute = |(name, value): (&String, &Attribute)| match value {
                Attribute::Bool(value) => format!("{name}: {value}"),
                Attribute::Number(value) => format!("{name}: {value}"),
                Attribute::Text(value) => format!("{name}: {value}"),
            };
            lines.extend(several(say!("attributes"), site.attributes.iter().map(attribute)));
        }
        _ => {}
    }
    lines.retain(|(_, value)| !value.is_empty());
    lines
}

/// How far the cells of a phase are covered.
fn covered(view: &View, thing: &NamedThing, edge: &Edge) -> String {
    let book = &view.opened.loaded.book;
    let is_of_phase = |cell: &&MatrixCell| {
        let home = book.phase_at(cell.sequence, cell.phase);
        home.is_some_and(|home| home.id.name == thing.name)
    };
    let cells: Vec<&MatrixCell> = view.opened.standards.cells.iter().filter(is_of_phase).collect();
    let Coverage { covered, wanted } = Coverage::of(&cells);
    edge.say(&say!("covered: {covered} of {wanted}", covered, wanted))
}

/// What is no standard and was asked for.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ThingOutput<'a> {
    /// What it is: area, sequence, phase, step, trait, pattern, role, department or site.
    kind: &'a str,
    /// Its id, with that of its phase or trait.
    id: String,
    /// What it is called, by language.
    #[schemars(with = "std::collections::BTreeMap<String, String>")]
    title: std::borrow::Cow<'a, Text>,
    /// Ids of the standards that are its own.
    standards: Vec<&'a str>,
    /// Where it is defined; null for what the built-in library defines.
    place: Option<PlaceOutput<'a>>,
    /// Where it is used.
    used: Vec<PlaceOutput<'a>>,
}

/// A place in a file of the book.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PlaceOutput<'a> {
    /// The file, relative to the book.
    file: &'a str,
    /// The line, from 1.
    line: usize,
}

pub(super) fn output<'a>(view: &'a View<'_>, thing: &NamedThing) -> ThingOutput<'a> {
    let sources = &view.opened.loaded.sources;
    let place =
        |span: Span| PlaceOutput { file: &sources.get(span.file).path, line: sources.positions(span.head()).0.line };
    let known = known(view, thing);
    ThingOutput {
        kind: kind_word(thing.kind),
        id: thing.full(),
        title: known.title.map_or_else(Default::default, std::borrow::Cow::Borrowed),
        standards: known.standards,
        place: known.place.map(place),
        used: known.uses.into_iter().map(place).collect(),
    }
}
