//! A side of a comparison: the book as it stands, as it was in a revision, or the standards as an edition has them.

use anyhow::Result;

use crate::book::Book;
use crate::changes::Side;
use crate::cli::Edge;
use crate::cli::edition_option::{altered, named, set_of};
use crate::cli::usage::{Failure, Usage};
use crate::edition::{Edition, Editions, NAME_DIGITS, Set};
use crate::method::Standards;
use crate::project::{Former, NoFormer, Project};
use crate::say;
use crate::source::{HistoryFault, World};

/// So many digits of a hash name an edition and not a branch.
const FEWEST_DIGITS: usize = 4;

/// What a side is.
enum SideSource<'a> {
    /// The book as it stands.
    Working(&'a Project),
    /// The book as it was.
    Former(Box<Former>),
    /// The standards as they stood.
    Edition(Box<Edition>),
}

/// A side.
pub(super) struct DiffSide<'a> {
    /// What it was named by; none for the working folder.
    pub name: Option<String>,
    of: SideSource<'a>,
    /// How many errors kept something of it from being read.
    pub errors: usize,
    /// The number of an edition, where it was issued.
    pub number: Option<u32>,
}

impl<'a> DiffSide<'a> {
    /// The working folder.
    pub fn working(project: &'a Project) -> Self {
        let errors = project.loaded.findings.len();
        DiffSide { name: None, of: SideSource::Working(project), errors, number: None }
    }

    /// What a name stands for: a file of a set, an edition by its number, `in-force` or the first digits of its hash, else a
    /// revision of git.
    ///
    /// # Errors
    /// Nothing of that name, or an edition that is not as it was written.
    pub fn of(project: &'a Project, kept: &Editions, name: &str) -> Result<Self> {
        if let Some(set) = of_file(name)? {
            return Ok(DiffSide::edition(name, &set, None));
        }
        let in_force = (name == "in-force").then(|| kept.in_force(project.world.today())).flatten();
        let is_digits = name.len() >= FEWEST_DIGITS && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_number = kept.issues.iter().any(|issue| issue.number.to_string() == name);
        let of_edition = || (is_number || is_digits).then(|| kept.named(name)).flatten();
        if let Some(hash) = in_force.map(|issue| issue.edition.as_str()).or_else(of_edition) {
            let set = set_of(kept, &project.world, hash)?;
            let number = kept.issues.iter().find(|issue| issue.edition == hash).map(|issue| issue.number);
            return set.map_or_else(|| Err(missing(kept, name)), |set| Ok(DiffSide::edition(name, &set, number)));
        }
        let looks_like_edition = name.len() <= NAME_DIGITS && name.bytes().all(|byte| byte.is_ascii_digit());
        match project.at(name) {
            Ok(former) => {
                let errors = former.loaded.findings.len();
                Ok(DiffSide {
                    name: Some(name.to_owned()),
                    of: SideSource::Former(Box::new(former)),
                    errors,
                    number: None,
                })
            }
            Err(NoFormer::History(_)) if looks_like_edition => Err(missing(kept, name)),
            Err(NoFormer::History(fault)) => Err(no_history(kept, &fault).into()),
            Err(NoFormer::NoBook) => Err(Usage::new(say!("the revision `{name}` has no book in this folder", name))
                .help(say!("name one in which it was there: `git log -- gamma-ok.yaml` lists those that touched it"))
                .into()),
        }
    }

    fn edition(name: &str, set: &Set, number: Option<u32>) -> Self {
        let of = SideSource::Edition(Box::new(Edition::of(set)));
        DiffSide { name: Some(name.to_owned()), of, errors: 0, number }
    }

    /// Whether it is an edition, which holds no drafts, no training and no translations.
    pub fn is_edition(&self) -> bool {
        matches!(self.of, SideSource::Edition(_))
    }

    /// It with as much as an edition holds.
    #[must_use]
    pub fn into_edition(self) -> Self {
        if self.is_edition() {
            return self;
        }
        let set = Set::of(self.book(), self.standards());
        DiffSide { of: SideSource::Edition(Box::new(Edition::of(&set))), ..self }
    }

    /// The book.
    pub fn book(&self) -> &Book {
        match &self.of {
            SideSource::Working(project) => &project.loaded.book,
            SideSource::Former(former) => &former.loaded.book,
            SideSource::Edition(edition) => &edition.book,
        }
    }

    /// The standards.
    pub fn standards(&self) -> &Standards {
        match &self.of {
            SideSource::Working(project) => &project.standards,
            SideSource::Former(former) => &former.standards,
            SideSource::Edition(edition) => &edition.standards,
        }
    }

    /// As it is compared.
    pub fn side(&self) -> Side<'_> {
        Side { book: self.book(), standards: self.standards() }
    }
}

/// Two sides, made alike where one of them is an edition; what that leaves out is said.
pub(super) fn alike<'a>(edge: &Edge, [before, after]: [DiffSide<'a>; 2]) -> [DiffSide<'a>; 2] {
    if !before.is_edition() && !after.is_edition() {
        return [before, after];
    }
    edge.remark(say!(
        "an edition holds the standards in force in their source language: drafts, training and translations are not compared"
    ));
    [before.into_edition(), after.into_edition()]
}

/// The set of a file, where the name is that of one.
fn of_file(name: &str) -> Result<Option<Set>> {
    let path = std::path::Path::new(name);
    if !(name.ends_with(".yaml") || name.ends_with(".yml")) || !path.is_file() {
        return Ok(None);
    }
    let text = crate::cli::forms::bytes(path)?;
    Ok(Some(Set::read(&String::from_utf8_lossy(&text)).map_err(|why| altered(name, &why))?))
}

fn missing(kept: &Editions, name: &str) -> anyhow::Error {
    match named(kept, name) {
        Err(usage) => usage.into(),
        // A file that went away between two looks.
        Ok(name) => Failure(say!("there is no set `{edition}` in editions/", edition = name)).into(),
    }
}

/// Without a past there may still be editions.
fn no_history(kept: &Editions, fault: &HistoryFault) -> Usage {
    let last = kept.issues.last().map(|issue| issue.number.to_string());
    let help = match last.or_else(|| kept.names().next().map(str::to_owned)) {
        Some(edition) if fault.is_absence() => {
            Some(say!("name an edition, such as {example}", example = format!("`gamma-ok diff {edition}`")))
        }
        _ => fault.help(),
    };
    Usage { message: fault.message(), help }
}
