//! Which state of the standards documents are made of: the book as it stands, or one of its editions.

use anyhow::Result;

use super::usage::{Failure, Usage, unknown};
use super::{Edge, Exit, FilterArgs, SiteArgs, check};
use crate::edition::{Editions, Issue, Set, Unreadable};
use crate::project::{Beside, Control, Project};
use crate::say;
use crate::source::World;

/// The option, as typed.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct EditionArgs {
    /// Which standards: `working`, the book as it stands; `in-force`, the edition in force; or an edition by its number or the
    /// first digits of its hash
    #[arg(long, value_name = "EDITION")]
    pub edition: Option<String>,
}

/// Which standards are meant: of which state, at which site, picked by which filters.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct StandardsArgs {
    /// Which state of the standards is meant.
    #[command(flatten)]
    pub edition: EditionArgs,
    /// The site that is meant.
    #[command(flatten)]
    pub site: SiteArgs,
    /// Which standards are meant.
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// A book to make documents of.
pub(super) struct Standing {
    /// The book, as it stands or as an edition has it.
    pub project: Project,
    /// What document control says of it.
    pub control: Control,
    /// Whether it is the book as it stands.
    pub is_working: bool,
}

impl EditionArgs {
    /// Opens the book that is meant.
    ///
    /// # Errors
    /// No book, or an edition that is not kept or cannot be read.
    pub(super) fn open(&self, edge: &Edge) -> Result<Standing> {
        let mut project = edge.open()?;
        let kept = project.editions();
        let asked = self.edition.as_deref().unwrap_or("working");
        if asked == "working" {
            let control = project.control(&kept);
            return Ok(Standing { project, control, is_working: true });
        }
        let name = match asked {
            "in-force" => in_force(&kept, project.world.today())?.edition.clone(),
            _ => named(&kept, asked)?.to_owned(),
        };
        let set = set_of(&kept, &project.world, &name)?.ok_or_else(|| missing(&kept, &name))?;
        if set.is_partial() {
            let message = say!("of the edition `{name}` only a part is here, as a form brought it", name);
            return Err(Usage::new(message).help(say!("bring its whole set from where the form was made")).into());
        }
        let (project, beside) = project.as_of(&kept, &set);
        if let Beside::Wordings(unknown) = beside {
            edge.remark(match unknown {
                0 => say!("training and other languages are those of the book as it stands, whose wordings are the same"),
                n => say!(
                    n;
                    "the commit that issued this edition is not here: 1 standard that is worded otherwise today has its text \
                     in the source language only, and nothing for training",
                    "the commit that issued this edition is not here: {n} standards that are worded otherwise today have their \
                     texts in the source language only, and nothing for training"
                ),
            });
        }
        let control = project.control_as_of(&kept, &name);
        Ok(Standing { project, control, is_working: false })
    }
}

impl Standing {
    /// Documents are made of a book without errors; an edition had none.
    ///
    /// # Errors
    /// [`Told`](crate::cli::Told) where there are some.
    pub fn fit(&self, edge: &Edge) -> Result<()> {
        if !self.is_working {
            return Ok(());
        }
        check::fit(edge, &self.project)?;
        if self.control.since.is_some() {
            edge.remark(say!(
                "the book has changed since its last edition, so what changed is marked as a draft; `--edition in-force` makes \
                 documents of the edition in force"
            ));
        }
        Ok(())
    }

    /// The exit status of a command that shows what could be read of it.
    pub fn broken(&self, edge: &Edge) -> Exit {
        if self.is_working { edge.broken(&self.project) } else { Exit::Fine }
    }
}

/// What is in force on a day.
fn in_force(kept: &Editions, today: chrono::NaiveDate) -> Result<&Issue, Usage> {
    kept.in_force(today).ok_or_else(|| {
        let none = kept.issues.is_empty();
        let message = if none { say!("no edition was issued yet") } else { say!("no edition is in force yet") };
        Usage::new(message).help(say!("`gamma-ok edition issue` issues the standards as they stand"))
    })
}

/// The edition of that number, or whose name begins so.
///
/// # Errors
/// None, or more than one.
pub(super) fn named<'a>(kept: &'a Editions, asked: &str) -> Result<&'a str, Usage> {
    kept.named(asked).ok_or_else(|| missing(kept, asked))
}

/// The set of that name; none where the book does not keep it.
///
/// # Errors
/// [`Failure`] for one that cannot be read.
pub(super) fn set_of(kept: &Editions, world: &dyn World, name: &str) -> Result<Option<Set>, Failure> {
    kept.read(world, name).transpose().map_err(|why| altered(kept.path(name).unwrap_or(name), &why))
}

/// The failure of a set whose file is not as it was written.
pub(super) fn altered(file: &str, why: &Unreadable) -> Failure {
    Failure(say!("{file} is not as it was written: {said}", file, said = &why.message))
}

fn missing(kept: &Editions, asked: &str) -> Usage {
    let numbers = kept.issues.iter().map(|issue| issue.number.to_string());
    let known: Vec<String> = numbers.chain(kept.names().map(str::to_owned)).collect();
    unknown(say!("the book keeps no edition `{asked}`", asked), asked, known.iter().map(String::as_str))
}
