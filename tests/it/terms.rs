//! The tables in `docs` that the texts are held against: one term for a concept, and a line for every source.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The rows of a page's table, without its head.
fn rows(page: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(root(page)).expect("a page");
    let rows = text.lines().filter(|line| line.starts_with("| ")).skip(1);
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// The words that the language's texts of documents and its messages say, with the line that says them.
fn said(language: &str) -> Vec<(String, String)> {
    let folder = root("src/language/messages").join(language);
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("messages").map(|entry| entry.expect("a file").path()).collect();
    files.push(root("src/language/texts").join(format!("{language}.yaml")));
    let texts = files.iter().map(|path| fs::read_to_string(path).expect("a text"));
    let lines: Vec<String> = texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    let words = |line: &String| {
        let words = line.split(|letter: char| !letter.is_alphanumeric());
        words.map(|word| (word.to_lowercase(), line.clone())).collect::<Vec<_>>()
    };
    lines.iter().flat_map(words).collect()
}

#[test]
fn a_concept_has_one_term_in_each_language() {
    let rows = rows("docs/terms.md");
    let mut wrong = Vec::new();
    for (language, term, refused) in [("pl", 1, 3), ("sv", 2, 4)] {
        let said = said(language);
        for row in &rows {
            assert!(!row[term].is_empty(), "{row:?}: no term in {language}");
            for refused in row[refused].split(", ").filter(|word| !word.is_empty()) {
                let found = said.iter().filter(|(word, _)| word == refused);
                wrong.extend(
                    found.map(|(word, line)| format!("{word}, where `{}` is the term: {}", row[term], line.trim())),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The texts of all YAML files below a folder.
fn yaml(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            texts.extend(yaml(&path));
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            texts.push(fs::read_to_string(&path).expect("a text"));
        }
    }
    texts
}

/// What a source is called in English: an item of its own, or the text beside a country.
fn english(line: &str) -> Option<&str> {
    let line = line.trim_start();
    line.strip_prefix("- en: ").or_else(|| line.strip_prefix("en: "))
}

#[test]
fn every_source_of_the_library_has_a_line_that_says_whether_it_was_looked_up() {
    let listed: BTreeSet<String> = rows("docs/sources.md").into_iter().map(|row| row[0].clone()).collect();
    let mut cited = BTreeSet::new();
    for text in yaml(&root("standards")) {
        let mut inside = None;
        for line in text.lines() {
            let depth = line.len() - line.trim_start().len();
            if line.trim() == "sources:" {
                inside = Some(depth);
            } else if inside.is_some_and(|above| depth <= above) {
                inside = None;
            } else if let (Some(_), Some(source)) = (inside, english(line)) {
                cited.insert(source.trim_matches('"').to_owned());
            }
        }
    }
    assert!(cited.len() > 80, "{}", cited.len());
    assert_eq!(listed, cited, "docs/sources.md has a line for each, and none for what nobody cites");
    for row in rows("docs/sources.md") {
        assert!(row[3].starts_with("looked up") || row[3].starts_with("unverified"), "{row:?}");
    }
}
