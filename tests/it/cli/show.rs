use crate::support::{Book, column, keys};

#[test]
fn lists_one_a_line() {
    let run = Book::sound().run("show").ends(0).says_nothing();
    insta::assert_snapshot!(run.stdout(), @r"
    id                   type        level      text
    bell                 product     expected   [retired] A bell hangs over the door.
    greet                personal    basic      The seller greets the shopper within 10 seconds.
    greet-by-name        personal    exclusive  [draft] The seller greets a regular shopper by name.
    price-tags           product     expected   Every shelf bears the price of each article.
    receipt              procedural  basic      The cashier hands over the receipt with the change.
    payment.pay.handoff  procedural  basic      To: Accounting; What: Takings of the day; Within: 1 day
    ");
}

#[test]
fn tells_everything_of_some() {
    let run = Book::sound().run("show receipt greet").ends(0).says_nothing();
    insta::assert_snapshot!(run.stdout(), @r"
    greet@9f542a4f
      en  The seller greets the shopper within 10 seconds.
      pl  Sprzedawca wita klienta w ciągu 10 sekund.

      sequence    visit (A visit)
      phase       arrival (Arrival)
      step        enter (The shopper comes in)
      type        personal
      level       basic
      traits      friendly (Friendly)
      role        seller (Seller)
      measure     time to greeting: within 10 s, in 90 % of cases
      verify      observe
      aspect      professionalism
      critical    no
      weight      1
      procedure   communication
      why         The first seconds decide.
      how         Look up first
      say         Good morning!
      avoid       What?
      sources     Mystery visits of 2025
      origin      written in the book
      status      active
      was         say-hello
      place       sequences/visit.yaml:14

    receipt@fc45dcbd
      en  The cashier hands over the receipt with the change.
      pl  Kasjer wydaje paragon razem z resztą.

      sequence    visit (A visit)
      phase       payment (Payment)
      step        pay (The shopper pays)
      type        procedural
      level       basic
      traits      accurate (Accurate)
      role        cashier (Cashier)
      verify      record
      aspect      performance
      critical    yes: not met, it fails its phase
      weight      2.5
      procedure   transaction
      when        site.tills >= 1
      origin      written in the book
      status      active
      place       sequences/visit.yaml:63
    ");
}

#[test]
fn json_has_the_fields_that_others_rely_on() {
    let json = Book::sound().run("show --format json").ends(0).says_nothing().json();
    assert_eq!(keys(&json), ["book", "site", "standards", "things"]);
    assert_eq!(
        json["book"],
        serde_json::json!({"title": {"en": "Corner shop", "pl": "Sklep na rogu"}, "languages": ["en", "pl"]})
    );
    assert!(json["site"].is_null());
    let all = json["standards"].as_array().expect("a list");
    let fields = [
        "id",
        "stamp",
        "was",
        "sequence",
        "phase",
        "step",
        "type",
        "level",
        "traits",
        "roles",
        "text",
        "measure",
        "verify",
        "aspect",
        "critical",
        "weight",
        "procedure",
        "when",
        "why",
        "how",
        "say",
        "avoid",
        "sources",
        "source_countries",
        "origin",
        "status",
        "file",
        "line",
    ];
    for one in all {
        assert_eq!(keys(one), fields);
    }
    assert_eq!(
        column(&json["standards"], "id"),
        ["bell", "greet", "greet-by-name", "price-tags", "receipt", "payment.pay.handoff"]
    );
    let greet = &all[1];
    assert_eq!(greet["was"], serde_json::json!(["say-hello"]));
    assert_eq!(greet["text"]["pl"], "Sprzedawca wita klienta w ciągu 10 sekund.");
    assert_eq!(
        greet["measure"],
        serde_json::json!({
            "what": {"en": "time to greeting", "pl": "czas do powitania"}, "kind": "within", "value": 10, "unit": "s",
            "high": null, "share": 0.9,
        })
    );
    assert_eq!(greet["how"], serde_json::json!([{"en": "Look up first", "pl": "Najpierw podnieś wzrok"}]));
    assert_eq!((&greet["file"], &greet["line"]), (&"sequences/visit.yaml".into(), &14.into()));
    let receipt = &all[4];
    assert_eq!(
        (&receipt["weight"], &receipt["when"], &receipt["why"]),
        (&2.5.into(), &"site.tills >= 1".into(), &serde_json::json!({}))
    );
    assert_eq!((&all[3]["measure"]["value"], &all[3]["measure"]["high"]), (&95.into(), &100.into()));
    assert_eq!(column(&json["standards"], "origin").last(), Some(&"handoff"));
    assert_eq!(all[0]["step"], serde_json::Value::Null);
}

#[test]
fn filters_pick_any_of_one_and_all_of_several() {
    let book = Book::sound();
    let cases = [
        ("", "bell greet greet-by-name price-tags receipt payment.pay.handoff"),
        ("--sequence visit", "bell greet greet-by-name price-tags receipt payment.pay.handoff"),
        ("--phase payment", "price-tags receipt payment.pay.handoff"),
        ("--phase payment --phase arrival --type product", "bell price-tags"),
        ("--type personal,product", "bell greet greet-by-name price-tags"),
        ("--level basic", "greet receipt payment.pay.handoff"),
        ("--up-to expected", "bell greet price-tags receipt payment.pay.handoff"),
        ("--trait friendly", "bell greet greet-by-name"),
        ("--procedure transaction", "receipt payment.pay.handoff"),
        ("--procedure communication --procedure transaction", "greet greet-by-name receipt payment.pay.handoff"),
        ("--aspect professionalism", "greet greet-by-name"),
        ("--role seller", "bell greet greet-by-name price-tags"),
        ("--role seller --site corner", "bell greet greet-by-name price-tags receipt payment.pay.handoff"),
        ("--role seller --site market", "bell greet greet-by-name price-tags"),
    ];
    for (arguments, ids) in cases {
        let json = book.run(&format!("show --format json {arguments}")).ends(0).json();
        assert_eq!(column(&json["standards"], "id").join(" "), ids, "{arguments}");
    }
}

#[test]
fn a_role_that_a_site_lacks_is_its_cover_there() {
    let book = Book::sound();
    let roles = |site: &str| {
        let json = book.run(&format!("show receipt --format json --site {site}")).ends(0).json();
        (json["site"].clone(), json["standards"][0]["roles"].clone())
    };
    assert_eq!(roles("corner"), ("corner".into(), serde_json::json!(["seller"])));
    assert_eq!(roles("market"), ("market".into(), serde_json::json!(["cashier"])));
}

#[test]
fn former_ids_and_printed_ids_are_understood() {
    let book = Book::sound();
    let now = book.run("show greet --format json").ends(0).stdout();
    assert_eq!(book.run("show say-hello --format json").ends(0).stdout(), now);
    let stamp =
        book.run("show greet --format json").json()["standards"][0]["stamp"].as_str().expect("a stamp").to_owned();
    assert_eq!(book.run(&format!("show greet@{stamp} --format json")).ends(0).says_nothing().stdout(), now);
    book.run("show say-hello@00000000").ends(0).says("the wording has changed since");
}

#[test]
fn unknown_words_are_wrong_usage_and_name_the_nearest() {
    let book = Book::sound();
    let cases = [
        ("show greeet", "did you mean `greet`?"),
        ("show --phase payement", "did you mean `payment`?"),
        ("show --sequence vist", "did you mean `visit`?"),
        ("show --role seler", "did you mean `seller`?"),
        ("show --trait freindly", "did you mean `friendly`?"),
        ("show --site marked", "did you mean `market`?"),
        ("show --site nowhere", "known: corner, market"),
        ("show --lang ql", "did you mean `pl`?"),
        ("show --lang sv", "kända: en, pl"),
        ("show --type personel", "'personal'"),
        ("show --level basik", "'basic'"),
        ("show --up-to exlusive", "'exclusive'"),
        ("show --procedure transactions", "'transaction'"),
        ("show --aspect performence", "'performance'"),
        ("show --format jsn", "'json'"),
        ("shwo", "'show'"),
        ("show --phse arrival", "'--phase'"),
    ];
    for (arguments, hint) in cases {
        book.run(arguments).ends(2).prints_nothing().says(hint);
    }
}

#[test]
fn an_empty_result_says_so_and_is_fine() {
    let book = Book::sound();
    book.run("show --phase payment --type personal").ends(0).prints_nothing().says("no standards match");
    book.run("show --phase payment --type personal --quiet").ends(0).prints_nothing().says_nothing();
    let json = book.run("show --phase payment --type personal --format json").ends(0).says("no standards match").json();
    assert_eq!(json["standards"], serde_json::json!([]));
}

#[test]
fn texts_come_in_the_language_asked_for() {
    Book::sound().run("show --lang pl").ends(0).prints("Sprzedawca wita klienta").omits("The seller");
    Book::sound().run("show --lang PL").ends(0).prints("Sprzedawca wita klienta");
}

#[test]
fn csv_has_a_column_a_language_and_no_formulas() {
    let book = Book::sound().edit("sequences/visit.yaml", "en: Every shelf", "en: =HYPERLINK(1) Every \\\"shelf\\\",");
    let csv = book.run("show --format csv").ends(0).stdout();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let head = reader.headers().expect("a head").clone();
    let at = |name: &str| head.iter().position(|one| one == name).unwrap_or_else(|| panic!("no column {name}"));
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("sound CSV");
    assert_eq!(rows.len(), 6);
    assert_eq!(&rows[1][at("text.pl")], "Sprzedawca wita klienta w ciągu 10 sekund.");
    assert_eq!((&rows[1][at("measure")], &rows[1][at("share")]), ("within 10 s", "0.9"));
    assert!(rows[3][at("text.en")].starts_with("'=HYPERLINK"), "{}", &rows[3][at("text.en")]);
}

#[test]
fn a_book_with_errors_is_shown_as_far_as_it_goes() {
    let book = Book::sound().edit(
        "sequences/visit.yaml",
        "trait: accurate\n        type: procedural",
        "trait: acurate\n        type: procedural",
    );
    book.run("show").ends(1).prints("greet").says("the book has 1 error").says("gamma-ok check");
}

#[test]
fn tells_of_whatever_has_an_id_and_where_it_is_used() {
    let book = Book::sound();
    let run = book.run("show seller trait:friendly arrival").ends(0).says_nothing();
    let run = run.prints("seller role\n  Seller\n\n").prints("standards   greet\n").prints("place       roles.yaml:");
    let run = run
        .prints("\nfriendly trait\n  Friendly\n")
        .prints("phases      arrival (Arrival)\n")
        .prints("place       the built-in library\n");
    let run = run.prints("used        sequences/visit.yaml:6\n              sequences/visit.yaml:17\n");
    run.prints("\narrival phase\n  Arrival\n\n  steps       enter (The shopper comes in)\n")
        .prints("cells       covered: 2 of 7\n");
    // A step of a phase, a site with the conditions that ask about it, what only the library has.
    book.run("show arrival.enter").ends(0).prints("arrival.enter step").prints("standards   greet");
    book.run("show market").ends(0).prints("attributes  ").prints("used        sequences/visit.yaml:");
    book.run("show caring --lang pl").ends(0).prints("wbudowan").prints("nigdzie");
    book.run("show greeet").ends(2).says("nothing in the book has the id `greeet`").says("did you mean `greet`?");
    // A standard and a thing, in one run.
    book.run("show greet seller").ends(0).prints("greet@").prints("seller role");
}

#[test]
fn things_have_places_for_programs() {
    let printed = Book::sound().run("show seller accounting greet --format json").ends(0).json();
    assert_eq!(printed["standards"].as_array().map(Vec::len), Some(1));
    let things = printed["things"].as_array().expect("a list");
    assert_eq!((&things[0]["kind"], &things[0]["id"]), (&"role".into(), &"seller".into()));
    assert_eq!(things[0]["place"]["file"], "roles.yaml");
    assert!(
        things[0]["used"].as_array().is_some_and(|used| used.iter().any(|used| used["file"] == "sequences/visit.yaml"))
    );
    assert_eq!(things[1]["kind"], "department");
    assert_eq!(keys(&things[0]), ["kind", "id", "title", "standards", "place", "used"]);
}

#[test]
fn tells_whose_law_a_source_is() {
    let sources = "sources: [Mystery visits of 2025, {text: {en: Price Act, pl: Ustawa o cenach}, country: PL}]";
    let book = Book::sound().edit("sequences/visit.yaml", "sources: [Mystery visits of 2025]", sources);
    book.run("check").ends(0);
    book.run("show greet").ends(0).prints("Mystery visits of 2025\n").prints("Price Act (Poland)");
    let json = book.run("show greet --format json").ends(0).json();
    assert_eq!(json["standards"][0]["source_countries"], serde_json::json!([null, "PL"]));
    book.run("why greet").ends(0).prints("Poland");
    let wrong = sources.replace("country: PL", "country: Polska");
    let book = Book::sound().edit("sequences/visit.yaml", "sources: [Mystery visits of 2025]", &wrong);
    book.run("check").ends(1).prints("`Polska` is not the code of a country").prints("write `PL`");
}

#[test]
fn what_is_another_countrys_law_is_not_in_a_book() {
    let when = "        trait: friendly\n        type: personal\n        level: basic\n";
    let law = format!("{when}        when: country == \"PL\"\n");
    let book = |country: &str| {
        Book::sound().edit("sequences/visit.yaml", when, &law).edit(
            "gamma-ok.yaml",
            "derive: false\n",
            &format!("derive: false\n{country}"),
        )
    };
    book("country: PL\n").run("show").ends(0).prints("greet ");
    book("country: SE\n").run("show").ends(0).omits("greet ");
    let swede = book("country: SE\n").edit("sites/corner.yaml", "tills: 1\n", "tills: 1\ncountry: PL\n");
    swede.run("show --site corner").ends(0).prints("greet ");
    swede.run("show --site market").ends(0).omits("greet ");
}
