//! Books that are half written or damaged: whatever the rules are given, they say something and point into a file.

use gamma_ok::book::load;
use gamma_ok::library;
use gamma_ok::source::Memory;

use crate::fixture::{cut, findings};

/// Loads and checks a book twice, and looks at what is found.
fn judge(book: &Memory, what: &str) -> usize {
    let loaded = load(book).expect("the manifest is there");
    let found = findings(&loaded);
    for finding in &found {
        let source = loaded.sources.get(finding.span.file);
        assert!(!source.built_in, "{what}: {} points into the library", finding.code);
        assert!(source.text.get(finding.span.range()).is_some(), "{what}: {} points outside its file", finding.code);
        assert!(!finding.message.is_empty() && !finding.message.ends_with('.'), "{what}: {}", finding.message);
        assert!(finding.help.as_deref().is_none_or(|help| !help.is_empty()), "{what}: {}", finding.code);
        for related in &finding.related {
            assert!(loaded.sources.get(related.span.file).text.get(related.span.range()).is_some(), "{what}");
        }
    }
    assert_eq!(findings(&load(book).expect("the manifest is there")), found, "{what}: another answer to the same book");
    found.len()
}

#[test]
fn a_book_that_lost_a_stretch_of_lines_is_still_judged() {
    let whole = library::sector("hotel").expect("the sector");
    let mut found = 0;
    for path in whole.files.keys() {
        let text = String::from_utf8(whole.files[path].clone()).expect("a text");
        let lines: Vec<&str> = text.lines().collect();
        let step = (lines.len() / 8).max(1);
        for (at, length) in (0..lines.len()).step_by(step).zip([1, 2, 5, 1, 3, 8, 1, 40, 2].into_iter().cycle()) {
            let kept = lines.iter().enumerate().filter(|(line, _)| *line < at || *line >= at + length);
            let kept: Vec<&str> = kept.map(|(_, line)| *line).collect();
            let mut book = whole.clone();
            book.files.insert(path.clone(), kept.join("\n").into_bytes());
            found += judge(&book, &format!("{path} without {length} lines from {}", at + 1));
        }
    }
    assert!(found > 0, "nothing was missed");
}

#[test]
fn a_book_of_bare_entries_is_still_judged() {
    for text in [
        "id: s\nphases: [{id: p}, {id: q, steps: [{id: a}], standards: [{id: one}], waive: [{}], scenarios: [{}]}]",
        "id: s\nphases: [{id: p, traits: [friendly], waive: [{pattern: friendly}, {step: x, why: W}, {why: ''}]}]",
        "id: s\nphases: [{id: p, steps: [{id: a, handoff: {}, fail-point: {}, contact: [], moment-of-truth: true}]}]",
        "# file: roles.yaml\nroles: [{}, {id: a, covered-by: a}, {id: b, noun: {en: {}}}]\ndepartments: [{}]",
        "# file: traits/t.yaml\ntraits: [{}, {id: t, patterns: [{id: p}, {id: q, type: personal, level: basic, text: '{{'}]}]",
        "# file: gamma-ok.yaml\nlanguages: [en, sv, zz]\nrules: {}\nallow: [nothing]",
        "# file: sites/a.yaml\nrooms: 3",
        "# file: roles.yaml\n",
        "# file: gamma-ok.yaml\n",
    ] {
        judge(&Memory::new(cut(text)), text);
    }
}

/// A finding on a word points at that very word, however the text is written.
#[test]
fn a_wording_finding_points_at_the_word() {
    for text in [
        "The clerk greets the guest politely.",
        "\"The clerk greets the guest politely.\"",
        ">-\n          The clerk greets\n          the guest politely.",
        "The clerk\n          greets the guest politely.",
    ] {
        let book = format!(
            "id: s\nphases:\n  - id: p\n    standards:\n      - id: one\n        type: personal\n        level: basic\n        text: {text}\n"
        );
        let loaded = load(&Memory::new(cut(&book))).expect("a manifest");
        let found = findings(&loaded);
        let vague = found.iter().find(|finding| finding.code.word() == "vague-word").map(|finding| finding.span);
        assert_eq!(vague.map(|span| loaded.sources.slice(span)), Some("politely"), "{text}");
    }
}
