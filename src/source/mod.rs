//! Reading: files become text whose every value knows its place. Nothing here knows what a standard is.
//!
//! In: a [`World`] (disk, memory, or an [`Overlay`] of either) and a path. Out: [`Source`]s in a [`Sources`] table, and marked YAML trees
//! ([`yaml::Node`]). [`History`] gives the same files as they were. Errors are data: a [`yaml::Fault`] or a [`Refusal`],
//! turned into findings by `book`.

mod blemish;
mod disk;
mod file_name;
mod history;
mod markdown;
mod overlay;
mod text;
mod walk;
mod world;
pub mod yaml;

pub use blemish::{Blemish, BlemishKind, blemishes};
pub use disk::Disk;
pub use file_name::unportable;
#[cfg(feature = "desk")]
pub(crate) use history::{Committed, Saying, commit, is_under_way};
pub use history::{Entry, EntryKind, FAR_BACK, FileChange, Git, History, HistoryFault, Revision, Snapshot, Step};
pub use markdown::{Excess, chapter_excess, excess, text_excess};
pub use overlay::Overlay;
pub use text::{FileId, Position, Source, Sources, Span, Stretch};
pub use world::{Listed, MAX_FILE_BYTES, Memory, Name, Refusal, World, system_says};
