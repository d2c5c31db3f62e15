//! A picture as documents show it: in the document itself, in words too.

use std::collections::BTreeMap;

use base64::prelude::{BASE64_STANDARD as BASE64, Engine};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::prose::Prose;
use super::scope::Scope;
use crate::book::{Image, ImageContent};
use crate::text::hex;

/// A picture in one language.
#[derive(Clone, Debug, Serialize)]
pub struct ImageView {
    /// Its path from the book's folder.
    pub file: String,
    /// A name by its content, the same wherever it is shown.
    pub name: String,
    /// A number by its content.
    pub number: u32,
    /// `png`, `jpg` or `svg`.
    pub ending: &'static str,
    /// The picture as a `data:` address.
    pub data: String,
    /// What it shows.
    pub alt: Prose,
    /// The same in characters alone.
    pub words: String,
    /// How wide it is.
    pub width: usize,
    /// How high it is.
    pub height: usize,
    /// How its points are to be turned, from 1 to 8 as EXIF counts; width and height are as it is seen.
    pub turned: u8,
}

impl ImageView {
    fn of(file: &str, content: &ImageContent, alt: Prose) -> Self {
        let digest = Sha256::digest(&content.bytes);
        let name = format!("picture-{}", hex(&digest[..6]));
        let number = digest.iter().take(4).fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte));
        let ImageContent { kind, width, height, turned, .. } = content;
        ImageView {
            file: file.to_owned(),
            name,
            // Office counts up to half of what 32 bits hold, from 1.
            number: number / 2 + 1,
            ending: kind.ending(),
            data: address(content),
            words: alt.characters(),
            alt,
            width: *width,
            height: *height,
            turned: *turned,
        }
    }
}

/// A picture as a `data:` address.
pub(super) fn address(content: &ImageContent) -> String {
    format!("data:{};base64,{}", content.kind.media_type(), BASE64.encode(&content.bytes))
}

impl Scope<'_> {
    /// A picture as documents show it; none where there is none, or its file could not be read.
    pub(super) fn image(&self, image: &Option<Image>) -> Option<ImageView> {
        let image = image.as_ref()?;
        Some(ImageView::of(&image.file.value, image.content.as_ref()?, self.prose(&image.alt)))
    }

    /// The pictures that a chapter names, by what it names them by. What each shows stands in the chapter.
    pub(super) fn images_in(&self, markdown: &str) -> BTreeMap<String, ImageView> {
        let all = self.book.images.iter().filter(|(path, _)| markdown.contains(path.as_str()));
        all.map(|(path, content)| (path.clone(), ImageView::of(path, content, Prose::default()))).collect()
    }
}
