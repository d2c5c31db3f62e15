//! Whether the files say something that can be understood. Most of these are found while the files are read
//! (`source`, `book`); their documentation stands here with the rest.

pub(super) mod alias_bomb;
pub(super) mod bad_answer;
pub(super) mod bad_condition;
pub(super) mod bad_date;
pub(super) mod bad_feedback;
pub(super) mod bad_id;
pub(super) mod bad_quantity;
pub(super) mod bad_template;
pub(super) mod cover_cycle;
pub(super) mod duplicate_id;
pub(super) mod duplicate_key;
pub(super) mod file_too_large;
pub(super) mod missing_key;
pub(super) mod nesting_too_deep;
pub(super) mod path_outside_book;
pub(super) mod reused_id;
pub(in crate::check) mod uncovered_role;
pub(super) mod unknown_key;
pub(super) mod unknown_language;
pub(super) mod unknown_pattern;
pub(super) mod unknown_phase;
pub(super) mod unknown_role;
pub(super) mod unknown_rule;
pub(super) mod unknown_sector;
pub(super) mod unknown_sequence;
pub(super) mod unknown_site;
pub(super) mod unknown_standard;
pub(super) mod unknown_step;
pub(super) mod unknown_trait;
pub(super) mod wrong_type;
pub(super) mod yaml_syntax;
