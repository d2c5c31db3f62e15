//! `cover-cycle`: the circle is pointed at once, at its first role.

use crate::book::Home;
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::edition::cover_cycles;
use crate::say;

/// Roles that cover for each other in a circle.
pub static RULE: Rule = Rule {
    code: Code::CoverCycle,
    summary: "Roles that cover for each other in a circle",
    why: "Where a role is absent its duties go to the role that covers it. In a circle they go round and reach nobody.",
    bad: "roles:
  - id: concierge
    when: site.rooms >= 120
    covered-by: porter
  - id: porter
    when: site.rooms >= 120
    covered-by: concierge",
    good: "roles:
  - id: concierge
    when: site.rooms >= 120
    covered-by: receptionist
  - id: porter
    when: site.rooms >= 120
    covered-by: receptionist
  - id: receptionist",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for cycle in cover_cycles(subject.book) {
        // The library has no circles of its own, but a book's role may close one with the sector's.
        let own = cycle.iter().filter(|role| role.home == Home::Book);
        let mut covers = own.filter_map(|role| role.covered_by.as_ref().map(|cover| (role, cover)));
        let Some((_, first)) = covers.next() else { continue };
        let names: Vec<String> = cycle.iter().map(|role| format!("`{}`", role.id.name)).collect();
        let message = match names.as_slice() {
            [only] => say!("{only} is covered by itself", only),
            names => say!("the roles {names} cover for each other in a circle", names = names.join(", ")),
        };
        let mut finding = Diagnostic::new(Code::CoverCycle, first.span, message);
        for (role, cover) in covers {
            finding = finding.related(cover.span, say!("the cover of `{role}`", role = role.id.name));
        }
        findings.push(finding.help(say!("let one of them be covered by a role that every site has")));
    }
}
