//! Interface texts, plurals, dates, numbers, units and quotation marks of each language.
//!
//! One YAML file a language in `texts/` for what documents say, and one folder a language in `messages/` for what the
//! program says to whoever runs it ([`Message`]); adding a language is adding these. In: a
//! [`Language`](crate::book::Language), figures and messages. Out: words, as [`Interface`] gives them. What a language lacks
//! is taken from English.

mod catalogue;
mod figures;
mod interface;
mod message;
mod plural;

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use include_dir::{Dir, include_dir};

pub use interface::Interface;
pub use message::{Message, Template, ToValue, Value, holes, holes_agree};

/// Between a figure and its unit, so that a line never breaks there.
pub const NO_BREAK: char = '\u{a0}';

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/language/texts");

/// All interface languages by primary tag, each read when it is first asked for: a start in one language reads one.
static INTERFACES: LazyLock<BTreeMap<String, OnceLock<Interface>>> = LazyLock::new(|| {
    let tags = FILES.files().filter_map(|file| file.path().file_stem()?.to_str());
    tags.map(|tag| (tag.to_owned(), OnceLock::new())).collect()
});

/// The interface of that primary tag, if there is one.
fn interface(tag: &str) -> Option<&'static Interface> {
    let read = || Interface::read(tag, text(tag), (tag != ENGLISH).then(Interface::english));
    INTERFACES.get(tag).map(|slot| slot.get_or_init(read))
}

/// English, for languages that have no file.
static FALLBACK: LazyLock<Interface> = LazyLock::new(|| Interface::read(ENGLISH, text(ENGLISH), None).into_fallback());

/// The tag of the language in which the program thinks, and from which others take what they lack.
const ENGLISH: &str = "en";

/// The file of a language; empty where there is none.
fn text(tag: &str) -> &'static str {
    FILES.get_file(format!("{tag}.yaml")).and_then(|file| file.contents_utf8()).unwrap_or("")
}

/// What an author may call a unit, in any language → its key. Lower case.
static UNITS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let of_one = |interface: &'static Interface| {
        interface.units.iter().flat_map(|(key, unit)| unit.names().map(move |name| (name.to_lowercase(), key.clone())))
    };
    interface_languages().filter_map(interface).flat_map(of_one).collect()
});

/// The unit's key for a unit's symbol, name or alias in any language; see `book::quantity::Unit::Known`.
pub fn unit_key(word: &str) -> Option<&'static str> {
    let english = &interface(ENGLISH)?.units;
    if let Some((key, _)) = english.get_key_value(word) {
        return Some(key);
    }
    let folded = word.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    UNITS.get(&folded).map(String::as_str)
}

/// All words for units, in any language, in lower case and alphabetical order: what a mistyped one is compared with.
pub fn unit_names() -> impl Iterator<Item = &'static str> {
    UNITS.keys().map(String::as_str)
}

/// The tags of the languages that have interface texts of their own, in alphabetical order.
pub fn interface_languages() -> impl Iterator<Item = &'static str> {
    INTERFACES.keys().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn units_are_known_by_their_names_in_every_language() {
        let cases = [
            ("s", "s"),
            ("sekund", "s"),
            ("godz.", "h"),
            ("dni  roboczych", "wd"),
            ("arbetsdagar", "wd"),
            ("sygnały", "rings"),
            ("signaler", "rings"),
            ("Månader", "months"),
            ("°C", "°C"),
            ("%", "%"),
        ];
        for (word, key) in cases {
            assert_eq!(unit_key(word), Some(key), "{word}");
        }
        assert_eq!(unit_key("parsec"), None);
    }

    #[test]
    fn no_unit_name_means_two_units() {
        let mut seen = BTreeMap::new();
        for interface in interface_languages().filter_map(interface) {
            for (key, unit) in &interface.units {
                for name in unit.names() {
                    let other = seen.insert(name.to_lowercase(), key.clone());
                    assert!(other.is_none() || other.as_ref() == Some(key), "{name}: {other:?} and {key}");
                }
            }
        }
    }

    #[test]
    fn every_language_has_every_key_of_english_and_no_other() {
        let keys = |tag: &str| -> BTreeSet<String> { Interface::own_keys(text(tag)) };
        let english = keys(ENGLISH);
        assert!(english.len() > 50);
        for tag in interface_languages() {
            let here = keys(tag);
            assert_eq!(english.difference(&here).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in {tag}");
            assert_eq!(here.difference(&english).collect::<Vec<_>>(), Vec::<&String>::new(), "only in {tag}");
        }
    }

    #[test]
    fn no_text_is_cut_by_a_comma_of_its_own() {
        fn check(tag: &str, key: &str, node: &crate::source::yaml::Node) {
            assert_ne!(node.kind(), "nothing", "{tag}: `{key}` is a piece of the text before it; quote that");
            node.entries().iter().for_each(|entry| check(tag, &entry.key, &entry.value));
        }
        for tag in interface_languages() {
            let root = crate::source::yaml::parse(crate::source::FileId(0), text(tag));
            check(tag, tag, &root.expect("the file is YAML"));
        }
    }

    #[test]
    fn every_language_has_every_unit_and_twelve_months() {
        let english: Vec<_> = Interface::english().units.keys().collect();
        for tag in interface_languages() {
            let interface = interface(tag).expect("it has a file");
            assert_eq!(interface.units.keys().collect::<Vec<_>>(), english, "{tag}");
            assert_eq!(interface.months.len(), 12, "{tag}");
        }
    }
}
