//! The words of a form in whatever language it was made.

use chrono::NaiveDate;

use crate::audit::Answer;
use crate::book::Language;
use crate::language::{Interface, interface_languages};

/// The key of each answer's word in the interface texts.
const ANSWERS: [(Answer, &str); 4] = [
    (Answer::Met, "answer.met"),
    (Answer::NotMet, "answer.not-met"),
    (Answer::NotApplicable, "answer.not-applicable"),
    (Answer::NotObserved, "answer.not-observed"),
];

/// The answer that a word stands for, in any language of the interface.
pub(super) fn answer(word: &str) -> Option<Answer> {
    let own = Answer::ALL.iter().copied().find(|answer| answer.word().eq_ignore_ascii_case(word.trim()));
    own.or_else(|| ANSWERS.iter().find(|(_, key)| is(word, key)).map(|(answer, _)| *answer))
}

/// Whether a word is the interface's for that key, in any language.
pub(super) fn is(word: &str, key: &str) -> bool {
    let folded = fold(word);
    interface_languages().any(|tag| fold(Interface::of(&Language::new(tag)).text(key)) == folded)
}

fn fold(word: &str) -> String {
    word.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A day as people write it: `2026-05-12`, or `12.05.2026`. With a slash nobody can tell day and month apart.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim().trim_end_matches('.');
    let numbers = |separator: char| -> Option<Vec<&str>> {
        let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
        let digits =
            |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        (parts.len() == 3 && parts.iter().all(digits)).then_some(parts)
    };
    let of = |year: &str, month: &str, day: &str| {
        let year = (year.len() == 4).then(|| year.parse().ok()).flatten()?;
        NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
    };
    if let Some(parts) = numbers('-') {
        return of(parts[0], parts[1], parts[2]);
    }
    numbers('.').and_then(|parts| of(parts[2], parts[1], parts[0]))
}

/// Several observations in one field are set apart by semicolons or lines; a comma is a decimal mark.
pub(super) fn observations(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_understood_in_every_language() {
        for (word, wanted) in [
            ("met", Answer::Met),
            ("Not met", Answer::NotMet),
            ("niespełniony", Answer::NotMet),
            ("Uppfyllt", Answer::Met),
            ("ej  tillämpligt", Answer::NotApplicable),
            ("nie zaobserwowano", Answer::NotObserved),
            ("n/a", Answer::NotApplicable),
        ] {
            assert_eq!(answer(word), Some(wanted), "{word}");
        }
        assert_eq!(answer("yes"), None);
    }

    #[test]
    fn days_are_read_where_they_are_clear() {
        let shown = |text: &str| day(text).map(|day| day.to_string());
        for text in ["2026-05-12", "12.05.2026", "12. 5. 2026", "2026-5-12", "12.5.2026."] {
            assert_eq!(shown(text).as_deref(), Some("2026-05-12"), "{text}");
        }
        for text in ["05/12/2026", "12.05.26", "31.02.2026", "yesterday", ""] {
            assert_eq!(shown(text), None, "{text}");
        }
    }
}
