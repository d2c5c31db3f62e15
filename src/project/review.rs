//! What is due for review, with what audits, customers and the past say of it.

use std::collections::BTreeSet;

use super::{Project, Records};
use crate::changes::wordings;
use crate::review::{self, Demand, Due, Evidence, Overview, gather};
use crate::source::World;

impl<W: World> Project<W> {
    /// What audits and customers say of each standard.
    pub(crate) fn evidence(&self, records: &Records) -> Vec<Evidence> {
        gather(&self.loaded.book, &self.standards, &records.audits, &records.feedback, self.world.today())
    }

    /// What is due. A wording before that no record keeps is asked of the past; without one it stays unknown, and is said to
    /// be.
    pub(crate) fn due<'a>(&'a self, records: &'a Records, evidence: &[Evidence]) -> Overview<'a> {
        let (book, standards) = (&self.loaded.book, &self.standards);
        let mut all = review::overview(book, standards, &records.reviews, evidence, self.world.today());
        let unknown = |due: &Due<'_>| {
            let change = due.change.as_ref().filter(|change| change.before == Demand::default())?;
            Some((due.standard.id.name.clone(), change.stamp.clone()))
        };
        let wanted: BTreeSet<(String, String)> = all.standards.iter().filter_map(unknown).collect();
        if wanted.is_empty() {
            return all;
        }
        let Ok(past) = self.history().and_then(|history| wordings(history, standards, &wanted)) else { return all };
        for due in &mut all.standards {
            let Some(wording) = unknown(due).and_then(|key| past.found.get(&key)) else { continue };
            if let Some(change) = &mut due.change {
                change.before = Demand {
                    wording: Some(wording.text.clone()),
                    level: Some(wording.level),
                    measure: wording.measure.clone(),
                };
            }
        }
        all
    }
}
