//! Which standard, and which wording of it, an answer is judged by: the edition that its record names, what its stamp names in any
//! other, today's book.

use super::bases::{FoundStandard, TODAY};
use super::model::{NO_ROW, Wording};
use super::resolve::Resolver;
use crate::book::draft::Name;
use crate::diag::Code;
use crate::edition::Reference;
use crate::forms::short;
use crate::method::Standard;
use crate::say;

/// So many unknown ids of a record get a suggestion.
const MAX_SUGGESTED: usize = 50;

/// Marks the number of an id that nothing knows, until it gets a number of its own.
pub(super) const UNKNOWN: u32 = 1 << 31;

/// What an answer speaks of.
pub(super) struct Subject<'a> {
    pub standard: u32,
    pub row: u32,
    pub wording: Wording,
    /// The standard as it is judged by.
    pub judged_by: Option<&'a Standard>,
    /// Whether that is the wording that was judged, or only stands in for it.
    pub is_found: bool,
    /// Whether the answer is not counted until something knows the wording.
    pub waits: bool,
}

impl<'a> Resolver<'a, '_> {
    /// The standard and the wording that a key names: first as the record's edition has it, then as the stamp names it
    /// anywhere, then as today's book has it.
    pub(super) fn subject(&mut self, key: &Name) -> Option<Subject<'a>> {
        let reference = Reference::parse(&key.value);
        let Reference { id, stamp } = reference;
        if let Some((message, help)) = reference.fault(|| self.index.standard(id)) {
            self.report(Code::BadAnswer, key.span, message, help);
            return None;
        }
        let bases = &self.index.bases;
        let own = Some(self.basis).filter(|_| !self.is_blind).and_then(|basis| bases.find(basis, id));
        let fits = |found: &FoundStandard<'_>| stamp.is_none_or(|stamp| found.standard.stamp == stamp);
        if let Some(found) = own.filter(fits) {
            let own_stamp = (stamp.is_some() || self.basis != TODAY).then_some(&*found.standard.stamp);
            return Some(self.judged_as(found, own_stamp));
        }
        if let Some(found) = stamp.and_then(|stamp| bases.wording(id, stamp)) {
            if self.names_edition && !self.is_blind {
                self.not_in_edition(key, own);
            }
            return Some(self.judged_as(found, Some(&found.standard.stamp)));
        }
        if self.is_blind {
            let Some(stamp) = stamp else {
                self.missing.lost += 1;
                return None;
            };
            let wording = Wording::Former(self.tables.stamps.place(stamp));
            let (standard, row, judged_by) = match bases.any(id) {
                Some(found) => (found.number, found.row, Some(found.standard)),
                None => (UNKNOWN | self.tables.unknown.place(id), NO_ROW, None),
            };
            return Some(Subject { standard, row, wording, judged_by, is_found: false, waits: true });
        }
        // The past may know the wording; until it is asked, the measure of the record's edition, or of today, stands in.
        if let Some(found) = own.or_else(|| bases.any(id)) {
            return Some(match stamp {
                None => self.judged_as(found, None),
                Some(stamp) => {
                    let is_now = bases.stamp_now(found.number) == Some(stamp);
                    let wording = match is_now {
                        true => Wording::Current,
                        false => Wording::Former(self.tables.stamps.place(stamp)),
                    };
                    let (standard, row, judged_by) = (found.number, found.row, Some(found.standard));
                    Subject { standard, row, wording, judged_by, is_found: false, waits: false }
                }
            });
        }
        if !bases.directory().is_known(id) {
            // More of them are no slips, and a hostile file has a hundred thousand.
            let may_be_slip = self.tables.unknown.list.len() < MAX_SUGGESTED;
            let near = may_be_slip.then(|| bases.directory().nearest(id)).flatten();
            let help = match near {
                Some(near) => say!("did you mean `{near}`? A renamed standard keeps its history by `was`", near),
                None => say!(
                    "a renamed standard keeps its history by `was: [OLD-ID]`; a retired one stays in its file with `status: retired`"
                ),
            };
            let message = say!("the book no longer knows `{id}`; it counts under its own name", id = short(id));
            self.report(Code::UnknownRecord, key.span, message, help);
        }
        let standard = UNKNOWN | self.tables.unknown.place(id);
        let wording = stamp.map_or(Wording::Unsaid, |stamp| Wording::Former(self.tables.stamps.place(stamp)));
        Some(Subject { standard, row: NO_ROW, wording, judged_by: None, is_found: true, waits: false })
    }

    /// What a standard of one of the bases comes to, where its own stamp is the one that the record says, or its edition does.
    fn judged_as(&mut self, found: FoundStandard<'a>, stamp: Option<&'a str>) -> Subject<'a> {
        let wording = match stamp {
            None => Wording::Unsaid,
            Some(stamp) if self.index.bases.stamp_now(found.number) == Some(stamp) => Wording::Current,
            Some(stamp) => Wording::Former(self.tables.stamps.place_lasting(stamp)),
        };
        let (standard, row, judged_by) = (found.number, found.row, Some(found.standard));
        Subject { standard, row, wording, judged_by, is_found: true, waits: false }
    }

    fn not_in_edition(&mut self, key: &Name, own: Option<FoundStandard<'a>>) {
        let message = say!("the record's edition does not hold `{reference}`", reference = short(&key.value));
        let help = match own {
            Some(own) => say!(
                "it holds `{reference}`: mend the stamp, or the edition",
                reference = Reference::to(own.standard).to_string()
            ),
            None => say!("it holds no such standard: mend the key, or the edition"),
        };
        self.report(Code::StampNotInEdition, key.span, message, help);
    }
}
