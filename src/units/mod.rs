//! How quantities are read: numbers with units, whose names are known in every language.
//!
//! One YAML file a language in `words/`. In: what an author wrote. Out: a [`Quantity`] with its [`Unit`].

mod clock;
mod quantity;
mod unit_words;

pub use clock::parse_clock;
pub use quantity::{Quantity, Unit, parse_quantity};
#[cfg(test)]
pub(crate) use unit_words::PLURAL_FORMS;
pub use unit_words::{UnitWords, nearest_unit, unit_key, unit_names, unit_words};
