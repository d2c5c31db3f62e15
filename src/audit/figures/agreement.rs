//! Whether auditors who judged the same thing judged it alike, standard by standard and over all of them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::statistics::{ENOUGH, Ratings, Undefined};

/// How far auditors agreed on a standard. A low value is a fault of its wording before it is one of the auditors.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StandardAgreement {
    /// Id of the standard.
    pub standard: String,
    /// How far they agreed.
    #[serde(flatten)]
    pub agreement: Agreement,
    /// Whether its auditors agree less often than those of all other standards, by more than chance: from 5 units on, all
    /// standards considered (Fisher's exact test; Benjamini and Hochberg, 5 %).
    pub stands_out: bool,
}

/// How far auditors agreed. A unit is one wording of a standard in one visit: records share a visit where they name the
/// same one at the same site.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Agreement {
    /// How many auditors shared units.
    pub auditors: usize,
    /// Units that two or more judged.
    pub units: u64,
    /// Share of agreeing pairs of auditors.
    pub percent: Option<f64>,
    /// Cohen's kappa; for two auditors.
    pub cohen_kappa: Option<f64>,
    /// Fleiss' kappa; for more than two, where each unit was judged by as many.
    pub fleiss_kappa: Option<f64>,
    /// Krippendorff's alpha for nominal data.
    pub krippendorff_alpha: Option<f64>,
    /// Gwet's AC1; units that one auditor judged count for how common it is to meet the standard.
    pub gwet_ac1: Option<f64>,
    /// Why a coefficient is undefined: `no-variation` where everything was judged alike, so that chance would explain
    /// all of it; `unequal-numbers` where Fleiss' kappa wants as many auditors for each unit.
    pub why: Option<&'static str>,
}

/// The agreement on each standard that two or more auditors judged in one visit, and on all standards together.
pub(super) fn agreement(ids: &[String], ratings: &[Ratings]) -> (Vec<StandardAgreement>, Option<Agreement>) {
    let mut pooled = Ratings::default();
    ratings.iter().for_each(|ratings| pooled.merge(ratings));
    let of_standard = |((id, ratings), stands_out): ((&String, &Ratings), bool)| {
        Some(StandardAgreement { standard: id.clone(), agreement: Agreement::of(ratings)?, stands_out })
    };
    let of_standards = ids.iter().zip(ratings).zip(Ratings::disputed_more(ratings)).filter_map(of_standard).collect();
    (of_standards, Agreement::of(&pooled))
}

impl Agreement {
    /// None where no unit was judged by two.
    fn of(ratings: &Ratings) -> Option<Self> {
        let percent = Some(ratings.percent()?);
        // A coefficient that is not meant for so many auditors is no loss worth a reason.
        let fleiss = if ratings.auditors() == 2 { None } else { Some(ratings.fleiss_kappa()) };
        let (alpha, ac1) = (ratings.krippendorff_alpha(), ratings.gwet_ac1());
        let why = [alpha, ac1, fleiss.unwrap_or(Ok(0.0))].into_iter().find_map(Result::err);
        Some(Agreement {
            auditors: ratings.auditors(),
            units: ratings.units(),
            percent,
            cohen_kappa: ratings.cohen_kappa().ok(),
            fleiss_kappa: fleiss.and_then(Result::ok),
            krippendorff_alpha: alpha.ok(),
            gwet_ac1: ac1.ok(),
            why: why.map(Undefined::word),
        })
    }

    /// Whether too few units were shared for their agreement to say anything.
    pub fn is_few(&self) -> bool {
        self.units < ENOUGH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(units: &[&[(usize, usize)]]) -> Agreement {
        let mut ratings = Ratings::default();
        units.iter().for_each(|unit| ratings.add(unit));
        Agreement::of(&ratings).expect("shared units")
    }

    #[test]
    fn two_auditors_who_always_say_met_agree_and_prove_nothing() {
        let found = of(&[&[(3, 1), (5, 1)], &[(3, 1), (5, 1)]]);
        assert_eq!((found.auditors, found.units, found.percent), (2, 2, Some(1.0)));
        assert_eq!((found.cohen_kappa, found.krippendorff_alpha, found.gwet_ac1), (None, None, None));
        assert_eq!(found.why, Some("no-variation"));
    }

    #[test]
    fn two_have_cohen_and_three_have_fleiss() {
        let two = of(&[&[(0, 1), (1, 1)], &[(0, 0), (1, 0)]]);
        assert_eq!((two.cohen_kappa, two.fleiss_kappa, two.why), (Some(1.0), None, None));
        let three = of(&[&[(0, 1), (1, 1), (2, 1)], &[(0, 0), (1, 0), (2, 1)]]);
        assert_eq!((three.auditors, three.cohen_kappa), (3, None));
        assert!(three.fleiss_kappa.is_some() && three.krippendorff_alpha.is_some() && three.why.is_none());
    }

    #[test]
    fn unequal_numbers_leave_alpha() {
        let found = of(&[&[(0, 1), (1, 1), (2, 1)], &[(0, 0), (1, 1)]]);
        assert_eq!((found.fleiss_kappa, found.why), (None, Some("unequal-numbers")));
        assert!(found.krippendorff_alpha.is_some());
    }
}
