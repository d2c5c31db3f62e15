//! Templates are read by people: one element a line, what repeats in macros.

use std::fmt::Write;

use gamma_ok::library::{template, templates};

/// So many characters of a line can be read without scrolling.
const WIDTH: usize = 160;

#[test]
fn no_line_of_a_template_is_too_long_to_read() {
    let mut long = String::new();
    for path in templates() {
        // Licences of fonts are somebody else's.
        for (number, line) in template(path).unwrap_or_default().lines().enumerate() {
            let width = line.chars().count();
            if width > WIDTH && !path.starts_with("typst/fonts/") {
                let _ = writeln!(long, "templates/{path}:{}: {width} characters", number + 1);
            }
        }
    }
    assert!(long.is_empty(), "break these lines; `{{# -#}}` at the end of one joins it with the next:\n{long}");
}

#[test]
fn every_macro_says_what_it_takes() {
    let mut silent = String::new();
    for path in templates() {
        let mut before = "";
        for line in template(path).unwrap_or_default().lines() {
            if line.trim_start().starts_with("{% macro") && !before.ends_with("#}") {
                let _ = writeln!(silent, "templates/{path}: {line}");
            }
            before = line;
        }
    }
    assert!(silent.is_empty(), "write a comment above:\n{silent}");
}
