//! Where the book uses an id, and which part of a value names it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::target::NamedThing;
use crate::book::{Book, NameKind, NameUse};
use crate::edit::patch::Patch;
use crate::source::Span;

/// A value of the author's that names the target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Use {
    pub(super) span: Span,
    /// The value as read.
    pub(super) value: String,
    /// The parts of the value that name it: all of `friendly`, the first word of `friendly.smile`.
    pub(super) parts: Vec<Range<usize>>,
    pub(super) definition: bool,
}

impl Use {
    /// The value with the new id in it.
    pub(super) fn renamed(&self, new: &str) -> String {
        let mut patch = Patch::default();
        self.parts.iter().for_each(|range| patch.replace(range.clone(), new));
        // The parts are apart from each other and inside the value, both by construction.
        patch.apply(&self.value).unwrap_or_else(|| new.to_owned())
    }
}

/// A target with the ids that it had, which are looked up once.
struct KnownTarget<'a> {
    target: &'a NamedThing,
    was: Vec<String>,
}

impl KnownTarget<'_> {
    /// Whether `name`, in the target's scope, is its id or a former one.
    fn is(&self, name: &str) -> bool {
        self.target.name == name || self.was.iter().any(|former| former == name)
    }
}

/// Every place that `Book.names` knows. Conditions, which name sites inside an expression, are apart.
pub(super) fn uses(book: &Book, target: &NamedThing) -> Vec<Use> {
    let known = KnownTarget { target, was: target.was(book) };
    let mut uses: Vec<Use> = Vec::new();
    let mut seen: BTreeSet<Span> = BTreeSet::new();
    for place in &book.names {
        let Some(part) = part(book, &known, place) else { continue };
        // An alias gives a second use at the place of its anchor.
        if seen.insert(place.span) {
            let (span, value, definition) = (place.span, place.name.clone(), place.definition);
            uses.push(Use { span, value, parts: vec![part], definition });
        }
    }
    uses
}

/// Which part of a name speaks of the target, if any does.
fn part(book: &Book, known: &KnownTarget<'_>, place: &NameUse) -> Option<Range<usize>> {
    let target = known.target;
    let whole = 0..place.name.len();
    if place.definition {
        let is_target = place.kind == target.kind && place.scope == target.scope && place.name == target.name;
        return is_target.then_some(whole);
    }
    match place.kind {
        NameKind::Pattern => in_pattern(book, known, &place.name),
        NameKind::Standard if place.name.contains('.') => in_derived(book, known, &place.name),
        kind => {
            let is_target = kind == target.kind && place.scope == target.scope && known.is(&place.name);
            is_target.then_some(whole)
        }
    }
}

/// `TRAIT.PATTERN`, as in a waiver.
fn in_pattern(book: &Book, known: &KnownTarget<'_>, name: &str) -> Option<Range<usize>> {
    let target = known.target;
    let (of_trait, pattern) = name.split_once('.')?;
    match target.kind {
        NameKind::Trait => known.is(of_trait).then_some(0..of_trait.len()),
        NameKind::Pattern => {
            let is_target = is_trait(book, of_trait, target.scope.as_deref()) && known.is(pattern);
            is_target.then_some(of_trait.len() + 1..name.len())
        }
        _ => None,
    }
}

/// `PHASE.TRAIT.PATTERN` or `PHASE.STEP.handoff`, as a scenario names what it practises.
fn in_derived(book: &Book, known: &KnownTarget<'_>, name: &str) -> Option<Range<usize>> {
    let target = known.target;
    let phases = || book.phases();
    // A former id of a written standard is history: it names that standard, whatever its parts are called today.
    if let Some(standard) = phases().flat_map(|phase| &phase.standards).find(|standard| standard.id.has_been(name)) {
        let is_target = target.kind == NameKind::Standard && target.name == standard.id.name;
        return is_target.then_some(0..name.len());
    }
    let mut parts = name.splitn(3, '.');
    let (phase, middle, last) = (parts.next()?, parts.next()?, parts.next()?);
    let home = phases().find(|home| home.id.is_or_was(phase))?;
    let has_step = home.steps.iter().any(|step| step.id.name == middle || step.id.has_been(middle));
    let handoff = has_step && is_handoff(last);
    let second = phase.len() + 1..phase.len() + 1 + middle.len();
    let scope = target.scope.as_deref();
    match target.kind {
        NameKind::Phase => known.is(phase).then_some(0..phase.len()),
        NameKind::Step => (handoff && scope == Some(&home.id.name) && known.is(middle)).then_some(second),
        NameKind::Trait => (!handoff && known.is(middle)).then_some(second),
        NameKind::Pattern => {
            let is_target = !handoff && is_trait(book, middle, scope) && known.is(last);
            is_target.then_some(second.end + 1..name.len())
        }
        _ => None,
    }
}

/// `handoff`, `handoff-2`, …
fn is_handoff(last: &str) -> bool {
    let number = last.strip_prefix("handoff").map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a name, or former name, is that of the trait.
fn is_trait(book: &Book, name: &str, of_trait: Option<&str>) -> bool {
    book.trait_of(name).is_some_and(|known| Some(known.id.name.as_str()) == of_trait)
}
