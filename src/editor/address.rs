//! Addresses of files as the protocol has them, and paths.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stands in an address as it is.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The path that an address leads to; none where it is no file of this machine.
pub(super) fn path_of(address: &str) -> Option<PathBuf> {
    let rest = address.strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    if !path.starts_with('/') {
        return None;
    }
    let path = percent_decode_str(path).decode_utf8().ok()?;
    // `/c:/books` is a path of Windows.
    let is_drive = path.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) && path.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if is_drive { &path[1..] } else { &path }))
}

/// The address of a path.
pub(super) fn address_of(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let root = if path.starts_with('/') { "" } else { "/" };
    format!("file://{root}{}", utf8_percent_encode(&path, KEPT))
}

/// An address as the protocol's types hold it; none where it is none.
pub(super) fn uri(address: &str) -> Option<Uri> {
    Uri::from_str(address).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_again() {
        for path in ["/books/Wisła & Odra/gamma-ok.yaml", "/a b/100%/#1?.yaml", "/x"] {
            assert_eq!(path_of(&address_of(Path::new(path))), Some(PathBuf::from(path)));
            assert!(uri(&address_of(Path::new(path))).is_some());
        }
    }

    #[test]
    fn what_is_no_file_here_has_no_path() {
        assert_eq!(path_of("untitled:Untitled-1"), None);
        assert_eq!(path_of("https://example.org/a.yaml"), None);
        assert_eq!(path_of("file://elsewhere/a.yaml"), None);
        assert_eq!(path_of("file:///%ff"), None);
        assert_eq!(path_of("file:///c%3A/books/a.yaml"), Some(PathBuf::from("c:/books/a.yaml")));
    }
}
