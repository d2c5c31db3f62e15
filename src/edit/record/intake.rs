//! Filled-in checklists become changes of the book: what every edge that takes them in does with them.

use super::brought::Bringing;
use super::{Recorded, Recorder};
use crate::audit::filled::{self, Photo, place};
use crate::audit::{FOLDER, StandardIndex, WrittenRecord};
use crate::edit::edition::keep;
use crate::edit::{EditError, FileEdit, Picture};
use crate::forms::{Form, FormPlace, Refused};
use crate::message::Message;
use crate::project::{Project, Records};
use crate::say;
use crate::source::{Refusal, World};

/// How forms are taken in.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What the forms do not say themselves.
    pub filled: filled::Options,
    /// Record what can be placed even where something else of a form is refused.
    pub partial: bool,
    /// Where the round is recorded already with other answers, take those of the form.
    pub replace: bool,
    /// With those, take out of the record what the form does not have.
    pub takes_out: bool,
    /// Where a record of the same day has the same answers, record another round all the same.
    pub another: bool,
}

/// What came of a form.
#[derive(Debug)]
pub struct FormOutcome {
    /// The name that it came by.
    pub name: String,
    /// What there is to say of it, and nothing is refused for.
    pub remarks: Vec<Message>,
    /// What of it is refused.
    pub refused: Vec<Refused>,
    /// What became of its record; none where what is refused leaves none.
    pub recorded: Option<Recorded>,
    /// How many answers it has.
    pub answers: usize,
    /// How many of its items have none.
    pub unanswered: usize,
}

/// What came of all of them.
#[derive(Debug)]
pub struct Intake {
    /// What there is to say before any of them.
    pub remarks: Vec<Message>,
    /// Form by form.
    pub taken: Vec<FormOutcome>,
    /// The sets of standards that the records name and that are not kept yet. They are written with the records, all or none.
    pub sets: Vec<FileEdit>,
    /// The records.
    pub changes: Vec<FileEdit>,
    /// The photographs that the records name and that are not there yet; written with them, all or none.
    pub pictures: Vec<Picture>,
}

/// Works out what forms change, each with the name that it came by: what is wrong with one does not keep the others. Nothing is
/// written.
///
/// # Errors
/// A kept set that is not as it was written.
pub fn take_in(
    opened: &Project,
    records: &Records,
    options: &Options,
    forms: Vec<(String, Form)>,
) -> Result<Intake, EditError> {
    let book = &opened.loaded.book;
    let filled = filled::Options { editions: records.editions.names_of_issues(), ..options.filled.clone() };
    let set = opened.errors().is_empty().then(|| opened.set());
    let current = set.as_ref().map(crate::edition::Set::name);
    let kept = match &set {
        Some(set) => keep(&opened.world, &records.editions, set)?,
        None => None,
    };
    let mut bringing = Bringing::default();
    let named: Vec<(String, Form, Option<String>)> = forms
        .into_iter()
        .map(|(name, form)| {
            let edition = bringing.of(opened, &records.editions, set.as_ref(), (&name, &form));
            (name, form, edition)
        })
        .collect();
    let editions = bringing.with(&records.audits.editions);
    let index = StandardIndex::with(book, &opened.standards, opened.world.today(), &editions, &records.editions)
        .calling_today(current.clone());
    let mut recorder = Recorder {
        sources: &opened.loaded.sources,
        audits: &records.audits,
        index: &index,
        replace: options.replace,
        takes_out: options.takes_out,
        is_whole: true,
        is_another: options.another,
        made: Vec::new(),
        known: Vec::new(),
    };
    let mut taken = Vec::new();
    let mut photos = Vec::new();
    for (name, form, of_form) in named {
        let made_of = form.edition.clone();
        let mut placed = place(form, &filled, &index);
        let mut remarks: Vec<Message> =
            placed.remarks.iter().map(|remark| say!("{name}: {remark}", name = &name, remark)).collect();
        let (more, differing) = altered(opened, &name, made_of.as_deref(), std::mem::take(&mut placed.altered));
        remarks.splice(0..0, more);
        placed.refused.extend(differing);
        let (answers, unanswered) = (placed.record.answers.len(), placed.unanswered);
        let is_placed = placed.refused.is_empty() || options.partial && answers > 0;
        // Without site and day there is no record, whatever else there is.
        let is_placed = is_placed && !placed.refused.iter().any(|refused| refused.place == FormPlace::Whole);
        let recorded = is_placed.then(|| {
            recorder.is_whole = placed.refused.is_empty();
            let keys: Vec<&str> = placed.record.answers.iter().map(|answer| answer.key.as_str()).collect();
            // A form that says nothing of its edition is of the one that has its wordings.
            let by_wordings = || opened.edition_of(&records.editions, set.as_ref()?, &keys);
            let edition = of_form.or_else(by_wordings);
            recorder.record(&opened.world, WrittenRecord { edition, ..placed.record })
        });
        let is_kept =
            |recorded: &Recorded| matches!(recorded, Recorded::New(_) | Recorded::Updated(..) | Recorded::Known(..));
        if recorded.as_ref().is_some_and(is_kept) {
            photos.append(&mut placed.photos);
        }
        taken.push(FormOutcome { name, remarks, refused: placed.refused, recorded, answers, unanswered });
    }
    let names_today = |record: &WrittenRecord| record.edition.is_some() && record.edition == current;
    let kept = kept.filter(|_| recorder.made.iter().any(|(_, record)| names_today(record)));
    let brought = bringing.changes(&opened.world, recorder.made.iter().map(|(_, record)| record));
    Ok(Intake {
        remarks: std::mem::take(&mut bringing.remarks),
        taken,
        sets: kept.into_iter().chain(brought).collect(),
        changes: recorder.made.into_iter().map(|(change, _)| change).collect(),
        pictures: pictures(&opened.world, photos),
    })
}

/// The photographs that are not in the book yet, each once. Their names are made of what is in them.
fn pictures(world: &dyn World, photos: Vec<Photo>) -> Vec<Picture> {
    let mut pictures: Vec<Picture> = Vec::new();
    for Photo { path, bytes } in photos {
        let path = format!("{FOLDER}/{path}");
        let is_there = pictures.iter().any(|known| known.path == path);
        if !is_there && world.bytes(&path) == Err(Refusal::Missing) {
            pictures.push(Picture { path, bytes });
        }
    }
    pictures
}

/// What of a form reads otherwise than the form had it: what there is to say, and what is refused. Where the form was made of
/// another edition than the book now is (`made_of` are the digits of its hash), that may have had it so: then it is said, and
/// no more.
pub fn altered(
    opened: &Project,
    file: &str,
    made_of: Option<&str>,
    altered: Vec<Refused>,
) -> (Vec<Message>, Vec<Refused>) {
    let is_now = |made_of: &str| {
        let now = opened.set().name();
        made_of.starts_with(&now) || now.starts_with(made_of)
    };
    if altered.is_empty() || made_of.is_none_or(is_now) {
        return (Vec::new(), altered);
    }
    let messages = altered.into_iter().map(|Refused { place, message, .. }| {
        say!(
            "{place}: {message}; the form is of another edition than the book now is, which may have had it",
            place = place.of(file),
            message
        )
    });
    (messages.collect(), Vec::new())
}
