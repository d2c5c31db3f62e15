//! Swedish.

mod finds;
mod grammar;
mod hollow;
mod vague;

use super::Lists;

/// The Swedish list.
#[rustfmt::skip]
pub(super) const LISTS: Lists = Lists {
    phrases: &[vague::PHRASES, hollow::PHRASES, finds::PHRASES, grammar::PHRASES],
    numbers: &[
        ("en|ett", 1.0), ("två", 2.0), ("tre", 3.0), ("fyra", 4.0), ("fem", 5.0), ("sex", 6.0),
        ("sju", 7.0), ("åtta", 8.0), ("nio", 9.0), ("tio", 10.0), ("elva", 11.0), ("tolv", 12.0),
        ("fjorton", 14.0), ("femton", 15.0), ("arton", 18.0), ("tjugo", 20.0), ("trettio", 30.0), ("fyrtio", 40.0), ("fyrtiofem", 45.0),
        ("femtio", 50.0),
        ("sextio", 60.0), ("nittio", 90.0),
    ],
    units: &[
        (&["s", "sek", "sekund|sekunder|sekunders|sekunden|sekunderna"], 1.0, "s"),
        (&["min", "minut|minuter|minuters|minuten|minuterna"], 1.0, "min"),
        (&["h", "tim", "timme|timmar|timmars|timmen|timma|timmarna"], 1.0, "h"),
        (&["d", "dag|dagar|dagars|dagarna", "dygn|dygns|dygnet"], 1.0, "d"),
        (&["vecka|veckor|veckors"], 7.0, "d"),
        (&[
            "arbetsdag|arbetsdagar|arbetsdagars", "vardag|vardagar|vardagars",
            "helgfri|helgfria vardag|vardagar",
        ], 1.0, "wd"),
        (&["månad|månader|månaders"], 1.0, "months"),
        (&["år|års|åren"], 12.0, "months"),
        (&["%", "procent", "procentig|procentigt"], 1.0, "%"),
        (&["mm", "millimeter"], 1.0, "mm"),
        (&["cm", "centimeter"], 1.0, "cm"),
        (&["m", "meter|meters"], 1.0, "m"),
        (&["km", "kilometer"], 1.0, "km"),
        (&["°c", "grad|grader", "grader celsius"], 1.0, "°C"),
        (&["signal|signaler|signalen|signalerna", "ringsignal|ringsignaler"], 1.0, "rings"),
    ],
    fixed: &[
        (&["halv minut", "en halv minut"], 30.0, "s"),
        (&["halvtimme|halvtimmen", "en halv timme", "halv timme"], 30.0, "min"),
        (&["kvart|kvarten"], 15.0, "min"),
        (&["tre kvart"], 45.0, "min"),
        (&["en och en halv minut", "halvannan minut"], 90.0, "s"),
        (&["en och en halv timme", "halvannan timme"], 90.0, "min"),
        (&["två och en halv timme"], 150.0, "min"),
        (&["fjorton dagar"], 14.0, "d"),
        (&["halvår|halvåret", "ett halvt år"], 6.0, "months"),
    ],
    infinitive: &[],
    participle: &["ade", "rad", "nad", "lad", "tad", "kad", "gad", "sad", "rat", "nat", "lat", "kat", "gat", "sat"],
    ongoing: &[],
    passive_infinitive: &["as"],
    passive: &["eras"],
    impersonal: &[],
    staff: &[
        "personalen", "personal", "medarbetaren", "handläggaren", "assistenten", "sköterskan", "läkaren",
        "rådgivaren", "chefen", "ledaren", "vakten", "värden", "föraren", "säljaren", "teknikern",
        "mästaren", "läraren", "sekreteraren", "terapeuten", "konsulten", "operatören", "entreprenören",
    ],
    manner: &[],
    agent: &[
        "aren", "arna", "ären", "ärerna", "ören", "örerna", "isten", "isterna", "ikern", "ikerna", "anten",
        "anterna", "logen", "logerna", "mannen", "männen", "iatern", "gogen", "gogerna", "skötaren", "erskan",
        "arinnan", "visaren", "värden", "värdarna", "mästaren",
    ],
    genitive: false,
    compounds: false,
};
