//! iCalendar (RFC 5545): what is to be done, as events of whole days, which every calendar shows. Tasks would be the better
//! word for actions, and are ignored by Outlook and Google.

use std::io::{self, Write};

use chrono::{Days, NaiveDate, NaiveTime};
use icalendar::{Component, EventLike, Property};

use crate::document::{Calendar, CalendarEvent};
use crate::text::{shown, single_spaced};

/// Writes a calendar.
///
/// # Errors
/// When `out` cannot be written to.
pub fn ics(calendar: &Calendar, out: &mut dyn Write) -> io::Result<()> {
    let mut all = icalendar::Calendar::from_iter(calendar.events.iter().map(|entry| event(entry, calendar.today)));
    let mut properties = Property::from_array([
        ("VERSION", "2.0"),
        ("PRODID", concat!("-//gamma-ok//gamma-ok ", env!("CARGO_PKG_VERSION"), "//EN")),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
    ]);
    properties.push(named("X-WR-CALNAME", &calendar.name, &calendar.lang));
    all.properties = properties;
    write!(out, "{all}")
}

/// A text of no kind that RFC 5545 knows, which says what it is.
fn named(key: &str, text: &str, language: &str) -> Property {
    Property::new(key, one_line(text)).add_parameter("VALUE", "TEXT").add_parameter("LANGUAGE", language).done()
}

fn event(event: &CalendarEvent, today: NaiveDate) -> icalendar::Event {
    let mut made = icalendar::Event::new();
    made.uid(&event.uid).timestamp(today.and_time(NaiveTime::MIN).and_utc()).summary(&one_line(&event.summary));
    // The end is the first day after it; the last day of time has none.
    made.starts(event.day).ends(event.day.checked_add_days(Days::new(1)).unwrap_or(event.day));
    if !event.lines.is_empty() {
        let lines: Vec<String> = event.lines.iter().map(|line| one_line(line)).collect();
        made.description(&lines.join("\n"));
    }
    if let Some(place) = &event.place {
        made.location(&one_line(place));
    }
    // Nobody is busy because something is due.
    made.add_property("TRANSP", "TRANSPARENT");
    made.done()
}

/// A text without what would end its line or steer whoever reads the file.
fn one_line(text: &str) -> String {
    shown(&single_spaced(text)).into_owned()
}
