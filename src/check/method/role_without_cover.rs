//! `role-without-cover`: nobody's duty disappears because the role is absent.

use crate::book::Home;
use crate::check::Subject;
use crate::check::structure::uncovered_role;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// A role that some sites lack and that nobody covers.
pub static RULE: Rule = Rule {
    code: Code::RoleWithoutCover,
    summary: "A role that exists only at some sites and names nobody to cover for it",
    why: "Staffing follows the size of the place, and in a small one a single person holds several roles. A duty does not \
          disappear because its role is absent: it falls to somebody, and the checklist must say to whom.",
    bad: "- id: concierge\n  when: site.rooms >= 120",
    good: "- id: concierge\n  when: site.rooms >= 120\n  covered-by: receptionist",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    // Where a site of the book suffers from it already, `uncovered-role` says so.
    let suffered: Vec<_> =
        uncovered_role::uncovered_roles(subject).into_iter().map(|(role, _)| &role.id.name).collect();
    let own = subject.book.roles.iter().filter(|role| role.home == Home::Book && !suffered.contains(&&role.id.name));
    for role in own.filter(|role| role.when.is_some() && role.covered_by.is_none()) {
        // A cover that is only misspelt, or whose key is, has been reported as such.
        let was_misread =
            [Code::UnknownRole, Code::UnknownKey].into_iter().any(|code| subject.was_misread(role.span, code));
        if !was_misread {
            let message = say!("where the role `{role}` is absent, nobody has its duties", role = role.id.name);
            let help = say!("add `covered-by: …` with a role that those sites have");
            findings.push(Diagnostic::new(Code::RoleWithoutCover, role.id.span, message).help(help));
        }
    }
}
