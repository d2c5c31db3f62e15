use gamma_ok::check::check;
use gamma_ok::project::Project;
use serde_json::Value;

/// The first line is a condition, the rest the text of a pattern. Both are judged at their place, and come to an end with the
/// same answer each time, at every site and without one.
pub fn expressions(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (condition, pattern) = text.split_once('\n').unwrap_or((&text, "The {{ staff.one }} smiles."));
    // In JSON they stand in YAML whatever they hold.
    let (condition, pattern) = (Value::from(condition), Value::from(pattern));
    let traits = format!(
        "traits:\n  - id: warm\n    title: Warm\n    patterns:\n      - {{id: greet, type: personal, level: basic, when: {condition}, text: {pattern}}}\n"
    );
    let sequence = format!(
        "id: s\nphases:\n  - id: p\n    when: {condition}\n    traits: [warm]\n    steps: [{{id: a, when: {condition}}}]\n"
    );
    let files = [("traits/own.yaml", traits), ("sequences/s.yaml", sequence), ("gamma-ok.yaml", MANIFEST.to_owned())];
    let world = super::world(files.iter().map(|(path, text)| (*path, text.clone().into_bytes())));
    let opened = Project::open(world).expect("there is a manifest");
    let found = check(&opened.loaded, &opened.standards);
    super::point_into_their_files(&opened.loaded.sources, &found);
    let book = &opened.loaded.book;
    for phase in book.sequences.iter().flat_map(|sequence| &sequence.phases) {
        let Some(condition) = &phase.when else { continue };
        for site in book.sites.iter().map(Some).chain([None]) {
            assert_eq!(condition.holds(site), condition.holds(site), "another answer for the same site");
        }
        assert!(condition.holds(None), "without a site everything applies");
    }
}

/// Traits yield standards.
const MANIFEST: &str =
    "title: Corner shop\nlanguages: [en]\ncustomer: {en: {one: guest, many: guests, possessive: \"guest's\"}}\n";
