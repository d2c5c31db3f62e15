//! `export data`: a data set in a folder of its own.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::files::{leaves_book_alone, replace_by};
use crate::cli::portfolio::name;
use crate::cli::{Edge, Exit, Failure, Usage, check};
use crate::export::data::{DataFile, DataOptions, HEAD, README, data_set, is_own};
use crate::say;
use crate::source::system_says;

/// What `export data` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder to fill: a new one, an empty one, or an earlier data set, which is replaced
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// What the book is called in the column `book`; without it, its title as an id
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Put the codes of persons in, whose work was judged
    #[arg(long)]
    pub staff: bool,
}

/// Fills the folder.
///
/// # Errors
/// Wrong usage, no book, or a file that cannot be written.
pub(super) fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let (opened, records) = edge.open_with_records()?;
    check::fit(edge, &opened)?;
    let findings = records.findings();
    check::whole(edge, &opened, findings.iter(), Some(&args.folder.join(README)))?;
    is_free(&args.folder)?;
    let name = args.name.unwrap_or_else(|| name(&opened.loaded.book));
    let earlier = earlier(&args.folder);
    let mut made = BTreeSet::new();
    data_set(&opened, &records, DataOptions { book: &name, staff: args.staff }, |file| {
        made.insert(file.path.clone());
        write(&args.folder, file)
    })?;
    for stale in earlier.difference(&made) {
        remove(&args.folder, stale)?;
    }
    let folder = args.folder.display().to_string();
    writeln!(edge.out, "{folder}")?;
    edge.remark(say!(
        made.len();
        "1 file; {readme} tells what each column means",
        "{n} files; {readme} tells what each column means",
        readme = README
    ));
    Ok(Exit::Fine)
}

/// Refuses a folder that is something else.
fn is_free(folder: &Path) -> Result<(), Usage> {
    // What would be read as the book's own.
    leaves_book_alone(&folder.join("feedback.csv"))?;
    leaves_book_alone(folder)?;
    let is_ours = fs::read_to_string(folder.join(README)).is_ok_and(|text| text.starts_with(HEAD));
    let is_empty = fs::read_dir(folder).map_or(!folder.exists(), |mut entries| entries.next().is_none());
    if is_ours || is_empty {
        return Ok(());
    }
    let message = say!("`{folder}` holds something that is no data set", folder = folder.display());
    Err(Usage::new(message).help(say!("name a new folder, an empty one, or one that `export data` has filled before")))
}

/// The files of an earlier data set there.
fn earlier(folder: &Path) -> BTreeSet<String> {
    let names = |folder: &Path, before: &str| -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.filter_map(|entry| Some(format!("{before}{}", entry.file_name().to_str()?))).collect()
    };
    let units = folder.join("units");
    let parts = names(&units, "units/").into_iter().flat_map(|part| names(&folder.join(&part), &format!("{part}/")));
    names(folder, "").into_iter().chain(parts).filter(|path| is_own(path)).collect()
}

fn write(folder: &Path, file: &DataFile<'_>) -> Result<()> {
    let path = folder.join(&file.path);
    let wrong = |error: &std::io::Error| {
        Failure(say!("cannot write `{file}`: {reason}", file = path.display(), reason = system_says(error)))
    };
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|error| wrong(&error))?;
    }
    let written = replace_by(&path, |out| Ok(file.write(out)?));
    written.map_err(|error| match error.downcast_ref::<std::io::Error>() {
        Some(system) => wrong(system).into(),
        None => error,
    })
}

/// Removes what an earlier run made and this one did not, and the folder of a year in which nothing is left.
#[expect(clippy::disallowed_methods, reason = "only files of the names that a data set has, in a folder that is one")]
fn remove(folder: &Path, path: &str) -> Result<()> {
    let file = folder.join(path);
    fs::remove_file(&file).map_err(|error| {
        Failure(say!("cannot remove `{file}`: {reason}", file = file.display(), reason = system_says(&error)))
    })?;
    if let Some(parent) = file.parent().filter(|parent| *parent != folder) {
        // It stays where something else is in it.
        let _ = fs::remove_dir(parent);
    }
    Ok(())
}
