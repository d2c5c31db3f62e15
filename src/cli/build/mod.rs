//! `build`: the documents that people take, in every language, into `out/`. What stands there as it would be made is left alone.

mod folder;
mod made;
mod maker;
mod progress;
mod reports;

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::Result;
use clap::builder::PossibleValuesParser;
use rayon::prelude::*;

use super::documents::note_labels;
use super::filters::{languages, words};
use super::usage::Failure;
use super::{Edge, Exit, StandardsArgs};
use crate::document::{Request, index};
use crate::edition::{Filter, select};
use crate::message::Message;
use crate::render::Paper;
use crate::render::plan::{self, BuildSelection, Job};
use crate::say;

use folder::OutFolder;
use made::Made;
use maker::Maker;
use progress::Progress;
use reports::Reports;

/// What `build` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only this language; may be repeated
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    pub lang: Vec<String>,
    /// This format, instead of HTML, PDF and XLSX; may be repeated
    #[arg(long, value_name = "FORMAT", value_delimiter = ',',
        value_parser = PossibleValuesParser::new(plan::formats().map(|format| format.name)))]
    pub format: Vec<String>,
    /// Size of the paper that PDF, DOCX, XLSX and the print of HTML are laid out for
    #[arg(long, value_name = "SIZE", default_value = Paper::default().word(), value_parser = words(Paper::ALL, Paper::word))]
    pub paper: Paper,
    /// Put drafts in as well
    #[arg(long)]
    pub drafts: bool,
    /// Make every document anew, also what stands as it should
    #[arg(long)]
    pub force: bool,
    /// Which standards are meant; without a site, what is common to all and every site.
    #[command(flatten)]
    pub standards: StandardsArgs,
}

/// Makes the documents.
///
/// A run that is limited leaves alone what it was not asked for; the index links all that stands there.
///
/// # Errors
/// Wrong usage, no book, a template of the book's that is wrong, or `out` that cannot be written to.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let meant = args.standards.edition.open(edge)?;
    meant.fit(edge)?;
    let opened = &meant.project;
    let book = &opened.loaded.book;
    let reports = Reports::open(edge)?;
    reports.left_out().into_iter().for_each(|remark| edge.remark(remark));
    let limits = BuildSelection {
        records: reports.kinds(),
        languages: languages(book, &args.lang)?,
        formats: args.format,
        site: args.standards.site.resolve(book)?,
        filter: args.standards.filters.resolve(book)?.in_force(args.drafts),
    };
    note_labels(edge, &limits.languages);
    if select(book, &opened.standards, limits.site, &limits.filter).is_empty() {
        edge.remark(say!("no standards match: the documents hold none"));
    }
    few_enough(plan::least(book, &limits))?;
    let jobs = plan::jobs(book, &opened.standards, &limits);
    few_enough(jobs.iter().map(|job| job.files().count()).sum())?;
    let all = plan::jobs(book, &opened.standards, &BuildSelection::everything(book, args.drafts, reports.kinds()));
    let mut folder = OutFolder::open(opened.world.root())?;
    let paths = |jobs: &[Job]| -> Vec<String> {
        jobs.iter().flat_map(Job::files).chain(plan::index()).map(|(path, _)| path).collect()
    };
    folder.claim(&paths(&jobs))?;

    let of_reports = Filter::default();
    let workings = reports.workings(&of_reports);
    let maker = Maker::new(&book.templates, args.paper, Made::open(folder.root(), args.force)?);
    let progress = Progress::new(jobs.len(), !edge.globals.quiet, edge.tongue.people);
    let make = |job: &Job| -> Result<Vec<Message>> {
        let asked = Request::of(opened, &job.filter, job.language);
        let asked = Request { site: job.site, control: Some(&meant.control), audits: Some(reports.audits()), ..asked };
        let of_book = job.compose.map(|compose| compose(asked));
        let remarks = maker.documents(&folder, job, of_book.as_deref(), (&reports, &workings))?;
        progress.step();
        Ok(remarks)
    };
    let made: Result<Vec<Vec<Message>>> = jobs.par_iter().map(make).collect();
    progress.end();
    // The same text stands in many documents.
    let remarks: BTreeSet<Message> = made?.into_iter().flatten().collect();
    remarks.iter().for_each(|remark| edge.remark(remark));

    // What an earlier run made and this one was not asked for still stands, and is linked too.
    let standing =
        |path: &String| jobs.iter().any(|job| job.files().any(|(file, _)| file == *path)) || folder.has(path);
    let built: Vec<_> = all.iter().flat_map(Job::built).filter(|built| standing(&built.path)).collect();
    let filter = Filter::default().in_force(args.drafts);
    let asked = Request { control: Some(&meant.control), ..Request::of(opened, &filter, book.source_language()) };
    let verdicts = reports.verdicts(&built, &workings);
    let index = index(asked, &built, &verdicts);
    let anew = maker.anew();
    for (path, format) in plan::index() {
        maker.file(&folder, &path, format, &index, maker.content(&index).as_ref())?;
    }
    let removed = folder.sweep(&paths(&all))?;
    maker.settle(&folder)?;

    let out = format!("{}out/", edge.prefix(opened.world.root()));
    let count: usize = jobs.iter().map(|job| job.files().count()).sum();
    if !edge.globals.quiet {
        tell(edge, &out, count, anew, removed)?;
    }
    Ok(Exit::Fine)
}

/// Says what was done, and what to open.
fn tell(edge: &mut Edge, out: &str, count: usize, anew: usize, removed: usize) -> Result<()> {
    let documents = say!(count; "1 document", "{n} documents");
    let documents = match anew {
        0 => say!("{documents}, all as they should be", documents),
        anew if anew == count => documents,
        anew => say!(anew; "{documents}, 1 of them made anew", "{documents}, {n} of them made anew", documents),
    };
    let done = match removed {
        0 => say!("{documents} in {out}", documents, out),
        removed => {
            say!("{documents} in {out}; removed {removed} that the book no longer gives", documents, out, removed)
        }
    };
    let open = say!("open {file}", file = format!("{out}index.html"));
    let (done, open) = (edge.say(&done), edge.say(&open));
    writeln!(edge.out, "{done}\n{open}")?;
    Ok(())
}

/// Refuses a run that would fill a disk: each language has a document for each site and role in each format.
fn few_enough(files: usize) -> Result<()> {
    if files <= plan::MAX_FILES {
        return Ok(());
    }
    let limit = plan::MAX_FILES;
    Err(Failure(say!(
        "this would make {files} files, and one run makes {limit} at most; limit it with `--site`, `--lang`, `--format` or `--role`",
        files,
        limit
    ))
    .into())
}
