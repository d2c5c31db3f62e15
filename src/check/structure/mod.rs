//! Whether the files say something that can be understood. Most of these are found while the files are read,
//! and their documentation stands there (`book::RULES`).

mod bad_template;
mod book_too_large;
mod cover_cycle;
pub(in crate::check) mod uncovered_role;
mod unknown_rule;
mod unknown_standard;

use crate::check::rules::Check;

/// The rules of this group that run here.
pub(super) static CHECKS: &[Check] = &[
    Check::book(&book_too_large::RULE, book_too_large::check),
    Check::book(&bad_template::RULE, bad_template::check),
    Check::book(&unknown_standard::RULE, unknown_standard::check),
    Check::book(&unknown_rule::RULE, unknown_rule::check),
    Check::book(&cover_cycle::RULE, cover_cycle::check),
    Check::book(&uncovered_role::RULE, uncovered_role::check),
];
