//! Sets that nothing names any more.

use super::Project;
use crate::book::YAML;
use crate::edition::Editions;
use crate::source::World;

/// A set that could go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unnamed {
    /// Its file.
    pub path: String,
    /// What the file says.
    pub text: String,
}

impl<W: World> Project<W> {
    /// The files of sets that were not issued and that no record and no review names, and of parts whose whole is there. A
    /// name is looked for in the text of the files, so that one which cannot be read as a record keeps what it names.
    ///
    /// # Errors
    /// The path of a record or review that the system does not give: it may name any of them.
    pub fn unnamed(&self, kept: &Editions) -> Result<Vec<Unnamed>, String> {
        let mut texts = Vec::new();
        for folder in [crate::audit::FOLDER, "reviews"] {
            for item in self.world.list(folder, YAML) {
                let path = item.map_err(|(path, _)| path)?;
                texts.push(self.world.text(&path).map_err(|_| path)?);
            }
        }
        let is_named = |name: &str| {
            kept.issues.iter().any(|issue| issue.edition == name) || texts.iter().any(|text| text.contains(name))
        };
        let could_go = kept.files().filter(|(name, _, is_needless)| *is_needless || !is_named(name));
        // What cannot be read as text is nothing that the program wrote, and stays for `check` to tell.
        let of_file = |path: &str| Some(Unnamed { path: path.to_owned(), text: self.world.large_text(path).ok()? });
        Ok(could_go.filter_map(|(_, path, _)| of_file(path)).collect())
    }
}
