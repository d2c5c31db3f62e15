//! What forms were printed with before: a sheet of paper or a saved table outlives the words that the program now prints.

/// The texts that a key had, in whatever language. Who changes a text that forms are read by adds its line.
const FORMER: [(&str, &str); 3] = [
    ("sheet.reference", "ID@STEMPEL"),
    ("decision.retire", "upphäv"),
    ("checklist.critical-legend", "kritisk, fäller fasen om ej uppfyllt"),
];

/// The former texts of a key.
pub(super) fn former(key: &str) -> impl Iterator<Item = &'static str> {
    FORMER.iter().filter(move |(known, _)| *known == key).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::is;
    use crate::language::Interface;

    #[test]
    fn what_was_printed_before_is_read_as_what_is_printed_now() {
        for (key, text) in FORMER {
            assert!(is(text, key), "{text}");
            assert_ne!(Interface::english().text(key), key, "no text has the key {key}");
        }
        assert!(is("id@stempel", "sheet.reference") && !is("ID@STEMPEL", "decision.retire"));
    }
}
