//! One module a command or a concern of all of them.

mod another_trade;
mod audit;
mod check;
mod completions;
mod design;
mod diff;
mod documents;
mod edge;
mod edits;
mod exports;
mod feedback;
mod follow_up;
mod forms;
mod hostile;
mod manuals;
mod pictures;
mod plan;
mod portfolio;
mod roles;
mod rounds;
pub mod schema;
mod show;
mod shown;
mod tongue;
mod unread;
mod why;
mod writers;
