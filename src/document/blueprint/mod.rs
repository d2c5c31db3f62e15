//! The service blueprint: a sequence as a picture of lanes and columns, and as a table for readers and phones.
//!
//! The picture is final: its texts are in lines, everything in it has its place. A format draws it and adds nothing.

mod columns;
mod layout;
mod picture;
mod widths;
mod wrap;

use serde::Serialize;

pub(crate) use picture::Picture;
pub use picture::{Line, Rect};

use super::head::Head;
use super::kind::DocumentKind;
use super::lanes::{Glance, glance};
use super::long::Long;
use super::prose::Prose;
use super::scope::{Request, Scope};
use crate::book::{Procedure, Sequence, Step};
use crate::edition::FilterKey;

/// How many columns a row has at the most: what an upright page holds in letters of eight points.
const COLUMNS: usize = 4;

/// Around everything, on a sheet of its own.
const MARGIN: u32 = 16;

/// The view of a blueprint.
#[derive(Clone, Debug, Serialize)]
pub struct Blueprint {
    /// What it is.
    pub head: Head,
    /// The sheet that shows all charts, for formats that are one picture.
    pub sheet: Sheet,
    /// A chart for each sequence.
    pub charts: Long<Chart>,
}

/// All charts one below the other.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    /// The width.
    pub width: u32,
    /// The height.
    pub height: u32,
    /// Around everything.
    pub margin: u32,
    /// What stands over the charts: book, document, site, edition, stamp.
    pub lines: Vec<Line>,
}

/// A sequence as a picture and as a table.
#[derive(Clone, Debug, Serialize)]
pub struct Chart {
    /// What a link to it names.
    pub anchor: String,
    /// Title of the sequence.
    pub title: Prose,
    /// The same content as rows and columns.
    pub table: Glance,
    /// The picture.
    pub picture: Picture,
    /// The title in lines, on the sheet.
    pub heading: Vec<Line>,
    /// Where the picture begins on the sheet.
    pub top: u32,
}

/// Composes the blueprint of the sequences asked for. Filters pick phases and steps: those of a trait, those in which a
/// role acts (and those in which nobody is named), those of a kind of procedure. What is parts of standards alone, their
/// type, level and aspect, picks no step.
pub fn blueprint(request: Request) -> Blueprint {
    let scope = Scope::of(request);
    let keeps = |step: &Step| keeps(&scope, step);
    let chart = |sequence: &Sequence| Chart {
        anchor: format!("sequence-{}", sequence.id.name),
        title: scope.prose(&sequence.title),
        table: glance(&scope, sequence, &keeps, None),
        picture: picture(&scope, sequence, &keeps),
        heading: Vec::new(),
        top: 0,
    };
    let mut charts: Vec<Chart> = scope.sequences().map(chart).filter(|chart| !chart.table.phases.is_empty()).collect();
    let contents: Vec<_> = charts.iter().map(|chart| (&chart.table, &chart.picture)).collect();
    let head = Head::of(DocumentKind::Blueprint, &scope).stamped(&contents);
    let sheet = sheet(&head, &mut charts);
    Blueprint { charts: charts.into(), sheet, head }
}

/// Puts the charts on their sheet.
fn sheet(head: &Head, charts: &mut [Chart]) -> Sheet {
    let width = charts.iter().map(|chart| chart.picture.width).max().unwrap_or(480);
    let mut parts = vec![head.title.clone(), head.book.characters()];
    parts.extend(head.site.iter().chain(&head.roles).map(Prose::characters));
    parts.push(head.mark.clone());
    let (lines, mut y) = layout::heading(&parts.join(" · "), MARGIN, width, false, None);
    if charts.is_empty() {
        y += MARGIN;
    }
    for chart in charts.iter_mut() {
        (chart.heading, chart.top) =
            layout::heading(&chart.title.characters(), y + MARGIN, width, true, wrap::speech(&head.lang));
        y = chart.top + chart.picture.height + MARGIN;
    }
    Sheet { width: width + 2 * MARGIN, height: y + MARGIN, margin: MARGIN, lines }
}

/// The picture of a sequence for the manual; with `own_part`, without phases of which no step is let through.
pub(super) fn picture_in_manual(
    scope: &Scope,
    sequence: &Sequence,
    keeps: &dyn Fn(&Step) -> bool,
    own_part: bool,
) -> Picture {
    let mut phases = columns::phases(scope, sequence, keeps);
    if own_part {
        phases.retain(columns::Phases::has_steps);
    }
    layout::picture(scope, sequence, &phases, COLUMNS)
}

fn picture(scope: &Scope, sequence: &Sequence, keeps: &dyn Fn(&Step) -> bool) -> Picture {
    let phases = columns::phases(scope, sequence, keeps);
    layout::picture(scope, sequence, &phases, COLUMNS)
}

/// Whether the filters let a step through.
fn keeps(scope: &Scope, step: &Step) -> bool {
    let filter = scope.filter;
    let wanted = scope.staffing.fold(filter.values(FilterKey::Role));
    let roles = scope.staffing.fold(&step.roles);
    (wanted.is_empty() || roles.is_empty() || roles.iter().any(|role| wanted.contains(role)))
        && filter.picks_any(FilterKey::Procedure, &step.procedure.map(Procedure::word).into_iter().collect::<Vec<_>>())
        && filter.picks_any(FilterKey::Trait, &step.traits.iter().map(|used| used.name.as_str()).collect::<Vec<_>>())
}
