//! `import`: standards from files of a house as drafts, and edited sheets and translations back.

mod json;
mod told;
mod xliff;

use std::path::PathBuf;

use anyhow::Result;

use super::edits::{apply, refused};
use super::forms::bytes;
use super::usage::{Usage, unknown};
use super::{Edge, Exit};
use crate::book::{Book, load};
use crate::edit::intake::take_in;
use crate::edit::{EditError, diff};
use crate::import::drafts::{DraftPlan, Planner, Source, phase_names};
use crate::import::house::{HouseContext, Key, Mapped, read};
use crate::import::sheet::{BackError, back, is_sheet};
use crate::import::xliff::is_xliff;
use crate::import::{Refusal, Report};
use crate::message::Message;
use crate::project::Project;
use crate::say;
use crate::source::{Overlay, World};

pub(crate) use json::ImportOutput;

/// What `import` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "KEY is number, phase, step, text, type, level, status, role, trait, measure, what, share, critical, weight, \
    verify, why, how, say, avoid, sources or note; with a language where it is prose: text.pl.\n\n\
    --format json prints {standards: [{id, sequence, phase, from, proposed, text, type, level}], \
    not_read: [{file, place, value, why}], not_understood: [the same], changes: [{id, key, before, after}], \
    conflicts: [{file, id, key, place, exported, theirs, ours}], drafted: [{derived, id}], deleted: [ids], files: [paths], written}."
)]
pub(crate) struct Args {
    /// Workbooks (.xlsx), tables (.csv), documents (.docx, .md); or, back again, sheets that `show --format xlsx` wrote and
    /// translations (.xlf) that `export xliff` sent out
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Put the drafts into this sequence, instead of a new one for each file
    #[arg(long, value_name = "SEQUENCE")]
    pub into: Option<String>,
    /// What the column of that heading, or letter, holds
    #[arg(long, value_name = "COLUMN=KEY")]
    pub map: Vec<String>,
    /// Leave the column of that heading, or letter, out
    #[arg(long, value_name = "COLUMN")]
    pub ignore: Vec<String>,
    /// Take what is understood even where something else of a file is not, or conflicts; what is not is left out
    #[arg(long)]
    pub partial: bool,
    /// Print the difference instead of writing it
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// How to tell what was done
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// How it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// Takes the files in.
///
/// # Errors
/// Wrong usage, no book, a file that cannot be read, or one that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    if args.files.iter().any(|file| is_xliff(&file.to_string_lossy())) {
        return translations(&args, edge);
    }
    let mut files = Vec::new();
    for file in &args.files {
        let name =
            file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned());
        files.push((name, bytes(file)?));
    }
    let opened = edge.open_to_write(args.dry_run)?;
    let book = &opened.loaded.book;
    let mapped = mapped(&args, book)?;
    if let Some(into) = &args.into {
        sequence(book, into)?;
    }
    let mut report = Report::default();
    let mut edited = Overlay::new(&opened.world);
    let mut has_sheet = false;
    for (name, bytes) in files {
        has_sheet |= is_sheet(&bytes);
        let taken = take_file(&args, &name, &bytes, &mapped, &mut edited, &mut report);
        match taken {
            Ok(()) => {}
            Err(BackError::Edit(error)) => return refused(edge, &opened, error),
            Err(BackError::File(Refusal { message, help })) => {
                let message = say!("{file}: {message}", file = name, message);
                return Err(Usage { message, help }.into());
            }
        }
    }
    report.files =
        edited.changes().into_iter().filter(|change| change.before.as_ref() != Some(&change.after)).collect();
    finish(&args, edge, &opened, report, has_sheet)
}

/// Takes translations in, which come one file at a time.
fn translations(args: &Args, edge: &mut Edge) -> Result<Exit> {
    let [file] = args.files.as_slice() else {
        let wrong = Usage::new(say!("translations are taken in one file at a time"));
        return Err(wrong.help(say!("name this .xlf alone")).into());
    };
    if args.into.is_some() || !args.map.is_empty() || !args.ignore.is_empty() {
        let wrong = Usage::new(say!("--into, --map and --ignore are for files of a house, not for translations"));
        return Err(wrong.help(say!("leave them out")).into());
    }
    let taking =
        xliff::ImportMode { partial: args.partial, is_dry: args.dry_run, is_json: args.format == Format::Json };
    xliff::run(file, taking, edge)
}

/// Says what was done, and writes it.
fn finish(args: &Args, edge: &mut Edge, opened: &Project, report: Report, has_sheet: bool) -> Result<Exit> {
    let exit = if report.is_whole() { Exit::Fine } else { Exit::Findings };
    if args.format == Format::Json {
        if !args.dry_run && !report.files.is_empty() {
            edge.write(opened.world.root(), &report.files)?;
        }
        json::write(edge, &report, !args.dry_run)?;
        return Ok(exit);
    }
    told::left(edge, &report)?;
    if has_sheet && !args.dry_run {
        use std::io::Write;
        edge.out.write_all(diff(&report.files).as_bytes())?;
    }
    if !report.files.is_empty() {
        apply(edge, opened.world.root(), &report.files, args.dry_run)?;
    }
    told::done(edge, &report, args.dry_run);
    Ok(exit)
}

/// Takes one file in: what it changes is made on the copy.
fn take_file(
    args: &Args,
    name: &str,
    bytes: &[u8],
    mapped: &[Mapped],
    edited: &mut Overlay<&crate::source::Disk>,
    report: &mut Report,
) -> Result<(), BackError> {
    let loaded =
        load(&*edited).map_err(|error| EditError::NotKept { path: name.to_owned(), detail: error.message() })?;
    if is_sheet(bytes) {
        let back = back(name, bytes, &*edited, &loaded, args.partial)?;
        let is_held = !args.partial && (!back.conflicts.is_empty() || !back.not_understood.is_empty());
        edited.apply(&back.files);
        report.sheet(name, back, is_held);
        return Ok(());
    }
    let languages: Vec<String> = loaded.book.languages.iter().map(|language| language.tag().to_owned()).collect();
    let into =
        args.into.as_ref().and_then(|into| loaded.book.sequences.iter().position(|known| known.id.is_or_was(into)));
    let phases = into.map(|index| phase_names(&loaded.book.sequences[index])).unwrap_or_default();
    let found = read(name, bytes, HouseContext { languages: &languages, mapped, phases: &phases })?;
    let (not_read, not_understood) = (found.not_read.clone(), found.not_understood.clone());
    let remarks = found.remarks.clone();
    let is_held = !args.partial && !not_understood.is_empty();
    let is_free = |id: &str| edited.bytes(&format!("sequences/{id}.yaml")).is_err();
    let source = Source { name: name.to_owned(), found };
    let plan = Planner::new(&loaded.book).plan(vec![source], into, is_free);
    let changes = if is_held { Vec::new() } else { take_in(&*edited, &loaded, &plan.intakes)? };
    edited.apply(&changes);
    let plan = DraftPlan { intakes: Vec::new(), ..plan };
    report.house(name, plan, not_read, not_understood, remarks, is_held);
    Ok(())
}

/// The sequence of that id.
fn sequence(book: &Book, id: &str) -> Result<(), Usage> {
    if book.sequences.iter().any(|sequence| sequence.id.is_or_was(id)) {
        return Ok(());
    }
    let known = book.sequences.iter().map(|sequence| sequence.id.name.as_str());
    Err(unknown(say!("there is no sequence `{id}`", id), id, known))
}

/// What was said of columns.
fn mapped(args: &Args, book: &Book) -> Result<Vec<Mapped>, Usage> {
    let ignored = args.ignore.iter().map(|column| Ok(Mapped { column: column.clone(), key: None, language: None }));
    let mapped = args.map.iter().map(|map| {
        let wrong = |message: Message| Usage::new(message);
        let Some((column, key)) = map.rsplit_once('=') else {
            let message = say!("`--map {map}` names no key", map = &**map);
            return Err(wrong(message).help(say!("write the heading, an equals sign and the key: --map \"Opis=how\"")));
        };
        let (word, language) = match key.split_once('.') {
            Some((word, language)) => (word, Some(language)),
            None => (key, None),
        };
        let words = Key::ALL.iter().map(|(_, word)| *word);
        let key = Key::named(word).ok_or_else(|| unknown(say!("`{word}` is no key of --map", word), word, words))?;
        if let Some(language) = language.filter(|tag| !book.languages.iter().any(|known| known.tag() == *tag)) {
            let tags = book.languages.iter().map(|language| language.tag());
            return Err(unknown(say!("the book has no language `{language}`", language), language, tags));
        }
        Ok(Mapped { column: column.to_owned(), key: Some(key), language: language.map(str::to_owned) })
    });
    mapped.chain(ignored).collect()
}
