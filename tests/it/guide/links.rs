//! The shape of the guide: every page is in its table of contents, every link and picture leads somewhere, and the three
//! languages have the same pages, sections and commands.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::blocks::{blocks, prose};
use super::{LANGUAGES, pages, read};

/// The pages that the table of contents names, in its order.
fn contents(language: &str) -> Vec<String> {
    let summary = read(&pages(language).join("SUMMARY.md"));
    targets(&summary).into_iter().map(str::to_owned).collect()
}

/// What the links and pictures of a text lead to.
fn targets(text: &str) -> Vec<&str> {
    text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target).collect()
}

/// The anchor that mdBook and GitHub make of a heading.
fn anchor(heading: &str) -> String {
    let letters = heading.trim().to_lowercase();
    let kept = letters.chars().filter(|c| c.is_alphanumeric() || "-_ ".contains(*c));
    kept.collect::<String>().replace(' ', "-")
}

fn anchors(page: &str) -> BTreeSet<String> {
    let text = prose(page);
    let heads = text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#'));
    let explicit = text.split("<a id=\"").skip(1).filter_map(|rest| rest.split_once('"')).map(|(id, _)| id.to_owned());
    heads.map(anchor).chain(explicit).collect()
}

#[test]
fn every_page_is_in_the_table_of_contents() {
    for language in LANGUAGES {
        let listed: BTreeSet<String> = contents(language).into_iter().collect();
        let there: BTreeSet<String> = fs::read_dir(pages(language))
            .expect("the pages")
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| name.ends_with(".md") && name != "SUMMARY.md")
            .collect();
        assert_eq!(listed, there, "{language}");
    }
}

#[test]
fn every_link_leads_somewhere() {
    let mut wrong = Vec::new();
    for language in LANGUAGES {
        let folder = pages(language);
        for name in contents(language) {
            let page = read(&folder.join(&name));
            let text = prose(&page);
            for target in targets(&text).into_iter().filter(|target| !target.contains("://")) {
                let (file, part) = target.split_once('#').map_or((target, None), |(file, part)| (file, Some(part)));
                let path = if file.is_empty() { folder.join(&name) } else { folder.join(file) };
                // What lies outside a language's pages is not in the book that mdBook makes.
                let is_inside = !Path::new(file).components().any(|part| part.as_os_str() == "..");
                let has = |part: &str| anchors(&read(&path)).contains(part);
                if !is_inside || !path.is_file() || part.is_some_and(|part| !has(part)) {
                    wrong.push(format!("{language}/{name}: {target}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The headings' depths, and what the blocks of a page are there for, with the number of commands in each.
fn shape(page: &str) -> (Vec<usize>, Vec<(String, usize)>) {
    let text = prose(page);
    let depths =
        text.lines().filter(|line| line.starts_with('#')).map(|line| line.len() - line.trim_start_matches('#').len());
    let blocks = blocks(page).into_iter().map(|block| {
        let commands = if block.language() == "sh" { block.body.lines().count() } else { 0 };
        (block.language().to_owned(), commands)
    });
    (depths.collect(), blocks.collect())
}

#[test]
fn the_languages_tell_the_same() {
    for language in &LANGUAGES[1..] {
        assert_eq!(contents(language), contents("en"), "{language}");
        for name in contents("en") {
            let [here, there] = [*language, "en"].map(|language| shape(&read(&pages(language).join(&name))));
            assert_eq!(here, there, "{language}/{name} and en/{name}: depths of headings, and blocks");
        }
    }
}

#[test]
fn every_language_is_a_book() {
    for language in LANGUAGES {
        let manifest = read(&pages(language).with_file_name("book.toml"));
        let book: Vec<&str> = manifest.lines().collect();
        assert!(book.contains(&format!("language = \"{language}\"").as_str()), "{manifest}");
    }
}
