//! `missing-actor`: nobody in particular does it, so nobody can be trained or asked.

use super::reading::Phrase;
use super::statement::{Hit, Statement, without_overlaps};
use super::token::Shape;
use super::words::Class;
use crate::book::StandardType;
use crate::diag::{Code, Rule};
use crate::message::Template;
use crate::template;

const MESSAGE: Template = template!("‘{words}’ does not say who does it");
const HELP: Template = template!("begin with the role that acts: The receptionist …");

/// A standard that does not say who acts: is greeted, należy, man.
pub static RULE: Rule = Rule {
    code: Code::MissingActor,
    summary: "A standard that does not say who acts: is greeted, należy, man",
    why: "What is nobody's in particular is done by nobody. A standard that begins with the role can be trained, and \
          it lands on that role's checklist. Product standards have no actor and are left alone.",
    bad: concat!(
        "text:\n",
        "  en: The guest is greeted at the door.\n",
        "  pl: Należy przywitać gościa przy drzwiach.\n",
        "  sv: Man hälsar på gästen vid dörren.",
    ),
    good: concat!(
        "text:\n",
        "  en: The porter greets the guest at the door.\n",
        "  pl: Portier wita gościa przy drzwiach.\n",
        "  sv: Portiern hälsar på gästen vid dörren.",
    ),
};

/// Finds passives and impersonal forms in main clauses. Product standards are left alone, since a
/// product has no actor.
pub(super) fn missing_actor(statement: &Statement<'_>) -> Vec<Hit> {
    let s = statement;
    if s.kind == StandardType::Product {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for f in s.all(Class::Passive) {
        let participle = participle(s, f).and_then(|i| s.at(i, Class::Participle));
        hits.extend(participle.and_then(|p| passive(s, f, p.last)));
    }
    for f in s.all(Class::PassiveAny) {
        let participle = participle(s, f).filter(|i| is_participle(s, *i));
        hits.extend(participle.and_then(|i| passive(s, f, i)));
    }
    for f in s.all(Class::PassiveForm) {
        hits.extend(passive(s, f, f.last));
    }
    hits.extend(s.hits(Class::Duty, MESSAGE, HELP, |f| s.in_main_clause(f.first) && asks_for_act(s, f)));
    hits.extend(s.hits(Class::Nobody, MESSAGE, HELP, |f| {
        let article = f.first.checked_sub(1).is_some_and(|i| s.at(i, Class::Article).is_some());
        s.in_main_clause(f.first) && !article
    }));
    without_overlaps(hits)
}

/// Where a participle may stand: behind the helping verb and at most two adverbs.
fn participle(s: &Statement<'_>, phrase: Phrase) -> Option<usize> {
    let mut i = phrase.last + 1;
    for _ in 0..2 {
        if s.joined(i) && s.at(i, Class::Adverb).is_some() {
            i += 1;
        }
    }
    s.joined(i).then_some(i)
}

fn is_participle(s: &Statement<'_>, i: usize) -> bool {
    let word = s.word(i);
    word.chars().count() >= 5 && s.language.lists().participle.iter().any(|ending| word.ends_with(ending))
}

/// A finding from the helping verb to the participle, unless the clause is subordinate, names who
/// acts, or is about what is done to staff.
fn passive(s: &Statement<'_>, phrase: Phrase, last: usize) -> Option<Hit> {
    let about_staff = phrase.first.checked_sub(1).is_some_and(|i| s.staff_ends_at(i));
    let silent = !s.in_main_clause(phrase.first) || about_staff || s.innocent(phrase) || names_actor(s, last);
    (!silent).then(|| s.hit(phrase.first, last, MESSAGE, HELP))
}

/// Whether *by* and somebody follow in the clause.
fn names_actor(s: &Statement<'_>, from: usize) -> bool {
    let end = s.clause_end(from);
    s.all(Class::By).filter(|f| from < f.first && f.first < end).any(|f| {
        let next = f.last + 1;
        let somebody = s.token(next).is_some_and(|t| t.shape == Shape::Word) && s.at(next, Class::Number).is_none();
        let means = (next..next + 3).any(|i| s.at(i, Class::ByInnocent).is_some());
        (next..next + 3).any(|i| s.staff_starts_at(i)) || somebody && !means
    })
}

/// Whether an infinitive follows: *należy powitać*, but not *należy do*.
fn asks_for_act(s: &Statement<'_>, phrase: Phrase) -> bool {
    let endings = s.language.lists().infinitive;
    (phrase.last + 1..phrase.last + 5).take_while(|i| s.joined(*i)).any(|i| {
        let word = s.word(i);
        word.chars().count() > 3 && endings.iter().any(|e| word.ends_with(e)) && !word.ends_with("sieć")
    }) && s.word(phrase.last + 1) != "do"
}

#[cfg(test)]
mod tests {
    use super::super::WordListLanguage;
    use super::super::testing::TestedRule;
    use super::missing_actor;

    #[test]
    fn english() {
        let rule = TestedRule(missing_actor, WordListLanguage::En);
        rule.fires(&[
            ("The guest is greeted within 10 seconds.", "is greeted"),
            ("Calls are always answered by 14:00.", "are always answered"),
            ("The guest is addressed by name.", "is addressed"),
            ("Each invoice must be signed.", "must be signed"),
        ]);
        rule.silent(&[
            "The guest is greeted by the receptionist.",
            "The guest is greeted by a member of staff.",
            "When the guest is seated, the clerk pours water.",
            "The clerk hands over the form that is printed in four languages.",
            "The office is located on the ground floor.",
            "The receptionist is told the code every Monday.",
        ]);
        rule.silent_on_product(&["The forms are printed in four languages."]);
    }

    #[test]
    fn polish() {
        let rule = TestedRule(missing_actor, WordListLanguage::Pl);
        rule.fires(&[
            ("Gościa należy powitać po nazwisku.", "należy"),
            ("Gość zostaje powitany w ciągu 10 sekund.", "zostaje powitany"),
            ("Telefon jest odbierany po dwóch sygnałach.", "jest odbierany"),
            ("Trzeba zapytać o bagaż.", "Trzeba"),
            ("W rejestrze odnotowano godzinę.", "odnotowano"),
        ]);
        rule.silent(&[
            "Gość zostaje w pokoju do 12:00.",
            "Do obowiązków portiera należy odbiór bagażu.",
            "Klucz należy do gościa.",
            "Gość zostaje powitany przez recepcjonistę.",
            "Kasjer mówi, co należy wypełnić.",
            "Jeśli numeru nie odnotowano, kasjer pyta o niego.",
        ]);
    }

    #[test]
    fn swedish() {
        let rule = TestedRule(missing_actor, WordListLanguage::Sv);
        rule.fires(&[
            ("Gästen hälsas inom 10 sekunder.", "hälsas"),
            ("Gästen blir hälsad inom 10 sekunder.", "blir hälsad"),
            ("Man frågar efter bagaget.", "Man"),
        ]);
        rule.silent(&[
            "Gästen hälsas av receptionisten.",
            "När samtalet besvaras säger kassören sitt namn.",
            "En man eller kvinna får kallelsen.",
            "Kassören minns att kunden finns kvar.",
        ]);
        rule.silent_on_product(&["Frukosten serveras i matsalen."]);
    }
}
