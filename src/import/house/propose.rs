//! What may be meant where a file does not say: proposed, with the reason, and never decided.

use super::figure::bound_in;
use super::{Figure, HouseStandard};
use crate::book::StandardType;
use crate::check::wording::single_quantity;
use crate::import::cell_words::bare;
use crate::message::Message;
use crate::say;
use crate::units::Unit;

/// What is proposed for a standard.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct HouseProposal {
    /// Its type, and why.
    pub kind: Option<(StandardType, Message)>,
    /// The one figure of its text.
    pub measure: Option<Figure>,
}

/// Beginnings of words without marks that say how staff speak and behave.
const PERSONAL: &[&str] = &[
    "greet",
    "smile",
    "smil",
    "thank",
    "say",
    "says",
    "speak",
    "ask",
    "asks",
    "listen",
    "name",
    "eye",
    "look",
    "introduc",
    "apolog",
    "rises",
    "wstaje",
    "reser",
    "wita",
    "usmiech",
    "dziekuj",
    "mowi",
    "pyta",
    "slucha",
    "imien",
    "nazwisk",
    "wzrok",
    "patrzy",
    "przeprasza",
    "zegna",
    "przedstawi",
    "halsar",
    "ler",
    "leende",
    "tackar",
    "sager",
    "fragar",
    "lyssnar",
    "namn",
    "ogonkontakt",
    "ursakt",
    "presenterar",
    "tilltal",
];

/// The same that say how something looks, or is.
const PRODUCT: &[&str] = &[
    "clean",
    "towel",
    "bed",
    "desk",
    "sign",
    "lit",
    "light",
    "floor",
    "menu",
    "uniform",
    "temperature",
    "brochure",
    "stocked",
    "tidy",
    "stands",
    "hangs",
    "lies",
    "czyst",
    "recznik",
    "lozk",
    "lada",
    "oswietl",
    "podlog",
    "menu",
    "uniform",
    "temperatur",
    "ulotk",
    "stoi",
    "wisi",
    "lezy",
    "zapach",
    "ren",
    "rent",
    "handduk",
    "sang",
    "skylt",
    "belyst",
    "golv",
    "meny",
    "uniform",
    "temperatur",
    "broschyr",
    "star",
    "hanger",
    "ligger",
];

/// The same that say in which order things are done, and what is recorded.
const PROCEDURAL: &[&str] = &[
    "record",
    "enter",
    "register",
    "form",
    "invoice",
    "receipt",
    "check",
    "reply",
    "answer",
    "call",
    "confirm",
    "hand",
    "return",
    "invoic",
    "wpisuj",
    "rejestr",
    "formularz",
    "faktur",
    "paragon",
    "sprawdza",
    "odpowiada",
    "odpisuj",
    "oddzwania",
    "potwierdza",
    "przekazuj",
    "odbiera",
    "registrer",
    "formular",
    "faktur",
    "kvitto",
    "kontroller",
    "svarar",
    "ringer",
    "bekraft",
    "lamnar",
    "skriver",
    "noter",
];

/// What is proposed for a standard that does not say it.
pub(crate) fn proposal(item: &HouseStandard) -> HouseProposal {
    let Some((tag, text)) = item.text.first() else { return HouseProposal::default() };
    let measure = item.measure.is_none().then(|| measure(text, tag)).flatten();
    let kind = item.kind.is_none().then(|| kind(text, measure.is_some() || item.measure.is_some())).flatten();
    HouseProposal { kind, measure }
}

/// The type that the words of a text speak for, where they speak for one.
fn kind(text: &str, is_measured: bool) -> Option<(StandardType, Message)> {
    // Who stands up does something; what stands somewhere is there.
    let bare = ["stands up", "stand up", "star upp"].iter().fold(bare(text), |text, rise| text.replace(rise, "rises"));
    let words: Vec<&str> = bare.split(' ').collect();
    // A short beginning is the whole word, or it would be the beginning of too many.
    let begins = |word: &str, start: &str| if start.len() <= 3 { word == start } else { word.starts_with(start) };
    let count = |starts: &[&str]| words.iter().filter(|word| starts.iter().any(|start| begins(word, start))).count();
    let first = |starts: &[&str]| words.iter().position(|word| starts.iter().any(|start| begins(word, start)));
    let lists = [
        (PERSONAL, StandardType::Personal, say!("it says how staff speak or behave")),
        (PRODUCT, StandardType::Product, say!("it says how something is or looks")),
        (PROCEDURAL, StandardType::Procedural, say!("it says what is done, in which order, or what is recorded")),
    ];
    let spoken = lists.into_iter().filter(|(starts, ..)| count(starts) > 0);
    // Of two that are spoken for alike, the one that is spoken of first: what comes behind is where, and with what.
    let best = spoken.min_by_key(|(starts, ..)| (usize::MAX - count(starts), first(starts)));
    match best {
        Some((_, kind, why)) => Some((kind, why)),
        None => is_measured.then(|| (StandardType::Procedural, say!("it sets a limit"))),
    }
}

/// The one figure of a text that says which way it bounds.
fn measure(text: &str, tag: &str) -> Option<Figure> {
    let tag = tag.split('-').next().unwrap_or(tag);
    let value = single_quantity(text, tag, |quantity| quantity.unit != Unit::Count)?;
    let bound = bound_in(text, tag, &value)?;
    Some(Figure { bound, value: value.plain(), high: None, share: None })
}

/// Words that tell nothing apart, without marks.
const EMPTY: &[&str] = &[
    "the", "a", "an", "is", "are", "of", "to", "and", "in", "on", "at", "with", "for", "their", "every", "each", "its",
    "it", "by", "be", "jest", "sa", "sie", "i", "w", "z", "na", "do", "od", "o", "oraz", "kazdy", "kazda", "kazde",
    "po", "za", "ze", "we", "jego", "jej", "ar", "en", "ett", "den", "det", "de", "och", "att", "i", "pa", "med",
    "for", "av", "till", "som", "varje", "sin", "sitt",
];

/// The words of a text that an id is made of: the first that tell it apart.
pub(crate) fn words_for_id(text: &str) -> String {
    let bare = bare(text);
    let telling: Vec<&str> = bare.split(' ').filter(|word| !word.is_empty() && !EMPTY.contains(word)).take(5).collect();
    if telling.is_empty() { "standard".to_owned() } else { telling.join("-") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(tag: &str, text: &str) -> (Option<&'static str>, Option<String>) {
        let item = HouseStandard { text: vec![(tag.to_owned(), text.to_owned())], ..HouseStandard::default() };
        let proposal = proposal(&item);
        (
            proposal.kind.map(|(kind, _)| kind.word()),
            proposal.measure.map(|figure| format!("{} {}", figure.bound.key(), figure.value)),
        )
    }

    #[test]
    fn words_and_figures_propose() {
        let within = Some("within 10 s".to_owned());
        assert_eq!(
            of("en", "The receptionist greets the guest within 10 seconds."),
            (Some("personal"), within.clone())
        );
        assert_eq!(of("pl", "Recepcjonista wita gościa w ciągu 10 sekund."), (Some("personal"), within.clone()));
        assert_eq!(of("sv", "Receptionisten hälsar gästen inom 10 sekunder."), (Some("personal"), within));
        assert_eq!(of("pl", "Ręczniki są czyste."), (Some("product"), None));
        assert_eq!(of("en", "The receptionist stands up for the guest."), (Some("personal"), None));
        assert_eq!(of("sv", "Receptionisten står upp för gästen."), (Some("personal"), None));
        assert_eq!(of("sv", "Skylten står uppe på disken."), (Some("product"), None));
        assert_eq!(of("sv", "Fakturan registreras samma dag."), (Some("procedural"), None));
        assert_eq!(of("en", "Every day begins anew."), (None, None));
        assert_eq!(of("en", "Two towels of 70 cm hang within 2 m of the door."), (Some("product"), None));
        assert_eq!(
            words_for_id("The receptionist greets the guest within 10 seconds."),
            "receptionist-greets-guest-within-10"
        );
        assert_eq!(words_for_id("…"), "standard");
    }
}
