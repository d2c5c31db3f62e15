//! Since when a standard is in force.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::edition::Editions;
use crate::method::{Standard, Standards};
use crate::source::World;

/// Since when each standard is in force, in the order of [`Standards::all`], as far as the editions that were issued say: from
/// the day of the first that has it. What the very first has may be older, so there `since`, the day that the book gives for
/// all, counts where it is earlier; and it alone where nothing was issued. What was written since the last issue is in force
/// for nobody yet.
pub fn in_force(
    world: &dyn World,
    kept: &Editions,
    standards: &Standards,
    since: Option<NaiveDate>,
) -> Vec<Option<NaiveDate>> {
    let issued: Vec<(NaiveDate, HashSet<String>)> = kept
        .issues
        .iter()
        .filter_map(|issue| Some((issue.in_force, ids(&kept.revived(world, &issue.edition)?.standards))))
        .collect();
    let Some((first, _)) = issued.first() else { return vec![since; standards.all.len()] };
    let day = |standard: &Standard| {
        let names: Vec<&str> = names(standard).collect();
        let (day, _) = issued.iter().find(|(_, ids)| names.iter().any(|name| ids.contains(*name)))?;
        Some(if day == first { since.map_or(*day, |since| since.min(*day)) } else { *day })
    };
    standards.all.iter().map(day).collect()
}

/// All names that the standards have or had.
pub fn ids(standards: &Standards) -> HashSet<String> {
    standards.all.iter().flat_map(names).map(str::to_owned).collect()
}

/// The names that a standard has or had.
pub fn names(standard: &Standard) -> impl Iterator<Item = &str> {
    std::iter::once(standard.id.name.as_str()).chain(standard.id.was.iter().map(String::as_str))
}
