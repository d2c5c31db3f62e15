//! Reading: files become text whose every value knows its place. Nothing here knows what a standard is.
//!
//! In: a [`World`] (disk, memory, or an [`Overlay`] of either) and a path. Out: [`Source`]s in a [`Sources`] table, and marked YAML trees
//! ([`yaml::Node`]). [`History`] gives the same files as they were. Errors are data: a [`yaml::YamlFault`] or a [`Refusal`],
//! turned into findings by `book`.

mod blemish;
mod disk;
mod file_name;
mod history;
mod markdown;
mod overlay;
mod span;
mod walk;
mod world;
pub mod yaml;

pub(crate) use blemish::conflicts;
pub use blemish::{Blemish, BlemishKind, blemishes, without_unseen};
pub use disk::Disk;
pub use file_name::unportable;
#[cfg(feature = "desk")]
pub(crate) use history::{CommitDetails, Committed, commit, is_under_way};
pub use history::{
    EntryKind, FAR_BACK, FileChange, Git, History, HistoryFault, HistoryStep, Revision, RevisionFile, Snapshot,
};
pub use markdown::{Excess, chapter_excess, excess, text_excess};
pub use overlay::Overlay;
pub use span::{FileId, Position, Source, Sources, Span, Stretch};
pub use world::{FolderEntry, Listed, MAX_FILE_BYTES, Memory, Refusal, World, system_says};
