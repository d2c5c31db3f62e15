//! What a checklist says of its items, and what a record of one says was looked at.

use std::fs;

use crate::support::Book;

/// The checklist of an option as Markdown, all of it met, recorded; the record's text.
fn recorded(book: &Book, options: &str) -> String {
    let form = book.run(&format!("checklist --format md {options}")).ends(0).stdout();
    let form = form.replace("  - [ ] met", "  - [x] met").replace("- Date:", "- Date: 2026-02-02");
    fs::write(book.path().join("form.md"), form.replace("- Auditor:", "- Auditor: lead")).expect("a file");
    book.run("audit record form.md --today 2026-03-02").ends(0);
    let files = book.files("audits");
    let text = book.read(&format!("audits/{}", files.first().expect("a record")));
    fs::remove_file(book.path().join("audits").join(&files[0])).expect("a file");
    text
}

#[test]
fn what_a_role_does_is_what_was_looked_at_with_its_checklist() {
    let book = Book::example("hotel-wisla");
    fs::remove_dir_all(book.path().join("audits")).expect("the records of the example");
    let text = recorded(&book, "--site krakow --role porter");
    assert!(text.contains("scope:\n  role: [porter]\n"), "{text}");
    let text = recorded(&book, "--site krakow --role porter --role receptionist");
    assert!(text.contains("role: [") && text.contains("porter") && text.contains("receptionist"), "{text}");
    let book = Book::sound();
    let of = |options: &str| recorded(&book, options);
    assert!(of("--site market --phase payment").contains("phase: [payment]"));
    // What nobody's whole work is: the phase, and what else its items have in common.
    let text = of("--site market --phase payment --type procedural");
    assert!(text.contains("phase: [payment]") && text.contains("type: [procedural]"), "{text}");
    assert!(!of("--site market").contains("scope"), "{}", of("--site market"));
}

#[test]
fn a_checklist_says_who_does_the_work_of_whoever_is_absent() {
    let book = Book::sound();
    for (format, there) in [
        ("html", "Seller (in place of: Cashier)"),
        ("md", "Seller (in place of: Cashier)"),
        ("csv", "Seller (in place of: Cashier)"),
    ] {
        book.run(&format!("checklist --site corner --format {format}")).ends(0).prints(there);
        book.run(&format!("checklist --site market --format {format}")).ends(0).omits("in place of");
    }
    assert!(recorded(&book, "--site corner").contains("site: corner"), "the form is read back");
}
