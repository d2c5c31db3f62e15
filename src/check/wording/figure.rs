//! Figures in prose: numbers in digits or words, with their units.

use std::ops::Range;

use super::reading::Reading;
use super::token::{Gap, Shape};
use super::words::{Class, WordListLanguage};

/// What a unit measures. Figures of one kind can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum UnitKind {
    /// Seconds to calendar days.
    Duration,
    /// Working days, which convert to nothing else.
    WorkingDays,
    /// Months and years.
    Months,
    /// Per cent.
    Share,
    /// Millimetres to kilometres.
    Length,
    /// Degrees.
    Temperature,
    /// Rings of a telephone.
    Rings,
}

impl UnitKind {
    /// What the unit of that key measures; nothing for units that the program does not know.
    pub(super) fn of_key(key: &str) -> Option<UnitKind> {
        Some(match key {
            "s" | "min" | "h" | "d" | "weeks" => UnitKind::Duration,
            "wd" => UnitKind::WorkingDays,
            "months" => UnitKind::Months,
            "%" => UnitKind::Share,
            "mm" | "cm" | "m" | "km" => UnitKind::Length,
            "°C" => UnitKind::Temperature,
            "rings" => UnitKind::Rings,
            _ => return None,
        })
    }
}

/// A number in a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The number and its unit in the text.
    pub range: Range<usize>,
    /// The value in `unit`.
    pub value: f64,
    /// Canonical unit: s, min, h, d, wd, months, %, mm, cm, m, km, °C, rings; none for a count.
    pub unit: Option<&'static str>,
    /// Whether it is the second end of a range, or a further side of a size, that the figure before
    /// it starts: the 22 of *between 18 and 22 °C*.
    pub(crate) ties: bool,
    /// Index of its first token.
    pub(super) first: usize,
    /// Index of its last token.
    pub(super) last: usize,
}

impl Figure {
    /// What it measures; nothing for a bare count.
    pub(crate) fn unit_kind(&self) -> Option<UnitKind> {
        self.unit.and_then(UnitKind::of_key)
    }

    /// The value in the smallest unit of its dimension (seconds, millimetres), for comparison.
    pub fn base(&self) -> f64 {
        self.value
            * match self.unit {
                Some("min") => 60.0,
                Some("h") => 3600.0,
                Some("d") => 86_400.0,
                Some("cm") => 10.0,
                Some("m") => 1000.0,
                Some("km") => 1_000_000.0,
                _ => 1.0,
            }
    }
}

/// The figures of `text`. Clock times, dates, ordinals, numbers of rooms and forms, and anything in
/// quotation marks are none.
pub fn figures(text: &str, language: WordListLanguage) -> Vec<Figure> {
    Reading::new(text, language).figures().to_vec()
}

impl Reading<'_> {
    /// Goes through the text once.
    pub(super) fn find_figures(&self) -> Vec<Figure> {
        let mut figures = Vec::new();
        let mut i = 0;
        while i < self.len() {
            let figure = self.figure(i);
            i = figure.as_ref().map_or(i, |f| f.last) + 1;
            figures.extend(figure);
        }
        for k in 1..figures.len() {
            let (before, after) = figures.split_at_mut(k);
            if let (Some(a), Some(b)) = (before.last_mut(), after.first_mut()) {
                self.tie(a, b);
            }
        }
        figures
    }

    fn figure(&self, i: usize) -> Option<Figure> {
        if let Some(fixed) = self.at(i, Class::Fixed) {
            return Some(self.make(i, fixed.last, fixed.entry.value, fixed.entry.unit));
        }
        let token = self.token(i)?;
        match token.shape {
            Shape::Label => None,
            Shape::Compound(value, from) => {
                let (factor, unit) = self.unit_word(self.tail(i, from));
                Some(self.make(i, i, value * factor, unit))
            }
            Shape::Number(value) => self.counted(i, i, value, false),
            Shape::Word => match self.at(i, Class::Number) {
                Some(word) => self.counted(i, word.last, word.entry.value, true),
                None => self.compound_word(i),
            },
        }
    }

    /// A number and the unit behind it.
    fn counted(&self, first: usize, last: usize, value: f64, word: bool) -> Option<Figure> {
        let next = last + 1;
        let unit = self.all(Class::Unit).filter(|f| f.first == next && self.joined(next)).max_by_key(|f| f.last);
        if let Some(unit) = unit {
            // *en dag* is a day or one day; only behind a limit is it certainly a number.
            let article = word && value <= 1.0 && self.at(first, Class::Article).is_some();
            let limited = || first.checked_sub(1).is_some_and(|j| self.over(j, Class::Limit).is_some());
            if article && !limited() {
                return None;
            }
            return Some(self.make(first, unit.last, value * unit.entry.value, unit.entry.unit));
        }
        let before = first.checked_sub(1);
        let labelled = before.is_some_and(|j| {
            self.over(j, Class::Label).is_some()
                && self.token(first).is_some_and(|t| matches!(t.gap, Gap::Space | Gap::Dot))
        });
        let month =
            self.at(next, Class::Month).is_some() || before.is_some_and(|j| self.over(j, Class::Month).is_some());
        let clock = self.at(next, Class::Clock).is_some();
        let nobody = word && value <= 1.0;
        let none = labelled || month || clock || nobody || !word && self.is_ordinal_or_time(first, value);
        (!none).then(|| self.make(first, last, value, None))
    }

    /// Whether the digits at `i`, without a unit, are an ordinal, a year or a clock time.
    fn is_ordinal_or_time(&self, i: usize, value: f64) -> bool {
        let dotted = self.token(i + 1).is_some_and(|t| t.gap == Gap::Dot)
            && self.token(i).is_some_and(|t| self.text[t.range.end..].starts_with('.'));
        let digits = self.word(i);
        let year = digits.len() == 4 && (1900.0..2100.0).contains(&value);
        let time = digits.split_once('.').is_some_and(|(hour, minute)| {
            minute.len() == 2 && minute < "60" && hour.parse::<u8>().is_ok_and(|h| h <= 24)
        });
        dotted || year || time
    }

    /// *ten-minute*.
    fn compound_word(&self, i: usize) -> Option<Figure> {
        let (number, unit) = self.word(i).split_once('-')?;
        let number = self.language.lexicon().starting(number).find(|e| e.class == Class::Number)?.value;
        let (factor, unit) = self.unit_word(unit);
        unit?;
        Some(self.make(i, i, number * factor, unit))
    }

    /// Factor and canonical unit of the first part of a hyphenated word.
    fn unit_word(&self, word: &str) -> (f64, Option<&'static str>) {
        let word = word.split(['-', '\u{2010}', '\u{2011}']).next().unwrap_or_default();
        let entry = self.language.lexicon().starting(word).find(|e| e.class == Class::Unit && e.rest.is_empty());
        entry.map_or((1.0, None), |e| (e.value, e.unit))
    }

    fn make(&self, first: usize, last: usize, value: f64, unit: Option<&'static str>) -> Figure {
        Figure { range: self.range(first, last), value, unit, ties: false, first, last }
    }

    /// Ties `b` to `a` where the two are the ends of one range; `a` then shares the unit of `b`.
    fn tie(&self, a: &mut Figure, b: &mut Figure) {
        let linked = match b.first - a.last {
            1 => self.token(b.first).is_some_and(|t| t.gap == Gap::Link),
            2 => self.joined(a.last + 1) && self.joined(b.first) && self.at(a.last + 1, Class::Range).is_some(),
            _ => false,
        };
        if linked && (a.unit.is_none() || a.unit_kind() == b.unit_kind()) {
            b.ties = true;
            if a.unit.is_none() && b.unit.is_some() {
                // The factor of a word such as *weeks* was already applied to `b` only.
                let factor =
                    self.all(Class::Unit).filter(|f| f.last == b.last).map(|f| f.entry.value).next().unwrap_or(1.0);
                a.value *= factor;
                a.unit = b.unit;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, language: WordListLanguage) -> Vec<(f64, &'static str)> {
        figures(text, language).into_iter().map(|f| (f.value, f.unit.unwrap_or(""))).collect()
    }

    #[test]
    fn english_figures() {
        use WordListLanguage::En;
        for (text, expected) in [
            ("greets within 10 seconds", &[(10.0, "s")][..]),
            ("a 10-second wait, a ten-minute talk", &[(10.0, "s"), (10.0, "min")]),
            ("within three rings or 2,5 m", &[(3.0, "rings"), (2.5, "m")]),
            ("90 % of calls in 30s", &[(90.0, "%"), (30.0, "s")]),
            ("between 18 and 22 °C", &[(18.0, "°C"), (22.0, "°C")]),
            ("two working days, 1 business day", &[(2.0, "wd"), (1.0, "wd")]),
            ("at 14:30, at 7 a.m., on the 2nd, by 3 o'clock, room 12, 2026-01-15", &[]),
            ("two towels", &[(2.0, "")]),
            ("no one waits; one of them", &[]),
            ("within an hour, half an hour", &[(1.0, "h"), (30.0, "min")]),
            (
                "an hour and a half, a fortnight, within an hour and a half",
                &[(90.0, "min"), (14.0, "d"), (90.0, "min")],
            ),
            ("two weeks, 2-3 weeks", &[(14.0, "d"), (14.0, "d"), (21.0, "d")]),
            ("says “wait 10 minutes”", &[]),
            ("1 000 m", &[(1000.0, "m")]),
            ("12 months", &[(12.0, "months")]),
            ("May 5, 5 May 2026", &[]),
        ] {
            assert_eq!(read(text, En), expected, "{text}");
        }
    }

    #[test]
    fn polish_figures() {
        use WordListLanguage::Pl;
        for (text, expected) in [
            ("w ciągu 10 sek.", &[(10.0, "s")][..]),
            ("10-sekundowy", &[(10.0, "s")]),
            ("po dwóch sygnałach, w ciągu pięciu minut", &[(2.0, "rings"), (5.0, "min")]),
            ("2 dni robocze, 1 dnia roboczego, 30 dni", &[(2.0, "wd"), (1.0, "wd"), (30.0, "d")]),
            ("90 procent, 2,5 m, 21°C", &[(90.0, "%"), (2.5, "m"), (21.0, "°C")]),
            ("o godz. 14, przed godz. 6, o 7.30, 15 stycznia, 2. dzień, drugi dzień, 14:30", &[]),
            ("do godziny 17", &[]),
            ("pół godziny, w ciągu godziny, kwadrans", &[(30.0, "min"), (1.0, "h"), (15.0, "min")]),
            ("od 20 do 22 °C", &[(20.0, "°C"), (22.0, "°C")]),
            ("za trzy godziny, w trzy kwadranse", &[(3.0, "h"), (45.0, "min")]),
        ] {
            assert_eq!(read(text, Pl), expected, "{text}");
        }
    }

    #[test]
    fn swedish_figures() {
        use WordListLanguage::Sv;
        for (text, expected) in [
            ("inom 30 sekunder", &[(30.0, "s")][..]),
            ("inom tre signaler, 24-timmars", &[(3.0, "rings"), (24.0, "h")]),
            ("inom 2 arbetsdagar, inom en minut, på 8 m håll", &[(2.0, "wd"), (1.0, "min"), (8.0, "m")]),
            ("en dag i veckan", &[]),
            ("kl. 14, före kl. 6, 7.30–15.30, den 1 mars, var 30:e minut", &[]),
            ("80 procent, 2,5 m", &[(80.0, "%"), (2.5, "m")]),
            ("mellan 20 och 22 grader", &[(20.0, "°C"), (22.0, "°C")]),
            ("5 min., tre kvart", &[(5.0, "min"), (45.0, "min")]),
        ] {
            assert_eq!(read(text, Sv), expected, "{text}");
        }
    }

    #[test]
    fn ranges_are_tied() {
        let figures = figures("between 18 and 22 °C, 10–15 minutes, 20 x 30 cm, 5 s, 6 s", WordListLanguage::En);
        let ties: Vec<bool> = figures.iter().map(|f| f.ties).collect();
        assert_eq!(ties, [false, true, false, true, false, true, false, false]);
    }

    #[test]
    fn base_units_compare() {
        let figures = figures("120 s, 2 min, 2.5 m, 250 cm", WordListLanguage::En);
        assert_eq!(figures[0].base(), figures[1].base());
        assert_eq!(figures[2].base(), figures[3].base());
        assert_eq!(figures[0].unit_kind(), Some(UnitKind::Duration));
    }
}
