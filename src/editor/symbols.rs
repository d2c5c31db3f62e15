//! The outline of a file, and what the whole book has of some name or words.

use lsp_types::{DocumentSymbol, Position, Range, SymbolInformation, SymbolKind};

use super::lines::{Encoding, Lines};
use super::workspace::{Locator, OpenBook};
use crate::book::{Book, Id, Language, Phase, Text};
use crate::source::{FileId, Source, Span};

/// What an outline is made of.
struct Outline<'a> {
    file: FileId,
    lines: Lines<'a>,
    source: &'a Source,
    language: &'a Language,
}

impl Outline<'_> {
    fn entry(
        &self,
        (id, span): (&Id, Span),
        title: Option<&Text>,
        kind: SymbolKind,
        children: Vec<DocumentSymbol>,
    ) -> Option<DocumentSymbol> {
        if id.span.file != self.file {
            return None;
        }
        let inside = |span: Span| {
            let end = (span.end as usize).min(self.source.text.len());
            self.lines.range((span.start as usize).min(end)..end)
        };
        let (selection, mut whole) = (inside(id.span), inside(span));
        // What an editor selects must lie in what it folds.
        whole.start = whole.start.min(selection.start);
        whole.end = whole.end.max(selection.end);
        let detail = title.and_then(|title| title.get(self.language)).map(|worded| worded.text.clone());
        #[expect(deprecated, reason = "a field of the protocol that must be there, and is not used any more")]
        Some(DocumentSymbol {
            name: if id.name.is_empty() { "?".to_owned() } else { id.name.clone() },
            detail: detail.filter(|detail| *detail != id.name),
            kind,
            tags: None,
            deprecated: None,
            range: whole,
            selection_range: selection,
            children: (!children.is_empty()).then_some(children),
        })
    }

    fn phase(&self, phase: &Phase) -> Option<DocumentSymbol> {
        let steps = phase
            .steps
            .iter()
            .filter_map(|step| self.entry((&step.id, step.span), step.label(), SymbolKind::EVENT, Vec::new()));
        let standards = phase.standards.iter().filter_map(|standard| {
            self.entry((&standard.id, standard.span), Some(&standard.text), SymbolKind::PROPERTY, Vec::new())
        });
        let children = steps.chain(standards).collect();
        self.entry((&phase.id, phase.span), Some(&phase.title), SymbolKind::NAMESPACE, children)
    }
}

/// The outline of a file: phases, their steps and standards; traits and their patterns; roles; sites.
pub(super) fn outline(open: &OpenBook, path: &str, language: &Language, encoding: Encoding) -> Vec<DocumentSymbol> {
    let (Some(opened), Some(file)) = (&open.opened, open.file(path)) else { return Vec::new() };
    let book = &opened.loaded.book;
    let source = opened.loaded.sources.get(file);
    let outline = Outline { file, lines: Lines::of(&source.text, encoding), source, language };
    let sequences = book.sequences.iter().filter_map(|sequence| {
        let phases = sequence.phases.iter().filter_map(|phase| outline.phase(phase)).collect();
        outline.entry((&sequence.id, sequence.span), Some(&sequence.title), SymbolKind::MODULE, phases)
    });
    let traits = book.traits.iter().filter_map(|known| {
        let patterns = known.patterns.iter().filter_map(|pattern| {
            outline.entry((&pattern.id, pattern.span), Some(&pattern.text), SymbolKind::METHOD, Vec::new())
        });
        let patterns = patterns.collect();
        outline.entry((&known.id, known.span), Some(&known.title), SymbolKind::CLASS, patterns)
    });
    let roles = book.roles.iter().filter_map(|role| {
        outline.entry((&role.id, role.id.span), Some(&role.title), SymbolKind::INTERFACE, Vec::new())
    });
    let departments = book.departments.iter().filter_map(|department| {
        outline.entry((&department.id, department.id.span), Some(&department.title), SymbolKind::PACKAGE, Vec::new())
    });
    let sites = book.sites.iter().filter_map(|site| {
        outline.entry((&site.id, site.id.span), Some(&site.title), SymbolKind::CONSTANT, Vec::new())
    });
    let areas = book
        .areas
        .iter()
        .filter_map(|area| outline.entry((&area.id, area.id.span), Some(&area.title), SymbolKind::ENUM, Vec::new()));
    sequences.chain(traits).chain(roles).chain(departments).chain(sites).chain(areas).collect()
}

/// The outline of a text that cannot be read just now: its ids, nested as they are indented.
pub(super) fn sketch(lines: &Lines<'_>) -> Vec<DocumentSymbol> {
    // Each entry with its column, those that are still open on the way to the last.
    let mut open: Vec<(usize, DocumentSymbol)> = Vec::new();
    let mut roots = Vec::new();
    let mut close = |open: &mut Vec<(usize, DocumentSymbol)>, column: usize| {
        while open.last().is_some_and(|(known, _)| *known >= column) {
            let Some((_, done)) = open.pop() else { break };
            match open.last_mut() {
                Some((_, parent)) => parent.children.get_or_insert_default().push(done),
                None => roots.push(done),
            }
        }
    };
    for number in 0..lines.len() {
        let line = lines.line(number);
        let content = line.trim_start_matches([' ', '-', '\u{feff}']);
        let column = line.len() - content.len();
        let end = lines.position(lines.offset(Position { line: number as u32, character: u32::MAX }));
        let Some(("id", value)) =
            super::caret::key_and_value(content).as_ref().map(|(key, value)| (key.as_str(), *value))
        else {
            if !content.is_empty() && !content.starts_with('#') {
                let indent = line.len() - line.trim_start_matches(' ').len();
                let inside = open.iter_mut().filter(|(known, _)| *known <= indent || content == line.trim_start());
                inside.for_each(|(_, symbol)| symbol.range.end = end);
            }
            continue;
        };
        let name = value.split(" #").next().unwrap_or(value).trim().trim_matches(['"', '\'']);
        close(&mut open, column);
        open.iter_mut().for_each(|(_, parent)| parent.range.end = end);
        let start = Position { line: number as u32, character: 0 };
        #[expect(deprecated, reason = "a field of the protocol that must be there, and is not used any more")]
        let symbol = DocumentSymbol {
            name: if name.is_empty() { "?".to_owned() } else { name.to_owned() },
            detail: None,
            kind: if open.is_empty() { SymbolKind::MODULE } else { SymbolKind::PROPERTY },
            tags: None,
            deprecated: None,
            range: Range { start, end },
            selection_range: Range { start, end },
            children: None,
        };
        open.push((column, symbol));
    }
    close(&mut open, 0);
    roots
}

/// So many symbols are given at most; whoever wants another types more of it.
const MOST: usize = 500;

/// What of the book has these words in its id or its texts, in the order of the book.
pub(super) fn search(open: &OpenBook, words: &str, language: &Language, encoding: Encoding) -> Vec<SymbolInformation> {
    let Some(opened) = &open.opened else { return Vec::new() };
    let book = &opened.loaded.book;
    let wanted: Vec<String> = words.split_whitespace().map(folded).collect();
    let fits = |id: &str, text: Option<&Text>| {
        let texts = text.into_iter().flat_map(|text| &text.0).map(|worded| folded(&worded.text));
        let all: Vec<String> = std::iter::once(folded(id)).chain(texts).collect();
        wanted.iter().all(|word| all.iter().any(|text| text.contains(word.as_str())))
    };
    let things = things(book);
    let standards = opened.standards.all.iter().map(|standard| Thing {
        name: &standard.id.name,
        text: Some(&standard.text),
        span: if standard.id.span.end > 0 { standard.id.span } else { standard.span },
        kind: SymbolKind::PROPERTY,
        place: book.phase_at(standard.sequence, standard.phase).map(|phase| &*phase.id.name),
    });
    let mut places = Locator::of(open, encoding);
    let symbol = |thing: Thing<'_>| {
        let about = thing.text.and_then(|text| text.get(language)).map(|worded| worded.text.as_str());
        let name = about
            .filter(|about| *about != thing.name)
            .map_or_else(|| thing.name.to_owned(), |about| format!("{}: {about}", thing.name));
        #[expect(deprecated, reason = "a field of the protocol that must be there, and is not used any more")]
        Some(SymbolInformation {
            name,
            kind: thing.kind,
            tags: None,
            deprecated: None,
            location: places.location(thing.span)?,
            container_name: thing.place.map(str::to_owned),
        })
    };
    things
        .into_iter()
        .chain(standards)
        .filter(|thing| fits(thing.name, thing.text))
        .filter_map(symbol)
        .take(MOST)
        .collect()
}

/// Something of the book that has an id.
struct Thing<'a> {
    name: &'a str,
    text: Option<&'a Text>,
    span: Span,
    kind: SymbolKind,
    place: Option<&'a str>,
}

fn things(book: &Book) -> Vec<Thing<'_>> {
    let mut all = Vec::new();
    fn thing<'a>(id: &'a Id, text: Option<&'a Text>, kind: SymbolKind, place: Option<&'a str>) -> Thing<'a> {
        Thing { name: &id.name, text, span: id.span, kind, place }
    }
    for sequence in &book.sequences {
        all.push(thing(&sequence.id, Some(&sequence.title), SymbolKind::MODULE, None));
        for phase in &sequence.phases {
            all.push(thing(&phase.id, Some(&phase.title), SymbolKind::NAMESPACE, Some(&sequence.id.name)));
            let steps = phase.steps.iter();
            all.extend(steps.map(|step| thing(&step.id, step.label(), SymbolKind::EVENT, Some(&phase.id.name))));
        }
    }
    all.extend(book.traits.iter().map(|known| thing(&known.id, Some(&known.title), SymbolKind::CLASS, None)));
    all.extend(book.roles.iter().map(|role| thing(&role.id, Some(&role.title), SymbolKind::INTERFACE, None)));
    all.extend(
        book.departments
            .iter()
            .map(|department| thing(&department.id, Some(&department.title), SymbolKind::PACKAGE, None)),
    );
    all.extend(book.sites.iter().map(|site| thing(&site.id, Some(&site.title), SymbolKind::CONSTANT, None)));
    all
}

/// A text as it is searched: small letters without marks.
fn folded(text: &str) -> String {
    deunicode::deunicode(text).to_lowercase()
}
