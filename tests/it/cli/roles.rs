//! Roles and size: in a small house one person has every duty, and whatever is made for that person says so.

use std::collections::BTreeSet;

use gamma_ok::document::{Checklist, DocumentKind};
use gamma_ok::edition::{Filter, FilterKey};

use crate::documents::{disk, seen};
use crate::support::{Book, column};

/// A house of 12 rooms in which one person is on duty, beside the large one that `init` begins with.
fn motel() -> Book {
    let book = Book::empty();
    book.run("init . --sector hotel --lang en,pl,sv").ends(0);
    book.with("sites/motel.yaml", "id: motel\ntitle: {en: Motel, pl: Motel, sv: Motell}\nrooms: 12\n").edit(
        "roles.yaml",
        "  - id: housekeeper\n",
        "  - id: housekeeper\n    when: site.rooms >= 20\n    covered-by: receptionist\n",
    )
}

#[test]
fn in_a_motel_of_twelve_rooms_one_person_has_every_duty_of_the_house() {
    let book = motel();
    book.run("check --deny warnings").ends(0);
    let all = book.run("show --format json").ends(0).json();
    let here = book.run("show --site motel --format json").ends(0).json();
    let standards = here["standards"].as_array().expect("a list");
    for one in standards {
        let roles: Vec<&str> = one["roles"].as_array().expect("a list").iter().filter_map(|one| one.as_str()).collect();
        assert!(roles.is_empty() || roles == ["receptionist"], "{}: {roles:?}", one["id"]);
    }
    let ids = |json: &serde_json::Value| -> BTreeSet<String> {
        column(&json["standards"], "id").into_iter().map(str::to_owned).collect()
    };
    let ids_here = ids(&here);
    for one in all["standards"].as_array().expect("a list") {
        let id = one["id"].as_str().expect("an id");
        // What depends on the site, and what one would hand to oneself.
        let may_go = !one["when"].is_null() || one["origin"] == "handoff";
        assert!(ids_here.contains(id) || may_go, "{id} is lost at the motel");
    }
    assert!(ids_here.len() > 40, "{}", ids_here.len());

    let loaded = disk(book.path());
    let filter = || Filter::default().with(FilterKey::Role, vec!["receptionist".to_owned()]);
    for language in ["en", "pl", "sv"] {
        let manual = loaded.compose(DocumentKind::Manual, language, Some("motel"), filter());
        let text = seen(&loaded.text_of("html", &*manual));
        let markdown = loaded.text_of("md", &*manual);
        let mut duties = 0;
        for role in &loaded.book.roles {
            for duty in &role.duties {
                let duty = &duty.get(&gamma_ok::book::Language::new(language)).expect("in every language").text;
                assert!(text.contains(duty.as_str()), "{language}: {}: {duty}", role.id.name);
                duties += 1;
            }
        }
        assert!(duties > 10, "{duties}");
        let checklist = loaded.compose(DocumentKind::Checklist, language, Some("motel"), filter());
        let Some(view) = checklist.view::<Checklist>() else { unreachable!("composed as a checklist") };
        let items = view.phases.iter().flat_map(|phase| &phase.steps).flat_map(|step| &step.items);
        let listed: BTreeSet<String> = items.map(|item| item.standard.id.clone()).collect();
        assert_eq!(listed, ids_here, "{language}");
        assert!(listed.iter().all(|id| markdown.contains(&format!("`{id}`"))), "{language}");
    }
}

#[test]
fn whoever_covers_for_the_receiver_is_handed_to() {
    let book = Book::sound().edit("sequences/visit.yaml", "to: accounting", "to: cashier").edit(
        "sequences/visit.yaml",
        "role: cashier",
        "role: helper",
    );
    let roles = book.read("roles.yaml").replace(
        "departments:",
        "  - id: helper\n    title: {en: Helper, pl: Pomocnik}\n    duties: [{en: Packs, pl: Pakuje}]\ndepartments:",
    );
    let book = book.with("roles.yaml", roles);
    let lines = |site: &str| book.run(&format!("show payment.pay.handoff --site {site}")).ends(0).stdout();
    assert!(lines("market").contains("To: Cashier") && lines("corner").contains("To: Seller"));
    for (command, language, receiver) in [("manual", "en", "Seller"), ("checklist", "pl", "Sprzedawca")] {
        let text = book.run(&format!("{command} --format md --lang {language} --site corner")).ends(0).stdout();
        let handoff = text.lines().find(|line| line.contains("payment.pay.handoff")).expect("the hand-off");
        assert!(handoff.contains(receiver), "{handoff}");
    }
    // The wording is the same one, whoever receives it.
    let stamp = |site: &str| {
        book.run(&format!("show payment.pay.handoff --format json --site {site}")).json()["standards"][0]["stamp"]
            .clone()
    };
    assert_eq!(stamp("market"), stamp("corner"));
}

#[test]
fn nobody_to_do_the_work_is_an_error_that_stops_documents() {
    let uncovered = || Book::sound().edit("roles.yaml", "    covered-by: seller\n", "");
    let said = "the role `cashier` is absent at the site `corner`: nobody there has its duties";
    uncovered().run("check").ends(1).prints(said).prints("covered-by");
    uncovered().run("manual --site corner").ends(1).says(said);
    let circle = Book::sound().edit("roles.yaml", "covered-by: seller", "covered-by: cashier");
    circle.run("build").ends(1).says("`cashier` is covered by itself");
}

#[test]
fn the_matrix_can_be_laid_out_by_role() {
    let book = Book::sound();
    let plain = book.run("matrix --format json").ends(0).json();
    let by_role = book.run("matrix --format json --by role").ends(0).json();
    for key in ["cells", "covered", "wanted"] {
        assert_eq!(plain[key], by_role[key], "{key} stays");
    }
    assert!(plain.get("roles").is_none());
    let kept = |json: &serde_json::Value| -> Vec<(String, Vec<String>)> {
        let of_role = |one: &serde_json::Value| {
            let cells = one["cells"].as_array().expect("a list");
            let ids = cells.iter().flat_map(|cell| cell["standards"].as_array().expect("a list"));
            let ids: BTreeSet<String> = ids.filter_map(|id| id.as_str()).map(str::to_owned).collect();
            (one["role"].as_str().unwrap_or("anyone").to_owned(), ids.into_iter().collect())
        };
        json["roles"].as_array().expect("a list").iter().map(of_role).collect()
    };
    let of = |role: &str, ids: &[&str]| (role.to_owned(), ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>());
    assert_eq!(
        kept(&by_role),
        [of("seller", &["greet", "greet-by-name"]), of("cashier", &["receipt"]), of("anyone", &["price-tags"])]
    );
    let corner = book.run("matrix --format json --by role --site corner").ends(0).json();
    assert_eq!(kept(&corner), [of("seller", &["greet", "greet-by-name", "receipt"]), of("anyone", &["price-tags"])]);
    let seller = book.run("matrix --format json --by role --role seller").ends(0).json();
    assert_eq!(kept(&seller), [of("seller", &["greet", "greet-by-name"]), of("anyone", &["price-tags"])]);

    let table = book.run("matrix --by role").ends(0).says_nothing().stdout();
    assert!(table.starts_with("seller\nphase "), "{table}");
    assert!(table.contains("\n\ncashier\nphase ") && table.contains("\n\nanyone of the staff\n"), "{table}");
    let csv = book.run("matrix --by role --format csv").ends(0).stdout();
    assert!(csv.lines().next().is_some_and(|head| head.ends_with(",why,role")), "{csv}");
    assert!(csv.lines().any(|line| line.contains(",receipt,") && line.ends_with(",cashier")), "{csv}");
    let html = book.run("matrix --by role --format html --lang pl").ends(0).stdout();
    let text = seen(&html);
    let place = |word: &str| text.find(word).unwrap_or_else(|| panic!("no {word}"));
    assert!(place("Sprzedawca") < place("greet-by-name") && place("greet-by-name") < place("Kasjer"));
    assert!(place("Kasjer") < text.rfind("receipt").expect("the receipt"));
    assert_eq!(html.matches("<table class=\"map\">").count(), 3);
    book.run("matrix --by roel").ends(2).says("'role'");
}
