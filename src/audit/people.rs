//! Who is named in records: a role or a code, and always in one spelling.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::model::Audits;
use crate::book::Book;
use crate::diag::{Code, Diagnostic};
use crate::forms::short;
use crate::say;
use crate::source::Span;

/// What somebody is named as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum NamedAs {
    /// Whose work was judged.
    Staff,
    /// Who judged.
    Auditor,
    /// Who sees to an action.
    Owner,
}

/// Somebody that a record names, as written.
pub(super) type Person = (NamedAs, String, Span);

/// What is wrong with the names in all records: persons where roles or codes belong, each once, and auditors in several
/// spellings, each spelling once.
pub(super) fn findings(book: &Book, people: &[Person]) -> Vec<Diagnostic> {
    let roles = roles(book);
    let mut known = HashSet::new();
    let mut findings: Vec<Diagnostic> = Vec::new();
    for (part, name, span) in people {
        let is_named = match part {
            NamedAs::Staff => !is_code(name),
            NamedAs::Auditor | NamedAs::Owner => !roles.contains(&name.to_lowercase()) && !is_code(name),
        };
        if is_named && known.insert((part, name)) {
            findings.push(personal(*part, name, *span));
        }
    }
    findings.extend(spellings(people));
    findings
}

/// Whether somebody is named by a person's name, and by no role or department of the book.
#[cfg(feature = "desk")]
pub(crate) fn looks_like_a_person(book: &Book, name: &str) -> bool {
    is_name(name) && !roles(book).contains(&name.to_lowercase())
}

fn personal(part: NamedAs, name: &str, span: Span) -> Diagnostic {
    let name = short(name);
    let (message, help) = match part {
        NamedAs::Staff => (
            say!("`{name}` does not look like a code", name),
            say!("write a code such as `R-07`, and keep the list of whose it is outside the book"),
        ),
        NamedAs::Auditor | NamedAs::Owner => (
            match is_name(&name) {
                true => say!("`{name}` looks like the name of a person", name),
                false => say!("`{name}` is neither a role of the book nor a code", name),
            },
            say!("write a role of the book, or a code: it is still true when somebody else holds the role"),
        ),
    };
    Diagnostic::new(Code::PersonalData, span, message).help(help)
}

/// The spellings of one auditor but the one that most records have, or the first of equals.
fn spellings(people: &[Person]) -> Vec<Diagnostic> {
    // By what all spellings have in common: each spelling, its first place, and how many records have it.
    let mut auditors: BTreeMap<String, Vec<(&str, Span, usize)>> = BTreeMap::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (_, name, span) in people.iter().filter(|(part, ..)| *part == NamedAs::Auditor) {
        let spellings = auditors.entry(letters(name)).or_default();
        let place = *places.entry(name).or_insert(spellings.len());
        match spellings.get_mut(place) {
            Some((.., records)) => *records += 1,
            None => spellings.push((name, *span, 1)),
        }
    }
    let mut findings = Vec::new();
    for spellings in auditors.values() {
        let Some(most) = spellings.iter().map(|(.., records)| *records).max() else { continue };
        let Some((usual, first, _)) = spellings.iter().find(|(.., records)| *records == most) else { continue };
        for (name, span, _) in spellings.iter().filter(|(name, ..)| name != usual) {
            let (name, usual) = (short(name), short(usual));
            let message = say!("`{name}` and `{usual}` are one auditor in two spellings", name, usual = &usual);
            let help = say!("write `{usual}`: figures and agreement tell auditors apart by their name", usual);
            let finding = Diagnostic::new(Code::SameAuditor, *span, message).help(help);
            findings.push(finding.related(*first, say!("it is spelt so here")));
        }
    }
    findings
}

impl Audits {
    /// How else records spell somebody: `A. Berg` and `a berg` are one.
    pub(crate) fn other_spellings(&self, name: &str) -> BTreeSet<&str> {
        let auditors = self.records.iter().filter_map(|record| record.auditor.as_deref());
        let items = self.records.iter().flat_map(|record| &record.items);
        let owners = items.filter_map(|item| item.action()?.owner.as_deref());
        let all = auditors.chain(owners).chain(self.staff.iter().map(String::as_str));
        let own = letters(name);
        all.filter(|other| *other != name && letters(other) == own).collect()
    }
}

/// Ids, former ids and titles of roles and departments, in small letters.
fn roles(book: &Book) -> HashSet<String> {
    let roles = book.roles.iter().map(|role| (&role.id, &role.title));
    let departments = book.departments.iter().map(|department| (&department.id, &department.title));
    let names = roles.chain(departments).flat_map(|(id, title)| {
        let titles = title.0.iter().map(|worded| worded.text.as_str());
        std::iter::once(id.name.as_str()).chain(id.was.iter().map(String::as_str)).chain(titles)
    });
    names.map(str::to_lowercase).collect()
}

/// What is left of a name when case, points, hyphens and white space are not looked at.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether it may stand for a person without naming one: `R-07`, `12`, `AK`, `night-porter`.
fn is_code(name: &str) -> bool {
    let is_word = !name.contains(char::is_whitespace);
    let has_digit = name.contains(|c: char| c.is_ascii_digit());
    let is_short = name.chars().count() <= 4 && !name.contains(char::is_lowercase);
    let is_id = name.contains('-') && !name.contains(char::is_uppercase);
    is_word && (has_digit || is_short || is_id)
}

/// Whether it reads like a person's name: a word with a capital letter, or an initial beside another word.
fn is_name(name: &str) -> bool {
    let words: Vec<&str> =
        name.split(|c: char| c.is_whitespace() || c == '.').filter(|word| !word.is_empty()).collect();
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase);
    let is_initial = |word: &&str| word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    !is_code(name) && (words.iter().any(is_capital) || words.len() > 1 && words.iter().any(is_initial))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_roles_are_no_names() {
        for code in ["R-07", "12", "AK", "k3", "night-porter", "Q1"] {
            assert!(is_code(code) && !is_name(code), "{code}");
        }
        for name in ["Anna", "Anna Svensson", "Q. Andersson", "q andersson", "Łukasz", "Å. Berg"] {
            assert!(!is_code(name) && is_name(name), "{name}");
        }
        // Neither a name nor a code: told in other words.
        for other in ["shift leader", "the trainer", "kierownik zmiany", "anna nowak"] {
            assert!(!is_code(other) && !is_name(other), "{other}");
        }
    }

    #[test]
    fn a_spelling_is_one_finding_however_often_it_stands() {
        let named = |name: &str| (NamedAs::Auditor, name.to_owned(), Span::default());
        let people = ["Q. Andersson", "q andersson", "Q. Andersson", "q andersson", "Q. Andersson", "q"].map(named);
        let messages: Vec<String> = spellings(&people).iter().map(|finding| finding.message.to_string()).collect();
        assert_eq!(messages, ["`q andersson` and `Q. Andersson` are one auditor in two spellings"]);
    }
}
