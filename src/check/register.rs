//! The register of rules: adding one is its file and its line here.

use super::{Rule, structure};

/// All rules, group by group.
pub static RULES: &[&Rule] = &[
    &structure::yaml_syntax::RULE,
    &structure::unknown_key::RULE,
    &structure::duplicate_key::RULE,
    &structure::wrong_type::RULE,
    &structure::missing_key::RULE,
    &structure::bad_id::RULE,
    &structure::duplicate_id::RULE,
    &structure::reused_id::RULE,
    &structure::bad_quantity::RULE,
    &structure::bad_date::RULE,
    &structure::bad_condition::RULE,
    &structure::bad_template::RULE,
    &structure::unknown_trait::RULE,
    &structure::unknown_role::RULE,
    &structure::unknown_step::RULE,
    &structure::unknown_standard::RULE,
    &structure::unknown_sequence::RULE,
    &structure::unknown_language::RULE,
    &structure::unknown_rule::RULE,
    &structure::unknown_sector::RULE,
    &structure::unknown_pattern::RULE,
    &structure::cover_cycle::RULE,
    &structure::file_too_large::RULE,
    &structure::nesting_too_deep::RULE,
    &structure::alias_bomb::RULE,
    &structure::path_outside_book::RULE,
];
