//! Every path that a document or a comment names is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What a path of the repository begins with, wherever it is named.
const TOP: [&str; 8] = [".ci", ".github", "benches", "docs", "src", "standards", "templates", "tests"];

/// Where comments and documents are looked for, with the endings that are read there.
const PLACES: [(&str, &[&str]); 7] = [
    ("src", &["rs"]),
    ("tests", &["rs"]),
    ("benches", &["rs"]),
    ("docs", &["md"]),
    (".ci", &["run"]),
    (".github", &["md", "yml"]),
    ("", &["md", "rs", "toml"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files of a folder with one of these endings (or names), those of its folders included; of the repository itself only its own.
fn files(folder: &Path, endings: &[&str], deep: bool, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let ending = path.extension().or(path.file_name()).and_then(|ending| ending.to_str()).unwrap_or_default();
        if path.is_dir() && deep {
            files(&path, endings, deep, found);
        } else if path.is_file() && endings.contains(&ending) {
            found.push(path);
        }
    }
}

/// The folders of `src`, which comments name without `src/`: `check/structure`.
fn floors() -> BTreeSet<String> {
    let entries = fs::read_dir(root().join("src")).expect("the sources").flatten();
    entries.filter(|entry| entry.path().is_dir()).filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// The lines that are for readers: the comments of Rust, everything of other files.
fn prose(path: &Path, text: &str) -> String {
    let is_code = path.extension().is_some_and(|ending| ending == "rs");
    let lines = text.lines().filter(|line| !is_code || line.trim_start().starts_with("//"));
    lines.map(|line| line.trim_start().trim_start_matches('/')).collect::<Vec<_>>().join("\n")
}

/// The words with a slash in them that begin as a path of the repository does.
fn paths(text: &str, floors: &BTreeSet<String>) -> Vec<String> {
    let is_of_path = |c: char| c.is_ascii_alphanumeric() || "_-./*".contains(c);
    let words = text.split(|c| !is_of_path(c)).map(|word| word.trim_end_matches(['.', '*']).trim_start_matches("../"));
    let starts = |word: &str| {
        let (first, rest) = word.split_once('/').unwrap_or_default();
        // A file of the book, such as one of `feedback/`, has an ending of its own.
        let is_module = floors.contains(first) && !rest.is_empty() && (!rest.contains('.') || rest.ends_with(".rs"));
        TOP.contains(&first) || is_module
    };
    words.filter(|word| starts(word)).map(str::to_owned).collect()
}

/// Whether there is a file or folder of that path. `*` and a part in capitals (`RULE`) stand for any.
fn is_there(folder: &Path, path: &str) -> bool {
    let Some((first, rest)) = path.split_once('/').or((!path.is_empty()).then_some((path, ""))) else { return true };
    let stands_for_any = first.contains('*') || first.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c == '.');
    if !stands_for_any {
        let module = folder.join(format!("{first}.rs"));
        return folder.join(first).exists() && is_there(&folder.join(first), rest)
            || rest.is_empty() && module.exists();
    }
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).any(|entry| is_there(&entry, rest))
}

#[test]
fn every_path_that_is_named_is_there() {
    let floors = floors();
    let mut sources = Vec::new();
    for (folder, endings) in PLACES {
        files(&root().join(folder), endings, !folder.is_empty(), &mut sources);
    }
    // The examples of the rules, some of them bad ones, name files of a book.
    sources.retain(|file| !file.ends_with("src/rules.md"));
    assert!(sources.len() > 300, "the sources are not where this test looks for them");
    let mut wrong = Vec::new();
    let mut number = 0;
    for file in sources {
        let text = prose(&file, &fs::read_to_string(&file).expect("a text"));
        for path in paths(&text, &floors) {
            number += 1;
            if !is_there(root(), &path) && !is_there(&root().join("src"), &path) {
                let inside = file.strip_prefix(root()).unwrap_or(&file).display();
                wrong.push(format!("{inside} names {path}"));
            }
        }
    }
    assert!(number > 50, "only {number} paths were seen");
    assert!(wrong.is_empty(), "paths that are not there:\n{}", wrong.join("\n"));
}

#[test]
fn every_link_of_a_document_leads_somewhere() {
    let mut documents = Vec::new();
    files(&root().join("docs"), &["md"], true, &mut documents);
    files(&root().join(".github"), &["md"], true, &mut documents);
    files(root(), &["md"], false, &mut documents);
    let mut wrong = Vec::new();
    for file in documents {
        let text = fs::read_to_string(&file).expect("a text");
        for part in text.split("](").skip(1) {
            let link = part.split([')', '#']).next().unwrap_or_default();
            let folder = file.parent().expect("a folder");
            if !link.contains("://") && !folder.join(link).exists() {
                wrong.push(format!("{} links to {link}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_test_itself_sees_paths() {
    let floors = BTreeSet::from(["check".to_owned(), "feedback".to_owned()]);
    let text = "as `src/lib.rs` and check/structure say (feedback/2025.csv is the book's), tests/check/RULE/. and/or";
    assert_eq!(paths(text, &floors), ["src/lib.rs", "check/structure", "tests/check/RULE/"]);
    assert!(is_there(root(), "src/lib") && is_there(root(), "tests/check/RULE/") && is_there(root(), "src/*/mod.rs"));
    assert!(!is_there(root(), "src/nothing.rs") && !is_there(root(), "tests/check/RULE/nothing"));
}
