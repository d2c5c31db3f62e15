//! Words of the format as people write them in Polish and Swedish: what they lead to. A language is a table here.

use deunicode::deunicode;

/// What a word without its marks, in lower case, stands for.
type Meanings = &'static [(&'static str, &'static str)];

/// All tables.
const LANGUAGES: [Meanings; 2] = [POLISH, SWEDISH];

const POLISH: Meanings = &[
    ("administracja", "department"),
    ("aktywna", "active"),
    ("aktywny", "active"),
    ("audytor", "auditor"),
    ("branza", "sector"),
    ("cecha", "trait"),
    ("cechy", "traits"),
    ("cel", "target"),
    ("co", "what"),
    ("co najmniej", "at-least"),
    ("co-najmniej", "at-least"),
    ("czat", "chat"),
    ("czego chce", "wants"),
    ("dane z systemu", "system"),
    ("data", "date"),
    ("dlaczego", "why"),
    ("do", "to"),
    ("dokumentacja", "documentation"),
    ("dowody", "evidence"),
    ("dzialanie", "action"),
    ("dzialy", "departments"),
    ("e-mail", "email"),
    ("ekskluzywny", "exclusive"),
    ("elementy materialne", "tangibles"),
    ("empatia", "empathy"),
    ("etap", "phase"),
    ("etapy", "phases"),
    ("fachowosc i zaufanie", "assurance"),
    ("faza", "phase"),
    ("fazy", "phases"),
    ("gdy", "when"),
    ("gotowosc do pomocy", "responsiveness"),
    ("identyfikator", "id"),
    ("jak", "how"),
    ("jezyk", "languages"),
    ("jezyki", "languages"),
    ("kiedy", "when"),
    ("klient", "customer"),
    ("komunikacja", "communication"),
    ("kontakt", "contact"),
    ("kontrola", "inspect"),
    ("kontrola", "verify"),
    ("kraj", "country"),
    ("krok", "step"),
    ("kroki", "steps"),
    ("kryterium", "measure"),
    ("krytyczne", "critical"),
    ("krytyczny", "critical"),
    ("marka", "brand"),
    ("miara", "measure"),
    ("miedzy", "between"),
    ("miejsce", "site"),
    ("moment prawdy", "moment-of-truth"),
    ("moment-prawdy", "moment-of-truth"),
    ("mow", "say"),
    ("mowic", "say"),
    ("najwyzej", "at-most"),
    ("nazwa", "title"),
    ("nie dotyczy", "n/a"),
    ("nie zaobserwowano", "not observed"),
    ("niespelnione", "not met"),
    ("niespelniony", "not met"),
    ("niezawodnosc", "reliability"),
    ("obowiazuje", "active"),
    ("obraz", "image"),
    ("obrazek", "image"),
    ("obserwacja", "observe"),
    ("obszar", "area"),
    ("obszary", "areas"),
    ("oczekiwane", "expected"),
    ("oczekiwany", "expected"),
    ("odbiorca", "to"),
    ("odpowiedz", "answer"),
    ("odpowiedzi", "answers"),
    ("ogledziny", "inspect"),
    ("opis", "text"),
    ("organizacja", "organisation"),
    ("osobiscie", "face-to-face"),
    ("osobiste", "personal"),
    ("osobisty", "personal"),
    ("personel", "staff"),
    ("plec", "gender"),
    ("poczta", "post"),
    ("podstawowe", "basic"),
    ("podstawowy", "basic"),
    ("powiedz", "say"),
    ("poziom", "level"),
    ("poziomy", "levels"),
    ("pracownik", "staff"),
    ("procedura", "procedure"),
    ("proceduralne", "procedural"),
    ("proceduralny", "procedural"),
    ("produktowe", "product"),
    ("produktowy", "product"),
    ("profesjonalizm", "professionalism"),
    ("przeglad", "review"),
    ("przekazanie", "handoff"),
    ("pytanie", "ask"),
    ("reguly", "rules"),
    ("robocza", "draft"),
    ("roboczo", "draft"),
    ("roboczy", "draft"),
    ("rodzaj", "type"),
    ("rola", "role"),
    ("scenariusz", "scenarios"),
    ("scenariusze", "scenarios"),
    ("sektor", "sector"),
    ("sekwencja", "sequence"),
    ("sekwencje", "sequences"),
    ("spelnione", "met"),
    ("spelniony", "met"),
    ("sprawdzenie", "verify"),
    ("standard", "standards"),
    ("standardy", "standards"),
    ("strona internetowa", "web"),
    ("sytuacja", "situation"),
    ("szkic", "draft"),
    ("tajemniczy klient", "mystery"),
    ("tekst", "text"),
    ("telefon", "phone"),
    ("transakcja", "transaction"),
    ("tresc", "text"),
    ("trwa", "lasts"),
    ("twarza w twarz", "face-to-face"),
    ("typ", "type"),
    ("tytul", "title"),
    ("udzial", "share"),
    ("unikaj", "avoid"),
    ("w ciagu", "within"),
    ("w-ciagu", "within"),
    ("waga", "weight"),
    ("warunek", "when"),
    ("wersja robocza", "draft"),
    ("weryfikacja", "verify"),
    ("wizyta tajemniczego klienta", "mystery"),
    ("wlasciciel", "owner"),
    ("wsparcie", "support"),
    ("wycofany", "retired"),
    ("wydajnosc", "performance"),
    ("zapis", "record"),
    ("zaplecze", "backstage"),
    ("zasady", "rules"),
    ("zastepstwo", "covered-by"),
    ("zastepuje", "covered-by"),
    ("zdjecie", "image"),
    ("zrodla", "sources"),
    ("zrodlo", "sources"),
];

const SWEDISH: Meanings = &[
    ("aktiv", "active"),
    ("anledning", "why"),
    ("anonymt besok", "mystery"),
    ("ansikte mot ansikte", "face-to-face"),
    ("ansvarig", "owner"),
    ("atgard", "action"),
    ("avdelning", "department"),
    ("avdelningar", "departments"),
    ("bakom", "backstage"),
    ("bevis", "evidence"),
    ("bild", "image"),
    ("bransch", "sector"),
    ("chatt", "chat"),
    ("datum", "date"),
    ("dokumentation", "documentation"),
    ("e-post", "email"),
    ("egenskap", "trait"),
    ("egenskaper", "traits"),
    ("ej observerat", "not observed"),
    ("ej tillampligt", "n/a"),
    ("ej uppfyllt", "not met"),
    ("empati", "empathy"),
    ("epost", "email"),
    ("exklusiv", "exclusive"),
    ("fas", "phase"),
    ("faser", "phases"),
    ("forvantad", "expected"),
    ("fraga", "ask"),
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
    ("kontroll", "inspect"),
    ("kontroll", "verify"),
    ("kritisk", "critical"),
    ("kund", "customer"),
    ("kunden", "customer"),
    ("land", "country"),
    ("mal", "target"),
    ("malniva", "target"),
    ("matning", "measure"),
    ("matt", "measure"),
    ("medarbetare", "staff"),
    ("mellan", "between"),
    ("minst", "at-least"),
    ("motet", "face-to-face"),
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
    ("regel", "rules"),
    ("regler", "rules"),
    ("roll", "role"),
    ("roller", "roles"),
    ("sag", "say"),
    ("sanningens ogonblick", "moment-of-truth"),
    ("se noteringen", "record"),
    ("se systemet", "system"),
    ("sektor", "sector"),
    ("sekvens", "sequence"),
    ("sekvenser", "sequences"),
    ("situation", "situation"),
    ("skal", "why"),
    ("sprak", "languages"),
    ("standard", "standards"),
    ("standarder", "standards"),
    ("steg", "step"),
    ("steg", "steps"),
    ("stod", "support"),
    ("svar", "answers"),
    ("telefon", "phone"),
    ("tillforlitlighet", "reliability"),
    ("titel", "title"),
    ("transaktion", "transaction"),
    ("typ", "type"),
    ("undvik", "avoid"),
    ("uppfyllt", "met"),
    ("upphavd", "retired"),
    ("utkast", "draft"),
    ("vad", "what"),
    ("vantar", "waits"),
    ("varar", "lasts"),
    ("varfor", "why"),
    ("varumarke", "brand"),
    ("verifiera", "verify"),
    ("vikt", "weight"),
    ("vill", "wants"),
    ("webb", "web"),
    ("webbsida", "web"),
];

/// How the library's traits are called as adjectives, in Polish and Swedish: the beginning without marks.
const TRAITS: Meanings = &[
    ("diskret", "discreet"),
    ("dokladn", "accurate"),
    ("dyskretn", "discreet"),
    ("fachow", "knowledgeable"),
    ("fortroende", "trustworthy"),
    ("gastfri", "hospitable"),
    ("gastvanlig", "hospitable"),
    ("goscinn", "hospitable"),
    ("hjalpsam", "helpful"),
    ("individ", "individual"),
    ("indywidualn", "individual"),
    ("jasn", "clear"),
    ("kompetent", "knowledgeable"),
    ("kunnig", "knowledgeable"),
    ("mily", "friendly"),
    ("niezawodn", "reliable"),
    ("noggrann", "accurate"),
    ("omtank", "caring"),
    ("opiekuncz", "caring"),
    ("organiserad", "organised"),
    ("palitlig", "reliable"),
    ("pomocn", "helpful"),
    ("precyzyjn", "accurate"),
    ("przyjazn", "friendly"),
    ("punktlig", "prompt"),
    ("punktualn", "prompt"),
    ("rzeteln", "reliable"),
    ("schludn", "well-kept"),
    ("serdeczn", "friendly"),
    ("snabb", "prompt"),
    ("szybk", "prompt"),
    ("terminow", "prompt"),
    ("troskliw", "caring"),
    ("trovardig", "trustworthy"),
    ("tydlig", "clear"),
    ("uczynn", "helpful"),
    ("uppmarksam", "attentive"),
    ("uprzejm", "friendly"),
    ("uwazn", "attentive"),
    ("valordnad", "organised"),
    ("valorganiserad", "organised"),
    ("valvardad", "well-kept"),
    ("vanlig", "friendly"),
    ("wiarygodn", "trustworthy"),
    ("zadban", "well-kept"),
    ("zorganizowan", "organised"),
    ("zrozumial", "clear"),
    ("zyczliw", "friendly"),
];

/// How the library's sectors are called, in its three languages, without marks.
const SECTORS: Meanings = &[
    ("advokatbyra", "law-office"),
    ("bank", "bank-branch"),
    ("bankkontor", "bank-branch"),
    ("bibliotek", "library"),
    ("biblioteka", "library"),
    ("bilverkstad", "car-service"),
    ("butik", "shop"),
    ("clinic", "medical"),
    ("doctor", "medical"),
    ("firma", "small-business"),
    ("foretag", "small-business"),
    ("garage", "car-service"),
    ("handel", "shop"),
    ("hotell", "hotel"),
    ("infolinia", "contact-centre"),
    ("kancelaria", "law-office"),
    ("kommun", "public-office"),
    ("kundservice", "contact-centre"),
    ("lakare", "medical"),
    ("lakarmottagning", "medical"),
    ("lekarz", "medical"),
    ("lawyer", "law-office"),
    ("myndighet", "public-office"),
    ("office", "public-office"),
    ("przychodnia", "medical"),
    ("restauracja", "restaurant"),
    ("restaurang", "restaurant"),
    ("retail", "shop"),
    ("serwis samochodowy", "car-service"),
    ("sklep", "shop"),
    ("skola", "school"),
    ("smaforetag", "small-business"),
    ("store", "shop"),
    ("szkola", "school"),
    ("urzad", "public-office"),
    ("vardcentral", "medical"),
    ("verkstad", "car-service"),
    ("warsztat", "car-service"),
];

/// A word without marks and capitals.
pub(super) fn folded(word: &str) -> String {
    deunicode(word.get(..200).unwrap_or(word)).to_lowercase()
}

/// The trait of the library among `known` that a Polish or Swedish adjective stands for.
pub(super) fn trait_meant<'a>(word: &str, mut known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > 60 {
        return None;
    }
    let folded = folded(word);
    let (_, meaning) = TRAITS.iter().find(|(start, _)| {
        // What is left is an ending: `uprzejma`, `uprzejmość`.
        folded.strip_prefix(start).is_some_and(|rest| rest.len() <= 4 && rest.chars().all(|c| c.is_ascii_lowercase()))
    })?;
    known.find(|known| known == meaning)
}

/// The sector of the library that a word for it stands for.
pub(crate) fn sector_meant(word: &str) -> Option<&'static str> {
    if word.len() > 60 {
        return None;
    }
    let folded = folded(word);
    SECTORS.iter().find(|(known, _)| *known == folded).map(|(_, meaning)| *meaning)
}

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
