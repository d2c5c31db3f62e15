//! Numbers, quantities and measures in words.

use super::Interface;
use crate::book::{Bound, Language, Measure};
use crate::source::yaml::Node;
use crate::statistics::whole_percent;
use crate::text::{NO_BREAK, NumberStyle, fill};
use crate::units::{Quantity, Unit};

/// How a language's file says that numbers are written.
pub(super) fn number_style(node: Option<&Node>) -> NumberStyle {
    let text = |key: &str| node.and_then(|node| node.get(key)?.text());
    NumberStyle {
        decimal: text("decimal").unwrap_or(".").to_owned(),
        // A number stays on one line.
        thousands: text("thousands").unwrap_or("").replace(' ', &NO_BREAK.to_string()),
        group_from: text("group-from").and_then(|text| text.parse().ok()).unwrap_or(usize::MAX),
    }
}

impl Interface {
    /// A number with the language's decimal mark and groups of three digits; at most three decimals.
    pub fn number(&self, value: f64) -> String {
        self.number.write(value)
    }

    /// Whether a comma is the decimal mark.
    pub(crate) fn has_decimal_comma(&self) -> bool {
        self.number.decimal == ","
    }

    /// A number with so many decimals, whatever they are: what stands below each other in a column.
    pub fn decimals(&self, value: f64, decimals: usize) -> String {
        self.number.write_decimals(value, decimals)
    }

    /// A share of what was observed, 0 to 1, in whole per cent: 0 and 100 only where it is nothing and everything.
    pub fn share(&self, share: f64) -> String {
        self.percent(whole_percent(share) / 100.0)
    }

    /// A share that is demanded, 0 to 1, in per cent, with the decimals that it has.
    pub fn percent(&self, share: f64) -> String {
        self.written(share * 100.0, &Unit::Known("%"), false)
    }

    /// Number and unit: *10 s*, *2 dni robocze*.
    pub fn quantity(&self, quantity: &Quantity) -> String {
        self.written(quantity.value, &quantity.unit, false)
    }

    /// The measure with what it measures: *time to greeting: within 10 s, in 90 % of cases*.
    pub fn measure(&self, measure: &Measure, language: &Language) -> String {
        let bound = self.bound(measure);
        match measure.what.as_ref().and_then(|what| what.best(language, language)) {
            Some(what) => self.fill("measure.labelled", &[("what", &what.text), ("bound", &bound)]),
            None => bound,
        }
    }

    /// The measure's bound and share alone: *within 10 s, in 90 % of cases*.
    pub fn bound(&self, measure: &Measure) -> String {
        let (value, high) = (&measure.value, measure.high.as_ref());
        let key = match measure.bound {
            Bound::Within if value.unit.is_time() => "measure.within",
            // "within 5 rings" is "at most 5 rings" where no time runs.
            Bound::Within | Bound::AtMost => "measure.at-most",
            Bound::AtLeast => "measure.at-least",
            Bound::Between => "measure.between",
        };
        // "from 2 to 3 rings": the unit is said once where both bounds have the same.
        let bare = high.is_some_and(|high| high.unit == value.unit);
        let low =
            |gen_case| if bare { self.number(value.value) } else { self.written(value.value, &value.unit, gen_case) };
        let top = |gen_case| high.map_or_else(String::new, |high| self.written(high.value, &high.unit, gen_case));
        let bound = fill(self.text(key), |name| {
            Some(match name {
                "q" => self.written(value.value, &value.unit, false),
                "q-gen" => self.written(value.value, &value.unit, true),
                "low" => low(false),
                "low-gen" => low(true),
                "high" => top(false),
                "high-gen" => top(true),
                _ => return None,
            })
        });
        if measure.share >= 1.0 {
            return bound;
        }
        let share = self.fill("measure.share", &[("share", &self.percent(measure.share))]);
        format!("{bound}, {share}")
    }

    /// The unit alone, as a label beside a blank: *s*, *days*; empty for a bare count.
    pub fn unit_label<'a>(&'a self, unit: &'a Unit) -> &'a str {
        match unit {
            Unit::Count => "",
            Unit::Unknown(word) => self.unit_word(word),
            Unit::Known(key) => self.unit_word(key),
        }
    }

    /// Symbol, or the name that goes with many; units that the language does not know are printed as written.
    fn unit_word<'a>(&'a self, key: &'a str) -> &'a str {
        let Some(unit) = self.units.get(key) else { return key };
        let many = unit.forms.get("many").or_else(|| unit.forms.get("other"));
        unit.symbol.as_ref().or(many).map_or(key, String::as_str)
    }

    fn written(&self, value: f64, unit: &Unit, gen_case: bool) -> String {
        let number = self.number(value);
        let key = unit.key();
        if key.is_empty() {
            return number;
        }
        let Some(name) = self.units.get(key) else { return format!("{number}{NO_BREAK}{key}") };
        let pick = |forms: &std::collections::BTreeMap<String, String>| -> Option<String> {
            if forms.is_empty() {
                return None;
            }
            forms.get(self.plural_form(value)).or_else(|| forms.get("other")).cloned()
        };
        let inflected = if gen_case { pick(&name.gen_forms) } else { None };
        let word = inflected.or_else(|| name.symbol.clone()).or_else(|| pick(&name.forms));
        let word = word.unwrap_or_else(|| key.to_owned()).replace(' ', &NO_BREAK.to_string());
        match &name.glue {
            Some(glue) => format!("{number}{glue}{word}"),
            None => format!("{number}{NO_BREAK}{word}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Text;
    use crate::source::Span;

    fn of(tag: &str) -> &'static Interface {
        Interface::of(&Language::new(tag))
    }

    fn quantity(value: f64, unit: &'static str) -> Quantity {
        let unit = if unit.is_empty() { Unit::Count } else { Unit::Known(unit) };
        Quantity { value, unit, span: Span::default() }
    }

    fn measure(bound: Bound, value: Quantity, high: Option<Quantity>, share: f64) -> Measure {
        Measure { what: None, bound, value, high, share, span: Span::default() }
    }

    fn plain(text: &str) -> String {
        text.replace(NO_BREAK, " ")
    }

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(of("en").number(12345.5), "12,345.5");
        assert_eq!(of("pl").number(1234.5), "1234,5");
        assert_eq!(of("sv").number(12345.0), "12\u{a0}345");
        assert_eq!(of("en").number(0.1 + 0.2), "0.3");
        assert_eq!(of("en").number(-2.0), "\u{2212}2");
    }

    #[test]
    fn units_take_the_form_of_their_number() {
        let days = |tag: &str, n: f64| plain(&of(tag).quantity(&quantity(n, "wd")));
        assert_eq!(
            [1.0, 2.0, 5.0, 1.5].map(|n| days("pl", n)),
            ["1 dzień roboczy", "2 dni robocze", "5 dni roboczych", "1,5 dnia roboczego"]
        );
        assert_eq!(days("sv", 1.0), "1 arbetsdag");
        assert_eq!(days("en", 2.0), "2 working days");
        assert_eq!(of("en").quantity(&quantity(4.0, "")), "4");
        let boxes = Quantity { value: 3.0, unit: Unit::Unknown("boxes".to_owned()), span: Span::default() };
        assert_eq!(of("pl").quantity(&boxes), "3\u{a0}boxes");
    }

    #[test]
    fn measures_read_as_phrases() {
        let within = measure(Bound::Within, quantity(10.0, "s"), None, 0.9);
        assert_eq!(plain(&of("en").bound(&within)), "within 10 s, in 90 % of cases");
        assert_eq!(plain(&of("pl").bound(&within)), "w ciągu 10 s, w 90% przypadków");
        assert_eq!(plain(&of("sv").bound(&within)), "inom 10 s, i 90 % av fallen");
        let days = measure(Bound::Within, quantity(2.0, "wd"), None, 1.0);
        assert_eq!(plain(&of("pl").bound(&days)), "w ciągu 2 dni roboczych");
        let rings = measure(Bound::Within, quantity(3.0, "rings"), None, 1.0);
        assert_eq!(plain(&of("pl").bound(&rings)), "najwyżej 3 sygnały");
        let rings = measure(Bound::Between, quantity(2.0, "rings"), Some(quantity(3.0, "rings")), 1.0);
        assert_eq!(plain(&of("en").bound(&rings)), "from 2 to 3 rings");
        assert_eq!(plain(&of("pl").bound(&rings)), "od 2 do 3 sygnałów");
        let mixed = measure(Bound::Between, quantity(90.0, "s"), Some(quantity(3.0, "min")), 1.0);
        assert_eq!(plain(&of("sv").bound(&mixed)), "från 90 s till 3 min");
    }

    #[test]
    fn a_measure_says_what_it_measures() {
        let english = Language::new("en");
        let what = Some(Text::of(&english, "time to greeting", Span::default()));
        let measure = Measure { what, ..measure(Bound::Within, quantity(10.0, "s"), None, 1.0) };
        assert_eq!(plain(&of("en").measure(&measure, &english)), "time to greeting: within 10 s");
    }
}
