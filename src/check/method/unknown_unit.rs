//! `unknown-unit`: a unit that is printed as written, because nothing is known of it.

use crate::book::{Book, Language, Measure};
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;
use crate::units::{Quantity, Unit, nearest_unit};

/// A unit that the program does not know.
pub static RULE: Rule = Rule {
    code: Code::UnknownUnit,
    summary: "A unit that the program does not know",
    why: "Known units are converted, compared and printed in each language with the right ending. An unknown one is \
          printed as it is written, in every language. That is fine for `3 pillows` in a book of one language; a mistyped \
          unit is not.",
    bad: "measure: {within: 10 sceonds}",
    good: "measure: {within: 10 s}",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for quantity in quantities(subject.book) {
        let Unit::Unknown(unit) = &quantity.unit else { continue };
        let tags = subject.book.languages.iter().map(Language::primary);
        let near = nearest_unit(unit, tags);
        let help = match near {
            Some(key) => say!("did you mean `{near}`?", near = format!("{} {key}", quantity.value)),
            None => {
                say!(
                    "it is printed as written; known units: s, min, h, d, wd, weeks, months, %, mm, cm, m, km, °C, rings"
                )
            }
        };
        let finding = Diagnostic::new(Code::UnknownUnit, quantity.span, say!("the unit `{unit}` is not known", unit));
        findings.push(finding.help(help));
    }
}

/// All quantities of the author's own files whose unit may be anything.
fn quantities(book: &Book) -> impl Iterator<Item = &Quantity> {
    let phases = || book.phases();
    let standards = phases().flat_map(|phase| &phase.standards);
    let standards = standards.filter(|standard| standard.status != crate::book::Status::Retired);
    let written = standards.filter_map(|standard| standard.measure.as_ref());
    let own = book.own_traits();
    let patterns = own.flat_map(|of_trait| &of_trait.patterns).filter_map(|pattern| pattern.measure.as_ref());
    let measured = written.chain(patterns).flat_map(|Measure { value, high, .. }| std::iter::once(value).chain(high));
    let steps = phases().flat_map(|phase| &phase.steps).flat_map(|step| {
        step.lasts.iter().chain(&step.waits).chain(step.handoffs.iter().filter_map(|handoff| handoff.within.as_ref()))
    });
    measured.chain(steps)
}
