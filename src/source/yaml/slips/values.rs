//! Slips around the sign between a key and its value: a sign that only looks like a colon, a brace that is missing, a value that has
//! a value.

use super::{Line, Slip};
use crate::say;
use crate::text::short;

/// `type：personal`, or a colon behind which something stands that only looks like a space.
pub(super) fn colon_look_alike(text: &str, line: &Line<'_>) -> Option<Slip> {
    let (_, indent) = line.content();
    let start = line.start + indent;
    let whole = text.get(start..)?.lines().next()?;
    let of_key = |letter: &char| letter.is_alphanumeric() || "-_".contains(*letter);
    let key_end: usize = whole.chars().take_while(of_key).map(char::len_utf8).sum();
    let (key, rest) = whole.split_at(key_end);
    if key.is_empty() {
        return None;
    }
    let mark = rest.chars().next()?;
    let (before, odd) = match mark {
        ':' => {
            (1, rest.chars().nth(1).filter(|letter| *letter != '\t' && letter.is_whitespace() && !letter.is_ascii())?)
        }
        mark if ":：︓﹕ː∶꞉".contains(mark) => (0, mark),
        _ => return None,
    };
    let character = crate::text::odd_character(odd.encode_utf8(&mut [0; 4]));
    let character = character.map_or_else(|| format!("U+{:04X}", u32::from(odd)), |odd| odd.described());
    let at = start + key_end + before;
    let value = rest[mark.len_utf8()..].trim();
    let message = match before {
        0 => say!("behind `{key}` stands {character}, which only looks like `:`", key, character),
        _ => say!("behind `{key}:` stands {character}, which only looks like a space", key, character),
    };
    Some(Slip {
        range: at..at + odd.len_utf8(),
        message,
        help: match value {
            "" => say!("type `{key}:` anew, with the keyboard's own sign", key),
            value => say!("type `{key}: {value}` anew, with the keyboard's own signs", key, value = short(value)),
        },
    })
}

/// `title: en: X, pl: Y}`: a value that lacks the brace before it.
pub(super) fn missing_bracket(line: &Line<'_>) -> Option<Slip> {
    let (content, indent) = line.content();
    let key = line.key()?;
    let value = content[key.len() + 1..].trim_start();
    let is_bare = value.ends_with('}') && !value.contains('{') && !value.starts_with(['"', '\'']);
    let start = line.start + indent + content.len() - value.len();
    (is_bare && value.contains(": ")).then(|| Slip {
        range: start..start + value.len(),
        message: say!("`{mark}` is missing before the first of these values", mark = '{'),
        help: say!("write `{key}: {value}`", key, value = short(&format!("{{{value}"))),
    })
}

/// `measure: what: time`, `allow: vague-word: none`: a key as the value of another on the same line.
pub(super) fn value_after_value(line: &Line<'_>) -> Option<Slip> {
    let (content, indent) = line.content();
    let key = line.key()?;
    let value = content[key.len() + 1..].trim_start();
    let (inner, rest) = value.split_once(':').filter(|(_, rest)| rest.is_empty() || rest.starts_with(' '))?;
    let is_slug = |text: &str| {
        text.starts_with(|letter: char| letter.is_ascii_lowercase())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let start = line.start + indent + content.len() - value.len();
    let range = start..start + value.len();
    if ["allow", "was", "traits", "sequences", "languages"].contains(&key) && is_slug(inner) {
        return Some(Slip {
            range,
            message: say!("`{key}` is a list of words, and none of them has a value", key),
            help: say!("write `{key}: {value}`", key, value = format!("[{inner}]")),
        });
    }
    let is_tag = inner.len() == 2 && OF_TEXT.contains(&key);
    ((OF_SEVERAL.contains(&key) || is_tag) && is_slug(inner)).then(|| Slip {
        range,
        message: say!("`{inner}` begins a line of its own below `{key}:`", inner, key),
        help: say!(
            "write `{inner}: {rest}` on the next line, two spaces further in; or all in braces: `{key}: {value}`",
            inner,
            rest = short(rest.trim()),
            key,
            value = short(&format!("{{{value}}}"))
        ),
    })
}

/// Keys whose values have keys of their own, and keys of texts, which may be written by language.
const OF_SEVERAL: [&str; 9] =
    ["measure", "image", "fail-point", "handoff", "brand", "review", "feedback", "levels", "rules"];
const OF_TEXT: [&str; 8] = ["title", "text", "why", "meaning", "what", "recovery", "customer", "staff"];
