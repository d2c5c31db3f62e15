//! Who does what at a site: a role that does not exist there gives its duties to the role that covers it. Nobody's duty
//! disappears.

use std::collections::BTreeMap;

use crate::book::{Book, Role, Site};

/// Who does what at a site, or in the book as a whole.
#[derive(Clone, Debug, Default)]
pub struct Staffing {
    /// Role → who has its duties; a role that exists has its own.
    holders: BTreeMap<String, String>,
}

impl Staffing {
    /// The staffing of a site; without a site every role exists.
    ///
    /// A role that is absent and that nobody covers keeps its duties, as does one in a circle of covers: both are
    /// findings of their own (`role-without-cover`, `cover-cycle`), and a duty must not get lost meanwhile.
    pub fn new(book: &Book, site: Option<&Site>) -> Self {
        let holders = book.roles.iter().map(|role| (role.id.name.clone(), holder(book, site, role).to_owned()));
        Staffing { holders: holders.collect() }
    }

    /// Who has the duties of a role.
    pub fn holder<'a>(&'a self, role: &'a str) -> &'a str {
        self.holders.get(role).map_or(role, String::as_str)
    }

    /// Whether a role exists.
    pub fn exists(&self, role: &str) -> bool {
        self.holder(role) == role
    }

    /// Roles after folding, each once, in the order given.
    pub fn fold(&self, roles: &[String]) -> Vec<String> {
        let mut folded: Vec<String> = Vec::new();
        for role in roles {
            let holder = self.holder(role);
            if !folded.iter().any(|earlier| earlier == holder) {
                folded.push(holder.to_owned());
            }
        }
        folded
    }

    /// The absent roles whose duties a role has, in the order of their ids.
    pub fn covers(&self, role: &str) -> Vec<&str> {
        let covered = self.holders.iter().filter(|(name, holder)| *holder == role && *name != role);
        covered.map(|(name, _)| name.as_str()).collect()
    }
}

/// The roles whose duties nobody has at a site: they are absent there, and so is every role that would cover for them.
/// Those in a circle of covers are not among them; see [`cover_cycles`].
pub fn uncovered<'a>(book: &'a Book, site: &Site) -> Vec<&'a Role> {
    let absent = |role: &Role| role.when.as_ref().is_some_and(|when| !when.holds(Some(site)));
    let is_uncovered = |role: &&'a Role| {
        let mut now: &Role = role;
        // A chain of covers is no longer than there are roles; a longer one goes in a circle.
        for _ in 0..=book.roles.len() {
            if !absent(now) {
                return false;
            }
            match now.covered_by.as_ref().map(|cover| book.role(&cover.value)) {
                None => return true,
                Some(Some(cover)) => now = cover,
                // An unknown cover is a finding of `unknown-role`.
                Some(None) => return false,
            }
        }
        false
    };
    book.roles.iter().filter(is_uncovered).collect()
}

fn holder<'a>(book: &'a Book, site: Option<&Site>, role: &'a Role) -> &'a str {
    let mut now = role;
    let mut seen: Vec<&str> = Vec::new();
    while now.when.as_ref().is_some_and(|when| !when.holds(site)) {
        seen.push(&now.id.name);
        let cover = now.covered_by.as_ref().and_then(|cover| book.role(&cover.value));
        match cover {
            Some(cover) if !seen.contains(&cover.id.name.as_str()) => now = cover,
            _ => return &role.id.name,
        }
    }
    &now.id.name
}

/// Circles of roles that cover for each other, each once, beginning with the role that comes first in the book.
pub fn cover_cycles(book: &Book) -> Vec<Vec<&Role>> {
    let mut cycles: Vec<Vec<&Role>> = Vec::new();
    for role in &book.roles {
        let mut path: Vec<&Role> = vec![role];
        let next = |role: &Role| role.covered_by.as_ref().and_then(|cover| book.role(&cover.value));
        let mut now = next(role);
        while let Some(cover) = now {
            if cover.id.name == role.id.name {
                let known = cycles.iter().flatten().any(|known| known.id.name == role.id.name);
                if !known {
                    cycles.push(path);
                }
                break;
            }
            if path.iter().any(|earlier| earlier.id.name == cover.id.name) {
                break;
            }
            path.push(cover);
            now = next(cover);
        }
    }
    cycles
}
