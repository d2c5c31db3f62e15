//! A book's own templates: used on the desk only once somebody has said so, and never for the form.

use super::client::Desk;
use crate::support::Book;

#[test]
fn a_books_own_templates_are_used_once_they_are_allowed_and_never_for_the_form() {
    let book = Book::sound().with("templates/html/checklist.html", "<p>OUR OWN {{ head.book }}</p>");
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let shown = "/documents/show?kind=checklist";
    assert!(desk.get(&visitor, "/documents").body.contains("This book has 1 template of its own."));
    assert!(!desk.get(&visitor, shown).body.contains("OUR OWN"));

    assert_eq!(desk.post(&visitor, "/documents/templates", "allow=yes").status, 303);
    let page = desk.get(&visitor, shown);
    assert!(page.body.contains("OUR OWN"), "{}", page.body);
    assert!(page.header("content-security-policy").starts_with("sandbox allow-scripts"));
    let form = desk.get(&visitor, "/rounds/form");
    assert!(form.status == 200 && !form.body.contains("OUR OWN") && form.body.contains("id=\"form\""));

    // It is remembered for this book, and for no other.
    drop(desk);
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    assert!(desk.get(&visitor, shown).body.contains("OUR OWN"));
    let other = Book::sound().with("templates/html/checklist.html", "<p>THEIR OWN</p>");
    let stranger = Desk::open(&other);
    assert!(!stranger.get(&stranger.visitor(), shown).body.contains("THEIR OWN"));

    assert_eq!(desk.post(&visitor, "/documents/templates", "allow=no").status, 303);
    assert!(!desk.get(&visitor, shown).body.contains("OUR OWN"));
}

#[test]
fn a_template_that_fails_is_told_and_a_book_without_any_is_asked_nothing() {
    let book = Book::sound().with("templates/html/checklist.html", "{{ no_such_thing.at_all }}");
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    assert_eq!(desk.post(&visitor, "/documents/templates", "allow=yes").status, 303);
    let page = desk.get(&visitor, "/documents/show?kind=checklist");
    assert!(page.status == 422 && page.body.contains("templates/html/checklist.html:1"), "{}", page.body);
    assert_eq!(desk.get(&visitor, "/rounds/form").status, 200);
    assert_eq!(desk.post(&visitor, "/documents/templates", "allow=no").status, 303);
    let plain = Book::sound();
    let desk = Desk::open(&plain);
    assert!(!desk.get(&desk.visitor(), "/documents").body.contains("/documents/templates"));
}

#[test]
fn templates_that_changed_since_are_asked_about_again() {
    let book = Book::sound().with("templates/html/checklist.html", "<p>FIRST {{ head.book }}</p>");
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let shown = "/documents/show?kind=checklist";
    let from = super::hidden(&desk.get(&visitor, "/documents").body, "from");
    assert_eq!(desk.post(&visitor, "/documents/templates", &format!("allow=yes&from={from}")).status, 303);
    assert!(desk.get(&visitor, shown).body.contains("FIRST"));
    let book = book.with("templates/html/checklist.html", "<p>SECOND {{ head.book }}</p>");
    let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !desk.get(&visitor, "/documents").body.contains("changed since they were allowed") {
        assert!(std::time::Instant::now() < until, "nothing is asked");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let page = desk.get(&visitor, shown).body;
    assert!(!page.contains("SECOND") && !page.contains("FIRST"), "{page}");
    // What the page asked about is not what is there now.
    assert_eq!(desk.post(&visitor, "/documents/templates", &format!("allow=yes&from={from}")).status, 422);
    let from = super::hidden(&desk.get(&visitor, "/documents").body, "from");
    assert_eq!(desk.post(&visitor, "/documents/templates", &format!("allow=yes&from={from}")).status, 303);
    assert!(desk.get(&visitor, shown).body.contains("SECOND"));
    assert_eq!(desk.post(&visitor, "/documents/templates", "allow=no").status, 303);
    drop(book);
}
