//! Where a vague word is innocent, and where a harmless one is not: what stands around it.

use super::reading::Phrase;
use super::statement::Statement;
use super::token::Shape;
use super::words::Class;

/// Whether the word is the customer's: *asks whether the shoe is comfortable*. A condition that opens
/// the sentence is no question.
pub(super) fn in_question(s: &Statement<'_>, phrase: Phrase) -> bool {
    let clause = s.clause(phrase.first);
    s.all(Class::Question).any(|f| clause <= f.first && f.first < phrase.first && f.first > s.sentence(f.first))
}

/// Whether `missing-measure` speaks of it: *within a reasonable time*.
pub(super) fn in_open_limit(s: &Statement<'_>, phrase: Phrase) -> bool {
    !s.has_measure && s.all(Class::OpenLimit).any(|f| f.first <= phrase.first && phrase.last <= f.last)
}

/// Whether a form of *be* or *look* leads to the word: *is always clean and tidy*.
pub(super) fn said_of_something(s: &Statement<'_>, phrase: Phrase) -> bool {
    // Before a noun it describes a thing (*is good value*), and its class is none of ours.
    let mut i = phrase.first;
    let ends = ends_at(s, phrase.last);
    while ends && i > 0 && s.token(i).is_some() {
        i -= 1;
        if s.over(i, Class::Copula).is_some() {
            return true;
        }
        let between = [Class::Adverb, Class::And, Class::Predicate, Class::State, Class::Manner];
        if !between.iter().any(|c| s.over(i, *c).is_some()) {
            return false;
        }
    }
    false
}

/// Whether no noun follows that the words up to token `last` would only describe.
fn ends_at(s: &Statement<'_>, last: usize) -> bool {
    let next = last + 1;
    let small = [Class::And, Class::After, Class::When];
    !s.joined(next) || small.iter().any(|c| s.at(next, *c).is_some())
}

/// Whether the word only says when something is done: *while the plate is warm*. Where the sentence opens so and goes on
/// without a comma, the main clause may have begun already.
pub(super) fn in_circumstance(s: &Statement<'_>, phrase: Phrase) -> bool {
    let clause = s.clause(phrase.first);
    let runs_on = |f: Phrase| {
        let end = s.clause_end(phrase.last);
        f.first == s.sentence(f.first) && (end == s.len() || s.sentence(end) == end)
    };
    let opens = s.at(clause, Class::WhenFirst);
    s.all(Class::When).chain(opens).any(|f| clause <= f.first && f.first < phrase.first && !runs_on(f))
}

/// Whether a colon follows, and behind it what is meant: *is clean: no stains on the seats*.
pub(super) fn is_explained(s: &Statement<'_>, phrase: Phrase) -> bool {
    let rest = s.token(phrase.last).and_then(|token| s.text.get(token.range.end..));
    rest.is_some_and(|rest| rest.starts_with(':'))
}

/// Whether `escape-clause` speaks of it: *as far as possible*.
pub(super) fn in_escape(s: &Statement<'_>, phrase: Phrase) -> bool {
    let within = |f: Phrase| f.first <= phrase.first && phrase.last <= f.last;
    s.all(Class::Escape).chain(s.all(Class::EscapeEnd)).any(within)
}

/// How far behind a verb its object may end.
const OBJECT: usize = 7;

/// The end of what `verb` promises, where nobody could see that: *shows the guest empathy*.
pub(super) fn promised(s: &Statement<'_>, verb: Phrase) -> Option<usize> {
    let customer = verb.first.checked_sub(1).is_some_and(|i| s.is_customer(i));
    if customer || s.innocent(verb) || !s.in_main_clause(verb.first) || s.is_measured() {
        return None;
    }
    let end = s.clause_end(verb.last).min(verb.last + OBJECT);
    let leads_away = |i: usize| s.at(i, Class::Subordinator).or_else(|| s.at(i, Class::Topic)).is_some();
    let object = (verb.last + 1..end).take_while(|i| !leads_away(*i) || s.at(*i, Class::Ideal).is_some());
    let whole = |f: &Phrase| !s.innocent(*f) && (!s.language.lists().compounds || ends_at(s, f.last));
    object.filter_map(|i| s.at(i, Class::Ideal)).find(whole).map(|f| f.last)
}

/// Whether a figure follows, and no verb of saying takes *about* for itself.
pub(super) fn before_figure(s: &Statement<'_>, phrase: Phrase, with_unit: bool) -> bool {
    let next = phrase.last + 1;
    let from = s.clause(phrase.first).max(phrase.first.saturating_sub(4));
    if (from..phrase.first).any(|i| s.over(i, Class::Talk).is_some()) {
        return false;
    }
    let clock = s.token(next).is_some_and(|t| t.shape == Shape::Label);
    let hour = s.at(next, Class::Label).is_some()
        && s.token(next + 1).is_some_and(|t| matches!(t.shape, Shape::Label | Shape::Number(_)));
    clock || hour || s.figures().iter().any(|f| f.first == next && (f.unit.is_some() || f.ties || !with_unit))
}
