//! Dates as surveys and spreadsheets write them.

use chrono::NaiveDate;

/// What a cell says of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// This day.
    Day(NaiveDate),
    /// Two numbers of which either may be the day or the month, and the year.
    Either(u32, u32, i32),
    /// No date.
    No,
}

/// In which order a table writes the day and the month between strokes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// 31/12.
    DayFirst,
    /// 12/31.
    MonthFirst,
}

/// Reads a cell: year first with any sign between; day first with points or dashes; either with strokes. A time of day after it
/// does not matter.
pub(super) fn read(cell: &str) -> Written {
    let day = cell.trim().split([' ', 'T', '\u{a0}']).next().unwrap_or_default().trim_end_matches('.');
    let Some(sign) = day.chars().find(|c| !c.is_ascii_digit()) else { return Written::No };
    let parts: Vec<&str> = day.split(sign).collect();
    let &[first, second, third] = parts.as_slice() else { return Written::No };
    let is_number = |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(is_number) || !matches!(sign, '-' | '.' | '/') {
        return Written::No;
    }
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    let dated = |year: u32, month: u32, day: u32| {
        NaiveDate::from_ymd_opt(year as i32, month, day).map_or(Written::No, Written::Day)
    };
    match (first.len(), third.len(), sign) {
        (4, 1 | 2, _) => dated(number(first), number(second), number(third)),
        (1 | 2, 4, '.' | '-') => dated(number(third), number(second), number(first)),
        (1 | 2, 4, _) if number(first) == number(second) => dated(number(third), number(second), number(first)),
        (1 | 2, 4, _) => Written::Either(number(first), number(second), number(third) as i32),
        _ => Written::No,
    }
}

impl Written {
    /// The day, where the order of day and month is known.
    pub(super) fn day(self, order: Order) -> Option<NaiveDate> {
        match self {
            Written::Day(day) => Some(day),
            Written::Either(first, second, year) => match order {
                Order::DayFirst => NaiveDate::from_ymd_opt(year, second, first),
                Order::MonthFirst => NaiveDate::from_ymd_opt(year, first, second),
            },
            Written::No => None,
        }
    }
}

/// The order that the dates of a table prove: one number above 12 is enough. None where nothing proves it, or both are proven.
pub(super) fn order(cells: impl Iterator<Item = Written>) -> Option<Order> {
    let (mut day_first, mut month_first) = (false, false);
    for cell in cells {
        if let Written::Either(first, second, _) = cell {
            day_first |= first > 12 && second <= 12;
            month_first |= second > 12 && first <= 12;
        }
    }
    match (day_first, month_first) {
        (true, false) => Some(Order::DayFirst),
        (false, true) => Some(Order::MonthFirst),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        read(text).day(Order::DayFirst)
    }

    #[test]
    fn dates_of_every_office() {
        let expected = NaiveDate::from_ymd_opt(2026, 5, 12);
        for text in [
            "2026-05-12",
            "2026-05-12T14:30",
            "2026-05-12 14:30:05",
            "2026-5-12",
            "2026/05/12",
            "2026.05.12",
            "12.05.2026",
            "12.5.2026",
            "12.05.2026 14:30",
            "12-05-2026",
            "12/05/2026",
            " 12.05.2026 ",
            "12.05.2026.",
        ] {
            assert_eq!(day(text), expected, "{text}");
        }
        for text in [
            "",
            "yesterday",
            "12.05.26",
            "31.02.2026",
            "2026-13-01",
            "12 May 2026",
            "2026",
            "20260512",
            "1.2.3.4",
            "łódź",
            "12.-5.2026",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn one_day_above_twelve_proves_the_order() {
        let of = |texts: &[&str]| order(texts.iter().map(|text| read(text)));
        assert_eq!(of(&["05/12/2026", "13/05/2026"]), Some(Order::DayFirst));
        assert_eq!(of(&["05/12/2026", "05/13/2026"]), Some(Order::MonthFirst));
        assert_eq!(of(&["05/12/2026", "01/02/2026"]), None);
        assert_eq!(of(&["13/05/2026", "05/13/2026"]), None, "both are proven");
        assert_eq!(of(&["05/05/2026", "13.05.2026"]), None);
        assert_eq!(read("05/05/2026"), Written::Day(NaiveDate::from_ymd_opt(2026, 5, 5).expect("a day")));
    }
}
