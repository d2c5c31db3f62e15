//! Which steps are covered by standards: what `contact-without-standards` and `moment-of-truth-without-standards` share.

use crate::book::Step;
use crate::check::PhaseView;
use crate::message::Message;
use crate::method::CellState;
use crate::say;

/// Whether a standard says how a step is carried out, or the step is left blank for a reason.
///
/// A standard covers the step that it is pinned to or derived at. One of the phase as a whole covers the steps that
/// have its trait as their own. A hand-off happens behind the desk and covers no contact with the customer.
pub(super) fn is_covered(view: &PhaseView<'_>, index: usize, step: &Step) -> bool {
    let has = |name: &String| step.traits.iter().any(|used| used.name == *name);
    let covers = view.converted().any(|standard| match standard.step {
        Some(pinned) => pinned == index,
        None => standard.traits.iter().any(has),
    });
    let waived = view.phase.waivers.iter().any(|waiver| {
        let whole = waiver.of_trait.is_none() && waiver.kind.is_none() && waiver.level.is_none();
        waiver.step.as_ref() == Some(&step.id.name) && whole && waiver.pattern.is_none()
    });
    covers || waived
}

/// What to do about a step that nothing covers.
pub(super) fn help(view: &PhaseView<'_>, step: &Step) -> Message {
    let own = |name: &String| step.traits.iter().any(|used| used.name == *name);
    let proposed = view.cells.iter().any(|cell| cell.state == CellState::Proposed && own(&cell.of_trait));
    if proposed {
        let phase = &view.phase.id.name;
        return say!(
            "`gamma-ok convert {phase}` shows what its traits would yield; `--write` puts that into the file",
            phase
        );
    }
    say!(
        "write a standard with `step: {step}`, or give the step a trait whose patterns fit its contact",
        step = step.id.name
    )
}
