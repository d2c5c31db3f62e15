//! What changed in the standards, as a page to hand over.

use serde::Serialize;

use super::control::DocumentState;
use super::head::Head;
use super::kind::DocumentKind;
use super::prose::Prose;
use super::scope::{Request, Scope};
use crate::changes::{Change, ChangeKind, ChangedKind, Changes, Stretch, Value, rewording};

/// The view of a comparison.
#[derive(Clone, Debug, Serialize)]
pub struct ChangesView {
    /// What it is.
    pub head: Head,
    /// Which two states were compared, in words.
    pub compared: String,
    /// Kinds of change with how often each occurs, in words; empty where nothing changed.
    pub summary: Vec<String>,
    /// The changes by phase, then those of the structure.
    pub groups: Vec<ChangeGroup>,
    /// Who has to learn something new.
    pub retrain: Vec<RetrainView>,
}

/// The changes of one phase, or of the structure.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeGroup {
    /// The phase's title, or what else they are about.
    pub title: Prose,
    /// The changes.
    pub changes: Vec<ChangeView>,
}

/// One change.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeView {
    /// How it changed, in a word.
    pub kind: String,
    /// What kind of thing it is, where it is no standard.
    pub of: Option<String>,
    /// The id.
    pub id: String,
    /// What a standard demands, where no change of it says so.
    pub about: Option<Prose>,
    /// The id it had, where that was another.
    pub old_id: Option<String>,
    /// That it was split from another one, or merged of several.
    pub from: Option<String>,
    /// The key of the format that changed.
    pub field: Option<&'static str>,
    /// The language of a translation.
    pub language: Option<String>,
    /// A reworded text, word by word; else empty.
    pub words: Vec<WordPart>,
    /// What it was.
    pub before: Option<String>,
    /// What it is now.
    pub after: Option<String>,
}

/// A stretch of a reworded text. One of the three is there.
#[derive(Clone, Debug, Default, Serialize)]
pub struct WordPart {
    /// In both wordings.
    pub same: Option<String>,
    /// In the former one only.
    pub gone: Option<String>,
    /// In the new one only.
    pub new: Option<String>,
}

/// A role and the standards that are new to it.
#[derive(Clone, Debug, Serialize)]
pub struct RetrainView {
    /// The role's title.
    pub role: Prose,
    /// The standards.
    pub standards: Vec<RetrainStandard>,
}

/// A standard that is new to a role.
#[derive(Clone, Debug, Serialize)]
pub struct RetrainStandard {
    /// Its id.
    pub id: String,
    /// What it demands.
    pub text: Option<Prose>,
}

/// The page about `changes`, from the revision `older` to `newer`, or to the folder as it is.
pub fn changes(request: Request<'_>, changes: &Changes, older: &str, newer: Option<&str>) -> ChangesView {
    let scope = Scope::of(request);
    let compared = match newer {
        Some(newer) => scope.interface.fill("changes.between", &[("older", older), ("newer", newer)]),
        None => scope.interface.fill("changes.since", &[("older", older)]),
    };
    let mut groups: Vec<ChangeGroup> = Vec::new();
    let is_standard = |change: &Change| change.of == ChangedKind::Standard;
    for together in
        changes.all.chunk_by(|a, b| is_standard(a) == is_standard(b) && (!is_standard(a) || a.phase == b.phase))
    {
        let Some(first) = together.first() else { continue };
        let title =
            if is_standard(first) { phase_title(&scope, first) } else { Prose::plain(scope.text("changes.structure")) };
        let of_one = together.chunk_by(|a, b| is_standard(a) && a.id == b.id);
        let views = of_one.flat_map(|changes| {
            // Where nothing of it says what the standard is about, its text does.
            let is_told = !changes.first().is_some_and(is_standard) || changes.iter().any(tells_text);
            let view = |(place, change): (usize, &Change)| ChangeView {
                about: (place == 0 && !is_told).then(|| text_of(&scope, &change.id)).flatten(),
                ..view(&scope, change)
            };
            changes.iter().enumerate().map(view).collect::<Vec<_>>()
        });
        groups.push(ChangeGroup { title, changes: views.collect() });
    }
    let count = |kind: ChangeKind| changes.all.iter().filter(|change| change.kind == kind).count();
    let summary = ChangeKind::ALL.into_iter().filter(|kind| count(*kind) > 0);
    let summary =
        summary.map(|kind| format!("{}: {}", kind_label(&scope, kind), scope.interface.number(count(kind) as f64)));
    let retrain = changes.retrain.iter().map(|retrain| RetrainView {
        role: match &retrain.role {
            Some(role) => scope.role_titles(std::slice::from_ref(role)).into_iter().next().unwrap_or_default(),
            None => Prose::plain(scope.text("common.everyone")),
        },
        standards: retrain
            .standards
            .iter()
            .map(|id| RetrainStandard { id: id.clone(), text: text_of(&scope, id) })
            .collect(),
    });
    ChangesView {
        head: Head::of(DocumentKind::Changes, &scope).in_state(DocumentState::default()),
        compared,
        summary: summary.collect(),
        groups,
        retrain: retrain.collect(),
    }
}

fn phase_title(scope: &Scope<'_>, change: &Change) -> Prose {
    let id = change.phase.as_deref().unwrap_or_default();
    scope.book.phase_of_id(id).map_or_else(|| Prose::plain(id), |phase| scope.prose(&phase.title))
}

/// What the standard of that id demands, where the book has it.
fn text_of(scope: &Scope<'_>, id: &str) -> Option<Prose> {
    scope.standards.all.iter().find(|standard| standard.id.name == id).map(|standard| scope.prose(&standard.text))
}

/// Whether what is shown of a change holds the standard's text.
pub(crate) fn tells_text(change: &Change) -> bool {
    use ChangeKind as K;
    matches!(change.kind, K::Added | K::Removed | K::Retired | K::Reworded)
}

fn kind_label(scope: &Scope<'_>, kind: ChangeKind) -> String {
    scope.text(&format!("change.{}", kind.word()))
}

fn view(scope: &Scope<'_>, change: &Change) -> ChangeView {
    let shown = |value: &Option<Value>| value.as_ref().map(|value| in_words(scope, change.field, value));
    let (before, after) = (shown(&change.before), shown(&change.after));
    let of_texts = matches!((&change.before, &change.after), (Some(Value::Text(_)), Some(Value::Text(_))))
        && matches!(change.kind, ChangeKind::Reworded | ChangeKind::Translated | ChangeKind::Other);
    let parts = match (&before, &after) {
        (Some(before), Some(after)) if of_texts && before.contains(' ') => rewording(before, after),
        _ => Vec::new(),
    };
    ChangeView {
        kind: kind_label(scope, change.kind),
        of: (change.of != ChangedKind::Standard).then(|| scope.text(&format!("thing.{}", change.of.word()))),
        id: change.id.clone(),
        about: None,
        old_id: change.old_id.clone().filter(|_| change.kind == ChangeKind::Renamed),
        from: came_of(scope, change),
        field: change.field,
        language: change.language.clone(),
        words: spaced(parts),
        before: before.filter(|_| change.kind != ChangeKind::Renamed),
        after: after.filter(|_| change.kind != ChangeKind::Renamed),
    }
}

fn came_of(scope: &Scope<'_>, change: &Change) -> Option<String> {
    let key = match change.from.len() {
        0 => return None,
        1 => "changes.split",
        _ => "changes.merged",
    };
    Some(scope.interface.fill(key, &[("ids", &change.from.join(", "))]))
}

/// A value in the words of the document's language; a word of the format by its name there.
pub(super) fn in_words(scope: &Scope<'_>, field: Option<&'static str>, value: &Value) -> String {
    match value {
        Value::Level(level) => scope.text(&format!("level.{level}")),
        Value::Measure(measure) => scope.interface.bound(measure),
        Value::Text(text) => {
            let key = field.filter(|_| !text.contains(' ')).map(|field| format!("{field}.{text}"));
            match key.map(|key| (scope.interface.text(&key).to_owned(), key)) {
                Some((label, key)) if label != key => label,
                _ => text.clone(),
            }
        }
    }
}

/// Parts whose marks can stand close to the words: what is gone or new begins and ends with a letter, and a space stands
/// between the two.
fn spaced(parts: Vec<Stretch>) -> Vec<WordPart> {
    let mut spaced: Vec<WordPart> = Vec::new();
    let mut after_gone = false;
    for part in parts {
        let was_gone = std::mem::replace(&mut after_gone, matches!(part, Stretch::Gone(_)));
        let (text, marked): (&String, fn(String) -> WordPart) = match &part {
            Stretch::Same(text) => {
                spaced.push(same(text));
                continue;
            }
            Stretch::Gone(text) => (text, |gone| WordPart { gone: Some(gone), ..WordPart::default() }),
            Stretch::New(text) => (text, |new| WordPart { new: Some(new), ..WordPart::default() }),
        };
        let core = text.trim();
        if text.starts_with(' ') || was_gone {
            spaced.push(same(" "));
        }
        if !core.is_empty() {
            spaced.push(marked(core.to_owned()));
        }
        if text.ends_with(' ') {
            spaced.push(same(" "));
        }
    }
    spaced
}

fn same(text: &str) -> WordPart {
    WordPart { same: Some(text.to_owned()), ..WordPart::default() }
}
