//! The JSON Schema of an audit record.

use schemars::Schema;
use schemars::generate::SchemaSettings;

use super::draft::RecordDraft;

/// The JSON Schema (draft 2020-12) of the files in `audits/`.
pub fn schema() -> Schema {
    SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<RecordDraft>()
}
