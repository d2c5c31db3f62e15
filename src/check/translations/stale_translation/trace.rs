//! Going back through the former files of a book, to find for each text whether it changed after its translation.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;

use super::chapters::Chapters;
use super::former::Former;
use crate::book::MANIFEST;
use crate::diag::Code;
use crate::source::{FileId, History, HistoryFault, Revision, Sources, Span};

/// So many bytes of former files are looked at, newest first. A translation that nobody touched for longer than that is not
/// found out, but the check of a large book stays quick.
const MAX_BYTES: usize = 48 * 1024 * 1024;

/// So many commits that touched the book.
const MAX_STEPS: usize = 2_000;

/// So many bytes of former files are parsed to find a pair that was committed before.
const MAX_SOUGHT_BYTES: usize = 8 * 1024 * 1024;

/// The files that hold texts.
const FILES: [&str; 6] = [MANIFEST, "roles.yaml", "sequences", "traits", "sites", "chapters"];

/// A text and one of its translations; both texts as they are compared.
pub(super) struct TranslatedText {
    pub original: Span,
    pub original_text: String,
    pub translation: Span,
    pub translation_text: String,
    pub language: String,
    /// The language of the text.
    pub source: String,
    /// Whether an entry around them allows that the translation is older.
    pub has_allow: bool,
}

/// A translation that is older than its text.
pub(super) struct Stale {
    /// Which.
    pub unit: usize,
    /// What the text was before it changed; none for a whole chapter.
    pub before: Option<String>,
    /// The commit in which it changed; none where that is yet to be committed.
    pub changed: Option<(Revision, NaiveDate)>,
    /// Whether an `allow` is there that is older than the change.
    pub despite_allow: bool,
}

/// Finds the units whose text changed after their translation, in the order of the units.
pub(super) fn trace(
    history: &dyn History,
    sources: &Sources,
    units: &[TranslatedText],
) -> Result<Vec<Stale>, HistoryFault> {
    if units.is_empty() {
        return Ok(Vec::new());
    }
    let mut open: BTreeMap<FileId, OpenFile> = BTreeMap::new();
    let mut chapters = Chapters::default();
    for (index, unit) in units.iter().enumerate() {
        if unit.original.file == unit.translation.file {
            let text = &sources.get(unit.original.file).text;
            let newer = || OpenFile { newer: text.to_string(), ..OpenFile::default() };
            open.entry(unit.original.file).or_insert_with(newer).add(OpenUnit {
                unit: index,
                original: TextInFile::of(text, unit.original),
                translation: TextInFile::of(text, unit.translation),
                text: unit.original_text.clone(),
                changed: None,
                has_old_allow: unit.has_allow,
            });
        } else {
            // A chapter is a file a language.
            chapters.add(index, unit, sources);
        }
    }
    let mut trace = Trace { history, sources, units, stale: Vec::new(), bytes: 0, sought_bytes: 0 };
    // The folder against the newest commit.
    let head = history.revision("HEAD")?;
    let committed: HashMap<String, String> =
        history.files(&head)?.into_iter().map(|entry| (entry.path, entry.content)).collect();
    // Where each file is in the past → which it is now.
    let mut now: HashMap<String, FileId> = HashMap::new();
    let files: BTreeSet<FileId> = open.keys().copied().chain(chapters.files()).collect();
    for file in files {
        let path = &sources.get(file).path;
        // What was never committed has no past.
        let Some(content) = committed.get(path) else { continue };
        now.insert(path.clone(), file);
        trace.go_back(file, content, 1, None, &mut open, &mut chapters)?;
    }
    let known: BTreeSet<FileId> = now.values().copied().collect();
    let steps = match history.steps(&head, &FILES, MAX_STEPS) {
        Err(HistoryFault::Incomplete) => Vec::new(),
        steps => steps?,
    };
    for (index, step) in steps.into_iter().enumerate() {
        for change in &step.files {
            let Some((path, _)) = &change.after else { continue };
            let Some(file) = now.remove(path) else { continue };
            match &change.before {
                Some((before, content)) => {
                    now.insert(before.clone(), file);
                    let dated = Some((step.revision.clone(), step.date));
                    trace.go_back(file, content, index + 2, dated, &mut open, &mut chapters)?;
                }
                // The step brought the file: its past ends.
                None => chapters.is_absent_from(file, index + 2),
            }
        }
        let is_settled = open.values().all(|file| file.left == 0 && file.sought.is_empty()) && chapters.is_settled();
        if trace.bytes > MAX_BYTES || is_settled {
            break;
        }
    }
    let mut stale = trace.stale;
    // What was sought was not found, and of what is open still no more is known.
    for file in open.into_values() {
        stale.extend(file.sought);
        stale.extend(file.units.into_iter().flatten().filter_map(|traced| traced.stale(units)));
    }
    stale.extend(chapters.stale().filter(|stale_text| {
        let unit = &units[stale_text.unit];
        known.contains(&unit.translation.file) && known.contains(&unit.original.file)
    }));
    stale.sort_by_key(|stale_text| stale_text.unit);
    Ok(stale)
}

/// A unit of which it is not known yet beside which text its translation was made.
struct OpenUnit {
    unit: usize,
    original: TextInFile,
    translation: TextInFile,
    /// What the text said in the state that was looked at last.
    text: String,
    /// The newest change of the text: what it said before, and the commit.
    changed: Option<(String, Option<(Revision, NaiveDate)>)>,
    /// Whether its entry's `allow` was there in all states so far, and so before the change.
    has_old_allow: bool,
}

impl OpenUnit {
    /// Whether the translation is stale, if it was made in the state that was looked at last.
    fn stale(self, units: &[TranslatedText]) -> Option<Stale> {
        let (before, changed) = self.changed?;
        let is_other = self.text != units.get(self.unit)?.original_text;
        let despite_allow = self.has_old_allow;
        is_other.then_some(Stale { unit: self.unit, before: Some(before), changed, despite_allow })
    }
}

/// The units of a file that are not settled yet.
#[derive(Default)]
struct OpenFile {
    /// A settled one leaves its place empty.
    units: Vec<Option<OpenUnit>>,
    left: usize,
    /// Those that are stale unless the very pair was committed before.
    sought: Vec<Stale>,
    /// Line → the units that have it in their text or translation.
    by_line: HashMap<String, Vec<usize>>,
    /// The state of the file that was looked at last, in which all of them stand.
    newer: String,
}

impl OpenFile {
    fn add(&mut self, open: OpenUnit) {
        self.index(self.units.len(), &open);
        self.units.push(Some(open));
        self.left += 1;
    }

    fn index(&mut self, place: usize, open: &OpenUnit) {
        for line in open.original.lines.iter().chain(&open.translation.lines) {
            let units = self.by_line.entry(line.clone()).or_default();
            if units.last() != Some(&place) {
                units.push(place);
            }
        }
    }
}

/// How a text stands in its file.
pub(super) struct TextInFile {
    /// The lines that hold it, without the space around them.
    lines: Vec<String>,
    /// The bytes of it alone.
    written: String,
}

impl TextInFile {
    pub(super) fn of(text: &str, span: Span) -> Self {
        let written = text.get(span.range()).unwrap_or_default();
        let start =
            text.get(..span.start as usize).and_then(|before| before.rfind('\n')).map_or(0, |offset| offset + 1);
        let rest = text.get(span.end as usize..).unwrap_or_default();
        let end = text.len() - rest.len() + rest.find('\n').unwrap_or(rest.len());
        let lines = text.get(start..end).unwrap_or_default().lines().map(str::trim).filter(|line| !line.is_empty());
        TextInFile { lines: lines.map(str::to_owned).collect(), written: written.trim().to_owned() }
    }
}

/// What two states of a file do not share: the lines between those that both begin with and those that both end with.
struct Changed<'a> {
    newer: HashSet<&'a str>,
    older: HashSet<&'a str>,
    older_text: &'a str,
}

impl<'a> Changed<'a> {
    fn between(newer: &'a str, older: &'a str) -> Self {
        let common = common_start(newer.as_bytes(), older.as_bytes());
        let start = newer.as_bytes()[..common].iter().rposition(|byte| *byte == b'\n').map_or(0, |offset| offset + 1);
        let (new_rest, old_rest) = (&newer.as_bytes()[start..], &older.as_bytes()[start..]);
        let common = common_end(new_rest, old_rest);
        // From the first line's end in what both end with, so that no line is cut.
        let tail = &new_rest[new_rest.len() - common..];
        let end = tail.iter().position(|byte| *byte == b'\n').map_or(0, |offset| common - offset);
        let middle = |text: &'a str| text.get(start..text.len() - end).unwrap_or_default();
        let lines = |text: &'a str| middle(text).lines().map(str::trim).collect();
        Changed { newer: lines(newer), older: lines(older), older_text: middle(older) }
    }

    /// Whether a text of the newer state stood in the older one as it is.
    fn keeps(&self, mark: &TextInFile) -> bool {
        let kept = |line: &String| self.older.contains(line.as_str()) || !self.newer.contains(line.as_str());
        mark.lines.iter().all(kept)
            // On a line with others, such as `{en: …, pl: …}`, what is beside it may be what changed.
            || (!mark.written.contains('\n') && self.older_text.contains(&mark.written))
    }
}

/// So many bytes are compared at once.
const STRETCH: usize = 512;

/// How many bytes two texts begin with in common.
fn common_start(first: &[u8], second: &[u8]) -> usize {
    let whole =
        first.chunks_exact(STRETCH).zip(second.chunks_exact(STRETCH)).take_while(|(a, b)| a == b).count() * STRETCH;
    whole + first[whole..].iter().zip(&second[whole..]).take_while(|(a, b)| a == b).count()
}

/// How many bytes two texts end with in common.
fn common_end(first: &[u8], second: &[u8]) -> usize {
    let chunks = first.rchunks_exact(STRETCH).zip(second.rchunks_exact(STRETCH));
    let whole = chunks.take_while(|(a, b)| a == b).count() * STRETCH;
    let rest = first[..first.len() - whole].iter().rev().zip(second[..second.len() - whole].iter().rev());
    whole + rest.take_while(|(a, b)| a == b).count()
}

struct Trace<'a> {
    history: &'a dyn History,
    sources: &'a Sources,
    units: &'a [TranslatedText],
    stale: Vec<Stale>,
    bytes: usize,
    sought_bytes: usize,
}

impl Trace<'_> {
    /// A former state of a file; `newer` where the repository lacks it, since a change that nobody can see is none to be told
    /// of.
    fn read(&mut self, content: &str, newer: &str) -> Result<String, HistoryFault> {
        let bytes = match self.history.content(content) {
            Err(HistoryFault::Incomplete) => return Ok(newer.to_owned()),
            bytes => bytes?,
        };
        self.bytes += bytes.len();
        Ok(String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }

    /// Goes back to an older state of a file; `state` counts them from the folder. `step` is what changed it since.
    fn go_back(
        &mut self,
        file: FileId,
        content: &str,
        state: usize,
        step: Option<(Revision, NaiveDate)>,
        open: &mut BTreeMap<FileId, OpenFile>,
        chapters: &mut Chapters,
    ) -> Result<(), HistoryFault> {
        if chapters.wants(file) {
            let text = self.read(content, &self.sources.get(file).text)?;
            chapters.read_in_state(file, &text, state, step.clone());
        }
        match open.get_mut(&file).filter(|open| open.left > 0 || !open.sought.is_empty()) {
            Some(open) => self.compare(open, file, content, step),
            None => Ok(()),
        }
    }

    /// Compares the open units of a file with an older state of it; those that are settled are open no longer.
    fn compare(
        &mut self,
        open: &mut OpenFile,
        file: FileId,
        content: &str,
        step: Option<(Revision, NaiveDate)>,
    ) -> Result<(), HistoryFault> {
        let older = self.read(content, &open.newer)?;
        let newer = std::mem::replace(&mut open.newer, older);
        let older = std::mem::take(&mut open.newer);
        let changed = Changed::between(&newer, &older);
        let touched = changed.newer.iter().filter_map(|line| open.by_line.get(*line)).flatten();
        let mut touched: BTreeSet<usize> = touched.copied().collect();
        // Parsed only where it must be.
        let sources = self.sources;
        let now = &sources.get(file).text;
        let mut former: Option<Former> = None;
        if changed.newer.iter().any(|line| line.contains(Code::StaleTranslation.word())) {
            // An `allow` that came with this step is for the changes before it.
            let former = former.get_or_insert_with(|| Former::of(now, &older));
            for traced in
                open.units.iter_mut().flatten().filter(|traced| traced.has_old_allow && traced.changed.is_none())
            {
                traced.has_old_allow =
                    former.former_text(&self.units[traced.unit], &traced.text).is_none_or(|was| was.is_allowed);
            }
        }
        self.seek(&mut open.sought, &older, now, &mut former);
        let mut rewritten: Vec<usize> = Vec::new();
        touched.retain(|index| {
            let traced = open.units.get(*index).and_then(Option::as_ref);
            traced.is_some_and(|traced| !changed.keeps(&traced.translation) || !changed.keeps(&traced.original))
        });
        for index in touched {
            let Some(mut traced) = open.units.get_mut(index).and_then(Option::take) else { continue };
            let former = former.get_or_insert_with(|| Former::of(now, &older));
            let Some(was) = former.former_text(&self.units[traced.unit], &traced.text) else {
                // The translation was made in the newer state.
                open.left -= 1;
                open.sought.extend(traced.stale(self.units));
                continue;
            };
            if was.text != traced.text && traced.changed.is_none() {
                traced.has_old_allow &= was.is_allowed;
                traced.changed = Some((was.text.clone(), step.clone()));
            }
            // From here on it is looked for as it was then.
            (traced.text, traced.original, traced.translation) = (was.text, was.original, was.translation);
            open.units[index] = Some(traced);
            rewritten.push(index);
        }
        for index in rewritten {
            if let Some(traced) = open.units.get_mut(index).and_then(Option::take) {
                open.index(index, &traced);
                open.units[index] = Some(traced);
            }
        }
        open.newer = older;
        Ok(())
    }

    /// Drops those whose very pair an older state has.
    fn seek(&mut self, sought: &mut Vec<Stale>, older: &str, now: &str, former: &mut Option<Former>) {
        let is_likely = |traced: &Stale| {
            let unit = &self.units[traced.unit];
            [&unit.original_text, &unit.translation_text].into_iter().all(|text| has_word_of(older, text))
        };
        if !sought.iter().any(is_likely) || self.sought_bytes > MAX_SOUGHT_BYTES {
            return;
        }
        self.sought_bytes += older.len();
        let former = former.get_or_insert_with(|| Former::of(now, older));
        sought.retain(|traced| !former.has(&self.units[traced.unit]));
    }
}

/// Whether a file may hold a text: its longest word that is written the same everywhere is there.
fn has_word_of(file: &str, text: &str) -> bool {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    words.max_by_key(|word| word.len()).is_none_or(|word| file.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn middle(newer: &str, older: &str) -> (Vec<String>, String) {
        let changed = Changed::between(newer, older);
        let mut lines: Vec<String> = changed.newer.iter().map(|line| (*line).to_owned()).collect();
        lines.sort_unstable();
        (lines, changed.older_text.to_owned())
    }

    proptest::proptest! {
        #[test]
        fn a_line_is_kept_where_the_older_state_has_it(
            newer in proptest::collection::vec("[a-dż]{1,2}", 0..8),
            older in proptest::collection::vec("[a-dż]{1,2}", 0..8),
        ) {
            let (new_text, old_text) = (newer.join("\n"), older.join("\n"));
            let changed = Changed::between(&new_text, &old_text);
            for line in &newer {
                let mark = TextInFile { lines: vec![line.clone()], written: "\n".to_owned() };
                if !changed.keeps(&mark) {
                    // It was in the stretch that changed, and is not in that of the older state.
                    proptest::prop_assert!(changed.newer.contains(line.as_str()));
                    proptest::prop_assert!(!changed.older.contains(line.as_str()));
                }
                if !older.contains(line) {
                    proptest::prop_assert!(!changed.keeps(&mark), "{line} of {newer:?} and {older:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_shared_is_measured_to_the_byte() {
        let long = |n: usize| "x".repeat(n);
        for n in [0, 1, STRETCH - 1, STRETCH, STRETCH + 1, 3 * STRETCH + 7] {
            let (first, second) = (format!("{}ab", long(n)), format!("{}c", long(n)));
            assert_eq!(common_start(first.as_bytes(), second.as_bytes()), n);
            let (first, second) = (format!("ab{}", long(n)), format!("c{}", long(n)));
            assert_eq!(common_end(first.as_bytes(), second.as_bytes()), n);
            assert_eq!(common_start(long(n).as_bytes(), long(n + 3).as_bytes()), n);
            assert_eq!(common_end(long(n).as_bytes(), long(n + 3).as_bytes()), n);
        }
    }

    #[test]
    fn only_the_lines_between_what_is_shared_are_looked_at() {
        let lines = |list: &[&str]| list.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        assert_eq!(middle("a\nb\nc\n", "a\nx\nc\n"), (lines(&["b"]), "x".to_owned()));
        // Up to a whole line more on either side: what is shared ends with a line.
        assert_eq!(middle("a\nb\nc\nd\n", "a\nc\nd\n"), (lines(&["b", "c"]), "c".to_owned()));
        assert_eq!(middle("same\n", "same\n").0, lines(&[]));
        assert_eq!(middle("zażółć\n", "zaźółć\n"), (lines(&["zażółć"]), "zaźółć".to_owned()));
        // A line whose end is what both end with is not cut.
        assert_eq!(middle("a: 10 s\nend", "a: 20 s\nend").0, lines(&["a: 10 s"]));
        assert_eq!(middle("", "a\n").1, "a\n");
    }
}
