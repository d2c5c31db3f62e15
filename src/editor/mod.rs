//! The edge for text editors: a language server. What a trainer writes is checked, completed, explained and mended while it
//! is written, over the same stages as `check`, with the texts that are not saved laid over the disk.
//!
//! In: messages of the Language Server Protocol, from any editor that speaks it. Out: answers. `server` keeps the
//! conversation, `workspace` the opened books; what is asked for is worked out in a file for each request, and none of them
//! writes: what changes a file is an edit that the editor makes.
//!
//! Adding a request: its file, what it offers in `server::capabilities`, and an arm in `server::answers`.

mod actions;
mod address;
mod caret;
mod completion;
mod diagnostics;
mod edits;
mod explained;
mod folding;
mod hover;
mod keys;
mod lens;
mod lines;
mod references;
mod server;
mod symbols;
mod transport;
mod workspace;

pub use explained::cache_folder;
pub use server::{Ended, Settings, serve};
