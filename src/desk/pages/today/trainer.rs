//! What a trainer has to do: remarks, translations that are behind, drafts and gaps.

use super::Lines;
use crate::book::Status;
use crate::desk::book::Opened;
use crate::desk::pages::Trouble;
use crate::desk::server::DeskState;
use crate::diag::{Code, Severity};
use crate::language::Interface;
use crate::method::CellState;

pub(super) fn lines(lines: &mut Lines, inside: &DeskState, opened: &Opened, words: &Interface) -> Result<(), Trouble> {
    let (_, checked) = opened.remarks(inside.shelf.root(), inside.shelf.today())?;
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let count = checked.findings.iter().filter(|finding| finding.severity == severity).count();
        if count > 0 {
            let text = words.count(&format!("desk.remarks.{}", severity.word()), count);
            lines.add("/writing", severity == Severity::Error, text);
        }
    }
    let stale = checked.findings.iter().filter(|finding| finding.code == Code::StaleTranslation).count();
    if stale > 0 {
        lines.add("/writing?code=stale-translation", false, words.count("desk.stale", stale));
    }
    let standards = &opened.project.standards;
    let drafts = standards.all.iter().filter(|standard| standard.status == Status::Draft).count();
    if drafts > 0 {
        lines.add("/standards?status=draft", false, words.count("desk.drafts", drafts));
    }
    let gaps = standards.cells.iter().filter(|cell| cell.state == CellState::Missing).count();
    if gaps > 0 {
        lines.add("/standards#gaps", false, words.count("desk.gaps", gaps));
    }
    Ok(())
}
