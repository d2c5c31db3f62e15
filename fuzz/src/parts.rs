//! What must hold of a reader alone, without a book around it. It costs a hundredth of what the whole does, so the fuzzer hands
//! most inputs to it; those that it keeps, since they reach code that none reached before, it varies for the whole too.

use gamma_ok::audit::filled::read;
use gamma_ok::book::Condition;
use gamma_ok::review;
use gamma_ok::source::yaml::{YamlFault, parse};
use gamma_ok::source::{FileId, Source, Span, blemishes, chapter_excess, text_excess, without_unseen};

use super::SOUND;

/// One input in so many goes through the whole.
const WHOLE_OF: u64 = 256;

/// Hands an input to the whole property or to its reader alone, the same input always to the same.
pub fn mostly(data: &[u8], alone: fn(&[u8]), whole: fn(&[u8])) {
    // FNV-1a, whose last bits depend on every byte.
    let hash = data
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    if (hash >> 32).is_multiple_of(WHOLE_OF) { whole(data) } else { alone(data) }
}

/// YAML is a tree or a fault, at a place of its text that has a line and a column.
pub fn yaml(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    odd_characters(&text);
    let source = Source::new("s.yaml", &*text);
    let span = match parse(FileId(0), &text) {
        Ok(tree) => tree.span,
        Err(
            YamlFault::Syntax { span, .. }
            | YamlFault::TooDeep(span)
            | YamlFault::AliasBomb(span)
            | YamlFault::Excess(span, _),
        ) => span,
    };
    assert!(text.get(span.range()).is_some(), "{span:?} does not lie on letters");
    let place = source.position(span.start as usize);
    assert!(place.line >= 1 && place.column >= 1, "{place:?}");
}

/// A condition has one answer at a site, and everything applies without one.
pub fn condition(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for line in text.lines() {
        match Condition::parse(line, Span::default()) {
            Ok(condition) => {
                assert!(condition.holds(None), "without a site everything applies");
                for site in &SOUND.loaded.book.sites {
                    assert!(!(condition.holds(Some(site)) && condition.fails(site)), "{line:?} holds and fails");
                }
            }
            Err((message, place)) => {
                assert!(!message.to_string().is_empty(), "nothing is said of {line:?}");
                assert!(place.is_none_or(|place| line.get(place).is_some()), "{line:?}: a place outside of it");
            }
        }
    }
}

/// A chapter is within bounds or beyond them at a place of its own.
pub fn chapter(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    odd_characters(&text);
    for excess in [chapter_excess(&text), text_excess(&text)].into_iter().flatten() {
        assert!(text.get(excess.range.clone()).is_some(), "{excess:?}");
    }
}

/// A filled-in form is read, or refused with words.
pub fn form(data: &[u8]) {
    let Some((name, bytes)) = super::forms::file(data) else { return };
    let book = &SOUND.loaded.book;
    for refused in
        [read(name, &bytes, book).err(), review::filled::read(name, &bytes, book).err()].into_iter().flatten()
    {
        super::forms::says_something(&refused);
    }
}

/// Odd characters stand where it is said, and a text without them has none that nobody sees.
fn odd_characters(text: &str) {
    for blemish in blemishes(text) {
        assert!(text.get(blemish.range.clone()).is_some(), "{blemish:?}");
    }
    let kept = without_unseen(text);
    assert_eq!(without_unseen(&kept), kept, "what nobody sees is left in {text:?}");
}
