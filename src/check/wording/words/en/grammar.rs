//! The small words of English that say what a found word means: who acts, where a clause starts, what counts.

use crate::check::wording::words::{Class, Phrases};

/// The phrases by class.
#[rustfmt::skip]
pub(super) const PHRASES: Phrases = &[
    (Class::Copula, &[
        "is", "are", "be", "was", "were", "been", "look|looks", "stay|stays", "remain|remains",
        "keep|keeps|kept", "seem|seems", "feel|feels", "appear|appears", "smell|smells",
    ]),
    (Class::Adverb, &[
        "always", "also", "never", "still", "only", "both", "very", "really", "fully", "first",
        "then", "not", "already", "usually", "ever", "personally", "immediately", "promptly",
        "politely", "warmly", "quickly", "regularly", "properly", "carefully", "clearly",
        "correctly", "kindly", "directly", "automatically", "normally", "exactly", "well",
        "on duty|shift",
    ]),
    (Class::And, &["and", "or"]),
    (Class::Range, &["to", "and", "or", "x", "by", "till", "until"]),
    (Class::Condition, &[
        "if", "when", "whenever", "after", "every", "each", "longer", "over", "more", "exceed*",
        "once", "unless", "per", "older", "younger", "under", "who", "which", "that", "until",
        "before", "from", "where", "while", "than", "last|lasts", "late",
    ]),
    (Class::Subordinator, &[
        "if", "whether", "when", "whenever", "where", "wherever", "who", "whom", "whose",
        "which", "that", "what", "how", "why", "until", "till", "because", "unless", "although",
        "though", "while", "as", "once", "since", "after", "before", "than", "lest", "so",
        "whatever", "whichever", "whoever",
    ]),
    (Class::Question, &["whether", "if", "how", "what", "which"]),
    (Class::Staff, &[
        "staff", "employee|employees", "team", "personnel", "colleague|colleagues", "worker|workers",
        "receptionist|receptionists", "everyone on duty", "clerk|clerks", "cashier|cashiers",
        "porter|porters", "waiter|waiters", "agent|agents", "nurse|nurses", "doctor|doctors",
        "dentist|dentists", "hygienist|hygienists", "assistant|assistants", "trainer|trainers",
        "coach|coaches", "instructor|instructors", "attendant|attendants", "manager|managers",
        "teller|tellers", "adviser|advisers", "advisor|advisors", "steward|stewards", "baker|bakers",
        "barista|baristas", "registrar|registrars", "officer|officers", "stylist|stylists",
        "hairdresser|hairdressers", "barber|barbers", "courier|couriers", "driver|drivers",
        "vet|vets", "mechanic|mechanics", "foreman", "guide|guides", "operator|operators",
        "leader|leaders", "supervisor|supervisors", "pharmacist|pharmacists", "librarian|librarians",
        "lifeguard|lifeguards", "optician|opticians", "usher|ushers", "technician|technicians",
        "consultant|consultants", "therapist|therapists", "teacher|teachers",
        "secretary|secretaries", "caretaker|caretakers", "lawyer|lawyers", "bookkeeper|bookkeepers",
        "cleaner|cleaners", "housekeeper|housekeepers", "concierge|concierges", "chef|chefs",
        "host|hosts", "hostess|hostesses", "waitress|waitresses", "bartender|bartenders",
        "salesperson|salespeople", "representative|representatives", "coordinator|coordinators",
        "inspector|inspectors", "plumber|plumbers", "electrician|electricians",
        "installer|installers", "florist|florists", "butcher|butchers", "broker|brokers", "crew",
        "team member|members", "member|members of staff|the", "counsellor|counsellors",
        "carer|carers", "dispatcher|dispatchers", "interpreter|interpreters", "notary",
        "tailor|tailors", "gardener|gardeners", "specialist|specialists",
        "physiotherapist|physiotherapists", "veterinarian|veterinarians", "cabin crew",
    ]),
    (Class::Person, &[
        "guest|guests", "client|clients", "customer|customers", "patient|patients",
        "visitor|visitors", "parent|parents", "applicant|applicants", "shopper|shoppers",
    ]),
    (Class::Not, &[
        "does|do not", "doesn't|don't|doesn’t|don’t", "must|may|shall|will not",
        "mustn't|mustn’t", "is|are not", "isn't|aren't|isn’t|aren’t",
    ]),
    (Class::NotInnocent, &[
        "later", "earlier", "longer", "more", "less", "fewer", "further", "only", "just",
        "older", "have", "need", "wait|waits", "pay", "until", "before", "than", "unless",
        "but", "find", "exceed",
    ]),
    (Class::By, &["by"]),
    (Class::ByInnocent, &[
        "phone", "telephone", "email", "e-mail", "post", "mail", "text", "name", "surname",
        "hand", "card", "cash", "noon", "midnight", "end", "time", "letter", "sms", "door",
        "way", "means", "hour", "close", "closing", "morning", "evening", "next", "following",
        "deadline", "day", "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
        "default",
    ]),
    (Class::Label, &[
        "no", "nr", "number", "room", "desk", "counter", "form", "article", "section", "page",
        "annex", "item", "window", "floor", "door", "level", "iso", "step", "line", "chapter",
        "zone", "gate", "platform", "clause",
    ]),
    (Class::Clock, &["a.m", "p.m", "am", "pm", "o'clock", "o’clock", "noon", "hrs"]),
    (Class::Month, &[
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    ]),
    (Class::Daily, &[
        "a|per|each|every day", "daily", "a|per|each|every week", "round the clock",
    ]),
    (Class::Abbreviation, &[
        "mr", "mrs", "ms", "dr", "st", "no", "nr", "approx", "ca", "e.g", "i.e", "a.m", "p.m",
        "min", "sec", "hrs", "tel", "ext", "vs", "etc", "prof", "jr", "inc", "ltd", "co", "art",
        "mon", "tue", "wed", "thu", "fri", "dept", "max", "incl",
    ]),
    (Class::After, &[
        "to", "towards", "toward", "with", "for", "in", "at", "on", "during", "by", "around",
        "about", "among", "throughout", "because", "so", "after", "before", "under", "and", "of",
    ]),
    (Class::When, &[
        "when", "whenever", "until", "till", "while", "unless", "if", "as soon as", "as long as",
        "wherever",
    ]),
    (Class::WhenFirst, &["before", "once", "after", "where"]),
    (Class::Topic, &["about", "on", "for", "against", "regarding", "concerning", "in", "from", "during", "at"]),
];
