//! Answers as edits: each adds to the book's files what a trainer would have written there, and leaves every other byte.

use crate::book::{Book, Bound, Contact, Level, Loaded, MANIFEST, Phase, Sequence, StandardType, Text, Worded, id};
use crate::edit::append::{self, AppendTarget, Content, NewItem};
use crate::edit::convert::{draft_of, free_id};
use crate::edit::emit::YamlBlock;
use crate::edit::wording::reword;
use crate::edit::{EditError, FileEdit, verify};
use crate::message::Message;
use crate::method::Standard;
use crate::say;
use crate::source::yaml;
use crate::source::{Span, World};
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
        let name = id::free(of_source(title), "area", taken);
        let target = self.manifest("areas")?;
        Ok((name.clone(), self.edit(Some((target, Content::Items(vec![titled(&name, title)]))), &[])?))
    }

    /// Adds a service sequence in a file of its own; gives its id.
    pub fn sequence(
        &self,
        title: &[(String, String)],
        area: Option<&str>,
    ) -> Result<(String, Vec<FileEdit>), EditError> {
        let name = id::free(of_source(title), "sequence", |name| {
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
        let content = Content::Names(vec![name.clone()]);
        Ok((name, self.edit(listed.then_some((target, content)), &[file])?))
    }

    /// Adds a phase at the end of a sequence; gives its id.
    pub fn phase(&self, sequence: &Sequence, title: &[(String, String)]) -> Result<(String, Vec<FileEdit>), EditError> {
        let phases = || self.book().phases();
        let name = id::free(of_source(title), "phase", |name| phases().any(|phase| phase.id.is_or_was(name)));
        let shown = say!("the sequence `{sequence}`", sequence = &*sequence.id.name);
        let target =
            AppendTarget { file: sequence.id.span.file, owner: Some(sequence.id.span), name: &shown, key: "phases" };
        let content = Content::Items(vec![titled(&name, title)]);
        Ok((name.clone(), self.edit(Some((target, content)), &[])?))
    }

    /// Adds a step at the end of a phase; gives its id.
    pub fn step(&self, phase: &Phase, step: &NewStep) -> Result<(String, Vec<FileEdit>), EditError> {
        let name =
            id::free(of_source(&step.title), "step", |name| phase.steps.iter().any(|step| step.id.is_or_was(name)));
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
        self.edit(Some((target, content)), &[])
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

    /// The addition as changes, proved: its file says what it said and the addition, and the book has no new finding.
    fn edit(
        &self,
        addition: Option<(AppendTarget<'_>, Content<'_>)>,
        new_files: &[FileEdit],
    ) -> Result<Vec<FileEdit>, EditError> {
        if !self.loaded.findings.is_empty() {
            return Err(EditError::Findings(self.loaded.findings.clone()));
        }
        let trees = verify::trees(self.loaded)?;
        let mut changes: Vec<FileEdit> = Vec::new();
        if let Some((target, content)) = &addition
            && let Some((_, root)) = trees.iter().find(|(file, _)| *file == target.file)
        {
            changes.push(append::added(self.loaded, root, &[(*target, content)])?);
        }
        changes.extend_from_slice(new_files);
        verify::unharmed(self.world, self.loaded, &changes)?;
        Ok(changes)
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
