//! Rows that head those below them: the title of a phase or a step across the table, in one language or in several beside one
//! another, with its number before it or in a cell of its own.

use super::columns::{Columns, Holds, HouseColumn};
use super::grid::{CellText, Grid};
use super::table::{title_language, without_number};
use super::{HouseContext, Key, Wordings, clean};
use crate::forms::CellAddress;
use crate::import::cell_words::language;

/// A row that heads those below it.
#[derive(Clone, Debug)]
pub(super) struct Band {
    /// Where it stands.
    pub row: u32,
    /// As it is written, with its number.
    pub written: String,
    /// The title by language.
    pub title: Wordings,
}

/// So many letters has a title at the most that nothing but its place tells from a standard.
const MAX_TITLE: usize = 60;

/// So many rows below a title is the number looked for that goes on with its own.
const MAX_NEXT: u32 = 4;

/// What stands in a cell, and the columns that it is merged over.
type Piece<'g> = (u32, u32, &'g CellText);

/// The title in a row that heads those below it.
pub(super) fn band(grid: &Grid, columns: &Columns, asked: HouseContext<'_>, row: u32) -> Option<Band> {
    let own: Vec<Piece<'_>> = grid
        .row(row)
        .map(|(column, written)| {
            let region =
                grid.region(CellAddress { row, column }).filter(|(first, end)| first.row == row && end.row == row);
            region.map_or((column, column, written), |(first, end)| (first.column, end.column, written))
        })
        .collect();
    // Beside a cell that is merged downwards, one text alone is a standard.
    let is_alone = columns.columns.iter().all(|column| {
        let cell = grid.at(CellAddress { row, column: column.index });
        cell.is_none_or(|cell| own.iter().any(|(.., written)| std::ptr::eq(cell, *written)))
    });
    let is_band = match own.as_slice() {
        [piece] => is_one(columns, *piece, is_alone),
        [number, titles @ ..] if is_number(columns, *number) => {
            are_across(columns, titles)
                || is_alone && are_titles(columns, titles) && goes_on(grid, columns, row, number.2)
        }
        titles => are_across(columns, titles) || is_alone && is_numbered(columns) && are_titles(columns, titles),
    };
    if !is_band {
        return None;
    }
    let titles = match own.as_slice() {
        [number, titles @ ..] if !titles.is_empty() && is_number(columns, *number) => titles,
        titles => titles,
    };
    let written: Vec<String> = own.iter().map(|(.., written)| clean(&written.text)).collect();
    Some(Band { row, written: written.join(" "), title: worded(columns, asked, titles) })
}

/// One cell with something in it: merged across, or alone in its row and no standard.
fn is_one(columns: &Columns, (first, end, written): Piece<'_>, is_alone: bool) -> bool {
    let is_number = written.text.trim().trim_end_matches('.').parse::<f64>().is_ok();
    let is_of_text = columns.of(Key::Text).any(|column| column.index == first);
    let is_title = || is_numbered(columns) && is_short(written);
    end > first || is_alone && !is_number && (!is_of_text || is_title())
}

fn is_numbered(columns: &Columns) -> bool {
    columns.of(Key::Number).next().is_some()
}

fn is_number(columns: &Columns, (first, end, _): Piece<'_>) -> bool {
    first == end && columns.of(Key::Number).any(|column| column.index == first)
}

/// Whether a text is as short as a title, and does not end as a sentence.
fn is_short(written: &CellText) -> bool {
    let text = clean(&written.text);
    text.chars().count() <= MAX_TITLE && !text.ends_with(['.', '!', '?', ';'])
}

/// Whether titles are merged across the table, beyond the texts of the standards.
fn are_across(columns: &Columns, titles: &[Piece<'_>]) -> bool {
    let is_text = |column: &HouseColumn| matches!(column.holds, Holds::Key { key: Key::Text, .. });
    let is_beyond = |(first, end, _): &Piece<'_>| {
        columns.columns.iter().any(|column| (*first..=*end).contains(&column.index) && !is_text(column))
    };
    let is_wide = |(first, end, written): &Piece<'_>| end > first && is_short(written);
    !titles.is_empty() && titles.iter().all(is_wide) && titles.iter().any(is_beyond)
}

/// Whether all that stands in a row are titles in the columns of the standards.
fn are_titles(columns: &Columns, titles: &[Piece<'_>]) -> bool {
    let is_title = |(first, end, written): &Piece<'_>| {
        is_short(written) && columns.of(Key::Text).any(|column| (*first..=*end).contains(&column.index))
    };
    !titles.is_empty() && titles.iter().all(is_title)
}

/// Whether the number of one of the next rows goes on with that of this one, as `3.1` does with `3`.
fn goes_on(grid: &Grid, columns: &Columns, row: u32, number: &CellText) -> bool {
    let own = number.text.trim().trim_end_matches(['.', ')']);
    let is_counted = !own.is_empty() && own.chars().all(|c| c.is_ascii_digit() || c == '.');
    let mut next = (row + 1..=row.saturating_add(MAX_NEXT)).flat_map(|row| {
        let of_row =
            columns.of(Key::Number).filter_map(move |column| grid.at(CellAddress { row, column: column.index }));
        of_row.collect::<Vec<_>>()
    });
    is_counted && next.any(|next| next.text.trim().strip_prefix(own).is_some_and(is_part))
}

/// Whether a number goes on with a part: `.1`.
fn is_part(rest: &str) -> bool {
    rest.strip_prefix('.').is_some_and(|part| part.starts_with(|c: char| c.is_ascii_digit()))
}

/// Titles by language: that of the column of standards that each stands in or over, else that of its words, else the next one
/// that the table has.
fn worded(columns: &Columns, asked: HouseContext<'_>, titles: &[Piece<'_>]) -> Wordings {
    let texts: Vec<(u32, &str)> = columns
        .of(Key::Text)
        .filter_map(|column| match &column.holds {
            Holds::Key { language: Some(language), .. } => Some((column.index, language.as_str())),
            _ => None,
        })
        .collect();
    let mut worded = Wordings::new();
    for (first, end, written) in titles {
        let text = without_number(&clean(&written.text));
        let below: Vec<&str> =
            texts.iter().filter(|(column, _)| (*first..=*end).contains(column)).map(|(_, tag)| *tag).collect();
        let told = || asked.languages.iter().find(|known| known.split('-').next() == language(&text)).cloned();
        let is_free = |tag: &&str| !worded.iter().any(|(used, _)| used == tag);
        let tag = match (titles, below.as_slice()) {
            ([_], _) => title_language(&text, asked),
            (_, [only]) => (*only).to_owned(),
            _ => told()
                .or_else(|| texts.iter().map(|(_, tag)| *tag).find(|tag| is_free(tag)).map(str::to_owned))
                .unwrap_or_else(|| title_language(&text, asked)),
        };
        worded.push((tag, text));
    }
    worded
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::import::house::grid::Rows;
    use crate::import::house::table::read;
    use crate::import::house::{HouseFile, HouseStandard};

    /// A sheet, row by row, with regions that are merged: row, first and last column, the rows that it goes down.
    fn found(rows: &[&[&str]], merged: &[(u32, u32, u32, u32)]) -> HouseFile {
        let mut cells = BTreeMap::new();
        for (row, of_row) in (0u32..).zip(rows) {
            for (column, text) in (0u32..).zip(*of_row).filter(|(_, text)| !text.is_empty()) {
                cells.insert(CellAddress { row, column }, CellText::text(*text));
            }
        }
        let region = |(row, first, last, down): &(u32, u32, u32, u32)| {
            (CellAddress { row: *row, column: *first }, CellAddress { row: row + down, column: *last })
        };
        let grid = Grid::new("Sheet", cells, merged.iter().map(region).collect(), Rows::Sheet);
        let languages = ["pl".to_owned(), "en".to_owned()];
        let mut found = HouseFile::default();
        read(&grid, HouseContext { languages: &languages, mapped: &[], phases: &[] }, None, &mut found);
        found
    }

    fn texts(worded: &Wordings) -> Vec<String> {
        worded.iter().map(|(tag, text)| format!("{tag}: {text}")).collect()
    }

    fn phases(found: &HouseFile) -> Vec<String> {
        let place = |item: &HouseStandard| [texts(&item.phase), texts(&item.step)].concat().join(" | ");
        found.items.iter().map(place).collect()
    }

    fn not_read(found: &HouseFile) -> Vec<&str> {
        found.not_read.iter().map(|unread| unread.value.as_str()).collect()
    }

    #[test]
    fn titles_in_two_languages_head_the_rows_below_however_they_are_merged() {
        let rows: &[&[&str]] = &[
            &["Lp.", "Standard", "", "Poziom", "Uwagi"],
            &["", "PL", "EN", "", ""],
            &["1. Przyjazd"],
            &["1.1", "Recepcjonista wita gościa.", "The receptionist greets the guest.", "podstawowy"],
            &["", "2. Pobyt", "2. Stay"],
            &["2.1", "Pokój jest czysty.", "The room is clean.", "podstawowy"],
            &["3", "Wyjazd", "Departure"],
            &["3.1", "Rachunek jest gotowy.", "The bill is ready.", "podstawowy"],
            &["4. Reklamacje", "", "", "4. Complaints"],
            &["4.1", "Kierownik oddzwania.", "The manager calls back.", "podstawowy"],
            &["5", "Pożegnanie", "", "Farewell"],
            &["5.1", "Portier żegna gościa.", "The porter says goodbye.", "podstawowy"],
        ];
        let merged = &[(0, 1, 2, 0), (2, 0, 4, 0), (8, 0, 2, 0), (8, 3, 4, 0), (10, 1, 2, 0), (10, 3, 4, 0)];
        let found = found(rows, merged);
        assert!(found.not_understood.is_empty(), "{:?}", found.not_understood);
        assert_eq!(
            phases(&found),
            [
                "pl: Przyjazd",
                "pl: Pobyt | en: Stay",
                "pl: Wyjazd | en: Departure",
                "pl: Reklamacje | en: Complaints",
                "pl: Pożegnanie | en: Farewell",
            ]
        );
    }

    #[test]
    fn a_number_beside_a_title_that_is_merged_across_is_no_standard() {
        let rows: &[&[&str]] = &[
            &["Lp.", "Standard", "Poziom"],
            &["I", "PRZYJAZD GOŚCIA"],
            &["1", "Portier otwiera drzwi", "podstawowy"],
            &["2", "Wózek na bagaż"],
            &["II", "POBYT"],
            &["3", "Pokojówka sprząta do 14:00.", "podstawowy"],
        ];
        let found = found(rows, &[(1, 1, 2, 0), (4, 1, 2, 0)]);
        assert!(found.not_understood.is_empty(), "{:?}", found.not_understood);
        assert_eq!(phases(&found), ["pl: PRZYJAZD GOŚCIA", "pl: PRZYJAZD GOŚCIA", "pl: POBYT"]);
    }

    #[test]
    fn a_third_title_above_is_not_lost() {
        let of = |title: &[&str]| {
            let rows: &[&[&str]] = &[
                title,
                &["Nr", "Standard"],
                &["RECEPCJA"],
                &["Przyjazd"],
                &["Powitanie"],
                &["1", "Recepcjonista wita gościa."],
                &["RESTAURACJA"],
                &["Zamówienie"],
                &["Woda"],
                &["2", "Kelner podaje wodę."],
            ];
            found(rows, &[])
        };
        let (untitled, titled) = (of(&[]), of(&["Standardy"]));
        assert_eq!(phases(&untitled), ["pl: Przyjazd | pl: Powitanie", "pl: Zamówienie | pl: Woda"]);
        assert_eq!((untitled.title.as_deref(), not_read(&untitled)), (Some("RECEPCJA"), vec!["RESTAURACJA"]));
        assert_eq!((titled.title.as_deref(), not_read(&titled)), (Some("Standardy"), vec!["RECEPCJA", "RESTAURACJA"]));
    }

    #[test]
    fn languages_may_stand_over_the_heads_and_heads_below_one_over_several() {
        let rows: &[&[&str]] = &[
            &["", "Polski", "", "English"],
            &["Lp.", "Standard", "Dlaczego", "Standard", "Why"],
            &["1", "Kawa", "Rano", "Coffee", "Morning"],
        ];
        let over = found(rows, &[(0, 1, 2, 0), (0, 3, 4, 0)]);
        assert!(over.not_understood.is_empty() && over.not_read.is_empty(), "{over:?}");
        assert_eq!(texts(&over.items[0].text), ["pl: Kawa", "en: Coffee"]);
        assert_eq!(texts(&over.items[0].why), ["pl: Rano", "en: Morning"]);

        let rows: &[&[&str]] = &[
            &["Lp.", "Standard", "", "Szkolenie", "", "Poziom"],
            &["", "PL", "EN", "Jak", "Dlaczego", "P / O / E"],
            &["1", "Kelner wita gościa.", "The waiter greets the guest.", "Z uśmiechem", "Bo tak", "podstawowy"],
        ];
        let below = found(rows, &[(0, 1, 2, 0), (0, 3, 4, 0)]);
        assert!(below.not_understood.is_empty(), "{:?}", below.not_understood);
        // What stands over several heads, or among them, and is none itself is told.
        assert_eq!(not_read(&below), ["Standard", "Szkolenie", "P / O / E"]);
        assert_eq!((below.items.len(), below.items[0].lists.len()), (1, 1));
        assert_eq!(texts(&below.items[0].why), ["pl: Bo tak"]);
    }

    #[test]
    fn a_title_over_all_columns_heads_none_of_them() {
        let rows: &[&[&str]] =
            &[&["Standardy obsługi"], &["Lp.", "Standard", "Wynik"], &["1", "Kelner wita gościa.", "4"]];
        let found = found(rows, &[(0, 0, 2, 0)]);
        let told: Vec<&str> = found.not_understood.iter().map(|unread| unread.value.as_str()).collect();
        assert_eq!((found.title.as_deref(), told), (Some("Standardy obsługi"), vec!["Wynik"]));
    }

    #[test]
    fn two_columns_of_a_row_that_disagree_are_told() {
        let rows: &[&[&str]] = &[
            &["Standard PL", "Standard EN", "Poziom PL", "Level EN"],
            &["Kelner wita gościa.", "The waiter greets the guest.", "podstawowy", "basic"],
            &["Kelner żegna gościa.", "The waiter says goodbye.", "podstawowy", "expected"],
        ];
        let found = found(rows, &[]);
        let told: Vec<&str> = found.not_understood.iter().map(|unread| unread.value.as_str()).collect();
        assert_eq!(told, ["expected"], "{:?}", found.not_understood);
    }
}
