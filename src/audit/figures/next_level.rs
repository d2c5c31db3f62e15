//! What keeps the next level away, standard by standard.

use schemars::JsonSchema;
use serde::Serialize;

use super::gather::Gathered;
use super::wording::WordingTally;
use crate::book::Level;
use crate::statistics::Rate;

/// The lowest level that is not reached, and why.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct NextLevel {
    /// The level.
    pub level: Level,
    /// Units of it that were met.
    pub met: u64,
    /// Units of it that were judged.
    pub judged: u64,
    /// The share that it asks for.
    pub wanted: f64,
    /// What was not met of it: critical standards first, then what failed most often.
    pub blocks: Vec<Block>,
}

/// A standard that was not always met.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Block {
    /// Its id.
    pub standard: String,
    /// The wording.
    pub stamp: Option<String>,
    /// Units met.
    pub met: u64,
    /// Units judged.
    pub judged: u64,
    /// Whether it is critical, so that it alone blocks the level.
    pub critical: bool,
}

impl NextLevel {
    /// None where every level with something judged is reached.
    pub(super) fn of(
        all: &Gathered,
        name: impl Fn(usize, &WordingTally) -> Option<(String, Option<String>)>,
    ) -> Option<Self> {
        let (level, rate) = all.overall.level_missed(all.level_shares)?;
        let wanted = all.level_shares[level as usize];
        let reaches_share = rate.share().is_some_and(|share| share >= wanted - 1e-9);
        let wordings = all.standards.iter().enumerate();
        let failed = wordings.flat_map(|(number, wordings)| wordings.iter().map(move |wording| (number, wording)));
        let failed = failed.filter(|(_, wording)| {
            let is_of_level = wording.last.is_some_and(|last| last.level == level);
            let blocks = wording.critical_failed || !reaches_share;
            is_of_level && blocks && wording.units.met() < wording.units.of()
        });
        let mut blocks: Vec<(Rate, Block)> = failed
            .filter_map(|(number, wording)| {
                let (standard, stamp) = name(number, wording)?;
                let (met, judged) = (wording.units.met(), wording.units.of());
                Some((wording.units, Block { standard, stamp, met, judged, critical: wording.critical_failed }))
            })
            .collect();
        blocks.sort_by(|(a, block), (b, other)| {
            let key =
                |rate: &Rate, block: &Block| (!block.critical, std::cmp::Reverse(rate.of() - rate.met()), rate.of());
            key(a, block).cmp(&key(b, other)).then_with(|| block.stamp.cmp(&other.stamp))
        });
        let blocks = blocks.into_iter().map(|(_, block)| block).collect();
        Some(NextLevel { level, met: rate.met(), judged: rate.of(), wanted, blocks })
    }
}
