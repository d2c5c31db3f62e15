//! Comparing and altering trees of YAML whose values know their places: what an edit was meant to do, and whether it did just that.

use crate::source::Span;
use crate::source::yaml::{Entry, Layout, Node, Scalar, Style, Value};

/// Whether two trees say the same, wherever and however their values are written. `true` and `"true"` differ: one is a
/// truth value.
pub fn same(left: &Node<'_>, right: &Node<'_>) -> bool {
    difference(left, right).is_none()
}

/// The path of the first value in which two trees differ, such as `phases[0].id`.
pub fn difference(left: &Node<'_>, right: &Node<'_>) -> Option<String> {
    match (&left.value, &right.value) {
        (Value::Null, Value::Null) => None,
        (Value::Scalar(a), Value::Scalar(b)) => (a.text != b.text || typed(a) != typed(b)).then(String::new),
        (Value::List(a, _), Value::List(b, _)) => {
            let inner = a.iter().zip(b).enumerate();
            let mut differences =
                inner.filter_map(|(index, (a, b))| difference(a, b).map(|path| join(&format!("[{index}]"), &path)));
            differences.next().or_else(|| (a.len() != b.len()).then(|| format!("[{}]", a.len().min(b.len()))))
        }
        (Value::Map(a, _), Value::Map(b, _)) => {
            let inner = a.iter().zip(b).filter_map(|(a, b)| {
                if a.key != b.key {
                    return Some(a.key.to_string());
                }
                difference(&a.value, &b.value).map(|path| join(&a.key, &path))
            });
            let longer = if a.len() > b.len() { a } else { b };
            inner.into_iter().next().or_else(|| {
                (a.len() != b.len())
                    .then(|| longer.get(a.len().min(b.len())).map_or(String::new(), |e| e.key.to_string()))
            })
        }
        _ => Some(String::new()),
    }
}

/// Whether a scalar is a number or a truth value rather than a text. Only then does quoting change what it says.
fn typed(scalar: &Scalar<'_>) -> bool {
    scalar.style == Style::Plain && !super::emit::reads_as_text(&scalar.text)
}

fn join(path: &str, inner: &str) -> String {
    match inner {
        "" => path.to_owned(),
        inner if inner.starts_with('[') => format!("{path}{inner}"),
        inner => format!("{path}.{inner}"),
    }
}

/// Calls `visit` on every node, a collection before its values.
pub(crate) fn each_mut<'t>(node: &mut Node<'t>, visit: &mut dyn FnMut(&mut Node<'t>)) {
    visit(node);
    match &mut node.value {
        Value::Null | Value::Scalar(_) => {}
        Value::List(items, _) => items.iter_mut().for_each(|item| each_mut(item, visit)),
        Value::Map(entries, _) => entries.iter_mut().for_each(|entry| each_mut(&mut entry.value, visit)),
    }
}

/// Calls `visit` on every node, a collection before its values.
pub fn each<'a, 't>(node: &'a Node<'t>, visit: &mut dyn FnMut(&'a Node<'t>)) {
    visit(node);
    match &node.value {
        Value::Null | Value::Scalar(_) => {}
        Value::List(items, _) => items.iter().for_each(|item| each(item, visit)),
        Value::Map(entries, _) => entries.iter().for_each(|entry| each(&entry.value, visit)),
    }
}

/// The mapping whose `key` has its value at `span`: the entry that an id belongs to.
pub fn owner<'a, 't>(root: &'a Node<'t>, key: &str, span: Span) -> Option<&'a Node<'t>> {
    let mut owner = None;
    each(root, &mut |node| {
        if owner.is_none() && node.get(key).is_some_and(|value| value.span == span) {
            owner = Some(node);
        }
    });
    owner
}

/// The entry of a mapping's key.
pub fn entry<'a, 't>(map: &'a Node<'t>, key: &str) -> Option<&'a Entry<'t>> {
    map.entries().iter().find(|entry| entry.key == key)
}

/// Whether a value is written where its key is; not so for an alias, whose value stands at its anchor.
pub(crate) fn is_written_here(map: &Node<'_>, entry: &Entry<'_>) -> bool {
    let (start, end) = (entry.key_span.end, map.span.end.max(entry.key_span.end));
    entry.value.value == Value::Null || (start <= entry.value.span.start && entry.value.span.end <= end)
}

/// A text as a node of no place, for trees that say what is meant.
pub fn text(value: &str) -> Node<'static> {
    let scalar = Scalar { text: value.to_owned().into(), style: Style::Quoted };
    Node { span: Span::default(), value: Value::Scalar(scalar) }
}

/// A list as a node of no place.
pub fn list(items: Vec<Node<'_>>) -> Node<'_> {
    Node { span: Span::default(), value: Value::List(items, Layout::Block) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, yaml};

    fn differ(left: &str, other: &str) -> Option<String> {
        let read = |text| yaml::parse(FileId(0), text).expect("YAML");
        difference(&read(left), &read(other))
    }

    #[test]
    fn trees_are_compared_by_what_they_say() {
        assert_eq!(differ("a: [x, \"y\"]\nb: {c: 1}\n", "# c\na:\n  - 'x'\n  - y\nb:\n  c: 1\n"), None);
        assert_eq!(differ("a: [x, y]", "a: [x, z]"), Some("a[1]".to_owned()));
        assert_eq!(differ("a: {b: {c: x}}", "a: {b: {c: x, d: y}}"), Some("a.b.d".to_owned()));
        assert_eq!(differ("a: true", "a: 'true'"), Some("a".to_owned()));
        assert_eq!(differ("a: null", "a: 'null'"), Some("a".to_owned()));
        assert_eq!(differ("a: [x]", "a: [x, y]"), Some("a[1]".to_owned()));
    }
}
