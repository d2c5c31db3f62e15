//! Where results go: standard output through one locked, buffered writer, past which nothing that an author wrote steers a
//! terminal or gives an order to the server that keeps the log.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use crate::text::{shown, shown_lines, steers, without_orders};

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Color {
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

/// What goes out, which decides what is done to what an author wrote in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OutputKind {
    /// Lines for people: nothing in them steers a terminal, or gives an order to the server that keeps the log.
    People,
    /// A document or a table in a form that others read: as it is, but nothing in it steers a terminal.
    Data,
    /// A table as CSV, written with commas: the same, and as `--semicolons` asks.
    Csv,
    /// JSON: what would steer a terminal or give an order is escaped, which is the same to whoever reads it.
    Json,
}

/// Standard output.
#[derive(Debug)]
pub(crate) struct Out {
    stdout: BufWriter<StdoutLock<'static>>,
    is_terminal: bool,
    colours: bool,
    content: OutputKind,
    /// What is held back, where lines are looked at before they go out: the line that is not whole yet; of JSON, which nobody
    /// waits for line by line, several.
    line: Vec<u8>,
}

/// So much of JSON is looked at together.
const STRETCH: usize = 64 * 1024;

impl Out {
    /// Takes standard output for as long as the program runs.
    pub fn new(colour: Color) -> Self {
        let stdout = io::stdout();
        let is_terminal = stdout.is_terminal();
        // Larger than a pipe's buffer is of no use, smaller costs calls.
        let stdout = BufWriter::with_capacity(64 * 1024, stdout.lock());
        Out { stdout, is_terminal, colours: colour.wanted(is_terminal), content: OutputKind::People, line: Vec::new() }
    }

    /// The same, for what comes from now on.
    ///
    /// # Errors
    /// When standard output cannot be written to.
    pub fn of(&mut self, content: OutputKind) -> io::Result<&mut Self> {
        self.pass_on()?;
        self.content = content;
        Ok(self)
    }

    /// Whether a person reads along.
    pub(crate) fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// Whether to colour what is written.
    pub(crate) fn colours(&self) -> bool {
        self.colours
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
        Ok(self.flush()?)
    }

    /// Whether what is written goes out as it is.
    fn is_plain(&self) -> bool {
        matches!(self.content, OutputKind::Data | OutputKind::Csv) && !self.is_terminal
    }

    /// Writes what is held back.
    fn pass_on(&mut self) -> io::Result<()> {
        self.pass_on_up_to(self.line.len())
    }

    /// Writes so many bytes of what is held back.
    fn pass_on_up_to(&mut self, end: usize) -> io::Result<()> {
        if end == 0 {
            return Ok(());
        }
        let line = String::from_utf8_lossy(&self.line[..end]);
        let safe = match self.content {
            OutputKind::People => for_people(&line, self.colours),
            OutputKind::Data | OutputKind::Csv => for_terminal(&line),
            OutputKind::Json => escaped(&line),
        };
        let written = self.stdout.write_all(safe.as_bytes());
        self.line.drain(..end);
        written
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    // JSON comes in a great many small pieces, which the buffer's own `write_all` takes without a loop.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.is_plain() {
            return self.stdout.write_all(bytes);
        }
        if self.content == OutputKind::Json {
            let held = self.line.len();
            self.line.extend_from_slice(bytes);
            // Whole lines, since what is looked for stands in one.
            let is_much = self.line.len() >= STRETCH;
            let last = is_much.then(|| bytes.iter().rposition(|byte| *byte == b'\n')).flatten();
            return last.map_or(Ok(()), |last| self.pass_on_up_to(held + last + 1));
        }
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(piece);
            if piece.ends_with(b"\n") {
                self.pass_on()?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass_on()?;
        self.stdout.flush()
    }
}

/// The styles in which the program itself writes; an author's text cannot bring any other.
const STYLES: [&str; 14] = ["0", "1", "2", "4", "31", "32", "33", "36", "1;31", "1;33", "1;34", "1;36", "9;31", "1;32"];

/// Lines for people as they go to a terminal or a log: without what would steer the one or give an order to the other. Only
/// the program's own styles stay, where it writes any.
pub(super) fn for_people(text: &str, colours: bool) -> Cow<'_, str> {
    if !text.contains(|character| steers(character) && character != '\n') && !text.contains(['#', ':']) {
        return Cow::Borrowed(text);
    }
    let lines = text.split_inclusive('\n').map(|line| match colours {
        false => without_orders(&for_terminal(line)).into_owned(),
        true => without_orders(&styled(line)).into_owned(),
    });
    Cow::Owned(lines.collect())
}

/// A line with the program's own styles and nothing else that steers.
fn styled(line: &str) -> String {
    let mut parts = line.split("\u{1b}[");
    let mut safe = for_terminal(parts.next().unwrap_or_default()).into_owned();
    for part in parts {
        let style = part.split_once('m').filter(|(style, _)| STYLES.contains(style));
        match style {
            Some((style, rest)) => {
                safe.push_str("\u{1b}[");
                safe.push_str(style);
                safe.push('m');
                safe.push_str(&for_terminal(rest));
            }
            None => {
                safe.push_str(&shown("\u{1b}["));
                safe.push_str(&for_terminal(part));
            }
        }
    }
    safe
}

/// A line without what would steer a terminal; its end stays, also that of a table.
fn for_terminal(line: &str) -> Cow<'_, str> {
    match line.strip_suffix("\r\n") {
        Some(start) => Cow::Owned(format!("{}\n", shown_lines(start))),
        None => shown_lines(line),
    }
}

/// Lines of JSON whose texts hold nothing that steers and no order: what they hold of it is escaped. Outside its texts JSON
/// has none of those characters.
fn escaped(line: &str) -> Cow<'_, str> {
    let odd = |character: char| steers(character) && character != '\n';
    let orders = ["##", "section_start:", "section_end:"];
    // Most of JSON is letters that nobody need look at one by one.
    let is_plain = line.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n'));
    if (is_plain || !line.contains(odd)) && !orders.iter().any(|order| line.contains(order)) {
        return Cow::Borrowed(line);
    }
    let mut safe = String::with_capacity(line.len() + 16);
    for character in line.chars() {
        let ends_order = orders.iter().any(|order| {
            let start = order.strip_suffix(character);
            start.is_some_and(|start| safe.ends_with(start))
        });
        if odd(character) || ends_order {
            for unit in character.encode_utf16(&mut [0; 2]) {
                safe.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            safe.push(character);
        }
    }
    Cow::Owned(safe)
}

/// Whether an error means no more than that the reader of the results has gone.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(refusal).any(|refusal| refusal.kind() == io::ErrorKind::BrokenPipe)
}

/// What the system said, where an error is of that.
pub(crate) fn refusal(cause: &(dyn std::error::Error + 'static)) -> Option<io::Error> {
    let again =
        |error: &io::Error| error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error);
    // serde_json and csv hand an I/O error on as their own.
    let json = || cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind).map(Into::into);
    let csv = || match cause.downcast_ref::<csv::Error>()?.kind() {
        csv::ErrorKind::Io(error) => Some(again(error)),
        _ => None,
    };
    cause.downcast_ref::<io::Error>().map(again).or_else(json).or_else(csv)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_get_the_programs_styles_and_no_other_control() {
        let line = "\u{1b}[1;31merror\u{1b}[0m: \u{1b}[2J\u{1b}]52;c;x\u{7}a\rb\u{1b}[31";
        let sign = '\u{fffd}';
        assert_eq!(
            for_people(line, true),
            format!("\u{1b}[1;31merror\u{1b}[0m: {sign}[2J{sign}]52;c;x{sign}a{sign}b{sign}[31")
        );
        assert!(!for_people(line, false).contains('\u{1b}'));
        assert_eq!(for_people("a\n::error::b\n ##vso[x]\n", false), "a\n: :error::b\n ## vso[x]\n");
    }

    #[test]
    fn json_says_the_same_without_orders() {
        for text in
            ["##vso[x] ###[y]", "section_start:1:x section_end:", "\u{9b}31m \u{202e}\u{feff}", "## a # b", "a:b"]
        {
            let line = serde_json::to_string(text).expect("JSON");
            let safe = escaped(&line);
            assert_eq!(serde_json::from_str::<String>(&safe).expect("JSON"), text);
            assert!(!safe.contains("##") && !safe.contains("section_start:") && !safe.contains(steers), "{safe}");
        }
    }
}
