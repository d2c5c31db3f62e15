//! Questions about words: what we say among what we avoid, and the other way round.

use super::shuffle::{seed, shuffled};
use crate::book::{Teaching, Text};
use crate::document::prose::Prose;
use crate::document::scope::{Scope, ShownPhase};
use crate::edition::Selected;

/// Most wrong choices beside the right one.
const MOST_WRONG: usize = 3;

/// A choice of words.
pub(in crate::document) struct SayingQuestion<'a> {
    /// The standard that the right ones belong to.
    pub selected: &'a Selected<'a>,
    /// Which of that standard's words it is about, from 1.
    pub number: usize,
    /// The words, in quotation marks, in an order that gives nothing away.
    pub choices: Vec<Prose>,
    /// Which of them is right.
    pub right: usize,
}

/// Words as they are compared: letters and figures alone.
fn key(text: &Prose) -> String {
    text.characters().chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// For each thing that `of` the standards teach to choose, a question with wrong ones of `other`, those of the same
/// standard first. What some standard of the book teaches as right is never among the wrong.
pub(in crate::document) fn sayings<'a>(
    scope: &Scope<'_>,
    part: &ShownPhase<'a>,
    of: impl Fn(&Teaching) -> &Vec<Text>,
    other: impl Fn(&Teaching) -> &Vec<Text>,
) -> Vec<SayingQuestion<'a>> {
    let texts = |texts: &Vec<Text>| -> Vec<Prose> { texts.iter().map(|text| scope.prose(text)).collect() };
    let right: Vec<String> =
        scope.standards.all.iter().flat_map(|standard| texts(of(&standard.teaching))).map(|text| key(&text)).collect();
    let of_part: Vec<Prose> =
        part.standards.iter().flat_map(|selected| texts(other(&selected.standard.teaching))).collect();
    let [open, close] = scope.interface.quotes();
    let mut asked: Vec<String> = Vec::new();
    let mut sayings = Vec::new();
    for selected in part.standards {
        let own = texts(other(&selected.standard.teaching));
        for (index, saying) in texts(of(&selected.standard.teaching)).into_iter().enumerate() {
            let own_key = key(&saying);
            if asked.contains(&own_key) {
                continue;
            }
            let mut wrong: Vec<Prose> = Vec::new();
            for candidate in own.iter().chain(&of_part) {
                let known = wrong.iter().any(|known| key(known) == key(candidate));
                if wrong.len() < MOST_WRONG && !known && !right.contains(&key(candidate)) {
                    wrong.push(candidate.clone());
                }
            }
            if wrong.is_empty() {
                continue;
            }
            asked.push(own_key);
            let all: Vec<Prose> =
                std::iter::once(saying).chain(wrong).map(|choice| choice.wrapped(open, close)).collect();
            let order = shuffled(all.len(), seed(&selected.standard.stamp).wrapping_add(index as u64));
            let right = order.iter().position(|from| *from == 0).unwrap_or(0);
            let choices = order.iter().map(|from| all[*from].clone()).collect();
            sayings.push(SayingQuestion { selected, number: index + 1, choices, right });
        }
    }
    sayings
}
