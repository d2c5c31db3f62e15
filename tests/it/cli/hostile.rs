//! Whatever somebody puts into a book ends in an error, and comes to that end.

use crate::support::{Book, Run, program_that_must_end};

#[track_caller]
fn check(book: &Book) -> Run {
    Run::of(program_that_must_end(book.path()).arg("check")).ends(1)
}

#[test]
fn an_alias_bomb() {
    let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for n in 1..30 {
        let (this, last) = (format!("a{n}"), if n == 1 { "a".to_owned() } else { format!("a{}", n - 1) });
        bomb.push_str(&format!("{this}: &{this} [{}]\n", vec![format!("*{last}"); 9].join(", ")));
    }
    check(&Book::sound().with("sequences/x.yaml", bomb)).prints("sequences/x.yaml").prints("[alias-bomb]");
}

#[test]
fn deep_nesting() {
    let text = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    check(&Book::sound().with("sequences/x.yaml", text)).prints("[nesting-too-deep]");
    let block: String = (0..20_000).map(|n| format!("{}a:\n", " ".repeat(n % 2000))).collect();
    check(&Book::sound().with("sequences/x.yaml", block)).prints("sequences/x.yaml");
    let open = "{a: ".repeat(20_000);
    check(&Book::sound().with("sequences/x.yaml", open)).prints("[nesting-too-deep]");
}

#[test]
fn a_huge_file() {
    let book = Book::sound().with("sequences/x.yaml", "");
    let file = std::fs::OpenOptions::new().write(true).open(book.path().join("sequences/x.yaml")).expect("the file");
    file.set_len(100 * 1024 * 1024).expect("room");
    check(&book).prints("[file-too-large]").prints("100 MiB");
}

#[test]
fn binary_junk() {
    let junk: Vec<u8> = (0..200_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    check(&Book::sound().with("sequences/x.yaml", &junk)).prints("UTF-8");
    check(&Book::sound().with("gamma-ok.yaml", &junk)).prints("gamma-ok.yaml");
    check(&Book::sound().with("sequences/x.yaml", "\0\0\0\0\u{1}")).prints("[control-character]");
}

#[test]
fn a_folder_named_like_a_file() {
    let book = Book::sound();
    std::fs::create_dir(book.path().join("sequences/x.yaml")).expect("a folder");
    book.run("check").ends(0);
    std::fs::remove_file(book.path().join("roles.yaml")).expect("the file");
    std::fs::create_dir(book.path().join("roles.yaml")).expect("a folder");
    check(&book).prints("roles.yaml");
}

#[test]
fn endless_lines_and_endless_findings() {
    let keys: String = (0..20_000).map(|n| format!("k{n}: x, ")).collect();
    check(&Book::sound().with("sequences/x.yaml", format!("{{{keys}}}"))).prints("more");
    let lines: String = (0..20_000).map(|n| format!("k{n}: x\n")).collect();
    check(&Book::sound().with("sequences/x.yaml", lines)).prints("more");
    let same = "a: x\n".repeat(20_000);
    check(&Book::sound().with("sequences/x.yaml", same)).prints("[duplicate-key]");
}

#[cfg(unix)]
#[test]
fn links_that_leave_the_book_and_files_that_cannot_be_read() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let outside = Book::empty().with("secret.yaml", "password: hunter2\n");
    let book = Book::sound();
    symlink(outside.path().join("secret.yaml"), book.path().join("sequences/x.yaml")).expect("a link");
    check(&book).prints("[path-outside-book]").omits("hunter2");
    let book = Book::sound();
    symlink("..", book.path().join("sequences/loop")).expect("a link");
    // It is told, and nothing of the book is read twice.
    Run::of(program_that_must_end(book.path()).arg("check")).ends(0).prints("sequences/loop");
    let book = Book::sound().with("sequences/x.yaml", "id: x\n");
    std::fs::set_permissions(book.path().join("sequences/x.yaml"), PermissionsExt::from_mode(0o000)).expect("a mode");
    // Whoever may read everything reads this too, and misses its keys.
    check(&book).prints("sequences/x.yaml");
    // A device never ends.
    let book = Book::sound();
    symlink("/dev/zero", book.path().join("sequences/x.yaml")).expect("a link");
    check(&book).prints("[path-outside-book]");
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let book = Book::sound().edit("roles.yaml", "covered-by", "\"\\e[31m\\u202e\"");
    let run = check(&book);
    assert!(!run.stdout().contains('\u{1b}') && !run.stdout().contains('\u{202e}'), "{}", run.stdout());
    let book = Book::sound().edit("sequences/visit.yaml", "en: Every shelf", "en: \"\\e[31mEvery\"\n          sv: x #");
    let shown = book.run("show").stdout();
    assert!(!shown.contains('\u{1b}'), "{shown}");
}
