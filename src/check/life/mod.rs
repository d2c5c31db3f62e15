//! How standards age. What needs records of audits and reviews is checked where those are read.

pub(super) mod action_overdue;
pub(super) mod answer_without_reason;
pub(super) mod changed_since_review;
pub(super) mod draft_standard;
pub(super) mod retired_in_use;
pub(super) mod review_overdue;
pub(super) mod unknown_record;
pub(super) mod unknown_stamp;
