//! Whole entries: a phase, a step, a standard, a trait, a hand-off, with the forms that the book's languages need; and the
//! standards that patterns would make where nothing is written.

use lsp_types::CompletionItemKind as Kind;

use super::ids::in_language;
use super::{CaretQuery, Suggestion};
use crate::edit::convert::entry_of;
use crate::editor::caret::{Caret, Way};
use crate::language::Interface;
use crate::message::Message;
use crate::method::proposals;
use crate::say;

/// A kind of entry: the way to the list that it is an item of, and its lines. In a line `¶` is a text in every language of
/// the book, `§` the next place to be filled in.
struct Snippet {
    kind: &'static str,
    way: &'static [&'static str],
    about: fn() -> Message,
    lines: &'static [&'static str],
}

const ENTRIES: &[Snippet] = &[
    Snippet {
        kind: "sequence",
        way: &["phases", "-"],
        about: || say!("a phase"),
        lines: &["id: §", "title: ¶", "traits: [§]", "steps:", "  - id: §", "    contact: §"],
    },
    Snippet {
        kind: "sequence",
        way: &["phases", "-", "steps", "-"],
        about: || say!("a step"),
        lines: &["id: §", "title: ¶", "contact: §", "role: §"],
    },
    Snippet {
        kind: "sequence",
        way: &["phases", "-", "standards", "-"],
        about: || say!("a standard"),
        lines: &["id: §", "step: §", "trait: §", "type: §", "level: §", "text: ¶", "measure:", "  within: §"],
    },
    Snippet {
        kind: "sequence",
        way: &["phases", "-", "waive", "-"],
        about: || say!("a reasoned blank"),
        lines: &["trait: §", "type: §", "level: §", "why: ¶"],
    },
    Snippet {
        kind: "sequence",
        way: &["phases", "-", "scenarios", "-"],
        about: || say!("a role-play"),
        lines: &["title: ¶", "situation: ¶", "practises: [§]"],
    },
    Snippet {
        kind: "sequence",
        way: &["phases", "-", "steps", "-", "handoff"],
        about: || say!("a hand-off"),
        lines: &["to: §", "what: ¶", "within: §"],
    },
    Snippet {
        kind: "traits",
        way: &["traits", "-"],
        about: || say!("a trait"),
        lines: &[
            "id: §",
            "title: ¶",
            "meaning: ¶",
            "patterns:",
            "  - id: §",
            "    type: §",
            "    level: §",
            "    text: ¶",
        ],
    },
    Snippet {
        kind: "traits",
        way: &["traits", "-", "patterns", "-"],
        about: || say!("a pattern"),
        lines: &["id: §", "type: §", "level: §", "text: ¶"],
    },
    Snippet {
        kind: "roles",
        way: &["roles", "-"],
        about: || say!("a role"),
        lines: &["id: §", "title: ¶", "covered-by: §"],
    },
    Snippet {
        kind: "roles",
        way: &["departments", "-"],
        about: || say!("a department"),
        lines: &["id: §", "title: ¶"],
    },
];

/// The whole entries that may stand where the caret is.
pub(super) fn entries(asked: &CaretQuery<'_>, caret: &Caret) -> Vec<Suggestion> {
    let (Some(kind), Some(column)) = (crate::editor::workspace::kind_of(asked.path), caret.column) else {
        return Vec::new();
    };
    if !caret.siblings.is_empty() {
        return Vec::new();
    }
    let way: Vec<&str> =
        caret.way.iter().map(|step| if let Way::Key(key) = step { key.as_str() } else { "-" }).collect();
    let fits = |entry: &&Snippet| entry.kind == kind && entry.way == way;
    let whole = ENTRIES.iter().filter(fits).map(|entry| whole(asked, entry, column));
    let mut all: Vec<Suggestion> = whole.collect();
    if way == ["phases", "-", "standards", "-"] {
        all.extend(of_patterns(asked, caret, column));
    }
    all
}

fn whole(asked: &CaretQuery<'_>, entry: &Snippet, column: usize) -> Suggestion {
    let mut stops = 0;
    let mut next = || {
        stops += 1;
        format!("${stops}")
    };
    let mut text = String::new();
    for (number, line) in entry.lines.iter().enumerate() {
        let deeper = " ".repeat(column + line.len() - line.trim_start().len() + 2);
        if number > 0 {
            text.push('\n');
            text.push_str(&" ".repeat(column));
        }
        for letter in line.chars() {
            match letter {
                '§' => text.push_str(&next()),
                '¶' => {
                    // In the line there is a space already.
                    text.pop();
                    text.push_str(&texts(asked, &deeper, &mut next));
                }
                letter => text.push(letter),
            }
        }
    }
    let about = (entry.about)();
    let mut proposal = Suggestion::word(asked.interface.say(&about), Kind::SNIPPET);
    proposal.text = text;
    proposal.is_snippet = true;
    proposal.detail = asked.interface.say(&say!("{entry}, whole", entry = about));
    proposal.group = 0;
    proposal
}

/// The value of a key that holds a text: on the line in a book of one language, else a line for each.
pub(super) fn text_value(asked: &CaretQuery<'_>, deeper: &str) -> String {
    let mut stops = 0;
    texts(asked, deeper, &mut || {
        stops += 1;
        format!("${stops}")
    })
}

fn texts(asked: &CaretQuery<'_>, deeper: &str, next: &mut dyn FnMut() -> String) -> String {
    let languages = asked.book.book().map(|book| book.languages.as_slice()).unwrap_or_default();
    match languages {
        [] | [_] => format!(" {}", next()),
        several => several.iter().map(|language| format!("\n{deeper}{}: {}", language.tag(), next())).collect(),
    }
}

/// What the patterns would make in the phase where the caret is, each as an entry to be worded.
fn of_patterns(asked: &CaretQuery<'_>, caret: &Caret, column: usize) -> Vec<Suggestion> {
    let Some(opened) = asked.book.known() else { return Vec::new() };
    let book = &opened.loaded.book;
    let Some((_, phase)) = caret.owners.iter().find(|(list, _)| list == "phases") else { return Vec::new() };
    let interface: &Interface = asked.interface;
    let all = proposals(book).into_iter().filter(|proposal| {
        let proposed = book.phase_at(proposal.sequence, proposal.phase);
        proposed.is_some_and(|proposed| proposed.id.name == *phase)
    });
    let of_standard = |standard: crate::method::Standard| {
        let mut proposal = Suggestion::word(in_language(asked, &standard.text), Kind::SNIPPET);
        let titles = [interface.word("type", standard.kind.word()), interface.word("level", standard.level.word())];
        proposal.detail = format!("{} · {}", standard.traits.join(", "), titles.join(" · "));
        proposal.text = entry_of(book, &standard, column);
        proposal.about.clone_from(&proposal.text);
        proposal.about = format!("```yaml\n{}\n```", proposal.text);
        proposal.group = 2;
        proposal
    };
    all.flat_map(|proposal| proposal.standards).map(of_standard).collect()
}
