//! `serve`: the desk, in a browser.

use anyhow::Result;

use super::{Edge, Exit};

/// What `serve` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The first line printed is the address to open. Its key lets one browser in, once; without --phones nobody on \
    another computer reaches the page. A book that has a desk already gets no second one: the address is that of the first. \
    Without a book the page begins one, or shows an example. The program answers until it is stopped with Ctrl+C."
)]
pub(crate) struct Args {
    /// The port to answer at, with a desk of its own; without it, one that this book gets again each time
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// Let phones on the same network fill in rounds and hand them in: each by a number that the page shows
    #[arg(long)]
    pub phones: bool,
    /// The address that a reverse proxy gives the page, such as https://standards.example
    #[arg(long, value_name = "URL")]
    pub behind: Option<String>,
    /// Where the reverse proxy reaches this, if not on this computer: 0.0.0.0 in a container
    #[arg(long, value_name = "IP", requires = "behind")]
    pub listen: Option<std::net::IpAddr>,
    /// Commit each change, and nothing else, by the role that is picked on the page
    #[arg(long)]
    pub commit: bool,
    /// Print the address and open no browser
    #[arg(long)]
    pub no_open: bool,
}

/// Opens the desk and answers until the program is stopped.
///
/// # Errors
/// A port that is taken, a repository that is not there, or standard output that cannot be written to.
#[cfg(feature = "desk")]
pub fn run(args: &Args, edge: &mut Edge) -> Result<Exit> {
    use std::sync::Arc;

    use crate::desk::{Behind, Desk, Opening, Settings, Start, Today};

    // Asked once here, so that a wrong setting is told at the start.
    let first = edge.today()?;
    let globals = edge.globals.clone();
    let today: Today = Arc::new(move || globals.day().unwrap_or(first));
    let language = edge.tongue.people;
    let failed = |error: crate::desk::DeskError| super::Failure(error.0);
    let root = match edge.folder() {
        Ok(root) => root,
        // Where no book is named, the page is the place to name one.
        Err(_) if edge.globals.book.is_none() && !args.phones && args.behind.is_none() && !args.commit => {
            let start = Start::open(args.port, today, language).map_err(failed)?;
            told(args, edge, &start.address())?;
            edge.remark(crate::say!("Ctrl+C ends this"));
            start.run().map_err(failed)?;
            return Ok(Exit::Fine);
        }
        Err(error) => return Err(error),
    };
    let behind = args.behind.as_deref().map(Behind::read).transpose().map_err(super::Usage::new)?;
    let (phones, commit) = (args.phones, args.commit);
    let settings = Settings { root, today, language, port: args.port, phones, behind, listen: args.listen, commit };
    let desk = match Desk::open(settings).map_err(failed)? {
        Opening::New(desk) => desk,
        Opening::There(address) => {
            told(args, edge, &address)?;
            edge.remark(crate::say!("this book has a desk already: the address lets one more browser in there"));
            return Ok(Exit::Fine);
        }
    };
    told(args, edge, &desk.address())?;
    if let Some((address, number)) = desk.for_phones() {
        edge.remark(crate::say!("phones open {address} and type {number}", address, number));
    }
    edge.remark(crate::say!("Ctrl+C ends this"));
    desk.run().map_err(failed)?;
    Ok(Exit::Fine)
}

/// Prints the address, and opens it.
#[cfg(feature = "desk")]
fn told(args: &Args, edge: &mut Edge, address: &str) -> Result<()> {
    use std::io::Write;

    writeln!(edge.out, "{address}")?;
    edge.out.flush()?;
    if !args.no_open {
        open(address, edge);
    }
    Ok(())
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
#[cfg(not(feature = "desk"))]
pub fn run(_: &Args, _: &mut Edge) -> Result<Exit> {
    use super::usage::Usage;
    use crate::say;

    let help = say!("build it with its usual features");
    Err(Usage::new(say!("this gamma-ok was built without the desk")).help(help).into())
}
