//! How a number is written: the decimal mark, and thousands set apart.

/// How a language writes numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberStyle {
    /// The decimal mark.
    pub decimal: String,
    /// What stands between groups of three digits.
    pub thousands: String,
    /// From how many digits before the mark thousands are set apart.
    pub group_from: usize,
}

impl NumberStyle {
    /// How English writes numbers: `12,345.5`.
    pub fn english() -> Self {
        NumberStyle { decimal: ".".to_owned(), thousands: ",".to_owned(), group_from: 4 }
    }

    /// A number with the decimal mark and groups of three digits; at most three decimals.
    pub fn write(&self, value: f64) -> String {
        let rounded = (value * 1000.0).round() / 1000.0;
        // Beyond 2^53 the factor above costs digits; such numbers are whole anyway.
        let written = if value.abs() < 1e12 { rounded.to_string() } else { value.to_string() };
        self.marked(&written)
    }

    /// The same with so many decimals, whatever they are.
    pub fn write_decimals(&self, value: f64, decimals: usize) -> String {
        // Less than half of the last digit below nothing is nothing.
        let unit = 10_f64.powi(i32::try_from(decimals).unwrap_or(0));
        let rounded = (value * unit).round() / unit + 0.0;
        self.marked(&format!("{rounded:.decimals$}"))
    }

    /// A number as programs write it in the marks of the language.
    fn marked(&self, written: &str) -> String {
        let (sign, digits) = written.strip_prefix('-').map_or(("", written), |digits| ("\u{2212}", digits));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let mut grouped = String::new();
        let groups = whole.len() >= self.group_from && whole.bytes().all(|byte| byte.is_ascii_digit());
        for (index, digit) in whole.chars().enumerate() {
            if groups && index > 0 && (whole.len() - index) % 3 == 0 {
                grouped.push_str(&self.thousands);
            }
            grouped.push(digit);
        }
        if fraction.is_empty() {
            format!("{sign}{grouped}")
        } else {
            format!("{sign}{grouped}{}{fraction}", self.decimal)
        }
    }
}
