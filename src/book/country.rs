//! Countries, whose law and customs hold: by the two letters of ISO 3166-1.

use super::decode::{Cx, Decode};
use crate::diag::{Code, Diagnostic};
use crate::message::Message;
use crate::say;
use crate::source::yaml::Node;

/// What people write for a country instead of its two letters, in lower case. `EU` stands for the Union.
const MEANT: &[(&str, &[&str])] = &[
    ("DE", &["germany", "niemcy", "tyskland", "deu"]),
    ("DK", &["denmark", "dania", "danmark", "dnk"]),
    ("FI", &["finland", "finlandia", "fin"]),
    ("GB", &["uk", "united kingdom", "wielka brytania", "storbritannien", "gbr"]),
    ("NO", &["norway", "norwegia", "norge", "nor"]),
    ("PL", &["poland", "polska", "polen", "pol"]),
    ("SE", &["sweden", "szwecja", "sverige", "swe"]),
    ("US", &["usa", "united states"]),
];

/// A country by its two letters, such as `PL`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Country(pub String);

impl Country {
    /// The country of that code; what is written otherwise gives the code that is meant, where that is clear.
    ///
    /// # Errors
    /// The code that is meant, if one is.
    pub fn read(written: &str) -> Result<Self, Option<String>> {
        let folded = written.trim().to_lowercase();
        if let Some((code, _)) = MEANT.iter().find(|(_, names)| names.contains(&folded.as_str())) {
            return Err(Some((*code).to_owned()));
        }
        let is_pair = folded.len() == 2 && folded.bytes().all(|byte| byte.is_ascii_lowercase());
        let code = folded.to_uppercase();
        match is_pair {
            true if code == written => Ok(Country(code)),
            true => Err(Some(code)),
            false => Err(None),
        }
    }

    /// What to do about what names no country.
    pub fn help(meant: Option<String>) -> Message {
        match meant {
            Some(code) => say!("write `{code}`", code),
            None => say!("write the two letters of the country, such as PL, SE, DE"),
        }
    }
}

impl Decode for Country {
    fn expected() -> Message {
        say!("the two letters of a country, such as `PL`")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        let Some(text) = node.text() else { return cx.mistyped(node, Self::expected()) };
        match Country::read(text) {
            Ok(country) => Some(country),
            Err(meant) => {
                let message = say!("`{text}` is not the code of a country", text);
                cx.report(Diagnostic::new(Code::WrongType, node.span, message).help(Country::help(meant)));
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_two_capital_letters_and_the_others_are_led_there() {
        assert_eq!(Country::read("PL"), Ok(Country("PL".to_owned())));
        assert_eq!(Country::read("NO"), Ok(Country("NO".to_owned())));
        assert_eq!(Country::read("se"), Err(Some("SE".to_owned())));
        assert_eq!(Country::read("UK"), Err(Some("GB".to_owned())));
        assert_eq!(Country::read("Polska"), Err(Some("PL".to_owned())));
        assert_eq!(Country::read("P1"), Err(None));
        assert_eq!(Country::read("Ruritania"), Err(None));
    }
}
