//! Reading all files of a book at once.

use std::collections::HashMap;

use rayon::prelude::*;

use super::blemish::{author_findings, blemish_findings, control_finding, excess_finding};
use super::causes::{followed_by, joined};
use super::decode::{Cx, Decode};
use super::draft::{ManifestDraft, RolesFileDraft, SequenceDraft, SiteDraft, TraitsFileDraft};
use super::list_marks::list_marks;
use super::model::{Book, Home};
use super::resolve::{Drafts, resolve};
use crate::diag::{Code, Diagnostic, Severity};
use crate::library;
use crate::message::Message;
use crate::say;
use crate::source::yaml::{self, Node, Value, YamlFault};
use crate::source::{FileId, MAX_FILE_BYTES, Refusal, Source, Sources, Span, World};

/// The manifest's file name; its presence makes a folder a book.
pub const MANIFEST: &str = "gamma-ok.yaml";

pub(crate) const YAML: &[&str] = &[".yaml", ".yml"];

/// A book as it was read, with its findings.
#[derive(Debug)]
pub struct Loaded {
    /// The files, for places and source lines.
    pub sources: Sources,
    /// What could be read of the book.
    pub book: Book,
    /// Findings of reading and resolving, in no particular order; all are of the group Structure, and errors unless they weigh
    /// less by themselves.
    pub findings: Vec<Diagnostic>,
    /// Codes of findings that may only mean that a file of the book was not read; records leave them out too.
    pub undefined: Vec<Code>,
}

/// Why there is no book at all.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
pub enum LoadError {
    /// The folder has no manifest.
    NoManifest,
}

impl LoadError {
    /// It as a sentence for people.
    pub fn message(&self) -> Message {
        match self {
            LoadError::NoManifest => say!("there is no {file} here: this folder is not a book", file = MANIFEST),
        }
    }
}

/// A file in the course of being read.
struct Reading {
    path: String,
    text: Result<String, Refusal>,
}

/// Whether a finding says that nothing of its file could be read.
pub fn is_of_whole_file(code: Code, span: Span) -> bool {
    match code {
        Code::YamlSyntax | Code::NestingTooDeep | Code::AliasBomb => true,
        Code::MergeConflict | Code::ControlCharacter | Code::TooMuchMarkdown => true,
        // Of a logo that was refused they point at its name.
        Code::FileTooLarge | Code::PathOutsideBook => span.end == 0,
        _ => false,
    }
}

/// What a file is read as.
#[derive(Clone, Copy, PartialEq)]
enum FileKind {
    Manifest,
    Sequence,
    Traits,
    Roles,
    Site,
}

impl FileKind {
    /// The findings that may only mean that such a file was not read.
    fn defines(self) -> &'static [Code] {
        match self {
            // A sector lends roles, and the manifest names it.
            FileKind::Manifest => &[Code::UnknownLanguage, Code::UnknownRole, Code::BadFeedback],
            FileKind::Sequence => &[Code::UnknownSequence, Code::UnknownPhase, Code::UnknownRecord],
            FileKind::Traits => &[Code::UnknownTrait, Code::UnknownPattern],
            FileKind::Roles => &[Code::UnknownRole],
            FileKind::Site => &[Code::UnknownSite],
        }
    }
}

enum Draft {
    Manifest(Option<Box<ManifestDraft>>),
    Sequence(Option<SequenceDraft>),
    Traits(Option<TraitsFileDraft>),
    Roles(Option<RolesFileDraft>),
    Site(Option<SiteDraft>),
}

/// Reads a book: its manifest, sequences, traits, roles, sites, chapters and templates, and of the built-in library what
/// it builds on. Audits, reviews and feedback are not read here.
///
/// # Errors
/// [`LoadError::NoManifest`]. Everything else that is wrong is a finding in [`Loaded::findings`].
pub fn load(world: &dyn World) -> Result<Loaded, LoadError> {
    let mut files: Vec<(FileKind, String)> = vec![(FileKind::Manifest, MANIFEST.to_owned())];
    let mut refused: Vec<(String, Refusal)> = Vec::new();
    let mut list = |folder: &str, kind: FileKind, files: &mut Vec<(FileKind, String)>| {
        for item in world.list(folder, YAML) {
            match item {
                Ok(path) => files.push((kind, path)),
                Err(refusal) => refused.push(refusal),
            }
        }
    };
    list("sequences", FileKind::Sequence, &mut files);
    list("traits", FileKind::Traits, &mut files);
    files.push((FileKind::Roles, "roles.yaml".to_owned()));
    list("sites", FileKind::Site, &mut files);

    let read = |(kind, path): &(FileKind, String)| (*kind, Reading { path: path.clone(), text: world.text(path) });
    let mut readings: Vec<(FileKind, Reading)> = files.par_iter().map(read).collect();
    if matches!(readings.first(), Some((_, Reading { text: Err(Refusal::Missing), .. }))) {
        return Err(LoadError::NoManifest);
    }
    // Everything but the manifest may be absent.
    readings.retain(|(_, reading)| reading.text != Err(Refusal::Missing));

    let mut sources = Sources::default();
    let mut findings = Vec::new();
    for (path, refusal) in refused {
        let file = sources.add(Source::refused(path, &refusal));
        findings.push(refusal_finding(file, &refusal));
    }
    let mut texts: Vec<(FileKind, FileId)> = Vec::new();
    // Kinds of files of which one could not be read at all.
    let mut unread: Vec<FileKind> = Vec::new();
    for (kind, Reading { path, text }) in readings {
        match text {
            Ok(text) => texts.push((kind, sources.add(Source::new(path, text)))),
            Err(refusal) => {
                let file = sources.add(Source::refused(path, &refusal));
                unread.push(kind);
                findings.push(refusal_finding(file, &refusal));
            }
        }
    }
    let decoded: Vec<(Draft, Vec<Diagnostic>)> =
        texts.par_iter().map(|(kind, file)| decode_file(*kind, *file, &sources.get(*file).text)).collect();

    let mut drafts = Drafts::default();
    for ((draft, mut own), (kind, _)) in decoded.into_iter().zip(&texts) {
        if own.iter().any(|finding| is_of_whole_file(finding.code, finding.span)) {
            unread.push(*kind);
        }
        findings.append(&mut own);
        match draft {
            Draft::Manifest(manifest) => drafts.manifest = manifest.map(|manifest| *manifest),
            Draft::Sequence(sequence) => drafts.sequences.extend(sequence),
            Draft::Traits(file) => drafts.traits.extend(file.map(|file| (Home::Book, file))),
            Draft::Roles(file) => drafts.roles.extend(file.map(|file| (Home::Book, file))),
            Draft::Site(site) => drafts.sites.extend(site),
        }
    }
    let sector = drafts.manifest.as_ref().and_then(|manifest| manifest.sector.as_ref()).map(|name| name.value.clone());
    add_library(sector.as_deref(), &mut drafts, &mut sources);
    let mut resolved = resolve(drafts, world, &mut sources);
    if resolved.findings.iter().any(|finding| finding.code == Code::UnknownSector) {
        // Its roles are as absent as those of a file that was not read.
        unread.push(FileKind::Roles);
    }
    // What stands in a file that could not be read is not unknown.
    let mut undefined: Vec<Code> = unread.iter().flat_map(|kind| kind.defines()).copied().collect();
    undefined.extend(followed_by(&findings, &sources));
    resolved.findings.retain(|finding| !undefined.contains(&finding.code));
    findings.append(&mut resolved.findings);
    let findings = joined(said_once(findings));
    Ok(Loaded { sources, book: resolved.book, findings, undefined })
}

/// Adds what the built-in library has for every book, and for those of the sector.
fn add_library(sector: Option<&str>, drafts: &mut Drafts, sources: &mut Sources) {
    for (path, text) in library::files(sector) {
        let mut source = Source::new(format!("library/{path}"), text);
        source.built_in = true;
        let file = sources.add(source);
        let text = &sources.get(file).text;
        // The library is checked by the tests; whatever it had to say here would not be the author's to mend.
        if path.starts_with("traits/") {
            if let (Draft::Traits(Some(draft)), _) = decode_file(FileKind::Traits, file, text) {
                drafts.traits.push((Home::Library, draft));
            }
        } else if path.ends_with("roles.yaml") {
            if let (Draft::Roles(Some(draft)), _) = decode_file(FileKind::Roles, file, text) {
                drafts.roles.push((Home::Library, draft));
            }
        } else if let (Draft::Manifest(Some(draft)), _) = decode_file(FileKind::Manifest, file, text) {
            drafts.base.push(*draft);
        }
    }
}

fn decode_file(kind: FileKind, file: FileId, text: &str) -> (Draft, Vec<Diagnostic>) {
    let mut cx = Cx::default();
    let tree = tree(file, text, &mut cx);
    if let Some(tree) = &tree {
        list_marks(tree, text, &mut cx);
    }
    let mut draft = match kind {
        FileKind::Manifest => Draft::Manifest(decode_root(tree, say!("a manifest"), &mut cx).map(Box::new)),
        FileKind::Sequence => Draft::Sequence(decode_root(tree, say!("a sequence"), &mut cx)),
        FileKind::Traits => Draft::Traits(decode_root(tree, say!("a traits file"), &mut cx)),
        // A roles file may be empty: a book without roles is sound.
        FileKind::Roles => {
            let tree = tree.filter(|tree| tree.value != Value::Null);
            Draft::Roles(decode_root(tree, say!("roles.yaml"), &mut cx))
        }
        FileKind::Site => Draft::Site(decode_root(tree, say!("a site"), &mut cx)),
    };
    cut_long_lists(&mut draft, &mut cx);
    (draft, cx.finish())
}

/// So many roles, departments, traits, areas and languages may a file define: each is looked for among all of them.
const MAX_DEFINED: usize = 1_000;

/// Cuts lists of things that are looked for by name and are longer than any business has.
fn cut_long_lists(draft: &mut Draft, cx: &mut Cx) {
    match draft {
        Draft::Roles(Some(file)) => {
            cut(&mut file.roles, |role| role.span, cx);
            cut(&mut file.departments, |department| department.span, cx);
        }
        Draft::Manifest(Some(manifest)) => {
            cut(&mut manifest.areas, |area| area.span, cx);
            cut(&mut manifest.languages, |language| language.span, cx);
        }
        Draft::Traits(Some(file)) => cut(&mut file.traits, |of_trait| of_trait.span, cx),
        _ => {}
    }
}

fn cut<T>(list: &mut Option<Vec<T>>, span: fn(&T) -> Span, cx: &mut Cx) {
    if let Some(items) = list.as_mut().filter(|items| items.len() > MAX_DEFINED) {
        cx.too_long(span(&items[MAX_DEFINED]), MAX_DEFINED);
        items.truncate(MAX_DEFINED);
    }
}

/// Findings without what is said of a character that another finding names with its word.
fn said_once(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    // Of a figure that was cut in two, its first half is no figure of its own.
    let figures = |finding: &&Diagnostic| finding.code == Code::BadQuantity;
    let quantities: HashMap<(FileId, u32), u32> = findings
        .iter()
        .filter(figures)
        .map(|finding| ((finding.span.file, finding.span.start), finding.span.end))
        .fold(HashMap::new(), |mut longest, (start, end)| {
            let known = longest.entry(start).or_insert(end);
            *known = end.max(*known);
            longest
        });
    findings.retain(|finding| {
        let longest = quantities.get(&(finding.span.file, finding.span.start));
        finding.code != Code::BadQuantity || longest.is_none_or(|end| *end == finding.span.end)
    });
    let (mut odd, mut rest): (Vec<_>, Vec<_>) =
        findings.into_iter().partition(|finding| finding.code == Code::InvisibleCharacter);
    // Of a word of the format it is known what is wrong with it; of a text only that it holds the character.
    let is_of_text = |finding: &Diagnostic| finding.severity < Severity::Error;
    odd.sort_by_key(|finding| {
        (finding.span.file, finding.span.start, std::cmp::Reverse(finding.span.end), is_of_text(finding))
    });
    let mut last: Option<Span> = None;
    odd.retain(|finding| {
        let is_said = last.is_some_and(|last| {
            last.file == finding.span.file
                && finding.span.end <= last.end
                && (last != finding.span || is_of_text(finding))
        });
        last = if is_said { last } else { Some(finding.span) };
        !is_said
    });
    rest.append(&mut odd);
    rest
}

/// The tree of a text; none where it is not YAML, or where what spoils it would be said again as faults of its lines.
fn tree<'t>(file: FileId, text: &'t str, cx: &mut Cx) -> Option<Node<'t>> {
    let find = if cx.has_blanks { blemish_findings } else { author_findings };
    cx.findings = find(file, text);
    if cx.findings.iter().any(|finding| is_of_whole_file(finding.code, finding.span)) {
        return None;
    }
    if text.contains('\r') && !text.contains('\n') {
        // Nothing could be put into such a file, and every place in it would be on its first line.
        let message = say!("the lines of this file end in CR alone, as on the Macs of the last century");
        let finding = Diagnostic::new(Code::YamlSyntax, Span::new(file, 0, 0), message);
        cx.report(finding.help(say!("save it with the line ends LF or CRLF")));
        return None;
    }
    match yaml::parse(file, text) {
        Ok(tree) => {
            // Without the stroke of an escape there is none that the characters of the file did not show.
            if text.contains('\\') {
                escaped_controls(&tree, cx);
            }
            Some(tree)
        }
        Err(fault) => {
            cx.report(fault_finding(fault));
            None
        }
    }
}

/// Tells the texts in which an escape, such as `\x1b`, stands for a character that steers a device and prints nothing. They are
/// read all the same: a record of the past that holds one still counts.
fn escaped_controls(node: &Node<'_>, cx: &mut Cx) {
    let control = |text: &str| text.chars().find(|letter| letter.is_control() && !"\t\n\r".contains(*letter));
    if let Value::Scalar(scalar) = &node.value
        && scalar.style == yaml::Style::Quoted
        && let Some(character) = control(&scalar.text)
    {
        cx.report(control_finding(node.span, character));
    }
    node.items().iter().for_each(|item| escaped_controls(item, cx));
    for entry in node.entries() {
        if let Some(character) = control(&entry.key) {
            cx.report(control_finding(entry.key_span, character));
        }
        escaped_controls(&entry.value, cx);
    }
}

/// Decodes the text of a file that is none of the book's own, such as a record. `noun` completes "expected …".
pub fn decode_text<T: Decode>(file: FileId, text: &str, noun: Message) -> (Option<T>, Vec<Diagnostic>) {
    // Records and reviews are written with keys for people to fill in.
    let mut cx = Cx { has_blanks: true, ..Cx::default() };
    let tree = tree(file, text, &mut cx);
    let root = decode_root(tree, noun, &mut cx);
    (root, cx.finish())
}

fn decode_root<T: Decode>(tree: Option<Node>, noun: Message, cx: &mut Cx) -> Option<T> {
    let tree = tree?;
    if tree.value == Value::Null {
        let finding =
            Diagnostic::new(Code::MissingKey, tree.span, say!("the file is empty: expected {what}", what = noun));
        cx.report(finding.help(say!("write its content, or remove the file")));
        return None;
    }
    T::decode(&tree, cx)
}

/// What is wrong with a file that is no tree, as a finding.
pub(crate) fn fault_finding(fault: YamlFault) -> Diagnostic {
    match fault {
        YamlFault::Syntax { span, message, help } => Diagnostic::new(Code::YamlSyntax, span, message).maybe_help(help),
        YamlFault::Excess(span, excess) => excess_finding(span, &excess),
        YamlFault::TooDeep(span) => {
            Diagnostic::new(Code::NestingTooDeep, span, say!("nested more than {n} levels deep", n = yaml::MAX_DEPTH))
                .help(say!("a book needs fewer than ten levels; look for brackets that are never closed"))
        }
        YamlFault::AliasBomb(span) => {
            let message = say!("the aliases of this file add more than {n} values", n = yaml::MAX_ALIAS_NODES);
            Diagnostic::new(Code::AliasBomb, span, message)
                .help(say!("write the values out instead of referring to them"))
        }
    }
}

/// The finding for a file that was not read.
pub fn refusal_finding(file: FileId, refusal: &Refusal) -> Diagnostic {
    let span = Span::new(file, 0, 0);
    let (code, help) = match refusal {
        Refusal::TooLarge(_) => {
            let limit = MAX_FILE_BYTES / 1024 / 1024;
            (Code::FileTooLarge, say!("split it into several files of less than {limit} MiB", limit))
        }
        Refusal::Outside => (Code::PathOutsideBook, say!("put the file itself into the book's folder")),
        Refusal::NotText(_) => (Code::YamlSyntax, say!("save the file as UTF-8")),
        Refusal::Loop => (Code::UnreadFile, say!("remove the link: what it leads to is read where it stands")),
        Refusal::Unnameable => (Code::UnreadFile, say!("give it a name of letters, digits and hyphens")),
        Refusal::InCloud => {
            (Code::YamlSyntax, say!("download it in the Finder, and keep the book's folder downloaded"))
        }
        Refusal::Dangling => (Code::YamlSyntax, say!("mend the link, or remove it")),
        Refusal::Missing | Refusal::System(_) => (Code::YamlSyntax, say!("make the file readable, or remove it")),
    };
    Diagnostic::new(code, span, say!("this file cannot be read: {refusal}", refusal = refusal.message())).help(help)
}
