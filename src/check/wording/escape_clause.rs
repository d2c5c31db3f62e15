//! `escape-clause`: words that let anybody off.

use super::reading::Phrase;
use super::statement::{Hit, Statement, without_overlaps};
use super::words::Class;
use crate::diag::{Code, Rule};
use crate::message::Template;
use crate::template;

const MESSAGE: Template = template!("‘{words}’ lets anybody off");
const HELP: Template =
    template!("leave it out, or name the condition: if the room is not ready, when a fourth person joins the queue");

/// A way out that fits every case: where possible, w miarę możliwości, om möjligt.
pub static RULE: Rule = Rule {
    code: Code::EscapeClause,
    summary: "A way out that fits every case: where possible, w miarę możliwości, om möjligt",
    why: "Whoever misses such a standard can always say that it was not possible. Name the condition, or leave the \
          clause out and give the measure a `share`.",
    bad: concat!(
        "text:\n",
        "  en: Where possible, the porter carries the luggage.\n",
        "  pl: W miarę możliwości portier niesie bagaż.\n",
        "  sv: Om möjligt bär portiern bagaget.",
    ),
    good: concat!(
        "text:\n",
        "  en: The porter carries the luggage of guests who arrive by car.\n",
        "  pl: Portier niesie bagaż gości, którzy przyjeżdżają samochodem.\n",
        "  sv: Portiern bär bagaget åt gäster som kommer med bil.",
    ),
};

/// Finds escape clauses. *If possible* counts only where nothing follows it, since *asks if possible
/// dates were sent* is innocent.
pub(super) fn escape_clause(statement: &Statement<'_>) -> Vec<Hit> {
    let s = statement;
    // *asks if it is convenient* asks.
    let asked =
        |f: Phrase| f.first.checked_sub(1).is_some_and(|i| s.joined(f.first) && s.over(i, Class::Ask).is_some());
    let mut hits = s.hits(Class::Escape, MESSAGE, HELP, |f| !asked(f));
    hits.extend(s.hits(Class::EscapeEnd, MESSAGE, HELP, |f| !asked(f) && !s.joined(f.last + 1)));
    without_overlaps(hits)
}

#[cfg(test)]
mod tests {
    use super::super::WordListLanguage;
    use super::super::testing::TestedRule;
    use super::escape_clause;

    #[test]
    fn english() {
        let rule = TestedRule(escape_clause, WordListLanguage::En);
        rule.fires(&[
            ("Where possible, the clerk stands up.", "Where possible"),
            ("The clerk opens a till if necessary.", "if necessary"),
            ("The clerk opens a till, staffing permitting.", "staffing permitting"),
            ("The clerk stands up if it is feasible.", "if it is feasible"),
            ("The clerk opens a till as far as the rota allows.", "as far as the rota allows"),
        ]);
        rule.silent(&[
            "The clerk asks if possible dates were sent.",
            "The clerk asks if it is convenient to talk.",
            "The clerk opens the file if the law permits it.",
            "The clerk files it as required by law.",
            "The clerk says “if possible”.",
        ]);
    }

    #[test]
    fn polish() {
        let rule = TestedRule(escape_clause, WordListLanguage::Pl);
        rule.fires(&[
            ("W miarę możliwości kasjer wstaje.", "W miarę możliwości"),
            ("Kasjer otwiera kasę w razie potrzeby.", "w razie potrzeby"),
        ]);
        rule.silent(&["Kasjer pyta, czy to możliwe.", "Jeśli klient prosi, kasjer wstaje."]);
    }

    #[test]
    fn swedish() {
        let rule = TestedRule(escape_clause, WordListLanguage::Sv);
        rule.fires(&[
            ("Om möjligt reser sig kassören.", "Om möjligt"),
            ("Kassören öppnar en kassa vid behov.", "vid behov"),
        ]);
        rule.silent(&["Om gästen frågar svarar kassören.", "Kassören frågar om behovet."]);
    }
}
