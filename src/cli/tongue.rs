//! Which language the program speaks with whoever runs it.
//!
//! `--lang` decides, where a command lays out no documents; with those it names the document's language. Else the locale:
//! `LC_ALL`, `LC_MESSAGES`, `LANG`, the first that is set. Programs read English, whatever the locale, unless `--lang` asks
//! for something else: the same book must give them the same bytes on every machine.

use std::ffi::{OsStr, OsString};

use clap::CommandFactory;

use crate::language::Interface;

/// The languages to speak.
#[derive(Clone, Copy, Debug)]
pub struct Tongue {
    /// With people: findings, remarks, help.
    pub people: &'static Interface,
    /// With other programs.
    pub programs: &'static Interface,
}

impl Tongue {
    /// The languages that the arguments and the locale ask for.
    pub fn of(arguments: &[OsString]) -> Self {
        Tongue::from(asked(arguments), ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).ok()))
    }

    fn from(asked: Asked, locale: [Option<String>; 3]) -> Self {
        let programs = asked.messages.unwrap_or_else(|| Interface::english());
        let locale = locale.into_iter().flatten().find(|value| !value.is_empty());
        let people = match (asked.messages, locale) {
            (Some(asked), _) => asked,
            // `C`, `POSIX` and languages that the program does not speak get English.
            (None, Some(locale)) => Interface::named(&locale).unwrap_or_else(|| Interface::english()),
            // Where nothing is known of the reader, who wants a Polish document probably reads Polish.
            (None, None) => asked.document.unwrap_or_else(|| Interface::english()),
        };
        Tongue { people, programs }
    }
}

/// What `--lang` says.
#[derive(Clone, Copy, Debug, Default)]
struct Asked {
    /// The language of messages.
    messages: Option<&'static Interface>,
    /// The language of a document.
    document: Option<&'static Interface>,
}

/// Looks for `--lang` before the arguments are parsed, since what is wrong with them is to be said in that language too.
fn asked(arguments: &[OsString]) -> Asked {
    let words: Vec<&str> = arguments.iter().skip(1).map_while(|word| Some(word.to_str().unwrap_or_default())).collect();
    let words = words.split(|word| *word == "--").next().unwrap_or_default();
    let value = |(index, word): (usize, &&str)| match word.strip_prefix("--lang") {
        Some("") => words.get(index + 1).copied().map(str::to_owned),
        Some(rest) => rest.strip_prefix('=').map(str::to_owned),
        None => None,
    };
    let Some(tag) = words.iter().enumerate().find_map(value) else { return Asked::default() };
    let interface = Interface::named(tag.split(',').next().unwrap_or_default());
    // A command with a `--lang` of its own, be it a command of a command, means the language of what it lays out.
    let program = super::Cli::command();
    let (mut command, mut own) = (&program, false);
    for word in words {
        if let Some(inner) = command.find_subcommand(OsStr::new(word)) {
            command = inner;
            own |= inner.get_arguments().any(|argument| argument.get_id() == "lang");
        }
    }
    match own {
        true => Asked { document: interface, ..Asked::default() },
        false => Asked { messages: interface, ..Asked::default() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The languages spoken with people and with programs.
    fn spoken(arguments: &str, locale: [Option<&str>; 3]) -> [&'static str; 2] {
        let words: Vec<OsString> = arguments.split(' ').map(OsString::from).collect();
        let tongue = Tongue::from(asked(&words), locale.map(|value| value.map(str::to_owned)));
        [tongue.people.tag(), tongue.programs.tag()]
    }

    #[test]
    fn the_option_goes_before_the_locale() {
        assert_eq!(spoken("gamma-ok check --lang sv", [None, None, Some("pl_PL.UTF-8")]), ["sv", "sv"]);
        assert_eq!(spoken("gamma-ok --lang=pl-PL check", [Some("C"), None, None]), ["pl", "pl"]);
        assert_eq!(spoken("gamma-ok check -- --lang sv", [None, None, None]), ["en", "en"]);
        assert_eq!(spoken("gamma-ok check --lang", [None, None, None]), ["en", "en"]);
    }

    #[test]
    fn the_first_part_of_the_locale_that_is_set_counts() {
        assert_eq!(spoken("gamma-ok check", [None, None, Some("pl_PL.UTF-8")]), ["pl", "en"]);
        assert_eq!(spoken("gamma-ok check", [Some(""), Some("sv_SE"), Some("pl_PL")]), ["sv", "en"]);
        assert_eq!(spoken("gamma-ok check", [Some("C.UTF-8"), None, Some("pl_PL")]), ["en", "en"]);
        assert_eq!(spoken("gamma-ok check", [None, None, Some("de_DE@euro")]), ["en", "en"]);
    }

    #[test]
    fn the_language_of_a_document_is_not_that_of_the_reader() {
        assert_eq!(spoken("gamma-ok manual --lang sv", [None, None, Some("pl_PL.UTF-8")]), ["pl", "en"]);
        assert_eq!(spoken("gamma-ok manual --lang sv", [None, None, None]), ["sv", "en"]);
        assert_eq!(spoken("gamma-ok export quiz --lang sv", [Some("C"), None, None]), ["en", "en"]);
        assert_eq!(spoken("gamma-ok build --lang pl,sv", [None, None, None]), ["pl", "en"]);
    }
}
