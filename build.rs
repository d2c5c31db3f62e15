//! A file that is added to an embedded folder must rebuild the program; the embedding macro itself sees only changes.

#![allow(clippy::disallowed_macros, reason = "cargo reads a build script's standard output")]
fn main() {
    for folder in ["standards", "templates", "src/language/texts", "src/language/messages", "src/units/words"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    // A third of a million addresses need not be worked out anew at each start, most of which last a few hundredths of a second.
    // Libraries, heap and stack stand where nobody can tell as before.
    let target = |part: &str| std::env::var(format!("CARGO_CFG_TARGET_{part}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
