//! The JSON Schema of an issue.

use schemars::Schema;
use schemars::generate::SchemaSettings;

use super::kept::IssueDraft;

/// The JSON Schema (draft 2020-12) of the files in `editions/issued/`.
pub fn schema() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<IssueDraft>()
}
