//! Writing results into files. An author's files are replaced by `edit` alone; here is what can be made again.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};

use super::out::said;

/// Writes a result into a file that the user named: in one step, so that nobody reads half of it. What is no ordinary file,
/// such as a pipe, is written to.
///
/// # Errors
/// When it cannot be written.
pub fn overwrite(file: &Path, bytes: &[u8]) -> Result<()> {
    let wrong = |error: std::io::Error| anyhow!("cannot write `{}`: {}", file.display(), said(&error));
    match fs::metadata(file) {
        Ok(known) if known.is_dir() => Err(anyhow!("cannot write `{}`: it is a folder", file.display())),
        Ok(known) if known.is_file() => replace(&file.canonicalize().map_err(wrong)?, bytes).map_err(wrong),
        Ok(_) => {
            fs::OpenOptions::new().write(true).open(file).and_then(|mut open| open.write_all(bytes)).map_err(wrong)
        }
        Err(_) => replace(file, bytes).map_err(wrong),
    }
}

/// Replaces a file in one step. Not synced: what is written here can be made again at any time.
///
/// # Errors
/// What the system says.
pub(super) fn replace(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = match file.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".gamma-ok-").suffix(".tmp");
    // A temporary file is private by default; this one is to be read by whoever may read its neighbours.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut temporary = builder.tempfile_in(folder)?;
    temporary.write_all(bytes)?;
    if let Ok(known) = fs::metadata(file) {
        fs::set_permissions(temporary.path(), known.permissions())?;
    }
    temporary.persist(file).map_err(|error| error.error)?;
    Ok(())
}
