"""What every package says of the project: read from Cargo.toml, so that it is said once."""

import hashlib
import os
import pathlib
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
CARGO = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]
NAME, VERSION, ABOUT, LICENCE = CARGO["name"], CARGO["version"], CARGO["description"], CARGO["license"]
REPOSITORY = CARGO["repository"]
LICENCES = ["LICENSE-APACHE", "LICENSE-MIT"]

# Where a release is built for: the tags of its wheel, and what npm calls its system and processor. A binary that is linked
# against musl alone runs with any C library, so one wheel serves all of Linux.
TARGETS = {
    "x86_64-unknown-linux-musl": (["manylinux_2_17_x86_64", "manylinux2014_x86_64", "musllinux_1_1_x86_64"], "linux", "x64"),
    "aarch64-unknown-linux-musl": (["manylinux_2_17_aarch64", "manylinux2014_aarch64", "musllinux_1_1_aarch64"], "linux", "arm64"),
    "x86_64-apple-darwin": (["macosx_10_12_x86_64"], "darwin", "x64"),
    "aarch64-apple-darwin": (["macosx_11_0_arm64"], "darwin", "arm64"),
    "x86_64-pc-windows-msvc": (["win_amd64"], "win32", "x64"),
}


def is_windows(target):
    """Whether the target's programs end in .exe and its archives are zip."""
    return "windows" in target


def program(target):
    """The file name of the program."""
    return NAME + (".exe" if is_windows(target) else "")


def folder(target):
    """The folder inside an archive."""
    return f"{NAME}-{VERSION}-{target}"


def archive(target):
    """The file name of an archive."""
    return folder(target) + (".zip" if is_windows(target) else ".tar.gz")


def url(target):
    """Where a release has an archive."""
    return f"{REPOSITORY}/releases/download/v{VERSION}/{archive(target)}"


def npm_name(target):
    """The npm package that holds one system's program."""
    _, system, processor = TARGETS[target]
    return f"@{NAME}/{system}-{processor}"


def made_at():
    """The time that archives carry, so that the same files give the same bytes."""
    return int(os.environ.get("SOURCE_DATE_EPOCH", "315619200"))  # 1980-01-02, the first day that zip knows everywhere


def sha256(path):
    """The hash of a file, in hexadecimal digits."""
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
