//! Which language the program speaks with whoever runs it.
//!
//! `--lang` decides, before or after the command: it is the language of messages, and of documents where the command makes
//! any. Else the locale: `LC_ALL`, `LC_MESSAGES`, `LANG`, the first that is set. Programs read English, whatever the locale,
//! unless `--lang` asks for something else: the same book must give them the same bytes on every machine.

use std::ffi::{OsStr, OsString};

use clap::{Arg, CommandFactory};

use super::usage::{Usage, unknown};
use crate::language::{Interface, interface_languages};
use crate::say;

/// The languages to speak.
#[derive(Clone, Debug)]
pub(crate) struct SpokenLanguages {
    /// With people: findings, remarks, help.
    pub people: &'static Interface,
    /// With other programs.
    pub programs: &'static Interface,
    /// What `--lang` said before the command, where that has a `--lang` of its own which is about something else.
    pub early: Option<String>,
}

impl SpokenLanguages {
    /// The languages that the arguments and the locale ask for; and the arguments without a `--lang` that was about messages
    /// alone.
    ///
    /// # Errors
    /// When `--lang` names a language that nothing here can be said in.
    pub fn of(arguments: Vec<OsString>) -> (Self, Vec<OsString>, Result<(), Usage>) {
        let (asked, arguments) = LangOption::of(arguments);
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).ok());
        let spoken = asked.spoken();
        (SpokenLanguages::from(asked, locale), arguments, spoken)
    }

    fn from(asked: LangOption, locale: [Option<String>; 3]) -> Self {
        let locale = locale.into_iter().flatten().find(|value| !value.is_empty());
        // `C`, `POSIX` and languages that the program does not speak get English.
        let of_locale = || Interface::named(&locale?);
        let named = asked.interface();
        SpokenLanguages {
            people: named.or_else(of_locale).unwrap_or_else(Interface::english),
            programs: named.unwrap_or_else(Interface::english),
            early: asked.early,
        }
    }
}

/// What `--lang` says.
#[derive(Clone, Debug, Default)]
struct LangOption {
    tag: Option<String>,
    /// Whether the command has a `--lang` of its own, which may be any language of the book's.
    is_of_command: bool,
    early: Option<String>,
}

impl LangOption {
    /// Looks for `--lang` before the arguments are parsed, since what is wrong with them is to be said in that language too.
    fn of(mut arguments: Vec<OsString>) -> (Self, Vec<OsString>) {
        let program = super::Cli::command();
        let words: Vec<String> = arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        let end = words.iter().position(|word| word == "--").unwrap_or(words.len());
        let takes_value = |word: &str| {
            let named = |argument: &&Arg| argument.get_long().is_some_and(|long| word.strip_prefix("--") == Some(long));
            program.get_arguments().find(named).is_some_and(|argument| argument.get_action().takes_values())
        };
        // Where the command stands: the first word that is no option and no value of one.
        let mut start = 1;
        while start < end && words[start].starts_with('-') {
            start += if takes_value(&words[start]) { 2 } else { 1 };
        }
        let start = start.min(end);
        let (mut command, mut is_of_command) = (&program, false);
        for word in &words[start..end] {
            if let Some(inner) = command.find_subcommand(OsStr::new(word)) {
                command = inner;
                is_of_command |= inner.get_arguments().any(|argument| argument.get_id() == "lang");
            }
        }
        let mut asked = LangOption { is_of_command, ..LangOption::default() };
        let Some((index, value, length)) = (1..end).find_map(|index| {
            Some(match words[index].strip_prefix("--lang")? {
                "" => (index, words.get(index + 1).filter(|_| index + 1 < end)?.clone(), 2),
                rest => (index, rest.strip_prefix('=')?.to_owned(), 1),
            })
        }) else {
            return (asked, arguments);
        };
        // The languages of a new book are not those of whoever makes it.
        if index < start && words.get(start).is_some_and(|word| word == "init") {
            arguments.drain(index..index + length);
            asked.early = Some(value.clone());
            asked.is_of_command = false;
        }
        asked.tag = Some(value);
        (asked, arguments)
    }

    fn interface(&self) -> Option<&'static Interface> {
        Interface::named(self.tag.as_deref()?.split(',').next()?)
    }

    fn spoken(&self) -> Result<(), Usage> {
        match &self.tag {
            Some(tag) if !self.is_of_command && self.interface().is_none() => {
                Err(unknown(say!("gamma-ok does not speak `{tag}`", tag), tag, interface_languages()))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(arguments: &str) -> Vec<OsString> {
        arguments.split(' ').map(OsString::from).collect()
    }

    /// The languages spoken with people and with programs.
    fn spoken(arguments: &str, locale: [Option<&str>; 3]) -> [&'static str; 2] {
        let tongue =
            SpokenLanguages::from(LangOption::of(words(arguments)).0, locale.map(|value| value.map(str::to_owned)));
        [tongue.people.tag(), tongue.programs.tag()]
    }

    #[test]
    fn the_option_goes_before_the_locale() {
        assert_eq!(spoken("gamma-ok check --lang sv", [None, None, Some("pl_PL.UTF-8")]), ["sv", "sv"]);
        assert_eq!(spoken("gamma-ok --lang=pl-PL check", [Some("C"), None, None]), ["pl", "pl"]);
        assert_eq!(spoken("gamma-ok check -- --lang sv", [None, None, None]), ["en", "en"]);
        assert_eq!(spoken("gamma-ok check --lang", [None, None, None]), ["en", "en"]);
        assert_eq!(spoken("gamma-ok manual --lang sv", [None, None, Some("pl_PL.UTF-8")]), ["sv", "sv"]);
        assert_eq!(spoken("gamma-ok --lang sv export quiz", [Some("C"), None, None]), ["sv", "sv"]);
        assert_eq!(spoken("gamma-ok build --lang pl,sv", [None, None, None]), ["pl", "pl"]);
        assert_eq!(spoken("gamma-ok --lang pl manual --lang sv", [None, None, None]), ["pl", "pl"]);
        assert_eq!(spoken("gamma-ok manual --lang de", [None, None, Some("pl_PL.UTF-8")]), ["pl", "en"]);
    }

    #[test]
    fn the_first_part_of_the_locale_that_is_set_counts() {
        assert_eq!(spoken("gamma-ok check", [None, None, Some("pl_PL.UTF-8")]), ["pl", "en"]);
        assert_eq!(spoken("gamma-ok check", [Some(""), Some("sv_SE"), Some("pl_PL")]), ["sv", "en"]);
        assert_eq!(spoken("gamma-ok check", [Some("C.UTF-8"), None, Some("pl_PL")]), ["en", "en"]);
        assert_eq!(spoken("gamma-ok check", [None, None, Some("de_DE@euro")]), ["en", "en"]);
    }

    #[test]
    fn only_a_language_that_is_spoken_or_that_a_book_may_have_is_taken() {
        let taken = |arguments: &str| LangOption::of(words(arguments)).0.spoken().is_ok();
        assert!(taken("gamma-ok check --lang pl") && taken("gamma-ok manual --lang de"));
        assert!(taken("gamma-ok --lang de manual") && taken("gamma-ok init --lang de"));
        assert!(!taken("gamma-ok check --lang de") && !taken("gamma-ok --lang de init"));
    }

    #[test]
    fn before_init_it_is_the_language_of_messages_alone() {
        for typed in
            ["gamma-ok --lang pl init x", "gamma-ok --book init --lang=pl init x", "gamma-ok -q --lang pl init x"]
        {
            let (asked, left) = LangOption::of(words(typed));
            assert_eq!(asked.early.as_deref(), Some("pl"), "{typed}");
            assert!(!left.iter().any(|word| word.to_string_lossy().contains("lang")), "{typed}");
        }
        let (asked, left) = LangOption::of(words("gamma-ok init x --lang pl"));
        assert_eq!((asked.early, left.len()), (None, 5));
    }
}
