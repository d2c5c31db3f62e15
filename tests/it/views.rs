//! A view is in one language: whatever a command prints or a document shows in one of the book's languages has no text of the
//! others, neither of the book, nor of the library, nor of the program.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gamma_ok::source::FileId;
use gamma_ok::source::yaml::{self, Node};
use include_dir::{Dir, include_dir};

use crate::support::Book;

/// The views of the example. What prints the author's own files, or a column for each language, is none: `convert`, `copy`,
/// `rename`, `diff`, JSON and CSV; and `show` of one standard has each of its translations at its head.
const VIEWS: [&str; 32] = [
    "show",
    "show check-in",
    "show friendly",
    "show receptionist",
    "show krakow",
    "why greet-within-10s",
    "why --orphans",
    "matrix",
    "matrix --format html",
    "explain vague-word",
    "check",
    "manual --format md",
    "manual --format html",
    "manual --for trainer --format md",
    "checklist --format md",
    "checklist --format html --site krakow",
    "blueprint --format html",
    "export quiz",
    "export anki",
    "export calendar",
    "feedback",
    "feedback --format html",
    "audit report --format md",
    "audit report --format html",
    "audit actions",
    "audit actions --format html",
    "review due",
    "review due --format html",
    "review report 2025 --format html",
    "review report 2026 --format html",
    "edition list",
    "portfolio . --format html",
];

/// What is said in several languages, by language.
type Said = BTreeMap<String, String>;

/// The texts by language below a node.
fn maps(node: &Node, found: &mut Vec<Said>) {
    let entries = node.entries();
    let said: Said =
        entries.iter().filter_map(|entry| Some((entry.key.to_string(), entry.value.text()?.to_owned()))).collect();
    if said.contains_key("en") && said.len() == entries.len() {
        return found.push(said);
    }
    entries.iter().for_each(|entry| maps(&entry.value, found));
    node.items().iter().for_each(|item| maps(item, found));
}

/// The texts of a file by the keys that lead to them.
fn flat(node: &Node, way: &str, found: &mut BTreeMap<String, String>) {
    if let Some(text) = node.text() {
        found.insert(way.to_owned(), text.to_owned());
    }
    node.entries().iter().for_each(|entry| flat(&entry.value, &format!("{way}.{}", entry.key), found));
    node.items().iter().enumerate().for_each(|(at, item)| flat(item, &format!("{way}.{at}"), found));
}

/// What the program was built with, as these tests were: whoever changes a file while they run changes neither.
static BUILT_IN: [Dir<'static>; 2] =
    [include_dir!("$CARGO_MANIFEST_DIR/standards/traits"), include_dir!("$CARGO_MANIFEST_DIR/src/language/messages")];
static TEXTS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/language/texts");

fn each_yaml(folder: &Dir<'_>, visit: &mut dyn FnMut(&Path, &Node)) {
    for file in folder.files().filter(|file| file.path().extension().is_some_and(|ending| ending == "yaml")) {
        let text = file.contents_utf8().expect("a text");
        visit(file.path(), &yaml::parse(FileId(0), text).expect("YAML"));
    }
    folder.dirs().for_each(|folder| each_yaml(folder, visit));
}

/// All that is said in more than one language: in the book, in what it takes of the library, and by the program.
fn said(book: &Book) -> Vec<Said> {
    let mut all = Vec::new();
    for path in book.files("").iter().filter(|path| path.ends_with(".yaml")) {
        maps(&yaml::parse(FileId(0), &book.read(path)).expect("YAML"), &mut all);
    }
    BUILT_IN.iter().for_each(|folder| each_yaml(folder, &mut |_, node| maps(node, &mut all)));
    let mut texts: BTreeMap<String, Said> = BTreeMap::new();
    each_yaml(&TEXTS, &mut |path, node| {
        let language = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let mut found = BTreeMap::new();
        flat(node, "", &mut found);
        found.into_iter().for_each(|(way, text)| {
            texts.entry(way).or_default().insert(language.clone(), text);
        });
    });
    all.extend(texts.into_values());
    all
}

/// White space folded.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a reader sees of a page: no styles, no scripts, no tags, no entities.
fn seen(page: &str) -> String {
    let mut plain = page.to_owned();
    for element in ["style", "script"] {
        while let Some(start) = plain.find(&format!("<{element}")) {
            let end = plain[start..].find(&format!("</{element}>")).map_or(plain.len(), |end| start + end);
            plain.replace_range(start..end, " ");
        }
    }
    let mut text = String::new();
    let mut is_tag = false;
    for letter in plain.chars() {
        match letter {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            _ if !is_tag => text.push(letter),
            _ => {}
        }
    }
    let entities = [("&#x27;", "'"), ("&#39;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    folded(&entities.iter().fold(text, |text, (entity, letter)| text.replace(entity, letter)))
}

/// Whole texts of other languages than that one, none of which it says itself.
fn foreign(all: &[Said], language: &str) -> BTreeSet<String> {
    let own: Vec<String> =
        all.iter().filter_map(|said| said.get(language)).map(|text| folded(text).to_lowercase()).collect();
    let own = own.join("\n");
    let both = all.iter().filter(|said| said.contains_key(language));
    let others = both.flat_map(|said| said.iter().filter(|(tag, _)| *tag != language));
    let texts = others.map(|(_, text)| folded(text));
    let is_telling = |text: &String| text.len() >= 10 && text.contains(' ') && !text.contains(['{', '`']);
    texts.filter(is_telling).filter(|text| !own.contains(&text.to_lowercase())).collect()
}

#[test]
fn no_view_has_a_text_of_another_language() {
    let book = Book::example("hotel-wisla");
    let all = said(&book);
    for language in ["pl", "en"] {
        let foreign = foreign(&all, language);
        assert!(foreign.len() > 1_000, "{}", foreign.len());
        for view in VIEWS {
            let run = book.run(&format!("{view} --lang {language} --today 2026-12-01")).works();
            let shown = seen(&format!("{} {}", run.stdout(), run.stderr()));
            assert!(shown.len() > 20, "{view}: {shown}");
            let leaks: Vec<&String> = foreign.iter().filter(|text| shown.contains(text.as_str())).collect();
            assert!(leaks.is_empty(), "{view} in {language}: {leaks:#?}");
        }
    }
}
