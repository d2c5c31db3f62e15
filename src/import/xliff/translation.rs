//! The words of a unit: a translation put together with what is protected in its text, or told where that was damaged.

use super::read::{Got, RawUnit, Segment};
use crate::edit::translate::TranslationUnit;
use crate::edit::translate::pieces::{MarkKind, Piece, ProtectedMark, blocks, pieces};
use crate::forms::{FormPlace, Refused, short};
use crate::say;

/// What a unit gives.
pub(super) enum Given {
    /// The source again, which nobody calls translated.
    Same,
    /// A translation.
    Text(String),
}

/// Whether nothing is said.
pub(super) fn is_empty(pieces: &[Got]) -> bool {
    pieces.iter().all(|piece| matches!(piece, Got::Words(words) if words.trim().is_empty()))
}

/// The translation of a unit as the file has it, with the bytes that the file itself gives to its marks.
pub(super) fn shown(raw: &RawUnit) -> String {
    raw.parts
        .iter()
        .map(|part| match (&part.target, part.is_words) {
            (Some(target), true) => joined(target, &raw.data),
            _ => joined(&part.source, &raw.data),
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The text of a unit as it went out.
pub(super) fn source(raw: &RawUnit) -> String {
    raw.parts.iter().map(|part| joined(&part.source, &raw.data)).collect::<String>().trim().to_owned()
}

fn joined(pieces: &[Got], data: &[(String, String)]) -> String {
    let bytes = |name: &String| data.iter().find(|(known, _)| known == name).map_or("", |(_, bytes)| bytes.as_str());
    pieces
        .iter()
        .map(|piece| match piece {
            Got::Words(words) => words.as_str(),
            Got::Data(name) => bytes(name),
        })
        .collect()
}

/// What a unit gives, judged by the text that stands in the book: its marks are all there, once each, and each that ends has
/// begun.
pub(super) fn given(raw: &RawUnit, unit: &TranslationUnit<'_>) -> Result<Given, Refused> {
    let is_chapter = unit.chapter.is_some();
    let text = unit.source.text.as_str();
    let own: Vec<(&str, bool)> = if is_chapter { blocks(text) } else { vec![(text, true)] };
    let words: Vec<&(&str, bool)> = own.iter().filter(|(_, is_words)| *is_words).collect();
    let segments: Vec<&Segment> = raw.parts.iter().filter(|part| part.is_words).collect();
    if segments.len() != words.len() {
        let wrong = say!(
            "this text went out in {sent} parts and came back in {came}",
            sent = words.len(),
            came = segments.len()
        );
        let help = say!("give it back in the parts that it had");
        return Err(Refused::new(FormPlace::Line(raw.line), wrong).help(help));
    }
    let mut whole = String::new();
    let (mut base, mut index) = (0, 0);
    for (part, is_words) in &own {
        if !is_words {
            whole.push_str(part);
            continue;
        }
        let source = pieces(part, is_chapter);
        let came = segments[index];
        index += 1;
        let target = came.target.as_deref().unwrap_or_default();
        whole.push_str(&put_together(target, &source, base, came.line)?);
        base += source.iter().filter(|piece| matches!(piece, Piece::Hole(_) | Piece::Open(_))).count();
    }
    let whole = if is_chapter { whole } else { whole.trim().to_owned() };
    let is_done = segments.iter().any(|part| part.is_done);
    Ok(if whole.trim() == text.trim() && !is_done { Given::Same } else { Given::Text(whole) })
}

fn put_together(target: &[Got], source: &[Piece], base: usize, line: usize) -> Result<String, Refused> {
    let refused = |message, help| Err(Refused::new(FormPlace::Line(line), message).help(help));
    let keep = || say!("put it back as the text has it");
    let mut text = String::new();
    let mut used: Vec<&ProtectedMark> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for piece in target {
        let name = match piece {
            Got::Words(words) => {
                text.push_str(words);
                continue;
            }
            Got::Data(name) => name,
        };
        let (digits, is_end) = name.strip_prefix('d').map_or(("", false), |rest| match rest.strip_suffix('e') {
            Some(digits) => (digits, true),
            None => (rest, false),
        });
        let number = digits.parse::<usize>().ok().and_then(|number| number.checked_sub(base));
        let found = source.iter().find_map(|piece| match piece {
            Piece::Close(mark) if is_end && Some(mark.number) == number => Some((mark, None)),
            Piece::Hole(mark) if !is_end && Some(mark.number) == number => Some((mark, Some(false))),
            Piece::Open(mark) if !is_end && Some(mark.number) == number => Some((mark, Some(true))),
            _ => None,
        });
        let Some((mark, begins)) = found else {
            let wrong = say!("here stands a placeholder that the text has not: `{name}`", name = short(name));
            return refused(wrong, say!("take it out, or put in one that the text has"));
        };
        match begins {
            None if open.pop() != Some(mark.number) => {
                let wrong = say!("the mark `{mark}` ends here and has not begun", mark = short(mark.raw.trim()));
                return refused(wrong, keep());
            }
            None => {}
            Some(begins) => {
                if used.iter().any(|other| other.number == mark.number) {
                    let wrong = say!("the placeholder `{mark}` stands here twice", mark = short(mark.raw.trim()));
                    return refused(wrong, say!("leave one of the two"));
                }
                used.push(mark);
                if begins {
                    open.push(mark.number);
                }
            }
        }
        text.push_str(&mark.raw);
    }
    if let Some(mark) = open.last().and_then(|number| used.iter().find(|mark| mark.number == *number)) {
        return refused(say!("the mark `{mark}` begins here and does not end", mark = short(mark.raw.trim())), keep());
    }
    let typed: Vec<String> = target
        .iter()
        .filter_map(|piece| match piece {
            Got::Words(words) => Some(words.as_str()),
            Got::Data(_) => None,
        })
        .flat_map(names)
        .collect();
    let is_there = |mark: &ProtectedMark| {
        used.iter().any(|other| other.number == mark.number)
            || mark.kind.may_go()
            || mark.kind == MarkKind::Filled && names(&mark.raw).iter().any(|name| typed.contains(name))
    };
    let lacking = source.iter().find_map(|piece| match piece {
        Piece::Hole(mark) | Piece::Open(mark) if !is_there(mark) => Some(mark),
        _ => None,
    });
    match lacking {
        Some(mark) => {
            let wrong = say!("the placeholder `{mark}` of the text is missing here", mark = short(mark.raw.trim()));
            refused(wrong, say!("put it in, or type another form of the same word"))
        }
        None => Ok(text),
    }
}

/// The words that are filled in, without their forms: `customer` of `{{ customer.one }}`.
fn names(text: &str) -> Vec<String> {
    let inside = text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}").map(|(inside, _)| inside));
    let name = |inside: &str| {
        let name: String = inside.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        (!name.is_empty()).then_some(name)
    };
    inside.filter_map(name).collect()
}
