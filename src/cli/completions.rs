//! `completions`: what a shell needs to complete this program's commands and options.

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, Edge, Exit};

/// What `completions` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// Prints the completions.
///
/// # Errors
/// When standard output cannot be written to.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    // Into memory first: the generator panics where it cannot write.
    let mut bytes = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "gamma-ok", &mut bytes);
    std::io::Write::write_all(&mut edge.out, &bytes)?;
    Ok(Exit::Fine)
}
