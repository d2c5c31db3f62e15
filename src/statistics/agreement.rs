//! Whether auditors who judged the same thing judged it alike.

use std::collections::{BTreeMap, BTreeSet};

#[cfg(doc)]
use super::ENOUGH;
use super::FALSE_DISCOVERIES;
use super::comparison::{benjamini_hochberg, exact_test};
use super::rate::Rate;

/// What auditors made of the same things. A *unit* is one thing judged on one occasion; an auditor puts it into a category
/// (0, 1, 2, …).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ratings {
    /// Of the units that two or more judged: how many of them put it into each category, and how many units are so.
    shared: BTreeMap<Vec<u64>, u64>,
    /// How many units one auditor alone put into each category.
    alone: Vec<u64>,
    /// Who judged a shared unit.
    auditors: BTreeSet<usize>,
    /// Of the shared units of two: the category of the auditor with the lower number, then the other's, and how many units
    /// are so.
    pairs: BTreeMap<(usize, usize), u64>,
}

/// Why a coefficient has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Undefined {
    /// No unit was judged by two.
    NothingShared,
    /// Everybody put everything into one category, so that chance alone explains all of it.
    NoVariation,
    /// The coefficient is for two auditors.
    NotTwoAuditors,
    /// The coefficient needs as many judgements of each unit.
    UnequalNumbers,
}

impl Undefined {
    /// The word for it in JSON and in interface keys.
    pub fn word(self) -> &'static str {
        match self {
            Undefined::NothingShared => "nothing-shared",
            Undefined::NoVariation => "no-variation",
            Undefined::NotTwoAuditors => "not-two-auditors",
            Undefined::UnequalNumbers => "unequal-numbers",
        }
    }
}

impl Ratings {
    /// Adds a unit: for each auditor who judged it, a number that is the auditor's own, and the category.
    pub fn add(&mut self, unit: &[(usize, usize)]) {
        let count = |counts: &mut Vec<u64>, category: usize| {
            counts.resize(counts.len().max(category + 1), 0);
            counts[category] += 1;
        };
        match *unit {
            [] => {}
            [(_, category)] => count(&mut self.alone, category),
            _ => {
                let mut counts = Vec::new();
                unit.iter().for_each(|(_, category)| count(&mut counts, *category));
                *self.shared.entry(counts).or_default() += 1;
                self.auditors.extend(unit.iter().map(|(auditor, _)| *auditor));
            }
        }
        if let [first, second] = *unit {
            let (lower, higher) = if first.0 < second.0 { (first, second) } else { (second, first) };
            *self.pairs.entry((lower.1, higher.1)).or_default() += 1;
        }
    }

    /// Adds the units of others, whose auditors have the same numbers.
    pub fn merge(&mut self, other: &Ratings) {
        for (row, units) in &other.shared {
            *self.shared.entry(row.clone()).or_default() += units;
        }
        self.alone.resize(self.alone.len().max(other.alone.len()), 0);
        self.alone.iter_mut().zip(&other.alone).for_each(|(units, more)| *units += more);
        self.auditors.extend(&other.auditors);
        for (pair, units) in &other.pairs {
            *self.pairs.entry(*pair).or_default() += units;
        }
    }

    /// How many units two or more auditors judged.
    pub fn units(&self) -> u64 {
        self.shared.values().sum()
    }

    /// How many of those all of their auditors put into one category, out of all of them.
    pub fn unanimous(&self) -> Rate {
        let alike = |row: &[u64]| row.iter().filter(|count| **count > 0).count() == 1;
        Rate::new(self.shared.iter().filter(|(row, _)| alike(row)).map(|(_, units)| units).sum(), self.units())
    }

    /// Which of several things their auditors disagree about more often than about all the others, by more than chance: from
    /// [`ENOUGH`] units on, by the share of units that are unanimous, all of them considered.
    pub fn disputed_more(all: &[Ratings]) -> Vec<bool> {
        let shares: Vec<Rate> = all.iter().map(Ratings::unanimous).collect();
        let sum: Rate = shares.iter().copied().sum();
        let p = |own: &Rate| {
            let others = Rate::new(sum.met() - own.met(), sum.of() - own.of());
            let is_lower = own.share()? < others.share()?;
            if own.is_few() || others.is_few() { None } else { Some((exact_test(*own, others)?, is_lower)) }
        };
        let tested: Vec<Option<(f64, bool)>> = shares.iter().map(p).collect();
        let probabilities: Vec<f64> = tested.iter().flatten().map(|(p, _)| *p).collect();
        let mut rejected = benjamini_hochberg(&probabilities, FALSE_DISCOVERIES).into_iter();
        tested
            .iter()
            .map(|tested| tested.is_some_and(|(_, is_lower)| rejected.next() == Some(true) && is_lower))
            .collect()
    }

    /// How many auditors judged one of those.
    pub fn auditors(&self) -> usize {
        self.auditors.len()
    }

    /// The units that two or more judged: how they were judged, by how many, and how many units were judged so. In an order of
    /// their own: a sum of fractions differs in its last digit by the order, and a figure must not by what the units are
    /// called.
    fn shared(&self) -> impl Iterator<Item = (&[u64], f64, f64)> {
        self.shared.iter().map(|(row, units)| (row.as_slice(), row.iter().sum::<u64>() as f64, *units as f64))
    }

    /// How many judgements of shared units fell into each category.
    fn totals(&self) -> Vec<u64> {
        let mut totals = vec![0; self.shared.keys().map(Vec::len).max().unwrap_or(0)];
        for (row, units) in &self.shared {
            totals.iter_mut().zip(row).for_each(|(total, count)| *total += count * units);
        }
        totals
    }

    fn check(&self) -> Result<(), Undefined> {
        match () {
            () if self.shared.is_empty() => Err(Undefined::NothingShared),
            () if self.totals().iter().filter(|total| **total > 0).count() < 2 => Err(Undefined::NoVariation),
            () => Ok(()),
        }
    }

    /// The share of agreeing pairs of auditors, each unit counting the same; for two auditors, the share of units that
    /// they put into the same category. None where nothing was judged by two.
    ///
    /// Source: "overall extent of agreement" of J. L. Fleiss, "Measuring nominal scale agreement among many raters",
    /// Psychological Bulletin 76 (1971) 378–382, there for equal numbers.
    pub fn percent(&self) -> Option<f64> {
        let (units, sum) = self.shared().fold((0.0, 0.0), |(all, sum), (row, judged, units)| {
            let agreeing: f64 = row.iter().map(|count| *count as f64 * (*count as f64 - 1.0)).sum();
            (all + units, sum + units * agreeing / (judged * (judged - 1.0)))
        });
        (units > 0.0).then(|| sum / units)
    }

    /// Cohen's kappa of two auditors.
    ///
    /// Source: J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20
    /// (1960) 37–46.
    ///
    /// # Errors
    /// Why it is undefined.
    pub fn cohen_kappa(&self) -> Result<f64, Undefined> {
        self.check()?;
        if self.auditors.len() != 2 {
            return Err(Undefined::NotTwoAuditors);
        }
        let all = self.pairs.values().sum::<u64>() as f64;
        let share = |fits: &dyn Fn(&(usize, usize)) -> bool| {
            let fitting = self.pairs.iter().filter(|(pair, _)| fits(pair)).map(|(_, units)| units);
            fitting.sum::<u64>() as f64 / all
        };
        let (mut observed, mut expected) = (0.0, 0.0);
        for category in 0..self.totals().len() {
            observed += share(&|pair| *pair == (category, category));
            expected += share(&|pair| pair.0 == category) * share(&|pair| pair.1 == category);
        }
        Ok(beyond_chance(observed, expected))
    }

    /// Fleiss' kappa of several auditors, who need not be the same ones for each unit but must be as many.
    ///
    /// Source: J. L. Fleiss, "Measuring nominal scale agreement among many raters", Psychological Bulletin 76 (1971)
    /// 378–382.
    ///
    /// # Errors
    /// Why it is undefined.
    pub fn fleiss_kappa(&self) -> Result<f64, Undefined> {
        self.check()?;
        let judged: Vec<f64> = self.shared().map(|(_, judged, _)| judged).collect();
        if judged.windows(2).any(|two| two[0] != two[1]) {
            return Err(Undefined::UnequalNumbers);
        }
        let all: f64 = self.shared().map(|(_, judged, units)| judged * units).sum();
        let expected: f64 = self.totals().iter().map(|total| (*total as f64 / all).powi(2)).sum();
        Ok(beyond_chance(self.percent().unwrap_or_default(), expected))
    }

    /// Krippendorff's alpha for nominal data: any number of auditors, any of them missing at any unit.
    ///
    /// Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (University of Pennsylvania, 2011), D.
    ///
    /// # Errors
    /// Why it is undefined.
    pub fn krippendorff_alpha(&self) -> Result<f64, Undefined> {
        self.check()?;
        let counts =
            self.shared().flat_map(|(row, judged, units)| row.iter().map(move |count| (*count as f64, judged, units)));
        let agreeing: f64 = counts.map(|(count, judged, units)| units * count * (count - 1.0) / (judged - 1.0)).sum();
        let totals: Vec<f64> = self.totals().into_iter().map(|total| total as f64).collect();
        let all: f64 = totals.iter().sum();
        let expected: f64 = totals.iter().map(|total| total * (total - 1.0)).sum::<f64>() / (all * (all - 1.0));
        Ok(beyond_chance(agreeing / all, expected))
    }

    /// Gwet's AC1: any number of auditors, any of them missing; it stays meaningful where nearly everything is met, which
    /// makes kappa collapse. What one auditor judged alone counts for how common a category is, and for nothing else.
    ///
    /// Source: K. L. Gwet, "Computing inter-rater reliability and its variance in the presence of high agreement",
    /// British Journal of Mathematical and Statistical Psychology 61 (2008) 29–48; missing judgements as in his "Handbook
    /// of Inter-Rater Reliability", 4th ed. (2014), chapter 2, and as `gwet.ac1.raw` of his package irrCAC computes it.
    ///
    /// # Errors
    /// Why it is undefined.
    pub fn gwet_ac1(&self) -> Result<f64, Undefined> {
        self.check()?;
        let mut shares: Vec<f64> = self.alone.iter().map(|units| *units as f64).collect();
        shares.resize(shares.len().max(self.totals().len()), 0.0);
        for (row, judged, units) in self.shared() {
            shares.iter_mut().zip(row).for_each(|(share, count)| *share += units * *count as f64 / judged);
        }
        let units = (self.units() + self.alone.iter().sum::<u64>()) as f64;
        let in_use = shares.iter().filter(|share| **share > 0.0).count() as f64;
        let spread: f64 = shares.iter().map(|share| share / units * (1.0 - share / units)).sum();
        Ok(beyond_chance(self.percent().unwrap_or_default(), spread / (in_use - 1.0)))
    }
}

/// The part of agreement beyond chance, of what chance leaves open.
fn beyond_chance(observed: f64, expected: f64) -> f64 {
    (observed - expected) / (1.0 - expected)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn near(actual: Result<f64, Undefined>, wanted: f64) {
        assert!(actual.is_ok_and(|actual| (actual - wanted).abs() < 5e-7), "{actual:?} for {wanted}");
    }

    /// From rows of units, with a place for each auditor.
    fn of_rows<const AUDITORS: usize>(units: &[[Option<usize>; AUDITORS]]) -> Ratings {
        let mut ratings = Ratings::default();
        for row in units {
            let judged = row.iter().enumerate().filter_map(|(auditor, category)| Some((auditor, (*category)?)));
            ratings.add(&judged.collect::<Vec<_>>());
        }
        ratings
    }

    /// From a table of two auditors: units that the first put into the row's category and the second into the column's.
    fn of_table(table: [[usize; 2]; 2]) -> Ratings {
        let units =
            |(first, second): (usize, usize)| std::iter::repeat_n([Some(first), Some(second)], table[first][second]);
        of_rows(&[(0, 0), (0, 1), (1, 0), (1, 1)].into_iter().flat_map(units).collect::<Vec<_>>())
    }

    /// Krippendorff 2011, example C: 4 auditors, 12 units; 0 stands for a missing judgement.
    const FOUR_AND_TWELVE: [[usize; 12]; 4] = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
        [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ];

    fn four_and_twelve(category: impl Fn(usize) -> usize) -> Ratings {
        let unit = |unit: usize| FOUR_AND_TWELVE.map(|row| (row[unit] > 0).then(|| category(row[unit])));
        of_rows(&std::array::from_fn::<_, 12, _>(unit))
    }

    #[test]
    fn two_auditors_are_what_is_published() {
        let table = of_table([[20, 5], [10, 15]]);
        assert_eq!((table.units(), table.percent()), (50, Some(0.7)));
        near(table.cohen_kappa(), 0.4);
        near(table.gwet_ac1(), 0.405_941);
        // Much agreement, little kappa: the case that AC1 was made for.
        let table = of_table([[80, 10], [5, 5]]);
        near(table.cohen_kappa(), 0.318_182);
        near(table.gwet_ac1(), 0.808);
    }

    #[test]
    fn fourteen_auditors_are_what_is_published() {
        // Fleiss' worked example as widely reprinted: 10 units, 14 auditors, 5 categories.
        let counts = [
            [0, 0, 0, 0, 14],
            [0, 2, 6, 4, 2],
            [0, 0, 3, 5, 6],
            [0, 3, 9, 2, 0],
            [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0],
            [3, 2, 6, 3, 0],
            [2, 5, 3, 2, 2],
            [6, 5, 2, 1, 0],
            [0, 2, 2, 3, 7],
        ];
        let mut ratings = Ratings::default();
        for row in counts {
            let categories = (0..5).flat_map(|category| std::iter::repeat_n(category, row[category]));
            ratings.add(&categories.enumerate().collect::<Vec<_>>());
        }
        near(ratings.fleiss_kappa(), 0.209_931);
        assert_eq!(ratings.cohen_kappa(), Err(Undefined::NotTwoAuditors));
    }

    #[test]
    fn missing_judgements_are_what_is_published() {
        let ratings = four_and_twelve(|category| category);
        near(ratings.krippendorff_alpha(), 0.743_421);
        assert!(ratings.gwet_ac1().is_ok_and(|ac1| (ac1 - 0.775_44).abs() < 5e-6));
        assert_eq!(ratings.fleiss_kappa(), Err(Undefined::UnequalNumbers));
        assert_eq!(ratings.units(), 11, "one unit has one judgement");
        // irrCAC, category 1 against the rest: the unit that one auditor judged is part of how common each is.
        let first = four_and_twelve(|category| usize::from(category == 1));
        assert!(first.gwet_ac1().is_ok_and(|ac1| (ac1 - 0.854_55).abs() < 5e-6), "{:?}", first.gwet_ac1());
    }

    #[test]
    fn no_variation_leaves_the_per_cent_only() {
        let ratings = of_rows(&[[Some(1), Some(1)], [Some(1), Some(1)]]);
        assert_eq!(ratings.percent(), Some(1.0));
        for coefficient in
            [ratings.cohen_kappa(), ratings.fleiss_kappa(), ratings.krippendorff_alpha(), ratings.gwet_ac1()]
        {
            assert_eq!(coefficient, Err(Undefined::NoVariation));
        }
        // What one saw alone is no variation between them.
        let ratings = of_rows(&[[Some(1), Some(1)], [Some(0), None]]);
        assert_eq!(ratings.gwet_ac1(), Err(Undefined::NoVariation));
    }

    #[test]
    fn nothing_judged_by_two_has_no_agreement() {
        for ratings in [of_rows::<2>(&[]), of_rows(&[[Some(1), None], [None, Some(0)]]), Ratings::default()] {
            assert_eq!(ratings.percent(), None);
            assert_eq!(ratings.krippendorff_alpha(), Err(Undefined::NothingShared));
            assert_eq!(ratings.gwet_ac1(), Err(Undefined::NothingShared));
        }
        assert_eq!(of_rows(&[[Some(1), None]]).cohen_kappa(), Err(Undefined::NothingShared));
    }

    #[test]
    fn a_unit_is_unanimous_when_all_of_its_auditors_agree() {
        let rows =
            [[Some(1), Some(1), None], [Some(0), Some(0), Some(0)], [Some(1), Some(1), Some(0)], [Some(1), None, None]];
        assert_eq!(of_rows(&rows).unanimous(), Rate::new(2, 3));
    }

    #[test]
    fn what_is_read_differently_stands_out_from_the_rest() {
        let units = |alike: usize, unlike: usize| {
            let mut rows = vec![[Some(1), Some(1)]; alike];
            rows.extend(vec![[Some(1), Some(0)]; unlike]);
            of_rows(&rows)
        };
        let all = [units(40, 1), units(2, 6), units(30, 2), units(0, 4), units(0, 0), units(6, 0)];
        assert_eq!(Ratings::disputed_more(&all), [false, true, false, false, false, false], "four are too few");
        assert_eq!(Ratings::disputed_more(&[units(2, 6)]), [false], "there is nothing to stand out from");
    }

    #[test]
    fn always_disagreeing_is_worse_than_chance() {
        let ratings = of_rows(&[[Some(0), Some(1)], [Some(1), Some(0)]]);
        assert_eq!(ratings.percent(), Some(0.0));
        near(ratings.cohen_kappa(), -1.0);
        assert!(ratings.krippendorff_alpha().is_ok_and(|alpha| alpha < 0.0));
    }

    fn ratings() -> impl Strategy<Value = Vec<[Option<usize>; 3]>> {
        prop::collection::vec(prop::array::uniform3(prop::option::weighted(0.8, 0usize..3)), 1..40)
    }

    proptest! {
        #[test]
        fn no_coefficient_exceeds_one_or_is_no_number(units in ratings()) {
            let ratings = of_rows(&units);
            for value in [ratings.fleiss_kappa(), ratings.krippendorff_alpha(), ratings.gwet_ac1()].into_iter().flatten() {
                prop_assert!(value.is_finite() && value <= 1.0 + 1e-12, "{}", value);
            }
            if ratings.percent() == Some(1.0) && ratings.check().is_ok() {
                prop_assert!(ratings.krippendorff_alpha().is_ok_and(|alpha| (alpha - 1.0).abs() < 1e-12));
                prop_assert!(ratings.gwet_ac1().is_ok_and(|ac1| (ac1 - 1.0).abs() < 1e-12));
            }
        }

        #[test]
        fn names_of_categories_and_auditors_do_not_matter(units in ratings()) {
            let other = |unit: &[Option<usize>; 3]| {
                let [a, b, c] = unit.map(|given| given.map(|category| (category + 1) % 3));
                [c, a, b]
            };
            let (straight, turned) = (of_rows(&units), of_rows(&units.iter().map(other).collect::<Vec<_>>()));
            let near = |a: Result<f64, Undefined>, b: Result<f64, Undefined>| match (a, b) {
                (Ok(a), Ok(b)) => (a - b).abs() < 1e-9,
                (a, b) => a == b,
            };
            prop_assert!(near(straight.fleiss_kappa(), turned.fleiss_kappa()));
            prop_assert!(near(straight.krippendorff_alpha(), turned.krippendorff_alpha()));
            prop_assert!(near(straight.gwet_ac1(), turned.gwet_ac1()));
        }
    }
}
