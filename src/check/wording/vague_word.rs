//! `vague-word`: words that promise nothing that an audit could see.

use super::reading::Found;
use super::statement::{Hit, Statement, without_overlaps};
use super::token::Shape;
use super::words::Class;
use crate::book::StandardType;
use crate::diag::{Code, Rule};
use crate::template;

/// A word that promises nothing anybody could see: politely, as soon as possible, clean.
pub static RULE: Rule = Rule {
    code: Code::VagueWord,
    summary: "A word that promises nothing anybody could see: politely, as soon as possible, clean",
    why: "Whoever checks a standard must be able to answer *met* or *not met*, and two people must give the same \
          answer. Of *politely* each has their own picture. Name the act that shows it, or the limit. Words in \
          quotation marks are speech and are not judged, nor are names, nor products that carry a measure; traits \
          may be as vague as they like.",
    bad: concat!(
        "text:\n",
        "  en: The receptionist greets the guest politely.\n",
        "  pl: Recepcjonista uprzejmie wita gościa.\n",
        "  sv: Receptionisten hälsar gästen vänligt.",
    ),
    good: concat!(
        "text:\n",
        "  en: The receptionist looks up and greets the guest within 10 seconds.\n",
        "  pl: Recepcjonista podnosi wzrok i wita gościa w ciągu 10 sekund.\n",
        "  sv: Receptionisten tittar upp och hälsar gästen inom 10 sekunder.",
    ),
};

/// Finds vague words. Product standards with a measure are left alone: there the measure says what
/// the word does not.
pub(super) fn vague_word(statement: &Statement<'_>) -> Vec<Hit> {
    let s = statement;
    if s.kind == StandardType::Product && s.has_measure {
        return Vec::new();
    }
    let any = |f: Found| !in_question(s, f) && !in_open_limit(s, f);
    let mut hits = s.hits(
        Class::Manner,
        template!("‘{words}’ says how it should feel, not what is done"),
        template!("name the act that shows it: looks up, stands, smiles, uses the customer's name"),
        any,
    );
    hits.extend(s.hits(
        Class::Speed,
        template!("‘{words}’ sets no limit that an audit could check"),
        template!("write the limit or the rhythm with a figure, or name the moment: within 10 seconds, every 2 hours, before the call ends"),
        any,
    ));
    let state = (
        template!("‘{words}’ means something else to each reader"),
        template!("say what is there to be seen, heard or counted"),
    );
    hits.extend(s.hits(Class::State, state.0, state.1, any));
    hits.extend(s.hits(Class::Predicate, state.0, state.1, |f| any(f) && said_of_something(s, f)));
    hits.extend(s.hits(Class::Amount, state.0, state.1, |f| any(f) && s.in_main_clause(f.first)));
    hits.extend(s.hits(
        Class::Effort,
        template!("‘{words}’ promises an effort, not a result"),
        template!("leave it out and state what is done"),
        |f| any(f) && s.in_main_clause(f.first),
    ));
    let about = (
        template!("‘{words}’ before a figure leaves the limit open"),
        template!("leave it out, or write ‘at most’, ‘at least’ or a range"),
    );
    hits.extend(s.hits(Class::About, about.0, about.1, |f| before_figure(s, f, false)));
    hits.extend(s.hits(Class::AboutUnit, about.0, about.1, |f| before_figure(s, f, true)));
    without_overlaps(hits)
}

/// Whether the word is the customer's: *asks whether the shoe is comfortable*. A condition that opens
/// the sentence is no question.
fn in_question(s: &Statement<'_>, found: Found) -> bool {
    let clause = s.clause(found.first);
    s.all(Class::Question).any(|f| clause <= f.first && f.first < found.first && f.first > s.sentence(f.first))
}

/// Whether `missing-measure` speaks of it: *within a reasonable time*.
fn in_open_limit(s: &Statement<'_>, found: Found) -> bool {
    !s.has_measure && s.all(Class::OpenLimit).any(|f| f.first <= found.first && found.last <= f.last)
}

/// Whether a form of *be* or *look* leads to the word: *is always clean and tidy*.
fn said_of_something(s: &Statement<'_>, found: Found) -> bool {
    // Before a noun it describes a thing (*is good value*), and its class is none of ours.
    let next = found.last + 1;
    let ends = !s.joined(next) || s.at(next, Class::And).is_some();
    let mut i = found.first;
    while ends && i > 0 && s.token(i).is_some() {
        i -= 1;
        if s.over(i, Class::Copula).is_some() {
            return true;
        }
        let between = [Class::Adverb, Class::And, Class::Predicate, Class::State, Class::Manner];
        if !between.iter().any(|c| s.over(i, *c).is_some()) {
            return false;
        }
    }
    false
}

/// Whether a figure follows, and no verb of saying takes *about* for itself.
fn before_figure(s: &Statement<'_>, found: Found, with_unit: bool) -> bool {
    let next = found.last + 1;
    let from = s.clause(found.first).max(found.first.saturating_sub(4));
    if (from..found.first).any(|i| s.over(i, Class::Talk).is_some()) {
        return false;
    }
    let clock = s.token(next).is_some_and(|t| t.shape == Shape::Label);
    let hour = s.at(next, Class::Label).is_some()
        && s.token(next + 1).is_some_and(|t| matches!(t.shape, Shape::Label | Shape::Number(_)));
    clock || hour || s.figures().iter().any(|f| f.first == next && (f.unit.is_some() || f.ties || !with_unit))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fires, silent, silent_on_product};
    use super::super::{Statement, Words};
    use super::vague_word;
    use crate::book::StandardType;

    #[test]
    fn english() {
        fires(
            vague_word,
            Words::En,
            &[
                ("The receptionist politely greets the guest.", "politely"),
                ("The clerk answers as soon as possible.", "as soon as possible"),
                ("The room is always clean.", "clean"),
                ("The clerk tries to call back.", "tries to"),
                ("The clerk calls back in about 10 minutes.", "about"),
                ("The clerk opens the desk at approximately 14:00.", "approximately"),
            ],
        );
        silent(
            vague_word,
            Words::En,
            &[
                "The clerk asks about 2 rooms.",
                "As soon as the guest arrives, the clerk stands up.",
                "The porter puts clean towels on the shelf.",
                "The clerk says “We try to be quick, kindly wait”.",
                "The clerk asks how often the guest travels.",
                "Best Western staff call the Friendly Travel desk by 14:00.",
            ],
        );
    }

    #[test]
    fn polish() {
        fires(
            vague_word,
            Words::Pl,
            &[
                ("Recepcjonista uprzejmie wita gościa.", "uprzejmie"),
                ("Kasjer oddzwania jak najszybciej.", "jak najszybciej"),
                ("Lada jest zawsze czysta.", "czysta"),
                ("Kasjer stara się oddzwonić.", "stara się"),
                ("Kasjer oddzwania po około 10 minutach.", "około"),
            ],
        );
        silent(
            vague_word,
            Words::Pl,
            &[
                "Kasjer odkłada książki w czytelni.",
                "Portier przynosi czyste ręczniki.",
                "Kasjer mówi „uprzejmie proszę”.",
                "Kasjer pyta, jak często klient kupuje kawę.",
                "Kasjer odsyła klienta do firmy Szybko.",
            ],
        );
    }

    #[test]
    fn swedish() {
        fires(
            vague_word,
            Words::Sv,
            &[
                ("Receptionisten hälsar gästen vänligt.", "vänligt"),
                ("Kassören ringer så snart som möjligt.", "så snart som möjligt"),
                ("Disken är alltid ren.", "ren"),
                ("Kassören försöker ringa.", "försöker"),
                ("Kassören ringer efter cirka 10 minuter.", "cirka"),
            ],
        );
        silent(
            vague_word,
            Words::Sv,
            &[
                "På väggen hänger en ren från Jokkmokk.",
                "Portiern lämnar rena handdukar.",
                "Kassören säger ”vänligen vänta”.",
                "Så snart gästen kommer reser sig receptionisten.",
                "Receptionisten går runt tre bord.",
            ],
        );
    }

    #[test]
    fn a_product_with_a_measure_is_left_alone() {
        let text = "The room is clean.";
        assert!(vague_word(&Statement::new(text, Words::En, StandardType::Product, true, &[])).is_empty());
        assert_eq!(vague_word(&Statement::new(text, Words::En, StandardType::Product, false, &[])).len(), 1);
        silent_on_product(vague_word, Words::En, &["Each room has 2 clean towels."]);
    }
}
