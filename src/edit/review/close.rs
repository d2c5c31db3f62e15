//! `review close` and `review reopen`: carrying out what a program can, and dating the record.

use chrono::NaiveDate;

use super::open::of_standard;
use super::record::Writer;
use crate::book::{Book, Language, Loaded, Measure, Text};
use crate::edit::emit::{Context, YamlBlock, scalar};
use crate::edit::fields::{self, Field};
use crate::edit::insertion::{after, dash_column, key_column, parsed, refuse};
use crate::edit::patch::{Patch, insert_lines};
use crate::edit::{EditError, FileEdit, tree, verify};
use crate::edition::Reference;
use crate::method::{Origin, Standard, Standards, standards};
use crate::review::carried::{Outstanding, Remedy};
use crate::review::{Decision, Demand, Reopening, Review, ReviewEntry};
use crate::say;
use crate::source::yaml::{self, Layout, Node, Value};
use crate::source::{FileId, Sources, Span, World};
use crate::text::single_spaced;

/// A book in which decisions were carried out, as far as a program can.
#[derive(Debug)]
pub(crate) struct Applied {
    /// The author's files.
    pub changes: Vec<FileEdit>,
    /// The book with those changes.
    pub loaded: Loaded,
    /// The standards.
    pub standards: Standards,
}

/// Works out the changes that carry out what has a remedy: a status, a level, a waiver. Nothing is written.
///
/// # Errors
/// The [`EditError`] that says why not.
pub(crate) fn apply(
    world: &dyn World,
    loaded: &Loaded,
    all: &Standards,
    outstanding: &[Outstanding<'_>],
) -> Result<Applied, EditError> {
    let trees = verify::trees(loaded)?;
    let mut changes = Vec::new();
    for (file, root) in &trees {
        let of_file: Vec<(&Standard, &Outstanding<'_>, Remedy)> = outstanding
            .iter()
            .filter_map(|item| Some((all.all.get(item.standard?)?, item, item.remedy?)))
            .filter(|(standard, ..)| phase_file(&loaded.book, standard) == Some(*file))
            .collect();
        if !of_file.is_empty() {
            changes.push(edit_file(loaded, *file, root, &of_file)?);
        }
    }
    let loaded = verify::unharmed(world, loaded, &changes)?;
    let standards = standards(&loaded.book);
    Ok(Applied { changes, loaded, standards })
}

fn phase_file(book: &Book, standard: &Standard) -> Option<FileId> {
    Some(book.phase_at(standard.sequence, standard.phase)?.id.span.file)
}

fn edit_file(
    loaded: &Loaded,
    file: FileId,
    root: &Node<'_>,
    outstanding: &[(&Standard, &Outstanding<'_>, Remedy)],
) -> Result<FileEdit, EditError> {
    let (sources, book) = (&loaded.sources, &loaded.book);
    let source = sources.get(file);
    let mut patch = Patch::default();
    let mut intended = root.clone();
    for (standard, _, remedy) in outstanding {
        let field = match remedy {
            Remedy::Retire => ("status", Field::Text("retired".to_owned())),
            Remedy::Move(level) => ("level", Field::Text(level.to_string())),
            Remedy::Waive => continue,
        };
        let (key, value) = field;
        let Some(map) = tree::owner(root, "id", standard.id.span) else {
            let message =
                say!("the standard `{id}` is written in a way that the program does not reach", id = standard.id.name);
            let help = say!("write each key of the standard on a line of its own");
            return Err(refuse(sources, file, standard.id.span.start as usize, message, help));
        };
        let behind = ["id", "was"];
        fields::set(&mut patch, sources, map, key, &value, &behind)?;
        tree::each_mut(&mut intended, &mut |node| {
            if node.get("id").is_some_and(|id| id.span == standard.id.span) {
                fields::intend(node, key, &value, &behind);
            }
        });
    }
    let waived = |item: &&(&Standard, &Outstanding<'_>, Remedy)| item.2 == Remedy::Waive;
    for of_phase in outstanding.chunk_by(|a, b| (a.0.sequence, a.0.phase) == (b.0.sequence, b.0.phase)) {
        let waived: Vec<(&Standard, &Outstanding<'_>)> =
            of_phase.iter().filter(waived).map(|item| (item.0, item.1)).collect();
        if !waived.is_empty() {
            waive(&mut patch, &mut intended, sources, book, root, &waived)?;
        }
    }
    verify::as_intended(source, &patch, &intended)
}

/// Adds a waiver for each derived standard to the phase.
fn waive(
    patch: &mut Patch,
    intended: &mut Node<'_>,
    sources: &Sources,
    book: &Book,
    root: &Node<'_>,
    waived: &[(&Standard, &Outstanding<'_>)],
) -> Result<(), EditError> {
    let Some((first, _)) = waived.first() else { return Ok(()) };
    let Some(phase) = book.phase_at(first.sequence, first.phase) else {
        return Ok(());
    };
    let file = phase.id.span.file;
    let text: &str = &sources.get(file).text;
    let stop = |offset: usize| {
        let message =
            say!("`waive` of the phase `{id}` is written in a way that the program does not reach", id = phase.id.name);
        refuse(sources, file, offset, message, say!("write each waiver on lines of its own, beginning with `-`"))
    };
    let map = tree::owner(root, "id", phase.id.span).ok_or_else(|| stop(phase.id.span.start as usize))?;
    let Value::Map(entries, Layout::Block) = &map.value else { return Err(stop(map.span.start as usize)) };
    let waivers = waived
        .iter()
        .filter_map(|(standard, outstanding)| {
            let Origin::Derived { of_trait, pattern } = &standard.origin else { return None };
            Some((format!("{of_trait}.{pattern}"), reason(book, outstanding.entry)))
        })
        .collect::<Vec<_>>();
    let (dash, offset, head) = match tree::entry(map, "waive") {
        Some(entry) => match &entry.value.value {
            Value::List(items, Layout::Block) if tree::is_written_here(map, entry) => {
                let last = items.last().ok_or_else(|| stop(entry.key_span.start as usize))?;
                let dash = dash_column(text, last.span.start as usize);
                let dash = dash.ok_or_else(|| stop(last.span.start as usize))?;
                (dash, after(text, &entry.value, dash), None)
            }
            _ => return Err(stop(entry.key_span.start as usize)),
        },
        None => {
            let column = entries.iter().find_map(|entry| key_column(text, entry.key_span.start as usize));
            let column = column.ok_or_else(|| stop(map.span.start as usize))?;
            (column + 2, after(text, map, column.saturating_sub(1)), Some(column))
        }
    };
    let mut lines = Vec::new();
    if let Some(column) = head {
        lines.push(format!("{}waive:", " ".repeat(column)));
    }
    for (pattern, why) in &waivers {
        let mut block = YamlBlock::new(dash);
        block.item(2, |block| {
            block.raw("pattern", &scalar(pattern, Context::Block));
            match why.as_slice() {
                [(None, why)] => block.prose("why", why),
                several => block.under("why", |block| {
                    several.iter().for_each(|(tag, why)| block.prose(tag.as_deref().unwrap_or_default(), why));
                }),
            }
        });
        lines.push(block.text());
    }
    insert_lines(patch, text, offset, &lines.join("\n"));
    add_to_tree(intended, phase.id.span, waivers);
    Ok(())
}

/// The same waivers in the tree that the edited text must read as.
fn add_to_tree(intended: &mut Node<'_>, phase: Span, waivers: Vec<(String, Reason)>) {
    let new = waivers.into_iter().map(|(pattern, why)| {
        let why = match why.as_slice() {
            [(None, why)] => tree::text(why),
            several => {
                mapping(several.iter().map(|(tag, why)| (tag.clone().unwrap_or_default(), tree::text(why))).collect())
            }
        };
        mapping(vec![("pattern".to_owned(), tree::text(&pattern)), ("why".to_owned(), why)])
    });
    let new: Vec<Node<'static>> = new.collect();
    tree::each_mut(intended, &mut |node| {
        if node.get("id").is_some_and(|id| id.span == phase)
            && let Value::Map(entries, _) = &mut node.value
        {
            match entries.iter_mut().find(|entry| entry.key == "waive") {
                Some(entry) => {
                    if let Value::List(items, _) = &mut entry.value.value {
                        items.extend(new.iter().cloned());
                    }
                }
                None => entries.push(yaml::Entry {
                    key: "waive".into(),
                    key_span: Span::default(),
                    value: tree::list(new.clone()),
                }),
            }
        }
    });
}

fn mapping(pairs: Vec<(String, Node<'static>)>) -> Node<'static> {
    let span = Span::default();
    let entries =
        pairs.into_iter().map(|(key, value)| yaml::Entry { key: key.into(), key_span: span, value }).collect();
    Node { span, value: Value::Map(entries, Layout::Block) }
}

/// A reason in each language that it was given in; without a tag where that is the book's first.
type Reason = Vec<(Option<String>, String)>;

/// The waiver's reason: the reviewers' own, else that they decided so.
fn reason(book: &Book, entry: Option<&ReviewEntry>) -> Reason {
    let written: Option<&Text> = entry.and_then(|entry| entry.reason.as_ref());
    let of = |worded: &crate::book::Worded| {
        let is_source = worded.language == *book.source_language();
        (Some(worded.language.tag().to_owned()).filter(|_| !is_source), worded.text.clone())
    };
    let known = |worded: &&crate::book::Worded| book.languages.contains(&worded.language);
    let written: Vec<_> = written.map(|text| text.0.iter().filter(known).map(of).collect()).unwrap_or_default();
    match written.as_slice() {
        [] => {
            let words = crate::language::Interface::of(book.source_language());
            vec![(None, words.text("review.file.waived").to_owned())]
        }
        [(None, _)] => written,
        _ => {
            let source = book.source_language().tag().to_owned();
            written.into_iter().map(|(tag, text)| (tag.or(Some(source.clone())), text)).collect()
        }
    }
}

/// What is to be written into the record of a review that closes, or in which more has been carried out since.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Closing<'a> {
    /// The review.
    pub review: &'a Review,
    /// The day.
    pub today: NaiveDate,
    /// The day of the next review.
    pub next: NaiveDate,
    /// What is still to be carried out.
    pub left: &'a [Outstanding<'a>],
    /// The day on which it was carried out before it was opened again, where nothing is decided otherwise since.
    pub done: Option<NaiveDate>,
    /// The name of the set that the review leaves, where it has one.
    pub edition: Option<&'a str>,
    /// The file that its report is kept in, where it closes now.
    pub report: Option<&'a str>,
}

impl Closing<'_> {
    /// Whether what was decided about the standard is still to be done.
    fn is_left(&self, entry: &ReviewEntry) -> bool {
        self.left.iter().any(|left| left.entry.is_some_and(|other| other.key.span == entry.key.span))
    }
}

/// Writes the day of closing and of the next review once, and each time what was carried out since: the new stamps, what became
/// of the wordings, and the day when nothing is left. None where there is nothing new.
///
/// # Errors
/// The [`EditError`] where the record is written in a way that the edit does not reach.
pub(crate) fn close(
    sources: &Sources,
    book: &Book,
    all: &Standards,
    closing: Closing<'_>,
) -> Result<Option<FileEdit>, EditError> {
    let review = closing.review;
    let root = tree_of(sources, review)?;
    let mut writer = Writer { sources, root: &root, intended: root.clone(), patch: Patch::default() };
    let is_written = |entry: &ReviewEntry| match entry.changing() {
        None => entry.now.is_some() && (entry.stamp.is_none() || entry.now == entry.stamp),
        Some(_) => entry.is_carried_out() && entry.now.is_some(),
    };
    for entry in review.entries.iter().filter(|entry| !is_written(entry) && !closing.is_left(entry)) {
        let standard = entry.standard.and_then(|index| all.all.get(index));
        let in_force = standard.filter(|standard| standard.status != crate::book::Status::Retired);
        // What is kept is left as it is when the review closes, whatever becomes of it later.
        let is_said = |standard: &&Standard| match entry.changing() {
            None => review.closed.is_some(),
            Some(_) => entry.stamp.as_ref() == Some(&standard.stamp),
        };
        let mut new = Vec::new();
        if let Some(standard) = in_force.filter(|standard| !is_said(standard)) {
            new.push(("now", Field::Text(standard.stamp.clone())));
            if entry.demand != Demand::default() {
                new.extend(became(book, &entry.demand, &of_standard(standard)).map(|became| ("became", became)));
            }
        }
        let parts = if entry.parts.is_empty() { parts_of(all, entry) } else { Vec::new() };
        if !parts.is_empty() {
            new.push(("parts", Field::List(parts)));
        }
        if !new.is_empty() {
            writer.fields(entry, &new)?;
        }
    }
    let added: Vec<String> = review
        .added
        .iter()
        .map(|added| {
            let standard = added.standard.and_then(|index| all.all.get(index));
            let standard = standard.filter(|standard| standard.status == crate::book::Status::Active);
            let is_new = added.stamp.is_none();
            let standard = standard.filter(|_| is_new);
            standard.map_or_else(|| added.written.value.clone(), |standard| Reference::to(standard).to_string())
        })
        .collect();
    let is_flow = matches!(root.get("added").map(|node| &node.value), Some(Value::List(_, Layout::Flow)));
    let was: Vec<String> = review.added.iter().map(|added| added.written.value.clone()).collect();
    if added != was && is_flow {
        writer.top("added", &Field::List(added), &["decisions"])?;
    }
    let day = Field::Text(closing.today.to_string());
    if review.closed.is_none() {
        writer.top("closed", &day, &["opened"])?;
        writer.top("next", &Field::Text(closing.next.to_string()), &["decisions", "added"])?;
    }
    if closing.left.is_empty() && review.carried_out.is_none() {
        let done = closing.done.map_or_else(|| day.clone(), |done| Field::Text(done.to_string()));
        writer.top("carried-out", &done, &["opened", "closed"])?;
        if let Some(edition) = closing.edition {
            writer.top("left", &Field::Text(edition.to_owned()), &["opened", "closed", "carried-out", "edition"])?;
        }
    }
    if let Some(path) = closing.report {
        let behind = ["opened", "closed", "carried-out", "reopened", "forgotten", "edition", "left"];
        writer.top("report", &Field::Text(path.to_owned()), &behind)?;
    }
    writer.finish()
}

/// The standards in force that a split or merged one became: those that name it in `from`.
fn parts_of(all: &Standards, entry: &ReviewEntry) -> Vec<String> {
    if !matches!(entry.changing(), Some(Decision::Split | Decision::Merge)) {
        return Vec::new();
    }
    let own = entry.standard.and_then(|index| all.all.get(index)).map(|standard| &standard.id);
    let is_own = |name: &String| *name == entry.id || own.is_some_and(|id| id.is_or_was(name));
    let parts = all.all.iter().filter(|standard| standard.status == crate::book::Status::Active);
    parts.filter(|part| part.from.iter().any(is_own)).map(|part| part.id.name.clone()).collect()
}

/// Opens a closed review again: the day of closing, and the one on which it was carried out, go with the reason and the day of
/// today to what was reopened, so that all of them stay; what was written as carried out stays too, for it was.
///
/// # Errors
/// The [`EditError`] where the record is written in a way that the edit does not reach.
pub(crate) fn reopen(
    sources: &Sources,
    review: &Review,
    closed: NaiveDate,
    today: NaiveDate,
    reason: &str,
) -> Result<FileEdit, EditError> {
    let source = sources.get(review.file);
    let root = tree_of(sources, review)?;
    let mut writer = Writer { sources, root: &root, intended: root.clone(), patch: Patch::default() };
    let field = |key: &str, value: &str| (key.to_owned(), Field::Text(value.to_owned()));
    let of = |reopening: &Reopening| {
        let (closed, day) = (reopening.closed.to_string(), reopening.day.to_string());
        let done = reopening.carried_out.map(|done| field("carried-out", &done.to_string()));
        let again = [field("day", &day), field("reason", &reopening.reason)];
        Field::Map(std::iter::once(field("closed", &closed)).chain(done).chain(again).collect())
    };
    let now = Reopening { closed, carried_out: review.carried_out, day: today, reason: reason.to_owned() };
    let all = review.reopened.iter().chain(std::iter::once(&now)).map(of).collect();
    writer.top("reopened", &Field::Maps(all), &["opened", "closed", "carried-out"])?;
    for key in ["closed", "carried-out", "left", "report"] {
        writer.remove(key)?;
    }
    let change = writer.finish()?;
    change.ok_or_else(|| EditError::NotKept { path: source.path.clone(), detail: say!("nothing would change") })
}

/// A review's file as a tree.
pub(super) fn tree_of<'a>(sources: &'a Sources, review: &Review) -> Result<Node<'a>, EditError> {
    parsed(sources, review.file, say!("the review cannot be read"))
}

/// What a standard demands now, as far as it differs from what was judged.
fn became(book: &Book, before: &Demand, now: &Demand) -> Option<Field> {
    let mut fields = Vec::new();
    let mut add = |key: &str, value: Field| fields.push((key.to_owned(), value));
    if let Some(wording) = now.wording.as_ref().filter(|wording| !says(before.wording.as_ref(), wording)) {
        let of = |worded: &crate::book::Worded| (worded.language.tag().to_owned(), Field::Text(worded.text.clone()));
        add(
            "wording",
            match wording.0.as_slice() {
                [worded] if worded.language == *book.source_language() => Field::Text(worded.text.clone()),
                several => Field::Map(several.iter().map(of).collect()),
            },
        );
    }
    if let Some(level) = now.level.filter(|level| before.level != Some(*level)) {
        add("level", Field::Text(level.to_string()));
    }
    let is_same = |left: &Measure, right: &Measure| {
        let plain = |measure: &Measure| (measure.value.plain(), measure.high.as_ref().map(|high| high.plain()));
        left.bound == right.bound && left.share == right.share && plain(left) == plain(right)
    };
    if let Some(measure) =
        now.measure.as_ref().filter(|now| !before.measure.as_ref().is_some_and(|old| is_same(old, now)))
    {
        add("measure", self::measure(measure));
    }
    (!fields.is_empty()).then_some(Field::Map(fields))
}

/// Whether a frozen text says what a text says, places aside.
fn says(frozen: Option<&Text>, text: &Text) -> bool {
    let wordings = |text: &Text| -> Vec<(Language, String)> {
        text.0.iter().map(|worded| (worded.language.clone(), single_spaced(&worded.text).into_owned())).collect()
    };
    frozen.is_some_and(|frozen| wordings(frozen) == wordings(text))
}

/// A figure in brackets: `{within: 10 s, share: 90 %}`.
pub(super) fn measure(measure: &Measure) -> Field {
    let field = |mut values: Vec<String>| match values.len() {
        1 => Field::Text(values.remove(0)),
        _ => Field::List(values),
    };
    Field::Map(measure.keys().into_iter().map(|(key, values)| (key.to_owned(), field(values))).collect())
}
