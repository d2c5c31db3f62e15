//! `open-list`: a list that does not end cannot be checked off.

use super::reading::Phrase;
use super::statement::{Hit, Statement, without_overlaps};
use super::token::{Gap, Shape};
use super::words::Class;
use crate::diag::{Code, Rule};
use crate::message::Template;
use crate::template;

const MESSAGE: Template = template!("‘{words}’ leaves the list open");
const HELP: Template = template!("name every item, or say what they have in common");

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
    let s = statement;
    let mut hits = s.hits(Class::OpenList, MESSAGE, HELP, |_| true);
    hits.extend(s.hits(Class::OpenListEnd, MESSAGE, HELP, |f| !s.joined(f.last + 1)));
    hits.extend(s.hits(Class::OpenListMore, MESSAGE, HELP, |f| ends_list(s, f)));
    hits.extend(trails_off(s));
    without_overlaps(hits)
}

/// How many words the item before *and other* has at most.
const ITEM: usize = 5;

/// Whether a comma stands a few words before: *the weight, the pulse and other data*.
fn ends_list(s: &Statement<'_>, phrase: Phrase) -> bool {
    let comma = |i: usize| {
        let before = i.checked_sub(1).and_then(|i| s.token(i)).map_or(0, |token| token.range.end);
        s.token(i).is_some_and(|t| t.gap == Gap::Break && s.text[before..t.range.start].trim() == ",")
    };
    let start = s.sentence(phrase.first);
    (phrase.first.saturating_sub(ITEM).max(start + 1)..=phrase.first).any(comma)
        && s.in_main_clause(s.clause(phrase.first))
}

/// Dots in place of the rest of the list, at the end of the text.
fn trails_off(s: &Statement<'_>) -> Option<Hit> {
    let text = s.text.trim_end();
    let mark = ["…", "..."].into_iter().find(|mark| text.ends_with(mark))?;
    let last = s.tokens().last()?;
    let start = text.len() - mark.len();
    // Behind speech or a figure they are something else.
    let open = last.shape == Shape::Word
        && text.get(last.range.end..start).is_some_and(|gap| gap.trim_matches([',', ' ']).is_empty());
    open.then(|| Hit { range: start..text.len(), message: MESSAGE.with("words", mark), help: Some(HELP.into()) })
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
            ("The clerk brings pens, paper, ink …", "…"),
            ("The clerk brings pens, paper and other gear.", "and other"),
            ("The clerk brings pens, paper and more.", "and more"),
        ]);
        rule.silent(&[
            "The clerk checks the name and the date.",
            "The clerk says “pens etc.” aloud.",
            "The clerk offers pens and more than one sort of ink.",
            "The clerk greets the guest and other people at the table.",
            "The clerk says “Well …”",
        ]);
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
