//! The JSON of `show`, that others rely on: fields may be added, never changed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Number;

use super::View;
use super::thing::{self, ThingOutput};
use crate::book::{Aspect, Bound, Condition, Level, Measure, Procedure, Site, StandardType, Status, Text, Verify};
use crate::edit::rename::NamedThing;
use crate::edition::Selected;

/// What `show --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ShowOutput<'a> {
    /// The book.
    book: BookOutput<'a>,
    /// Id of the site asked for.
    site: Option<&'a str>,
    /// The standards in service order.
    standards: Vec<StandardOutput<'a>>,
    /// What was asked for by an id and is no standard: traits, roles, phases, sites.
    things: Vec<ThingOutput<'a>>,
}

/// The book.
#[derive(Debug, Serialize, JsonSchema)]
struct BookOutput<'a> {
    /// The title of the book, by language.
    #[schemars(with = "BTreeMap<String, String>")]
    title: &'a Text,
    /// Its languages; the first is the source language.
    languages: Vec<&'a str>,
}

/// One standard.
#[derive(Debug, Serialize, JsonSchema)]
struct StandardOutput<'a> {
    /// Id of the standard.
    id: &'a str,
    /// Names its wording.
    stamp: &'a str,
    /// Ids that the standard had before.
    was: &'a [String],
    /// Id of its sequence.
    sequence: &'a str,
    /// Id of its phase.
    phase: &'a str,
    /// Id of its step.
    step: Option<&'a str>,
    /// What it is about; null in a draft that leaves it open.
    r#type: Option<StandardType>,
    /// How much it offers; null in a draft that leaves it open.
    level: Option<Level>,
    /// Ids of the traits it converts.
    traits: &'a [String],
    /// Ids of the roles that keep it, after folding at the site; empty for anyone of the staff.
    roles: &'a [String],
    /// What it demands, by language.
    #[schemars(with = "BTreeMap<String, String>")]
    text: &'a Text,
    /// The figure in it.
    measure: Option<MeasureOutput<'a>>,
    /// How it is verified.
    verify: Verify,
    /// Head of a front-office analysis.
    aspect: Aspect,
    /// Whether failing it fails its phase.
    critical: bool,
    /// How much the standard counts in a score.
    weight: Number,
    /// Kind of front-office procedure.
    procedure: Option<Procedure>,
    /// The condition under which it applies: all on the way down.
    when: Option<Cow<'a, str>>,
    /// Why it is demanded, by language.
    #[schemars(with = "BTreeMap<String, String>")]
    why: Cow<'a, Text>,
    /// Key points, each by language.
    #[schemars(with = "Vec<BTreeMap<String, String>>")]
    how: &'a [Text],
    /// What to say, each by language.
    #[schemars(with = "Vec<BTreeMap<String, String>>")]
    say: &'a [Text],
    /// What not to say, each by language.
    #[schemars(with = "Vec<BTreeMap<String, String>>")]
    avoid: &'a [Text],
    /// Where a figure comes from, each by language.
    #[schemars(with = "Vec<BTreeMap<String, String>>")]
    sources: &'a [Text],
    /// Whose law each of the sources is, in their order: the two letters of the country, or nothing.
    source_countries: &'a [Option<String>],
    /// How it came to be.
    origin: OriginOutput,
    /// Whether it is in force.
    status: Status,
    /// The file it stands in, relative to the book.
    file: &'a str,
    /// The line, from 1.
    line: usize,
}

/// How a standard came to be.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum OriginOutput {
    /// An author wrote it.
    Written,
    /// A pattern made it of a trait.
    Derived,
    /// A hand-off demands it.
    Handoff,
}

/// The figure in a standard.
#[derive(Debug, Serialize, JsonSchema)]
struct MeasureOutput<'a> {
    /// What is measured, by language.
    #[schemars(with = "BTreeMap<String, String>")]
    what: Cow<'a, Text>,
    /// Which way the figure bounds.
    kind: Bound,
    /// The bound; the lower one of `between`.
    value: Number,
    /// Its unit; empty for a count.
    unit: &'a str,
    /// The upper bound of `between`, in the same unit.
    high: Option<Number>,
    /// How often it must hold, 0 to 1.
    share: Number,
}

/// Writes the chosen standards.
pub(super) fn write(view: &View, things: &[NamedThing], site: Option<&Site>, out: &mut impl Write) -> Result<()> {
    let book = &view.opened.loaded.book;
    let output = ShowOutput {
        book: BookOutput {
            title: &book.title,
            languages: book.languages.iter().map(|language| language.tag()).collect(),
        },
        site: site.map(|site| site.id.name.as_str()),
        // Whoever asks for a thing alone gets no standards beside it.
        standards: view.told().map(|selected| standard(view, selected)).collect(),
        things: things.iter().map(|thing| thing::output(view, thing)).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &output)?;
    Ok(writeln!(out)?)
}

fn standard<'a>(view: &'a View, Selected { standard, roles, text }: &'a Selected) -> StandardOutput<'a> {
    let sequence = &view.opened.loaded.book.sequences[standard.sequence];
    let phase = &sequence.phases[standard.phase];
    let sources = &view.opened.loaded.sources;
    StandardOutput {
        id: &standard.id.name,
        stamp: &standard.stamp,
        was: &standard.id.was,
        sequence: &sequence.id.name,
        phase: &phase.id.name,
        step: standard.step.map(|index| phase.steps[index].id.name.as_str()),
        r#type: standard.decided_kind(),
        level: standard.decided_level(),
        traits: &standard.traits,
        roles,
        text,
        measure: standard.measure.as_ref().map(measure),
        verify: standard.verify,
        aspect: standard.aspect,
        critical: standard.critical,
        weight: number(standard.weight),
        procedure: standard.procedure,
        when: when(&standard.when),
        why: optional(standard.teaching.why.as_ref()),
        how: &standard.teaching.how,
        say: &standard.teaching.say,
        avoid: &standard.teaching.avoid,
        sources: &standard.teaching.sources,
        source_countries: &standard.teaching.countries,
        origin: match standard.origin {
            crate::method::Origin::Written => OriginOutput::Written,
            crate::method::Origin::Derived { .. } => OriginOutput::Derived,
            crate::method::Origin::Handoff(_) => OriginOutput::Handoff,
        },
        status: standard.status,
        file: &sources.get(standard.span.file).path,
        line: sources.positions(standard.span.head()).0.line,
    }
}

fn measure(measure: &Measure) -> MeasureOutput<'_> {
    let (_, factor) = measure.value.unit.canonical();
    // Both bounds in one unit, since there is one field for it.
    let in_unit = |high: &crate::units::Quantity| {
        if high.unit == measure.value.unit { high.value } else { high.canonical().0 / factor }
    };
    MeasureOutput {
        what: optional(measure.what.as_ref()),
        kind: measure.bound,
        value: number(measure.value.value),
        unit: measure.value.unit.key(),
        high: measure.high.as_ref().map(|high| number(in_unit(high))),
        share: number(measure.share),
    }
}

/// A text that may be absent is a map without languages then, so that readers need not tell two kinds of nothing apart.
fn optional(text: Option<&Text>) -> Cow<'_, Text> {
    text.map_or_else(|| Cow::Owned(Text::default()), Cow::Borrowed)
}

/// All conditions on the way down, as one expression.
pub(super) fn when(conditions: &[Condition]) -> Option<Cow<'_, str>> {
    match conditions {
        [] => None,
        [only] => Some(Cow::Borrowed(&only.source)),
        several => Some(Cow::Owned(
            several.iter().map(|condition| format!("({})", condition.source)).collect::<Vec<_>>().join(" and "),
        )),
    }
}

/// A whole number without `.0`, as a person would write it.
fn number(value: f64) -> Number {
    let whole = value.fract() == 0.0 && value.abs() < 9e15;
    // Quantities are finite by their reading, so the fallback is never taken.
    if whole { Number::from(value as i64) } else { Number::from_f64(value).unwrap_or_else(|| Number::from(0)) }
}
