//! `weak-modal`: *should* leaves open whether it is done.

use super::statement::{Hit, Statement, without_overlaps};
use super::words::Class;
use crate::diag::{Code, Rule};
use crate::message::Template;
use crate::template;

const MESSAGE: Template = template!("‘{words}’ leaves open whether it is done");
const HELP: Template = template!("state it as a fact: The receptionist greets …");

/// A standard that only recommends: should, powinien, bör.
pub static RULE: Rule = Rule {
    code: Code::WeakModal,
    summary: "A standard that only recommends: should, powinien, bör",
    why: "*Should* leaves open whether the act is demanded, and whether leaving it out is a slip. A standard says \
          what is done, in the present tense.",
    bad: concat!(
        "text:\n",
        "  en: The receptionist should greet the guest within 10 seconds.\n",
        "  pl: Recepcjonista powinien przywitać gościa w ciągu 10 sekund.\n",
        "  sv: Receptionisten bör hälsa gästen inom 10 sekunder.",
    ),
    good: concat!(
        "text:\n",
        "  en: The receptionist greets the guest within 10 seconds.\n",
        "  pl: Recepcjonista wita gościa w ciągu 10 sekund.\n",
        "  sv: Receptionisten hälsar gästen inom 10 sekunder.",
    ),
};

/// Finds weak modals in main clauses; reported questions (*whether the guest should*) and
/// conditions (*should the guest ask*) are innocent.
pub(super) fn weak_modal(statement: &Statement<'_>) -> Vec<Hit> {
    let s = statement;
    let mut hits = s.hits(Class::Modal, MESSAGE, HELP, |f| s.in_main_clause(f.first));
    hits.extend(s.hits(Class::ModalFirst, MESSAGE, HELP, |f| {
        let joined_on = f.first.checked_sub(1).is_some_and(|i| s.at(i, Class::And).is_some());
        s.in_main_clause(f.first) && s.clause(f.first) != f.first && !joined_on
    }));
    without_overlaps(hits)
}

#[cfg(test)]
mod tests {
    use super::super::Words;
    use super::super::testing::{fires, silent};
    use super::weak_modal;

    #[test]
    fn english() {
        fires(
            weak_modal,
            Words::En,
            &[
                ("The receptionist should greet the guest.", "should"),
                ("If the line is busy, the clerk ought to call back.", "ought to"),
            ],
        );
        silent(
            weak_modal,
            Words::En,
            &[
                "Should the guest ask, the receptionist names the price.",
                "If needed, or should the guest ask, the clerk names the price.",
                "The clerk asks whether the guest should be woken.",
                "The clerk says “You should rest”.",
                "The clerk explains how the form should be filled in.",
            ],
        );
    }

    #[test]
    fn polish() {
        fires(
            weak_modal,
            Words::Pl,
            &[
                ("Recepcjonista powinien powitać gościa.", "powinien"),
                ("Pracownicy powinni nosić identyfikatory.", "powinni"),
                ("Gość, który nie ma rezerwacji, powinien dostać ofertę.", "powinien"),
            ],
        );
        silent(
            weak_modal,
            Words::Pl,
            &["Kasjer pyta, czy klient powinien dostać fakturę.", "Kasjer mówi, co klient powinien zabrać."],
        );
    }

    #[test]
    fn swedish() {
        fires(
            weak_modal,
            Words::Sv,
            &[("Receptionisten bör hälsa gästen.", "bör"), ("Kassören borde ringa.", "borde")],
        );
        silent(
            weak_modal,
            Words::Sv,
            &[
                "Kassören frågar om kunden bör få faktura.",
                "Bör gästen vänta, erbjuder receptionisten kaffe.",
                "Kassören berättar vad kunden bör ta med.",
            ],
        );
    }
}
