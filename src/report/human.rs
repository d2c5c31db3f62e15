//! Findings for people: place, source line with the spot underlined, what to do, and a count at the end.
//!
//! Our own layout, not a crate's: `annotate-snippets` splits a whole file into lines for every finding in it, draws entries
//! of many lines as boxes, and shows a long line whole where it has no terminal; a trainer needs the one spot.

use std::io::{self, Write};

use unicode_width::UnicodeWidthChar;

use super::{Report, Style};
use crate::diag::{Diagnostic, Severity};
use crate::say;
use crate::source::{Position, Span};
use crate::text::{shown, shown_lines, steers};

/// So many findings of one file are shown; who has more mends these first.
const MAX_PER_FILE: usize = 200;

/// What is shown of a line before the spot, where the line is too long.
const LEAD: usize = 24;

/// A line is read no further than this many characters from the spot.
const REACH: usize = 400;

const OFF: &str = "\u{1b}[0m";
const BOLD: &str = "\u{1b}[1m";
const BLUE: &str = "\u{1b}[1;34m";

/// Writes the report.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for findings in report.findings.chunk_by(|a, b| a.span.file == b.span.file) {
        for finding in findings.iter().take(MAX_PER_FILE) {
            write_finding(report, finding, out)?;
            writeln!(out)?;
        }
        if let (Some(more), Some(first)) = (findings.len().checked_sub(MAX_PER_FILE + 1), findings.first()) {
            let more = report.say(&say!("and {n} more", n = more + 1));
            writeln!(out, "{}: {more}\n", shown(&report.path(first.span.file)))?;
        }
    }
    if report.style.count { writeln!(out, "{}", count(report)) } else { Ok(()) }
}

fn write_finding(report: &Report<'_>, finding: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
    let paint = Paint { style: report.style };
    let (start, _) = report.region(finding.span);
    let colour = match finding.severity {
        Severity::Error => "\u{1b}[1;31m",
        Severity::Warning => "\u{1b}[1;33m",
        Severity::Note | Severity::Off => "\u{1b}[1;36m",
    };
    let place = format!("{}:{}:{}:", shown(&report.path(finding.span.file)), start.line, start.column);
    let severity = paint.with(colour, &report.say(&finding.severity.title()));
    let message = paint.with(BOLD, &shown_lines(&report.say(&finding.message)));
    writeln!(out, "{place} {severity}: {message} [{}]", finding.code)?;
    // One margin for all lines of a finding, so that it reads as one block.
    let lines = finding.related.iter().map(|related| report.region(related.span).0.line).chain([start.line]);
    let margin = lines.max().unwrap_or(1).to_string().len() + 2;
    write_spot(report, finding.span, margin, colour, '^', out)?;
    if let Some(help) = &finding.help {
        let label = format!("= {}", report.say(&say!("help:")));
        let indent = margin + 1 + label.chars().count() + 1;
        let help = shown_lines(&report.say(help)).replace('\n', &format!("\n{:indent$}", ""));
        writeln!(out, "{:margin$} {} {help}", "", paint.with(BOLD, &label))?;
    }
    for related in &finding.related {
        let (start, _) = report.region(related.span);
        let place = format!("{}:{}:{}:", shown(&report.path(related.span.file)), start.line, start.column);
        let label = format!("= {}", report.say(&say!("see")));
        writeln!(
            out,
            "{:margin$} {} {place} {}",
            "",
            paint.with(BOLD, &label),
            shown_lines(&report.say(&related.message))
        )?;
        write_spot(report, related.span, margin, BLUE, '-', out)?;
    }
    Ok(())
}

/// The source line and, below it, marks under the spot. A spot of many lines is marked on its first.
fn write_spot(
    report: &Report<'_>,
    span: Span,
    margin: usize,
    colour: &str,
    mark: char,
    out: &mut dyn Write,
) -> io::Result<()> {
    let paint = Paint { style: report.style };
    let (start, end) = report.region(span);
    let line = report.sources.get(span.file).line(start.line);
    if line.trim().is_empty() && report.sources.get(span.file).text.is_empty() {
        // A file that was not read has nothing to show.
        return Ok(());
    }
    let spot = MarkedLine::of(line, start, end, report.style.width.saturating_sub(margin + 3));
    let bar = paint.with(BLUE, "|");
    let number = paint.with(BLUE, &format!("{:>margin$}", start.line));
    writeln!(out, "{}", format!("{number} {bar} {}", spot.text).trim_end())?;
    let marks: String = std::iter::repeat_n(mark, spot.width).collect();
    writeln!(out, "{:margin$} {bar} {:before$}{}", "", "", paint.with(colour, &marks), before = spot.before)
}

/// A source line as it is shown: its text, and in columns how far in the spot is and how wide.
#[derive(Debug, PartialEq)]
struct MarkedLine {
    text: String,
    before: usize,
    width: usize,
}

impl MarkedLine {
    fn of(line: &str, first: Position, end: Position, room: usize) -> Self {
        let start = first.column - 1;
        let skipped = start.saturating_sub(REACH);
        let cells: Vec<(String, usize)> = line.chars().skip(skipped).take(2 * REACH).map(cell).collect();
        let start = (start - skipped).min(cells.len());
        let last = if end.line == first.line {
            (end.column - 1).saturating_sub(skipped).min(cells.len())
        } else {
            cells.len()
        };
        let width_of = |cells: &[(String, usize)]| cells.iter().map(|(_, width)| width).sum::<usize>();
        let text_of = |cells: &[(String, usize)]| cells.iter().map(|(text, _)| text.as_str()).collect::<String>();
        let is_whole = skipped == 0 && line.chars().nth(2 * REACH).is_none();
        if is_whole && width_of(&cells) <= room {
            let (before, width) = (width_of(&cells[..start]), width_of(&cells[start..last.max(start)]).max(1));
            return MarkedLine { text: text_of(&cells), before, width };
        }
        // Cut on both sides: a little of what comes before, then as much as there is room for.
        let mut from = start;
        while from > 0 && width_of(&cells[from - 1..start]) <= LEAD {
            from -= 1;
        }
        let left_out = from > 0 || skipped > 0;
        let mut to = from;
        let room = room.saturating_sub(2).max(LEAD + 8);
        while to < cells.len() && width_of(&cells[from..=to]) <= room {
            to += 1;
        }
        let (head, tail) = (if left_out { "…" } else { "" }, if to < cells.len() { "…" } else { "" });
        let before = width_of(&cells[from..start]) + usize::from(left_out);
        let width = width_of(&cells[start..last.clamp(start, to)]).max(1);
        MarkedLine { text: format!("{head}{}{tail}", text_of(&cells[from..to])), before, width }
    }
}

/// How a character of a source line is shown, and how wide. What would steer a terminal, or turn the direction of the
/// text round, is shown as a sign.
fn cell(c: char) -> (String, usize) {
    match c {
        '\t' => ("    ".to_owned(), 4),
        c if steers(c) => ("\u{fffd}".to_owned(), 1),
        c => (c.to_string(), c.width().unwrap_or(0)),
    }
}

struct Paint {
    style: Style,
}

impl Paint {
    fn with(&self, colour: &str, text: &str) -> String {
        if self.style.colour { format!("{colour}{text}{OFF}") } else { text.to_owned() }
    }
}

/// The last line: how much was found, in how much.
fn count(report: &Report<'_>) -> String {
    let files = say!(report.files(); "1 file", "{n} files");
    if report.findings.is_empty() {
        let standards = say!(report.standards; "1 standard", "{n} standards");
        return report.say(&say!("no remarks: {standards} in {files}", standards, files));
    }
    let of = |severity: Severity| report.findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, notes) = (of(Severity::Error), of(Severity::Warning), of(Severity::Note));
    let parts = [
        (errors, say!(errors; "1 error", "{n} errors")),
        (warnings, say!(warnings; "1 warning", "{n} warnings")),
        (notes, say!(notes; "1 note", "{n} notes")),
    ];
    let parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(_, message)| report.say(message)).collect();
    report.say(&say!("{parts} in {files}", parts = parts.join(", "), files))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(line: &str, from: usize, to: usize, room: usize) -> MarkedLine {
        MarkedLine::of(line, Position { line: 1, column: from }, Position { line: 1, column: to }, room)
    }

    /// What stands above the marks.
    fn above(spot: &MarkedLine) -> String {
        let mut left = spot.before;
        let skip = |c: &char| {
            let skip = left > 0;
            left = left.saturating_sub(c.width().unwrap_or(0));
            skip
        };
        let rest: String = spot.text.chars().skip_while(skip).collect();
        let mut room = spot.width;
        let fits = |c: &char| {
            let fits = room > 0;
            room = room.saturating_sub(c.width().unwrap_or(0));
            fits
        };
        rest.chars().take_while(fits).collect()
    }

    #[test]
    fn marks_stand_under_the_spot_in_any_script() {
        assert_eq!(above(&spot("traits: [frendly]", 10, 17, 80)), "frendly");
        assert_eq!(above(&spot("日本: 語 x", 5, 6, 80)), "語");
        assert_eq!(above(&spot("\ttext: ł", 8, 9, 80)), "ł");
        assert_eq!(spot("\u{1b}[31m", 1, 2, 80).text, "\u{fffd}[31m");
        assert_eq!(spot("ab", 3, 3, 80), MarkedLine { text: "ab".to_owned(), before: 2, width: 1 });
    }

    #[test]
    fn long_lines_are_cut_around_the_spot() {
        let line = format!("{}HERE{}", "ą".repeat(3000), "z".repeat(3000));
        let cut = spot(&line, 3001, 3005, 60);
        assert_eq!(above(&cut), "HERE");
        assert!(cut.text.chars().count() <= 60, "{}", cut.text);
        assert!(cut.text.starts_with('…') && cut.text.ends_with('…'));
        assert_eq!(above(&spot(&line, 1, 6000, 60)).chars().filter(|c| *c == '…').count(), 0);
    }
}
