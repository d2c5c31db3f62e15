//! Findings as workflow commands of GitHub Actions, which become annotations on a pull request.

use std::io::{self, Write};

use super::Report;
use crate::diag::Severity;
use crate::text::shown_lines;

/// Writes the report.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in report.findings {
        let (start, end) = report.region(finding.span);
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note | Severity::Off => "notice",
        };
        let file = property(&report.path_in_repository(finding.span.file));
        write!(out, "::{command} file={file},line={},endLine={},col={}", start.line, end.line, start.column)?;
        // GitHub takes an end column only where it ends on the line it began.
        if end.line == start.line {
            write!(out, ",endColumn={}", end.column)?;
        }
        let help = finding.help.as_ref().map(|help| format!("\n{}", report.say(help))).unwrap_or_default();
        writeln!(
            out,
            ",title={}::{}",
            property(finding.code.word()),
            data(&format!("{}{help}", report.say(&finding.message)))
        )?;
    }
    Ok(())
}

/// Escapes a message, as `@actions/core` does.
fn data(text: &str) -> String {
    shown_lines(&text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")).into_owned()
}

/// Escapes a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_written_by_an_author_ends_a_command() {
        assert_eq!(data("100 %\r\n::error::x"), "100 %25%0D%0A::error::x");
        assert_eq!(data("\u{1b}]52;c;x\u{7}"), "\u{fffd}]52;c;x\u{fffd}");
        assert_eq!(property("a,b:c\n"), "a%2Cb%3Ac%0A");
    }
}
