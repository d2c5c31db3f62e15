//! `missing-noun-form`: a pattern asks for a form that the noun it gets does not have.

use std::collections::{BTreeMap, BTreeSet};

use crate::book::Language;
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::method::{Origin, missing_forms};
use crate::say;
use crate::source::Span;

/// Where a noun is written, whose noun it is, the sequence whose own it is, and the language.
type Lacking = (Span, String, Option<String>, Language);

/// A noun without a form that a pattern asks for.
pub static RULE: Rule = Rule {
    code: Code::MissingNounForm,
    summary: "A noun without a form that a pattern asks for",
    why: "Patterns are filled in with the words for the customer and for whoever acts, each in the form that the sentence \
          needs. Where the form is missing another one stands in, and the sentence comes out wrong.",
    bad: "customer:\n  en: {one: guest, many: guests}",
    good: "customer:\n  en: {one: guest, many: guests, possessive: \"guest's\"}",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    // The forms that each lacks, and the first text that asks for one.
    let mut lacking: BTreeMap<Lacking, (Vec<String>, Span)> = BTreeMap::new();
    let mut seen: BTreeSet<(&str, &str, Option<&str>, Option<&str>)> = BTreeSet::new();
    for standard in &subject.standards.all {
        let Origin::Derived { of_trait, pattern } = &standard.origin else { continue };
        let role = standard.roles.first().map(String::as_str);
        let Some(sequence) = subject.book.sequences.get(standard.sequence) else { continue };
        let own = Some(sequence.id.name.as_str()).filter(|_| !sequence.customer.forms.is_empty());
        // The same pattern with the same nouns asks for the same forms, however many phases it is converted in.
        if !seen.insert((of_trait, pattern, role, own)) {
            continue;
        }
        let patterns = subject.book.patterns_of(of_trait);
        let Some(pattern) = patterns.iter().find(|candidate| candidate.id.name == *pattern) else { continue };
        for missing in missing_forms(subject.book, pattern, role, sequence) {
            // A noun of the library is not the author's to mend there; the book gives its own.
            let place = if subject.is_authors(missing.noun) { missing.noun } else { subject.book.span };
            let key = (place, missing.name, missing.sequence, missing.language);
            let (forms, _) = lacking.entry(key).or_insert_with(|| (Vec::new(), missing.asked));
            if !forms.contains(&missing.form) {
                forms.push(missing.form);
            }
        }
    }
    for ((place, name, sequence, language), (forms, asked)) in lacking {
        let names: Vec<String> = forms.iter().map(|form| format!("`{form}`")).collect();
        let message =
            say!("the noun of `{name}` has no {names} in `{language}`", name, names = names.join(", "), language);
        let first = forms.first().map_or("", String::as_str);
        let help = match (name.as_str(), sequence) {
            ("customer", Some(sequence)) => say!(
                "add it under `customer` of the sequence `{sequence}`, as in `{language}: {{first}: …}`",
                sequence,
                language,
                first
            ),
            ("customer" | "staff", _) => {
                say!("add it under `{name}` in gamma-ok.yaml, as in `{language}: {{first}: …}`", name, language, first)
            }
            (role, _) => say!(
                "add it to the `noun` of the role `{role}`, as in `{language}: {{first}: …}`",
                role,
                language,
                first
            ),
        };
        let mut finding = Diagnostic::new(Code::MissingNounForm, place, message).help(help);
        if subject.is_authors(asked) {
            finding = finding.related(asked, say!("this pattern asks for it"));
        }
        findings.push(finding);
    }
}
