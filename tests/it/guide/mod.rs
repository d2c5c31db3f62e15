//! The guide in `docs/guide`: what it shows is what happens, its reference is the program's own, and its links lead somewhere.
//!
//! `GAMMA_OK_WRITE_README=1 cargo test --test it guide` renews the pages of the reference, and the output that is shown below
//! commands.

mod blocks;
mod commands;
mod format;
mod links;
mod rules;
#[cfg(unix)]
mod shown;

use std::fs;
use std::path::{Path, PathBuf};

use gamma_ok::language::Interface;

/// The languages of the guide, each a book of its own.
const LANGUAGES: [&str; 3] = ["en", "pl", "sv"];

/// What begins each page that the tests write.
const MARK: &str = "<!-- generated; `GAMMA_OK_WRITE_README=1 cargo test --test it guide` renews this page -->\n\n";

/// The folder of the pages in a language.
fn pages(language: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide").join(language).join("src")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Whether pages are to be renewed rather than compared.
fn renews() -> bool {
    std::env::var_os("GAMMA_OK_WRITE_README").is_some()
}

/// A page of the reference: its name, and what makes it in a language.
type Page = (&'static str, fn(&'static Interface) -> String);

const REFERENCE: [Page; 3] = [("commands.md", commands::page), ("format.md", format::page), ("rules.md", rules::page)];

#[test]
fn the_reference_is_what_the_program_has() {
    for language in LANGUAGES {
        let interface = Interface::named(language).expect("a language of the program");
        for (name, page) in REFERENCE {
            let path = pages(language).join(name);
            let wanted = format!("{MARK}{}", page(interface));
            if renews() {
                fs::write(&path, &wanted).expect("a page that can be written");
            }
            let is_current = read(&path) == wanted;
            assert!(is_current, "{language}/{name}: renew it with GAMMA_OK_WRITE_README=1 cargo test --test it guide");
        }
    }
}

/// The words of the reference that the program itself has no use for, in the order of [`LANGUAGES`].
fn word(interface: &Interface, words: [&'static str; 3]) -> &'static str {
    let at = LANGUAGES.iter().position(|language| *language == interface.tag()).expect("a language of the guide");
    words[at]
}

/// A text that stands in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// Every angle bracket outside code is a character, not markup.
fn plain(text: &str) -> String {
    let parts = text
        .split('`')
        .enumerate()
        .map(|(at, part)| if at % 2 == 0 { part.replace('<', "&lt;").replace('>', "&gt;") } else { part.to_owned() });
    parts.collect::<Vec<_>>().join("`")
}
