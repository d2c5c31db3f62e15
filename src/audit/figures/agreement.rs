//! Whether auditors who judged the same thing judged it alike, standard by standard.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::gather::Gathered;
use super::selection::Selection;
use crate::audit::{Answer, Audits, Wording};
use crate::statistics::{Ratings, Undefined};

/// How far auditors agreed on a standard. A low value is a fault of its wording before it is one of the auditors.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Agreement {
    /// Id of the standard.
    pub standard: String,
    /// How many auditors shared units.
    pub auditors: usize,
    /// Units (the standard at one site in one visit, or on one day where no visit is named) that two or more judged.
    pub units: usize,
    /// Share of agreeing pairs of auditors.
    pub percent: Option<f64>,
    /// Cohen's kappa; for two auditors.
    pub cohen_kappa: Option<f64>,
    /// Fleiss' kappa; for more than two, where each unit was judged by as many.
    pub fleiss_kappa: Option<f64>,
    /// Krippendorff's alpha for nominal data.
    pub krippendorff_alpha: Option<f64>,
    /// Gwet's AC1.
    pub gwet_ac1: Option<f64>,
    /// Why a coefficient is undefined: `no-variation` where everything was judged alike, so that chance would explain
    /// all of it; `unequal-numbers` where Fleiss' kappa wants as many auditors for each unit.
    pub why: Option<&'static str>,
}

/// A judged item of a visit: standard, number of an earlier stamp, auditor, whether met. In this order it sorts by unit.
type Judged = (u32, Option<u32>, usize, bool);

/// What auditors said of one unit: each with whether the standard was met.
type Unit = Vec<(usize, bool)>;

pub(super) fn agreement(audits: &Audits, gathered: &Gathered, selection: &Selection<'_>) -> Vec<Agreement> {
    let mut units: BTreeMap<u32, Vec<Unit>> = BTreeMap::new();
    for (records, auditors) in shared_visits(audits, gathered) {
        let mut judged: Vec<Judged> = Vec::new();
        for (at, auditor) in records.iter().zip(auditors) {
            let record = &audits.records[*at];
            let picked = |item: &&crate::audit::Item| item.is_judged() && selection.picks(record, item.standard);
            judged.extend(record.items.iter().filter(picked).map(|item| {
                let former = match item.wording {
                    Wording::Former(stamp) => Some(stamp),
                    Wording::Unsaid | Wording::Current => None,
                };
                (item.standard, former, auditor, item.answer == Answer::Met)
            }));
        }
        judged.sort_unstable();
        for unit in judged.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            // Who judged it twice in one visit saw it met if it was met each time.
            let mut said: Unit = Vec::new();
            for (_, _, auditor, met) in unit {
                match said.last_mut() {
                    Some((last, so_far)) if last == auditor => *so_far &= met,
                    _ => said.push((*auditor, *met)),
                }
            }
            if said.len() > 1 {
                units.entry(unit[0].0).or_default().push(said);
            }
        }
    }
    let id = |standard: u32| audits.ids.get(standard as usize).cloned().unwrap_or_default();
    units.into_iter().map(|(standard, units)| of_standard(id(standard), &units)).collect()
}

/// The records of each visit that more than one auditor made, with a number for each record's auditor.
fn shared_visits(audits: &Audits, gathered: &Gathered) -> Vec<(Vec<usize>, Vec<usize>)> {
    let mut visits: Vec<(Vec<usize>, Vec<usize>)> = vec![Default::default(); gathered.visit_numbers];
    let mut auditors: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, visit) in gathered.records.iter().zip(&gathered.visits) {
        // A round by nobody in particular cannot be told from another's.
        let Some(auditor) = &audits.records[*at].auditor else { continue };
        let next = auditors.len();
        let (records, of_records) = &mut visits[*visit];
        records.push(*at);
        of_records.push(*auditors.entry(auditor).or_insert(next));
    }
    visits.retain(|(_, auditors)| auditors.iter().any(|one| *one != auditors[0]));
    visits
}

fn of_standard(standard: String, units: &[Unit]) -> Agreement {
    let all: Vec<usize> =
        units.iter().flatten().map(|(auditor, _)| *auditor).collect::<BTreeSet<_>>().into_iter().collect();
    let row = |unit: &Unit| -> Vec<Option<usize>> {
        let said = |auditor: &usize| unit.iter().find(|(one, _)| one == auditor).map(|(_, met)| usize::from(*met));
        all.iter().map(said).collect()
    };
    let rows: Vec<Vec<Option<usize>>> = units.iter().map(row).collect();
    let rows: Vec<&[Option<usize>]> = rows.iter().map(Vec::as_slice).collect();
    let ratings = Ratings::of_rows(&rows);
    let two = all.len() == 2;
    let cohen = if two { ratings.cohen_kappa() } else { Err(Undefined::NotTwoAuditors) };
    let fleiss = if two { None } else { Some(ratings.fleiss_kappa()) };
    let (alpha, ac1) = (ratings.krippendorff_alpha(), ratings.gwet_ac1());
    // A coefficient that is not meant for so many auditors is no loss worth a reason.
    let why = [alpha, ac1, fleiss.unwrap_or(Ok(0.0))].into_iter().find_map(Result::err);
    Agreement {
        standard,
        auditors: all.len(),
        units: ratings.units(),
        percent: ratings.percent(),
        cohen_kappa: cohen.ok(),
        fleiss_kappa: fleiss.and_then(Result::ok),
        krippendorff_alpha: alpha.ok(),
        gwet_ac1: ac1.ok(),
        why: why.map(Undefined::word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_auditors_who_always_say_met_agree_and_prove_nothing() {
        let found = of_standard("a".to_owned(), &[vec![(3, true), (5, true)], vec![(3, true), (5, true)]]);
        assert_eq!((found.auditors, found.units, found.percent), (2, 2, Some(1.0)));
        assert_eq!((found.cohen_kappa, found.krippendorff_alpha, found.gwet_ac1), (None, None, None));
        assert_eq!(found.why, Some("no-variation"));
    }

    #[test]
    fn two_have_cohen_and_three_have_fleiss() {
        let two = of_standard("a".to_owned(), &[vec![(0, true), (1, true)], vec![(0, false), (1, false)]]);
        assert_eq!((two.cohen_kappa, two.fleiss_kappa, two.why), (Some(1.0), None, None));
        let units = [vec![(0, true), (1, true), (2, true)], vec![(0, false), (1, false), (2, true)]];
        let three = of_standard("a".to_owned(), &units);
        assert_eq!((three.auditors, three.cohen_kappa), (3, None));
        assert!(three.fleiss_kappa.is_some() && three.krippendorff_alpha.is_some() && three.why.is_none());
    }

    #[test]
    fn unequal_numbers_leave_alpha() {
        let units = [vec![(0, true), (1, true), (2, true)], vec![(0, false), (1, true)]];
        let found = of_standard("a".to_owned(), &units);
        assert_eq!((found.fleiss_kappa, found.why), (None, Some("unequal-numbers")));
        assert!(found.krippendorff_alpha.is_some());
    }
}
