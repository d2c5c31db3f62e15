//! `absolute-claim`: *always* is refuted by one slip and proved by none.

use super::reading::Phrase;
use super::statement::{Hit, Statement, without_overlaps};
use super::words::Class;
use crate::diag::{Code, Rule};
use crate::message::Template;
use crate::template;

const MESSAGE: Template = template!("‘{words}’ claims more than an audit can show");
const HELP: Template = template!("leave it out; where slips are tolerated, give the measure a share");

/// A claim without exceptions: always, zawsze, aldrig.
pub static RULE: Rule = Rule {
    code: Code::AbsoluteClaim,
    summary: "A claim without exceptions: always, zawsze, aldrig",
    why: "*Always* is refuted by one slip and proved by none; the word adds nothing to a standard, which holds every \
          time anyway. Where slips are tolerated, give the measure a `share`. What may not be said aloud (*never says a \
          room number*) is left alone.",
    bad: concat!(
        "text:\n",
        "  en: The receptionist always stands up for the guest.\n",
        "  pl: Recepcjonista zawsze wstaje na widok gościa.\n",
        "  sv: Receptionisten reser sig alltid för gästen.",
    ),
    good: concat!(
        "text:\n",
        "  en: The receptionist stands up for the guest.\n",
        "  pl: Recepcjonista wstaje na widok gościa.\n",
        "  sv: Receptionisten reser sig för gästen.",
    ),
};

/// Finds absolute claims in main clauses. *Never* is one of them, so `negative-demand` leaves it.
pub(super) fn absolute_claim(statement: &Statement<'_>) -> Vec<Hit> {
    let s = statement;
    let mut hits = s.hits(Class::Absolute, MESSAGE, HELP, |f| s.in_main_clause(f.first) && !tells_apart(s, f));
    hits.extend(s.hits(Class::AbsoluteEnd, MESSAGE, HELP, |f| s.in_main_clause(f.first) && !s.joined(f.last + 1)));
    without_overlaps(hits)
}

/// Whether the word only tells which of two is meant: *gives change from the till, never from the pocket*.
fn tells_apart(s: &Statement<'_>, phrase: Phrase) -> bool {
    let clause = s.clause(phrase.first);
    clause == phrase.first && clause != s.sentence(clause) && s.at(clause, Class::Contrast).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::WordListLanguage;
    use super::super::testing::TestedRule;
    use super::absolute_claim;

    #[test]
    fn english() {
        let rule = TestedRule(absolute_claim, WordListLanguage::En);
        rule.fires(&[
            ("The clerk always stands up.", "always"),
            ("The clerk never leaves the till open.", "never"),
            ("The clerk checks both keys every time.", "every time"),
        ]);
        rule.silent(&[
            "If a guest always takes room 12, the clerk offers it.",
            "The clerk says “always a pleasure”.",
            "The clerk never says a room number aloud.",
            "The clerk gives change from the till, never from the pocket.",
            "The clerk stands up every time a guest comes in.",
        ]);
    }

    #[test]
    fn polish() {
        let rule = TestedRule(absolute_claim, WordListLanguage::Pl);
        rule.fires(&[("Kasjer zawsze wstaje.", "zawsze"), ("Kasjer nigdy nie zostawia kasy.", "nigdy")]);
        rule.silent(&["Kasjer pyta, czy klient zawsze płaci kartą."]);
    }

    #[test]
    fn swedish() {
        let rule = TestedRule(absolute_claim, WordListLanguage::Sv);
        rule.fires(&[("Kassören reser sig alltid.", "alltid"), ("Kassören lämnar aldrig kassan.", "aldrig")]);
        rule.silent(&["Kassören frågar om kunden alltid betalar med kort."]);
    }
}
