//! A reasoned blank taken back: its cells are open again.

use super::Design;
use crate::book::{Phase, Waiver};
use crate::edit::patch::Patch;
use crate::edit::transfer::{lines_of, parsed, take_out, without};
use crate::edit::{EditError, FileEdit, tree, verify};
use crate::source::yaml::Value;

const KEY: &str = "waive";

impl Design<'_> {
    /// Takes a blank out of its phase, with the comment above it; the last takes the key with it.
    ///
    /// # Errors
    /// Where the file is written in a way that this does not reach.
    pub fn reopen(&self, phase: &Phase, waiver: &Waiver) -> Result<Vec<FileEdit>, EditError> {
        let id = phase.id.span;
        let root = parsed(self.loaded, id.file)?;
        let source = self.loaded.sources.get(id.file);
        let home = tree::owner(&root, "id", id);
        let list = home.and_then(|home| tree::entry(home, KEY)).map(|entry| entry.value.items()).unwrap_or_default();
        let Some((home, node)) = home.zip(list.iter().find(|item| item.span == waiver.span)) else {
            return Ok(Vec::new());
        };
        let mut patch = Patch::default();
        let mut intended = root.clone();
        if list.len() == 1 {
            without(&mut patch, &self.loaded.sources, home, KEY)?;
        } else {
            let lines = lines_of(&self.loaded.sources, id.file, node)?;
            take_out(&mut patch, self.loaded, &root, (id, KEY), node, lines)?;
        }
        tree::each_mut(&mut intended, &mut |known| {
            if known.get("id").is_none_or(|value| value.span != id) {
                return;
            }
            let Value::Map(entries, _) = &mut known.value else { return };
            if list.len() == 1 {
                return entries.retain(|entry| entry.key != KEY);
            }
            let blanks = entries.iter_mut().filter(|entry| entry.key == KEY);
            blanks.for_each(|entry| {
                if let Value::List(items, _) = &mut entry.value.value {
                    items.retain(|item| item.span != waiver.span);
                }
            });
        });
        let change = verify::as_intended(source, &patch, &intended)?;
        verify::unharmed(self.world, self.loaded, std::slice::from_ref(&change))?;
        Ok(vec![change])
    }
}
