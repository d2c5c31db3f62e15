//! The method: traits become standards of three types at three levels.
//!
//! [`standards`] goes from a [`Book`](crate::book::Book) to [`Standards`]: written, derived and of hand-offs, each with
//! its stamp, and the matrix of cells. [`Staffing`] says who does what at a site, and [`select`] picks the standards
//! that a command or a document is about.

mod convert;
mod coverage;
mod directory;
mod handoff;
mod pattern;
mod select;
mod staffing;
mod stamp;
mod standard;

pub use convert::{Proposal, proposals, standards};
pub use coverage::{Coverage, RoleCells, cells, cells_by_role};
pub use directory::{Directory, is_stamp, split_stamp};
pub use pattern::{FORMS, MissingForm, PatternFault, check_pattern, missing_forms};
pub use select::{Filter, Selected, select};
pub use staffing::{Staffing, cover_cycles, uncovered};
pub use stamp::stamp;
pub use standard::{Cell, CellState, HandoffParts, Origin, Standard, Standards};
