//! A set's file → the set, line by line, without a tree: a book of ten thousand standards is read in milliseconds.

use serde::de::DeserializeOwned;

use super::Set;
use super::hash::VERSION;
use crate::message::Message;
use crate::say;

/// Why a file is not a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The line, from 0.
    pub line: usize,
    /// What is wrong with it.
    pub message: Message,
}

/// What the head of a file says of the set.
#[derive(Default)]
struct Head {
    edition: Option<String>,
    part: Option<String>,
    version: Option<u32>,
}

impl Set {
    /// Reads the text of a set's file.
    ///
    /// # Errors
    /// The first line that is not as the program writes it, or a hash that is not that of what the file holds.
    pub fn read(text: &str) -> Result<Set, Unreadable> {
        let mut set = Set::default();
        let mut head = Head::default();
        let mut section = "";
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (number, line) in text.lines().enumerate() {
            let not_kept = || Unreadable { line: number, message: say!("this line is not as the program writes it") };
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(row) = line.strip_prefix("  - ") {
                set.row(section, row).ok_or_else(not_kept)?;
            } else if let Some((name, "")) = line.split_once(':').map(|(name, value)| (name, value.trim())) {
                section = name;
            } else {
                set.head(&mut head, line).ok_or_else(not_kept)?;
            }
        }
        set.sealed(head)
    }

    fn row(&mut self, section: &str, row: &str) -> Option<()> {
        fn add<T: DeserializeOwned>(rows: &mut Vec<T>, row: &str) -> Option<()> {
            rows.push(serde_json::from_str(row).ok()?);
            Some(())
        }
        match section {
            "areas" => add(&mut self.areas, row),
            "sequences" => add(&mut self.sequences, row),
            "phases" => add(&mut self.phases, row),
            "traits" => add(&mut self.traits, row),
            "roles" => add(&mut self.roles, row),
            "sites" => add(&mut self.sites, row),
            "standards" => add(&mut self.standards, row),
            _ => None,
        }
    }

    fn head(&mut self, head: &mut Head, line: &str) -> Option<()> {
        let (key, value) = line.split_once(':')?;
        let value = value.trim();
        match key {
            "edition" => head.edition = Some(serde_json::from_str(value).ok()?),
            "part" => head.part = Some(serde_json::from_str(value).ok()?),
            "version" => head.version = Some(value.parse().ok()?),
            "language" => self.language = serde_json::from_str(value).ok()?,
            "levels" => self.levels = serde_json::from_str(value).ok()?,
            _ => return None,
        }
        Some(())
    }

    /// Holds what the file says of itself against what it holds.
    fn sealed(mut self, head: Head) -> Result<Set, Unreadable> {
        let wrong = |message: Message| Err(Unreadable { line: 0, message });
        let is_hash = |hash: &String| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        let Some(edition) = head.edition.filter(is_hash) else {
            return wrong(say!("its hash is missing"));
        };
        match head.version {
            Some(VERSION) => {}
            _ => return wrong(say!("it is of a version that this program does not know: use a newer one")),
        }
        let hash = self.hash();
        if head.part.as_ref().unwrap_or(&edition) != &hash {
            return wrong(say!("what it holds is not what it was written with"));
        }
        self.of = head.part.map(|_| edition);
        Ok(self)
    }
}
