//! Whether every language says the same.

pub(super) mod missing_noun_form;
pub(super) mod missing_translation;
pub(super) mod stale_translation;
mod texts;
