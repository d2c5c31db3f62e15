//! `single-brace`: `{ customer.acc }` in a pattern, which is printed as it is typed.

use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// A name in a pattern between single braces.
pub static RULE: Rule = Rule {
    code: Code::SingleBrace,
    summary: "A name in a pattern between single braces, which is printed as it is typed",
    why: "A pattern is filled in where a name stands between double braces. Between single ones it is text, and every \
          document prints `{ customer.acc }`.",
    bad: "pl: \"{{ staff.nom | capitalize }} wita { customer.acc } przy ladzie.\"",
    good: "pl: \"{{ staff.nom | capitalize }} wita {{ customer.acc }} przy ladzie.\"",
};

/// The names that a pattern may use; see the method's patterns.
const NAMES: [&str; 5] = ["customer", "staff", "phase", "step", "sequence"];

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let own = subject.book.own_traits();
    for worded in own.flat_map(|of_trait| &of_trait.patterns).flat_map(|pattern| &pattern.text.0) {
        for range in single_braces(&worded.text) {
            let span = super::sentence::place(subject.sources, worded, &range);
            let name = worded.text[range].trim_matches(['{', '}', ' ']).to_owned();
            let message = say!("a pattern is filled in between double braces, and this is printed as it is");
            findings.push(
                Diagnostic::new(Code::SingleBrace, span, message)
                    .help(say!("write `{right}`", right = format!("{{{{ {name} }}}}"))),
            );
        }
    }
}

/// The stretches `{ name }` or `{ name.form }` of a text that are not between double braces.
fn single_braces(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|open| from + open) {
        if text[open..].starts_with("{{") || text[open..].starts_with("{%") || text[open..].starts_with("{#") {
            let close = text[open + 2..].find('}').map_or(text.len(), |close| open + 2 + close);
            from = close + text[close..].bytes().take_while(|byte| *byte == b'}').count();
            continue;
        }
        let close = text[open..].find('}').map(|close| open + close + 1);
        if let Some(close) = close {
            let inside = text[open + 1..close - 1].trim();
            let head = inside.split(['.', ' ', '|']).next().unwrap_or_default();
            if NAMES.contains(&head) {
                ranges.push(open..close);
            }
        }
        from = open + 1;
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::single_braces;

    #[test]
    fn only_names_of_patterns_between_single_braces_are_found() {
        let names =
            |text: &str| single_braces(text).into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>();
        assert_eq!(
            names("{{ staff.one }} greets { customer.one } and {customer.many}"),
            ["{ customer.one }", "{customer.many}"]
        );
        assert_eq!(names("{{ staff.one | capitalize }} says {name} {{ customer.one }} {"), Vec::<String>::new());
    }
}
