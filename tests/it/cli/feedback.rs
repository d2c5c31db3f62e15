//! `feedback`: tables as offices export them, and where they say to begin.

use std::fmt::Write;

use encoding_rs::{WINDOWS_1250, WINDOWS_1252};
use serde_json::{Value, json};

use crate::support::Book;

/// A book of two areas with a sequence each.
fn book(languages: &str) -> Book {
    let sequence = |id: &str, area: &str, phases: &[(&str, &str)]| {
        let mut text = format!("id: {id}\ntitle: {id}\narea: {area}\nphases:\n");
        for (phase, title) in phases {
            let _ = writeln!(text, "  - id: {phase}\n    title: {title}\n    traits: [friendly]");
        }
        text
    };
    Book::empty()
        .with(
            "gamma-ok.yaml",
            format!(
                "title: House\nlanguages: [{languages}]\nsequences: [stay, dinner]\nareas:\n  - {{id: front-office, title: Reception desk}}\n"
            ),
        )
        .with("sequences/stay.yaml", sequence("stay", "front-office", &[("check-in", "Zameldowanie"), ("check-out", "Check-out")]))
        .with("sequences/dinner.yaml", sequence("dinner", "restaurant", &[("meal", "Måltid")]))
        .with("sites/krakow.yaml", "id: krakow\ntitle: Kraków\n")
        .with("sites/gdansk.yaml", "id: gdansk\ntitle: Gdańsk\n")
}

/// So many ratings of 2 and of 5 for each area.
fn table(ratings: &[(&str, usize, usize)]) -> String {
    let mut text = "date,area,rating\n".to_owned();
    for (area, low, good) in ratings {
        for at in 0..low + good {
            let _ =
                writeln!(text, "2026-{:02}-{:02},{area},{}", at % 5 + 1, at % 28 + 1, if at < *low { 2 } else { 5 });
        }
    }
    text
}

fn ranked(book: &Book, arguments: &str) -> Value {
    book.run(&format!("feedback --format json --today 2026-06-01 {arguments}")).ends(0).says_nothing().json()
}

#[test]
fn the_area_with_clearly_more_low_ratings_comes_first() {
    let book = book("en").with("feedback/a.csv", table(&[("front-office", 10, 90), ("restaurant", 40, 60)]));
    let json = ranked(&book, "");
    assert_eq!((&json["first"], &json["certainty"]), (&json!("restaurant"), &json!("clear")));
    let area = &json["areas"][0];
    assert_eq!(
        (&area["key"], &area["n"], &area["rank"], &area["tied_with"]),
        (&json!("restaurant"), &json!(100), &json!(1), &json!([]))
    );
    assert_eq!((&area["mean"], &area["low_share"]), (&json!(3.8), &json!(0.4)));
    // Wilson's interval of 40 in 100, and of 10 in 100.
    let rounded = |value: &Value| (value.as_f64().expect("a number") * 10_000.0).round() / 10_000.0;
    assert_eq!([rounded(&area["interval"][0]), rounded(&area["interval"][1])], [0.3094, 0.4980]);
    let other = &json["areas"][1]["interval"];
    assert_eq!([rounded(&other[0]), rounded(&other[1])], [0.0552, 0.1744]);
    book.run("feedback --today 2026-06-01")
        .ends(0)
        .prints("Begin with: restaurant, clearly ahead. Drawn anew")
        .prints("40 % (40 of 100)");
}

#[test]
fn a_difference_that_may_be_chance_is_said_to_be_none() {
    let book = book("en").with("feedback/a.csv", table(&[("front-office", 10, 30), ("restaurant", 12, 28)]));
    let json = ranked(&book, "");
    assert_eq!((&json["first"], &json["certainty"]), (&json!("restaurant"), &json!("tied")));
    assert_eq!(json["areas"][0]["tied_with"], json!(["front-office"]));
    assert_eq!(json["areas"][1]["tied_with"], json!(["restaurant"]));
    let run = book.run("feedback --today 2026-06-01").ends(0);
    run.prints("restaurant comes first, but cannot be told apart from: Reception desk.");
}

#[test]
fn a_few_ratings_rank_behind_many_and_prove_nothing() {
    let few = book("en").with("feedback/a.csv", table(&[("front-office", 3, 30), ("restaurant", 4, 0)]));
    let json = ranked(&few, "");
    assert_eq!((&json["first"], &json["certainty"]), (&json!("front-office"), &json!("alone")));
    let last = &json["areas"][1];
    assert_eq!(
        (&last["key"], &last["low_share"], &last["interval"], &last["tied_with"]),
        (&json!("restaurant"), &json!(1.0), &json!(null), &json!([]))
    );
    let run = few.run("feedback --today 2026-06-01").ends(0).prints("4 of 4").omits("100 % (4 of 4)");
    run.prints("Only Reception desk has enough ratings, so nothing says whether to begin there.").omits("Begin with");
    // Complaints alone put it first, and nobody knows by how much.
    let complaints = "2026-05-01,restaurant,,complaint\n".repeat(19);
    let praised = "2026-05-01,front-office,5,survey\n".repeat(30);
    let text = format!("date,area,rating,kind\n{complaints}{praised}");
    let told = book("en").with("feedback/a.csv", text);
    assert_eq!(ranked(&told, "")["certainty"], json!("unrated"));
    let run = told.run("feedback --today 2026-06-01").ends(0).prints("restaurant comes first by complaints alone");
    run.omits("clearly ahead").omits("stays first in");
    let json = ranked(&book("en").with("feedback/a.csv", table(&[("front-office", 2, 1), ("restaurant", 1, 1)])), "");
    assert_eq!((&json["first"], &json["certainty"]), (&json!(null), &json!("none")));
    let json = ranked(&book("en").with("feedback/a.csv", table(&[("front-office", 0, 50)])), "");
    assert_eq!((&json["first"], &json["certainty"]), (&json!(null), &json!("none")), "nobody is unhappy");
    let none = book("en");
    none.run("feedback").ends(0).prints_nothing().says("there is no feedback yet");
    assert_eq!(none.run("feedback --format json").ends(0).json()["areas"], json!([]));
}

#[test]
fn tables_come_as_offices_export_them() {
    let polish = "Data;Obiekt;Faza;Ocena;Ważność;Rodzaj;Uwagi\r\n12.05.2026;Kraków;Zameldowanie;2,5;4;skarga;\"Długo; za długo, Łódź\"\r\n\
                  13.05.2026 14:30;Gdańsk;check-out;5;2;pochwała;Świetnie\r\n";
    let swedish = "datum\tfas\tbetyg\tslag\tkommentar\n2026-05-12\tmåltid\t4\tenkät\tVäldigt gott på kvällen\n15/05/2026\tMåltid\t1\tklagomål\tFör långsamt\n";
    let english = "date,area,rating,room\n2026-05-12,Reception desk,4/5,12\n";
    let of = |polish_bytes: &[u8], swedish_bytes: &[u8], english: &str| {
        let book = book("en").with("feedback/pl.csv", polish_bytes).with("feedback/sv.csv", swedish_bytes);
        ranked(&book.with("feedback/2026/en.csv", english), "")
    };
    let expected = of(polish.as_bytes(), swedish.as_bytes(), english);
    assert_eq!(expected["responses"], 5);
    let by_key = |list: &Value, key: &str| {
        list.as_array().expect("a list").iter().find(|one| one["key"] == key).cloned().expect("a group")
    };
    let desk = by_key(&expected["areas"], "front-office");
    assert_eq!((&desk["n"], &desk["complaints"], &desk["praise"]), (&json!(3), &json!(1), &json!(1)));
    assert_eq!(by_key(&expected["phases"], "check-in")["mean"], 2.5);
    assert_eq!(by_key(&expected["phases"], "meal")["complaints"], 1);
    let old = of(&WINDOWS_1250.encode(polish).0, &WINDOWS_1252.encode(swedish).0, english);
    assert_eq!(old, expected);
    let marked = of(
        format!("\u{feff}{polish}").as_bytes(),
        format!("\u{feff}{swedish}").as_bytes(),
        &format!("sep=,\n{english}"),
    );
    assert_eq!(marked, expected);
}

#[test]
fn a_bad_row_is_told_at_its_line_and_the_others_count() {
    let text = "date,site,area,rating\n2026-05-01,krakow,restaurant,4\n2026-05-02,krakov,restaurant,4\nyesterday,krakow,restaurant,4\n2026-05-04,,,9\n2026-05-05,,restaurant,1\n";
    let book = book("en").with("feedback/a.csv", text);
    let run = book.run("feedback --format json --today 2026-06-01").ends(1);
    assert_eq!(run.json()["areas"][0]["n"], 2);
    let run = run
        .says("feedback/a.csv:3:12: error: in the column `site`: the book has no site `krakov`")
        .says("did you mean `krakow`?");
    run.says("feedback/a.csv:4:1: error: in the column `date`: `yesterday` is not a date")
        .says("feedback/a.csv:5:14: error: in the column `rating`: 9 is not on the scale from 1 to 5");
    // `check` tells the same.
    book.run("check --today 2026-06-01").ends(1).prints("feedback/a.csv:3:12: error: in the column `site`: the book");
    // A table of something else altogether.
    let strange = book.with("feedback/b.csv", [0xff, 0x00, 0x9c, 0x0a, 0x22]).with("feedback/c.csv", "PK\u{3}\u{4}\n");
    strange.run("feedback --today 2026-06-01").ends(1).says("this table has no column `date`");
}

#[test]
fn a_year_far_away_and_a_cell_of_several_lines_are_told_at_their_place() {
    let text = "Date;Comment;Area;Rating\n2026-05-01;\"two\nlines\";restaurant;4\n1980-01-01;=cmd;restaurant;4\n\
                2026-05-02;\"three\n\nlines\";restaurant;abc\n2206-05-01;;restaurant;4\n5/6/2026;;restaurant;4\n";
    let run = book("en").with("feedback/a.csv", text).run("check --today 2026-06-01").ends(1);
    let run = run.prints("feedback/a.csv:4:1: error: in the column `Date`: `1980-01-01` is before 2000");
    let run = run.prints("feedback/a.csv:7:19: error: in the column `Rating`: `abc` is not a number");
    let run = run.prints("feedback/a.csv:8:1: error: in the column `Date`: `2206-05-01` is after today");
    run.prints("feedback/a.csv:9:1: error: in the column `Date`: `5/6/2026` may be 2026-06-05 or 2026-05-06");
}

#[test]
fn strokes_between_day_and_month_are_read_only_where_they_are_clear() {
    let rows = |dates: &[&str]| {
        dates.iter().fold("date,area,rating\n".to_owned(), |text, date| format!("{text}{date},restaurant,4\n"))
    };
    let count = |languages: &str, dates: &[&str]| {
        let run = book(languages).with("feedback/a.csv", rows(dates)).run("feedback --format json --today 2026-06-01");
        (run.json()["responses"].clone(), run.stderr().matches("may be").count())
    };
    assert_eq!(count("en", &["05/04/2026", "13/04/2026"]), (json!(2), 0));
    assert_eq!(count("en", &["05/04/2026", "04/13/2026"]), (json!(2), 0));
    assert_eq!(count("en", &["05/04/2026", "01/02/2026"]), (json!(0), 2));
    assert_eq!(count("pl, sv", &["05/04/2026", "01/02/2026"]), (json!(2), 0), "there it can only be the day");
}

#[test]
fn a_period_is_compared_with_the_one_before() {
    let mut text = "date,area,rating\n".to_owned();
    for at in 0..60 {
        let _ = writeln!(text, "2025-0{}-11,restaurant,{}", at % 5 + 1, if at < 5 { 1 } else { 5 });
        let _ = writeln!(text, "2026-0{}-11,restaurant,{}", at % 5 + 1, if at < 30 { 1 } else { 5 });
        let _ = writeln!(text, "2025-0{}-11,front-office,4", at % 5 + 1);
        let _ = writeln!(text, "2026-0{}-11,front-office,4", at % 5 + 1);
    }
    let book = book("en").with("feedback/a.csv", text);
    let json = ranked(&book, "");
    assert_eq!(json["period"], json!({"since": "2025-05-12", "until": "2026-05-11"}));
    assert_eq!((&json["responses"], &json["others"]), (&json!(120), &json!(120)));
    assert_eq!((&json["areas"][0]["direction"], &json["areas"][1]["direction"]), (&json!("worse"), &json!("not-told")));
    let whole = ranked(&book, "--since 2025-01-01");
    assert_eq!((&whole["responses"], &whole["areas"][0]["direction"]), (&json!(240), &json!(null)));
    let past = ranked(&book, "--since 2025-01-01 --until 2025-12-31");
    assert_eq!((&past["responses"], &past["areas"][0]["low_share"]), (&json!(120), &json!(5.0 / 60.0)));
    book.run("feedback --since 2026-02-01 --until 2026-01-01").ends(2).prints_nothing().says("nothing is both");
    book.run("feedback --since 01.02.2026").ends(2).prints_nothing();
    book.run("feedback --since 2031-01-01").ends(0).prints_nothing().says("no responses match");
}

#[test]
fn in_a_book_of_one_area_the_answer_is_a_phase() {
    let sequence = "id: stay\ntitle: Stay\narea: front-office\nphases:\n  - {id: check-in, title: {en: Arrival, pl: Przyjazd}, traits: [friendly]}\n  - {id: check-out, title: Departure, traits: [friendly]}\n";
    let mut text = "date,phase,rating\n".to_owned();
    for at in 0..30 {
        // In whichever language of the book somebody names it.
        let _ = writeln!(
            text,
            "2026-05-{:02},{},{}",
            at % 28 + 1,
            if at % 2 == 0 { "Arrival" } else { "przyjazd" },
            at % 3 + 1
        );
        let _ = writeln!(text, "2026-05-{:02},Departure,{}", at % 28 + 1, at % 3 + 3);
    }
    let book = Book::empty()
        .with("gamma-ok.yaml", "title: House\nlanguages: [en, pl]\nareas: [{id: front-office, title: Reception}]\n")
        .with("sequences/stay.yaml", sequence)
        .with("feedback/a.csv", text);
    let json = ranked(&book, "");
    assert_eq!(
        (&json["first"], &json["first_of"], &json["certainty"]),
        (&json!("check-in"), &json!("phase"), &json!("clear"))
    );
    assert_eq!((&json["stays_first"], &json["resamples"]), (&json!(1.0), &json!(1000)));
    book.run("feedback --today 2026-06-01").ends(0).prints("Begin with: Arrival, clearly ahead.");
}

#[test]
fn ranks_tell_what_a_cut_cannot_and_complaints_count() {
    // No rating is low, and one area is rated 4 where the other is rated 5; one complaint says that something is wrong.
    let mut text = "date,area,rating,kind\n".to_owned();
    for at in 0..40 {
        let _ = writeln!(text, "2026-05-{:02},restaurant,4,survey", at % 28 + 1);
        let _ = writeln!(text, "2026-05-{:02},front-office,5,survey", at % 28 + 1);
    }
    text.push_str("2026-05-02,restaurant,,complaint\n");
    let json = ranked(&book("en").with("feedback/a.csv", text), "");
    assert_eq!((&json["first"], &json["certainty"]), (&json!("restaurant"), &json!("clear")));
    assert_eq!((&json["areas"][0]["low_share"], &json["areas"][1]["need"]), (&json!(0.0), &json!(null)));
}

#[test]
fn importance_divides_four_quadrants() {
    let text = "date,phase,rating,importance\n2026-05-01,check-in,2,5\n2026-05-01,check-out,5,2\n2026-05-01,meal,5,5\n";
    let json = ranked(&book("en").with("feedback/a.csv", text), "");
    let quadrant = |key: &str| {
        let phases = json["phases"].as_array().expect("a list");
        phases.iter().find(|one| one["key"] == key).expect("a phase")["quadrant"].clone()
    };
    assert_eq!(quadrant("check-in"), "concentrate-here");
    assert_eq!(quadrant("check-out"), "possible-overkill");
    assert_eq!(quadrant("meal"), "keep-up");
}

#[test]
fn numbers_of_the_importance_chart_are_drawn_last_and_cover_no_mark() {
    let mut text = "date,phase,rating,importance\n".to_owned();
    // Two that lie on one another, one beside them, and one in a corner.
    for (phase, rating, importance) in [("check-in", 3, 4), ("check-out", 3, 4), ("meal", 5, 5)] {
        let _ = writeln!(text, "2026-05-01,{phase},{rating},{importance}");
    }
    let book = book("en").with("feedback/a.csv", text);
    let page = book.run("feedback --format html --today 2026-06-01").ends(0).stdout();
    let chart =
        page.split("<svg viewBox=\"-12").nth(1).and_then(|rest| rest.split("</svg>").next()).expect("the chart");
    let value = |tag: &str, name: &str| -> f64 {
        let rest = tag.split(&format!(" {name}=\"")).nth(1).unwrap_or_else(|| panic!("{name} in {tag}"));
        rest.split('"').next().and_then(|number| number.parse().ok()).expect("a number")
    };
    let tags = |open: &str| -> Vec<&str> { chart.split('<').filter(|tag| tag.starts_with(open)).collect() };
    let marks: Vec<(f64, f64)> = tags("circle").iter().map(|mark| (value(mark, "cx"), value(mark, "cy"))).collect();
    let numbers: Vec<(f64, f64)> =
        tags("text class=\"number\"").iter().map(|number| (value(number, "x"), value(number, "y") - 9.0)).collect();
    assert!(marks.len() == numbers.len() && marks.len() >= 3, "{chart}");
    for (at, (x, y)) in numbers.iter().enumerate() {
        assert!(marks.iter().all(|(cx, cy)| (cx - x).abs() > 20.0 || (cy - y).abs() > 24.0), "{x} {y}: {chart}");
        let others = numbers.iter().enumerate().filter(|(other, _)| *other != at);
        assert!(others.into_iter().all(|(_, (ox, oy))| (ox - x).abs() > 14.0 || (oy - y).abs() > 24.0), "{chart}");
    }
    let last_mark = chart.rfind("<circle").expect("a mark");
    assert!(chart.find("<text").is_some_and(|first| first > last_mark), "{chart}");
    // What the quadrants are called stands outside of them.
    let labels = tags("text class=\"label\"");
    assert!(labels.len() == 4 && labels.iter().all(|label| !(20.0..=1044.0).contains(&value(label, "y"))), "{chart}");
}

#[test]
fn one_site_at_a_time() {
    let text = "date,site,area,rating\n2026-05-01,krakow,restaurant,4\n2026-05-01,gdansk,restaurant,1\n2026-05-01,,restaurant,1\n";
    let book = book("en").with("feedback/a.csv", text);
    let json = ranked(&book, "--site krakow");
    assert_eq!((&json["responses"], &json["areas"][0]["low_share"]), (&json!(1), &json!(0.0)));
    book.run("feedback --site krakov").ends(2).prints_nothing().says("did you mean `krakow`?");
}

#[test]
fn the_page_stands_alone_in_each_language() {
    let text = "date,phase,rating,importance,comment\n".to_owned()
        + &"2026-05-01,check-in,2,5,<script>alert(1)</script>\n2026-05-01,meal,5,4,x\n".repeat(8);
    let book = book("en, pl, sv").with("feedback/a.csv", text);
    for (language, verdict) in [
        ("en", "Begin with: Reception desk"),
        ("pl", "Zacznij od: Reception desk"),
        ("sv", "Börja med: Reception desk"),
    ] {
        let page = book.run(&format!("feedback --format html --lang {language} --today 2026-06-01")).ends(0).stdout();
        assert!(page.contains(verdict), "{language}");
        assert!(page.contains("<svg") && page.contains("<!doctype html>") && !page.contains("<script"), "{language}");
    }
    book.run("feedback -o page.html --today 2026-06-01").ends(0).prints_nothing();
    assert!(book.read("page.html").contains("Begin with"));
    book.run("feedback -o page.docx").ends(2).says(".html, .pdf");
}

#[test]
fn headings_of_surveys_are_known_or_told() {
    let rows = "2026-05-12 10:02:11,check-in,4\n2026-05-13 11:00:00,check-in,2\n";
    for head in [
        "Timestamp,phase,Rating (1-5)",
        "submitdate,phase,rating",
        "Sygnatura czasowa,Faza,Ocena w skali 1-5",
        "Tidsstämpel,Fas,Betyg 1–5",
    ] {
        let book = book("en").with("feedback/a.csv", format!("{head}\n{rows}"));
        assert_eq!(ranked(&book, "")["responses"], 2, "{head}");
        book.run("check --today 2026-06-01").omits("bad-feedback");
    }
    for (head, said) in [
        ("date,phase,Raiting", "`Raiting` looks like the column `rating`"),
        ("date,phase,How is your overall rating?", "looks like the column `rating`"),
        ("date,Phasse,rating", "`Phasse` looks like the column `phase`"),
        ("Date of visit,phase,rating", "did `Date of visit` mean `date`?"),
        ("date,phase,Rating (1-10)", "is on a scale from 1 to 10, and the book's is from 1 to 5"),
    ] {
        let book = book("en").with("feedback/a.csv", format!("{head}\n{rows}"));
        book.run("check --today 2026-06-01").ends(1).prints("feedback/a.csv:1:1: error:").prints(said);
    }
    let book = book("en").edit("gamma-ok.yaml", "title: House", "title: House\nfeedback: {scale: [1, 10]}");
    let book = book.with("feedback/a.csv", format!("date,phase,Rating (1-10)\n{rows}"));
    assert_eq!(ranked(&book, "")["responses"], 2);
}

#[test]
fn one_cause_is_one_finding() {
    let mut text = "date,phase,rating\n".to_owned();
    for day in 1..=28 {
        let _ = writeln!(text, "2026-05-{day:02},Reception,4");
    }
    let _ = writeln!(text, "2026-05-28,check-in,5");
    let book = book("en").with("feedback/a.csv", text);
    let run = book.run("check --today 2026-06-01").ends(1);
    assert_eq!(run.stdout().matches("unknown-phase").count(), 1, "{}", run.stdout());
    run.prints("feedback/a.csv:2:12: error: in the column `phase`: the book has no phase `Reception`, in 28 rows");
    assert_eq!(book.run("feedback --format json --today 2026-06-01").json()["responses"], 1);
}

#[test]
fn an_open_quotation_mark_costs_its_own_row() {
    let rows = "2026-05-11,check-in,5,fine\n2026-05-12,check-in,4,\"nice\n2026-05-13,check-in,1,bad\n2026-05-14,check-in,2,\"slow, cold\"\n";
    for separator in [",", ";"] {
        let text = format!("date,phase,rating,comment\n{rows}").replace(", ", "_").replace(',', separator);
        let book = book("en").with("feedback/a.csv", text);
        let run = book.run("check --today 2026-06-01").ends(1);
        run.prints("feedback/a.csv:3:1: error: the quotation mark that opens here");
        assert_eq!(book.run("feedback --format json --today 2026-06-01").json()["responses"], 3);
    }
}

#[test]
fn whatever_lies_in_the_folder_is_read_or_told() {
    let rows = "Data;Faza;Ocena\r12.05.2026;Zameldowanie;4\r";
    let of = |day: &str| rows.replace("12.", day);
    let book = book("pl").with("feedback/a.Csv", of("10.")).with("feedback/b.txt", of("11."));
    let book = book.with("feedback/c.TSV", of("13."));
    let book = book.with("feedback/d.csv", format!("SEP=;\r{rows}")).with("feedback/README.md", "What is here");
    assert_eq!(ranked(&book, "")["responses"], 4);
    let book = book.with("feedback/e.xlsx", "PK");
    book.run("check --today 2026-06-01").ends(1).prints("feedback/e.xlsx:1:1: error: this file is no table");
}

#[test]
fn names_are_the_same_however_their_letters_are_put_together() {
    let book = book("pl").edit("gamma-ok.yaml", "title: Reception desk", "title: Śniadania");
    let apart = "date,area,rating\n2026-05-12,S\u{301}niadania,4\n2026-05-12,ŚNIADANIA,4\n";
    assert_eq!(ranked(&book.with("feedback/a.csv", apart), "")["responses"], 2);
}

#[test]
fn what_was_counted_is_not_counted_again() {
    let head = "date,area,rating,comment,Response ID\n";
    let rows = "2026-05-01,restaurant,2,Cold soup,7\n2026-05-02,restaurant,5,,8\n2026-05-03,restaurant,5,,\n";
    let counted = |files: &[(&str, String)]| {
        let book = files.iter().fold(book("en"), |book, (name, text)| book.with(&format!("feedback/{name}"), text));
        let run = book.run("feedback --format json --today 2026-06-01");
        (run.json()["responses"].as_u64().expect("a number"), run.stderr())
    };
    let whole = format!("{head}{rows}");
    // A browser's second copy, an overlapping export, and one number twice.
    let (copied, said) = counted(&[("a.csv", whole.clone()), ("a (1).csv", format!("{whole}\n"))]);
    assert!(copied == 3 && said.contains("3 rows of this table stand in `feedback/a (1).csv` too"), "{said}");
    let more = format!(
        "{head}{}2026-05-04,restaurant,1,,9\n2026-05-03,restaurant,5,,\n",
        rows.lines().next().unwrap_or("").to_owned() + "\n"
    );
    let (overlapping, said) = counted(&[("a.csv", whole.clone()), ("b.csv", more)]);
    assert!(overlapping == 5 && said.contains("1 row of this table stands in `feedback/a.csv` too"), "{said}");
    let again = format!("{whole}2026-05-09,restaurant,1,,8\n");
    let (numbered, said) = counted(&[("a.csv", again)]);
    assert!(numbered == 3 && said.contains("feedback/a.csv:5:1") && said.contains("the response `8`"), "{said}");
    // Two surveys may number alike, and two customers may say the same.
    let other = format!("{head}2026-06-01,restaurant,4,,7\n2026-05-03,restaurant,5,,\n");
    assert_eq!(counted(&[("a.csv", whole), ("b.csv", other)]), (5, String::new()));
}

#[test]
fn a_table_without_ratings_says_so() {
    for heading in ["Gwiazdki", "NPS", "Jak oceniasz śniadanie?"] {
        let text = format!("date,area,\"{heading}\"\n2026-05-12,restaurant,4\n");
        let run = book("en").with("feedback/a.csv", text).run("check --today 2026-06-01");
        run.ends(1).prints("feedback/a.csv:1:1: error:").prints(&format!("`{heading}`"));
    }
}

/// A house that has guests is not told of customers: in what its guests say, in what is due, and in the list of documents.
#[test]
fn reports_speak_of_the_customer_in_the_word_of_the_book() {
    let book = Book::example("hotel-wisla");
    for (language, told) in [("en", "more often its guests are"), ("pl", "częściej goście wyrażają")] {
        book.run(&format!("feedback --lang {language} --today 2026-12-01 -o f.html")).works();
        let page = book.read("f.html");
        assert!(page.contains(told), "{language}: {page}");
    }
    book.run("review report 2026 --lang pl --today 2026-12-01 -o r.html").works();
    assert!(book.read("r.html").contains("Co mówią goście"));
    let book = Book::example("vardcentral");
    book.run("build --lang sv --format html --today 2026-12-01").works();
    assert!(book.read("out/index.html").contains("Patientens väg och personalens arbete"));
}

#[test]
fn a_column_without_a_heading_that_holds_something_is_told() {
    let book = Book::sound().with("feedback/2026.csv", "date,,rating,\n2026-01-01,,2,\n2026-01-02,corner,3,\n");
    let found = book.run("check --format json").stdout();
    assert_eq!(found.matches("a column without a heading holds `corner`").count(), 1, "{found}");
    assert!(found.contains("\"line\": 3") || found.contains("\"line\":3"), "{found}");
}
