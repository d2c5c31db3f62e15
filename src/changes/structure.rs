//! Compares what standards belong to: the book, sequences, phases, steps, traits, roles, departments, sites. Neither their
//! order nor the files that they stand in matter.

use std::collections::{BTreeSet, HashMap};

use super::compare::{condition, is_same};
use super::difference::{Difference, joined, shown};
use super::{Change, ChangeKind, ChangedKind, Value};
use crate::book::{Attribute, Book, FailPoint, Id, Language, Noun, Phase, Sequence, Step, Text, Trait, TraitUse};
use crate::text::single_spaced;
use crate::units::Quantity;

/// An entity of the book, and all of it that is compared.
struct Entity<'a> {
    of: ChangedKind,
    id: &'a Id,
    /// Of a step, its phase; of a phase, the phase itself.
    phase: Option<&'a Id>,
    title: Option<&'a Text>,
    texts: Vec<(&'static str, &'a Text)>,
    fields: Vec<(&'static str, String)>,
}

/// What changed, entity by entity, in the order of the book after; what is gone stands at the end of its kind.
pub(super) fn compare(before: &Book, after: &Book) -> Vec<Change> {
    let language = after.source_language();
    let mut changes = of_book(before, after, language);
    let (old, new) = (entities(before, after), entities(after, after));
    let index = Index::of(&old);
    let mut matched: BTreeSet<usize> = BTreeSet::new();
    for kind in [
        ChangedKind::Sequence,
        ChangedKind::Phase,
        ChangedKind::Step,
        ChangedKind::Trait,
        ChangedKind::Role,
        ChangedKind::Department,
        ChangedKind::Site,
    ] {
        for now in new.iter().filter(|entity| entity.of == kind) {
            match index.find(&old, now, &matched) {
                Some(number) => {
                    matched.insert(number);
                    of_pair(&old[number], now, language, &mut changes);
                }
                None => {
                    let after = now.title.map(|title| shown(title, language).into());
                    changes.push(Change { after, ..now.change(ChangeKind::Added) });
                }
            }
        }
        let gone = old.iter().enumerate().filter(|(number, entity)| entity.of == kind && !matched.contains(number));
        for (_, gone) in gone {
            let before = gone.title.map(|title| shown(title, before.source_language()).into());
            changes.push(Change { before, ..gone.change(ChangeKind::Removed) });
        }
    }
    changes
}

/// Things by their names, present and former.
struct Index<'a> {
    now: HashMap<(ChangedKind, &'a str), Vec<usize>>,
    former: HashMap<(ChangedKind, &'a str), Vec<usize>>,
}

impl<'a> Index<'a> {
    fn of(entities: &[Entity<'a>]) -> Self {
        let mut index = Index { now: HashMap::new(), former: HashMap::new() };
        for (number, entity) in entities.iter().enumerate() {
            index.now.entry((entity.of, entity.id.name.as_str())).or_default().push(number);
            for name in &entity.id.was {
                index.former.entry((entity.of, name.as_str())).or_default().push(number);
            }
        }
        index
    }

    /// Which of the old things this one is: by its id, else by a former one, else, backwards in time, by a later one.
    fn find(&self, old: &[Entity<'a>], now: &Entity<'_>, taken: &BTreeSet<usize>) -> Option<usize> {
        let fits = |number: &&usize| {
            let same_place = match (now.of, old[**number].phase, now.phase) {
                // Ids of steps are unique in their phase only.
                (ChangedKind::Step, Some(phase), Some(other)) => is_same(phase, other),
                _ => true,
            };
            same_place && !taken.contains(*number)
        };
        let named = |name: &str| self.now.get(&(now.of, name)).into_iter().flatten().find(fits).copied();
        let later = || self.former.get(&(now.of, now.id.name.as_str())).into_iter().flatten().find(fits).copied();
        named(&now.id.name).or_else(|| now.id.was.iter().find_map(|name| named(name))).or_else(later)
    }
}

fn of_pair(old: &Entity<'_>, now: &Entity<'_>, language: &Language, changes: &mut Vec<Change>) {
    let first = changes.len();
    if old.id.name != now.id.name {
        let (before, after) = (Some(old.name().into()), Some(now.name().into()));
        changes.push(Change { before, after, ..now.change(ChangeKind::Renamed) });
    }
    let mut text = |field: Option<&'static str>, before: Option<&Text>, after: Option<&Text>| {
        let nothing = Text::default();
        let differs = Difference::of(before.unwrap_or(&nothing), after.unwrap_or(&nothing), language);
        if differs.source {
            let kind = if field.is_none() { ChangeKind::Reworded } else { ChangeKind::Other };
            let shown = |text: Option<&Text>| {
                text.map(|text| shown(text, language)).filter(|text| !text.is_empty()).map(Value::Text)
            };
            changes.push(Change { before: shown(before), after: shown(after), field, ..now.change(kind) });
        }
        for (language, before, after) in differs.translations {
            let (before, after, language) = (before.map(Value::Text), after.map(Value::Text), Some(language));
            changes.push(Change { before, after, field, language, ..now.change(ChangeKind::Translated) });
        }
    };
    // Where neither has a title, a changed id is all there is, and is reported above.
    if old.title.is_some() || now.title.is_some() {
        text(None, old.title, now.title);
    }
    let keys: Vec<&'static str> = merged(old.texts.iter().map(|(key, _)| *key), now.texts.iter().map(|(key, _)| *key));
    for key in keys {
        let of = |entity: &Entity<'_>| -> Vec<Text> {
            entity.texts.iter().filter(|(name, _)| *name == key).map(|(_, text)| (*text).clone()).collect()
        };
        let (before, after) = (joined(&of(old)), joined(&of(now)));
        text(Some(key), Some(&before), Some(&after));
    }
    let fields = merged(old.fields.iter().map(|(key, _)| *key), now.fields.iter().map(|(key, _)| *key));
    for field in fields {
        let of = |entity: &Entity<'_>| {
            let value = entity.fields.iter().find(|(name, _)| *name == field).map(|(_, value)| value.clone());
            value.filter(|value| !value.is_empty())
        };
        let (before, after) = (of(old).map(Value::Text), of(now).map(Value::Text));
        if before != after {
            changes.push(Change { before, after, field: Some(field), ..now.change(ChangeKind::Other) });
        }
    }
    let old_id = (old.id.name != now.id.name).then(|| old.name());
    changes[first..].iter_mut().for_each(|change| change.old_id = old_id.clone());
}

/// Keys of both, each once, in order.
fn merged(old: impl Iterator<Item = &'static str>, new: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut keys: Vec<&'static str> = Vec::new();
    for key in new.chain(old) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

impl Entity<'_> {
    fn name(&self) -> String {
        match (self.of, self.phase) {
            (ChangedKind::Step, Some(phase)) => format!("{}.{}", phase.name, self.id.name),
            _ => self.id.name.clone(),
        }
    }

    fn change(&self, kind: ChangeKind) -> Change {
        Change {
            of: self.of,
            kind,
            id: self.name(),
            old_id: None,
            before: None,
            after: None,
            phase: self.phase.map(|phase| phase.name.clone()),
            field: None,
            language: None,
            from: Vec::new(),
        }
    }
}

/// The manifest: what applies to the book as a whole.
fn of_book(before: &Book, after: &Book, language: &Language) -> Vec<Change> {
    let id = Id { name: "book".to_owned(), ..Id::default() };
    let entity_fields = |book: &'_ Book| -> Vec<(&'static str, String)> {
        let languages: Vec<&str> = book.languages.iter().map(Language::tag).collect();
        let shares: Vec<String> = book.level_shares.iter().map(|share| format!("{} %", percent(*share))).collect();
        vec![
            ("languages", languages.join(", ")),
            ("sector", book.sector.clone().unwrap_or_default()),
            ("country", book.country.clone().unwrap_or_default()),
            ("customer", noun(&book.customer)),
            ("staff", noun(&book.staff)),
            ("target", book.target.to_string()),
            ("derive", book.derive.to_string()),
            ("levels", shares.join(", ")),
        ]
    };
    let side = |book| Entity {
        of: ChangedKind::Book,
        id: &id,
        phase: None,
        title: None,
        texts: Vec::new(),
        fields: entity_fields(book),
    };
    let (old, now) = (side(before), side(after));
    let mut changes = Vec::new();
    let with_title = |entity, title| Entity { title: Some(title), ..entity };
    of_pair(&with_title(old, &before.title), &with_title(now, &after.title), language, &mut changes);
    changes
}

fn percent(share: f64) -> f64 {
    (share * 100_000.0).round() / 1000.0
}

fn noun(noun: &Noun) -> String {
    let language = |(language, forms): (&Language, &crate::book::NounForms)| {
        let forms: Vec<String> = forms.forms.iter().map(|(form, word)| format!("{form}: {word}")).collect();
        format!("{language}: {}", forms.join(", "))
    };
    noun.forms.iter().map(language).collect::<Vec<_>>().join("; ")
}

/// Everything in the book that has an id and is no standard. What it refers to goes by the names of `now`, the book after:
/// something that was renamed is the same.
fn entities<'a>(book: &'a Book, now: &'a Book) -> Vec<Entity<'a>> {
    let names = Names(now);
    let mut all = Vec::new();
    for sequence in &book.sequences {
        all.push(of_sequence(sequence));
        for phase in &sequence.phases {
            all.push(names.of_phase(book, sequence, phase));
            all.extend(phase.steps.iter().map(|step| names.of_step(phase, step)));
        }
    }
    all.extend(book.traits.iter().map(of_trait));
    for role in &book.roles {
        let mut entity = plain(ChangedKind::Role, &role.id, &role.title);
        entity.texts.extend(role.duties.iter().map(|duty| ("duties", duty)));
        entity.fields.push(("noun", noun(&role.noun)));
        entity.fields.push(("when", role.when.as_ref().map(condition).unwrap_or_default()));
        let cover = role.covered_by.as_ref().map(|cover| names.role(&cover.value).to_owned());
        entity.fields.push(("covered-by", cover.unwrap_or_default()));
        all.push(entity);
    }
    all.extend(
        book.departments.iter().map(|department| plain(ChangedKind::Department, &department.id, &department.title)),
    );
    for site in &book.sites {
        let mut entity = plain(ChangedKind::Site, &site.id, &site.title);
        let attribute = |(name, value): (&String, &Attribute)| match value {
            Attribute::Bool(value) => format!("{name}: {value}"),
            Attribute::Number(value) => format!("{name}: {value}"),
            Attribute::Text(value) => format!("{name}: {}", single_spaced(value)),
        };
        entity.fields.push(("attributes", site.attributes.iter().map(attribute).collect::<Vec<_>>().join(", ")));
        all.push(entity);
    }
    all
}

fn plain<'a>(kind: ChangedKind, id: &'a Id, title: &'a Text) -> Entity<'a> {
    // The reader puts the id in the place of a title that is not written; that is no title.
    let title = Some(title).filter(|title| title.0.iter().any(|worded| worded.text != id.name));
    Entity { of: kind, id, phase: None, title, texts: Vec::new(), fields: Vec::new() }
}

fn of_sequence(sequence: &Sequence) -> Entity<'_> {
    let mut entity = plain(ChangedKind::Sequence, &sequence.id, &sequence.title);
    entity.fields.push(("area", sequence.area.clone().unwrap_or_default()));
    entity.fields.push(("customer", noun(&sequence.customer)));
    entity.fields.push(("when", sequence.when.as_ref().map(condition).unwrap_or_default()));
    entity
}

fn of_trait(listed: &Trait) -> Entity<'_> {
    let mut entity = plain(ChangedKind::Trait, &listed.id, &listed.title);
    entity.texts.extend(listed.meaning.iter().map(|meaning| ("meaning", meaning)));
    entity.fields.push(("dimension", listed.dimension.map(|dimension| dimension.to_string()).unwrap_or_default()));
    entity.fields.push(("opposes", listed.opposes.join(", ")));
    // A change inside a pattern is reported with the standards that it makes.
    let patterns: BTreeSet<&str> = listed.patterns.iter().map(|pattern| pattern.id.name.as_str()).collect();
    entity.fields.push(("patterns", patterns.into_iter().collect::<Vec<_>>().join(", ")));
    entity
}

/// The names of things as of a book.
struct Names<'a>(&'a Book);

impl Names<'_> {
    fn role<'n>(&'n self, name: &'n str) -> &'n str {
        self.0.role(name).map_or(name, |role| &role.id.name)
    }

    /// Traits in alphabetical order: their order in the file does not matter.
    fn traits(&self, used: &[TraitUse]) -> String {
        let name = |used: &TraitUse| self.0.trait_of(&used.name).map_or(&used.name, |now| &now.id.name).clone();
        used.iter().map(name).collect::<BTreeSet<String>>().into_iter().collect::<Vec<_>>().join(", ")
    }

    fn of_phase<'a>(&self, book: &Book, sequence: &Sequence, phase: &'a Phase) -> Entity<'a> {
        let mut entity = plain(ChangedKind::Phase, &phase.id, &phase.title);
        entity.phase = Some(&phase.id);
        entity.texts.extend(phase.wants.iter().map(|wants| ("wants", wants)));
        let now = self.0.sequences.iter().find(|other| other.id.is_or_was(&sequence.id.name));
        entity.fields.push(("sequence", now.map_or(&sequence.id, |now| &now.id).name.clone()));
        // A target that a phase takes from the book is compared with the book.
        let target = if phase.target == book.target { String::new() } else { phase.target.to_string() };
        entity.fields.push(("target", target));
        entity.fields.push(("traits", self.traits(&phase.traits)));
        entity.fields.push(("when", phase.when.as_ref().map(condition).unwrap_or_default()));
        entity
    }

    fn of_step<'a>(&self, phase: &'a Phase, step: &'a Step) -> Entity<'a> {
        let lanes = [
            ("evidence", &step.evidence),
            ("customer", &step.customer),
            ("staff", &step.staff),
            ("backstage", &step.backstage),
            ("support", &step.support),
        ];
        let mut texts: Vec<(&'static str, &Text)> =
            lanes.into_iter().filter_map(|(key, text)| Some((key, text.as_ref()?))).collect();
        let fail = step.fail_point.iter();
        let fail = fail.flat_map(|FailPoint { what, recovery, .. }| std::iter::once(what).chain(recovery));
        texts.extend(fail.map(|text| ("fail-point", text)));
        let contact: Vec<&str> = step.contact.iter().map(|contact| contact.word()).collect();
        let roles: Vec<&str> = step.roles.iter().map(|name| self.role(name)).collect();
        let quantity = |quantity: &Option<Quantity>| quantity.as_ref().map(Quantity::plain).unwrap_or_default();
        let fields = vec![
            ("contact", contact.join(", ")),
            ("has", step.has.iter().map(|has| has.word()).collect::<Vec<_>>().join(", ")),
            ("procedure", step.procedure.map(|procedure| procedure.to_string()).unwrap_or_default()),
            ("role", roles.join(", ")),
            ("any-time", if step.any_time { "true".to_owned() } else { String::new() }),
            ("moment-of-truth", if step.moment_of_truth { "true".to_owned() } else { String::new() }),
            ("lasts", quantity(&step.lasts)),
            ("waits", quantity(&step.waits)),
            ("traits", self.traits(&step.traits)),
            ("when", step.when.as_ref().map(condition).unwrap_or_default()),
        ];
        Entity {
            of: ChangedKind::Step,
            id: &step.id,
            phase: Some(&phase.id),
            title: step.title.as_ref(),
            texts,
            fields,
        }
    }
}
