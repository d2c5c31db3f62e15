//! The same changes made to a tree: what the file is meant to say.

use super::super::{fields, tree};
use super::texts::{changes, field, merged};
use super::{Field, Set, To, TreeStep, behind};
use crate::source::Span;
use crate::source::yaml::{Entry, Layout, Node, Scalar, Value};

/// Makes a change to a tree; none where its way leads nowhere.
pub(super) fn intend(root: &mut Node<'_>, set: &Set, source: &str) -> Option<()> {
    let Some(owner) = set.owner else { return change(root, &set.path, &set.to, source) };
    let mut done = None;
    tree::each_mut(root, &mut |node| {
        if done.is_none() && node.get("id").is_some_and(|id| id.span == owner) {
            done = Some(change(node, &set.path, &set.to, source));
        }
    });
    done.flatten()
}

fn change(node: &mut Node<'_>, path: &[TreeStep], to: &To, source: &str) -> Option<()> {
    let (step, rest) = path.split_first()?;
    // What stands alone is its own first item.
    let (step, rest) = match (step, rest) {
        (TreeStep::Key(key), [TreeStep::Item(0), rest @ ..]) if !matches!(node.get(key)?.value, Value::List(..)) => {
            (step, rest)
        }
        _ => (step, rest),
    };
    if !rest.is_empty() {
        return change(child(node, step)?, rest, to, source);
    }
    let old = child(node, step).cloned();
    let old = old.as_ref().filter(|old| old.value != Value::Null);
    match value(old, to, source) {
        Some(new) => match step {
            TreeStep::Key(key) => put(node, key, new),
            TreeStep::Item(_) => *child(node, step)? = new,
        },
        None => match (&mut node.value, step) {
            (Value::Map(entries, _), TreeStep::Key(key)) => entries.retain(|entry| entry.key != key.as_str()),
            (Value::List(items, _), TreeStep::Item(index)) => {
                items.remove(*index);
            }
            _ => return None,
        },
    }
    Some(())
}

fn child<'n, 't>(node: &'n mut Node<'t>, step: &TreeStep) -> Option<&'n mut Node<'t>> {
    match (&mut node.value, step) {
        (Value::Map(entries, _), TreeStep::Key(key)) => {
            entries.iter_mut().find(|entry| entry.key == key.as_str()).map(|entry| &mut entry.value)
        }
        (Value::List(items, _), TreeStep::Item(index)) => items.get_mut(*index),
        _ => None,
    }
}

fn put<'t>(map: &mut Node<'t>, key: &str, new: Node<'t>) {
    // Where a new key stands is decided at one place.
    if map.get(key).is_none() {
        let last: Vec<String> = behind(map, key).into_iter().map(str::to_owned).collect();
        let last: Vec<&str> = last.iter().map(String::as_str).collect();
        fields::intend(map, key, &Field::Flag(true), &last);
    }
    if let Some(place) = child(map, &TreeStep::key(key)) {
        *place = new;
    }
}

/// What a value becomes; none where it goes.
fn value(old: Option<&Node<'_>>, to: &To, source: &str) -> Option<Node<'static>> {
    match to {
        To::Nothing => None,
        To::Value(field) => Some(field.node()),
        To::Wordings(wordings) => text(old, wordings, source),
        To::Texts(items) if items.is_empty() => None,
        To::Texts(items) => {
            let old = old.map(|node| if matches!(node.value, Value::List(..)) { node.items() } else { &[] });
            let item = |(index, texts): (usize, &Vec<(String, String)>)| match old.and_then(|old| old.get(index)) {
                Some(old) => text(Some(old), &changes(old, texts, source), source),
                None => Some(field(texts, source).node()),
            };
            Some(tree::list(items.iter().enumerate().filter_map(item).collect()))
        }
    }
}

/// A text after some of its languages were set. One that named its language goes on to do so.
fn text(old: Option<&Node<'_>>, wordings: &[(String, Option<String>)], source: &str) -> Option<Node<'static>> {
    if let (Some(old), []) = (old, wordings) {
        return Some(owned(old));
    }
    let texts = merged(old, wordings, source);
    if texts.is_empty() {
        return None;
    }
    if matches!(old.map(|old| &old.value), Some(Value::Map(..))) {
        let entry = |(language, text): (String, String)| Entry {
            key: language.into(),
            key_span: Span::default(),
            value: tree::text(&text),
        };
        let entries = texts.into_iter().map(entry).collect();
        return Some(Node { span: Span::default(), value: Value::Map(entries, Layout::Block) });
    }
    Some(field(&texts, source).node())
}

/// A tree that borrows nothing.
fn owned(node: &Node<'_>) -> Node<'static> {
    let value = match &node.value {
        Value::Null => Value::Null,
        Value::Scalar(scalar) => Value::Scalar(Scalar { text: scalar.text.to_string().into(), style: scalar.style }),
        Value::List(items, layout) => Value::List(items.iter().map(owned).collect(), *layout),
        Value::Map(entries, layout) => {
            let entry = |entry: &Entry<'_>| Entry {
                key: entry.key.to_string().into(),
                key_span: entry.key_span,
                value: owned(&entry.value),
            };
            Value::Map(entries.iter().map(entry).collect(), *layout)
        }
    };
    Node { span: node.span, value }
}
