//! Where a condition names a site: the string literals that it compares with `site.id`.

use std::ops::Range;

/// One word, sign or literal of an expression.
#[derive(Clone, Debug, PartialEq)]
enum Token<'a> {
    /// `site.rooms`, `in`, `50`: letters, digits, `_` and `.`.
    Word(&'a str),
    /// A string literal: what stands between its quotation marks, and where.
    Literal(&'a str, Range<usize>),
    /// Anything else.
    Sign(&'a str),
}

/// The places in `expression`, without their quotation marks, where the literal `id` is compared with `site.id`:
/// `site.id == "x"`, `"x" != site.id`, `site.id in ["x", "y"]`.
///
/// What is said in another way is not found; the caller compares what the conditions yield before and after.
pub(super) fn site_literals(expression: &str, id: &str) -> Vec<Range<usize>> {
    let tokens = tokens(expression);
    let compares = |token: Option<&Token<'_>>| matches!(token, Some(Token::Sign("==" | "!=")));
    let is_site = |token: Option<&Token<'_>>| matches!(token, Some(Token::Word("site.id")));
    let mut literals = Vec::new();
    // Whether the bracket that is open belongs to `site.id in [`.
    let mut listed = false;
    for (index, token) in tokens.iter().enumerate() {
        let token_before = |back: usize| index.checked_sub(back).and_then(|index| tokens.get(index));
        match token {
            Token::Sign("[" | "(") => {
                let membership = matches!(token_before(1), Some(Token::Word("in")));
                let negated = matches!(token_before(2), Some(Token::Word("not")));
                listed = membership && is_site(if negated { token_before(3) } else { token_before(2) });
            }
            Token::Sign("]" | ")") => listed = false,
            Token::Literal(text, range) if *text == id => {
                let left = compares(token_before(1)) && is_site(token_before(2));
                let right = compares(tokens.get(index + 1)) && is_site(tokens.get(index + 2));
                if left || right || listed {
                    literals.push(range.clone());
                }
            }
            _ => {}
        }
    }
    literals
}

/// The attributes of the site that an expression speaks of, `rooms` in `site.rooms`, each with the place of `site.rooms`.
pub(super) fn attributes(expression: &str) -> Vec<(String, Range<usize>)> {
    let start = |word: &str| word.as_ptr() as usize - expression.as_ptr() as usize;
    let found = tokens(expression).into_iter().filter_map(|token| {
        let Token::Word(word) = token else { return None };
        let name = word.strip_prefix("site.")?.split('.').next()?;
        let start = start(word);
        Some((name.to_owned(), start..start + "site.".len() + name.len()))
    });
    found.collect()
}

fn tokens(expression: &str) -> Vec<Token<'_>> {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
    let mut tokens = Vec::new();
    let mut offset = 0;
    while let Some(first) = expression[offset..].chars().next() {
        let rest = &expression[offset..];
        let length = match first {
            '"' | '\'' => {
                let inner = &rest[1..];
                let mut escaped = false;
                let end = inner.char_indices().find(|(_, c)| {
                    let ends = *c == first && !escaped;
                    escaped = *c == '\\' && !escaped;
                    ends
                });
                let end = end.map_or(inner.len(), |(end, _)| end);
                tokens.push(Token::Literal(&inner[..end], offset + 1..offset + 1 + end));
                (end + 2).min(rest.len())
            }
            c if c.is_whitespace() => c.len_utf8(),
            c if word(c) => {
                let end = rest.find(|c| !word(c)).unwrap_or(rest.len());
                tokens.push(Token::Word(&rest[..end]));
                end
            }
            c => {
                let double = ["==", "!=", "<=", ">=", "//", "**"].into_iter().any(|sign| rest.starts_with(sign));
                let length = if double { 2 } else { c.len_utf8() };
                tokens.push(Token::Sign(&rest[..length]));
                length
            }
        };
        offset += length;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::{attributes, site_literals};

    #[test]
    fn attributes_are_found_where_they_stand() {
        let expression = "site.rooms >= 50 and site.city == \"site.bar\" and 'ł' != site.name.x";
        let found: Vec<(String, &str)> =
            attributes(expression).into_iter().map(|(name, range)| (name, &expression[range])).collect();
        let wanted = ["rooms", "city", "name"].map(|name| (name.to_owned(), format!("site.{name}")));
        assert_eq!(found, wanted.iter().map(|(name, place)| (name.clone(), place.as_str())).collect::<Vec<_>>());
    }

    fn found(expression: &str) -> usize {
        let places = site_literals(expression, "krakow");
        assert!(places.iter().all(|range| &expression[range.clone()] == "krakow"), "{expression}");
        places.len()
    }

    #[test]
    fn finds_comparisons_with_the_site_and_nothing_else() {
        assert_eq!(found("site.id == \"krakow\""), 1);
        assert_eq!(found("'krakow' != site.id and site.rooms > 5"), 1);
        assert_eq!(found("site.id in ['krakow', \"lublin\", 'krakow']"), 2);
        assert_eq!(found("site.id not in ('krakow',)"), 1);
        assert_eq!(found("site.city == 'krakow' or site.id == 'krakow-2'"), 0);
        assert_eq!(found("site.city in ['krakow']"), 0);
        assert_eq!(found("site.name == 'a\\'krakow' and site.id == 'krakow'"), 1);
        assert_eq!(found("site.id == 'krakow"), 1, "what cannot be read is a finding elsewhere");
        assert_eq!(found("łódź \u{7f} \" "), 0);
    }
}
