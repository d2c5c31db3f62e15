//! Whom a sequence serves: its own word for the customer, in standards by patterns, documents, findings, comparisons.

use gamma_ok::book::load;
use gamma_ok::check::check;
use gamma_ok::method::standards;
use gamma_ok::source::Memory;

use crate::support::Book;

const MANIFEST: &str = "title: {en: A school, pl: Szkoła, sv: En skola}
languages: [en, pl, sv]
customer:
  en: {one: parent, many: parents, possessive: \"parent's\"}
  pl: {nom: rodzic, gen: rodzica, acc: rodzica, ins: rodzicem}
  sv: {one: förälder, def: föräldern, possessive: förälderns}
staff:
  en: {one: librarian}
  pl: {nom: bibliotekarz}
  sv: {one: bibliotekarie, def: bibliotekarien}
";

const TRAITS: &str = "traits:
  - id: warm
    title: {en: Warm, pl: Ciepły, sv: Varm}
    patterns:
      - id: greet
        type: personal
        level: basic
        text:
          en: The {{ staff.one }} greets {{ customer | a }} and takes the {{ customer.possessive }} bag.
          pl: \"{{ staff.nom | capitalize }} rozmawia {{ customer.ins | z }} i wita {{ customer.acc }}.\"
          sv: \"{{ staff.def | capitalize }} hälsar {{ customer | agree('en ny', 'ett nytt') }} {{ customer.one }}.\"
";

const OFFICE: &str = "id: office
title: {en: Office, pl: Sekretariat, sv: Expedition}
phases:
  - id: question
    title: {en: Question, pl: Pytanie, sv: Fråga}
    wants: {en: An answer., pl: Odpowiedzi., sv: Ett svar.}
    traits: [warm]
    steps:
      - {id: ask, contact: face-to-face, customer: {en: Asks, pl: Pyta, sv: Frågar}}
";

/// The library's sequence with that word.
fn library(customer: &str) -> String {
    format!(
        "id: library
title: {{en: Library, pl: Biblioteka, sv: Bibliotek}}
{customer}phases:
  - id: loan
    title: {{en: Loan, pl: Wypożyczenie, sv: Lån}}
    wants: {{en: A book., pl: Książki., sv: En bok.}}
    traits: [warm]
    steps:
      - id: borrow
        title: {{en: Loan, pl: Wypożyczenie, sv: Lån}}
        contact: face-to-face
        customer: {{en: Borrows, pl: Pożycza, sv: Lånar}}
"
    )
}

const PUPIL: &str = "customer:
  en: {one: early pupil, many: pupils, possessive: \"pupil's\"}
  pl: {nom: uczeń, gen: ucznia, acc: ucznia, ins: szkolnym uczniem}
  sv: {one: skolbarn, def: skolbarnet, many: skolbarn, possessive: skolbarnets, gender: neuter}
";

fn book(customer: &str) -> Book {
    let book = Book::empty().with("gamma-ok.yaml", MANIFEST).with("traits/own.yaml", TRAITS);
    book.with("sequences/office.yaml", OFFICE).with("sequences/school-library.yaml", library(customer))
}

/// What the pattern says in each of three languages, in the office and in the library.
fn said(customer: &str) -> Vec<String> {
    let files = [
        ("gamma-ok.yaml", MANIFEST.to_owned()),
        ("traits/own.yaml", TRAITS.to_owned()),
        ("sequences/office.yaml", OFFICE.to_owned()),
        ("sequences/school-library.yaml", library(customer)),
    ];
    let loaded = load(&Memory::new(files)).expect("a book");
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    let all = standards(&loaded.book).all;
    let mut said = Vec::new();
    for id in ["question.warm.greet", "loan.warm.greet"] {
        let standard = all.iter().find(|standard| standard.id.name == id).expect("a derived standard");
        said.extend(standard.text.0.iter().map(|worded| worded.text.clone()));
    }
    said
}

/// The remarks of a book: code, place and text.
fn remarks(book: &Book) -> Vec<(String, String, String)> {
    let found = book.run("check --format json").works().json();
    let remarks = found.as_array().expect("a list");
    let text = |one: &serde_json::Value, key: &str| one[key].as_str().unwrap_or_default().to_owned();
    remarks
        .iter()
        .map(|one| {
            let place = format!("{}:{}", text(one, "file"), one["line"]);
            (text(one, "rule"), place, text(one, "message"))
        })
        .collect()
}

#[test]
fn patterns_speak_of_whom_the_sequence_serves_and_articles_go_with_that_word() {
    let office = [
        "The librarian greets a parent and takes the parent's bag.",
        "Bibliotekarz rozmawia z rodzicem i wita rodzica.",
        "Bibliotekarien hälsar en ny förälder.",
    ];
    let of_pupils = [
        "The librarian greets an early pupil and takes the pupil's bag.",
        "Bibliotekarz rozmawia ze szkolnym uczniem i wita ucznia.",
        "Bibliotekarien hälsar ett nytt skolbarn.",
    ];
    assert_eq!(said(PUPIL), [office, of_pupils].concat());
    let of_parents = said("");
    assert_eq!(of_parents[3..], office, "a sequence without the key speaks of the book's customer");
    // A language that the sequence's word lacks takes the book's.
    let english = said("customer: {en: {one: pupil, possessive: \"pupil's\"}}\n");
    assert_eq!(english[3], "The librarian greets a pupil and takes the pupil's bag.");
    assert_eq!(english[4..], office[1..]);
}

#[test]
fn whom_a_sequence_serves_is_no_part_of_what_a_standard_demands() {
    let stamps = |customer: &str| {
        let files = [
            ("gamma-ok.yaml", MANIFEST.to_owned()),
            ("traits/own.yaml", TRAITS.to_owned()),
            ("sequences/school-library.yaml", library(customer)),
        ];
        let loaded = load(&Memory::new(files)).expect("a book");
        standards(&loaded.book).all.iter().map(|one| one.stamp.clone()).collect::<Vec<_>>()
    };
    assert_eq!(stamps(PUPIL), stamps(""));
}

#[test]
fn a_form_that_a_pattern_asks_for_is_missed_where_the_sequence_has_its_word() {
    let lacking = "customer:
  en: {one: pupil, many: pupils}
  pl: {nom: uczeń, acc: ucznia, ins: uczniem}
";
    let book = book(lacking);
    let found = remarks(&book);
    let missed: Vec<_> = found.iter().filter(|(code, ..)| code == "missing-noun-form").collect();
    let place = |line: usize| format!("sequences/school-library.yaml:{line}");
    let expected = [
        (place(4), "the noun of `customer` has no `one` in `sv`"),
        (place(4), "the noun of `customer` has no `possessive` in `en`"),
    ];
    let mut told: Vec<(String, &str)> = missed.iter().map(|(_, place, text)| (place.clone(), text.as_str())).collect();
    told.sort();
    let mut expected = expected.to_vec();
    expected.sort();
    assert_eq!(told, expected, "{found:#?}");
    book.run("check").prints("add it under `customer` of the sequence `library`, as in `en: {possessive: …}`");
}

#[test]
fn what_is_no_noun_is_refused_where_it_stands() {
    let wrong = [
        ("customer: {en: {one: pupil, possessive: \"pupil's\", gender: utrum}}\n", "`utrum` is not a gender of nouns"),
        ("customer: The pupils\n", "expected a word by language and form"),
        ("customer: {en: {one: pupil, one: child}}\n", "the key `one` stands twice"),
        ("customer: {xx: {one: pupil}}\n", "xx"),
    ];
    for (customer, message) in wrong {
        let found = remarks(&book(customer));
        let is_told = |(_, place, text): &(String, String, String)| {
            place == "sequences/school-library.yaml:3" && text.contains(message)
        };
        assert!(found.iter().any(is_told), "{customer}: {found:#?}");
    }
    // A form that no noun of the language has is asked for in vain, whoever is served.
    let traits = TRAITS.replace("customer.possessive", "customer.plural");
    let book = book(PUPIL).with("traits/own.yaml", traits);
    book.run("check").prints("traits/own.yaml:9:").prints("the language `en` has no form `plural` of a noun");
}

#[test]
fn the_key_is_found_under_its_names_in_other_languages() {
    let told = [
        ("klient", "the format's word for it is `customer`"),
        ("kund", "the format's word for it is `customer`"),
        ("custommer", "did you mean `customer`?"),
    ];
    for (written, help) in told {
        let book = book(&PUPIL.replace("customer:", &format!("{written}:")));
        book.run("check").ends(1).prints(help).prints("sequences/school-library.yaml:3:1");
    }
    let schema = Book::empty().run("schema sequence").ends(0).json();
    let customer = &schema["properties"]["customer"];
    assert!(customer.to_string().contains("#/$defs/Noun"), "{customer}");
    assert!(customer["description"].as_str().is_some_and(|about| about.starts_with("The word for whom it serves")));
}

#[test]
fn documents_speak_of_whom_a_sequence_serves_within_it_and_of_the_customer_beyond() {
    let book = book(PUPIL);
    let manual = book.run("manual --format md --lang en").ends(0).stdout();
    for text in ["**What the parent wants here:** An answer.", "**What the early pupil wants here:** A book."] {
        assert!(manual.contains(text), "{text}:\n{manual}");
    }
    assert!(manual.contains("The chain of activities that the parent goes through"), "the glossary is the book's");
    let plan = book.run("manual --for trainer --format md --lang en").ends(0).stdout();
    for text in
        ["Say what the parent wants here", "Say what the early pupil wants here", "or parents point at a standard"]
    {
        assert!(plan.contains(text), "{text}:\n{plan}");
    }
    for (language, own, other) in [("pl", "Uczeń", "Rodzic"), ("sv", "Skolbarnet", "Föräldern")] {
        let page = book.run(&format!("blueprint --format html --lang {language}")).ends(0).stdout();
        let (office, library) = page.split_once("id=\"sequence-library\"").expect("two charts");
        for (chart, word, not) in [(office, other, own), (library, own, other)] {
            // In the picture, and in the table beside it.
            let drawn = chart.split("</svg>").next().unwrap_or_default();
            assert!(drawn.contains(word) && chart.matches(word).count() > 1, "{language}: {chart}");
            assert!(!chart.contains(not), "{language}: {chart}");
        }
    }
}

#[test]
fn what_is_told_of_a_standard_speaks_of_whom_its_sequence_serves() {
    let responses = "date,phase,rating\n2026-02-01,loan,2\n2026-02-01,question,2\n";
    let book = book(PUPIL).with("feedback/a.csv", responses);
    for (id, title) in [("loan.warm.greet", "What pupils say"), ("question.warm.greet", "What parents say")] {
        book.run(&format!("why {id} --lang en --today 2026-03-02")).works().prints(title);
    }
}

#[test]
fn a_comparison_tells_whom_a_sequence_serves_now() {
    let book = book("").commit("Parents everywhere");
    let book = book.with("sequences/school-library.yaml", library(PUPIL));
    let changes = book.run("diff HEAD --format json").works().json();
    let told = changes["changes"].as_array().expect("a list");
    let of_sequence: Vec<_> = told.iter().filter(|one| one["of"] == "sequence" && one["field"] == "customer").collect();
    assert_eq!(of_sequence.len(), 1, "{changes:#}");
    assert!(of_sequence[0]["after"].as_str().is_some_and(|after| after.starts_with("en: one: early pupil")));
}

#[test]
fn what_init_takes_of_the_library_and_what_convert_writes_keep_the_word() {
    let book = Book::empty();
    book.run("init --sector school --lang pl .").ends(0);
    let sequence = book.read("sequences/school-library.yaml");
    assert!(sequence.contains("many_loc: uczniach") && !sequence.contains("pupil"), "{sequence}");
    book.run("convert break-time-loans --trait helpful --write").works();
    let written = book.read("sequences/school-library.yaml");
    assert!(written.contains("many_loc: uczniach"), "{written}");
    let drafts = &written[written.find("status: draft").map_or(written.len(), |at| at.saturating_sub(400))..];
    assert!(!drafts.contains("rodzic"), "{drafts}");
    // Whatever the standards of the library, none that a pattern words speaks of parents at the loan desk.
    let loaded =
        load(&gamma_ok::source::Disk::new(book.path(), "2026-03-02".parse().expect("a day")).expect("a folder"));
    let loaded = loaded.expect("a book");
    let found = check(&loaded, &standards(&loaded.book));
    assert!(!found.iter().any(|one| one.code.word() == "missing-noun-form"), "{found:#?}");
}

#[test]
fn no_page_says_the_day_it_was_made_and_none_leaves_the_customers_word_out() {
    let book = Book::example("shop");
    book.run("review open 2027 --today 2026-11-30").ends(0);
    let commands = [
        "feedback --format html",
        "audit actions --format html",
        "review due --format html",
        "review report 2027 --format md",
    ];
    for command in commands {
        let page = |options: &str| book.run(&format!("{command} {options}")).stdout();
        let pages = ["en", "pl", "sv"].map(|lang| page(&format!("--lang {lang} --today 2026-12-01")));
        for page in &pages {
            assert!(!page.contains("{customer"), "{command}");
            assert!(!page.contains("Issued") && !page.contains("Stan na") && !page.contains("Utfärdad"), "{command}");
        }
    }
    let feedback = |today: &str| book.run(&format!("feedback --format html --today {today}")).ends(0).stdout();
    assert_eq!(feedback("2026-12-01"), feedback("2027-03-01"));
}
