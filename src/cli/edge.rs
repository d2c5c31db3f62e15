//! What every command needs of the outside: the book's folder, the date, the streams.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use chrono::{DateTime, NaiveDate};

use super::Exit;
use super::out::{Color, Out, for_people};
use super::tongue::SpokenLanguages;
use super::usage::{Failure, Usage};
use crate::diag::Severity;
use crate::edit::{FileEdit, Lock, Picture, WriteError, write};
use crate::language::Interface;
use crate::message::Message;
use crate::project::{NotFound, Project, Records, find, is_book};
use crate::say;
use crate::source::{Disk, system_says};
use crate::text::iso_day;

/// What applies to every command.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Everywhere")]
pub(crate) struct Globals {
    /// The book's folder, instead of looking for gamma-ok.yaml from the working folder upwards
    #[arg(long, global = true, value_name = "DIR")]
    pub book: Option<PathBuf>,
    /// The language of messages, instead of the locale's
    #[arg(long, global = true, value_name = "TAG")]
    pub lang: Option<String>,
    /// The date to count from, as 2026-01-31, instead of today's
    #[arg(long, global = true, value_name = "DATE", value_parser = date)]
    pub today: Option<NaiveDate>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_default_value = true)]
    pub color: Color,
    /// Write CSV with semicolons, decimal commas and a mark of its encoding, as Polish and Swedish spreadsheets open it
    #[arg(long, global = true)]
    pub semicolons: bool,
    /// Print results only, no remarks
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

impl Globals {
    /// The date to count from: `--today`, else SOURCE_DATE_EPOCH (in UTC, as reproducible-builds.org has it), else the
    /// clock's.
    ///
    /// # Errors
    /// When SOURCE_DATE_EPOCH is no number of seconds.
    #[expect(clippy::disallowed_methods, reason = "the one place where the clock is asked")]
    pub fn day(&self) -> Result<NaiveDate> {
        if let Some(today) = self.today {
            return Ok(today);
        }
        match std::env::var("SOURCE_DATE_EPOCH") {
            Ok(seconds) if !seconds.is_empty() => {
                let time = seconds.parse().ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
                let time = time.ok_or_else(|| {
                    Usage::new(say!("SOURCE_DATE_EPOCH is `{seconds}`", seconds))
                        .help(say!("it must be a number of seconds since 1970"))
                })?;
                Ok(time.date_naive())
            }
            _ => Ok(chrono::Local::now().date_naive()),
        }
    }
}

/// A date as `--today` takes it.
pub(super) fn date(text: &str) -> Result<NaiveDate, Usage> {
    let wrong = || Usage::new(say!("write a date as year, month and day: 2026-01-31"));
    iso_day(text).ok_or_else(wrong)
}

fn usage(message: Message, help: Option<Message>) -> anyhow::Error {
    Usage { message, help }.into()
}

fn with_records(mut project: Project) -> (Project, Records) {
    let records = project.records();
    (project, records)
}

/// The outside, as commands see it.
#[derive(Debug)]
pub(crate) struct Edge {
    /// Options that apply everywhere.
    pub(crate) globals: Globals,
    /// Where results go.
    pub out: Out,
    /// The languages to speak.
    pub tongue: SpokenLanguages,
    /// The right to write the book, where the command took it before it read the book.
    lock: Option<Lock>,
}

impl Edge {
    /// The outside under these options.
    pub fn new(globals: Globals, tongue: SpokenLanguages) -> Self {
        let out = Out::new(globals.color);
        Edge { globals, out, tongue, lock: None }
    }

    /// The date to count from.
    pub fn today(&self) -> Result<NaiveDate> {
        self.globals.day()
    }

    /// The book's folder: `--book`, else the nearest folder with a manifest, from the working folder upwards.
    ///
    /// # Errors
    /// When there is none.
    pub fn folder(&self) -> Result<PathBuf> {
        if let Some(folder) = &self.globals.book {
            return is_book(folder).map(|()| folder.clone()).map_err(|error| match &error {
                NotFound::File(_) | NotFound::Missing(_) => {
                    usage(say!("--book names no book: {error}", error = error.message()), error.help())
                }
                _ => usage(error.message(), error.help()),
            });
        }
        let folder = std::env::current_dir()
            .map_err(|error| Failure(say!("cannot tell the working folder: {reason}", reason = system_says(&error))))?;
        find(&folder).map_err(|error| usage(error.message(), error.help()))
    }

    /// The book's folder as a [`Disk`].
    ///
    /// # Errors
    /// When there is no book, or its folder cannot be read.
    pub fn world(&self) -> Result<Disk> {
        self.world_in(&self.folder()?)
    }

    /// The book in a folder that is one.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn world_in(&self, folder: &Path) -> Result<Disk> {
        let wrong = |error: std::io::Error| {
            let reason = system_says(&error);
            Failure(say!("cannot open the book in `{folder}`: {reason}", folder = folder.display(), reason))
        };
        Ok(Disk::new(folder, self.today()?).map_err(wrong)?)
    }

    /// Replaces files of the book in `root`, under the lock that was taken, or else under one for this alone.
    ///
    /// # Errors
    /// The [`WriteError`] that says why not.
    pub fn write(&self, root: &Path, changes: &[FileEdit]) -> Result<(), WriteError> {
        match &self.lock {
            Some(lock) => lock.write(changes),
            None => write(root, changes),
        }
    }

    /// The same, with pictures that the changes name.
    pub fn write_with(&self, root: &Path, pictures: &[Picture], changes: &[FileEdit]) -> Result<(), WriteError> {
        match &self.lock {
            Some(lock) => lock.write_with(pictures, changes),
            None => Lock::of(root)?.write_with(pictures, changes),
        }
    }

    /// Removes a file of the book under the lock that was taken.
    ///
    /// # Errors
    /// The [`WriteError`] that says why it stays.
    pub fn remove(&self, path: &str, text: &str) -> Result<(), WriteError> {
        self.lock.as_ref().map_or(Ok(()), |lock| lock.remove(path, text))
    }

    /// The same for a file that is no text.
    ///
    /// # Errors
    /// The [`WriteError`] that says why it stays.
    pub fn remove_bytes(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        self.lock.as_ref().map_or(Ok(()), |lock| lock.remove_bytes(path, bytes))
    }

    /// Finds the book, reads it, and converts its traits: once a run.
    ///
    /// # Errors
    /// When there is no book. What is wrong in it stands in [`Loaded::findings`](crate::book::Loaded::findings).
    pub fn open(&self) -> Result<Project> {
        Ok(Project::open(self.world()?)?)
    }

    /// The same with the book's records: audits, reviews, feedback.
    ///
    /// # Errors
    /// As [`Edge::open`]. What is wrong in the records stands in [`Records::findings`].
    pub(crate) fn open_with_records(&self) -> Result<(Project, Records)> {
        Ok(with_records(self.open()?))
    }

    /// The same as [`Edge::open`] with the right to write the book, until the program ends. A command that changes what it
    /// reads takes it before, so that no other run changes it in between; a dry run needs none.
    ///
    /// # Errors
    /// When there is no book, or another run keeps it.
    pub fn open_to_write(&mut self, is_dry: bool) -> Result<Project> {
        if !is_dry {
            self.lock = Some(Lock::of(&self.folder()?)?);
        }
        self.open()
    }

    /// The same with the book's records.
    ///
    /// # Errors
    /// As [`Edge::open_to_write`].
    pub fn open_to_write_with_records(&mut self, is_dry: bool) -> Result<(Project, Records)> {
        Ok(with_records(self.open_to_write(is_dry)?))
    }

    /// The exit status of a command that shows what could be read of a book: it says so when that is not all.
    pub fn broken(&self, opened: &Project) -> Exit {
        // A warning leaves nothing out.
        let errors = opened.loaded.findings.iter().filter(|finding| finding.code.severity() == Severity::Error);
        self.lacking(errors.count())
    }

    /// The same of a book with so many errors.
    pub fn lacking(&self, errors: usize) -> Exit {
        if errors == 0 {
            return Exit::Fine;
        }
        self.remark(say!(
            errors;
            "the book has 1 error, so something may be missing here; `gamma-ok check` shows more",
            "the book has {n} errors, so something may be missing here; `gamma-ok check` shows more"
        ));
        Exit::Findings
    }

    /// Says something beside the results, on standard error; nothing with `--quiet`.
    pub fn remark(&self, text: impl Into<Message>) {
        if !self.globals.quiet {
            self.to_stderr(&self.say(&text.into()));
        }
    }

    /// The words of the language of whoever runs the program.
    pub fn people(&self) -> &'static Interface {
        self.tongue.people
    }

    /// What there is to say to people, in their language.
    pub fn say(&self, message: &Message) -> String {
        self.tongue.people.say(message)
    }

    /// Says what went wrong, on standard error.
    pub(crate) fn say_error(&self, error: &anyhow::Error) {
        let (red, bold, off) =
            if self.colours_errors() { ("\u{1b}[1;31m", "\u{1b}[1m", "\u{1b}[0m") } else { ("", "", "") };
        let label = self.say(&Severity::Error.title());
        let usage = error.downcast_ref::<Usage>();
        let message = self.say(&super::usage::message_of(error));
        let mut text = format!("{red}{label}{off}{bold}:{off} {message}");
        if let Some(help) = usage.and_then(|usage| usage.help.as_ref()) {
            text.push_str(&format!("\n  {bold}{}{off} {}", self.say(&say!("help:")), self.say(help)));
        }
        self.to_stderr(&text);
    }

    /// How the book's files are reached from the working folder: empty, or a relative path that ends in `/`. A book
    /// elsewhere is named from its own folder, since an absolute path would differ from machine to machine.
    pub fn prefix(&self, root: &Path) -> String {
        let Some(working_folder) = std::env::current_dir().ok().and_then(|folder| folder.canonicalize().ok()) else {
            return String::new();
        };
        let slashed = |path: &Path| -> String {
            path.components().map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect()
        };
        match (root.strip_prefix(&working_folder), working_folder.strip_prefix(root)) {
            (Ok(below), _) => slashed(below),
            (_, Ok(above)) => "../".repeat(above.components().count()),
            _ => String::new(),
        }
    }

    /// Whether to colour results.
    pub(crate) fn colours(&self) -> bool {
        self.out.colours()
    }

    pub(super) fn colours_errors(&self) -> bool {
        self.globals.color.wanted(std::io::stderr().is_terminal())
    }

    pub(super) fn to_stderr(&self, text: &str) {
        // There is nowhere left to complain to.
        let _ = writeln!(std::io::stderr().lock(), "{}", for_people(text, self.colours_errors()));
    }
}
