//! English.

mod finds;
mod grammar;
mod hollow;
mod vague;

use super::Lists;

/// The English list.
#[rustfmt::skip]
pub(super) const LISTS: Lists = Lists {
    phrases: &[vague::PHRASES, hollow::PHRASES, finds::PHRASES, grammar::PHRASES],
    numbers: &[
        ("one", 1.0), ("two", 2.0), ("three", 3.0), ("four", 4.0), ("five", 5.0), ("six", 6.0),
        ("seven", 7.0), ("eight", 8.0), ("nine", 9.0), ("ten", 10.0), ("eleven", 11.0),
        ("twelve", 12.0), ("fourteen", 14.0), ("fifteen", 15.0), ("eighteen", 18.0), ("twenty", 20.0), ("thirty", 30.0), ("forty", 40.0),
        ("forty-five", 45.0), ("fifty", 50.0), ("sixty", 60.0), ("ninety", 90.0),
    ],
    units: &[
        (&["s", "sec|secs", "second|seconds"], 1.0, "s"),
        (&["min|mins", "minute|minutes"], 1.0, "min"),
        (&["h", "hr|hrs", "hour|hours"], 1.0, "h"),
        (&["d", "day|days", "calendar day|days"], 1.0, "d"),
        (&["week|weeks"], 7.0, "d"),
        (&["wd", "working|business|work day|days", "weekday|weekdays"], 1.0, "wd"),
        (&["month|months"], 1.0, "months"),
        (&["year|years"], 12.0, "months"),
        (&["%", "percent", "per cent"], 1.0, "%"),
        (&["mm", "millimetre|millimetres|millimeter|millimeters"], 1.0, "mm"),
        (&["cm", "centimetre|centimetres|centimeter|centimeters"], 1.0, "cm"),
        (&["m", "metre|metres|meter|meters"], 1.0, "m"),
        (&["km", "kilometre|kilometres|kilometer|kilometers"], 1.0, "km"),
        (&["°c", "degrees", "degrees celsius", "degree"], 1.0, "°C"),
        (&["ring|rings"], 1.0, "rings"),
    ],
    fixed: &[
        (&["half a minute"], 30.0, "s"),
        (&["a minute and a half", "within a minute and a half", "one and a half minutes"], 90.0, "s"),
        (&["within a minute"], 1.0, "min"),
        (&["half an hour"], 30.0, "min"),
        (&["quarter of an hour"], 15.0, "min"),
        (&["three quarters|three-quarters of an hour"], 45.0, "min"),
        (&["an hour and a half", "within an hour and a half", "one and a half hours"], 90.0, "min"),
        (&["two and a half hours", "two hours and a half"], 150.0, "min"),
        (&["a|one fortnight"], 14.0, "d"),
        (&["half a year"], 6.0, "months"),
        (&["within an hour"], 1.0, "h"),
        (&["within a day"], 1.0, "d"),
        (&["within a working|business day"], 1.0, "wd"),
        (&["within a week"], 7.0, "d"),
        (&["within a month"], 1.0, "months"),
    ],
    infinitive: &[],
    participle: &["ed"],
    ongoing: &[],
    passive_infinitive: &[],
    passive: &[],
    impersonal: &[],
    staff: &[],
    manner: &["ly"],
    agent: &["er", "ers", "or", "ors", "ist", "ists", "ian", "ians", "man", "woman", "men", "women"],
    genitive: false,
    compounds: true,
};
