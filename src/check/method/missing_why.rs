//! `missing-why`: standards without a reason, in a phase whose others have one.

use crate::book::Status;
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::method::Origin;
use crate::say;

/// Standards without a reason among others that have theirs.
pub static RULE: Rule = Rule {
    code: Code::MissingWhy,
    summary: "Standards without `why`, in a phase in which most others say it",
    why: "Whoever knows the reason keeps to a standard when nobody looks, and knows when to ask. Which standards need one \
          is for the author to say; but where two thirds of a phase have a `why`, the others look forgotten. The note \
          stands once for the phase, at the first that lacks it.",
    bad: "standards:\n  - id: greet-within-10s\n    why: The first ten seconds decide the impression.\n  - id: \
          name-used\n    why: Whoever hears their name knows who is meant.\n  - id: key-tested",
    good: "standards:\n  - id: greet-within-10s\n    why: The first ten seconds decide the impression.\n  - id: \
           name-used\n    why: Whoever hears their name knows who is meant.\n  - id: key-tested\n    why: A key that does \
           not open costs the guest two walks.",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for view in &subject.phases {
        let written = view.standards.iter().filter(|standard| {
            matches!(standard.origin, Origin::Written)
                && standard.status != Status::Retired
                && !subject.was_misread(standard.span, Code::UnknownKey)
        });
        let (all, without): (usize, Vec<_>) = written.fold((0, Vec::new()), |(all, mut without), standard| {
            without.extend(standard.teaching.why.is_none().then_some(standard));
            (all + 1, without)
        });
        let Some(first) = without.first().filter(|_| 3 * without.len() <= all) else { continue };
        let phase = &view.phase.id.name;
        let message = say!(
            without.len();
            "1 of {all} standards of the phase `{phase}` does not say why it is demanded",
            "{n} of {all} standards of the phase `{phase}` do not say why they are demanded",
            all,
            phase
        );
        let help = say!("add `why`: whoever knows the reason keeps to a standard when nobody looks");
        findings.push(Diagnostic::new(Code::MissingWhy, first.span.head(), message).help(help));
    }
}
