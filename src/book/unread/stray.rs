//! Files of a book below folders that are none of its own: whole sequences, roles and traits, pictures, templates.

use super::file_names::{FOREIGN, is_left_over, place_of_keys};
use super::{FOLDERS, OTHER_FOLDERS, Unread, keys, of_sequence};
use crate::book::load::{MANIFEST, YAML};
use crate::say;
use crate::source::{Sources, World};

/// Files so far below the book are looked at.
const MAX_DEPTH: usize = 4;

/// So many folders and files are looked at: other programs keep thousands below theirs.
const MAX_LOOKED_AT: usize = 2_000;

/// Folders of other programs, which hold what is not of the book by the thousand.
const FOREIGN_FOLDERS: [&str; 5] = ["out", "node_modules", "target", "vendor", "venv"];

/// Folders whose files are told by whoever reads them.
const TOLD: [&str; 2] = ["feedback", "templates"];

/// Adds the files below other folders whose keys are those of a file of the book.
pub(super) fn add(world: &dyn World, found: &mut Vec<Unread>) {
    let mut left = MAX_LOOKED_AT;
    let mut open: Vec<(String, usize)> = Vec::new();
    for folder in world.names("").into_iter().flatten().filter(|entry| entry.is_folder) {
        let name = folder.name.as_str();
        let is_read = FOLDERS.iter().any(|(known, _)| *known == name) || TOLD.contains(&name);
        if !is_read && !FOREIGN_FOLDERS.contains(&name) {
            open.push((folder.name, 1));
        }
    }
    while let Some((folder, depth)) = open.pop() {
        let inside: Vec<_> = world.names(&folder).into_iter().flatten().collect();
        // A book within the book has files of its own.
        if inside.iter().any(|entry| entry.name == MANIFEST) {
            continue;
        }
        for entry in inside {
            let Some(rest) = left.checked_sub(1) else { return };
            left = rest;
            let path = format!("{folder}/{}", entry.name);
            if entry.is_folder {
                if depth < MAX_DEPTH && !FOREIGN_FOLDERS.contains(&entry.name.as_str()) {
                    open.push((path, depth + 1));
                }
            } else if !found.iter().any(|known| known.path == path) {
                found.extend(file(world, path, &entry.name));
            }
        }
    }
}

/// A file whose keys are those of a file of the book. A title and an id alone are those of many.
fn file(world: &dyn World, path: String, name: &str) -> Option<Unread> {
    if !YAML.iter().any(|ending| name.to_lowercase().ends_with(ending)) || is_left_over(name) {
        return None;
    }
    let keys = keys(world, &path);
    if keys.iter().any(|key| FOREIGN.contains(&key.as_str())) {
        return None;
    }
    let help = match place_of_keys(&keys)? {
        "sites" | "audits" => return None,
        "roles.yaml" => say!("write what it says in `{right}`", right = "roles.yaml"),
        "sequences" if !keys.iter().any(|key| key == "phases") => of_sequence(),
        folder => say!("move it to `{right}` if it belongs to the book", right = format!("{folder}/{name}")),
    };
    Some(Unread { path, message: say!("nothing reads this file where it stands"), help })
}

/// Pictures or templates in a folder that has nearly the name of theirs. A picture that a text of the book names is read there.
pub(super) fn beside(world: &dyn World, sources: &Sources, name: &str, place: &str) -> Vec<Unread> {
    let endings: &[&str] = match place {
        "images" => &[".png", ".jpg", ".jpeg", ".svg"],
        _ => &[".html", ".md", ".typ"],
    };
    if OTHER_FOLDERS.contains(&name) || world.bytes(&format!("{name}/{MANIFEST}")).is_ok() {
        return Vec::new();
    }
    let chapters = world.list_names("chapters", &[".md"]).into_iter().flatten();
    let chapters: Vec<String> = chapters.filter_map(|path| world.text(&path).ok()).collect();
    let is_named = |path: &str| {
        chapters.iter().any(|text| text.contains(path)) || sources.iter().any(|(_, source)| source.text.contains(path))
    };
    let listed = world.list_names(name, &[""]).into_iter().flatten().take(MAX_LOOKED_AT);
    let of_kind = listed.filter(|path| {
        let lower = path.to_lowercase();
        endings.iter().any(|ending| lower.ends_with(ending)) && !lower.contains("/.") && !is_named(path)
    });
    let told = |path: String| {
        let right = format!("{place}{}", path.strip_prefix(name).unwrap_or_default());
        let message = say!("nothing reads this file: the folder `{folder}/` is none of the book", folder = name);
        Unread { path, message, help: say!("move it to `{right}`", right) }
    };
    of_kind.map(told).collect()
}
