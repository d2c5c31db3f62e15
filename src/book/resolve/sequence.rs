//! Sequences, phases, steps, standards, waivers and scenarios.

use super::Resolver;
use super::ids::BookIds;
use crate::book::decode::OneOrMany;
use crate::book::draft::{Name, PhaseDraft, ScenarioDraft, SequenceDraft, StandardDraft, StepDraft, WaiverDraft};
use crate::book::draft_values::{QuantityDraft, TraitUseDraft};
use crate::book::model::{
    Book, FailPoint, Handoff, NameKind, Phase, Scenario, Sequence, Step, Teaching, TraitUse, Undecided, Waiver,
    WrittenStandard,
};
use crate::book::vocabulary::{Level, StandardType, Status};
use crate::diag::{Code, Diagnostic};
use crate::say;
use crate::units::{Quantity, Unit};

impl Resolver {
    /// All sequences: those that the manifest lists first, in its order.
    pub(super) fn sequences(&mut self, drafts: Vec<SequenceDraft>, book: &mut Book) {
        let mut sequences: Vec<Sequence> =
            drafts.into_iter().filter_map(|draft| self.sequence(draft, book.target)).collect();
        let place = |sequence: &Sequence| book.listed_sequences.iter().position(|id| *id == sequence.id.name);
        sequences.sort_by_key(|sequence| place(sequence).unwrap_or(usize::MAX));
        book.sequences = sequences;
    }

    fn sequence(&mut self, draft: SequenceDraft, target: Level) -> Option<Sequence> {
        let id = BookIds::id(draft.id.as_ref(), draft.was.as_ref())?;
        self.allow(draft.span, draft.allow.as_ref());
        if let Some(area) = &draft.area {
            self.names.record(NameKind::Area, None, area);
            if let Some(problem) = crate::book::id::problem(&area.value) {
                let help = crate::book::id::suggest(&area.value).map(|slug| say!("write `{slug}`", slug));
                let message = say!("`{area}` is not an id: {problem}", area = area.value, problem);
                self.report(Diagnostic::new(Code::BadId, area.span, message).maybe_help(help));
            } else {
                self.names.judge_area(area);
            }
        }
        let area = draft.area.as_ref();
        let area = area.map(|area| self.names.look_up(NameKind::Area, None, &area.value).unwrap_or(area.value.clone()));
        let title = self.title(draft.title, &id.name, id.span);
        let customer = self.noun(draft.customer.as_ref(), std::iter::empty());
        let when = self.condition(draft.when.as_ref());
        let phases = draft.phases.into_iter().flatten().filter_map(|phase| self.phase(phase, target)).collect();
        Some(Sequence { id, title, area, customer, when, phases, span: draft.span })
    }

    fn phase(&mut self, draft: PhaseDraft, target: Level) -> Option<Phase> {
        let id = BookIds::id(draft.id.as_ref(), draft.was.as_ref())?;
        self.allow(draft.span, draft.allow.as_ref());
        let scope = id.name.clone();
        let title = self.title(draft.title, &id.name, id.span);
        let wants = self.maybe_text(draft.wants);
        let traits = self.trait_uses(draft.traits);
        let when = self.condition(draft.when.as_ref());
        let drafts = draft.steps.unwrap_or_default();
        let mut steps = Vec::with_capacity(drafts.len());
        steps.extend(drafts.into_iter().filter_map(|step| self.step(step)));
        let drafts = draft.standards.unwrap_or_default();
        let mut standards = Vec::with_capacity(drafts.len());
        standards.extend(drafts.into_iter().filter_map(|standard| self.standard(standard, &scope)));
        let waivers = draft.waive.into_iter().flatten().map(|waiver| self.waiver(waiver, &scope)).collect();
        let image = self.image(draft.image);
        let scenarios = draft.scenarios.into_iter().flatten().map(|scenario| self.scenario(scenario)).collect();
        let has_target = draft.target.is_some();
        let target = draft.target.unwrap_or(target);
        Some(Phase {
            id,
            title,
            wants,
            traits,
            target,
            has_target,
            steps,
            standards,
            waivers,
            scenarios,
            image,
            when,
            span: draft.span,
        })
    }

    fn trait_uses(&mut self, drafts: Option<OneOrMany<TraitUseDraft>>) -> Vec<TraitUse> {
        let mut uses: Vec<TraitUse> = Vec::new();
        for draft in drafts.into_iter().flat_map(|many| many.0) {
            let why = self.maybe_text(draft.why);
            let Some(name) = &draft.name else { continue };
            let Some(now) = self.names.refer(NameKind::Trait, None, name, false) else { continue };
            if uses.iter().any(|earlier| earlier.name == now) {
                let message = say!("the trait `{value}` stands twice", value = name.value);
                self.report(Diagnostic::new(Code::DuplicateId, name.span, message).help(say!("name each trait once")));
                continue;
            }
            uses.push(TraitUse { name: now, why, span: name.span });
        }
        uses
    }

    pub(super) fn role_names(&mut self, names: Option<&OneOrMany<Name>>) -> Vec<String> {
        let names: Vec<&Name> = names.into_iter().flat_map(|many| &many.0).collect();
        let quiet = self.home == crate::book::Home::Library;
        names.into_iter().filter_map(|name| self.names.refer(NameKind::Role, None, name, quiet)).collect()
    }

    /// A time that a customer spends or waits.
    fn time(&mut self, draft: Option<&QuantityDraft>) -> Option<Quantity> {
        let quantity = draft?.0.clone();
        let (_, base) = quantity.canonical();
        if !matches!(base, "s" | "wd" | "weeks" | "months") && !matches!(quantity.unit, Unit::Unknown(_)) {
            let message = say!("`{quantity}` is not a time", quantity = quantity.plain());
            self.report(
                Diagnostic::new(Code::BadQuantity, quantity.span, message)
                    .help(say!("write a time such as 2 min or 24 h")),
            );
            return None;
        }
        Some(quantity)
    }

    fn step(&mut self, draft: StepDraft) -> Option<Step> {
        let id = BookIds::id(draft.id.as_ref(), draft.was.as_ref())?;
        self.allow(draft.span, draft.allow.as_ref());
        let title = self.maybe_text(draft.title);
        let roles = self.role_names(draft.role.as_ref());
        let evidence = self.maybe_text(draft.evidence);
        let customer = self.maybe_text(draft.customer);
        let staff = self.maybe_text(draft.staff);
        let backstage = self.maybe_text(draft.backstage);
        let support = self.maybe_text(draft.support);
        let fail_point = draft.fail_point.and_then(|fail| {
            let what = self.maybe_text(fail.what)?;
            Some(FailPoint { what, recovery: self.maybe_text(fail.recovery), span: fail.span })
        });
        let traits = self.trait_uses(draft.traits);
        let image = self.image(draft.image);
        let mut handoffs = Vec::new();
        for handoff in draft.handoff.into_iter().flat_map(|many| many.0) {
            let (Some(to), Some(what)) = (&handoff.to, self.maybe_text(handoff.what)) else { continue };
            let via = self.maybe_text(handoff.via);
            let within = self.time(handoff.within.as_ref());
            let Some(now) = self.receiver(to) else { continue };
            let to = crate::book::Spanned { value: now, span: to.span };
            handoffs.push(Handoff { to, what, via, within, span: handoff.span });
        }
        Some(Step {
            id,
            title,
            contact: unique(draft.contact.map(|many| many.0).unwrap_or_default()),
            has: unique(draft.has.map(|many| many.0).unwrap_or_default()),
            procedure: draft.procedure,
            roles,
            any_time: draft.any_time.unwrap_or(false),
            moment_of_truth: draft.moment_of_truth.unwrap_or(false),
            evidence,
            customer,
            staff,
            backstage,
            support,
            lasts: self.time(draft.lasts.as_ref()),
            waits: self.time(draft.waits.as_ref()),
            fail_point,
            traits,
            handoffs,
            image,
            when: self.condition(draft.when.as_ref()),
            span: draft.span,
        })
    }

    /// The role or department that receives a hand-off.
    fn receiver(&mut self, to: &Name) -> Option<String> {
        for kind in [NameKind::Role, NameKind::Department] {
            if let Some(now) = self.names.look_up(kind, None, &to.value) {
                self.names.record(kind, None, to);
                return Some(now);
            }
        }
        let finding = self.names.unknown(&[NameKind::Role, NameKind::Department], None, to);
        self.report(finding);
        None
    }

    fn standard(&mut self, draft: StandardDraft, phase: &str) -> Option<WrittenStandard> {
        self.allow(draft.span, draft.allow.as_ref());
        let id = BookIds::id(draft.id.as_ref(), draft.was.as_ref());
        let from = draft.from.iter().flatten().map(|name| self.former(name)).collect();
        let step = draft.step.as_ref().and_then(|step| self.names.refer(NameKind::Step, Some(phase), step, false));
        let names: Vec<&Name> = draft.of_trait.iter().flat_map(|many| &many.0).collect();
        let traits =
            names.into_iter().filter_map(|name| self.names.refer(NameKind::Trait, None, name, false)).collect();
        let roles = self.role_names(draft.role.as_ref());
        let text = self.maybe_text(draft.text);
        let measure = self.measure(draft.measure);
        let sources = draft.sources.into_iter().flat_map(|many| many.0);
        let sources = sources.map(|source| (self.text(source.text), source.country.map(|country| country.0)));
        let (sources, countries) = sources.filter(|(text, _)| !text.is_empty()).unzip();
        let teaching = Teaching {
            why: self.maybe_text(draft.why),
            how: self.texts(draft.how),
            say: self.texts(draft.say),
            avoid: self.texts(draft.avoid),
            sources,
            countries,
            image: self.image(draft.image),
        };
        let weight = self.weight(draft.weight, draft.span.head());
        let when = self.condition(draft.when.as_ref());
        let status = draft.status.unwrap_or(Status::Active);
        let undecided = Undecided { kind: draft.kind.is_none(), level: draft.level.is_none() };
        // Only a draft may leave them open.
        if undecided.is_any() && status != Status::Draft {
            return None;
        }
        // Whatever lacks here has been reported; a standard without it could not be shown.
        Some(WrittenStandard {
            id: id?,
            from,
            step,
            traits: unique(traits),
            kind: draft.kind.unwrap_or(StandardType::Product),
            level: draft.level.unwrap_or(Level::Basic),
            undecided,
            roles: unique(roles),
            text: text?.into(),
            measure,
            verify: draft.verify,
            aspect: draft.aspect,
            critical: draft.critical.unwrap_or(false),
            weight,
            teaching: teaching.into(),
            when,
            status,
            span: draft.span,
        })
    }

    /// A standard that was split or merged: its id as of now, or as written where it is no longer in the book.
    fn former(&mut self, name: &Name) -> String {
        match self.names.look_up(NameKind::Standard, None, &name.value) {
            Some(now) => {
                self.names.record(NameKind::Standard, None, name);
                now
            }
            None => name.value.trim().to_owned(),
        }
    }

    fn waiver(&mut self, draft: WaiverDraft, phase: &str) -> Waiver {
        let step = draft.step.as_ref().and_then(|step| self.names.refer(NameKind::Step, Some(phase), step, false));
        let of_trait = draft.of_trait.as_ref().and_then(|name| self.names.refer(NameKind::Trait, None, name, false));
        let pattern = draft.pattern.as_ref().and_then(|name| self.pattern(name));
        let why = draft.why.map(|why| self.text(why)).unwrap_or_default();
        // A waiver whose limits could not be read must not waive everything.
        let broken = draft.step.is_some() && step.is_none()
            || draft.of_trait.is_some() && of_trait.is_none()
            || draft.pattern.is_some() && pattern.is_none();
        let of_trait = if broken { Some(String::new()) } else { of_trait };
        Waiver { step, of_trait, kind: draft.kind, level: draft.level, pattern, why, span: draft.span }
    }

    /// `TRAIT.PATTERN` as the two ids now.
    fn pattern(&mut self, name: &Name) -> Option<(String, String)> {
        self.names.record(NameKind::Pattern, None, name);
        let Some((of_trait, pattern)) = name.value.split_once('.') else {
            let message = say!("`{value}` does not name a pattern", value = name.value);
            self.report(
                Diagnostic::new(Code::UnknownPattern, name.span, message)
                    .help(say!("write TRAIT.PATTERN, such as `attentive.look-up`")),
            );
            return None;
        };
        let Some(now) = self.names.look_up(NameKind::Trait, None, of_trait) else {
            let part = crate::book::Spanned { value: of_trait.to_owned(), span: name.span };
            let finding = self.names.unknown(&[NameKind::Trait], None, &part);
            self.report(finding);
            return None;
        };
        match self.names.look_up(NameKind::Pattern, Some(&now), pattern) {
            Some(pattern) => Some((now, pattern)),
            None => {
                let part = crate::book::Spanned { value: pattern.to_owned(), span: name.span };
                let finding = self.names.unknown(&[NameKind::Pattern], Some(&now), &part);
                self.report(finding);
                None
            }
        }
    }

    fn scenario(&mut self, draft: ScenarioDraft) -> Scenario {
        let title = draft.title.map(|title| self.text(title)).unwrap_or_default();
        let situation = draft.situation.map(|situation| self.text(situation)).unwrap_or_default();
        let image = self.image(draft.image);
        let mut practises = Vec::new();
        for name in draft.practises.iter().flat_map(|many| &many.0) {
            self.names.record(NameKind::Standard, None, name);
            let now = self.names.look_up(NameKind::Standard, None, &name.value).unwrap_or(name.value.clone());
            // Whether a derived standard or a hand-off has that id is known after conversion; see the rule
            // `unknown-standard`.
            practises.push(crate::book::Spanned { value: now, span: name.span });
        }
        Scenario { title, situation, practises, image }
    }
}

/// Each value once, the first occurrence kept.
fn unique<T: PartialEq>(values: Vec<T>) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    for value in values {
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}
