//! `unwritten-text`: what stands in the place of a text that is still to be written.

use std::ops::Range;

use super::sentence::place;
use super::speech::hidden;
use crate::book::Status;
use crate::check::Subject;
use crate::check::translations::texts::{site_titles, texts};
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;
use crate::source::Span;

/// A text, or a part of it, that is still to be written.
pub static RULE: Rule = Rule {
    code: Code::UnwrittenText,
    summary: "A text, or a part of it, that is still to be written",
    why: "`TODO`, `xxx` or `???` is a note to whoever writes the book. In a manual or on a checklist it asks staff \
          for something that nobody has decided. A standard that is not finished has `status: draft`.",
    bad: "text: The receptionist greets the guest within xx seconds.",
    good: "text: The receptionist greets the guest within 10 seconds.",
};

/// Notes that are nothing else, wherever they stand; only in capitals.
const NOTES: &[&str] = &["TODO", "TBD", "TBC", "FIXME"];

/// The words of printers' filling, however they are written.
const FILLING: &[&str] = &["lorem", "ipsum", "asdf", "qwerty"];

/// Phrases that are such a note where they stand alone: as the whole text, in brackets, behind a colon or a dash.
const PHRASES: &[&str] = &[
    "to be added",
    "to be agreed",
    "to be confirmed",
    "to be decided",
    "to be defined",
    "to be determined",
    "to be written",
    "your text here",
    "text here",
    "insert text",
    "insert text here",
    "coming soon",
    "do dopisania",
    "do napisania",
    "do określenia",
    "do uzgodnienia",
    "do ustalenia",
    "do uzupełnienia",
    "tu wpisać tekst",
    "wpisz tekst",
    "wstaw tekst",
    "tekst zastępczy",
    "w przygotowaniu",
    "bestäms senare",
    "fyll i senare",
    "fylls i senare",
    "ska fyllas i",
    "ska skrivas",
    "ska bestämmas",
    "kompletteras senare",
    "kommer senare",
    "platshållare",
    "skriv text här",
    "skrivs senare",
    "text här",
];

/// Phrases that are one only where nothing else stands.
const BARE: &[&str] = &[
    "n/a",
    "to be completed",
    "to be done",
    "to be filled in",
    "to do",
    "fill in",
    "fill in here",
    "fill in later",
    "write here",
    "placeholder",
    "missing text",
    "no text yet",
    "do zrobienia",
    "uzupełnić",
    "uzupełnij",
    "dopisać",
    "napisać",
    "opis",
    "tekst",
    "tu wpisz",
    "tutaj wpisz",
    "wpisz tutaj",
    "brak tekstu",
    "brak opisu",
    "wkrótce",
    "att göra",
    "fyll i",
    "fyll i här",
    "fylls i",
    "kompletteras",
    "kommer snart",
    "skriv här",
    "text saknas",
    "text kommer",
];

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let drafts =
        subject.book.phases().flat_map(|phase| &phase.standards).filter(|standard| standard.status == Status::Draft);
    let mut drafts: Vec<Span> = drafts.map(|standard| standard.span).collect();
    drafts.sort_unstable();
    let is_draft = |span: Span| {
        let before = drafts.partition_point(|draft| (draft.file, draft.start) <= (span.file, span.start));
        let last = before.checked_sub(1).map(|last| drafts[last]);
        last.is_some_and(|draft| draft.file == span.file && span.end <= draft.end)
    };
    for worded in texts(subject.book).into_iter().chain(site_titles(subject.book)).flat_map(|text| &text.0) {
        if !subject.is_authors(worded.span) {
            continue;
        }
        // What is not in force may wait.
        if is_draft(worded.span) {
            continue;
        }
        // A chapter is a file; its text in the book has other line ends.
        let source = subject.sources.get(worded.span.file);
        let is_chapter = worded.span == Span::new(worded.span.file, 0, 0) && source.path.ends_with(".md");
        let text: &str = if is_chapter { &source.text } else { &worded.text };
        for range in unwritten(text, is_chapter) {
            let shown = text.get(range.clone()).unwrap_or_default().to_owned();
            let span = match is_chapter {
                true => Span::new(worded.span.file, range.start, range.end),
                false => place(subject.sources, worded, &range),
            };
            let message = say!("`{shown}` stands in the place of a text that is still to be written", shown);
            let help = say!("write it; a standard that is not finished has `status: draft`");
            findings.push(Diagnostic::new(Code::UnwrittenText, span, message).help(help));
        }
    }
}

/// The stretches of a text that are still to be written; of a chapter, where people may speak of such notes, only those that
/// are nothing else.
fn unwritten(text: &str, is_chapter: bool) -> Vec<Range<usize>> {
    let hidden = hidden(text);
    let is_seen = |range: &Range<usize>| !hidden.iter().any(|part| part.start <= range.start && range.end <= part.end);
    let mut ranges: Vec<Range<usize>> = words(text).filter(|range| is_note(text, range)).collect();
    ranges.extend(runs(text));
    if !is_chapter {
        ranges.extend(clauses(text).filter(|range| is_listed(&text[range.clone()], PHRASES)));
        let bare = text.trim_matches(|mark: char| !mark.is_alphabetic());
        let start = bare.as_ptr() as usize - text.as_ptr() as usize;
        ranges.extend(is_listed(bare, BARE).then_some(start..start + bare.len()));
    }
    let whole = text.trim().trim_matches(['"', '“', '”', '„', '«', '»']);
    ranges.retain(|range| is_seen(range) || text.get(range.clone()) == Some(whole));
    ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    // `lorem ipsum` is one note.
    ranges.dedup_by(|next, last| {
        let is_joined = text.get(last.end..next.start).is_none_or(|between| between.trim().is_empty());
        if is_joined {
            last.end = last.end.max(next.end);
        }
        is_joined
    });
    ranges
}

/// The words, with the digits and hyphens inside them.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_of_word = |letter: char| letter.is_alphanumeric() || letter == '-' || letter == '_';
    text.split(move |letter: char| !is_of_word(letter)).filter(|word| !word.is_empty()).map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        start..start + word.len()
    })
}

fn is_note(text: &str, range: &Range<usize>) -> bool {
    let word = &text[range.clone()];
    let is_blank = (2..=12).contains(&word.len())
        && (word.bytes().all(|byte| byte == b'x') || word.len() > 2 && word.bytes().all(|byte| byte == b'X'));
    // `XX minut`, but not `XX wiek`.
    let next = text[range.end..].trim_start().split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    let is_figure = word == "XX"
        && ["sek", "min", "second", "hour", "god", "tim", "dag", "day", "dni", "%", "kr", "zł"]
            .iter()
            .any(|unit| next.to_lowercase().starts_with(unit));
    is_blank || is_figure || NOTES.contains(&word) || FILLING.contains(&word.to_lowercase().as_str())
}

/// `???`, and `…` or `-` alone.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut from = 0;
    while let Some(start) = text[from..].find("???").map(|start| from + start) {
        let end = start + text[start..].bytes().take_while(|byte| *byte == b'?').count();
        ranges.push(start..end);
        from = end;
    }
    let whole = text.trim();
    if !whole.is_empty()
        && !whole.chars().any(char::is_alphanumeric)
        && whole.chars().all(|mark| ".…-–—?_*/ ".contains(mark))
    {
        let start = text.len() - text.trim_start().len();
        ranges.push(start..start + whole.len());
    }
    ranges
}

/// What stands between sentence marks, brackets, colons and dashes.
fn clauses(text: &str) -> impl Iterator<Item = Range<usize>> {
    let parts = text.split(['.', ';', ':', '–', '—', '(', ')', '[', ']', '<', '>', '{', '}', '!', '?', '\n', '…']);
    parts.filter_map(|part| {
        let part = part.trim_matches([' ', '*', '_', '"', '-', '\t', '\r']);
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        (!part.is_empty()).then(|| start..start + part.len())
    })
}

fn is_listed(clause: &str, phrases: &[&str]) -> bool {
    clause.len() < 40 && phrases.contains(&clause.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::unwritten;

    fn found(text: &str) -> Vec<&str> {
        unwritten(text, false).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn what_is_still_to_be_written_is_found() {
        for (text, note) in [
            ("TODO", "TODO"),
            ("TODO: ask Anna", "TODO"),
            ("The clerk answers within xx minutes.", "xx"),
            ("Svar lämnas inom XX minuter.", "XX"),
            ("The price is XXX.", "XXX"),
            ("Kelner podaje ??? w ciągu 5 minut.", "???"),
            ("Lorem ipsum dolor sit amet.", "Lorem ipsum"),
            ("Do uzupełnienia.", "Do uzupełnienia"),
            ("Godziny otwarcia: do ustalenia", "do ustalenia"),
            ("Öppettider (fylls i senare)", "fylls i senare"),
            ("[to be confirmed]", "to be confirmed"),
            ("…", "…"),
            ("-", "-"),
            ("\"TBD\"", "TBD"),
        ] {
            assert_eq!(found(text), [note], "{text}");
        }
    }

    #[test]
    fn what_only_has_such_words_is_left_alone() {
        for text in [
            "Formularz do uzupełnienia leży na ladzie.",
            "Blanketten fylls i av gästen.",
            "The list of what is to be done hangs by the door.",
            "Meble z XX wieku mają tabliczkę.",
            "The receptionist says “TBD is a plane”.",
            "Rozmiar XXL leży na górnej półce.",
            "Really?? Yes.",
            "Wait… then knock.",
            "The clerk writes the to-do list.",
            "maxx, x, 10x",
            "Fyll i: namn, adress och telefon.",
            "Opis: liczba pokoi.",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
