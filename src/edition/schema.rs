//! The JSON Schema of an issue.

use schemars::Schema;

use super::kept::IssueDraft;
use crate::book::schema_of_record;

/// The JSON Schema (draft 2020-12) of the files in `editions/issued/`.
pub fn schema() -> Schema {
    schema_of_record::<IssueDraft>()
}
