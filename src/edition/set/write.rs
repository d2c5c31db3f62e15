//! A set as text: the same set gives the same bytes on any machine.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

use super::Set;
use super::hash::VERSION;

/// A row as one line of JSON with a space behind each comma and colon, which every reader of YAML takes.
struct OneLine;

impl Formatter for OneLine {
    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }
}

/// Adds a heading and its rows; nothing where there are none.
fn section<T: Serialize>(out: &mut Vec<u8>, name: &str, rows: &[T]) {
    if rows.is_empty() {
        return;
    }
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b":\n");
    for row in rows {
        out.extend_from_slice(b"  - ");
        // Writing into memory does not fail, and the rows hold nothing that JSON has not.
        let _ = row.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, OneLine));
        out.push(b'\n');
    }
}

impl Set {
    /// It as JSON, for other programs.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "edition": self.full_name(),
            "version": VERSION,
            "partial": self.is_partial(),
            "language": self.language,
            "levels": self.levels,
            "areas": self.areas,
            "sequences": self.sequences,
            "phases": self.phases,
            "traits": self.traits,
            "roles": self.roles,
            "sites": self.sites,
            "standards": self.standards,
        })
    }

    /// It as the text of its file.
    pub fn text(&self) -> String {
        let mut out = Vec::new();
        out.extend_from_slice(
            b"# The standards in force as they stood. Written by gamma-ok; records are judged by it, so it is never changed.\n",
        );
        let head = match &self.of {
            None => format!("edition: \"{}\"\n", self.hash()),
            Some(whole) => format!("edition: \"{whole}\"\npart: \"{}\"\n", self.hash()),
        };
        out.extend_from_slice(head.as_bytes());
        let [basic, expected, exclusive] = self.levels;
        let language = serde_json::Value::from(self.language.as_str());
        let rest =
            format!("version: {VERSION}\nlanguage: {language}\nlevels: [{basic:?}, {expected:?}, {exclusive:?}]\n");
        out.extend_from_slice(rest.as_bytes());
        section(&mut out, "areas", &self.areas);
        section(&mut out, "sequences", &self.sequences);
        section(&mut out, "phases", &self.phases);
        section(&mut out, "traits", &self.traits);
        section(&mut out, "roles", &self.roles);
        section(&mut out, "sites", &self.sites);
        section(&mut out, "standards", &self.standards);
        String::from_utf8_lossy(&out).into_owned()
    }
}
