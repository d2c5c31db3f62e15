//! What forms were printed with before: a sheet of paper or a saved table outlives the words that the program now prints.

/// The texts that a key had, in whatever language. Who changes a text that forms are read by adds its line.
const FORMER: [(&str, &str); 7] = [
    ("sheet.reference", "ID@STEMPEL"),
    ("decision.retire", "dra in"),
    ("review.evidence.audits", "Granskningar: uppfylld i {rate} bedömningar."),
    ("review.evidence.audits", "Audyty: spełniony w {rate} ocen."),
    (
        "review.proposal",
        "Siffrorna föreslår: {decision}. Den uppfylldes i {rate} bedömningar det senaste året, vilket säger något om oss och inte \
         om marknaden. Det är bara ett förslag.",
    ),
    (
        "review.proposal",
        "Liczby podpowiadają: {decision}. W ostatnim roku spełniono go w {rate} ocen, co mówi o nas, a nie o rynku. To tylko \
         propozycja.",
    ),
    ("checklist.critical-legend", "kritisk, fäller fasen om ej uppfyllt"),
];

/// The former texts of a key.
pub(super) fn former(key: &str) -> impl Iterator<Item = &'static str> {
    FORMER.iter().filter(move |(known, _)| *known == key).map(|(_, text)| *text)
}

/// The former texts of all keys below a group.
pub(super) fn former_below(group: &str) -> impl Iterator<Item = &'static str> {
    let is_below = move |key: &str| key.strip_prefix(group).is_some_and(|rest| rest.starts_with('.'));
    FORMER.iter().filter(move |(key, _)| is_below(key)).map(|(_, text)| *text)
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
        let mut all = crate::forms::Vocabulary::default();
        assert!(!all.covers("Granskningar: uppfylld i bedömningar."));
        all.group("review.evidence");
        assert!(all.covers("Granskningar: uppfylld i bedömningar.") && all.covers("Uppfylld vid granskningarna:"));
        assert!(is("id@stempel", "sheet.reference") && !is("ID@STEMPEL", "decision.retire"));
    }
}
