//! The edition that a form was made of: kept here, today's, of the past, or brought along by the form.

use super::Project;
use crate::edition::{Editions, FOLDER, NAME_DIGITS, Set};
use crate::source::World;

/// So many commits are looked at for the book that a form was made of.
const MAX_STEPS: usize = 100;

/// What of a book makes up its set.
const PATHS: [&str; 5] = [crate::book::MANIFEST, "roles.yaml", "sequences", "traits", "sites"];

/// Where the edition of a form is to be had.
#[derive(Clone, Debug, PartialEq)]
pub enum Brought {
    /// Its whole set is kept.
    Kept,
    /// It is the book as it stands.
    Today,
    /// The past has its whole set.
    Past(Box<Set>),
    /// The form has a part of it.
    Part(Box<Set>),
    /// Nowhere; or what the form has of it is not as it was made.
    Nowhere,
}

impl<W: World> Project<W> {
    /// Looks for the edition that a form names by its hash or the first digits of it: in `editions/`, today's book, the past,
    /// and what the form itself brings.
    pub fn brought(&self, kept: &Editions, today: Option<&Set>, named: &str, part: Option<&str>) -> Brought {
        let name: String = named.chars().take(NAME_DIGITS).collect();
        let is_meant = |set: &Set| set.name() == name && set.full_name().starts_with(named);
        if kept.has_whole(&name) {
            return Brought::Kept;
        }
        if today.is_some_and(is_meant) {
            return Brought::Today;
        }
        if let Some(set) = self.past_set(&name).filter(is_meant) {
            return Brought::Past(Box::new(set));
        }
        let part = part.and_then(|part| Set::read(part).ok()).filter(|part| part.is_partial() && is_meant(part));
        match (part, kept.has(&name)) {
            (Some(part), _) => Brought::Part(Box::new(part)),
            (None, true) => Brought::Kept,
            (None, false) => Brought::Nowhere,
        }
    }

    /// The set of that name that was committed once, or whose book was.
    fn past_set(&self, name: &str) -> Option<Set> {
        let history = self.history().ok()?;
        let path = format!("{FOLDER}/{name}.yaml");
        let steps = self.steps(&[&path], MAX_STEPS)?;
        let contents = steps.iter().flat_map(|step| &step.files);
        let contents =
            contents.flat_map(|file| file.before.iter().chain(&file.after)).filter(|(known, _)| *known == path);
        let committed = contents.filter_map(|(_, content)| {
            let bytes = history.content(content).ok()?;
            Set::read(std::str::from_utf8(&bytes).ok()?).ok().filter(|set| !set.is_partial() && set.name() == name)
        });
        if let Some(set) = { committed }.next() {
            return Some(set);
        }
        self.steps(&PATHS, MAX_STEPS)?
            .into_iter()
            .find_map(|step| self.set_at(&step.revision).filter(|set| set.name() == name))
    }
}
