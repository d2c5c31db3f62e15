//! How standards age. What needs records of audits and reviews is checked where those are read.

mod draft_standard;
mod retired_in_use;

use crate::check::rules::Check;

/// The rules of this group that run here.
pub(super) static CHECKS: &[Check] = &[
    Check::book(&draft_standard::RULE, draft_standard::check),
    Check::book(&retired_in_use::RULE, retired_in_use::check),
];
