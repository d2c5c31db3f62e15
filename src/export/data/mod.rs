//! The facts of a book as a data set for business intelligence and for engines: a star of tables, as CSV and as Parquet.
//!
//! `units` are the facts that every figure counts: a row for each standard in each visit, votes resolved, with what nobody
//! observed among them; they are partitioned by year. The other tables stand around it. What a column means stands beside its
//! name in the table's file here, and from there in the README of the data set.

mod answers;
mod column;
mod csv;
mod others;
#[cfg(feature = "parquet")]
mod parquet;
mod rows;
mod standards;
mod units;

use std::io::{self, Write};

use self::column::{Heading, Table};
use self::rows::Rows;
use crate::project::{Project, Records};
use crate::source::World;

/// The version of the data set: it changes where a column changes its meaning or goes away.
pub const VERSION: u32 = 1;

/// The first line of the README of a data set, by which one is known.
pub const HEAD: &str = "# Data set of gamma-ok, version ";

/// The file that explains a data set.
pub const README: &str = "README.md";

/// What is asked of a data set.
#[derive(Clone, Copy, Debug)]
pub struct DataOptions<'a> {
    /// What the book is called in its rows.
    pub book: &'a str,
    /// Whether codes of persons are in it.
    pub staff: bool,
}

/// A file of a data set, ready to be written.
pub struct DataFile<'a> {
    /// Its path in the data set.
    pub path: String,
    write: &'a dyn Fn(&mut dyn Write) -> io::Result<()>,
}

impl DataFile<'_> {
    /// Writes it.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        (self.write)(out)
    }
}

impl std::fmt::Debug for DataFile<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DataFile").field("path", &self.path).finish_non_exhaustive()
    }
}

/// How a table is written.
type Writer = fn(&Table, &mut dyn Write) -> io::Result<()>;

/// The formats, by the endings of their files.
const FORMATS: &[(&str, Writer)] = &[
    ("csv", csv::write),
    #[cfg(feature = "parquet")]
    ("parquet", parquet::write),
];

/// Whether it is a file that a data set may have: what an earlier run left there and no later one makes may go.
pub fn is_own(path: &str) -> bool {
    let Some((stem, ending)) = path.rsplit_once('.') else { return false };
    let year = |name: &str| {
        let year = name.strip_prefix("units/period_year=").and_then(|rest| rest.strip_suffix("/units"));
        year.is_some_and(|year| !year.is_empty() && year.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-'))
    };
    ["csv", "parquet"].contains(&ending) && (year(stem) || TABLES.iter().any(|(name, ..)| *name == stem))
}

/// A table beside the units.
type Around = (&'static str, &'static str, &'static [Heading], fn(&Rows<'_>, &mut Table));

/// The tables beside the units.
const TABLES: &[Around] = &[
    ("answers", "What each auditor said of each standard.", answers::HEADINGS, answers::fill),
    ("standards", "Each standard as it stands, and as it stood in each edition.", standards::HEADINGS, standards::fill),
    ("standard_traits", "Which traits a standard converts.", standards::TRAITS, standards::traits),
    ("standard_roles", "Who keeps a standard at a site, after cover.", standards::ROLES, standards::roles),
    ("sites", "The places.", others::SITES, others::sites),
    ("site_attributes", "What is known of each place.", others::ATTRIBUTES, others::attributes),
    ("actions", "What is done about what was found.", others::ACTIONS, others::actions),
    ("feedback", "What customers said.", others::FEEDBACK, others::feedback),
    ("reviews", "What annual reviews decided.", others::REVIEWS, others::reviews),
];

/// Gives out the files of the data set, one after the other; each is made when its turn comes, and gone after it.
///
/// # Errors
/// What `put` says.
pub fn data_set<E>(
    opened: &Project,
    records: &Records,
    options: DataOptions<'_>,
    mut put: impl FnMut(&DataFile<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let rows = Rows::of(opened, records, options);
    let readme = readme(&rows);
    // First, so that a folder with half a data set is known for one.
    put(&DataFile { path: README.to_owned(), write: &|out| out.write_all(readme.as_bytes()) })?;
    units::by_year(&rows, |year, table| in_formats(&format!("units/period_year={year:04}/units"), table, &mut put))?;
    for (name, _, headings, fill) in TABLES {
        let mut table = Table::new(headings);
        fill(&rows, &mut table);
        in_formats(name, &table, &mut put)?;
    }
    Ok(())
}

fn in_formats<E>(stem: &str, table: &Table, put: &mut impl FnMut(&DataFile<'_>) -> Result<(), E>) -> Result<(), E> {
    FORMATS.iter().try_for_each(|(ending, write)| {
        put(&DataFile { path: format!("{stem}.{ending}"), write: &|out| write(table, out) })
    })
}

/// The README of the data set.
fn readme(rows: &Rows<'_>) -> String {
    let mut text = format!(
        "{HEAD}{VERSION}\n\n\
         What audits, customers and reviews of a book of service standards say, as a star of tables. `units` are the facts: a row\n\
         for each standard in each visit, whoever judged it, votes resolved, with what nobody observed among them. Every figure of\n\
         `gamma-ok audit report` can be counted from it. Each table is here as CSV and, where the program was built so, as Parquet;\n\
         `units` is partitioned by year, as `units/period_year=2026/units.csv`, and `period_year` is a column to engines that read\n\
         partitions.\n\n\
         - Book: `{book}`. Several books are one data set when their folders are read together; every table has `book`.\n\
         - States of actions are those of {today}.\n\
         - Ids are those of today: what was renamed has its new id in all rows, of the past too.\n\
         - A column without a value is null, in CSV nothing. In CSV an apostrophe stands before a text that a spreadsheet would run.\n\
         - {staff}\n",
        book = rows.options.book,
        today = rows.opened.world.today(),
        staff = if rows.options.staff {
            "Codes of persons are in `answers.staff`: guard them as you guard what you pay people by."
        } else {
            "Codes of persons are left out; `--staff` puts them in."
        },
    );
    let units = ("units", "The facts: one standard in one visit.", units::HEADINGS);
    let others = TABLES.iter().map(|(name, about, headings, _)| (*name, *about, *headings));
    for (name, about, headings) in std::iter::once(units).chain(others) {
        text.push_str(&format!("\n## {name}\n\n{about}\n\n| column | type | what it is |\n|---|---|---|\n"));
        for (name, kind, about) in headings {
            text.push_str(&format!("| `{name}` | {} | {about} |\n", kind.sql()));
        }
    }
    text
}
