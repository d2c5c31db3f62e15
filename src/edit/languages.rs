//! Keeping some languages of a library's file: every text and noun loses the others, and has the kept ones in the order
//! that the new book has them in, its source language first. Comments stay, in the source language.

use std::ops::Range;

use super::insertion::after;
use super::patch::Patch;
use super::tree;
use crate::book::fault_finding;
use crate::language::Interface;
use crate::message::Message;
use crate::say;
use crate::source::FileId;
use crate::source::yaml::{self, Entry, Layout, Node, Value};

/// A language of the new book, and the library's language whose texts it starts with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KeptLanguage {
    pub(super) tag: String,
    pub(super) from: String,
}

/// The file with those languages only. `known` are the library's.
///
/// # Errors
/// Where the result would not say just that, which the tests of the library rule out: what is wrong, and where.
pub(super) fn keep(text: &str, known: &[&str], kept: &[KeptLanguage]) -> Result<String, Message> {
    let root = read(text)?;
    let mut patch = Patch::default();
    by_language(&root, known, &mut |map, layout| {
        if let Some((range, new)) = reworked(text, map.entries(), layout, kept) {
            patch.replace(range, new);
        }
    });
    let after = patch.apply(text).ok_or_else(|| say!("two edits meet at one place"))?;

    let mut intended = root.clone();
    tree::each_mut(&mut intended, &mut |node| {
        let Value::Map(entries, _) = &mut node.value else { return };
        if is_by_language(entries, known) {
            let entry = |kept: &KeptLanguage| {
                let entry = entries.iter().find(|entry| entry.key == kept.from.as_str())?;
                Some(Entry { key: kept.tag.clone().into(), ..entry.clone() })
            };
            *entries = kept.iter().filter_map(entry).collect();
        }
    });
    let made = read(&after)?;
    match tree::difference(&intended, &made) {
        None => Ok(after),
        Some(place) => Err(say!("its languages cannot be parted at {place}", place)),
    }
}

/// A file of the library as a tree; what is wrong with it in words, at its line.
fn read(text: &str) -> Result<Node<'_>, Message> {
    let file = FileId::default();
    yaml::parse(file, text).map_err(|fault| {
        let finding = fault_finding(fault);
        let before = text.get(..finding.span.start as usize).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        say!("line {line}: {message}", line, message = finding.message)
    })
}

/// The comments in one language: of lines that are marked with theirs, as in `# [pl] …`, those of that language, without the
/// mark; what stands behind a value is said in it.
pub(super) fn keep_comments(text: &str, known: &[&str], language: &str) -> String {
    let interface = Interface::named(language).unwrap_or_else(Interface::english);
    let mut result = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let start = line.len() - line.trim_start().len();
        let mark = |tag: &&str| line[start..].strip_prefix(&format!("# [{tag}]"));
        match known.iter().find_map(|tag| mark(tag).map(|rest| (*tag, rest))) {
            None => match behind(line) {
                Some((value, remark)) => {
                    result.push_str(value);
                    result.push_str(&interface.say(&remark));
                    result.push_str(&line[line.trim_end().len()..]);
                }
                None => result.push_str(line),
            },
            Some((tag, rest)) if tag == language => {
                result.push_str(&line[..start]);
                result.push('#');
                result.push_str(rest);
            }
            Some(_) => {}
        }
    }
    result
}

/// A line of the library up to what a comment says behind a value, and what it says: where a figure comes from.
fn behind(line: &str) -> Option<(&str, Message)> {
    let line = line.trim_end();
    let offset = line.rfind(" # ")? + 3;
    let (value, comment) = line.split_at(offset);
    let of_standard = |comment: &str, words: &str| comment.strip_prefix(words).map(str::to_owned);
    let remark = match comment {
        "proposal" => say!("proposal"),
        "proposal: the law says without undue delay" => say!("proposal: the law says without undue delay"),
        "proposal; whether cash must be taken is a matter of the country" => {
            say!("proposal; whether cash must be taken is a matter of the country")
        }
        _ => match (of_standard(comment, "proposal, as in "), of_standard(comment, "source: see ")) {
            (Some(standard), _) => say!("proposal, as in {standard}", standard),
            (None, Some(standard)) => say!("source: see {standard}", standard),
            (None, None) => return None,
        },
    };
    Some((value, remark))
}

/// Calls `visit` on every mapping from language to text or noun.
fn by_language(root: &Node<'_>, known: &[&str], visit: &mut dyn FnMut(&Node<'_>, Layout)) {
    tree::each(root, &mut |node| match &node.value {
        Value::Map(entries, layout) if is_by_language(entries, known) => visit(node, *layout),
        _ => {}
    });
}

/// No other mapping of the format has nothing but tags of languages for keys.
fn is_by_language(entries: &[Entry<'_>], known: &[&str]) -> bool {
    !entries.is_empty() && entries.iter().all(|entry| known.contains(&&*entry.key))
}

/// The entries as written, with what follows each up to the next, in the order of `kept`.
fn reworked(
    text: &str,
    entries: &[Entry<'_>],
    layout: Layout,
    kept: &[KeptLanguage],
) -> Option<(Range<usize>, String)> {
    let start = entries.first()?.key_span.start as usize;
    let column = start - super::patch::line_start(text, start);
    let range = |index: usize| {
        let entry = &entries[index];
        let start = entry.key_span.start as usize;
        let end = match (layout, entries.get(index + 1)) {
            (Layout::Flow, _) => entry.value.span.end as usize,
            (Layout::Block, Some(next)) => next.key_span.start as usize,
            (Layout::Block, None) => after(text, &entry.value, column),
        };
        start..start + text.get(start..end).unwrap_or("").trim_end().len()
    };
    let chunk = |kept: &KeptLanguage| {
        let index = entries.iter().position(|entry| entry.key == kept.from.as_str())?;
        // The key may stand in quotation marks, as `"no"` does; the tag of another language may need none.
        let key = entries[index].key_span.range();
        Some(format!("{}{}", kept.tag, text.get(key.end..range(index).end)?))
    };
    let chunks: Vec<String> = kept.iter().filter_map(chunk).collect();
    let between = if layout == Layout::Flow { ", ".to_owned() } else { format!("\n{}", " ".repeat(column)) };
    let end = range(entries.len() - 1).end;
    Some((start..end, chunks.join(&between)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 3] = ["en", "pl", "sv"];

    fn kept(tags: &[(&str, &str)]) -> Vec<KeptLanguage> {
        tags.iter().map(|(tag, from)| KeptLanguage { tag: (*tag).to_owned(), from: (*from).to_owned() }).collect()
    }

    #[test]
    fn other_languages_go_and_the_order_is_the_books() {
        let text = "title: # the title\n  en: A\n  pl: \"B: b\"  # proposal\n  sv: |\n    C\n    c\n\n# on how\nhow:\n  - en: D\n    pl: E\n    sv: F\nnoun: {en: {one: g, many: h}, pl: {nom: i}, sv: {one: j}} # end\nplain: K\n";
        let polish = keep(text, &KNOWN, &kept(&[("pl", "pl")])).expect("kept");
        assert_eq!(
            polish,
            "title: # the title\n  pl: \"B: b\"  # proposal\n\n# on how\nhow:\n  - pl: E\nnoun: {pl: {nom: i}} # end\nplain: K\n"
        );
        let swedish_first = keep(text, &KNOWN, &kept(&[("sv", "sv"), ("en", "en")])).expect("kept");
        assert_eq!(
            swedish_first,
            "title: # the title\n  sv: |\n    C\n    c\n  en: A\n\n# on how\nhow:\n  - sv: F\n    en: D\nnoun: {sv: {one: j}, en: {one: g, many: h}} # end\nplain: K\n"
        );
        let unchanged = keep(text, &KNOWN, &kept(&[("en", "en"), ("pl", "pl"), ("sv", "sv")])).expect("kept");
        assert_eq!(unchanged, text);
        let other = keep("how: {en: D, pl: E}\n", &KNOWN, &kept(&[("de", "en"), ("pl", "pl")])).expect("kept");
        assert_eq!(other, "how: {de: D, pl: E}\n");
    }

    #[test]
    fn comments_speak_one_language() {
        let text = "# [en] A\n# [pl] B\n# [pl]   1. C\na: 1 # [en] no comment of a line\n  # [sv] D\n# E\n";
        assert_eq!(keep_comments(text, &KNOWN, "pl"), "# B\n#   1. C\na: 1 # [en] no comment of a line\n# E\n");
        let text = "a: 1 # proposal\r\nb: 2 # proposal, as in x-y\nc: \"a # b\" # source: see z";
        assert_eq!(
            keep_comments(text, &KNOWN, "sv"),
            "a: 1 # förslag\r\nb: 2 # förslag, som i x-y\nc: \"a # b\" # källa: se z"
        );
        assert_eq!(keep_comments(text, &KNOWN, "en"), text);
    }

    #[test]
    fn what_is_wrong_in_a_file_of_the_library_is_said_in_words() {
        let told = keep("title: {en: A, pl: B}\ntext: [\n", &KNOWN, &kept(&[("en", "en")])).expect_err("no YAML");
        assert_eq!(told.to_string(), "line 2: `[` is never closed");
    }
}
