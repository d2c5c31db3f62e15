use std::collections::BTreeMap;

use gamma_ok::diag::{Diagnostic, Severity};
use gamma_ok::project::Project;
use gamma_ok::source::Memory;

/// No input has more files than this.
const MAX_FILES: usize = 8;

/// A book of a few files: a line `# file: PATH` begins each, and what stands before the first is a sequence. Whatever stands
/// in it, every rule gives its findings, in order, each once and at a place of its file, twice the same.
pub fn reader(data: &[u8]) {
    let files = cut(data);
    let (opened, found) = checked(&files);
    super::point_into_their_files(&opened.loaded.sources, &found);
    for pair in found.windows(2) {
        assert!(pair[0].span <= pair[1].span, "out of order: {pair:?}");
        assert!(pair[0] != pair[1], "twice: {pair:?}");
    }
    for finding in &found {
        assert!(!opened.loaded.sources.get(finding.span.file).built_in, "{finding:?} is of the library");
    }
    let standards = &opened.standards.all;
    let is_stamp = |stamp: &str| stamp.len() == 8 && stamp.bytes().all(|byte| byte.is_ascii_hexdigit());
    assert!(standards.iter().all(|standard| is_stamp(&standard.stamp)), "a stamp that is none");
    if found.iter().all(|finding| finding.severity != Severity::Error) {
        let mut ids: Vec<&str> = standards.iter().map(|standard| standard.id.name.as_str()).collect();
        ids.sort_unstable();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "two standards of one id, and no finding: {ids:?}");
    }
    // Some are read twice; all would take twice as long.
    if data.len().is_multiple_of(16) {
        assert_eq!(checked(&files).1, found, "another answer to the same book");
    }
}

fn checked(files: &BTreeMap<String, Vec<u8>>) -> (Project<Memory>, Vec<Diagnostic>) {
    let world = Memory { files: files.clone(), today: super::today() };
    let mut opened = Project::open(world).expect("there is a manifest");
    let mut records = opened.records();
    let found = opened.check(&mut records).findings;
    (opened, found)
}

/// The files of an input, and a manifest where it has none.
fn cut(data: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut path = "sequences/s.yaml".to_owned();
    for line in data.split_inclusive(|byte| *byte == b'\n') {
        match line.strip_prefix(b"# file: ").map(|name| String::from_utf8_lossy(name).trim().to_owned()) {
            Some(name) if files.len() < MAX_FILES => path = name,
            _ => files.entry(path.clone()).or_default().extend_from_slice(line),
        }
    }
    files.entry("gamma-ok.yaml".to_owned()).or_insert_with(|| b"title: Fixture\nlanguages: [en, pl]\n".to_vec());
    files
}
