//! `duplicate-text`: one demand, written twice.

use std::collections::HashMap;

use crate::book::{Condition, Status};
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// Two written standards with the same text.
pub static RULE: Rule = Rule {
    code: Code::DuplicateText,
    summary: "Two written standards with the same text",
    why: "What stands on the checklist twice is counted twice, and after the next review only one of the two will have \
          been changed. Only written standards that are in force are compared: a pattern says the same in every \
          phase by design, and so does a draft that was made of it.",
    bad: "- id: greet-at-desk\n  text: The receptionist greets the guest within 10 seconds.\n- id: greet-on-arrival\n  text: \
          The receptionist greets the guest within 10 seconds.",
    good: "- id: greet-at-desk\n  text: The receptionist greets the guest within 10 seconds.\n- id: name-on-arrival\n  text: \
           The receptionist says the guest's surname once during check-in.",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let language = subject.book.source_language();
    // What is still a draft is on no checklist, and says what its pattern says until somebody words it.
    // The same demand under another condition is for other sites.
    let mut first: HashMap<(String, Option<&str>), _> = HashMap::new();
    for standard in subject.phases.iter().flat_map(|view| &view.phase.standards) {
        let Some(worded) = standard.text.get(language).filter(|_| standard.status == Status::Active) else { continue };
        let condition = standard.when.as_ref().map(|Condition { source, .. }| &**source);
        let earlier = first.entry((fold(&worded.text), condition)).or_insert(standard);
        // One entry under the same id twice is `duplicate-id`.
        if earlier.id.name != standard.id.name {
            let message = say!(
                "`{standard}` has the same text as `{earlier}`",
                standard = standard.id.name,
                earlier = earlier.id.name
            );
            let finding = Diagnostic::new(Code::DuplicateText, worded.span, message)
                .related(earlier.text.span(), say!("it stands here first"));
            findings
                .push(finding.help(say!("say what is different here, or keep one of the two and pin it to a step")));
        }
    }
}

/// White space, letter case and the full stop do not make another text.
fn fold(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_end_matches(['.', '!']).to_lowercase()
}
