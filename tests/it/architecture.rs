//! Imports run downwards only: a stage may use those before it, never those after.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The stages from the ground up. A module may import from those above it in this list, and from [`SERVANTS`].
const STAGES: [&str; 12] = [
    "source", "book", "method", "changes", "check", "audit", "feedback", "review", "edit", "document", "render", "cli",
];

/// Modules that serve all stages, each with the stages that they may lean on themselves.
const SERVANTS: [(&str, &[&str]); 3] =
    [("diag", &["source"]), ("language", &["source", "book"]), ("library", &["source"])];

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

/// The modules that a file imports by `crate::…`, with the line; tests inside a file are tests, not the stage.
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
        let allowed: BTreeSet<&str> = match SERVANTS.iter().find(|(name, _)| *name == module) {
            Some((_, stages)) => stages.iter().copied().chain(SERVANTS.map(|(name, _)| name)).collect(),
            None => {
                let at = STAGES.iter().position(|stage| *stage == module);
                let at = at.unwrap_or_else(|| panic!("src/{module} is not in the list of stages"));
                STAGES[..=at].iter().copied().chain(SERVANTS.map(|(name, _)| name)).collect()
            }
        };
        for (line, name) in imports(&fs::read_to_string(&path).expect("a source file")) {
            let known = STAGES.contains(&name.as_str()) || SERVANTS.iter().any(|(servant, _)| *servant == name);
            if known && !allowed.contains(name.as_str()) {
                wrong.push(format!("src/{}:{line} imports crate::{name}", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "imports that run upwards:\n{}", wrong.join("\n"));
}

#[test]
fn the_test_itself_sees_imports() {
    let text = "use crate::book::Book;\n// crate::cli is a comment\nlet x = crate::cli::run();\n#[cfg(test)]\nuse crate::render;\n";
    let found: Vec<_> = imports(text).into_iter().map(|(line, name)| format!("{line} {name}")).collect();
    assert_eq!(found, ["1 book", "3 cli"]);
}
