//! `unlisted-sequence`: a file in sequences/ that the manifest's list leaves out.

use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// A sequence that the manifest's list leaves out.
pub static RULE: Rule = Rule {
    code: Code::UnlistedSequence,
    summary: "A sequence that the manifest's list of sequences leaves out",
    why: "The list gives the order of the sequences in every document. One that is not in it comes after the others, in \
          the order of file names, which is seldom meant.",
    bad: "# gamma-ok.yaml, beside sequences/guest-stay.yaml and sequences/breakfast.yaml\nsequences: [guest-stay]",
    good: "# gamma-ok.yaml\nsequences: [guest-stay, breakfast]",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let listed = &subject.book.listed_sequences;
    if listed.is_empty() {
        return;
    }
    for sequence in subject.book.sequences.iter().filter(|sequence| !listed.contains(&sequence.id.name)) {
        let id = &sequence.id.name;
        let message = say!("the sequence `{id}` is not in the manifest's list", id);
        let help = say!("add `{id}` to `sequences` in gamma-ok.yaml, where it belongs in the order", id);
        findings.push(Diagnostic::new(Code::UnlistedSequence, sequence.id.span, message).help(help));
    }
}
