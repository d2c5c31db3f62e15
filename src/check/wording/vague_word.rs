//! `vague-word`: words that promise nothing that an audit could see.

use super::context::{
    before_figure, in_circumstance, in_escape, in_open_limit, in_question, is_explained, promised, said_of_something,
};
use super::lexicon::LexiconEntry;
use super::reading::Phrase;
use super::statement::{Hit, Statement, without_overlaps};
use super::token::Gap;
use super::words::Class;
use crate::book::StandardType;
use crate::diag::{Code, Rule};
use crate::template;

/// A word that promises nothing anybody could see: politely, as soon as possible, ensures.
pub static RULE: Rule = Rule {
    code: Code::VagueWord,
    summary: "A word that promises nothing anybody could see: politely, as soon as possible, ensures",
    why: "Whoever checks a standard must be able to answer *met* or *not met*, and two people must give the same \
          answer. Of *politely* each has their own picture; *ensures*, *is responsible for*, *shows empathy* and \
          *feels at home* name a wish, and *most* and *enough* are no amounts unless a figure stands beside them. Name \
          the act that shows it, or the limit. Words in quotation marks are speech and are not judged, nor are names, \
          nor products that carry a measure; traits may be as vague as they like.",
    bad: concat!(
        "text:\n",
        "  en: The receptionist greets the guest politely.\n",
        "  pl: Recepcjonista uprzejmie wita gościa.\n",
        "  sv: Receptionisten hälsar på gästen vänligt.",
    ),
    good: concat!(
        "text:\n",
        "  en: The receptionist looks up and greets the guest within 10 seconds.\n",
        "  pl: Recepcjonista podnosi wzrok i wita gościa w ciągu 10 sekund.\n",
        "  sv: Receptionisten tittar upp och hälsar på gästen inom 10 sekunder.",
    ),
};

/// Finds vague words. Product standards with a measure are left alone: there the measure says what
/// the word does not.
pub(super) fn vague_word(statement: &Statement<'_>) -> Vec<Hit> {
    let s = statement;
    if s.kind == StandardType::Product && s.has_measure {
        return Vec::new();
    }
    let innocent = [in_question, in_open_limit, in_escape, in_circumstance, is_explained];
    let any = |f: Phrase| !innocent.iter().any(|innocent| innocent(s, f));
    let manner = (
        template!("‘{words}’ says how it should feel, not what is done"),
        template!("name the act that shows it: looks up, stands, smiles, uses the customer's name"),
    );
    let mut hits = s.hits(Class::Manner, manner.0, manner.1, any);
    hits.extend(manners(s).filter(|f| any(*f)).map(|f| s.hit(f.first, f.last, manner.0, manner.1)));
    hits.extend(s.hits(Class::Feel, manner.0, manner.1, |f| any(f) && !s.staff_acts(f)));
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
    hits.extend(s.hits(Class::Amount, state.0, state.1, |f| any(f) && s.in_main_clause(f.first) && !s.is_measured()));
    let charge = (
        template!("‘{words}’ names a duty or a wish, not what is done"),
        template!("say what is done for it, when and how often"),
    );
    let of_duty = |f: Phrase| s.in_main_clause(f.first) && !s.is_measured();
    hits.extend(s.hits(Class::Charge, charge.0, charge.1, of_duty));
    hits.extend(s.hits(Class::ChargeOfStaff, charge.0, charge.1, |f| of_duty(f) && s.staff_acts(f)));
    let objects = s.all(Class::Hollow).filter_map(|f| Some(s.hit(f.first, promised(s, f)?, charge.0, charge.1)));
    hits.extend(objects);
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

/// What stands for the entry of a word that no list has.
static NO_ENTRY: LexiconEntry = LexiconEntry { class: Class::Manner, value: 0.0, unit: None, rest: Vec::new() };

/// How many letters a word of manner has at least.
const LETTERS: usize = 6;

/// Words of no list that end as words of manner do: *distinctly*.
fn manners<'s>(s: &'s Statement<'_>) -> impl Iterator<Item = Phrase> + 's {
    let endings = s.language.lists().manner;
    let ends =
        move |i: &usize| s.word(*i).len() >= LETTERS && endings.iter().any(|ending| s.word(*i).ends_with(ending));
    let is_manner = move |i: &usize| {
        let plain = s.over(*i, Class::NoManner).or_else(|| s.over(*i, Class::Innocent)).is_some();
        let name = s.token(*i).is_none_or(|token| token.title && token.gap != Gap::Sentence);
        !plain && !name
    };
    (0..s.len()).filter(ends).filter(is_manner).map(|i| Phrase {
        class: Class::Manner,
        first: i,
        last: i,
        entry: &NO_ENTRY,
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::TestedRule;
    use super::super::{Statement, WordListLanguage};
    use super::vague_word;
    use crate::book::StandardType;

    #[test]
    fn english() {
        let rule = TestedRule(vague_word, WordListLanguage::En);
        rule.fires(&[
            ("The receptionist politely greets the guest.", "politely"),
            ("The clerk answers as soon as possible.", "as soon as possible"),
            ("The room is always clean.", "clean"),
            ("The clerk tries to call back.", "tries to"),
            ("The clerk calls back in about 10 minutes.", "about"),
            ("The clerk opens the desk at approximately 14:00.", "approximately"),
            ("The clerk ensures the comfort of guests.", "ensures"),
            ("The clerk shows the guest real empathy.", "shows the guest real empathy"),
            ("The guest feels at home.", "feels at home"),
            ("The clerk answers most letters.", "most"),
            ("The clerk is patient with guests.", "patient"),
            ("The clerk speaks distinctly.", "distinctly"),
        ]);
        rule.silent(&[
            "The clerk asks about 2 rooms.",
            "The clerk files the weekly list alphabetically for the family of Mr Connolly.",
            "As soon as the guest arrives, the clerk stands up.",
            "The porter puts clean towels on the shelf.",
            "The clerk says “We try to be quick, kindly wait”.",
            "The clerk asks how often the guest travels.",
            "The clerk shows the guest the safety card.",
            "The clerk gives the guest a leaflet about safety.",
            "The clerk asks whether the guest feels at home.",
            "The clerk answers most letters within 2 days.",
            "The clerk serves the soup while the plate is warm.",
            "The seat is clean: no crumbs, no stains.",
            "Best Western staff call the Friendly Travel desk by 14:00.",
        ]);
    }

    #[test]
    fn polish() {
        let rule = TestedRule(vague_word, WordListLanguage::Pl);
        rule.fires(&[
            ("Recepcjonista uprzejmie wita gościa.", "uprzejmie"),
            ("Kasjer oddzwania jak najszybciej.", "jak najszybciej"),
            ("Lada jest zawsze czysta.", "czysta"),
            ("Kasjer stara się oddzwonić.", "stara się"),
            ("Kasjer oddzwania po około 10 minutach.", "około"),
            ("Kasjer odpowiada za porządek.", "odpowiada za"),
            ("Kasjer zapewnia klientom bezpieczeństwo.", "zapewnia klientom bezpieczeństwo"),
            ("Klient czuje się jak u siebie.", "jak u siebie"),
            ("Kasjer odpowiada na większość pytań.", "większość"),
            ("Kasjer jest uważny wobec klienta.", "uważny"),
        ]);
        rule.silent(&[
            "Kasjer odkłada książki w czytelni.",
            "Portier przynosi czyste ręczniki.",
            "Kasjer mówi „uprzejmie proszę”.",
            "Kasjer pyta, jak często klient kupuje kawę.",
            "Kasjer odsyła klienta do firmy Szybko.",
            "Kasjer zapewnia klienta, że zwrot przyjdzie jutro.",
            "Kasjer daje klientowi kartę bezpieczeństwa.",
            "Kasjer podaje zupę, dopóki talerz jest ciepły.",
            "Kucharz próbuje każdej zupy.",
        ]);
    }

    #[test]
    fn swedish() {
        let rule = TestedRule(vague_word, WordListLanguage::Sv);
        rule.fires(&[
            ("Receptionisten hälsar gästen vänligt.", "vänligt"),
            ("Kassören ringer så snart som möjligt.", "så snart som möjligt"),
            ("Disken är alltid ren.", "ren"),
            ("Kassören försöker ringa.", "försöker"),
            ("Kassören ringer efter cirka 10 minuter.", "cirka"),
            ("Kassören ansvarar för ordningen.", "ansvarar för"),
            ("Kassören visar kunden empati.", "visar kunden empati"),
            ("Kunden känner sig trygg.", "känner sig trygg"),
            ("Kassören svarar på de flesta frågor.", "de flesta"),
            ("Kassören är uppmärksam på kunden.", "uppmärksam"),
        ]);
        rule.silent(&[
            "På väggen hänger en ren från Jokkmokk.",
            "Portiern lämnar rena handdukar.",
            "Kassören säger ”vänligen vänta”.",
            "Så snart gästen kommer reser sig receptionisten.",
            "Receptionisten går runt tre bord.",
            "Kassören ger kunden ett kort om säkerheten.",
            "Receptionisten serverar soppan medan tallriken är varm.",
            "Kassören frågar om kunden känner sig trygg.",
        ]);
    }

    #[test]
    fn a_product_with_a_measure_is_left_alone() {
        let rule = TestedRule(vague_word, WordListLanguage::En);
        let text = "The room is clean.";
        assert!(vague_word(&Statement::new(text, WordListLanguage::En, StandardType::Product, true, &[])).is_empty());
        assert_eq!(vague_word(&Statement::new(text, WordListLanguage::En, StandardType::Product, false, &[])).len(), 1);
        rule.silent_on_product(&["Each room has 2 clean towels."]);
    }
}
