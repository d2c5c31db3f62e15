//! A report: findings with what it takes to write them down, and the forms in which that can be done.

mod github;
mod human;
mod json;
mod junit;
mod sarif;

use std::io::{self, Write};

use crate::diag::Diagnostic;
use crate::language::Interface;
use crate::message::Message;
use crate::source::{FileId, Position, Sources, Span};

pub(crate) use json::CheckOutput;

/// What a form is made of.
pub struct Report<'a> {
    /// The findings, by file and place.
    pub findings: &'a [Diagnostic],
    /// The files.
    pub sources: &'a Sources,
    /// What goes before the path of an author's file so that it can be opened from the working folder: empty, or a path
    /// that ends in `/`. The JSON form leaves it out.
    pub prefix: &'a str,
    /// The same from the root of the repository, for what a code host shows beside the lines.
    pub root: &'a str,
    /// How many standards were checked.
    pub standards: usize,
    /// Whether a finding decides the exit status.
    pub decides: &'a dyn Fn(&Diagnostic) -> bool,
    /// The language to say it in.
    pub interface: &'static Interface,
    /// How to write for people.
    pub style: Style,
}

/// How to write for people.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// With colour.
    pub colour: bool,
    /// So many columns wide.
    pub width: usize,
    /// With the count at the end.
    pub count: bool,
}

/// A form of a report.
#[derive(Debug)]
pub struct ReportFormat {
    /// The name in `--format`.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Whether people read it, so that its messages follow their locale.
    pub for_people: bool,
    /// Writes a report in it.
    pub write: fn(&Report<'_>, &mut dyn Write) -> io::Result<()>,
}

/// All forms; adding one is its file and its line here.
pub const FORMS: &[ReportFormat] = &[
    ReportFormat { name: "human", about: "for people", for_people: true, write: human::write },
    ReportFormat { name: "json", about: "for programs", for_people: false, write: json::write },
    ReportFormat { name: "sarif", about: "SARIF 2.1.0, for code scanning", for_people: false, write: sarif::write },
    ReportFormat { name: "github", about: "annotations in GitHub Actions", for_people: false, write: github::write },
    ReportFormat { name: "junit", about: "JUnit XML, for other build servers", for_people: false, write: junit::write },
];

impl Report<'_> {
    /// The path of a file as seen from the working folder.
    pub fn path(&self, file: FileId) -> String {
        let source = self.sources.get(file);
        if source.built_in { source.path.clone() } else { format!("{}{}", self.prefix, source.path) }
    }

    /// The path of a file as seen from the root of the repository.
    pub fn path_in_repository(&self, file: FileId) -> String {
        let source = self.sources.get(file);
        if source.built_in { source.path.clone() } else { format!("{}{}", self.root, source.path) }
    }

    /// What is said, in the language of the report.
    pub fn say(&self, message: &Message) -> String {
        self.interface.say(message)
    }

    /// First position and the one past the last; the same where nothing is covered.
    pub fn region(&self, span: Span) -> (Position, Position) {
        self.sources.positions(span)
    }

    /// How many of the author's files were read.
    pub fn files(&self) -> usize {
        self.sources.iter().filter(|(_, source)| !source.built_in).count()
    }
}
