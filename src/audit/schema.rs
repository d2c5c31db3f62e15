//! The JSON Schema of an audit record.

use schemars::Schema;

use super::draft::RecordDraft;
use crate::book::schema_of_record;

/// The JSON Schema (draft 2020-12) of the files in `audits/`.
pub fn schema() -> Schema {
    schema_of_record::<RecordDraft>()
}
