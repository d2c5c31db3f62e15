//! What the README says is so: its example of a book reads, and its two commands are right.

use std::path::Path;

use gamma_ok::book::load;
use gamma_ok::check::check;
use gamma_ok::method::standards;
use gamma_ok::source::Memory;

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the README")
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

/// Each command of its shell blocks, word by word.
fn commands() -> Vec<Vec<String>> {
    let text = readme();
    let blocks = text.split("```").skip(1).step_by(2).filter_map(|block| block.strip_prefix("sh\n"));
    let lines = blocks.flat_map(str::lines).map(|line| line.split(" #").next().unwrap_or_default());
    lines.map(|line| line.split_whitespace().map(str::to_owned).collect()).collect()
}

#[test]
fn it_has_two_commands_and_the_program_takes_the_first() {
    use clap::CommandFactory;
    let commands = commands();
    assert_eq!(commands.len(), 2, "{commands:?}");
    let [first, second] = &commands[..] else { panic!("two commands") };
    assert_eq!(second[..], ["cargo", "test"]);
    assert_eq!(first[..3], ["cargo", "run", "--"]);
    let words = std::iter::once("gamma-ok").chain(first[3..].iter().map(String::as_str));
    let found = gamma_ok::cli::Cli::command().try_get_matches_from(words).expect("a command line that is right");
    assert_eq!(found.subcommand_name(), Some("build"));
    let book = first.iter().position(|word| word == "--book").map(|at| &first[at + 1]).expect("a book");
    assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(book).join("gamma-ok.yaml").is_file(), "{book} is a book");
}

#[test]
fn a_newcomer_reads_it_to_the_end() {
    let lines = readme().lines().count();
    assert!(lines < 130, "{lines} lines: what is not for a newcomer belongs into docs/guide");
}
