//! A commit of files that the program wrote, and of nothing else: by plumbing, from an index of its own, so that what somebody
//! is about to commit stays as it is. No hook runs, nothing is signed, and no filter that a repository names sees the files.

use std::path::{Path, PathBuf};

use super::process::{run, run_with};
use super::{HistoryFault, Revision};

/// What git leaves lying while a merge, a rebase or the like is under way.
const UNDER_WAY: [&str; 6] =
    ["MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply", "BISECT_LOG"];

/// A file as it is to be committed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Committed<'a> {
    /// Path relative to the book, with `/`.
    pub path: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What is said of a commit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CommitDetails<'a> {
    /// Who wrote it.
    pub author: &'a str,
    /// The address that git asks of everybody.
    pub mail: &'a str,
    /// What it is.
    pub message: &'a str,
}

/// Whether a merge or the like is under way in the repository of `root`.
///
/// # Errors
/// Without git or a repository.
pub(crate) fn is_under_way(root: &Path) -> Result<bool, HistoryFault> {
    let folder = PathBuf::from(line(run(root, &["rev-parse", "--absolute-git-dir"], Vec::new())?));
    Ok(UNDER_WAY.iter().any(|name| folder.join(name).symlink_metadata().is_ok()))
}

/// Commits these files; none where the newest commit has them so already.
///
/// # Errors
/// What git refuses.
pub(crate) fn commit(
    root: &Path,
    files: &[Committed<'_>],
    saying: CommitDetails<'_>,
) -> Result<Option<Revision>, HistoryFault> {
    let top = PathBuf::from(line(run(root, &["rev-parse", "--show-toplevel"], Vec::new())?));
    let prefix = line(run(root, &["rev-parse", "--show-prefix"], Vec::new())?);
    let git = |arguments: &[&str], input: Vec<u8>| run(&top, arguments, input);
    let head = git(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"], Vec::new()).ok().map(line);
    let own = tempfile::tempdir().map_err(|error| HistoryFault::Failed(error.to_string()))?;
    let index = own.path().join("index");
    let index = [("GIT_INDEX_FILE", index.as_os_str())];
    if let Some(head) = &head {
        run_with(&top, &["read-tree", head], Vec::new(), &index)?;
    }
    let mut entries = Vec::new();
    let mut unstaged = Vec::new();
    for file in files {
        let path = format!("{prefix}{}", file.path);
        let content = line(git(&["hash-object", "-w", "--no-filters", "--stdin"], file.bytes.to_vec())?);
        let before = match &head {
            Some(head) => line(git(&["ls-tree", head, "--", &path], Vec::new())?),
            None => String::new(),
        };
        let mode = before.split(' ').next().filter(|mode| mode.starts_with("100")).unwrap_or("100644");
        let entry = format!("{mode} {content} 0\t{path}\0");
        // What somebody has made ready for a commit of their own is left as it is.
        let staged = line(git(&["ls-files", "--stage", "--", &path], Vec::new())?);
        let id = |entry: &str, index: usize| entry.split([' ', '\t']).nth(index).unwrap_or_default().to_owned();
        if id(&staged, 1) == id(&before, 2) {
            unstaged.push(entry.clone());
        }
        entries.push(entry);
    }
    run_with(&top, &["update-index", "-z", "--index-info"], entries.concat().into_bytes(), &index)?;
    let tree = line(run_with(&top, &["write-tree"], Vec::new(), &index)?);
    let before = match &head {
        Some(head) => line(git(&["rev-parse", "--verify", &format!("{head}^{{tree}}")], Vec::new())?),
        None => String::new(),
    };
    if tree == before {
        return Ok(None);
    }
    let CommitDetails { author, mail, message } = saying;
    let names = [
        ("GIT_AUTHOR_NAME", author.as_ref()),
        ("GIT_AUTHOR_EMAIL", mail.as_ref()),
        ("GIT_COMMITTER_NAME", author.as_ref()),
        ("GIT_COMMITTER_EMAIL", mail.as_ref()),
    ];
    let mut arguments = vec!["-c", "i18n.commitEncoding=UTF-8", "commit-tree", "--no-gpg-sign", &tree];
    if let Some(head) = &head {
        arguments.extend(["-p", head]);
    }
    let made = line(run_with(&top, &arguments, message.as_bytes().to_vec(), &names)?);
    // Somebody may have committed since: their commit is not lost, and this one is tried again by whoever asks.
    let none = "0".repeat(made.len());
    let old = head.as_deref().unwrap_or(&none);
    run_with(&top, &["update-ref", "-m", message, "HEAD", &made, old], Vec::new(), &names)?;
    if !unstaged.is_empty() {
        git(&["update-index", "-z", "--index-info"], unstaged.concat().into_bytes())?;
    }
    Ok(Some(Revision(made)))
}

/// What git printed on a line.
fn line(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned()
}
