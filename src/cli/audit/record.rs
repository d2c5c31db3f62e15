//! `audit record`: filled-in checklists become records.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::builder::TypedValueParser;

use super::photographs;
use crate::audit::draft::moment as read_moment;
use crate::audit::filled::{self, FilledForms, read_all};
use crate::audit::{Kind, Moment};
use crate::book::Book;
use crate::cli::edits::{apply_with, usage};
use crate::cli::filters::words;
use crate::cli::forms::{bytes, complain};
use crate::cli::{Edge, Exit, SiteArgs, Usage, check};
use crate::diag::Diagnostic;
use crate::edit::record::{Options, Recorded, take_in};
use crate::forms::{Form, FormPlace, Refused, archive};
use crate::message::Message;
use crate::project::{Project, Records};
use crate::say;

/// What `audit record` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Filled-in checklists: .json as the fillable page saves it, .md, .xlsx, .csv, or what ODK or KoboToolbox export: .csv, .xlsx, .zip
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// When it was filled in, where the file does not say
    #[arg(long, value_name = "DATE", value_parser = moment)]
    pub date: Option<Moment>,
    /// Who judged, where the file does not say: a role rather than a name
    #[arg(long, value_name = "ROLE")]
    pub auditor: Option<String>,
    /// What kind of audit it was, where the file does not say
    #[arg(long, value_name = "KIND", value_parser = Kinds::parser())]
    pub kind: Option<Kind>,
    /// Record what can be placed even where something else of a file is rejected; what is rejected is not recorded
    #[arg(long)]
    pub partial: bool,
    /// Where the round is recorded already with other answers, take those of the form
    #[arg(long)]
    pub replace: bool,
    /// Where a record of the same day has the same answers, or the round was withdrawn, record it all the same
    #[arg(long)]
    pub another: bool,
    /// Print the records instead of writing them
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Where it was filled in, where the file does not say.
    #[command(flatten)]
    pub site: SiteArgs,
}

/// The kinds of audit on the command line.
pub(super) struct Kinds;

impl Kinds {
    /// A parser of their words.
    pub(crate) fn parser() -> impl TypedValueParser<Value = Kind> {
        words(Kind::ALL, Kind::word)
    }
}

/// Reads a day, or a day and a time, of an option.
pub(super) fn moment(text: &str) -> Result<Moment, Usage> {
    read_moment(text)
        .ok_or_else(|| Usage::new(say!("write year, month and day: 2026-01-31, or with the time 2026-01-31T14:30")))
}

/// Takes in the files, one by one: what is wrong with one does not keep the others.
///
/// # Errors
/// Wrong usage, no book, a file that cannot be read, or a record that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    // What cannot be read at all is found before anything is written, and before anybody has to wait.
    let files: Result<Vec<(String, Vec<u8>)>> =
        args.files.iter().map(|file| Ok((file.display().to_string(), bytes(file)?))).collect();
    let files = files?;
    let (opened, records) = edge.open_to_write_with_records(args.dry_run)?;
    ready(edge, &opened, &records)?;
    let book = &opened.loaded.book;
    let options = Options {
        filled: filled::Options {
            site: args.site.resolve(book)?.map(|site| site.id.name.clone()),
            date: args.date,
            auditor: args.auditor,
            kind: args.kind,
            ..filled::Options::default()
        },
        partial: args.partial,
        replace: args.replace,
        takes_out: args.replace,
        another: args.another,
    };
    if !opened.errors().is_empty() {
        say_why_no_edition(edge, &opened);
    }
    let mut exit = Exit::Fine;
    let forms = read_files(edge, files, book, &mut exit)?;
    let intake = take_in(&opened, &records, &options, forms).map_err(|error| usage(&error))?;
    intake.remarks.into_iter().for_each(|remark| edge.remark(remark));
    for taken in intake.taken {
        taken.remarks.into_iter().for_each(|remark| edge.remark(remark));
        for refused in &taken.refused {
            complain(edge, &taken.name, refused)?;
            exit = Exit::Findings;
        }
        let Some(recorded) = taken.recorded else {
            edge.remark(say!("{file}: nothing of it was recorded; mend this and record it again", file = taken.name));
            continue;
        };
        if tell(edge, &taken.name, recorded, (taken.answers, taken.unanswered))? == Exit::Findings {
            exit = Exit::Findings;
        }
    }
    apply_with(edge, opened.world.root(), intake.sets, &intake.pictures, &intake.changes, args.dry_run)?;
    Ok(exit)
}

/// The forms that can be read, each with the name that it is told by and with the photographs that came beside it; says what is
/// wrong with the others.
fn read_files(
    edge: &mut Edge,
    files: Vec<(String, Vec<u8>)>,
    book: &Book,
    exit: &mut Exit,
) -> Result<Vec<(String, Form)>> {
    let (mut tables, mut archives) = (Vec::new(), Vec::new());
    let mut refused: Vec<(String, Refused)> = Vec::new();
    for (name, bytes) in files {
        match archive::open(&name, &bytes) {
            None => tables.push(Table { beside: PathBuf::from(&name), name, bytes, archive: None }),
            Some(Err(wrong)) => refused.push((name, wrong)),
            Some(Ok(mut opened)) => {
                refused.extend(opened.refused.drain(..).map(|wrong| (name.clone(), wrong)));
                for (inner, bytes) in std::mem::take(&mut opened.tables) {
                    let (beside, archive) = (PathBuf::from(&name), Some(archives.len()));
                    tables.push(Table { name: format!("{name}/{inner}"), beside, bytes, archive });
                }
                archives.push(opened);
            }
        }
    }
    let mut forms = Vec::new();
    for Table { name, beside, bytes, archive } in tables {
        let read = read_all(&name, &bytes, book)
            .unwrap_or_else(|refused| FilledForms { forms: Vec::new(), refused: vec![refused] });
        refused.extend(read.refused.into_iter().map(|wrong| (name.clone(), wrong)));
        for (place, mut form) in read.forms {
            // Its own archive first, then those that hold photographs alone.
            photographs::bring(&beside, archive, &mut archives, &mut form);
            forms.push((place, form));
        }
    }
    for (name, wrong) in &refused {
        complain(edge, name, wrong)?;
        *exit = Exit::Findings;
    }
    Ok(forms)
}

/// A table, or another form, that was given by itself or in an archive.
struct Table {
    /// The name that it is told by.
    name: String,
    /// The file beside which its photographs may lie.
    beside: PathBuf,
    bytes: Vec<u8>,
    /// The number of the archive that it came in.
    archive: Option<usize>,
}

/// Everything has to be read that a round may stand in, and that it is judged by.
fn ready(edge: &Edge, opened: &Project, records: &Records) -> Result<()> {
    let unread: Vec<Diagnostic> = records.audits.unread().cloned().collect();
    let remark = say!(
        "nothing was recorded: a round is recorded once, and it may stand in what cannot be read; mend this first"
    );
    check::clear(edge, opened, &unread, remark)?;
    check::given(edge, opened, &records.editions)
}

/// Says why what is recorded names no edition.
fn say_why_no_edition(edge: &Edge, opened: &Project) {
    edge.remark(say!(
        opened.errors().len();
        "the book has 1 error, so what is recorded names no edition; `gamma-ok edition adopt` gives it one when that is \
         mended",
        "the book has {n} errors, so what is recorded names no edition; `gamma-ok edition adopt` gives it one when they \
         are mended"
    ));
}

/// Says what became of one form's record: how many answers were taken and how many of its items are unanswered, or why none
/// was.
fn tell(edge: &mut Edge, name: &str, recorded: Recorded, (answers, unanswered): (usize, usize)) -> Result<Exit> {
    match recorded {
        Recorded::New(_) => {
            edge.remark(say!(
                answers;
                "{file}: 1 answer taken, {unanswered} of its items unanswered",
                "{file}: {n} answers taken, {unanswered} of its items unanswered",
                file = name, unanswered
            ));
        }
        Recorded::Known(path, beyond) => {
            edge.remark(say!("{file}: recorded already, in {path}; nothing was written", file = name, path));
            tell_beyond(edge, name, &beyond);
        }
        Recorded::Resembles(path) => {
            let message = say!("{path} has the same answers, of the same site and day", path = &path);
            let help = say!(
                "nothing of it was written; where it is the same round, write what the form's head says into {path}; where it \
                 is another one, record it with --another",
                path
            );
            refuse(edge, name, message, help, &[]);
            return Ok(Exit::Findings);
        }
        Recorded::OfOtherDay(path, day) => {
            let message = say!(
                "{path} is the same in every answer and every word, of {day}",
                path = &path,
                day = day.to_string()
            );
            let help = say!(
                "nothing of it was written; where the day was mistyped, --replace mends that of {path}; where it is another \
                 round, record it with --another",
                path
            );
            refuse(edge, name, message, help, &[]);
            return Ok(Exit::Findings);
        }
        Recorded::Updated(change, changes, beyond) => {
            let path = &change.path;
            let message =
                edge.say(&say!("{file}: the round is recorded in {path}, which it adds to", file = name, path));
            writeln!(edge.out, "{message}")?;
            list(edge, &changes)?;
            tell_beyond(edge, name, &beyond);
        }
        Recorded::Contradicts(path, contradictions, removable) => {
            let message = say!("this round is recorded already, in {path}, with other answers", path);
            let help = say!("nothing of it was written; with --replace the answers of this file take their place");
            refuse(edge, name, message, help, &contradictions);
            tell_beyond(edge, name, &removable);
            return Ok(Exit::Findings);
        }
        Recorded::Withdrawn(path) => {
            let message = say!("this round is recorded already, in {path}, and was withdrawn", path);
            let help = say!("nothing of it was written; where it counts all the same, record it with --another");
            refuse(edge, name, message, help, &[]);
            return Ok(Exit::Findings);
        }
        Recorded::NotSound(message, help) => {
            complain(edge, name, &Refused { place: FormPlace::Whole, message, help })?;
            return Ok(Exit::Findings);
        }
    }
    Ok(Exit::Fine)
}

/// Says on standard error why a round that is recorded already was not taken, and what differs.
fn refuse(edge: &Edge, name: &str, message: Message, help: Message, differences: &[Message]) {
    let refused = Refused::new(FormPlace::Whole, message);
    let mut text = format!("{}: {}", refused.place.of(name), edge.say(&refused.message));
    text.push_str(&format!("\n  {} {}", edge.say(&say!("help:")), edge.say(&help)));
    for difference in differences {
        text.push_str(&format!("\n  {}", edge.say(difference)));
    }
    edge.to_stderr(&text);
}

/// Says what a record has that the form has not: somebody may have taken it back.
fn tell_beyond(edge: &mut Edge, name: &str, beyond: &[Message]) {
    for more in beyond {
        edge.remark(say!("{name}: {remark}", name, remark = more));
    }
    if !beyond.is_empty() {
        edge.remark(say!(
            "{name}: this stays in the record; with --replace what the form has no more is taken out",
            name
        ));
    }
}

/// Prints what differs, a line each.
fn list(edge: &mut Edge, differences: &[Message]) -> Result<()> {
    for difference in differences {
        let difference = edge.say(difference);
        writeln!(edge.out, "  {difference}")?;
    }
    Ok(())
}
