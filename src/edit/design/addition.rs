//! Answers as edits: each adds to the book's files what a trainer would have written there, and leaves every other byte.

use std::collections::BTreeMap;

use crate::book::{Book, Bound, Contact, Level, Loaded, MANIFEST, Phase, Sequence, StandardType, Text, Worded, id};
use crate::edit::append::{self, AppendTarget, NewItem};
use crate::edit::convert::{draft_of, free_id};
use crate::edit::emit::YamlBlock;
use crate::edit::patch::Patch;
use crate::edit::wording::reword;
use crate::edit::{EditError, FileEdit, tree, verify};
use crate::message::Message;
use crate::method::Standard;
use crate::say;
use crate::source::yaml::{self, Entry, Layout, Node, Value};
use crate::source::{FileId, Span, World};
use crate::units::Quantity;

/// A text by language: the source language first.
pub(crate) type Wordings = Vec<(String, String)>;

/// A step, as it was answered.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewStep {
    /// What it is called, by language.
    pub title: Wordings,
    /// Where the customer is met, if anywhere.
    pub contact: Vec<Contact>,
    /// Whether it is a moment of truth.
    pub moment_of_truth: bool,
    /// Id of the role that acts.
    pub role: Option<String>,
}

/// A standard in the trainer's own words.
#[derive(Clone, Debug)]
pub(crate) struct NewStandard {
    /// The step it is pinned to, by id.
    pub step: Option<String>,
    /// The trait that it converts.
    pub of_trait: String,
    /// What it is about.
    pub kind: StandardType,
    /// How much it offers.
    pub level: Level,
    /// What it demands, by language: the source language first.
    pub text: Wordings,
    /// The figure in it: what it measures, which way it bounds, and how much.
    pub measure: Option<(Wordings, Bound, Quantity)>,
}

/// A book whose design goes on.
pub(crate) struct Design<'a> {
    pub(super) world: &'a dyn World,
    pub(super) loaded: &'a Loaded,
}

/// One thing to be added to a file.
struct Addition<'a> {
    target: AppendTarget<'a>,
    content: Content<'a>,
}

/// What is added under the key.
enum Content<'a> {
    /// Mappings, at the end of a list.
    Items(Vec<NewItem<'a>>),
    /// Names, at the end of a list.
    Names(Vec<String>),
    /// A value, where the key has none.
    Value(String),
}

impl<'a> Design<'a> {
    /// The design of that book.
    pub fn new(world: &'a dyn World, loaded: &'a Loaded) -> Self {
        Design { world, loaded }
    }

    fn book(&self) -> &'a Book {
        &self.loaded.book
    }

    /// Adds a service area; gives its id.
    ///
    /// # Errors
    /// Where the file is written in a way that this does not reach.
    pub fn area(&self, title: &[(String, String)]) -> Result<(String, Vec<FileEdit>), EditError> {
        let taken = |name: &str| {
            let of_sequences = self.book().sequences.iter().filter_map(|sequence| sequence.area.as_deref());
            self.book().areas.iter().any(|area| area.id.is_or_was(name))
                || of_sequences.into_iter().any(|area| area == name)
        };
        let name = free(of_source(title), "area", taken);
        let target = self.manifest("areas")?;
        Ok((
            name.clone(),
            self.edit(vec![Addition { target, content: Content::Items(vec![titled(&name, title)]) }], &[])?,
        ))
    }

    /// Adds a service sequence in a file of its own; gives its id.
    pub fn sequence(
        &self,
        title: &[(String, String)],
        area: Option<&str>,
    ) -> Result<(String, Vec<FileEdit>), EditError> {
        let name = free(of_source(title), "sequence", |name| {
            let file_exists = self.world.bytes(&format!("sequences/{name}.yaml")).is_ok();
            file_exists || self.book().sequences.iter().any(|sequence| sequence.id.is_or_was(name))
        });
        let mut block = YamlBlock::new(0);
        block.value("id", &name);
        worded(&mut block, "title", title);
        if let Some(area) = area {
            block.value("area", area);
        }
        block.raw("phases", "[]");
        let file = FileEdit { path: format!("sequences/{name}.yaml"), before: None, after: block.text() + "\n" };
        let target = self.manifest("sequences")?;
        // Where the manifest lists the sequences, a new one goes to the end of the list.
        let listed = self.has_key(target);
        let addition = Addition { target, content: Content::Names(vec![name.clone()]) };
        Ok((name, self.edit(listed.then_some(addition).into_iter().collect(), &[file])?))
    }

    /// Adds a phase at the end of a sequence; gives its id.
    pub fn phase(&self, sequence: &Sequence, title: &[(String, String)]) -> Result<(String, Vec<FileEdit>), EditError> {
        let phases = || self.book().phases();
        let name = free(of_source(title), "phase", |name| phases().any(|phase| phase.id.is_or_was(name)));
        let shown = say!("the sequence `{sequence}`", sequence = &*sequence.id.name);
        let target =
            AppendTarget { file: sequence.id.span.file, owner: Some(sequence.id.span), name: &shown, key: "phases" };
        let content = Content::Items(vec![titled(&name, title)]);
        Ok((name.clone(), self.edit(vec![Addition { target, content }], &[])?))
    }

    /// Adds a step at the end of a phase; gives its id.
    pub fn step(&self, phase: &Phase, step: &NewStep) -> Result<(String, Vec<FileEdit>), EditError> {
        let name = free(of_source(&step.title), "step", |name| phase.steps.iter().any(|step| step.id.is_or_was(name)));
        let id = name.clone();
        let item: NewItem<'_> = Box::new(move |block, width| {
            block.item(width, |block| {
                block.value("id", &id);
                worded(block, "title", &step.title);
                let words: Vec<&str> = step.contact.iter().map(|contact| contact.word()).collect();
                match words.as_slice() {
                    [] => {}
                    [contact] => block.value("contact", contact),
                    several => block.flow("contact", several.iter().copied()),
                }
                if let Some(role) = &step.role {
                    block.value("role", role);
                }
                if step.moment_of_truth {
                    block.raw("moment-of-truth", "true");
                }
            });
        });
        Ok((name, self.in_phase(phase, "steps", Content::Items(vec![item]))?))
    }

    /// Gives a phase traits, each with why it matters there.
    pub fn traits(&self, phase: &Phase, traits: &[(String, Wordings)]) -> Result<Vec<FileEdit>, EditError> {
        if traits.iter().all(|(_, why)| why.is_empty()) {
            return self.in_phase(
                phase,
                "traits",
                Content::Names(traits.iter().map(|(name, _)| name.clone()).collect()),
            );
        }
        let item = |(name, why): &'_ (String, Wordings)| -> NewItem<'static> {
            let (name, why) = (name.clone(), why.clone());
            Box::new(move |block, width| {
                block.item(width, |block| {
                    block.value("trait", &name);
                    if !why.is_empty() {
                        worded(block, "why", &why);
                    }
                });
            })
        };
        self.in_phase(phase, "traits", Content::Items(traits.iter().map(item).collect()))
    }

    /// Says which level a phase aims at.
    pub fn target(&self, phase: &Phase, level: Level) -> Result<Vec<FileEdit>, EditError> {
        self.in_phase(phase, "target", Content::Value(level.word().to_owned()))
    }

    /// Takes what a trait's pattern proposes; `text` holds the wordings that replace the proposed ones, by language.
    pub fn take(
        &self,
        phase: &Phase,
        proposed: &Standard,
        text: &[(String, String)],
        measure: Option<Quantity>,
    ) -> Result<Vec<FileEdit>, EditError> {
        let mut standard = proposed.clone();
        if !text.is_empty() {
            let worded = |(tag, text): &(String, String)| Worded {
                language: crate::book::Language::new(tag),
                text: text.clone(),
                span: Span::default(),
            };
            standard.text = Text(text.iter().map(worded).collect()).into();
            // Another figure in the text is another figure in the measure; where the text lost it, so does the measure.
            standard.measure =
                standard.measure.take().zip(measure).map(|(old, value)| crate::book::Measure { value, ..old });
        }
        let draft = draft_of(self.book(), &standard);
        let book = self.book();
        let item: NewItem<'_> = Box::new(move |block, width| draft.write_in_force(book, block, width));
        self.in_phase(phase, "standards", Content::Items(vec![item]))
    }

    /// Adds a standard in the trainer's own words; gives its id.
    pub fn standard(&self, phase: &Phase, new: &NewStandard) -> Result<(String, Vec<FileEdit>), EditError> {
        let words = new.text.first().map_or("", |(_, text)| text.as_str());
        // The first words are enough of a name.
        let words: String = id::suggest(words).unwrap_or_default().split('-').take(6).collect::<Vec<_>>().join("-");
        let name = free_id(self.book(), if words.is_empty() { "standard" } else { &words });
        let id = name.clone();
        let item: NewItem<'_> = Box::new(move |block, width| {
            block.item(width, |block| {
                block.value("id", &id);
                if let Some(step) = &new.step {
                    block.value("step", step);
                }
                block.value("trait", &new.of_trait);
                block.value("type", new.kind.word());
                block.value("level", new.level.word());
                worded(block, "text", &new.text);
                if let Some((what, bound, value)) = &new.measure {
                    block.under("measure", |block| {
                        worded(block, "what", what);
                        let key = match bound {
                            Bound::Within | Bound::Between => "within",
                            Bound::AtMost => "at-most",
                            Bound::AtLeast => "at-least",
                        };
                        // A bare count stands as a number.
                        let plain = value.plain();
                        if plain.parse::<f64>().is_ok() { block.raw(key, &plain) } else { block.value(key, &plain) }
                    });
                }
            });
        });
        Ok((name, self.in_phase(phase, "standards", Content::Items(vec![item]))?))
    }

    /// Leaves a cell blank for a reason.
    pub fn blank(
        &self,
        phase: &Phase,
        of_trait: &str,
        kind: StandardType,
        level: Level,
        why: &[(String, String)],
    ) -> Result<Vec<FileEdit>, EditError> {
        let item: NewItem<'_> = Box::new(move |block, width| {
            block.item(width, |block| {
                block.value("trait", of_trait);
                block.value("type", kind.word());
                block.value("level", level.word());
                worded(block, "why", why);
            });
        });
        self.in_phase(phase, "waive", Content::Items(vec![item]))
    }

    /// Words a standard of the book anew, in the languages that are given; `figure` is the value that its measure then has.
    pub fn reword(
        &self,
        standard: &Standard,
        text: &[(String, String)],
        figure: Option<&Quantity>,
    ) -> Result<Vec<FileEdit>, EditError> {
        let figure = figure.map(Quantity::plain);
        let change = reword(self.loaded, standard.id.span, text, figure.as_deref())?;
        verify::unharmed(self.world, self.loaded, std::slice::from_ref(&change))?;
        Ok(vec![change])
    }

    fn in_phase(&self, phase: &Phase, key: &str, content: Content<'_>) -> Result<Vec<FileEdit>, EditError> {
        let name = say!("the phase `{phase}`", phase = &*phase.id.name);
        let target = AppendTarget { file: phase.id.span.file, owner: Some(phase.id.span), name: &name, key };
        self.edit(vec![Addition { target, content }], &[])
    }

    fn manifest(&self, key: &'static str) -> Result<AppendTarget<'static>, EditError> {
        let file = self.loaded.sources.iter().find(|(_, source)| !source.built_in && source.path == MANIFEST);
        let file = file.map(|(file, _)| file);
        let file =
            file.ok_or_else(|| EditError::usage(say!("the book has no {manifest}", manifest = MANIFEST), None))?;
        static NAME: std::sync::LazyLock<Message> = std::sync::LazyLock::new(|| say!("the manifest"));
        Ok(AppendTarget { file, owner: None, name: &NAME, key })
    }

    fn has_key(&self, target: AppendTarget<'_>) -> bool {
        let read = yaml::parse(target.file, &self.loaded.sources.get(target.file).text);
        read.is_ok_and(|root| root.get(target.key).is_some())
    }

    /// The additions as changes, proved: each file says what it said and the addition, and the book has no new finding.
    fn edit(&self, additions: Vec<Addition<'_>>, new_files: &[FileEdit]) -> Result<Vec<FileEdit>, EditError> {
        if !self.loaded.findings.is_empty() {
            return Err(EditError::Findings(self.loaded.findings.clone()));
        }
        let trees: BTreeMap<FileId, Node<'_>> = verify::trees(self.loaded)?.into_iter().collect();
        let mut changes: Vec<FileEdit> = Vec::new();
        for addition in &additions {
            let Some(root) = trees.get(&addition.target.file) else { continue };
            changes.push(self.edit_file(root, addition)?);
        }
        changes.extend_from_slice(new_files);
        verify::unharmed(self.world, self.loaded, &changes)?;
        Ok(changes)
    }

    fn edit_file(&self, root: &Node<'_>, addition: &Addition<'_>) -> Result<FileEdit, EditError> {
        let target = addition.target;
        let source = self.loaded.sources.get(target.file);
        let mut patch = Patch::default();
        let mut added_alone = YamlBlock::new(0);
        match &addition.content {
            Content::Items(items) => {
                append::items(&mut patch, self.loaded, root, target, items)?;
                added_alone.under("added", |block| items.iter().for_each(|item| item(block, 2)));
            }
            Content::Names(names) => {
                append::names(&mut patch, self.loaded, root, target, names)?;
                added_alone.flow("added", names.iter().map(String::as_str));
            }
            Content::Value(value) => {
                append::value(&mut patch, self.loaded, root, target, value)?;
                added_alone.value("added", value);
            }
        }
        let not_kept = |detail: Message| verify::not_kept(source, detail);
        let added_text = added_alone.text();
        let added = yaml::parse(target.file, &added_text).map_err(|_| not_kept(say!("it would not be YAML")))?;
        let added = added.get("added").cloned().ok_or_else(|| not_kept(say!("nothing would be added")))?;
        let mut intended = root.clone();
        match target.owner {
            None => intend(&mut intended, target.key, added),
            Some(id) => tree::each_mut(&mut intended, &mut |node| {
                if node.get("id").is_some_and(|value| value.span == id) {
                    intend(node, target.key, added.clone());
                }
            }),
        }
        verify::as_intended(source, &patch, &intended)
    }
}

impl std::fmt::Debug for Design<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Design").finish_non_exhaustive()
    }
}

/// An entry with an id and a title.
fn titled(name: &str, title: &[(String, String)]) -> NewItem<'static> {
    let (name, title) = (name.to_owned(), title.to_vec());
    Box::new(move |block, width| {
        block.item(width, |block| {
            block.value("id", &name);
            worded(block, "title", &title);
        });
    })
}

/// A text in the source language stands plainly; several stand each under its language.
fn worded(block: &mut YamlBlock, key: &str, texts: &[(String, String)]) {
    match texts {
        [(_, text)] => block.prose(key, text),
        texts => block.under(key, |block| texts.iter().for_each(|(tag, text)| block.prose(tag, text))),
    }
}

fn of_source(texts: &[(String, String)]) -> &str {
    texts.first().map_or("", |(_, text)| text)
}

/// An id made of a title, numbered where it is taken.
pub(crate) fn free(title: &str, otherwise: &str, taken: impl Fn(&str) -> bool) -> String {
    let plain = id::suggest(title).unwrap_or_else(|| otherwise.to_owned());
    if !taken(&plain) {
        return plain;
    }
    let cut = plain.get(..id::MAX_ID - 6).unwrap_or(&plain).trim_end_matches('-').to_owned();
    let numbered = (2usize..10_000).map(|number| format!("{cut}-{number}"));
    // A book has no ten thousand ids of one name.
    numbered.into_iter().find(|name| !taken(name)).unwrap_or(plain)
}

/// The intended change: what is added at the end of a key's list, or the key with it.
pub(in crate::edit) fn intend<'t>(map: &mut Node<'t>, key: &str, mut added: Node<'t>) {
    let Value::Map(entries, _) = &mut map.value else { return };
    match entries.iter_mut().find(|entry| entry.key == key) {
        Some(entry) => match (&mut entry.value.value, &mut added.value) {
            (Value::List(old, _), Value::List(new, _)) => old.append(new),
            (other, Value::List(new, _)) => *other = Value::List(std::mem::take(new), Layout::Block),
            (other, _) => *other = added.value,
        },
        None => entries.push(Entry { key: key.to_owned().into(), key_span: Span::default(), value: added }),
    }
}
