//! The figure that a standard demands.

use super::text::Text;
use crate::source::Span;
use crate::units::Quantity;

/// Which way a measure bounds its figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// A time limit: at most this long.
    Within,
    /// At most this much.
    AtMost,
    /// At least this much.
    AtLeast,
    /// From `value` to `high`, both included.
    Between,
}

/// The figure in a standard.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// What is measured.
    pub what: Option<Text>,
    /// Which way it is bounded.
    pub bound: Bound,
    /// The bound; the lower one of `between`.
    pub value: Quantity,
    /// The upper bound of `between`.
    pub high: Option<Quantity>,
    /// How often it must hold, 0 to 1.
    pub share: f64,
    /// From the first key to the last value.
    pub span: Span,
}
