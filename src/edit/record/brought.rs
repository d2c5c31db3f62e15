//! The editions of forms: those that are not kept here are, with the records that name them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::audit::WrittenRecord;
use crate::edit::FileEdit;
use crate::edition::{Edition, Editions, NAME_DIGITS, Set};
use crate::forms::Form;
use crate::message::Message;
use crate::project::{Brought, Project};
use crate::say;
use crate::source::World;

/// What forms bring.
#[derive(Default)]
pub(super) struct Bringing {
    /// By name, the sets that are to be kept.
    sets: BTreeMap<String, Set>,
    /// What records are judged by: that of those, and of kept ones that no record names yet.
    pub editions: Vec<Arc<Edition>>,
    /// What there is to say of it.
    pub remarks: Vec<Message>,
}

impl Bringing {
    /// Takes in what a form says of the edition that it was made of, and gives the name of that for its record.
    pub fn of(
        &mut self,
        opened: &Project,
        kept: &Editions,
        today: Option<&Set>,
        (file, form): (&str, &Form),
    ) -> Option<String> {
        let named = form.edition.as_deref()?;
        let name: String = named.chars().take(NAME_DIGITS).collect();
        match opened.brought(kept, today, named, form.part.as_deref()) {
            Brought::Today => {}
            Brought::Kept => self.editions.extend(kept.revived(&opened.world, &name)),
            Brought::Past(set) => _ = self.sets.insert(name.clone(), *set),
            Brought::Part(part) => {
                // Another form may have brought another part of it, in this run or in an earlier one.
                let kept_set = self.sets.get(&name).cloned();
                let kept_set = kept_set.or_else(|| kept.read(&opened.world, &name)?.ok());
                let joined = kept_set.map_or_else(|| (*part).clone(), |kept_set| kept_set.joined(&part));
                self.sets.insert(name.clone(), joined);
                self.remarks.push(say!(
                    "{file}: the form was made of another edition of the book, `{name}`, of which it brings what it asks",
                    file,
                    name
                ));
            }
            Brought::Nowhere => self.remarks.push(say!(
                "{file}: the edition `{name}` that the form was made of is not known here: answers to wordings that nothing \
                 here knows are kept and not counted",
                file,
                name
            )),
        }
        Some(name)
    }

    /// What records are judged by, with those that are there.
    pub fn with(&self, kept_editions: &[Arc<Edition>]) -> Vec<Arc<Edition>> {
        let brought = self.sets.values().map(|set| Arc::new(Edition::of(set)));
        let mut all: Vec<Arc<Edition>> = brought.collect();
        for edition in self.editions.iter().chain(kept_editions) {
            if !all.iter().any(|known| known.name == edition.name) {
                all.push(edition.clone());
            }
        }
        all
    }

    /// The files of the sets that these records name.
    pub fn changes<'w>(
        &self,
        world: &dyn World,
        records: impl Iterator<Item = &'w WrittenRecord> + Clone,
    ) -> Vec<FileEdit> {
        let is_named = |name: &String| records.clone().any(|record| record.edition.as_ref() == Some(name));
        let sets = self.sets.iter().filter(|(name, _)| is_named(name));
        let change = |set: &Set| {
            let before = world.large_text(&set.path()).ok();
            FileEdit { path: set.path(), before, after: set.text() }
        };
        sets.map(|(_, set)| change(set)).filter(|change| change.before.as_ref() != Some(&change.after)).collect()
    }
}
