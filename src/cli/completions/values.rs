//! Which values an argument can have that clap does not know of: rules, sectors, languages, and the ids of the book at hand.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use clap::builder::ValueHint;
use clap::{Arg, Command};
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};

use crate::book::{Book, Id, Language, load};
use crate::cli::schema;
use crate::diag::Code;
use crate::edition::{FilterKey, Values};
use crate::language::interface_languages;
use crate::library;
use crate::method::standards;
use crate::project::find;
use crate::source::{Disk, World};

/// What was typed that says where the book is, and the day.
#[derive(Debug)]
pub(super) struct Typed {
    pub folder: Option<PathBuf>,
    pub today: NaiveDate,
}

impl Typed {
    /// The book's folder: what was named, else the one at hand.
    fn world(&self) -> Option<Disk> {
        let found = || find(&std::env::current_dir().ok()?).ok();
        Disk::new(&self.folder.clone().or_else(found)?, self.today).ok()
    }

    fn in_book(&self, values: impl FnOnce(&Book) -> Vec<String>) -> Vec<String> {
        let loaded = self.world().and_then(|world| load(&world).ok());
        loaded.map(|loaded| values(&loaded.book)).unwrap_or_default()
    }
}

/// What an argument can be.
#[derive(Clone, Copy)]
enum Offer {
    Rules,
    /// What `--deny` takes.
    Denied,
    Sectors,
    Schemas,
    /// Languages of the book, and those that the program speaks.
    Languages,
    Spoken,
    Sites,
    Filter(FilterKey),
    Standards,
    Steps,
    /// Anything that has an id.
    Ids,
    Reviews,
    /// The audit records, by their names.
    Records,
    /// A path, which is the shell's to propose.
    Files,
}

/// What stands at an argument, by the name of its command and its own.
fn offer(command: &str, argument: &Arg) -> Option<Offer> {
    let name = argument.get_long().unwrap_or(argument.get_id().as_str());
    Some(match (command, name) {
        ("explain", "rule") => Offer::Rules,
        ("check", "deny") => Offer::Denied,
        ("init", "sector") => Offer::Sectors,
        ("init", "lang") => Offer::Spoken,
        ("schema", "kind") => Offer::Schemas,
        ("move", "standard") => Offer::Standards,
        ("move", "step") => Offer::Steps,
        ("rename", "old") | ("show", "ids") => Offer::Ids,
        ("copy" | "import", "into") => Offer::Filter(FilterKey::Sequence),
        ("why", "id") => Offer::Standards,
        ("convert" | "design", "phases") => Offer::Filter(FilterKey::Phase),
        ("act" | "withdraw", "record") => Offer::Records,
        ("act", "standard") => Offer::Standards,
        ("new" | "record" | "plan", "auditor") | ("actions" | "act", "owner") => Offer::Filter(FilterKey::Role),
        ("checklist" | "record" | "close" | "reopen" | "report", "name" | "review") => Offer::Reviews,
        (_, "lang") => Offer::Languages,
        (_, "site") => Offer::Sites,
        (_, name) => match FilterKey::of_key(name) {
            Some(criterion) if matches!(criterion.values(), Values::Ids(_)) => Offer::Filter(criterion),
            _ if is_path(argument) => Offer::Files,
            _ => return None,
        },
    })
}

fn is_path(argument: &Arg) -> bool {
    matches!(argument.get_value_hint(), ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath)
}

/// The commands with the values of their arguments.
pub(super) fn with_values(command: Command, name: &str, typed: &Arc<Typed>) -> Command {
    let argument = |argument: Arg| match offer(name, &argument) {
        None => argument,
        Some(Offer::Files) => argument.add(ArgValueCompleter::new(|_: &std::ffi::OsStr| vec![file()])),
        Some(offer) => {
            let typed = Arc::clone(typed);
            argument.add(ArgValueCandidates::new(move || {
                values(offer, &typed).into_iter().map(CompletionCandidate::new).collect()
            }))
        }
    };
    command.mut_args(argument).mut_subcommands(|inner| {
        let name = inner.get_name().to_owned();
        with_values(inner, &name, typed)
    })
}

/// Stands for the files that the shell proposes itself: it knows how to quote their names.
fn file() -> CompletionCandidate {
    CompletionCandidate::new("\u{0}")
}

/// Whether a candidate stands for files.
pub(super) fn is_file(candidate: &CompletionCandidate) -> bool {
    candidate.get_value().to_str().is_some_and(|value| value.ends_with('\u{0}'))
}

fn values(offer: Offer, typed: &Typed) -> Vec<String> {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let rules = || Code::ALL.iter().map(|code| code.word().to_owned());
    let names = |ids: Vec<&Id>| ids.into_iter().map(|id| id.name.clone()).collect::<Vec<_>>();
    match offer {
        Offer::Rules => rules().collect(),
        Offer::Denied => ["warnings".to_owned(), "notes".to_owned()].into_iter().chain(rules()).collect(),
        Offer::Sectors => owned(&library::sectors()),
        Offer::Schemas => schema::kinds().map(str::to_owned).collect(),
        Offer::Spoken => interface_languages().map(str::to_owned).collect(),
        Offer::Languages => {
            let of_book = typed.in_book(|book| book.languages.iter().map(Language::tag).map(str::to_owned).collect());
            let spoken = interface_languages().map(str::to_owned);
            of_book.into_iter().chain(spoken).collect::<BTreeSet<_>>().into_iter().collect()
        }
        Offer::Sites => typed.in_book(|book| names(book.sites.iter().map(|site| &site.id).collect())),
        Offer::Filter(criterion) => typed.in_book(|book| of_filter(criterion, book)),
        Offer::Standards => typed.in_book(of_standards),
        Offer::Steps => typed.in_book(|book| steps(book).into_iter().collect::<BTreeSet<_>>().into_iter().collect()),
        Offer::Ids => typed.in_book(|book| {
            let filters = FilterKey::ALL.iter().flat_map(|criterion| of_filter(*criterion, book));
            let sites = names(book.sites.iter().map(|site| &site.id).collect());
            let all = of_standards(book).into_iter().chain(filters).chain(sites).chain(steps(book));
            all.filter(|id| !id.contains('.')).collect::<BTreeSet<_>>().into_iter().collect()
        }),
        Offer::Reviews => typed.world().map(|world| reviews(&world)).unwrap_or_default(),
        Offer::Records => typed.world().map(|world| records(&world)).unwrap_or_default(),
        Offer::Files => Vec::new(),
    }
}

fn of_filter(criterion: FilterKey, book: &Book) -> Vec<String> {
    match criterion.values() {
        Values::Ids(things) => (things.all)(book).into_iter().map(|(id, _)| id.name.clone()).collect(),
        Values::Words(_) | Values::UpTo(_) => Vec::new(),
    }
}

fn steps(book: &Book) -> Vec<String> {
    book.phases().flat_map(|phase| &phase.steps).map(|step| step.id.name.clone()).collect()
}

fn of_standards(book: &Book) -> Vec<String> {
    standards(book).all.into_iter().map(|standard| standard.id.name).collect()
}

/// The names of the book's audit records: their paths below the folder, without the ending.
fn records(world: &dyn World) -> Vec<String> {
    let files = world.list("audits", &[".yaml"]).into_iter().filter_map(Result::ok);
    files.filter_map(|path| Some(path.strip_prefix("audits/")?.strip_suffix(".yaml")?.to_owned())).collect()
}

/// The names of the book's reviews: those of their files.
fn reviews(world: &dyn World) -> Vec<String> {
    let files = world.list("reviews", &[".yaml"]).into_iter().filter_map(Result::ok);
    files.filter_map(|path| Some(path.strip_prefix("reviews/")?.strip_suffix(".yaml")?.to_owned())).collect()
}
