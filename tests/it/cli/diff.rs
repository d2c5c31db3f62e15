//! `diff` over real histories: each kind of change, and what is no change.

use std::fs;

use serde_json::Value;

use crate::support::{Book, Run, program};

const VISIT: &str = "sequences/visit.yaml";

/// The changes as lines: `KIND ID`, the thing where it is no standard, the field, the language, and what it was and is.
fn lines(json: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let line = |change: &Value| {
        let mut line =
            format!("{} {}", change["kind"].as_str().expect("a kind"), change["id"].as_str().expect("an id"));
        line.extend(text(&change["of"]).filter(|of| of != "standard").map(|of| format!(" ({of})")));
        line.extend(text(&change["field"]).map(|field| format!(" {field}")));
        line.extend(text(&change["language"]).map(|language| format!(" [{language}]")));
        let (before, after) = (text(&change["before"]), text(&change["after"]));
        format!("{line}: {} > {}", before.as_deref().unwrap_or("-"), after.as_deref().unwrap_or("-"))
    };
    json["changes"].as_array().expect("a list").iter().map(line).collect()
}

fn retrain(json: &Value) -> Vec<String> {
    let one = |entry: &Value| {
        let standards = entry["standards"].as_array().expect("a list");
        let standards: Vec<&str> = standards.iter().filter_map(Value::as_str).collect();
        format!("{}: {}", entry["role"].as_str().unwrap_or("anyone"), standards.join(" "))
    };
    json["retrain"].as_array().expect("a list").iter().map(one).collect()
}

/// What `diff` says of a change to the small sound book.
#[track_caller]
fn after(change: impl FnOnce(Book) -> Book) -> (Vec<String>, Vec<String>) {
    let json = change(Book::sound().commit("before")).run("diff --format json").ends(0).json();
    (lines(&json), retrain(&json))
}

#[track_caller]
fn edited(old: &str, new: &str) -> (Vec<String>, Vec<String>) {
    after(|book| book.edit(VISIT, old, new))
}

fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// An edit of the book: what stood there, what stands there now, the changes by name, and who needs re-training.
type Case = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const CASES: [Case; 17] = [
    (
        "within 10 seconds.",
        "within ten seconds.",
        &[
            "reworded greet: The seller greets the shopper within 10 seconds. > The seller greets the shopper within ten seconds.",
        ],
        &["seller: greet"],
    ),
    // A measure that changed while the text keeps its figure is that alone.
    (
        "within: 10 s,",
        "within: 5 s,",
        &["tightened greet: within 10 s, in 90 % of cases > within 5 s, in 90 % of cases"],
        &["seller: greet"],
    ),
    (
        "share: 90 %",
        "share: 80 %",
        &["loosened greet: within 10 s, in 90 % of cases > within 10 s, in 80 % of cases"],
        &["seller: greet"],
    ),
    (
        "[95 %, 100 %]",
        "[90 %, 100 %]",
        &["loosened price-tags: 95 % to 100 % > 90 % to 100 %"],
        &["anyone: price-tags"],
    ),
    (
        "level: basic\n        critical",
        "level: expected\n        critical",
        &["moved-level receipt: basic > expected"],
        &[],
    ),
    ("id: price-tags", "id: labels\n        was: [price-tags]", &["renamed labels: price-tags > labels"], &[]),
    (
        "aspect: performance",
        "status: retired",
        &[
            "retired price-tags: Every shelf bears the price of each article. > -",
            "other price-tags aspect: performance > organisation",
        ],
        &[],
    ),
    (
        "Każda półka",
        "Na każdej półce",
        &["translated price-tags [pl]: Każda półka ma cenę każdego towaru. > Na każdej półce ma cenę każdego towaru."],
        &[],
    ),
    (
        "pl: czas do powitania",
        "pl: czas powitania",
        &["translated greet measure [pl]: czas do powitania > czas powitania"],
        &[],
    ),
    (
        "pl: Decydują pierwsze",
        "pl: O wszystkim decydują pierwsze",
        &["translated greet why [pl]: Decydują pierwsze sekundy. > O wszystkim decydują pierwsze sekundy."],
        &[],
    ),
    (
        "en: The first seconds",
        "en: First seconds",
        &["other greet why: The first seconds decide. > First seconds decide."],
        &[],
    ),
    ("en: Look up first", "en: Smile", &["other greet how: Look up first > Smile"], &["seller: greet"]),
    ("critical: true", "critical: false", &["other receipt critical: true > false"], &["cashier: receipt"]),
    (
        "site.tills >= 1",
        "site.tills >= 2",
        &["other receipt when: site.tills >= 1 > site.tills >= 2"],
        &["cashier: receipt"],
    ),
    ("weight: 2.5", "weight: 2", &["other receipt weight: 2.5 > 2"], &[]),
    ("status: draft", "status: active", &["other greet-by-name status: draft > active"], &["seller: greet-by-name"]),
    (
        "within: 1 d",
        "within: 12 h",
        &["tightened payment.pay.handoff: within 1 d > within 12 h"],
        &["cashier: payment.pay.handoff"],
    ),
];

#[test]
fn each_kind_of_change_goes_by_its_name() {
    for (old, new, expected, roles) in CASES {
        assert_eq!(edited(old, new), (owned(expected), owned(roles)), "{old} > {new}");
    }
}

#[test]
fn a_measure_and_its_text_may_change_together() {
    let (changes, roles) = after(|book| {
        let book = book.edit(VISIT, "within: 10 s", "within: 5 s").edit(VISIT, "within 10 seconds", "within 5 seconds");
        book.edit(VISIT, "w ciągu 10 sekund", "w ciągu 5 sekund")
    });
    assert_eq!(
        changes,
        [
            "reworded greet: The seller greets the shopper within 10 seconds. > The seller greets the shopper within 5 seconds.",
            "tightened greet: within 10 s, in 90 % of cases > within 5 s, in 90 % of cases"
        ]
    );
    assert_eq!(roles, ["seller: greet"]);
}

#[test]
fn standards_come_and_go_and_move_to_another_phase() {
    let tags = "      - id: price-tags\n        trait: accurate\n        type: product\n        level: expected\n        aspect: performance\n        text:\n          \
                en: Every shelf bears the price of each article.\n          pl: Każda półka ma cenę każdego towaru.\n        measure: {what: {en: shelves with prices, pl: półki z \
                cenami}, between: [95 %, 100 %]}\n";
    assert_eq!(edited(tags, "").0, ["removed price-tags: Every shelf bears the price of each article. > -"]);
    let (changes, roles) = edited(tags, &format!("{tags}{}", tags.replace("price-tags", "shelf-tags")));
    assert_eq!(changes, ["added shelf-tags: - > Every shelf bears the price of each article."]);
    assert_eq!(roles, ["anyone: shelf-tags"]);
    let draft = tags.replace("price-tags", "shelf-tags").replace("aspect: performance", "status: draft");
    let (changes, roles) = edited(tags, &format!("{tags}{draft}"));
    assert_eq!(
        changes,
        ["added shelf-tags: - > Every shelf bears the price of each article.", "other shelf-tags status: - > draft"]
    );
    assert_eq!(roles, [""; 0], "a draft is not in force");
    let (changes, _) = after(|book| {
        let moved = format!("{}\n  - id: payment\n", tags.trim_end());
        book.edit(VISIT, tags, "").edit(VISIT, "  - id: payment\n", &moved)
    });
    assert_eq!(changes, ["moved-phase price-tags: payment > arrival"]);
}

#[test]
fn what_only_stands_elsewhere_or_otherwise_has_not_changed() {
    // Another file.
    let (changes, _) = after(|book| {
        let text = book.read(VISIT);
        fs::remove_file(book.path().join(VISIT)).expect("a file");
        book.with("sequences/a/walk-in.yaml", text)
    });
    assert_eq!(changes, [""; 0]);
    // Phases in another order.
    let (changes, _) = after(|book| {
        let text = book.read(VISIT);
        let (head, phases) = text.split_once("  - id: arrival").expect("a phase");
        let (arrival, payment) = phases.split_once("  - id: payment").expect("a phase");
        let text = format!("{head}  - id: payment{}\n  - id: arrival{arrival}", payment.trim_end());
        book.with(VISIT, text)
    });
    assert_eq!(changes, [""; 0]);
    let same = [
        (
            "en: The seller greets the shopper within 10 seconds.",
            "en: >\n            The seller greets\n            the shopper within 10 seconds.",
        ),
        ("within: 1 d", "within: 24 h"),
        ("# ", "# "),
        ("text:\n          en: A bell", "# As of old.\n        text:\n          en: A bell"),
    ];
    for (old, new) in same.into_iter().filter(|(old, new)| old != new) {
        assert_eq!(edited(old, new).0, [""; 0], "{old} > {new}");
    }
}

#[test]
fn phases_traits_and_roles_change_too() {
    let cases: [(&str, &str, &str, &[&str]); 8] = [
        (VISIT, "{en: Arrival,", "{en: Coming in,", &["reworded arrival (phase): Arrival > Coming in"]),
        (VISIT, "pl: Wejście", "pl: Przyjście", &["translated arrival (phase) [pl]: Wejście > Przyjście"]),
        // The hand-off's id follows its phase.
        (VISIT, "id: payment\n", "id: paying\n    was: [payment]\n", &["renamed paying (phase): payment > paying"]),
        (
            VISIT,
            "    traits: [accurate]\n",
            "    traits: [accurate, prompt]\n    target: exclusive\n",
            &[
                "other payment (phase) target: - > exclusive",
                "other payment (phase) traits: accurate > accurate, prompt",
            ],
        ),
        (
            VISIT,
            "contact: face-to-face\n        procedure: transaction",
            "contact: phone\n        procedure: transaction",
            &["other payment.pay (step) contact: face-to-face > phone"],
        ),
        (
            "roles.yaml",
            "title: {en: Seller,",
            "title: {en: Shop assistant,",
            &["reworded seller (role): Seller > Shop assistant"],
        ),
        ("sites/market.yaml", "tills: 4", "tills: 5", &["other market (site) attributes: tills: 4 > tills: 5"]),
        (
            "gamma-ok.yaml",
            "languages: [en, pl]",
            "target: basic\nlanguages: [en, pl]",
            &["other book (book) target: expected > basic"],
        ),
    ];
    for (file, old, new, expected) in cases {
        let (changes, _) = after(|book| book.edit(file, old, new));
        assert_eq!(changes, owned(expected), "{old} > {new}");
    }
    let (changes, _) = after(|book| {
        let book = book.with("traits/own.yaml", "traits:\n  - id: accurate\n    title: {en: Exact, pl: Dokładność}\n");
        book.with("sites/third.yaml", "id: third\ntitle: {en: Third, pl: Trzeci}\n")
    });
    assert!(changes.contains(&"added third (site): - > Third".to_owned()), "{changes:?}");
    assert!(changes.contains(&"reworded accurate (trait): Accurate > Exact".to_owned()), "{changes:?}");
}

#[test]
fn a_role_that_was_renamed_is_the_same_in_every_standard() {
    let (changes, roles) = after(|book| {
        let book = book.edit("roles.yaml", "id: seller", "id: assistant\n    was: [seller]");
        let book = book.edit("roles.yaml", "covered-by: seller", "covered-by: assistant");
        book.edit(VISIT, "role: seller", "role: assistant")
    });
    assert_eq!(changes, ["renamed assistant (role): seller > assistant"]);
    assert_eq!(roles, [""; 0]);
}

#[test]
fn a_derived_standard_is_its_pattern_and_not_the_words_for_the_customer() {
    let book = || Book::sound().edit("gamma-ok.yaml", "derive: false", "derive: true").commit("before");
    let json = book().edit("gamma-ok.yaml", "shopper, many", "client, many").run("diff --format json").ends(0).json();
    assert_eq!(lines(&json).len(), 1, "{:#?}", lines(&json));
    assert!(lines(&json)[0].starts_with("other book (book) customer: en: one: shopper"), "{:?}", lines(&json));
    // A pattern that is waived retires what it made.
    let derived = book().run("show --format json").ends(0).json();
    let id = derived["standards"].as_array().expect("a list").iter().find(|one| one["origin"] == "derived");
    let id = id.expect("a derived standard")["id"].as_str().expect("an id").to_owned();
    let parts: Vec<&str> = id.split('.').collect();
    let waiver = format!(
        "    waive:\n      - pattern: {}.{}\n        why: {{en: Not here., pl: Nie tu.}}\n",
        parts[1], parts[2]
    );
    let steps = if parts[0] == "arrival" { "    traits: [friendly]\n" } else { "    traits: [accurate]\n" };
    let json = book().edit(VISIT, steps, &format!("{steps}{waiver}")).run("diff --format json").ends(0).json();
    assert!(lines(&json)[0].starts_with(&format!("retired {id}: ")), "{:?}", lines(&json));
}

#[test]
fn any_two_revisions_are_compared_in_either_direction() {
    let book = Book::sound().commit("one").edit(VISIT, "within: 10 s,", "within: 5 s,").commit("two");
    let book = book.edit(VISIT, "id: price-tags", "id: labels\n        was: [price-tags]").commit("three");
    let book = book.edit(VISIT, "weight: 2.5", "weight: 1");
    let of = |arguments: &str| lines(&book.run(&format!("diff --format json {arguments}")).ends(0).json());
    let tightened = "tightened greet: within 10 s, in 90 % of cases > within 5 s, in 90 % of cases";
    let renamed = "renamed labels: price-tags > labels";
    let weighed = "other receipt weight: 2.5 > 1";
    assert_eq!(of(""), [weighed]);
    assert_eq!(of("HEAD~1"), [renamed, weighed]);
    assert_eq!(of("HEAD~2 HEAD~1"), [tightened]);
    assert_eq!(of("HEAD~2 HEAD"), [tightened, renamed]);
    assert_eq!(
        of("HEAD HEAD~2"),
        [
            "loosened greet: within 5 s, in 90 % of cases > within 10 s, in 90 % of cases",
            "renamed price-tags: labels > price-tags"
        ]
    );
    assert_eq!(of("HEAD HEAD"), [""; 0]);
    book.run("diff HEAD HEAD").ends(0).prints_nothing().says("nothing changed in the standards");
}

#[test]
fn people_read_it_phase_by_phase_with_the_words_marked() {
    let book = Book::sound().commit("one").edit(VISIT, "within: 10 s,", "within: 5 s,");
    let book = book.edit(VISIT, "within 10 seconds", "within 5 seconds").edit(
        VISIT,
        "level: basic\n        critical",
        "level: expected\n        critical",
    );
    let book = book.edit("roles.yaml", "{en: Seller,", "{en: Shop assistant,");
    insta::assert_snapshot!(book.run("diff").ends(0).says_nothing().stdout(), @r"
    Arrival
      reworded    greet
          The seller greets the shopper within [-10-]{+5+} seconds.
      tightened   greet: within 10 s, in 90 % of cases → within 5 s, in 90 % of cases

    Payment
      moved-level receipt: basic → expected
          The cashier hands over the receipt with the change.

    the book, sequences, phases, steps, traits, roles
      reworded    role seller: Seller → Shop assistant

    to be re-trained
      Shop assistant
        greet  The seller greets the shopper within 5 seconds.
    ");
    let polish = book.run("diff --format md --lang pl --today 2026-03-02").ends(0).stdout();
    insta::assert_snapshot!(polish.replace('\u{a0}', " "), @r"
    # Zmiany w standardach: Sklep na rogu

    Co się zmieniło od: HEAD

    - zmiana treści: 2
    - zaostrzenie: 1
    - zmiana poziomu: 1

    ## Wejście

    - **zmiana treści** `greet`
      The seller greets the shopper within ~~10~~ **5** seconds.
    - **zaostrzenie** `greet`
      ~~w ciągu 10 s, w 90% przypadków~~ → **w ciągu 5 s, w 90% przypadków**

    ## Płatność

    - **zmiana poziomu** `receipt`
      Kasjer wydaje paragon razem z resztą.
      ~~podstawowy~~ → **oczekiwany**

    ## Książka, sekwencje, fazy, kroki, cechy, role

    - **zmiana treści** rola `seller`
      ~~Seller~~ → **Shop assistant**

    ## Wymagają ponownego przeszkolenia

    - **Sprzedawca**
      - Sprzedawca wita klienta w ciągu 10 sekund. `greet`
    ");
    book.run("diff -o changes.md --today 2026-03-02").ends(0).prints_nothing();
    assert!(book.read("changes.md").starts_with("# Changes in the standards"));
    book.run("diff -o changes.pdf").ends(2).says(".md, .json, .txt");
}

#[test]
fn what_cannot_be_compared_is_said_plainly() {
    let book = Book::sound().with("README.md", "x").commit("one");
    book.run("diff HAED").ends(2).prints_nothing().says("git knows no revision `HAED`").says("did you mean `HEAD`?");
    book.run("diff -- --output=stolen").ends(2).prints_nothing().says("git knows no revision");
    book.run("diff --output=stolen").ends(2).prints_nothing();
    assert!(!book.path().join("stolen").exists());
    let late = Book::empty().with("README.md", "x").commit("one");
    let late = ["gamma-ok.yaml", "roles.yaml", VISIT, "sites/corner.yaml", "sites/market.yaml"]
        .iter()
        .fold(late, |late, path| late.with(path, book.read(path)))
        .commit("two");
    late.run("diff HEAD~1").ends(2).prints_nothing().says("the revision `HEAD~1` has no book in this folder");
    let broken = Book::sound()
        .edit(
            VISIT,
            "type: product\n        level: expected\n        aspect",
            "type: produkt\n        level: expected\n        aspect",
        )
        .commit("one");
    let mended = broken.edit(VISIT, "type: produkt", "type: product");
    mended.run("diff").ends(1).prints("added").says("the book at `HEAD` has 1 error");
    let empty = Book::sound();
    empty.git(&["init", "--quiet"]);
    empty.run("diff").ends(2).says("no commit yet").says("git commit");
    Book::sound().run("diff").ends(2).prints_nothing().says("not in a git repository").says("git init");
}

#[test]
fn what_surrounds_it_changes_nothing_or_is_named() {
    let book = Book::sound().commit("one").edit(VISIT, "weight: 2.5", "weight: 1");
    let run = |arguments: &str, name: &str, value: &str| {
        Run::of(program(book.path()).args(arguments.split(' ')).env(name, value).env("GIT_CONFIG_GLOBAL", "/dev/null"))
    };
    // In a hook, git's variables name another repository.
    run("diff", "GIT_DIR", "/nowhere").ends(0).prints("receipt (weight): 2.5 → 1");
    run("diff", "LC_ALL", "C").ends(0).prints("receipt (weight): 2.5 → 1");
    run("diff", "PATH", "").ends(2).prints_nothing().says("git cannot be run").says("install git");
    run("check", "PATH", "").ends(0).says("the book's past was not looked at: git cannot be run");
}

#[test]
fn what_was_split_or_merged_says_what_it_came_of() {
    let part = |id: &str, from: &str| {
        format!("      - {{id: {id}, from: [{from}], type: product, level: basic, text: The seller sees to {id}.}}\n")
    };
    let change = |book: Book| {
        let at = "    standards:\n";
        let parts = part("greet-new", "greet") + &part("both", "greet, receipt");
        book.edit(VISIT, at, &format!("{at}{parts}"))
    };
    let book = change(Book::sound().commit("before"));
    let json = book.run("diff --format json").ends(0).json();
    let of =
        |id: &str| json["changes"].as_array().expect("a list").iter().find(|one| one["id"] == id).expect("it").clone();
    assert_eq!((&of("greet-new")["kind"], &of("greet-new")["from"]), (&"added".into(), &serde_json::json!(["greet"])));
    assert_eq!(of("both")["from"], serde_json::json!(["greet", "receipt"]));
    book.run("diff").ends(0).prints("greet-new (split from greet)").prints("both (merged of greet, receipt)");
    book.run("diff --format md").ends(0).prints("`both` (merged of greet, receipt)");
}
