//! Traits become standards: what fills a cell, where a derived standard lands, who keeps it, and what names it.

use gamma_ok::book::{Level, Loaded, StandardType, load};
use gamma_ok::edition::{Filter, FilterKey, Staffing, select};
use gamma_ok::method::{CellState, Origin, Standards, standards};
use gamma_ok::source::Memory;

const MANIFEST: &str = "title: A house\ncustomer: {en: {one: guest, many: guests, possessive: \"guest's\"}}\n";

const TRAITS: &str = "traits:
  - id: warm
    patterns:
      - {id: greet, type: personal, level: basic, contact: face-to-face, text: 'The {{ staff.one }} greets the {{ customer.one }}.'}
      - {id: call, type: personal, level: basic, contact: phone, text: 'The {{ staff.one }} gives a name.'}
      - {id: note, type: product, level: expected, text: 'A note lies in the {{ phase }}.'}
      - {id: gift, type: product, level: exclusive, text: A gift waits.}
";

fn book(manifest: &str, sequence: &str) -> (Loaded, Standards) {
    let files = [
        ("gamma-ok.yaml", format!("{MANIFEST}{manifest}")),
        ("traits/own.yaml", TRAITS.to_owned()),
        (
            "roles.yaml",
            "roles:\n  - {id: clerk, noun: {en: {one: clerk, many: clerks, possessive: \"clerk's\"}}}\n  - {id: porter, when: site.rooms >= 50, covered-by: clerk}\n  - {id: chef, when: site.rooms >= 900, covered-by: porter}\ndepartments:\n  - {id: accounts, title: Accounts}\n"
                .to_owned(),
        ),
        ("sites/small.yaml", "id: small\nrooms: 10\n".to_owned()),
        ("sites/large.yaml", "id: large\nrooms: 100\n".to_owned()),
        ("sequences/s.yaml", sequence.to_owned()),
    ];
    let loaded = load(&Memory::new(files)).expect("a book");
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    let standards = standards(&loaded.book);
    (loaded, standards)
}

fn state(standards: &Standards, kind: StandardType, level: Level) -> CellState {
    let cell = standards.cells.iter().find(|cell| cell.of_trait == "warm" && cell.kind == kind && cell.level == level);
    cell.expect("a cell of the trait").state
}

fn ids(standards: &Standards) -> Vec<&str> {
    standards.all.iter().map(|standard| standard.id.name.as_str()).collect()
}

const STEPS: &str = "    steps:\n      - {id: ring, contact: phone, traits: [warm]}\n      - {id: door, contact: face-to-face, role: clerk, traits: [warm]}\n";

#[test]
fn a_cell_is_written_else_waived_else_derived_else_missing_or_beyond() {
    let sequence = format!("id: s\nphases:\n  - id: p\n    title: Lobby\n{STEPS}");
    let (_, standards) = book("", &sequence);
    assert_eq!(ids(&standards), ["p.warm.call", "p.warm.note", "p.warm.greet"]);
    assert_eq!(state(&standards, StandardType::Personal, Level::Basic), CellState::Derived);
    assert_eq!(state(&standards, StandardType::Personal, Level::Expected), CellState::Missing);
    assert_eq!(state(&standards, StandardType::Product, Level::Expected), CellState::Derived);
    assert_eq!(state(&standards, StandardType::Product, Level::Exclusive), CellState::Beyond);
    let call = &standards.all[0];
    assert_eq!(call.step, Some(0));
    let greet = standards.all.iter().find(|one| one.id.name == "p.warm.greet").expect("derived at the door");
    assert_eq!((greet.step, greet.text.0[0].text.as_str()), (Some(1), "The clerk greets the guest."));

    let written = format!(
        "{sequence}    standards:\n      - {{id: hello, trait: warm, type: personal, level: basic, text: The clerk says hello.}}\n"
    );
    let (_, standards) = book("", &written);
    assert_eq!(state(&standards, StandardType::Personal, Level::Basic), CellState::Written);
    assert_eq!(ids(&standards), ["hello", "p.warm.note"], "a written standard replaces all patterns of its cell");

    let waived = format!("{written}    waive:\n      - {{type: personal, why: Enough}}\n");
    let (_, standards) = book("", &waived);
    assert_eq!(state(&standards, StandardType::Personal, Level::Basic), CellState::Written, "a waiver hides nothing");
    assert_eq!(state(&standards, StandardType::Personal, Level::Expected), CellState::Waived);

    let retired = written.replace("type: personal", "status: retired, type: personal");
    let (_, standards) = book("", &retired);
    assert_eq!(state(&standards, StandardType::Personal, Level::Basic), CellState::Derived);

    let (_, standards) = book("derive: false\n", &sequence);
    assert_eq!(state(&standards, StandardType::Personal, Level::Basic), CellState::Proposed);
    assert!(standards.all.is_empty());

    let (_, standards) = book("target: exclusive\n", &sequence);
    assert_eq!(state(&standards, StandardType::Product, Level::Exclusive), CellState::Derived);
}

#[test]
fn a_waived_pattern_leaves_the_others() {
    let sequence = format!(
        "id: s\nphases:\n  - id: p\n{STEPS}    waive:\n      - {{pattern: warm.call, why: No telephone here}}\n"
    );
    let (_, standards) = book("", &sequence);
    assert_eq!(ids(&standards), ["p.warm.note", "p.warm.greet"]);
    assert_eq!(state(&standards, StandardType::Personal, Level::Basic), CellState::Derived);
    let both = format!("{sequence}      - {{pattern: warm.greet, why: No door}}\n");
    let (_, standards) = book("", &both);
    assert_eq!(state(&standards, StandardType::Personal, Level::Basic), CellState::Waived);
}

#[test]
fn a_phase_trait_lands_at_the_first_step_with_the_contact_or_at_the_phase() {
    let sequence = "id: s\nphases:\n  - id: p\n    title: Lobby\n    traits: [warm]\n    steps:\n      - {id: a}\n      - {id: b, contact: face-to-face}\n      - {id: c, contact: face-to-face}\n";
    let (_, standards) = book("", sequence);
    let places: Vec<_> = standards.all.iter().map(|one| (one.id.name.as_str(), one.step)).collect();
    assert_eq!(places, [("p.warm.note", None), ("p.warm.greet", Some(1))]);
    assert_eq!(standards.all[0].text.0[0].text, "A note lies in the Lobby.");
}

#[test]
fn a_hand_off_is_a_standard_unless_one_hands_it_to_oneself() {
    let sequence = "id: s\nphases:\n  - id: p\n    was: [old-phase]\n    traits: [warm]\n    steps:\n      - id: pay\n        role: clerk\n        handoff:\n          - {to: accounts, what: Payment data, via: Report, within: 1 h}\n          - {to: chef, what: A cake}\n";
    let (loaded, standards) = book("", sequence);
    let handoffs: Vec<_> = standards.all.iter().filter(|one| matches!(one.origin, Origin::Handoff(_))).collect();
    assert_eq!(handoffs.len(), 2);
    assert_eq!(handoffs[0].id.name, "p.pay.handoff");
    assert_eq!(handoffs[0].id.was, ["old-phase.pay.handoff"]);
    assert_eq!(handoffs[1].id.name, "p.pay.handoff-2");
    assert_eq!((handoffs[0].kind, handoffs[0].level), (StandardType::Procedural, Level::Basic));

    let at = |site: &str| {
        let site = loaded.book.site(site);
        select(&loaded.book, &standards, site, &Filter::default())
            .iter()
            .map(|one| one.standard.id.name.clone())
            .collect::<Vec<_>>()
    };
    assert!(!at("small").contains(&"p.pay.handoff-2".to_owned()), "the clerk is the chef of the small house");
    assert!(at("large").contains(&"p.pay.handoff-2".to_owned()), "the porter is the chef of the large one");
    assert!(at("small").contains(&"p.pay.handoff".to_owned()));
}

#[test]
fn roles_fold_into_their_cover_and_no_duty_is_lost() {
    let sequence = "id: s\nphases:\n  - id: p\n    traits: [warm]\n    steps: [{id: x, role: [porter, clerk]}]\n    standards:\n      - {id: luggage, step: x, type: personal, level: basic, role: chef, text: The chef carries.}\n      - {id: both, step: x, type: personal, level: basic, text: They carry.}\n      - {id: anyone, type: personal, level: basic, text: Somebody carries.}\n";
    let (loaded, standards) = book("", sequence);
    let small = Staffing::new(&loaded.book, loaded.book.site("small"));
    assert_eq!(small.holder("chef"), "clerk", "through the porter, who is absent too");
    assert_eq!(small.covers("clerk"), ["chef", "porter"]);
    assert_eq!(Staffing::new(&loaded.book, None).holder("chef"), "chef", "without a site every role exists");
    let of_role = |site: &str, role: &str| {
        let filter = Filter::default().with(FilterKey::Role, vec![role.to_owned()]);
        let picked = select(&loaded.book, &standards, loaded.book.site(site), &filter);
        picked
            .iter()
            .filter(|one| one.standard.origin == Origin::Written)
            .map(|one| one.standard.id.name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(of_role("small", "clerk"), ["anyone", "luggage", "both"]);
    assert_eq!(of_role("large", "clerk"), ["anyone", "both"]);
    assert_eq!(of_role("large", "porter"), ["anyone", "luggage", "both"]);
}

#[test]
fn conditions_on_the_way_down_must_all_hold() {
    let sequence = "id: s\nwhen: site.rooms >= 5\nphases:\n  - id: p\n    traits: [warm]\n    steps: [{id: x, when: site.rooms >= 50}]\n    standards:\n      - {id: a, step: x, type: personal, level: basic, text: A.}\n      - {id: b, type: personal, level: basic, text: B., when: site.rooms < 50}\n";
    let (loaded, standards) = book("", sequence);
    let at = |site: Option<&str>| {
        let site = site.and_then(|site| loaded.book.site(site));
        let picked = select(&loaded.book, &standards, site, &Filter::default());
        picked
            .iter()
            .filter(|one| one.standard.origin == Origin::Written)
            .map(|one| one.standard.id.name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(at(None), ["b", "a"]);
    assert_eq!(at(Some("small")), ["b"]);
    assert_eq!(at(Some("large")), ["a"]);
}

#[test]
fn a_stamp_names_the_wording_and_nothing_else() {
    let stamp = |text: &str, more: &str| {
        let sequence = format!(
            "id: s\nphases:\n  - id: p\n    traits: [warm]\n    standards:\n      - id: a\n        type: personal\n        level: basic\n        text: {text}\n{more}"
        );
        let (_, standards) = book("languages: [en, pl]\n", &sequence);
        standards.all.iter().find(|one| one.id.name == "a").map(|one| one.stamp.clone()).expect("the standard")
    };
    let base = stamp("The clerk greets within 60 s.", "        measure: {within: 60 s}\n");
    for (text, more) in [
        ("The clerk greets\n          within 60 s.", "        measure: {within: 1 min}\n"),
        ("{en: The clerk greets within 60 s., pl: Urzędnik wita w ciągu 60 s.}", "        measure: {within: 60 s}\n"),
        (
            "The clerk greets within 60 s.",
            "        measure: {within: 60 s}\n        how: [Look up]\n        role: clerk\n        why: Because\n",
        ),
    ] {
        assert_eq!(stamp(text, more), base, "{text}{more}");
    }
    for (text, more) in [
        ("The clerk greets within 60 s.", "        measure: {within: 30 s}\n"),
        ("The clerk greets within 60 s.", "        measure: {within: 60 s, share: 90 %}\n"),
        ("The clerk greets within 60 s.", "        measure: {within: 60 s}\n        critical: true\n"),
        ("The clerk greets within 60 s.", "        measure: {within: 60 s}\n        when: site.rooms > 5\n"),
        ("The clerk welcomes within 60 s.", "        measure: {within: 60 s}\n"),
    ] {
        assert_ne!(stamp(text, more), base, "{text}{more}");
    }
}

#[test]
fn a_former_name_of_any_part_names_the_derived_standard() {
    let sequence = "id: s\nphases:\n  - {id: p, was: [q], traits: [warm]}\n";
    let (_, standards) = book("", sequence);
    let note = standards.all.iter().find(|one| one.id.name == "p.warm.note").expect("derived");
    assert_eq!(note.id.was, ["q.warm.note"]);
}

/// The ids of what the patterns of one trait make at two steps, a counter with a queue and a call about a record.
fn fitting(manifest: &str) -> Vec<String> {
    let traits = "traits:
  - id: warm
    patterns:
      - {id: any, type: personal, level: basic, text: The clerk smiles.}
      - {id: line, type: personal, level: basic, needs: queue, text: The clerk nods.}
      - {id: both, type: personal, level: basic, needs: [record, counter], text: The clerk reads.}
      - {id: noted, type: personal, level: basic, contact: phone, needs: [record], text: The clerk spells.}
      - {id: hotel, type: personal, level: basic, sectors: [hotel], text: The clerk knocks.}
      - {id: trade, type: personal, level: basic, sectors: [shop, hotel], text: The clerk wraps.}
";
    let sequence = "id: s
phases:
  - id: p
    traits: [warm]
    steps:
      - {id: stand, contact: face-to-face, has: [counter, queue]}
      - {id: call, contact: phone, has: record}
";
    let files = [
        ("gamma-ok.yaml", format!("title: A house\n{manifest}")),
        ("traits/own.yaml", traits.to_owned()),
        ("sequences/s.yaml", sequence.to_owned()),
    ];
    let loaded = load(&Memory::new(files)).expect("a book");
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    standards(&loaded.book).all.into_iter().map(|one| one.id.name.replace("p.warm.", "")).collect()
}

#[test]
fn a_pattern_is_converted_only_where_its_sector_and_what_it_needs_are() {
    assert_eq!(fitting("sector: shop\n"), ["any", "trade", "line", "noted"]);
    assert_eq!(fitting("sector: law-office\n"), ["any", "line", "noted"]);
    // What stands in a book that names no sector is meant for it.
    assert_eq!(fitting(""), ["any", "hotel", "trade", "line", "noted"]);
}

#[test]
fn where_somebody_threatens_only_a_pattern_fits_that_needs_it() {
    let traits = "traits:
  - id: warm
    patterns:
      - {id: wish, type: personal, level: basic, contact: phone, text: The clerk adds a wish to the goodbye.}
      - {id: word, type: personal, level: basic, contact: phone, needs: threat, text: The clerk says the agreed word.}
";
    let sequence = "id: s
phases:
  - {id: p, traits: [warm], steps: [{id: shouting, contact: phone, has: threat}]}
  - {id: q, steps: [{id: shouting, contact: phone, has: threat, traits: [warm]}]}
  - {id: r, traits: [warm], steps: [{id: shouting, contact: phone, has: threat}, {id: call, contact: phone}]}
";
    let files = [
        ("gamma-ok.yaml", "title: A house\n".to_owned()),
        ("traits/own.yaml", traits.to_owned()),
        ("sequences/s.yaml", sequence.to_owned()),
    ];
    let loaded = load(&Memory::new(files)).expect("a book");
    let standards = standards(&loaded.book);
    assert_eq!(ids(&standards), ["p.warm.word", "q.warm.word", "r.warm.word", "r.warm.wish"]);
    assert_eq!(standards.all[3].step, Some(1), "the wish stands where nobody shouts");
}

/// A book whose phases are filled by the patterns of one trait.
fn converted(patterns: &str, phases: &str) -> Vec<(String, Option<usize>)> {
    let files = [
        ("gamma-ok.yaml", "title: A house\n".to_owned()),
        ("traits/own.yaml", format!("traits:\n  - id: warm\n    patterns:\n{patterns}")),
        ("sequences/s.yaml", format!("id: s\nphases:\n{phases}")),
    ];
    let loaded = load(&Memory::new(files)).expect("a book");
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    standards(&loaded.book).all.into_iter().map(|one| (one.id.name.replace(".warm", ""), one.step)).collect()
}

#[test]
fn where_a_machine_serves_only_things_fit() {
    let patterns = "
      - {id: nod, type: personal, level: basic, contact: phone, text: The clerk says how long it takes.}
      - {id: ring, type: procedural, level: basic, contact: phone, text: The clerk answers within 5 rings.}
      - {id: menu, type: product, level: basic, contact: phone, text: The menu has at most 4 choices.}
      - {id: way-out, type: procedural, level: basic, needs: self-service, text: The menu leads to a person.}
";
    let phases = "
  - {id: p, traits: [warm], steps: [{id: menu, contact: phone, has: self-service}]}
  - {id: q, traits: [warm], steps: [{id: menu, contact: phone, has: self-service}, {id: talk, contact: phone}]}
";
    let found = converted(patterns, phases);
    let at = |id: &str, step| (id.to_owned(), Some(step));
    let expected =
        [at("p.menu", 0), at("p.way-out", 0), at("q.menu", 0), at("q.way-out", 0), at("q.nod", 1), at("q.ring", 1)];
    assert_eq!(found, expected);
}

#[test]
fn a_pattern_is_not_converted_where_a_step_has_what_it_must_not_have() {
    let patterns = "
      - {id: goodbye, type: personal, level: basic, contact: face-to-face, unless: onward, last: true, text: The clerk thanks.}
      - {id: anywhere, type: personal, level: basic, unless: [complaint, onward], text: The clerk tells the day.}
";
    let phases = "
  - {id: p, traits: [warm], steps: [{id: door, contact: face-to-face, has: onward}]}
  - id: q
    traits: [warm]
    steps:
      - {id: claim, contact: face-to-face, has: complaint}
      - {id: seat, contact: face-to-face, has: [onward, waiting-place]}
      - {id: reminder, contact: phone}
";
    let found = converted(patterns, phases);
    assert_eq!(found, [("q.goodbye".to_owned(), Some(0)), ("q.anywhere".to_owned(), Some(2))]);
}

#[test]
fn who_takes_leave_does_so_at_the_last_step_that_fits() {
    let traits = "traits:
  - id: warm
    patterns:
      - {id: hello, type: personal, level: basic, contact: face-to-face, text: The clerk greets.}
      - {id: goodbye, type: personal, level: basic, contact: face-to-face, last: true, text: The clerk says goodbye.}
";
    let steps =
        "steps: [{id: door, contact: face-to-face}, {id: desk, contact: face-to-face}, {id: call, contact: phone}]";
    let own = steps.replace("face-to-face}", "face-to-face, traits: [warm]}");
    let sequence = format!("id: s\nphases:\n  - {{id: p, traits: [warm], {steps}}}\n  - {{id: q, {own}}}\n");
    let files = [
        ("gamma-ok.yaml", "title: A house\n".to_owned()),
        ("traits/own.yaml", traits.to_owned()),
        ("sequences/s.yaml", sequence),
    ];
    let loaded = load(&Memory::new(files)).expect("a book");
    let standards = standards(&loaded.book);
    assert_eq!(ids(&standards), ["p.warm.hello", "p.warm.goodbye", "q.warm.hello", "q.warm.goodbye"]);
    let steps: Vec<Option<usize>> = standards.all.iter().map(|one| one.step).collect();
    assert_eq!(steps, [Some(0), Some(1), Some(0), Some(1)]);
}

/// What a pattern says in a language, with a customer who is called so.
fn said(language: &str, noun: &str, text: &str) -> (String, Vec<String>) {
    let manifest = format!("title: A house\nlanguages: [{language}]\ncustomer: {{{language}: {noun}}}\n");
    let traits = format!(
        "traits:\n  - id: warm\n    patterns:\n      - id: one\n        type: personal\n        level: basic\n        text: {text}\n"
    );
    let sequence = "id: s\nphases:\n  - id: p\n    traits: [warm]\n";
    let files = [("gamma-ok.yaml", manifest), ("traits/own.yaml", traits), ("sequences/s.yaml", sequence.to_owned())];
    let loaded = load(&Memory::new(files)).expect("a book");
    let converted = standards(&loaded.book);
    let findings = gamma_ok::check::check(&loaded, &converted);
    let findings = findings.iter().filter(|finding| ["bad-template", "wrong-type"].contains(&finding.code.word()));
    let findings = findings.map(|finding| finding.message.to_string()).collect();
    (converted.all.first().map_or_else(String::new, |one| one.text.0[0].text.clone()), findings)
}

#[test]
fn articles_prepositions_and_adjectives_agree_with_the_noun_of_the_book() {
    let cases = [
        (
            "pl",
            "{ins: klientem, loc: kliencie}",
            "'Mówi {{ customer.ins | z }} o {{ customer.loc }}.'",
            "Mówi z klientem o kliencie.",
        ),
        ("pl", "{ins: studentem, loc: studencie}", "'Mówi {{ customer.ins | z }}.'", "Mówi ze studentem."),
        ("pl", "{nom: wnioskodawca, loc: wnioskodawcy}", "'Ufa {{ customer.loc | w }}.'", "Ufa we wnioskodawcy."),
        (
            "pl",
            "{nom: studentka, gender: feminine}",
            "'{{ customer | agree(\"Nowy\", \"Nowa\", \"Nowe\") }} {{ customer.nom }}.'",
            "Nowa studentka.",
        ),
        ("en", "{one: applicant, many: applicants}", "'Greets {{ customer | a }}.'", "Greets an applicant."),
        ("en", "{one: guest}", "'Greets {{ customer | a }}.'", "Greets a guest."),
        (
            "sv",
            "{one: ombud, gender: neuter}",
            "'Hälsar {{ customer | agree(\"en ny\", \"ett nytt\") }} {{ customer.one }} och {{ customer | a }}.'",
            "Hälsar ett nytt ombud och ett ombud.",
        ),
        (
            "sv",
            "{one: gäst}",
            "'Hälsar {{ customer | agree(\"en ny\", \"ett nytt\") }} {{ customer.one }} och {{ customer | a }}.'",
            "Hälsar en ny gäst och en gäst.",
        ),
    ];
    for (language, noun, text, right) in cases {
        assert_eq!(said(language, noun, text), (right.to_owned(), Vec::new()), "{text}");
    }
    for wrong in [
        "'{{ customer }} waits.'",
        "'{{ customer | agree(staff.one) }} waits.'",
        "'{{ customer.one | a }} waits.'",
        "'{{ customer | agree }} waits.'",
    ] {
        assert_eq!(said("en", "{one: guest}", wrong).1.len(), 1, "{wrong}");
    }
    assert_eq!(said("sv", "{one: ombud, gender: utrum}", "Hej.").1, ["`utrum` is not a gender of nouns"]);
}

#[test]
fn a_pattern_with_a_condition_makes_standards_that_apply_only_there() {
    let of = |when: &str| {
        let traits = format!(
            "traits:\n  - id: warm\n    patterns:\n      - id: call\n        type: personal\n        level: basic\n        text: The clerk gives a name.\n{when}"
        );
        let files = [
            ("gamma-ok.yaml", MANIFEST.to_owned()),
            ("traits/own.yaml", traits),
            ("sites/small.yaml", "id: small\nrooms: 10\n".to_owned()),
            ("sites/large.yaml", "id: large\nrooms: 100\n".to_owned()),
            ("sequences/s.yaml", "id: s\nphases:\n  - id: p\n    traits: [warm]\n".to_owned()),
        ];
        let loaded = load(&Memory::new(files)).expect("a book");
        assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
        let standards = standards(&loaded.book);
        (loaded, standards)
    };
    let (loaded, with) = of("        when: site.rooms >= 50\n");
    let standard = &with.all[0];
    let applies = |site: &str| {
        let site = loaded.book.sites.iter().find(|known| known.id.name == site);
        standard.when.iter().all(|when| when.holds(site))
    };
    assert_eq!((applies("small"), applies("large")), (false, true));
    // What is demanded includes where: the wording is another one.
    assert_ne!(standard.stamp, of("").1.all[0].stamp);
}
