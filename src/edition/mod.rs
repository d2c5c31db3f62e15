//! The set of standards as it stands: found by id, picked by filters, given to who is there.
//!
//! In: a [`Book`](crate::book::Book) and its [`Standards`](crate::method::Standards). Out: a [`Directory`] of every id that a
//! standard has or had, what a [`Filter`] picks at a site, and the [`Staffing`] of a site.

mod coverage;
mod criterion;
mod directory;
mod filter;
mod reference;
mod staffing;

pub use coverage::{Coverage, RoleCells, cells, cells_by_role};
pub use criterion::{By, Things, Values};
pub use directory::Directory;
pub use filter::{Filter, Selected, select};
pub use reference::Reference;
pub use staffing::{Staffing, cover_cycles, uncovered};
