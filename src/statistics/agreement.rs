//! Whether auditors who judged the same thing judged it alike.

/// What auditors said of the same things: a row for each unit, a column for each auditor, a category (0, 1, 2, …) where
/// the auditor judged it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ratings {
    /// For each unit, how many auditors put it into each category.
    counts: Vec<Vec<u64>>,
    /// What each two auditors of a unit said, first column by second; only with two auditors.
    pairs: Option<Vec<Vec<u64>>>,
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
    /// From rows of units, with a place for each auditor; `None` where the auditor did not judge it.
    pub fn of<const AUDITORS: usize>(units: &[[Option<usize>; AUDITORS]]) -> Self {
        let units: Vec<&[Option<usize>]> = units.iter().map(<[_; AUDITORS]>::as_slice).collect();
        Ratings::of_rows(&units)
    }

    /// As [`Ratings::of`], for any number of auditors; a row that is too short ends in `None`s.
    pub fn of_rows(units: &[&[Option<usize>]]) -> Self {
        let auditors = units.iter().map(|row| row.len()).max().unwrap_or(0);
        let top = units.iter().flat_map(|row| row.iter()).flatten().max();
        let categories = top.map_or(0, |top| top + 1);
        let count = |row: &&[Option<usize>]| {
            let mut counts = vec![0; categories];
            row.iter().flatten().for_each(|category| counts[*category] += 1);
            counts
        };
        let pairs = (auditors == 2).then(|| {
            let mut table = vec![vec![0; categories]; categories];
            for row in units {
                if let [Some(first), Some(second)] = row {
                    table[*first][*second] += 1;
                }
            }
            table
        });
        Ratings { counts: units.iter().map(count).collect(), pairs }
    }

    /// From a table of two auditors: units that the first put into the row's category and the second into the column's.
    pub fn of_two(table: &[Vec<u64>]) -> Self {
        let categories = table.iter().map(Vec::len).chain([table.len()]).max().unwrap_or(0);
        let mut counts = Vec::new();
        let mut square = vec![vec![0; categories]; categories];
        for (first, row) in table.iter().enumerate() {
            for (second, units) in row.iter().enumerate() {
                let mut count = vec![0; categories];
                count[first] += 1;
                count[second] += 1;
                counts.extend(std::iter::repeat_n(count, usize::try_from(*units).unwrap_or(usize::MAX)));
                square[first][second] = *units;
            }
        }
        Ratings { counts, pairs: Some(square) }
    }

    /// From the number of auditors that put each unit (row) into each category (column), whoever they were.
    pub fn of_counts(counts: Vec<Vec<u64>>) -> Self {
        let categories = counts.iter().map(Vec::len).max().unwrap_or(0);
        let widen = |mut row: Vec<u64>| {
            row.resize(categories, 0);
            row
        };
        Ratings { counts: counts.into_iter().map(widen).collect(), pairs: None }
    }

    /// How many units two or more auditors judged.
    pub fn units(&self) -> usize {
        self.shared().count()
    }

    /// The units that two or more judged, each with how many did.
    fn shared(&self) -> impl Iterator<Item = (&[u64], f64)> {
        let sized = self.counts.iter().map(|row| (row.as_slice(), row.iter().sum::<u64>() as f64));
        sized.filter(|(_, judged)| *judged >= 2.0)
    }

    fn categories(&self) -> usize {
        self.counts.first().map_or(0, Vec::len)
    }

    /// Whether those who judged the same things ever said anything but one thing.
    fn varies(&self) -> bool {
        let used = |category: usize| self.shared().any(|(row, _)| row[category] > 0);
        (0..self.categories()).filter(|category| used(*category)).count() > 1
    }

    fn check(&self) -> Result<(), Undefined> {
        match () {
            () if self.units() == 0 => Err(Undefined::NothingShared),
            () if !self.varies() => Err(Undefined::NoVariation),
            () => Ok(()),
        }
    }

    /// The share of agreeing pairs of auditors, each unit counting the same; for two auditors, the share of units that
    /// they put into the same category. None where nothing was judged by two.
    ///
    /// Source: "overall extent of agreement" of J. L. Fleiss, "Measuring nominal scale agreement among many raters",
    /// Psychological Bulletin 76 (1971) 378–382, there for equal numbers.
    pub fn percent(&self) -> Option<f64> {
        let (units, sum) = self.shared().fold((0.0, 0.0), |(units, sum), (row, judged)| {
            let agreeing: f64 = row.iter().map(|count| *count as f64 * (*count as f64 - 1.0)).sum();
            (units + 1.0, sum + agreeing / (judged * (judged - 1.0)))
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
        let table = self.pairs.as_ref().ok_or(Undefined::NotTwoAuditors)?;
        self.check()?;
        let all: f64 = table.iter().flatten().sum::<u64>() as f64;
        let (mut observed, mut expected) = (0.0, 0.0);
        for (category, row) in table.iter().enumerate() {
            let first: u64 = row.iter().sum();
            let second: u64 = table.iter().map(|row| row[category]).sum();
            observed += row[category] as f64 / all;
            expected += (first as f64 / all) * (second as f64 / all);
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
        let judged: Vec<f64> = self.shared().map(|(_, judged)| judged).collect();
        if judged.windows(2).any(|two| two[0] != two[1]) {
            return Err(Undefined::UnequalNumbers);
        }
        let all: f64 = judged.iter().sum();
        let share = |category: usize| self.shared().map(|(row, _)| row[category] as f64).sum::<f64>() / all;
        let expected: f64 = (0..self.categories()).map(|category| share(category).powi(2)).sum();
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
        let mut totals = vec![0.0; self.categories()];
        let mut agreeing = 0.0;
        for (row, judged) in self.shared() {
            for (total, count) in totals.iter_mut().zip(row) {
                let count = *count as f64;
                *total += count;
                agreeing += count * (count - 1.0) / (judged - 1.0);
            }
        }
        let all: f64 = totals.iter().sum();
        let expected: f64 = totals.iter().map(|total| total * (total - 1.0)).sum::<f64>() / (all * (all - 1.0));
        Ok(beyond_chance(agreeing / all, expected))
    }

    /// Gwet's AC1: any number of auditors, any of them missing; it stays meaningful where nearly everything is met, which
    /// makes kappa collapse. What one auditor judged alone counts for how common a category is.
    ///
    /// Source: K. L. Gwet, "Computing inter-rater reliability and its variance in the presence of high agreement",
    /// British Journal of Mathematical and Statistical Psychology 61 (2008) 29–48; missing judgements as in his "Handbook
    /// of Inter-Rater Reliability", 4th ed. (2014), chapter 2.
    ///
    /// # Errors
    /// Why it is undefined.
    pub fn gwet_ac1(&self) -> Result<f64, Undefined> {
        self.check()?;
        let judged = self.counts.iter().filter(|row| row.iter().any(|count| *count > 0));
        let (mut units, mut shares) = (0.0, vec![0.0; self.categories()]);
        for row in judged {
            let all = row.iter().sum::<u64>() as f64;
            units += 1.0;
            shares.iter_mut().zip(row).for_each(|(share, count)| *share += *count as f64 / all);
        }
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

    fn near(found: Result<f64, Undefined>, wanted: f64) {
        assert!(found.is_ok_and(|found| (found - wanted).abs() < 5e-7), "{found:?} for {wanted}");
    }

    #[test]
    fn two_auditors_are_what_is_published() {
        let table = Ratings::of_two(&[vec![20, 5], vec![10, 15]]);
        assert_eq!((table.units(), table.percent()), (50, Some(0.7)));
        near(table.cohen_kappa(), 0.4);
        near(table.gwet_ac1(), 0.405_941);
        // Much agreement, little kappa: the case that AC1 was made for.
        let table = Ratings::of_two(&[vec![80, 10], vec![5, 5]]);
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
        let ratings = Ratings::of_counts(counts.iter().map(|row| row.to_vec()).collect());
        near(ratings.fleiss_kappa(), 0.209_931);
        assert_eq!(ratings.cohen_kappa(), Err(Undefined::NotTwoAuditors));
    }

    #[test]
    fn missing_judgements_are_what_is_published() {
        // Krippendorff 2011, example C: 4 auditors, 12 units; 0 stands for a missing judgement.
        let auditors = [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
            [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
        ];
        let unit = |at: usize| auditors.map(|row: [usize; 12]| row[at].checked_sub(1));
        let ratings = Ratings::of(&std::array::from_fn::<_, 12, _>(unit));
        near(ratings.krippendorff_alpha(), 0.743_421);
        assert!(ratings.gwet_ac1().is_ok_and(|ac1| (ac1 - 0.775_44).abs() < 5e-6));
        assert_eq!(ratings.fleiss_kappa(), Err(Undefined::UnequalNumbers));
        assert_eq!(ratings.units(), 11, "one unit has one judgement");
    }

    #[test]
    fn no_variation_leaves_the_per_cent_only() {
        let ratings = Ratings::of(&[[Some(1), Some(1)], [Some(1), Some(1)]]);
        assert_eq!(ratings.percent(), Some(1.0));
        for found in [ratings.cohen_kappa(), ratings.fleiss_kappa(), ratings.krippendorff_alpha(), ratings.gwet_ac1()] {
            assert_eq!(found, Err(Undefined::NoVariation));
        }
        // What one saw alone is no variation between them.
        let ratings = Ratings::of(&[[Some(1), Some(1)], [Some(0), None]]);
        assert_eq!(ratings.gwet_ac1(), Err(Undefined::NoVariation));
    }

    #[test]
    fn nothing_judged_by_two_has_no_agreement() {
        for ratings in [Ratings::of::<2>(&[]), Ratings::of(&[[Some(1), None], [None, Some(0)]]), Ratings::default()] {
            assert_eq!(ratings.percent(), None);
            assert_eq!(ratings.krippendorff_alpha(), Err(Undefined::NothingShared));
            assert_eq!(ratings.gwet_ac1(), Err(Undefined::NothingShared));
        }
        assert_eq!(Ratings::of(&[[Some(1), None]]).cohen_kappa(), Err(Undefined::NothingShared));
    }

    #[test]
    fn always_disagreeing_is_worse_than_chance() {
        let ratings = Ratings::of(&[[Some(0), Some(1)], [Some(1), Some(0)]]);
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
            let found = Ratings::of(&units);
            for value in [found.fleiss_kappa(), found.krippendorff_alpha(), found.gwet_ac1()].into_iter().flatten() {
                prop_assert!(value.is_finite() && value <= 1.0 + 1e-12, "{}", value);
            }
            if found.units() > 0 && found.percent() == Some(1.0) && found.varies() {
                prop_assert!(found.krippendorff_alpha().is_ok_and(|alpha| (alpha - 1.0).abs() < 1e-12));
                prop_assert!(found.gwet_ac1().is_ok_and(|ac1| (ac1 - 1.0).abs() < 1e-12));
            }
        }

        #[test]
        fn names_of_categories_and_auditors_do_not_matter(units in ratings()) {
            let other = |unit: &[Option<usize>; 3]| {
                let [a, b, c] = unit.map(|one| one.map(|category| (category + 1) % 3));
                [c, a, b]
            };
            let (there, turned) = (Ratings::of(&units), Ratings::of(&units.iter().map(other).collect::<Vec<_>>()));
            let near = |a: Result<f64, Undefined>, b: Result<f64, Undefined>| match (a, b) {
                (Ok(a), Ok(b)) => (a - b).abs() < 1e-9,
                (a, b) => a == b,
            };
            prop_assert!(near(there.fleiss_kappa(), turned.fleiss_kappa()));
            prop_assert!(near(there.krippendorff_alpha(), turned.krippendorff_alpha()));
            prop_assert!(near(there.gwet_ac1(), turned.gwet_ac1()));
        }

        #[test]
        fn a_table_of_two_says_what_its_units_say(table in prop::array::uniform4(0u64..20)) {
            let [a, b, c, d] = table;
            let mut units = Vec::new();
            for (first, second, times) in [(0, 0, a), (0, 1, b), (1, 0, c), (1, 1, d)] {
                units.extend(std::iter::repeat_n([Some(first), Some(second)], times as usize));
            }
            let (of_table, of_units) = (Ratings::of_two(&[vec![a, b], vec![c, d]]), Ratings::of(&units));
            prop_assert_eq!(of_table.cohen_kappa(), of_units.cohen_kappa());
            prop_assert_eq!(of_table.gwet_ac1(), of_units.gwet_ac1());
            prop_assert_eq!(of_table.krippendorff_alpha(), of_units.krippendorff_alpha());
        }
    }
}
