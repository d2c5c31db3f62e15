//! Hand-offs as sentences: receiver, content, channel and limit in one labelled line.

use super::HandoffParts;
use crate::book::{Book, Language, Text, Worded};
use crate::language::Interface;
use crate::source::Span;

/// The parts of a hand-off in one labelled line, in every language of the book, with that role or department as the
/// receiver: at a site where the receiver is absent it is whoever covers for it.
pub(crate) fn text(book: &Book, parts: &HandoffParts, receiver: &str, span: Span) -> Text {
    let line = |language: &Language| {
        let words = Interface::of(language);
        let title = book.receiver_title(receiver).and_then(|title| book.in_language(title, language));
        let title = title.unwrap_or(receiver);
        let best = |text: &Text| book.in_language(text, language).unwrap_or_default().to_owned();
        let mut all = vec![("handoff.receiver", title.to_owned()), ("handoff.content", best(&parts.content))];
        all.extend(parts.channel.as_ref().map(|channel| ("handoff.channel", best(channel))));
        all.extend(parts.limit.as_ref().map(|limit| ("handoff.limit", words.quantity(limit))));
        let label = |(key, value): &(&str, String)| format!("{}: {value}", words.text(key));
        let all: Vec<String> = all.iter().map(label).collect();
        Worded { language: language.clone(), text: all.join("; "), span }
    };
    Text(book.languages.iter().map(line).collect())
}
