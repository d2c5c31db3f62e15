//! `open-list`: a list that does not end cannot be checked off.

use super::statement::{Hit, Statement, without_overlaps};
use super::words::Class;
use crate::diag::{Code, Rule};
use crate::template;

/// A list that etc., itp. or m.m. leaves open.
pub static RULE: Rule = Rule {
    code: Code::OpenList,
    summary: "A list that etc., itp. or m.m. leaves open",
    why: "Whoever checks it cannot know when it is complete. Write out what belongs to it.",
    bad: concat!(
        "text:\n",
        "  en: The clerk checks the name, the dates, etc.\n",
        "  pl: Pracownik sprawdza nazwisko, daty itp.\n",
        "  sv: Handläggaren kontrollerar namn, datum m.m.",
    ),
    good: concat!(
        "text:\n",
        "  en: The clerk checks the name, the dates and the number of guests.\n",
        "  pl: Pracownik sprawdza nazwisko, daty i liczbę gości.\n",
        "  sv: Handläggaren kontrollerar namn, datum och antal gäster.",
    ),
};

/// Finds *etc.* and its relatives.
pub(super) fn open_list(statement: &Statement<'_>) -> Vec<Hit> {
    without_overlaps(statement.hits(
        Class::OpenList,
        template!("‘{words}’ leaves the list open"),
        template!("name every item, or say what they have in common"),
        |_| true,
    ))
}

#[cfg(test)]
mod tests {
    use super::super::WordListLanguage;
    use super::super::testing::TestedRule;
    use super::open_list;

    #[test]
    fn english() {
        let rule = TestedRule(open_list, WordListLanguage::En);
        rule.fires(&[
            ("The clerk checks name, date, etc.", "etc"),
            ("The clerk brings pens, paper and so on.", "and so on"),
        ]);
        rule.silent(&["The clerk checks the name and the date.", "The clerk says “pens etc.” aloud."]);
    }

    #[test]
    fn polish() {
        let rule = TestedRule(open_list, WordListLanguage::Pl);
        rule.fires(&[("Kasjer sprawdza datę, kwotę itp.", "itp"), ("Kasjer podaje m.in. cenę.", "m.in")]);
        rule.silent(&["Kasjer proponuje inny rozmiar.", "Kasjer podaje cenę i datę."]);
    }

    #[test]
    fn swedish() {
        let rule = TestedRule(open_list, WordListLanguage::Sv);
        rule.fires(&[
            ("Kassören kontrollerar datum, pris m.m.", "m.m"),
            ("Kassören säger bland annat priset.", "bland annat"),
        ]);
        rule.silent(&["Bokstäverna är 40 mm höga.", "Kassören erbjuder en annan storlek."]);
    }
}
