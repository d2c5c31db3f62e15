//! One cause, one finding: whatever refers to what is mistyped is not told with it.

use std::path::Path;

use chrono::NaiveDate;
use gamma_ok::diag::Diagnostic;
use gamma_ok::project::{Checked, Project};
use gamma_ok::source::Memory;

/// The files of an example that are read as text.
fn example(name: &str) -> Vec<(String, String)> {
    fn gather(top: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            let name = path.strip_prefix(top).expect("below").to_string_lossy().replace('\\', "/");
            if path.is_dir() && name != "out" {
                gather(top, &path, files);
            } else if [".yaml", ".md", ".csv", ".svg"].iter().any(|ending| name.ends_with(ending)) {
                files.push((name, std::fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
    let mut files = Vec::new();
    gather(&top, &top, &mut files);
    files
}

/// What is found in a book with its records, as `file:line: code: message | help`.
fn found(files: &[(String, String)]) -> Vec<String> {
    let mut world = Memory::new(files.iter().cloned());
    world.today = NaiveDate::from_ymd_opt(2026, 11, 15).expect("a day");
    let mut project = Project::open(&world).expect("a manifest");
    let mut records = project.records();
    let Checked { findings, .. } = project.check(&mut records);
    let shown = |finding: &Diagnostic| {
        let source = project.loaded.sources.get(finding.span.file);
        let line = source.position(finding.span.start as usize).line;
        let help = finding.help.as_deref().unwrap_or("-");
        format!("{}:{line}: {}: {} | {help}", source.path, finding.code, finding.message)
    };
    findings.iter().map(shown).collect()
}

/// The same files with one replacement in one of them.
fn changed(files: &[(String, String)], path: &str, from: &str, to: &str) -> Vec<(String, String)> {
    let mut files = files.to_vec();
    let (_, text) = files.iter_mut().find(|(name, _)| name == path).expect("the file");
    assert!(text.contains(from), "{from}");
    *text = text.replacen(from, to, 1);
    files
}

#[test]
fn a_mistyped_key_is_one_finding_whatever_refers_to_what_it_defines() {
    let files = example("hotel-wisla");
    let before = found(&files);
    for (path, key) in [
        ("gamma-ok.yaml", "languages"),
        ("gamma-ok.yaml", "feedback"),
        ("gamma-ok.yaml", "areas"),
        ("roles.yaml", "roles"),
        ("roles.yaml", "departments"),
    ] {
        let slip = format!("\n{key}{}:", key.chars().last().expect("a letter"));
        let mut found = found(&changed(&files, path, &format!("\n{key}:"), &slip));
        found.retain(|line| !before.contains(line));
        assert!(found.len() <= 2 && found[0].contains("unknown-key"), "{key}: {found:#?}");
    }
}

#[test]
fn a_language_that_the_texts_name_otherwise_is_one_finding() {
    let files = example("hotel-wisla");
    let (_, manifest) = files.iter().find(|(name, _)| name == "gamma-ok.yaml").expect("the manifest");
    let line = manifest.lines().find(|line| line.starts_with("languages:")).expect("its languages");
    for (languages, told) in [
        ("[en-GB, pl]", "write the same tag in both places: `en-GB` here, or `en` in `languages`"),
        ("[eng, pl]", "write `en`"),
        ("[en, pol]", "write `pl`"),
        ("[english, polski]", "write `en`"),
        ("[en, pl-PL]", "write the same tag in both places: `pl-PL` here, or `pl` in `languages`"),
    ] {
        let found = found(&changed(&files, "gamma-ok.yaml", line, &format!("languages: {languages}")));
        assert!(found.len() <= 2 && found.iter().any(|line| line.contains(told)), "{languages}: {found:#?}");
    }
}

#[test]
fn a_language_that_no_text_has_is_one_finding() {
    let files = example("hotel-wisla");
    let (_, manifest) = files.iter().find(|(name, _)| name == "gamma-ok.yaml").expect("the manifest");
    let line = manifest.lines().find(|line| line.starts_with("languages:")).expect("its languages");
    let found = found(&changed(&files, "gamma-ok.yaml", line, "languages: [en, pl, de]"));
    let of_texts: Vec<_> = found.iter().filter(|line| line.contains("missing-translation")).collect();
    assert!(matches!(of_texts.as_slice(), [only] if only.contains("no text of the book is in `de`")), "{of_texts:#?}");
}

#[test]
fn a_phase_that_was_renamed_is_one_finding_among_the_records() {
    let files = example("hotel-wisla");
    let renamed = changed(&files, "sequences/guest-stay.yaml", "  - id: check-in\n", "  - id: arrival\n");
    let found = found(&renamed);
    let of_records: Vec<_> = found.iter().filter(|line| line.contains("unknown-record")).collect();
    assert!(
        matches!(of_records.as_slice(), [only] if only.contains("no phase `check-in`") && only.contains("was: [check-in]")),
        "{found:#?}"
    );
    assert!(found.len() <= 3, "{found:#?}");
}

#[test]
fn a_site_without_its_id_says_so() {
    let files = example("hotel-wisla");
    for (slip, told) in
        [("it: krakow", "did you mean `id`?"), ("stars: 3", "add `id: …`"), ("Id: krakow", "did you mean `id`?")]
    {
        let (path, text) = files.iter().find(|(name, _)| name.starts_with("sites/")).expect("a site");
        let id = text.lines().find(|line| line.starts_with("id:")).expect("its id");
        let found = found(&changed(&files, path, id, slip));
        assert!(found.iter().any(|line| line.starts_with(path.as_str()) && line.contains(told)), "{slip}: {found:#?}");
    }
}

#[test]
fn a_file_of_a_hundred_thousand_faults_tells_the_first_and_how_many_more_there_are() {
    let key = |number: usize| format!("    k{number}: 1\n");
    let many: String = (0..30_000).map(key).collect();
    let files = [
        ("gamma-ok.yaml".to_owned(), "title: T\nlanguages: [en]\n".to_owned()),
        ("sequences/s.yaml".to_owned(), format!("id: s\nphases:\n  - id: p\n    traits: [friendly]\n{many}")),
    ];
    let found = found(&files);
    assert!(found.len() < 2_100, "{}", found.len());
    let told: Vec<_> = found.iter().filter(|line| line.contains("more remarks on this file are not told")).collect();
    let [told] = told.as_slice() else { panic!("{told:?}") };
    let message = told.split(": ").nth(2).unwrap_or_default();
    assert_eq!(message.chars().filter(char::is_ascii_digit).collect::<String>(), "28000", "{told}");
}

#[test]
fn covers_of_a_thousand_roles_lead_to_their_end() {
    let role = |number: usize| {
        format!("  - {{id: r{number}, title: R, duties: [D], when: site.x > 5, covered-by: r{}}}\n", number + 1)
    };
    let roles: String = (0..998).map(role).collect();
    let book = |last: &str| {
        [
            ("gamma-ok.yaml".to_owned(), "title: T\nlanguages: [en]\n".to_owned()),
            ("sites/a.yaml".to_owned(), "id: a\nx: 3\n".to_owned()),
            ("roles.yaml".to_owned(), format!("roles:\n{roles}  - {{id: r998, title: R, duties: [D]{last}}}\n")),
        ]
    };
    assert_eq!(found(&book("")), Vec::<String>::new());
    let uncovered = found(&book(", when: site.x > 5"));
    assert_eq!(uncovered.iter().filter(|line| line.contains("uncovered-role")).count(), 999, "{:?}", uncovered.first());
    let circle = found(&book(", when: site.x > 5, covered-by: r500"));
    assert_eq!(circle.iter().filter(|line| line.contains("cover-cycle")).count(), 1, "{:?}", circle.first());
}
