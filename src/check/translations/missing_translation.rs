//! `missing-translation`: a text that a reader of one language would get in another.

use super::texts::texts;
use crate::book::{Language, Text};
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// A text that lacks a language of the book.
pub static RULE: Rule = Rule {
    code: Code::MissingTranslation,
    summary: "A text that lacks one of the book's languages",
    why: "A document in a language where the text is missing shows it in the source language, marked as such. Whoever does \
          not read that language is then asked to keep a standard that they cannot read.",
    bad: "# gamma-ok.yaml: languages: [en, pl]\ntitle: Check-in",
    good: "# gamma-ok.yaml: languages: [en, pl]\ntitle:\n  en: Check-in\n  pl: Zameldowanie",
};

/// So many texts make a book that is more than begun.
const MANY: usize = 5;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let languages = &subject.book.languages;
    if languages.len() < 2 {
        return;
    }
    // A book without a title has an empty one in its place.
    let written = |text: &&Text| text.0.iter().any(|worded| !worded.text.is_empty());
    let all: Vec<&Text> = texts(subject.book).into_iter().filter(written).collect();
    // A language that no text has is one finding: it has just been named, or the texts have another tag.
    let is_absent = |language: &&Language| all.len() >= MANY && all.iter().all(|text| text.get(language).is_none());
    let absent: Vec<&Language> = languages.iter().filter(is_absent).collect();
    for language in &absent {
        let message = say!("no text of the book is in `{language}`", language = language.tag());
        let help = say!(
            all.len();
            "translate the 1 text, or take the language out of `languages`",
            "translate the {n} texts, or take the language out of `languages`"
        );
        findings.push(Diagnostic::new(Code::MissingTranslation, subject.book.span, message).help(help));
    }
    for text in all {
        let lacks = |language: &&Language| text.get(language).is_none() && !absent.contains(language);
        let missing: Vec<&str> = languages.iter().filter(lacks).map(Language::tag).collect();
        if let Some(first) = missing.first() {
            let names: Vec<String> = missing.iter().map(|tag| format!("`{tag}`")).collect();
            let message = say!("this text lacks {names}", names = names.join(", "));
            let chapter = subject.book.chapters.iter().find(|chapter| chapter.text.span() == text.span());
            let help = match text.0.as_slice() {
                [only, ..] if chapter.is_some() => {
                    let path = subject.sources.get(only.span.file).path.as_str();
                    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                    let name = chapter.map_or("", |chapter| chapter.name.rsplit('/').next().unwrap_or_default());
                    let is_source = languages.first().is_some_and(|source| source.tag() == *first);
                    let file = match is_source {
                        true => format!("{folder}/{name}.md"),
                        false => format!("{folder}/{name}.{first}.md"),
                    };
                    say!("write the chapter in `{first}` into a file of its own, `{file}`", first, file)
                }
                [only] => {
                    say!("give it by language: `{language}: …` and `{first}: …`", language = only.language, first)
                }
                _ => say!("add `{first}: …` beside the others", first),
            };
            findings.push(Diagnostic::new(Code::MissingTranslation, text.span(), message).help(help));
        }
    }
}
