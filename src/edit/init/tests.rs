use std::collections::BTreeMap;

use rayon::prelude::*;

use super::*;
use crate::check::check;
use crate::diag::Severity;
use crate::method::standards;

/// Every choice of the library's languages, in every order.
const CHOICES: [&str; 15] = [
    "en", "pl", "sv", "en,pl", "pl,en", "en,sv", "sv,en", "pl,sv", "sv,pl", "en,pl,sv", "en,sv,pl", "pl,en,sv",
    "pl,sv,en", "sv,en,pl", "sv,pl,en",
];

fn request(sector: Option<&str>, languages: &str) -> Request {
    let languages = languages.split(',').map(str::to_owned).collect();
    Request { sector: sector.map(str::to_owned), languages, country: None, title: None }
}

fn book(start: &Start) -> (Memory, Loaded) {
    let files = start.changes.iter().map(|change| (change.path.clone(), change.after.clone()));
    let world = Memory::new(files);
    let loaded = load(&world).expect("a book");
    (world, loaded)
}

/// The book of a request, which must be without a finding that weighs more than a note.
fn clean(request: &Request) -> (Memory, Loaded) {
    let start = init(request).unwrap_or_else(|error| panic!("{request:?}: {error}"));
    let (world, loaded) = book(&start);
    let findings = check(&loaded, &standards(&loaded.book));
    let grave = findings.iter().filter(|finding| finding.severity > Severity::Note);
    let grave: Vec<String> = grave.map(|finding| format!("{}: {}", finding.code, finding.message)).collect();
    assert_eq!(grave, Vec::<String>::new(), "{request:?}");
    (world, loaded)
}

fn text(world: &Memory, path: &str) -> String {
    String::from_utf8(world.files[path].clone()).expect("text")
}

#[test]
fn every_choice_of_languages_gives_a_clean_book() {
    let sectors: Vec<Option<&str>> = library::sectors().into_iter().map(Some).chain([None]).collect();
    // Each sector on a core of its own: it is the longest of all tests.
    sectors.into_par_iter().for_each(|sector| {
        let full = clean(&request(sector, "en,pl,sv")).1.book;
        for languages in CHOICES {
            let (world, loaded) = clean(&request(sector, languages));
            let book = &loaded.book;
            let tags: Vec<&str> = book.languages.iter().map(Language::tag).collect();
            assert_eq!(tags.join(","), languages);
            assert!(!book.derive && book.sector.is_none());
            // The same standards, in the same words, in these languages and no other.
            let wordings = |book: &Book| -> BTreeMap<String, Vec<(String, String)>> {
                let all = book.phases().flat_map(|phase| &phase.standards);
                let all = all.map(|standard| {
                    let words = standard.text.0.iter().filter(|worded| tags.contains(&worded.language.tag()));
                    let mut words: Vec<_> =
                        words.map(|worded| (worded.language.to_string(), worded.text.clone())).collect();
                    words.sort_by_key(|(tag, _)| tags.iter().position(|standard| standard == tag));
                    (standard.id.name.clone(), words)
                });
                all.collect()
            };
            assert_eq!(wordings(book), wordings(&full), "{languages}");
            for file in world.files.keys().filter(|path| path.ends_with(".yaml")) {
                let dropped = ["en", "pl", "sv"].into_iter().filter(|tag| !tags.contains(tag));
                for tag in dropped {
                    assert!(!text(&world, file).contains(&format!(" {tag}: ")), "{file} still has {tag}");
                    assert!(!text(&world, file).contains(&format!("[{tag}]")), "{file} still has {tag}");
                }
            }
        }
    });
}

#[test]
fn a_sector_comes_with_its_traits_and_its_comments() {
    let (world, loaded) = clean(&request(Some("hotel"), "pl,en"));
    let used = loaded.book.phases().flat_map(|phase| &phase.traits);
    for used in used {
        assert!(world.files.contains_key(&format!("traits/{}.yaml", used.name)));
        assert_eq!(loaded.book.trait_of(&used.name).map(|of_trait| of_trait.home), Some(Home::Book));
    }
    let library = library::trait_file("attentive").expect("in the library");
    let own = text(&world, "traits/attentive.yaml");
    assert_eq!(own.matches("# propozycja").count(), library.matches("# proposal").count());
    assert!(library.contains("# proposal"));
    assert!(text(&world, "gamma-ok.yaml").contains("languages: [pl, en]\n"));
    assert!(
        text(&world, "gamma-ok.yaml")
            .starts_with("# yaml-language-server: $schema=.gamma-ok/manifest.json\ntitle:\n  pl: Standardy obsługi hotelu\n  en: Hotel service standards\n")
    );
}

/// What the comments of a file say; a `#` in a text is none.
fn comments(text: &str) -> Vec<String> {
    let of_line = |line: &str| {
        let own = line.trim_start().strip_prefix("# ").map(str::to_owned);
        own.or_else(|| line.rfind(" # ").map(|offset| line[offset + 3..].to_owned()))
    };
    text.lines().filter_map(of_line).filter(|comment| !comment.starts_with("yaml-language-server:")).collect()
}

#[test]
fn every_comment_is_in_the_source_language() {
    for sector in library::sectors().into_iter().map(Some).chain([None]) {
        let of_book = |languages: &str| -> Vec<(String, Vec<String>)> {
            let (world, _) = book(&init(&request(sector, languages)).expect("a book"));
            let yaml = world.files.keys().filter(|path| path.ends_with(".yaml"));
            yaml.map(|path| (path.clone(), comments(&text(&world, path)))).collect()
        };
        let english = of_book("en");
        for tag in ["pl", "sv"] {
            for ((path, worded), (_, english)) in of_book(tag).into_iter().zip(&english) {
                // A sentence may take a line more than in English.
                assert_eq!(worded.is_empty(), english.is_empty(), "{sector:?}: {path} in {tag}");
                let left: Vec<&String> = worded.iter().filter(|comment| english.contains(comment)).collect();
                assert!(left.is_empty(), "{sector:?}: {path} in {tag} says {left:?}");
            }
        }
    }
}

#[test]
fn the_schemas_speak_the_source_language() {
    let schema = |languages: &str| {
        let (world, _) = book(&init(&request(None, languages)).expect("a book"));
        serde_json::from_str::<serde_json::Value>(&text(&world, ".gamma-ok/sequence.json")).expect("JSON")
    };
    let level = |schema: &serde_json::Value| {
        schema["$defs"]["a standard"]["properties"]["level"]["description"].as_str().expect("a text").to_owned()
    };
    let english = "How much it offers. A draft, and only a draft, may leave it open.";
    assert_eq!(level(&schema("en")), english);
    assert_eq!(
        level(&schema("sv,en")),
        "Hur mycket den erbjuder. Ett utkast, och bara ett utkast, får lämna det öppet."
    );
    assert_eq!(level(&schema("de")), english);
}

#[test]
fn a_title_is_put_in_every_language() {
    let title = Some("Wisła: \"nad rzeką\" #1".to_owned());
    let (world, loaded) = clean(&Request { title: title.clone(), ..request(Some("hotel"), "pl,sv") });
    assert!(text(&world, "gamma-ok.yaml").contains("\ntitle:\n  pl: \"Wisła: \\\"nad rzeką\\\" #1\"\n  sv: "));
    assert!(loaded.book.title.0.iter().all(|worded| Some(&worded.text) == title.as_ref()));
    let (world, _) = clean(&Request { title: Some("Our shop".to_owned()), ..request(None, "en") });
    assert!(text(&world, "gamma-ok.yaml").contains("\ntitle: Our shop\n"));
}

#[test]
fn the_starter_speaks_the_trainers_language() {
    let (world, _) = clean(&request(None, "sv,pl"));
    assert!(text(&world, "gamma-ok.yaml").contains("manifest.json\n# Manifestet: en mapp"));
    assert!(
        text(&world, "sequences/visit.yaml")
            .starts_with("# yaml-language-server: $schema=../.gamma-ok/sequence.json\n# En servicesekvens")
    );
    let (world, _) = clean(&Request { languages: Vec::new(), ..request(None, "en") });
    assert!(text(&world, "gamma-ok.yaml").contains("languages: [en]\n"));
}

#[test]
fn a_language_that_the_library_lacks_starts_in_english() {
    let asked = request(None, "de,pl,de,pt-BR");
    let start = init(&asked).expect("a book");
    assert_eq!(start.foreign, ["de", "pt-BR"]);
    let (world, loaded) = clean(&asked);
    assert!(text(&world, "gamma-ok.yaml").contains("title:\n  de: Our service standards\n  pl: Nasze"));
    assert!(loaded.book.title.0.iter().any(|worded| worded.language.tag() == "pt-BR"));
    let (world, _) = clean(&request(Some("hotel"), "en-GB,PL"));
    assert!(text(&world, "gamma-ok.yaml").contains("languages: [en-GB, pl]\n"));
    assert_eq!(init(&request(None, "en-GB")).expect("a book").foreign, Vec::<String>::new());
}

#[test]
fn refusals_say_what_there_is() {
    let refusal = |request: &Request| {
        let error = init(request).expect_err("refused");
        format!("{error}; {}", error.help().unwrap_or_default())
    };
    assert!(refusal(&request(Some("hotels"), "en")).ends_with("did you mean `hotel`?"));
    assert!(
        refusal(&request(Some("hotel"), "en,de"))
            .starts_with("the sector `hotel` has no texts in `de`: it has en, pl, sv")
    );
    assert!(refusal(&request(None, "en;pl")).contains("not the tag of a language"));
    for title in ["", " ", "a\u{7}b", &"x".repeat(20_000)] {
        let titled = Request { title: Some(title.to_owned()), ..request(None, "en,pl") };
        let message = refusal(&titled);
        assert!(message.starts_with("this cannot be the title of a book: ") && !message.contains("bug"), "{message}");
    }
    assert_eq!(book(&init(&request(None, "pl, sv")).expect("a book")).1.book.languages.len(), 2);
}

#[test]
fn what_stands_in_the_way_is_named_and_what_a_stopped_run_made_does_not() {
    let mut start = init(&request(None, "en")).expect("a book");
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(in_the_way(folder.path(), &mut start), Vec::<String>::new());
    let all = start.changes.clone();
    crate::edit::write(folder.path(), &all[..1]).expect("written");
    assert_eq!(in_the_way(folder.path(), &mut start), Vec::<String>::new());
    assert_eq!(start.changes, all[1..]);
    let text = all.iter().find(|change| change.path.starts_with("sequences/")).expect("a sequence");
    let other = FileEdit { after: "other".to_owned(), ..text.clone() };
    crate::edit::write(folder.path(), &[other]).expect("written");
    assert_eq!(in_the_way(folder.path(), &mut start), [text.path.as_str()]);
}

#[test]
fn a_country_is_written_into_the_manifest_and_another_word_is_refused() {
    for country in ["PL", "SE"] {
        for sector in library::sectors().into_iter().map(Some).chain([None]) {
            let asked = Request { country: Some(country.to_owned()), ..request(sector, "sv,pl") };
            let (world, loaded) = clean(&asked);
            assert_eq!(loaded.book.country.as_deref(), Some(country));
            assert!(text(&world, MANIFEST).lines().any(|line| line == format!("country: {country}")));
        }
    }
    let asked = Request { country: Some("Polska".to_owned()), ..request(Some("hotel"), "pl") };
    let error = init(&asked).expect_err("no code").to_string();
    assert!(error.contains("`Polska` is not the code of a country"), "{error}");
    assert!(clean(&request(Some("hotel"), "pl")).1.book.country.is_none());
}

#[test]
fn a_book_gets_the_patterns_of_its_sector_alone() {
    let mut left_out = 0;
    for sector in library::sectors() {
        let (_, loaded) = clean(&request(Some(sector), "en"));
        for of_trait in loaded.book.own_traits() {
            let ids = |patterns: &[crate::book::Pattern]| -> Vec<String> {
                patterns.iter().map(|pattern| pattern.id.name.clone()).collect()
            };
            let file = library::trait_file(&of_trait.id.name).expect("a trait of the library");
            let whole = Memory::new([(MANIFEST, "title: T\n"), ("traits/t.yaml", file)]);
            let whole = load(&whole).expect("a book").book;
            let (mut fitting, all) =
                (whole.patterns_of(&of_trait.id.name).to_vec(), whole.patterns_of(&of_trait.id.name).len());
            fitting.retain(|pattern| pattern.sectors.is_empty() || pattern.sectors.iter().any(|known| known == sector));
            assert_eq!(ids(&of_trait.patterns), ids(&fitting), "{sector}: {}", of_trait.id.name);
            left_out += all - fitting.len();
        }
    }
    assert!(left_out > 0);
}

#[test]
fn what_is_law_in_one_country_holds_there_or_everywhere() {
    let conditions = |country: Option<&str>| {
        let asked = Request { country: country.map(str::to_owned), ..request(Some("public-office"), "en") };
        let book = clean(&asked).1.book;
        let all = book.phases().flat_map(|phase| &phase.standards).filter_map(|standard| standard.when.clone());
        let of_country: Vec<Condition> = all.filter(|when| when.asks_country).collect();
        (of_country.len(), of_country.iter().filter(|when| when.holds(None)).count())
    };
    let (polish, held) = conditions(Some("PL"));
    assert!(polish > 0 && held == polish);
    assert_eq!(conditions(Some("SE")), (polish, 0));
    assert_eq!(conditions(None), (0, 0));
}
