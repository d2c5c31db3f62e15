//! `inner-state`: what staff know or feel cannot be observed.

use super::statement::{Hit, Statement, without_overlaps};
use super::words::Class;
use crate::diag::{Code, Rule};
use crate::template;

/// What staff know, feel or want, which nobody can observe.
pub static RULE: Rule = Rule {
    code: Code::InnerState,
    summary: "What staff know, feel or want, which nobody can observe",
    why: "Nobody can see what a person knows or feels. Describe what they say or do because of it.",
    bad: concat!(
        "text:\n",
        "  en: The receptionist knows the prices of all rooms.\n",
        "  pl: Recepcjonista wie, ile kosztuje każdy pokój.\n",
        "  sv: Receptionisten vet vad varje rum kostar.",
    ),
    good: concat!(
        "text:\n",
        "  en: The receptionist names the price of a room without looking it up.\n",
        "  pl: Recepcjonista podaje cenę pokoju bez zaglądania do cennika.\n",
        "  sv: Receptionisten säger rummets pris utan att slå upp det.",
    ),
};

/// Finds verbs of knowing and feeling with staff as their subject.
pub(super) fn inner_state(statement: &Statement<'_>) -> Vec<Hit> {
    let s = statement;
    without_overlaps(s.hits(
        Class::Inner,
        template!("‘{words}’ happens inside a person, where no audit can see it"),
        template!("name what is said or done: names the price without looking it up"),
        |f| s.in_main_clause(f.first) && s.somebody_acts(f),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::WordListLanguage;
    use super::super::testing::TestedRule;
    use super::inner_state;

    #[test]
    fn english() {
        let rule = TestedRule(inner_state, WordListLanguage::En);
        rule.fires(&[
            ("The receptionist knows the room rates.", "knows"),
            ("The front-office manager always understands the guest.", "understands"),
            ("The gravedigger remembers every grave.", "remembers"),
        ]);
        rule.silent(&[
            "The receptionist asks whether the guest knows the way.",
            "The guest feels welcome.",
            "The room feels warm.",
            "Mourners know the way.",
            "The clerk says “I know”.",
        ]);
    }

    #[test]
    fn polish() {
        let rule = TestedRule(inner_state, WordListLanguage::Pl);
        rule.fires(&[
            ("Recepcjonista wie, gdzie jest bankomat.", "wie"),
            ("Kierownik recepcji zawsze rozumie gościa.", "rozumie"),
        ]);
        rule.silent(&["Kasjer pyta, czy klient wie o promocji.", "Gość wie, gdzie jest winda."]);
    }

    #[test]
    fn swedish() {
        let rule = TestedRule(inner_state, WordListLanguage::Sv);
        rule.fires(&[
            ("Receptionisten vet vad rummet kostar.", "vet"),
            ("Vid kassan känner kassören till priset.", "känner"),
        ]);
        rule.silent(&[
            "Kassören frågar om kunden vet vägen.",
            "Kassören känner igen stamkunden.",
            "Gästen känner receptionisten.",
        ]);
    }
}
