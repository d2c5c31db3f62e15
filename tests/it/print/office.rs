//! LibreOffice as a second reader. A test that needs it is skipped where it is lacking, unless it must run.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Recalculates every file on opening, whatever program wrote it.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

/// Opens a file in LibreOffice and gives what it saves in another format; none where there is no LibreOffice.
pub fn converted(bytes: &[u8], ending: &str, to: &str) -> Option<Vec<u8>> {
    let Some(program) = program() else {
        assert!(std::env::var_os("GAMMA_OK_REQUIRE_PROGRAMS").is_none(), "LibreOffice is required and is not there");
        return None;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let user = folder.path().join("profile/user");
    std::fs::create_dir_all(&user).expect("a folder");
    std::fs::write(user.join("registrymodifications.xcu"), PROFILE).expect("written");
    let input = folder.path().join(format!("file.{ending}"));
    std::fs::write(&input, bytes).expect("written");
    let status = Command::new(program)
        .arg(format!("-env:UserInstallation=file://{}", folder.path().join("profile").display()))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(folder.path())
        .arg(&input)
        .output()
        .expect("LibreOffice starts");
    let made = folder.path().join(format!("file.{}", to.split(':').next().unwrap_or(to)));
    Some(std::fs::read(&made).unwrap_or_else(|_| panic!("nothing was made: {status:?}")))
}

fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders = std::env::split_paths(&path).collect::<Vec<_>>();
    let names = ["soffice", "libreoffice"];
    folders.iter().flat_map(|folder| names.map(|name| folder.join(name))).find(|file| Path::is_file(file))
}
