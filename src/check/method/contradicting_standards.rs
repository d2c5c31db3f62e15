//! `contradicting-standards`: two demands at one step that may not be kept both.

use std::collections::BTreeSet;

use crate::book::StandardType;
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::method::Standard;
use crate::say;

/// Standards at one step, of traits that oppose each other there.
pub static RULE: Rule = Rule {
    code: Code::ContradictingStandards,
    summary: "Two personal standards at one step whose traits oppose each other",
    why: "A trait says in `opposes` with which other it is at odds: who is to be discreet cannot say a name aloud as the \
          friendly one does. Where both are asked of the same person at the same step, look whether both can be kept: in \
          another way, at another step, or in one sentence that has both traits.",
    bad: "- id: name-in-greeting\n  step: approach\n  trait: friendly\n  type: personal\n- id: no-name-aloud\n  step: \
          approach\n  trait: discreet\n  type: personal",
    good: "- id: greet-by-name-quietly\n  step: approach\n  trait: [friendly, discreet]\n  type: personal",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let oppose = |first: &str, second: &str| {
        let opposes = |name: &str, other: &str| {
            subject.book.trait_of(name).is_some_and(|known| known.opposes.iter().any(|name| name == other))
        };
        opposes(first, second) || opposes(second, first)
    };
    for view in &subject.phases {
        let personal: Vec<&Standard> = view
            .alive()
            .filter(|standard| standard.kind == StandardType::Personal && standard.step.is_some())
            .collect();
        // A pair of traits at a step is told once, at the later of its first two standards.
        let mut told: BTreeSet<(Option<usize>, &str, &str)> = BTreeSet::new();
        for (place, later) in personal.iter().enumerate() {
            for earlier in personal[..place].iter().filter(|earlier| earlier.step == later.step) {
                // One that has both traits has thought of both.
                let pair = later.traits.iter().filter(|name| !earlier.traits.contains(name)).find_map(|name| {
                    let other = earlier.traits.iter().filter(|other| !later.traits.contains(other));
                    other.into_iter().find(|other| oppose(name, other)).map(|other| (name.as_str(), other.as_str()))
                });
                let Some((of_later, of_earlier)) = pair else { continue };
                let (first, second) =
                    if of_later < of_earlier { (of_later, of_earlier) } else { (of_earlier, of_later) };
                if told.insert((later.step, first, second)) {
                    findings.push(finding((later, of_later), (earlier, of_earlier)));
                }
            }
        }
    }
}

fn finding((later, of_later): (&Standard, &str), (earlier, of_earlier): (&Standard, &str)) -> Diagnostic {
    let message = say!(
        "`{later}` ({one}) and `{earlier}` ({other}) are asked for at one step, and these traits oppose each other",
        later = later.id.name,
        one = of_later,
        earlier = earlier.id.name,
        other = of_earlier
    );
    let help = say!(
        "see that both can be kept, or word one of them otherwise; then write `allow: [contradicting-standards]` beside it"
    );
    Diagnostic::new(Code::ContradictingStandards, later.span.head(), message)
        .help(help)
        .related(earlier.span.head(), say!("the other stands here"))
}
