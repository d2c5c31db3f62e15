//! The picture of a sequence: pieces one below the other, each with everything at its place.
//!
//! Lengths are in units of which ten are the height of the letters; a piece's own corner is its origin.

use serde::Serialize;

/// A picture in pieces, none of which needs to be split over two pages.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Picture {
    /// The width of every piece.
    pub width: u32,
    /// The height of all pieces together.
    pub height: u32,
    /// The rows of the chart, then the legend.
    pub pieces: Vec<Piece>,
}

/// A row of columns, or the legend.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Piece {
    /// Where it begins in the picture as a whole.
    pub top: u32,
    /// The height.
    pub height: u32,
    /// What it is called, for readers who hear it.
    pub title: String,
    /// What it shows, likewise.
    pub description: String,
    /// Grounds of lanes and of moments of truth, furthest back.
    pub grounds: Vec<Rect>,
    /// Names of lanes.
    pub labels: Vec<Note>,
    /// Phases, each over its columns.
    pub bands: Vec<Band>,
    /// Heads of columns and the notes under them.
    pub notes: Vec<Note>,
    /// Lines that are crossed between lanes.
    pub crossings: Vec<Crossing>,
    /// What leads from box to box.
    pub connectors: Vec<Connector>,
    /// Texts in lanes.
    pub boxes: Vec<TextBox>,
    /// Signs.
    pub marks: Vec<Sign>,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Rect {
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// What it is: `lane`, `moment`.
    pub kind: &'static str,
}

/// A line of text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// Left end.
    pub x: u32,
    /// The base line.
    pub y: u32,
    /// The letters.
    pub text: String,
}

/// A phase over its columns.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Band {
    /// The ground.
    pub ground: Rect,
    /// The title.
    pub lines: Vec<Line>,
}

/// Text without a box.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Note {
    /// What it is: `head`, `note`, `lane`, `legend`.
    pub kind: &'static str,
    /// The lines.
    pub lines: Vec<Line>,
}

/// A line between two lanes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Crossing {
    /// Where it runs.
    pub y: u32,
    /// The name.
    pub lines: Vec<Line>,
}

/// A way from box to box, straight.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Connector {
    /// What it is: `next` from column to column, `down` from lane to lane, `handoff` over to a colleague.
    pub kind: &'static str,
    /// Where it begins.
    pub x: u32,
    /// Where it begins.
    pub y: u32,
    /// Where it ends.
    pub to_x: u32,
    /// Where it ends.
    pub to_y: u32,
}

/// A text in a lane.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TextBox {
    /// The edges; the kind is `plain`, `customer`, `moment`, `handoff` or `fail`.
    pub ground: Rect,
    /// The language where it is not the document's.
    pub lang: Option<String>,
    /// The text.
    pub lines: Vec<Line>,
    /// What follows in smaller letters.
    pub small: Vec<Line>,
}

/// A sign of eight by eight.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Sign {
    /// What it is: `moment`, `waits`, `lasts`, `fail`, `handoff`.
    pub kind: &'static str,
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
}
