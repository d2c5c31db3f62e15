//! PDF, set by Typst from the templates under `templates/typst/`.
//!
//! The view goes in as JSON and the author's Markdown as a tree, never as markup; blueprints as the SVG that they are.
//! Manual, checklist, blueprint and audit report are PDF/UA-1; everything is tagged. The same view gives the same bytes.

mod apart;
mod chapter;
mod data;
mod fill;
mod fonts;
mod picture;
mod world;

use std::collections::BTreeMap;
use std::io::Write;

use typst::diag::{Severity, SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Smart};
use typst::{World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub use apart::{Apart, Bounds, Stopped, typeset, typeset_apart};
pub(crate) use fonts::may_lack;
pub(super) use picture::{is_drawing, points};
pub(super) use world::Templates;

use self::world::Desk;
use super::{Paper, RenderError, Renderer, svg};
use crate::document::audit_report::Plot;
use crate::document::blueprint::Picture;
use crate::document::manual::{Body, Section};
use crate::document::{AuditReport, Blueprint, Document, DocumentKind, Manual};
use crate::message::Message;
use crate::say;
use crate::text::{line_of, single_spaced};

/// The kinds of which PDF/UA-1 is not promised. Of all others it is: the typesetter refuses what would break it.
const NOT_ACCESSIBLE: [DocumentKind; 1] = [DocumentKind::Matrix];

/// How many texts with characters that no font covers are named one by one.
const NAMED: usize = 10;
/// How much of a text is quoted.
const QUOTED: usize = 60;

/// Renders a document as PDF.
pub(super) fn render(renderer: &Renderer, document: &dyn Document, out: &mut dyn Write) -> Result<(), RenderError> {
    let logo = document.head().brand.logo_file.as_ref();
    let bytes = match set(renderer, document, logo.is_some(), true) {
        Err(error @ RenderError::TooMuch { .. }) => Err(error),
        // A picture that cannot be drawn must not cost the document.
        Err(_) => match set(renderer, document, logo.is_some(), false) {
            Err(_) if logo.is_some() => set(renderer, document, false, false),
            result => result,
        },
        result => result,
    }?;
    Ok(out.write_all(&bytes)?)
}

/// What the author should know of: characters that no embedded font covers, and pictures that cannot be drawn.
pub(super) fn remarks(document: &dyn Document) -> Vec<Message> {
    let Ok(data::Prepared { mut missing, undrawn, .. }) = data::prepare(document, Paper::default(), None, true) else {
        return Vec::new();
    };
    let undrawn = undrawn.into_iter().map(|file| {
        say!("the picture `{file}` cannot be drawn in a PDF: what it shows is printed in words; save it once more as JPEG or PNG", file)
    });
    let mut seen = std::collections::BTreeSet::new();
    missing.retain(|missing| seen.insert(missing.text.clone()));
    let more = missing.len().saturating_sub(NAMED);
    let named = missing.iter().take(NAMED).map(|missing| {
        let characters = missing.characters.iter().map(|c| name(c)).collect::<Vec<_>>().join(", ");
        let text = shortened(&missing.text);
        match missing.characters.len() {
            1 => say!(
                "no font of the PDF has the character {characters}, which is printed as \u{fffd} in “{text}”",
                characters,
                text
            ),
            _ => say!(
                "no font of the PDF has the characters {characters}, which are printed as \u{fffd} in “{text}”",
                characters,
                text
            ),
        }
    });
    let rest = (more > 0).then(|| say!(more; "1 more text holds characters that no font of the PDF has", "{n} more texts hold characters that no font of the PDF has"));
    undrawn.chain(named).chain(rest).collect()
}

/// A character with its number; several that are one to a reader by their numbers together.
fn name(cluster: &str) -> String {
    let numbers: Vec<String> = cluster.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
    let shown = if cluster.chars().any(char::is_control) { "" } else { cluster };
    format!("{shown} ({})", numbers.join(" ")).trim_start().to_owned()
}

fn shortened(text: &str) -> String {
    let text = single_spaced(text);
    match text.char_indices().nth(QUOTED) {
        Some((end, _)) => format!("{}\u{2026}", &text[..end]),
        None => text.into_owned(),
    }
}

fn set(
    renderer: &Renderer,
    document: &dyn Document,
    with_logo: bool,
    with_pictures: bool,
) -> Result<Vec<u8>, RenderError> {
    let head = document.head();
    let logo = head.brand.logo_file.as_ref().filter(|_| with_logo).and_then(|logo| {
        let drawn = picture::drawable(logo.kind.ending(), logo.bytes.to_vec())?;
        Some((format!("/logo.{}", logo.kind.ending()), drawn))
    });
    let logo_path = logo.as_ref().map(|(path, _)| path.as_str());
    let data::Prepared { view, pictures: shown, .. } =
        data::prepare(document, renderer.paper, logo_path, with_pictures)?;
    let name = document.kind().word();
    let mut sheet = Sheet {
        name: name.to_owned(),
        view: view.to_string(),
        files: logo.into_iter().chain(shown).collect(),
        day: head.day.clone(),
        // Two documents of a book differ by their titles; the same document keeps its identity from day to day.
        identity: format!("gamma-ok {name} {} {}", head.lang, head.page_title),
        is_accessible: !NOT_ACCESSIBLE.contains(&document.kind()),
    };
    for (section, picture) in pictures(document) {
        for (piece, drawn) in svg::pieces(renderer, head, picture)?.into_iter().enumerate() {
            // A character without a glyph would stop the whole document.
            let covered = fonts::covered(&drawn).map(|(covered, _)| covered);
            sheet.files.insert(data::picture_path(section, piece), covered.unwrap_or(drawn).into_bytes());
        }
    }
    for (section, number, plot) in plots(document) {
        let drawn = svg::plot(renderer, head, plot)?;
        let covered = fonts::covered(&drawn).map(|(covered, _)| covered);
        sheet.files.insert(data::picture_path(section, number), covered.unwrap_or(drawn).into_bytes());
    }
    match apart::way(&renderer.typst) {
        Some(how) => apart::set(how, &renderer.typst, &sheet),
        None => lay_out(&renderer.typst, sheet),
    }
}

/// What one document is made of, beside the templates.
struct Sheet {
    /// The kind of document, whose template it is.
    name: String,
    /// The view, as JSON.
    view: String,
    /// The logo and the pictures: path in the typesetter's world, and bytes.
    files: BTreeMap<String, Vec<u8>>,
    /// The day that stands for it.
    day: Option<String>,
    /// What tells it from all other documents.
    identity: String,
    /// Whether PDF/UA-1 is promised.
    is_accessible: bool,
}

/// Sets a document.
fn lay_out(templates: &Templates, sheet: Sheet) -> Result<Vec<u8>, RenderError> {
    let today = sheet.day.as_deref().and_then(date);
    let desk = Desk::new(templates, &sheet.name, sheet.view.into_bytes(), today);
    let mut desk = desk.ok_or_else(|| RenderError::Failed(format!("there is no template for `{}`", sheet.name)))?;
    sheet.files.into_iter().for_each(|(path, bytes)| desk.put(&path, bytes));
    let accessible: &[PdfStandard] = if sheet.is_accessible { &[PdfStandard::Ua_1] } else { &[PdfStandard::V_1_7] };
    let options = PdfOptions {
        ident: Smart::Custom(sheet.identity),
        creator: Smart::Custom(Some(concat!("gamma-ok ", env!("CARGO_PKG_VERSION")).to_owned())),
        timestamp: today.map(Timestamp::new_utc),
        standards: PdfStandards::new(accessible).map_err(|error| RenderError::Failed(error.message().to_string()))?,
        ..PdfOptions::default()
    };
    let bytes = apart(|| {
        let set = |desk: &Desk| {
            let Warned { output, .. } = typst::compile::<PagedDocument>(desk);
            output
        };
        let mut document = set(&desk)?;
        // A book's own templates know of no tighter way.
        if templates.own().is_empty() && fill::wastes_paper(&document) {
            let tighter = desk.tighter().and_then(|tight| set(&tight).ok());
            let saves = |tighter: &PagedDocument| tighter.pages().len() < document.pages().len();
            document = tighter.filter(saves).unwrap_or(document);
        }
        typst_pdf::pdf(&document, &options)
    });
    // What was remembered for one document helps one that is being made beside it, and no other.
    typst::comemo::evict(1);
    bytes?.map_err(|errors| fault(&desk, &errors))
}

/// Stack for layout, which recurses over what it lays out; a thread's usual two megabytes are few for that.
const STACK: usize = 64 << 20;

/// Does one document's work on a thread of its own, with a pool of its own.
///
/// The typesetter works in parallel by itself. Where documents are made in parallel already, a thread that waits for a
/// part of one would begin with another meanwhile, on the same stack, until all of them were in memory at once.
fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, RenderError> {
    let threads = if rayon::current_thread_index().is_some() { 1 } else { rayon::current_num_threads() };
    let alone = || {
        // Kept until the work is done: this thread is one of the pool's.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).use_current_thread().build();
        pool.map(|_pool| work())
    };
    let failed = |message: String| RenderError::Failed(message);
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, alone);
        let done = thread.map_err(|error| failed(error.to_string()))?.join();
        // A fault in the typesetter is one document's misfortune.
        done.map_err(|_| failed("the typesetter stopped".to_owned()))?.map_err(|error| failed(error.to_string()))
    })
}

/// The pictures of a document, each with the place of its section or chart.
fn pictures<'a>(document: &'a dyn Document) -> Vec<(usize, &'a Picture)> {
    let picture = |section: &'a Section| match &section.body {
        Body::Glance(glance) => Some(&glance.picture),
        _ => None,
    };
    if let Some(manual) = document.view::<Manual>() {
        let all = manual.sections.iter().enumerate();
        return all.filter_map(|(index, section)| Some((index, picture(section)?))).collect();
    }
    let charts = document.view::<Blueprint>().into_iter().flat_map(|blueprint| blueprint.charts.iter().enumerate());
    charts.map(|(index, chart)| (index, &chart.picture)).collect()
}

/// The pictures of shares over time, each with the place of its section and its own in there.
fn plots(document: &dyn Document) -> Vec<(usize, usize, &Plot)> {
    let sections = document.view::<AuditReport>().into_iter().flat_map(|report| report.sections.iter().enumerate());
    sections
        .flat_map(|(index, section)| section.plots.iter().enumerate().map(move |(n, plot)| (index, n, plot)))
        .collect()
}

/// `YYYY-MM-DD`, at midnight.
fn date(day: &str) -> Option<Datetime> {
    let mut parts = day.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Datetime::from_ymd_hms(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?, 0, 0, 0)
}

/// The first error, at its place in a template.
fn fault(desk: &Desk, errors: &[SourceDiagnostic]) -> RenderError {
    let worst = errors.iter().find(|error| error.severity == Severity::Error).or(errors.first());
    let Some(error) = worst else { return RenderError::Failed("the document could not be set".to_owned()) };
    let message = Message::verbatim(error.message.to_string());
    // An error inside a function that the typesetter brings along is told where the template called it.
    let spans = std::iter::once(error.span).chain(error.trace.iter().map(|point| point.span.into()));
    let place = spans.filter_map(|span| Some((span.id()?, desk.range(span)?))).find_map(|(id, range)| {
        let source = desk.source(id).ok()?;
        Some((id.vpath().get_without_slash().to_owned(), line_of(source.text(), range.start)))
    });
    match place {
        Some((path, line)) => RenderError::Template { path, line: Some(line), message },
        None => RenderError::Failed(message.to_string()),
    }
}
