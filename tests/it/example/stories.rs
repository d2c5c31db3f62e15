//! What happened in the two houses in those two years.

/// How often a standard is met at a site: from a month on, counted from November 2024 as 0, until the next line.
pub const COURSES: &[(&str, &str, usize, f64)] = &[
    // Training in the spring of 2025 brought the quick greeting.
    ("krakow", "greet-within-5s", 0, 0.35),
    ("krakow", "greet-within-5s", 6, 0.6),
    ("krakow", "greet-within-5s", 12, 0.9),
    ("krakow", "greet-within-10s", 0, 0.75),
    ("krakow", "greet-within-10s", 6, 0.97),
    // Queues of the summer.
    ("krakow", "queue-within-5-min", 0, 0.95),
    ("krakow", "queue-within-5-min", 8, 0.45),
    ("krakow", "queue-within-5-min", 10, 0.95),
    ("krakow", "queue-within-5-min", 20, 0.7),
    ("krakow", "queue-within-5-min", 22, 0.95),
    ("krakow", "queue-within-3-min", 0, 0.8),
    ("krakow", "queue-within-3-min", 8, 0.2),
    ("krakow", "queue-within-3-min", 10, 0.8),
    ("krakow", "queue-within-3-min", 20, 0.4),
    ("krakow", "queue-within-3-min", 22, 0.8),
    // One cashier for three desks, until the second came.
    ("krakow", "check-out-within-5-min", 0, 0.35),
    ("krakow", "check-out-within-5-min", 11, 0.95),
    // A porter left in May 2026.
    ("krakow", "luggage-to-room-10-min", 0, 0.95),
    ("krakow", "luggage-to-room-10-min", 18, 0.25),
    // What was a surprise has become a habit.
    ("krakow", "water-at-desk", 0, 0.7),
    ("krakow", "water-at-desk", 9, 1.0),
    ("kazimierz-dolny", "water-at-desk", 0, 0.8),
    ("kazimierz-dolny", "water-at-desk", 9, 1.0),
    ("krakow", "welcome-card", 0, 0.8),
    ("krakow", "welcome-card", 10, 1.0),
    ("kazimierz-dolny", "welcome-card", 0, 1.0),
    // The small house answers the phone itself, and is alone at the desk.
    ("kazimierz-dolny", "phone-within-3-rings", 0, 0.4),
    ("kazimierz-dolny", "phone-within-5-rings", 0, 0.8),
    ("kazimierz-dolny", "greet-within-5s", 0, 0.6),
    ("kazimierz-dolny", "identity-before-key", 0, 1.0),
    ("krakow", "identity-before-key", 0, 1.0),
];

/// Standards that two auditors see differently: nobody has said what a smile is.
pub const DISPUTED: &[&str] = &["smile-at-greeting", "check-in.discreet.two-metres-voice"];

/// What does not apply at a site, and why.
pub const NOT_APPLICABLE: &[(&str, &str, &str)] = &[
    ("kazimierz-dolny", "check-in.discreet.room-with-door", "The ground floor has no second room"),
    ("kazimierz-dolny", "queue-within-3-min", "No queue can form at one desk with eighteen rooms"),
    ("kazimierz-dolny", "check-in-at-table", "No guest with a small child during the round"),
];

/// What becomes of a finding.
pub struct Action {
    pub what: &'static str,
    pub cause: &'static str,
    pub owner: &'static str,
    pub due: &'static str,
    pub done: &'static str,
    pub verified: &'static str,
    pub effective: Option<bool>,
}

/// A finding that the records tell more of: site, month (`YYYY-MM`), standard, what was seen, note, grade, action.
pub struct Incident {
    pub site: &'static str,
    pub month: &'static str,
    pub standard: &'static str,
    pub seen: &'static str,
    pub note: &'static str,
    pub grade: &'static str,
    pub action: Option<Action>,
}

const fn action(what: &'static str, cause: &'static str, owner: &'static str, due: &'static str) -> Action {
    Action { what, cause, owner, due, done: "", verified: "", effective: None }
}

const fn done(action: Action, done: &'static str) -> Action {
    Action { done, ..action }
}

const fn verified(action: Action, day: &'static str, effective: bool) -> Action {
    Action { verified: day, effective: Some(effective), ..action }
}

/// In the order of time.
pub const INCIDENTS: &[Incident] = &[
    Incident {
        site: "krakow",
        month: "2024-12",
        standard: "greet-within-10s",
        seen: "14 s",
        note: "Both receptionists were on the phone",
        grade: "minor",
        action: Some(verified(
            done(
                action(
                    "Practise the greeting with a stopwatch in every shift",
                    "Nobody looks up while phoning",
                    "front-office-manager",
                    "2025-01-31",
                ),
                "2025-01-24",
            ),
            "2025-05-20",
            true,
        )),
    },
    Incident {
        site: "krakow",
        month: "2025-02",
        standard: "check-out-within-5-min",
        seen: "9 min",
        note: "Eleven guests waited at 08:10",
        grade: "major",
        action: Some(verified(
            done(
                action(
                    "Send the draft bill the evening before",
                    "Every bill is discussed at the desk",
                    "cashier",
                    "2025-03-15",
                ),
                "2025-03-10",
            ),
            "2025-06-12",
            false,
        )),
    },
    Incident {
        site: "krakow",
        month: "2025-06",
        standard: "check-out-within-5-min",
        seen: "8 min",
        note: "The draft bill helps, one cashier is still too few",
        grade: "major",
        action: Some(verified(
            done(
                action(
                    "Second cashier from 07:00 to 10:00",
                    "One cashier for three desks",
                    "front-office-manager",
                    "2025-09-30",
                ),
                "2025-09-22",
            ),
            "2025-12-11",
            true,
        )),
    },
    Incident {
        site: "kazimierz-dolny",
        month: "2025-07",
        standard: "identity-before-key",
        seen: "not met",
        note: "The key was ready on the counter before the document was seen",
        grade: "major",
        action: Some(verified(
            done(
                action(
                    "Keys stay in the cabinet until the document has been compared",
                    "Late arrivals were to be quick",
                    "front-office-manager",
                    "2025-07-31",
                ),
                "2025-07-28",
            ),
            "2025-09-18",
            true,
        )),
    },
    Incident {
        site: "krakow",
        month: "2025-08",
        standard: "queue-within-5-min",
        seen: "11 min",
        note: "Two coaches at once, two of three desks open",
        grade: "minor",
        action: Some(done(
            action(
                "Third desk opens when the planning sheet names a coach",
                "The desks follow the roster, not the coaches",
                "front-office-manager",
                "2025-09-15",
            ),
            "2025-09-12",
        )),
    },
    Incident {
        site: "krakow",
        month: "2025-10",
        standard: "greet-in-guests-language",
        seen: "met",
        note: "A sheet with greetings in nine languages hangs behind the desk",
        grade: "good practice",
        action: None,
    },
    Incident {
        site: "kazimierz-dolny",
        month: "2026-01",
        standard: "phone-within-5-rings",
        seen: "8 rings",
        note: "The phone stands in the office while breakfast is served",
        grade: "opportunity",
        action: Some(done(
            action(
                "A cordless phone goes along to the breakfast room",
                "One person for desk and breakfast",
                "receptionist",
                "2026-02-28",
            ),
            "2026-02-20",
        )),
    },
    Incident {
        site: "krakow",
        month: "2026-03",
        standard: "name-badge",
        seen: "not met",
        note: "Two of five badges show no languages",
        grade: "minor",
        action: Some(verified(
            done(
                action(
                    "Order badges with languages",
                    "Badges of temporary staff are blank",
                    "front-office-manager",
                    "2026-04-15",
                ),
                "2026-04-10",
            ),
            "2026-05-14",
            true,
        )),
    },
    Incident {
        site: "krakow",
        month: "2026-07",
        standard: "luggage-to-room-10-min",
        seen: "24 min",
        note: "One porter for forty arrivals",
        grade: "major",
        action: Some(action(
            "Fill the porter's post",
            "The post has been empty since May",
            "front-office-manager",
            "2027-01-31",
        )),
    },
    Incident {
        site: "krakow",
        month: "2026-08",
        standard: "confirmation-within-1h",
        seen: "12/20",
        note: "Bookings of the afternoon are confirmed the next morning",
        grade: "minor",
        action: Some(action(
            "Confirmations go out before each handover of the shift",
            "The task belongs to no shift",
            "receptionist",
            "2026-09-30",
        )),
    },
];
