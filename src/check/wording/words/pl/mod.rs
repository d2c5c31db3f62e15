//! Polish.

mod finds;
mod grammar;
mod hollow;
mod vague;

use super::Lists;

/// The Polish list.
#[rustfmt::skip]
pub(super) const LISTS: Lists = Lists {
    phrases: &[vague::PHRASES, hollow::PHRASES, finds::PHRASES, grammar::PHRASES],
    numbers: &[
        ("jeden|jedna|jedno|jednego|jednej|jednym|jedną", 1.0),
        ("dwa|dwie|dwóch|dwu|dwaj|dwoma|dwiema|dwoje|dwom", 2.0),
        ("trzy|trzech|trzej|trzem|trzema|troje", 3.0),
        ("cztery|czterech|czterej|czterem|czterema|czworo", 4.0),
        ("pięć|pięciu|pięcioma|pięcioro", 5.0), ("sześć|sześciu|sześcioma", 6.0),
        ("siedem|siedmiu", 7.0), ("osiem|ośmiu", 8.0), ("dziewięć|dziewięciu", 9.0),
        ("dziesięć|dziesięciu", 10.0), ("jedenaście|jedenastu", 11.0), ("dwanaście|dwunastu", 12.0),
        ("czternaście|czternastu", 14.0), ("piętnaście|piętnastu", 15.0), ("osiemnaście|osiemnastu", 18.0), ("dwadzieścia|dwudziestu", 20.0),
        ("trzydzieści|trzydziestu", 30.0), ("czterdzieści|czterdziestu", 40.0),
        ("pięćdziesiąt|pięćdziesięciu", 50.0), ("sześćdziesiąt|sześćdziesięciu", 60.0), ("dziewięćdziesiąt|dziewięćdziesięciu", 90.0),
    ],
    units: &[
        (&[
            "s", "sek", "sekunda|sekundy|sekund|sekundę|sekundom|sekundach|sekundami",
            "sekundowy|sekundowa|sekundowe|sekundowego|sekundowej|sekundowym",
        ], 1.0, "s"),
        (&[
            "min", "minuta|minuty|minut|minutę|minutom|minutach|minutami",
            "minutowy|minutowa|minutowe|minutowego|minutowej|minutowym|minutową",
        ], 1.0, "min"),
        (&[
            "h", "godz", "godzina|godziny|godzin|godzinę|godzinom|godzinach|godzinami|godzinie",
            "godzinny|godzinna|godzinne|godzinnego|godzinnej",
        ], 1.0, "h"),
        (&[
            "d", "dzień|dnia|dni|dniach|dniami|dniom|dniu", "doba|doby|dobę|dób|dobie",
            "dniowy|dniowa|dniowe|dniowego|dniowym",
        ], 1.0, "d"),
        (&["tydzień|tygodnia|tygodnie|tygodni|tygodniach"], 7.0, "d"),
        (&["dzień|dnia|dni|dniach roboczy|roboczego|robocze|roboczych"], 1.0, "wd"),
        (&["miesiąc|miesiąca|miesiące|miesięcy|miesiącach"], 1.0, "months"),
        (&["rok|roku|lata|lat|latach"], 12.0, "months"),
        (&["%", "procent|procenta|procentów|procentach", "proc"], 1.0, "%"),
        (&["mm", "milimetr|milimetra|milimetry|milimetrów"], 1.0, "mm"),
        (&["cm", "centymetr|centymetra|centymetry|centymetrów"], 1.0, "cm"),
        (&["m", "metr|metra|metry|metrów|metrach|metrowy|metrowa|metrowe"], 1.0, "m"),
        (&["km", "kilometr|kilometra|kilometry|kilometrów"], 1.0, "km"),
        (&[
            "°c", "stopień|stopnia|stopnie|stopni", "stopień|stopnia|stopnie|stopni celsjusza",
        ], 1.0, "°C"),
        (&[
            "sygnał|sygnału|sygnały|sygnałów|sygnale|sygnałach",
            "dzwonek|dzwonka|dzwonki|dzwonków|dzwonku|dzwonkach",
        ], 1.0, "rings"),
    ],
    fixed: &[
        (&["pół minuty"], 30.0, "s"),
        (&["w ciągu|przeciągu minuty", "w minutę"], 1.0, "min"),
        (&["pół godziny"], 30.0, "min"),
        (&["kwadrans|kwadransa"], 15.0, "min"),
        (&["trzy kwadranse", "trzech kwadransów"], 45.0, "min"),
        (&["dwa kwadranse", "dwóch kwadransów"], 30.0, "min"),
        (&["półtorej minuty"], 90.0, "s"),
        (&["półtorej godziny"], 90.0, "min"),
        (&["półtora dnia"], 1.5, "d"),
        (&["półtora tygodnia"], 10.5, "d"),
        (&["pół roku"], 6.0, "months"),
        (&["półtora roku"], 18.0, "months"),
        (&["w ciągu|przeciągu godziny"], 1.0, "h"),
        (&["w ciągu|przeciągu doby"], 1.0, "d"),
        (&["w ciągu|przeciągu dnia roboczego"], 1.0, "wd"),
    ],
    infinitive: &["ać", "ować", "eć", "ić", "yć", "uć", "ąć", "jść", "ieść", "ieźć", "móc", "kłaść", "siąść"],
    participle: &[
        "any", "ana", "ane", "ani", "ony", "ona", "one", "eni", "ęty", "ęta", "ęte", "ęci", "yty", "yta", "yte", "yci", "uty", "uta", "ute", "rty", "rta", "rte", "arci",
    ],
    ongoing: &[
        "ywany", "ywana", "ywane", "ywani", "iwany", "iwana", "iwane", "iwani",
        "acany", "acana", "acane", "acani", "adany", "adana", "adane", "adani", "awiany", "awiana",
        "awiane", "awiani", "amiany", "amiana", "amiane", "amiani", "ieniany", "ieniana", "ieniane", "ieniani",
        "ełniany", "ełniana", "ełniane", "ełniani", "adzany", "adzana", "adzane", "adzani", "awdzany", "awdzana",
        "awdzane", "awdzani", "aszany", "aszana", "aszane", "aszani", "rczany", "rczana", "rczane", "rczani",
        "mykany", "mykana", "mykane", "mykani", "yłany", "yłana", "yłane", "yłani", "iatany", "iatana", "iatane",
        "iatani", "wożony", "wożona", "wożone", "wożoni", "noszony", "noszona", "noszone", "noszoni", "jaśniany",
        "jaśniana", "jaśniane", "jaśniani",
    ],
    passive_infinitive: &[],
    passive: &[],
    impersonal: &[
        "analizuje", "anuluje", "archiwizuje", "bada", "czesze", "czyta", "czyści", "częstuje", "demonstruje",
        "demontuje", "dezynfekuje", "dobiera", "dokręca", "dokumentuje", "dokłada", "dolewa", "dopisuje",
        "doprawia", "doręcza", "dostarcza", "dosypuje", "dowozi", "drukuje", "dziękuje", "dzwoni", "eskortuje",
        "fakturuje", "filmuje", "fotografuje", "gotuje", "informuje", "instruuje", "karmi", "kontroluje", "kopiuje",
        "kroi", "księguje", "kupuje", "kąpie", "kładzie", "liczy", "maluje", "mierzy", "mocuje", "montuje", "myje",
        "nadaje", "nadzoruje", "nagrywa", "nakleja", "nakrywa", "nalewa", "nalicza", "nanosi", "napełnia",
        "naprawia", "niszczy", "notuje", "obcina", "objaśnia", "obsługuje", "ocenia", "odbiera", "odcina",
        "odczytuje", "oddaje", "oddzwania", "odkurza", "odkłada", "odmraża", "odnotowuje", "odpowiada",
        "odprowadza", "odsyła", "odtwarza", "odwozi", "odwołuje", "oferuje", "ogrzewa", "ogłasza", "omawia",
        "opisuje", "opróżnia", "ostrzega", "pakuje", "parkuje", "piecze", "pieczętuje", "pierze", "plombuje",
        "pobiera", "podaje", "podgrzewa", "podlewa", "pokazuje", "poleruje", "pompuje", "potwierdza", "poucza",
        "powiadamia", "powierza", "prasuje", "proponuje", "prosi", "prowadzi", "przechowuje", "przegląda",
        "przekazuje", "przekłada", "przelewa", "przepisuje", "przeprasza", "przesyła", "przydziela", "przyjmuje",
        "przykleja", "przynosi", "przypomina", "przywozi", "publikuje", "realizuje", "rezerwuje", "rozdaje",
        "rozdziela", "rozkłada", "rozpakowuje", "rozpatruje", "rozstawia", "rozsyła", "rozładowuje", "sadza",
        "segreguje", "serwuje", "skanuje", "smaruje", "smaży", "sporządza", "sprawdza", "sprzedaje", "sprząta",
        "stempluje", "sterylizuje", "stosuje", "strzyże", "szczepi", "szlifuje", "tankuje", "tnie", "traktuje",
        "udziela", "układa", "uprzedza", "ustala", "usuwa", "utylizuje", "uzupełnia", "używa", "waży", "weryfikuje",
        "wierci", "wiesza", "wietrzy", "wkłada", "wnosi", "woskuje", "woła", "wprowadza", "wpuszcza",
        "wpłaca", "wręcza", "wybiera", "wyciera", "wydziela", "wyjaśnia", "wykłada", "wymienia", "wynosi",
        "wypełnia", "wyprowadza", "wypuszcza", "wypłaca", "wyrzuca", "wystawia", "wysyła", "wywiesza",
        "wzywa", "zabezpiecza", "zakłada", "zamawia", "zamiata", "zanosi", "zapowiada", "zaprasza",
        "zawiadamia", "zawiesza", "zawozi", "załatwia", "zdejmuje", "zmywa", "zrywa", "zsyła", "ściele", "ściera",
       
    ],
    staff: &[],
    manner: &[],
    agent: &[
        "arz", "arka", "arze", "arki", "ista", "istka", "iści", "istki", "nik", "niczka", "nicy", "niczki",
        "ściciel", "iciel", "icielka", "iciele", "erka", "orka", "erzy", "orzy", "ter", "der", "ner", "ger", "ser",
        "cer", "tor", "sor", "dor", "owiec", "owcy", "log", "lożka", "lodzy", "ysta", "ystka", "yści", "ystki",
        "dca", "dczyni", "dcy", "anin", "anka", "anci", "ant", "antka", "ent", "entka", "enci", "aczka", "acz",
        "acze",
    ],
    genitive: true,
    compounds: false,
};
