//! An archive of a server: a table of submissions with the photographs that it names, or the photographs alone.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::forms::{FormPlace, Refused};
use crate::say;

/// So many bytes may the tables of an archive unpack to.
const MAX_TABLES: u64 = 64 * 1024 * 1024;

/// So many bytes may a photograph have.
const MAX_PHOTO: u64 = 32 * 1024 * 1024;

/// So many files may an archive hold.
const MAX_FILES: usize = 50_000;

/// The endings of tables, and of photographs.
const TABLES: [&str; 3] = ["csv", "tsv", "xlsx"];
const PHOTOS: [&str; 3] = ["jpg", "jpeg", "png"];

/// An archive.
#[derive(Debug)]
pub(crate) struct Archive {
    zip: ZipArchive<Cursor<Vec<u8>>>,
    /// Its tables by their names.
    pub tables: Vec<(String, Vec<u8>)>,
    /// The name of a file without its folders → where it stands in the archive.
    files: BTreeMap<String, Vec<String>>,
    /// What is in it and is not read.
    pub refused: Vec<Refused>,
}

/// Opens an archive; none where the bytes are something else, such as a workbook, which is an archive too.
///
/// # Errors
/// Why it cannot be read as a whole.
pub(crate) fn open(name: &str, bytes: &[u8]) -> Option<Result<Archive, Refused>> {
    let is_called_so = name.to_lowercase().ends_with(".zip");
    if !bytes.starts_with(b"PK") && !is_called_so {
        return None;
    }
    let Ok(zip) = ZipArchive::new(Cursor::new(bytes.to_vec())) else {
        let wrong = say!("the file is broken: it ends too early, or was damaged on its way");
        let broken = Refused::new(FormPlace::Whole, wrong).help(say!("copy or download it again"));
        return is_called_so.then_some(Err(broken));
    };
    let is_document = |name: &str| matches!(name, "[Content_Types].xml" | "mimetype");
    if zip.file_names().flatten().any(|name| is_document(&name)) {
        return None;
    }
    Some(read(zip))
}

fn read(mut zip: ZipArchive<Cursor<Vec<u8>>>) -> Result<Archive, Refused> {
    if zip.len() > MAX_FILES {
        return Err(too_much());
    }
    let mut names: Vec<String> = zip.file_names().flatten().map(|name| name.into_owned()).collect();
    names.sort_unstable();
    let (mut tables, mut refused) = (Vec::new(), Vec::new());
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut left = MAX_TABLES;
    for path in names.into_iter().filter(|name| !is_beside(name)) {
        let name = base(&path);
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
        // What somebody attached to an answer is looked for when the answer names it.
        let is_attached = path.split('/').any(|folder| matches!(folder, "media" | "attachments"));
        if PHOTOS.contains(&ending.as_str()) || is_attached {
            files.entry(name.to_owned()).or_default().push(path);
        } else if TABLES.contains(&ending.as_str()) {
            let bytes = file(&mut zip, &path, left).ok_or_else(broken)?;
            left = left.checked_sub(bytes.len() as u64).ok_or_else(too_much)?;
            tables.push((path, bytes));
        } else {
            let wrong =
                say!("this file of the archive is neither a table of submissions nor a photograph, and is not read");
            let help = say!("take it out of the archive, and give it by itself where it is to be read");
            refused.push(Refused::new(FormPlace::Path(path), wrong).help(help));
        }
    }
    if tables.is_empty() && files.is_empty() {
        let wrong = say!("there is neither a table of submissions nor a photograph in this archive");
        return Err(Refused::new(FormPlace::Whole, wrong).help(say!("give it as the server made it")));
    }
    Ok(Archive { zip, tables, files, refused })
}

impl Archive {
    /// Whether it holds photographs and nothing else.
    pub(crate) fn is_album(&self) -> bool {
        self.tables.is_empty()
    }

    /// A photograph of a round by its name: where several have it, the one in the round's folder.
    pub(crate) fn photograph(&mut self, round: &str, name: &str) -> Option<Vec<u8>> {
        let paths = self.files.get(name)?;
        let of_round = paths.iter().find(|path| !round.is_empty() && path.split('/').any(|folder| folder == round));
        let path = match paths.as_slice() {
            [only] => only,
            _ => of_round?,
        };
        let path = path.clone();
        file(&mut self.zip, &path, MAX_PHOTO)
    }
}

/// What systems put into archives beside what was meant, and folders.
fn is_beside(path: &str) -> bool {
    path.ends_with('/') || path.starts_with("__MACOSX/") || base(path).starts_with('.') || base(path) == "Thumbs.db"
}

fn base(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The bytes of a file of the archive; none where it is broken, encrypted or longer. What the directory says of its length may
/// be a lie.
fn file(zip: &mut ZipArchive<Cursor<Vec<u8>>>, path: &str, most: u64) -> Option<Vec<u8>> {
    let part = zip.by_name(path).ok()?;
    let mut bytes = Vec::new();
    part.take(most + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= most).then_some(bytes)
}

fn broken() -> Refused {
    let wrong = say!("a table of this archive cannot be unpacked: it is broken, encrypted or too large");
    Refused::new(FormPlace::Whole, wrong).help(say!("unpack the archive, and give the table that is in it"))
}

fn too_much() -> Refused {
    let wrong = say!("this archive holds more than the program reads");
    Refused::new(FormPlace::Whole, wrong).help(say!("unpack the archive, and give the table that is in it"))
}
