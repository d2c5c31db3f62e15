//! The first page: what whoever it is for has to do, and what was chosen to be shown so.

use serde_json::json;

use super::Trouble;
use crate::audit::{ActionState, Finding, findings};
use crate::book::Status;
use crate::desk::answer::Answer;
use crate::desk::ask::{Ask, Role};
use crate::desk::server::Inside;
use crate::diag::Severity;
use crate::language::Interface;
use crate::method::CellState;

/// So many things to do are listed; their own page has all of them.
const MAX_LISTED: usize = 8;

/// Today.
pub(super) fn page(inside: &Inside, ask: &Ask) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    let (project, words) = (&opened.project, ask.interface);
    let today = inside.shelf.today();
    let mut lines = Vec::new();
    let mut line = |path: &str, is_bad: bool, text: String| {
        lines.push(json!({"path": path, "is_bad": is_bad, "text": text}));
    };
    match ask.role {
        None => {}
        Some(Role::Manager) => {
            let all = findings(&opened.records.audits, &project.standards);
            let state = |finding: &&Finding<'_>| finding.item.action().map(|action| action.state(today));
            for wanted in [ActionState::Overdue, ActionState::Open] {
                for finding in all.iter().filter(|finding| state(finding) == Some(wanted)).take(MAX_LISTED) {
                    let Some(action) = finding.item.action() else { continue };
                    let due = action.due.map(|day| words.date(day)).unwrap_or_default();
                    let parts = [action.what.as_str(), action.owner.as_deref().unwrap_or_default(), &due];
                    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                    line("/actions", wanted == ActionState::Overdue, parts.join(" · "));
                }
            }
        }
        Some(Role::Trainer) => {
            let (_, checked) = opened.remarks(inside.shelf.root(), today)?;
            for severity in [Severity::Error, Severity::Warning, Severity::Note] {
                let count = checked.findings.iter().filter(|finding| finding.severity == severity).count();
                if count > 0 {
                    let text = words.count(&format!("desk.remarks.{}", severity.word()), count);
                    line("/writing", severity == Severity::Error, text);
                }
            }
            let drafts = project.standards.all.iter().filter(|standard| standard.status == Status::Draft).count();
            let gaps = project.standards.cells.iter().filter(|cell| cell.state == CellState::Missing).count();
            if drafts > 0 {
                line("/standards?text=", false, words.count("desk.drafts", drafts));
            }
            if gaps > 0 {
                line("/documents/show?kind=matrix&format=html", false, words.count("desk.gaps", gaps));
            }
        }
        Some(Role::Consultant) => {
            let evidence = project.evidence(&opened.records);
            let overview = project.due(&opened.records, &evidence);
            let (due, overdue) = (overview.due().count(), overview.due().filter(|due| due.overdue).count());
            if due > 0 {
                line("/review", overdue > 0, words.count("desk.due", due));
            }
            let pending: usize = opened.records.reviews.all.iter().map(|review| review.pending().count()).sum();
            if pending > 0 {
                line("/review", false, words.count("desk.pending", pending));
            }
            if !opened.records.feedback.responses.is_empty() {
                line("/customers", false, words.count("desk.responses", opened.records.feedback.responses.len()));
            }
        }
    }
    Ok(super::page(inside, ask, &opened, "today", &json!({"lines": lines})))
}

/// Remembers a language or a role, and goes back.
pub(super) fn choose(inside: &Inside, ask: &Ask) -> Result<Answer, Trouble> {
    // Only to a page of this desk.
    let back =
        ask.form.get("back").filter(|back| back.starts_with('/') && !back.starts_with("//") && !back.contains('\\'));
    let mut answer = Answer::see(back.filter(|back| back.bytes().all(|byte| byte.is_ascii_graphic())).unwrap_or("/"));
    let language = ask.form.get("lang").and_then(Interface::named).map(|language| ("lang", language.tag()));
    let role = ask.form.get("role").and_then(Role::named).map(|role| ("role", role.word()));
    for (what, value) in [language, role].into_iter().flatten() {
        answer = answer.with("set-cookie", kept(inside, what, value));
    }
    Ok(answer)
}

/// What makes a browser remember a choice for a year.
pub(super) fn kept(inside: &Inside, what: &str, value: &str) -> String {
    format!("{}-{what}={value}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict", inside.gate.cookies)
}
