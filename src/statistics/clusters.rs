//! Shares of what hangs together: of one visit, say, everything is a little better or a little worse, so that its observations tell
//! less than as many from as many visits.

use super::Z95;
use super::comparison::{Difference, exact_test, newcombe};
use super::rate::{Interval, Rate, wilson};
use super::student::{two_sided, within95};

/// So many of so many, in clusters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clusters {
    rate: Rate,
    count: u64,
    /// Sums over the clusters: of the squares of what was met, of the squares of all, and of the products of the two.
    met_squared: u64,
    of_squared: u64,
    products: u64,
}

/// The difference of two shares whose observations come in clusters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClusteredDifference {
    /// The difference, and its 95 % interval.
    pub difference: Difference,
    /// The probability of shares at least as unlike, if they did not differ.
    pub p: f64,
    /// How many times as far the shares of clusters scatter as if their observations were independent, squared; never below 1.
    pub design_effect: f64,
}

impl Clusters {
    /// Adds a cluster; one without observations is none.
    pub fn add(&mut self, cluster: Rate) {
        if cluster.of() > 0 {
            *self = *self + Clusters::of(cluster);
        }
    }

    fn of(cluster: Rate) -> Self {
        let (met, of) = (cluster.met(), cluster.of());
        let products = [met.saturating_mul(met), of.saturating_mul(of), met.saturating_mul(of)];
        let [met_squared, of_squared, products] = products;
        Clusters { rate: cluster, count: 1, met_squared, of_squared, products }
    }

    /// The same without some of its clusters.
    pub fn without(self, other: Clusters) -> Self {
        Clusters {
            rate: Rate::new(
                self.rate.met().saturating_sub(other.rate.met()),
                self.rate.of().saturating_sub(other.rate.of()),
            ),
            count: self.count.saturating_sub(other.count),
            met_squared: self.met_squared.saturating_sub(other.met_squared),
            of_squared: self.of_squared.saturating_sub(other.of_squared),
            products: self.products.saturating_sub(other.products),
        }
    }

    /// All of them together.
    pub fn rate(self) -> Rate {
        self.rate
    }

    /// How many clusters there are.
    pub fn count(self) -> u64 {
        self.count
    }

    /// The squared distances of the clusters' counts from what they would be at the share of all, times m / (m − 1) for m
    /// clusters; none of one alone.
    fn scatter(self) -> Option<f64> {
        let share = self.rate.share().filter(|_| self.count > 1)?;
        let squares =
            self.met_squared as f64 - 2.0 * share * self.products as f64 + share * share * self.of_squared as f64;
        let count = self.count as f64;
        Some(squares.max(0.0) * count / (count - 1.0))
    }
}

impl std::ops::Add for Clusters {
    type Output = Clusters;

    fn add(self, other: Clusters) -> Clusters {
        Clusters {
            rate: self.rate + other.rate,
            count: self.count + other.count,
            met_squared: self.met_squared.saturating_add(other.met_squared),
            of_squared: self.of_squared.saturating_add(other.of_squared),
            products: self.products.saturating_add(other.products),
        }
    }
}

impl std::iter::Sum for Clusters {
    fn sum<I: Iterator<Item = Clusters>>(clusters: I) -> Clusters {
        clusters.fold(Clusters::default(), |sum, one| sum + one)
    }
}

/// The difference of two shares, with the clusters as what was drawn; none where one of them has no observations, or where
/// neither has two clusters, which alone tell how far clusters scatter.
///
/// How many times as far they scatter as independent observations (the design effect) is estimated over both groups, and every
/// observation counts for so much less: the interval is Newcombe's over what is left, with Student's t in place of the normal
/// distribution, since the scatter of few clusters is not known well; the probability is that of the t statistic, or that of
/// Fisher's exact test where that is larger. Clusters that scatter less than chance make nothing surer.
///
/// Source: J. N. K. Rao and A. J. Scott, "A simple method for the analysis of clustered binary data", Biometrics 48 (1992)
/// 577–585 (their ratio estimator of the variance, one design effect for the groups); E. L. Korn and B. I. Graubard, "Confidence
/// intervals for proportions with small expected number of positive counts estimated from survey data", Survey Methodology 24
/// (1998) 193–201 (the effective number, with Student's t).
pub fn clustered_difference(a: Clusters, b: Clusters) -> Option<ClusteredDifference> {
    let (share_a, share_b) = (a.rate.share()?, b.rate.share()?);
    let told: Vec<Clusters> = [a, b].into_iter().filter(|group| group.count > 1).collect();
    let degrees: u64 = told.iter().map(|group| group.count - 1).sum();
    let t95 = within95(degrees)?;
    let independent = |group: &Clusters| group.rate.share().map(|share| group.rate.of() as f64 * share * (1.0 - share));
    let scatter: f64 = told.iter().filter_map(|group| group.scatter()).sum();
    let expected: f64 = told.iter().filter_map(independent).sum();
    let design_effect = if expected > 0.0 { (scatter / expected).max(1.0) } else { 1.0 };
    let (of_a, of_b) = (a.rate.of() as f64, b.rate.of() as f64);
    let shrunk = design_effect * (t95 / Z95).powi(2);
    let interval = |share: f64, of: f64| -> Interval { wilson(share, of / shrunk) };
    let difference = newcombe((share_a, interval(share_a, of_a)), (share_b, interval(share_b, of_b)));
    let pooled = (a.rate + b.rate).share()?;
    let variance = design_effect * pooled * (1.0 - pooled) * (1.0 / of_a + 1.0 / of_b);
    let by_clusters = if variance > 0.0 { two_sided((share_a - share_b) / variance.sqrt(), degrees) } else { 1.0 };
    let p = by_clusters.max(exact_test(a.rate, b.rate)?);
    Some(ClusteredDifference { difference, p, design_effect })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clusters(rates: &[(u64, u64)]) -> Clusters {
        let mut clusters = Clusters::default();
        rates.iter().for_each(|(met, of)| clusters.add(Rate::new(*met, *of)));
        clusters
    }

    #[test]
    fn the_design_effect_is_what_is_published() {
        // Rao and Scott 1992, table 1, after Weil 1970: of each litter the pups that lived 21 days, of those alive on
        // day 4; the effects as the R package PF gives them for it.
        let control = clusters(&[
            (13, 13),
            (12, 12),
            (9, 9),
            (9, 9),
            (8, 8),
            (8, 8),
            (12, 13),
            (11, 12),
            (9, 10),
            (9, 10),
            (8, 9),
            (11, 13),
            (4, 5),
            (5, 7),
            (7, 10),
            (7, 10),
        ]);
        let treated = clusters(&[
            (12, 12),
            (11, 11),
            (10, 10),
            (9, 9),
            (10, 11),
            (9, 10),
            (9, 10),
            (8, 9),
            (8, 9),
            (4, 5),
            (7, 9),
            (4, 7),
            (5, 10),
            (3, 6),
            (3, 10),
            (0, 7),
        ]);
        let effect = |group: Clusters| {
            let share = group.rate.share().unwrap_or_default();
            group.scatter().unwrap_or_default() / (group.rate.of() as f64 * share * (1.0 - share))
        };
        assert!((effect(control) - 1.232_495).abs() < 5e-7, "{}", effect(control));
        assert!((effect(treated) - 3.952_861).abs() < 5e-7, "{}", effect(treated));
    }

    #[test]
    fn without_scatter_it_is_the_difference_of_independent_shares_but_for_the_number_of_clusters() {
        let (a, b) = (clusters(&[(45, 50); 200]), clusters(&[(44, 50); 200]));
        let found = clustered_difference(a, b).expect("enough clusters");
        let plain = super::super::difference(a.rate(), b.rate()).expect("observed");
        assert_eq!(found.design_effect, 1.0);
        assert!((found.difference.interval.low - plain.interval.low).abs() < 1e-4);
    }

    #[test]
    fn one_cluster_on_each_side_tells_nothing() {
        assert_eq!(clustered_difference(clusters(&[(50, 50)]), clusters(&[(0, 50)])), None);
        assert!(clustered_difference(clusters(&[(50, 50)]), clusters(&[(0, 50), (1, 50)])).is_some());
    }

    #[test]
    fn taking_clusters_away_gives_what_was_before() {
        let (a, b) = (clusters(&[(3, 5), (9, 10)]), clusters(&[(1, 7)]));
        assert_eq!((a + b).without(b), a);
        assert_eq!([a, b].into_iter().sum::<Clusters>().count(), 3);
    }
}
