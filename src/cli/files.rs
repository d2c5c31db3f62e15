//! Writing results into files. An author's files are replaced by `edit` alone; here is what can be made again.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use anyhow::Result;

use super::Edge;
use super::out::OutputKind;
use super::usage::{Failure, Usage};
use crate::book::MANIFEST;
use crate::edit::{TemporaryOf, sweep, temporary};
use crate::message::Message;
use crate::project::{SOURCES, find, is_source};
use crate::render::with_decimal_comma;
use crate::say;
use crate::source::{FileId, system_says, unportable, yaml};

/// Hands a result over: into the file that the user named, else to standard output.
///
/// # Errors
/// When it cannot be written.
pub(super) fn deliver(edge: &mut Edge, file: Option<&Path>, content: OutputKind, bytes: &[u8]) -> Result<()> {
    let table =
        if content == OutputKind::Csv && edge.globals.semicolons { Some(with_semicolons(bytes)?) } else { None };
    let bytes = table.as_deref().unwrap_or(bytes);
    match file {
        Some(file) => overwrite(file, bytes),
        None => Ok(edge.out.of(content)?.write_all(bytes)?),
    }
}

/// The same for JSON.
pub(super) fn deliver_json(edge: &mut Edge, file: Option<&Path>, value: &impl serde::Serialize) -> Result<()> {
    deliver(edge, file, OutputKind::Json, &json(value)?)
}

/// A value as JSON that ends with a line break.
pub(super) fn json(value: &impl serde::Serialize) -> Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The same table as spreadsheets open it that take a comma for a decimal mark. Programs go on with commas and points, which
/// is what is written unless it is asked for otherwise.
fn with_semicolons(table: &[u8]) -> Result<Vec<u8>> {
    let table = table.strip_prefix("\u{feff}".as_bytes()).unwrap_or(table);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(table);
    let mut form = csv::WriterBuilder::new();
    let mut writer = form
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer("\u{feff}".as_bytes().to_vec());
    for row in reader.records() {
        writer.write_record(row?.iter().map(with_decimal_comma))?;
    }
    Ok(writer.into_inner().map_err(|error| error.into_error())?)
}

/// Writes a result into a file that the user named: in one step, so that nobody reads half of it. What is no ordinary file,
/// such as a pipe, is written to; what a book is made of is not.
///
/// # Errors
/// When it cannot be written, or is part of a book.
pub(crate) fn overwrite(file: &Path, bytes: &[u8]) -> Result<()> {
    let wrong = |reason: Message| Failure(say!("cannot write `{file}`: {reason}", file = file.display(), reason));
    let system = |error: std::io::Error| wrong(system_says(&error));
    leaves_book_alone(file)?;
    match fs::metadata(file) {
        Ok(known) if known.is_dir() => Err(wrong(say!("it is a folder")).into()),
        Ok(known) if known.is_file() => Ok(replace(&file.canonicalize().map_err(system)?, bytes).map_err(system)?),
        Ok(_) => {
            let open = fs::OpenOptions::new().write(true).open(file);
            Ok(open.and_then(|mut open| open.write_all(bytes)).map_err(system)?)
        }
        Err(_) => Ok(replace(file, bytes).map_err(system)?),
    }
}

/// Refuses a file that some book is made of, or would be, and a new one whose name not every system can have.
///
/// # Errors
/// [`Usage`], for such a file.
pub(super) fn leaves_book_alone(file: &Path) -> Result<(), Usage> {
    if is_of_book(file) {
        let message = say!("`{file}` is part of a book, and a document does not take its place", file = file.display());
        return Err(Usage::new(message).help(say!("name another file, outside the book's folders or in `out/`")));
    }
    let name = file.file_name().filter(|_| fs::symlink_metadata(file).is_err()).map(|name| name.to_string_lossy());
    if let Some(reason) = name.and_then(|name| unportable(&name)) {
        return Err(Usage::new(say!("cannot write `{file}`: {reason}", file = file.display(), reason)));
    }
    Ok(())
}

/// Whether a file is one that some book is made of, or would be once it is there.
fn is_of_book(file: &Path) -> bool {
    // Where it really lies, links followed.
    let beside = || {
        let folder = file.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        Some(folder.canonicalize().ok()?.join(file.file_name()?))
    };
    let Some(path) = file.canonicalize().ok().or_else(beside) else { return false };
    let Ok(root) = find(&path) else { return false };
    let is_its_own = |inside: &Path| is_source(inside) && (path.exists() || !may_be_made(inside));
    path.strip_prefix(&root).is_ok_and(is_its_own) || is_linked(&root, &path)
}

/// Links nested deeper than this below a book are not followed.
const MAX_DEPTH: usize = 8;

/// Whether a file is one that the book in `root` is made of by another name: one that a link of the book leads to or into, or
/// its logo. `path` has no links in it.
fn is_linked(root: &Path, path: &Path) -> bool {
    let logo = fs::read_to_string(root.join(MANIFEST)).ok().and_then(|text| {
        let tree = yaml::parse(FileId::default(), &text).ok()?;
        let logo = tree.get("brand").and_then(|brand| brand.get("logo"))?.text()?;
        // Where it belongs, also while it is not there yet.
        let full = root.join(logo);
        full.canonicalize().ok().or_else(|| Some(full.parent()?.canonicalize().ok()?.join(full.file_name()?)))
    });
    let mut sources = SOURCES.iter().filter(|name| !name.starts_with('.')).map(|name| root.join(name));
    logo.is_some_and(|logo| logo == path) || sources.any(|source| leads(&source, path, MAX_DEPTH))
}

/// Whether a file or folder is a link to `path` or to a folder around it, or has one in it.
fn leads(source: &Path, path: &Path, depth: usize) -> bool {
    let Ok(known) = source.symlink_metadata() else { return false };
    if known.is_symlink() {
        return source.canonicalize().is_ok_and(|full| path.starts_with(full));
    }
    if !known.is_dir() || depth == 0 {
        return false;
    }
    let mut entries = fs::read_dir(source).into_iter().flatten().flatten();
    entries.any(|entry| leads(&entry.path(), path, depth - 1))
}

/// Whether a new file may be made in a folder of the book: beside its pictures, where it is none of those that the program
/// cannot draw. None that is there is replaced.
fn may_be_made(inside: &Path) -> bool {
    const NEVER_DRAWN: [&str; 5] = ["png", "jpg", "jpeg", "gif", "webp"];
    let ending = inside.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    inside.starts_with("images") && !NEVER_DRAWN.contains(&ending.as_str())
}

/// Replaces a file in one step. Not synced: what is written here can be made again at any time.
///
/// # Errors
/// What the system says.
pub(super) fn replace(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut temporary = beside(file)?;
    temporary.write_all(bytes)?;
    settle(temporary, file)
}

/// Replaces a file in one step by what `fill` writes, without holding it in memory. One that is so already is not
/// touched, so that what watches the folder sees changes only.
///
/// # Errors
/// What the system says, and whatever `fill` does.
pub(super) fn replace_by(file: &Path, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let mut temporary = beside(file)?;
    fill(&mut temporary)?;
    temporary.flush()?;
    if is_same(temporary.path(), file).unwrap_or(false) {
        return Ok(());
    }
    Ok(settle(temporary, file)?)
}

/// A temporary file beside `file`. What an earlier run left there is removed.
fn beside(file: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let temporary = temporary(TemporaryOf::Result, file, true)?;
    if let (Some(folder), Ok(now)) = (temporary.path().parent(), temporary.as_file().metadata()) {
        sweep(folder, &now);
    }
    Ok(temporary)
}

/// Puts the temporary file in the place of `file`, with its permissions.
fn settle(temporary: tempfile::NamedTempFile, file: &Path) -> std::io::Result<()> {
    if let Ok(known) = fs::metadata(file) {
        if known.permissions().readonly() {
            return Err(std::io::ErrorKind::PermissionDenied.into());
        }
        fs::set_permissions(temporary.path(), known.permissions())?;
    }
    temporary.persist(file).map_err(|error| error.error)?;
    Ok(())
}

/// Whether two files hold the same bytes.
fn is_same(first: &Path, second: &Path) -> std::io::Result<bool> {
    let (mut first_file, mut second_file) = (fs::File::open(first)?, fs::File::open(second)?);
    let mut left = first_file.metadata()?.len();
    if left != second_file.metadata()?.len() {
        return Ok(false);
    }
    let (mut a, mut b) = ([0; 16 * 1024], [0; 16 * 1024]);
    while left > 0 {
        let part = usize::try_from(left).unwrap_or(usize::MAX).min(a.len());
        first_file.read_exact(&mut a[..part])?;
        second_file.read_exact(&mut b[..part])?;
        if a[..part] != b[..part] {
            return Ok(false);
        }
        left -= part as u64;
    }
    Ok(true)
}
