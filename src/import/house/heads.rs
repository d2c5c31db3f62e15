//! The headings of tables as houses write them, in English, Polish and Swedish: which column holds what.

use super::Key;
use crate::import::cell_words::bare;
use crate::units::unit_key;

/// What heads a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// What the column holds.
    pub key: Key,
    /// The language that the heading names, where it names one.
    pub language: Option<&'static str>,
    /// The unit that the heading names: *Time (s)*.
    pub unit: Option<&'static str>,
    /// Whether it may as well head something else.
    pub is_weak: bool,
}

/// Words without marks, with commas between them, and what they head. Where they are of one language alone, it is that of what
/// stands below them, if its own words do not tell; words that several languages have, or that head no texts, stand under none.
const HEADS: &[(Key, Option<&str>, &str)] = &[
    (
        Key::Number,
        None,
        "no, nr, number, num, lp, l p, numer, poz, pozycja, ref, id, kod, code, lopnr, lopnummer, nummer",
    ),
    (Key::Phase, Some("en"), "phase, stage, section, category"),
    (
        Key::Phase,
        Some("pl"),
        "faza, etap, sekcja, dzial, rozdzial, kategoria, etap obslugi, faza obslugi, obszar, proces",
    ),
    (Key::Phase, Some("sv"), "fas, skede, avsnitt, kapitel, kategori, omrade"),
    (Key::Phase, None, "area, process"),
    (Key::Step, Some("en"), "step, activity, touchpoint, contact point"),
    (Key::Step, Some("pl"), "krok, czynnosc, sytuacja, moment kontaktu, punkt kontaktu"),
    (Key::Step, Some("sv"), "steg, aktivitet, kontaktpunkt"),
    (Key::Step, None, "moment, situation"),
    (
        Key::Text,
        Some("en"),
        "service standard, requirement, requirements, statement, wording, what we do, what is done, expectation",
    ),
    (
        Key::Text,
        Some("pl"),
        "standardy, standard obslugi, tresc, tresc standardu, wymaganie, wymagania, wymog, tekst, brzmienie, co, \
         co robimy, co nalezy zrobic, oczekiwanie, zasada",
    ),
    (
        Key::Text,
        Some("sv"),
        "krav, lydelse, formulering, standardtext, standardens text, vad, vad vi gor, vad som gors, regel",
    ),
    (Key::Text, None, "standard, standards, text, servicestandard, what"),
    (Key::Type, None, "type, typ, rodzaj, kind, slag, rodzaj standardu, typ standardu, standardtyp"),
    (Key::Level, None, "level, poziom, niva, poziom standardu, niva pa standard"),
    (Key::Status, None, "status, stan"),
    (
        Key::Role,
        None,
        "role, roles, rola, roll, roller, responsible, responsibility, odpowiedzialny, odpowiedzialna, \
         osoba odpowiedzialna, odpowiedzialnosc, stanowisko, kto, who, vem, ansvarig, ansvar, befattning, owner, \
         wykonawca",
    ),
    (Key::Trait, None, "trait, traits, cecha, cechy, egenskap, egenskaper, cecha obslugi, serviceegenskap"),
    (
        Key::Measure,
        None,
        "measure, measurement, miara, miernik, matt, matning, kryterium, criterion, criteria, limit, limits, \
         time limit, time, czas, tid, tidsgrans, limit czasu, granica, gransvarde, norma, norm, wskaznik, metric, \
         matvarde, varde, czas max, max czas, max time, max tid, wartosc, target, how fast, how quickly, how soon, \
         how long, timing, time frame, jak szybko, jak dlugo, w jakim czasie, w ile, czas realizacji, hur snabbt, \
         hur fort, hur lange, inom vilken tid, tidsram",
    ),
    (Key::What, Some("en"), "what is measured, measured"),
    (Key::What, Some("pl"), "co mierzymy, co sie mierzy"),
    (Key::What, Some("sv"), "vad som mats, vad mats"),
    (Key::Share, None, "share, udzial, andel, how often, jak czesto, hur ofta"),
    (Key::Critical, None, "critical, krytyczny, krytyczne, krytyczna, kritisk, kritiskt, kritiska, czy krytyczny"),
    (Key::Weight, None, "weight, waga, vikt, weighting, viktning"),
    (
        Key::Verify,
        None,
        "verify, verification, weryfikacja, sprawdzenie, sposob sprawdzenia, verifiering, how checked, \
         how verified, sprawdzanie, hur verifierad, how it is checked, jak sprawdzamy, hur kontrolleras, kontroll, \
         kontrola",
    ),
    (Key::Why, Some("en"), "why, reason, rationale"),
    (Key::Why, Some("pl"), "dlaczego, uzasadnienie, powod, po co"),
    (Key::Why, Some("sv"), "varfor, anledning, skal, motivering"),
    (Key::How, Some("en"), "how, key points, how to, instructions, training points"),
    (Key::How, Some("pl"), "jak, kluczowe punkty, wskazowki, jak to zrobic, instrukcja"),
    (Key::How, Some("sv"), "hur, sa har gor du, instruktion, instruktioner, nyckelpunkter"),
    (Key::How, None, "tips, instruction"),
    (Key::Say, Some("en"), "say, what to say, phrases"),
    (Key::Say, Some("pl"), "co powiedziec, co mowic, co mowimy, powiedz, zwroty"),
    (Key::Say, Some("sv"), "sag, sag sa har, fraser, formuleringar"),
    (Key::Say, None, "script"),
    (Key::Avoid, Some("en"), "avoid, not to say, what not to say"),
    (Key::Avoid, Some("pl"), "unikaj, czego unikac, nie mowimy"),
    (Key::Avoid, Some("sv"), "undvik, sag inte"),
    (Key::Sources, Some("en"), "source, sources, legal basis"),
    (Key::Sources, Some("pl"), "zrodlo, zrodla, podstawa, podstawa prawna"),
    (Key::Sources, Some("sv"), "kalla, kallor"),
    (
        Key::Note,
        None,
        "note, notes, comment, comments, remarks, remark, uwagi, uwaga, komentarz, komentarze, notatki, \
         anmarkning, anmarkningar, kommentar, kommentarer, notering, noteringar, obs",
    ),
];

/// Words that head the standards themselves or what is said about them.
const WEAK: [&str; 7] = ["description", "opis", "opis standardu", "beskrivning", "name", "nazwa", "namn"];

/// Questions that go on behind their first word: *Why is it important?*
const QUESTIONS: [(&str, Key); 3] = [("why ", Key::Why), ("dlaczego ", Key::Why), ("varfor ", Key::Why)];

/// Words for the languages of the program, without marks.
const LANGUAGES: [(&str, &[&str]); 3] = [
    ("en", &["en", "eng", "english", "ang", "angielski", "po angielsku", "engelska", "gb", "uk"]),
    ("pl", &["pl", "pol", "polish", "polski", "po polsku", "polska wersja", "polskie", "polska"]),
    ("sv", &["sv", "se", "swe", "swedish", "svenska", "szwedzki", "po szwedzku", "svensk"]),
];

/// What a heading says of its column; none where it is not known.
pub(super) fn head(written: &str) -> Option<Head> {
    let all = bare(written);
    if all.is_empty() && written.trim() == "#" {
        return Some(Head { key: Key::Number, language: None, unit: None, is_weak: false });
    }
    let known = |words: &str| {
        let strong = known_head(words).map(|(key, _)| (key, false));
        strong.or_else(|| WEAK.contains(&words).then_some((Key::Text, true)))
    };
    if let Some((key, is_weak)) = known(&all) {
        return Some(Head { key, language: None, unit: None, is_weak });
    }
    if written.trim_end().ends_with('?')
        && let Some((_, key)) = QUESTIONS.iter().find(|(start, _)| all.starts_with(start))
    {
        return Some(Head { key: *key, language: None, unit: None, is_weak: false });
    }
    // What stands in brackets, or behind a stroke, may be a language or a unit.
    let (words, language) = without_language(&all);
    let (key, is_weak) = match (words.as_str(), language) {
        ("", Some(_)) => (Key::Text, false),
        (words, Some(_)) => known(words)?,
        (_, None) => {
            // Several words for one thing, in one language or two: *No. / Nr*, *Standard / Krav*.
            let parts =
                written.split(['/', '|', '\n', '(', ')', '[', ']', ',', ';']).map(bare).filter(|part| !part.is_empty());
            let parts: Vec<String> = parts.collect();
            let (first, rest) = parts.split_first()?;
            let (key, is_weak) = known(first)?;
            if let [unit] = rest
                && let Some(unit) = unit_key(unit).filter(|_| key == Key::Measure)
            {
                return Some(Head { key, language: None, unit: Some(unit), is_weak });
            }
            let agrees = |part: &String| known(part).is_some_and(|(other, _)| other == key);
            return rest.iter().all(agrees).then_some(Head { key, language: None, unit: None, is_weak });
        }
    };
    Some(Head { key, language, unit: None, is_weak })
}

/// What words without marks head, and the language that alone has them.
fn known_head(words: &str) -> Option<(Key, Option<&'static str>)> {
    let (key, language, _) = HEADS.iter().find(|(.., heads)| heads.split(", ").any(|head| head == words))?;
    Some((*key, *language))
}

/// The language that a heading is written in; none where several have it.
pub(super) fn heading_language(heading: &str) -> Option<&'static str> {
    known_head(&bare(heading)).and_then(|(_, language)| language)
}

/// The language that a heading is no more than the name of.
pub(super) fn language_alone(written: &str) -> Option<&'static str> {
    let (rest, language) = without_language(&bare(written));
    language.filter(|_| rest.is_empty())
}

/// The words of a heading without those that name a language, and the language.
fn without_language(words: &str) -> (String, Option<&'static str>) {
    for (tag, names) in LANGUAGES {
        for name in names {
            let rest = match words == *name {
                true => Some(""),
                false => words.strip_suffix(name).filter(|rest| rest.ends_with(' ')),
            };
            let rest = rest.or_else(|| words.strip_prefix(name).filter(|rest| rest.starts_with(' ')));
            if let Some(rest) = rest {
                return (rest.trim().to_owned(), Some(tag));
            }
        }
    }
    (words.to_owned(), None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Language;
    use crate::language::Interface;

    #[test]
    fn headings_of_houses_are_known() {
        for (written, key, language) in [
            ("Lp.", Key::Number, None),
            ("#", Key::Number, None),
            ("STANDARD (PL)", Key::Text, Some("pl")),
            ("Standard – English", Key::Text, Some("en")),
            ("Svenska", Key::Text, Some("sv")),
            ("Dlaczego?", Key::Why, None),
            ("Varför / Motivering", Key::Why, None),
            ("Krytyczny", Key::Critical, None),
            ("Vikt", Key::Weight, None),
            ("Nivå", Key::Level, None),
            ("Treść standardu", Key::Text, None),
            ("Osoba odpowiedzialna", Key::Role, None),
            ("Why (EN)", Key::Why, Some("en")),
            ("Varför är det viktigt?", Key::Why, None),
            ("What we do / Co robimy", Key::Text, None),
            ("W jakim czasie?", Key::Measure, None),
            ("How fast", Key::Measure, None),
        ] {
            let found = head(written).unwrap_or_else(|| panic!("{written}"));
            assert_eq!((found.key, found.language), (key, language), "{written}");
        }
        // Those of the program's own sheet, but for what no house says.
        for words in crate::language::interface_languages().map(|tag| Interface::of(&Language::new(tag))) {
            for (key, word) in Key::ALL.iter().filter(|(key, _)| !matches!(key, Key::Number | Key::Note)) {
                let key_of_text = format!("standards-sheet.{word}");
                let heading = words.text(&key_of_text);
                assert_eq!(head(heading).map(|head| head.key), Some(*key), "{heading}");
            }
        }
        assert_eq!(head("Czas [s]").and_then(|head| head.unit), Some("s"));
        assert_eq!(head("Opis").map(|head| head.is_weak), Some(true));
        for unknown in ["Score 2024", "Wynik", "", "The receptionist greets the guest."] {
            assert_eq!(head(unknown), None, "{unknown}");
        }
    }
}
