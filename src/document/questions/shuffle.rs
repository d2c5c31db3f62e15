//! Orders that look like chance and are none: the same seed, the same order.

use crate::statistics::seed_of;

/// A stamp as a seed; it is hexadecimal.
pub(in crate::document) fn seed(stamp: &str) -> u64 {
    u64::from_str_radix(stamp, 16).unwrap_or_else(|_| seed_of(stamp))
}

/// The numbers below `n` in an order that follows from the seed and is never the plain one.
pub(in crate::document) fn shuffled(n: usize, mut seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for index in (1..n).rev() {
        // Knuth's linear congruential generator; its high bits are good enough to mix a handful of lines.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(index, (seed >> 33) as usize % (index + 1));
    }
    if n > 1 && order.is_sorted() {
        order.rotate_left(1);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shuffling_keeps_every_line_and_never_the_order() {
        for seed in 0..50 {
            let order = shuffled(4, seed);
            assert!(!order.is_sorted());
            let mut sorted = order;
            sorted.sort_unstable();
            assert_eq!(sorted, [0, 1, 2, 3]);
        }
        assert_eq!(shuffled(5, 7), shuffled(5, 7));
    }
}
