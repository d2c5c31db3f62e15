//! A figure of a text becomes the measure of its standard.

use super::fields::{self, Field};
use super::patch::Patch;
use super::{EditError, FileEdit, tree, verify};
use crate::book::{Bound, Loaded};
use crate::say;
use crate::source::Span;
use crate::source::yaml;

/// Gives a standard whose id stands at `id` a measure with one value.
///
/// # Errors
/// Where the standard is written in a way that this does not reach.
pub(crate) fn measured(loaded: &Loaded, id: Span, bound: Bound, value: &str) -> Result<FileEdit, EditError> {
    let source = loaded.sources.get(id.file);
    let root =
        yaml::parse(id.file, &source.text).map_err(|_| verify::not_kept(source, say!("it would not be YAML")))?;
    let standard = tree::owner(&root, "id", id);
    let standard = standard.ok_or_else(|| verify::not_kept(source, say!("nothing would be added")))?;
    let measure = Field::Map(vec![(bound.key().to_owned(), Field::Text(value.to_owned()))]);
    let mut patch = Patch::default();
    fields::set(&mut patch, &loaded.sources, standard, "measure", &measure, &["text"])?;
    let mut intended = root.clone();
    tree::each_mut(&mut intended, &mut |node| {
        if node.get("id").is_some_and(|value| value.span == id) {
            fields::intend(node, "measure", &measure, &["text"]);
        }
    });
    verify::as_intended(source, &patch, &intended)
}
