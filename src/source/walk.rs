//! The files below a folder on disk: each folder once, whatever links lead to it.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::io::ErrorKind::PermissionDenied;
use std::path::{Path, PathBuf};

use super::disk::in_cloud;
use super::{Disk, Listed, Refusal, system_says};
use crate::say;

/// What was found so far.
struct Walk<'a> {
    disk: &'a Disk,
    endings: &'a [&'a str],
    /// Whether a link to a file that is listed already is one more.
    each_name: bool,
    /// The folders that were looked into, where they really are.
    folders: HashSet<PathBuf>,
    /// The files that are listed, where they really are.
    files: HashSet<PathBuf>,
    /// Links still to be followed, by path: so which of two paths a file is listed by depends on nothing but their names.
    links: BTreeSet<String>,
    found: Vec<Listed>,
}

/// Lists the files below a folder of the book whose name ends in one of `endings`: what really stands there first, then
/// what links lead to.
pub(super) fn walk(disk: &Disk, folder: &str, endings: &[&str], each_name: bool) -> Vec<Listed> {
    let top = match disk.resolve(folder) {
        Ok(top) if top.is_dir() => top,
        Ok(_) => return vec![Err((folder.to_owned(), Refusal::System(say!("it is not a folder"))))],
        Err(Refusal::Missing) => return Vec::new(),
        Err(refusal) => return vec![Err((folder.to_owned(), of_link(disk, folder, refusal)))],
    };
    // What contains the folder is not in it, whatever a link says.
    let folders = top.ancestors().skip(1).map(ToOwned::to_owned).collect();
    let (files, links, found) = (HashSet::new(), BTreeSet::new(), Vec::new());
    let mut walk = Walk { disk, endings, each_name, folders, files, links, found };
    walk.folder(folder.to_owned(), top);
    while let Some(link) = walk.links.pop_first() {
        walk.link(link);
    }
    walk.found.sort_by(|a, b| path(a).cmp(path(b)));
    walk.found
}

/// The path of what is listed.
pub(super) fn path(listed: &Listed) -> &str {
    match listed {
        Ok(path) | Err((path, _)) => path,
    }
}

/// Why a link leads nowhere.
fn of_link(disk: &Disk, link: &str, refusal: Refusal) -> Refusal {
    match refusal {
        // What the system says of links in a ring has no kind of its own.
        Refusal::System(_) => match disk.root().join(link).canonicalize() {
            Err(error) if error.kind() != PermissionDenied => {
                Refusal::System(say!("too many links lead to one another"))
            }
            _ => refusal,
        },
        _ => refusal,
    }
}

impl Walk<'_> {
    /// What really stands below a folder; its links are put by.
    fn folder(&mut self, path: String, full: PathBuf) {
        let mut folders = vec![(path, full)];
        while let Some((folder, full)) = folders.pop() {
            if !self.folders.insert(full.clone()) {
                continue;
            }
            let entries = match fs::read_dir(&full) {
                Ok(entries) => entries,
                Err(error) => {
                    self.refuse(folder, Refusal::System(system_says(&error)));
                    continue;
                }
            };
            for entry in entries {
                let (entry, kind) = match entry.and_then(|entry| Ok((entry.file_name(), entry.file_type()?))) {
                    Ok(known) => known,
                    Err(error) => {
                        self.refuse(folder.clone(), Refusal::System(system_says(&error)));
                        continue;
                    }
                };
                let name = entry.to_string_lossy();
                let path = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
                if name.starts_with('.') {
                    // The file that it stands for is listed, and whoever reads it is told where it is.
                    let file = in_cloud(&name).filter(|_| kind.is_file()).map(path);
                    self.found.extend(file.filter(|path| self.is_wanted(path)).map(Ok));
                    continue;
                }
                let path = path(&name);
                if entry.to_str().is_none() {
                    self.refuse(path, Refusal::Unnameable);
                } else if kind.is_dir() {
                    folders.push((path, full.join(&entry)));
                } else if kind.is_symlink() {
                    self.links.insert(path);
                } else if self.is_wanted(&path) {
                    self.files.insert(full.join(&entry));
                    self.found.push(Ok(path));
                }
            }
        }
    }

    /// What a link leads to.
    fn link(&mut self, path: String) {
        match self.disk.resolve(&path) {
            Ok(full) if full.is_dir() => match self.is_around(&path, &full) {
                true => self.refuse(path, Refusal::Loop),
                false => self.folder(path, full),
            },
            Ok(full) => {
                if self.is_wanted(&path) && (self.files.insert(full) || self.each_name) {
                    self.found.push(Ok(path));
                }
            }
            Err(refusal) => {
                let refusal = of_link(self.disk, &path, refusal);
                self.refuse(path, refusal);
            }
        }
    }

    /// Whether a folder contains a link.
    fn is_around(&self, link: &str, folder: &Path) -> bool {
        let parent = link.rsplit_once('/').map_or("", |(parent, _)| parent);
        self.disk.resolve(parent).is_ok_and(|parent| parent.starts_with(folder))
    }

    fn is_wanted(&self, path: &str) -> bool {
        self.endings.iter().any(|ending| path.ends_with(ending))
    }

    fn refuse(&mut self, path: String, refusal: Refusal) {
        self.found.push(Err((path, refusal)));
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::source::World;

    /// What is listed of a folder `s` with these files and links.
    #[expect(clippy::disallowed_methods, reason = "files of the test's own folder")]
    fn listed(files: &[&str], links: &[(&str, &str)], each_name: bool) -> Vec<String> {
        let folder = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, file).expect("a file");
        }
        fs::create_dir_all(folder.path().join("s")).expect("a folder");
        for (link, target) in links {
            symlink(target, folder.path().join(link)).expect("a link");
        }
        let disk = Disk::new(folder.path(), chrono::NaiveDate::default()).expect("a folder");
        let found = if each_name { disk.list_names("s", &[".y"]) } else { disk.list("s", &[".y"]) };
        let shown = |item: Listed| item.unwrap_or_else(|(path, refusal)| format!("{path}: {refusal}"));
        found.into_iter().map(shown).collect()
    }

    #[test]
    fn each_folder_is_looked_into_once() {
        let back = "the link leads to a folder that it stands in itself";
        let links = [("s/a", "."), ("s/b", "..")];
        assert_eq!(
            listed(&["s/x.y", "o.y"], &links, false),
            [&format!("s/a: {back}"), &format!("s/b: {back}"), "s/x.y"]
        );
        let links = [("s/a", "d"), ("s/d/e", "../d")];
        assert_eq!(listed(&["s/d/x.y"], &links, false), [&format!("s/d/e: {back}"), "s/d/x.y"]);
        assert_eq!(listed(&["o/x.y"], &[("s/b", "../o"), ("s/a", "../o")], false), ["s/a/x.y"]);
        assert_eq!(listed(&["o/x.y"], &[("o/p", "../q"), ("q", "s"), ("s/a", "../o")], false), ["s/a/x.y"]);
        assert_eq!(
            listed(&["s/x.y"], &[("s/a", "b"), ("s/b", "a")], false),
            ["s/a: too many links lead to one another", "s/b: too many links lead to one another", "s/x.y"]
        );
    }

    #[test]
    fn each_file_is_listed_once_unless_its_name_counts() {
        let links = [("s/a.y", "x.y"), ("s/b.y", "../o.y"), ("s/c.y", "../o.y")];
        assert_eq!(listed(&["s/x.y", "o.y"], &links, false), ["s/b.y", "s/x.y"]);
        assert_eq!(listed(&["s/x.y", "o.y"], &links, true), ["s/a.y", "s/b.y", "s/c.y", "s/x.y"]);
    }

    #[test]
    fn links_that_lead_nowhere_are_told() {
        assert_eq!(listed(&[], &[("s/a.y", "gone.y"), ("s/d", "gone")], false).len(), 2);
        assert_eq!(listed(&[], &[("s/a", "/")], false), ["s/a: the path leads outside the book"]);
        assert_eq!(listed(&["s/x.y"], &[("s/.#x.y", "someone@somewhere")], false), ["s/x.y"]);
    }
}
