//! Words of the format as people write them in Polish and Swedish: what they lead to. A language is a table here.

use deunicode::deunicode;

/// What a word without its marks, in lower case, stands for.
type Meanings = &'static [(&'static str, &'static str)];

/// All tables.
const LANGUAGES: [Meanings; 2] = [POLISH, SWEDISH];

const POLISH: Meanings = &[
    ("administracja", "department"),
    ("aktywny", "active"),
    ("aktywna", "active"),
    ("audytor", "auditor"),
    ("cecha", "trait"),
    ("cechy", "traits"),
    ("co", "what"),
    ("co najmniej", "at-least"),
    ("co-najmniej", "at-least"),
    ("cel", "target"),
    ("czat", "chat"),
    ("czego chce", "wants"),
    ("data", "date"),
    ("dlaczego", "why"),
    ("do", "to"),
    ("dokumentacja", "documentation"),
    ("dowody", "evidence"),
    ("dzialanie", "action"),
    ("dzialy", "departments"),
    ("ekskluzywny", "exclusive"),
    ("etap", "phase"),
    ("etapy", "phases"),
    ("faza", "phase"),
    ("fazy", "phases"),
    ("identyfikator", "id"),
    ("jak", "how"),
    ("jezyk", "languages"),
    ("jezyki", "languages"),
    ("kiedy", "when"),
    ("klient", "customer"),
    ("komunikacja", "communication"),
    ("kontakt", "contact"),
    ("kroki", "steps"),
    ("krok", "step"),
    ("kryterium", "measure"),
    ("krytyczny", "critical"),
    ("krytyczne", "critical"),
    ("miara", "measure"),
    ("miejsce", "site"),
    ("miedzy", "between"),
    ("moment prawdy", "moment-of-truth"),
    ("moment-prawdy", "moment-of-truth"),
    ("najwyzej", "at-most"),
    ("nazwa", "title"),
    ("nie dotyczy", "n/a"),
    ("nie zaobserwowano", "not observed"),
    ("niespelniony", "not met"),
    ("niespelnione", "not met"),
    ("obserwacja", "observe"),
    ("obszar", "area"),
    ("obszary", "areas"),
    ("oczekiwany", "expected"),
    ("oczekiwane", "expected"),
    ("odpowiedzi", "answers"),
    ("odpowiedz", "answer"),
    ("odbiorca", "to"),
    ("ogledziny", "inspect"),
    ("organizacja", "organisation"),
    ("osobisty", "personal"),
    ("osobiscie", "face-to-face"),
    ("osobiste", "personal"),
    ("opis", "text"),
    ("personel", "staff"),
    ("plec", "gender"),
    ("podstawowy", "basic"),
    ("podstawowe", "basic"),
    ("poczta", "post"),
    ("poziom", "level"),
    ("poziomy", "levels"),
    ("pracownik", "staff"),
    ("procedura", "procedure"),
    ("proceduralny", "procedural"),
    ("proceduralne", "procedural"),
    ("produktowy", "product"),
    ("produktowe", "product"),
    ("profesjonalizm", "professionalism"),
    ("przeglad", "review"),
    ("przekazanie", "handoff"),
    ("pytanie", "ask"),
    ("rola", "role"),
    ("rodzaj", "type"),
    ("scenariusze", "scenarios"),
    ("scenariusz", "scenarios"),
    ("sekwencja", "sequence"),
    ("sekwencje", "sequences"),
    ("sektor", "sector"),
    ("spelniony", "met"),
    ("spelnione", "met"),
    ("standard", "standards"),
    ("standardy", "standards"),
    ("sprawdzenie", "verify"),
    ("szkic", "draft"),
    ("sytuacja", "situation"),
    ("tekst", "text"),
    ("telefon", "phone"),
    ("transakcja", "transaction"),
    ("tresc", "text"),
    ("trwa", "lasts"),
    ("typ", "type"),
    ("tytul", "title"),
    ("udzial", "share"),
    ("unikaj", "avoid"),
    ("w ciagu", "within"),
    ("w-ciagu", "within"),
    ("waga", "weight"),
    ("warunek", "when"),
    ("weryfikacja", "verify"),
    ("wlasciciel", "owner"),
    ("wsparcie", "support"),
    ("wycofany", "retired"),
    ("wydajnosc", "performance"),
    ("zapis", "record"),
    ("zaplecze", "backstage"),
    ("zastepuje", "covered-by"),
    ("zastepstwo", "covered-by"),
    ("zasady", "rules"),
    ("zrodla", "sources"),
    ("zrodlo", "sources"),
];

const SWEDISH: Meanings = &[
    ("aktiv", "active"),
    ("ansvarig", "owner"),
    ("anledning", "why"),
    ("avdelning", "department"),
    ("avdelningar", "departments"),
    ("atgard", "action"),
    ("bakom", "backstage"),
    ("bevis", "evidence"),
    ("chatt", "chat"),
    ("datum", "date"),
    ("dokumentation", "documentation"),
    ("e-post", "email"),
    ("egenskap", "trait"),
    ("egenskaper", "traits"),
    ("ej observerat", "not observed"),
    ("ej tillampligt", "n/a"),
    ("ej uppfyllt", "not met"),
    ("exklusiv", "exclusive"),
    ("fas", "phase"),
    ("faser", "phases"),
    ("forvantad", "expected"),
    ("galler", "active"),
    ("granskare", "auditor"),
    ("grundlaggande", "basic"),
    ("hogst", "at-most"),
    ("hur", "how"),
    ("iaktta", "observe"),
    ("inom", "within"),
    ("inspektera", "inspect"),
    ("kalla", "sources"),
    ("kallor", "sources"),
    ("kanal", "via"),
    ("kommunikation", "communication"),
    ("kontakt", "contact"),
    ("kritisk", "critical"),
    ("kund", "customer"),
    ("kunden", "customer"),
    ("mal", "target"),
    ("malniva", "target"),
    ("matt", "measure"),
    ("matning", "measure"),
    ("medarbetare", "staff"),
    ("mellan", "between"),
    ("minst", "at-least"),
    ("namn", "title"),
    ("nar", "when"),
    ("niva", "level"),
    ("nivaer", "levels"),
    ("omrade", "area"),
    ("omraden", "areas"),
    ("organisation", "organisation"),
    ("overlamning", "handoff"),
    ("oversyn", "review"),
    ("personal", "staff"),
    ("personlig", "personal"),
    ("personligt mote", "face-to-face"),
    ("plats", "site"),
    ("prestation", "performance"),
    ("procedur", "procedural"),
    ("produkt", "product"),
    ("regler", "rules"),
    ("roll", "role"),
    ("roller", "roles"),
    ("sag", "say"),
    ("sanningens ogonblick", "moment-of-truth"),
    ("sektor", "sector"),
    ("sekvens", "sequence"),
    ("sekvenser", "sequences"),
    ("situation", "situation"),
    ("skal", "why"),
    ("sprak", "languages"),
    ("standard", "standards"),
    ("standarder", "standards"),
    ("steg", "steps"),
    ("stod", "support"),
    ("svar", "answers"),
    ("telefon", "phone"),
    ("titel", "title"),
    ("transaktion", "transaction"),
    ("typ", "type"),
    ("undvik", "avoid"),
    ("upphavd", "retired"),
    ("uppfyllt", "met"),
    ("utkast", "draft"),
    ("vad", "what"),
    ("vantar", "waits"),
    ("varar", "lasts"),
    ("varfor", "why"),
    ("verifiera", "verify"),
    ("vikt", "weight"),
    ("vill", "wants"),
];

/// The word of the format among `known` that a Polish or Swedish one stands for.
pub fn meant<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > 60 {
        return None;
    }
    let folded = deunicode(word).to_lowercase();
    let meanings = LANGUAGES.iter().flat_map(|table| table.iter()).filter(|(word, _)| *word == folded);
    let meanings: Vec<&str> = meanings.map(|(_, meaning)| *meaning).collect();
    // One word may lead to a key of one or of several: `krok` to `step` in a standard, `steps` in a phase.
    let fits = |known: &str, meaning: &str| {
        known == meaning || known.strip_suffix('s') == Some(meaning) || meaning.strip_suffix('s') == Some(known)
    };
    known.into_iter().find(|known| meanings.iter().any(|meaning| fits(known, meaning)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_another_language_leads_to_the_formats() {
        let of_standard = ["id", "step", "trait", "type", "level", "role", "text"];
        for (word, meaning) in [
            ("poziom", "level"),
            ("Cechy", "trait"),
            ("krok", "step"),
            ("nivå", "level"),
            ("egenskap", "trait"),
            ("Typ", "type"),
        ] {
            assert_eq!(meant(word, of_standard), Some(meaning), "{word}");
        }
        assert_eq!(meant("podstawowy", ["basic", "expected"]), Some("basic"));
        assert_eq!(meant("grundläggande", ["basic", "expected"]), Some("basic"));
        assert_eq!(meant("parasol", of_standard), None);
    }

    #[test]
    fn tables_hold_folded_words() {
        for (word, _) in LANGUAGES.iter().flat_map(|table| table.iter()) {
            assert_eq!(deunicode(word).to_lowercase(), *word);
        }
    }
}
