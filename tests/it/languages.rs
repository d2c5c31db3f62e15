//! What the program brings along is whole in every language: no text is missing, none is left in another language, and the
//! figures of a text are the same in all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use gamma_ok::language::interface_languages;
use gamma_ok::source::FileId;
use gamma_ok::source::yaml::{self, Node};

/// The languages that the program speaks, in alphabetical order.
fn languages() -> Vec<&'static str> {
    interface_languages().collect()
}

/// Small words that only one of the languages has.
const SMALL: [(&str, &[&str]); 3] = [
    ("en", &["the", "and", "of", "with", "is", "that", "it", "what", "this", "from", "which"]),
    ("pl", &["się", "nie", "jest", "lub", "dla", "który", "która", "albo", "oraz", "przez", "tego", "jak", "są"]),
    ("sv", &["och", "är", "att", "som", "inte", "för", "på", "det", "eller", "ett", "av", "med", "hur"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn yaml_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => yaml_files(&path, found),
            false if path.extension().is_some_and(|ending| ending == "yaml") => found.push(path),
            false => {}
        }
    }
}

/// Takes keys and texts by language.
type Visit<'a> = dyn FnMut(&[String], BTreeMap<&str, &str>) + 'a;

/// Calls `visit` with every mapping of texts by language, and the keys that lead to it.
fn texts(node: &Node, keys: &mut Vec<String>, visit: &mut Visit<'_>) {
    let entries = node.entries();
    let by_language: BTreeMap<&str, &str> =
        entries.iter().filter_map(|entry| Some((&*entry.key, entry.value.text()?))).collect();
    if by_language.contains_key("en") && by_language.len() == entries.len() {
        return visit(keys, by_language);
    }
    for entry in entries {
        keys.push(entry.key.to_string());
        texts(&entry.value, keys, visit);
        keys.pop();
    }
    for (at, item) in node.items().iter().enumerate() {
        keys.push(item.get("id").and_then(Node::text).map_or_else(|| at.to_string(), str::to_owned));
        texts(item, keys, visit);
        keys.pop();
    }
}

/// The figures of a text as a language-free list: `1,5` and `1.5`, `8.20` and `8:20` are the same.
fn figures(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut figure = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next_is_digit = letters.peek().is_some_and(char::is_ascii_digit);
        if letter.is_ascii_digit() {
            figure.push(letter);
        } else if !figure.is_empty() && next_is_digit && ".,:".contains(letter) {
            figure.push(':');
        } else if !(figure.is_empty() || next_is_digit && letter == '\u{a0}') {
            found.push(std::mem::take(&mut figure));
        }
    }
    found.extend(Some(figure).filter(|figure| !figure.is_empty()));
    found.sort();
    found
}

/// The language whose small words a text has more of than those of its own; none where it has none, or as many.
fn sounds_like(own: &str, text: &str) -> Option<&'static str> {
    // What is typed or filled in says nothing of the language, nor does what stands in quotation marks.
    let mut plain = String::new();
    let mut depth = 0usize;
    for (at, part) in text.split('`').enumerate() {
        if at % 2 == 1 {
            continue;
        }
        for letter in part.chars() {
            match letter {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ if depth == 0 => plain.push(letter),
                _ => {}
            }
        }
    }
    // An option is a word of the program.
    let plain: String = plain.split(' ').filter(|word| !word.starts_with("--")).collect::<Vec<_>>().join(" ");
    let words: Vec<String> =
        plain.to_lowercase().split(|letter: char| !letter.is_alphabetic()).map(str::to_owned).collect();
    let count = |tag: &str| {
        let small = SMALL.iter().find(|(one, _)| *one == tag).map_or(&[][..], |(_, small)| small);
        words.iter().filter(|word| small.contains(&word.as_str())).count()
    };
    let home = count(own);
    languages().into_iter().filter(|tag| *tag != own).find(|tag| count(tag) > home)
}

#[test]
fn the_library_says_the_same_in_every_language() {
    let mut files = Vec::new();
    yaml_files(&root().join("standards"), &mut files);
    assert!(files.len() > 10, "the library is not where this test looks for it");
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for path in files {
        let text = fs::read_to_string(&path).expect("a file of the library");
        let tree = yaml::parse(FileId(0), &text).expect("YAML");
        let file = path.strip_prefix(root()).expect("below the root").display().to_string();
        texts(&tree, &mut Vec::new(), &mut |keys, texts| {
            seen += 1;
            let place = format!("{file}: {}", keys.join("."));
            if texts.keys().copied().collect::<Vec<_>>() != languages() {
                wrong.push(format!("{place}: has {:?}", texts.keys().collect::<Vec<_>>()));
            }
            for (tag, text) in &texts {
                if let Some(other) = sounds_like(tag, text) {
                    wrong.push(format!("{place}: `{tag}` sounds like `{other}`: {text}"));
                }
            }
            // Prices are those of the country, and a law is quoted as each country numbers it.
            let spoken = keys.iter().any(|key| ["say", "avoid", "sources", "situation"].contains(&key.as_str()));
            let priced = texts.values().any(|text| ["euro", "złot", "kron"].iter().any(|money| text.contains(money)));
            let all: BTreeSet<Vec<String>> = texts.values().map(|text| figures(text)).collect();
            if all.len() > 1 && !spoken && !priced {
                wrong.push(format!("{place}: the figures differ: {texts:?}"));
            }
        });
    }
    assert!(seen > 500, "{seen} texts");
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_interface_and_the_messages_are_in_their_own_language() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    let mut check = |place: &str, tag: &str, text: &str| {
        seen += 1;
        if let Some(other) = sounds_like(tag, text) {
            wrong.push(format!("{place}: `{tag}` sounds like `{other}`: {text}"));
        }
    };
    fn leaves(node: &Node, visit: &mut dyn FnMut(&str)) {
        node.text().into_iter().for_each(&mut *visit);
        node.entries().iter().for_each(|entry| leaves(&entry.value, visit));
        node.items().iter().for_each(|item| leaves(item, visit));
    }
    for tag in languages() {
        let path = root().join("src/language/texts").join(format!("{tag}.yaml"));
        let text = fs::read_to_string(&path).expect("the interface");
        let tree = yaml::parse(FileId(0), &text).expect("YAML");
        for entry in tree.entries().iter().filter(|entry| !["plural", "units"].contains(&&*entry.key)) {
            leaves(&entry.value, &mut |text| check(&entry.key, tag, text));
        }
    }
    for tag in ["pl", "sv"] {
        let mut files = Vec::new();
        yaml_files(&root().join("src/language/messages").join(tag), &mut files);
        for path in files {
            let text = fs::read_to_string(&path).expect("a catalogue");
            let tree = yaml::parse(FileId(0), &text).expect("YAML");
            for item in tree.items() {
                item.get(tag).into_iter().for_each(|said| leaves(said, &mut |text| check("messages", tag, text)));
                item.get("en").into_iter().for_each(|said| leaves(said, &mut |text| check("messages", "en", text)));
            }
        }
    }
    assert!(seen > 1500, "{seen} texts");
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_tests_themselves_tell_languages_and_figures_apart() {
    assert_eq!(figures("within 1.5 h, 1\u{a0}200 m, at 8.20"), figures("w ciągu 1,5 h, 1200 m o 8:20"));
    assert_ne!(figures("within 10 s"), figures("inom 30 s"));
    assert_eq!(sounds_like("pl", "The guest is greeted with a smile"), Some("en"));
    assert_eq!(sounds_like("pl", "Recepcjonista wita gościa i nie siada"), None);
    assert_eq!(sounds_like("sv", "napisz `the {of}` albo usuń"), Some("pl"));
}
