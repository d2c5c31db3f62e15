//! What an `[KIND:]OLD` names, and whether `NEW` is free.

use std::collections::BTreeSet;

use crate::book::{Book, Home, Id, NameKind};
use crate::edit::EditError;
use crate::message::Message;
use crate::say;
use crate::text::nearest;

/// The kinds by the words that a command names them with.
const KINDS: [(&str, NameKind); 10] = [
    ("area", NameKind::Area),
    ("sequence", NameKind::Sequence),
    ("phase", NameKind::Phase),
    ("step", NameKind::Step),
    ("standard", NameKind::Standard),
    ("trait", NameKind::Trait),
    ("pattern", NameKind::Pattern),
    ("role", NameKind::Role),
    ("department", NameKind::Department),
    ("site", NameKind::Site),
];

/// The word for a kind.
pub(super) fn word(kind: NameKind) -> &'static str {
    KINDS.iter().find(|(_, known)| *known == kind).map_or("", |(word, _)| word)
}

/// What a kind is called in a sentence.
pub(super) fn noun(kind: NameKind) -> Message {
    match kind {
        NameKind::Area => say!("area"),
        NameKind::Sequence => say!("sequence"),
        NameKind::Phase => say!("phase"),
        NameKind::Step => say!("step"),
        NameKind::Standard => say!("standard"),
        NameKind::Trait => say!("trait"),
        NameKind::Pattern => say!("pattern"),
        NameKind::Role => say!("role"),
        NameKind::Department => say!("department"),
        NameKind::Site => say!("site"),
    }
}

/// The kind that a word names.
pub(super) fn kind_of(word: &str) -> Option<NameKind> {
    KINDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
}

/// One thing of the book that has an id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NamedThing {
    pub(crate) kind: NameKind,
    /// The phase of a step, the trait of a pattern.
    pub(crate) scope: Option<String>,
    pub(crate) name: String,
}

impl NamedThing {
    /// How a command names it beyond doubt: `step:check-in.approach`.
    pub(super) fn label(&self) -> String {
        format!("{}:{}", word(self.kind), self.full())
    }

    /// The id, with that of its phase or trait.
    pub(crate) fn full(&self) -> String {
        match &self.scope {
            Some(scope) => format!("{scope}.{}", self.name),
            None => self.name.clone(),
        }
    }

    /// The former ids.
    pub(super) fn was(&self, book: &Book) -> Vec<String> {
        let has_name = |id: &&Id| id.name == self.name;
        let named = ids(book, self.kind, self.scope.as_deref()).into_iter().find(has_name);
        named.map(|id| id.was.clone()).unwrap_or_default()
    }
}

/// All ids of a kind, in a phase or trait where that matters, the library's among them.
fn ids<'a>(book: &'a Book, kind: NameKind, scope: Option<&str>) -> Vec<&'a Id> {
    let phases = || book.phases();
    let scope = scope.unwrap_or_default();
    match kind {
        NameKind::Area => book.areas.iter().map(|area| &area.id).collect(),
        NameKind::Sequence => book.sequences.iter().map(|sequence| &sequence.id).collect(),
        NameKind::Phase => phases().map(|phase| &phase.id).collect(),
        NameKind::Step => phases()
            .filter(|phase| phase.id.name == scope)
            .flat_map(|phase| &phase.steps)
            .map(|step| &step.id)
            .collect(),
        NameKind::Standard => phases().flat_map(|phase| &phase.standards).map(|standard| &standard.id).collect(),
        NameKind::Trait => book.traits.iter().map(|of_trait| &of_trait.id).collect(),
        NameKind::Pattern => book
            .traits
            .iter()
            .filter(|of_trait| of_trait.id.name == scope)
            .flat_map(|of_trait| &of_trait.patterns)
            .map(|pattern| &pattern.id)
            .collect(),
        // Both receive hand-offs, so they share their names.
        NameKind::Role | NameKind::Department => book
            .roles
            .iter()
            .map(|role| &role.id)
            .chain(book.departments.iter().map(|department| &department.id))
            .collect(),
        NameKind::Site => book.sites.iter().map(|site| &site.id).collect(),
    }
}

/// Everything in the author's files that has an id. An area needs no title, so it may be known by its use alone.
fn targets(book: &Book) -> BTreeSet<NamedThing> {
    let named = book.names.iter().filter(|name| name.definition || name.kind == NameKind::Area);
    named.map(|name| NamedThing { kind: name.kind, scope: name.scope.clone(), name: name.name.clone() }).collect()
}

/// What `[KIND:]OLD` names.
pub(super) fn find(book: &Book, old: &str) -> Result<NamedThing, EditError> {
    let (kind, rest) = match old.split_once(':') {
        None => (None, old),
        Some((word, rest)) => match kind_of(word) {
            Some(kind) => (Some(kind), rest),
            None => {
                let words = KINDS.map(|(word, _)| word);
                let help = match nearest(word, words) {
                    Some(near) => say!("did you mean `{near}:{rest}`?", near, rest),
                    None => say!("known: {words}", words = words.join(", ")),
                };
                return Err(EditError::usage(say!("`{word}` is not a kind of id", word), Some(help)));
            }
        },
    };
    let all = targets(book);
    let fits = |target: &&NamedThing| {
        kind.is_none_or(|kind| kind == target.kind) && (target.name == rest || target.full() == rest)
    };
    let matching: Vec<&NamedThing> = all.iter().filter(fits).collect();
    match matching.as_slice() {
        [target] => Ok((*target).clone()),
        [] => Err(unknown(book, &all, kind, old, rest)),
        several => {
            let labels: Vec<String> = several.iter().map(|target| format!("`{}`", target.label())).collect();
            let message = say!("`{old}` names {n} things", old, n = several.len());
            Err(EditError::usage(message, Some(say!("say which one: {labels}", labels = labels.join(", ")))))
        }
    }
}

fn unknown(book: &Book, all: &BTreeSet<NamedThing>, kind: Option<NameKind>, old: &str, rest: &str) -> EditError {
    let wanted = |candidate: &NameKind| kind.is_none_or(|kind| kind == *candidate);
    if let Some(target) =
        all.iter().find(|target| wanted(&target.kind) && target.was(book).iter().any(|former| former == rest))
    {
        let message = say!(
            "`{rest}` is a former id: the {kind} is now called `{full}`",
            rest,
            kind = noun(target.kind),
            full = target.full()
        );
        return EditError::usage(message, Some(say!("rename `{full}` instead", full = target.full())));
    }
    if let Some((noun, folder)) = in_library(book, &wanted, rest) {
        let message = say!("the {what} `{rest}` is the built-in library's, not the book's", what = noun, rest);
        let help = say!(
            "copy its entry into {folder} first, then rename it there; `gamma-ok init DIR --sector NAME` writes the \
             library's entries into a folder to copy from",
            folder
        );
        return EditError::usage(message, Some(help));
    }
    if rest.matches('.').count() == 2 && wanted(&NameKind::Standard) {
        let help =
            say!("rename one of these, or write the standard with `gamma-ok convert --write`, which gives it an id");
        let message = say!("`{rest}` is made of the ids of a phase, a trait or step, and a pattern", rest);
        return EditError::usage(message, Some(help));
    }
    let names: BTreeSet<&str> =
        all.iter().filter(|target| wanted(&target.kind)).map(|target| target.name.as_str()).collect();
    let message = match kind {
        Some(kind) => say!("the book has no {kind} `{rest}`", kind = noun(kind), rest),
        None => say!("nothing in the book has the id `{old}`", old),
    };
    EditError::usage(message, nearest(rest, names.iter().copied()).map(|near| say!("did you mean `{near}`?", near)))
}

/// What of the library has that id, and where a book would have it.
fn in_library(book: &Book, wanted: &dyn Fn(&NameKind) -> bool, name: &str) -> Option<(Message, &'static str)> {
    let traits = || book.traits.iter().filter(|of_trait| of_trait.home == Home::Library);
    let patterns = || {
        traits().flat_map(|of_trait| of_trait.patterns.iter().map(move |pattern| (of_trait, pattern))).any(
            |(of_trait, pattern)| {
                pattern.id.name == name || name.split_once('.') == Some((&of_trait.id.name, &pattern.id.name))
            },
        )
    };
    let is = |id: &Id, home: Home| home == Home::Library && id.name == name;
    if wanted(&NameKind::Trait) && traits().any(|of_trait| of_trait.id.name == name) {
        Some((noun(NameKind::Trait), "traits/"))
    } else if wanted(&NameKind::Role) && book.roles.iter().any(|role| is(&role.id, role.home)) {
        Some((noun(NameKind::Role), "roles.yaml"))
    } else if wanted(&NameKind::Department)
        && book.departments.iter().any(|department| is(&department.id, department.home))
    {
        Some((noun(NameKind::Department), "roles.yaml"))
    } else if wanted(&NameKind::Pattern) && patterns() {
        Some((noun(NameKind::Pattern), "traits/"))
    } else {
        None
    }
}

/// Refuses an id that is none, or that something else has or had.
pub(super) fn is_free(book: &Book, target: &NamedThing, new: &str) -> Result<(), EditError> {
    if let Some(problem) = crate::book::id::problem(new) {
        let shown: String = new.chars().take(80).collect();
        let help = crate::book::id::suggest(new).map(|slug| say!("write `{slug}`", slug));
        return Err(EditError::usage(say!("`{shown}` is not an id: {problem}", shown, problem), help));
    }
    if new == target.name {
        return Err(EditError::usage(
            say!("the {kind} is called `{new}` already", kind = noun(target.kind), new),
            None,
        ));
    }
    let owner = ids(book, target.kind, target.scope.as_deref()).into_iter().filter(|id| id.name != target.name);
    let mut owner = owner.filter(|id| id.name == new || id.has_been(new));
    let defined = |other: &NamedThing| other.kind == target.kind && other.scope == target.scope && other.name == new;
    let help = Some(say!("an id is never reused, so that records stay true: choose another"));
    match owner.next() {
        Some(id) if id.name == new => Err(EditError::usage(say!("the id `{new}` is taken", new), help)),
        Some(id) => {
            Err(EditError::usage(say!("the id `{new}` was used before, by `{name}`", new, name = id.name), help))
        }
        // What could not be read as a whole still has its id.
        None if targets(book).iter().any(defined) => Err(EditError::usage(say!("the id `{new}` is taken", new), help)),
        None => Ok(()),
    }
}
