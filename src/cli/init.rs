//! `init`: a book that checks clean and builds at once.

use std::path::PathBuf;

use anyhow::{Result, anyhow};

use super::edits::{apply, counted, usage};
use super::out::said;
use super::{Edge, Exit, Usage};
use crate::book::MANIFEST;
use crate::edit::init::{Request, in_the_way, init};

/// How many files a refusal lists.
const MAX_LISTED: usize = 5;

/// What `init` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder of the new book, made if need be; without it, the working folder
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Copy the standards, traits, roles and words of this sector of the built-in library, such as `hotel`; without it the
    /// book is a small one, to be filled
    #[arg(long, value_name = "NAME")]
    pub sector: Option<String>,
    /// Languages of the book, the source language first, such as `pl,en`
    #[arg(long, value_name = "TAGS", value_delimiter = ',', default_value = "en")]
    pub lang: Vec<String>,
    /// The book's title, instead of the sector's
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Print the files instead of writing them
    #[arg(long)]
    pub dry_run: bool,
}

/// Writes a new book and lists its files.
///
/// # Errors
/// An unknown sector or language, a folder that has a book or other files in the way, or a file that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    // `--book DIR` names a book that exists everywhere else; here it can only mean the new one.
    let folder = args.folder.or_else(|| edge.globals.book.clone()).unwrap_or_else(|| PathBuf::from("."));
    let request = Request { sector: args.sector, languages: args.lang, title: args.title };
    let start = init(&request).map_err(|error| usage(&error))?;
    if folder.join(MANIFEST).symlink_metadata().is_ok() {
        let message = format!("`{}` is a book already: it has a {MANIFEST}", folder.display());
        return Err(Usage::new(message).help("name another folder").into());
    }
    if folder.exists() && !folder.is_dir() {
        return Err(Usage::new(format!("`{}` is not a folder", folder.display())).help("name another").into());
    }
    let taken = in_the_way(&folder, &start);
    if !taken.is_empty() {
        let more = taken.len().saturating_sub(MAX_LISTED);
        let mut listed = taken.into_iter().take(MAX_LISTED).collect::<Vec<_>>().join(", ");
        if more > 0 {
            listed.push_str(&format!(" and {more} more"));
        }
        let message = format!("files of `{}` are in the way: {listed}", folder.display());
        return Err(Usage::new(message).help("name another folder, or move them away").into());
    }
    if !args.dry_run {
        let wrong = |error| anyhow!("cannot make the folder `{}`: {}", folder.display(), said(&error));
        std::fs::create_dir_all(&folder).map_err(wrong)?;
    }
    apply(edge, &folder, &start.changes, args.dry_run)?;
    for language in &start.foreign {
        edge.remark(format!("the library has no texts in `{language}`: they are in English here, to be written over"));
    }
    let files = counted(start.changes.len(), "file");
    edge.remark(match args.dry_run {
        true => format!("{files} would be written"),
        false => format!("a book of {files}; go on with `gamma-ok check` and `gamma-ok build`"),
    });
    Ok(Exit::Fine)
}
