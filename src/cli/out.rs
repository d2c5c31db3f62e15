//! Where results go: standard output through one locked, buffered writer.

use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Whether to colour what goes to a stream that is, or is not, a terminal.
    pub fn wanted(self, is_terminal: bool) -> bool {
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                // See no-color.org: set and not empty.
                let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                is_terminal && !refused && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        }
    }
}

/// Standard output.
#[derive(Debug)]
pub struct Out {
    stdout: BufWriter<StdoutLock<'static>>,
    is_terminal: bool,
}

impl Out {
    /// Takes standard output for as long as the program runs.
    #[expect(clippy::new_without_default, reason = "there is one standard output, and taking it is an act")]
    pub fn new() -> Self {
        let stdout = io::stdout();
        let is_terminal = stdout.is_terminal();
        // Larger than a pipe's buffer is of no use, smaller costs calls.
        Out { stdout: BufWriter::with_capacity(64 * 1024, stdout.lock()), is_terminal }
    }

    /// Whether a person reads along.
    pub fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// Columns of the terminal; none where nobody reads along.
    pub fn width(&self) -> Option<usize> {
        let of_stdout = || terminal_size::terminal_size_of(io::stdout());
        if self.is_terminal { of_stdout().map(|(width, _)| usize::from(width.0)) } else { None }
    }

    /// Writes what is still held back.
    ///
    /// # Errors
    /// When standard output cannot be written to.
    pub fn finish(&mut self) -> anyhow::Result<()> {
        Ok(self.stdout.flush()?)
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stdout.write(bytes)
    }

    // JSON comes in a great many small pieces, which the buffer's own `write_all` takes without a loop.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stdout.write_all(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stdout.flush()
    }
}

/// Whether an error means no more than that the reader of the results has gone.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let of_io = |cause: &(dyn std::error::Error + 'static)| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        // serde_json and csv hand an I/O error on as their own.
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        let csv = cause.downcast_ref::<csv::Error>().and_then(|error| match error.kind() {
            csv::ErrorKind::Io(error) => Some(error.kind()),
            _ => None,
        });
        io.or(json).or(csv) == Some(io::ErrorKind::BrokenPipe)
    };
    error.chain().any(of_io)
}
