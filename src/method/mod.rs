//! The method: traits become standards of three types at three levels.
//!
//! [`standards`] goes from a [`Book`](crate::book::Book) to [`Standards`]: written, derived and of hand-offs, each with
//! its stamp, and the matrix of cells.

mod agreement;
mod convert;
pub(crate) mod handoff;
mod pattern;
mod size;
mod stamp;
mod standard;

pub use convert::standards;
pub(crate) use convert::{Proposal, proposals};
pub(crate) use pattern::{PatternFault, check_pattern, missing_forms};
pub(crate) use size::{Beyond, beyond, is_beyond};
pub(crate) use stamp::stamp;
pub use standard::{CellState, HandoffParts, MatrixCell, Origin, Standard, Standards};
