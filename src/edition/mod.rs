//! The set of standards as it stands: found by id, picked by filters, given to who is there.
//!
//! In: a [`Book`](crate::book::Book) and its [`Standards`](crate::method::Standards). Out: what a [`Filter`] picks at a site,
//! the [`Staffing`] of a site, a directory of every id that a standard has or had, and how far the matrix is covered.

mod coverage;
mod criterion;
mod directory;
mod filter;
mod reference;
mod staffing;
mod values;

pub(crate) use coverage::{Coverage, RoleCells, cells, cells_by_role};
pub use criterion::By;
pub(crate) use directory::Directory;
pub use filter::{Filter, Selected, select};
pub(crate) use reference::Reference;
pub use staffing::Staffing;
pub(crate) use staffing::{cover_cycles, uncovered};
pub(crate) use values::{Things, Values};
