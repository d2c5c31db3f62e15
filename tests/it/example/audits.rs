//! Two years of audits: a monthly round in Kraków, the small house's own checks, mystery visits, and visits of two.

use std::collections::BTreeMap;
use std::fmt::Write;

use gamma_ok::book::{Book, Bound, Level, Measure, Verify};
use gamma_ok::edition::{Filter, Selected, Set, select};
use gamma_ok::method::Standards;

use super::chance::{chance, one_of};
use super::stories::{Action, COURSES, DISPUTED, INCIDENTS, Incident, NOT_APPLICABLE};

/// Months of the records, from November 2024 on.
const MONTHS: usize = 24;

/// One auditor's round.
struct Round {
    site: &'static str,
    month: usize,
    day: u32,
    time: &'static str,
    auditor: &'static str,
    kind: &'static str,
    phases: Vec<&'static str>,
    /// Shared with another auditor.
    is_joint: bool,
}

/// What is looked at in turn.
const TURNS: [&[&str]; 3] = [&["check-in"], &["reservation", "check-out"], &["check-in", "stay"]];

const NOTES: &[&str] =
    &["Seen twice in an hour", "As agreed in the spring", "Told the shift at once", "Better than last time"];

impl Round {
    fn year_month(&self) -> String {
        let months = 10 + self.month;
        format!("{}-{:02}", 2024 + months / 12, months % 12 + 1)
    }

    fn date(&self) -> String {
        format!("{}-{:02}", self.year_month(), self.day)
    }
}

fn rounds() -> Vec<Round> {
    let mut rounds = Vec::new();
    for month in 0..MONTHS {
        let own = |site: &str| {
            let salt = format!("day {month}");
            6 + (chance(&[site, &salt]) * 8.0) as u32
        };
        // Together with the manager every fourth month, to see whether both see the same.
        let is_joint = month % 4 == 2;
        let phases = if is_joint { vec!["check-in"] } else { TURNS[month % 3].to_vec() };
        let krakow = Round {
            site: "krakow",
            month,
            day: own("krakow"),
            time: ["08:15", "14:30", "16:45"][month % 3],
            auditor: "quality-lead",
            kind: "internal",
            phases,
            is_joint,
        };
        if is_joint {
            rounds.push(Round { auditor: "front-office-manager", phases: krakow.phases.clone(), ..krakow });
        }
        rounds.push(krakow);
        if month % 2 == 0 {
            rounds.push(Round {
                site: "kazimierz-dolny",
                month,
                day: own("kazimierz-dolny") + 6,
                time: "17:00",
                auditor: "front-office-manager",
                kind: "self",
                phases: TURNS[(month / 2) % 3].to_vec(),
                is_joint: false,
            });
        }
        for (site, turn) in [("krakow", 5), ("kazimierz-dolny", 2)] {
            if month % 6 == turn {
                rounds.push(Round {
                    site,
                    month,
                    day: 20 + own(site) / 2,
                    time: "15:20",
                    auditor: "mystery-guest",
                    kind: "mystery",
                    phases: vec!["check-in", "check-out"],
                    is_joint: false,
                });
            }
        }
    }
    rounds
}

/// The records by path.
pub fn files(book: &Book, standards: &Standards) -> BTreeMap<String, String> {
    // All of them are judged by the book as it stands, which is why it can say so afterwards.
    let set = Set::of(book, standards);
    let adopted = format!("edition: {}\nadopted: true\n", set.name());
    let issue = format!(
        "number: 1\nedition: {}\nissued: 2026-10-30\nin-force: 2026-12-01\napproved-by: front-office-manager\nnext-review: 2027-11-30\n",
        set.name()
    );
    let mut files = BTreeMap::from([(set.path(), set.text()), ("editions/issued/1.yaml".to_owned(), issue)]);
    for round in rounds() {
        let site = book.sites.iter().find(|site| site.id.name == round.site).expect("the example has both houses");
        let all = select(book, standards, Some(site), &Filter::default().in_force(false));
        let phase = |one: &Selected| book.sequences[one.standard.sequence].phases[one.standard.phase].id.name.clone();
        // A finding worth a story is in the scope of the quality lead's or the house's own round.
        let tells = |incident: &&Incident| {
            incident.site == round.site
                && incident.month == round.year_month()
                && round.kind != "mystery"
                && !second(&round)
        };
        let incidents: Vec<&Incident> = INCIDENTS.iter().filter(tells).collect();
        let mut phases: Vec<String> = round.phases.iter().map(|phase| (*phase).to_owned()).collect();
        for incident in &incidents {
            let standard = all.iter().find(|one| one.standard.id.name == incident.standard);
            let wanted =
                phase(standard.unwrap_or_else(|| panic!("no standard {} at {}", incident.standard, incident.site)));
            if !phases.contains(&wanted) {
                phases.push(wanted);
            }
        }
        let mut text = adopted.clone() + &head(&round, &phases);
        for one in all.iter().filter(|one| phases.contains(&phase(one))) {
            let incident = incidents.iter().find(|incident| incident.standard == one.standard.id.name);
            text += &answer(&round, one, incident.copied());
        }
        let mut number = 1;
        let path = |number: usize| {
            let more = if number > 1 { format!("-{number}") } else { String::new() };
            format!("audits/{}/{}-{}{more}.yaml", &round.date()[..4], round.date(), round.site)
        };
        while files.contains_key(&path(number)) {
            number += 1;
        }
        files.insert(path(number), text);
    }
    files
}

/// Whether it is the second auditor's record of a joint visit.
fn second(round: &Round) -> bool {
    round.is_joint && round.auditor != "quality-lead"
}

fn head(round: &Round, phases: &[String]) -> String {
    let mut text = format!("site: {}\ndate: {}T{}\n", round.site, round.date(), round.time);
    if round.is_joint {
        let _ = writeln!(text, "visit: {}-{}", round.date(), round.site);
    }
    // Forms came in 2026; before, the rounds were typed in from paper.
    if round.month >= 14 {
        let number = (chance(&[round.site, &round.date(), round.auditor, "round"]) * f64::from(u32::MAX)) as u32;
        let _ = writeln!(text, "round: {number:08x}");
    }
    let _ =
        writeln!(text, "auditor: {}\nkind: {}\nscope: {{phase: [{}]}}", round.auditor, round.kind, phases.join(", "));
    let (letter, many) = if round.site == "krakow" { ("R", 5.0) } else { ("K", 3.0) };
    // Who stood at the desk; the same for both auditors of a visit.
    let code = 1.0 + (chance(&[round.site, &round.date(), round.time, "staff"]) * many).floor();
    let _ = write!(text, "staff: {letter}-{code:02}\nanswers:\n");
    text
}

/// How often the standard is met there and then.
fn rate(site: &str, month: usize, id: &str, level: Level) -> f64 {
    let course = COURSES.iter().filter(|(at, of, from, _)| *at == site && *of == id && *from <= month);
    if let Some((.., rate)) = course.max_by_key(|(_, _, from, _)| *from) {
        return *rate;
    }
    let usual = match level {
        Level::Basic => 0.95,
        Level::Expected => 0.86,
        Level::Exclusive => 0.7,
    };
    // Standards differ, and both houses become a little better.
    usual + (chance(&[site, id]) - 0.5) * 0.12 + month as f64 * 0.0015
}

fn answer(round: &Round, one: &Selected, incident: Option<&Incident>) -> String {
    let standard = one.standard;
    let (id, date) = (standard.id.name.as_str(), round.date());
    let key = format!("  {id}@{}", standard.stamp);
    if let Some(incident) = incident {
        return told(&key, incident);
    }
    if let Some((.., why)) = NOT_APPLICABLE.iter().find(|(site, of, _)| *site == round.site && *of == id) {
        return format!("{key}:\n    answer: n/a\n    why: {why}\n");
    }
    let seldom = matches!(standard.verify, Verify::Mystery) && round.kind != "mystery" || id.contains("complaint");
    if chance(&[round.site, &date, id, "seen"]) < if seldom { 0.3 } else { 0.06 } {
        return format!("{key}: not observed\n");
    }
    // What happened is the same for all who were there; what is disputed each sees for themselves.
    let happened = [round.site, date.as_str(), round.time, id];
    let own = [round.auditor, date.as_str(), id, "own"];
    let is_met = if DISPUTED.contains(&id) {
        chance(&own) < 0.6
    } else {
        let slip = round.is_joint && chance(&own) < 0.03;
        (chance(&happened) < rate(round.site, round.month, id, standard.level)) != slip
    };
    let seen = match &standard.measure {
        Some(measure) => value(measure, is_met, &happened),
        None if chance(&[id]) < 0.15 => {
            let of = 3 + (chance(&[id, &date]) * 3.0) as usize;
            let passed = if is_met { of } else { of - 1 };
            format!("{passed}/{of}")
        }
        None => (if is_met { "met" } else { "not met" }).to_owned(),
    };
    if chance(&[round.auditor, &date, id, "note"]) < 0.03 {
        return format!("{key}:\n    answer: {seen}\n    note: {}\n", one_of(NOTES, &own));
    }
    format!("{key}: {seen}\n")
}

/// What was seen of a measure, met or not.
fn value(measure: &Measure, is_met: bool, happened: &[&str]) -> String {
    let luck = |salt: &str| chance(&[happened, &[salt]].concat());
    // How often, where the demand is one of a share.
    if measure.share < 1.0 {
        let of = 10 + (luck("of") * 11.0) as u32;
        let enough = (measure.share * f64::from(of)).ceil() as u32;
        let passed = if is_met {
            (enough + (luck("passed") * 3.0) as u32).min(of)
        } else {
            enough.saturating_sub(1 + (luck("passed") * 4.0) as u32)
        };
        return format!("{passed}/{of}");
    }
    let limit = measure.value.value;
    let share = match (measure.bound, is_met) {
        (Bound::Within | Bound::AtMost, true) | (Bound::AtLeast, false) => 0.45 + luck("value") * 0.5,
        (Bound::Within | Bound::AtMost, false) | (Bound::AtLeast, true) => 1.05 + luck("value") * 0.7,
        (Bound::Between, _) => 1.0,
    };
    let mut figure = limit * share;
    if let (Bound::Between, Some(high)) = (measure.bound, &measure.high) {
        let width = high.value - limit;
        figure = if is_met { limit + luck("value") * width } else { high.value + 1.0 + luck("value") * width };
    }
    // Rounded away from the limit, so that rounding judges nothing.
    let tenths = figure.abs() < 3.0 && measure.value.unit.is_time();
    let scale = if tenths { 10.0 } else { 1.0 };
    let down = matches!(
        (measure.bound, is_met),
        (Bound::Within | Bound::AtMost | Bound::Between, true) | (Bound::AtLeast, false)
    );
    let rounded = if down { (figure * scale).floor() } else { (figure * scale).ceil() } / scale;
    let unit = measure.value.unit.key();
    format!("{rounded} {unit}").trim_end().to_owned()
}

/// An answer with its story.
fn told(key: &str, incident: &Incident) -> String {
    let Incident { seen, note, grade, action, .. } = incident;
    let mut text = format!("{key}:\n    answer: {seen}\n    note: {note}\n    grade: {grade}\n");
    if let Some(Action { what, cause, owner, due, done, verified, effective }) = action {
        let _ = write!(
            text,
            "    action:\n      what: {what}\n      cause: {cause}\n      owner: {owner}\n      due: {due}\n"
        );
        for (key, day) in [("done", done), ("verified", verified)] {
            if !day.is_empty() {
                let _ = writeln!(text, "      {key}: {day}");
            }
        }
        if let Some(effective) = effective {
            let _ = writeln!(text, "      effective: {effective}");
        }
    }
    text
}
