//! What is due for review, with what audits, customers and the past say of it.

use std::collections::{BTreeSet, HashSet};

use chrono::{Days, NaiveDate};

use super::{Project, Records};
use crate::changes::wordings;
use crate::review::{self, Demand, Due, Evidence, Overview, gather, last_reviews, later};
use crate::source::World;

/// What standards are made of.
const FILES: [&str; 4] = [crate::book::MANIFEST, "roles.yaml", "sequences", "traits"];

/// So many commits are looked at for the book as it was a year ago.
const MAX_STEPS: usize = 2_000;

impl<W: World> Project<W> {
    /// What audits and customers say of each standard.
    pub(crate) fn evidence(&self, records: &Records) -> Vec<Evidence> {
        let (book, standards) = (&self.loaded.book, &self.standards);
        gather(book, standards, &records.audits, &records.feedback, &records.reviews, self.world.today())
    }

    /// Since when each standard is in force: by the editions that were issued; where none was, by git, which knows the standards
    /// that the book did not have yet when a review of them would have had to begin; else by the day that the book gives.
    pub(crate) fn in_force(&self, records: &Records) -> Vec<Option<NaiveDate>> {
        let (book, standards) = (&self.loaded.book, &self.standards);
        let today = self.world.today();
        let mut days = review::in_force(&self.world, &records.editions, standards, book.review.since);
        let is_late = book.review.since.is_some_and(|since| today > later(since, &book.review.every));
        if !records.editions.issues.is_empty() || !is_late {
            return days;
        }
        let last = last_reviews(standards, &records.reviews, today);
        if last.iter().all(Option::is_some) {
            return days;
        }
        let Some((then, day)) = self.book_before(today) else { return days };
        for ((in_force, standard), last) in days.iter_mut().zip(&standards.all).zip(&last) {
            if last.is_none() && !review::names(standard).any(|name| then.contains(name)) {
                *in_force = Some(in_force.map_or(day, |since| since.max(day)));
            }
        }
        days
    }

    /// The names of the standards that the book had a period of reviews ago, or in its first commit where that is younger, and
    /// the day after which whatever it did not have came.
    fn book_before(&self, today: NaiveDate) -> Option<(HashSet<String>, NaiveDate)> {
        let every = &self.loaded.book.review.every;
        self.history().ok().filter(|history| !history.is_cut_off())?;
        let steps = self.steps(&FILES, MAX_STEPS)?;
        let is_old = |day: NaiveDate| later(day, every) < today;
        let step = steps.iter().find(|step| is_old(step.date)).or(steps.last())?;
        let former = self.at(step.revision.id()).ok()?;
        // The first day on which a review is not late yet, if the commit is older than that.
        let young = (0..12_000).map_while(|days| today.checked_sub_days(Days::new(days)));
        let first = young.take_while(|day| !is_old(*day)).last()?;
        Some((review::ids(&former.standards), step.date.max(first)))
    }

    /// What is due. A wording before that no record keeps is asked of the past; without one it stays unknown, and is said to
    /// be.
    pub(crate) fn due<'a>(&'a self, records: &'a Records, evidence: &[Evidence]) -> Overview<'a> {
        let (book, standards) = (&self.loaded.book, &self.standards);
        let in_force = self.in_force(records);
        let mut all = review::overview(book, standards, &records.reviews, evidence, &in_force, self.world.today());
        let unknown = |due: &Due<'_>| {
            let change = due.change.as_ref().filter(|change| change.before == Demand::default())?;
            Some((due.standard.id.name.clone(), change.stamp.clone()))
        };
        let wanted: BTreeSet<(String, String)> = all.standards.iter().filter_map(unknown).collect();
        if wanted.is_empty() {
            return all;
        }
        let Ok(past) = self.history().and_then(|history| wordings(history, standards, &wanted)) else { return all };
        for due in &mut all.standards {
            let Some(wording) = unknown(due).and_then(|key| past.found.get(&key)) else { continue };
            if let Some(change) = &mut due.change {
                change.before = Demand {
                    wording: Some(wording.text.clone()),
                    level: Some(wording.level),
                    measure: wording.measure.clone(),
                };
            }
        }
        all
    }
}
