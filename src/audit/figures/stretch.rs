//! What was judged in a stretch of time.

use crate::statistics::Rate;

/// The units that were judged in a stretch of time, visit by visit: of what two stretches have in common nothing but the units
/// themselves tells how they cluster.
#[derive(Debug, Default)]
pub(super) struct Stretch {
    /// Of each unit the number of its wording, twice, and one more where it was met.
    units: Vec<u32>,
    /// Where each visit ends.
    ends: Vec<usize>,
}

impl Stretch {
    pub(super) fn add(&mut self, wording: u32, is_met: bool) {
        self.units.push(wording << 1 | u32::from(is_met));
    }

    /// Ends a visit.
    pub(super) fn close(&mut self) {
        if self.ends.last().copied().unwrap_or_default() < self.units.len() {
            self.ends.push(self.units.len());
        }
    }

    /// Units met out of units judged, of each visit, of the wordings that `picks` lets through.
    pub(super) fn visits(&self, picks: impl Fn(u32) -> bool) -> impl Iterator<Item = Rate> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        let visits = begins.zip(&self.ends).filter_map(|(begin, end)| self.units.get(begin..*end));
        visits.map(move |units| {
            let picked = units.iter().filter(|unit| picks(**unit >> 1));
            picked.map(|unit| Rate::new(u64::from(unit & 1), 1)).sum()
        })
    }

    /// The numbers of the wordings that were judged, each as often as it was.
    pub(super) fn wordings(&self) -> impl Iterator<Item = u32> {
        self.units.iter().map(|unit| unit >> 1)
    }
}
