//! The rows of a table → standards: the phases above them, what each cell says, and what is no standard.

use super::bands::{self, Band};
use super::columns::{Columns, Holds, HouseColumn};
use super::figure::figure;
use super::grid::{CellText, Grid};
use super::heads::head;
use super::{HouseContext, HouseFile, HouseStandard, Key, Wordings, clean, lines};
use crate::forms::CellAddress;
use crate::import::Unread;
use crate::import::cell_words::{bare, language, truth, word};
use crate::message::Message;
use crate::say;
use crate::source::text_excess;

/// So many unknown columns and cells are told one by one.
const MAX_TOLD: usize = 500;

/// A table and where reading stands in it.
struct Reader<'a> {
    grid: &'a Grid,
    asked: HouseContext<'a>,
    columns: Columns,
    /// The phase that the table is in as a whole, such as the name of its sheet.
    part: Option<Wordings>,
    phase: Wordings,
    step: Wordings,
    /// Headings that nothing stands below yet.
    pending: Vec<Band>,
}

/// Reads a table. `part` is what it is called as a part of the whole.
pub(super) fn read(grid: &Grid, asked: HouseContext<'_>, part: Option<String>, found: &mut HouseFile) {
    let Some(columns) = Columns::find(grid, asked) else { return strange(grid, found) };
    let asked = HouseContext { languages: &columns.languages(asked), ..asked };
    let has_phases = columns.of(Key::Phase).next().is_some();
    let mut reader = Reader {
        grid,
        asked,
        columns,
        part: part.map(|title| vec![(title_language(&title, asked), clean(&title))]).filter(|_| !has_phases),
        phase: Wordings::new(),
        step: Wordings::new(),
        pending: Vec::new(),
    };
    reader.above(found);
    reader.among(found);
    reader.unknown(found);
    reader.rows(found);
}

/// Reads a table that stands below headings of a document.
pub(super) fn read_below(
    grid: &Grid,
    asked: HouseContext<'_>,
    phase: &Wordings,
    step: &Wordings,
    found: &mut HouseFile,
) {
    let before = found.items.len();
    read(grid, asked, None, found);
    for item in &mut found.items[before..] {
        // What the table calls phases are steps of the heading's.
        if item.phase.is_empty() {
            item.phase.clone_from(phase);
            if item.step.is_empty() {
                item.step.clone_from(step);
            }
        } else if !phase.is_empty() && item.step.is_empty() {
            item.step = std::mem::replace(&mut item.phase, phase.clone());
        }
    }
}

/// The language of a title among those of the book.
pub(super) fn title_language(title: &str, asked: HouseContext<'_>) -> String {
    let told =
        language(title).and_then(|tag| asked.languages.iter().find(|known| known.split('-').next() == Some(tag)));
    told.or(asked.languages.first()).cloned().unwrap_or_else(|| "en".to_owned())
}

/// Whether a sheet is a page of prose: it has no table, and all that stands on it stands in one column.
pub(super) fn is_prose(grid: &Grid, asked: HouseContext<'_>) -> bool {
    let columns: std::collections::BTreeSet<u32> = grid.cells.keys().map(|cell| cell.column).collect();
    columns.len() == 1 && Columns::find(grid, asked).is_none()
}

/// Passes over a page of prose that stands beside the tables.
pub(super) fn pass(grid: &Grid, found: &mut HouseFile) {
    for (cell, written) in &grid.cells {
        let why = say!("it stands on a sheet without a table");
        found.not_read.push(Unread { spot: grid.spot_of(*cell), value: written.text.clone(), why });
    }
}

/// A table in which no column is headed as that of the standards.
fn strange(grid: &Grid, found: &mut HouseFile) {
    let Some(first) = grid.numbers().first().copied() else { return };
    let cells: Vec<&str> = grid.row(first).map(|(_, written)| written.text.as_str()).collect();
    let why = say!("no column of this table is headed as that of the standards; name it with --map COLUMN=text");
    found.not_understood.push(Unread { spot: grid.spot(first), value: cells.join(" | "), why });
}

impl Reader<'_> {
    /// What stands above the heads: the first is a title.
    fn above(&self, found: &mut HouseFile) {
        for row in self.grid.numbers().into_iter().filter(|row| *row < self.columns.row) {
            let cells: Vec<(u32, &CellText)> = self.grid.row(row).collect();
            if let ([(_, only)], true) = (cells.as_slice(), found.title.is_none()) {
                found.title = Some(clean(&only.text));
                continue;
            }
            for (column, written) in cells {
                // A head that is merged downwards to those of the others is one of them, and so is what stands over several.
                let region = self.grid.region(CellAddress { row, column });
                if region.is_some_and(|(_, end)| end.row >= self.columns.row) || self.columns.is_over(row, written) {
                    continue;
                }
                let spot = self.grid.spot_of(CellAddress { row, column });
                let why = say!("it stands above the heads of the table");
                found.not_read.push(Unread { spot, value: written.text.clone(), why });
            }
        }
    }

    /// What stands in the rows of the heads and is none of them.
    fn among(&self, found: &mut HouseFile) {
        for row in self.columns.row..self.columns.below {
            for (column, written) in self.grid.row(row).filter(|(_, written)| !self.columns.is_head(written)) {
                let spot = self.grid.spot_of(CellAddress { row, column });
                let why = say!("it stands among the heads of the table, and is none of them");
                found.not_read.push(Unread { spot, value: written.text.clone(), why });
            }
        }
    }

    /// Columns that nobody knows.
    fn unknown(&self, found: &mut HouseFile) {
        for column in &self.columns.columns {
            let why = match &column.holds {
                Holds::Unknown if is_own(&column.heading) => say!(
                    "the program wrote this table, and what it would be taken back by is not in it: edit the workbook of `gamma-ok show --format xlsx` and keep all of its sheets"
                ),
                Holds::Unknown => say!(
                    "this column is not known: name it with --map COLUMN=KEY, or leave it out with --ignore COLUMN"
                ),
                Holds::Foreign(tag) => say!(
                    "this column is in a language that the book does not have (`{tag}`): add it to `languages` in gamma-ok.yaml, or leave the column out with --ignore COLUMN",
                    tag = *tag
                ),
                _ => continue,
            };
            let spot = self.grid.spot_of(CellAddress { row: self.columns.row, column: column.index });
            let value = if column.heading.is_empty() {
                crate::forms::ColumnLetters(column.index).to_string()
            } else {
                clean(&column.heading)
            };
            found.not_understood.push(Unread { spot, value, why });
        }
    }

    fn rows(&mut self, found: &mut HouseFile) {
        let rows: Vec<u32> = self.grid.numbers().into_iter().filter(|row| *row >= self.columns.below).collect();
        let (grid, asked) = (self.grid, self.asked);
        let columns = self.columns.clone();
        let band = |row| bands::band(grid, &columns, asked, row);
        let last = rows.iter().copied().filter(|row| self.has_text(*row) && band(*row).is_none()).max();
        for row in rows {
            if self.is_repeated(row) {
                continue;
            }
            if last.is_none_or(|last| row > last) {
                self.leave(row, found);
            } else if let Some(band) = band(row) {
                self.pending.push(band);
            } else if self.has_text(row) {
                self.head(found);
                self.item(row, found);
            } else {
                self.without_text(row, found);
            }
        }
    }

    /// Whether a row holds the heads once more, as on the next page.
    fn is_repeated(&self, row: u32) -> bool {
        let mut cells = self.grid.row(row).peekable();
        let is_head = |(column, written): (u32, &CellText)| {
            self.columns
                .columns
                .iter()
                .any(|known| known.index == column && bare(&known.heading) == bare(&written.text))
                && head(&written.text).is_some()
        };
        cells.peek().is_some() && cells.all(is_head)
    }

    fn has_text(&self, row: u32) -> bool {
        self.columns.of(Key::Text).any(|column| self.grid.at(CellAddress { row, column: column.index }).is_some())
    }

    /// Takes the headings that a standard stands below: the last is a step, that before it its phase.
    fn head(&mut self, found: &mut HouseFile) {
        let mut pending = std::mem::take(&mut self.pending);
        let last = pending.pop();
        let before = pending.pop();
        for above in pending {
            if found.title.is_none() {
                found.title = Some(without_number(&above.written));
                continue;
            }
            let why = say!("it heads several phases, and a book has no place for that");
            found.not_read.push(Unread { spot: self.grid.spot(above.row), value: above.written, why });
        }
        match (before, last) {
            // `1.2 …` is a part of `1 …`.
            (None, Some(band)) if depth(&band.written) > 1 && !self.phase.is_empty() => self.step = band.title,
            (None, Some(band)) => (self.phase, self.step) = (band.title, Wordings::new()),
            (Some(phase), Some(step)) => (self.phase, self.step) = (phase.title, step.title),
            (_, None) => {}
        }
    }

    fn item(&mut self, row: u32, found: &mut HouseFile) {
        let mut item = HouseStandard { spot: Some(self.grid.spot(row)), ..HouseStandard::default() };
        let (mut own_phase, mut own_step) = (Wordings::new(), Wordings::new());
        // A figure is understood by the text, and a share belongs to a figure.
        let mut columns: Vec<&HouseColumn> = self.columns.columns.iter().collect();
        columns.sort_by_key(|column| match column.holds {
            Holds::Key { key: Key::Measure, .. } => 1,
            Holds::Key { key: Key::Share, .. } => 2,
            _ => 0,
        });
        for column in columns {
            let Holds::Key { key, language, unit } = &column.holds else { continue };
            let cell = CellAddress { row, column: column.index };
            let Some(written) = self.grid.at(cell) else { continue };
            let text = clean(&written.text);
            if text.is_empty() {
                continue;
            }
            let titled =
                || vec![(language.clone().unwrap_or_else(|| title_language(&text, self.asked)), without_number(&text))];
            let wrong = match key {
                Key::Phase => {
                    own_phase.extend(titled());
                    None
                }
                Key::Step => {
                    own_step.extend(titled());
                    None
                }
                _ => {
                    let before = item.says(*key).then(|| item.clone());
                    let wrong = self.value(*key, language.as_deref(), *unit, written, &mut item);
                    match before {
                        Some(before) if before.differs(&item) => {
                            item = before;
                            Some(say!("another column of this row says something else"))
                        }
                        _ => wrong,
                    }
                }
            };
            if let Some(why) = wrong
                && found.not_understood.len() < MAX_TOLD
            {
                // What is taken without it keeps it in sight.
                item.notes.push(say!(
                    "not understood: {heading}: {text}",
                    heading = self.heading(column),
                    text = &*text
                ));
                found.not_understood.push(Unread { spot: self.grid.spot_of(cell), value: written.text.clone(), why });
            }
        }
        // A phase or a step is often written beside the first of its standards only.
        if !own_phase.is_empty() {
            (self.phase, self.step) = (own_phase, own_step);
        } else if !own_step.is_empty() {
            self.step = own_step;
        }
        (item.phase, item.step) = (self.phase.clone(), self.step.clone());
        self.in_part(&mut item);
        if !item.text.is_empty() {
            found.items.push(item);
        }
        self.stray(row, found);
    }

    /// What stands in a row outside of all columns.
    fn stray(&self, row: u32, found: &mut HouseFile) {
        for (column, written) in self.grid.row(row) {
            if !self.columns.columns.iter().any(|known| known.index == column) && found.not_understood.len() < MAX_TOLD
            {
                let why = say!("it stands outside of the table's columns");
                let spot = self.grid.spot_of(CellAddress { row, column });
                found.not_understood.push(Unread { spot, value: written.text.clone(), why });
            }
        }
    }

    fn heading(&self, column: &HouseColumn) -> String {
        match column.heading.is_empty() {
            true => crate::forms::ColumnLetters(column.index).to_string(),
            false => clean(&column.heading),
        }
    }

    /// A table that is one of several parts is a phase, where it has none of its own.
    fn in_part(&self, item: &mut HouseStandard) {
        let Some(part) = &self.part else { return };
        if item.phase.is_empty() {
            item.phase.clone_from(part);
        }
    }

    /// Takes what a cell says; says why where it cannot.
    fn value(
        &self,
        key: Key,
        language: Option<&str>,
        unit: Option<&str>,
        written: &CellText,
        item: &mut HouseStandard,
    ) -> Option<Message> {
        let text = clean(&written.text);
        let in_language = || language.map_or_else(|| title_language(&text, self.asked), str::to_owned);
        if !matches!(key, Key::Number | Key::Note)
            && let Some(odd) = &written.odd
        {
            return Some(odd.clone());
        }
        if let Some(excess) = text_excess(&text) {
            return Some(excess.message());
        }
        match key {
            Key::Number => item.number = Some(text.trim_end_matches('.').to_owned()),
            Key::Text => item.text.push((in_language(), text)),
            Key::Why => item.why.push((in_language(), text)),
            Key::What => item.what.push((in_language(), text)),
            Key::How | Key::Say | Key::Avoid | Key::Sources => {
                let lines = lines(&written.text);
                add_list(item, key, &in_language(), lines);
            }
            Key::Note => item.notes.push(say!("note: {text}", text = &*text)),
            Key::Role => item.roles.extend(parts(&text)),
            Key::Trait => item.traits.extend(parts(&text)),
            Key::Type => match word("type", &text) {
                Some(kind) => item.kind = Some(kind),
                None => return Some(say!("this is no type: personal, product or procedural")),
            },
            Key::Level => match word("level", &text) {
                Some(level) => item.level = Some(level),
                None => return Some(say!("this is no level: basic, expected or exclusive")),
            },
            Key::Status => match word("status", &text) {
                Some(status) => item.status = Some(status),
                None => return Some(say!("this is no status: draft, active or retired")),
            },
            Key::Verify => match word("verify", &text) {
                Some(verify) => item.verify = Some(verify),
                // Houses say it in a sentence; that is kept, and the way of the type holds.
                None => item.notes.push(say!("verified in the house's words: {text}", text = &*text)),
            },
            Key::Critical => match truth(&text) {
                Some(critical) => item.critical = Some(critical),
                None => return Some(say!("this is neither yes nor no")),
            },
            Key::Weight => {
                match text.replace(',', ".").parse::<f64>().ok().filter(|weight| *weight > 0.0 && *weight <= 100.0) {
                    Some(weight) => item.weight = Some(weight),
                    None => return Some(say!("this is no number above 0")),
                }
            }
            Key::Measure => {
                let demand = item.text.first().map(|(tag, text)| (tag.as_str(), text.as_str()));
                match figure(&text, unit, demand) {
                    Some(figure) => {
                        let share = item.measure.take().and_then(|measure| measure.share);
                        item.measure = Some(super::Figure { share: figure.share.clone().or(share), ..figure });
                    }
                    None => return Some(say!("this is no figure with a unit, such as `10 s` or `90 %`")),
                }
            }
            Key::Share => match super::figure::share(&text) {
                Some(share) => match &mut item.measure {
                    Some(measure) => measure.share = Some(share),
                    None => return Some(say!("a share needs a figure that is to hold so often")),
                },
                None => return Some(say!("this is no share, such as `90 %`")),
            },
            Key::Phase | Key::Step => {}
        }
        None
    }

    /// A row without a standard below the last one: notes, names, signatures.
    fn leave(&mut self, row: u32, found: &mut HouseFile) {
        for band in std::mem::take(&mut self.pending) {
            let why = say!("it stands below the table");
            found.not_read.push(Unread { spot: self.grid.spot(band.row), value: band.written, why });
        }
        for (column, written) in self.grid.row(row) {
            let why = say!("it stands below the table");
            let spot = self.grid.spot_of(CellAddress { row, column });
            found.not_read.push(Unread { spot, value: written.text.clone(), why });
        }
    }

    /// A row without a standard among others.
    fn without_text(&self, row: u32, found: &mut HouseFile) {
        for (column, written) in self.grid.row(row) {
            let is_ignored =
                self.columns.columns.iter().any(|known| known.index == column && known.holds == Holds::Ignored);
            let is_number = self.columns.of(Key::Number).any(|known| known.index == column);
            // A number alone is a row that nobody filled in.
            if is_ignored || is_number || found.not_understood.len() >= MAX_TOLD {
                continue;
            }
            let why = say!("this row has no standard");
            let spot = self.grid.spot_of(CellAddress { row, column });
            found.not_understood.push(Unread { spot, value: written.text.clone(), why });
        }
    }
}

/// Whether a heading is that of the references in the program's own tables.
fn is_own(heading: &str) -> bool {
    ["id stamp", "stamp"].contains(&bare(heading).as_str())
}

/// Adds texts of one language to a list, each beside that of the other languages.
pub(super) fn add_list(item: &mut HouseStandard, key: Key, language: &str, lines: Vec<String>) {
    let place = item.lists.iter().position(|(known, _)| *known == key);
    let place = place.unwrap_or_else(|| {
        item.lists.push((key, Vec::new()));
        item.lists.len() - 1
    });
    let list = &mut item.lists[place].1;
    for (index, line) in lines.into_iter().enumerate() {
        match list.get_mut(index) {
            Some(texts) if !texts.iter().any(|(tag, _)| tag == language) => texts.push((language.to_owned(), line)),
            _ => list.push(vec![(language.to_owned(), line)]),
        }
    }
}

/// Several names in one cell.
fn parts(text: &str) -> Vec<String> {
    let parts = text.split([',', ';', '/', '\n']).map(clean).filter(|part| !part.is_empty());
    parts.collect()
}

/// How deep a title is by its number: `1.2 Greeting` is 2.
pub(super) fn depth(title: &str) -> usize {
    let number: String = title.trim().chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    number.split('.').filter(|part| !part.is_empty()).count()
}

/// What a house calls a part of its procedure before it numbers it, without marks.
const PARTS: [&str; 21] = [
    "etap", "faza", "krok", "rozdzial", "punkt", "czesc", "sekcja", "phase", "stage", "step", "part", "chapter",
    "section", "fas", "steg", "del", "kapitel", "avsnitt", "skede", "moment", "pkt",
];

/// What stands behind `Stage 2 –` or `Etap II:`.
fn behind_part(title: &str) -> Option<&str> {
    let (word, rest) = title.split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X');
    let number = rest.find(|c: char| !is_digit(c)).filter(|end| (1..=4).contains(end))?;
    let rest = rest[number..].trim_start();
    let behind = rest.strip_prefix(['-', '–', '—', ':', '.', ')', '|'])?.trim_start();
    (PARTS.contains(&bare(word).as_str()) && !behind.is_empty()).then_some(behind)
}

/// A title without the number before it.
pub(super) fn without_number(title: &str) -> String {
    let title = title.trim();
    if let Some(behind) = behind_part(title) {
        return behind.trim_end_matches(':').trim().to_owned();
    }
    let rest = title.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')'));
    let is_number = rest.len() < title.len() && rest.starts_with(char::is_whitespace);
    // Letters and Roman numbers before a stop or a bracket number too.
    let roman = || {
        let (start, rest) = title.split_once(['.', ')'])?;
        let is_roman = !start.is_empty() && start.len() <= 4 && start.chars().all(|c| "IVX".contains(c));
        (is_roman && rest.starts_with(' ')).then(|| rest.trim().to_owned())
    };
    let bare = if is_number {
        rest.trim().trim_start_matches(['-', '–']).trim().to_owned()
    } else {
        roman().unwrap_or_default()
    };
    let bare = if bare.is_empty() { title.to_owned() } else { bare };
    bare.trim_end_matches(':').trim().to_owned()
}
