//! `cut-sentence`: a `#` that an author meant, and that YAML reads as the beginning of a comment.

use std::collections::HashSet;

use super::WordListLanguage;
use crate::check::Subject;
use crate::check::translations::texts::texts;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;
use crate::source::Span;

/// A text that ends without its full stop where a comment begins.
pub static RULE: Rule = Rule {
    code: Code::CutSentence,
    summary: "A text that ends without its full stop where a comment begins",
    why: "After a space, `#` begins a comment: what follows is for whoever reads the file, and no document shows it. A \
          sentence that holds a `#` is cut there without a word.",
    bad: "en: The porter greets the guest with the words #welcome within 30 seconds.",
    good: "en: \"The porter greets the guest with the words #welcome within 30 seconds.\"",
};

/// Titles and key words of fewer words than this are no sentences, and a comment may stand beside them.
const LEAST_WORDS: usize = 3;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let standards = subject.book.phases().flat_map(|phase| &phase.standards);
    let patterns = subject.book.traits.iter().flat_map(|of_trait| &of_trait.patterns);
    // A standard is a sentence; of other texts only a `#` that nobody would begin a comment with is taken for their own.
    let sentences: HashSet<Span> =
        standards.map(|standard| standard.text.span()).chain(patterns.map(|pattern| pattern.text.span())).collect();
    for text in texts(subject.book) {
        let is_sentence = sentences.contains(&text.span());
        for worded in text.0.iter().filter(|worded| subject.is_authors(worded.span)) {
            let source = subject.sources.get(worded.span.file);
            let Some(comment) = comment_after(&source.text, worded.span) else { continue };
            let shown = source.text.get(comment.clone()).unwrap_or_default();
            let tight = shown.chars().nth(1).is_some_and(char::is_alphanumeric);
            let one_space = comment.start - worded.span.end as usize == 1;
            // Nobody begins a comment without a space; after one, only a sentence is likely to go on.
            let is_long = worded.text.split_whitespace().count() >= LEAST_WORDS;
            let goes_on = tight || (is_sentence && one_space && is_long);
            // *file no. #12*: the full stop is the short word's.
            let short = tight && ends_short(&worded.text, worded.language.tag());
            if goes_on && (short || !is_finished(&worded.text)) {
                let span = Span::new(worded.span.file, comment.start, comment.end);
                let shown: String = shown.chars().take(40).collect();
                let message = say!("the text ends before `{shown}`, which is read as a comment", shown);
                findings.push(Diagnostic::new(Code::CutSentence, span, message).help(say!(
                    "put the whole text in quotation marks; or, if this is a comment, end the sentence before it"
                )));
            }
        }
    }
}

/// The comment that follows a text on its last line, where the text is written without marks.
fn comment_after(source: &str, text: Span) -> Option<std::ops::Range<usize>> {
    let written = source.get(text.range())?;
    if written.starts_with(['"', '\'', '|', '>']) {
        return None;
    }
    let rest = source.get(text.end as usize..)?;
    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
    let comment = line.trim_start_matches([' ', '\t']);
    let start = text.end as usize + line.len() - comment.len();
    (comment.starts_with('#') && comment.len() < line.len()).then(|| start..start + comment.trim_end().len())
}

/// Whether a text ends with a word that is written short with a full stop: *no.*, *nr.*.
fn ends_short(text: &str, tag: &str) -> bool {
    let word =
        text.trim_end().rsplit(' ').next().and_then(|last| last.strip_suffix('.')).unwrap_or_default().to_lowercase();
    let words = WordListLanguage::for_tag(tag);
    !word.is_empty() && words.is_some_and(|words| words.shortens(&word))
}

fn is_finished(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', '…', '"', '”', '“', '»', ')', ':', ';'])
}
