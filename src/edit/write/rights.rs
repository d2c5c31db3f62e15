//! Who may do what with a file that is replaced: as before, or it is not replaced.

use std::fs;
use std::path::Path;

use super::WriteError;
use crate::say;
use crate::source::system_says;

/// Sees to it that a file may be replaced at all: that nobody said it is only to be read, and that it has no other name, which
/// would go on to show the old text.
pub(super) fn may_be_replaced(path: &str, target: &Path) -> Result<(), WriteError> {
    let known = fs::metadata(target).map_err(|error| super::system(path, &error))?;
    if known.permissions().readonly() {
        return Err(WriteError::ReadOnly(path.to_owned()));
    }
    #[cfg(unix)]
    if std::os::unix::fs::MetadataExt::nlink(&known) > 1 {
        return Err(WriteError::Linked(path.to_owned()));
    }
    Ok(())
}

/// Sees to it that the folder of a file may be written to. Whoever administers a machine may write everywhere, and is asked
/// not to all the same.
#[cfg(unix)]
pub(super) fn folder_is_open(path: &str, target: &Path) -> Result<(), WriteError> {
    let folder = target.parent().and_then(|folder| fs::metadata(folder).ok());
    match folder.is_some_and(|folder| folder.permissions().readonly()) {
        true => Err(WriteError::ReadOnlyFolder(path.to_owned())),
        false => Ok(()),
    }
}

#[cfg(not(unix))]
pub(super) fn folder_is_open(_path: &str, _target: &Path) -> Result<(), WriteError> {
    // There the mark on a folder means something else.
    Ok(())
}

/// Gives the new file the owner, the mode and the attributes of the old, access lists among them.
#[cfg(unix)]
pub(super) fn keep(path: &str, old: &Path, new: &Path) -> Result<(), WriteError> {
    use std::os::unix::fs::{MetadataExt, chown};
    let system = |error: std::io::Error| super::system(path, &error);
    let lost = |loss| {
        move |error: std::io::Error| WriteError::Rights { path: path.to_owned(), loss, reason: system_says(&error) }
    };
    let (known, made) = (fs::metadata(old).map_err(system)?, fs::metadata(new).map_err(system)?);
    let differing = |old: u32, new: u32| (old != new).then_some(old);
    let (owner, group) = (differing(known.uid(), made.uid()), differing(known.gid(), made.gid()));
    if owner.is_some() || group.is_some() {
        chown(new, owner, group).map_err(lost(say!("its owner")))?;
    }
    fs::set_permissions(new, known.permissions()).map_err(lost(say!("its mode")))?;
    let names = |file: &Path| -> Vec<_> { xattr::list(file).map(Iterator::collect).unwrap_or_default() };
    let wanted = names(old);
    // What the folder gives every new file and the old one did not have.
    for name in names(new).iter().filter(|name| !wanted.contains(name)) {
        let _ = xattr::remove(new, name);
    }
    for name in &wanted {
        let value = xattr::get(old, name).ok().flatten();
        // Marks of the system are there already, and nobody else may set them.
        if value.is_some() && value != xattr::get(new, name).ok().flatten() {
            let loss = say!("its attribute `{name}`", name = name.to_string_lossy().into_owned());
            xattr::set(new, name, &value.unwrap_or_default()).map_err(lost(loss))?;
        }
    }
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn keep(path: &str, old: &Path, new: &Path) -> Result<(), WriteError> {
    let known = fs::metadata(old).map_err(|error| super::system(path, &error))?;
    fs::set_permissions(new, known.permissions()).map_err(|error| WriteError::Rights {
        path: path.to_owned(),
        loss: say!("its mode"),
        reason: system_says(&error),
    })
}
