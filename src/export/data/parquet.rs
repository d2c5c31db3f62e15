//! A table as Parquet: every column optional, texts by dictionary, snappy, nothing in it that says when or where it was made.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

use super::column::{ColumnType, Data, NONE, Table};

/// Rows of a group: as much as an engine gives to one task.
const GROUP: usize = 1 << 20;

/// Writes a table.
///
/// # Errors
/// When `out` cannot be written to.
pub(super) fn write(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&bytes(table).map_err(io::Error::other)?)
}

fn bytes(table: &Table) -> Result<Vec<u8>> {
    let schema = Arc::new(parse_message_type(&schema(table))?);
    let properties = WriterProperties::builder()
        .set_created_by(concat!("gamma-ok ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::SNAPPY)
        .build();
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties))?;
    let texts: Vec<ByteArray> = table.texts.iter().map(|text| ByteArray::from(text.as_str())).collect();
    let mut start = 0;
    while start < table.rows || start == 0 {
        let rows = start..(start + GROUP).min(table.rows);
        let mut group = file.next_row_group()?;
        for data in &table.columns {
            if let Some(mut column) = group.next_column()? {
                values(&mut column, data, rows.clone(), &texts)?;
                column.close()?;
            }
        }
        group.close()?;
        start += GROUP;
    }
    file.into_inner()
}

fn schema(table: &Table) -> String {
    let column = |(name, kind, _): &super::column::Heading| {
        let (physical, logical) = match kind {
            ColumnType::Text => ("BYTE_ARRAY", " (UTF8)"),
            ColumnType::Int => ("INT64", ""),
            ColumnType::Decimal => ("INT64", " (DECIMAL(12,6))"),
            ColumnType::Day => ("INT32", " (DATE)"),
            ColumnType::Bool => ("BOOLEAN", ""),
            ColumnType::Real => ("DOUBLE", ""),
        };
        format!("  OPTIONAL {physical} {name}{logical};\n")
    };
    let columns: String = table.headings.iter().map(column).collect();
    format!("message row {{\n{columns}}}\n")
}

fn values(
    column: &mut SerializedColumnWriter<'_>,
    data: &Data,
    rows: std::ops::Range<usize>,
    texts: &[ByteArray],
) -> Result<()> {
    /// Days from the year 1 to the first of Parquet's.
    const EPOCH: i32 = 719_163;
    use chrono::Datelike;
    match data {
        Data::Text(places) => {
            let of = |place: &u32| if *place == NONE { None } else { texts.get(*place as usize).cloned() };
            batch::<ByteArrayType>(column, places.get(rows).unwrap_or_default().iter().map(of))
        }
        Data::Int(all) => batch::<Int64Type>(column, all.get(rows).unwrap_or_default().iter().copied()),
        Data::Day(all) => {
            let day = |day: &Option<chrono::NaiveDate>| day.map(|day| day.num_days_from_ce() - EPOCH);
            batch::<Int32Type>(column, all.get(rows).unwrap_or_default().iter().map(day))
        }
        Data::Bool(all) => batch::<BoolType>(column, all.get(rows).unwrap_or_default().iter().copied()),
        Data::Real(all) => batch::<DoubleType>(column, all.get(rows).unwrap_or_default().iter().copied()),
    }
}

fn batch<T: DataType>(column: &mut SerializedColumnWriter<'_>, all: impl Iterator<Item = Option<T::T>>) -> Result<()> {
    let (mut values, mut definitions) = (Vec::new(), Vec::new());
    for value in all {
        definitions.push(i16::from(value.is_some()));
        values.extend(value);
    }
    column.typed::<T>().write_batch(&values, Some(&definitions), None)?;
    Ok(())
}
