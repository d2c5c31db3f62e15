//! What stands beside an answer, resolved: its reason and evidence, and the action with its days in their order.

use super::draft::{ActionDraft, DetailDraft};
use super::model::{Action, Detail, filled};
use super::people::NamedAs;
use super::resolve::Resolver;
use crate::book::draft::Name;
use crate::diag::Code;
use crate::forms::short;
use crate::say;

impl Resolver<'_, '_> {
    pub(super) fn detail(&mut self, draft: DetailDraft) -> Option<Detail> {
        let evidence: Vec<Name> = draft.evidence.map(|many| many.0).unwrap_or_default();
        self.inside(&evidence);
        let action = draft.action.and_then(|action| self.action(action));
        let detail = Detail {
            note: filled(draft.note),
            why: filled(draft.why),
            evidence: evidence.into_iter().map(|path| path.value).collect(),
            grade: draft.grade,
            action,
            observed: Vec::new(),
        };
        let says = detail.note.is_some()
            || detail.why.is_some()
            || !detail.evidence.is_empty()
            || detail.grade.is_some()
            || detail.action.is_some();
        says.then_some(detail)
    }

    /// Evidence lies in the book.
    fn inside(&mut self, paths: &[Name]) {
        for path in paths {
            let outside = path.value.starts_with(['/', '\\']) || path.value.split(['/', '\\']).any(|part| part == "..");
            if outside {
                let message = say!("`{path}` leads outside the book", path = short(&path.value));
                self.report(Code::PathOutsideBook, path.span, message, say!("put the file into the book's folder"));
            }
        }
    }

    /// What comes after another thing must not be dated before it: the deed after the audit, its proof after the deed.
    fn in_order(&mut self, draft: &ActionDraft) {
        let (Some(audit), Some(done)) = (self.day, &draft.done) else { return };
        let (done, span) = (done.value.0, done.span);
        if done < audit {
            let message = say!("this was done on {done}, before the audit of {audit} asked for it", done, audit);
            self.report(
                Code::ActionOrder,
                span,
                message,
                say!("mend the date, or note what was done before as an answer"),
            );
        }
        if let Some(verified) = draft.verified.as_ref().filter(|verified| verified.value.0 < done) {
            let (day, span) = (verified.value.0, verified.span);
            let message = say!("this was verified on {verified}, before it was done on {done}", verified = day, done);
            self.report(
                Code::ActionOrder,
                span,
                message,
                say!("an effect is verified after the deed: mend one of the dates"),
            );
        }
    }

    fn action(&mut self, draft: ActionDraft) -> Option<Action> {
        for past in [&draft.done, &draft.verified].into_iter().flatten() {
            self.in_time(past.value.0, past.span);
        }
        self.in_order(&draft);
        if let Some(evidence) = &draft.evidence {
            self.inside(&evidence.0);
        }
        if let Some(owner) = &draft.owner {
            self.person(NamedAs::Owner, owner, draft.span.head());
        }
        let due = draft.due.as_ref().map(|due| (due.value.0, due.span));
        let mut action = Some(Action::from(draft)).filter(|action| !action.what.is_empty())?;
        let roles = &self.index.bases.names.roles;
        action.owner = action.owner.map(|owner| roles.now(&owner).to_owned());
        if let Some((due, span)) = due.filter(|_| action.is_overdue(self.index.today())) {
            let (what, due) = (short(&action.what), due.to_string());
            let message = match action.owner.as_deref().map(short) {
                Some(owner) => say!("`{what}` was due on {due} and is not done ({owner})", what, due, owner),
                None => say!("`{what}` was due on {due} and is not done", what, due),
            };
            self.report(Code::ActionOverdue, span, message, say!("do it and add `done: …`, or agree on another day"));
        }
        Some(action)
    }
}
