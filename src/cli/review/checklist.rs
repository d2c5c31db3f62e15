//! `review checklist` and `review report`: the documents of one review.

use std::path::PathBuf;

use anyhow::Result;

use super::named;
use crate::cli::documents::{fits_terminal, format, is_json, laid_out, note_labels};
use crate::cli::filters::{language, words};
use crate::cli::out::OutputKind;
use crate::cli::{Edge, Exit, check, files};
use crate::document::DocumentKind;
use crate::document::review::{figures, kept};
use crate::render::Paper;
use crate::say;

/// What `review checklist` and `review report` take.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The review
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Language; without it, the book's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Format; without it, by the ending of the file
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// The file to write; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Size of the paper that PDF is laid out for
    #[arg(long, value_name = "SIZE", default_value = Paper::default().word(), value_parser = words(Paper::ALL, Paper::word))]
    pub paper: Paper,
}

/// Makes the document.
///
/// # Errors
/// Wrong usage, no book, a template of the book's that is wrong, or output that cannot be written.
pub fn run(args: &Args, kind: DocumentKind, edge: &mut Edge) -> Result<Exit> {
    let (name, output) = (args.format.as_deref(), args.output.as_deref());
    let is_report = kind == DocumentKind::ReviewReport;
    let laid = if is_report && is_json(name, output) { None } else { Some(format(kind, name, output)?) };
    if let Some(format) = laid {
        fits_terminal(edge, format, output)?;
    }
    let (opened, records) = edge.open_with_records()?;
    check::fit(edge, &opened)?;
    check::whole(edge, &opened, &records.findings(), args.output.as_deref())?;
    let review = named(&records, &args.name)?;
    super::sound(edge, &opened, &records, review)?;
    let book = &opened.loaded.book;
    let language = &language(book, args.lang.as_ref())?;
    if laid.is_some() {
        note_labels(edge, [language]);
    }
    let kept = if is_report { kept::read(&opened, review) } else { None };
    let told = kept.as_ref().and_then(|kept| kept.reports.get(language.tag()));
    if is_report && review.closed.is_some() && (kept.is_none() || laid.is_some() && told.is_none()) {
        let name = &review.name;
        edge.remark(match kept.is_some() {
            true => say!(
                "the report of the review `{name}` was not kept in this language (`{lang}`) when it was closed: what it says of \
                 audits and customers is counted anew",
                name,
                lang = language.tag()
            ),
            false => say!(
                "the report of the review `{name}` was not kept when it was closed: what it says of audits and customers is \
                 counted anew",
                name
            ),
        });
    }
    let reviewed = (&records, review);
    let Some(format) = laid else {
        let figures = kept.map(|kept| kept.figures);
        let value = kept::asked(&opened, reviewed, language, is_report, |request| figures::value(request, figures))?;
        files::deliver_json(edge, output, &value)?;
        return Ok(Exit::Fine);
    };
    let document = kept::composed(&opened, reviewed, language, is_report, told);
    let bytes = laid_out(edge, &opened, format, args.paper, document.as_ref())?;
    files::deliver(edge, output, OutputKind::Data, &bytes)?;
    Ok(Exit::Fine)
}
