//! Figures that can be trusted: what audits come to, by every head that somebody asks for.
//!
//! [`figures`] goes from [`Audits`] to [`Figures`] in one pass over the visits. A *unit* is one standard in one visit (see
//! [`super::AuditUnit`]); a score weighs units, an interval counts them. An *item* is one standard in one record. Nothing is ranked that cannot be told apart. The types here are also the
//! JSON that `audit report` prints: fields may be added, never changed.

mod agreement;
mod analysis;
mod change;
mod comparison;
mod gather;
mod groups;
mod next_level;
mod scopes;
mod selection;
mod staff;
mod standard;
mod stretch;
mod tally;
mod trend;
mod wording;

use std::collections::HashMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use self::comparison::Group;
use self::gather::{Gathered, gather};
use self::groups::GroupKeys;
use self::stretch::Stretch;
use self::tally::Tally;
use self::wording::WordingTally;
use super::Audits;
use crate::book::{Aspect, Book, Level, StandardType};
use crate::method::Standards;

pub use agreement::{Agreement, StandardAgreement};
pub use analysis::Analysis;
pub use change::{Change, Stretches};
pub use comparison::Comparison;
pub use next_level::{Block, NextLevel};
pub use selection::{RecordSelection, Selection};
pub use staff::{STAFF_UNITS, STAFF_VISITS, StaffFigures, Withheld};
pub use standard::StandardFigures;
pub use tally::{Items, ReachedIn, Score};
pub use trend::{Chart, Point, Trend};

/// What audits come to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Figures {
    /// Day of the first record that counts, as `2026-05-12`.
    pub from: Option<String>,
    /// Day of the last one.
    pub to: Option<String>,
    /// The same two as dates.
    #[serde(skip)]
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// Records that count.
    pub records: usize,
    /// Those of them that name no edition, when none was in force on their day either: today's book is what they are judged
    /// by, and they count anew whenever it changes.
    pub records_without_edition: usize,
    /// Those that name an edition which is not here: each answer is judged by the wording that its stamp names, and counts under
    /// the phase, level and role that today's book gives it.
    pub records_of_lost_editions: usize,
    /// Answers of the period that are kept and not counted: the edition that they were judged by is not here, and neither
    /// another edition, a review nor git knows the wordings that they name. What a filter picks cannot be told of them.
    pub answers_not_counted: usize,
    /// By how many editions they are counted; today's book is one where a record names none.
    pub editions: usize,
    /// Visits: records share one where they name the same `visit` at the same site.
    pub visits: usize,
    /// All units together.
    pub overall: Score,
    /// The shares that the levels ask for, from the lowest: those of the last edition that judged.
    #[serde(skip)]
    pub level_shares: [f64; 3],
    /// The lowest level that is not reached, and what keeps it away; null where every level that was looked at is reached.
    pub next_level: Option<NextLevel>,
    /// The same by every head. A unit counts in each group it belongs to; one without a step, say, in none of that list.
    pub by: FiguresByHead,
    /// Each wording of each standard that was judged, in service order.
    pub standards: Vec<StandardFigures>,
    /// Each standard that two or more auditors judged in one visit.
    pub agreement: Vec<StandardAgreement>,
    /// All standards together; null where no two auditors judged the same thing.
    pub agreement_pooled: Option<Agreement>,
    /// Sites, years, the period and the one before it, and persons where asked for.
    pub comparisons: Vec<Comparison>,
    /// Between which stretches of time `changes` tell: the period and the one before it, else the halves of the months; null
    /// where there is one month alone.
    pub compared: Option<Stretches>,
    /// Each wording that was judged in both, and what became of it.
    pub changes: Vec<Change>,
    /// Each wording of each standard that was judged, month by month.
    pub trends: Vec<Trend>,
    /// The front-office analysis, head by head.
    pub analysis: Vec<Analysis>,
    /// Persons, where asked for.
    pub staff: Option<Vec<StaffFigures>>,
}

/// One group's figures.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct GroupFigures {
    /// Id or word of the group.
    pub key: String,
    /// The figures of the group.
    #[serde(flatten)]
    pub score: Score,
}

/// Figures by every head; groups without items are left out. What the book knows is in the book's order, months and years
/// in the order of time, anything else in alphabetical order.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[schemars(rename = "By")]
pub struct FiguresByHead {
    /// Sites.
    pub site: Vec<GroupFigures>,
    /// Service areas.
    pub area: Vec<GroupFigures>,
    /// Service sequences.
    pub sequence: Vec<GroupFigures>,
    /// Phases.
    pub phase: Vec<GroupFigures>,
    /// Steps, as `PHASE.STEP`.
    pub step: Vec<GroupFigures>,
    /// Types.
    pub r#type: Vec<GroupFigures>,
    /// Levels.
    pub level: Vec<GroupFigures>,
    /// Traits.
    pub r#trait: Vec<GroupFigures>,
    /// Roles, after folding into who covers for them at the site.
    pub role: Vec<GroupFigures>,
    /// Heads of a front-office analysis.
    pub aspect: Vec<GroupFigures>,
    /// Auditors.
    pub auditor: Vec<GroupFigures>,
    /// Months, as `2026-05`.
    pub month: Vec<GroupFigures>,
    /// Years.
    pub year: Vec<GroupFigures>,
}

/// Works out what the records that are wanted come to.
pub fn figures(book: &Book, standards: &Standards, audits: &Audits, selection: &Selection<'_>) -> Figures {
    let (places, wanted) = (&selection.places, &selection.wanted);
    let gathered = gather(book, standards, audits, selection);
    let (mut of_standards, mut trends, wanted_of) = of_standards(standards, audits, &gathered);
    let (mut agreement, agreement_pooled) = agreement::agreement(&audits.ids, &gathered.ratings);
    let name = |number: usize, wording: &WordingTally| {
        let id = audits.ids.get(number)?;
        Some((id.clone(), stamp(standards, audits, number, wording).map(str::to_owned)))
    };
    let (compared, mut changes) = change::changes(&gathered, wanted, name);
    let analysis = analysis(&of_standards, &wanted_of);
    let order = order(audits, standards, gathered.last_record);
    if let Some(order) = order {
        let place = |id: &str, stamp: Option<&str>| {
            (order.get(id).copied().unwrap_or(usize::MAX), id.to_owned(), stamp.map(str::to_owned))
        };
        of_standards.sort_by_cached_key(|standard| place(&standard.id, standard.stamp.as_deref()));
        trends.sort_by_cached_key(|trend| place(&trend.standard, trend.stamp.as_deref()));
        changes.sort_by_cached_key(|change| place(&change.standard, change.stamp.as_deref()));
        agreement.sort_by_cached_key(|figure| place(&figure.standard, None));
    }
    let staff = wanted.staff.then(|| of_staff(audits, &gathered));
    Figures {
        from: gathered.first_day.map(|day| day.to_string()),
        to: gathered.last_day.map(|day| day.to_string()),
        days: gathered.first_day.zip(gathered.last_day),
        records: gathered.records,
        records_without_edition: gathered.without_edition,
        records_of_lost_editions: gathered.lost_edition,
        answers_not_counted: gathered.uncounted,
        editions: gathered.bases.len(),
        visits: gathered.visits,
        overall: gathered.overall.score(&audits.ids, Some(gathered.level_shares)),
        level_shares: gathered.level_shares,
        next_level: NextLevel::of(&gathered, name),
        by: by(book, audits, &gathered, places),
        agreement,
        agreement_pooled,
        comparisons: comparisons(audits, &gathered, wanted, staff.as_deref().unwrap_or_default()),
        compared,
        changes,
        analysis,
        standards: of_standards,
        trends,
        staff,
    }
}

/// The places of standards, by id as of now, in the edition that the last record is counted by; none where that is today's book,
/// in whose order all is counted.
fn order<'a>(audits: &'a Audits, standards: &Standards, last: Option<usize>) -> Option<HashMap<&'a str, usize>> {
    let edition = audits.records.get(last?)?.basis.checked_sub(1)?;
    let before: usize = audits.bases_of(standards).take(edition + 1).map(|standards| standards.all.len()).sum();
    let own = audits.editions.get(edition)?.standards.all.len();
    let numbers = audits.numbers.iter().skip(before).take(own).enumerate();
    Some(numbers.filter_map(|(place, number)| Some((audits.ids.get(*number as usize)?.as_str(), place))).collect())
}

fn by(book: &Book, audits: &Audits, all: &Gathered, places: &GroupKeys) -> FiguresByHead {
    let ids = &audits.ids;
    // A level is reached by a place or over a time; of one type, role or auditor alone it would say nothing.
    let shares = Some(all.level_shares);
    let entry =
        |key: &str, tally: &Tally, shares| GroupFigures { key: key.to_owned(), score: tally.score(ids, shares) };
    let list = |keys: &[String], tallies: &[Tally], shares| -> Vec<GroupFigures> {
        let used = keys.iter().zip(tallies).filter(|(_, tally)| !tally.is_empty());
        used.map(|(key, tally)| entry(key, tally, shares)).collect()
    };
    let words = |words: Vec<&str>, tallies: &[Tally]| {
        let keys: Vec<String> = words.into_iter().map(str::to_owned).collect();
        list(&keys, tallies, None)
    };
    // In the order of the edition that judged last, so that a site that is gone since stands where it stood.
    let last = all.last_record.and_then(|record| audits.records.get(record));
    let then = last.map_or(book, |record| audits.book_of(book, record));
    let mut known: Vec<&str> = Vec::new();
    for name in then.sites.iter().chain(&book.sites).map(|site| audits.names.sites.now(&site.id.name)) {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    let unknown: Vec<&str> = all.sites.keys().map(String::as_str).filter(|name| !known.contains(name)).collect();
    let known = known.into_iter().chain(unknown);
    let sites = known.filter_map(|name| Some(entry(name, all.sites.get(name)?, shares)));
    let heads = &places.heads;
    let of = |head: &std::ops::Range<usize>| &all.groups[head.clone()];
    FiguresByHead {
        site: sites.collect(),
        area: list(&places.areas, of(&heads.area), shares),
        sequence: list(&places.sequences, of(&heads.sequence), shares),
        phase: list(&places.phases, of(&heads.phase), shares),
        step: list(&places.steps, of(&heads.step), shares),
        r#type: words(StandardType::ALL.iter().map(|kind| kind.word()).collect(), of(&heads.r#type)),
        level: words(Level::ALL.iter().map(|level| level.word()).collect(), of(&heads.level)),
        r#trait: list(&places.traits, of(&heads.r#trait), None),
        role: list(&places.roles, of(&heads.role), None),
        aspect: words(Aspect::ALL.iter().map(|aspect| aspect.word()).collect(), of(&heads.aspect)),
        auditor: all.auditors.iter().map(|(key, tally)| entry(key, tally, None)).collect(),
        month: all.months.iter().map(|(key, tally)| entry(&key.to_string(), tally, shares)).collect(),
        year: all.years.iter().map(|(key, tally)| entry(&format!("{key:04}"), tally, shares)).collect(),
    }
}

/// The figures and trends of each wording, and what it is to reach: standards in service order, today's wording
/// first.
fn of_standards(
    standards: &Standards,
    audits: &Audits,
    all: &Gathered,
) -> (Vec<StandardFigures>, Vec<Trend>, Vec<Option<analysis::WordingTarget>>) {
    let (mut figures, mut trends, mut wanted) = (Vec::new(), Vec::new(), Vec::new());
    for (number, wordings) in all.standards.iter().enumerate() {
        let Some(id) = audits.ids.get(number) else { continue };
        let mut wordings: Vec<_> = wordings.iter().collect();
        wordings.sort_by_key(|wording| wording.former);
        for wording in wordings {
            let stamp = stamp(standards, audits, number, wording);
            figures.push(StandardFigures::of(id, stamp, wording));
            trends.push(Trend::of(id, stamp, wording));
            wanted.push(wording.last.map(|last| analysis::WordingTarget {
                aspect: last.aspect,
                share: all.level_shares[last.level as usize],
                critical_failed: wording.critical_failed,
            }));
        }
    }
    (figures, trends, wanted)
}

/// The stamp of a wording of the standard of that number.
fn stamp<'a>(standards: &'a Standards, audits: &'a Audits, number: usize, wording: &WordingTally) -> Option<&'a str> {
    let stamp = match wording.former {
        Some(stamp) => audits.stamps.get(stamp as usize),
        None => standards.all.get(number).map(|standard| &standard.stamp),
    };
    stamp.map(String::as_str)
}

fn analysis(figures: &[StandardFigures], wanted: &[Option<analysis::WordingTarget>]) -> Vec<Analysis> {
    let of_head = |aspect: &Aspect| {
        let all = figures.iter().zip(wanted).filter_map(|(standard, wanted)| Some((standard, (*wanted)?)));
        Analysis::of(*aspect, all.filter(|(_, wanted)| wanted.aspect == *aspect))
    };
    Aspect::ALL.iter().map(of_head).collect()
}

fn of_staff(audits: &Audits, all: &Gathered) -> Vec<StaffFigures> {
    let seen = audits.staff.iter().zip(&all.staff).filter(|(_, tally)| !tally.is_empty());
    let mut found: Vec<_> = seen.map(|(code, tally)| StaffFigures::of(code, tally, &audits.ids)).collect();
    found.sort_by(|a, b| a.key.cmp(&b.key));
    found
}

fn comparisons(
    audits: &Audits,
    all: &Gathered,
    wanted: &RecordSelection<'_>,
    staff: &[StaffFigures],
) -> Vec<Comparison> {
    let sites: Vec<Group> = all.sites.iter().map(|(key, tally)| (key.clone(), tally.by_visit())).collect();
    let told = |code: &str| staff.iter().any(|person| person.key == code && person.figures.is_some());
    let codes = audits.staff.iter().zip(&all.staff);
    let mut staff: Vec<Group> =
        codes.filter(|(code, _)| told(code)).map(|(code, tally)| (code.clone(), tally.by_visit())).collect();
    staff.sort_by(|a, b| a.0.cmp(&b.0));
    let mut found = comparison::pairs("site", &sites);
    let years: Vec<(String, &Stretch)> =
        all.judged.iter().map(|(year, stretch)| (format!("{year:04}"), stretch)).collect();
    found.extend(comparison::periods("year", &years, all.wordings));
    if let (Some((first, last)), Some(from), Some(to)) = (wanted.period_before(), wanted.from, wanted.to) {
        let (now, earlier) = (format!("{from}/{to}"), format!("{first}/{last}"));
        let of_now: Vec<&Stretch> = all.judged.values().collect();
        let of_earlier = [&all.judged_before];
        found.extend(comparison::alike("period", (&now, Some(&earlier)), (&of_now, &of_earlier), all.wordings));
    }
    found.extend(comparison::pairs("staff", &staff));
    comparison::judge(&mut found);
    found
}
