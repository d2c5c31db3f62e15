//! Ids: slugs of `[a-z0-9]` words joined by `-`, at most 64 characters.

use crate::message::Message;
use crate::say;

/// The longest id.
pub const MAX_ID: usize = 64;

/// What keeps a text from being an id; nothing if it is one.
pub fn problem(text: &str) -> Option<Message> {
    if text.is_empty() {
        return Some(say!("it is empty"));
    }
    if text.len() > MAX_ID {
        return Some(say!("it is longer than 64 characters"));
    }
    if !text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        return Some(say!("an id has only a-z, 0-9 and `-`"));
    }
    if text.starts_with('-') || text.ends_with('-') || text.contains("--") {
        return Some(say!("an id is words joined by single `-`"));
    }
    None
}

/// The id that a text was probably meant to be: `zgłoszenie` → `zgloszenie`.
pub fn suggest(text: &str) -> Option<String> {
    let plain = deunicode::deunicode(&text.chars().take(4 * MAX_ID).collect::<String>()).to_lowercase();
    let words: Vec<&str> = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut slug = String::new();
    for word in words {
        let joined = if slug.is_empty() { word.to_owned() } else { format!("{slug}-{word}") };
        if joined.len() > MAX_ID {
            if slug.is_empty() {
                slug = word[..MAX_ID].to_owned();
            }
            break;
        }
        slug = joined;
    }
    (problem(&slug).is_none()).then_some(slug)
}

/// An id made of a title, numbered where it is taken.
pub fn free(title: &str, otherwise: &str, taken: impl Fn(&str) -> bool) -> String {
    let plain = suggest(title).unwrap_or_else(|| otherwise.to_owned());
    if !taken(&plain) {
        return plain;
    }
    let cut = plain.get(..MAX_ID - 6).unwrap_or(&plain).trim_end_matches('-').to_owned();
    let mut numbered = (2usize..10_000).map(|number| format!("{cut}-{number}"));
    // No book has ten thousand ids of one name.
    numbered.find(|name| !taken(name)).unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_what_was_meant() {
        assert_eq!(suggest("zgłoszenie").as_deref(), Some("zgloszenie"));
        assert_eq!(suggest("Räkna  rum_1").as_deref(), Some("rakna-rum-1"));
        assert_eq!(suggest("---"), None);
        assert!(problem("greet-within-10s").is_none());
        assert!(problem("a--b").is_some() && problem("-a").is_some() && problem("").is_some());
        assert!(suggest(&"słowo ".repeat(40)).is_some_and(|slug| problem(&slug).is_none()));
    }
}
