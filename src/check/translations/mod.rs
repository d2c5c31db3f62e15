//! Whether every language says the same.

mod missing_noun_form;
mod missing_translation;
pub(super) mod stale_translation;
pub(in crate::check) mod texts;

pub(crate) use stale_translation::stale;
pub(crate) use texts::texts;

use crate::check::rules::Check;

/// The rules of this group that run here.
pub(super) static CHECKS: &[Check] = &[
    Check::book(&missing_translation::RULE, missing_translation::check),
    Check::book(&missing_noun_form::RULE, missing_noun_form::check),
];
