//! The explanation of each rule as a page beside the program's other caches, and what an editor opens of the built-in library,
//! so that links lead somewhere without a network and without a book being written to.

use std::path::{Path, PathBuf};

use super::address::{address_of, uri};
use crate::check::explain;
use crate::diag::Code;
use crate::language::Interface;
use crate::message::Message;
use crate::text::hex;

/// Writes the page of a rule in a language, if it is not there yet, and gives its address; none where it cannot be written.
pub(super) fn page(folder: &Path, code: Code, interface: &Interface) -> Option<lsp_types::Uri> {
    library_file(folder, &format!("{}/{}.md", interface.tag(), code.word()), &explain(code, interface))
}

/// Writes a file of the built-in library where an editor can open it, if it is not there yet, and gives its address.
#[expect(clippy::disallowed_methods, reason = "a page or a copy of the program's own, in no book")]
pub(super) fn library_file(folder: &Path, path: &str, text: &str) -> Option<lsp_types::Uri> {
    let path = folder.join(env!("CARGO_PKG_VERSION")).join(path);
    if std::fs::read_to_string(&path).ok().as_deref() != Some(text) {
        std::fs::create_dir_all(path.parent()?).ok()?;
        std::fs::write(&path, text).ok()?;
    }
    uri(&address_of(&path))
}

/// Whether something is said of a book for the first time on this machine; it is not the first time again. Where nothing can be
/// kept it always is.
#[expect(clippy::disallowed_methods, reason = "a mark of the program's own, in no book")]
pub(super) fn is_first(folder: &Path, root: &Path, message: &Message) -> bool {
    use sha2::{Digest, Sha256};

    let name = Sha256::digest(format!("{}\n{}", root.display(), &**message));
    let name = hex(&name[..16]);
    let path = folder.join("said").join(name);
    if path.exists() {
        return false;
    }
    // A mark that cannot be left is a remark that comes once more.
    let _ = std::fs::create_dir_all(folder.join("said")).and_then(|()| std::fs::write(path, ""));
    true
}

/// The folder that the system has for what programs can make again; none where it has none.
pub fn cache_folder() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let folder = match std::env::consts::OS {
        "windows" => named("LOCALAPPDATA"),
        "macos" => named("HOME").map(|home| home.join("Library").join("Caches")),
        _ => named("XDG_CACHE_HOME").or_else(|| named("HOME").map(|home| home.join(".cache"))),
    };
    folder.map(|folder| folder.join("gamma-ok").join("explain"))
}
