//! `draft-standard`: a reminder, so that drafts do not stay drafts.

use crate::book::Status;
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// A standard that is still a draft.
pub static RULE: Rule = Rule {
    code: Code::DraftStandard,
    summary: "A standard that is still a draft",
    why: "A draft is in no manual and on no checklist, so nobody is trained in it or judged by it, although it fills its \
          cell of the matrix.",
    bad: "- id: greet-within-10s\n  status: draft",
    good: "- id: greet-within-10s\n  status: active",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let standards = subject.phases.iter().flat_map(|view| &view.phase.standards);
    for standard in standards.filter(|standard| standard.status == Status::Draft) {
        let standard_id = &standard.id.name;
        let open = &standard.undecided;
        let message = match (open.kind, open.level) {
            (false, false) => say!("the standard `{standard}` is a draft", standard = standard_id),
            (true, true) => say!("the draft `{standard}` has no type and no level yet", standard = standard_id),
            (true, false) => say!("the draft `{standard}` has no type yet", standard = standard_id),
            (false, true) => say!("the draft `{standard}` has no level yet", standard = standard_id),
        };
        let help = match open.is_any() {
            true => say!("decide, write `type` and `level`, and remove `status: draft` when its wording is settled"),
            false => say!("when its wording is settled, remove `status: draft`"),
        };
        findings.push(Diagnostic::new(Code::DraftStandard, standard.id.span, message).help(help));
    }
}
