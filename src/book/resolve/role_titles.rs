//! What the library calls its roles, for those who write a title for an id.

use std::sync::OnceLock;

use crate::book::format_words::folded;
use crate::library;
use crate::source::{FileId, yaml};

/// Titles without marks in all languages of the library, with the ids of their roles.
fn titles() -> &'static [(String, String)] {
    static TITLES: OnceLock<Vec<(String, String)>> = OnceLock::new();
    TITLES.get_or_init(|| {
        let files = library::sectors().into_iter().flat_map(|sector| library::files(Some(sector)));
        let mut titles: Vec<(String, String)> = Vec::new();
        for (_, text) in files.filter(|(path, _)| path.ends_with("/roles.yaml")) {
            let Ok(tree) = yaml::parse(FileId::default(), text) else { continue };
            for role in tree.get("roles").map(yaml::Node::items).unwrap_or_default() {
                let Some(id) = role.get("id").and_then(yaml::Node::text) else { continue };
                let worded = role.get("title").map(yaml::Node::entries).unwrap_or_default();
                let words = worded.iter().filter_map(|entry| entry.value.text());
                titles.extend(words.map(|title| (folded(title), id.to_owned())));
            }
        }
        titles
    })
}

/// The role among `known` that the library gives this title.
pub(super) fn role_titled<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let wanted = folded(word);
    let is_it = |id: &&&str| titles().iter().any(|(title, of)| *title == wanted && of == *id);
    known.iter().find(is_it).copied()
}
