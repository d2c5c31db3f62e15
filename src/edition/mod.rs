//! The set of standards as it stands and as it stood: found by id, picked by filters, given to who is there, kept for good.
//!
//! In: a [`Book`](crate::book::Book) and its [`Standards`](crate::method::Standards). Out: what a [`Filter`] picks at a site,
//! the [`Staffing`] of a site, a directory of every id that a standard has or had, how far the matrix is covered; and the
//! [`Set`] that records are judged by, read back as an [`Edition`] from the [`Editions`] that a book keeps.

mod coverage;
mod criterion;
mod directory;
mod filter;
mod kept;
mod lineage;
mod reference;
mod rules;
mod schema;
mod set;
mod staffing;
mod values;

pub(crate) use coverage::{Coverage, RoleCells, cells, cells_by_role};
pub use criterion::FilterKey;
pub(crate) use directory::Directory;
pub use filter::{Filter, Selected, select};
pub use kept::{Edition, Editions, FOLDER, Issue, is_name};
pub use lineage::{Lineage, Lineages};
pub(crate) use reference::Reference;
pub use rules::RULES;
pub use schema::schema;
pub use set::{NAME_DIGITS, NamedSet, Set, Unreadable};
pub use staffing::Staffing;
pub(crate) use staffing::{cover_cycles, uncovered};
pub(crate) use values::{Things, Values};
