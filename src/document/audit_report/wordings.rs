//! The standards that records speak of, in the words that were judged: those of today, and those that only an edition knows.

use std::collections::HashMap;

use crate::audit::Audits;
use crate::method::{Standard, Standards};

/// Standards by id as of now, and by the stamp of their wording.
pub(in crate::document) struct JudgedWordings<'a> {
    by_id: HashMap<&'a str, &'a Standard>,
    by_wording: HashMap<(&'a str, &'a str), &'a Standard>,
}

impl<'a> JudgedWordings<'a> {
    pub(in crate::document) fn of(audits: &'a Audits, standards: &'a Standards) -> Self {
        let names = &audits.names.standards;
        let former = audits.editions.iter().flat_map(|edition| &edition.standards.all);
        let former = former.map(|standard| (names.now(&standard.id.name), standard));
        // Today's come last, so that they are told by today's entry in every language.
        let all = former.chain(standards.all.iter().map(|standard| (standard.id.name.as_str(), standard)));
        let (mut by_id, mut by_wording) = (HashMap::new(), HashMap::new());
        for (id, standard) in all {
            by_id.insert(id, standard);
            by_wording.insert((id, standard.stamp.as_str()), standard);
        }
        JudgedWordings { by_id, by_wording }
    }

    /// The standard as it is now, or as the last edition that knows it has it.
    pub(in crate::document) fn standard(&self, id: &str) -> Option<&'a Standard> {
        self.by_id.get(id).copied()
    }

    /// The standard as it was judged: in the wording of that stamp, where the book or an edition has it; else as it is now.
    pub(in crate::document) fn judged(&self, id: &str, stamp: Option<&str>) -> Option<&'a Standard> {
        let as_judged = stamp.and_then(|stamp| self.by_wording.get(&(id, stamp)).copied());
        as_judged.or_else(|| self.standard(id))
    }
}
