//! Files that a person may take for part of the book and that nothing reads. What is evidently kept for something else, such
//! as a README, a picture or what an editor leaves behind, is left alone.

mod file_names;
mod stray;

use crate::book::load::{MANIFEST, YAML};
use crate::diag::{Code, Diagnostic};
use crate::message::Message;
use crate::say;
use crate::source::{Refusal, Source, Sources, Span, World};
pub(super) use file_names::is_left_over;
use file_names::{FOREIGN, is_named_by_part, is_of_others, mended, place_named, place_of_file, place_of_keys};

/// The folders of which some files are read, and the endings of those. Feedback and templates tell of their own.
const FOLDERS: [(&str, &[&str]); 7] = [
    ("sequences", YAML),
    ("traits", YAML),
    ("sites", YAML),
    ("chapters", &[".md"]),
    ("audits", YAML),
    ("reviews", YAML),
    ("editions", YAML),
];

/// The other folders of a book.
const OTHER_FOLDERS: [&str; 3] = ["feedback", "templates", "images"];

/// A file that nothing reads, and what there is to say of it.
struct Unread {
    path: String,
    message: Message,
    help: Message,
}

/// The files beside those of a book that nothing reads although a person may think so. They become sources.
pub(crate) fn unread(world: &dyn World, sources: &mut Sources) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (folder, endings) in FOLDERS {
        let listed = world.list_names(folder, &[""]).into_iter().flatten();
        found.extend(listed.filter_map(|path| in_folder(path, folder, endings)));
    }
    // A picture or a list that a chapter names is where it should be.
    if found.iter().any(|unread| unread.path.starts_with("chapters/")) {
        let chapters = world.list_names("chapters", &[".md"]).into_iter().flatten();
        let texts: Vec<String> = chapters.filter_map(|path| world.text(&path).ok()).collect();
        found.retain(|unread| {
            let name = unread.path.rsplit('/').next().unwrap_or_default();
            !unread.path.starts_with("chapters/") || !texts.iter().any(|text| text.contains(name))
        });
    }
    let mut findings: Vec<Diagnostic> = Vec::new();
    for name in world.names("") {
        match name {
            Ok(name) if name.is_folder => found.extend(folder_of_book(world, sources, &name.name)),
            Ok(name) => found.extend(file_of_book(world, &name.name)),
            Err((name, refusal)) => {
                if refusal == Refusal::Unnameable && !is_of_others(&name) {
                    let file = sources.add(Source::refused(name, &refusal));
                    findings.push(crate::book::refusal_finding(file, &refusal));
                }
            }
        }
    }
    stray::add(world, &mut found);
    findings.extend(found.into_iter().map(|Unread { path, message, help }| {
        let file = sources.add(Source::new(path, ""));
        Diagnostic::new(Code::UnreadFile, Span::new(file, 0, 0), message).help(help)
    }));
    findings
}

/// A file in a folder of the book.
fn in_folder(path: String, folder: &str, endings: &[&str]) -> Option<Unread> {
    let name = path.rsplit('/').next()?;
    // What closing a review keeps of its report.
    let is_kept = folder == "reviews" && path.starts_with("reviews/closed/") && path.ends_with(".json");
    if endings.iter().any(|ending| path.ends_with(ending)) || is_of_others(name) || is_kept {
        return None;
    }
    let ending = endings.first()?;
    let message =
        say!("nothing reads this file: in `{folder}/` the book reads names that end in `{ending}`", folder, ending);
    let is_form = [".xlsx", ".csv", ".md", ".json"].iter().any(|form| name.to_lowercase().ends_with(form));
    let help = match (mended(&path, ending), folder) {
        (Some(right), _) => say!("rename it to `{right}`", right),
        (None, "audits") if is_form => {
            say!(
                "`{command}` makes a record of a filled-in form; keep the form outside `{folder}/`",
                command = "gamma-ok audit record",
                folder
            )
        }
        (None, "reviews") if is_form => {
            say!(
                "`{command}` makes a record of a filled-in form; keep the form outside `{folder}/`",
                command = "gamma-ok review record",
                folder
            )
        }
        (None, _) => say!(
            "give its name the ending `{ending}` if it belongs to the book, else keep it in a folder of its own",
            ending
        ),
    };
    Some(Unread { path, message, help })
}

/// A folder beside those of the book that has the name of one, nearly.
fn folder_of_book(world: &dyn World, sources: &Sources, name: &str) -> Vec<Unread> {
    if FOLDERS.iter().any(|(folder, _)| *folder == name) || OTHER_FOLDERS.contains(&name) {
        return Vec::new();
    }
    let part = is_named_by_part(name).then_some("sequences");
    let Some(place) = part.or_else(|| place_named(name)) else { return Vec::new() };
    let endings: &[&str] = match place {
        "chapters" => &[".md"],
        "feedback" => &[".csv", ".tsv"],
        "images" | "templates" => return stray::beside(world, sources, name, place),
        _ => YAML,
    };
    let inside: Vec<_> = world.names(name).into_iter().flatten().collect();
    // A book within the book has folders of its own.
    if inside.iter().any(|file| file.name == MANIFEST) {
        return Vec::new();
    }
    let files = inside.into_iter().filter(|file| !file.is_folder && !is_of_others(&file.name));
    let files = files.filter(|file| endings.iter().any(|ending| file.name.to_lowercase().ends_with(ending)));
    let read = files.filter(|file| endings != YAML || !is_foreign(world, &format!("{name}/{}", file.name)));
    let told = |file: crate::source::FolderEntry| {
        let path = format!("{name}/{}", file.name);
        let is_whole = part.is_none() || place_of_keys(&keys(world, &path)).is_some();
        Unread {
            path,
            message: say!("nothing reads this file: the folder `{folder}/` is none of the book", folder = name),
            help: match place {
                "roles.yaml" => say!("write what it says in `{right}`", right = place),
                folder if is_whole => say!("move it to `{right}`", right = format!("{folder}/{}", file.name)),
                _ => of_sequence(),
            },
        }
    };
    read.map(told).collect()
}

/// Where phases, steps and standards are written.
fn of_sequence() -> Message {
    say!("phases, steps and standards are written in the file of their sequence, in `{folder}/`", folder = "sequences")
}

/// A file beside the manifest that looks like one of the book.
fn file_of_book(world: &dyn World, name: &str) -> Option<Unread> {
    if name == MANIFEST || name == "roles.yaml" || is_of_others(name) {
        return None;
    }
    let told = |help: Message| {
        Some(Unread { path: name.to_owned(), message: say!("nothing reads this file where it stands"), help })
    };
    let belongs =
        |folder: &str| told(say!("move it to `{right}` if it belongs to the book", right = format!("{folder}/{name}")));
    let lower = name.to_lowercase();
    // Two figures before a title are how chapters are put in their order.
    if lower.ends_with(".md") {
        let is_chapter = matches!(lower.as_bytes(), [a, b, b'-', ..] if a.is_ascii_digit() && b.is_ascii_digit());
        return if is_chapter { belongs("chapters") } else { None };
    }
    if let Some(stem) = [".csv", ".tsv"].iter().find_map(|ending| lower.strip_suffix(ending)) {
        return (place_of_file(stem) == Some("feedback")).then(|| belongs("feedback"))?;
    }
    let right = mended(name, ".yaml").unwrap_or_else(|| name.to_owned());
    let stem = YAML.iter().find_map(|ending| right.strip_suffix(ending))?;
    let keys = keys(world, name);
    if keys.iter().any(|key| FOREIGN.contains(&key.as_str())) {
        return None;
    }
    let named = place_of_file(stem).filter(|place| *place != "chapters");
    match named.or_else(|| place_of_keys(&keys))? {
        "sequences" if named.is_none() && !keys.iter().any(|key| key == "phases") => told(of_sequence()),
        MANIFEST => told(say!("the book's manifest is `{manifest}`: write what it says there", manifest = MANIFEST)),
        "roles.yaml" if stem.to_lowercase() == "roles" && world.bytes("roles.yaml").is_err() => {
            told(say!("rename it to `{right}`", right = "roles.yaml"))
        }
        "roles.yaml" => told(say!("write what it says in `{right}`", right = "roles.yaml")),
        folder => told(say!("move it to `{right}` if it belongs to the book", right = format!("{folder}/{right}"))),
    }
}

/// Whether the keys of a file are those of another program's.
fn is_foreign(world: &dyn World, path: &str) -> bool {
    keys(world, path).iter().any(|key| FOREIGN.contains(&key.as_str()))
}

/// The keys at the left edge of a file, also of a list's items.
fn keys(world: &dyn World, path: &str) -> Vec<String> {
    let text = world.text(path).unwrap_or_default();
    let key = |line: &str| {
        let (key, _) = line.strip_prefix("- ").unwrap_or(line).split_once(':')?;
        let is_key = key.chars().all(|letter| letter.is_alphanumeric() || "-_".contains(letter));
        (is_key && !key.is_empty()).then(|| key.to_owned())
    };
    text.trim_start_matches('\u{feff}').lines().filter_map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Memory;

    /// What is told of files, with the help.
    fn told(files: &[(&str, &str)]) -> Vec<String> {
        let mut sources = Sources::default();
        let found = unread(&Memory::new(files.iter().copied()), &mut sources);
        let shown = |finding: &Diagnostic| {
            let help = finding.help.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("{}: {help}", sources.get(finding.span.file).path)
        };
        found.iter().map(shown).collect()
    }

    #[test]
    fn what_looks_like_the_book_and_is_not_read_is_told() {
        for (path, text, help) in [
            ("sequences/S.YAML", "", "rename it to `sequences/S.yaml`"),
            ("sequences/s.yaml.txt", "", "rename it to `sequences/s.yaml`"),
            ("sites/x/krakow.ymal", "", "rename it to `sites/x/krakow.yaml`"),
            ("chapters/01-łódź.MD", "", "rename it to `chapters/01-łódź.md`"),
            ("sequences/notatki.txt", "", "give its name the ending `.yaml`"),
            ("reviews/2026.docx", "", "give its name the ending `.yaml`"),
            ("audits/2026/round.xlsx", "", "`gamma-ok audit record` makes a record"),
            ("editions/x.txt", "", "give its name the ending"),
            ("Sequences/s.yaml", "id: s", "move it to `sequences/s.yaml`"),
            ("sekwencje/s.yaml", "id: s", "move it to `sequences/s.yaml`"),
            ("sequnces/s.yml", "id: s", "move it to `sequences/s.yml`"),
            ("Chapters/a.md", "", "move it to `chapters/a.md`"),
            ("opinie/2026.csv", "", "move it to `feedback/2026.csv`"),
            ("roles/x.yaml", "id: x", "write what it says in `roles.yaml`"),
            ("sites.yaml", "- id: x", "move it to `sites/sites.yaml`"),
            ("sekwencja.yaml", "", "move it to `sequences/sekwencja.yaml`"),
            ("roles2.yaml", "", "write what it says in `roles.yaml`"),
            ("Roles.yml", "", "rename it to `roles.yaml`"),
            ("pobyt.yaml", "id: x\nphases:\n", "move it to `sequences/pobyt.yaml`"),
            ("krakow.YML", "id: x\ntitle: y\n", "move it to `sites/krakow.yaml`"),
            ("gamma-ok.yml", "title: x", "the book's manifest is"),
            ("01-welcome.md", "", "move it to `chapters/01-welcome.md`"),
            ("standards/a.yaml", "id: s\nphases:\n", "move it to `sequences/a.yaml`"),
            ("phases/a.yaml", "id: p\n", "phases, steps and standards are written in the file of their sequence"),
            ("steps/a.yml", "- id: p\n", "phases, steps and standards are written"),
            ("standardy/a.yaml", "- id: p\n", "phases, steps and standards are written"),
            ("fazy/a.yaml", "id: s\nphases:\n", "move it to `sequences/a.yaml`"),
            ("steg/a.yaml", "id: s\n", "phases, steps and standards are written"),
            ("images/sub/a.yaml", "id: s\nphases:\n", "move it to `sequences/a.yaml`"),
            ("image/a.png", "x", "move it to `images/a.png`"),
            ("bilder/desk/a.jpg", "x", "move it to `images/desk/a.jpg`"),
            ("template/a.html", "x", "move it to `templates/a.html`"),
            ("szablony/html/checklist.html", "x", "move it to `templates/html/checklist.html`"),
            ("work/old/a.yaml", "roles:\n  - id: x\n", "write what it says in `roles.yaml`"),
            ("work/a.yaml", "standards:\n  - id: x\n", "phases, steps and standards are written"),
            ("work/x/a.yaml", "traits:\n  - id: x\n", "move it to `traits/a.yaml`"),
            ("all.yaml", "standards:\n  - id: x\n", "phases, steps and standards are written"),
            ("ankieta 2026.csv", "", "move it to `feedback/ankieta 2026.csv`"),
        ] {
            let found = told(&[(path, text)]);
            assert!(matches!(&*found, [only] if only.starts_with(&format!("{path}: {help}"))), "{path}: {found:?}");
        }
    }

    #[test]
    fn what_is_kept_for_something_else_is_left_alone() {
        let names = [
            "gamma-ok.yaml",
            "roles.yaml",
            "sequences/a.yaml",
            "sequences/b.yml",
            "chapters/a.md",
            "feedback/a.csv",
            "images/a.png",
            "templates/html/x.html",
            "README.md",
            "LICENSE",
            ".gitignore",
            ".github/workflows/ci.yml",
            ".pre-commit-config.yaml",
            "out/en/manual.md",
            "docs/plan.yaml",
            "docs/01-a.md",
            "sequences/README.md",
            "sequences/.a.yaml.swp",
            "sequences/a.yaml~",
            "sequences/#a.yaml#",
            "sites/Thumbs.db",
            "sites/.DS_Store",
            "chapters/desk.png",
            "audits/2026/desk.jpg",
            "audits/2026/signed.pdf",
            "sequences/a.yaml.orig",
            "notes.md",
            "2026-plan.md",
            "docker-compose.yml",
            "mkdocs.yml",
            "codecov.yml",
            "data.csv",
            "budget.xlsx",
            "site/sitemap.xml",
            "src/main.rs",
            "scripts/roles.py",
            "archive/sequences/a.yaml",
            "sequences/schema.json",
            "audit/gamma-ok.yaml",
            "audit/2026.yaml",
        ];
        let files: Vec<(&str, &str)> = names.iter().map(|name| (*name, "")).collect();
        assert_eq!(told(&files), Vec::<String>::new());
        let other = [
            ("site.yml", "- hosts: all\n  roles: [web]\n"),
            ("roles/main.yml", "- hosts: all\n"),
            ("deployment.yaml", "apiVersion: v1\nkind: Service\n"),
            ("_config.yml", "title: A site\nurl: x\n"),
            ("chapters/list.txt", "x"),
            ("image/desk.png", "x"),
            ("chapters/b.md", "![The desk](../image/desk.png)"),
            ("out/data/s.yaml", "id: s\nphases:\n"),
            (".cache/s.yaml", "id: s\nphases:\n"),
            ("other/gamma-ok.yaml", "title: x\n"),
            ("other/sequences/s.yaml", "id: s\nphases:\n"),
            ("deploy/roles.yaml", "hosts: all\nroles: [web]\n"),
            ("chapters/a.md", "See [the list](list.txt).\n"),
        ];
        assert_eq!(told(&other), Vec::<String>::new());
    }
}
