//! Whether the standards follow the OK method.

mod contact_without_standards;
mod contradicting_standards;
mod country_not_named;
mod coverage;
mod fail_point_without_recovery;
mod handoff_without_limit;
mod level_gap;
mod levels;
mod levels_out_of_order;
mod missing_level;
mod missing_type;
mod missing_why;
mod moment_of_truth_without_standards;
mod needless_waiver;
mod phase_without_traits;
mod role_without_cover;
mod standard_without_trait;
mod step_without_contact;
mod trait_not_converted;
mod unknown_unit;
mod unlisted_sequence;
mod unused_trait;

use crate::check::rules::Check;

/// The rules of this group that run here.
pub(super) static CHECKS: &[Check] = &[
    Check::book(&phase_without_traits::RULE, phase_without_traits::check),
    Check::book(&contact_without_standards::RULE, contact_without_standards::check),
    Check::book(&moment_of_truth_without_standards::RULE, moment_of_truth_without_standards::check),
    Check::book(&trait_not_converted::RULE, trait_not_converted::check),
    Check::book(&missing_type::RULE, missing_type::check),
    Check::book(&missing_level::RULE, missing_level::check),
    Check::book(&level_gap::RULE, level_gap::check),
    Check::book(&levels_out_of_order::RULE, levels_out_of_order::check),
    Check::book(&standard_without_trait::RULE, standard_without_trait::check),
    Check::book(&role_without_cover::RULE, role_without_cover::check),
    Check::book(&handoff_without_limit::RULE, handoff_without_limit::check),
    Check::book(&step_without_contact::RULE, step_without_contact::check),
    Check::book(&unlisted_sequence::RULE, unlisted_sequence::check),
    Check::book(&unknown_unit::RULE, unknown_unit::check),
    Check::book(&unused_trait::RULE, unused_trait::check),
    Check::book(&needless_waiver::RULE, needless_waiver::check),
    Check::book(&fail_point_without_recovery::RULE, fail_point_without_recovery::check),
    Check::book(&contradicting_standards::RULE, contradicting_standards::check),
    Check::book(&country_not_named::RULE, country_not_named::check),
    Check::book(&missing_why::RULE, missing_why::check),
];
