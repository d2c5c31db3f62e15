//! Which standards a command or a document is about.

use std::sync::Arc;

use super::Staffing;
use crate::book::{Aspect, Book, Level, Procedure, Site, StandardType, Status, Text};
use crate::method::{Origin, Standard, Standards, handoff};

/// What to pick: *or* within one field, *and* between them; an empty field picks all. Names are ids as of now.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Sequences.
    pub sequences: Vec<String>,
    /// Phases.
    pub phases: Vec<String>,
    /// Roles, after folding into their cover.
    pub roles: Vec<String>,
    /// Types.
    pub types: Vec<StandardType>,
    /// Levels.
    pub levels: Vec<Level>,
    /// Levels up to this one.
    pub up_to: Option<Level>,
    /// Traits.
    pub traits: Vec<String>,
    /// Kinds of front-office procedure.
    pub procedures: Vec<Procedure>,
    /// Heads of a front-office analysis.
    pub aspects: Vec<Aspect>,
    /// Which statuses; documents pick active ones, `--drafts` adds drafts, `show` picks all.
    pub statuses: Vec<Status>,
}

/// A standard as it applies at a site.
#[derive(Clone, Debug)]
pub struct Selected<'a> {
    /// The standard.
    pub standard: &'a Standard,
    /// Who keeps it there: its roles after folding; empty for anyone of the staff.
    pub roles: Vec<String>,
    /// What it demands there: a hand-off names who receives it.
    pub text: Arc<Text>,
}

/// The standards that apply at a site (or anywhere, without one) and that the filter picks, in service order.
///
/// A hand-off is dropped where the one who gives and the one who receives are the same person. A role filter picks what
/// names that role, and what names no role at all, since that is everybody's.
pub fn select<'a>(book: &Book, standards: &'a Standards, site: Option<&Site>, filter: &Filter) -> Vec<Selected<'a>> {
    let staffing = Staffing::new(book, site);
    let wanted_roles = staffing.fold(&filter.roles);
    let picked = standards.all.iter().filter_map(|standard| {
        let roles = staffing.fold(&standard.roles);
        let given_to_oneself = matches!(&standard.origin, Origin::Handoff(parts)
            if roles.len() == 1 && book.role(&parts.receiver).is_some() && staffing.holder(&parts.receiver) == roles[0]);
        let text = || match &standard.origin {
            Origin::Handoff(parts) if !staffing.exists(&parts.receiver) => {
                Arc::new(handoff::text(book, parts, staffing.holder(&parts.receiver), standard.span))
            }
            _ => standard.text.clone(),
        };
        let keep = filter.fits(book, standard)
            && !given_to_oneself
            && (wanted_roles.is_empty() || roles.is_empty() || roles.iter().any(|role| wanted_roles.contains(role)))
            && standard.when.iter().all(|when| when.holds(site));
        keep.then(|| Selected { standard, text: text(), roles })
    });
    picked.collect()
}

impl Filter {
    /// What documents are about: standards in force, and drafts if asked for.
    pub fn in_force(mut self, drafts: bool) -> Self {
        self.statuses = if drafts { vec![Status::Draft, Status::Active] } else { vec![Status::Active] };
        self
    }

    /// Whether it lets everything through, whatever its status.
    pub fn picks_all(&self) -> bool {
        let Filter { sequences, phases, roles, types, levels, up_to, traits, procedures, aspects, statuses: _ } = self;
        let ids = [sequences, phases, roles, traits].iter().all(|ids| ids.is_empty());
        let words = types.is_empty() && levels.is_empty() && procedures.is_empty() && aspects.is_empty();
        ids && words && up_to.is_none()
    }

    /// Whether everything but roles and conditions fits.
    pub fn fits(&self, book: &Book, standard: &Standard) -> bool {
        fn any<T: PartialEq>(wanted: &[T], value: &T) -> bool {
            wanted.is_empty() || wanted.contains(value)
        }
        let sequence = &book.sequences[standard.sequence];
        let phase = &sequence.phases[standard.phase];
        any(&self.sequences, &sequence.id.name)
            && any(&self.phases, &phase.id.name)
            && any(&self.types, &standard.kind)
            && any(&self.levels, &standard.level)
            && self.up_to.is_none_or(|top| standard.level <= top)
            && (self.traits.is_empty() || standard.traits.iter().any(|one| self.traits.contains(one)))
            && (self.procedures.is_empty() || standard.procedure.is_some_and(|one| self.procedures.contains(&one)))
            && any(&self.aspects, &standard.aspect)
            && any(&self.statuses, &standard.status)
    }
}
