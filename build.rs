//! A file that is added to an embedded folder must rebuild the program; the embedding macro itself sees only changes.

#![allow(clippy::disallowed_macros, reason = "cargo reads a build script's standard output")]
fn main() {
    for folder in ["standards", "templates", "src/language/texts", "src/language/messages", "src/units/words"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
