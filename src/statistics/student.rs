//! Student's distribution of t.

use super::Z95;
use super::normal::two_sided as normal_tails;

/// From so many degrees of freedom on, the series would be long and the expansions are exact to ten digits.
const MANY: u64 = 400;

/// The probability of a value of t so far from 0 or further, on either side; 1 without degrees of freedom.
///
/// Source: M. Abramowitz and I. A. Stegun, "Handbook of Mathematical Functions" (1964), 26.7.3 and 26.7.4; for many degrees of
/// freedom G. W. Hill, "Algorithm 395: Student's t-distribution", Communications of the ACM 13 (1970) 617–619.
pub(super) fn two_sided(t: f64, degrees: u64) -> f64 {
    let (t, n) = (t.abs(), degrees as f64);
    match degrees {
        0 => 1.0,
        1..MANY => {
            let angle = (t / n.sqrt()).atan();
            let (sine, cosine) = angle.sin_cos();
            let square = cosine * cosine;
            // Each term is the one before, times k / (k + 1) of the squared cosine.
            let sum = |first: f64, from: u64| {
                let (mut term, mut sum, mut k) = (first, first, from);
                while k + 2 < degrees {
                    term *= square * (k + 1) as f64 / (k + 2) as f64;
                    sum += term;
                    k += 2;
                }
                sum
            };
            let within = match degrees % 2 {
                0 => sine * sum(1.0, 0),
                _ if degrees == 1 => angle * std::f64::consts::FRAC_2_PI,
                _ => (angle + sine * sum(cosine, 1)) * std::f64::consts::FRAC_2_PI,
            };
            (1.0 - within).clamp(0.0, 1.0)
        }
        _ => {
            let a = n - 0.5;
            let b = 48.0 * a * a;
            let y = a * (t * t / n).ln_1p();
            let inner = ((-0.4 * y - 3.3) * y - 24.0) * y - 85.5;
            normal_tails(((inner / (0.8 * y * y + 100.0 + b) + y + 3.0) / b + 1.0) * y.sqrt())
        }
    }
}

/// The t that 95 % lie within, on both sides; none without degrees of freedom.
///
/// Source: where there are many, 26.7.5 of the same handbook; else by halving.
pub(super) fn within95(degrees: u64) -> Option<f64> {
    if degrees == 0 {
        return None;
    }
    if degrees >= MANY {
        let (z, n) = (Z95, degrees as f64);
        let (z2, z3) = (z * z, z * z * z);
        let first = (z3 + z) / 4.0;
        let second = (5.0 * z2 * z3 + 16.0 * z3 + 3.0 * z) / 96.0;
        let third = (3.0 * z3 * z3 * z + 19.0 * z2 * z3 + 17.0 * z3 - 15.0 * z) / 384.0;
        return Some(z + first / n + second / (n * n) + third / (n * n * n));
    }
    let (mut low, mut high) = (Z95, 13.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if two_sided(middle, degrees) > 0.05 { low = middle } else { high = middle }
    }
    Some((low + high) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_are_what_tables_have() {
        // Abramowitz and Stegun, table 26.10, and scipy.stats.t for what is between.
        for (degrees, t) in [(1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980)] {
            assert!((two_sided(t, degrees) - 0.05).abs() < 5e-5, "{degrees}: {}", two_sided(t, degrees));
            let within = within95(degrees).unwrap_or_default();
            assert!((within - t).abs() < 5e-4, "{degrees}: {within}");
        }
        assert!((two_sided(2.0, 7) - 0.085_618_9).abs() < 5e-7, "{}", two_sided(2.0, 7));
        assert_eq!((two_sided(9.0, 0), within95(0)), (1.0, None));
    }

    #[test]
    fn both_ways_of_reckoning_meet() {
        for t in [0.5, 2.0, 4.0] {
            let (few, many) = (two_sided(t, MANY - 1), two_sided(t, MANY));
            assert!(few > many && few - many < 1e-4, "{t}: {few} {many}");
        }
        let (few, many) = (within95(MANY - 1).unwrap_or_default(), within95(MANY).unwrap_or_default());
        assert!(few > many && few - many < 1e-4, "{few} {many}");
    }
}
