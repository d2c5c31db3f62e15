//! The book's folder is moved away, comes back, or another one takes its place, as with git and with tools that copy between
//! computers.

use std::time::{Duration, Instant};

use super::client::Desk;
use crate::support::Book;

/// Waits until a page says, or no longer says, something.
fn until(what: &str, is_so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < end, "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &target) } else { _ = std::fs::copy(entry.path(), target) }
    }
}

#[test]
fn a_folder_that_takes_the_books_place_is_read() {
    let base = Book::empty();
    let sound = Book::sound();
    let (root, aside, other) = (base.path().join("book"), base.path().join("aside"), base.path().join("other"));
    copy(sound.path(), &root);
    copy(sound.path(), &other);
    let manifest = std::fs::read_to_string(other.join("gamma-ok.yaml")).expect("a manifest");
    assert!(manifest.contains("Corner shop"), "{manifest}");
    std::fs::write(other.join("gamma-ok.yaml"), manifest.replace("Corner shop", "Corner market")).expect("written");
    let desk = Desk::open_in(&root, &["--port", "0"]);
    let visitor = desk.visitor();
    let shows = |title: &str| desk.get(&visitor, "/rounds").body.contains(title);
    assert!(shows("Corner shop"));
    // An open page is told, too.
    let page = desk.get(&visitor, "/writing").body;
    let now = page.split("data-now=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a number").to_owned();
    std::fs::rename(&root, &aside).expect("moved away");
    std::fs::rename(&other, &root).expect("another one in its place");
    let told = desk.get(&visitor, &format!("/events?since={now}"));
    assert_ne!(told.json()["now"].to_string(), now);
    until("the other one is read", || shows("Corner market"));
    // What is written in it is seen.
    let path = root.join("gamma-ok.yaml");
    let text = std::fs::read_to_string(&path).expect("a manifest");
    std::fs::write(&path, text.replace("Corner market", "Corner bazaar")).expect("written");
    until("it is watched", || shows("Corner bazaar"));

    // Moved away and put back: while it is away nothing is shown as if it were there.
    std::fs::rename(&root, &other).expect("moved away");
    until("it is gone", || desk.get(&visitor, "/rounds").status != 200);
    let path = other.join("gamma-ok.yaml");
    let text = std::fs::read_to_string(&path).expect("a manifest");
    std::fs::write(&path, text.replace("Corner bazaar", "Corner kiosk")).expect("written");
    std::fs::rename(&other, &root).expect("put back");
    until("it is back", || shows("Corner kiosk"));
    // Removed, and made anew.
    std::fs::remove_dir_all(&root).expect("removed");
    copy(&aside, &root);
    until("the new one is read", || shows("Corner shop"));
    let sequences = root.join("sequences");
    std::fs::rename(&sequences, base.path().join("sequences")).expect("moved away");
    until("its standards are gone", || !desk.get(&visitor, "/standards").body.contains("/standards/price-tags"));
    std::fs::rename(base.path().join("sequences"), &sequences).expect("put back");
    until("its standards are back", || desk.get(&visitor, "/standards").body.contains("/standards/price-tags"));
}

#[test]
fn a_folder_that_is_gone_is_told_with_where_it_was_and_how_to_mend_that() {
    let base = Book::empty();
    let root = base.path().join("book");
    copy(Book::sound().path(), &root);
    let desk = Desk::open_in(&root, &["--port", "0"]);
    let visitor = desk.visitor();
    let name = visitor.cookie.split('=').next().unwrap_or_default();
    let page = |language: &str, path: &str| {
        let cookie = format!("{}; {name}-lang={language}", visitor.cookie);
        desk.send("GET", path, &[("Cookie", &cookie)], "")
    };
    assert_eq!(page("en", "/rounds").status, 200);
    let place = root.file_name().expect("a name").to_string_lossy().into_owned();
    let aside = base.path().join("aside");
    std::fs::rename(&root, &aside).expect("moved away");
    until("it is gone", || page("en", "/rounds").status != 200);
    for (language, said) in [
        ("en", "put it back in that place"),
        ("pl", "przywróć go w tym miejscu"),
        ("sv", "lägg tillbaka den på den platsen"),
    ] {
        for path in ["/", "/rounds", "/standards/price-tags", "/writing"] {
            let gone = page(language, path);
            assert!(
                gone.status == 422 && gone.body.contains(said) && gone.body.contains(&place),
                "{path}: {}",
                gone.body
            );
            assert!(gone.body.contains("id=\"waiting\""), "it comes up by itself: {}", gone.body);
        }
    }
    std::fs::rename(&aside, &root).expect("put back");
    until("it is back", || page("en", "/rounds").status == 200);
    std::fs::rename(root.join("gamma-ok.yaml"), base.path().join("gamma-ok.yaml")).expect("moved away");
    until("its manifest is gone", || page("en", "/rounds").status != 200);
    for (language, said) in [
        ("en", "has no gamma-ok.yaml any more"),
        ("pl", "nie ma już pliku gamma-ok.yaml"),
        ("sv", "inte längre någon gamma-ok.yaml"),
    ] {
        let gone = page(language, "/rounds");
        assert!(gone.body.contains(said) && gone.body.contains(&place), "{}", gone.body);
    }
    std::fs::rename(base.path().join("gamma-ok.yaml"), root.join("gamma-ok.yaml")).expect("put back");
    until("it is back", || page("en", "/rounds").status == 200);
}
