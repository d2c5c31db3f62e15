//! The columns of a table: what each holds, in which language.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{CellText, Grid};
use super::heads::{Head, head, heading_language, language_alone};
use super::{HouseContext, Key, Mapped};
use crate::forms::{CellAddress, ColumnLetters as Letter};
use crate::import::cell_words::{bare, language};

/// So far down begins a table at the most.
const MAX_ABOVE: u32 = 60;

/// So many columns does a table have at the most.
const MAX_COLUMNS: usize = 300;

/// The texts of each column below the heads.
type Texts<'g> = BTreeMap<u32, Vec<&'g str>>;

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HouseColumn {
    /// Which, from 0.
    pub index: u32,
    /// What heads it.
    pub heading: String,
    /// What it holds.
    pub holds: Holds,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Values of a key, in a language where they are prose, of a unit where its heading names one.
    Key {
        /// The key.
        key: Key,
        /// The language.
        language: Option<String>,
        /// The unit of bare figures.
        unit: Option<&'static str>,
    },
    /// What somebody said is not to be read.
    Ignored,
    /// Nobody knows.
    Unknown,
    /// Texts in a language that the book does not have.
    Foreign(&'static str),
}

impl Holds {
    /// The language of what it holds, where that is known.
    fn language(&self) -> Option<String> {
        if let Holds::Key { language, .. } = self { language.clone() } else { None }
    }
}

/// The heads of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    /// The row of the heads.
    pub row: u32,
    /// The first row below them.
    pub below: u32,
    /// The columns that have a heading or hold something.
    pub columns: Vec<HouseColumn>,
}

/// What somebody said of a column by that heading or letter.
fn mapped<'a>(asked: HouseContext<'a>, heading: &str, index: u32) -> Option<&'a Mapped> {
    let letter = Letter(index).to_string();
    let is_it = |mapped: &&Mapped| {
        let is_heading = !heading.is_empty() && bare(&mapped.column) == bare(heading) && !bare(heading).is_empty();
        is_heading || mapped.column.trim() == heading.trim() && !heading.is_empty() || mapped.column == letter
    };
    asked.mapped.iter().find(is_it)
}

/// Whether a line of a text may be the heads of a table.
pub(super) fn is_heading(line: &str, asked: HouseContext<'_>) -> bool {
    let cells: Vec<&str> = line.split([';', '\t', ',']).map(|cell| cell.trim().trim_matches('"')).collect();
    let is_known = |cell: &&&str| head(cell).is_some() || mapped(asked, cell, u32::MAX).is_some();
    let is_text = |cell: &&str| {
        head(cell).is_some_and(|head| head.key == Key::Text)
            || mapped(asked, cell, u32::MAX).is_some_and(|mapped| mapped.key == Some(Key::Text))
    };
    cells.iter().filter(is_known).count() >= 2.min(cells.len()) && cells.iter().any(is_text)
}

impl Columns {
    /// Finds the heads: the row with most known ones that has one for the standards.
    pub fn find(grid: &Grid, asked: HouseContext<'_>) -> Option<Columns> {
        let rows = grid.numbers();
        let first = rows.first().copied().unwrap_or(0);
        let mut best: Option<(usize, u32)> = None;
        for row in rows.iter().copied().take_while(|row| *row < first + MAX_ABOVE) {
            let cells = grid.row(row).take(MAX_COLUMNS);
            let cells: Vec<(u32, &str)> = cells.map(|(column, written)| (column, written.text.as_str())).collect();
            let known: Vec<bool> = cells
                .iter()
                .filter_map(|(column, text)| match mapped(asked, text, *column) {
                    // A letter names a column, not its heads.
                    Some(mapped) if bare(&mapped.column) == bare(text) => Some(mapped.key == Some(Key::Text)),
                    _ => head(text).map(|head| head.key == Key::Text).or_else(|| language_alone(text).map(|_| true)),
                })
                .collect();
            let score = known.len();
            let is_enough = score >= 2 || score == 1 && cells.len() == 1;
            if known.contains(&true) && is_enough && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, row));
            }
        }
        let by_letter = || {
            let is_letter = |mapped: &Mapped| mapped.column.parse::<Letter>().is_ok();
            asked.mapped.iter().any(|mapped| mapped.key == Some(Key::Text) && is_letter(mapped)).then_some(first)
        };
        let row = best.map(|(_, row)| row).or_else(by_letter)?;
        Some(Columns::at(grid, row, asked))
    }

    /// The columns below the heads of a row.
    fn at(grid: &Grid, row: u32, asked: HouseContext<'_>) -> Columns {
        // Heads may be merged downwards, and one over several columns has the languages below it, or what each column holds.
        let of_row = grid.merged.iter().filter(|(first, _)| first.row == row);
        let is_over = |(first, end): &(&CellAddress, &CellAddress)| {
            let has_head = |column| {
                let below = grid.at(CellAddress { row: row + 1, column });
                below.is_some_and(|below| language_alone(&below.text).is_some() || head(&below.text).is_some())
            };
            first.column < end.column && end.row == row && (first.column..=end.column).all(has_head)
        };
        let is_double = of_row.clone().any(|region| is_over(&region));
        let end = of_row.map(|(_, end)| end.row).max().unwrap_or(row).max(if is_double { row + 1 } else { row });
        let mut columns = Vec::new();
        let all = texts(grid, end + 1);
        // A merged head stands over columns that have no cell of their own.
        let heads = (row..=end).flat_map(|row| grid.row(row).map(move |(column, _)| CellAddress { row, column }));
        let heads = heads.flat_map(|cell| {
            grid.region(cell).map_or(cell.column..=cell.column, |(first, last)| first.column..=last.column)
        });
        let used: BTreeSet<u32> = heads.take(10 * MAX_COLUMNS).chain(all.keys().copied()).collect();
        for index in used.into_iter().take(MAX_COLUMNS) {
            let text = |row| grid.at(CellAddress { row, column: index }).map(|written| written.text.as_str());
            let own = text(row).unwrap_or_default();
            let below = text(row + 1).filter(|below| is_double && *below != own).unwrap_or_default();
            let above = row.checked_sub(1).and_then(text).unwrap_or_default();
            let language = language_alone(below).or_else(|| language_alone(above));
            let is_below = language_alone(below).is_none() && head(below).is_some();
            // What stands over this column alone heads it where nothing that is known does.
            let is_alone = || {
                let over = grid.region(CellAddress { row: row.saturating_sub(1), column: index });
                over.is_none_or(|(first, last)| first.column == last.column)
            };
            let is_known = head(own).is_some() || language_alone(own).is_some() || mapped(asked, own, index).is_some();
            let is_above = !is_known && head(above).is_some() && is_alone();
            let heading = if is_below {
                below
            } else if is_above {
                above
            } else {
                own
            };
            let heading = heading.to_owned();
            let texts = all.get(&index).map_or(&[][..], Vec::as_slice);
            if heading.is_empty() && texts.is_empty() {
                continue;
            }
            let holds = holds(&heading, index, language, texts, asked);
            columns.push(HouseColumn { index, heading, holds });
        }
        let mut columns = Columns { row, below: end + 1, columns };
        columns.settle(&all, asked);
        columns
    }

    /// Which languages columns are in that do not say so, and which of several weak heads heads the standards.
    fn settle(&mut self, texts: &Texts<'_>, asked: HouseContext<'_>) {
        let is_text = |column: &HouseColumn| matches!(column.holds, Holds::Key { key: Key::Text, .. });
        let is_weak = |column: &HouseColumn| head(&column.heading).is_some_and(|head| head.is_weak);
        let is_said = |column: &HouseColumn| mapped(asked, &column.heading, column.index).is_some();
        let has_strong = self.columns.iter().any(|column| is_text(column) && !is_weak(column));
        for column in &mut self.columns {
            if has_strong && is_text(column) && is_weak(column) && !is_said(column) {
                column.holds = Holds::Unknown;
            }
        }
        // The standards tell what language a row is in.
        self.settle_languages(texts, asked, |key| key == Key::Text, None);
        let row = self.row_language();
        self.settle_languages(texts, asked, |key| key.is_prose() || matches!(key, Key::Phase | Key::Step), row);
        // The same thing twice in one language: the first is meant.
        let mut seen: Vec<(Key, Option<String>)> = Vec::new();
        for column in &mut self.columns {
            if let Holds::Key { key, language, .. } = &column.holds {
                let both = (*key, language.clone());
                if *key != Key::Note && seen.contains(&both) {
                    column.holds = Holds::Unknown;
                } else {
                    seen.push(both);
                }
            }
        }
    }

    /// Which language columns are in that do not say so: that of their words, else of their heading, else of their row.
    fn settle_languages(
        &mut self,
        texts: &Texts<'_>,
        asked: HouseContext<'_>,
        is_meant: impl Fn(Key) -> bool,
        row: Option<String>,
    ) {
        let known = |tag: &str| asked.languages.iter().find(|known| known.split('-').next() == Some(tag)).cloned();
        for column in &mut self.columns {
            let Holds::Key { key, language: of @ None, .. } = &mut column.holds else { continue };
            if !is_meant(*key) {
                continue;
            }
            let told = texts.get(&column.index).and_then(|texts| language(&texts.join("\n")));
            let by_heading = || heading_language(&column.heading).and_then(known);
            match told.and_then(known).or_else(by_heading) {
                Some(language) => *of = Some(language),
                // A text that is clearly in another language is not put under one of the book's.
                None if told.is_some() && key.is_prose() => column.holds = Holds::Foreign(told.unwrap_or_default()),
                None if key.is_prose() => *of = row.clone().or_else(|| asked.languages.first().cloned()),
                None => of.clone_from(&row),
            }
        }
    }

    /// The language of a table's rows, where its standards are in one.
    pub fn row_language(&self) -> Option<String> {
        let mut languages = self.of(Key::Text).filter_map(|column| column.holds.language());
        languages.next().filter(|first| languages.all(|other| other == *first))
    }

    /// The languages of the book, that of the rows first.
    pub fn languages(&self, asked: HouseContext<'_>) -> Vec<String> {
        let row = self.row_language();
        let (first, rest): (Vec<_>, Vec<_>) =
            asked.languages.iter().cloned().partition(|known| Some(known) == row.as_ref());
        first.into_iter().chain(rest).collect()
    }

    /// Whether a text in the rows of the heads is one of them.
    pub fn is_head(&self, written: &CellText) -> bool {
        let is_heading = || self.columns.iter().any(|column| column.heading == written.text);
        language_alone(&written.text).is_some() || is_heading()
    }

    /// Whether what stands in a row over the heads is a head too, such as a language over several columns.
    pub fn is_over(&self, row: u32, written: &CellText) -> bool {
        row + 1 == self.row && self.is_head(written)
    }

    /// The columns of a key.
    pub fn of(&self, wanted: Key) -> impl Iterator<Item = &HouseColumn> {
        self.columns.iter().filter(move |column| matches!(&column.holds, Holds::Key { key, .. } if *key == wanted))
    }
}

/// What stands in each column from a row on.
fn texts(grid: &Grid, from: u32) -> Texts<'_> {
    let mut texts = Texts::new();
    for (cell, written) in grid.cells.range(CellAddress { row: from, column: 0 }..) {
        texts.entry(cell.column).or_default().push(written.text.as_str());
    }
    texts
}

fn holds(heading: &str, index: u32, below: Option<&'static str>, texts: &[&str], asked: HouseContext<'_>) -> Holds {
    let known =
        |tag: &str| asked.languages.iter().find(|known| *known == tag || known.split('-').next() == Some(tag)).cloned();
    if let Some(mapped) = mapped(asked, heading, index) {
        return match mapped.key {
            None => Holds::Ignored,
            Some(key) => Holds::Key { key, language: mapped.language.clone(), unit: None },
        };
    }
    match head(heading).or_else(|| {
        language_alone(heading).map(|tag| Head { key: Key::Text, language: Some(tag), unit: None, is_weak: false })
    }) {
        Some(Head { key, language, unit, .. }) => match language.or(below).map(|tag| known(tag).ok_or(tag)) {
            Some(Err(tag)) => Holds::Foreign(tag),
            Some(Ok(language)) => Holds::Key { key, language: Some(language), unit },
            None => Holds::Key { key, language: None, unit },
        },
        // A heading over nothing asks for nothing.
        None if texts.is_empty() => Holds::Ignored,
        None => Holds::Unknown,
    }
}
