//! What customers say of areas and phases, ranked: where to begin, and how sure that is.

use serde::Serialize;

use super::head::Head;
use super::kind::DocumentKind;
use super::prose::Prose;
use super::scope::{Request, Scope};
use crate::book::{Book, Language, Text};
use crate::feedback::{Certainty, Feedback, GroupOf, RankedGroup, Ranking, SURE};
use crate::language::Interface;
use crate::statistics::whole_percent;

/// The view of customer feedback.
#[derive(Clone, Debug, Serialize)]
pub struct FeedbackView {
    /// What it is.
    pub head: Head,
    /// Where to begin, and how sure that is.
    pub verdict: String,
    /// Whether the first place is clearly ahead.
    pub is_clear: bool,
    /// The days that are counted.
    pub period: Option<String>,
    /// How many responses are counted, and what is not.
    pub counts: Vec<String>,
    /// What the figures mean.
    pub how: String,
    /// Areas and phases, those that anything is said of.
    pub tables: Vec<GroupTable>,
    /// Importance against performance.
    pub quadrants: Option<QuadrantsView>,
}

/// The ranked areas or phases.
#[derive(Clone, Debug, Serialize)]
pub struct GroupTable {
    /// What they are.
    pub title: String,
    /// One a line, the one that needs improvement most first.
    pub rows: Vec<GroupRow>,
    /// Whether any of them has a quadrant.
    pub has_quadrants: bool,
}

/// One area or phase.
#[derive(Clone, Debug, Serialize)]
pub struct GroupRow {
    /// The place.
    pub rank: usize,
    /// The title.
    pub title: Prose,
    /// Mean rating.
    pub mean: String,
    /// Share of low ratings with its counts; counts alone where there are few.
    pub low: String,
    /// The interval of the share.
    pub interval: Option<String>,
    /// The share and its interval in per mille, for the chart.
    pub bar: Option<Bar>,
    /// Complaints.
    pub complaints: String,
    /// Praise.
    pub praise: String,
    /// How it went since the period before.
    pub direction: Option<String>,
    /// The word for that, for its colour.
    pub trend: Option<&'static str>,
    /// Those that it cannot be told from.
    pub tied_with: Vec<Prose>,
    /// Where importance and rating put it.
    pub quadrant: Option<String>,
}

/// A share with its interval, in per mille of the chart's width.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Bar {
    /// Lower end.
    pub low: u32,
    /// The share.
    pub at: u32,
    /// Upper end.
    pub high: u32,
}

/// Importance against performance.
#[derive(Clone, Debug, Serialize)]
pub struct QuadrantsView {
    /// Where the cross stands, in words.
    pub how: String,
    /// Where the cross stands, in per mille from the left (rating) and from below (importance).
    pub cross: (u32, u32),
    /// The names of the quadrants: top left, top right, bottom left, bottom right.
    pub labels: [String; 4],
    /// Areas, then phases.
    pub points: Vec<PointView>,
}

/// An area or phase in the quadrants.
#[derive(Clone, Debug, Serialize)]
pub struct PointView {
    /// The number in the picture.
    pub number: usize,
    /// The title.
    pub title: Prose,
    /// Whether it is an area.
    pub is_area: bool,
    /// In per mille from the left.
    pub x: u32,
    /// Where its number stands, in per mille from the left and from below: clear of all marks and of other numbers.
    pub label: (i32, i32),
    /// Whether that is so far away that a line leads there.
    pub is_apart: bool,
    /// In per mille from below.
    pub y: u32,
    /// Mean importance.
    pub importance: String,
    /// Mean rating.
    pub rating: String,
    /// The quadrant.
    pub quadrant: String,
}

/// The page about what customers said.
pub fn feedback(request: Request<'_>, feedback: &Feedback, ranking: &Ranking) -> FeedbackView {
    let scope = Scope::of(request);
    let words = scope.interface;
    let title = |group: &RankedGroup| group_title(scope.book, scope.language, group);
    let number = |n: u64, key: &str| words.count(key, n as usize);
    let mut counts = vec![number(ranking.responses, "feedback.responses")];
    if ranking.others > 0 {
        counts.push(number(ranking.others, "feedback.others"));
    }
    if feedback.left_out > 0 {
        counts.push(number(feedback.left_out as u64, "feedback.left-out"));
    }
    let tables = [("feedback.areas", &ranking.areas), ("feedback.phases", &ranking.phases)];
    let tables = tables.into_iter().filter(|(_, groups)| !groups.is_empty()).map(|(key, groups)| GroupTable {
        title: scope.text(key),
        rows: groups.iter().map(|group| row(&scope, groups, group)).collect(),
        has_quadrants: groups.iter().any(|group| group.quadrant.is_some()),
    });
    let view = FeedbackView {
        head: Head::of(DocumentKind::Feedback, &scope),
        verdict: verdict(words, ranking, title),
        is_clear: ranking.certainty == Certainty::Clear,
        period: ranking.period.map(|period| {
            words.fill("feedback.period", &[("since", &words.date(period.since)), ("until", &words.date(period.until))])
        }),
        counts,
        how: scope.with_customer("feedback.how", &[("middle", &words.number(feedback.middle))]),
        tables: tables.collect(),
        quadrants: quadrants(&scope, ranking),
    };
    let content = (&view.verdict, &view.period, &view.counts, &view.how, &view.tables, &view.quadrants);
    let head = view.head.clone().stamped(&content);
    FeedbackView { head, ..view }
}

/// Where to begin, in a sentence or two, and how sure that is.
pub fn verdict(words: &Interface, ranking: &Ranking, title: impl Fn(&RankedGroup) -> String) -> String {
    let groups = ranking.candidates();
    let first = groups.first();
    let name = first.map(&title).unwrap_or_default();
    let tied = first.map(|first| first.tied_with.as_slice()).unwrap_or_default();
    let others: Vec<String> = groups.iter().filter(|group| tied.contains(&group.key)).map(&title).collect();
    let key = match ranking.certainty {
        Certainty::Clear => "feedback.clear",
        Certainty::Tied => "feedback.tied",
        Certainty::Unrated => "feedback.unrated",
        Certainty::Alone => "feedback.alone",
        Certainty::None => "feedback.none",
    };
    let sentence = words.fill(key, &[("first", &name), ("others", &others.join(", "))]);
    // Where nobody complains of the others, they come after it in every resample, and yet cannot be told from it.
    let is_told = |share: f64| match ranking.certainty {
        Certainty::Clear => true,
        Certainty::Tied => share < SURE,
        Certainty::Unrated | Certainty::Alone | Certainty::None => false,
    };
    let Some((share, times)) = ranking.stays_first.filter(|(share, _)| is_told(*share)) else { return sentence };
    let sure = [("share", words.share(share)), ("n", words.number(times as f64))];
    let sure = words.fill("feedback.stays-first", &sure.each_ref().map(|(name, value)| (*name, value.as_str())));
    format!("{sentence} {sure}")
}

/// The title of an area or phase, or its id where it has none.
pub fn group_title(book: &Book, language: &Language, group: &RankedGroup) -> String {
    let title = group_text(book, group).and_then(|title| title.best(language, book.source_language()));
    title.map_or_else(|| group.key.clone(), |title| Prose::worded(title, language).characters())
}

/// The title of an area or phase, where it has one.
pub fn group_text<'a>(book: &'a Book, group: &RankedGroup) -> Option<&'a Text> {
    match group.of {
        GroupOf::Area => book.areas.iter().find(|area| area.id.name == group.key).map(|area| &area.title),
        GroupOf::Phase(sequence, phase) => book.phase_at(sequence, phase).map(|phase| &phase.title),
    }
}

/// The low ratings of a group: a share with its counts, or counts alone where they are few.
pub fn low_ratings(words: &Interface, group: &RankedGroup) -> String {
    let (low, n) = (words.number(group.low.met() as f64), words.number(group.low.of() as f64));
    match group.low.share().filter(|_| group.interval.is_some()) {
        Some(share) => words.fill("feedback.share", &[("share", &words.share(share)), ("low", &low), ("n", &n)]),
        None => words.fill("feedback.counts", &[("low", &low), ("n", &n)]),
    }
}

/// A mean with two decimals.
pub fn mean(words: &Interface, mean: Option<f64>) -> String {
    mean.map_or_else(|| "–".to_owned(), |mean| words.decimals(mean, 2))
}

fn title(scope: &Scope<'_>, group: &RankedGroup) -> Prose {
    group_text(scope.book, group).map_or_else(|| Prose::plain(&group.key), |title| scope.prose(title))
}

fn row(scope: &Scope<'_>, groups: &[RankedGroup], group: &RankedGroup) -> GroupRow {
    let words = scope.interface;
    let mille = |share: f64| (share * 1000.0).round() as u32;
    let bar = group.interval.zip(group.low.share()).map(|(interval, share)| Bar {
        low: mille(interval.low),
        at: mille(share),
        high: mille(interval.high),
    });
    let tied = groups.iter().filter(|other| group.tied_with.contains(&other.key));
    GroupRow {
        rank: group.rank,
        title: title(scope, group),
        mean: mean(words, group.mean),
        low: low_ratings(words, group),
        interval: group
            .interval
            .map(|ends| format!("{}–{}", words.number(whole_percent(ends.low)), words.share(ends.high))),
        bar,
        complaints: words.number(group.complaints as f64),
        praise: words.number(group.praise as f64),
        direction: group.direction.map(|direction| scope.text(&format!("direction.{}", direction.word()))),
        trend: group.direction.map(|direction| direction.word()),
        tied_with: tied.map(|other| title(scope, other)).collect(),
        quadrant: quadrant(scope, group),
    }
}

/// Where importance and rating put a group; where chance alone may have put it there, that too.
fn quadrant(scope: &Scope<'_>, group: &RankedGroup) -> Option<String> {
    let name = scope.text(&format!("quadrant.{}", group.quadrant?.word()));
    let is_sure = group.quadrant_stays.is_some_and(|share| share >= SURE);
    Some(if is_sure { name } else { scope.interface.fill("feedback.unsure", &[("quadrant", &name)]) })
}

fn quadrants(scope: &Scope<'_>, ranking: &Ranking) -> Option<QuadrantsView> {
    let words = scope.interface;
    let (important, good) = ranking.cross?;
    let [low, high] = scope.book.feedback_scale;
    let mille = |value: f64| ((value - low) / (high - low) * 1000.0).round().clamp(0.0, 1000.0) as u32;
    let label = |word: &str| scope.text(&format!("quadrant.{word}"));
    let groups = ranking.areas.iter().chain(&ranking.phases);
    let points = groups.filter_map(|group| {
        let (importance, rating, quadrant) = (group.importance?, group.mean?, quadrant(scope, group)?);
        Some((group, importance, rating, quadrant))
    });
    let points = points.enumerate().map(|(index, (group, importance, rating, quadrant))| PointView {
        number: index + 1,
        title: title(scope, group),
        is_area: group.of == GroupOf::Area,
        label: (0, 0),
        is_apart: false,
        x: mille(rating),
        y: mille(importance),
        importance: mean(words, Some(importance)),
        rating: mean(words, Some(rating)),
        quadrant,
    });
    let mut points: Vec<PointView> = points.collect();
    place_labels(&mut points);
    let (importance, rating) = (mean(words, Some(important)), mean(words, Some(good)));
    Some(QuadrantsView {
        how: words.fill("feedback.quadrants-how", &[("importance", &importance), ("rating", &rating)]),
        cross: (mille(good), mille(important)),
        labels: ["concentrate-here", "keep-up", "low-priority", "possible-overkill"].map(label),
        points,
    })
}

/// How far a mark reaches from its middle, in per mille of the picture.
const MARK: i32 = 14;

/// How far a number reaches up and down from its middle; sideways it is its digits that count.
const NUMBER: i32 = 20;

/// Between a mark and its number.
const GAP: i32 = 4;

/// Puts the number of each point beside its mark, where it covers no mark and no other number: to the right if there is room, else
/// around it, and farther away where many lie together.
fn place_labels(points: &mut [PointView]) {
    const AROUND: [(i32, i32); 8] = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)];
    const FARTHER: [i32; 4] = [0, 26, 52, 78];
    let marks: Vec<(i32, i32)> = points.iter().map(|point| (point.x as i32, point.y as i32)).collect();
    let mut placed: Vec<(i32, i32, i32)> = Vec::new();
    for point in points {
        let (x, y) = (point.x as i32, point.y as i32);
        let half = 6 + 11 * point.number.to_string().len() as i32;
        let mut best: Option<(usize, bool, (i32, i32))> = None;
        for farther in FARTHER {
            for (right, up) in AROUND {
                let (dx, dy) = (MARK + half + GAP + farther, MARK + NUMBER + GAP + farther);
                let (at, above) = (x + right * dx, y + up * dy);
                if !(half..=1000 - half).contains(&at) || !(NUMBER..=1000 - NUMBER).contains(&above) {
                    continue;
                }
                let on_marks = marks.iter().filter(|(other, height)| {
                    (other - at).abs() < MARK + half && (height - above).abs() < MARK + NUMBER
                });
                let on_numbers = placed.iter().filter(|(other, height, wide)| {
                    (other - at).abs() < wide + half && (height - above).abs() < 2 * NUMBER
                });
                let covered = on_marks.count() + on_numbers.count();
                if best.is_none_or(|(least, ..)| covered < least) {
                    best = Some((covered, farther > 0, (at, above)));
                }
            }
        }
        if let Some((_, is_apart, label)) = best {
            point.label = label;
            point.is_apart = is_apart;
            placed.push((label.0, label.1, half));
        }
    }
}
