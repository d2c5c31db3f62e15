//! Photographs that came beside a table of submissions: they are brought into the forms that name them.

use std::path::Path;

use base64::prelude::{BASE64_STANDARD as BASE64, Engine};

use crate::cli::forms::bytes;
use crate::forms::{Entry, Form, MEDIA, value};
use crate::message::Message;
use crate::say;

/// Puts the photographs that a form names, and that lie beside its table or in `media/` there, into the form as its page would
/// have saved them. What cannot be taken in is said, and the form names it no longer.
pub(super) fn bring(table: &Path, form: &mut Form) {
    let round = value(&form.head, "round").unwrap_or_default();
    let beside = table.parent().unwrap_or(Path::new(""));
    for item in &mut form.items {
        for photo in std::mem::take(&mut item.media) {
            match address(beside, &round, &photo.value) {
                Ok(value) => item.entries.push(Entry { label: MEDIA, value, ..photo }),
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

/// A photograph as a `data:` address.
fn address(beside: &Path, round: &str, name: &str) -> Result<String, Message> {
    if name.contains(['/', '\\', '\0']) || name.starts_with('.') {
        return Err(say!("this is no name of a file"));
    }
    let places = [beside.join("media").join(name), beside.join("media").join(round).join(name), beside.join(name)];
    let file = places.iter().find(|file| file.is_file());
    let file = file.ok_or_else(|| say!("there is no such file beside the table or in `media/` there"))?;
    let bytes = bytes(file).map_err(|error| Message::verbatim(error.to_string()))?;
    let kind = match bytes.as_slice() {
        [0xff, 0xd8, ..] => "jpeg",
        [0x89, b'P', b'N', b'G', ..] => "png",
        _ => return Err(say!("it is neither JPEG nor PNG")),
    };
    Ok(format!("data:image/{kind};base64,{}", BASE64.encode(&bytes)))
}
