//! `serve`: the desk, in a browser.

use anyhow::Result;

use super::{Edge, Exit};

/// What `serve` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The first line printed is the address to open. Its key lets one browser in, once; nobody on another \
    computer reaches the page. The program answers until it is stopped with Ctrl+C."
)]
pub(crate) struct Args {
    /// The port to answer at; without it, one that this book gets again each time
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// Print the address and open no browser
    #[arg(long)]
    pub no_open: bool,
}

/// Opens the desk and answers until the program is stopped.
///
/// # Errors
/// No book, a port that is taken, or standard output that cannot be written to.
#[cfg(feature = "desk")]
pub fn run(args: &Args, edge: &mut Edge) -> Result<Exit> {
    use std::io::Write;

    use crate::desk::{Desk, Settings};

    // Asked once here, so that a wrong setting is told at the start.
    let first = edge.today()?;
    let globals = edge.globals.clone();
    let today = move || globals.day().unwrap_or(first);
    let settings =
        Settings { root: edge.folder()?, today: Box::new(today), language: edge.tongue.people, port: args.port };
    let failed = |error: crate::desk::DeskError| super::Failure(error.0);
    let desk = Desk::open(settings).map_err(failed)?;
    let address = desk.address();
    writeln!(edge.out, "{address}")?;
    edge.out.flush()?;
    if !args.no_open {
        open(&address, edge);
    }
    edge.remark(crate::say!("Ctrl+C ends this"));
    desk.run().map_err(failed)?;
    Ok(Exit::Fine)
}

/// Opens the browser that the system has for pages; where there is none, the address is printed anyway.
#[cfg(feature = "desk")]
fn open(address: &str, edge: &Edge) {
    use std::process::{Command, Stdio};

    let (program, before): (&str, &[&str]) = if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else if cfg!(target_os = "macos") {
        ("open", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if command.spawn().is_err() {
        edge.remark(crate::say!("no browser could be opened: open the address above in one"));
    }
}

/// Says that this program was built without the desk.
///
/// # Errors
/// Always.
#[cfg(not(feature = "desk"))]
pub fn run(_: &Args, _: &mut Edge) -> Result<Exit> {
    use super::usage::Usage;
    use crate::say;

    let help = say!("build it with its usual features");
    Err(Usage::new(say!("this gamma-ok was built without the desk")).help(help).into())
}
