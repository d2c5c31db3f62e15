//! Small things of text that every floor needs: days as people write them, what counts as the same text, templates with
//! holes, the nearest known word, characters that are not what they look like, numbers in the digits of a language.
//!
//! Nothing here knows what a standard, a language or a file is.

mod characters;
mod day;
mod fill;
mod fold;
mod garbled;
mod line;
mod nearest;
mod number;
mod shown;

pub use characters::{OddCharacter, as_it_looks, never_seen, odd_character, unseen_in_prose};
pub use day::{DayOrder, FIRST_YEAR, NoDay, WrittenDay, day_order, days_of_month, iso_day, written_day};
pub use fill::{fill, holes, is_of_name};
pub use fold::{composed, folded, single_spaced};
pub use garbled::garbled;
pub use line::{LineCount, line_of};
pub use nearest::nearest;
pub use number::NumberStyle;
pub use shown::{beginning, harmless, short, shown, shown_lines, steers, without_orders};

/// Between a figure and its unit, so that a line never breaks there.
pub const NO_BREAK: char = '\u{a0}';

/// Bytes in hexadecimal digits, as hashes are written.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
