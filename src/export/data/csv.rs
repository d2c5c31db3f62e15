//! A table as CSV: RFC 4180, UTF-8, a line feed after each row, nothing where there is no value.

use std::io::{self, Write};

use super::column::{ColumnType, Data, Table};
use crate::text::harmless;

/// Writes a table.
///
/// # Errors
/// When `out` cannot be written to.
pub(super) fn write(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(table.headings.iter().map(|(name, ..)| name))?;
    let mut cell = String::new();
    for row in 0..table.rows {
        for (column, (_, kind, _)) in table.columns.iter().zip(table.headings) {
            cell.clear();
            fill(table, column, *kind, row, &mut cell);
            writer.write_field(&cell)?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

fn fill(table: &Table, column: &Data, kind: ColumnType, row: usize, cell: &mut String) {
    use std::fmt::Write as _;
    // Writing into a string cannot fail.
    let _ = match column {
        Data::Text(places) => {
            if let Some(text) = places.get(row).and_then(|place| table.text(*place)) {
                cell.push_str(&harmless(text));
            }
            Ok(())
        }
        Data::Int(values) => match (values.get(row).copied().flatten(), kind) {
            (None, _) => Ok(()),
            (Some(value), ColumnType::Decimal) => write!(cell, "{}.{:06}", value / 1_000_000, value % 1_000_000),
            (Some(value), _) => write!(cell, "{value}"),
        },
        Data::Day(values) => values.get(row).copied().flatten().map_or(Ok(()), |day| write!(cell, "{day}")),
        Data::Bool(values) => values.get(row).copied().flatten().map_or(Ok(()), |value| write!(cell, "{value}")),
        Data::Real(values) => values.get(row).copied().flatten().map_or(Ok(()), |value| write!(cell, "{value}")),
    };
}
