//! Interface texts, plurals, dates, numbers, units and quotation marks of each language.
//!
//! One YAML file a language in `texts/` for what documents say, and one folder a language in `messages/` for what the
//! program says to whoever runs it ([`Message`](crate::message::Message)); adding a language is adding these. In: a
//! [`Language`](crate::book::Language), figures and messages. Out: words, as [`Interface`] gives them. What a language lacks
//! is taken from English.

mod catalogue;
mod figures;
mod interface;
mod plural;

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use include_dir::{Dir, include_dir};

pub use interface::Interface;

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

/// The tags of the languages that have interface texts of their own, in alphabetical order.
pub fn interface_languages() -> impl Iterator<Item = &'static str> {
    INTERFACES.keys().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_language_has_every_key_of_english_and_no_other() {
        let keys = |tag: &str| -> BTreeSet<String> { Interface::own_keys(text(tag)) };
        let english = keys(ENGLISH);
        assert!(english.len() > 50);
        for tag in interface_languages() {
            let keys_here = keys(tag);
            assert_eq!(english.difference(&keys_here).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in {tag}");
            assert_eq!(keys_here.difference(&english).collect::<Vec<_>>(), Vec::<&String>::new(), "only in {tag}");
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
    fn every_language_has_twelve_months() {
        for tag in interface_languages() {
            let interface = interface(tag).expect("it has a file");
            assert_eq!(interface.months.len(), 12, "{tag}");
            // What a form prints is read in it again.
            for month in 1..=12 {
                let day = chrono::NaiveDate::from_ymd_opt(2026, month, 28).expect("a day");
                assert_eq!(crate::text::written_day(&interface.date(day)).day(None), Ok(day), "{tag}");
            }
        }
    }
}
