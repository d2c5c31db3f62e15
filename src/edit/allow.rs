//! Letting an entry break a rule: `allow` with the rule's code, at the entry that a finding is in.

use super::append::{AppendTarget, names};
use super::patch::Patch;
use super::{EditError, FileEdit, tree, verify};
use crate::book::Loaded;
use crate::diag::Code;
use crate::say;
use crate::source::Span;
use crate::source::yaml::{self, Entry, Node, Value};

/// The key that lists the rules.
const KEY: &str = "allow";

/// Works out how to let the innermost entry around a place break a rule. Nothing is written.
///
/// # Errors
/// Where no entry is around the place, or it is written in a way that nothing can be added to it.
pub fn allow(loaded: &Loaded, place: Span, code: Code) -> Result<FileEdit, EditError> {
    let source = loaded.sources.get(place.file);
    let root = yaml::parse(place.file, &source.text)
        .map_err(|_| EditError::usage(say!("the file cannot be parsed; mend that first"), None))?;
    let id = entry_around(&root, &source.path, place)
        .ok_or_else(|| EditError::usage(say!("no entry is around this place that could allow it"), None))?;
    let name = say!("the entry `{id}`", id = loaded.sources.slice(id));
    let target = AppendTarget { file: place.file, owner: Some(id), name: &name, key: KEY };
    let mut patch = Patch::default();
    names(&mut patch, loaded, &root, target, &[code.word().to_owned()])?;
    let mut intended = root.clone();
    tree::each_mut(&mut intended, &mut |node| {
        if node.get("id").is_some_and(|value| value.span == id) {
            add(node, code);
        }
    });
    verify::as_intended(source, &patch, &intended)
}

/// Where the id of the innermost entry stands that is around a place and may allow something.
fn entry_around(root: &Node<'_>, path: &str, place: Span) -> Option<Span> {
    let takes = path == "roles.yaml" || path.starts_with("sequences/") || path.starts_with("traits/");
    let mut innermost = None;
    tree::each(root, &mut |node| {
        let is_around = node.span.start <= place.start && place.start <= node.span.end;
        // An entry is visited before those inside it.
        if let Some(id) = node.get("id").filter(|_| takes && is_around) {
            innermost = Some(id.span);
        }
    });
    innermost
}

fn add<'t>(entry: &mut Node<'t>, code: Code) {
    let word = tree::text(code.word());
    let Value::Map(entries, _) = &mut entry.value else { return };
    match entries.iter_mut().find(|entry| entry.key == KEY) {
        Some(Entry { value: Node { value: Value::List(items, _), .. }, .. }) => items.push(word),
        Some(known) => known.value = tree::list(vec![word]),
        None => entries.push(Entry { key: KEY.into(), key_span: Span::default(), value: tree::list(vec![word]) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::load;
    use crate::source::Memory;

    fn allowed(sequence: &str, phrase: &str) -> String {
        let world = Memory::new([("gamma-ok.yaml", "title: T\n"), ("sequences/s.yaml", sequence)]);
        let loaded = load(&world).expect("a book");
        let (file, source) = loaded.sources.iter().find(|(_, source)| source.path == "sequences/s.yaml").expect("it");
        let start = source.text.find(phrase).expect("the place");
        let change = allow(&loaded, Span::new(file, start, start + phrase.len()), Code::VagueWord).expect("an edit");
        change.after
    }

    #[test]
    fn the_innermost_entry_allows_it() {
        let text = "id: s # the stay\nphases:\n  - id: p\n    standards:\n      - id: a # first\n        text: Smiles nicely.\n      # second\n      - id: b\n        allow: [open-list]\n        text: Looks nice.\n";
        assert_eq!(allowed(text, "nicely"), text.replace("nicely.\n", "nicely.\n        allow: [vague-word]\n"));
        assert_eq!(allowed(text, "nice.\n"), text.replace("[open-list]", "[open-list, vague-word]"));
        assert_eq!(allowed(text, "s # the"), format!("{text}allow: [vague-word]\n"));
    }
}
