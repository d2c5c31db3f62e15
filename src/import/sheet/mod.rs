//! The standards as a sheet to edit, and the way back: each cell is a value of a standard, the hidden sheet keeps it as it was
//! written, and what comes back is merged cell by cell.
//!
//! The hidden sheet `gamma-ok` has rows of four cells: `form` · `standards` · version; `language` · tag; `column` · key · heading;
//! `value` · id · key · the value as exported.

mod back;
mod columns;
mod edits;
mod fresh;
mod reading;
mod values;

pub(crate) use back::{BackError, ReturnedSheet, SheetConflict, ValueChange, back};
pub(crate) use columns::{SheetColumn, columns};
pub(crate) use reading::is_sheet;
pub(crate) use values::{SheetRow, rows};

/// The sheet that keeps what was exported.
pub(crate) const HIDDEN: &str = "gamma-ok";

/// What the hidden sheet calls the form.
pub(crate) const FORM: &str = "standards";

/// The version of its shape.
pub(crate) const VERSION: &str = "1";

/// Stands in a list where an item has no text in a language.
pub(super) const MISSING: &str = "—";

/// Stands for yes.
pub(super) const YES: &str = "x";
