//! A design under way: the book as it stands after every answer, and what can be asked of whoever answers.

use std::collections::{BTreeMap, VecDeque};
use std::io::Write;

use anyhow::Result;

use super::Question;
use super::journal::Journal;
use super::prompt::{Prompt, Reply};
use crate::book::{Book, Language, Loaded, StandardType, load};
use crate::check::wording::{StaffNouns, lint};
use crate::cli::Edge;
use crate::cli::edits::usage;
use crate::edit::design::Design;
use crate::edit::{EditError, FileEdit, Lock, write};
use crate::language::Interface;
use crate::message::Message;
use crate::method::{Standards, standards};
use crate::say;
use crate::source::{Disk, Overlay, World};

/// What is chosen from a list: numbers, from 0.
pub(super) type Chosen = Vec<usize>;

/// A text by language, the source language first.
pub(super) type Wordings = Vec<(String, String)>;

/// A sentence, or several in as many languages; empty where nothing was typed.
pub(super) struct TypedText<T> {
    pub text: T,
    /// Whether that is all for now: what was said is kept, and nothing more is asked.
    pub is_last: bool,
}

/// Whoever answers wants to go back by one answer. It leaves every question as an error does.
#[derive(Debug, thiserror::Error)]
#[error("back")]
pub(super) struct GoBack;

/// A design under way.
pub(super) struct Session<'a> {
    pub edge: &'a mut Edge,
    disk: &'a Disk,
    /// Where the answers go under `--dry-run`.
    overlay: Overlay<&'a Disk>,
    dry_run: bool,
    prompt: Prompt,
    pub loaded: Loaded,
    pub standards: Standards,
    /// Files that were changed, as they were before.
    written: BTreeMap<String, Option<String>>,
    journal: Journal,
    /// What was answered before to the question that is asked again; it is not asked aloud.
    again: VecDeque<String>,
}

impl<'a> Session<'a> {
    pub(super) fn new(edge: &'a mut Edge, disk: &'a Disk, loaded: Loaded, dry_run: bool) -> Result<Self> {
        let standards = standards(&loaded.book);
        let (overlay, prompt) = (Overlay::new(disk), Prompt::new()?);
        Ok(Session {
            edge,
            disk,
            overlay,
            dry_run,
            prompt,
            loaded,
            standards,
            written: BTreeMap::new(),
            journal: Journal::default(),
            again: VecDeque::new(),
        })
    }

    pub(super) fn book(&self) -> &Book {
        &self.loaded.book
    }

    /// Works out changes by the book as it stands, makes them, and reads the book again.
    pub(super) fn make<T>(
        &mut self,
        work: impl FnOnce(&Design<'_>, &Book) -> Result<(T, Vec<FileEdit>), EditError>,
    ) -> Result<T> {
        let world: &dyn World = if self.dry_run { &self.overlay } else { self.disk };
        let made = work(&Design::new(world, &self.loaded), &self.loaded.book);
        let (value, changes) = made.map_err(|error| usage(&error))?;
        if self.dry_run {
            self.overlay.apply(&changes);
        } else {
            write(self.disk.root(), &changes)?;
        }
        for change in &changes {
            self.written.entry(change.path.clone()).or_insert_with(|| change.before.clone());
        }
        self.journal.made(changes);
        self.read()?;
        Ok(value)
    }

    fn world(&self) -> &dyn World {
        if self.dry_run { &self.overlay } else { self.disk }
    }

    fn read(&mut self) -> Result<()> {
        self.loaded = load(self.world())?;
        self.standards = standards(&self.loaded.book);
        Ok(())
    }

    /// How many files are other than they were.
    pub(super) fn changed(&self) -> usize {
        let is_other = |(path, before): &(&String, &Option<String>)| self.world().text(path).ok() != **before;
        self.written.iter().filter(is_other).count()
    }

    /// A question begins.
    pub(super) fn begin(&mut self, question: &Question) {
        self.journal.begin(question.clone());
    }

    /// Takes the last answer back, with what it made of the book; gives the question that is to be asked again, none where
    /// there is no way back.
    pub(super) fn back(&mut self) -> Result<Option<Question>> {
        let Some(back) = self.journal.back() else {
            self.tell(say!("This is the first question."))?;
            return Ok(None);
        };
        if self.dry_run {
            for (path, _, before) in &back.files {
                match before {
                    Some(text) => self.overlay.set(path, text),
                    None => self.overlay.forget(path),
                }
            }
        } else if !back.files.is_empty() {
            let restored = |(path, now, before): &(String, String, Option<String>)| {
                let after = before.clone()?;
                Some(FileEdit { path: path.clone(), before: Some(now.clone()), after })
            };
            let restored: Vec<FileEdit> = back.files.iter().filter_map(restored).collect();
            let lock = Lock::of(self.disk.root())?;
            lock.write(&restored)?;
            for (path, now, _) in back.files.iter().filter(|(_, _, before)| before.is_none()) {
                lock.remove(path, now)?;
            }
        }
        self.journal.rewind(&back);
        self.again = back.lines.into();
        self.read()?;
        Ok(Some(back.question))
    }

    /// What the answers amount to under `--dry-run`.
    pub(super) fn changes(&self) -> Vec<FileEdit> {
        self.overlay.changes()
    }

    /// The language that questions are asked in.
    pub(super) fn interface(&self) -> &'static Interface {
        self.edge.tongue.people
    }

    /// A text of the author's, for the one who answers.
    pub(super) fn text(&self, text: &crate::book::Text) -> String {
        let language = Language::new(self.interface().tag());
        let source = self.book().source_language();
        // What the author wrote first is what is being designed; a translation helps only who reads it.
        let best = text.get(source).or_else(|| text.best(&language, source));
        best.map(|worded| crate::cli::table::one_line(&worded.text)).unwrap_or_default()
    }

    /// Says a line.
    pub(super) fn tell(&mut self, message: impl Into<Message>) -> Result<()> {
        let line = self.edge.say(&message.into());
        self.line(&line)
    }

    /// Prints a line as it is; nothing while old answers are given again.
    pub(super) fn line(&mut self, line: &str) -> Result<()> {
        if !self.again.is_empty() {
            return Ok(());
        }
        writeln!(self.edge.out, "{line}")?;
        Ok(self.edge.out.flush()?)
    }

    /// Asks for a line; none to stop. `help` is what `?` says.
    pub(super) fn ask(&mut self, question: impl Into<Message>, help: &Message) -> Result<Option<String>> {
        let question = question.into();
        self.tell(question.clone())?;
        self.answer("", &question, help)
    }

    /// Asks for a text in the languages of the book, the source language first; empty where that has none.
    pub(super) fn texts(&mut self, question: impl Into<Message>, help: &Message) -> Result<TypedText<Wordings>> {
        let languages = self.book().languages.clone();
        let mut question = question.into();
        let mut all: Wordings = Vec::new();
        for language in languages {
            let tag = language.tag();
            if !all.is_empty() {
                question = say!("The same in `{tag}`; Enter: later.", tag);
            }
            let Some(text) = self.ask(question.clone(), help)? else {
                return Ok(TypedText { text: all, is_last: true });
            };
            match (text.is_empty(), all.is_empty()) {
                (true, true) => break,
                (true, false) => {}
                (false, _) => all.push((tag.to_owned(), text)),
            }
        }
        Ok(TypedText { text: all, is_last: false })
    }

    /// Reads the answer to a question; says the question again after it was explained.
    fn answer(&mut self, given: &str, question: &Message, help: &Message) -> Result<Option<String>> {
        if let Some(line) = self.again.pop_front() {
            self.journal.answered(&line);
            return Ok(Some(line));
        }
        loop {
            match self.prompt.line("> ", given)? {
                Reply::Line(line) => {
                    self.journal.answered(&line);
                    return Ok(Some(line));
                }
                Reply::Stop => return Ok(None),
                Reply::Back => return Err(GoBack.into()),
                Reply::Explain => {
                    self.tell(help.clone())?;
                    self.tell(question.clone())?;
                }
            }
        }
    }

    /// Asks to choose from a numbered list; none to stop, an empty choice where Enter alone was pressed. With `several`,
    /// numbers may be joined by commas.
    pub(super) fn choose(
        &mut self,
        question: impl Into<Message>,
        options: &[String],
        several: bool,
        help: &Message,
    ) -> Result<Option<Chosen>> {
        let question = question.into();
        self.tell(question.clone())?;
        for (index, option) in options.iter().enumerate() {
            self.line(&format!("  {}  {option}", index + 1))?;
        }
        loop {
            let Some(line) = self.answer("", &question, help)? else { return Ok(None) };
            match chosen(&line, options.len(), several) {
                Some(chosen) => return Ok(Some(chosen)),
                None => self.journal.unanswered(),
            }
            let last = options.len();
            self.tell(match several {
                true => say!("Type numbers from 1 to {last}, joined by commas.", last),
                false => say!("Type a number from 1 to {last}.", last),
            })?;
        }
    }

    /// Asks for a sentence and holds it against the wording rules; whoever enters it unchanged a second time, or presses
    /// Enter alone, means it.
    pub(super) fn sentence(
        &mut self,
        question: impl Into<Message>,
        given: &str,
        language: &Language,
        kind: StandardType,
    ) -> Result<TypedText<String>> {
        let question = question.into();
        let help = say!(
            "One sentence with one demand that an observer can answer with met or not met: who does what, by when, how much. \
             Name the act, not the manner; give limits as figures."
        );
        self.tell(question.clone())?;
        if !given.is_empty() {
            self.line(&format!("  {given}"))?;
        }
        let Some(mut text) = self.answer(given, &question, &help)? else {
            return Ok(TypedText { text: String::new(), is_last: true });
        };
        if text.is_empty() {
            text = given.to_owned();
        }
        loop {
            let nouns = StaffNouns::of(self.book());
            let hits = lint(self.book(), &nouns, &text, language, kind);
            if text.is_empty() || hits.is_empty() {
                return Ok(TypedText { text, is_last: false });
            }
            for (code, hit) in hits {
                let message = self.edge.say(&hit.message);
                let help = hit.help.map(|help| format!("; {}", self.edge.say(&help))).unwrap_or_default();
                self.line(&format!("  {code}: {message}{help}"))?;
            }
            let again = say!("Change the sentence, or press Enter to keep it as it is.");
            self.tell(again.clone())?;
            match self.answer(&text, &again, &help)? {
                None => return Ok(TypedText { text, is_last: true }),
                Some(line) if line.is_empty() || line == text => return Ok(TypedText { text, is_last: false }),
                Some(line) => text = line,
            }
        }
    }
}

/// The numbers of a line, from 0; none where something else stands in it.
fn chosen(line: &str, options: usize, several: bool) -> Option<Chosen> {
    let mut chosen: Chosen = Vec::new();
    for word in line.split(|c: char| c == ',' || c.is_whitespace()).filter(|word| !word.is_empty()) {
        let number: usize = word.parse().ok().filter(|number| (1..=options).contains(number))?;
        if !chosen.contains(&(number - 1)) {
            chosen.push(number - 1);
        }
    }
    (several || chosen.len() <= 1).then_some(chosen)
}

#[cfg(test)]
mod tests {
    use super::chosen;

    #[test]
    fn numbers_are_chosen_one_or_several() {
        assert_eq!(chosen("2", 3, false), Some(vec![1]));
        assert_eq!(chosen("3, 1 3", 3, true), Some(vec![2, 0]));
        assert_eq!(chosen(" ", 3, false), Some(vec![]));
        for wrong in ["0", "4", "x", "1 2", "-1", "1.5"] {
            assert_eq!(chosen(wrong, 3, false), None, "{wrong}");
        }
    }
}
