//! What becomes of a form that was read: actions, times and values are placed, or refused where they stand.

use super::*;

/// What is said of a form of which one line was changed, at its line.
fn placed(form: &str) -> PlacedForm {
    let (loaded, standards) = &*BOOK;
    let today = NaiveDate::from_ymd_opt(2026, 6, 1).expect("a date");
    place(read_text("a.md", form), &Options::default(), &StandardIndex::new(&loaded.book, standards, today))
}

#[test]
fn a_row_of_actions_with_its_first_cell_alone_is_refused() {
    for row in ["| Ring them |  |  |", "| 1 |  |  |", "Ring them", "1\tRing them\tlead"] {
        let form = format!("{MARKDOWN}{row}\n");
        let wrong = placed(&form).refused;
        assert_eq!(wrong.first().map(|refused| &refused.place), Some(&FormPlace::Line(11)), "{row}: {wrong:?}");
    }
    assert_eq!(placed(MARKDOWN).refused, []);
}

#[test]
fn what_is_beside_a_refused_box_is_not_taken() {
    let form = MARKDOWN.replace("  - [x] met", "  - [?] met");
    let placed = placed(&form);
    assert_eq!((placed.record.answers.len(), placed.refused.len()), (0, 1), "{placed:?}");
}

#[test]
fn a_time_is_read_or_refused() {
    let of = |day: &str, time: &str| {
        let head = format!("- Date: {day}\n- Time or shift: {time}");
        let placed = placed(&MARKDOWN.replace("- Date: 2026-01-01", &head));
        let time = placed.record.moment.time.map(|time| time.format("%H:%M").to_string());
        (placed.refused.len(), time, placed.record.visit)
    };
    for (time, read) in [
        ("9:30", "09:30"),
        ("9.30", "09:30"),
        ("kl 8", "08:00"),
        ("kl. 14.30", "14:30"),
        ("godz. 8", "08:00"),
        ("2:30 pm", "14:30"),
        ("12 am", "00:00"),
    ] {
        assert_eq!(of("2026-01-01", time), (0, Some(read.to_owned()), None), "{time}");
    }
    for time in [
        "25:00",
        "14.3x",
        "0.604",
        "8",
        "morgon (kl 8)",
        "13 pm",
        "![bild](IMG.HEIC)",
        "\n  ![bild](IMG.HEIC)",
        "night\nand rain",
    ] {
        assert!(of("2026-01-01", time).0 > 0, "{time}");
    }
    assert_eq!(of("2026-01-01", "night at desk"), (0, None, Some("2026-01-01-night-at-desk".to_owned())));
    assert_eq!(of("2026-01-01 09:00", "14:30").0, 1);
    assert_eq!(of("2026-01-01 09:00", "9:00"), (0, Some("09:00".to_owned()), None));
    for day in ["1 January 2026", "1 januari 2026", "1 stycznia 2026 r.", "2026-01-01T14:30:59Z"] {
        assert_eq!(of(day, "").0, 0, "{day}");
    }
}

#[test]
fn a_value_that_may_be_two_is_refused() {
    let of = |label: &str, value: &str| {
        let form = MARKDOWN.replace("  - [x] met\n", &format!("  - [ ] met\n  - {label}: {value}\n"));
        placed(&form).refused.len()
    };
    for value in ["1,000", "1.000", "12,345", "1/2", "3/4"] {
        assert_eq!(of("Observed (s)", value), 1, "{value}");
    }
    for value in ["1 000", "1000", "0,125", "1.25", "19/20", "8; 12"] {
        assert_eq!(of("Observed (s)", value), 0, "{value}");
    }
}

#[test]
fn an_action_without_a_deed_is_told_at_its_row() {
    let form = MARKDOWN
        .replace("| 1 | z |", "| 1 |  | lead |")
        .replace("will be done |\n| --- | --- |", "will be done | Owner |\n| --- | --- | --- |");
    let wrong = placed(&form).refused;
    assert_eq!(
        wrong.iter().map(|refused| refused.place.clone()).collect::<Vec<_>>(),
        [FormPlace::Line(10)],
        "{wrong:?}"
    );
}
