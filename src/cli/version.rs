//! The book's version: the git commit that last touched it, asked of the installed git.

use std::path::Path;
use std::process::Stdio;

use crate::source::git_command;

/// After the commit, where the folder differs from it.
const CHANGED: char = '+';

/// The commit that last touched the book, with a `+` where the book was changed since; none outside a repository, or
/// where there is no git. The commit of the book's folder, not the newest one, so that work elsewhere in the repository
/// does not give the book another version.
pub fn of(root: &Path) -> Option<String> {
    // So many digits in every repository: git's own choice grows with the number of objects.
    let commit = git(root, &["log", "-1", "--abbrev=10", "--format=%h", "--", "."])?;
    let commit = commit.trim();
    if commit.is_empty() || !commit.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    // What `build` writes is no change of the book.
    let changes = git(root, &["status", "--porcelain", "--untracked-files=normal", "--", ".", ":(exclude)out"])?;
    Some(if changes.trim().is_empty() { commit.to_owned() } else { format!("{commit}{CHANGED}") })
}

fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let output = git_command(root).args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8(output.stdout).ok()).flatten()
}
