//! `bad-template`: the patterns of the book's own traits; the library's are tested.

use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::method::{PatternFault, check_pattern};
use crate::say;
use crate::text::nearest;

/// A pattern whose text asks for a name or a form that there is not.
pub static RULE: Rule = Rule {
    code: Code::BadTemplate,
    summary: "A pattern whose text asks for a name or a form that there is not",
    why: "Patterns are filled in with the book's own words: `customer` and `staff` in a form of the language, and the \
          titles `phase`, `step` and `sequence`. Anything else would leave a hole in the sentence.",
    bad: "text: The {{ staff.single }} greets the {{ guest.one }}.",
    good: "text: The {{ staff.one }} greets the {{ customer.one }}.",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let own = subject.book.own_traits();
    for fault in own.flat_map(|of_trait| &of_trait.patterns).flat_map(|pattern| check_pattern(subject.book, pattern)) {
        findings.push(finding(fault));
    }
}

fn finding(fault: PatternFault) -> Diagnostic {
    match fault {
        PatternFault::Syntax { span, message } => {
            Diagnostic::new(Code::BadTemplate, span, say!("this pattern cannot be filled in: {message}", message))
                .help(say!("write names between double braces, as in `{{ customer.one }}`"))
        }
        PatternFault::UnknownName { span, name, known } => {
            let help = match nearest(&name, known.iter().map(String::as_str)) {
                Some(near) => say!("did you mean `{near}`?", near),
                None => say!("a pattern may use {listed}", listed = listed(&known)),
            };
            Diagnostic::new(Code::BadTemplate, span, say!("a pattern knows no `{name}`", name)).help(help)
        }
        PatternFault::UnknownForm { span, name, language, known } => {
            let (noun, form) = name.split_once('.').unwrap_or((&name, ""));
            let message = match form {
                "" => say!("`{noun}` needs a form", noun),
                form => say!("the language `{language}` has no form `{form}` of a noun", language, form),
            };
            let help = match nearest(form, known.iter().map(String::as_str)) {
                Some(near) => say!("did you mean `{noun}.{near}`?", noun, near),
                None if known.is_empty() => {
                    say!(
                        "give `{noun}` its forms in `{language}`: in gamma-ok.yaml, or in roles.yaml for a role",
                        noun,
                        language
                    )
                }
                None => say!("forms: {listed}", listed = listed(&known)),
            };
            Diagnostic::new(Code::BadTemplate, span, message).help(help)
        }
    }
}

fn listed(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}
