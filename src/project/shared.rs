//! What of the records others have: what stands in the branch that this one follows, else in its newest commit.

use std::collections::HashMap;

use super::{Project, Records};
use crate::source::{HistoryFault, World};

impl<W: World> Project<W> {
    /// How many records stand here alone: in no commit that the branch before, or where it follows none this one, has.
    ///
    /// # Errors
    /// Where there is no git to ask.
    pub(crate) fn unshared(&self, records: &Records) -> Result<usize, HistoryFault> {
        let history = self.history()?;
        let shared = match history.revision("@{upstream}").or_else(|_| history.revision("HEAD")) {
            Ok(revision) => history.files(&revision)?,
            Err(HistoryFault::NoCommit) => Vec::new(),
            Err(fault) => return Err(fault),
        };
        let shared: HashMap<&str, &str> =
            shared.iter().map(|entry| (entry.path.as_str(), entry.content.as_str())).collect();
        let mut count = 0;
        for record in &records.audits.records {
            let source = self.loaded.sources.get(record.file);
            let is_shared = match shared.get(source.path.as_str()) {
                Some(content) => history.content(content)? == self.world.bytes(&source.path).unwrap_or_default(),
                None => false,
            };
            count += usize::from(!is_shared);
        }
        Ok(count)
    }
}
