//! How much there is to draw in a drawing: a part that is shown ten times counts ten times, so that a few lines which show one
//! another over and over are known before anything draws them.

use std::collections::HashMap;

/// So many parts may a drawing come to.
const MAX_PARTS: u64 = 200_000;

/// So deep may parts show one another.
const MAX_DEPTH: usize = 120;

/// An element of a drawing.
#[derive(Debug, Default)]
struct Element {
    /// What it is itself.
    weight: u64,
    children: Vec<usize>,
    /// The parts that it shows, by name.
    shows: Vec<String>,
}

/// The elements of a drawing as they were read.
#[derive(Debug, Default)]
pub(super) struct Elements {
    all: Vec<Element>,
    names: HashMap<String, usize>,
    /// What styles show, wherever they fit.
    styled: Vec<String>,
}

impl Elements {
    /// Adds an element below another, and gives its place.
    pub(super) fn add(&mut self, parent: Option<usize>, name: Option<&str>, shows: Vec<String>) -> usize {
        let index = self.all.len();
        self.all.push(Element { weight: 1, children: Vec::new(), shows });
        if let Some(above) = parent.and_then(|parent| self.all.get_mut(parent)) {
            above.children.push(index);
        }
        if let Some(name) = name {
            self.names.entry(name.to_owned()).or_insert(index);
        }
        index
    }

    /// Makes an element count for more.
    pub(super) fn weigh(&mut self, index: usize, more: u64) {
        if let Some(part) = self.all.get_mut(index) {
            part.weight += more;
        }
    }

    /// What a style sheet shows.
    pub(super) fn style<'a>(&mut self, names: impl Iterator<Item = &'a str>) {
        self.styled.extend(names.map(str::to_owned));
    }

    /// Whether all of it together is little enough to be drawn.
    pub(super) fn are_few(&self) -> bool {
        let mut known = vec![None; self.all.len()];
        self.all.is_empty() || self.total(0, 0, &mut known).is_some_and(|total| total <= MAX_PARTS)
    }

    /// What an element comes to with all that it holds and shows; none where that is too deep. What shows itself shows nothing.
    fn total(&self, index: usize, depth: usize, known: &mut [Option<u64>]) -> Option<u64> {
        if depth > MAX_DEPTH {
            return None;
        }
        if let Some(total) = known.get(index).copied().flatten() {
            return Some(total);
        }
        let part = self.all.get(index)?;
        known[index] = Some(0);
        let mut total = part.weight;
        for child in &part.children {
            total = total.saturating_add(self.total(*child, depth + 1, known)?);
        }
        for name in part.shows.iter().chain(&self.styled) {
            if let Some(shown) = self.names.get(name) {
                total = total.saturating_add(self.total(*shown, depth + 1, known)?);
            }
        }
        known[index] = Some(total);
        Some(total)
    }
}
