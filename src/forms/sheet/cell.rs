//! What a cell says of a field, or why it cannot: a spreadsheet makes a day of `1/2`, a part of a day of `12:30` and 0.95 of
//! `95 %`, and nobody sees it.

use chrono::{Duration, NaiveDate};

use super::book::{Content, Shown};
use crate::forms::questions::{Field, Kind, Words};
use crate::forms::{Entry, Place, Refused, observations, short};
use crate::message::Message;
use crate::say;

/// Days of these years are what a spreadsheet may have made of something that was typed, as it numbers days.
const DAYS: std::ops::RangeInclusive<f64> = 43_831.0..=54_788.0;

/// In these years fall the days of a form; before them a spreadsheet shows numbers that are none.
const YEARS: std::ops::RangeInclusive<&str> = "2000"..="2100";

/// Nobody types more decimals.
const MOST_DECIMALS: usize = 6;

/// What a cell holds, as it is shown.
pub(crate) fn plain(content: &Content) -> String {
    match content {
        Content::Text(text)
        | Content::Day(text)
        | Content::Moment(text)
        | Content::Time(text)
        | Content::Error(text)
        | Content::Formula(text)
        | Content::Struck(text) => text.clone(),
        Content::Number(number, Shown::Percent) => format!("{} %", (number * 1e8).round() / 1e6),
        Content::Number(number, _) => number.to_string(),
        Content::Truth(value) => value.to_string(),
    }
}

/// Takes in what a cell says of a field, or refuses it.
pub(super) fn take(
    field: &'static Field,
    content: &Content,
    place: Place,
    words: &Words,
    entries: &mut Vec<Entry>,
    refused: &mut Vec<Refused>,
) {
    if let Some(wrong) = unfit(field.kind, content) {
        let help = say!("give the cell the format Text and write again what was meant");
        return refused.push(Refused::new(place, wrong).help(help));
    }
    let text = match (field.kind, content) {
        // A day whose cell has lost the format of one.
        (Kind::Day, Content::Number(number, _)) => day(*number).unwrap_or_else(|| plain(content)),
        _ => plain(content),
    };
    match field.kind {
        Kind::Values => entries.extend(observations(&Entry::new(place, field.name, text), words)),
        Kind::Choice => match words.choice(&text) {
            Some(choice) => entries.push(Entry::new(place, field.name, choice)),
            None => refused.push(words.no_choice(&text, place)),
        },
        _ => entries.push(Entry::new(place, field.name, text)),
    }
}

/// Why nobody can tell what a cell holds, whatever is asked for.
pub(crate) fn unkept(content: &Content) -> Option<Message> {
    match content {
        Content::Struck(text) => Some(say!("this cell is struck through: `{text}`", text = short(text))),
        Content::Formula(text) => {
            Some(say!("this cell holds the formula `{text}`, and no value of it is stored", text = short(text)))
        }
        Content::Error(error) => Some(say!("this cell holds the error `{error}`", error)),
        _ => None,
    }
}

/// Why a cell cannot hold that, where a field of that kind is asked for.
pub(in crate::forms) fn unfit(kind: Kind, content: &Content) -> Option<Message> {
    match (content, kind) {
        (Content::Struck(_) | Content::Formula(_) | Content::Error(_), _) => unkept(content),
        (Content::Number(number, Shown::Worded), _) => {
            Some(say!("this cell holds {number}, to which its format adds words", number = number.to_string()))
        }
        (Content::Number(number, Shown::Plain), Kind::Day) if !DAYS.contains(number) => {
            Some(say!("this cell holds {number}, which is no day", number = number.to_string()))
        }
        (Content::Number(number, Shown::Plain), Kind::Time) if number.fract() != 0.0 && made(*number).is_none() => {
            Some(say!("this cell holds {number}, which is no time", number = number.to_string()))
        }
        (Content::Day(day) | Content::Moment(day), Kind::Day) if !YEARS.contains(&day.get(..4).unwrap_or_default()) => {
            Some(say!("this cell holds the day {day}", day))
        }
        (Content::Day(_) | Content::Moment(_), Kind::Day) | (Content::Time(_), Kind::Time) => None,
        (Content::Day(day) | Content::Moment(day), _) => Some(say!("this cell holds the day {day}", day)),
        (Content::Time(time), _) => Some(say!("this cell holds the time {time}", time)),
        (Content::Truth(value), _) => {
            Some(say!("this cell holds the truth value `{value}`", value = value.to_string()))
        }
        (Content::Number(number, Shown::Fraction), _) => {
            Some(say!("this cell holds {number}, shown as a fraction", number = number.to_string()))
        }
        (Content::Number(number, Shown::Percent), Kind::Day | Kind::Time) => {
            Some(say!("this cell holds {number}, shown as a percentage", number = number.to_string()))
        }
        (Content::Number(number, Shown::Plain), Kind::Values | Kind::Time) => made(*number),
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
        let text = |text: &str| Content::Text(text.to_owned());
        let plain = |number: f64| Content::Number(number, Shown::Plain);
        for content in [
            Content::Day("2026-02-01".to_owned()),
            Content::Moment("2026-02-01T10:00".to_owned()),
            Content::Time("12:30".to_owned()),
            Content::Truth(true),
            Content::Error("#N/A".to_owned()),
            Content::Number(0.9, Shown::Fraction),
            plain(12.5 / 24.0),
            plain(46_024.0),
            Content::Number(90.0, Shown::Worded),
            Content::Formula("=I11".to_owned()),
            Content::Struck("9 s".to_owned()),
        ] {
            assert!(unfit(Kind::Values, &content).is_some(), "{content:?}");
        }
        for content in [text("12:30"), plain(12.5), plain(0.5), plain(600.0), Content::Number(0.95, Shown::Percent)] {
            assert!(unfit(Kind::Values, &content).is_none(), "{content:?}");
        }
        for content in [Content::Day("2026-02-01".to_owned()), plain(46_024.0), text("2026-02-01")] {
            assert!(unfit(Kind::Day, &content).is_none(), "{content:?}");
        }
        for content in [plain(5.0), plain(20_261_120.0), Content::Day("1905-07-19".to_owned())] {
            assert!(unfit(Kind::Day, &content).is_some(), "{content:?}");
        }
        assert!(unfit(Kind::Time, &plain(14.3)).is_some() && unfit(Kind::Time, &plain(2.0)).is_none());
        assert!(unfit(Kind::Words, &Content::Day("2026-02-01".to_owned())).is_some());
        assert_eq!(day(46_082.0).as_deref(), Some("2026-03-01"));
    }

    #[test]
    fn percentages_are_read_as_they_are_shown() {
        for (number, shown) in [(0.95, "95 %"), (0.954, "95.4 %"), (1.0, "100 %"), (0.07, "7 %"), (0.3, "30 %")] {
            assert_eq!(plain(&Content::Number(number, Shown::Percent)), shown);
        }
    }
}
