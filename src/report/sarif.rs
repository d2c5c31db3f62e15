//! Findings as SARIF 2.1.0 (OASIS, 2020), which code hosts show beside the lines.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::Report;
use crate::check::{explain, rules};
use crate::diag::{Code, Diagnostic, Rule, Severity};
use crate::source::Span;

/// Writes the report.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let sarif = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "gamma-ok",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules().map(|rule| of_rule(report, rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": report.findings.iter().map(|finding| result(report, finding)).collect::<Vec<_>>(),
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &sarif)?;
    writeln!(out)
}

fn of_rule(report: &Report<'_>, rule: &Rule) -> Value {
    let help = explain(rule.code, report.interface);
    json!({
        "id": rule.code.word(),
        "shortDescription": {"text": report.interface.translate(rule.summary)},
        "help": {"text": help, "markdown": help},
        "defaultConfiguration": {"level": level(rule.code.severity())},
        "properties": {"tags": [&*rule.code.group().title()]},
    })
}

fn result(report: &Report<'_>, finding: &Diagnostic) -> Value {
    let text = match &finding.help {
        Some(help) => format!("{}: {}", report.say(&finding.message), report.say(help)),
        None => report.say(&finding.message),
    };
    let mut result = json!({
        "ruleId": finding.code.word(),
        "level": level(finding.severity),
        "message": {"text": text},
        "locations": [{"physicalLocation": place(report, finding.span)}],
    });
    if let Some(index) = Code::ALL.iter().position(|code| *code == finding.code) {
        result["ruleIndex"] = json!(index);
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().enumerate().map(|(index, related)| {
            let message = json!({"text": report.say(&related.message)});
            json!({"id": index + 1, "physicalLocation": place(report, related.span), "message": message})
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

fn place(report: &Report<'_>, span: Span) -> Value {
    let (start, end) = report.region(span);
    json!({
        "artifactLocation": {"uri": uri(&report.path_in_repository(span.file))},
        "region": {
            "startLine": start.line, "startColumn": start.column,
            "endLine": end.line, "endColumn": end.column,
        },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Off => "none",
        other => other.word(),
    }
}

/// A relative path as a URI reference (RFC 3986): everything but unreserved characters and `/` is written in percent.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_path_is_a_uri() {
        assert_eq!(super::uri("sequences/a b:ł.yaml"), "sequences/a%20b%3A%C5%82.yaml");
    }
}
