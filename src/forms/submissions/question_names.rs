//! What the questions of an XLSForm are called: the names that `export xlsform` gives and that come back as heads of columns.

use crate::edition::FilterKey;

/// What every name of an item begins with; its number follows.
const ITEM: &str = "q_";

/// A calculation that says what the form is; its value is the version of these names.
pub(crate) const FORM: &str = "gamma_ok";

/// The version of these names.
pub(crate) const VERSION: &str = "1";

/// What stands behind an item's name in the calculation that holds its `ID@STAMP`.
pub(crate) const REFERENCE: &str = "_id";

/// What stands behind an item's name in its question for a photograph.
pub(crate) const PHOTO: &str = "_photo";

/// What stands behind an item's name in the question for a figure, which devices write with a decimal point.
pub(crate) const FIGURE: &str = "_observed";

/// What is asked of an item: what stands behind its name, and the field that the answer belongs to.
pub(crate) const ASKED: [(&str, &str); 7] = [
    ("", "answer"),
    (FIGURE, "observed"),
    ("_values", "observed"),
    ("_note", "note"),
    ("_action", "action.what"),
    ("_owner", "action.owner"),
    ("_due", "action.due"),
];

/// The fields of the head that are asked or calculated under their own names.
pub(crate) const HEAD: [&str; 5] = ["date", "time", "site", "auditor", "edition"];

/// The answers, and what they are called in the form: a choice may hold no space and no stroke.
pub(crate) const ANSWERS: [(&str, &str); 4] =
    [("met", "met"), ("not met", "not_met"), ("n/a", "n_a"), ("not observed", "not_observed")];

/// The name of an item's question.
pub(crate) fn item(number: usize) -> String {
    format!("{ITEM}{number}")
}

/// The name of the calculation that holds what the form was limited to by that filter.
pub(crate) fn scope(key: &str) -> String {
    format!("scope_{}", key.replace('-', "_"))
}

/// The number in the name of an item's question, and what stands behind it.
pub(super) fn of_item(name: &str) -> Option<(usize, &str)> {
    let rest = name.strip_prefix(ITEM)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    Some((rest[..digits].parse().ok()?, &rest[digits..]))
}

/// The label of the filter whose limits a calculation holds.
pub(super) fn of_scope(name: &str) -> Option<&'static str> {
    FilterKey::KEYS.iter().zip(FilterKey::LABELS).find(|(key, _)| scope(key) == name).map(|(_, label)| *label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_again() {
        for (number, behind) in [(1, ""), (27, "_id"), (300, "_observed")] {
            assert_eq!(of_item(&format!("{}{behind}", item(number))), Some((number, behind)));
        }
        for name in ["q_", "q_x", "query", "", "_q_1", "q_99999999999999999999999"] {
            assert_eq!(of_item(name), None, "{name}");
        }
        for (key, label) in FilterKey::KEYS.iter().zip(FilterKey::LABELS) {
            assert_eq!(of_scope(&scope(key)), Some(*label));
        }
        assert_eq!(of_scope("scope_colour"), None);
    }
}
