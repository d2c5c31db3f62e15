//! Which standards two sets have in common, row by row, by all that figures depend on.

use std::collections::{HashMap, HashSet};

use super::Set;
use super::hash::row_hash;

impl Set {
    /// The ids of the standards that another set holds just so.
    pub fn alike(&self, other: &Set) -> HashSet<String> {
        let theirs: HashMap<&str, _> = other.standards.iter().map(|row| (row.id.as_str(), row)).collect();
        let is_same = |row: &&super::StandardRow| {
            let counterpart = theirs.get(row.id.as_str());
            // Rows that were written alike need no hash.
            counterpart.is_some_and(|counterpart| *counterpart == *row || row_hash(counterpart) == row_hash(row))
        };
        self.standards.iter().filter(is_same).map(|row| row.id.clone()).collect()
    }
}
