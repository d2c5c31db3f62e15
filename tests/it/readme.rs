//! What the README says is so: its table of rules is the register's, its example of a book reads, its commands exist.

use std::path::Path;

use gamma_ok::book::load;
use gamma_ok::check::{check, table};
use gamma_ok::method::standards;
use gamma_ok::source::Memory;

const BEGIN: &str = "<!-- rules: generated; `GAMMA_OK_WRITE_README=1 cargo test readme` renews them -->\n";
const END: &str = "<!-- end of rules -->";

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the README")
}

#[test]
#[allow(clippy::disallowed_methods, reason = "renews the table when asked to")]
fn the_table_of_rules_is_the_register() {
    let text = readme();
    let (before, rest) = text.split_once(BEGIN).expect("the mark before the table");
    let (found, after) = rest.split_once(END).expect("the mark after the table");
    let wanted = format!("\n{}\n", table());
    if std::env::var_os("GAMMA_OK_WRITE_README").is_some() {
        let text = format!("{before}{BEGIN}{wanted}{END}{after}");
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"), text).expect("the README");
        return;
    }
    assert_eq!(found, wanted, "renew it with GAMMA_OK_WRITE_README=1 cargo test readme");
}

/// The first fenced block of the README that begins with `start`.
fn block(start: &str) -> String {
    let text = readme();
    let found = text.split("```").skip(1).step_by(2).find_map(|block| {
        let (_, body) = block.split_once('\n')?;
        body.starts_with(start).then(|| body.to_owned())
    });
    found.unwrap_or_else(|| panic!("no block that begins with {start:?}"))
}

#[test]
fn the_phase_it_shows_is_sound() {
    let sequence = format!("id: guest-stay\ntitle: A guest's stay\nphases:\n{}", block("  - id: check-in"));
    let files = [("gamma-ok.yaml", "title: x\nsector: hotel\n".to_owned()), ("sequences/guest-stay.yaml", sequence)];
    let loaded = load(&Memory::new(files)).expect("a book");
    let standards = standards(&loaded.book);
    let found = check(&loaded, &standards);
    let errors: Vec<_> = found.iter().filter(|one| one.severity == gamma_ok::diag::Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let wording: Vec<_> =
        found.iter().filter(|one| ["measure-mismatch", "vague-word"].contains(&one.code.word())).collect();
    assert!(wording.is_empty(), "{wording:#?}");
}

#[test]
fn the_commands_it_names_exist() {
    use clap::CommandFactory;
    let program = gamma_ok::cli::Cli::command();
    let known: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
    let text = readme();
    let section = text.split("## Commands").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("its commands");
    let mut named = 0;
    for row in section.lines().filter(|line| line.starts_with("| `")) {
        let cell = row.split('|').nth(1).unwrap_or_default();
        for code in cell.split('`').skip(1).step_by(2) {
            let name = code.split([' ', '[']).next().unwrap_or_default();
            assert!(known.contains(&name), "the README names `{name}`; the program has {known:?}");
            named += 1;
        }
    }
    assert_eq!(named, known.len(), "the README names {named} commands, the program has {known:?}");
}
