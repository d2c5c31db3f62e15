//! `man`: the manual pages, one for the program and one a command.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::out::OutputKind;
use super::{Cli, Edge, Exit, Failure, files};
use crate::say;
use crate::source::system_says;

/// What stands at the foot of every page.
const SOURCE: &str = concat!("gamma-ok ", env!("CARGO_PKG_VERSION"));

/// What `man` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder to write all pages into; without it, the program's own page goes to standard output
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// Writes the manual pages.
///
/// # Errors
/// When they cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let mut program = Cli::command();
    program.build();
    let Some(folder) = args.folder else {
        let mut page = Vec::new();
        Man::new(program).source(SOURCE).render(&mut page)?;
        edge.out.of(OutputKind::Data)?.write_all(&page)?;
        return Ok(Exit::Fine);
    };
    std::fs::create_dir_all(&folder).map_err(|error| {
        Failure(say!("cannot make `{folder}`: {reason}", folder = folder.display(), reason = system_says(&error)))
    })?;
    let mut commands = vec![program];
    let mut next = 0;
    // The commands of commands have pages too.
    while let Some(command) = commands.get(next) {
        let below: Vec<Command> = command.get_subcommands().filter(|command| !command.is_hide_set()).cloned().collect();
        commands.extend(below);
        next += 1;
    }
    for command in commands {
        let name = command.get_display_name().unwrap_or(command.get_name()).replace(' ', "-");
        let mut page = Vec::new();
        Man::new(command.display_name(name.clone())).source(SOURCE).render(&mut page)?;
        files::overwrite(&folder.join(format!("{name}.1")), &page)?;
    }
    Ok(Exit::Fine)
}
