//! gamma-ok
pub mod book;
pub mod check;
pub mod diag;
pub mod language;
pub mod library;
pub mod method;
pub mod source;
