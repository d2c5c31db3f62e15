//! What a file is made of, in a few digits: content, templates, paper, format and the program. Files of the same fingerprint
//! are the same to the byte, so what has it already need not be made again.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, Write};

use sha2::{Digest, Sha256};

use super::{Format, Paper};
use crate::document::Document;
use crate::library;
use crate::text::hex;

/// How many bytes of a document's content are summed up at a time.
const PIECE: usize = 64 * 1024;

/// Fingerprints of one run's files.
#[derive(Debug)]
pub struct Fingerprints(Sha256);

/// The content of a document, whatever it is laid out as.
#[derive(Debug)]
pub struct DocumentContent {
    sum: Sha256,
    letters: BTreeSet<char>,
}

impl DocumentContent {
    /// Whether one of its characters beyond those of English is such.
    pub fn holds(&self, is_such: fn(char) -> bool) -> bool {
        self.letters.iter().any(|letter| is_such(*letter))
    }
}

/// Takes its content as JSON, which is written in whole characters; a document of a large book is never in memory as one text.
impl Write for DocumentContent {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sum.update(bytes);
        let text = str::from_utf8(bytes).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
        let mut last = None;
        for letter in text.chars().filter(|letter| !letter.is_ascii()) {
            if last.replace(letter) != Some(letter) {
                self.letters.insert(letter);
            }
        }
        // A control character stands there by its number.
        self.letters.extend(text.contains("\\u").then_some('\u{1}'));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Fingerprints {
    /// Of documents that are laid out with these templates of a book's own on that paper, by this program: its version and
    /// its templates, since a program that is being worked on has one version for many states.
    pub fn new(overrides: &BTreeMap<String, String>, paper: Paper) -> Self {
        let mut common = Sha256::new();
        part(&mut common, env!("CARGO_PKG_VERSION"));
        part(&mut common, paper.word());
        for path in library::templates() {
            part(&mut common, path);
            part(&mut common, library::template(path).unwrap_or_default());
        }
        for (path, text) in overrides {
            part(&mut common, path);
            part(&mut common, text);
        }
        Fingerprints(common)
    }

    /// The content of a document: all that its view holds. None where that cannot be told.
    pub fn content(&self, document: &dyn Document) -> Option<DocumentContent> {
        let content = DocumentContent { sum: self.0.clone(), letters: BTreeSet::new() };
        let mut content = BufWriter::with_capacity(PIECE, content);
        serde_json::to_writer(&mut content, document).ok()?;
        content.into_inner().ok()
    }

    /// The fingerprint of the file with that content in that format: 32 hexadecimal digits.
    pub fn of(&self, content: &DocumentContent, format: &Format) -> String {
        let mut all = content.sum.clone();
        part(&mut all, format.name);
        digits(all)
    }
}

/// Passes on what is written, and sums it up.
pub struct Summed<'a> {
    out: &'a mut dyn Write,
    sum: Sha256,
}

impl std::fmt::Debug for Summed<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Summed").finish_non_exhaustive()
    }
}

impl<'a> Summed<'a> {
    /// Passes on to `out`.
    pub fn new(out: &'a mut dyn Write) -> Self {
        Summed { out, sum: Sha256::new() }
    }

    /// The sum of the bytes that went through: 32 hexadecimal digits.
    pub fn sum(self) -> String {
        digits(self.sum)
    }
}

impl Write for Summed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.sum.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The sum of these bytes, as [`Summed::sum`] gives it.
pub fn sum(bytes: &[u8]) -> String {
    digits(Sha256::new().chain_update(bytes))
}

/// Adds a text with its length, so that no two lists of texts are the same bytes.
fn part(sum: &mut Sha256, text: &str) {
    sum.update(text.len().to_le_bytes());
    sum.update(text);
}

/// Half of the digits, which is enough: nobody gains by two files of one fingerprint in their own folder.
fn digits(sum: Sha256) -> String {
    hex(&sum.finalize()[..16])
}
