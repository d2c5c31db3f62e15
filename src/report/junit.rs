//! Findings as JUnit XML, which build servers show as test results: a suite a file, a case a finding.
//!
//! A finding that decides the exit status is a failure; another one is a case that passed and says what it is. A file
//! without findings is a suite with one case that passed.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::Report;
use crate::diag::Diagnostic;
use crate::source::FileId;

/// Writes the report.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let suites: Vec<(FileId, Vec<&Diagnostic>)> = report
        .sources
        .iter()
        .map(|(file, source)| (file, source, of_file(report, file)))
        .filter(|(_, source, findings)| !source.built_in || !findings.is_empty())
        .map(|(file, _, findings)| (file, findings))
        .collect();
    let tests: usize = suites.iter().map(|(_, findings)| findings.len().max(1)).sum();
    let failures = failures(report, report.findings.iter());
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let (tests, failures) = (tests.to_string(), failures.to_string());
    xml.create_element("testsuites")
        .with_attributes([
            ("name", "gamma-ok"),
            ("tests", tests.as_str()),
            ("failures", failures.as_str()),
            ("errors", "0"),
        ])
        .write_inner_content(|xml| {
            for (file, findings) in &suites {
                write_suite(report, *file, findings, xml)?;
            }
            Ok(())
        })?;
    writeln!(out)
}

/// The findings of a file; they are sorted by file.
fn of_file<'a>(report: &Report<'a>, file: FileId) -> Vec<&'a Diagnostic> {
    let from = report.findings.partition_point(|finding| finding.span.file < file);
    report.findings[from..].iter().take_while(|finding| finding.span.file == file).collect()
}

fn failures<'a>(report: &Report<'_>, findings: impl Iterator<Item = &'a Diagnostic>) -> usize {
    findings.filter(|finding| (report.decides)(finding)).count()
}

fn write_suite<W: Write>(
    report: &Report<'_>,
    file: FileId,
    findings: &[&Diagnostic],
    xml: &mut Writer<W>,
) -> io::Result<()> {
    let path = allowed(&report.path(file));
    let tests = findings.len().max(1).to_string();
    let failures = failures(report, findings.iter().copied()).to_string();
    xml.create_element("testsuite")
        .with_attributes([
            ("name", path.as_str()),
            ("tests", tests.as_str()),
            ("failures", failures.as_str()),
            ("errors", "0"),
        ])
        .write_inner_content(|xml| {
            if findings.is_empty() {
                let attributes = [("classname", "check"), ("name", "no remarks")];
                xml.create_element("testcase").with_attributes(attributes).write_empty()?;
            }
            for finding in findings {
                write_case(report, &path, finding, xml)?;
            }
            Ok(())
        })?;
    Ok(())
}

fn write_case<W: Write>(report: &Report<'_>, path: &str, finding: &Diagnostic, xml: &mut Writer<W>) -> io::Result<()> {
    let (start, _) = report.region(finding.span);
    let message = allowed(&report.say(&finding.message));
    let name = format!("{}:{} {message}", start.line, start.column);
    let help = finding.help.as_ref().map(|help| format!("\n{}", allowed(&report.say(help)))).unwrap_or_default();
    let text = format!("{path}:{}:{}: {}: {message}{help}", start.line, start.column, finding.severity.word());
    // The schema that build servers hold a report against knows no place of a case; its name and its text have it.
    let attributes = [("classname", finding.code.word()), ("name", name.as_str())];
    xml.create_element("testcase").with_attributes(attributes).write_inner_content(|xml| {
        let element = if (report.decides)(finding) {
            let attributes = [("type", finding.severity.word()), ("message", message.as_str())];
            xml.create_element("failure").with_attributes(attributes)
        } else {
            xml.create_element("system-out")
        };
        element.write_text_content(BytesText::new(&text)).map(|_| ())
    })?;
    Ok(())
}

/// What XML 1.0 can hold: no control characters but tab and line ends.
fn allowed(text: &str) -> String {
    let fits =
        |c: char| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if fits(c) { c } else { '\u{fffd}' }).collect()
}
