//! What customers said, and what it says of where to begin.
//!
//! [`load`] reads the tables in `feedback/` as surveys and spreadsheets export them: whichever separator, encoding and
//! order of a date, headings in any language of the interface. [`rank`] puts the areas and the phases in the order in
//! which they need improvement, and says how sure the first place is.

mod cells;
mod load;
mod model;
mod need;
mod order;
mod rank;
mod rules;
mod twice;
#[cfg(feature = "desk")]
mod workbook;

#[cfg(feature = "desk")]
pub(crate) use load::faults;
pub use load::load;
pub use model::{Feedback, Response, ResponseKind};
pub(crate) use rank::{Certainty, Direction, FirstOf, GroupOf, Quadrant, SURE};
pub use rank::{RankedGroup, Ranking, ResponseSelection, rank};
pub(crate) use rules::RULES;
#[cfg(feature = "desk")]
pub(crate) use workbook::table_of_workbook;

/// The folder of the tables.
pub(crate) const FOLDER: &str = "feedback";
