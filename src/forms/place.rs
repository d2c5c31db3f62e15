//! Where something stands in a form.

use std::fmt;
use std::str::FromStr;

use crate::message::{ToValue, Value};

/// A place in a form: whatever can follow the name of the file and a colon.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum FormPlace {
    /// The file as a whole.
    #[default]
    Whole,
    /// A line, from 1.
    Line(usize),
    /// A line of a table, from 1, and the heading of a column.
    Column(usize, String),
    /// A line and a column, from 1.
    Position(usize, usize),
    /// A cell of a sheet.
    Cell(String, CellAddress),
    /// The way to it in JSON, or the sheet that is meant.
    Path(String),
}

impl ToValue for FormPlace {
    fn to_value(&self) -> Value {
        Value::Text(self.to_string())
    }
}

impl FormPlace {
    /// A file and the place in it.
    pub(crate) fn of(&self, file: &str) -> String {
        if *self == FormPlace::Whole { file.to_owned() } else { format!("{file}:{self}") }
    }
}

/// A cell of a sheet, as spreadsheets name it: `C3`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CellAddress {
    /// The row, from 0.
    pub row: u32,
    /// The column, from 0.
    pub column: u32,
}

/// The letters of a column: `C` of 2, `AB` of 27.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ColumnLetters(pub u32);

impl fmt::Display for FormPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FormPlace::Whole => Ok(()),
            FormPlace::Line(line) => write!(f, "{line}"),
            FormPlace::Column(line, heading) => write!(f, "{line}: {heading}"),
            FormPlace::Position(line, column) => write!(f, "{line}:{column}"),
            FormPlace::Cell(sheet, cell) => write!(f, "{sheet}!{cell}"),
            FormPlace::Path(path) => f.write_str(path),
        }
    }
}

impl fmt::Display for CellAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", ColumnLetters(self.column), u64::from(self.row) + 1)
    }
}

impl fmt::Display for ColumnLetters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A number of 26 digits in which no digit is nothing.
        let mut letters = Vec::new();
        let mut rest = u64::from(self.0) + 1;
        while rest > 0 {
            letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
            rest = (rest - 1) / 26;
        }
        f.write_str(&letters.iter().rev().collect::<String>())
    }
}

impl FromStr for ColumnLetters {
    type Err = ();

    fn from_str(letters: &str) -> Result<Self, ()> {
        let add = |so_far: u32, letter: u8| {
            let digit = letter.is_ascii_uppercase().then(|| u32::from(letter - b'A') + 1)?;
            so_far.checked_mul(26)?.checked_add(digit)
        };
        let number = letters.bytes().try_fold(0, add).ok_or(())?;
        number.checked_sub(1).map(ColumnLetters).ok_or(())
    }
}

impl FromStr for CellAddress {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        let digits = name.find(|c: char| c.is_ascii_digit()).ok_or(())?;
        let (letters, row) = name.split_at(digits);
        let row: u32 = row.parse().map_err(|_| ())?;
        Ok(CellAddress { row: row.checked_sub(1).ok_or(())?, column: letters.parse::<ColumnLetters>()?.0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_their_names() {
        for (name, row, column) in [
            ("A1", 0, 0),
            ("C3", 2, 2),
            ("Z9", 8, 25),
            ("AA10", 9, 26),
            ("AB1", 0, 27),
            ("ZZ2", 1, 701),
            ("AAA7", 6, 702),
            ("XFD1048576", 1_048_575, 16_383),
        ] {
            assert_eq!(name.parse(), Ok(CellAddress { row, column }), "{name}");
            assert_eq!(CellAddress { row, column }.to_string(), name);
        }
        for name in ["", "A", "1", "A0", "a1", "A1B", "Ą1", "AAAAAAAAAA1", "A99999999999", "-A1", "A+1"] {
            assert_eq!(name.parse::<CellAddress>(), Err(()), "{name}");
        }
    }

    #[test]
    fn every_column_is_read_back() {
        for column in 0..20_000 {
            assert_eq!(ColumnLetters(column).to_string().parse(), Ok(ColumnLetters(column)));
        }
    }

    #[test]
    fn places_follow_a_file_and_a_colon() {
        let cell = FormPlace::Cell("Checklist".to_owned(), CellAddress { row: 13, column: 8 });
        assert_eq!(cell.to_string(), "Checklist!I14");
        assert_eq!(
            (FormPlace::Line(7).to_string(), FormPlace::Position(7, 2).to_string()),
            ("7".to_owned(), "7:2".to_owned())
        );
    }
}
