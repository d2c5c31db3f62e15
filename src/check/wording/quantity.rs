//! The one figure of a text that a measure may be made of.

use super::{Figure, WordListLanguage, figures};
use crate::source::Span;
use crate::units::{Quantity, parse_quantity};

/// The figure of a text in a language, where it has one that fits; several leave it open which of them is meant.
pub(crate) fn single_quantity(text: &str, tag: &str, fits: impl Fn(&Quantity) -> bool) -> Option<Quantity> {
    let quantity = |figure: Figure| {
        let written = match figure.unit {
            Some(unit) => format!("{} {unit}", figure.value),
            None => figure.value.to_string(),
        };
        parse_quantity(&written, Span::default()).ok()
    };
    let all = figures(text, WordListLanguage::for_tag(tag)?).into_iter().filter_map(quantity).filter(fits);
    let all: Vec<Quantity> = all.collect();
    match all.as_slice() {
        [quantity] => Some(quantity.clone()),
        _ => None,
    }
}
