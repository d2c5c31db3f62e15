//! Times as a stopwatch shows them: `1:30`.

use super::{Quantity, Unit};
use crate::source::Span;

/// Reads a time of several figures, as whoever measures in `unit` means it: of two, minutes and seconds beside a measure in
/// seconds or minutes, hours and minutes beside one in hours; of three, hours, minutes and seconds. None where it is no such
/// time, or the measure is in something else.
pub fn parse_clock(written: &str, unit: &Unit) -> Option<Quantity> {
    let parts: Vec<&str> = written.trim().split(':').collect();
    let is_figure = |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.len() < 2 || !parts.iter().all(is_figure) || parts.iter().skip(1).any(|part| part.len() != 2) {
        return None;
    }
    let figures: Vec<u32> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    if figures.iter().skip(1).any(|figure| *figure > 59) {
        return None;
    }
    let (value, unit) = match (figures.as_slice(), unit) {
        ([minutes, seconds], Unit::Known("s" | "min")) => (minutes * 60 + seconds, "s"),
        ([hours, minutes], Unit::Known("h")) => (hours * 60 + minutes, "min"),
        ([hours, minutes, seconds], Unit::Known("s" | "min" | "h")) => ((hours * 60 + minutes) * 60 + seconds, "s"),
        _ => return None,
    };
    Some(Quantity { value: f64::from(value), unit: Unit::Known(unit), span: Span::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_in_what_the_measure_is_in() {
        let read = |text: &str, unit: &'static str| parse_clock(text, &Unit::Known(unit)).map(|time| time.plain());
        assert_eq!(read("1:30", "s").as_deref(), Some("90 s"));
        assert_eq!(read(" 0:05 ", "min").as_deref(), Some("5 s"));
        assert_eq!(read("1:30", "h").as_deref(), Some("90 min"));
        assert_eq!(read("1:00:05", "min").as_deref(), Some("3605 s"));
        for (text, unit) in
            [("1:30", "d"), ("1:30", "cm"), ("1:5", "s"), ("1:60", "s"), ("1:2:3", "s"), (":30", "s"), ("90", "s")]
        {
            assert_eq!(read(text, unit), None, "{text} {unit}");
        }
    }
}
