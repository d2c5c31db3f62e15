//! `init`: a book that checks clean and builds at once.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::edits::{apply, usage};
use super::{Edge, Exit, Failure, Usage};
use crate::book::MANIFEST;
use crate::edit::init::{Request, in_the_way, init};
use crate::say;
use crate::source::{system_says, unportable};

/// How many files a refusal lists.
const MAX_LISTED: usize = 5;

/// What `init` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
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
    /// The country whose law and customs hold, by its two letters, such as `PL`
    #[arg(long, value_name = "CODE")]
    pub country: Option<String>,
    /// The book's title, instead of the sector's
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Print the files instead of writing them
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Writes a new book and lists its files.
///
/// # Errors
/// An unknown sector or language, a folder that has a book or other files in the way, or a file that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    // `--book DIR` names a book that exists everywhere else; here it can only mean the new one.
    let folder = args.folder.or_else(|| edge.globals.book.clone()).unwrap_or_else(|| PathBuf::from("."));
    let request = Request { sector: args.sector, languages: args.lang, country: args.country, title: args.title };
    let mut start = init(&request).map_err(|error| usage(&error))?;
    if folder.join(MANIFEST).symlink_metadata().is_ok() {
        let message =
            say!("`{folder}` is a book already: it has a {manifest}", folder = folder.display(), manifest = MANIFEST);
        return Err(Usage::new(message).help(say!("name another folder")).into());
    }
    if folder.exists() && !folder.is_dir() {
        return Err(Usage::new(say!("`{folder}` is not a folder", folder = folder.display()))
            .help(say!("name another"))
            .into());
    }
    let new = folder.ancestors().take_while(|folder| !folder.exists()).filter_map(Path::file_name);
    if let Some(reason) = new.filter_map(|name| unportable(&name.to_string_lossy())).next() {
        let message = say!("`{folder}` cannot be the folder of a book: {reason}", folder = folder.display(), reason);
        return Err(Usage::new(message).help(say!("name another")).into());
    }
    let is_ignored = |text: String| text.lines().any(|line| line.trim().trim_matches('/') == "out");
    let lacks_out = std::fs::read_to_string(folder.join(".gitignore")).is_ok_and(|text| !is_ignored(text));
    let taken = in_the_way(&folder, &mut start);
    let files = start.changes.len();
    if !taken.is_empty() {
        let more = taken.len().saturating_sub(MAX_LISTED);
        let listed = taken.into_iter().take(MAX_LISTED).collect::<Vec<_>>().join(", ");
        let listed = if more > 0 { say!("{listed} and {more} more", listed, more) } else { say!("{listed}", listed) };
        let message = say!("files of `{folder}` are in the way: {listed}", folder = folder.display(), listed);
        return Err(Usage::new(message).help(say!("name another folder, or move them away")).into());
    }
    if !args.dry_run {
        let wrong = |error| {
            let reason = system_says(&error);
            Failure(say!("cannot make the folder `{folder}`: {reason}", folder = folder.display(), reason))
        };
        std::fs::create_dir_all(&folder).map_err(wrong)?;
    }
    apply(edge, &folder, &start.changes, args.dry_run)?;
    for language in &start.foreign {
        edge.remark(say!(
            "the library has no texts in `{language}`: they are in English here, to be written over",
            language
        ));
    }
    // Who reads Polish, by `--lang` before the command or by the locale, and gets an English book is told how to get another.
    let of_locale = || (request.languages == ["en"]).then(|| edge.tongue.people.tag());
    let spoken = edge.tongue.early.as_deref().or_else(of_locale);
    if let Some(tag) = spoken.filter(|tag| request.languages.iter().all(|language| language != tag)) {
        edge.remark(say!(
            "the book is in `{languages}`; for one in `{tag}`, put `--lang {tag}` after `init`",
            languages = request.languages.join(", "),
            tag
        ));
    }
    if lacks_out {
        edge.remark(say!(
            "the `.gitignore` that was there stays as it is: add the line `/out/`, so that git leaves the documents out"
        ));
    }
    edge.remark(match args.dry_run {
        true => say!(files; "1 file would be written", "{n} files would be written"),
        false => say!(
            files;
            "a book of 1 file; go on with `gamma-ok check` and `gamma-ok build`",
            "a book of {n} files; go on with `gamma-ok check` and `gamma-ok build`"
        ),
    });
    edge.remark(say!(
        "which area to improve first is chosen from what customers say: put that into `feedback/` as CSV, then run `gamma-ok feedback`"
    ));
    Ok(Exit::Fine)
}
