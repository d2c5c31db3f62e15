//! What each unit is called, in each language.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use include_dir::{Dir, include_dir};

use crate::source::FileId;
use crate::source::yaml::{self, Node};
use crate::text::{nearest, single_spaced};

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/units/words");

/// The forms that a counted noun may have.
pub(crate) const PLURAL_FORMS: [&str; 4] = ["one", "few", "many", "other"];

/// The language whose words are tried first: the keys themselves are its symbols.
const ENGLISH: &str = "en";

/// How a language names a unit.
#[derive(Debug, Default)]
pub struct UnitWords {
    /// The sign for it, the same for every number.
    pub symbol: Option<String>,
    /// What stands between number and unit, where it is not a space.
    pub glue: Option<String>,
    /// The name in the forms that go with numbers.
    pub forms: BTreeMap<String, String>,
    /// The forms after a preposition, where they differ.
    pub gen_forms: BTreeMap<String, String>,
    /// What else an author may call it.
    pub aliases: Vec<String>,
}

/// Unit key → its words, in one language.
type WordsByUnit = BTreeMap<String, UnitWords>;

/// The words of all languages by primary tag, each read when it is first asked for: a start in one language reads one.
static WORDS: LazyLock<BTreeMap<String, OnceLock<WordsByUnit>>> = LazyLock::new(|| {
    let tags = FILES.files().filter_map(|file| file.path().file_stem()?.to_str());
    tags.map(|tag| (tag.to_owned(), OnceLock::new())).collect()
});

/// What an author may call a unit, in any language → its key. Lower case.
static KEYS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let of_language = |tag: &String| {
        unit_words(tag).iter().flat_map(|(key, unit)| unit.names().map(move |name| (name.to_lowercase(), key.clone())))
    };
    WORDS.keys().flat_map(of_language).collect()
});

/// What a language calls the units, by key; English where the primary tag has no words.
pub fn unit_words(tag: &str) -> &'static WordsByUnit {
    static NONE: WordsByUnit = BTreeMap::new();
    let slot = WORDS.get_key_value(tag).or_else(|| WORDS.get_key_value(ENGLISH));
    slot.map_or(&NONE, |(tag, slot)| slot.get_or_init(|| read(tag)))
}

/// The unit's key for a unit's symbol, name or alias in any language; see [`Unit::Known`](super::Unit::Known).
pub fn unit_key(word: &str) -> Option<&'static str> {
    if let Some((key, _)) = unit_words(ENGLISH).get_key_value(word) {
        return Some(key);
    }
    let folded = single_spaced(word).to_lowercase();
    // A full stop behind an abbreviation is no other word.
    KEYS.get(&folded).or_else(|| KEYS.get(folded.strip_suffix('.')?)).map(String::as_str)
}

/// All words for units, in any language, in lower case and alphabetical order: what a mistyped one is compared with.
pub fn unit_names() -> impl Iterator<Item = &'static str> {
    KEYS.keys().map(String::as_str)
}

/// The key of the unit that a mistyped word most likely stands for: by the words of those languages, else of any.
pub fn nearest_unit<'t>(word: &str, tags: impl IntoIterator<Item = &'t str>) -> Option<&'static str> {
    let word = word.to_lowercase();
    let word = word.trim_end_matches('.');
    let of = |tag: &str| {
        let near = nearest(word, unit_words(tag).values().flat_map(UnitWords::names))?;
        unit_key(near)
    };
    tags.into_iter().chain([ENGLISH]).find_map(of).or_else(|| unit_key(nearest(word, KEYS.keys().map(String::as_str))?))
}

/// Reads the file of a language. The files are embedded and a test reads each of them.
fn read(tag: &str) -> WordsByUnit {
    let text = FILES.get_file(format!("{tag}.yaml")).and_then(|file| file.contents_utf8()).unwrap_or("");
    let Ok(root) = yaml::parse(FileId(0), text) else { return WordsByUnit::new() };
    root.entries().iter().map(|entry| (entry.key.to_string(), UnitWords::read(&entry.value))).collect()
}

impl UnitWords {
    fn read(node: &Node) -> Self {
        let text = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
        let forms = |node: &Node| -> BTreeMap<String, String> {
            let forms = node.entries().iter().filter(|entry| PLURAL_FORMS.contains(&&*entry.key));
            forms.filter_map(|entry| Some((entry.key.to_string(), entry.value.text()?.to_owned()))).collect()
        };
        let aliases = node.get("aliases").map(Node::items).unwrap_or_default();
        UnitWords {
            symbol: text("symbol"),
            glue: text("glue"),
            forms: forms(node),
            gen_forms: node.get("gen").map(forms).unwrap_or_default(),
            aliases: aliases.iter().filter_map(Node::text).map(str::to_owned).collect(),
        }
    }

    /// Everything an author may call it.
    fn names(&self) -> impl Iterator<Item = &str> {
        let forms = self.forms.values().chain(self.gen_forms.values());
        self.symbol.iter().chain(forms).chain(&self.aliases).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
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
        for (word, key) in [("mins.", "min"), ("secs.", "s"), ("timmar.", "h")] {
            assert_eq!(unit_key(word), Some(key), "{word}");
        }
        for (word, key) in [("sekundes", Some("s")), ("minuts", Some("min")), ("houres", Some("h")), ("parsec", None)] {
            assert_eq!(nearest_unit(word, ["pl", "sv"]), key, "{word}");
        }
    }

    #[test]
    fn no_unit_name_means_two_units() {
        let mut seen = BTreeMap::new();
        for tag in WORDS.keys() {
            for (key, unit) in unit_words(tag) {
                for name in unit.names() {
                    let other = seen.insert(name.to_lowercase(), key.clone());
                    assert!(other.is_none() || other.as_ref() == Some(key), "{name}: {other:?} and {key}");
                }
            }
        }
    }

    #[test]
    fn every_language_names_every_unit() {
        let english: Vec<_> = unit_words(ENGLISH).keys().collect();
        assert!(english.len() > 10);
        for tag in WORDS.keys() {
            assert_eq!(unit_words(tag).keys().collect::<Vec<_>>(), english, "{tag}");
        }
    }
}
