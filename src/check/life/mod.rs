//! How standards age. What needs records of audits and reviews is checked where those are read.

pub(super) mod draft_standard;
pub(super) mod retired_in_use;
