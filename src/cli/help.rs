//! The command line in the language of whoever types: help, and what is wrong with the arguments.
//!
//! clap writes both in English. The texts of commands and options are replaced in its own tree before it reads the
//! arguments; what it adds itself (headings, defaults, errors) is said here. In English all is left as clap has it.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write as _};
use std::num::{ParseFloatError, ParseIntError};

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

use super::out::{Color, for_people};
use super::usage::Usage;
use crate::language::Interface;
use crate::message::{Message, Template};
use crate::text::shown;
use crate::{say, template};

/// The program's command line with all its texts in a language.
pub(super) fn translated(mut program: Command, interface: &'static Interface) -> Command {
    // Built first, so that the help and version options are there to be translated, and global options everywhere.
    program.build();
    if interface.tag() == "en" { program } else { command(program, interface) }
}

fn command(command: Command, interface: &'static Interface) -> Command {
    let text = |text: Option<&StyledStr>| text.map(|text| interface.translate(&text.to_string()).to_owned());
    let (about, long_about) = (text(command.get_about()), text(command.get_long_about()));
    let (after, long_after) = (text(command.get_after_help()), text(command.get_after_long_help()));
    let has_subcommands = command.has_subcommands();
    let mut done = command
        .mut_args(|argument| of_argument(argument, interface))
        .mut_subcommands(|inner| self::command(inner, interface))
        .help_template(layout(interface));
    if has_subcommands {
        done = done
            .subcommand_help_heading(fixed(template!("Commands"), interface))
            .subcommand_value_name(fixed(template!("COMMAND"), interface));
    }
    done = about.into_iter().fold(done, Command::about);
    done = long_about.into_iter().fold(done, Command::long_about);
    done = after.into_iter().fold(done, Command::after_help);
    done = long_after.into_iter().fold(done, Command::after_long_help);
    let usage = usage(&done.render_usage().to_string(), interface);
    done.override_usage(usage)
}

/// clap's line of usage with its own words replaced; its heading is left out, since the layout has one.
fn usage(usage: &str, interface: &'static Interface) -> String {
    let usage = usage.strip_prefix("Usage:").unwrap_or(usage).trim();
    let usage = usage.replace("[OPTIONS]", fixed(template!("[OPTIONS]"), interface));
    usage.replace("[COMMAND]", fixed(template!("[COMMAND]"), interface))
}

/// A word of the help that clap keeps for as long as the program runs.
fn fixed(word: Template, interface: &'static Interface) -> &'static str {
    interface.translation(word.0).unwrap_or(word.0)
}

/// clap's own layout with its one word of English replaced.
fn layout(interface: &Interface) -> String {
    format!("{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}", interface.say(&say!("Usage:")))
}

fn of_argument(argument: Arg, interface: &'static Interface) -> Arg {
    let text = |text: Option<&StyledStr>| text.map(|text| interface.translate(&text.to_string()).to_owned());
    let heading = match argument.get_help_heading() {
        Some(heading) => interface.translation(heading),
        None if argument.is_positional() => Some(fixed(template!("Arguments"), interface)),
        None => Some(fixed(template!("Options"), interface)),
    };
    let (mut help, mut long) = (text(argument.get_help()), text(argument.get_long_help()));
    // What clap would add in English.
    let extra = additions(&argument, interface, false);
    let long_extra = additions(&argument, interface, true);
    long = match (long, &help, long_extra == extra) {
        (None, _, true) => None,
        (None, None, false) => Some(long_extra),
        (None, Some(help), false) => Some(format!("{help}{long_extra}")),
        (Some(long), _, _) => Some(format!("{long}{long_extra}")),
    };
    help = match help {
        Some(help) => Some(format!("{help}{extra}")),
        None if extra.is_empty() => None,
        None => Some(extra.trim_start().to_owned()),
    };
    let names = argument.get_value_names().unwrap_or_default();
    let names: Vec<_> =
        names.iter().map(|name| interface.translation(name).map_or_else(|| name.clone(), Into::into)).collect();
    let takes_values = argument.get_action().takes_values();
    let place = argument.get_index();
    let mut done = argument.hide_default_value(true).hide_possible_values(true);
    if let Some(heading) = heading {
        done = done.help_heading(heading);
    }
    // Under a heading of its own clap would list what stands in a place by its name.
    if let Some(place) = place {
        done = done.display_order(place);
    }
    if takes_values && !names.is_empty() {
        done = done.value_names(names);
    }
    done = help.into_iter().fold(done, Arg::help);
    long.into_iter().fold(done, Arg::long_help)
}

/// Default and possible values of an argument, as clap would append them.
fn additions(argument: &Arg, interface: &Interface, is_long: bool) -> String {
    let mut added = String::new();
    if !argument.get_action().takes_values() {
        return added;
    }
    let values = argument.get_possible_values();
    let shown = !argument.is_hide_possible_values_set() && values.iter().any(|value| !value.is_hide_set());
    let explained = is_long && values.iter().any(|value| value.get_help().is_some());
    // Writing to a String cannot fail.
    if shown && explained {
        let _ = write!(added, "\n\n{}", interface.say(&say!("Possible values:")));
        for value in values.iter().filter(|value| !value.is_hide_set()) {
            let help = value.get_help().map(|help| interface.translate(&help.to_string()).to_owned());
            let help = help.map(|help| format!(": {help}")).unwrap_or_default();
            let _ = write!(added, "\n- {}{help}", value.get_name());
        }
        added.push_str("\n\n");
    }
    let defaults: Vec<_> = argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !defaults.is_empty() && !argument.is_hide_default_value_set() {
        let text = interface.say(&say!("[default: {values}]", values = defaults.join(" ")));
        let _ = write!(added, "{}{text}", if added.is_empty() { " " } else { "" });
    }
    if shown && !explained {
        let names: Vec<_> = values.iter().filter(|value| !value.is_hide_set()).map(|value| value.get_name()).collect();
        let _ = write!(added, " {}", interface.say(&say!("[possible values: {values}]", values = names.join(", "))));
    }
    added
}

/// Says on standard error what is wrong with the arguments. What was typed is shown as every name is.
pub(super) fn complain(mut error: clap::Error, interface: &'static Interface) -> io::Result<()> {
    let typed: Vec<(ContextKind, ContextValue)> = error
        .context()
        .filter_map(|(kind, value)| match value {
            ContextValue::String(word) => Some((kind, ContextValue::String(shown(word).into_owned()))),
            ContextValue::Strings(words) => {
                let words = words.iter().map(|word| shown(word).into_owned());
                Some((kind, ContextValue::Strings(words.collect())))
            }
            _ => None,
        })
        .collect();
    for (kind, value) in typed {
        error.insert(kind, value);
    }
    let colours = Color::Auto.wanted(io::stderr().is_terminal());
    let text = localized(&error, interface).unwrap_or_else(|| match colours {
        true => error.render().ansi().to_string(),
        false => error.render().to_string(),
    });
    io::stderr().lock().write_all(for_people(&text, colours).as_bytes())
}

/// What is wrong with the arguments, and where help is to be had; none where clap's own words serve.
fn localized(error: &clap::Error, interface: &'static Interface) -> Option<String> {
    if interface.tag() == "en" {
        return None;
    }
    let problem = problem(error)?;
    let mut text = format!("{}: {}", interface.say(&say!("error")), interface.say(&problem));
    let tips = [
        (ContextKind::SuggestedSubcommand, None),
        (ContextKind::SuggestedArg, None),
        (ContextKind::SuggestedValue, None),
        (ContextKind::ValidValue, Some(())),
    ];
    for (kind, lists) in tips {
        let tip = match (error.get(kind), lists) {
            (Some(ContextValue::Strings(words)), _) if words.is_empty() => continue,
            (Some(ContextValue::Strings(words)), Some(())) => say!("known: {words}", words = words.join(", ")),
            // clap names the nearest last.
            (Some(ContextValue::Strings(words)), None) => {
                say!("did you mean `{near}`?", near = words.last().map_or("", String::as_str))
            }
            (Some(value), None) => say!("did you mean `{near}`?", near = listed(value)),
            _ => continue,
        };
        // Writing to a String cannot fail.
        let _ = write!(text, "\n  {} {}", interface.say(&say!("help:")), interface.say(&tip));
    }
    if let Some(ContextValue::StyledStr(line)) = error.get(ContextKind::Usage) {
        let usage = usage(&line.to_string(), interface);
        let _ = write!(text, "\n\n{} {usage}", interface.say(&say!("Usage:")));
    }
    let _ = write!(text, "\n\n{}\n", interface.say(&say!("`--help` tells more.")));
    Some(text)
}

fn problem(error: &clap::Error) -> Option<Message> {
    let get = |kind: ContextKind| error.get(kind).map(listed);
    let argument = get(ContextKind::InvalidArg);
    let value = get(ContextKind::InvalidValue);
    Some(match (error.kind(), argument, value) {
        (ErrorKind::UnknownArgument, Some(argument), _) => say!("there is no option `{argument}` here", argument),
        (ErrorKind::InvalidSubcommand, ..) => {
            say!("there is no command `{command}`", command = get(ContextKind::InvalidSubcommand)?)
        }
        (ErrorKind::InvalidValue, Some(argument), Some(value)) if value.is_empty() => {
            say!("`{argument}` needs a value", argument)
        }
        (ErrorKind::InvalidValue, Some(argument), Some(value)) => {
            say!("`{value}` is no value for `{argument}`", value, argument)
        }
        (ErrorKind::ValueValidation, Some(argument), Some(value)) => match reason(error) {
            Some(why) => say!("`{value}` is no value for `{argument}`: {why}", value, argument, why),
            None => say!("`{value}` is no value for `{argument}`", value, argument),
        },
        (ErrorKind::TooManyValues, Some(argument), Some(value)) => {
            say!("`{value}` is one value too many for `{argument}`", value, argument)
        }
        (ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues, Some(argument), _) => {
            say!("`{argument}` has too few or too many values", argument)
        }
        (ErrorKind::NoEquals, Some(argument), _) => say!("`{argument}` needs a `=` before its value", argument),
        (ErrorKind::ArgumentConflict, Some(argument), _) => match get(ContextKind::PriorArg) {
            Some(other) if other != argument => {
                say!("`{argument}` and `{other}` exclude each other", argument, other)
            }
            _ => say!("`{argument}` may stand once only", argument),
        },
        (ErrorKind::MissingRequiredArgument, Some(argument), _) => say!("missing: {argument}", argument),
        (ErrorKind::MissingSubcommand, ..) => say!("a command is missing"),
        (ErrorKind::InvalidUtf8, ..) => say!("an argument is not UTF-8 text"),
        _ => return None,
    })
}

/// What our own parser of a value said.
fn reason(error: &clap::Error) -> Option<Message> {
    let source = std::error::Error::source(error)?;
    match source.downcast_ref::<Usage>() {
        Some(Usage { message, help: None }) => Some(message.clone()),
        Some(Usage { message, help: Some(help) }) => Some(say!("{message}; {help}", message, help)),
        // What the language's own readers of numbers say, they say in English.
        None if source.is::<ParseIntError>() => Some(say!("it is no whole number, or too large a one")),
        None if source.is::<ParseFloatError>() => Some(say!("it is no number")),
        None => Some(Message::verbatim(source.to_string())),
    }
}

fn listed(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(words) => words.join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::book::Language;
    use crate::cli::Cli;

    fn help(tag: &str, arguments: &[&str]) -> String {
        let program = translated(Cli::command(), Interface::of(&Language::new(tag)));
        let error = program.try_get_matches_from(arguments).expect_err("help is an error to clap");
        assert_eq!(error.exit_code(), 0, "{error}");
        error.to_string()
    }

    fn wrong(tag: &str, arguments: &str) -> String {
        let interface = Interface::of(&Language::new(tag));
        let program = translated(Cli::command(), interface);
        let error = program.try_get_matches_from(arguments.split(' ')).expect_err("wrong usage");
        localized(&error, interface).unwrap_or_else(|| error.to_string())
    }

    #[test]
    fn a_translated_command_line_is_sound_and_reads_the_same() {
        for tag in crate::language::interface_languages() {
            let program = translated(Cli::command(), Interface::of(&Language::new(tag)));
            program.clone().debug_assert();
            let arguments = ["gamma-ok", "check", "--format", "json", "--quiet"];
            let matches = program.try_get_matches_from(arguments).expect("sound arguments");
            assert_eq!(matches.subcommand_name(), Some("check"), "{tag}");
        }
    }

    #[test]
    fn help_holds_no_english_of_claps() {
        for (tag, usage) in [("pl", "Użycie:"), ("sv", "Användning:")] {
            for name in Cli::command().get_subcommands().map(Command::get_name) {
                for option in ["-h", "--help"] {
                    let text = help(tag, &["gamma-ok", name, option]);
                    assert!(text.contains(usage), "{text}");
                    for english in [
                        "Usage:",
                        "Options:",
                        "OPTIONS",
                        "Arguments:",
                        "Commands:",
                        "[default",
                        "ossible values",
                        "Print help",
                    ] {
                        assert!(!text.contains(english), "{tag}: {name}: {english}\n{text}");
                    }
                }
            }
        }
        assert!(help("en", &["gamma-ok", "check", "-h"]).contains("Usage: gamma-ok check"));
    }

    #[test]
    fn wrong_usage_names_the_nearest() {
        let text = wrong("pl", "gamma-ok chekc");
        assert!(text.contains("`chekc`") && text.contains("`check`"), "{text}");
        let text = wrong("sv", "gamma-ok check --formt json");
        assert!(text.contains("`--formt`") && text.contains("`--format`"), "{text}");
        let text = wrong("sv", "gamma-ok check --format jsn");
        assert!(text.contains("`jsn`") && text.contains("`json`"), "{text}");
        let text = wrong("pl", "gamma-ok check --today 2026-1-1");
        assert!(text.contains("2026-01-31") && !text.contains("error"), "{text}");
        assert!(wrong("en", "gamma-ok chekc").contains("unrecognized subcommand"));
    }
}
