//! What the name of a file says: what of the book it stands for, or that it is kept for something else.

use deunicode::deunicode;

use super::{FOLDERS, OTHER_FOLDERS};
use crate::book::load::MANIFEST;
use crate::text::nearest;

/// What people call the folders and files of a book, without marks and in lower case.
const WORDS: [(&str, &[&str]); 11] = [
    ("sequences", &["sequence", "sequences", "sekwencja", "sekwencje", "sekvens", "sekvenser"]),
    ("traits", &["trait", "traits", "cecha", "cechy", "egenskap", "egenskaper"]),
    ("sites", &["site", "sites", "obiekt", "obiekty", "placowka", "placowki", "lokal", "lokale", "plats", "platser"]),
    ("chapters", &["chapter", "chapters", "rozdzial", "rozdzialy", "kapitel"]),
    ("audits", &["audit", "audits", "audyt", "audyty", "rond", "ronder"]),
    ("reviews", &["review", "reviews", "przeglad", "przeglady", "oversyn", "oversyner"]),
    ("editions", &["edition", "editions"]),
    ("feedback", &["feedback", "opinie", "ankieta", "ankiety", "enkat", "enkater", "survey", "surveys"]),
    ("images", &["image", "images", "picture", "pictures", "obraz", "obrazy", "zdjecie", "zdjecia", "bild", "bilder"]),
    ("templates", &["template", "templates", "szablon", "szablony", "mall", "mallar"]),
    ("roles.yaml", &["role", "roles", "rola", "roll", "roller"]),
];

/// What stands in a sequence and has no folder of its own, as people call it.
const PARTS: [&str; 17] = [
    "standard",
    "standards",
    "standardy",
    "standarder",
    "phase",
    "phases",
    "faza",
    "fazy",
    "etap",
    "etapy",
    "fas",
    "faser",
    "step",
    "steps",
    "krok",
    "kroki",
    "steg",
];

/// Whether a folder is named by what stands in a sequence.
pub(super) fn is_named_by_part(name: &str) -> bool {
    let plain = deunicode(name).to_lowercase();
    PARTS.contains(&plain.as_str())
}

/// Beginnings of names that repositories have for people and programs.
const COMMON: [&str; 14] = [
    "readme",
    "licence",
    "license",
    "copying",
    "notice",
    "authors",
    "changelog",
    "contributing",
    "codeowners",
    "makefile",
    "thumbs.db",
    "ehthumbs",
    "desktop.ini",
    "icon\r",
];

/// Endings of what editors, merges and downloads leave behind.
const LEFT_OVER: [&str; 11] = ["bak", "orig", "rej", "old", "tmp", "temp", "swp", "swo", "lock", "log", "part"];

/// Endings of files that hold no words of a book: pictures, sounds, prints, archives, programs.
const OTHERS: [&str; 29] = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "heic", "bmp", "tif", "tiff", "ico", "mp3", "mp4", "m4a", "mov", "avi",
    "wav", "pdf", "zip", "gz", "tar", "7z", "sh", "py", "js", "bat", "ps1", "css", "html",
];

/// Keys that files of other programs begin their lines with.
pub(super) const FOREIGN: [&str; 16] = [
    "hosts",
    "tasks",
    "apiVersion",
    "kind",
    "services",
    "jobs",
    "stages",
    "repos",
    "plugins",
    "theme",
    "nav",
    "openapi",
    "swagger",
    "site_name",
    "version",
    "on",
];

/// The folder or file of the book that a folder's name stands for.
pub(super) fn place_named(name: &str) -> Option<&'static str> {
    let plain = deunicode(name).to_lowercase();
    place_of_word(&plain).or_else(|| nearest(&plain, FOLDERS.iter().map(|(folder, _)| *folder).chain(OTHER_FOLDERS)))
}

/// The folder or file of the book that the name of a file without its ending stands for: `roles2` and `sekwencja-pobyt`
/// begin with a word for one.
pub(super) fn place_of_file(stem: &str) -> Option<&'static str> {
    let plain = deunicode(stem).to_lowercase();
    if nearest(&plain, ["gamma-ok"]).is_some() {
        return Some(MANIFEST);
    }
    place_of_word(plain.split(|letter: char| !letter.is_ascii_alphabetic()).next()?)
}

fn place_of_word(word: &str) -> Option<&'static str> {
    WORDS.iter().find(|(_, words)| words.contains(&word)).map(|(place, _)| *place)
}

/// The folder or file of the book that a file with these keys belongs to.
pub(super) fn place_of_keys(keys: &[String]) -> Option<&'static str> {
    let has = |key: &str| keys.iter().any(|known| known == key);
    let only = |known: &[&str]| !keys.is_empty() && keys.iter().all(|key| known.contains(&key.as_str()));
    match () {
        () if has("phases") => Some("sequences"),
        () if only(&["roles", "departments"]) => Some("roles.yaml"),
        () if only(&["traits"]) => Some("traits"),
        () if has("standards") => Some("sequences"),
        () if has("auditor") && has("answers") => Some("audits"),
        () if keys.first().is_some_and(|key| key == "id") && has("title") => Some("sites"),
        () => None,
    }
}

/// The path with the ending that it was meant to have; none where it means another.
pub(super) fn mended(path: &str, ending: &str) -> Option<String> {
    const MISTYPED: [&str; 6] = [".yaml", ".yml", ".yalm", ".ymal", ".yam", ".yaml."];
    let lower = path.trim_end().to_lowercase();
    let bare = lower.strip_suffix(".txt").unwrap_or(&lower).trim_end();
    let known: &[&str] = if ending == ".md" { &[".md", ".markdown", ".mdown", ".mkd"] } else { &MISTYPED };
    let written = known.iter().filter(|known| bare.ends_with(**known)).max_by_key(|known| known.len())?;
    // Lower case may have another length than what was written: then it is not one of these endings.
    let stem = path.get(..bare.len() - written.len()).filter(|_| lower.len() == path.trim_end().len())?;
    Some(format!("{stem}{ending}")).filter(|right| right != path)
}

/// Whether a name says that the file is not meant for the book.
pub(super) fn is_of_others(name: &str) -> bool {
    let ending = ending(name);
    is_left_over(name)
        || OTHERS.contains(&ending.as_str())
        || (ending == "json" && name.to_lowercase().contains("schema"))
}

/// Whether a file is for people and programs that work on the folder, or was left behind.
pub(in crate::book) fn is_left_over(name: &str) -> bool {
    let lower = name.to_lowercase();
    lower.starts_with(['.', '~', '#'])
        || lower.ends_with('~')
        || COMMON.iter().any(|common| lower.starts_with(common))
        || LEFT_OVER.contains(&ending(name).as_str())
}

fn ending(name: &str) -> String {
    name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}
