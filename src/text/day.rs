//! Reading a day: the one reader of dates, for files, forms, tables and options alike.

use chrono::{Datelike, NaiveDate};

/// What a text says of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenDay {
    /// This day.
    Day(NaiveDate),
    /// Two numbers of which either may be the day or the month, and the year.
    Either(u32, u32, i32),
    /// No date.
    No,
}

/// In which order day and month are written where the signs between them do not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayOrder {
    /// 31/12.
    DayFirst,
    /// 12/31.
    MonthFirst,
}

/// Why a text is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDay {
    /// It is no date.
    NoDate,
    /// It may be either of two days.
    Either(NaiveDate, NaiveDate),
}

/// Nobody kept records of a service, or filled in such forms, before this year; a clock that was never set begins in 1970.
pub const FIRST_YEAR: i32 = 2000;

/// A day as files and options have it: `2026-05-12`, exactly.
pub fn iso_day(text: &str) -> Option<NaiveDate> {
    // chrono itself would also take `2026-5-12` and `+2026-5-12`.
    let is_written_so = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(index, byte)| if matches!(index, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    is_written_so.then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()).flatten()
}

/// How many days the month has that a text in the form of a day names, where the day is none of them; nothing where it
/// names no month either.
pub fn days_of_month(text: &str) -> Option<u32> {
    let mut parts = text.trim().split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let day = day.split('T').next()?.parse::<u32>().ok()?;
    let first = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)?;
    let days = u32::from(first.num_days_in_month());
    (day > days || day == 0).then_some(days)
}

/// A day as people write it: year first with any sign between, day first with points, either with dashes or strokes, or with
/// the name of the month. The year has four digits.
pub fn written_day(text: &str) -> WrittenDay {
    let text: String = text.chars().map(|c| if matches!(c, '‐' | '‑' | '–' | '—' | '−') { '-' } else { c }).collect();
    let text = text.trim().trim_end_matches('.');
    // `12.11.2026 r.`, as Polish writes it.
    let text = [" r", " roku"].iter().find_map(|year| text.strip_suffix(year)).unwrap_or(text).trim_end();
    if let Some(day) = named_day(text) {
        return WrittenDay::Day(day);
    }
    let Some(sign) = text.chars().find(|c| matches!(c, '-' | '.' | '/')) else { return WrittenDay::No };
    let parts: Vec<&str> = text.split(sign).map(str::trim).collect();
    let is_number = |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let (&[first, second, third], true) = (parts.as_slice(), parts.iter().all(is_number)) else {
        return WrittenDay::No;
    };
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    let dated = |year: u32, month: u32, day: u32| {
        NaiveDate::from_ymd_opt(year as i32, month, day).map_or(WrittenDay::No, WrittenDay::Day)
    };
    match (first.len(), second.len(), third.len(), sign) {
        (4, 1 | 2, 1 | 2, _) => dated(number(first), number(second), number(third)),
        (1 | 2, 1 | 2, 4, '.') => dated(number(third), number(second), number(first)),
        (1 | 2, 1 | 2, 4, _) if number(first) == number(second) => dated(number(third), number(second), number(first)),
        (1 | 2, 1 | 2, 4, _) => WrittenDay::Either(number(first), number(second), number(third) as i32),
        _ => WrittenDay::No,
    }
}

/// The months as our languages name them: in English, in Polish within a date and alone, in Swedish.
const MONTHS: [[&str; 4]; 12] = [
    ["january", "stycznia", "styczeń", "januari"],
    ["february", "lutego", "luty", "februari"],
    ["march", "marca", "marzec", "mars"],
    ["april", "kwietnia", "kwiecień", "april"],
    ["may", "maja", "maj", "maj"],
    ["june", "czerwca", "czerwiec", "juni"],
    ["july", "lipca", "lipiec", "juli"],
    ["august", "sierpnia", "sierpień", "augusti"],
    ["september", "września", "wrzesień", "september"],
    ["october", "października", "październik", "oktober"],
    ["november", "listopada", "listopad", "november"],
    ["december", "grudnia", "grudzień", "december"],
];

/// A day with the name of its month, or its first letters, three at least: `28 november 2026`, `November 28, 2026`.
fn named_day(text: &str) -> Option<NaiveDate> {
    let text = super::folded(text);
    let parts: Vec<&str> = text
        .split([' ', ',', '\u{a0}'])
        .map(|part| part.trim_end_matches('.'))
        .filter(|part| !part.is_empty())
        .collect();
    let number = |part: &str, most: usize| -> Option<u32> {
        (part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok()).flatten()
    };
    let month = |part: &str| -> Option<u32> {
        let is_begun = |name: &&str| name.starts_with(part) && part.chars().count() >= 3;
        let index = MONTHS.iter().position(|names| names.iter().any(&is_begun))?;
        u32::try_from(index + 1).ok()
    };
    let (day, month, year) = match parts.as_slice() {
        ["den", day, name, year] | [day, name, year] if month(name).is_some() => (number(day, 2)?, month(name)?, year),
        [name, day, year] => (number(day, 2)?, month(name)?, year),
        _ => return None,
    };
    let year = (year.len() == 4).then(|| number(year, 4)).flatten()?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

impl WrittenDay {
    /// The day: in that order where its numbers may stand in either, and without an order only where one reading is a day.
    ///
    /// # Errors
    /// Why it is none; where it may be two days, both.
    pub fn day(self, order: Option<DayOrder>) -> Result<NaiveDate, NoDay> {
        let (first, second, year) = match self {
            WrittenDay::Day(day) => return Ok(day),
            WrittenDay::No => return Err(NoDay::NoDate),
            WrittenDay::Either(first, second, year) => (first, second, year),
        };
        let day_first = NaiveDate::from_ymd_opt(year, second, first);
        let month_first = NaiveDate::from_ymd_opt(year, first, second);
        match (order, day_first, month_first) {
            (Some(DayOrder::DayFirst), day, _) | (Some(DayOrder::MonthFirst), _, day) => day.ok_or(NoDay::NoDate),
            (None, Some(day), Some(other)) => Err(NoDay::Either(day, other)),
            (None, day_first, month_first) => day_first.or(month_first).ok_or(NoDay::NoDate),
        }
    }
}

/// The order that the days of a table prove: one number above 12 is enough. None where nothing proves it, or both are proven.
pub fn day_order(days: impl Iterator<Item = WrittenDay>) -> Option<DayOrder> {
    let (mut day_first, mut month_first) = (false, false);
    for day in days {
        if let WrittenDay::Either(first, second, _) = day {
            day_first |= first > 12 && second <= 12;
            month_first |= second > 12 && first <= 12;
        }
    }
    match (day_first, month_first) {
        (true, false) => Some(DayOrder::DayFirst),
        (false, true) => Some(DayOrder::MonthFirst),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_a_month_has_not_is_told_from_no_date() {
        for (text, days) in [("2026-02-30", Some(28)), ("2024-02-30", Some(29)), ("2026-04-31T10:00", Some(30))] {
            assert_eq!(days_of_month(text), days, "{text}");
        }
        for text in ["2026-02-28", "2026-13-01", "30.02.2026", "soon", ""] {
            assert_eq!(days_of_month(text), None, "{text}");
        }
    }

    fn day(text: &str) -> Result<NaiveDate, NoDay> {
        written_day(text).day(None)
    }

    #[test]
    fn days_are_read_where_they_are_clear() {
        let expected = NaiveDate::from_ymd_opt(2026, 5, 13).expect("a day");
        for text in [
            "2026-05-13",
            "2026-5-13",
            "2026/05/13",
            "2026.05.13",
            "13.05.2026",
            "13.5.2026",
            "13. 5. 2026",
            "13.05.2026.",
            " 13.05.2026 ",
            "13-05-2026",
            "13/05/2026",
            "05/13/2026",
            "2026–05–13",
            "13 May 2026",
            "May 13, 2026",
            "13 maja 2026",
            "13 maja 2026 r.",
            "13 maj 2026",
            "den 13 maj 2026",
            "13.05.2026 r.",
            "13.05.2026 r",
        ] {
            assert_eq!(day(text), Ok(expected), "{text}");
        }
        for text in [
            "",
            "yesterday",
            "13.05.26",
            "5/13/26",
            "31.02.2026",
            "31/02/2026",
            "2026-13-01",
            "13 ma 2026",
            "May 2026",
            "32 May 2026",
            "13 May 26",
            "2026",
            "2026-05",
            "20260513",
            "1.2.3.4",
            "łódź",
            "13.-5.2026",
            "13.05-2026",
        ] {
            assert_eq!(day(text), Err(NoDay::NoDate), "{text}");
        }
    }

    #[test]
    fn what_may_be_two_days_is_neither() {
        let of = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("a day");
        for text in ["12/05/2026", "12-05-2026"] {
            assert_eq!(day(text), Err(NoDay::Either(of(5, 12), of(12, 5))), "{text}");
            assert_eq!(written_day(text).day(Some(DayOrder::DayFirst)), Ok(of(5, 12)));
            assert_eq!(written_day(text).day(Some(DayOrder::MonthFirst)), Ok(of(12, 5)));
        }
        assert_eq!(day("05/05/2026"), Ok(of(5, 5)));
    }

    #[test]
    fn files_and_options_have_one_way_to_write_a_day() {
        assert_eq!(iso_day("2026-05-12"), NaiveDate::from_ymd_opt(2026, 5, 12));
        for text in ["2026-5-12", "12.05.2026", "2026-02-30", "2026-05-12 ", "+2026-5-12", ""] {
            assert_eq!(iso_day(text), None, "{text}");
        }
    }

    #[test]
    fn one_day_above_twelve_proves_the_order() {
        let of = |texts: &[&str]| day_order(texts.iter().map(|text| written_day(text)));
        assert_eq!(of(&["05/12/2026", "13/05/2026"]), Some(DayOrder::DayFirst));
        assert_eq!(of(&["05/12/2026", "05/13/2026"]), Some(DayOrder::MonthFirst));
        assert_eq!(of(&["05/12/2026", "01/02/2026"]), None);
        assert_eq!(of(&["13/05/2026", "05/13/2026"]), None, "both are proven");
        assert_eq!(of(&["05/05/2026", "13.05.2026"]), None);
    }
}
