//! `import` of translations: XLIFF that `export xliff` made, as it came back.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use serde_json::{Value as Json, json};

use crate::cli::edits::{apply, refused as not_made};
use crate::cli::forms::{bytes, complain};
use crate::cli::{Edge, Exit, check};
use crate::forms::{FormPlace, Refused};
use crate::import::xliff::{ReturnedXliff, XliffConflict, take_back};
use crate::say;
use crate::text::single_spaced;

/// How a file is taken in.
#[derive(Clone, Copy, Debug)]
pub(super) struct ImportMode {
    /// Take what can be taken even where something else of a file cannot.
    pub partial: bool,
    /// Print what would change instead of writing it.
    pub is_dry: bool,
    /// Print it as JSON.
    pub is_json: bool,
}

/// Takes the translations of a file into the book.
///
/// # Errors
/// No book, a file that cannot be read, or one of the book's that cannot be written.
pub(super) fn run(file: &Path, taking: ImportMode, edge: &mut Edge) -> Result<Exit> {
    let given = bytes(file)?;
    let name = file.display().to_string();
    let opened = edge.open_to_write(taking.is_dry)?;
    check::fit(edge, &opened)?;
    let text = match String::from_utf8(given) {
        Ok(text) => text,
        Err(_) => {
            let wrong = Refused::new(FormPlace::Whole, say!("this is not UTF-8 text"));
            complain(edge, &name, &wrong.help(say!("let the translator's program save it as UTF-8")))?;
            return Ok(Exit::Findings);
        }
    };
    let text = text.trim_start_matches('\u{feff}');
    let back = match take_back(&opened.world, &opened.loaded, text, taking.partial) {
        Ok(Ok(back)) => back,
        Ok(Err(error)) => return not_made(edge, &opened, error),
        Err(refused) => {
            complain(edge, &name, &refused)?;
            edge.remark(say!("{file}: nothing of it was taken", file = name));
            return Ok(Exit::Findings);
        }
    };
    back.remarks.iter().for_each(|remark| edge.remark(say!("{name}: {remark}", name = &name, remark)));
    let is_whole = back.conflicts.is_empty() && back.refused.is_empty();
    if taking.is_json {
        let text = serde_json::to_string_pretty(&as_json(edge, &name, &back, !taking.is_dry))?;
        writeln!(edge.out, "{text}")?;
    } else {
        for conflict in &back.conflicts {
            tell(edge, &name, conflict)?;
        }
        for refused in &back.refused {
            complain(edge, &name, refused)?;
        }
    }
    edge.remark(say!(
        back.taken.len();
        "{file}: 1 translation, {left} texts as they went out",
        "{file}: {n} translations, {left} texts as they went out",
        file = &name,
        left = back.left
    ));
    if !is_whole && !taking.partial {
        edge.remark(say!("{file}: nothing of it was taken; mend this, or take the rest with --partial", file = name));
    }
    match taking {
        ImportMode { is_json: true, is_dry: true, .. } => {}
        ImportMode { is_json: true, .. } => edge.write(opened.world.root(), &back.changes)?,
        _ => apply(edge, opened.world.root(), &back.changes, taking.is_dry)?,
    }
    Ok(if is_whole { Exit::Fine } else { Exit::Findings })
}

/// Shows a conflict with all three wordings.
fn tell(edge: &mut Edge, file: &str, conflict: &XliffConflict) -> Result<()> {
    let reason = edge.say(&conflict.reason);
    writeln!(edge.out, "{}: {}: {reason}", conflict.place.of(file), conflict.address)?;
    for (label, words) in [
        (say!("as it went out"), &conflict.base),
        (say!("in the book now"), &conflict.ours),
        (say!("as it came back"), &conflict.theirs),
    ] {
        let label = edge.say(&label);
        let words = single_spaced(words);
        writeln!(edge.out, "  {label}: {words}")?;
    }
    Ok(())
}

/// What an edited sheet's JSON has as well.
fn as_json(edge: &Edge, file: &str, back: &ReturnedXliff, is_written: bool) -> Json {
    let changes = back.taken.iter().map(|taken| {
        let before = taken.before.as_deref().unwrap_or_default();
        json!({"id": taken.address, "key": taken.language, "before": before, "after": taken.after})
    });
    let conflicts = back.conflicts.iter().map(|conflict| {
        json!({
            "file": file, "id": conflict.address, "key": edge.say(&conflict.reason), "place": conflict.place.to_string(),
            "exported": conflict.base, "theirs": conflict.theirs, "ours": conflict.ours,
        })
    });
    let refused = back.refused.iter().map(|refused| {
        json!({"file": file, "place": refused.place.to_string(), "value": "", "why": edge.say(&refused.message)})
    });
    let files = back.changes.iter().map(|change| change.path.as_str());
    json!({
        "standards": [], "not_read": [], "not_understood": refused.collect::<Vec<_>>(),
        "changes": changes.collect::<Vec<_>>(), "conflicts": conflicts.collect::<Vec<_>>(), "drafted": [], "deleted": [],
        "files": files.collect::<Vec<_>>(), "written": is_written,
    })
}
