//! Other words for a standard that stands in the book.

use super::emit::{Context, YamlBlock, scalar};
use super::fields::{self, Field};
use super::insertion::{key_column, refuse};
use super::patch::{Patch, newline};
use super::{EditError, FileEdit, tree, verify};
use crate::book::Loaded;
use crate::say;
use crate::source::Span;
use crate::source::yaml::{Entry, Layout, Node, Value};

/// The keys of a measure that hold one value.
const BOUNDS: [&str; 3] = ["within", "at-most", "at-least"];

/// Words the standard whose id stands at `id` anew, in the languages that are given, and gives its measure another value.
///
/// # Errors
/// Where the standard is written in a way that this does not reach.
pub(super) fn reword(
    loaded: &Loaded,
    id: Span,
    text: &[(String, String)],
    figure: Option<&str>,
) -> Result<FileEdit, EditError> {
    let sources = &loaded.sources;
    let source = sources.get(id.file);
    let trees = verify::trees(loaded)?;
    let root = trees.iter().find(|(file, _)| *file == id.file).map(|(_, root)| root);
    let unreached = || {
        let message = say!("this standard is written in a way that the program does not reach");
        refuse(sources, id.file, id.start as usize, message, say!("write each key on a line of its own"))
    };
    let root = root.ok_or_else(unreached)?;
    let standard = tree::owner(root, "id", id).ok_or_else(unreached)?;
    let entry = tree::entry(standard, "text").ok_or_else(unreached)?;
    let mut patch = Patch::default();
    match (&entry.value.value, text) {
        (Value::Map(..), _) => {
            for (tag, text) in text {
                fields::set(&mut patch, sources, &entry.value, tag, &Field::Text(text.clone()), &[])?;
            }
        }
        (_, [(_, text)]) => fields::fill(&mut patch, sources, standard, entry, &scalar(text, context(standard)))?,
        (_, several) => {
            let column = key_column(&source.text, entry.key_span.start as usize);
            let column = column.filter(|_| context(standard) == Context::Block && is_in_place(&source.text, entry));
            match column {
                Some(column) => {
                    let mut block = YamlBlock::new(column + 2);
                    several.iter().for_each(|(tag, text)| block.value(tag, text));
                    let lines = format!(":\n{}", block.text()).replace('\n', newline(&source.text));
                    patch.replace(entry.key_span.end as usize..entry.value.span.end as usize, lines);
                }
                None => fields::fill(&mut patch, sources, standard, entry, &several_in_brackets(several))?,
            }
        }
    }
    let measure = tree::entry(standard, "measure").map(|entry| &entry.value);
    let bound = measure.and_then(|measure| BOUNDS.into_iter().find(|key| measure.get(key).is_some()));
    let figure = figure.filter(|figure| figure.parse::<f64>().is_err()).zip(measure).zip(bound);
    if let Some(((figure, measure), bound)) = figure {
        fields::set(&mut patch, sources, measure, bound, &Field::Text(figure.to_owned()), &[])?;
    }
    let mut intended = root.clone();
    tree::each_mut(&mut intended, &mut |node| {
        if node.get("id").is_none_or(|value| value.span != id) {
            return;
        }
        let Value::Map(entries, _) = &mut node.value else { return };
        for entry in entries {
            match (&*entry.key, figure) {
                ("text", _) => intend(entry, text),
                ("measure", Some(((figure, _), bound))) => {
                    fields::intend(&mut entry.value, bound, &Field::Text(figure.to_owned()), &[]);
                }
                _ => {}
            }
        }
    });
    verify::as_intended(source, &patch, &intended)
}

fn context(standard: &Node<'_>) -> Context {
    if matches!(standard.value, Value::Map(_, Layout::Flow)) { Context::Flow } else { Context::Block }
}

/// Whether nothing but the colon stands between a key and its value.
fn is_in_place(text: &str, entry: &Entry<'_>) -> bool {
    let between = text.get(entry.key_span.end as usize..entry.value.span.start as usize);
    between.is_some_and(|between| between.trim() == ":")
}

fn several_in_brackets(texts: &[(String, String)]) -> String {
    Field::Map(texts.iter().map(|(tag, text)| (tag.clone(), Field::Text(text.clone()))).collect())
        .written(Context::Flow)
}

/// What the text is meant to say.
fn intend(entry: &mut Entry<'_>, texts: &[(String, String)]) {
    match (&entry.value.value, texts) {
        (Value::Map(..), texts) => {
            for (tag, text) in texts {
                fields::intend(&mut entry.value, tag, &Field::Text(text.clone()), &[]);
            }
        }
        (_, [(_, text)]) => entry.value = Field::Text(text.clone()).node(),
        (_, texts) => {
            let fields = texts.iter().map(|(tag, text)| (tag.clone(), Field::Text(text.clone())));
            entry.value = Field::Map(fields.collect()).node();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::load;
    use crate::source::Memory;

    fn reworded(standard: &str, texts: &[(&str, &str)], figure: Option<&str>) -> String {
        let head = "id: s\nphases:\n  - id: a\n    standards:\n      - id: x\n        level: basic\n";
        let memory = Memory::new([
            ("gamma-ok.yaml", "title: T\nderive: false\nlanguages: [en, pl]\n".to_owned()),
            ("sequences/s.yaml", format!("{head}{standard}        type: product # kept\n")),
        ]);
        let loaded = load(&memory).expect("a book");
        let id = loaded.book.sequences[0].phases[0].standards[0].id.span;
        let texts: Vec<(String, String)> =
            texts.iter().map(|(tag, text)| ((*tag).to_owned(), (*text).to_owned())).collect();
        let after = reword(&loaded, id, &texts, figure).expect("reworded").after;
        let after = after.strip_prefix(head).expect("what stands before stays");
        after.strip_suffix("        type: product # kept\n").expect("what stands behind stays").to_owned()
    }

    #[test]
    fn a_text_is_worded_anew_in_the_layout_that_it_has() {
        let english = [("en", "New: text.")];
        let two = [("en", "New."), ("pl", "Nowy.")];
        assert_eq!(reworded("        text: Old. # why\n", &english, None), "        text: \"New: text.\" # why\n");
        assert_eq!(
            reworded("        text: {en: Old., pl: Stary.}\n", &two, None),
            "        text: {en: New., pl: Nowy.}\n"
        );
        assert_eq!(
            reworded("        text:\n          en: Old.\n", &two, None),
            "        text:\n          en: New.\n          pl: Nowy.\n"
        );
        assert_eq!(
            reworded("        text: Old.\n", &two, None),
            "        text:\n          en: New.\n          pl: Nowy.\n"
        );
        let measured = "        text: Within 5 seconds.\n        measure: {what: time, within: 5 s}\n";
        assert_eq!(
            reworded(measured, &[("en", "Within 7 seconds.")], Some("7 s")),
            "        text: Within 7 seconds.\n        measure: {what: time, within: 7 s}\n"
        );
    }
}
