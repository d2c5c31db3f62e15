//! The records of the example hotel: two years of audits and of feedback, made by a seed, so that every report has something
//! to show and nobody's guests or staff are in it.
//!
//! `GAMMA_OK_WRITE_EXAMPLE=1 cargo test --test it example` writes them anew: after a standard of the example has got
//! another wording, and after a change in here. Without it, the files must be what the generator makes.

mod audits;
mod chance;
mod feedback;
mod stories;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use gamma_ok::audit::{self, ActionState, Answer};
use gamma_ok::book::{self, Loaded};
use gamma_ok::edition::Editions;
use gamma_ok::method::{Standards, standards};
use gamma_ok::source::{Disk, Sources};

/// The day after the last record, on which the example's actions are looked at.
const TODAY: &str = "2026-11-02";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/hotel-wisla")
}

fn today() -> NaiveDate {
    TODAY.parse().expect("a date")
}

fn loaded() -> (Loaded, Standards) {
    let world = Disk::new(&root(), today()).expect("the example is there");
    let loaded = book::load(&world).expect("the example is a book");
    let standards = standards(&loaded.book);
    (loaded, standards)
}

/// The files by path below the example.
fn generated() -> BTreeMap<String, String> {
    let (loaded, standards) = loaded();
    let mut files = audits::files(&loaded.book, &standards);
    files.extend(feedback::files());
    files
}

/// The files that are there.
fn written() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = ["audits", "editions", "feedback"].map(|folder| root().join(folder)).to_vec();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root()).expect("below the example").to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    found
}

#[test]
fn the_records_are_what_the_generator_makes() {
    let files = generated();
    if std::env::var_os("GAMMA_OK_WRITE_EXAMPLE").is_some() {
        for folder in ["audits", "editions", "feedback"] {
            let _ = fs::remove_dir_all(root().join(folder));
        }
        for (path, text) in &files {
            let path = root().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
            fs::write(path, text).expect("a writable file");
        }
    }
    let written = written();
    let differing: BTreeSet<&String> =
        files.keys().chain(written.keys()).filter(|path| files.get(*path) != written.get(*path)).collect();
    assert!(differing.is_empty(), "write them anew with GAMMA_OK_WRITE_EXAMPLE=1: {differing:?}");
    let size: usize = files.values().map(String::len).sum();
    assert!(size < 300_000, "{size} bytes are more than an example should have");
}

#[test]
fn the_records_show_all_that_a_report_can_tell() {
    let (loaded, standards) = loaded();
    let world = Disk::new(&root(), today()).expect("the example is there");
    let mut sources = Sources::default();
    let audits = audit::load(&world, &mut sources, &loaded.book, &standards, &Editions::default());
    assert!(audits.records.len() >= 40, "{} records", audits.records.len());
    let of =
        |value: fn(&audit::Record) -> Option<&String>| audits.records.iter().filter_map(value).collect::<BTreeSet<_>>();
    assert_eq!(of(|record| record.site.as_ref()).len(), 2);
    assert_eq!(of(|record| record.auditor.as_ref()).len(), 3);
    let dates: BTreeSet<NaiveDate> = audits.records.iter().map(|record| record.moment.date).collect();
    let (first, last) = (dates.first().expect("a date"), dates.last().expect("a date"));
    assert!((*last - *first).num_days() > 690, "{first} to {last}");

    let answers: BTreeSet<Answer> =
        audits.records.iter().flat_map(|record| &record.items).map(|item| item.answer).collect();
    assert_eq!(answers.len(), 4, "every kind of answer: {answers:?}");
    let mut visits: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    for record in &audits.records {
        if let (Some(visit), Some(auditor)) = (&record.visit, &record.auditor) {
            visits.entry(visit).or_default().insert(auditor);
        }
    }
    assert!(visits.values().filter(|auditors| auditors.len() > 1).count() >= 5, "visits of two auditors: {visits:?}");

    let findings = audit::findings(&audits, &standards);
    assert!(findings.iter().any(|finding| finding.repeats.is_some()), "a finding that came back");
    let states: BTreeSet<ActionState> =
        findings.iter().filter_map(|finding| finding.item.action()).map(|action| action.state(today())).collect();
    assert_eq!(states.len(), ActionState::ALL.len(), "every state of an action: {states:?}");
}
