//! A table as columns: what CSV and Parquet are both written from. A text stands once, however many rows have it.

use std::collections::HashMap;

use chrono::NaiveDate;

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnType {
    Text,
    Int,
    /// DECIMAL(12,6), in millionths.
    Decimal,
    Day,
    Bool,
    /// A floating-point number.
    Real,
}

impl ColumnType {
    /// What it is called in SQL.
    pub(super) fn sql(self) -> &'static str {
        match self {
            ColumnType::Text => "VARCHAR",
            ColumnType::Int => "BIGINT",
            ColumnType::Decimal => "DECIMAL(12,6)",
            ColumnType::Day => "DATE",
            ColumnType::Bool => "BOOLEAN",
            ColumnType::Real => "DOUBLE",
        }
    }
}

/// What is said of a column: its name, its values, and what they mean.
pub(super) type Heading = (&'static str, ColumnType, &'static str);

/// A value on its way into a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Null,
    Text(&'a str),
    Int(i64),
    Decimal(i64),
    Day(NaiveDate),
    Bool(bool),
    Real(f64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Value::Text(text)
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Value::Bool(value)
    }
}

impl From<NaiveDate> for Value<'_> {
    fn from(day: NaiveDate) -> Self {
        Value::Day(day)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

impl Value<'_> {
    /// A count.
    pub(super) fn count(count: usize) -> Self {
        Value::Int(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// A weight or a share, as the figures take it.
    pub(super) fn decimal(value: f64) -> Self {
        Value::Decimal((value.max(0.0) * 1e6).round() as i64)
    }
}

/// The values of a column.
#[derive(Clone, Debug)]
pub(super) enum Data {
    /// The place of each in `texts`; [`NONE`] for none.
    Text(Vec<u32>),
    /// Integers, and decimals in millionths.
    Int(Vec<Option<i64>>),
    Day(Vec<Option<NaiveDate>>),
    Bool(Vec<Option<bool>>),
    Real(Vec<Option<f64>>),
}

/// No text.
pub(super) const NONE: u32 = u32::MAX;

/// A table.
#[derive(Clone, Debug)]
pub(super) struct Table {
    pub headings: &'static [Heading],
    pub columns: Vec<Data>,
    pub texts: Vec<String>,
    known: HashMap<String, u32>,
    pub rows: usize,
}

impl Table {
    pub(super) fn new(headings: &'static [Heading]) -> Self {
        let column = |(_, kind, _): &Heading| match kind {
            ColumnType::Text => Data::Text(Vec::new()),
            ColumnType::Int | ColumnType::Decimal => Data::Int(Vec::new()),
            ColumnType::Day => Data::Day(Vec::new()),
            ColumnType::Bool => Data::Bool(Vec::new()),
            ColumnType::Real => Data::Real(Vec::new()),
        };
        let columns = headings.iter().map(column).collect();
        Table { headings, columns, texts: Vec::new(), known: HashMap::new(), rows: 0 }
    }

    fn place(&mut self, text: &str) -> u32 {
        if let Some(place) = self.known.get(text) {
            return *place;
        }
        let place = self.texts.len() as u32;
        self.texts.push(text.to_owned());
        self.known.insert(text.to_owned(), place);
        place
    }

    /// Adds a row. A value that is not of its column's kind is none.
    pub(super) fn push<const N: usize>(&mut self, row: [Value<'_>; N]) {
        debug_assert_eq!(N, self.headings.len(), "a value for each column");
        let places = row.map(|value| if let Value::Text(text) = value { self.place(text) } else { NONE });
        for ((column, value), place) in self.columns.iter_mut().zip(row).zip(places) {
            match column {
                Data::Text(places) => places.push(place),
                Data::Int(values) => values.push(match value {
                    Value::Int(value) | Value::Decimal(value) => Some(value),
                    _ => None,
                }),
                Data::Day(values) => values.push(if let Value::Day(day) = value { Some(day) } else { None }),
                Data::Bool(values) => values.push(if let Value::Bool(value) = value { Some(value) } else { None }),
                Data::Real(values) => values.push(if let Value::Real(value) = value { Some(value) } else { None }),
            }
        }
        self.rows += 1;
    }

    /// A text of a column.
    pub(super) fn text(&self, place: u32) -> Option<&str> {
        self.texts.get(place as usize).map(String::as_str)
    }
}
