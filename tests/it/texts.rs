//! The texts of documents: each key that the sources and the templates ask for is there in every language, with the holes
//! that are filled, and none is there that nobody asks for. A key that is missing would be printed in its place.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use gamma_ok::book::Language;
use gamma_ok::language::{Interface, interface_languages};
use gamma_ok::text::holes;
use serde_json::Value;

fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path => found.push(path),
            }
        }
    }
    found
}

/// What a source asks of the texts.
#[derive(Debug, Default)]
struct Asked {
    /// A key, and the holes that are filled in it where they stand beside it.
    keys: BTreeSet<(String, Option<Vec<String>>)>,
    /// Keys that count.
    counts: BTreeSet<String>,
    /// The beginnings of keys whose end is a word of the format.
    groups: BTreeSet<String>,
}

fn is_key(text: &str) -> bool {
    text.contains('.')
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-".contains(&byte))
}

/// Reads the calls of `text`, `fill`, `count`, `of_customer` and `of_customer_in` in a source.
fn asked(source: &str) -> Asked {
    let mut asked = Asked::default();
    for call in [".text(", ".fill(", ".count(", ".of_customer(", ".of_customer_in("] {
        for after in source.split(call).skip(1) {
            let after = after.trim_start();
            if let Some(key) = after.strip_prefix('"').and_then(|rest| rest.split('"').next()).filter(|key| is_key(key))
            {
                let values = &after[key.len() + 2..];
                let names = values.trim_start().strip_prefix(", &[").and_then(|values| values.split("])").next());
                let names = names.filter(|_| call == ".fill(").map(|values| {
                    let mut names: Vec<String> = values
                        .split("(\"")
                        .skip(1)
                        .filter_map(|name| name.split('"').next())
                        .map(str::to_owned)
                        .collect();
                    names.sort();
                    names
                });
                match call {
                    ".count(" => asked.counts.insert(key.to_owned()),
                    _ => asked.keys.insert((key.to_owned(), names)),
                };
            }
        }
    }
    // A key in a table or a match, and one whose end is a word: `"level.{level}"`.
    for text in source.split('"').skip(1) {
        match text.split_once('{') {
            Some((group, _)) if group.ends_with('.') && is_key(group) => {
                asked.groups.insert(group.trim_end_matches('.').to_owned());
            }
            _ => {}
        }
    }
    asked
}

/// All keys of a language.
fn keys(prefix: &str, tree: &Value, into: &mut BTreeSet<String>) {
    let Some(map) = tree.as_object() else { return };
    for (key, value) in map {
        let key = format!("{prefix}{}", key.replace('_', "-"));
        match value.is_object() {
            true => keys(&format!("{key}."), value, into),
            false => {
                into.insert(key);
            }
        }
    }
}

#[test]
fn every_text_that_is_asked_for_is_there_with_its_holes() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for tag in interface_languages() {
        let interface = Interface::of(&Language::new(tag));
        let mut known = BTreeSet::new();
        keys("", interface.tree(), &mut known);
        let has_group = |group: &str| known.iter().any(|key| key.starts_with(&format!("{group}.")));
        for path in files("src").iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs")) {
            let source = fs::read_to_string(path).expect("a source");
            let source = source.split("#[cfg(test)]").next().unwrap_or_default();
            let asked = asked(source);
            seen += asked.keys.len() + asked.counts.len();
            let place = path.display();
            for (key, names) in &asked.keys {
                match (known.contains(key), names) {
                    (false, _) => wrong.push(format!("{tag}: {place}: there is no text `{key}`")),
                    (true, Some(names)) if holes(interface.text(key)) != *names => {
                        wrong.push(format!(
                            "{tag}: {place}: `{key}` has {:?}, filled are {names:?}",
                            holes(interface.text(key))
                        ));
                    }
                    _ => {}
                }
            }
            for key in asked.counts.iter().filter(|key| !has_group(key)) {
                wrong.push(format!("{tag}: {place}: there is no count `{key}`"));
            }
        }
    }
    assert!(seen > 300, "{seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_text_is_there_that_nobody_asks_for() {
    let mut text = String::new();
    let mut groups = BTreeSet::new();
    for path in files("src").iter().chain(&files("templates")) {
        let Ok(source) = fs::read_to_string(path) else { continue };
        if path.extension().is_some_and(|ending| ending == "yaml") {
            continue;
        }
        groups.extend(asked(&source).groups);
        text.push_str(&source.replace('_', "-"));
    }
    let mut known = BTreeSet::new();
    keys("", Interface::english().tree(), &mut known);
    let forms = ["one", "few", "many", "other"];
    let is_used = |key: &String| {
        let stem = key.rsplit_once('.').filter(|(_, form)| forms.contains(form)).map_or(key.as_str(), |(stem, _)| stem);
        // A template names a text by its path, or a group and, in a loop, its part.
        let parts: Vec<&str> = stem.split('.').collect();
        let by_group = (1..parts.len()).any(|end| {
            let group = parts[..end].join(".");
            groups.contains(&group)
                || text.contains(&format!("{group}["))
                || text.contains(&format!("= words.{group} "))
        });
        by_group
            || text.contains(stem)
            || parts.last().is_some_and(|last| {
                text.contains(&format!(".{last}"))
                    || text.contains(&format!("\"{last}\""))
                    || text.contains(&format!("'{last}'"))
            })
    };
    let unused: Vec<&String> = known.iter().filter(|key| !is_used(key)).collect();
    assert_eq!(unused, Vec::<&String>::new(), "texts that nobody asks for");
}
