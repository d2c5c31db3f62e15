//! `unknown-rule`: codes in the manifest's `rules` and in every `allow`.

use crate::book::Spanned;
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule, Severity};
use crate::say;

/// A rule that does not exist, or one of structure that is to be switched off.
pub static RULE: Rule = Rule {
    code: Code::UnknownRule,
    summary: "A rule that does not exist, or one of structure that is to be switched off",
    why: "A mistyped code would leave the rule as it was. Rules of structure cannot be softened or allowed: without \
          what they ask for the book cannot be understood.",
    bad: "rules: {vague-words: off}",
    good: "rules: {vague-word: off}",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let book = subject.book;
    for (code, severity) in &book.rules {
        judge(code, *severity, findings);
    }
    for code in book.allows.iter().flat_map(|allow| &allow.codes) {
        judge(code, Severity::Off, findings);
    }
}

fn judge(code: &Spanned<String>, wanted: Severity, findings: &mut Vec<Diagnostic>) {
    match Code::named(&code.value) {
        None => {
            let shown: String = code.value.chars().take(60).collect();
            let help = match Code::nearest(&code.value) {
                Some(near) => say!("did you mean `{near}`?", near),
                None => say!("`gamma-ok explain` lists all rules"),
            };
            findings.push(
                Diagnostic::new(Code::UnknownRule, code.span, say!("there is no rule `{shown}`", shown)).help(help),
            );
        }
        Some(named) if !named.is_optional() && wanted != Severity::Error => {
            let message = say!("`{rule}` is an error of structure and cannot be changed", rule = named);
            findings.push(
                Diagnostic::new(Code::UnknownRule, code.span, message)
                    .help(say!("remove it here, and mend what the rule finds")),
            );
        }
        Some(_) => {}
    }
}
