//! The JSON Schema of a review.

use schemars::Schema;

use super::draft::ReviewDraft;
use crate::book::schema_of_record;

/// The JSON Schema (draft 2020-12) of the files in `reviews/`.
pub fn schema() -> Schema {
    schema_of_record::<ReviewDraft>()
}
