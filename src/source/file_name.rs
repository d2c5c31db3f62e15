//! Names that a file can have on every system: a book that is made on one is opened on another.

use crate::message::Message;
use crate::say;

/// Names that Windows keeps for devices, whatever ending follows.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Why a file or folder cannot have that name on some system; none where it can.
pub fn unportable(name: &str) -> Option<Message> {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = ["com", "lpt"].iter().filter_map(|device| stem.strip_prefix(device));
    let is_numbered = numbered.into_iter().any(|rest| {
        let mut digits = rest.chars();
        digits.next().is_some_and(|digit| matches!(digit, '0'..='9' | '¹' | '²' | '³')) && digits.next().is_none()
    });
    if DEVICES.contains(&stem.as_str()) || is_numbered {
        return Some(say!("Windows keeps the name `{name}` for itself", name));
    }
    if let Some(letter) = name.chars().find(|letter| r#"<>:"/\|?*"#.contains(*letter) || letter.is_control()) {
        return Some(say!(
            "on Windows no name has the character `{letter}`",
            letter = letter.escape_debug().to_string()
        ));
    }
    if name.is_empty() || name.ends_with(['.', ' ']) {
        return Some(say!("on Windows no name ends in a dot or a blank"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::unportable;

    #[test]
    fn names_that_windows_cannot_have_are_found() {
        for name in [
            "CON",
            "con.yaml",
            "Aux.tar.gz",
            "COM1",
            "lpt9.txt",
            "COM¹",
            "nul .yaml",
            "a:b",
            "a|b",
            "a\nb",
            "a.",
            "a ",
            "",
        ] {
            assert!(unportable(name).is_some(), "{name:?}");
        }
        for name in ["2026", "console.yaml", "com.yaml", "com10.yaml", "łódź.yaml", ".gitignore", "a b.md", "lpt"] {
            assert!(unportable(name).is_none(), "{name:?}");
        }
    }
}
