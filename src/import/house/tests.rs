use super::*;

fn found(name: &str, text: &str, mapped: &[Mapped]) -> HouseFile {
    let languages = ["en".to_owned(), "pl".to_owned()];
    read(name, text.as_bytes(), HouseContext { languages: &languages, mapped, phases: &[] })
        .unwrap_or_else(|refusal| panic!("{}", refusal.message))
}

fn ignore(column: &str) -> Mapped {
    Mapped { column: column.to_owned(), key: None, language: None }
}

#[test]
fn a_table_is_read_with_its_phases_and_steps() {
    let text = "Our standards;;\nNo;Standard;Polski\n1. Arrival;;\n1.1 At the desk;;\n1;The clerk greets.;Urzędnik wita.\n2;The clerk asks.;Urzędnik pyta.\n2. Leaving;;\n3;The bill is ready.;Rachunek jest gotowy.\nNo;Standard;Polski\n4;The door is open.;Drzwi są otwarte.\nSigned;;\n";
    let found = found("a.csv", text, &[]);
    assert_eq!(found.title.as_deref(), Some("Our standards"));
    let places: Vec<(&str, &str)> = found
        .items
        .iter()
        .map(|item| (item.phase[0].1.as_str(), item.step.first().map_or("", |(_, step)| step.as_str())))
        .collect();
    assert_eq!(places, [("Arrival", "At the desk"), ("Arrival", "At the desk"), ("Leaving", ""), ("Leaving", "")]);
    assert_eq!(
        found.items[0].text,
        [("en".to_owned(), "The clerk greets.".to_owned()), ("pl".to_owned(), "Urzędnik wita.".to_owned())]
    );
    let left: Vec<&str> = found.not_read.iter().map(|unread| unread.value.as_str()).collect();
    assert_eq!((left, found.not_understood.len()), (vec!["Signed"], 0), "{:?}", found.not_understood);
}

#[test]
fn columns_that_nobody_knows_are_named_once_and_can_be_given_a_meaning() {
    let text = "Standard,Score,Opis\nThe clerk greets the guest.,3,Patrz w oczy\nThe bill is ready.,,\n";
    let first = found("a.csv", text, &[]);
    let unknown: Vec<&str> = first.not_understood.iter().map(|unread| unread.value.as_str()).collect();
    assert_eq!(unknown, ["Score", "Opis"]);
    let how = Mapped { column: "opis".to_owned(), key: Some(Key::How), language: Some("pl".to_owned()) };
    let second = found("a.csv", text, &[ignore("B"), how]);
    assert_eq!(second.not_understood, []);
    assert_eq!(second.items[0].lists, [(Key::How, vec![vec![("pl".to_owned(), "Patrz w oczy".to_owned())]])]);
}

#[test]
fn texts_in_a_language_that_the_book_lacks_are_no_texts_of_another() {
    let found = found("a.csv", "Standard;Svenska\nThe bill is ready.;Notan är klar och ligger på disken.\n", &[]);
    assert_eq!(found.not_understood.len(), 1, "{:?}", found.not_understood);
    assert_eq!(found.items[0].text, [("en".to_owned(), "The bill is ready.".to_owned())]);
}

#[test]
fn files_without_standards_are_refused() {
    for (name, text) in [("a.md", "# Only\n\nwords.\n"), ("a.csv", ""), ("a.pdf", "%PDF-1.7"), ("a.html", "<p>x</p>")] {
        assert!(
            read(name, text.as_bytes(), HouseContext { languages: &["en".to_owned()], mapped: &[], phases: &[] })
                .is_err(),
            "{name}"
        );
    }
    let strange = found("a.csv", "A;B\nx;y\n", &[]);
    assert_eq!((strange.items.len(), strange.not_understood.len()), (0, 1));
}

#[test]
fn a_phase_that_is_written_once_is_that_of_the_rows_below() {
    let text = "Phase;Step;Standard\nArrival;At the desk;The clerk greets.\n;;The clerk asks.\n;At the door;The door is open.\nLeaving;;The bill is ready.\n;;The clerk says goodbye.\n";
    let places: Vec<(String, String)> = found("a.csv", text, &[])
        .items
        .iter()
        .map(|item| (item.phase[0].1.clone(), item.step.first().map_or(String::new(), |(_, step)| step.clone())))
        .collect();
    let places: Vec<(&str, &str)> = places.iter().map(|(phase, step)| (phase.as_str(), step.as_str())).collect();
    let (arrival, leaving) = ("Arrival", ("Leaving", ""));
    assert_eq!(
        places,
        [(arrival, "At the desk"), (arrival, "At the desk"), (arrival, "At the door"), leaving, leaving]
    );
}

#[test]
fn no_heading_of_a_document_is_lost() {
    let text = "# THE PROCEDURE\n\nFor everybody.\n\n# Stage I – Greeting\n\n- The clerk greets;\n- The clerk asks.\n\n## Alone\n\n# Stage 2: Leaving\n\nThe clerk leads the way.\n\n# Etap 3\n";
    let found = found("a.md", text, &[]);
    assert_eq!(found.title.as_deref(), Some("THE PROCEDURE"));
    let texts: Vec<&str> = found.items.iter().map(|item| item.text[0].1.as_str()).collect();
    assert_eq!((texts, found.items[0].phase[0].1.as_str()), (vec!["The clerk greets.", "The clerk asks."], "Greeting"));
    let left: Vec<&str> = found.not_read.iter().map(|unread| unread.value.as_str()).collect();
    assert_eq!(left, ["For everybody.", "Alone", "The clerk leads the way.", "Stage 2: Leaving", "Etap 3"]);
}

#[test]
fn where_a_link_leads_and_pictures_are_not_lost() {
    let text = "# Arrival\n\n- The clerk follows [the plan](https://example.org/plan).\n- See <https://example.org/a> and [mail](mailto:a@example.org).\n- The desk looks so: ![the desk](desk.png)\n";
    let found = found("a.md", text, &[]);
    let texts: Vec<&str> = found.items.iter().map(|item| item.text[0].1.as_str()).collect();
    assert_eq!(
        texts[..2],
        [
            "The clerk follows the plan (https://example.org/plan).",
            "See https://example.org/a and mail (mailto:a@example.org)."
        ]
    );
    assert!(found.not_read.iter().any(|unread| unread.value == "desk.png"), "{:?}", found.not_read);
}

#[test]
fn a_table_that_the_program_wrote_is_not_taken_for_one_of_a_house() {
    let found = found("a.csv", "id,stamp,text.en\ngreet,0f0f0f0f,The clerk greets.\n", &[]);
    let told = &found.not_understood[0];
    assert!(told.value == "stamp" && told.why.contains("show --format xlsx"), "{told:?}");
}

#[test]
fn what_is_measured_is_kept_where_there_is_no_figure() {
    use crate::import::drafts::{Planner, Source};
    let book = crate::book::load(&crate::source::Memory::new([("gamma-ok.yaml", "title: T\n")])).expect("a book").book;
    let found = found("a.csv", "Standard;What is measured\nThe waiter offers water.;time to water\n", &[]);
    let source = Source { name: "a.csv".to_owned(), found };
    let plan = Planner::new(&book).plan(vec![source], None, |_| true);
    let comments = &plan.intakes[0].phases[0].drafts[0].comments;
    assert!(comments.iter().any(|comment| comment.contains("time to water")), "{comments:?}");
}
