//! Photographs that came with a table of submissions: they are brought into the forms that name them.

use std::path::Path;

use base64::prelude::{BASE64_STANDARD as BASE64, Engine};

use crate::audit::filled::small;
use crate::cli::forms::bytes;
use crate::forms::archive::Archive;
use crate::forms::{Form, FormEntry, MEDIA, value};
use crate::message::Message;
use crate::say;

/// Puts the photographs that a form names into the form as its page would have saved them: those in the archive that its table
/// came in, beside its table, in `media/` there, or in an archive of photographs alone. What cannot be taken in is said, and the
/// form names it no longer.
pub(super) fn bring(table: &Path, own: Option<usize>, archives: &mut [Archive], form: &mut Form) {
    let round = value(&form.head, "round").unwrap_or_default();
    let beside = table.parent().unwrap_or(Path::new(""));
    for item in &mut form.items {
        for photo in std::mem::take(&mut item.media) {
            match found(beside, own, archives, &round, &photo.value).and_then(|bytes| address(&bytes)) {
                Ok(value) => item.entries.push(FormEntry { label: MEDIA, value, ..photo }),
                Err(why) => form.remarks.push(say!(
                    "the photograph `{name}` of item {number} is not taken in: {why}",
                    name = &photo.value,
                    number = item.number.clone().unwrap_or_default(),
                    why
                )),
            }
        }
    }
}

/// The bytes of a photograph.
fn found(
    beside: &Path,
    own: Option<usize>,
    archives: &mut [Archive],
    round: &str,
    name: &str,
) -> Result<Vec<u8>, Message> {
    if name.contains(['/', '\\', '\0']) || name.starts_with('.') {
        return Err(say!("this is no name of a file"));
    }
    let own = own.and_then(|own| archives.get_mut(own));
    if let Some(bytes) = own.and_then(|own| own.photograph(round, name)) {
        return Ok(bytes);
    }
    let places = [beside.join("media").join(name), beside.join("media").join(round).join(name), beside.join(name)];
    if let Some(file) = places.iter().find(|file| file.is_file()) {
        return bytes(file).map_err(|error| Message::verbatim(error.to_string()));
    }
    let mut albums = archives.iter_mut().filter(|archive| archive.is_album());
    albums
        .find_map(|album| album.photograph(round, name))
        .ok_or_else(|| say!("there is no such file in the archive, beside the table or in `media/` there"))
}

/// A photograph as a `data:` address.
fn address(bytes: &[u8]) -> Result<String, Message> {
    let kind = match bytes {
        [0xff, 0xd8, ..] => "jpeg",
        [0x89, b'P', b'N', b'G', ..] => "png",
        _ => return Err(say!("it is neither JPEG nor PNG")),
    };
    let bytes = small(bytes.to_vec()).ok_or_else(|| say!("it is damaged, or larger than cameras make them"))?;
    let kind = if bytes.starts_with(&[0xff, 0xd8]) { "jpeg" } else { kind };
    Ok(format!("data:image/{kind};base64,{}", BASE64.encode(bytes)))
}
