//! Imports run downwards only: a floor may use those below it, never those above.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The floors from the ground up: a file imports from its own folder and from those above it in this list, and from no
/// other, without exception.
const FLOORS: &[&str] = &[
    "text",
    "message",
    "statistics",
    "source",
    "diag",
    "library",
    "units",
    "book",
    "language",
    "method",
    "edition",
    "changes",
    "forms",
    "audit",
    "feedback",
    "review",
    "check",
    "report",
    "project",
    "edit",
    "import",
    "document",
    "render",
    "export",
];

/// The edges: each may use every floor, and `cli` starts the others.
const EDGES: &[&str] = &["editor", "desk", "cli"];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of the sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The modules that a file imports by `crate::…`, with the line; tests inside a file are tests, not the floor.
fn imports(text: &str) -> Vec<(usize, String)> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    for (number, line) in code.lines().enumerate() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        for part in line.split("crate::").skip(1) {
            let name: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            found.push((number + 1, name));
        }
    }
    found
}

#[test]
fn imports_run_downwards_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    assert!(files.len() > 20, "the sources are not where this test looks for them");
    let mut wrong = Vec::new();
    for path in files {
        let inside = path.strip_prefix(&root).expect("a file below src");
        let Some(module) = inside.iter().next().and_then(|part| part.to_str()) else { continue };
        let module = module.trim_end_matches(".rs");
        if ["lib", "main"].contains(&module) {
            continue;
        }
        let all: Vec<&str> = FLOORS.iter().chain(EDGES).copied().collect();
        let at = all.iter().position(|floor| *floor == module);
        let at = at.unwrap_or_else(|| panic!("src/{module} is not in the list of floors"));
        let allowed: BTreeSet<&str> = all[..=at].iter().copied().collect();
        for (line, name) in imports(&fs::read_to_string(&path).expect("a source file")) {
            let known = all.contains(&name.as_str());
            if known && !allowed.contains(name.as_str()) {
                wrong.push(format!("src/{}:{line} imports crate::{name}", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "imports that run upwards:\n{}", wrong.join("\n"));
}

/// The disk is read by `source`, an author's files are written by `edit`, and everything else that touches the system is an
/// edge; another program is started by `source`, which asks git, and by `cli`, which opens the browser.
#[test]
fn few_floors_touch_the_system() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    let mut wrong = Vec::new();
    for path in files {
        let inside = path.strip_prefix(&root).expect("a file below src");
        let floor = inside.iter().next().and_then(|part| part.to_str()).unwrap_or_default();
        let text = fs::read_to_string(&path).expect("a source file");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let is_test = inside.ends_with("tests.rs");
        let reaches = |what: &str, floors: &[&str]| code.contains(what) && !floors.contains(&floor) && !is_test;
        // What the desk remembers outside of books.
        let is_memory = inside.ends_with("desk/memory.rs");
        if (reaches("std::fs", &["source", "edit", "editor", "cli"]) && !is_memory)
            || reaches("process::Command", &["source", "cli"])
        {
            wrong.push(inside.display().to_string());
        }
    }
    assert!(wrong.is_empty(), "these touch the system: {wrong:?}");
}

#[test]
fn the_test_itself_sees_imports() {
    let text = "use crate::book::Book;\n// crate::cli is a comment\nlet x = crate::cli::run();\n#[cfg(test)]\nuse crate::render;\n";
    let found: Vec<_> = imports(text).into_iter().map(|(line, name)| format!("{line} {name}")).collect();
    assert_eq!(found, ["1 book", "3 cli"]);
}
