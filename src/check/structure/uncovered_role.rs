//! `uncovered-role`: at a site of the book, nobody has what a role is there for.

use std::collections::{HashMap, HashSet};

use crate::book::{Home, Role};
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::edition::uncovered;
use crate::method::{Origin, Standard};
use crate::say;

/// A role that a site lacks, whose work nobody there covers.
pub static RULE: Rule = Rule {
    code: Code::UncoveredRole,
    summary: "A role with work to do that a site of the book lacks, as it lacks whoever covers for it",
    why: "Where a role is absent its duties and standards go to the role that covers it, and on from there. If that ends \
          with somebody whom the site lacks too, its manual and its checklist would name a person who is not there, and \
          the work would be nobody's.",
    bad: "# roles.yaml, for a book with a site of 12 rooms
roles:
  - id: concierge
    duties: [Local information]
    when: site.rooms >= 120",
    good: "roles:
  - id: concierge
    duties: [Local information]
    when: site.rooms >= 120
    covered-by: receptionist
  - id: receptionist",
};

/// The roles of the book that have work to do at some site where nobody covers for them, each with those sites.
pub(in crate::check) fn uncovered_roles<'a>(subject: &Subject<'a>) -> Vec<(&'a Role, Vec<&'a str>)> {
    let book = subject.book;
    let mut roles: Vec<(&Role, Vec<&str>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    // What seems to be missing may be there, only mistyped, and that has been reported.
    if !subject.is_whole() {
        return roles;
    }
    for site in &book.sites {
        let uncovered: Vec<&Role> = uncovered(book, site).into_iter().filter(|role| role.home == Home::Book).collect();
        if uncovered.is_empty() {
            continue;
        }
        let holds = |standard: &&Standard| standard.when.iter().all(|when| when.holds(Some(site)));
        let named: HashSet<&str> = subject.standards.all.iter().filter(holds).flat_map(names).collect();
        for role in uncovered {
            let name = &role.id.name;
            if !named.contains(name.as_str()) && role.duties.is_empty() {
                continue;
            }
            let place = *places.entry(name).or_insert(roles.len());
            match roles.get_mut(place) {
                Some((_, sites)) => sites.push(&site.id.name),
                None => roles.push((role, vec![&site.id.name])),
            }
        }
    }
    roles
}

/// The roles that a standard speaks of.
fn names(standard: &Standard) -> impl Iterator<Item = &str> {
    let receiver = match &standard.origin {
        Origin::Handoff(parts) => Some(parts.receiver.as_str()),
        _ => None,
    };
    standard.roles.iter().map(String::as_str).chain(receiver)
}

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for (role, sites) in uncovered_roles(subject) {
        let name = &role.id.name;
        let listed = sites.iter().map(|site| format!("`{site}`")).collect::<Vec<_>>().join(", ");
        let place = match sites.len() {
            1 => say!("the site {site}", site = listed),
            _ => say!("the sites {sites}", sites = listed),
        };
        let message = match &role.covered_by {
            None => say!("the role `{name}` is absent at {place}: nobody there has its duties", name, place),
            Some(cover) => say!(
                "the role `{name}` is absent at {place}, and so is `{cover}`, which covers for it: nobody there has its duties",
                name,
                place,
                cover = cover.value
            ),
        };
        let help = match &role.covered_by {
            None => say!("add `covered-by: …` with a role that every site has"),
            Some(_) => say!("let a role that every site has stand at the end of the covers"),
        };
        findings.push(Diagnostic::new(Code::UncoveredRole, role.id.span, message).help(help));
    }
}
