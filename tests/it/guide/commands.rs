//! The page of the commands, from the tree that reads the arguments.

use std::fmt::Write;

use clap::{Arg, Command, CommandFactory};
use gamma_ok::cli::Cli;
use gamma_ok::language::Interface;

use super::{cell, plain, word};

/// Headings of options that many commands have: they are told once.
const SHARED: [&str; 2] = ["Filters (each may be repeated; several values of one mean any of them)", "Everywhere"];

/// Every command with its options.
pub fn page(interface: &'static Interface) -> String {
    let mut program = Cli::command();
    program.build();
    let title = word(interface, ["The commands", "Polecenia", "Kommandona"]);
    let about = [program.get_long_about(), program.get_after_help()].into_iter().flatten();
    let about: Vec<String> = about.map(|text| plain(interface.translate(&text.to_string()))).collect();
    let mut page = format!("# {title}\n\n{}\n", about.join("\n\n"));
    let mut everywhere = Vec::new();
    for name in SHARED {
        everywhere.push((name, shared(&program, name)));
    }
    for command in program.get_subcommands().filter(|command| !command.is_hide_set()) {
        of_command(&mut page, command, interface, 2);
    }
    for (name, arguments) in everywhere.iter().filter(|(_, arguments)| !arguments.is_empty()) {
        let _ =
            write!(page, "\n## {}\n\n<a id=\"{}\"></a>\n\n", interface.translation(name).unwrap_or(name), anchor(name));
        list(&mut page, arguments, interface);
    }
    page
}

/// The options below a heading, wherever they are.
fn shared(command: &Command, heading: &str) -> Vec<Arg> {
    let mut found: Vec<Arg> = Vec::new();
    let mut open = vec![command];
    while let Some(command) = open.pop() {
        for argument in command.get_arguments().filter(|argument| argument.get_help_heading() == Some(heading)) {
            if !found.iter().any(|known| known.get_id() == argument.get_id()) {
                found.push(argument.clone());
            }
        }
        open.extend(command.get_subcommands());
    }
    found.sort_by_key(|argument| argument.get_long().map(str::to_owned));
    found
}

fn anchor(heading: &str) -> &str {
    heading.split(' ').next().unwrap_or(heading)
}

fn of_command(page: &mut String, command: &Command, interface: &'static Interface, depth: usize) {
    let name = command.get_bin_name().unwrap_or(command.get_name()).trim_start_matches("gamma-ok ");
    let _ = write!(page, "\n{} {name}\n", "#".repeat(depth));
    let about = command.get_long_about().or(command.get_about());
    for text in about.into_iter().chain(command.get_after_help()) {
        let _ = write!(page, "\n{}\n", plain(interface.translate(&text.to_string())));
    }
    let usage = command.clone().render_usage().to_string();
    let usage = translated(usage.trim_start_matches("Usage:").trim(), command, interface);
    let _ = write!(page, "\n```text\n{usage}\n```\n");
    let (mut own, mut named) = (Vec::new(), Vec::new());
    for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
        match argument.get_help_heading() {
            Some(heading) if SHARED.contains(&heading) => {
                if !named.contains(&heading) {
                    named.push(heading);
                }
            }
            _ if ["help", "version"].contains(&argument.get_id().as_str()) => {}
            _ => own.push(argument.clone()),
        }
    }
    if !own.is_empty() {
        page.push('\n');
        list(page, &own, interface);
    }
    if named.contains(&SHARED[0]) {
        let more = word(interface, ["With the filters", "Z filtrami", "Med filtren"]);
        let _ = write!(page, "\n[{more}](#{}).\n", anchor(SHARED[0]));
    }
    for inner in command.get_subcommands().filter(|command| !command.is_hide_set()) {
        of_command(page, inner, interface, depth + 1);
    }
}

/// A line of usage with its own words, and the names of what is given, in a language.
fn translated(usage: &str, command: &Command, interface: &'static Interface) -> String {
    let values = command.get_arguments().flat_map(|argument| argument.get_value_names().unwrap_or_default());
    let words = ["OPTIONS", "COMMAND"].into_iter().chain(values.map(|name| name.as_str()));
    words.fold(usage.to_owned(), |usage, word| {
        let parts = [format!("[{word}]"), format!("<{word}>")];
        parts.iter().fold(usage, |usage, part| {
            let whole = interface.translation(part).map(str::to_owned);
            let inner = || interface.translation(word).map(|inner| part.replace(word, inner));
            whole.or_else(inner).map_or(usage.clone(), |translated| usage.replace(part, &translated))
        })
    })
}

/// Options and arguments, each a line of a table.
fn list(page: &mut String, arguments: &[Arg], interface: &'static Interface) {
    let option = word(interface, ["option", "opcja", "flagga"]);
    let does = word(interface, ["does", "działanie", "gör"]);
    let _ = write!(page, "| {option} | {does} |\n|---|---|\n");
    for argument in arguments {
        let names = argument.get_value_names().unwrap_or_default();
        let value = names.first().map(|name| interface.translation(name).unwrap_or(name).to_owned());
        let takes = argument.get_action().takes_values();
        let value = value.filter(|_| takes).map(|value| format!("<{value}>"));
        let long = argument.get_long().map(|long| format!("--{long}"));
        let short = argument.get_short().map(|short| format!("-{short}"));
        let written: Vec<String> = short.into_iter().chain(long).collect();
        let written = [written.join(", "), value.unwrap_or_default()].join(" ").trim().to_owned();
        let help = argument.get_long_help().or(argument.get_help()).map(ToString::to_string).unwrap_or_default();
        let mut help = plain(interface.translate(&help));
        if takes && !argument.is_hide_possible_values_set() {
            help.push_str(&values(argument, interface));
        }
        let _ = writeln!(page, "| `{}` | {} |", cell(&written), cell(&help));
    }
}

/// What an option can be given, with its meaning where it has one.
fn values(argument: &Arg, interface: &'static Interface) -> String {
    let known = argument.get_possible_values();
    let known: Vec<String> = known
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(|value| {
            let help = value.get_help().map(|help| plain(interface.translate(&help.to_string())));
            help.map_or(format!("`{}`", value.get_name()), |help| format!("`{}` ({help})", value.get_name()))
        })
        .collect();
    if known.is_empty() { String::new() } else { format!(": {}", known.join(", ")) }
}
