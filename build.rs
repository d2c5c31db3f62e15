//! A file that is added to an embedded folder must rebuild the program; the embedding macro itself sees only changes.

fn main() {
    for folder in ["standards", "templates", "src/language/texts"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
