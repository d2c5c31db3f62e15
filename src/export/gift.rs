//! Moodle GIFT: the question bank for a learning platform, a category a phase.
//!
//! The format is documented at docs.moodle.org (*GIFT format*); what it does not say is taken from Moodle's importer: a
//! question ends at an empty line, a text may name its own format at its start, an answer may begin with a weight between
//! two `%`, and the first `->` of a pair divides it. So every text is one line of HTML, in which `<`, `>` and `&` are
//! escaped, and `\ ~ = # { } :` have a backslash before them.

use std::io::{self, Write};

use super::fragment::{escaped, prose};
use crate::document::{Answers, Question, Questions};
use crate::text::single_spaced;

/// Writes a question bank.
///
/// # Errors
/// When `out` cannot be written to.
pub fn gift(bank: &Questions, out: &mut dyn Write) -> io::Result<()> {
    let book = bank.head.book.characters();
    for (index, phase) in bank.phases.iter().enumerate() {
        let gap = if index == 0 { "" } else { "\n" };
        let path = [&book, &phase.sequence.characters(), &phase.title.characters()].map(|name| category(name));
        writeln!(out, "{gap}$CATEGORY: $course$/{}", path.join("/"))?;
        for asked in &phase.questions {
            write!(out, "\n{}", question(asked, &prose(&phase.title)))?;
        }
    }
    Ok(())
}

fn question(asked: &Question, phase: &str) -> String {
    let about = asked.about.as_ref().map(|about| format!("<p><b>{}</b></p>", prose(about))).unwrap_or_default();
    let html = format!("<p>{phase}</p><p>{}</p>{about}", escaped(&asked.task));
    let comment = asked.reference.as_ref().map(|reference| format!("// {reference}\n")).unwrap_or_default();
    let mut text = format!("{comment}::{}::[html]{}{{\n", guarded(&asked.name), guarded(&html));
    match &asked.answers {
        Answers::Choice(choices) => {
            for choice in choices {
                let sign = if choice.right { '=' } else { '~' };
                text.push_str(&format!("\t{sign}{}\n", answer(&prose(&choice.text))));
            }
        }
        Answers::Order(lines) => {
            for (line, place) in lines {
                text.push_str(&format!("\t={} -> {place}\n", answer(&prose(line))));
            }
        }
    }
    if let Some(afterwards) = &asked.afterwards {
        text.push_str(&format!("\t####{}\n", answer(&prose(afterwards))));
    }
    text.push_str("}\n");
    text
}

/// A backslash before each character that means something.
fn guarded(text: &str) -> String {
    let mut guarded = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '\\' | '~' | '=' | '#' | '{' | '}' | ':') {
            guarded.push('\\');
        }
        guarded.push(c);
    }
    guarded
}

/// An answer, which must not begin like the name of a format or like a weight.
fn answer(html: &str) -> String {
    match html.chars().next() {
        Some('[') => format!("[html]{}", guarded(html)),
        Some('%') => guarded(&html.replacen('%', "&#37;", 1)),
        _ => guarded(html),
    }
}

/// The name of a category in a path: a `/` of its own is doubled. A path knows no other escape.
fn category(name: &str) -> String {
    single_spaced(name).replace('/', "//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_is_guarded() {
        assert_eq!(guarded("a~b=c#d{e}f:g\\h -> i"), "a\\~b\\=c\\#d\\{e\\}f\\:g\\\\h -> i");
        assert_eq!(answer("[html]x"), "[html][html]x");
        assert_eq!(answer("%50%x"), "&\\#37;50%x");
        assert_eq!(category(" 24/7 \n desk "), "24//7 desk");
    }
}
