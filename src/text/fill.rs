//! Templates with named holes: `{name}`. What is made of a template, in whatever language, is made here.

/// Whether a byte may stand in the name of a hole.
pub const fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_' || byte == b'-'
}

/// Replaces each `{name}` by its value, once through, so that a brace in a value stays what it is. A brace that does not
/// enclose a name, and a name that has no value, are left as they stand.
pub fn fill(template: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        filled.push_str(before);
        let name = after[1..].split('}').next().unwrap_or_default();
        let is_hole = after.len() > name.len() + 1 && !name.is_empty() && name.bytes().all(is_of_name);
        match is_hole.then(|| value(name)).flatten() {
            Some(value) => {
                filled.push_str(&value);
                rest = &after[name.len() + 2..];
            }
            None => {
                filled.push('{');
                rest = &after[1..];
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// The names of a template's holes, each once, in alphabetical order.
pub fn holes(template: &str) -> Vec<String> {
    let names = std::cell::RefCell::new(std::collections::BTreeSet::new());
    fill(template, |name| {
        names.borrow_mut().insert(name.to_owned());
        Some(String::new())
    });
    names.into_inner().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_between_braces_are_holes() {
        let value = |name: &str| (name != "y").then(|| format!("<{name}}}>"));
        assert_eq!(fill("a {x} b {y} {z-1} {Z} {} {", value), "a <x}> b {y} <z-1}> {Z} {} {");
        assert_eq!(holes("{{code}: {b} {code} {} {X}"), ["b", "code"]);
    }
}
