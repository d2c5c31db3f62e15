//! The tails of the normal distribution.

/// The probability that a value lies so many standard deviations from the mean or further, on either side.
pub(super) fn two_sided(deviations: f64) -> f64 {
    error_function_complement(deviations.abs() / std::f64::consts::SQRT_2)
}

/// 1 − erf(x) for x from 0 on: by the series of all positive terms near 0, by the continued fraction further out.
///
/// Source: M. Abramowitz and I. A. Stegun, "Handbook of Mathematical Functions" (1964), 7.1.6 and 7.1.14.
fn error_function_complement(x: f64) -> f64 {
    let square = (-x * x).exp();
    if x < 2.5 {
        let (mut term, mut sum, mut n) = (x, x, 0.0);
        while term > sum * f64::EPSILON {
            n += 1.0;
            term *= 2.0 * x * x / (2.0 * n + 1.0);
            sum += term;
        }
        return (1.0 - std::f64::consts::FRAC_2_SQRT_PI * square * sum).clamp(0.0, 1.0);
    }
    // So many steps are more than enough this far out.
    let tail = (1..=120).rev().fold(0.0, |tail, n| f64::from(n) / 2.0 / (x + tail));
    square / (x + tail) * std::f64::consts::FRAC_2_SQRT_PI / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_are_what_tables_have() {
        // Abramowitz and Stegun, tables 7.1 and 26.1.
        for (deviations, p) in [
            (0.0, 1.0),
            (1.0, 0.317_310_507_862_914_1),
            (1.959_963_984_540_054, 0.05),
            (3.0, 0.002_699_796_063_260_19),
            (5.0, 5.733_031_437_583_87e-7),
        ] {
            assert!((two_sided(deviations) - p).abs() < 1e-13 + p * 1e-10, "{deviations}: {}", two_sided(deviations));
        }
    }

    #[test]
    fn both_ways_of_reckoning_meet() {
        let complement = |x: f64| error_function_complement(x);
        assert!((complement(2.5 - 1e-9) / complement(2.5) - 1.0).abs() < 1e-7);
    }
}
