//! Whether a folder holds what a revision does. The files are compared here and not by git, which would have them changed by
//! whatever programs the repository names before it compares.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::git::entry;
use super::{EntryKind, History, HistoryFault, RevisionFile};
use crate::source::MAX_FILE_BYTES;
use crate::text::hex;

/// What git lists.
pub(super) struct Lists<'a> {
    /// The files of the revision, by `ls-tree`.
    pub known: &'a [u8],
    /// Those that git would commit now or does not know, by `ls-files -t`.
    pub present: &'a [u8],
}

/// Whether the folder `root` holds something else than what is known, outside the folder `except`.
pub(super) fn is_changed(
    history: &dyn History,
    root: &Path,
    lists: Lists<'_>,
    except: &str,
) -> Result<bool, HistoryFault> {
    let is_meant = |path: &str| path.split('/').next() != Some(except);
    let lines = || lists.known.split(|byte| *byte == 0).filter_map(|line| std::str::from_utf8(line).ok());
    // Other repositories inside this one are no files of it.
    let links: BTreeSet<&str> = lines().filter(|line| line.starts_with("160000 ")).filter_map(path).collect();
    let entries = lines().filter_map(|line| entry(line.as_bytes())).filter(|entry| is_meant(&entry.path));
    let mut known: BTreeMap<String, RevisionFile> = entries.map(|entry| (entry.path.clone(), entry)).collect();
    for line in lists.present.split(|byte| *byte == 0).filter_map(|line| std::str::from_utf8(line).ok()) {
        let Some((tag, path)) = line.split_once(' ').filter(|(_, path)| is_meant(path)) else { continue };
        // Left out of the folder on purpose.
        if tag == "S" && root.join(path).symlink_metadata().is_err() {
            known.remove(path);
            continue;
        }
        let is_new = !known.contains_key(path) && !links.contains(path.trim_end_matches('/'));
        if is_new && root.join(path).symlink_metadata().is_ok() {
            return Ok(true);
        }
    }
    for entry in known.values() {
        if differs(history, &root.join(&entry.path), entry)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The path in a line of `ls-tree`.
fn path(line: &str) -> Option<&str> {
    line.split_once('\t').map(|(_, path)| path)
}

/// Whether a file is another than that of the revision.
fn differs(history: &dyn History, path: &Path, entry: &RevisionFile) -> Result<bool, HistoryFault> {
    let Ok(known) = path.symlink_metadata() else { return Ok(true) };
    if known.is_symlink() {
        let target = fs::read_link(path).unwrap_or_default();
        let target = target.to_string_lossy();
        return Ok(entry.kind != EntryKind::Link || id_of(target.as_bytes(), entry) != entry.content);
    }
    // A system without links has a file in the place of each, which holds where it leads.
    if !known.is_file() {
        return Ok(true);
    }
    let is_same = File::open(path).and_then(|file| id(file, known.len(), entry)).is_ok_and(|id| id == entry.content);
    if is_same {
        return Ok(false);
    }
    if known.len() <= MAX_FILE_BYTES
        && let Ok(bytes) = fs::read(path)
        && !bytes.contains(&0)
    {
        let unix = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        if unix.len() != bytes.len() && id_of(unix.as_bytes(), entry) == entry.content {
            return Ok(false);
        }
    }
    is_other_than_pointed_to(history, path, entry)
}

/// What a line of a file that git keeps elsewhere begins with, before its SHA-256.
const POINTER: &str = "oid sha256:";

/// Whether a file is another than one that the revision keeps elsewhere, as git-lfs does with large pictures: there the
/// revision has a few lines that name it.
fn is_other_than_pointed_to(history: &dyn History, path: &Path, entry: &RevisionFile) -> Result<bool, HistoryFault> {
    if entry.size > 1024 {
        return Ok(true);
    }
    let pointer = String::from_utf8(history.content(&entry.content)?).unwrap_or_default();
    let Some(oid) = pointer.lines().find_map(|line| line.strip_prefix(POINTER)) else { return Ok(true) };
    Ok(!File::open(path).and_then(|file| digest(Sha256::new(), file)).is_ok_and(|actual| actual == oid))
}

/// The id that git gives to the content of a file, in the kind of id that the entry has.
fn id(file: impl Read, length: u64, entry: &RevisionFile) -> std::io::Result<String> {
    let head = format!("blob {length}\0");
    match entry.content.len() {
        40 => digest(Sha1::new_with_prefix(head), file),
        _ => digest(Sha256::new_with_prefix(head), file),
    }
}

fn id_of(bytes: &[u8], entry: &RevisionFile) -> String {
    id(bytes, bytes.len() as u64, entry).unwrap_or_default()
}

fn digest(mut hash: impl Digest, mut file: impl Read) -> std::io::Result<String> {
    let mut chunk = [0; 16 * 1024];
    loop {
        match file.read(&mut chunk)? {
            0 => return Ok(hex(&hash.finalize())),
            read => hash.update(&chunk[..read]),
        }
    }
}
