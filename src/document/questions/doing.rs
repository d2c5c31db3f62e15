//! Questions about what is done: which standard a step asks for among those of other phases, and who gets what is handed over.

use super::shuffle::{seed, shuffled};
use crate::document::prose::Prose;
use crate::document::scope::{Scope, ShownPhase};
use crate::edition::Selected;
use crate::method::{Origin, Standard};

/// Most wrong choices beside the right one.
const MOST_WRONG: usize = 3;

/// A choice of what is done.
pub(super) struct Doing<'a> {
    /// The standard that it is about.
    pub selected: &'a Selected<'a>,
    /// The moment, or what is handed over.
    pub about: Prose,
    /// What there is to choose from, in an order that gives nothing away.
    pub choices: Vec<Prose>,
    /// Which of them is right.
    pub right: usize,
}

/// For each standard that is pinned to a step, a question with what other phases ask for. What shares a trait with it, or is
/// kept by somebody else, is no plausible wrong answer: the one may well be right there too, the other gives itself away.
pub(super) fn doings<'a>(scope: &'a Scope<'_>, part: &ShownPhase<'a>) -> Vec<Doing<'a>> {
    let key = |text: &Prose| text.characters().to_lowercase();
    let of_phase: Vec<String> = part.standards.iter().map(|selected| key(&scope.prose(&selected.text))).collect();
    let is_plain = |standard: &Standard| !matches!(standard.origin, Origin::Handoff(_));
    let mut all = Vec::new();
    for selected in part.standards.iter().filter(|selected| is_plain(selected.standard)) {
        let standard = selected.standard;
        let step = standard.step.and_then(|step| part.phase.steps.get(step)).and_then(|step| step.label());
        let Some(step) = step else { continue };
        let mut wrong: Vec<Prose> = Vec::new();
        let elsewhere: Vec<&Selected<'_>> = scope
            .chosen
            .iter()
            .filter(|other| {
                let place = (other.standard.sequence, other.standard.phase);
                place != (standard.sequence, standard.phase)
                    && is_plain(other.standard)
                    && other.roles == selected.roles
                    && !other.standard.traits.iter().any(|name| standard.traits.contains(name))
            })
            .collect();
        for index in shuffled(elsewhere.len(), seed(&standard.stamp)) {
            let candidate = scope.prose(&elsewhere[index].text);
            let is_known =
                of_phase.contains(&key(&candidate)) || wrong.iter().any(|known| key(known) == key(&candidate));
            if wrong.len() < MOST_WRONG && !is_known {
                wrong.push(candidate);
            }
        }
        if wrong.len() >= 2 {
            all.push(asked(selected, scope.prose(step), scope.prose(&selected.text), wrong));
        }
    }
    all
}

/// For each hand-off, a question with who else receives or acts in the book.
pub(super) fn receivers<'a>(scope: &'a Scope<'_>, part: &ShownPhase<'a>) -> Vec<Doing<'a>> {
    let mut all = Vec::new();
    for selected in part.standards {
        let Origin::Handoff(parts) = &selected.standard.origin else { continue };
        let view = scope.handoff(parts);
        let givers = scope.role_titles(&selected.roles);
        let departments = scope.book.departments.iter().map(|department| scope.prose(&department.title));
        let roles = scope.book.roles.iter().filter(|role| scope.staffing.exists(&role.id.name));
        let others: Vec<Prose> = departments.chain(roles.map(|role| scope.prose(&role.title))).collect();
        let mut wrong: Vec<Prose> = Vec::new();
        for index in shuffled(others.len(), seed(&selected.standard.stamp)) {
            let other = &others[index];
            if wrong.len() < MOST_WRONG && *other != view.receiver && !givers.contains(other) && !wrong.contains(other)
            {
                wrong.push(other.clone());
            }
        }
        if !wrong.is_empty() {
            all.push(asked(selected, view.content, view.receiver, wrong));
        }
    }
    all
}

fn asked<'a>(selected: &'a Selected<'a>, about: Prose, right: Prose, wrong: Vec<Prose>) -> Doing<'a> {
    let all: Vec<Prose> = std::iter::once(right).chain(wrong).collect();
    let order = shuffled(all.len(), seed(&selected.standard.stamp));
    let right = order.iter().position(|from| *from == 0).unwrap_or(0);
    let choices = order.iter().map(|from| all[*from].clone()).collect();
    Doing { selected, about, choices, right }
}
