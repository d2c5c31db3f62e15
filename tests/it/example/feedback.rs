//! Two years of what guests said: answers to the survey, praise and complaints, a table for each year.

use std::collections::BTreeMap;

use super::chance::{chance, one_of};

/// Where a guest's word belongs: area, phase of the front office, how often it is spoken of, mean rating in November 2024 and
/// in October 2026, and how much it matters.
const PLACES: &[(&str, &str, f64, f64, f64, f64)] = &[
    ("front-office", "reservation", 0.16, 8.3, 8.4, 7.2),
    ("front-office", "check-in", 0.22, 7.2, 8.6, 9.1),
    ("front-office", "stay", 0.16, 8.0, 8.1, 8.6),
    ("front-office", "check-out", 0.2, 5.9, 7.4, 8.3),
    ("housekeeping", "", 0.13, 8.5, 8.4, 9.0),
    ("breakfast", "", 0.13, 8.6, 8.0, 8.1),
];

/// What guests write, by place; praise and complaint, in the two languages that they write in.
const COMMENTS: &[(&str, [&str; 2], [&str; 2])] = &[
    (
        "reservation",
        ["The confirmation came within minutes", "Potwierdzenie przyszło od razu"],
        ["Nobody picked up the phone on Saturday", "Na potwierdzenie czekaliśmy do rana"],
    ),
    (
        "check-in",
        ["They greeted us before we had put the bags down", "Miłe powitanie, klucz w trzy minuty"],
        ["Twenty minutes in the queue after a long drive", "Kolejka do recepcji, czynne dwa stanowiska z trzech"],
    ),
    (
        "stay",
        ["The shower was mended within ten minutes", "Konsjerż polecił świetną restaurację"],
        ["The heating was reported twice", "Hałas na korytarzu po dwudziestej drugiej"],
    ),
    (
        "check-out",
        ["The bill was ready in the evening, thank you", "Szybkie wymeldowanie, rachunek mailem"],
        ["We nearly missed the train because of the bill", "Jedna kasa dla całego hotelu rano"],
    ),
    (
        "housekeeping",
        ["Spotless room", "Pokój sprzątnięty bez zarzutu"],
        ["The bin was not emptied", "Brak ręczników drugiego dnia"],
    ),
    (
        "breakfast",
        ["Bread from the town and real eggs", "Świetne śniadanie"],
        ["No table at nine; we stood", "Po dziewiątej zabrakło pieczywa"],
    ),
];

const CHANNELS: &[&str] = &["survey e-mail", "booking portal", "front desk", "card in the room"];

/// The tables by path.
pub fn files() -> BTreeMap<String, String> {
    let mut tables: BTreeMap<String, csv::Writer<Vec<u8>>> = BTreeMap::new();
    for month in 0..24 {
        let (year, number) = (2024 + (10 + month) / 12, (10 + month) % 12 + 1);
        let table = tables.entry(format!("feedback/{year}.csv")).or_insert_with(|| {
            let mut table = csv::Writer::from_writer(Vec::new());
            let head = ["date", "site", "area", "phase", "rating", "importance", "kind", "channel", "comment"];
            table.write_record(head).expect("memory can be written to");
            table
        });
        // More guests in summer.
        let many = if (6..=8).contains(&number) { 26 } else { 17 };
        let mut rows: Vec<[String; 9]> = (0..many).map(|at| row(year, number, month, at)).collect();
        rows.sort();
        for row in rows {
            table.write_record(row).expect("memory can be written to");
        }
    }
    let text = |table: csv::Writer<Vec<u8>>| String::from_utf8(table.into_inner().expect("memory")).expect("text");
    tables.into_iter().map(|(path, table)| (path, text(table))).collect()
}

fn row(year: usize, number: usize, month: usize, at: usize) -> [String; 9] {
    let (when, nth) = (format!("{year}-{number:02}"), at.to_string());
    let luck = |salt: &str| chance(&[&when, &nth, salt]);
    let day = 1 + (luck("day") * 28.0) as usize;
    let site = if luck("site") < 0.8 { "krakow" } else { "kazimierz-dolny" };
    let mut left = luck("place");
    let place = PLACES.iter().find(|place| {
        left -= place.2;
        left < 0.0
    });
    let (area, phase, _, from, to, matters) = *place.unwrap_or(&PLACES[0]);
    let mut mean = from + (to - from) * month as f64 / 23.0;
    // The queues of the summer, and the small house that has none.
    if site == "krakow" && phase == "check-in" && (7..=8).contains(&number) {
        mean -= 1.6;
    }
    if site != "krakow" && ["check-in", "check-out"].contains(&phase) {
        mean += 0.8;
    }
    // The sum of three even chances is near enough to a bell.
    let bell = |salt: &str| (luck(salt) + luck(&format!("{salt}2")) + luck(&format!("{salt}3")) - 1.5) * 3.2;
    let rating = (mean + bell("rating")).round().clamp(1.0, 10.0);
    let topic = if phase.is_empty() { area } else { phase };
    let says = COMMENTS.iter().find(|(of, ..)| *of == topic).expect("each place has its comments");
    let language = usize::from(luck("language") < 0.6);
    let (kind, comment) = match rating {
        r if r <= 5.0 && luck("kind") < 0.55 => ("complaint", says.2[language]),
        r if r >= 9.0 && luck("kind") < 0.3 => ("praise", says.1[language]),
        _ => ("survey", ""),
    };
    let importance = match kind {
        "survey" => (matters + bell("importance") * 0.5).round().clamp(1.0, 10.0).to_string(),
        _ => String::new(),
    };
    let channel = if kind == "survey" { CHANNELS[0] } else { one_of(&CHANNELS[1..], &[&when, &nth]) };
    let date = format!("{when}-{day:02}");
    [&date, site, area, phase, &rating.to_string(), &importance, kind, channel, comment].map(str::to_owned)
}
