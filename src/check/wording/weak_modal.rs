//! `weak-modal`: *should* leaves open whether it is done.

use super::reading::Phrase;
use super::statement::{Hit, Statement, without_overlaps};
use super::words::Class;
use crate::diag::{Code, Rule};
use crate::message::Template;
use crate::template;

const MESSAGE: Template = template!("‘{words}’ leaves open whether it is done");
const HELP: Template = template!("state it as a fact: The receptionist greets …");

/// A standard that only recommends or permits: should, it is recommended, may.
pub static RULE: Rule = Rule {
    code: Code::WeakModal,
    summary: "A standard that only recommends or permits: should, it is recommended, may",
    why: "*Should* leaves open whether the act is demanded, and whether leaving it out is a slip; so does *may*, unless \
          it is the customer who may, or a limit is named (*only*, *up to 20 euros*). A standard says what is done, in \
          the present tense.",
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
        "  sv: Receptionisten hälsar på gästen inom 10 sekunder.",
    ),
};

/// Finds weak modals in main clauses, and *may* where staff are its subject; reported questions (*whether the guest
/// should*), conditions (*should the guest ask*) and permissions with a limit are innocent.
pub(super) fn weak_modal(statement: &Statement<'_>) -> Vec<Hit> {
    let s = statement;
    let mut hits = s.hits(Class::Modal, MESSAGE, HELP, |f| s.in_main_clause(f.first));
    hits.extend(s.hits(Class::ModalFirst, MESSAGE, HELP, |f| {
        let joined_on = f.first.checked_sub(1).is_some_and(|i| s.at(i, Class::And).is_some());
        s.in_main_clause(f.first) && s.clause(f.first) != f.first && !joined_on && !is_condition(s, f)
    }));
    hits.extend(s.hits(Class::ModalStart, MESSAGE, HELP, |f| s.clause(f.first) == f.first));
    hits.extend(s.hits(Class::May, MESSAGE, HELP, |f| acts_in_main_clause(s, f) && !has_limit(s, f)));
    without_overlaps(hits)
}

/// Words that stand behind *should* only where it turns a condition round: *should the guest ask*.
const TURNED: [&str; 20] = [
    "the", "a", "an", "any", "anyone", "anybody", "someone", "somebody", "nobody", "they", "he", "she", "it", "we",
    "you", "there", "this", "another", "more", "its",
];

/// Whether *should* begins a condition behind what is done: *brings an umbrella should the guest ask*.
fn is_condition(s: &Statement<'_>, phrase: Phrase) -> bool {
    s.joined(phrase.last + 1) && TURNED.contains(&s.word(phrase.last + 1))
}

/// Whether staff are the subject, in a main clause. A Swedish one may follow a condition without a comma, and its subject
/// then stands behind the verb.
fn acts_in_main_clause(s: &Statement<'_>, phrase: Phrase) -> bool {
    let start = s.sentence(phrase.first);
    let behind_condition = s.clause(phrase.first) == start && s.at(start, Class::Subordinator).is_some();
    let turned = behind_condition && s.joined(phrase.last + 1) && s.staff_starts_at(phrase.last + 1);
    turned || s.in_main_clause(phrase.first) && s.agent_acts(phrase)
}

/// Whether *may* permits something within a limit: *only in the customer's presence*, *up to 20 euros*.
fn has_limit(s: &Statement<'_>, phrase: Phrase) -> bool {
    let end = s.clause_end(phrase.last);
    s.is_measured() || (phrase.last + 1..end).any(|i| s.at(i, Class::MayInnocent).is_some())
}

#[cfg(test)]
mod tests {
    use super::super::WordListLanguage;
    use super::super::testing::TestedRule;
    use super::weak_modal;

    #[test]
    fn english() {
        let rule = TestedRule(weak_modal, WordListLanguage::En);
        rule.fires(&[
            ("The receptionist should greet the guest.", "should"),
            ("If the line is busy, the clerk ought to call back.", "ought to"),
            ("The clerk may also offer a seat.", "may"),
            ("The tattooist may show earlier work.", "may"),
            ("It is recommended that the clerk offers a seat.", "It is recommended"),
        ]);
        rule.silent(&[
            "Should the guest ask, the receptionist names the price.",
            "If needed, or should the guest ask, the clerk names the price.",
            "The porter brings an umbrella should the guest ask.",
            "The porter brings an umbrella should a guest ask for one.",
            "The clerk opens a second desk should the guest wish to pay at once.",
            "The clerk asks whether the guest should be woken.",
            "The clerk says “You should rest”.",
            "The clerk explains how the form should be filled in.",
            "The guest may pay in two parts.",
            "The passenger may bring a bicycle.",
            "The clerk may waive up to 20 euros.",
            "The clerk may open the parcel only in the guest's presence.",
            "In May the clerk closes at 18:00.",
        ]);
    }

    #[test]
    fn polish() {
        let rule = TestedRule(weak_modal, WordListLanguage::Pl);
        rule.fires(&[
            ("Recepcjonista powinien powitać gościa.", "powinien"),
            ("Pracownicy powinni nosić identyfikatory.", "powinni"),
            ("Gość, który nie ma rezerwacji, powinien dostać ofertę.", "powinien"),
            ("Gdy kolejka rośnie, kasjer może otworzyć kasę.", "może"),
            ("Zaleca się, aby kasjer wstał.", "Zaleca się"),
        ]);
        rule.silent(&[
            "Kasjer pyta, czy klient powinien dostać fakturę.",
            "Kasjer mówi, co klient powinien zabrać.",
            "Klient może zapłacić kartą.",
            "Kasjer może obniżyć opłatę o najwyżej 20 zł.",
        ]);
    }

    #[test]
    fn swedish() {
        let rule = TestedRule(weak_modal, WordListLanguage::Sv);
        rule.fires(&[
            ("Receptionisten bör hälsa gästen.", "bör"),
            ("Kassören borde ringa.", "borde"),
            ("När kön växer kan kassören öppna en kassa.", "kan"),
            ("Butikspersonalen kan erbjuda en stol.", "kan"),
            ("Det rekommenderas att kassören reser sig.", "Det rekommenderas"),
        ]);
        rule.silent(&[
            "Kassören frågar om kunden bör få faktura.",
            "Bör gästen vänta, erbjuder receptionisten kaffe.",
            "Kassören berättar vad kunden bör ta med.",
            "Kunden kan betala med kort.",
            "Kassören kan öppna paketet bara i kundens närvaro.",
        ]);
    }
}
