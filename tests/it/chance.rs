//! What reports call more than chance, in books in which there is nothing but chance: good days and bad days, and no difference.

use std::fmt::Write;

use gamma_ok::audit::figures::{Figures, RecordSelection, Selection, figures};
use gamma_ok::edition::Filter;
use gamma_ok::statistics::{Chance, Clusters, Rate, clustered_difference, exact_test};

use crate::documents::memory;

/// Of so many standards each visit judges every one.
const STANDARDS: usize = 40;

/// The share that is met on a day: 85 % on the usual one, off by 5 points as a standard deviation.
fn day(chance: &mut Chance) -> f64 {
    let uniform = |chance: &mut Chance| chance.below(1_000_000) as f64 / 1e6;
    let normal: f64 = (0..12).map(|_| uniform(chance)).sum::<f64>() - 6.0;
    (0.85 + 0.05 * normal).clamp(0.0, 1.0)
}

fn is_met(chance: &mut Chance, share: f64) -> bool {
    (chance.below(1_000_000) as f64) < share * 1e6
}

/// What a book of two sites with eight visits each comes to.
fn book(seed: u64) -> Figures {
    let mut chance = Chance::new(seed);
    let mut sequence = "id: s\nphases:\n  - id: p\n    standards:\n".to_owned();
    for number in 0..STANDARDS {
        let _ = writeln!(sequence, "      - {{id: s{number}, type: product, level: basic, text: It is there.}}");
    }
    let mut files = vec![
        ("gamma-ok.yaml".to_owned(), "title: T\nderive: false\n".to_owned()),
        ("sequences/s.yaml".to_owned(), sequence),
        ("sites/a.yaml".to_owned(), "id: a\ntitle: A\n".to_owned()),
        ("sites/b.yaml".to_owned(), "id: b\ntitle: B\n".to_owned()),
    ];
    for visit in 0..16 {
        let (site, share) = (["a", "b"][visit % 2], day(&mut chance));
        let mut record = format!("site: {site}\ndate: 2026-01-{:02}\nanswers:\n", visit + 1);
        for number in 0..STANDARDS {
            let answer = if is_met(&mut chance, share) { "met" } else { "not met" };
            let _ = writeln!(record, "  s{number}: {answer}");
        }
        files.push((format!("audits/{visit:02}.yaml"), record));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let loaded = memory(&files);
    let filter = Filter::default();
    let wanted = RecordSelection { site: None, filter: &filter, from: None, to: None, staff: false };
    let selection = Selection::of(&loaded.book, &loaded.standards, &loaded.audits, wanted);
    figures(&loaded.book, &loaded.standards, &loaded.audits, &selection)
}

#[test]
fn of_forty_books_without_a_difference_about_two_have_one_called_more_than_chance() {
    let (mut called, mut by_units) = (0, 0);
    for seed in 0..40 {
        let figures = book(seed);
        let [pair] = figures.comparisons.as_slice() else {
            panic!("two sites and one year: {:?}", figures.comparisons)
        };
        assert_eq!((pair.dimension, pair.visits), ("site", [8, 8]));
        called += usize::from(pair.established);
        let rate = |site: usize| Rate::new(figures.by.site[site].score.met, figures.by.site[site].score.judged);
        by_units += usize::from(exact_test(rate(0), rate(1)).is_some_and(|p| p < 0.05));
    }
    // 5 % of 40 are two; more than five would come in one of seventy runs.
    assert!(called <= 5, "{called} of 40");
    assert!(by_units >= 5, "taken check by check it would be {by_units} of 40");
}

#[test]
fn visits_that_differ_by_chance_are_called_different_as_often_as_stated() {
    let mut chance = Chance::new(7);
    for visits in [2, 4, 8, 20] {
        let called = (0..1000).filter(|_| {
            let [a, b] = [0, 1].map(|_| {
                let mut group = Clusters::default();
                for _ in 0..visits {
                    let (share, of) = (day(&mut chance), 40 + chance.below(40));
                    let met = (0..of).filter(|_| is_met(&mut chance, share)).count();
                    group.add(Rate::new(met as u64, of));
                }
                group
            });
            let found = clustered_difference(a, b).expect("several visits");
            found.p < 0.05 && !found.difference.interval.holds(0.0)
        });
        let called = called.count();
        assert!(called <= 65, "{called} of 1000 at {visits} visits each");
        assert!(visits < 8 || called >= 25, "{called} of 1000 at {visits} visits each: nothing would ever be found");
    }
}
