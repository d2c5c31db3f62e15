//! Names and values, as the address of a page and a sent form have them.

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::source::without_unseen;

/// Names with their values, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    /// Reads `name=value&name=value`; what is no UTF-8 is read as well as can be, and what nobody sees is left out.
    pub fn parse(text: &str) -> Self {
        let plain = |part: &str| {
            let text = part.replace('+', " ");
            without_unseen(&percent_decode_str(&text).decode_utf8_lossy()).into_owned()
        };
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (plain(name), plain(value))
        };
        Query(text.split('&').filter(|pair| !pair.is_empty()).map(pair).collect())
    }

    /// The first value of that name that says something.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// The values of all names that begin so, where they say something.
    pub fn starting<'q>(&'q self, prefix: &'q str) -> impl Iterator<Item = &'q str> {
        let named = self.0.iter().filter(move |(name, value)| name.starts_with(prefix) && !value.is_empty());
        named.map(|(_, value)| value.as_str())
    }

    /// Those of these names, as text for an address.
    pub fn only(&self, names: &[&str]) -> String {
        let known = names.iter().filter_map(|name| Some(format!("{name}={}", encoded(self.get(name)?))));
        known.collect::<Vec<_>>().join("&")
    }
}

/// A value as it stands in an address.
pub(super) fn encoded(value: &str) -> String {
    utf8_percent_encode(value, NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_read_and_written_alike() {
        let query = Query::parse("site=krak%C3%B3w&text=a+b%26c&empty=&site=other&lone");
        assert_eq!(query.get("site"), Some("kraków"));
        assert_eq!(query.get("text"), Some("a b&c"));
        assert_eq!((query.get("empty"), query.get("lone")), (None, None));
        assert_eq!(query.only(&["text", "site", "empty"]), "text=a%20b%26c&site=krak%C3%B3w");
        let pasted = Query::parse("reason=two\u{200b}+words\u{202e}%E2%81%A0,+%C5%BC%0A%00and");
        assert_eq!(pasted.get("reason"), Some("two words, ż\nand"));
    }
}
