//! A book of any size, made of sentences that the rules accept; shared by benchmarks and by tests of growth.

use std::fmt::Write;

/// How large a book to make.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Sequence files.
    pub files: usize,
    /// Phases a file.
    pub phases: usize,
    /// Written standards a phase.
    pub standards: usize,
}

impl Size {
    /// The size that the project promises to handle: 1,000 phases in 100 files, 10,000 standards.
    pub const TEN_THOUSAND: Size = Size { files: 100, phases: 10, standards: 10 };
}

/// Types in the order in which a phase's standards take them.
const TYPES: [&str; 3] = ["personal", "product", "procedural"];

/// The files of a book in English and Polish: path and text. The same size gives the same bytes.
pub fn book(size: Size) -> Vec<(String, String)> {
    let mut files = vec![
        ("gamma-ok.yaml".to_owned(), manifest()),
        ("roles.yaml".to_owned(), roles()),
        ("sites/large.yaml".to_owned(), "id: large\ntitle: Large\nrooms: 240\n".to_owned()),
    ];
    files.extend((0..size.files).map(|file| (format!("sequences/s{file:03}.yaml"), sequence(file, size))));
    files
}

fn manifest() -> String {
    "title: {en: A large book, pl: Duża książka}\nlanguages: [en, pl]\nsector: hotel\nderive: false\n".to_owned()
}

fn roles() -> String {
    "roles:\n  - id: clerk-on-duty\n    title: {en: Clerk on duty, pl: Dyżurny}\n".to_owned()
}

fn sequence(file: usize, size: Size) -> String {
    let mut text = format!("id: s{file:03}\ntitle: {{en: Sequence {file}, pl: Sekwencja {file}}}\nphases:\n");
    for phase in 0..size.phases {
        let id = format!("s{file:03}-p{phase:02}");
        let _ = write!(
            text,
            "  - id: {id}\n    title: {{en: Phase {phase}, pl: Faza {phase}}}\n    traits: [friendly, prompt]\n    steps:\n      - id: arrive\n        contact: face-to-face\n        role: clerk-on-duty\n        customer:\n          en: Comes to desk {phase} of house {file}\n          pl: Podchodzi do lady {phase} w domu {file}\n    standards:\n"
        );
        for standard in 0..size.standards {
            // A higher level is stricter, so later standards, which stand higher, have shorter limits.
            let limit = 70 - (file + phase) % 10 - standard * 5;
            let level = if standard < 6 { "basic" } else { "expected" };
            let kind = TYPES[standard % 3];
            let of_trait = if standard % 2 == 0 { "friendly" } else { "prompt" };
            let _ = write!(
                text,
                "      - id: {id}-{standard:02}\n        step: arrive\n        trait: {of_trait}\n        type: {kind}\n        level: {level}\n        text:\n          en: The clerk hands form {file}-{phase}-{standard} to the guest within {limit} seconds of the request.\n          pl: Dyżurny podaje gościowi formularz {file}-{phase}-{standard} w ciągu {limit} sekund od prośby.\n        measure:\n          what: {{en: time to form, pl: czas do formularza}}\n          within: {limit} s\n        why:\n          en: A guest who waits for paper doubts the house.\n          pl: Gość, który czeka na papier, wątpi w ten dom.\n        how:\n          - en: Keep ten forms within reach\n            pl: Trzymaj dziesięć formularzy pod ręką\n"
            );
        }
    }
    text
}

/// An audit record: all standards of two sequences, most of them met; shared by benchmarks of audits. The same round gives
/// the same bytes.
#[allow(dead_code, reason = "not every benchmark has audits")]
pub fn record(size: Size, round: usize) -> String {
    let (year, month, day) = (2024 + round / 2500, round / 208 % 12 + 1, round % 28 + 1);
    let (first, second) = (round % size.files, (round + 1) % size.files);
    let mut text = format!(
        "site: large\ndate: {year}-{month:02}-{day:02}\nauditor: auditor-{}\nstaff: R-{:02}\nscope: {{sequence: [s{first:03}, s{second:03}]}}\nanswers:\n",
        round % 7,
        round % 40
    );
    // A linear congruence by Knuth: plausible, and the same everywhere.
    let mut state = round as u64 + 1;
    for file in [first, second] {
        for phase in 0..size.phases {
            for standard in 0..size.standards {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let id = format!("s{file:03}-p{phase:02}-{standard:02}");
                let _ = match (state >> 33) % 20 {
                    0 => writeln!(text, "  {id}: {{answer: not met, note: Nobody was at the desk, grade: minor}}"),
                    1 => writeln!(text, "  {id}: not met"),
                    2 => writeln!(text, "  {id}: {{answer: n/a, why: Not offered}}"),
                    3 => writeln!(text, "  {id}: not observed"),
                    4 | 5 => writeln!(text, "  {id}: {} s", 10 + (state >> 40) % 50),
                    6 => writeln!(text, "  {id}: {}/20", 15 + (state >> 40) % 6),
                    _ => writeln!(text, "  {id}: met"),
                };
            }
        }
    }
    text
}
