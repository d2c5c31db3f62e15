//! Compares two sides, standard by standard.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::difference::{Difference, joined, shown};
use super::retrain::{Retraining, is_new_to_staff};
use super::{Change, ChangeKind, ChangedKind, Changes, Side, Value, measure, structure};
use crate::book::{Book, Condition, Id, Language, Phase, Status, Step, Text, Worded};
use crate::edition::Directory;
use crate::method::{CellState, MatrixCell, Origin, Standard};
use crate::text::single_spaced;

/// What changed from one side to the other.
pub fn compare(before: Side<'_>, after: Side<'_>) -> Changes {
    let comparison = Comparison { before, after, language: after.book.source_language() };
    let pairs = pairs(before, after);
    let mut placed: Vec<(usize, Change)> = Vec::new();
    let mut matched: HashMap<usize, usize> = HashMap::new();
    let mut retrain = Retraining::default();
    for (number, standard) in after.standards.all.iter().enumerate() {
        let mut changes = Vec::new();
        match pairs.get(&number) {
            Some(old) => {
                matched.insert(*old, number);
                comparison.standard(&before.standards.all[*old], standard, &mut changes);
            }
            None => changes.extend(comparison.added(standard)),
        }
        if standard.status == Status::Active && changes.iter().any(is_new_to_staff) {
            retrain.add(after.book, standard);
        }
        placed.extend(changes.into_iter().map(|change| (number * 2, change)));
    }
    // A standard that is gone is listed after the last one that stood before it and is still there.
    let mut place = 0;
    for (number, standard) in before.standards.all.iter().enumerate() {
        match matched.get(&number) {
            Some(now) => place = now * 2 + 1,
            None => placed.push((place, comparison.gone(standard))),
        }
    }
    // Stable, so the changes of one standard keep their order.
    placed.sort_by_key(|(place, _)| *place);
    let mut all: Vec<Change> = placed.into_iter().map(|(_, change)| change).collect();
    all.extend(structure::compare(before.book, after.book));
    Changes { all, retrain: retrain.in_order(after.book) }
}

/// Pairs each standard of the later side with the same one of the earlier: by its id, else by a former one.
fn pairs(before: Side<'_>, after: Side<'_>) -> HashMap<usize, usize> {
    let earlier = Directory::of(before.standards);
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let mut pairs = HashMap::new();
    for (number, standard) in after.standards.all.iter().enumerate() {
        if let Some(old) = earlier.find_present(&standard.id.name) {
            taken.insert(old);
            pairs.insert(number, old);
        }
    }
    for (number, standard) in after.standards.all.iter().enumerate() {
        if pairs.contains_key(&number) {
            continue;
        }
        let former = standard.id.was.iter().find_map(|name| earlier.find_present(name));
        // Backwards in time the older side knows the newer id as a former one.
        let old = former.or_else(|| earlier.find(&standard.id.name));
        if let Some(old) = old.filter(|old| taken.insert(*old)) {
            pairs.insert(number, old);
        }
    }
    pairs
}

struct Comparison<'a> {
    before: Side<'a>,
    after: Side<'a>,
    /// The source language of the later side.
    language: &'a Language,
}

impl<'a> Comparison<'a> {
    /// A change of a standard of the later side; what it was and is, is for the caller to add.
    fn change(&self, kind: ChangeKind, standard: &Standard) -> Change {
        let phase = self.after.book.phase_at(standard.sequence, standard.phase);
        Change {
            of: ChangedKind::Standard,
            kind,
            id: standard.id.name.clone(),
            old_id: None,
            before: None,
            after: None,
            phase: phase.map(|phase| phase.id.name.clone()),
            field: None,
            language: None,
            from: Vec::new(),
        }
    }

    /// A new standard. Where it is not in force, that is a change of its own.
    fn added(&self, standard: &Standard) -> Vec<Change> {
        let after = Some(shown(&standard.text, self.language).into());
        let from = standard.from.clone();
        let mut changes = vec![Change { after, from, ..self.change(ChangeKind::Added, standard) }];
        if standard.status != Status::Active {
            let after = Some(Value::Text(standard.status.word().to_owned()));
            changes.push(Change { after, field: Some("status"), ..self.change(ChangeKind::Other, standard) });
        }
        changes
    }

    /// A standard that is not there any more. A derived one whose cell or pattern is waived now was retired.
    fn gone(&self, standard: &Standard) -> Change {
        let home = self.before.book.phase_at(standard.sequence, standard.phase);
        let waived = home.is_some_and(|home| self.is_waived(home, standard));
        let kind = if waived { ChangeKind::Retired } else { ChangeKind::Removed };
        let home =
            home.map(|home| find_phase(self.after.book, &home.id).map_or(&home.id.name, |(_, now)| &now.id.name));
        Change {
            of: ChangedKind::Standard,
            kind,
            id: standard.id.name.clone(),
            old_id: None,
            before: Some(shown(&standard.text, self.before.book.source_language()).into()),
            after: None,
            phase: home.cloned(),
            field: None,
            language: None,
            from: Vec::new(),
        }
    }

    fn is_waived(&self, home: &Phase, standard: &Standard) -> bool {
        let Origin::Derived { of_trait, pattern } = &standard.origin else { return false };
        let Some((place, now)) = find_phase(self.after.book, &home.id) else { return false };
        let cell = |cell: &&MatrixCell| {
            (cell.sequence, cell.phase) == place
                && cell.of_trait == *of_trait
                && cell.kind == standard.kind
                && cell.level == standard.level
        };
        let by_pattern = now
            .waivers
            .iter()
            .any(|waiver| waiver.pattern.as_ref().is_some_and(|(other, name)| other == of_trait && name == pattern));
        by_pattern || self.after.standards.cells.iter().find(cell).is_some_and(|cell| cell.state == CellState::Waived)
    }

    /// Everything that changed in a standard that is on both sides.
    fn standard(&self, old: &Standard, new: &Standard, changes: &mut Vec<Change>) {
        let change = |kind| self.change(kind, new);
        if self.is_renamed(old, new) {
            let (before, after) = (Some(old.id.name.clone().into()), Some(new.id.name.clone().into()));
            changes.push(Change { before, after, ..change(ChangeKind::Renamed) });
        }
        if new.status == Status::Retired && old.status != Status::Retired {
            let before = Some(shown(&old.text, self.language).into());
            changes.push(Change { before, ..change(ChangeKind::Retired) });
        }
        self.text(old, new, changes);
        for (kind, before, after) in measure::changes(old.measure.as_ref(), new.measure.as_ref()) {
            let field = (kind == ChangeKind::Other).then_some("measure");
            changes.push(Change { before, after, field, ..change(kind) });
        }
        if old.level != new.level {
            let (before, after) = (Some(Value::Level(old.level)), Some(Value::Level(new.level)));
            changes.push(Change { before, after, ..change(ChangeKind::MovedLevel) });
        }
        self.place(old, new, changes);
        let mut others = self.others(old, new);
        others.retain(|(_, before, after)| before != after);
        for (field, before, after) in others {
            let some = |value: String| Some(value).filter(|value| !value.is_empty()).map(Value::Text);
            let (before, after) = (some(before), some(after));
            changes.push(Change { before, after, field: Some(field), ..change(ChangeKind::Other) });
        }
        self.training(old, new, changes);
        let old_id = Some(&old.id.name).filter(|id| **id != new.id.name);
        changes.iter_mut().for_each(|change| change.old_id = old_id.cloned());
    }

    /// Whether it has another id of its own. The id of a derived one, or of a hand-off, is made of the names of its phase, trait
    /// or step; where only those were renamed, that is reported with them.
    fn is_renamed(&self, old: &Standard, new: &Standard) -> bool {
        let of_its_own = match (&old.origin, &new.origin) {
            (Origin::Derived { pattern: old, .. }, Origin::Derived { pattern: new, .. }) => old != new,
            (Origin::Handoff(_), Origin::Handoff(_)) => false,
            _ => true,
        };
        of_its_own && old.id.name != new.id.name
    }

    fn text(&self, old: &Standard, new: &Standard, changes: &mut Vec<Change>) {
        let (before, after) = (demand(self.before.book, old, new), demand(self.after.book, new, old));
        let differs = Difference::of(&before, &after, self.language);
        if differs.source {
            let filled = (shown(&old.text, self.language), shown(&new.text, self.language));
            // A hand-off's text contains its limit, whose change is reported with the measure.
            let (before, after) = match new.origin {
                Origin::Handoff(_) => (shown(&before, self.language), shown(&after, self.language)),
                _ => filled,
            };
            let change = self.change(ChangeKind::Reworded, new);
            changes.push(Change { before: Some(before.into()), after: Some(after.into()), ..change });
        }
        self.translated(&differs, None, new, changes);
    }

    /// Reports changed translations of a text whose source did not change.
    fn translated(&self, differs: &Difference, field: Option<&'static str>, new: &Standard, changes: &mut Vec<Change>) {
        for (language, before, after) in &differs.translations {
            let change = self.change(ChangeKind::Translated, new);
            let value = |text: &Option<String>| text.clone().map(Value::Text);
            let (before, after, language) = (value(before), value(after), Some(language.clone()));
            changes.push(Change { before, after, language, field, ..change });
        }
    }

    /// Another phase, or another step of the same one.
    fn place(&self, old: &Standard, new: &Standard, changes: &mut Vec<Change>) {
        let (Some(from), Some(to)) =
            (self.before.book.phase_at(old.sequence, old.phase), self.after.book.phase_at(new.sequence, new.phase))
        else {
            return;
        };
        let moved = !is_same(&from.id, &to.id);
        if moved {
            let (before, after) = (Some(from.id.name.clone().into()), Some(to.id.name.clone().into()));
            changes.push(Change { before, after, ..self.change(ChangeKind::MovedPhase, new) });
            return;
        }
        let step = |phase: &'a Phase, standard: &Standard| standard.step.and_then(|number| phase.steps.get(number));
        let (old_step, new_step) = (step(from, old), step(to, new));
        let is_same_step = match (old_step, new_step) {
            (Some(step), Some(other)) => is_same(&step.id, &other.id),
            (None, None) => true,
            _ => false,
        };
        if !is_same_step {
            let name = |step: Option<&Step>| step.map(|step| Value::Text(step.id.name.clone()));
            let change = self.change(ChangeKind::Other, new);
            changes.push(Change { before: name(old_step), after: name(new_step), field: Some("step"), ..change });
        }
    }

    /// The remaining keys: what each was and is, in a form that can be compared and read.
    fn others(&self, old: &Standard, new: &Standard) -> Vec<(&'static str, String, String)> {
        // A role or trait that was renamed is the same one.
        let role = |name: &String| self.after.book.role(name).map_or(name, |role| &role.id.name).clone();
        let of_trait = |name: &String| self.after.book.trait_of(name).map_or(name, |now| &now.id.name).clone();
        let list =
            |names: &[String], now: &dyn Fn(&String) -> String| names.iter().map(now).collect::<Vec<_>>().join(", ");
        let critical = |critical: bool| if critical { "true" } else { "false" }.to_owned();
        let mut others = vec![
            ("from", old.from.join(", "), new.from.join(", ")),
            ("type", old.kind.to_string(), new.kind.to_string()),
            ("role", list(&old.roles, &role), list(&new.roles, &role)),
            ("trait", list(&old.traits, &of_trait), list(&new.traits, &of_trait)),
            ("verify", old.verify.to_string(), new.verify.to_string()),
            ("aspect", old.aspect.to_string(), new.aspect.to_string()),
            ("critical", critical(old.critical), critical(new.critical)),
            ("weight", old.weight.to_string(), new.weight.to_string()),
            ("when", own_when(self.before.book, old), own_when(self.after.book, new)),
        ];
        if new.status != Status::Retired {
            others.push(("status", old.status.to_string(), new.status.to_string()));
        }
        others
    }

    /// What it adds for training, and what its measure measures: texts, of which a translation may change alone.
    fn training(&self, old: &Standard, new: &Standard, changes: &mut Vec<Change>) {
        // A pattern's texts name the customer in the book's words; where only those changed, that is reported with the book.
        if matches!((&old.origin, &new.origin), (Origin::Derived { .. }, Origin::Derived { .. }))
            && old.stamp == new.stamp
        {
            return;
        }
        fn fields(standard: &Standard) -> impl Iterator<Item = (&'static str, &[Text])> {
            let what = standard.measure.as_ref().and_then(|measure| measure.what.as_ref());
            std::iter::once(("measure", what.map_or(&[][..], std::slice::from_ref))).chain(standard.teaching.fields())
        }
        for ((field, before), (_, after)) in fields(old).zip(fields(new)) {
            let differs = Difference::of(&joined(before), &joined(after), self.language);
            if differs.source {
                let shown =
                    |texts: &[Text]| (!texts.is_empty()).then(|| Value::Text(shown(&joined(texts), self.language)));
                let change = self.change(ChangeKind::Other, new);
                changes.push(Change { before: shown(before), after: shown(after), field: Some(field), ..change });
            }
            self.translated(&differs, Some(field), new, changes);
        }
    }
}

/// What a standard demands beside its measure. Of two derived ones: the pattern, before it is filled in with words for the
/// customer, which are the book's; of hand-offs: their parts without the limit; else the text.
fn demand<'a>(book: &'a Book, standard: &'a Standard, other: &Standard) -> Cow<'a, Text> {
    match (&standard.origin, &other.origin) {
        (Origin::Derived { of_trait, pattern }, Origin::Derived { .. }) => {
            let patterns = book.patterns_of(of_trait);
            let pattern = patterns.iter().find(|known| known.id.name == *pattern);
            Cow::Borrowed(pattern.map_or(&*standard.text, |pattern| &pattern.text))
        }
        (Origin::Handoff(parts), Origin::Handoff(_)) => {
            let worded = |content: &Worded| {
                let via = parts.channel.as_ref().and_then(|via| via.best(&content.language, book.source_language()));
                let via = via.map(|via| format!(", {}", via.text)).unwrap_or_default();
                Worded { text: format!("{}: {}{via}", parts.receiver, content.text), ..content.clone() }
            };
            Cow::Owned(Text(parts.content.0.iter().map(worded).collect()))
        }
        _ => Cow::Borrowed(&*standard.text),
    }
}

/// The condition of the standard itself, without those of its sequence, phase and step, which are compared where they are written.
fn own_when(book: &Book, standard: &Standard) -> String {
    let sequence = book.sequences.get(standard.sequence);
    let phase = book.phase_at(standard.sequence, standard.phase);
    let step = phase.and_then(|phase| phase.steps.get(standard.step?));
    let above = [
        sequence.and_then(|sequence| sequence.when.as_ref()),
        phase.and_then(|phase| phase.when.as_ref()),
        step.and_then(|step| step.when.as_ref()),
    ];
    let own: Vec<String> = standard.when.iter().skip(above.iter().flatten().count()).map(condition).collect();
    own.join(" and ")
}

pub(super) fn condition(condition: &Condition) -> String {
    single_spaced(&condition.source).into_owned()
}

/// Whether two ids name one thing, in whichever direction of time.
pub(super) fn is_same(id: &Id, other: &Id) -> bool {
    id.name == other.name || other.has_been(&id.name) || id.has_been(&other.name)
}

/// The phase of that id, and its place: index of the sequence and of the phase in it.
fn find_phase<'a>(book: &'a Book, id: &Id) -> Option<((usize, usize), &'a Phase)> {
    let all = || {
        let phases = book.sequences.iter().enumerate();
        phases.flat_map(|(s, sequence)| sequence.phases.iter().enumerate().map(move |(p, phase)| ((s, p), phase)))
    };
    all().find(|(_, phase)| phase.id.name == id.name).or_else(|| all().find(|(_, phase)| is_same(&phase.id, id)))
}
