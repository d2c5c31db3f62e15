//! `lsp`: the language server, on standard input and output.

use anyhow::Result;

use super::{Edge, Exit};

/// What `lsp` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "An editor starts it; the guide shows how, for VS Code, Neovim, Helix, Zed and Emacs.\n\n\
    Exit status 1: the editor left without a word, or sent something that is no message.")]
pub(crate) struct Args {
    /// What some editors add; standard input and output are used anyway
    #[arg(long)]
    pub stdio: bool,
}

/// Speaks with an editor until it leaves.
///
/// # Errors
/// When SOURCE_DATE_EPOCH is no number, or the editor cannot be written to.
#[cfg(feature = "editor")]
pub fn run(_: Args, edge: &mut Edge) -> Result<Exit> {
    use std::io::{BufReader, stdin};

    use crate::editor::{Ended, Settings, cache_folder, serve};

    // Asked once here, so that a wrong setting is told at the start.
    let first = edge.today()?;
    let (globals, tongue) = (edge.globals.clone(), edge.tongue.clone());
    let is_chosen = globals.lang.is_some();
    let language = edge.tongue.people;
    let today = move || Edge::new(globals.clone(), tongue.clone()).today().unwrap_or(first);
    let book = edge.globals.book.is_some().then(|| edge.folder()).transpose()?;
    let settings = Settings {
        today: Box::new(today),
        // The editor knows the trainer's language better than the locale that it was started in, unless that has one.
        language: (is_chosen || language.tag() != "en").then_some(language),
        book,
        pages: cache_folder(),
    };
    let ended = serve(BufReader::new(stdin()), std::io::stdout().lock(), settings)?;
    Ok(if ended == Ended::Orderly { Exit::Fine } else { Exit::Findings })
}

/// Says that this program was built without the server.
#[cfg(not(feature = "editor"))]
pub fn run(_: Args, _: &mut Edge) -> Result<Exit> {
    use super::usage::Usage;
    use crate::say;

    let help = say!("build it with its usual features");
    Err(Usage::new(say!("this gamma-ok was built without the language server")).help(help).into())
}
