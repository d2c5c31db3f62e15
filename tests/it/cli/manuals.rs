//! Manuals: whom they are for, how short a handful is, and that each standard is taught once.

use crate::support::{Book, TODAY};

fn manual(book: &Book, arguments: &str) -> String {
    book.run(&format!("manual --format md --today {TODAY} {arguments}")).ends(0).stdout()
}

#[test]
fn a_trainer_has_the_session_plan_and_the_answers_and_a_trainee_has_not() {
    let book = Book::example("hotel-wisla");
    let trainer = manual(&book, "--site krakow --role receptionist --for trainer");
    let trainee = manual(&book, "--site krakow --role receptionist --for trainee");
    for part in ["Session plan", "### Answers", "When to refresh", "Certificate", "For those who manage"] {
        assert!(trainer.contains(part), "{part}");
        assert!(!trainee.contains(part), "{part}");
    }
    assert!(trainer.contains("Edition for: trainers") && trainee.contains("Edition for: trainees"));
    // Where nobody says whom it is for, one of a role is kept by who has it, and one of all is taught from.
    assert_eq!(manual(&book, "--site krakow --role receptionist"), trainee);
    assert!(manual(&book, "--site krakow").contains("Session plan"));
    book.run("manual --for guests").ends(2).says("trainer");
}

#[test]
fn the_parts_of_a_session_come_to_what_is_shown_for_the_whole() {
    let book = Book::example("hotel-wisla");
    let text = manual(&book, "--for trainer --lang en");
    let plan = text.split("Session plan").nth(2).or_else(|| text.split("Session plan").nth(1)).expect("a plan");
    let mut sessions = 0;
    let number = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>().parse::<usize>().ok();
    for session in plan.split("\n### ").skip(1) {
        let heading = session.lines().next().unwrap_or_default();
        let Some(whole) = heading.rsplit('(').next().and_then(|rest| number(rest.split(" minute").next()?)) else {
            continue;
        };
        let parts = session.lines().filter_map(|line| number(line.strip_prefix("- **")?.split(" min").next()?));
        let sum: usize = parts.sum();
        if sum > 0 {
            assert_eq!(sum, whole, "{session}");
            assert_eq!(whole % 5, 0, "{session}");
            sessions += 1;
        }
    }
    assert!(sessions > 3, "{plan}");
}

#[test]
fn the_cover_says_which_language_the_manual_is_in() {
    let book = Book::example("hotel-wisla");
    for (tag, said) in [("en", "- Language: English"), ("pl", "- Język: polski")] {
        let cover = manual(&book, &format!("--lang {tag}"));
        let cover = cover.split("\n## ").next().unwrap_or_default().to_owned();
        assert!(cover.contains(said), "{tag}: {cover}");
    }
    let page = book.run(&format!("manual --format html --lang pl --today {TODAY}")).ends(0).stdout();
    assert!(page.contains("<dt>Język</dt><dd>polski</dd>"), "{}", &page[..page.len().min(4000)]);
}

#[test]
fn audits_say_what_to_refresh() {
    let book = Book::example("hotel-wisla");
    let refresh = |text: &str| text.split_once("When to refresh").map(|(_, rest)| rest.to_owned()).expect("a part");
    let audited = refresh(&manual(&book, "--site krakow --for trainer"));
    assert!(
        audited.contains("kept the next level from being reached") || audited.contains("names nothing"),
        "{audited}"
    );
    let sound = refresh(&manual(&Book::sound(), "--for trainer"));
    assert!(sound.contains("Nothing was audited yet"), "{sound}");
}

#[test]
fn a_handful_of_standards_is_a_leaflet() {
    let book = Book::example("hotel-wisla");
    let porter = manual(&book, "--site krakow --role porter");
    for part in ["## Contents", "Index of standards", "Glossary", "Training plan"] {
        assert!(!porter.contains(part), "{part}");
    }
    let all = manual(&book, "--site krakow");
    assert!(all.contains("## Contents") && all.contains("Index of standards"));
    // Its own part of the blueprint: no step of a phase in which the porter does nothing.
    assert!(porter.lines().count() * 4 < all.lines().count(), "{} of {}", porter.lines().count(), all.lines().count());
}

#[test]
fn a_standard_stands_where_it_is_taught_and_where_it_is_signed() {
    let book = Book::sound();
    for (arguments, text) in [
        ("--lang en", "The seller greets the shopper within 10 seconds."),
        ("--lang pl", "Sprzedawca wita klienta w ciągu 10 sekund."),
        ("--lang en --role cashier", "Every shelf bears the price of each article."),
    ] {
        let manual = manual(&book, arguments);
        assert_eq!(manual.matches(text).count(), 2, "{arguments}\n{manual}");
    }
    // What changed stands in the plan by itself, because the plan is taken alone.
    let book = book.commit("one").edit("sequences/visit.yaml", "within 10 seconds", "within 8 seconds").commit("two");
    let since = manual(&book, "--since HEAD~1");
    assert_eq!(since.matches("within 8 seconds").count(), 3, "{since}");
}

#[test]
fn who_stands_in_for_an_absent_role_is_said_at_each_standard() {
    let book = Book::sound();
    let corner = manual(&book, "--site corner --lang en");
    assert!(corner.contains("Seller (in place of: Cashier)"), "{corner}");
    assert!(manual(&book, "--site corner --lang pl").contains("Sprzedawca (zamiast: Kasjer)"));
    assert!(!manual(&book, "--site market --lang en").contains("in place of"));
    for format in ["html", "docx"] {
        book.run(&format!("manual --site corner -o m.{format}")).ends(0);
    }
    assert!(book.read("m.html").contains("(in place of: Cashier)"));
}

#[test]
fn the_customer_is_called_by_the_books_word() {
    let book = Book::example("hotel-wisla");
    let english = manual(&book, "--site krakow --lang en");
    assert!(english.contains("before you meet guests") && !english.contains("you meet customers"), "{english}");
    let polish = manual(&book, "--site krakow --lang pl");
    assert!(polish.contains("czego chce gość") && polish.contains("wzmacnia doświadczenie gościa"), "{polish}");
    let said = book.run("feedback --format html --lang pl").ends(0).stdout();
    assert!(said.contains("Co mówią goście"));
}

#[test]
fn a_checklist_is_filtered_and_sorted_by_how_it_is_verified() {
    let book = Book::sound();
    let of = |arguments: &str| book.run(&format!("checklist --format md {arguments}")).ends(0).stdout();
    let watched = of("--verify observe");
    assert!(watched.contains("The seller greets") && !watched.contains("hands over the receipt"));
    assert!(watched.contains("How verified: observe"), "{watched}");
    let sorted = of("--sort verify");
    let heads: Vec<&str> = sorted.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(
        heads[..3],
        ["## 1. observe · Arrival", "## 2. inspect · Payment", "## 3. see the record · Payment"],
        "{sorted}"
    );
    assert!(of("").contains("## 2. Payment"));
    book.run("checklist --verify smell").ends(2).says("observe");
}
