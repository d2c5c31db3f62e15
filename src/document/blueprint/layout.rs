//! Where everything stands: columns into rows, texts into lines, lanes one below the other.

use std::collections::VecDeque;

use super::columns::{CellKind, LANES, LaneText, NoteKind, Phases, StepColumn};
use super::picture::{Band, Connector, Crossing, Line, Note, Picture, Piece, Rect, Sign, TextBox};
use super::wrap::{Setting, Speech, speech, width, wrap};
use crate::book::Sequence;
use crate::document::scope::Scope;

/// The column of the lanes' names.
const LABELS: u32 = 84;
/// The least width of a column; a row of fewer columns than there is room for has wider ones, up to the most.
const COLUMN: u32 = 114;
const MOST_COLUMN: u32 = 190;
/// Between a column's edge and its boxes.
const GUTTER: u32 = 5;
/// Between a box and its text.
const PAD: u32 = 5;
/// Above and below the boxes of a lane.
const LANE_PAD: u32 = 6;
/// Between boxes of one lane, and between rows.
const GAP: u32 = 6;
const ROW_GAP: u32 = 14;
/// A mark and the space after it.
const MARK: u32 = 11;
/// A row is no taller than a page has room for while its letters are 8 points high; one that would be is cut in two.
const TALLEST: u32 = 720;

// The smallest letters are 8 points high where the picture is as wide as the text of a manual on A4: 168 mm.
const TEXT: Setting = Setting { size: 10.0, bold: false };
const SMALL: Setting = Setting { size: 9.1, bold: false };
const HEAD: Setting = Setting { size: 10.0, bold: true };
const BAND: Setting = Setting { size: 11.0, bold: true };
const TITLE: Setting = Setting { size: 16.0, bold: true };
const LABEL: Setting = Setting { size: 9.3, bold: true };
const CROSSING: Setting = Setting { size: 9.1, bold: false };

/// A column in a row.
#[derive(Clone, Copy)]
struct PlacedColumn<'a> {
    phase: &'a Phases,
    /// Whether the phase began in an earlier row.
    continued: bool,
    column: &'a StepColumn,
}

/// The picture of a sequence, in rows of at most so many columns.
pub(super) fn picture(scope: &Scope, sequence: &Sequence, phases: &[Phases], most: usize) -> Picture {
    let title = scope.prose(&sequence.title).characters();
    let spoken = speech(scope.language.tag());
    let full = LABELS + COLUMN * most as u32;
    let all: usize = phases.iter().map(|phase| phase.columns.len()).sum();
    // The signs are explained before they are met: over the first row.
    let mut signs = if all > 0 { legend(scope, phases, full) } else { None };
    let mut rest: VecDeque<Vec<PlacedColumn>> = rows(phases, most).into();
    let mut pieces: Vec<Piece> = Vec::new();
    while let Some(row) = rest.pop_front() {
        let set = |column: u32| {
            let y = signs.as_ref().map_or(0, |signs| signs.height + GAP);
            Row { scope, sequence, full, column, speech: spoken, piece: signs.clone().unwrap_or_default(), y }.set(&row)
        };
        let mut piece = set(column_width(full, row.len()));
        if piece.height > TALLEST {
            if row.len() > 1 {
                halves(row).into_iter().rev().for_each(|half| rest.push_front(half));
                continue;
            }
            piece = set(full - LABELS);
        }
        signs = None;
        let mut titles: Vec<&str> = row.iter().map(|place| place.phase.title.as_str()).collect();
        titles.dedup();
        let signs = std::mem::take(&mut piece.description);
        piece.description =
            [titles.join(", "), signs].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ");
        pieces.push(piece);
    }
    let count = pieces.len();
    for (index, piece) in pieces.iter_mut().enumerate() {
        piece.title = if count > 1 { format!("{title} ({} / {count})", index + 1) } else { title.clone() };
    }
    let mut top = 0;
    for piece in &mut pieces {
        piece.top = top;
        top += piece.height + ROW_GAP;
    }
    Picture { width: full, height: top.saturating_sub(ROW_GAP), pieces }
}

/// Columns into rows. A phase that would be split, though a row could hold it, begins a new one where the row before is
/// at least half full.
fn rows(phases: &[Phases], most: usize) -> Vec<Vec<PlacedColumn<'_>>> {
    let mut rows: Vec<Vec<PlacedColumn>> = Vec::new();
    let mut row: Vec<PlacedColumn> = Vec::new();
    for phase in phases {
        let room = most - row.len();
        if phase.columns.len() > room && phase.columns.len() <= most && row.len() * 2 >= most {
            rows.push(std::mem::take(&mut row));
        }
        for (index, column) in phase.columns.iter().enumerate() {
            if row.len() == most {
                rows.push(std::mem::take(&mut row));
            }
            row.push(PlacedColumn { phase, continued: row.is_empty() && index > 0, column });
        }
    }
    if !row.is_empty() {
        rows.push(row);
    }
    rows
}

/// A row in two; a phase that goes on in the second says so.
fn halves(mut row: Vec<PlacedColumn<'_>>) -> [Vec<PlacedColumn<'_>>; 2] {
    let mut second = row.split_off(row.len().div_ceil(2));
    if let (Some(last), Some(next)) = (row.last(), second.first_mut()) {
        next.continued = std::ptr::eq(last.phase, next.phase);
    }
    [row, second]
}

/// The lanes in which something stands in a row.
fn used_lanes(row: &[PlacedColumn]) -> [bool; LANES.len()] {
    std::array::from_fn(|lane| row.iter().any(|place| !place.column.lanes[lane].is_empty()))
}

/// A row while it is set, from top to bottom.
struct Row<'a, 'b> {
    scope: &'a Scope<'b>,
    sequence: &'a Sequence,
    full: u32,
    column: u32,
    speech: Speech,
    piece: Piece,
    y: u32,
}

impl Row<'_, '_> {
    /// Where a column begins.
    fn left(&self, column: usize) -> u32 {
        LABELS + self.column * column as u32
    }

    fn set(mut self, row: &[PlacedColumn]) -> Piece {
        self.bands(row);
        let body = self.y;
        self.heads(row);
        // Feet of the boxes that a connector may come down from, by column.
        let mut feet: Vec<Option<u32>> = vec![None; row.len()];
        let used = used_lanes(row);
        let mut is_first = true;
        for (index, lane) in LANES.iter().enumerate().filter(|(index, _)| used[*index]) {
            // A line lies between two lanes.
            if let Some(line) = lane.line.filter(|_| !is_first) {
                self.crossing(line);
            }
            self.lane(index, row, &mut feet);
            is_first = false;
        }
        let moments = row.iter().enumerate().filter(|(_, place)| place.column.is_moment);
        let height = self.y - body;
        let grounds =
            moments.map(|(index, _)| Rect { x: self.left(index), y: body, width: self.column, height, kind: "moment" });
        self.piece.grounds.extend(grounds.collect::<Vec<_>>());
        self.piece.height = self.y;
        self.piece
    }

    /// The phases over their columns.
    fn bands(&mut self, row: &[PlacedColumn]) {
        let mut column = 0;
        let mut bands = Vec::new();
        for group in row.chunk_by(|a, b| std::ptr::eq(a.phase, b.phase)) {
            let x = self.left(column);
            let width = self.column * group.len() as u32;
            column += group.len();
            let continued = group.first().is_some_and(|first| first.continued);
            let title = match continued {
                true => format!("{} ({})", group[0].phase.title, self.scope.text("blueprint.continued")),
                false => group[0].phase.title.clone(),
            };
            bands.push((x, width, wrap(&title, (width - 2 * PAD - 2) as f32, BAND, self.speech)));
        }
        let most = bands.iter().map(|(_, _, lines)| lines.len()).max().unwrap_or(0) as u32;
        let height = most * leading(BAND) + 2 * PAD;
        for (x, width, lines) in bands {
            let ground = Rect { x: x + 1, y: self.y, width: width - 2, height, kind: "phase" };
            let lines = placed(lines, x + 1 + PAD, self.y + PAD, BAND);
            self.piece.bands.push(Band { ground, lines });
        }
        self.y += height + 2;
    }

    /// Number, title and notes of each step.
    fn heads(&mut self, row: &[PlacedColumn]) {
        let top = self.y + LANE_PAD;
        let mut end = top;
        for (index, place) in row.iter().enumerate() {
            let x = self.left(index) + GUTTER;
            let most = (self.column - 2 * GUTTER) as f32;
            let mut y = top;
            let indent = if place.column.is_moment { MARK } else { 0 };
            if place.column.is_moment {
                self.piece.marks.push(Sign { kind: "moment", x, y: y + 1 });
            }
            let lines = placed(wrap(&place.column.head, most - indent as f32, HEAD, self.speech), x + indent, y, HEAD);
            y += lines.len() as u32 * leading(HEAD);
            self.piece.notes.push(Note { kind: "head", lines });
            for (kind, text) in &place.column.notes {
                let mark = match kind {
                    NoteKind::Plain => None,
                    NoteKind::Waits => Some("waits"),
                    NoteKind::Lasts => Some("lasts"),
                };
                let indent = if mark.is_some() { MARK } else { 0 };
                if let Some(kind) = mark {
                    self.piece.marks.push(Sign { kind, x, y: y + 2 });
                }
                let lines = placed(wrap(text, most - indent as f32, SMALL, self.speech), x + indent, y, SMALL);
                y += lines.len() as u32 * leading(SMALL);
                self.piece.notes.push(Note { kind: "note", lines });
            }
            end = end.max(y);
        }
        self.y = end + LANE_PAD;
    }

    /// A line between lanes, its name above it in the column of names.
    fn crossing(&mut self, key: &str) {
        let lines = wrap(&self.scope.text(key), (LABELS - PAD - 4) as f32, CROSSING, self.speech);
        let height = lines.len() as u32 * leading(CROSSING) + 3;
        let lines = placed(lines, 4, self.y + 1, CROSSING);
        self.piece.crossings.push(Crossing { y: self.y + height, lines });
        self.y += height + 2;
    }

    /// A lane: its name, its boxes, and what leads to them.
    fn lane(&mut self, lane: usize, row: &[PlacedColumn], feet: &mut [Option<u32>]) {
        let kind = &LANES[lane];
        let top = self.y;
        let label = self.scope.of_customer_in(kind.key, self.sequence);
        let label = wrap(&label, (LABELS - PAD - 4) as f32, LABEL, self.speech);
        let mut height = label.len() as u32 * leading(LABEL) + 2 * LANE_PAD;
        self.piece.labels.push(Note { kind: "lane", lines: placed(label, 4, top + LANE_PAD, LABEL) });
        let mut before: Option<usize> = None;
        for (index, place) in row.iter().enumerate() {
            let mut y = top + LANE_PAD;
            let from = feet[index];
            for cell in &place.column.lanes[lane] {
                let middle = self.left(index) + self.column / 2;
                // A fail point belongs to the step as a whole, and what stands below another box is another matter:
                // nothing leads to them.
                let connector = match cell.kind {
                    _ if y > top + LANE_PAD => None,
                    CellKind::Handoff => Some("handoff"),
                    CellKind::Plain if lane > 1 => Some("down"),
                    _ => None,
                };
                if let (Some(kind), Some(start)) = (connector, from) {
                    self.piece.connectors.push(Connector { kind, x: middle, y: start, to_x: middle, to_y: y });
                }
                y = self.text_box(cell, kind.word, place.column.is_moment, self.left(index) + GUTTER, y);
                feet[index] = Some(y).filter(|_| lane > 0);
                y += GAP;
            }
            let is_filled = !place.column.lanes[lane].is_empty();
            if kind.word == "customer" {
                if let Some(earlier) = before.filter(|earlier| is_filled && earlier + 1 == index) {
                    let y = top + LANE_PAD + 10;
                    let (x, to_x) = (self.left(earlier + 1) - GUTTER, self.left(index) + GUTTER);
                    self.piece.connectors.push(Connector { kind: "next", x, y, to_x, to_y: y });
                }
                before = is_filled.then_some(index);
            }
            if is_filled {
                height = height.max(y - GAP + LANE_PAD - top);
            }
        }
        self.piece.grounds.push(Rect { x: 0, y: top, width: self.full, height, kind: "lane" });
        self.y = top + height;
    }

    /// A box; gives its lower edge.
    fn text_box(&mut self, cell: &LaneText, word: &'static str, is_moment: bool, x: u32, y: u32) -> u32 {
        let width = self.column - 2 * GUTTER;
        let kind = match cell.kind {
            CellKind::Handoff => "handoff",
            CellKind::Fail => "fail",
            CellKind::Plain if word == "customer" && is_moment => "moment",
            CellKind::Plain if word == "customer" => "customer",
            CellKind::Plain => "plain",
        };
        let mark = match cell.kind {
            CellKind::Plain => None,
            CellKind::Handoff => Some("handoff"),
            CellKind::Fail => Some("fail"),
        };
        let indent = if mark.is_some() { MARK } else { 0 };
        let setting = if cell.kind == CellKind::Handoff { HEAD } else { TEXT };
        let spoken = cell.lang.as_deref().map_or(self.speech, speech);
        let lines = wrap(&cell.text, (width - 2 * PAD - indent) as f32, setting, spoken);
        let small = wrap(&cell.small, (width - 2 * PAD) as f32, SMALL, self.speech);
        let middle = y + PAD + lines.len() as u32 * leading(setting);
        let end = middle + small.len() as u32 * leading(SMALL) + PAD;
        if let Some(kind) = mark {
            self.piece.marks.push(Sign { kind, x: x + PAD, y: y + PAD + 1 });
        }
        self.piece.boxes.push(TextBox {
            ground: Rect { x, y, width, height: end - y, kind },
            lang: cell.lang.clone(),
            lines: placed(lines, x + PAD + indent, y + PAD, setting),
            small: placed(small, x + PAD, middle, SMALL),
        });
        end
    }
}

/// What the signs mean, as far as they occur.
fn legend(scope: &Scope, phases: &[Phases], full: u32) -> Option<Piece> {
    let columns = || phases.iter().flat_map(|phase| &phase.columns);
    let noted = |kind| columns().any(|column| column.notes.iter().any(|(known, _)| *known == kind));
    let boxed = |kind| columns().any(|column| column.lanes.iter().flatten().any(|cell| cell.kind == kind));
    let entries = [
        ("moment", "common.moment", columns().any(|column| column.is_moment)),
        ("waits", "note.waits", noted(NoteKind::Waits)),
        ("lasts", "note.lasts", noted(NoteKind::Lasts)),
        ("handoff", "checklist.handoff", boxed(CellKind::Handoff)),
        ("fail", "manual.phase.fail-point", boxed(CellKind::Fail)),
    ];
    let mut piece = Piece::default();
    let (mut x, mut y) = (4, 0);
    let mut texts = Vec::new();
    for (kind, key, _) in entries.iter().filter(|(_, _, used)| *used) {
        let text = scope.text(key);
        let wide = width(&text, SMALL).ceil() as u32 + MARK;
        if x > 4 && x + wide > full {
            (x, y) = (4, y + leading(SMALL) + 2);
        }
        piece.marks.push(Sign { kind, x, y: y + 2 });
        let lines = wrap(&text, full.saturating_sub(x + MARK).max(MARK) as f32, SMALL, None);
        let taken = lines.len() as u32;
        piece.notes.push(Note { kind: "note", lines: placed(lines, x + MARK, y, SMALL) });
        piece.height = piece.height.max(y + taken * leading(SMALL) + 2);
        x += wide + 2 * MARK;
        texts.push(text);
    }
    piece.description = format!("{}: {}", scope.text("checklist.legend"), texts.join(", "));
    (!texts.is_empty()).then_some(piece)
}

/// A heading on a sheet, from `top`, and where it ends.
pub(super) fn heading(text: &str, top: u32, full: u32, is_large: bool, speech: Speech) -> (Vec<Line>, u32) {
    let setting = if is_large { TITLE } else { SMALL };
    let lines = placed(wrap(text, full as f32, setting, speech), super::MARGIN, top, setting);
    let end = top + lines.len() as u32 * leading(setting) + GAP;
    (lines, end)
}

/// How wide the columns of a row are.
fn column_width(full: u32, columns: usize) -> u32 {
    ((full - LABELS) / (columns as u32).max(1)).clamp(COLUMN, MOST_COLUMN)
}

/// From base line to base line.
fn leading(setting: Setting) -> u32 {
    (setting.size * 1.28).round() as u32
}

/// Lines one below the other, the first of them right below `top`.
fn placed(lines: Vec<String>, x: u32, top: u32, setting: Setting) -> Vec<Line> {
    let leading = leading(setting);
    let base = (setting.size * 0.95).round() as u32;
    let line = |(number, text): (usize, String)| Line { x, y: top + base + number as u32 * leading, text };
    lines.into_iter().enumerate().map(line).collect()
}
