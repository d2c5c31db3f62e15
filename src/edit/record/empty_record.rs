//! `audit new`: a record without answers, to be filled in by hand.

use super::record_yaml::head;
use super::{exists, path};
use crate::audit::StandardIndex;
use crate::audit::WrittenRecord;
use crate::book::{Language, Site};
use crate::edit::emit::YamlBlock;
use crate::edit::{EditError, FileEdit};
use crate::edition::{Filter, Reference, select};
use crate::language::Interface;
use crate::say;
use crate::source::World;
use crate::text::single_spaced;

/// What is asked of a new record.
#[derive(Clone, Debug)]
pub struct Skeleton<'a> {
    /// The site.
    pub site: Option<&'a Site>,
    /// Which standards.
    pub filter: &'a Filter,
    /// The head of the record.
    pub head: WrittenRecord,
    /// The language of comments and of the standards' texts.
    pub language: &'a Language,
    /// The file to make, instead of one named after day and site.
    pub file: Option<String>,
}

/// Works out the file of a new record: every standard in scope with its text above it and nothing behind it.
///
/// # Errors
/// A file that is there already, or no standard in scope.
pub fn skeleton(world: &dyn World, index: &StandardIndex<'_>, asked: &Skeleton<'_>) -> Result<FileEdit, EditError> {
    let book = index.book();
    let chosen = select(book, index.standards(), asked.site, asked.filter);
    if chosen.is_empty() {
        return Err(EditError::usage(say!("no standards match: there is nothing to audit"), None));
    }
    let path = match &asked.file {
        Some(file) => Some(file.clone()),
        None => path(&asked.head).next(),
    };
    let path = path.unwrap_or_default();
    if exists(world, &path) {
        let help = say!("fill that one in, or name another file with -o FILE");
        return Err(EditError::usage(say!("`{path}` is there already", path), Some(help)));
    }
    let interface = Interface::of(asked.language);
    let text = |key: &str| interface.text(key).to_owned();
    let mut block = YamlBlock::new(0);
    for key in ["record.how-answers", "record.how-measured", "record.how-more"] {
        block.comment(&text(key));
    }
    head(&mut block, &asked.head);
    if asked.head.auditor.is_none() {
        block.comment(&text("record.how-auditor"));
        block.raw("auditor", "");
    }
    block.under("answers", |block| {
        let mut phase = None;
        for selected in &chosen {
            let standard = selected.standard;
            let place = (standard.sequence, standard.phase);
            if phase.replace(place) != Some(place) {
                let phase = book.phase_at(standard.sequence, standard.phase);
                let title = phase.and_then(|phase| book.in_language(&phase.title, asked.language));
                block.comment(&format!("── {}", title.unwrap_or_default()));
            }
            // A comment ends with its line.
            let worded = single_spaced(book.in_language(&standard.text, asked.language).unwrap_or_default());
            let measure = standard.measure.as_ref().map(|measure| format!(" ({})", interface.bound(measure)));
            let critical = if standard.critical { "▲ " } else { "" };
            block.comment(&format!("{critical}{worded}{}", measure.unwrap_or_default()));
            block.raw(&Reference::to(standard).to_string(), "");
        }
    });
    // A key without a value has no space behind its colon.
    let after: String = block.text().lines().map(|line| format!("{}\n", line.trim_end())).collect();
    Ok(FileEdit { path, before: None, after })
}
