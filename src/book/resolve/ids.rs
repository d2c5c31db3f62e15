//! Which ids there are, what they were called, and where they stand.

use std::collections::{BTreeMap, HashMap};

use super::Drafts;
use super::copies::TakenId;
use super::role_titles::role_titled;
use crate::book::decode::odd_help;
use crate::book::draft::Name;
use crate::book::draft_values::TextDraft;
use crate::book::format_words::{folded, trait_meant};
use crate::book::model::{Home, Id, NameKind, NameUse};
use crate::diag::{Code, Diagnostic};
use crate::say;
use crate::source::Span;
use crate::text::nearest;

/// An id's namespace: its kind, and the phase or trait it belongs to where that matters.
type Space = (NameKind, Option<String>);

/// So many names are compared with others for a suggestion.
const MAX_COMPARED: usize = 1_000_000;

/// Fewer names than this may somebody have written as one.
const MAX_PARTS: usize = 12;

/// All ids of a book. Uses are recorded as they are resolved.
#[derive(Default)]
pub(super) struct BookIds {
    /// Per namespace: id → where it is defined. The library's have no place that an author could look at.
    now: BTreeMap<Space, HashMap<String, Option<Span>>>,
    /// Per namespace: former id → id now, and where that is said.
    was: BTreeMap<Space, HashMap<String, (String, Span)>>,
    /// What traits and roles are called in each language, folded, with their ids.
    titles: Vec<(NameKind, String, String)>,
    pub(super) uses: Vec<NameUse>,
    pub(super) findings: Vec<Diagnostic>,
    /// Ids that are given twice.
    pub(super) taken: Vec<TakenId>,
}

impl BookIds {
    /// Takes in all definitions, and reports what is wrong with them.
    pub(super) fn gather(drafts: &Drafts) -> BookIds {
        use NameKind as K;
        let mut names = BookIds::default();
        let none = || None::<String>;
        for area in drafts.manifest.iter().flat_map(|manifest| manifest.areas.iter().flatten()) {
            names.define(K::Area, none(), area.id.as_ref(), area.was.as_ref(), Home::Book);
        }
        for sequence in &drafts.sequences {
            names.define(K::Sequence, none(), sequence.id.as_ref(), sequence.was.as_ref(), Home::Book);
            for phase in sequence.phases.iter().flatten() {
                names.define(K::Phase, none(), phase.id.as_ref(), phase.was.as_ref(), Home::Book);
                let scope = phase.id.as_ref().map(|id| id.value.clone());
                for step in phase.steps.iter().flatten() {
                    names.define(K::Step, scope.clone(), step.id.as_ref(), step.was.as_ref(), Home::Book);
                }
                for standard in phase.standards.iter().flatten() {
                    names.define(K::Standard, none(), standard.id.as_ref(), standard.was.as_ref(), Home::Book);
                }
            }
        }
        for (home, file) in &drafts.traits {
            for of_trait in file.traits.iter().flatten() {
                let replaced = *home == Home::Library && names.has(K::Trait, of_trait.id.as_ref());
                if replaced {
                    continue;
                }
                names.define(K::Trait, none(), of_trait.id.as_ref(), of_trait.was.as_ref(), *home);
                names.entitle(K::Trait, of_trait.id.as_ref(), of_trait.title.as_ref());
                let scope = of_trait.id.as_ref().map(|id| id.value.clone());
                for pattern in of_trait.patterns.iter().flatten() {
                    names.define(K::Pattern, scope.clone(), pattern.id.as_ref(), pattern.was.as_ref(), *home);
                }
            }
        }
        for (home, file) in &drafts.roles {
            for role in file.roles.iter().flatten() {
                if *home == Home::Book || !names.has(K::Role, role.id.as_ref()) {
                    names.define(K::Role, none(), role.id.as_ref(), role.was.as_ref(), *home);
                    names.entitle(K::Role, role.id.as_ref(), role.title.as_ref());
                }
            }
            for department in file.departments.iter().flatten() {
                let id = department.id.as_ref();
                let taken = names.has(K::Department, id) || names.has(K::Role, id);
                if *home == Home::Book || !taken {
                    names.define(K::Department, none(), id, department.was.as_ref(), *home);
                }
            }
        }
        for site in &drafts.sites {
            names.define(K::Site, none(), site.id.as_ref(), site.was.as_ref(), Home::Book);
        }
        names.judge();
        names
    }

    /// Takes in what a trait or a role is called.
    fn entitle(&mut self, kind: NameKind, id: Option<&Name>, title: Option<&TextDraft>) {
        let (Some(id), Some(title)) = (id, title) else { return };
        self.titles.extend(title.parts.iter().map(|(_, part)| (kind, folded(&part.value), id.value.clone())));
    }

    /// Whether something of that kind has the id or had it: an entry of the library is replaced by the book's entry of
    /// the same id, and stays replaced when that one is renamed.
    fn has(&self, kind: NameKind, id: Option<&Name>) -> bool {
        id.is_some_and(|id| self.look_up(kind, None, &id.value).is_some())
    }

    fn define(
        &mut self,
        kind: NameKind,
        scope: Option<String>,
        id: Option<&Name>,
        was: Option<&Vec<Name>>,
        home: Home,
    ) {
        let Some(id) = id else { return };
        let space = (kind, scope.clone());
        if home == Home::Library {
            self.now.entry(space.clone()).or_default().entry(id.value.clone()).or_insert(None);
        } else {
            if let Some(problem) = crate::book::id::problem(&id.value) {
                let shown: String = id.value.chars().take(80).collect();
                let help = crate::book::id::suggest(&id.value).map(|slug| say!("write `{slug}`", slug));
                let odd = odd_help(&id.value, []);
                let code = if odd.is_some() { Code::InvisibleCharacter } else { Code::BadId };
                let help = odd.or(help);
                let finding = Diagnostic::new(code, id.span, say!("`{shown}` is not an id: {problem}", shown, problem));
                self.findings.push(finding.maybe_help(help));
            }
            // A back-office department and a role are both receivers of hand-offs, so they share their names.
            let rival = match kind {
                NameKind::Department => Some((NameKind::Role, None)),
                _ => None,
            };
            let first = [Some(space.clone()), rival]
                .into_iter()
                .flatten()
                .find_map(|space| self.now.get(&space).and_then(|ids| ids.get(&id.value)).copied().flatten());
            if let Some(first) = first.filter(|first| *first != id.span) {
                self.taken.push(TakenId { name: id.value.clone(), first, second: id.span });
            } else {
                self.now.entry(space.clone()).or_default().insert(id.value.clone(), Some(id.span));
            }
            self.uses.push(NameUse { kind, name: id.value.clone(), scope, span: id.span, definition: true });
        }
        for former in was.into_iter().flatten() {
            let parts = former.value.split('.');
            let dots = former.value.matches('.').count();
            let sound = parts.into_iter().all(|part| crate::book::id::problem(part).is_none());
            if home == Home::Book && (!sound || !(dots == 0 || kind == NameKind::Standard && dots == 2)) {
                let message = say!("`{former}` is not an id", former = former.value);
                self.findings
                    .push(Diagnostic::new(Code::BadId, former.span, message).help(say!("`was` lists former ids")));
            }
            let formers = self.was.entry(space.clone()).or_default();
            if let Some((owner, first)) = formers.get(&former.value) {
                let message = say!("`{former}` is already a former id of `{owner}`", former = former.value, owner);
                let finding =
                    Diagnostic::new(Code::ReusedId, former.span, message).related(*first, say!("it is said here"));
                self.findings.push(finding.help(say!("an id is never reused: remove one of the two")));
            } else {
                formers.insert(former.value.clone(), (id.value.clone(), former.span));
            }
        }
    }

    /// An id that is also a former id is reused.
    fn judge(&mut self) {
        for (space, formers) in &self.was {
            let Some(ids) = self.now.get(space) else { continue };
            let mut reused: Vec<_> = formers
                .iter()
                .filter_map(|(former, (owner, span))| {
                    let now = ids.get(former).copied()?;
                    Some((former, owner, *span, now))
                })
                .collect();
            reused.sort_by_key(|(_, _, span, _)| *span);
            for (former, owner, span, now) in reused {
                let (place, message, other) = match now {
                    Some(now) if former != owner => {
                        (now, say!("the id `{former}` was used before, by `{owner}`", former, owner), Some(span))
                    }
                    _ => (span, say!("`{former}` is in use and cannot be a former id", former), None),
                };
                let mut finding = Diagnostic::new(Code::ReusedId, place, message);
                if let Some(other) = other {
                    finding = finding.related(other, say!("it is a former id here"));
                }
                self.findings
                    .push(finding.help(say!("an id is never reused, so that records stay true: choose another")));
            }
        }
    }

    /// The entry of that definition as the model holds it.
    pub(super) fn id(name: Option<&Name>, was: Option<&Vec<Name>>) -> Option<Id> {
        let name = name?;
        let was = was.into_iter().flatten().map(|former| former.value.clone()).collect();
        Some(Id { name: name.value.clone(), span: name.span, was })
    }

    /// The id now of what `name` refers to, if anything; no finding.
    pub(super) fn look_up(&self, kind: NameKind, scope: Option<&str>, name: &str) -> Option<String> {
        let space = (kind, scope.map(str::to_owned));
        if self.now.get(&space).is_some_and(|ids| ids.contains_key(name)) {
            return Some(name.to_owned());
        }
        self.was.get(&space).and_then(|ids| ids.get(name)).map(|(now, _)| now.clone())
    }

    /// Records that `name` is used here.
    pub(super) fn record(&mut self, kind: NameKind, scope: Option<&str>, name: &Name) {
        let scope = scope.map(str::to_owned);
        self.uses.push(NameUse { kind, name: name.value.clone(), scope, span: name.span, definition: false });
    }

    /// Resolves a reference, records it, and reports it if nothing has that name.
    pub(super) fn refer(&mut self, kind: NameKind, scope: Option<&str>, name: &Name, quiet: bool) -> Option<String> {
        let now = self.look_up(kind, scope, &name.value);
        if quiet {
            return now;
        }
        self.record(kind, scope, name);
        if now.is_none() && self.findings.len() < super::MAX_FINDINGS {
            let finding = self.unknown(&[kind], scope, name);
            self.findings.push(finding);
        }
        now
    }

    /// Reports an area that the manifest does not list. Where it lists none, an area is there as soon as a sequence names it.
    pub(super) fn judge_area(&mut self, name: &Name) {
        let lists_some = self.now.get(&(NameKind::Area, None)).is_some_and(|areas| !areas.is_empty());
        if lists_some && self.look_up(NameKind::Area, None, &name.value).is_none() {
            let finding = self.unknown(&[NameKind::Area], None, name);
            self.findings.push(finding);
        }
    }

    /// The id of what has that title, in any language: people write `uważny` for `attentive`.
    fn titled(&self, kinds: &[NameKind], word: &str) -> Option<&str> {
        let wanted = folded(word);
        // Of an inflected word the beginning is the same: `uważna`, `uważność`.
        let stem: String = wanted.chars().take(5).collect();
        let of_kind = || self.titles.iter().filter(|(kind, ..)| kinds.contains(kind));
        let exact = of_kind().find(|(_, title, _)| *title == wanted);
        let alike = || of_kind().find(|(_, title, _)| stem.chars().count() == 5 && title.starts_with(&stem));
        exact.or_else(alike).map(|(.., id)| id.as_str())
    }

    /// The finding for a name that nothing has, with the nearest that something has.
    pub(super) fn unknown(&self, kinds: &[NameKind], scope: Option<&str>, name: &Name) -> Diagnostic {
        let (code, noun, place) = match kinds.first() {
            Some(NameKind::Sequence) => (Code::UnknownSequence, say!("a sequence"), say!("sequences/")),
            Some(NameKind::Phase) => (Code::UnknownPhase, say!("a phase"), say!("a sequence")),
            Some(NameKind::Step) => (Code::UnknownStep, say!("a step of this phase"), say!("the phase's `steps`")),
            Some(NameKind::Standard) => (Code::UnknownStandard, say!("a standard"), say!("a phase's `standards`")),
            Some(NameKind::Trait) => (Code::UnknownTrait, say!("a trait of the book or the library"), say!("traits/")),
            Some(NameKind::Pattern) => (Code::UnknownPattern, say!("a pattern"), say!("the trait's `patterns`")),
            Some(NameKind::Area) => {
                (Code::UnknownArea, say!("an area that the manifest lists"), say!("`areas` in gamma-ok.yaml"))
            }
            Some(NameKind::Site) => (Code::UnknownSite, say!("a site"), say!("sites/")),
            Some(NameKind::Role) if kinds.len() > 1 => {
                (Code::UnknownRole, say!("a role or department"), say!("roles.yaml"))
            }
            _ => (Code::UnknownRole, say!("a role"), say!("roles.yaml")),
        };
        let mut known: Vec<&str> = Vec::new();
        for kind in kinds {
            let space = (*kind, scope.map(str::to_owned));
            known.extend(self.now.get(&space).into_iter().flat_map(|ids| ids.keys()).map(String::as_str));
        }
        known.sort_unstable();
        let shown: String = name.value.chars().take(80).collect();
        if let Some(help) = odd_help(&name.value, known.iter().copied()) {
            let message = say!("`{shown}` is not {what}", shown, what = noun);
            return Diagnostic::new(Code::InvisibleCharacter, name.span, message).help(help);
        }
        let titled = || self.titled(kinds, &name.value);
        let meant = || match kinds.first() {
            Some(NameKind::Trait) => trait_meant(&name.value, known.iter().copied()),
            Some(NameKind::Role) => role_titled(&name.value, &known),
            _ => None,
        };
        // Looking for the nearest of very many names, very many times, would take minutes; so many are no slips.
        let may_be_slip = self.findings.len().saturating_mul(known.len()) < MAX_COMPARED;
        let like = || nearest(&name.value, known.iter().copied()).or_else(titled);
        let near = may_be_slip.then(|| meant().or_else(like)).flatten();
        // Several names that somebody wrote as one.
        let parts: Vec<&str> =
            name.value.split([',', ' ', ';']).map(str::trim).filter(|part| !part.is_empty()).take(MAX_PARTS).collect();
        let are_several = parts.len() > 1 && parts.len() < MAX_PARTS && parts.iter().all(|part| known.contains(part));
        let help = match near {
            _ if are_several => say!("set the names apart by commas, in brackets: `[{list}]`", list = parts.join(", ")),
            Some(near) => say!("did you mean `{near}`?", near),
            None if known.is_empty() => say!("add it to {place}", place),
            None if known.len() <= 12 => {
                let known: Vec<_> = known.iter().map(|id| format!("`{id}`")).collect();
                say!("known: {known}; or add it to {place}", known = known.join(", "), place)
            }
            None => say!("add it to {place}", place),
        };
        Diagnostic::new(code, name.span, say!("`{shown}` is not {what}", shown, what = noun)).help(help)
    }
}
