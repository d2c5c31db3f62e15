//! Statistics of few and repeated observations: pure functions, each with its source.
//!
//! | question | here |
//! |---|---|
//! | is it enough to speak of a share? | [`ENOUGH`] |
//! | how sure is a share? | [`Rate::interval`] (Wilson) |
//! | how is a share printed? | [`whole_percent`] |
//! | do two shares differ? | [`difference`] (Newcombe), [`exact_test`] (Fisher) |
//! | and where what is seen on one visit hangs together? | [`clustered_difference`] (Rao and Scott) |
//! | do ratings lie below others? | [`rank_test`] (Mann and Whitney) |
//! | which of many differences are established? | [`benjamini_hochberg`] |
//! | do auditors see the same thing? | [`Ratings`]: per cent agreement, Cohen, Fleiss, Krippendorff, Gwet |
//! | did a share change over time, or only waver? | [`p_chart`] |
//! | how many observations would be enough? | [`sample_size`] |
//! | how many visits tell that a share is reached? | [`visits_to_tell`] |
//! | what is drawn, and in which order? | [`Chance`] |
//!
//! Whatever is not defined (nothing observed, no variation) is `None` or says why; nothing is ever made 0 or 1 for want
//! of a value.

mod agreement;
mod chance;
mod chart;
mod clusters;
mod comparison;
mod normal;
mod ranks;
mod rate;
mod sample;
mod student;

pub use agreement::{Ratings, Undefined};
pub use chance::{Chance, seed_of};
pub use chart::{ENOUGH_FOR_CHART, PChart, chance_outside, p_chart};
pub use clusters::{ClusteredDifference, Clusters, clustered_difference};
pub use comparison::{Difference, benjamini_hochberg, difference, exact_test};
pub use ranks::{RankTest, rank_test};
pub use rate::{Interval, Rate, whole_percent};
pub use sample::{sample_size, visits_to_tell};

/// Two-sided 95 % of the normal distribution lie within this many standard deviations.
pub const Z95: f64 = 1.959_963_984_540_054;

/// At most this share of the differences that reports call established may be no differences; the same in all of them.
pub const FALSE_DISCOVERIES: f64 = 0.05;

/// The least number of observations that a share is told of: judged units, ratings, units that several auditors judged.
/// Below it chance decides, so that reports print the counts alone, give no interval and compare nothing; the same number
/// in all of them, so that no two contradict each other.
pub const ENOUGH: u64 = 5;
