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
    for f in s.all(Class::PassiveDemand) {
        let participle = participle(s, f).filter(|i| looks(s, *i, s.language.lists().participle));
        hits.extend(participle.and_then(|i| passive(s, f, i)));
    }
    for f in s.all(Class::PassiveLoose).filter(|f| !s.is_limited() && !is_conditional(s, *f)) {
        let participle = participle(s, f).filter(|i| is_participle(s, *i));
        hits.extend(participle.and_then(|i| passive(s, f, i)));
    }
    let endings = s.language.lists().ongoing;
    for f in s.all(Class::PassiveOngoing) {
        let is_service = |i: usize| s.at(i, Class::Participle).is_some();
        let goes_on = |i: usize| is_service(i) || ends(s, i, endings) && !s.is_limited() && !is_conditional(s, f);
        let behind = participle(s, f).filter(|i| goes_on(*i));
        let before = f.first.checked_sub(1).filter(|i| s.joined(f.first) && goes_on(*i));
        hits.extend(behind.and_then(|i| passive(s, f, i)));
        hits.extend(before.and_then(|i| passive(s, Phrase { first: i, ..f }, f.last)));
    }
    for f in s.all(Class::PassiveModal) {
        hits.extend(passive_infinitive(s, f).and_then(|i| passive(s, f, i)));
    }
    for f in s.all(Class::PassiveForm) {
        hits.extend(passive(s, f, f.last));
    }
    hits.extend(s.all(Class::Impersonal).filter_map(|f| impersonal(s, f)));
    hits.extend(passive_verbs(s));
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
    ends(s, i, s.language.lists().participle)
}

/// Whether a condition follows: *the deck is salted when it freezes*.
fn is_conditional(s: &Statement<'_>, phrase: Phrase) -> bool {
    s.all(Class::When).any(|f| phrase.last < f.first)
}

/// How many letters a word has at least whose ending tells something.
const LETTERS: usize = 5;

/// Whether token `i` ends as participles do and is none of the words that only look like one.
fn ends(s: &Statement<'_>, i: usize, endings: &[&str]) -> bool {
    looks(s, i, endings) && s.at(i, Class::NoParticiple).is_none()
}

/// Whether token `i` ends so.
fn looks(s: &Statement<'_>, i: usize, endings: &[&str]) -> bool {
    let word = s.word(i);
    word.chars().count() >= LETTERS && endings.iter().any(|ending| word.ends_with(ending))
}

/// How far behind its helping verb a passive infinitive may stand.
const FAR: usize = 6;

/// A passive infinitive in the clause of its helping verb, with nobody in between who could act: *ska alltid torkas*.
fn passive_infinitive(s: &Statement<'_>, phrase: Phrase) -> Option<usize> {
    let end = s.clause_end(phrase.last).min(phrase.last + FAR);
    let mut between = (phrase.last + 1..end).take_while(|i| s.joined(*i) && !s.staff_starts_at(*i) && !s.is_agent(*i));
    between.find(|i| ends(s, *i, s.language.lists().passive_infinitive))
}

/// A verb without a subject beside its small word: *zdejmuje się*, *się podaje*.
fn impersonal(s: &Statement<'_>, phrase: Phrase) -> Option<Hit> {
    let is_verb = |i: usize| s.language.lists().impersonal.contains(&s.word(i));
    let before = phrase.first.checked_sub(1).filter(|i| s.joined(phrase.first) && is_verb(*i));
    let next = phrase.last + 1;
    let next = if s.joined(next) { s.at(next, Class::Adverb).map_or(next, |adverb| adverb.last + 1) } else { next };
    let behind = || Some(next).filter(|i| s.joined(*i) && is_verb(*i));
    match before {
        // A tradesman may do it to himself.
        Some(verb) if verb > 0 && s.is_agent(verb - 1) => None,
        Some(verb) => passive(s, Phrase { first: verb, ..phrase }, phrase.last),
        None => passive(s, phrase, behind()?),
    }
}

/// Verbs whose ending makes them passive: *kontrolleras*.
fn passive_verbs(s: &Statement<'_>) -> Vec<Hit> {
    let endings = s.language.lists().passive;
    if endings.is_empty() {
        return Vec::new();
    }
    let is_verb = |i: &usize| s.word(*i).chars().count() > LETTERS + 1 && ends(s, *i, endings);
    let hit = |i: usize| {
        let about_staff = i.checked_sub(1).is_some_and(|i| s.staff_ends_at(i) || s.is_agent(i));
        let silent = i == 0 || !s.in_main_clause(i) || about_staff || names_actor(s, i);
        (!silent).then(|| s.hit(i, i, MESSAGE, HELP))
    };
    (0..s.len()).filter(is_verb).filter_map(hit).collect()
}

/// A finding from the helping verb to the participle, unless the clause is subordinate, names who
/// acts, or is about what is done to staff.
fn passive(s: &Statement<'_>, phrase: Phrase, last: usize) -> Option<Hit> {
    let about_staff = phrase.first.checked_sub(1).is_some_and(|i| s.staff_ends_at(i));
    let silent = !is_main(s, phrase, last) || about_staff || s.innocent(phrase) || names_actor(s, last);
    (!silent).then(|| s.hit(phrase.first, last, MESSAGE, HELP))
}

/// Whether the passive stands in a main clause. *After closing time the animals are counted twice* has no comma, and no room
/// behind its verb for another.
fn is_main(s: &Statement<'_>, phrase: Phrase, last: usize) -> bool {
    let start = s.clause(phrase.first);
    let opens = s.at(start, Class::WhenFirst).is_some()
        && !s.all(Class::Subordinator).any(|f| start < f.first && f.first < phrase.first);
    let end = s.clause_end(last);
    let closes = end == s.len() && end <= last + 2 && phrase.first > start + 3;
    s.in_main_clause(phrase.first) || opens && closes
}

/// Whether *by* and somebody follow in the clause.
fn names_actor(s: &Statement<'_>, from: usize) -> bool {
    let end = s.clause_end(from);
    s.all(Class::By).filter(|f| from < f.first && f.first < end).any(|f| {
        let next = f.last + 1;
        let word = s.token(next).filter(|t| t.shape == Shape::Word && s.at(next, Class::Number).is_none());
        // Where nouns have articles, a bare one is no person: *by month*.
        let bare = s.language.lists().compounds
            && s.at(next, Class::Determiner).is_none()
            && !s.word(next).ends_with('s')
            && word.is_some_and(|t| !t.title);
        let somebody = word.is_some() && !bare;
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
            ("The receipts need to be punched and sorted by month.", "need to be punched"),
            ("After closing time the animals are counted twice.", "are counted"),
            ("The collar is unbuckled before the examination.", "is unbuckled"),
            ("It is necessary to rinse the glasses.", "It is necessary to"),
        ]);
        rule.silent(&[
            "The guest is greeted by the receptionist.",
            "The guest is greeted by a member of staff.",
            "When the guest is seated, the clerk pours water.",
            "The clerk hands over the form that is printed in four languages.",
            "The office is located on the ground floor.",
            "The receptionist is told the code every Monday.",
            "The deck is salted when it freezes.",
            "The cash machine is filled by 8:00.",
            "The key is engraved by the locksmith.",
            "The pool is located behind the sauna.",
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
            ("Przed badaniem zdejmuje się psu obrożę.", "zdejmuje się"),
            ("Kaski sprawdzane są przed lekcją.", "sprawdzane są"),
            ("Kaplica jest zamiatana.", "jest zamiatana"),
            ("Pokład musi być zamieciony.", "musi być zamieciony"),
        ]);
        rule.silent(&[
            "Gość zostaje w pokoju do 12:00.",
            "Do obowiązków portiera należy odbiór bagażu.",
            "Klucz należy do gościa.",
            "Gość zostaje powitany przez recepcjonistę.",
            "Kasjer mówi, co należy wypełnić.",
            "Jeśli numeru nie odnotowano, kasjer pyta o niego.",
            "Zestaw składa się z trzech części.",
            "Szafa jest drewniana.",
            "Pokład jest posypywany solą, gdy mróz trzyma.",
        ]);
    }

    #[test]
    fn swedish() {
        let rule = TestedRule(missing_actor, WordListLanguage::Sv);
        rule.fires(&[
            ("Gästen hälsas inom 10 sekunder.", "hälsas"),
            ("Gästen blir hälsad inom 10 sekunder.", "blir hälsad"),
            ("Man frågar efter bagaget.", "Man"),
            ("Före lektionen ska hjälmen alltid provas.", "ska hjälmen alltid provas"),
            ("Bilen blir lagad.", "blir lagad"),
            ("Trasiga bågar blir lagade.", "blir lagade"),
            ("Bilen polerades och parkeras vid entrén.", "parkeras"),
        ]);
        rule.silent(&[
            "Gästen hälsas av receptionisten.",
            "Tåget blir försenat.",
            "Portiern ska hoppas på tur.",
            "När samtalet besvaras säger kassören sitt namn.",
            "En man eller kvinna får kallelsen.",
            "Kassören minns att kunden finns kvar.",
        ]);
        rule.silent_on_product(&["Frukosten serveras i matsalen."]);
    }
}
