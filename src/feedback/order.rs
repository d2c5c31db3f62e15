//! In which order groups need improvement, and which of them can be told apart.

use super::need::{Voices, by_ranks, needs};
use super::rank::{Direction, RankedGroup};
use crate::statistics::{FALSE_DISCOVERIES, Rate, benjamini_hochberg, exact_test};

/// Puts groups in the order in which they need improvement, and says which cannot be told apart and how each went.
pub(super) fn rank(groups: &mut [RankedGroup]) {
    let found = needs(&groups.iter().map(|group| &group.voices.0).collect::<Vec<_>>());
    groups.iter_mut().zip(found).for_each(|(group, need)| group.need = need);
    let share = |group: &RankedGroup| group.voices.0.unhappy().share().unwrap_or(-1.0);
    // Those with too few ratings come last, whatever they say.
    groups.sort_by(|a, b| {
        let need = |group: &RankedGroup| group.need.unwrap_or(f64::MIN);
        a.voices
            .0
            .is_few()
            .cmp(&b.voices.0.is_few())
            .then_with(|| need(b).total_cmp(&need(a)))
            .then_with(|| share(b).total_cmp(&share(a)))
            .then_with(|| a.mean.unwrap_or(f64::MAX).total_cmp(&b.mean.unwrap_or(f64::MAX)))
            .then_with(|| b.complaints.cmp(&a.complaints))
            .then_with(|| a.key.cmp(&b.key))
    });
    groups.iter_mut().zip(1..).for_each(|(group, rank)| group.rank = rank);
    tie(groups);
    direct(groups);
}

/// What two groups of responses differ in: by the ranks of their ratings, and by the share of the dissatisfied.
struct Compared {
    /// How far the first lies below the second by ranks: above a half if it does.
    below: f64,
    by_ranks: f64,
    more_unhappy: bool,
    by_share: f64,
}

/// Compares two groups; none where one of them has too few ratings.
fn compare(a: &Voices, b: &Voices) -> Option<Compared> {
    let (of_a, of_b): (Rate, Rate) = (a.unhappy(), b.unhappy());
    if of_a.is_few() || of_b.is_few() {
        return None;
    }
    let (below, by_ranks) = by_ranks(a, b)?;
    let by_share = exact_test(of_a, of_b)?;
    Some(Compared { below, by_ranks, more_unhappy: of_a.share() > of_b.share(), by_share })
}

/// Which of many comparisons are established, by ranks and by shares, all of them considered together.
fn established(all: &[Option<Compared>]) -> Vec<(bool, bool)> {
    let probabilities: Vec<f64> =
        all.iter().flatten().flat_map(|compared| [compared.by_ranks, compared.by_share]).collect();
    let mut believed = benjamini_hochberg(&probabilities, FALSE_DISCOVERIES).into_iter();
    let mut next = || believed.next().unwrap_or_default();
    all.iter().map(|compared| if compared.is_some() { (next(), next()) } else { (false, false) }).collect()
}

/// Finds for each group those that it cannot be told apart from.
fn tie(groups: &mut [RankedGroup]) {
    let pairs: Vec<(usize, usize)> =
        (0..groups.len()).flat_map(|a| (a + 1..groups.len()).map(move |b| (a, b))).collect();
    let compared: Vec<Option<Compared>> =
        pairs.iter().map(|(a, b)| compare(&groups[*a].voices.0, &groups[*b].voices.0)).collect();
    let believed = established(&compared);
    for (((a, b), compared), (by_ranks, by_share)) in pairs.into_iter().zip(&compared).zip(believed) {
        if compared.is_some() && !by_ranks && !by_share {
            join(groups, a, b);
        }
    }
}

/// Ties the first with those that it is not surely ahead of: `behind` says so of each other group, in order.
pub(super) fn tie_with_first(groups: &mut [RankedGroup], behind: &[bool]) {
    for (place, is_behind) in (1..groups.len()).zip(behind) {
        if !is_behind {
            join(groups, 0, place);
        }
    }
}

fn join(groups: &mut [RankedGroup], a: usize, b: usize) {
    for (group, other) in [(a, b), (b, a)] {
        let key = groups[other].key.clone();
        if !groups[group].tied_with.contains(&key) {
            groups[group].tied_with.push(key);
        }
    }
}

/// Says how each group went since the period before.
fn direct(groups: &mut [RankedGroup]) {
    let compared: Vec<Option<Compared>> =
        groups.iter().map(|group| compare(&group.voices.0, &group.voices.1)).collect();
    let believed = established(&compared);
    for ((group, compared), (by_ranks, by_share)) in groups.iter_mut().zip(compared).zip(believed) {
        group.direction = compared.map(|compared| match (by_ranks, by_share) {
            (false, false) => Direction::NotTold,
            (true, _) if compared.below > 0.5 => Direction::Worse,
            (true, _) => Direction::Better,
            (false, true) if compared.more_unhappy => Direction::Worse,
            (false, true) => Direction::Better,
        });
    }
}
