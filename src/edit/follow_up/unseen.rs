//! Photographs of somebody's work, who is forgotten: out of the answers that judged it.

use super::act::{intended_answer, texts};
use crate::audit::PHOTOS;
use crate::edit::EditError;
use crate::edit::fields::{self, Field};
use crate::edit::patch::Patch;
use crate::edit::tree;
use crate::source::Sources;
use crate::source::yaml::{Layout, Node, Value};

/// Takes the photographs out of those answers of a record that judged the work of `code`; what they are called.
///
/// # Errors
/// The [`EditError`] for a list of them that is written in a way that the edit does not reach.
pub(super) fn unsee(
    patch: &mut Patch,
    sources: &Sources,
    root: &Node<'_>,
    intended: &mut Node<'_>,
    code: &str,
) -> Result<Vec<String>, EditError> {
    let is_code = |node: &Node<'_>| node.get("staff").and_then(Node::text).map(|staff| staff.trim() == code);
    let of_record = is_code(root).unwrap_or(false);
    let mut taken = Vec::new();
    for (place, entry) in root.get("answers").map(Node::entries).unwrap_or_default().iter().enumerate() {
        if !is_code(&entry.value).unwrap_or(of_record) {
            continue;
        }
        let Some(target) = intended_answer(intended, place) else { continue };
        taken.extend(without(patch, sources, &entry.value, target)?);
        let Some(action) = entry.value.get("action") else { continue };
        let inner = match &mut target.value {
            Value::Map(entries, _) => entries.iter_mut().find(|entry| entry.key == "action"),
            _ => None,
        };
        if let Some(inner) = inner {
            taken.extend(without(patch, sources, action, &mut inner.value)?);
        }
    }
    Ok(taken)
}

/// Takes the photographs out of the evidence of an answer or action; other papers stay.
fn without(
    patch: &mut Patch,
    sources: &Sources,
    entry: &Node<'_>,
    intended: &mut Node<'_>,
) -> Result<Vec<String>, EditError> {
    let (photographs, others): (Vec<String>, Vec<String>) = texts(entry.get("evidence"))
        .into_iter()
        .partition(|path| path.strip_prefix(PHOTOS).is_some_and(|rest| rest.starts_with('/')));
    if photographs.is_empty() {
        return Ok(photographs);
    }
    let is_block = matches!(&entry.value, Value::Map(_, Layout::Block)) && tree::entry(entry, "evidence").is_some();
    if others.is_empty() && is_block {
        fields::remove(patch, sources, entry, "evidence")?;
        if let Value::Map(entries, _) = &mut intended.value {
            entries.retain(|entry| entry.key != "evidence");
        }
    } else {
        let left = Field::List(others);
        fields::set(patch, sources, entry, "evidence", &left, &[])?;
        fields::intend(intended, "evidence", &left, &[]);
    }
    Ok(photographs)
}
