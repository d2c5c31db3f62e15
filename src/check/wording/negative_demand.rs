//! `negative-demand`: what is not done cannot be trained or seen.

use super::reading::Phrase;
use super::statement::{Hit, Statement, without_overlaps};
use super::words::Class;
use crate::book::StandardType;
use crate::diag::{Code, Rule};
use crate::message::Template;
use crate::template;

const MESSAGE: Template = template!("‘{words}’ says what is not done");
const HELP: Template = template!("say what is done instead");

/// A standard that says what is not done.
pub static RULE: Rule = Rule {
    code: Code::NegativeDemand,
    summary: "A standard that says what is not done",
    why: "Nobody can train for what is not to happen, nor see that it did not. Say what is done instead. Limits (*no \
          later than*) and product standards (*no stains*) are left alone.",
    bad: concat!(
        "text:\n",
        "  en: The receptionist does not keep the guest waiting.\n",
        "  pl: Recepcjonista nie rozmawia przez telefon przy gościu.\n",
        "  sv: Receptionisten pratar inte i telefon framför gästen.",
    ),
    good: concat!(
        "text:\n",
        "  en: The receptionist greets the guest within 10 seconds.\n",
        "  pl: Recepcjonista kończy rozmowę telefoniczną w ciągu 30 sekund od podejścia gościa.\n",
        "  sv: Receptionisten avslutar telefonsamtalet inom 30 sekunder.",
    ),
};

/// Finds negations in main clauses. Product standards are left alone, since the absence of a defect
/// can be inspected; so are limits (*no later than*), contrasts (*not … but*) and what the customer is spared.
pub(super) fn negative_demand(statement: &Statement<'_>) -> Vec<Hit> {
    let s = statement;
    if s.kind == StandardType::Product {
        return Vec::new();
    }
    let mut hits = s.hits(Class::Not, MESSAGE, HELP, |f| s.in_main_clause(f.first) && is_demand(s, f));
    hits.extend(s.hits(Class::Avoid, MESSAGE, HELP, |f| s.in_main_clause(f.first)));
    hits.extend(s.hits(Class::NotSubject, MESSAGE, HELP, |f| {
        let who = f.last + 1;
        s.clause(f.first) == f.first
            && (s.staff_starts_at(who) || s.is_agent(who) || s.is_agent(who + 1))
            && is_demand(s, f)
    }));
    hits.extend(
        s.hits(Class::NotObject, MESSAGE, HELP, |f| s.in_main_clause(f.first) && s.somebody_acts(f) && is_demand(s, f)),
    );
    without_overlaps(hits)
}

fn is_demand(s: &Statement<'_>, phrase: Phrase) -> bool {
    // The first word of the next clause counts too: *, but*.
    let end = s.clause_end(phrase.last);
    let innocent = (phrase.last + 1..=end).any(|i| s.at(i, Class::NotInnocent).is_some());
    let before = phrase.first.checked_sub(1);
    let spared = before.filter(|i| !s.staff_ends_at(*i)).is_some_and(|i| {
        [Class::And, Class::Person, Class::Absolute, Class::NotInnocent].iter().any(|c| s.over(i, *c).is_some())
    });
    // *Should not* is the other rule's.
    let modal = |i| s.over(i, Class::Modal).is_some() || s.over(i, Class::ModalFirst).is_some();
    !innocent && !spared && !before.is_some_and(modal) && !modal(phrase.last + 1) && phrase.last + 1 < s.len()
}

#[cfg(test)]
mod tests {
    use super::super::WordListLanguage;
    use super::super::testing::TestedRule;
    use super::negative_demand;

    #[test]
    fn english() {
        let rule = TestedRule(negative_demand, WordListLanguage::En);
        rule.fires(&[
            ("The clerk does not interrupt the guest.", "does not"),
            ("When the queue grows, the cashier must not leave the till.", "must not"),
            ("The clerk avoids jargon.", "avoids"),
            ("No clerk takes files home.", "No"),
            ("The clerk leaves no child alone.", "leaves no"),
            ("Team members do not eat at the desk.", "do not"),
        ]);
        rule.silent(&[
            "The clerk answers no later than 14:00.",
            "The guest does not wait longer than 3 minutes.",
            "If the guest has not arrived, the clerk calls.",
            "The clerk helps a guest who does not speak Polish.",
            "The clerk does not point but walks ahead.",
            "The guest does not sign a second form.",
        ]);
        rule.silent_on_product(&["The towels are not torn."]);
    }

    #[test]
    fn polish() {
        let rule = TestedRule(negative_demand, WordListLanguage::Pl);
        rule.fires(&[("Kasjer nie przerywa klientowi.", "nie"), ("Kasjer unika żargonu.", "unika")]);
        rule.silent(&[
            "Kasjer odpowiada nie później niż po 2 minutach.",
            "Kasjer nie wskazuje ręką, lecz prowadzi klienta.",
            "Jeśli klient nie ma paragonu, kasjer szuka zakupu.",
            "Kasjer patrzy na klienta, a nie na ekran.",
            "Klient nie czeka w kolejce.",
        ]);
    }

    #[test]
    fn swedish() {
        let rule = TestedRule(negative_demand, WordListLanguage::Sv);
        rule.fires(&[
            ("Kassören avbryter inte kunden.", "inte"),
            ("Kassören undviker fackord.", "undviker"),
            ("Kassören lämnar inte kassan utan avlösning.", "inte"),
            ("Kassören lämnar inte kassan utan att låsa den.", "inte"),
        ]);
        rule.silent(&[
            "Kassören svarar inte senare än kl. 14.",
            "Kassören pekar inte, utan följer kunden.",
            "Om kunden inte har kvitto letar kassören upp köpet.",
            "Kassören hjälper den som inte kan skriva.",
        ]);
    }
}
