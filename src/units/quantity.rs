//! Numbers with units.

use crate::message::Message;
use crate::say;
use crate::source::Span;

/// A unit of measure. Units of one kind ([`Unit::canonical`]) convert among themselves and into nothing else.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// A bare count.
    Count,
    /// A known unit by its key in the language files: `s`, `min`, `h`, `d`, `wd`, `weeks`, `months`, `%`, `mm`, `cm`,
    /// `m`, `km`, `°C`, `rings`.
    Known(&'static str),
    /// A unit that the program does not know, printed as written.
    Unknown(String),
}

/// A number and a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The number, in `unit`.
    pub value: f64,
    /// The unit.
    pub unit: Unit,
    /// Where it is written.
    pub span: Span,
}

impl Unit {
    /// The base unit it converts to, and how many of those it is. A unit that converts to nothing is its own base.
    pub fn canonical(&self) -> (&str, f64) {
        match self {
            Unit::Count => ("", 1.0),
            Unit::Known("s") => ("s", 1.0),
            Unit::Known("min") => ("s", 60.0),
            Unit::Known("h") => ("s", 3600.0),
            Unit::Known("d") => ("s", 86_400.0),
            Unit::Known("mm") => ("mm", 1.0),
            Unit::Known("cm") => ("mm", 10.0),
            Unit::Known("m") => ("mm", 1000.0),
            Unit::Known("km") => ("mm", 1_000_000.0),
            Unit::Known(other) => (other, 1.0),
            Unit::Unknown(other) => (other, 1.0),
        }
    }

    /// Whether it measures time.
    pub fn is_time(&self) -> bool {
        matches!(self, Unit::Known("s" | "min" | "h" | "d" | "wd" | "weeks" | "months"))
    }

    /// The key in files and JSON: `s`, `%`, …; empty for a count; as written for an unknown one.
    pub fn key(&self) -> &str {
        match self {
            Unit::Count => "",
            Unit::Known(key) => key,
            Unit::Unknown(written) => written,
        }
    }
}

impl Quantity {
    /// So many months, for defaults.
    pub fn months(value: f64) -> Self {
        Quantity { value, unit: Unit::Known("months"), span: Span::default() }
    }

    /// Value in base units, and the base unit.
    pub fn canonical(&self) -> (f64, &str) {
        let (base, factor) = self.unit.canonical();
        (self.value * factor, base)
    }

    /// Number and unit as a file has them: `10 s`, `80 %`, `4`; a decimal point.
    pub fn plain(&self) -> String {
        match &self.unit {
            Unit::Count => self.value.to_string(),
            unit => format!("{} {}", self.value, unit.key()),
        }
    }
}

/// Reads a quantity: a number with a decimal point or comma, then a unit or nothing.
///
/// # Errors
/// What is wrong with it.
pub fn parse_quantity(written: &str, span: Span) -> Result<Quantity, Message> {
    // A narrow or plain non-breaking space may stand between figure and unit, or group the digits.
    let text: String =
        written.trim().chars().map(|c| if matches!(c, '\u{a0}' | '\u{202f}') { ' ' } else { c }).collect();
    let negative = text.starts_with(['-', '\u{2212}']);
    let digits = text.trim_start_matches(['-', '\u{2212}', '+']);
    let end = digits.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ' '))).unwrap_or(digits.len());
    let (figure, unit) = digits.split_at(end);
    let figure = figure.trim_end();
    if figure.is_empty() || !figure.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(say!("it does not begin with a number"));
    }
    let groups: Vec<&str> = figure.split(' ').collect();
    if groups.iter().skip(1).any(|group| group.split(['.', ',']).next().is_none_or(|whole| whole.len() != 3)) {
        return Err(say!("there are two numbers"));
    }
    let figure = groups.concat().replace(',', ".");
    let value =
        figure.parse::<f64>().ok().filter(|value| value.abs() < 1e12).ok_or_else(|| say!("the number is not clear"))?;
    let value = if negative { -value } else { value };
    let unit = match unit.trim() {
        "" => Unit::Count,
        word if word.chars().count() > 40 => return Err(say!("the unit is too long")),
        word if word.contains(|c: char| c.is_ascii_digit()) => return Err(say!("the number is not clear")),
        word => super::unit_key(word).map_or_else(|| Unit::Unknown(word.to_owned()), Unit::Known),
    };
    if value < 0.0 && unit != Unit::Known("°C") && !matches!(unit, Unit::Unknown(_)) {
        return Err(say!("it is negative"));
    }
    Ok(Quantity { value, unit, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, Message> {
        parse_quantity(text, Span::default()).map(|quantity| quantity.plain())
    }

    #[test]
    fn reads_what_people_write() {
        assert_eq!(read("10 s").as_deref(), Ok("10 s"));
        assert_eq!(read("1,5 h").as_deref(), Ok("1.5 h"));
        assert_eq!(read("80\u{a0}%").as_deref(), Ok("80 %"));
        assert_eq!(read("4").as_deref(), Ok("4"));
        assert_eq!(read("1 200 m").as_deref(), Ok("1200 m"));
        assert_eq!(read("-5 °C").as_deref(), Ok("-5 °C"));
        assert_eq!(read("3 pillows").as_deref(), Ok("3 pillows"));
    }

    #[test]
    fn refuses_what_is_not_one_quantity() {
        for text in ["", "s", "ten s", "10 20 s", "1.2.3", "-3 s", "1e999", "10,,5", ".5 s"] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn converts_within_a_dimension_only() {
        let base =
            |text: &str| parse_quantity(text, Span::default()).map(|q| (q.canonical().0, q.canonical().1.to_owned()));
        assert_eq!(base("2 min"), Ok((120.0, "s".to_owned())));
        assert_eq!(base("1 d"), Ok((86_400.0, "s".to_owned())));
        assert_eq!(base("2 wd"), Ok((2.0, "wd".to_owned())));
        assert_eq!(base("3 m"), Ok((3000.0, "mm".to_owned())));
    }
}
