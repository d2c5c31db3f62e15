//! `completions`: what a shell needs to complete this program's commands, options and values.
//!
//! For bash, zsh and fish that is a few lines which ask the program itself: so they know the ids of the book at hand, and
//! never grow old. What is proposed is found by clap's own engine in clap's own tree of commands; here is what values there
//! are (`values`), and how a shell is answered. Nothing is proposed that a shell would take for more than a word, whatever a
//! book calls its things. For other shells it is clap's script, which knows commands and options.

mod values;

use std::ffi::OsString;
use std::io::Write;

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;
use clap_complete::engine::{CompletionCandidate, complete};

use self::values::{Typed, with_values};
use super::help::translated;
use super::out::OutputKind;
use super::{Cli, Edge, Exit};
use crate::text::shown;

/// What `completions` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
    /// What has been typed so far, as the shell's script hands it over
    #[arg(last = true, hide = true, value_name = "WORD")]
    pub typed: Vec<OsString>,
}

/// Prints the completions, or what completes the words that were typed.
///
/// # Errors
/// When standard output cannot be written to.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let bytes = if args.typed.is_empty() { script(args.shell) } else { proposals(args, edge).into_bytes() };
    edge.out.of(OutputKind::Data)?.write_all(&bytes)?;
    Ok(Exit::Fine)
}

fn script(shell: Shell) -> Vec<u8> {
    match shell {
        Shell::Bash => include_bytes!("gamma-ok.bash").to_vec(),
        Shell::Zsh => include_bytes!("gamma-ok.zsh").to_vec(),
        Shell::Fish => include_bytes!("gamma-ok.fish").to_vec(),
        other => {
            // Into memory first: the generator panics where it cannot write.
            let mut bytes = Vec::new();
            clap_complete::generate(other, &mut Cli::command(), "gamma-ok", &mut bytes);
            bytes
        }
    }
}

/// A line for each candidate, as the shell's script reads it; none where the shell is to propose files.
fn proposals(Args { shell, typed }: Args, edge: &Edge) -> String {
    let typed: Vec<String> = typed.into_iter().map(|word| word.to_string_lossy().into_owned()).collect();
    // bash hands over the line and the piece of its last word that it will replace: it breaks words where others do not.
    let (words, piece) = match (shell, typed.as_slice()) {
        (Shell::Bash, [line, piece, ..]) => (split(line), piece.clone()),
        _ => (typed.clone(), typed.last().cloned().unwrap_or_default()),
    };
    let current = words.last().cloned().unwrap_or_default();
    let kept = current.strip_suffix(piece.as_str()).filter(|_| shell == Shell::Bash).unwrap_or_default();
    let line = |candidate: &CompletionCandidate| {
        let value = candidate.get_value().to_str()?;
        let value = value.strip_prefix(kept)?;
        let about = candidate.get_help().map(|help| help.to_string());
        let about = about.as_deref().and_then(|help| help.lines().next()).map(shown).filter(|help| !help.is_empty());
        Some(match (shell, about) {
            (Shell::Zsh, Some(about)) => {
                format!("{}:{}\n", value.replace(':', "\\:"), about.replace('\\', "\\\\"))
            }
            (Shell::Zsh, None) => format!("{}\n", value.replace(':', "\\:")),
            (Shell::Fish, Some(about)) => format!("{value}\t{about}\n"),
            _ => format!("{value}\n"),
        })
    };
    candidates(words, &current, edge).iter().filter_map(line).collect()
}

/// What can stand in place of the last word.
fn candidates(words: Vec<String>, current: &str, edge: &Edge) -> Vec<CompletionCandidate> {
    let typed = Typed { folder: book_of(&words), today: edge.today().unwrap_or_default() };
    let mut program = with_values(translated(Cli::command(), edge.people()), "", &typed.into());
    let last = words.len().saturating_sub(1);
    let words = words.into_iter().map(OsString::from).collect();
    let candidates = complete(&mut program, words, last, None).unwrap_or_default();
    let is_option = |candidate: &CompletionCandidate| candidate.get_value().to_string_lossy().starts_with('-');
    let (options, others): (Vec<_>, Vec<_>) = candidates.into_iter().partition(is_option);
    // Options are many: they are proposed to those who type a hyphen, or where nothing else is.
    if current.starts_with('-') {
        return options.into_iter().chain(others).filter(is_plain).collect();
    }
    let wants_file = others.iter().any(values::is_file);
    match others.into_iter().filter(is_plain).collect::<Vec<_>>() {
        others if others.is_empty() && !wants_file && current.is_empty() => {
            options.into_iter().filter(is_plain).collect()
        }
        others => others,
    }
}

/// The folder that `--book` names.
fn book_of(words: &[String]) -> Option<std::path::PathBuf> {
    let pairs = words.iter().zip(words.iter().skip(1));
    let apart = pairs.filter(|(word, _)| *word == "--book").map(|(_, folder)| folder.as_str());
    apart.chain(words.iter().filter_map(|word| word.strip_prefix("--book="))).next_back().map(Into::into)
}

/// Whether a shell takes it for one word and nothing else, whatever its settings. Ids, options and words of the format are;
/// a book may call its things otherwise.
fn is_plain(candidate: &CompletionCandidate) -> bool {
    let is_plain = |c: u8| c.is_ascii_alphanumeric() || b"-_.,:=@/+".contains(&c);
    candidate.get_value().to_str().is_some_and(|value| !value.is_empty() && value.bytes().all(is_plain))
}

/// The words of a line up to the cursor, as a shell reads them; the last one may be empty, or in quotation marks that are
/// still open.
fn split(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote: Option<char> = None;
    let mut signs = line.trim_start().chars();
    while let Some(sign) = signs.next() {
        let Some(word) = words.last_mut() else { break };
        match (quote, sign) {
            (Some(open), sign) if sign == open => quote = None,
            (None, '\'' | '"') => quote = Some(sign),
            (None | Some('"'), '\\') => word.extend(signs.next()),
            (None, sign) if sign.is_whitespace() => {
                if !word.is_empty() {
                    words.push(String::new());
                }
            }
            (_, sign) => word.push(sign),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_split_as_a_shell_does() {
        assert_eq!(split("gamma-ok  check --format=j"), ["gamma-ok", "check", "--format=j"]);
        assert_eq!(split("gamma-ok show "), ["gamma-ok", "show", ""]);
        assert_eq!(split("gamma-ok --book 'a b' sh"), ["gamma-ok", "--book", "a b", "sh"]);
        assert_eq!(split("gamma-ok --book a\\ b \"c"), ["gamma-ok", "--book", "a b", "c"]);
    }

    #[test]
    fn what_is_no_word_is_not_proposed() {
        for value in ["check", "--format=json", "a.b", "pl,en", "role:x", "greet@0123abcd"] {
            assert!(is_plain(&CompletionCandidate::new(value)), "{value}");
        }
        for value in
            ["$(id)", "`id`", "a;b", "a b", "a'b", "a\"b", "a\\b", "*", "~", "a\nb", "é", "", "!x", "a|b", "a&b", "{a}"]
        {
            assert!(!is_plain(&CompletionCandidate::new(value)), "{value}");
        }
    }
}
