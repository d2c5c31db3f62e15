//! Whether the standards follow the OK method.

pub(super) mod contact_without_standards;
mod coverage;
pub(super) mod fail_point_without_recovery;
pub(super) mod handoff_without_limit;
pub(super) mod level_gap;
mod levels;
pub(super) mod levels_out_of_order;
pub(super) mod missing_level;
pub(super) mod missing_type;
pub(super) mod moment_of_truth_without_standards;
pub(super) mod needless_waiver;
pub(super) mod phase_without_traits;
pub(super) mod role_without_cover;
pub(super) mod standard_without_trait;
pub(super) mod step_without_contact;
pub(super) mod trait_not_converted;
pub(super) mod unknown_unit;
pub(super) mod unlisted_sequence;
pub(super) mod unused_trait;
