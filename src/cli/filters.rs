//! Which standards are meant: filters as typed, resolved against the book.

use anyhow::Result;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches};

use super::usage::{Usage, known};
use crate::book::{Book, Language, Site};
use crate::edition::{Filter, FilterKey, Lineages, Values};
use crate::say;

/// Filters, as typed. Each may be repeated: *or* within one, *and* between them.
#[derive(Clone, Debug, Default)]
pub(crate) struct FilterArgs(Vec<(FilterKey, Vec<String>)>);

/// The site that is meant, as typed.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct SiteArgs {
    /// Only what applies at this site, with absent roles folded into those that cover for them
    #[arg(long, value_name = "ID")]
    pub site: Option<String>,
}

/// A parser of the words of a closed list: clap then lists them in the help, completes them, and names the nearest.
pub fn words<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    word: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|value| word(*value))).try_map(move |typed: String| {
        all.iter()
            .copied()
            .find(|value| word(*value) == typed)
            .ok_or_else(|| Usage::new(say!("`{typed}` is unknown", typed)))
    })
}

impl clap::Args for FilterArgs {
    fn augment_args(command: Command) -> Command {
        let heading = "Filters (each may be repeated; several values of one mean any of them)";
        FilterKey::ALL
            .iter()
            .fold(command.next_help_heading(heading), |command, criterion| command.arg(option(*criterion)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for FilterArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let typed =
            |criterion: &FilterKey| Some((*criterion, matches.get_many::<String>(criterion.key())?.cloned().collect()));
        Ok(FilterArgs(FilterKey::ALL.iter().filter_map(typed).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The option of a filter.
fn option(criterion: FilterKey) -> Arg {
    let option =
        Arg::new(criterion.key()).long(criterion.key()).value_name(criterion.value_name()).help(criterion.help());
    let option = option.action(ArgAction::Append).value_delimiter(',');
    match criterion.values() {
        Values::Ids(_) => option,
        Values::Words(words) | Values::UpTo(words) => option.value_parser((words.all)()),
    }
}

impl FilterArgs {
    /// With values that a command takes without the filter's option too.
    #[must_use]
    pub fn and(mut self, criterion: FilterKey, values: Vec<String>) -> Self {
        match self.0.iter_mut().find(|(typed, _)| *typed == criterion) {
            Some((_, typed)) => typed.extend(values),
            None => self.0.push((criterion, values)),
        }
        self
    }

    /// Resolves ids, former ones too, against the book.
    ///
    /// # Errors
    /// [`Usage`] that names the unknown id and the nearest known one.
    pub(crate) fn resolve(&self, book: &Book) -> Result<Filter> {
        self.resolve_in(book, &[], &Lineages::default())
    }

    /// The same where books of the past count too: a value that only one of them knows is known, and goes by the name that it
    /// has now, or had last.
    pub(crate) fn resolve_in(&self, book: &Book, past: &[&Book], names: &Lineages) -> Result<Filter> {
        let mut filter = Filter::default();
        for (criterion, typed) in &self.0 {
            let values = match criterion.values() {
                Values::Ids(things) => {
                    let all = || (things.all)(book).into_iter().map(|(id, _)| id.name.as_str()).collect();
                    let lineage = names.of_things(things.unknown);
                    let then = |name: &str| past.iter().find_map(|book| things.find(book, name));
                    let find = |name: &str| {
                        let now = things.find(book, name).map(|id| id.name.as_str());
                        now.or_else(|| then(name).map(|id| lineage.now(&id.name)))
                    };
                    known(&(things.noun)(), typed, find, all)?
                }
                Values::Words(_) | Values::UpTo(_) => typed.clone(),
            };
            filter.set(*criterion, values);
        }
        Ok(filter)
    }
}

impl SiteArgs {
    /// The site of that id or former id.
    ///
    /// # Errors
    /// [`Usage`] that names the nearest known one.
    pub(crate) fn resolve<'a>(&self, book: &'a Book) -> Result<Option<&'a Site>> {
        let Some(name) = &self.site else { return Ok(None) };
        let all = || book.sites.iter().map(|site| site.id.name.as_str()).collect();
        let find = |name: &str| book.site(name).map(|site| site.id.name.as_str());
        let names = known(&say!("site"), std::slice::from_ref(name), find, all)?;
        Ok(names.first().and_then(|name| book.site(name)))
    }
}

/// The book's language of that tag; its first where none is named.
///
/// # Errors
/// [`Usage`] for a language that the book does not have.
pub fn language(book: &Book, tag: Option<&String>) -> Result<Language> {
    let named = languages(book, tag.map(std::slice::from_ref).unwrap_or_default())?;
    Ok(named.into_iter().next().unwrap_or_else(|| book.source_language().clone()))
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
    let tags = known(
        &say!("texts in the language"),
        tags,
        |tag| all().find(|tag_of_book| tag_of_book.eq_ignore_ascii_case(tag)),
        || all().collect(),
    )?;
    Ok(book.languages.iter().filter(|language| tags.iter().any(|tag| tag == language.tag())).cloned().collect())
}
