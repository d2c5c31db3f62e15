//! `compound-statement`: one standard that holds two, so that an audit cannot answer it.

use super::figure::{Figure, UnitKind};
use super::reading::Phrase;
use super::statement::{Hit, Statement};
use super::token::{Gap, Shape};
use super::words::Class;
use crate::book::StandardType;
use crate::diag::{Code, Rule};
use crate::message::Template;
use crate::say;
use crate::template;

const HELP: Template = template!("make it two standards, so that each can be met or not met by itself");

/// One standard that holds two: a second sentence, a semicolon, *and then*, two limits of a kind.
pub static RULE: Rule = Rule {
    code: Code::CompoundStatement,
    summary: "One standard that holds two: a second sentence, a semicolon, *and then*, two limits of a kind",
    why: "When half of it is met, neither *met* nor *not met* is true. Two standards can each be trained, checked \
          and improved by themselves.",
    bad: concat!(
        "text:\n",
        "  en: The receptionist greets the guest and then offers a drink.\n",
        "  pl: Recepcjonista wita gościa, a następnie podaje napój.\n",
        "  sv: Receptionisten hälsar på gästen och erbjuder sedan en dryck; portiern tar bagaget.",
    ),
    good: concat!(
        "text:\n",
        "  en: The receptionist offers the guest a drink.\n",
        "  pl: Recepcjonista podaje gościowi napój.\n",
        "  sv: Receptionisten erbjuder gästen en dryck.",
    ),
};

/// Finds several sentences, a semicolon, *and then*, or two figures of one kind.
pub(super) fn compound_statement(statement: &Statement<'_>) -> Vec<Hit> {
    let s = statement;
    let mut hits = Vec::new();
    if let Some(second) = (1..s.len()).find(|i| s.token(*i).is_some_and(|t| t.gap == Gap::Sentence)) {
        let word = s.token(second).map_or("", |t| &s.text[t.range.clone()]);
        let message = say!("a second sentence begins with ‘{word}’", word);
        hits.push(s.hit_saying(second, s.len() - 1, message, HELP));
    }
    if s.text.contains(';')
        && let Some(i) = (1..s.len()).find(|i| behind_semicolon(s, *i))
    {
        let end = s.token(i - 1).map_or(0, |t| t.range.end);
        let end = s.text[end..].find(';').map_or(end, |o| end + o);
        hits.push(Hit { range: end..end + 1, message: say!("‘;’ joins two statements"), help: Some(HELP.into()) });
    }
    let is_act = |f: Phrase| s.in_main_clause(f.first) && s.over(f.first, Class::OpenList).is_none();
    hits.extend(s.hits(Class::AndThen, template!("‘{words}’ joins two acts"), HELP, is_act));
    hits.extend(s.hits(Class::Then, template!("‘{words}’ joins two acts"), HELP, |f| begins_second_act(s, f)));
    hits.extend(second_figure(s));
    hits.extend(second_deadline(s));
    hits.sort_by_key(|h| h.range.start);
    hits
}

/// Whether a semicolon, and no speech, stands between token `i` and the one before it.
fn behind_semicolon(s: &Statement<'_>, i: usize) -> bool {
    let (Some(a), Some(b)) = (s.token(i - 1), s.token(i)) else {
        return false;
    };
    s.text[a.range.end..b.range.start].trim_start_matches(['*', '_', ')', ' ']).starts_with(';')
}

/// Whether *then* follows an act in the same sentence: *, then writes* or, in Swedish, *, skriver sedan*. What follows a
/// condition is the first act.
fn begins_second_act(s: &Statement<'_>, phrase: Phrase) -> bool {
    let (clause, sentence) = (s.clause(phrase.first), s.sentence(phrase.first));
    let place = phrase.first - clause;
    let verb = !phrase.entry.rest.is_empty();
    let conditional = (sentence..clause).any(|i| s.at(i, Class::When).is_some() || s.at(i, Class::WhenFirst).is_some());
    let told = s.over(phrase.first, Class::AndThen).is_some();
    clause != sentence && !conditional && !told && s.in_main_clause(phrase.first) && (place == 0 && verb || place == 1)
}

/// A second limit of the same kind: *within 10 seconds … within 3 minutes*.
fn second_figure(s: &Statement<'_>) -> Option<Hit> {
    if s.tokens().iter().filter(|t| t.figure).count() + s.all(Class::Number).count() + s.all(Class::Fixed).count() < 2 {
        return None;
    }
    let mut kinds: Vec<UnitKind> = Vec::new();
    for figure in s.figures() {
        let Some(dimension) = figure.unit_kind() else {
            continue;
        };
        // The sides of a product are one size.
        let size = s.kind == StandardType::Product && dimension == UnitKind::Length;
        if figure.ties || size || is_condition(s, figure) {
            continue;
        }
        if kinds.contains(&dimension) {
            return Some(s.hit(
                figure.first,
                figure.last,
                template!("‘{words}’ is a second figure of the same kind"),
                HELP,
            ));
        }
        kinds.push(dimension);
    }
    None
}

/// A second clock time that limits an act: *opens by 7:00 … by 9:00*. What is open until two times is so on two days.
fn second_deadline(s: &Statement<'_>) -> Option<Hit> {
    if s.kind == StandardType::Product || s.has(Class::Days) {
        return None;
    }
    let clock = |f: &Phrase| {
        s.joined(f.last + 1) && s.token(f.last + 1).is_some_and(|t| t.shape == Shape::Label || is_clock(s, f.last + 1))
    };
    let mut limits = s.all(Class::Deadline).filter(clock).filter(|f| s.in_main_clause(f.first));
    let first = limits.next()?;
    let second = limits.find(|f| f.first > first.last + 3 && s.clause(f.first) == s.clause(first.first))?;
    Some(s.hit(second.first, second.last + 1, template!("‘{words}’ is a second limit of time"), HELP))
}

/// Whether the token is a time written with a full stop: *7.30*.
fn is_clock(s: &Statement<'_>, i: usize) -> bool {
    s.word(i)
        .split_once('.')
        .is_some_and(|(hour, minute)| minute.len() == 2 && hour.parse::<u8>().is_ok_and(|hour| hour < 25))
}

/// Whether a figure says when or how often something is done, rather than what its limit is.
fn is_condition(s: &Statement<'_>, figure: &Figure) -> bool {
    let clause = s.clause(figure.first);
    s.all(Class::Condition).any(|f| clause <= f.first && f.first < figure.first)
        || s.at(figure.last + 1, Class::Daily).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::WordListLanguage;
    use super::super::testing::TestedRule;
    use super::compound_statement;

    #[test]
    fn english() {
        let rule = TestedRule(compound_statement, WordListLanguage::En);
        rule.fires(&[
            ("The clerk greets the guest. She offers a seat.", "She offers a seat"),
            ("The clerk greets the guest; the porter takes the bags.", ";"),
            ("The clerk greets the guest and then takes the bags.", "and then"),
            ("The clerk checks the form, then stamps the copy.", "then stamps"),
            ("The clerk answers within 10 seconds and calls back within 2 hours.", "2 hours"),
            ("The clerk opens the gate by 7:00 and empties the bins by 9:00.", "by 9:00"),
            ("The vet examines the dog, after which the nurse prints the bill.", "after which"),
            ("The clerk tears the ticket and finally hands over the map.", "and finally hands"),
        ]);
        rule.silent(&[
            "The clerk looks at the guest, then at the screen.",
            "If nobody answers, then comes the next number.",
            "The clerk answers by 18:00 and on Saturdays by 14:00.",
            "The clerk sets it between 18 and 22 °C.",
            "The desk is open from 14:00 to 22:00.",
            "From 8 to 16 the clerk calls back within 10–15 minutes.",
            "The clerk answers 90 % of calls within 3 rings or 10 seconds at 7 a.m. sharp.",
            "If the wait exceeds 10 minutes, the clerk brings water within 2 minutes.",
            "The clerk says “Good morning. How are you; and then?”",
            "The clerk answers 24 hours a day within 10 seconds.",
            "The clerk of St. Anna's greets Dr. and Mrs. by title at 10 min. past.",
        ]);
        rule.silent_on_product(&["The sign is at least 20 cm wide and hangs 2 m above the floor."]);
    }

    #[test]
    fn polish() {
        let rule = TestedRule(compound_statement, WordListLanguage::Pl);
        rule.fires(&[
            ("Kasjer wita klienta. Podaje paragon.", "Podaje paragon"),
            ("Kasjer wita klienta; portier bierze bagaż.", ";"),
            ("Kasjer wita klienta, a następnie liczy towar.", "a następnie"),
            ("Kasjer sprawdza wniosek, następnie stempluje kopię.", "następnie stempluje"),
            ("Kasjer odbiera w ciągu 10 sekund i oddzwania w ciągu 2 godzin.", "2 godzin"),
        ]);
        rule.silent(&[
            "Kasjer dzwoni o godz. 10 do ul. Długiej, np. po towar.",
            "Kasjer czeka od 10 do 15 minut.",
            "Kasjer patrzy najpierw w paszport, potem na klienta.",
            "Gdy kolejka trwa 10 minut, kasjer otwiera kasę w ciągu 2 minut.",
            "Kasjer mówi „Dzień dobry. Proszę.”",
        ]);
    }

    #[test]
    fn swedish() {
        let rule = TestedRule(compound_statement, WordListLanguage::Sv);
        rule.fires(&[
            ("Kassören hälsar. Hon ger kvitto.", "Hon ger kvitto"),
            ("Kassören hälsar; portiern bär.", ";"),
            ("Kassören hälsar och sedan räknar hon.", "och sedan"),
            ("Kassören läser blanketten och stämplar sedan kopian.", "och stämplar sedan"),
            ("Kassören läser blanketten, stämplar sedan kopian.", "sedan"),
            ("Kassören svarar inom 10 sekunder och ringer inom 2 timmar.", "2 timmar"),
        ]);
        rule.silent(&[
            "Portiern bär väskor och så vidare.",
            "Kassören ringer kl. 10 t.ex. om varan.",
            "Kassören väntar 10 till 15 minuter.",
            "Kassören tittar först på passet, sedan på kunden.",
            "När kunden har betalat, ger kassören sedan kvittot.",
            "Kassören frågar om kunden har flyttat för två år sedan.",
            "När kön tar 10 minuter öppnar kassören inom 2 minuter.",
        ]);
    }
}
