//! What was found in files of a house → drafts of the book: in which phase each goes, what it is called, what is proposed for it.

use std::collections::BTreeSet;

use super::cell_words::bare;
use super::house::{HouseFile, HouseProposal, HouseStandard, Key, Wordings, proposal, words_for_id};
use super::{Spot, Unread};
use crate::book::{Book, Bound, Id, Language, Level, Sequence, StandardType, Status, Text, id};
use crate::edit::convert::{own_id, taken};
use crate::edit::intake::{DraftValue, Home, Intake, IntakePhase, NewDraft};
use crate::language::Interface;
use crate::message::Message;
use crate::say;

/// A file and what was found in it.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its name.
    pub name: String,
    /// What was found.
    pub found: HouseFile,
}

/// Drafts to be taken in.
#[derive(Debug, Default)]
pub(crate) struct DraftPlan {
    /// What goes where.
    pub intakes: Vec<Intake>,
    /// The drafts, in the order of the files.
    pub drafts: Vec<DraftSummary>,
    /// Standards that are in the book already: the file, and what.
    pub known: Vec<(String, Unread)>,
}

/// What is told of a draft.
#[derive(Clone, Debug)]
pub(crate) struct DraftSummary {
    /// Its id.
    pub id: String,
    /// Its sequence.
    pub sequence: String,
    /// Its phase.
    pub phase: String,
    /// The file.
    pub file: String,
    /// Where in it.
    pub spot: Spot,
    /// The keys that something is proposed for, or that are to be decided.
    pub proposed: Vec<&'static str>,
    /// What it demands.
    pub text: Wordings,
    /// Its type, where the file says so.
    pub kind: Option<StandardType>,
    /// Its level, where the file says so.
    pub level: Option<Level>,
}

/// What drafts are planned in.
pub(crate) struct Planner<'a> {
    book: &'a Book,
    /// What comments are said in: the book's source language.
    words: &'static Interface,
    standards: BTreeSet<String>,
    phases: BTreeSet<String>,
    sequences: BTreeSet<String>,
    /// The texts of the book, without marks, and the id of the standard of each.
    texts: Vec<(String, String)>,
}

impl std::fmt::Debug for Planner<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Planner").finish_non_exhaustive()
    }
}

impl<'a> Planner<'a> {
    /// For that book.
    pub fn new(book: &'a Book) -> Self {
        let names = |id: &Id| id.was.iter().cloned().chain([id.name.clone()]).collect::<Vec<_>>();
        let all = || book.phases();
        let written = all().flat_map(|phase| &phase.standards).filter(|standard| standard.status != Status::Retired);
        let texts = written
            .flat_map(|standard| standard.text.0.iter().map(|worded| (bare(&worded.text), standard.id.name.clone())));
        Planner {
            book,
            words: Interface::of(book.source_language()),
            standards: taken(book),
            phases: all().flat_map(|phase| names(&phase.id)).collect(),
            sequences: book.sequences.iter().flat_map(|sequence| names(&sequence.id)).collect(),
            texts: texts.collect(),
        }
    }

    /// Plans where everything goes: into the sequence of that index, or each file into a sequence of its own. `is_free` tells
    /// whether there is no file for a sequence of that id.
    pub fn plan(mut self, sources: Vec<Source>, into: Option<usize>, is_free: impl Fn(&str) -> bool) -> DraftPlan {
        let mut plan = DraftPlan::default();
        match into {
            Some(index) => {
                let mut phases = Vec::new();
                for source in sources {
                    self.take(source, Some(index), &self.book.sequences[index].id.name.clone(), &mut phases, &mut plan);
                }
                if !phases.is_empty() {
                    plan.intakes.push(Intake { home: Home::Existing(index), phases });
                }
            }
            None => {
                for source in sources {
                    let stem = stem(&source.name).to_owned();
                    let title =
                        source.found.title.clone().filter(|title| !title.is_empty()).unwrap_or_else(|| stem.clone());
                    let name = id::free(&title, "sequence", |name| self.sequences.contains(name) || !is_free(name));
                    let comments = vec![self.words.say(&say!("from {file}", file = &*source.name))];
                    let language = self.language_of(&title);
                    let mut phases = Vec::new();
                    self.take(source, None, &name, &mut phases, &mut plan);
                    if !phases.is_empty() {
                        self.sequences.insert(name.clone());
                        let home = Home::New { id: name, title: vec![(language, title)], comments };
                        plan.intakes.push(Intake { home, phases });
                    }
                }
            }
        }
        plan
    }

    /// The language of a title among those of the book.
    fn language_of(&self, title: &str) -> String {
        let told = super::cell_words::language(title);
        let known = self.book.languages.iter().find(|language| Some(language.primary()) == told);
        known.unwrap_or_else(|| self.book.source_language()).tag().to_owned()
    }

    fn take(
        &mut self,
        source: Source,
        into: Option<usize>,
        sequence: &str,
        phases: &mut Vec<IntakePhase>,
        plan: &mut DraftPlan,
    ) {
        let book = self.book;
        let home = into.map(|index| &book.sequences[index]);
        let title = source
            .found
            .title
            .clone()
            .filter(|title| !title.is_empty())
            .unwrap_or_else(|| stem(&source.name).to_owned());
        for mut item in source.found.items {
            let spot = item.spot.clone().unwrap_or_else(|| Spot::line(1));
            if let Some(unread) = self.known(&item, &spot) {
                plan.known.push((source.name.clone(), unread));
                continue;
            }
            if item.phase.is_empty() {
                item.phase = vec![(self.language_of(&title), title.clone())];
            }
            let place = self.phase(home, &item.phase, phases);
            let step = (!item.step.is_empty()).then(|| step(home, &mut phases[place], &item.step));
            let proposal = proposal(&item);
            let text = in_order(self.book, &item.text);
            let words = text.iter().find(|(tag, _)| *tag == self.book.source_language().tag()).or(text.first());
            let name = own_id(&words_for_id(words.map_or("", |(_, text)| text.as_str())), &self.standards);
            self.standards.insert(name.clone());
            let proposed = proposed(&item, &proposal);
            let comments = self.comments(&source.name, &spot, &mut item, &proposal);
            let keys = self.keys(&item, step, &text);
            plan.drafts.push(DraftSummary {
                id: name.clone(),
                sequence: sequence.to_owned(),
                phase: phases[place].id.clone(),
                file: source.name.clone(),
                spot,
                proposed,
                text,
                kind: item.kind,
                level: item.level,
            });
            phases[place].drafts.push(NewDraft { id: name, comments, keys });
        }
    }

    /// A standard that is in the book already, word by word.
    fn known(&self, item: &HouseStandard, spot: &Spot) -> Option<Unread> {
        let is_it = |(text, _): &&(String, String)| item.text.iter().any(|(_, written)| bare(written) == *text);
        let (_, name) = self.texts.iter().find(is_it)?;
        let value = item.text.first().map(|(_, text)| text.clone()).unwrap_or_default();
        let why = say!("the book has this standard already: `{standard}`", standard = name);
        Some(Unread { spot: spot.clone(), value, why })
    }

    /// The phase of that title: one of the sequence, one that is planned, or a new one.
    fn phase(&mut self, home: Option<&Sequence>, title: &Wordings, phases: &mut Vec<IntakePhase>) -> usize {
        if let Some(place) =
            phases.iter().position(|phase| phase.title.as_ref().is_some_and(|known| same(known, title)))
        {
            return place;
        }
        let existing = home
            .and_then(|sequence| sequence.phases.iter().find(|phase| is_named(&phase.id, Some(&phase.title), title)));
        if let Some(phase) = existing {
            if let Some(place) = phases.iter().position(|known| known.id == phase.id.name) {
                return place;
            }
            phases.push(IntakePhase { id: phase.id.name.clone(), title: None, steps: Vec::new(), drafts: Vec::new() });
            return phases.len() - 1;
        }
        let words = title.first().map_or("", |(_, title)| title.as_str());
        let name = id::free(words, "phase", |name| self.phases.contains(name));
        self.phases.insert(name.clone());
        let title = Some(in_order(self.book, title));
        phases.push(IntakePhase { id: name, title, steps: Vec::new(), drafts: Vec::new() });
        phases.len() - 1
    }

    /// What stands above a draft.
    fn comments(&self, file: &str, spot: &Spot, item: &mut HouseStandard, proposal: &HouseProposal) -> Vec<String> {
        let from = say!("from {file}, {place}", file, place = spot.told.clone());
        let mut comments = vec![match &item.number {
            Some(number) => say!("{from} (no. {number})", from, number),
            None => from,
        }];
        match (item.kind, &proposal.kind) {
            (Some(_), _) => {}
            (None, Some((kind, why))) => {
                let kind = self.words.word("type", kind.word()).to_owned();
                let word = proposal.kind.as_ref().map_or("", |(kind, _)| kind.word());
                // In its own word, that which is to be typed stands first.
                comments.push(match kind == word {
                    true => say!("proposed: {word}, because {why}", word, why = why.clone()),
                    false => say!("proposed: {word} ({kind}), because {why}", word, kind, why = why.clone()),
                });
            }
            (None, None) => comments.push(say!("to decide: the type (personal, product or procedural)")),
        }
        if item.level.is_none() {
            comments.push(say!("to decide: the level (basic, expected or exclusive)"));
        }
        if let Some(figure) = &proposal.measure {
            let figure = format!("{}: {}", figure.bound.key(), figure.value);
            comments.push(say!("proposed: measure {figure}, the figure in the text", figure = format!("{{{figure}}}")));
        }
        if let Some(status) = item.status.filter(|status| *status != Status::Draft) {
            let status = self.words.word("status", status.word()).to_owned();
            comments.push(say!("status in the file: {status}", status));
        }
        if let (Some((_, words)), None) = (item.what.first(), &item.measure) {
            comments.push(say!("what is measured, in the file: {words}", words));
        }
        comments.append(&mut item.notes);
        let (roles, other) = self.find(std::mem::take(&mut item.roles), |book, wanted| {
            let is_it =
                |(id, title): &(&Id, Option<&Text>)| is_named(id, *title, &[(String::new(), wanted.to_owned())]);
            book.roles.iter().map(|role| (&role.id, Some(&role.title))).find(is_it).map(|(id, _)| id.name.clone())
        });
        item.roles = roles;
        comments.extend(other.map(|words| say!("role in the file: {words}", words)));
        let (traits, other) = self.find(std::mem::take(&mut item.traits), |book, wanted| {
            let is_it =
                |(id, title): &(&Id, Option<&Text>)| is_named(id, *title, &[(String::new(), wanted.to_owned())]);
            book.traits
                .iter()
                .map(|of_trait| (&of_trait.id, Some(&of_trait.title)))
                .find(is_it)
                .map(|(id, _)| id.name.clone())
        });
        item.traits = traits;
        comments.extend(other.map(|words| say!("trait in the file: {words}", words)));
        comments.iter().map(|comment: &Message| self.words.say(comment)).collect()
    }

    /// Ids of what is known, and the words of what is not.
    fn find(&self, words: Vec<String>, known: impl Fn(&Book, &str) -> Option<String>) -> (Vec<String>, Option<String>) {
        let (mut ids, mut others) = (Vec::new(), Vec::new());
        for word in words {
            match known(self.book, &word) {
                Some(id) if ids.contains(&id) => {}
                Some(id) => ids.push(id),
                None => others.push(word),
            }
        }
        (ids, (!others.is_empty()).then(|| others.join(", ")))
    }

    /// The keys of a draft.
    fn keys(&self, item: &HouseStandard, step: Option<String>, text: &Wordings) -> Vec<(&'static str, DraftValue)> {
        let mut keys = Vec::new();
        let mut add =
            |key: &'static str, content: Option<DraftValue>| keys.extend(content.map(|content| (key, content)));
        let names = |names: &[String]| (!names.is_empty()).then(|| DraftValue::Names(names.to_vec()));
        let worded = |texts: &Wordings| (!texts.is_empty()).then(|| DraftValue::Text(in_order(self.book, texts)));
        add("step", step.map(DraftValue::Word));
        add("trait", names(&item.traits));
        add("type", item.kind.map(|kind| DraftValue::Word(kind.word().to_owned())));
        add("level", item.level.map(|level| DraftValue::Word(level.word().to_owned())));
        add("role", names(&item.roles));
        add("text", Some(DraftValue::Text(text.clone())));
        add(
            "measure",
            item.measure.as_ref().map(|figure| {
                let value = match (figure.bound, &figure.high) {
                    (Bound::Between, Some(high)) => DraftValue::Pair(figure.value.clone(), high.clone()),
                    _ => DraftValue::Word(figure.value.clone()),
                };
                let what = worded(&item.what).map(|what| ("what", what));
                let share = figure.share.clone().map(|share| ("share", DraftValue::Word(share)));
                DraftValue::Map(what.into_iter().chain([(figure.bound.key(), value)]).chain(share).collect())
            }),
        );
        add("verify", item.verify.map(|verify| DraftValue::Word(verify.word().to_owned())));
        add(
            "critical",
            item.critical.filter(|critical| *critical).map(|critical| DraftValue::Bare(critical.to_string())),
        );
        add("weight", item.weight.filter(|weight| *weight != 1.0).map(|weight| DraftValue::Bare(weight.to_string())));
        add("why", worded(&item.why));
        for (key, name) in [(Key::How, "how"), (Key::Say, "say"), (Key::Avoid, "avoid"), (Key::Sources, "sources")] {
            let list = item.lists.iter().find(|(known, list)| *known == key && !list.is_empty());
            add(
                name,
                list.map(|(_, list)| DraftValue::Texts(list.iter().map(|texts| in_order(self.book, texts)).collect())),
            );
        }
        keys
    }
}

/// The keys for which something is proposed or left to be decided.
fn proposed(item: &HouseStandard, proposal: &HouseProposal) -> Vec<&'static str> {
    let open =
        [("type", item.kind.is_none()), ("level", item.level.is_none()), ("measure", proposal.measure.is_some())];
    open.into_iter().filter(|(_, is_open)| *is_open).map(|(key, _)| key).collect()
}

/// The step of that title in a phase: one that it has, one that is planned, or a new one.
fn step(home: Option<&Sequence>, intake: &mut IntakePhase, title: &Wordings) -> String {
    let phase = home.and_then(|sequence| sequence.phases.iter().find(|phase| phase.id.name == intake.id));
    let existing =
        phase.and_then(|phase| phase.steps.iter().find(|step| is_named(&step.id, step.title.as_ref(), title)));
    if let Some(step) = existing {
        return step.id.name.clone();
    }
    if let Some((name, _)) = intake.steps.iter().find(|(_, known)| same(known, title)) {
        return name.clone();
    }
    let words = title.first().map_or("", |(_, title)| title.as_str());
    let name = id::free(words, "step", |name| {
        phase.is_some_and(|phase| phase.steps.iter().any(|step| step.id.is_or_was(name)))
            || intake.steps.iter().any(|(known, _)| known == name)
    });
    intake.steps.push((name.clone(), title.clone()));
    name
}

/// Whether two titles are the same in some language.
fn same(wordings: &Wordings, other: &Wordings) -> bool {
    wordings.iter().any(|(_, text)| other.iter().any(|(_, written)| bare(text) == bare(written)))
}

/// Whether a title, or an id, is that of a thing.
fn is_named(id: &Id, title: Option<&Text>, wanted: &[(String, String)]) -> bool {
    wanted.iter().any(|(_, wanted)| {
        let words = bare(wanted);
        let is_title = |worded: &crate::book::Worded| bare(&worded.text) == words;
        bare(&id.name) == words || id.has_been(wanted) || title.is_some_and(|title| title.0.iter().any(is_title))
    })
}

/// Ids and titles of the phases of a sequence, without marks.
pub fn phase_names(sequence: &Sequence) -> Vec<String> {
    let names = sequence.phases.iter().flat_map(|phase| {
        let ids = phase.id.was.iter().chain([&phase.id.name]).map(|id| bare(id));
        ids.chain(phase.title.0.iter().map(|worded| bare(&worded.text)))
    });
    names.collect()
}

/// The languages of a text in the order of the book.
fn in_order(book: &Book, texts: &Wordings) -> Wordings {
    let mut texts = texts.clone();
    let place =
        |tag: &str| book.languages.iter().position(|language| *language == Language::new(tag)).unwrap_or(usize::MAX);
    texts.sort_by_key(|(tag, _)| place(tag));
    // One language twice, as two columns may have it, is one text.
    texts.dedup_by(|later, first| {
        let is_same = later.0 == first.0;
        if is_same {
            first.1.push(' ');
            first.1.push_str(&later.1);
        }
        is_same
    });
    texts
}

/// The name of a file without its ending.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
