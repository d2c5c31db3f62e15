//! The wordings that standards once had, as the history of the files remembers them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use crate::book::{Level, MANIFEST, Measure, Text, load};
use crate::edition::Directory;
use crate::method::{Standard, Standards, standards};
use crate::source::{FileChange, History, HistoryFault, Memory, Revision};

/// So many commits that touched the standards are looked at: years of work on a book.
const MAX_STEPS: usize = 2_000;

/// So many bytes of former files are read and converted, which takes a second or two.
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// What standards are made of: a wording of the past needs these files of the past.
const FILES: [&str; 4] = [MANIFEST, "roles.yaml", "sequences", "traits"];

/// One wording that a standard once had.
#[derive(Clone, Debug)]
pub struct Wording {
    /// The standard's id at that time.
    pub id: String,
    /// What names the wording.
    pub stamp: String,
    /// What it said, in all its languages.
    pub text: Text,
    /// The level that it had.
    pub level: Level,
    /// The measure that values were judged by.
    pub measure: Option<Measure>,
    /// The commit that ended it, with its date; none for what is committed still.
    pub until: Option<(Revision, NaiveDate)>,
}

/// Wordings that were looked for.
#[derive(Debug, Default)]
pub struct Wordings {
    /// Those that were found, by id and stamp as asked for.
    pub found: BTreeMap<(String, String), Wording>,
    /// Whether all of the past was looked at. If not, what was not found may have been all the same.
    pub is_complete: bool,
}

/// Looks for wordings by id and stamp, the id as of any time: a standard that was renamed since is the same. The newest
/// commits are looked at first, and no further back than needed to find all that are wanted.
///
/// # Errors
/// What kept the history from answering.
pub fn wordings(
    history: &dyn History,
    now: &Standards,
    wanted: &BTreeSet<(String, String)>,
) -> Result<Wordings, HistoryFault> {
    if wanted.is_empty() {
        return Ok(Wordings { is_complete: true, ..Wordings::default() });
    }
    let head = history.revision("HEAD")?;
    let mut search = Search::new(history, now, wanted);
    for entry in history.files(&head)? {
        search.files.insert(entry.path, entry.content);
    }
    search.files.retain(|path, _| {
        path == MANIFEST || path == "roles.yaml" || is_in(path, "sequences") || is_in(path, "traits")
    });
    let is_all = match search.go_back(&head) {
        // What was found before that is found all the same.
        Err(HistoryFault::Incomplete) => false,
        gone => gone?,
    };
    let is_complete = is_all && search.bytes <= MAX_BYTES && !history.is_cut_off();
    Ok(Wordings { found: search.found, is_complete })
}

struct Search<'a> {
    history: &'a dyn History,
    /// The ids as of now.
    directory: Directory<'a>,
    /// Stamp → the ids as asked for.
    wanted: HashMap<&'a str, Vec<&'a (String, String)>>,
    /// How many are wanted.
    count: usize,
    /// The files at the moment that is looked at: path → content.
    files: BTreeMap<String, String>,
    /// Contents that were read.
    read: HashMap<String, Vec<u8>>,
    bytes: usize,
    found: BTreeMap<(String, String), Wording>,
}

impl<'a> Search<'a> {
    fn new(history: &'a dyn History, now: &'a Standards, wanted: &'a BTreeSet<(String, String)>) -> Self {
        let directory = Directory::of(now);
        let mut by_stamp: HashMap<&str, Vec<&(String, String)>> = HashMap::new();
        for reference in wanted {
            by_stamp.entry(&reference.1).or_default().push(reference);
        }
        let (files, read, found) = (BTreeMap::new(), HashMap::new(), BTreeMap::new());
        Search { history, directory, wanted: by_stamp, count: wanted.len(), files, read, bytes: 0, found }
    }

    /// Looks at the files as of now and then commit by commit, until all is found; says whether the steps were all there
    /// are.
    fn go_back(&mut self, head: &Revision) -> Result<bool, HistoryFault> {
        let all: BTreeSet<String> = self.files.keys().cloned().collect();
        self.look(&all, None)?;
        let steps = if self.is_over() { Vec::new() } else { self.history.steps(head, &FILES, MAX_STEPS)? };
        let is_all = steps.len() < MAX_STEPS;
        for step in steps {
            if self.is_over() {
                break;
            }
            let touched = self.undo(step.files);
            self.look(&touched, Some((&step.revision, step.date)))?;
        }
        Ok(is_all)
    }

    fn is_over(&self) -> bool {
        self.found.len() == self.count || self.bytes > MAX_BYTES
    }

    /// Takes the files to the moment before a step, and says which of them are of that moment only.
    fn undo(&mut self, changes: Vec<FileChange>) -> BTreeSet<String> {
        let mut touched = BTreeSet::new();
        for (path, _) in changes.iter().filter_map(|change| change.after.as_ref()) {
            self.files.remove(path);
        }
        for (path, content) in changes.into_iter().filter_map(|change| change.before) {
            touched.insert(path.clone());
            self.files.insert(path, content);
        }
        touched
    }

    /// Converts what was touched as of the moment that is looked at, and picks what is wanted.
    fn look(&mut self, touched: &BTreeSet<String>, until: Option<(&Revision, NaiveDate)>) -> Result<(), HistoryFault> {
        if touched.is_empty() {
            return Ok(());
        }
        // Whatever is no sequence may change any standard. A sequence changes its own alone, so the others are left out.
        let whole = touched.iter().any(|path| !is_in(path, "sequences"));
        let needed =
            self.files.iter().filter(|(path, _)| whole || !is_in(path, "sequences") || touched.contains(*path));
        let needed: Vec<(String, String)> = needed.map(|(path, content)| (path.clone(), content.clone())).collect();
        let mut world = Memory::default();
        for (path, content) in needed {
            let bytes = match self.read.get(&content) {
                Some(bytes) => bytes.clone(),
                None => {
                    let bytes = self.history.content(&content)?;
                    self.read.insert(content, bytes.clone());
                    bytes
                }
            };
            self.bytes += bytes.len();
            world.files.insert(path, bytes);
        }
        // A moment without a manifest has no standards.
        let Ok(loaded) = load(&world) else { return Ok(()) };
        for standard in standards(&loaded.book).all {
            self.take(standard, until);
        }
        Ok(())
    }

    fn take(&mut self, standard: Standard, until: Option<(&Revision, NaiveDate)>) {
        let Some(wanted) = self.wanted.get(standard.stamp.as_str()) else { return };
        // The standard may have been renamed since, or the id that was asked for before that.
        let now: Vec<usize> = std::iter::once(&standard.id.name)
            .chain(&standard.id.was)
            .filter_map(|id| self.directory.find(id))
            .collect();
        let is_same = |id: &str| self.directory.find(id).is_some_and(|place| now.contains(&place));
        let matching = wanted.iter().filter(|(id, _)| standard.id.is_or_was(id) || is_same(id));
        for reference in matching.copied().cloned().collect::<Vec<_>>() {
            self.found.entry(reference).or_insert_with(|| Wording {
                id: standard.id.name.clone(),
                stamp: standard.stamp.clone(),
                text: (*standard.text).clone(),
                level: standard.level,
                measure: standard.measure.clone(),
                until: until.map(|(revision, date)| (revision.clone(), date)),
            });
        }
    }
}

fn is_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
