//! Several books on one page: what is due in each, and how their places stand.
//!
//! Books have standards of their own, so that their scores say nothing of each other: places are compared within a book, and only
//! where the difference is established.

use std::collections::BTreeMap;

use chrono::Days;
use schemars::JsonSchema;
use serde::Serialize;

use super::audit_report::{ReportCell, ReportRow, Section};
use super::head::Head;
use super::kind::DocumentKind;
use super::long::Long;
use super::prose::Prose;
use super::scope::{Request, Scope};
use crate::audit::figures::{Figures, RecordSelection, Selection, figures};
use crate::book::{Level, Text};
use crate::edition::Filter;
use crate::project::{Project, Records};
use crate::review::open_actions;
use crate::source::World;
use crate::statistics::Interval;

/// How many days back places are looked at.
const YEAR: u64 = 365;

/// A book among several.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PortfolioBook {
    /// Its title as an id.
    pub book: String,
    /// Its title, by language.
    #[schemars(with = "BTreeMap<String, String>")]
    pub title: Text,
    /// The number of the edition in force.
    pub edition: Option<u32>,
    /// The day of the next review.
    pub next_review: Option<String>,
    /// Actions that should have been done by now.
    pub overdue_actions: usize,
    /// The day of the last audit.
    pub last_audit: Option<String>,
    /// The level that the past year's audits reached together.
    pub level: Option<Level>,
    /// Their score, from 0 to 1.
    pub score: Option<f64>,
    /// Units met in them.
    pub met: u64,
    /// Units judged in them.
    pub judged: u64,
    /// Its places, in the book's order.
    pub sites: Vec<PortfolioSite>,
}

/// A place of a book.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PortfolioSite {
    /// Its id.
    pub site: String,
    /// The level that the past year's audits reached there.
    pub level: Option<Level>,
    /// Their score, from 0 to 1.
    pub score: Option<f64>,
    /// Units met.
    pub met: u64,
    /// Units judged.
    pub judged: u64,
    /// 95 % interval of the unweighted share of units met; null below 5 judged.
    pub interval: Option<Interval>,
    /// Ids of the book's other places that are established to be worse; empty where none can be told apart.
    pub better_than: Vec<String>,
}

/// Sums a book up.
pub fn portfolio_book(name: &str, opened: &Project, records: &Records) -> PortfolioBook {
    let today = opened.world.today();
    let (book, audits) = (&opened.loaded.book, &records.audits);
    let filter = Filter::default();
    let from = today.checked_sub_days(Days::new(YEAR));
    let wanted = RecordSelection { site: None, filter: &filter, from, to: Some(today), staff: false };
    let selection = Selection::of(book, &opened.standards, audits, wanted);
    let year = figures(book, &opened.standards, audits, &selection);
    let open = open_actions(audits, &opened.standards, today);
    let closed = |review: &&crate::review::Review| review.closed.as_ref().is_some_and(|closed| closed.value <= today);
    let next_review = records.reviews.all.iter().rfind(closed).and_then(|last| last.next);
    let dates = audits.records.iter().map(|record| record.moment.date).filter(|day| *day <= today);
    PortfolioBook {
        book: name.to_owned(),
        title: book.title.clone(),
        edition: records.editions.in_force(today).map(|issue| issue.number),
        next_review: next_review.map(|day| day.to_string()),
        overdue_actions: open.iter().filter(|open| open.is_overdue()).count(),
        last_audit: dates.max().map(|day| day.to_string()),
        level: year.overall.level_reached,
        score: year.overall.score,
        met: year.overall.met,
        judged: year.overall.judged,
        sites: sites(&year),
    }
}

fn sites(year: &Figures) -> Vec<PortfolioSite> {
    let better_than = |site: &str| {
        let established = year.comparisons.iter().filter(|pair| pair.dimension == "site" && pair.established);
        let worse = |pair: &crate::audit::figures::Comparison| {
            let other = pair.b.as_deref()?;
            match pair.difference > 0.0 {
                true if pair.a == site => Some(other.to_owned()),
                false if other == site => Some(pair.a.clone()),
                _ => None,
            }
        };
        established.filter_map(worse).collect()
    };
    let site = |group: &crate::audit::figures::GroupFigures| PortfolioSite {
        site: group.key.clone(),
        level: group.score.level_reached,
        score: group.score.score,
        met: group.score.met,
        judged: group.score.judged,
        interval: group.score.interval,
        better_than: better_than(&group.key),
    };
    year.by.site.iter().map(site).collect()
}

/// The view of several books.
#[derive(Clone, Debug, Serialize)]
pub struct PortfolioView {
    /// What it is.
    pub head: Head,
    /// The books, then their places.
    pub sections: Long<Section>,
}

/// Lays several books out. The request's book is none of them: its title heads the page.
pub fn portfolio(request: Request<'_>, books: &[PortfolioBook]) -> PortfolioView {
    let scope = Scope::of(request);
    let builder = Builder { scope: &scope };
    let sections: Long<Section> = [builder.books(books), builder.sites(books)].into_iter().collect();
    let head = Head::of(DocumentKind::Portfolio, &scope).stamped(&sections);
    PortfolioView { head, sections }
}

struct Builder<'a> {
    scope: &'a Scope<'a>,
}

impl Builder<'_> {
    fn title(&self, text: &Text) -> Prose {
        let source = text.0.first().map(|worded| worded.language.clone());
        Prose::of(text, self.scope.language, source.as_ref().unwrap_or(self.scope.language))
    }

    fn level(&self, level: Option<Level>) -> ReportCell {
        let word = level.map(|level| self.scope.interface.word("level", level.word()).to_owned());
        ReportCell::plain(word.unwrap_or_else(|| "–".to_owned()))
    }

    /// A share with its counts; the counts alone where they are too few.
    fn score(&self, score: Option<f64>, met: u64, judged: u64) -> ReportCell {
        let share = score.filter(|_| judged >= crate::statistics::ENOUGH);
        let counts = [("n", met.to_string()), ("of", judged.to_string())];
        let counts: Vec<(&str, &str)> = counts.iter().map(|(key, count)| (*key, count.as_str())).collect();
        let counts = self.scope.interface.fill("why.rank", &counts);
        ReportCell::share(
            share,
            share.map_or(counts.clone(), |share| format!("{} ({counts})", self.scope.interface.share(share))),
        )
    }

    fn books(&self, books: &[PortfolioBook]) -> Section {
        let row = |book: &PortfolioBook| ReportRow {
            tone: if book.overdue_actions > 0 { "bad" } else { "" },
            cells: vec![
                ReportCell::prose(self.title(&book.title)).code(&book.book),
                ReportCell::plain(book.edition.map(|number| number.to_string()).unwrap_or_default()),
                self.scope.day_cell(book.next_review.as_ref()),
                ReportCell::count(book.overdue_actions as u64, book.overdue_actions.to_string()),
                self.scope.day_cell(book.last_audit.as_ref()),
                self.level(book.level),
                self.score(book.score, book.met, book.judged),
            ],
        };
        let columns = [
            "portfolio.column.book",
            "common.edition",
            "common.next-review",
            "actions.title.overdue",
            "portfolio.column.last-audit",
            "report.column.level",
            "report.column.score",
        ];
        Section::new("books", self.scope.text("portfolio.books"))
            .note(self.scope.text("portfolio.note"))
            .table(self.scope.text_table(&columns, books.iter().map(row).collect()))
    }

    fn sites(&self, books: &[PortfolioBook]) -> Section {
        let rows = books.iter().flat_map(|book| {
            book.sites.iter().map(|site| ReportRow {
                tone: "",
                cells: vec![
                    ReportCell::plain(&site.site),
                    ReportCell::prose(self.title(&book.title)),
                    self.level(site.level),
                    self.score(site.score, site.met, site.judged),
                    ReportCell::plain(site.better_than.join(", ")),
                ],
            })
        });
        let columns = [
            "common.site",
            "portfolio.column.book",
            "report.column.level",
            "report.column.score",
            "portfolio.column.better-than",
        ];
        Section::new("sites", self.scope.text("portfolio.sites"))
            .note(self.scope.text("portfolio.apart"))
            .table(self.scope.text_table(&columns, rows.collect()))
    }
}
