//! What may be told apart: sites and periods, standards over time, auditors.

use std::collections::HashMap;

use super::Builder;
use super::part::{ReportCell, ReportRow, ReportTable, Section};
use crate::audit::figures::{Agreement, Change, Chart, Comparison, Point, StaffFigures, StandardAgreement, Trend};
use crate::document::Prose;
use crate::statistics::Interval;

/// So many trends are drawn; the JSON has all.
const DRAWN: usize = 12;

/// Two groups as a reader compares them.
pub(super) struct SideBySide {
    /// What is compared with: the earlier one, where they are times.
    pub first: Prose,
    /// What is compared with it.
    pub second: Prose,
    /// The share of the second less that of the first.
    pub difference: f64,
    /// Its interval; none where too little was judged.
    pub interval: Option<Interval>,
    /// Whether it is more than chance, all comparisons considered.
    pub established: bool,
}

impl Builder<'_> {
    /// Sites, years and periods, pair by pair.
    pub(super) fn comparisons(&self) -> Section {
        let comparisons = &self.judged.figures.comparisons;
        let section = Section::new("comparisons", self.text("report.section.comparisons"));
        if comparisons.is_empty() {
            return section;
        }
        let established = comparisons.iter().filter(|comparison| comparison.established).count();
        let values = [("n", self.n(established as u64)), ("all", self.n(comparisons.len() as u64))];
        let note = self.fill("report.comparison.note", &values.each_ref().map(|(name, value)| (*name, value.as_str())));
        // What is established is what one looks for.
        let mut sorted: Vec<&Comparison> = comparisons.iter().collect();
        sorted.sort_by_key(|comparison| !comparison.established);
        let (rows, more) = self.cut(sorted);
        let row = |comparison: &Comparison| {
            let compared = self.side_by_side(comparison);
            ReportRow {
                tone: "",
                cells: vec![
                    ReportCell::prose(compared.first.clone()),
                    ReportCell::prose(compared.second.clone()),
                    // Percentage points, as the column says; none where nothing can be said of it.
                    ReportCell {
                        number: compared.interval.map(|_| (compared.difference * 100.0).round() + 0.0),
                        ..ReportCell::plain(self.difference(&compared))
                    },
                    ReportCell::plain(match comparison.visits {
                        [0..=1, 0..=1] => self.text("report.comparison.few-visits"),
                        _ => self.conclusion(&compared),
                    }),
                    ReportCell::plain(
                        comparison.wordings.map(|n| self.count("report.comparison.wordings", n)).unwrap_or_default(),
                    ),
                ],
            }
        };
        let mut columns = self.columns(&["a", "b", "difference", "conclusion", "remark"]);
        columns[2].kind = "number";
        section.note(note).table(ReportTable {
            columns,
            rows: rows.into_iter().map(row).collect(),
            more,
            ..ReportTable::default()
        })
    }

    /// A comparison as it is read: from the earlier to the later, from all others to the one; the sign is that of the second.
    pub(super) fn side_by_side(&self, comparison: &Comparison) -> SideBySide {
        let named = |key: &str| self.compared(comparison, key);
        let Comparison { dimension, a, b, difference, interval, established, .. } = comparison;
        let (first, second, turn) = match b {
            Some(before) if *dimension == "period" => (named(before), named(a), false),
            Some(b) => (named(a), named(b), true),
            None => (Prose::plain(self.text("report.comparison.others")), named(a), false),
        };
        let turned = |Interval { low, high }: Interval| Interval { low: -high, high: -low };
        SideBySide {
            first,
            second,
            difference: if turn { -difference } else { *difference },
            interval: if turn { interval.map(turned) } else { *interval },
            established: *established,
        }
    }

    fn compared(&self, comparison: &Comparison, key: &str) -> Prose {
        match (comparison.dimension, key.split_once('/')) {
            ("period", Some((from, to))) => {
                let day = |text: &str| text.parse().map_or_else(|_| text.to_owned(), |day| self.date(day));
                Prose::plain(self.fill("report.days", &[("from", &day(from)), ("to", &day(to))]))
            }
            _ => self.group(comparison.dimension, key),
        }
    }

    /// `+12 points (3 to 21)`; a dash below 5 judged on a side.
    pub(super) fn difference(&self, compared: &SideBySide) -> String {
        let Some(interval) = compared.interval else { return "–".to_owned() };
        let points = |share: f64| {
            let points = (share * 100.0).round();
            let sign = if points > 0.0 { "+" } else { "" };
            format!("{sign}{}", self.scope.interface.number(if points == 0.0 { 0.0 } else { points }))
        };
        let values =
            [("d", points(compared.difference)), ("low", points(interval.low)), ("high", points(interval.high))];
        self.fill("report.comparison.points", &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    fn conclusion(&self, compared: &SideBySide) -> String {
        let Some(Interval { low, high }) = compared.interval else { return self.text("report.comparison.few") };
        let key = match compared.established {
            // Alone it would be more than chance; of so many, some are.
            false if low > 0.0 || high < 0.0 => return self.text("report.comparison.alike-of-many"),
            false => return self.text("report.comparison.alike"),
            true if compared.difference > 0.0 => "report.comparison.higher",
            true => "report.comparison.lower",
        };
        self.fill(key, &[("name", &compared.second.characters())])
    }

    /// Standards over time: those first that leave their limits or changed, then those with most behind them.
    pub(super) fn trends(&self) -> Section {
        let mut section = Section::new("trends", self.text("report.section.trends"));
        let trends: Vec<&Trend> = self.judged.figures.trends.iter().filter(|trend| trend.points.len() > 1).collect();
        if trends.is_empty() {
            return section;
        }
        let changes: HashMap<(&str, Option<&str>), &Change> = self
            .judged
            .figures
            .changes
            .iter()
            .map(|change| ((change.standard.as_str(), change.stamp.as_deref()), change))
            .collect();
        let of = |trend: &Trend| changes.get(&(trend.standard.as_str(), trend.stamp.as_deref())).copied();
        let mut changed: Vec<(&Trend, Option<&Change>)> = trends.iter().map(|trend| (*trend, of(trend))).collect();
        let all = changed.len();
        changed.sort_by_key(|(trend, change)| {
            let outside = trend.chart.as_ref().map_or(0, |chart| chart.outside.len());
            let established = change.is_some_and(|change| change.established);
            let observed: u64 = trend.points.iter().map(|point| point.n).sum();
            (outside == 0, !established, std::cmp::Reverse((trend.points.len(), observed)))
        });
        changed.truncate(DRAWN);
        section = section.legend(self.text("report.trend.legend")).note(self.text("report.trend.same-wording"));
        if all > changed.len() {
            section = section.note(
                self.fill("report.trend.drawn", &[("n", &self.n(changed.len() as u64)), ("all", &self.n(all as u64))]),
            );
        }
        section = self.by_chance().into_iter().fold(section, Section::note);
        section.plots = changed.iter().map(|(trend, change)| self.plot(trend, *change)).collect();
        section
    }

    /// How many months of all charts chance alone would put outside their limits, beside how many are.
    fn by_chance(&self) -> Option<String> {
        let trends = &self.judged.figures.trends;
        let charted = || trends.iter().filter_map(|trend| Some((trend, trend.chart.as_ref()?)));
        let charts: Vec<&Chart> = charted().map(|(_, chart)| chart).collect();
        if charts.is_empty() {
            return None;
        }
        // Months with fewer observations have limits and are never said to lie outside.
        let is_told = |point: &&Point| !point.rate().is_few();
        let months: usize = charted().map(|(trend, _)| trend.points.iter().filter(is_told).count()).sum();
        let outside: usize = charts.iter().map(|chart| chart.outside.len()).sum();
        let expected: f64 = charts.iter().map(|chart| chart.by_chance).sum();
        let values = [
            ("{months}", self.n(months as u64)),
            ("{outside}", self.n(outside as u64)),
            ("{expected}", self.scope.interface.decimals(expected, 1)),
        ];
        let told = self.count("report.trend.by-chance", charts.len());
        Some(values.iter().fold(told, |told, (hole, value)| told.replace(hole, value)))
    }

    /// Standards that several auditors judged.
    pub(super) fn agreement(&self) -> Section {
        let section = Section::new("agreement", self.text("report.section.agreement"));
        let figures = self.judged.figures;
        let (all, pooled) = (&figures.agreement, figures.agreement_pooled.as_ref());
        if all.is_empty() {
            return section;
        }
        let section = match pooled.filter(|pooled| !pooled.is_few()) {
            Some(pooled) => section.note(self.pooled(pooled)),
            None => section,
        };
        // Of a few units a coefficient says nothing.
        let (few, enough): (Vec<_>, Vec<_>) = all.iter().partition(|standard| standard.agreement.is_few());
        let section = match few.len() {
            0 => section,
            n => section.note(self.count("report.agreement.few", n)),
        };
        if enough.is_empty() {
            return section;
        }
        let apart = enough.iter().filter(|standard| standard.stands_out).count();
        let section = section.note(match apart {
            0 => self.text("report.agreement.none-stands-out"),
            n => self.count("report.agreement.stand-out", n),
        });
        let mut sorted = enough;
        let share = |standard: &StandardAgreement| standard.agreement.percent.unwrap_or(1.0);
        sorted.sort_by(|a, b| (!a.stands_out).cmp(&!b.stands_out).then_with(|| share(a).total_cmp(&share(b))));
        let (rows, more) = self.cut(sorted);
        let coefficient =
            |value: Option<f64>| ReportCell { number: value, ..ReportCell::plain(self.coefficient(value)) };
        let row = |StandardAgreement { standard, agreement, stands_out }: &StandardAgreement| {
            let low = *stands_out;
            let remark = match (agreement.why, low) {
                (Some(why), _) => self.text(&format!("report.agreement.{why}")),
                (None, true) => self.text("report.agreement.low"),
                (None, false) => String::new(),
            };
            let percent = agreement.percent.map(|share| self.percent(share));
            let (auditors, units) = (agreement.auditors as u64, agreement.units);
            ReportRow {
                tone: if low { "bad" } else { "" },
                cells: vec![
                    ReportCell::prose(self.title_of(standard, None)).code(standard),
                    ReportCell::count(auditors, self.n(auditors)),
                    ReportCell::count(units, self.n(units)),
                    ReportCell::share(agreement.percent, percent.unwrap_or_else(|| "–".to_owned())),
                    coefficient(agreement.cohen_kappa.or(agreement.fleiss_kappa)),
                    coefficient(agreement.krippendorff_alpha),
                    coefficient(agreement.gwet_ac1),
                    ReportCell::plain(remark),
                ],
            }
        };
        let mut columns =
            self.columns(&["standard", "auditors", "units", "percent", "kappa", "alpha", "ac1", "remark"]);
        columns[1..7].iter_mut().for_each(|column| column.kind = "number");
        section.note(self.text("report.agreement.note")).table(ReportTable {
            columns,
            rows: rows.into_iter().map(row).collect(),
            more,
            ..ReportTable::default()
        })
    }

    /// How far auditors agreed over all standards, in a sentence.
    fn pooled(&self, pooled: &Agreement) -> String {
        let values = [
            ("n", self.n(pooled.units)),
            ("share", pooled.percent.map(|share| self.percent(share)).unwrap_or_default()),
            ("kappa", self.coefficient(pooled.cohen_kappa.or(pooled.fleiss_kappa))),
            ("alpha", self.coefficient(pooled.krippendorff_alpha)),
            ("ac1", self.coefficient(pooled.gwet_ac1)),
        ];
        self.fill("report.agreement.pooled", &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    /// A coefficient with two decimals; a dash where it is undefined.
    fn coefficient(&self, value: Option<f64>) -> String {
        value.map_or_else(|| "–".to_owned(), |value| self.scope.interface.decimals(value, 2))
    }

    /// Persons, where asked for.
    pub(super) fn staff(&self) -> Section {
        let section = Section::new("staff", self.text("report.section.staff"));
        let Some(staff) = &self.judged.figures.staff else { return section };
        if staff.is_empty() {
            return section.note(self.text("report.staff.none"));
        }
        let (rows, more) = self.cut(staff.iter().collect());
        let row = |person: &StaffFigures| {
            let score = match (&person.figures, &person.withheld) {
                (Some(score), _) => self.score_cell(score),
                (None, Some(withheld)) => ReportCell::plain(self.fill(
                    "report.staff.withheld",
                    &[
                        ("n", &self.n(person.units)),
                        ("visits", &self.n(person.visits)),
                        ("needed", &self.n(withheld.units_needed)),
                        ("visits-needed", &self.n(withheld.visits_needed)),
                    ],
                )),
                (None, None) => ReportCell::default(),
            };
            let range = person.figures.as_ref().map(|score| self.range(score.interval)).unwrap_or_default();
            ReportRow { tone: "", cells: vec![ReportCell::plain(&person.key), score, ReportCell::plain(range)] }
        };
        let mut columns = self.columns(&["staff", "score", "interval"]);
        columns[1].kind = "score";
        let rows = rows.into_iter().map(row).collect();
        section.note(self.text("report.staff.note")).table(ReportTable {
            columns,
            rows,
            more,
            ..ReportTable::default()
        })
    }
}
