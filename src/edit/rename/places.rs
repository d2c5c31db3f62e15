//! Where a book names something, in the words of `rename`, for whoever only wants to know.

use super::target::NamedThing;
use super::uses::{Use, uses};
use crate::book::{Book, NameKind};
use crate::edit::condition::{attributes, site_literals};
use crate::source::Span;

/// Every place that names the thing of that kind and id (of a step's phase, of a pattern's trait, in `scope`), and whether it
/// is the one that defines it. What the built-in library defines has no such place, but may be used all the same.
pub fn places(book: &Book, kind: NameKind, scope: Option<&str>, name: &str) -> Vec<(Span, bool)> {
    let target = NamedThing { kind, scope: scope.map(str::to_owned), name: name.to_owned() };
    let part = |place: Use| {
        let part = place.parts.first().cloned().unwrap_or(0..0);
        (within(place.span, &place.value, part), place.definition)
    };
    let mut all: Vec<(Span, bool)> = uses(book, &target).into_iter().map(part).collect();
    if kind == NameKind::Site {
        for condition in book.conditions() {
            let literals = site_literals(&condition.source, name).into_iter();
            all.extend(literals.map(|part| (within(condition.span, &condition.source, part), false)));
        }
    }
    all
}

/// Every place in a condition that speaks of an attribute of the site.
pub fn attribute_places(book: &Book, attribute: &str) -> Vec<Span> {
    let of_attribute = book.conditions().filter(|condition| condition.attributes.contains(attribute));
    let places = of_attribute.flat_map(|condition| {
        let parts = attributes(&condition.source).into_iter().filter(|(name, _)| name == attribute);
        parts.map(|(_, part)| within(condition.span, &condition.source, part)).collect::<Vec<_>>()
    });
    places.collect()
}

/// A part of a value. Inside quotation marks the parts stand a letter further on; the whole value is near enough.
fn within(span: Span, value: &str, part: std::ops::Range<usize>) -> Span {
    if span.range().len() == value.len() { span.within(part) } else { span }
}
