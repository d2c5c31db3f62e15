//! The book as it stands on the disk: read once, and again when one of its files changed.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::SystemTime;

use chrono::NaiveDate;
use notify::event::ModifyKind;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use tokio::sync::watch;

use super::server::Today;
use crate::book::{Language, LoadError, MANIFEST, Text};
use crate::diag::Diagnostic;
use crate::edit::{Lock, WriteError};
use crate::feedback::{Ranking, ResponseSelection, rank};
use crate::language::Interface;
use crate::message::Message;
use crate::project::{Checked, Control, Project, Records, is_source};
use crate::render::Renderer;
use crate::say;
use crate::source::{Disk, system_says};
use crate::text::hex;

/// A book that was read, with its records.
pub(super) struct Opened {
    /// The book.
    pub project: Project,
    /// Its records.
    pub records: Records,
    /// What document control says of it.
    pub control: Control,
    /// What keeps documents from being made.
    pub errors: Vec<Diagnostic>,
    remarks: OnceLock<(Project, Checked)>,
    in_force: OnceLock<(Project, Control)>,
    unshared: OnceLock<Option<usize>>,
    ranking: OnceLock<Ranking>,
    own: OnceLock<Renderer>,
}

impl Opened {
    fn read(root: &Path, today: NaiveDate) -> Result<Self, Message> {
        let mut project = open(root, today)?;
        let records = project.records();
        let control = project.control(&records.editions);
        let errors = project.errors();
        Ok(Opened {
            project,
            records,
            control,
            errors,
            remarks: OnceLock::new(),
            in_force: OnceLock::new(),
            unshared: OnceLock::new(),
            ranking: OnceLock::new(),
            own: OnceLock::new(),
        })
    }

    /// Everything that is found in the book, its records and its past, with the book that the places are in. Asked for by
    /// few pages, so found out when it is first asked for.
    pub fn remarks(&self, root: &Path, today: NaiveDate) -> Result<&(Project, Checked), Message> {
        if let Some(known) = self.remarks.get() {
            return Ok(known);
        }
        let mut project = open(root, today)?;
        let mut records = project.records();
        let checked = project.check(&mut records);
        Ok(self.remarks.get_or_init(|| (project, checked)))
    }

    /// Whether an edition is in force.
    pub fn has_edition(&self, today: NaiveDate) -> bool {
        self.records.editions.in_force(today).is_some()
    }

    /// The book as the edition in force has it, with what document control says of it. Asked for by few pages, so read when it
    /// is first asked for.
    ///
    /// # Errors
    /// Why there is none, or why it cannot be read.
    pub fn in_force(&self, root: &Path, today: NaiveDate) -> Result<&(Project, Control), Message> {
        if let Some(known) = self.in_force.get() {
            return Ok(known);
        }
        let mut project = open(root, today)?;
        let kept = project.editions();
        let name = kept.in_force(today).map(|issue| issue.edition.clone());
        let name = name.ok_or_else(|| say!("no edition is in force yet"))?;
        let set = kept.read(&project.world, &name).and_then(Result::ok).filter(|set| !set.is_partial());
        let set = set.ok_or_else(|| say!("the edition in force cannot be read; Writing shows why"))?;
        let (project, _) = project.as_of(&kept, &set);
        let control = project.control_as_of(&kept, &name);
        Ok(self.in_force.get_or_init(|| (project, control)))
    }

    /// How many templates of its own the book has.
    pub fn templates(&self) -> usize {
        self.project.loaded.book.templates.len()
    }

    /// What those templates say, in a few letters: whoever trusts them has seen no others.
    pub fn templates_hash(&self) -> String {
        let mut hash = Sha256::new();
        for part in
            self.project.loaded.book.templates.iter().flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()])
        {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        hex(&hash.finalize())
    }

    /// What lays documents out by the book's own templates.
    pub fn own_renderer(&self) -> &Renderer {
        self.own.get_or_init(|| Renderer::new(&self.project.loaded.book.templates))
    }

    /// How many rounds stand on this disk alone; none where there is no git to say so.
    pub fn unshared(&self) -> Option<usize> {
        *self.unshared.get_or_init(|| self.project.unshared(&self.records).ok())
    }

    /// What customers want improved first. Resampled thousands of times, so worked out once.
    pub fn ranking(&self) -> &Ranking {
        self.ranking
            .get_or_init(|| rank(&self.records.feedback, &self.project.loaded.book, ResponseSelection::default()))
    }

    /// The title of the book in its own language, by which forms know it.
    pub fn source_title(&self) -> &str {
        let book = &self.project.loaded.book;
        book.in_source(&book.title).unwrap_or_default()
    }

    /// A text in the language of a page, else as the book has it and with the tag of its language, so that a page can say so.
    pub fn worded(&self, text: &Text, words: &Interface) -> Json {
        let worded = text.best(&Language::new(words.tag()), self.project.loaded.book.source_language());
        let lang = worded.map(|worded| &worded.language).filter(|language| language.primary() != words.tag());
        json!({"text": worded.map_or("", |worded| worded.text.as_str()), "lang": lang.map(Language::tag)})
    }

    /// A text in the language of a page, else as the book has it.
    pub fn text<'t>(&self, text: &'t Text, words: &Interface) -> Option<&'t str> {
        self.project.loaded.book.in_language(text, &Language::new(words.tag()))
    }

    /// What the language is called that a book's texts stand in on a page, where it is not that of the page.
    pub fn other_language(&self, words: &Interface) -> Option<String> {
        let book = &self.project.loaded.book;
        if book.languages.iter().any(|language| language.primary() == words.tag()) {
            return None;
        }
        let source = book.source_language();
        Some(Interface::named(source.tag()).map_or(source.tag(), |known| known.text("name")).to_owned())
    }

    /// The title of the book in a language.
    pub fn title(&self, tag: &str) -> String {
        let book = &self.project.loaded.book;
        book.in_language(&book.title, &Language::new(tag)).unwrap_or_default().to_owned()
    }
}

/// Refuses what is no folder any more: a file may have taken its place, as sync tools do that go wrong.
fn is_folder(root: &Path) -> Result<(), Message> {
    let folder = root.display();
    match root.metadata() {
        Ok(data) if data.is_dir() => Ok(()),
        Ok(_) => Err(say!(
            "a file has taken the place of the book's folder {folder}: move the file away, and put the folder back",
            folder
        )),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(say!(
            "the book's folder {folder} is not there any more: it was moved, renamed or deleted, or its drive is not connected; \
             put it back in that place, and this page shows the book again",
            folder
        )),
        Err(error) => Err(unreadable(root, &error)),
    }
}

/// What is said of a folder that is there and cannot be read.
fn unreadable(root: &Path, error: &std::io::Error) -> Message {
    say!("the book's folder {folder} cannot be read: {reason}", folder = root.display(), reason = system_says(error))
}

fn open(root: &Path, today: NaiveDate) -> Result<Project, Message> {
    is_folder(root)?;
    // A folder that may not be looked into would look like an empty one.
    root.read_dir().map_err(|error| unreadable(root, &error))?;
    let disk = Disk::new(root, today).map_err(|error| unreadable(root, &error))?;
    Project::open(disk).map_err(|LoadError::NoManifest| {
        say!(
            "the book's folder {folder} has no {manifest} any more, without which it is no book: put the file back, and this page \
             shows the book again",
            folder = root.display(),
            manifest = MANIFEST
        )
    })
}

/// The book of a desk.
pub(super) struct Shelf {
    root: PathBuf,
    today: Today,
    /// Goes up whenever a file of the book changes.
    changes: Arc<watch::Sender<u64>>,
    /// The book, of which change and day it was read.
    last: Mutex<Option<(u64, NaiveDate, Arc<Opened>)>>,
    watched: Mutex<Watched>,
    /// Whether the folder that is watched was moved away or removed.
    is_gone: Arc<AtomicBool>,
}

/// The folder that is watched.
struct Watched {
    /// What tells it from another one of the same path; none while there is no folder.
    identity: Option<FolderIdentity>,
    /// Tells of changes as long as it lives; none where the system cannot tell, and then the book is read for each page.
    watcher: Option<RecommendedWatcher>,
}

/// What tells a folder from another one of the same path: a watch stays with the folder, and sync tools put another in its place.
#[derive(PartialEq, Eq)]
struct FolderIdentity {
    created: Option<SystemTime>,
    number: Option<(u64, u64)>,
}

impl FolderIdentity {
    fn of(root: &Path) -> Option<Self> {
        let data = root.metadata().ok()?;
        #[cfg(unix)]
        let number = {
            use std::os::unix::fs::MetadataExt;
            Some((data.dev(), data.ino()))
        };
        #[cfg(not(unix))]
        let number = None;
        Some(FolderIdentity { created: data.created().ok(), number })
    }
}

impl Shelf {
    /// Begins to watch the book in `root`.
    pub fn new(root: PathBuf, today: Today) -> Self {
        let changes = Arc::new(watch::Sender::new(0));
        let is_gone = Arc::new(AtomicBool::new(false));
        let watched = Mutex::new(Watched { identity: None, watcher: None });
        let shelf = Shelf { root, today, changes, last: Mutex::default(), watched, is_gone };
        shelf.look();
        shelf
    }

    /// Watches the folder that the path leads to now, where it is another than before; whether the system tells of changes.
    pub fn look(&self) -> bool {
        let identity = FolderIdentity::of(&self.root);
        let mut watched = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
        if watched.identity == identity && !self.is_gone.load(Ordering::Relaxed) {
            return watched.watcher.is_some();
        }
        self.is_gone.store(identity.is_none(), Ordering::Relaxed);
        let was_there = watched.identity.is_some();
        let watcher = identity.is_some().then(|| self.watcher()).flatten();
        let is_told = watcher.is_some();
        *watched = Watched { identity, watcher };
        drop(watched);
        if was_there || is_told {
            self.touch();
        }
        is_told
    }

    fn watcher(&self) -> Option<RecommendedWatcher> {
        let (told, folder, is_gone) = (Arc::clone(&self.changes), self.root.clone(), Arc::clone(&self.is_gone));
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let is_change = match &event {
                Ok(event) => {
                    let is_move =
                        event.kind.is_remove() || matches!(event.kind, EventKind::Modify(ModifyKind::Name(_)));
                    if is_move && event.paths.contains(&folder) {
                        is_gone.store(true, Ordering::Relaxed);
                    }
                    let is_of_book = |path: &PathBuf| {
                        path.strip_prefix(&folder)
                            .is_ok_and(|inside| is_source(inside) || is_move && inside == Path::new(""))
                    };
                    !event.kind.is_access() && event.paths.iter().any(is_of_book)
                }
                // What the system lost count of may have been anything.
                Err(_) => true,
            };
            if is_change {
                told.send_modify(|changes| *changes += 1);
            }
        });
        let mut watcher = watcher.ok()?;
        watcher.watch(&self.root, RecursiveMode::Recursive).is_ok().then_some(watcher)
    }

    /// The book's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The day.
    pub fn today(&self) -> NaiveDate {
        (self.today)()
    }

    /// Tells of changes of the book.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// The book as it stands.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn book(&self) -> Result<Arc<Opened>, Message> {
        let is_told = self.look();
        let (now, today) = (*self.changes.borrow(), self.today());
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, day, opened)) = last.as_ref().filter(|_| is_told)
            && (*known, *day) == (now, today)
        {
            return Ok(Arc::clone(opened));
        }
        // Whatever changes while it is being read is a change after this one.
        let opened = Arc::new(Opened::read(&self.root, today)?);
        *last = Some((now, today, Arc::clone(&opened)));
        Ok(opened)
    }

    /// The book as it stands, with the right to write it: nobody else changes it until that is given back.
    ///
    /// # Errors
    /// Why it cannot be read, or that somebody keeps it.
    pub fn book_to_write(&self) -> Result<(Lock, Opened), Message> {
        is_folder(&self.root)?;
        let lock = Lock::of(&self.root).map_err(|error: WriteError| error.message())?;
        let opened = Opened::read(&self.root, self.today())?;
        Ok((lock, opened))
    }

    /// Says that the desk itself has written.
    pub fn touch(&self) {
        self.changes.send_modify(|changes| *changes += 1);
    }
}

/// Why a book with errors makes no documents.
pub(super) fn unfit(errors: usize) -> Message {
    say!(
        errors;
        "the book has 1 error, so no document is made of it; Writing shows where",
        "the book has {n} errors, so no document is made of it; Writing shows where"
    )
}
