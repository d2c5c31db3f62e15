//! The figure in a cell: which way it bounds, how much, how often. What the cell leaves open the text may say.

use super::Figure;
use crate::book::Bound;
use crate::check::wording::{WordListLanguage, figures};
use crate::import::cell_words::bare;
use crate::source::Span;
use crate::units::{Quantity, Unit, parse_quantity};

/// Words before a figure that say which way it bounds, without marks.
const BOUNDS: &[(Bound, &[&str])] = &[
    (Bound::Within, &["within", "w ciagu", "inom", "in", "do"]),
    (
        Bound::AtMost,
        &[
            "at most",
            "max",
            "maximum",
            "maks",
            "maksymalnie",
            "maksimum",
            "najwyzej",
            "nie wiecej niz",
            "nie dluzej niz",
            "hogst",
            "maximalt",
            "no more than",
            "not more than",
            "up to",
            "under",
            "less than",
            "mindre an",
            "ponizej",
            "upp till",
        ],
    ),
    (
        Bound::AtLeast,
        &[
            "at least",
            "min",
            "minimum",
            "minimalnie",
            "co najmniej",
            "przynajmniej",
            "minst",
            "no less than",
            "nie mniej niz",
            "more than",
            "over",
            "od",
        ],
    ),
];

/// The figure of a cell. `unit` is that of bare numbers; `demand` the text of the standard, with its language.
pub(super) fn figure(cell: &str, unit: Option<&str>, demand: Option<(&str, &str)>) -> Option<Figure> {
    // `10 s (90 %)`, `10 s / 90 %`: how often stands behind how much.
    let (amount, often) = split_share(cell);
    let (bound, amount) = bound(amount);
    if let Some((low, high)) = range(amount)
        && bound.is_none()
    {
        let high = quantity(high, unit)?;
        let low = match quantity(low, unit)? {
            low if low.unit == Unit::Count => Quantity { unit: high.unit.clone(), ..low },
            low => low,
        };
        let is_range = low.unit == high.unit && low.value < high.value;
        let of = |quantity: &Quantity| quantity.plain();
        return is_range.then(|| Figure {
            bound: Bound::Between,
            value: of(&low),
            high: Some(of(&high)),
            share: often,
        });
    }
    let value = quantity(amount, unit)?;
    let is_time = value.unit.is_time();
    let bound = match bound {
        // A time limit is a limit of time.
        Some(Bound::AtMost) if is_time => Bound::Within,
        Some(Bound::Within) if !is_time => Bound::AtMost,
        Some(bound) => bound,
        None => demand.and_then(|(tag, text)| bound_in(text, tag, &value))?,
    };
    Some(Figure { bound, value: value.plain(), high: None, share: often })
}

/// A share, such as `90 %`, `90` or `0.9`.
pub(super) fn share(cell: &str) -> Option<String> {
    let value = parse_quantity(cell, Span::default()).ok()?;
    let percent = match value.unit {
        Unit::Known("%") => value.value,
        Unit::Count if value.value <= 1.0 => value.value * 100.0,
        Unit::Count => value.value,
        _ => return None,
    };
    (0.0 < percent && percent <= 100.0).then(|| format!("{} %", (percent * 1e6).round() / 1e6))
}

fn split_share(cell: &str) -> (&str, Option<String>) {
    let cell = cell.trim();
    if let Some((amount, rest)) = cell.split_once('(')
        && let Some(often) = rest.strip_suffix(')').and_then(as_share)
    {
        return (amount.trim(), Some(often));
    }
    for sign in ['/', ';', ','] {
        if let Some((amount, rest)) = cell.rsplit_once(sign)
            && let Some(often) = as_share(rest)
            && amount.trim().contains(|c: char| c.is_ascii_digit())
        {
            return (amount.trim(), Some(often));
        }
    }
    (cell, None)
}

fn as_share(text: &str) -> Option<String> {
    text.contains('%').then(|| share(text.trim())).flatten()
}

/// The bound that stands before a figure, and the figure.
fn bound(amount: &str) -> (Option<Bound>, &str) {
    let amount = amount.trim();
    for (sign, bound) in [
        ("≤", Bound::AtMost),
        ("<=", Bound::AtMost),
        ("<", Bound::AtMost),
        ("≥", Bound::AtLeast),
        (">=", Bound::AtLeast),
        (">", Bound::AtLeast),
    ] {
        if let Some(rest) = amount.strip_prefix(sign) {
            return (Some(bound), rest.trim());
        }
    }
    let Some(start) = amount.find(|c: char| c.is_ascii_digit()).filter(|start| *start > 0) else {
        return (None, amount);
    };
    let (word, rest) = amount.split_at(start);
    let word = bare(word);
    let known = BOUNDS.iter().find(|(_, words)| words.contains(&word.as_str()));
    match known {
        Some((bound, _)) => (Some(*bound), rest),
        None => (None, amount),
    }
}

/// The two ends of a range: `18–22 °C`, `18 do 22`, `between 18 and 22`.
fn range(amount: &str) -> Option<(&str, &str)> {
    let starts = ["between ", "mellan ", "od ", "från ", "from "];
    let inner = starts.iter().find_map(|start| amount.strip_prefix(start)).unwrap_or(amount);
    let between = ["–", "—", "-", " do ", " to ", " till ", " and ", " och ", " a "];
    let (low, high) = between.iter().find_map(|sign| inner.split_once(sign))?;
    let (low, high) = (low.trim(), high.trim());
    let starts = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    (starts(low) && starts(high)).then_some((low, high))
}

fn quantity(text: &str, unit: Option<&str>) -> Option<Quantity> {
    let read = parse_quantity(text, Span::default()).ok()?;
    match (&read.unit, unit) {
        (Unit::Count, Some(unit)) => parse_quantity(&format!("{} {unit}", read.value), Span::default()).ok(),
        (Unit::Unknown(_), _) => None,
        _ => Some(read),
    }
}

/// Which way a text bounds a figure that it holds: by the words before it, or because it is a time.
pub(super) fn bound_in(text: &str, tag: &str, value: &Quantity) -> Option<Bound> {
    let words = WordListLanguage::for_tag(tag.split('-').next().unwrap_or(tag));
    let found = words.map(|words| figures(text, words)).unwrap_or_default();
    let is_same = |range: &std::ops::Range<usize>, figure: f64, unit: Option<&str>| {
        let written = unit.map_or_else(|| figure.to_string(), |unit| format!("{figure} {unit}"));
        let same = parse_quantity(&written, Span::default()).is_ok_and(|read| {
            let ((a, unit), (b, other)) = (read.canonical(), value.canonical());
            unit == other && (a - b).abs() < 1e-9
        });
        same.then(|| text.get(..range.start).unwrap_or_default())
    };
    let before = found.iter().find_map(|figure| is_same(&figure.range, figure.value, figure.unit));
    let direction = before.and_then(|before| {
        let before = bare(before);
        let ends = |word: &str| before == word || before.ends_with(&format!(" {word}"));
        BOUNDS.iter().find(|(_, words)| words.iter().any(|word| ends(word))).map(|(bound, _)| *bound)
    });
    match direction {
        Some(Bound::AtMost) if value.unit.is_time() => Some(Bound::Within),
        Some(Bound::Within) if !value.unit.is_time() => Some(Bound::AtMost),
        Some(bound) => Some(bound),
        // A time that a standard names is a limit; of other figures nobody knows which way they bound.
        None => value.unit.is_time().then_some(Bound::Within),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str, demand: Option<(&str, &str)>) -> Option<String> {
        figure(cell, None, demand).map(|figure| {
            let high = figure.high.map(|high| format!(" {high}")).unwrap_or_default();
            let share = figure.share.map(|share| format!(" in {share}")).unwrap_or_default();
            format!("{} {}{high}{share}", figure.bound.key(), figure.value)
        })
    }

    #[test]
    fn figures_of_cells_are_read_as_houses_write_them() {
        for (cell, wanted) in [
            ("≤ 10 s", "within 10 s"),
            ("max. 2 min", "within 2 min"),
            ("do 10 sekund", "within 10 s"),
            ("minst 3", "at-least 3"),
            ("min 80%", "at-least 80 %"),
            ("18–22 °C", "between 18 °C 22 °C"),
            ("10 s (90 %)", "within 10 s in 90 %"),
            ("w ciągu 24 h / 95%", "within 24 h in 95 %"),
            ("co najmniej 2", "at-least 2"),
        ] {
            assert_eq!(read(cell, Some(("en", "x"))).as_deref(), Some(wanted), "{cell}");
        }
        for cell in ["soon", "2026-05-01", "10 krokodyli", "x 10 s"] {
            assert_eq!(read(cell, Some(("en", "x"))), None, "{cell}");
        }
    }

    #[test]
    fn a_bare_figure_takes_its_kind_from_the_text() {
        for (cell, tag, text, wanted) in [
            ("40 s", "en", "The clerk answers within 40 seconds.", Some("within 40 s")),
            ("40 s", "pl", "Konsultant odbiera telefon w ciągu 40 sekund.", Some("within 40 s")),
            ("2", "sv", "Minst 2 handdukar hänger i badrummet.", Some("at-least 2")),
            ("2", "en", "At most 2 guests wait in line.", Some("at-most 2")),
            ("2", "en", "Two towels hang in the bathroom.", None),
            ("5 min", "sv", "Gästen väntar inte.", Some("within 5 min")),
        ] {
            assert_eq!(read(cell, Some((tag, text))).as_deref(), wanted, "{cell} {text}");
        }
        assert_eq!(share("0,9").as_deref(), Some("90 %"));
        assert_eq!(share("120 %"), None);
    }
}
