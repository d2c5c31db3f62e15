//! What a cell says of a field, or why it cannot: a spreadsheet makes a day of `1/2`, a part of a day of `12:30` and 0.95 of
//! `95 %`, and nobody sees it.

use chrono::{Duration, NaiveDate};

use super::book::{CellContent, NumberFormat};
use crate::forms::questions::{Field, FieldKind, FormWords};
use crate::forms::{FormEntry, FormPlace, Refused, observations, short};
use crate::message::Message;
use crate::say;

/// Days of these years are what a spreadsheet may have made of something that was typed, as it numbers days.
const DAYS: std::ops::RangeInclusive<f64> = 43_831.0..=54_788.0;

/// In these years fall the days of a form; before them a spreadsheet shows numbers that are none.
const YEARS: std::ops::RangeInclusive<&str> = "2000"..="2100";

/// Nobody types more decimals.
const MOST_DECIMALS: usize = 6;

/// What a cell holds, as it is shown.
pub(crate) fn plain(content: &CellContent) -> String {
    match content {
        CellContent::Text(text)
        | CellContent::Day(text)
        | CellContent::Moment(text)
        | CellContent::Time(text)
        | CellContent::Error(text)
        | CellContent::Formula(text)
        | CellContent::Struck(text) => text.clone(),
        CellContent::Number(number, NumberFormat::Percent) => format!("{} %", (number * 1e8).round() / 1e6),
        CellContent::Number(number, _) => number.to_string(),
        CellContent::Truth(value) => value.to_string(),
    }
}

/// Takes in what a cell says of a field, or refuses it.
pub(super) fn take(
    field: &'static Field,
    content: &CellContent,
    place: FormPlace,
    words: &FormWords,
    entries: &mut Vec<FormEntry>,
    refused: &mut Vec<Refused>,
) {
    if let Some(wrong) = unfit(field.kind, content) {
        let help = say!("give the cell the format Text and write again what was meant");
        return refused.push(Refused::new(place, wrong).help(help));
    }
    let text = match (field.kind, content) {
        // A day whose cell has lost the format of one.
        (FieldKind::Day, CellContent::Number(number, _)) => day(*number).unwrap_or_else(|| plain(content)),
        _ => plain(content),
    };
    match field.kind {
        FieldKind::Values => entries.extend(observations(&FormEntry::new(place, field.name, text), words)),
        FieldKind::Choice => match words.choice(&text) {
            Some(choice) => entries.push(FormEntry::new(place, field.name, choice)),
            None => refused.push(words.no_choice(&text, place)),
        },
        _ => entries.push(FormEntry::new(place, field.name, text)),
    }
}

/// Why nobody can tell what a cell holds, whatever is asked for.
pub(crate) fn unkept(content: &CellContent) -> Option<Message> {
    match content {
        CellContent::Struck(text) => Some(say!("this cell is struck through: `{text}`", text = short(text))),
        CellContent::Formula(text) => {
            Some(say!("this cell holds the formula `{text}`, and no value of it is stored", text = short(text)))
        }
        CellContent::Error(error) => Some(say!("this cell holds the error `{error}`", error)),
        _ => None,
    }
}

/// Why a cell cannot hold that, where a field of that kind is asked for.
pub(in crate::forms) fn unfit(kind: FieldKind, content: &CellContent) -> Option<Message> {
    match (content, kind) {
        (CellContent::Struck(_) | CellContent::Formula(_) | CellContent::Error(_), _) => unkept(content),
        (CellContent::Number(number, NumberFormat::Worded), _) => {
            Some(say!("this cell holds {number}, to which its format adds words", number = number.to_string()))
        }
        (CellContent::Number(number, NumberFormat::Plain), FieldKind::Day) if !DAYS.contains(number) => {
            Some(say!("this cell holds {number}, which is no day", number = number.to_string()))
        }
        (CellContent::Number(number, NumberFormat::Plain), FieldKind::Time)
            if number.fract() != 0.0 && made(*number).is_none() =>
        {
            Some(say!("this cell holds {number}, which is no time", number = number.to_string()))
        }
        (CellContent::Day(day) | CellContent::Moment(day), FieldKind::Day)
            if !YEARS.contains(&day.get(..4).unwrap_or_default()) =>
        {
            Some(say!("this cell holds the day {day}", day))
        }
        (CellContent::Day(_) | CellContent::Moment(_), FieldKind::Day) | (CellContent::Time(_), FieldKind::Time) => {
            None
        }
        (CellContent::Day(day) | CellContent::Moment(day), _) => Some(say!("this cell holds the day {day}", day)),
        (CellContent::Time(time), _) => Some(say!("this cell holds the time {time}", time)),
        (CellContent::Truth(value), _) => {
            Some(say!("this cell holds the truth value `{value}`", value = value.to_string()))
        }
        (CellContent::Number(number, NumberFormat::Fraction), _) => {
            Some(say!("this cell holds {number}, shown as a fraction", number = number.to_string()))
        }
        (CellContent::Number(number, NumberFormat::Percent), FieldKind::Day | FieldKind::Time) => {
            Some(say!("this cell holds {number}, shown as a percentage", number = number.to_string()))
        }
        (CellContent::Number(number, NumberFormat::Plain), FieldKind::Values | FieldKind::Time) => made(*number),
        _ => None,
    }
}

/// What a spreadsheet has made a number of that nobody would type as it is.
fn made(number: f64) -> Option<Message> {
    if number.fract() == 0.0 && DAYS.contains(&number) {
        let (number, day) = (number.to_string(), day(number)?);
        return Some(say!("this cell holds {number}, which is how a spreadsheet keeps the day {day}", number, day));
    }
    let decimals = number.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len());
    (decimals > MOST_DECIMALS && (0.0..1.0).contains(&number)).then(|| {
        let minutes = (number * 24.0 * 60.0).round() as u32;
        let time = format!("{:02}:{:02}", minutes / 60, minutes % 60);
        say!(
            "this cell holds {number}, which is how a spreadsheet keeps the time {time}",
            number = number.to_string(),
            time
        )
    })
}

/// The day that a spreadsheet keeps as that number.
pub(in crate::forms) fn day(number: f64) -> Option<String> {
    let first = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    (number.fract() == 0.0 && (1.0..100_000.0).contains(&number))
        .then(|| (first + Duration::days(number as i64)).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_has_made_of_something_is_refused() {
        let text = |text: &str| CellContent::Text(text.to_owned());
        let plain = |number: f64| CellContent::Number(number, NumberFormat::Plain);
        for content in [
            CellContent::Day("2026-02-01".to_owned()),
            CellContent::Moment("2026-02-01T10:00".to_owned()),
            CellContent::Time("12:30".to_owned()),
            CellContent::Truth(true),
            CellContent::Error("#N/A".to_owned()),
            CellContent::Number(0.9, NumberFormat::Fraction),
            plain(12.5 / 24.0),
            plain(46_024.0),
            CellContent::Number(90.0, NumberFormat::Worded),
            CellContent::Formula("=I11".to_owned()),
            CellContent::Struck("9 s".to_owned()),
        ] {
            assert!(unfit(FieldKind::Values, &content).is_some(), "{content:?}");
        }
        for content in
            [text("12:30"), plain(12.5), plain(0.5), plain(600.0), CellContent::Number(0.95, NumberFormat::Percent)]
        {
            assert!(unfit(FieldKind::Values, &content).is_none(), "{content:?}");
        }
        for content in [CellContent::Day("2026-02-01".to_owned()), plain(46_024.0), text("2026-02-01")] {
            assert!(unfit(FieldKind::Day, &content).is_none(), "{content:?}");
        }
        for content in [plain(5.0), plain(20_261_120.0), CellContent::Day("1905-07-19".to_owned())] {
            assert!(unfit(FieldKind::Day, &content).is_some(), "{content:?}");
        }
        assert!(unfit(FieldKind::Time, &plain(14.3)).is_some() && unfit(FieldKind::Time, &plain(2.0)).is_none());
        assert!(unfit(FieldKind::Words, &CellContent::Day("2026-02-01".to_owned())).is_some());
        assert_eq!(day(46_082.0).as_deref(), Some("2026-03-01"));
    }

    #[test]
    fn percentages_are_read_as_they_are_shown() {
        for (number, shown) in [(0.95, "95 %"), (0.954, "95.4 %"), (1.0, "100 %"), (0.07, "7 %"), (0.3, "30 %")] {
            assert_eq!(plain(&CellContent::Number(number, NumberFormat::Percent)), shown);
        }
    }
}
