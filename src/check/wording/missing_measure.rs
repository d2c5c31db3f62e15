//! `missing-measure`: a limit of time without its figure.

use super::figure::UnitKind;
use super::statement::{Hit, Statement, without_overlaps};
use super::words::Class;
use crate::diag::{Code, Rule};
use crate::template;

/// A limit in time without a figure: within a reasonable time.
pub static RULE: Rule = Rule {
    code: Code::MissingMeasure,
    summary: "A limit in time without a figure: within a reasonable time",
    why: "A limit that is not a figure is no limit. Say how long, in the text or in `measure`.",
    bad: concat!(
        "text:\n",
        "  en: The clerk replies within a reasonable time.\n",
        "  pl: Urzędnik odpowiada w ciągu rozsądnego czasu.\n",
        "  sv: Handläggaren svarar inom rimlig tid.",
    ),
    good: concat!(
        "text:\n",
        "  en: The clerk replies within 2 working days.\n",
        "  pl: Urzędnik odpowiada w ciągu 2 dni roboczych.\n",
        "  sv: Handläggaren svarar inom 2 arbetsdagar.",
    ),
};

/// Finds time markers that name no time. Silent where the standard has a measure, or the text a time.
pub(super) fn missing_measure(statement: &Statement<'_>) -> Vec<Hit> {
    let s = statement;
    if s.has_measure || !s.has(Class::OpenLimit) {
        return Vec::new();
    }
    let timed = |d| matches!(d, Some(UnitKind::Duration | UnitKind::WorkingDays | UnitKind::Months | UnitKind::Rings));
    if s.figures().iter().any(|f| timed(f.unit_kind())) {
        return Vec::new();
    }
    without_overlaps(s.hits(
        Class::OpenLimit,
        template!("‘{words}’ names no time"),
        template!("write the figure, or give the standard a measure"),
        |_| true,
    ))
}

#[cfg(test)]
mod tests {
    use super::super::testing::TestedRule;
    use super::super::{Statement, WordListLanguage};
    use super::missing_measure;
    use crate::book::StandardType;

    #[test]
    fn english() {
        let rule = TestedRule(missing_measure, WordListLanguage::En);
        rule.fires(&[
            ("The clerk answers within a few minutes.", "within a few minutes"),
            ("The clerk answers within a reasonable time.", "within a reasonable time"),
        ]);
        rule.silent(&[
            "The clerk answers within ten minutes.",
            "The clerk answers within an hour.",
            "A jug stands within reach.",
            "The display shows the wait in minutes.",
            "The clerk answers within a few minutes, at most 5 minutes.",
        ]);
    }

    #[test]
    fn polish() {
        let rule = TestedRule(missing_measure, WordListLanguage::Pl);
        rule.fires(&[
            ("Kasjer odpowiada w ciągu kilku minut.", "w ciągu kilku minut"),
            ("Kasjer wraca po chwili.", "po chwili"),
        ]);
        rule.silent(&[
            "Kasjer odpowiada w ciągu dwóch minut.",
            "W ciągu dnia kasjer drukuje listę.",
            "Szatnia jest czynna w ciągu godzin otwarcia.",
            "Kasjer odpowiada w ciągu godziny.",
        ]);
    }

    #[test]
    fn swedish() {
        let rule = TestedRule(missing_measure, WordListLanguage::Sv);
        rule.fires(&[
            ("Kassören svarar inom några minuter.", "inom några minuter"),
            ("Kassören svarar inom kort.", "inom kort"),
        ]);
        rule.silent(&[
            "Kassören svarar inom två minuter.",
            "Kannan står inom räckhåll.",
            "Kassören svarar inom en timme.",
        ]);
    }

    #[test]
    fn a_measure_says_it() {
        let text = "The clerk answers within a few minutes.";
        assert!(
            missing_measure(&Statement::new(text, WordListLanguage::En, StandardType::Procedural, true, &[]))
                .is_empty()
        );
    }
}
