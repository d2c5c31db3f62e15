//! Which standards are meant: filters as typed, resolved against the book.

use anyhow::Result;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::usage::{Usage, known};
use crate::book::{Aspect, Book, Id, Language, Level, Procedure, Site, StandardType};
use crate::edition::Filter;
use crate::message::Message;
use crate::say;

/// Filters, as typed. Each may be repeated: *or* within one, *and* between them.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Filters (each may be repeated; several values of one mean any of them)")]
pub struct FilterArgs {
    /// Only this service sequence
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub sequence: Vec<String>,
    /// Only this phase
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub phase: Vec<String>,
    /// Only what this role keeps, including what it covers for absent roles at the site
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub role: Vec<String>,
    /// Only this type
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',', value_parser = words(StandardType::ALL, StandardType::word))]
    pub kind: Vec<StandardType>,
    /// Only this level
    #[arg(long, value_name = "LEVEL", value_delimiter = ',', value_parser = words(Level::ALL, Level::word))]
    pub level: Vec<Level>,
    /// Levels up to this one
    #[arg(long, value_name = "LEVEL", value_delimiter = ',', value_parser = words(Level::ALL, Level::word))]
    pub up_to: Vec<Level>,
    /// Only what converts this trait
    #[arg(long = "trait", value_name = "ID", value_delimiter = ',')]
    pub of_trait: Vec<String>,
    /// Only this kind of front-office procedure
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = words(Procedure::ALL, Procedure::word))]
    pub procedure: Vec<Procedure>,
    /// Only this head of a front-office analysis
    #[arg(long, value_name = "ASPECT", value_delimiter = ',', value_parser = words(Aspect::ALL, Aspect::word))]
    pub aspect: Vec<Aspect>,
}

/// The site that is meant, as typed.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct SiteArgs {
    /// Only what applies at this site, with absent roles folded into those that cover for them
    #[arg(long, value_name = "ID")]
    pub site: Option<String>,
}

/// A parser of the words of a closed list: clap then lists them in the help, completes them, and names the nearest.
pub fn words<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    word: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|one| word(*one))).try_map(move |typed: String| {
        all.iter()
            .copied()
            .find(|one| word(*one) == typed)
            .ok_or_else(|| Usage::new(say!("`{typed}` is unknown", typed)))
    })
}

impl FilterArgs {
    /// Resolves ids, former ones too, against the book.
    ///
    /// # Errors
    /// [`Usage`] that names the unknown id and the nearest known one.
    pub fn resolve(&self, book: &Book) -> Result<Filter> {
        let phases = || book.sequences.iter().flat_map(|sequence| &sequence.phases).map(|phase| &phase.id);
        Ok(Filter {
            sequences: ids(&say!("sequence"), &self.sequence, || book.sequences.iter().map(|one| &one.id))?,
            phases: ids(&say!("phase"), &self.phase, phases)?,
            roles: ids(&say!("role"), &self.role, || book.roles.iter().map(|one| &one.id))?,
            types: self.kind.clone(),
            levels: self.level.clone(),
            up_to: self.up_to.iter().max().copied(),
            traits: ids(&say!("trait"), &self.of_trait, || book.traits.iter().map(|one| &one.id))?,
            procedures: self.procedure.clone(),
            aspects: self.aspect.clone(),
            statuses: Vec::new(),
        })
    }
}

impl SiteArgs {
    /// The site of that id or former id.
    ///
    /// # Errors
    /// [`Usage`] that names the nearest known one.
    pub fn resolve<'a>(&self, book: &'a Book) -> Result<Option<&'a Site>> {
        let Some(name) = &self.site else { return Ok(None) };
        let names = ids(&say!("site"), std::slice::from_ref(name), || book.sites.iter().map(|one| &one.id))?;
        Ok(names.first().and_then(|name| book.site(name)))
    }
}

/// The book's languages of those tags; all of them where none is named.
///
/// # Errors
/// [`Usage`] for a language that the book does not have.
pub fn languages(book: &Book, tags: &[String]) -> Result<Vec<Language>> {
    if tags.is_empty() {
        return Ok(book.languages.clone());
    }
    let all = || book.languages.iter().map(Language::tag);
    let found = known(
        &say!("texts in the language"),
        tags,
        |tag| all().find(|one| one.eq_ignore_ascii_case(tag)),
        || all().collect(),
    )?;
    Ok(book.languages.iter().filter(|one| found.iter().any(|tag| tag == one.tag())).cloned().collect())
}

/// Resolves ids and former ids to ids as of now.
fn ids<'a, I: Iterator<Item = &'a Id>>(
    what: &Message,
    words: &[String],
    all: impl Fn() -> I,
) -> Result<Vec<String>, Usage> {
    let find = |word: &str| {
        let now = all().find(|id| id.name == word);
        now.or_else(|| all().find(|id| id.has_been(word))).map(|id| id.name.as_str())
    };
    known(what, words, find, || all().map(|id| id.name.as_str()).collect())
}
