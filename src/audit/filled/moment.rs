//! When a form was filled in: the day and the time, or the shift in its place, as people write them.

use chrono::{Datelike, NaiveTime, Timelike};

use super::Placer;
use crate::audit::Moment;
use crate::audit::draft::moment as read_moment;
use crate::forms::{Form, FormPlace, day, entry, short};
use crate::message::Message;
use crate::say;
use crate::text::{FIRST_YEAR, folded};

impl Placer<'_, '_> {
    /// Day and time; and the shift, where that stands in the place of the time.
    pub(super) fn moment(&mut self, form: &Form, option: Option<Moment>) -> (Option<Moment>, Option<String>) {
        let mut shift = None;
        let time = entry(&form.head, "time").and_then(|spot| {
            let clock = clock(&spot.value);
            if clock.is_none() && is_half_a_time(&spot.value) {
                let message =
                    say!("`{time}` is neither a time of day nor the name of a shift", time = short(&spot.value));
                let help = say!("write the time as hours and minutes, such as 14:30, or the shift in words alone");
                self.refuse(&spot.place, message, Some(help));
            } else if clock.is_none() {
                shift = Some(spot.value.clone());
            }
            clock
        });
        let Some(spot) = entry(&form.head, "date") else {
            if option.is_none() {
                self.refuse(
                    &FormPlace::Whole,
                    say!("the form does not say when it was filled in"),
                    Some(say!("name the day with --date")),
                );
            }
            return (option.map(|option| Moment { time: option.time.or(time), ..option }), shift);
        };
        let read = written_moment(&spot.value);
        if let (Ok(Moment { time: Some(first), .. }), Some(second), Some(spot)) =
            (&read, time, entry(&form.head, "time"))
            && *first != second
        {
            let (first, second) = (first.format("%H:%M").to_string(), second.format("%H:%M").to_string());
            let message = say!("the day is written with the time {first}, and here stands {second}", first, second);
            self.refuse(&spot.place.clone(), message, Some(say!("leave one of the two")));
        }
        let read = match read {
            Ok(read) => Moment { time: read.time.or(time), ..read },
            Err((message, help)) => {
                self.refuse(&spot.place, message, Some(help));
                return (None, shift);
            }
        };
        if read.date.year() < FIRST_YEAR {
            let date = read.date.to_string();
            match option {
                Some(_) => {
                    self.remarks.push(say!("the form says {date}, as a device does whose clock was never set", date))
                }
                None => {
                    let message = say!("{date} is what a device says whose clock was never set", date);
                    self.refuse(&spot.place, message, Some(say!("name the day with --date")));
                }
            }
            return (option, shift);
        }
        if read.date > self.index.today() {
            let message = say!(
                "{date} is after today, {today}",
                date = read.date.to_string(),
                today = self.index.today().to_string()
            );
            self.refuse(&spot.place, message, Some(say!("an audit tells of what has been: mend the date")));
        }
        if let Some(option) = option
            && (option.date != read.date
                || option.time.is_some_and(|time| read.time.is_some_and(|other| other != time)))
        {
            let (in_form, option) = (read.to_string(), option.to_string());
            let message =
                say!("the form says `{said}`, and {name} says `{option}`", said = in_form, name = "--date", option);
            self.refuse(&spot.place, message, Some(say!("leave {name} out, or mend the form", name = "--date")));
        }
        (Some(Moment { time: read.time.or(option.and_then(|option| option.time)), ..read }), shift)
    }
}

/// A day, or a day and a time, as people write them.
fn written_moment(text: &str) -> Result<Moment, (Message, Message)> {
    let text = text.trim().trim_end_matches(['Z', 'z']);
    if let Some(moment) = read_moment(text) {
        return Ok(moment);
    }
    let bare = |date| Moment { date, time: None };
    match text.rsplit_once([' ', 'T']).map(|(date, time)| (date.trim_end_matches(','), clock(time))) {
        Some((date, Some(time))) => day(date).map(|date| Moment { time: Some(time), ..bare(date) }),
        _ => day(text).map(bare),
    }
}

/// A time of day, as people write it: `9:30`, `9.30`, `kl. 9`, `2:30 pm`.
fn clock(text: &str) -> Option<NaiveTime> {
    let text = folded(text);
    let word = CLOCK_WORDS
        .iter()
        .find_map(|word| text.strip_prefix(word).filter(|rest| !rest.starts_with(char::is_alphabetic)));
    let bare = word.unwrap_or(&text).trim_start_matches(['.', ' ']);
    let half = ["am", "a.m.", "pm", "p.m."]
        .iter()
        .find_map(|half| Some((bare.strip_suffix(half)?.trim_end(), half.starts_with('p'))));
    let digits = half.map_or(bare, |(digits, _)| digits).replace('.', ":");
    let is_hour = |text: &str| !text.is_empty() && text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    // An hour alone is one only where a word or a half of the day says so.
    let digits = if is_hour(&digits) && (word.is_some() || half.is_some()) { format!("{digits}:00") } else { digits };
    let time = read_moment(&format!("2000-01-01T{digits:0>5}")).and_then(|moment| moment.time)?;
    match half {
        None => Some(time),
        Some(_) if !(1..=12).contains(&time.hour()) => None,
        Some((_, is_after_noon)) => time.with_hour(time.hour() % 12 + if is_after_noon { 12 } else { 0 }),
    }
}

/// Words before a time of day.
const CLOCK_WORDS: [&str; 5] = ["kl", "klockan", "godz", "godzina", "at"];

/// Whether a text that is no time of day seems to hold one, or holds what is no name of a shift.
fn is_half_a_time(text: &str) -> bool {
    let is_clock_word = |word: &str| word != "at" && CLOCK_WORDS.contains(&folded(word).as_str());
    let is_time = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let digits = bare.split([':', '.']);
        let is_figures =
            bare.contains([':', '.']) && digits.clone().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        is_figures || clock(bare).is_some() || is_clock_word(bare)
    };
    let text = text.trim();
    text.starts_with(|c: char| c.is_ascii_digit())
        || text.contains(['[', ']', '<', '>', '`', '|'])
        || text.split_whitespace().any(is_time)
}
