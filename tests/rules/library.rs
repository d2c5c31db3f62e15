//! The library's patterns, filled in with every noun that they may get.

use gamma_ok::book::{Book, Contact, Feature, Home, Pattern, load};
use gamma_ok::library;
use gamma_ok::source::Memory;

use crate::fixture::{findings, shown};

/// A book that converts every trait of the library up to the highest level, for one role or for staff in general. The
/// traits are copied into it, as `init` does, because the rules judge the texts of a book's own traits only.
fn book_of(sector: Option<&str>, role: Option<&str>) -> Memory {
    let mut traits: Vec<String> = Vec::new();
    let mut files: Vec<(String, String)> = Vec::new();
    for (path, text) in library::files(None) {
        if let Some(name) = path.strip_prefix("traits/").and_then(|name| name.strip_suffix(".yaml")) {
            traits.push(name.to_owned());
            files.push((path.to_owned(), text.to_owned()));
        }
    }
    let sector = sector.map_or_else(String::new, |sector| format!("sector: {sector}\n"));
    // All traits at one step is what no trainer asks for.
    let manifest = format!(
        "title: {{en: T, pl: T, sv: T}}\nlanguages: [en, pl, sv]\ntarget: exclusive\nrules: {{contradicting-standards: off}}\n{sector}"
    );
    // Where somebody threatens or a machine serves nothing fits that does not ask for it, and nobody takes leave of who goes on
    // or hands over who goes; some patterns fit only where nobody complains or comes at an hour, which the second step is for.
    let never = [Feature::Threat, Feature::SelfService, Feature::Onward, Feature::Farewell];
    let words = |left_out: &[Feature]| {
        let left = Feature::ALL.iter().filter(|feature| !left_out.contains(feature) && !never.contains(feature));
        left.map(|feature| feature.word()).collect::<Vec<_>>().join(", ")
    };
    let steps = [("one", words(&[])), ("two", words(&[Feature::Complaint, Feature::Appointment]))];
    let contacts: Vec<&str> = Contact::ALL.iter().map(|contact| contact.word()).collect();
    let role = role.map_or_else(String::new, |role| format!("        role: {role}\n"));
    let (traits, contacts) = (traits.join(", "), contacts.join(", "));
    let steps = steps.map(|(id, has)| {
        format!(
            "      - id: {id}\n        traits: [{traits}]\n        contact: [{contacts}]\n        has: [{has}]\n{role}"
        )
    });
    let sequence = format!("id: s\nphases:\n  - id: p\n    steps:\n{}", steps.concat());
    files.push(("gamma-ok.yaml".to_owned(), manifest));
    files.push(("sequences/s.yaml".to_owned(), sequence));
    Memory::new(files)
}

/// What is found in such a book, and how many standards it has.
fn found(sector: Option<&str>, role: Option<&str>) -> (Vec<String>, usize, Book) {
    let loaded = load(&book_of(sector, role)).expect("a manifest");
    let found = findings(&loaded).iter().map(|finding| shown(&loaded, finding)).collect();
    (found, gamma_ok::method::standards(&loaded.book).all.len(), loaded.book)
}

#[test]
fn nothing_is_found_in_the_patterns_whoever_acts_and_whoever_is_served() {
    let mut wrong = Vec::new();
    for sector in std::iter::once(None).chain(library::sectors().into_iter().map(Some)) {
        let (plain, standards, book) = found(sector, None);
        let fits = |pattern: &&Pattern| {
            sector.is_none_or(|sector| pattern.sectors.is_empty() || pattern.sectors.iter().any(|one| one == sector))
        };
        let own = book.traits.iter().filter(|one| one.home == Home::Book);
        let patterns = own.flat_map(|one| &one.patterns).filter(fits).count();
        assert!(patterns > 50 && standards == patterns, "{standards} standards of {patterns} patterns");
        wrong.extend(plain);
        for role in &book.roles {
            let (found, ..) = found(sector, Some(&role.id.name));
            wrong.extend(found.into_iter().map(|line| format!("{sector:?}, {}: {line}", role.id.name)));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// Every cell of every trait of the library is filled.
#[test]
fn every_trait_has_patterns_of_each_type_and_level() {
    let (.., book) = found(None, None);
    for one in &book.traits {
        for kind in gamma_ok::book::StandardType::ALL {
            for level in gamma_ok::book::Level::ALL {
                let fits = |pattern: &&Pattern| pattern.kind == *kind && pattern.level == *level;
                assert!(one.patterns.iter().any(|pattern| fits(&pattern)), "{}: no {kind}, {level}", one.id.name);
            }
        }
    }
}
