//! What the sample can and cannot say.

use std::collections::BTreeSet;

use super::Builder;
use super::part::Section;
use crate::audit::Kind;
use crate::audit::figures::GroupFigures;
use crate::book::Status;
use crate::edition::select;
use crate::statistics::{ENOUGH, sample_size};

/// A share known to within so many points either way is good enough to steer by.
const MARGIN: f64 = 0.05;

/// Fewer visits than this hardly tell the usual from the day.
const FEW_VISITS: usize = 5;

impl Builder<'_> {
    pub(super) fn sample(&self) -> Section {
        let mut section = Section::new("sample", self.text("report.section.sample"));
        let figures = self.judged.figures;
        if figures.overall.judged == 0 {
            // Of a period that nothing is left of, that is all there is to say.
            let is_lost = figures.records == 0 && figures.answers_not_counted > 0;
            return match is_lost {
                true => section.note(self.count("report.verdict.not-counted", figures.answers_not_counted)),
                false => section,
            };
        }
        for sentence in
            self.of_editions().into_iter().chain(self.of_size()).chain(self.of_visits()).chain(self.of_reach())
        {
            section = section.note(sentence);
        }
        section.note(self.text("report.sample.lot"))
    }

    /// By what was judged, where that is not one edition alone.
    fn of_editions(&self) -> Vec<String> {
        let figures = self.judged.figures;
        let unnamed = figures.records_without_edition;
        let many = (figures.editions > 1).then(|| self.count("report.sample.editions", figures.editions));
        let bare = (unnamed > 0)
            .then(|| self.count("report.sample.no-edition", unnamed).replace("{all}", &self.n(figures.records as u64)));
        let lost = figures.records_of_lost_editions;
        let lost = (lost > 0)
            .then(|| self.count("report.sample.lost-edition", lost).replace("{all}", &self.n(figures.records as u64)));
        let (audits, selection) = (self.judged.audits, self.judged.selection);
        let adopted = audits.records.iter().filter(|record| record.is_adopted && selection.counts(record)).count();
        let adopted = (adopted > 0)
            .then(|| self.count("report.sample.adopted", adopted).replace("{all}", &self.n(figures.records as u64)));
        let withdrawn = selection.withdrawn(audits);
        let withdrawn = (withdrawn > 0).then(|| self.count("report.sample.withdrawn", withdrawn));
        many.into_iter().chain(bare).chain(lost).chain(adopted).chain(withdrawn).collect()
    }

    /// How sure the number of items makes the whole.
    fn of_size(&self) -> Vec<String> {
        let overall = &self.judged.figures.overall;
        let Some(interval) = overall.interval else {
            return vec![self.fill("report.sample.few", &[("few", &self.n(ENOUGH))])];
        };
        // Half the interval is the reach to one side; nothing is known to less than a point.
        let points = ((interval.width() * 50.0).round() as usize).max(1);
        let now = self.count("report.sample.now", points).replace("{judged}", &self.n(overall.judged));
        let needed = sample_size(0.5, MARGIN, None).filter(|needed| *needed > overall.judged);
        let more = needed.map(|needed| {
            let margin = self.n((MARGIN * 100.0).round() as u64);
            self.fill("report.sample.needed", &[("needed", &self.n(needed)), ("points", &margin)])
        });
        std::iter::once(now).chain(more).collect()
    }

    /// Who looked, and how often.
    fn of_visits(&self) -> Vec<String> {
        let figures = self.judged.figures;
        let mut sentences = Vec::new();
        match figures.visits {
            1 => sentences.push(self.text("report.sample.one-visit")),
            n if n < FEW_VISITS => sentences.push(self.count("report.sample.few-visits", n)),
            _ if figures.comparisons.is_empty() => {}
            n => sentences.push(self.count("report.sample.visits", n)),
        }
        let records = self.judged.audits.records.iter().filter(|record| self.judged.selection.counts(record));
        let kinds: Vec<Kind> = records.map(|record| record.kind).collect();
        let own = kinds.iter().filter(|kind| **kind == Kind::SelfAudit).count();
        if own > 0 {
            sentences.push(
                self.fill("report.sample.self", &[("n", &self.n(own as u64)), ("all", &self.n(kinds.len() as u64))]),
            );
        }
        if figures.by.auditor.len() == 1 {
            sentences.push(self.text("report.sample.one-auditor"));
        } else if figures.agreement.is_empty() {
            sentences.push(self.text("report.sample.no-agreement"));
        }
        sentences
    }

    /// The ids, as of now, of the standards that could have been judged: those of the edition that the last round was judged by,
    /// so that what was written since is not said to have been passed over. With filters, which speak of today's book, those of it.
    fn in_force(&self) -> Vec<&str> {
        let audits = self.judged.audits;
        let last = audits.records.iter().rfind(|record| self.judged.selection.counts(record));
        let edition = last.and_then(|last| audits.editions.get(last.basis.checked_sub(1)?));
        let is_whole = self.judged.selection.wanted.filter.picks_all();
        let Some(edition) = edition.filter(|edition| is_whole && !edition.is_partial) else {
            let in_force = self.scope.chosen.iter().filter(|selected| selected.standard.status == Status::Active);
            return in_force.map(|selected| selected.standard.id.name.as_str()).collect();
        };
        let site = self.scope.site.map(|site| site.id.name.as_str());
        let site =
            site.and_then(|id| edition.book.sites.iter().find(|site| audits.names.sites.now(&site.id.name) == id));
        let chosen = select(&edition.book, &edition.standards, site, self.judged.selection.wanted.filter);
        chosen.iter().map(|selected| audits.names.standards.now(&selected.standard.id.name)).collect()
    }

    /// What was not looked at.
    fn of_reach(&self) -> Vec<String> {
        let figures = self.judged.figures;
        let mut sentences = Vec::new();
        if let Some(coverage) = figures.overall.coverage.filter(|coverage| *coverage < 1.0) {
            let unseen = self.n(figures.overall.not_observed);
            sentences
                .push(self.fill("report.sample.unseen", &[("share", &self.percent(1.0 - coverage)), ("n", &unseen)]));
        }
        let judged: BTreeSet<&str> = figures.standards.iter().map(|figures| figures.id.as_str()).collect();
        let never = self.in_force().into_iter().filter(|id| !judged.contains(id)).count();
        if never > 0 {
            sentences.push(self.count("report.sample.never", never));
        }
        let heads = &figures.by;
        let groups = [&heads.site, &heads.phase, &heads.role, &heads.r#trait, &heads.step, &heads.month];
        let is_small = |entry: &&GroupFigures| entry.score.judged > 0 && entry.score.judged < ENOUGH;
        let small = groups.into_iter().flatten().filter(is_small).count();
        if small > 0 {
            sentences.push(self.count("report.sample.small-groups", small));
        }
        sentences
    }
}
