//! Words that are to be others: mistyped, of another language, given twice, or with a character that nobody sees.

use lsp_types::CodeAction;

use super::{ActionQuery, mend, preferred};
use crate::diag::{Code, Diagnostic};
use crate::say;
use crate::text::odd_character;

/// The helps that name the right word, with the hole that holds it.
const NEAREST: &[(&str, &str)] = &[
    ("did you mean `{near}`?", "near"),
    ("did you mean `{near}`? A renamed standard keeps its old id in `was`", "near"),
    ("did you mean `{near}`? A renamed standard keeps its history by `was`", "near"),
    ("the format's word for it is `{meant}`", "meant"),
    ("it holds {character}, which looks like `{letter}`; type `{right}` anew", "right"),
    ("it holds {character}, which cannot be seen; type `{right}` anew", "right"),
    ("write `{slug}`", "slug"),
    ("write `{word}`", "word"),
    ("write `{word}` without quotation marks", "word"),
];

/// The helps that are the right word themselves.
const BARE: &[(&str, &str)] = &[("write `true`", "true"), ("write `false`", "false")];

/// The mends of a finding that are a word in the place of another.
pub(super) fn mends(asked: &ActionQuery<'_>, finding: &Diagnostic) -> Vec<CodeAction> {
    let mends = [nearest(asked, finding), unseen(asked, finding), twice(asked, finding)];
    mends.into_iter().flatten().collect()
}

/// Replaces a wrong word by the right one.
fn nearest(asked: &ActionQuery<'_>, finding: &Diagnostic) -> Option<CodeAction> {
    let help = finding.help.as_ref()?;
    let named = NEAREST.iter().find_map(|(template, hole)| help.filled(template, hole));
    let word = named.or_else(|| BARE.iter().find(|(english, _)| **english == **help).map(|(_, word)| *word))?;
    let written = asked.book.opened.as_ref()?.loaded.sources.slice(finding.span);
    let marks: &[char] = &['"', '\''];
    let inner = written.trim_matches(marks);
    // Only what is one word can be told apart from what stands around it.
    if inner.is_empty() || inner.contains(['\n', ':', '{', '[']) {
        return None;
    }
    // What is no text loses its quotation marks.
    let is_typed = matches!(word, "true" | "false");
    let text = if is_typed { word.to_owned() } else { written.replacen(inner, word, 1) };
    mend(asked, finding, &say!("Write `{word}` instead", word), &[(finding.span.range(), text)]).map(preferred)
}

/// Takes out what cannot be seen.
fn unseen(asked: &ActionQuery<'_>, finding: &Diagnostic) -> Option<CodeAction> {
    if !matches!(finding.code, Code::InvisibleCharacter | Code::ControlCharacter) {
        return None;
    }
    let written = asked.book.opened.as_ref()?.loaded.sources.slice(finding.span);
    let is_unseen = |letter: char| {
        let odd = odd_character(letter.encode_utf8(&mut [0; 4]));
        letter.is_control() || odd.is_some_and(|odd| odd.looks_like.is_none())
    };
    // A space that only looks like one keeps the words apart.
    let kept = |letter: char| match letter {
        letter if !is_unseen(letter) => Some(letter),
        letter if letter.is_whitespace() && !letter.is_control() => Some(' '),
        _ => None,
    };
    let clean: String = written.chars().filter_map(kept).collect();
    if clean == written {
        return None;
    }
    mend(asked, finding, &say!("Remove what cannot be seen"), &[(finding.span.range(), clean)]).map(preferred)
}

/// Gives the second of two entries with one id another.
fn twice(asked: &ActionQuery<'_>, finding: &Diagnostic) -> Option<CodeAction> {
    if finding.code != Code::DuplicateId {
        return None;
    }
    let opened = asked.book.opened.as_ref()?;
    let defines = |name: &&crate::book::NameUse| name.definition && name.span == finding.span;
    let name = &opened.loaded.book.names.iter().find(defines)?.name;
    let is_taken = |id: &str| opened.loaded.book.names.iter().any(|known| known.name == id);
    let new = (2..1_000).map(|number| format!("{name}-{number}")).find(|id| !is_taken(id))?;
    let written = opened.loaded.sources.slice(finding.span);
    let text = written.replacen(name.as_str(), &new, 1);
    mend(asked, finding, &say!("Give this entry the id `{new}`", new), &[(finding.span.range(), text)])
}
