//! The JSON Schema of a review.

use schemars::Schema;
use schemars::generate::SchemaSettings;

use super::draft::ReviewDraft;

/// The JSON Schema (draft 2020-12) of the files in `reviews/`.
pub fn schema() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<ReviewDraft>()
}
