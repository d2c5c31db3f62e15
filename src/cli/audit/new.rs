//! `audit new`: a record without answers.

use anyhow::Result;

use super::record::{Kinds, moment};
use crate::audit::{Kind, Moment, StandardIndex, WrittenRecord};
use crate::cli::edits::{apply_keeping, current, usage};
use crate::cli::filters::language;
use crate::cli::{Edge, Exit, FilterArgs, SiteArgs, Usage, check};
use crate::edit::record::{Skeleton, skeleton};
use crate::say;
use crate::source::World;

/// What `audit new` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The day of the audit, or day and time: 2026-01-31T14:30; without it, today
    #[arg(long, value_name = "DATE", value_parser = moment)]
    pub date: Option<Moment>,
    /// Who judges: a role rather than a name
    #[arg(long, value_name = "ROLE")]
    pub auditor: Option<String>,
    /// What kind of audit it is
    #[arg(long = "kind", value_name = "KIND", value_parser = Kinds::parser())]
    pub(crate) audit_kind: Option<Kind>,
    /// A name that auditors share who judge the same thing at the same time
    #[arg(long, value_name = "NAME")]
    pub visit: Option<String>,
    /// Language of the comments and of the standards' texts; without it, the book's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// The file to make, below the book's folder, instead of audits/DATE-SITE.yaml
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<String>,
    /// Print the file instead of writing it
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// The site that is meant.
    #[command(flatten)]
    pub site: SiteArgs,
    /// Which standards are meant.
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// Writes the record and names it.
///
/// # Errors
/// Wrong usage, no book, a file that is there already, or one that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let mut opened = edge.open_to_write(args.dry_run)?;
    let editions = opened.editions();
    check::given(edge, &opened, &editions)?;
    let book = &opened.loaded.book;
    let site = match (args.site.resolve(book)?, book.sites.as_slice()) {
        (None, [only]) => Some(only),
        (None, [_, ..]) => {
            let known = book.sites.iter().map(|site| site.id.name.as_str()).collect::<Vec<_>>().join(", ");
            return Err(Usage::new(say!("an audit is of one site"))
                .help(say!("name it with --site; known: {words}", words = known))
                .into());
        }
        (site, _) => site,
    };
    let today = opened.world.today();
    let moment = args.date.unwrap_or(Moment { date: today, time: None });
    if moment.date > today {
        let message = say!("{date} is after today, {today}", date = moment.date.to_string(), today = today.to_string());
        return Err(Usage::new(message).help(say!("start the audit on its day, or say --today")).into());
    }
    if let Some(file) = args.output.as_ref().filter(|file| !is_record(file)) {
        return Err(Usage::new(say!("`{file}` is not where audits are kept", file))
            .help(say!("name a file such as audits/2026-01-31.yaml"))
            .into());
    }
    let language = language(book, args.lang.as_ref())?;
    let filter = args.filters.resolve(book)?;
    let index = StandardIndex::new(book, &opened.standards, today);
    let (edition, kept) = current(&opened, &editions)?;
    let head = WrittenRecord {
        edition,
        site: site.map(|site| site.id.name.clone()),
        moment,
        visit: args.visit,
        auditor: args.auditor,
        kind: Some(args.audit_kind.unwrap_or(Kind::Internal)),
        scope: filter.in_words(),
        ..WrittenRecord::default()
    };
    let filter = filter.in_force(false);
    let asked = Skeleton { site, filter: &filter, head, language: &language, file: args.output };
    let change = skeleton(&opened.world, &index, &asked).map_err(|error| usage(&error))?;
    apply_keeping(edge, opened.world.root(), kept, &[change], args.dry_run)?;
    if !args.dry_run {
        edge.remark(say!("fill in what you see behind each `ID@STAMP:`; `gamma-ok check` then looks over it"));
    }
    Ok(Exit::Fine)
}

/// Whether a file, as named from the book's folder, is read as a record.
fn is_record(file: &str) -> bool {
    let inside = file.strip_prefix("audits/").is_some_and(|rest| rest.split('/').all(|part| !part.starts_with('.')));
    inside && (file.ends_with(".yaml") || file.ends_with(".yml")) && !file.contains('\\')
}
