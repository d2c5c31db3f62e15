//! Who does what at a site: a role that does not exist there gives its duties to the role that covers it. Nobody's duty
//! disappears.

use std::collections::{BTreeMap, HashMap};

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
        let ends = Covers::of(book).ends(site);
        let holders = book.roles.iter().zip(ends).map(|(role, end)| {
            let holder = match end {
                End::At(place) => &book.roles[place],
                End::Nobody | End::Nowhere => role,
            };
            (role.id.name.clone(), holder.id.name.clone())
        });
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

/// Where the chain of covers of an absent role ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// At a role that exists.
    At(usize),
    /// At an absent role that nobody covers.
    Nobody,
    /// Nowhere: in a circle, or at a role that the book does not know.
    Nowhere,
}

/// The covers of all roles, each looked up once: a book may have a thousand of them in one chain.
struct Covers<'a> {
    roles: &'a [Role],
    /// Of each role the one that covers it; `Err` where that is a role that the book does not know.
    next: Vec<Option<Result<usize, ()>>>,
}

impl<'a> Covers<'a> {
    fn of(book: &'a Book) -> Self {
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (place, role) in book.roles.iter().enumerate() {
            places.entry(&role.id.name).or_insert(place);
        }
        for (place, role) in book.roles.iter().enumerate() {
            role.id.was.iter().for_each(|former| {
                places.entry(former).or_insert(place);
            });
        }
        let next = |role: &Role| {
            let cover = role.covered_by.as_ref()?;
            Some(places.get(cover.value.as_str()).copied().ok_or(()))
        };
        Covers { roles: &book.roles, next: book.roles.iter().map(next).collect() }
    }

    /// Where the chain of each role ends at a site; a role that exists is its own end.
    fn ends(&self, site: Option<&Site>) -> Vec<End> {
        let is_absent = |role: &Role| role.when.as_ref().is_some_and(|when| !when.holds(site));
        let mut ends: Vec<Option<End>> = Vec::with_capacity(self.roles.len());
        ends.extend(self.roles.iter().enumerate().map(|(place, role)| (!is_absent(role)).then_some(End::At(place))));
        for start in 0..self.roles.len() {
            let (mut path, mut now) = (Vec::new(), start);
            let end = loop {
                if let Some(end) = ends[now] {
                    break end;
                }
                // Whoever is met again on the way stands in a circle; until the end is known it counts as that.
                ends[now] = Some(End::Nowhere);
                path.push(now);
                match self.next[now] {
                    None => break End::Nobody,
                    Some(Err(())) => break End::Nowhere,
                    Some(Ok(next)) => now = next,
                }
            };
            path.into_iter().for_each(|place| ends[place] = Some(end));
        }
        ends.into_iter().map(|end| end.unwrap_or(End::Nowhere)).collect()
    }
}

/// The roles whose duties nobody has at a site: they are absent there, and so is every role that would cover for them.
/// Those in a circle of covers are not among them; see [`cover_cycles`].
pub fn uncovered<'a>(book: &'a Book, site: &Site) -> Vec<&'a Role> {
    let ends = Covers::of(book).ends(Some(site));
    book.roles.iter().zip(ends).filter(|(_, end)| *end == End::Nobody).map(|(role, _)| role).collect()
}

/// Circles of roles that cover for each other, each once, beginning with the role that comes first in the book.
pub fn cover_cycles(book: &Book) -> Vec<Vec<&Role>> {
    let covers = Covers::of(book);
    // Of each role the walk that met it first.
    let mut walks: Vec<Option<usize>> = vec![None; book.roles.len()];
    let mut cycles: Vec<Vec<usize>> = Vec::new();
    for start in 0..book.roles.len() {
        let (mut path, mut now) = (Vec::new(), Some(start));
        while let Some(place) = now.filter(|place| walks[*place].is_none()) {
            walks[place] = Some(start);
            path.push(place);
            now = covers.next[place].and_then(Result::ok);
        }
        let met = now.filter(|place| walks[*place] == Some(start));
        if let Some(first) = met.and_then(|met| path.iter().position(|place| *place == met)) {
            let mut cycle = path.split_off(first);
            let least = (0..cycle.len()).min_by_key(|index| cycle[*index]).unwrap_or(0);
            cycle.rotate_left(least);
            cycles.push(cycle);
        }
    }
    cycles.sort_unstable();
    cycles.into_iter().map(|cycle| cycle.into_iter().map(|place| &book.roles[place]).collect()).collect()
}
