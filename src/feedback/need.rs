//! How much a group needs improvement, and how sure its place is.

use super::Response;
use super::model::ResponseKind;
use crate::statistics::{Chance, ENOUGH, Rate, rank_test};

/// One response, as far as it counts for a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Voice {
    /// The rating; a complaint without one counts as the lowest of the scale.
    rating: Option<f64>,
    /// Whether somebody is dissatisfied: with a low rating, or a complaint.
    unhappy: bool,
    importance: Option<f64>,
}

/// What the responses of a group say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Voices(pub Vec<Voice>);

/// Times that the responses are drawn anew.
const RESAMPLES: usize = 1000;

/// Where the draws begin.
const SEED: u64 = 0x5DEE_CE66_D1CE_4E5B;

/// So many draws are made at most, so that a million responses take no minutes.
const MOST_DRAWS: usize = 20_000_000;

/// Times that are few enough to be quick and enough to tell a share to some points.
const FEWEST: usize = 100;

impl Voice {
    pub(super) fn of(response: &Response, lowest: f64, middle: f64) -> Self {
        let complains = response.kind == Some(ResponseKind::Complaint);
        let rating = response.rating.or(complains.then_some(lowest));
        let unhappy = complains || rating.is_some_and(|rating| rating < middle);
        Voice { rating, unhappy, importance: response.importance }
    }
}

impl Voices {
    /// Ratings, complaints among them.
    pub(super) fn ratings(&self) -> Vec<f64> {
        self.0.iter().filter_map(|voice| voice.rating).collect()
    }

    /// Who is dissatisfied, out of all that say whether they are.
    pub(super) fn unhappy(&self) -> Rate {
        let says = self.0.iter().filter(|voice| voice.rating.is_some());
        says.map(|voice| Rate::new(u64::from(voice.unhappy), 1)).sum()
    }

    /// Whether too few say anything for their place to mean something.
    pub(super) fn is_few(&self) -> bool {
        self.unhappy().of() < ENOUGH
    }

    fn importance(&self) -> Option<f64> {
        mean(self.0.iter().filter_map(|voice| voice.importance))
    }
}

/// How much each group needs improvement: how far its ratings lie below all others by their ranks, and how much more often its
/// customers are dissatisfied; the mean of the two, from −1 to 1, times the square root of how many say so, as a test
/// weighs it, times its importance against the mean of all. None of a group with which nobody is dissatisfied, and where there are
/// no others.
pub(super) fn needs(groups: &[&Voices]) -> Vec<Option<f64>> {
    let importance = mean(groups.iter().flat_map(|group| group.0.iter().filter_map(|voice| voice.importance)));
    let all = Sums::of(groups);
    let need = |own: &&Voices| {
        let (below, more) = all.against_others(own).filter(|_| own.unhappy().met() > 0)?;
        let weight = own.importance().zip(importance).filter(|(_, mean)| *mean > 0.0);
        let weight = weight.map_or(1.0, |(own, mean)| own / mean);
        let distance = (below + more) / 2.0;
        // How many speak, and how much it matters to them, makes what is worse than the rest weigh more, and nothing better.
        Some(if distance > 0.0 { distance * (own.unhappy().of() as f64).sqrt() * weight } else { distance })
    };
    groups.iter().map(need).collect()
}

/// How often each value stands among all ratings, in ascending order of the values; and all who are dissatisfied.
struct Sums {
    values: Vec<(f64, f64)>,
    unhappy: Rate,
}

impl Sums {
    fn of(groups: &[&Voices]) -> Self {
        let mut ratings: Vec<f64> = groups.iter().flat_map(|group| group.ratings()).collect();
        ratings.sort_by(f64::total_cmp);
        let values = ratings.chunk_by(|a, b| a == b).map(|alike| (alike[0], alike.len() as f64)).collect();
        Sums { values, unhappy: groups.iter().map(|group| group.unhappy()).sum() }
    }

    /// From −1 to 1: how far a group's ratings lie below all others, and how much more often its customers are dissatisfied.
    fn against_others(&self, own: &Voices) -> Option<(f64, f64)> {
        let unhappy = own.unhappy();
        let others = Rate::new(self.unhappy.met() - unhappy.met(), self.unhappy.of() - unhappy.of());
        let more = unhappy.share()? - others.share()?;
        let mut ratings = own.ratings();
        ratings.sort_by(f64::total_cmp);
        let mut own_counts = vec![0.0; self.values.len()];
        let mut place = 0;
        for rating in &ratings {
            while self.values.get(place).is_some_and(|(value, _)| value < rating) {
                place += 1;
            }
            if let Some(count) = own_counts.get_mut(place) {
                *count += 1.0;
            }
        }
        // For each value, pairs with a higher rating of another group, and half of those with an equal one.
        let mut above = others.of() as f64;
        let mut pairs = 0.0;
        for ((_, all), own) in self.values.iter().zip(&own_counts) {
            let equal = all - own;
            above -= equal;
            pairs += own * (above + equal / 2.0);
        }
        let below = pairs / (ratings.len() as f64 * others.of() as f64);
        Some((2.0 * below - 1.0, more))
    }
}

/// How sure the first place is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sureness {
    /// The share of resamples in which the first stays first.
    pub stays_first: f64,
    /// For each of the others, the share in which the first is ahead of it.
    pub ahead_of: Vec<f64>,
    /// How many resamples there were.
    pub resamples: usize,
}

/// Draws the responses of each group anew, with replacement, and looks each time who comes first. The first of the groups is
/// the one that leads. Seeded, so that the same responses say the same.
///
/// Source: B. Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7 (1979) 1–26; of ranks
/// P. Hall and H. Miller, "Using the bootstrap to quantify the authority of an empirical ranking", Annals of Statistics 37
/// (2009) 3929–3959.
pub(super) fn sureness(groups: &[&Voices]) -> Option<Sureness> {
    let responses: usize = groups.iter().map(|group| group.0.len()).sum();
    // Who has too few ratings is no rival, but one of the others all the same.
    let rivals: Vec<bool> = groups.iter().skip(1).map(|group| !group.is_few()).collect();
    if !rivals.contains(&true) {
        return None;
    }
    let resamples = (MOST_DRAWS / responses.max(1)).clamp(FEWEST, RESAMPLES);
    let (mut first, mut ahead, mut chance) = (0, vec![0_usize; groups.len() - 1], Chance::new(SEED));
    let mut drawn: Vec<Voices> = groups.iter().map(|group| (*group).clone()).collect();
    for _ in 0..resamples {
        for (drawn, group) in drawn.iter_mut().zip(groups) {
            drawn.0.iter_mut().for_each(|voice| *voice = group.0[chance.place(group.0.len())]);
        }
        let found = needs(&drawn.iter().collect::<Vec<_>>());
        let leader = found.first().copied().flatten().unwrap_or(f64::MIN);
        let leads = |(other, is_rival): (&Option<f64>, &bool)| !is_rival || other.is_none_or(|other| leader > other);
        let leads: Vec<bool> = found[1..].iter().zip(&rivals).map(leads).collect();
        first += usize::from(leads.iter().all(|leads| *leads));
        ahead.iter_mut().zip(&leads).for_each(|(ahead, leads)| *ahead += usize::from(*leads));
    }
    let share = |times: usize| times as f64 / resamples as f64;
    Some(Sureness { stays_first: share(first), ahead_of: ahead.into_iter().map(share).collect(), resamples })
}

/// The share of resamples in which the mean importance and the mean rating of a group still say the same; none where few say either.
/// Seeded, as above.
pub(super) fn stays(pairs: &[(Option<f64>, Option<f64>)], is_same: impl Fn(f64, f64) -> bool) -> Option<f64> {
    let few = |many: usize| (many as u64) < ENOUGH;
    let says = |is: fn(&(Option<f64>, Option<f64>)) -> bool| pairs.iter().filter(|pair| is(pair)).count();
    if few(says(|pair| pair.0.is_some())) || few(says(|pair| pair.1.is_some())) {
        return None;
    }
    let resamples = (MOST_DRAWS / pairs.len().max(1)).clamp(FEWEST, RESAMPLES);
    let (mut same, mut chance) = (0_usize, Chance::new(SEED));
    for _ in 0..resamples {
        let drawn: Vec<_> = (0..pairs.len()).map(|_| pairs[chance.place(pairs.len())]).collect();
        let importance = mean(drawn.iter().filter_map(|pair| pair.0));
        let rating = mean(drawn.iter().filter_map(|pair| pair.1));
        same += usize::from(importance.zip(rating).is_some_and(|(importance, rating)| is_same(importance, rating)));
    }
    Some(same as f64 / resamples as f64)
}

/// The mean; none of nothing.
pub(super) fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut n) = (0.0, 0_u32);
    for value in values {
        sum += value;
        n += 1;
    }
    (n > 0).then(|| sum / f64::from(n))
}

/// Whether the ratings of a group lie below those of another, by their ranks: how far, and the probability.
pub(super) fn by_ranks(a: &Voices, b: &Voices) -> Option<(f64, f64)> {
    rank_test(&a.ratings(), &b.ratings()).map(|test| (test.below, test.p))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voices(ratings: &[(f64, usize)], importance: Option<f64>) -> Voices {
        let voice = |rating: f64| Voice { rating: Some(rating), unhappy: rating < 3.0, importance };
        Voices(ratings.iter().flat_map(|(rating, many)| std::iter::repeat_n(voice(*rating), *many)).collect())
    }

    fn of(groups: &[Voices]) -> Vec<f64> {
        needs(&groups.iter().collect::<Vec<_>>()).into_iter().map(Option::unwrap_or_default).collect()
    }

    #[test]
    fn lower_ratings_need_more_and_more_so_where_more_say_it() {
        let (bad, good) = (voices(&[(2.0, 30), (4.0, 10)], None), voices(&[(5.0, 30), (4.0, 9), (2.0, 1)], None));
        let found = of(&[bad.clone(), good.clone()]);
        assert!(found[0] > 0.0 && found[1] < 0.0, "{found:?}");
        let few = voices(&[(2.0, 3), (4.0, 1)], None);
        let found = of(&[bad, few, good]);
        assert!(found[0] > found[1] && found[1] > found[2], "{found:?}");
    }

    #[test]
    fn what_ranks_do_not_show_the_dissatisfied_do() {
        let split = voices(&[(1.0, 30), (5.0, 30)], None);
        let found = of(&[split, voices(&[(4.0, 60)], None)]);
        assert!(found[0] > 0.0, "as many are above as below, but half of them are dissatisfied: {found:?}");
    }

    #[test]
    fn where_nobody_is_dissatisfied_nothing_needs_improvement() {
        let (four, five) = (voices(&[(4.0, 20)], None), voices(&[(5.0, 20), (1.0, 1)], None));
        let found = needs(&[&four, &five]);
        assert!(found[0].is_none() && found[1].is_some(), "{found:?}");
    }

    #[test]
    fn importance_weighs() {
        let ratings = [(2.0, 10), (4.0, 10)];
        let good = voices(&[(5.0, 40)], Some(3.0));
        let found = of(&[voices(&ratings, Some(5.0)), voices(&ratings, Some(1.0)), good]);
        assert!(found[0] > found[1], "{found:?}");
    }

    #[test]
    fn sureness_is_the_same_each_time_and_grows_with_the_difference() {
        let sure = |a: &Voices, b: &Voices| sureness(&[a, b]).expect("two groups");
        let (bad, alike, good) =
            (voices(&[(2.0, 40), (4.0, 10)], None), voices(&[(2.0, 36), (4.0, 14)], None), voices(&[(5.0, 50)], None));
        assert_eq!(sure(&bad, &good), sure(&bad, &good));
        assert!((sure(&bad, &good).stays_first - 1.0).abs() < 1e-12);
        let doubtful = sure(&bad, &alike).stays_first;
        assert!((0.6..0.97).contains(&doubtful), "{doubtful}");
        assert_eq!(sureness(&[&bad]), None);
    }
}
