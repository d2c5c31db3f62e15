//! `single-brace`: `{ customer.acc }` in a pattern, and any braces in a text that is no pattern; both are printed as typed.

use std::collections::HashSet;

use crate::book::Text;
use crate::check::Subject;
use crate::check::translations::texts::texts;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;
use crate::source::Span;

/// A name between braces that nothing fills in.
pub static RULE: Rule = Rule {
    code: Code::SingleBrace,
    summary: "A name between braces that nothing fills in, and that is printed as it is typed",
    why: "A pattern is filled in where a name stands between double braces. Between single ones it is text, and every \
          document prints `{ customer.acc }`. The texts of standards, phases and steps are no patterns: nothing in them is \
          filled in, whatever stands around it.",
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
    plain_texts(subject, findings);
}

/// What stands between braces in texts that nothing fills in. What staff say may have a blank for a name; a chapter may speak
/// of braces.
fn plain_texts(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let book = subject.book;
    let of_patterns = book.traits.iter().flat_map(|of_trait| &of_trait.patterns).flat_map(|pattern| {
        let teaching = pattern.teaching.fields().into_iter().flat_map(|(_, texts)| texts);
        std::iter::once(&pattern.text).chain(teaching)
    });
    let standards = book.phases().flat_map(|phase| &phase.standards);
    let spoken = standards.flat_map(|standard| standard.teaching.say.iter().chain(&standard.teaching.avoid));
    let others: HashSet<Span> =
        of_patterns.chain(spoken).chain(book.chapters.iter().map(|chapter| &chapter.text)).map(Text::span).collect();
    for text in texts(book).into_iter().filter(|text| !others.contains(&text.span())) {
        for worded in text.0.iter().filter(|worded| subject.is_authors(worded.span)) {
            for range in braces(&worded.text) {
                let span = super::sentence::place(subject.sources, worded, &range);
                let message = say!("nothing is filled in here, and this is printed as it is");
                let inside = worded.text[range].trim_matches(['{', '}', ' ']).to_owned();
                let help = match inside.starts_with(|letter: char| letter.is_ascii_digit()) {
                    true => say!("write `{right}` without the braces", right = inside),
                    false => {
                        say!("write the words themselves; only a trait's patterns have names between double braces")
                    }
                };
                findings.push(Diagnostic::new(Code::SingleBrace, span, message).help(help));
            }
        }
    }
}

/// The stretches between braces in which a word stands, outside of speech and code.
fn braces(text: &str) -> Vec<std::ops::Range<usize>> {
    if !text.contains('{') {
        return Vec::new();
    }
    let hidden = super::speech::hidden(text);
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find('{').map(|open| from + open) {
        let opening = text[open..].bytes().take_while(|byte| *byte == b'{').count();
        let inside = open + opening;
        let Some(close) = text[inside..].find('}').map(|close| inside + close) else { break };
        let end = close + text[close..].bytes().take_while(|byte| *byte == b'}').count().min(opening);
        let within = text[inside..close].trim_start();
        // A figure with its unit; a number alone may be one of a list's.
        let is_figure =
            within.starts_with(|letter: char| letter.is_ascii_digit()) && within.contains(char::is_alphabetic);
        let is_word = within.starts_with(|letter: char| letter.is_alphabetic() || letter == '%');
        if (is_word || is_figure) && !hidden.iter().any(|part| part.start <= open && end <= part.end) {
            ranges.push(open..end);
        }
        from = end;
    }
    ranges
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
    use super::{braces, single_braces};

    #[test]
    fn in_other_texts_every_word_between_braces_is_found() {
        let found = |text: &str| braces(text).into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>();
        assert_eq!(
            found("The {role} greets the {{ customer.one }}, {%if%} and {Gast}"),
            ["{role}", "{{ customer.one }}", "{%if%}", "{Gast}"]
        );
        assert_eq!(found("within {0,5 min} or {{10 s}}"), ["{0,5 min}", "{{10 s}}"]);
        assert_eq!(found("says “my name is {name}” and `{code}` {1} {} {"), Vec::<String>::new());
    }

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
