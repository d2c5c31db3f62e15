//! Statistics of few and repeated observations: pure functions, each with its source.
//!
//! | question | here |
//! |---|---|
//! | how sure is a share? | [`Rate::interval`] (Wilson) |
//! | do two shares differ? | [`difference`] (Newcombe), [`exact_test`] (Fisher) |
//! | which of many differences are established? | [`benjamini_hochberg`] |
//! | do auditors see the same thing? | [`Ratings`]: per cent agreement, Cohen, Fleiss, Krippendorff, Gwet |
//! | did a share change over time, or only waver? | [`p_chart`] |
//! | how many observations would be enough? | [`sample_size`] |
//!
//! Whatever is not defined (nothing observed, no variation) is `None` or says why; nothing is ever made 0 or 1 for want
//! of a value.

mod agreement;
mod chart;
mod comparison;
mod rate;
mod sample;

pub use agreement::{Ratings, Undefined};
pub use chart::{ENOUGH_FOR_CHART, PChart, p_chart};
pub use comparison::{Difference, benjamini_hochberg, difference, exact_test};
pub use rate::{Interval, Rate};
pub use sample::sample_size;

/// Two-sided 95 % of the normal distribution lie within this many standard deviations.
pub const Z95: f64 = 1.959_963_984_540_054;
