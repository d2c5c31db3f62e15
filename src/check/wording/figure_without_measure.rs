//! `figure-without-measure`: a limit that stands in the text alone.

use super::WordListLanguage;
use super::figure::Figure;
use super::sentence::{Sentence, place};
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// A limit in figures whose standard has no `measure`.
pub static RULE: Rule = Rule {
    code: Code::FigureWithoutMeasure,
    summary: "A limit in figures that stands in the text alone, without `measure`",
    why: "Forms ask for the value, scores compare it and reports tell how near it was only where the standard has a \
          `measure`; a figure in the text is read by people alone. Only a limit is meant (*within 10 seconds*, *at least \
          2 m*), not a figure that says when something is done.",
    bad: "text: The receptionist greets the guest within 10 seconds.",
    good: "text: The receptionist greets the guest within 10 seconds.\nmeasure: {what: time to greeting, within: 10 s}",
};

/// What is found where a measure stands and cannot be read.
const MISREAD: [Code; 4] = [Code::UnknownKey, Code::BadQuantity, Code::WrongType, Code::MissingKey];

pub(super) fn check(subject: &Subject<'_>, of_standard: &[Sentence<'_>], findings: &mut Vec<Diagnostic>) {
    let is_bare = |sentence: &&Sentence<'_>| {
        !sentence.statement.has_measure
            && !MISREAD.iter().any(|code| subject.was_misread(sentence.standard.span, *code))
    };
    // One language tells for all.
    let limited = of_standard.iter().filter(is_bare).find_map(|sentence| Some((sentence, limit(sentence)?)));
    let Some((sentence, figure)) = limited else { return };
    let text = sentence.worded.text.get(figure.range.clone()).unwrap_or_default();
    let message = say!("‘{text}’ is a limit, and the standard has no measure", text);
    let span = place(subject.sources, sentence.worded, &figure.range);
    let finding = Diagnostic::new(Code::FigureWithoutMeasure, span, message);
    findings.push(finding.help(say!("add `measure`, so that forms ask for the value and scores compare it")));
}

/// The first figure with a unit that limits what is done.
fn limit<'s>(sentence: &'s Sentence<'_>) -> Option<&'s Figure> {
    let s = &sentence.statement;
    let language = WordListLanguage::for_tag(sentence.worded.language.tag())?;
    s.figures().iter().find(|figure| {
        figure.unit_kind().is_some() && s.in_main_clause(figure.first) && is_behind_limit(s.text, figure, language)
    })
}

/// What stands before a limit.
fn words(language: WordListLanguage) -> &'static [&'static str] {
    match language {
        WordListLanguage::En => &["within", "at most", "at least", "no more than", "not more than", "no later than"],
        WordListLanguage::Pl => &["w ciągu", "najwyżej", "co najmniej", "nie później niż", "nie dłużej niż"],
        WordListLanguage::Sv => &["inom", "högst", "minst", "som mest"],
    }
}

fn is_behind_limit(text: &str, figure: &Figure, language: WordListLanguage) -> bool {
    let lower = |text: Option<&str>| text.unwrap_or_default().to_lowercase();
    let (before, own) = (lower(text.get(..figure.range.start)), lower(text.get(figure.range.clone())));
    let ends = |word: &str| {
        let rest = before.trim_end().strip_suffix(word);
        rest.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    };
    words(language).iter().any(|word| ends(word) || own.starts_with(&format!("{word} ")))
}
