//! The small words of Swedish that say what a found word means: who acts, where a clause starts, what counts.

use crate::check::wording::words::{Class, Phrases};

/// The phrases by class.
#[rustfmt::skip]
pub(super) const PHRASES: Phrases = &[
    (Class::Copula, &["är", "hålls", "ser", "vara", "håller", "känns", "verkar", "förblir"]),
    (Class::Adverb, &[
        "alltid", "också", "även", "aldrig", "inte", "bara", "redan", "mycket", "väl",
        "personligen", "först", "sedan", "omgående", "genast", "ut", "hela", "tiden", "både",
        "vänligt", "snabbt", "själv", "fullt", "särskilt", "i tjänst",
    ]),
    (Class::And, &["och", "eller", "samt"]),
    (Class::Range, &["till", "och", "eller", "x", "gånger", "à", "upp till"]),
    (Class::Condition, &[
        "om", "när", "då", "efter", "varje", "var", "längre", "över", "mer", "fler", "än",
        "överstiger", "som", "att", "tills", "innan", "före", "från", "där", "medan", "under",
        "per", "äldre", "yngre", "varar", "sen", "vart",
    ]),
    (Class::Subordinator, &[
        "om", "när", "då", "som", "att", "vad", "vem", "vilka", "vilken", "vilket", "hur",
        "varför", "var", "vart", "där", "tills", "innan", "eftersom", "ifall", "huruvida",
        "medan", "fast", "fastän", "trots", "vars", "än", "förrän", "så", "sedan", "därför",
        "dit",
    ]),
    (Class::Question, &["om", "huruvida", "ifall", "hur", "vad"]),
    (Class::Staff, &[
        "personalen|personal", "medarbetaren|medarbetare|medarbetarna",
        "receptionisten|receptionist|receptionister|receptionisterna", "kollegan|kollega",
        "kassören|kassör|kassörer", "portiern|portier|portierer", "servitören|servitör|servitörer",
        "handläggaren|handläggare|handläggarna", "teamet", "de anställda", "den anställde",
        "alla anställda", "agenten|agent|agenter|agenterna", "sköterskan|sköterska|sköterskorna",
        "tandsköterskan", "läkaren|läkare|läkarna", "tandläkaren|tandläkare|tandläkarna",
        "tandhygienisten|hygienisten", "assistenten|assistent|assistenterna",
        "tränaren|tränare|tränarna", "instruktören|instruktör|instruktörerna",
        "värden|värdinnan|värd|värdarna", "publikvärden", "chefen|chef|cheferna",
        "rådgivaren|rådgivare|rådgivarna", "servicerådgivaren", "expediten|expedit|expediterna",
        "säljaren|säljare|säljarna", "bagaren|bagare|bagarna", "baristan|barista",
        "frisören|frisör|frisörerna", "budet", "föraren|förare|förarna",
        "chauffören|chaufför|chaufförerna", "veterinären|veterinär|veterinärerna",
        "mekanikern|mekaniker|mekanikerna", "förmannen", "guiden|guider|guiderna",
        "teamledaren|teamledare", "farmaceuten|farmaceut|farmaceuterna", "apotekaren|apotekare",
        "bibliotekarien|bibliotekarie|bibliotekarierna", "badvakten|badvakt|badvakterna",
        "optikern|optiker|optikerna", "teknikern|tekniker|teknikerna", "konsulten|konsult",
        "terapeuten|terapeut", "läraren|lärare|lärarna", "skolsekreteraren|sekreteraren",
        "vaktmästaren|vaktmästare", "juristen|jurist|juristerna", "städaren|städare|städarna",
        "conciergen", "kocken|kock|kockarna", "besättningen", "kundtjänst",
        "skiftledaren|skiftledare", "vigselförrättaren", "montören|montör|montörerna",
        "mäklaren|mäklare", "floristen", "kassörskan|kassörska", "bartendern|bartender",
        "massören|massör", "barnmorskan", "sommelieren", "reseledaren", "sjukgymnasten",
        "guldsmeden", "notarien", "polisen",
    ]),
    (Class::Person, &[
        "gästen|gäst|gäster|gästerna", "kunden|kund|kunder|kunderna",
        "patienten|patient|patienter|patienterna", "klienten|klient|klienter", "ni|er|ert",
        "föräldern|förälder|föräldrar",
    ]),
    (Class::Not, &["inte", "ej", "icke"]),
    (Class::NotInnocent, &[
        "senare", "tidigare", "längre", "mer", "mera", "fler", "mindre", "färre", "bara",
        "endast", "äldre", "behöver", "väntar", "betalar", "utan *r|i|på|med|till|från|också|även|vid|av", "förrän", "innan", "än",
        "ens", "enbart", "måste", "hittar", "lägre", "högre", "kortare", "överstiger",
    ]),
    (Class::Limit, &[
        "inom", "högst", "minst", "max", "maximalt", "under", "på", "efter", "senast",
        "mindre än",
    ]),
    (Class::Article, &[
        "en", "ett", "ung", "gammal", "äldre", "yngre", "den", "denne", "varje", "någon",
        "ingen", "god", "gode", "kvinna", "och", "eller", "som", "hennes", "sin",
    ]),
    (Class::By, &["av"]),
    (Class::Label, &[
        "nr", "nummer", "rum", "rummet", "kl", "klockan", "lucka", "luckan", "disk", "kassa",
        "plan", "våning", "sida", "sidan", "punkt", "bilaga", "paragraf", "kapitel", "steg",
        "iso", "sal", "blankett", "zon", "spår",
    ]),
    (Class::Month, &[
        "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
        "oktober", "november", "december",
    ]),
    (Class::Daily, &[
        "om dygnet", "per dygn", "om dagen", "per dag", "i veckan", "per vecka", "dygnet runt",
    ]),
    (Class::Abbreviation, &[
        "kl", "nr", "ca", "bl.a", "t.ex", "dvs", "d.v.s", "resp", "tel", "st", "min", "sek",
        "tim", "kr", "s.k", "f.d", "fr.o.m", "t.o.m", "m.m", "m.fl", "osv", "etc", "dr", "obs",
        "mån", "tis", "ons", "tors", "fre", "max", "inkl", "exkl", "ev", "ang",
    ]),
    (Class::After, &[
        "mot",
        "vid",
        "i",
        "under",
        "på",
        "för",
        "hos",
        "bland",
        "inom",
        "gentemot",
        "till",
        "att",
        "när",
        "även",
        "inför",
        "åt",
    ]),
    (Class::When, &[
        "när", "tills", "innan", "medan", "så länge", "så snart", "ifall", "förrän", "efter att",
    ]),
    (Class::WhenFirst, &["om", "då", "där"]),
    (Class::Topic, &["om", "mot", "i", "på", "från", "vid", "inför", "under"]),
];
