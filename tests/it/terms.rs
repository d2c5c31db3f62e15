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

/// The lines of a file that stand among its sources, and those that do not.
fn by_sources(text: &str) -> (Vec<&str>, Vec<&str>) {
    let mut inside = None;
    text.lines().partition(|line| {
        let depth = line.len() - line.trim_start().len();
        if line.trim() == "sources:" {
            inside = Some(depth);
        } else if inside.is_some_and(|above| depth <= above) {
            inside = None;
        }
        inside.is_some()
    })
}

/// Whether a text names an article, a section or a paragraph of a law: `article 14`, `art. 35`, `§ 12`, `12 §`.
fn names_an_article(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_number = |word: &str| word.starts_with(|letter: char| letter.is_ascii_digit());
    let names = ["article", "articles", "section", "artykuł", "artykule", "art.", "artikel", "§", "§§"];
    words.windows(2).any(|pair| {
        let bare = pair[0].trim_start_matches('(').to_lowercase();
        names.contains(&bare.as_str()) && is_number(pair[1]) || is_number(&bare) && pair[1].starts_with('§')
    })
}

#[test]
fn laws_are_named_among_sources_where_the_table_holds_them() {
    assert!(names_an_article("(Mortgage Credit Act, article 14)") && names_an_article("se 12 § förvaltningslagen"));
    assert!(!names_an_article("at most 5 articles in a check"));
    for text in yaml(&root("standards")) {
        let (_, others) = by_sources(&text);
        let found: Vec<&str> = others.into_iter().filter(|line| names_an_article(line)).collect();
        assert!(found.is_empty(), "put the law among the sources: {found:#?}");
    }
}

#[test]
fn every_source_of_the_library_has_a_line_that_says_whether_it_was_looked_up() {
    let listed: BTreeSet<String> = rows("docs/sources.md").into_iter().map(|row| row[0].clone()).collect();
    let mut cited = BTreeSet::new();
    for text in yaml(&root("standards")) {
        let (sources, _) = by_sources(&text);
        cited.extend(sources.into_iter().filter_map(english).map(|source| source.trim_matches('"').to_owned()));
    }
    assert!(cited.len() > 80, "{}", cited.len());
    assert_eq!(listed, cited, "docs/sources.md has a line for each, and none for what nobody cites");
    for row in rows("docs/sources.md") {
        assert!(row[3].starts_with("looked up") || row[3].starts_with("unverified"), "{row:?}");
    }
}

#[test]
fn every_figure_of_the_library_has_a_source_or_is_called_a_proposal() {
    let keys = ["within: ", "at-most: ", "at-least: ", "between: "];
    let mut bare = Vec::new();
    // What starts a book of no trade explains its figures beside each standard.
    let folders = ["standards/traits", "standards/sectors"];
    for text in folders.into_iter().flat_map(|folder| yaml(&root(folder))) {
        // Steps, standards and patterns are the items of lists at this depth.
        for entry in text.split("\n      - id: ").skip(1).filter(|entry| !entry.contains("sources:")) {
            let figures = entry.lines().filter(|line| keys.iter().any(|key| line.trim_start().starts_with(key)));
            let unexplained = figures.filter(|line| !line.contains("# proposal") && !line.contains("# source"));
            bare.extend(
                unexplained.map(|line| format!("{}: {}", entry.lines().next().unwrap_or_default(), line.trim())),
            );
        }
    }
    assert!(bare.is_empty(), "{bare:#?}");
}
