//! The standards that records speak of, in the words that were judged: those of today, and those that only an edition knows.

use std::collections::HashMap;

use crate::audit::Audits;
use crate::book::Book;
use crate::edition::Edition;
use crate::method::{Standard, Standards};

/// Standards by id as of now, and by the stamp of their wording.
pub(in crate::document) struct JudgedWordings<'a> {
    by_id: HashMap<&'a str, Known<'a>>,
    by_wording: HashMap<(&'a str, &'a str), Known<'a>>,
}

/// A standard, and the edition whose book it stands in; none for today's.
#[derive(Clone, Copy)]
struct Known<'a> {
    standard: &'a Standard,
    edition: Option<&'a Edition>,
}

impl<'a> JudgedWordings<'a> {
    pub(in crate::document) fn of(audits: &'a Audits, standards: &'a Standards) -> Self {
        let names = &audits.names.standards;
        let former = audits.editions.iter().flat_map(|edition| {
            let known = |standard| Known { standard, edition: Some(&**edition) };
            edition.standards.all.iter().map(known)
        });
        let former = former.map(|known| (names.now(&known.standard.id.name), known));
        // Today's come last, so that they are told by today's entry in every language.
        let today = standards.all.iter().map(|standard| Known { standard, edition: None });
        let all = former.chain(today.map(|known| (known.standard.id.name.as_str(), known)));
        let (mut by_id, mut by_wording) = (HashMap::new(), HashMap::new());
        for (id, known) in all {
            by_id.insert(id, known);
            by_wording.insert((id, known.standard.stamp.as_str()), known);
        }
        JudgedWordings { by_id, by_wording }
    }

    /// The standard as it is now, or as the last edition that knows it has it.
    pub(in crate::document) fn standard(&self, id: &str) -> Option<&'a Standard> {
        self.by_id.get(id).map(|known| known.standard)
    }

    /// The standard as it was judged: in the wording of that stamp, where the book or an edition has it; else as it is now.
    pub(in crate::document) fn judged(&self, id: &str, stamp: Option<&str>) -> Option<&'a Standard> {
        self.known(id, stamp).map(|known| known.standard)
    }

    /// The id of the phase of a standard as it was judged, in the book that it stands in: a place says nothing in another.
    pub(in crate::document) fn phase(&self, id: &str, stamp: Option<&str>, today: &'a Book) -> Option<&'a str> {
        let Known { standard, edition } = self.known(id, stamp)?;
        let book = edition.map_or(today, |edition| &edition.book);
        Some(&book.phase_at(standard.sequence, standard.phase)?.id.name)
    }

    fn known(&self, id: &str, stamp: Option<&str>) -> Option<Known<'a>> {
        let as_judged = stamp.and_then(|stamp| self.by_wording.get(&(id, stamp)));
        as_judged.or_else(|| self.by_id.get(id)).copied()
    }
}
