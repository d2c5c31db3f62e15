//! Feelings, duties and promises in Swedish that sound like something and show nobody what is done.

use crate::check::wording::words::{Class, Phrases};

/// The phrases by class.
#[rustfmt::skip]
pub(super) const PHRASES: Phrases = &[
    (Class::Feel, &[
        "som hemma", "går|lämnar|åker nöjd|nöjda|glad|glada", "går|lämnar|åker * nöjd|nöjda|glad|glada",
        "känner|känna|känt sig hemma|välkommen|välkomna|välkommet|trygg|trygga|bekväm|bekväma|sedd|sedda|hörd|hörda|uppskattad|uppskattade|respekterad|respekterade|lugn|lugna|säker|säkra|speciell|speciella|avslappnad|avslappnade|viktig|viktiga|väl|förstådd|förstådda|omhändertagen|omhändertagna|nöjd|nöjda",
    ]),
    (Class::Charge, &[
        "håller * informerad|informerade|underrättad|underrättade",
        "håller * * informerad|informerade|underrättad|underrättade",
        "försäkrar|förvissar sig om att * förstår|känner|vet",
        "hålls informerad|informerade|underrättad|underrättade|uppdaterad|uppdaterade", "säkerställer|säkerställa",
        "ansvarar för", "ansvarar alltid för", "är ansvarig|ansvariga för", "har ansvar|ansvaret för",
        "har det * ansvaret för", "tar ansvar|ansvaret för", "sörjer för", "sköter om", "värnar om|för", "vårdar sig",
        "bidrar till", "underlättar", "minimerar|minimera", "maximerar|maximera", "optimerar|optimera",
        "förbättrar|förbättra", "effektiviserar", "prioriterar", "ägnar uppmärksamhet", "ägnar * * uppmärksamhet",
        "ägnar * uppmärksamhet", "ägnar * * * uppmärksamhet", "lägger vikt", "lägger stor vikt",
        "lägger särskild vikt", "har koll på", "håller koll på", "håller ett öga", "har uppsikt över",
        "gör det lilla", "gör lilla det", "ställer upp för", "sätter kunden|gästen|patienten i centrum",
        "tar * på allvar", "tar * * på allvar", "tar * * * på allvar", "tar hänsyn till", "tar väl hand",
        "behandlar * lika|rättvist|väl", "behandlar * * lika|rättvist|väl", "visar intresse", "tar vara på",
        "finns till hands", "står till förfogande", "står till * förfogande", "står till tjänst", "fokuserar på",
        "står i centrum", "har tid för", "behåller lugnet", "ansvarar * för", "ansvarar * * för",
        "anpassar takten|tonen|språket|servicen|bemötandet|samtalet|turen|visningen|erbjudandet|förklaringen|utbildningen|programmet|upplägget|stilen|rådgivningen|besöket",
        "koncentrerar sig på", "motiverar", "tillmötesgår", "hanterar * förväntningar|förväntningarna",
        "hanterar förväntningar", "har * bästa för", "håller * uppdaterad|uppdaterade",
        "håller * * uppdaterad|uppdaterade", "ligger på topp", "levererar service|kvalitet",
        "svarar för ordningen|kvaliteten|tryggheten|säkerheten|att", "bär ansvar|ansvaret",
        "har huvudansvar|huvudansvaret|uppsikt|ansvar", "har hela|fullt|yttersta|fullständigt ansvaret|ansvar",
        "håller uppsikt|god",
        "stärker|ökar|höjer|främjar trivseln|kvaliteten|tryggheten|nöjdheten|förtroendet|trivsel|kvalitet|trygghet|stämningen|upplevelsen",
        "minskar stressen|oron|stress|oro|rädslan|obehaget", "lugnar|tröstar|stöttar|peppar",
        "vårdar relationen|kontakten", "lever upp", "tar hänsyn", "ger trygghet", "skapar trivsel|trygghet",
        "tillfredsställer", "dämpar oron|stressen", "finns|är där för", "finns|är till för",
        "finns|är alltid där för", "är|utgör ett stöd",
        "ger|erbjuder|utgör stöd|tröst|vägledning|uppmuntran|hopp|styrka|trygghet", "föregår med", "bryter isen",
        "tar bort|udden stressen|oron|rädslan", "är|utgör ansiktet|hjärtat|ambassadör", "hjälper * genom|tillrätta",
    ]),
    (Class::Hollow, &[
        "visar|visa", "ger", "uttrycker", "erbjuder", "upprätthåller", "håller", "skapar", "bygger",
        "inger", "utstrålar", "tillgodoser", "uppfyller", "överträffar", "motsvarar", "möter",
        "anpassar", "garanterar", "tillhandahåller", "inspirerar", "främjar", "bevarar", "skyddar",
        "tillförsäkrar", "präglas", "kännetecknas", "beaktar", "gör", "förmedlar", "bemöter",
        "agerar", "arbetar", "förutser",
    ]),
    (Class::Ideal, &[
        "empati", "förståelse", "medkänsla", "respekt", "tålamod", "omtanke", "hänsyn", "intresse", "engagemang",
        "initiativ", "professionalism", "vänlighet", "lyhördhet", "flexibilitet", "uppmärksamhet",
        "trygghet|tryggheten", "säkerhet|säkerheten", "komfort|komforten", "integritet|integriteten", "diskretion",
        "värdighet", "hygien|hygienen", "ordning", "ordning och reda", "renlighet", "kvalitet|kvaliteten",
        "kontinuitet|kontinuiteten", "nöjdhet", "förtroende|förtroendet", "tillit|tilliten", "stämning|stämningen",
        "atmosfär|atmosfären", "relation|relationer|relationen", "intryck", "attityd", "inställning", "behov|behoven",
        "förväntningar|förväntningarna", "välbefinnande|välbefinnandet", "trivsel|trivseln", "bemötande", "glädje",
        "öppenhet", "rent och snyggt", "lugn", "lugnet", "oro", "oron", "önskemål|önskemålen", "omsorg", "värme",
        "tolerans", "humor", "ärlighet", "rättvisa", "gästfrihet", "passion", "tacksamhet", "takt", "ödmjukhet",
        "hjälpsamhet", "känslighet",
    ]),
];
