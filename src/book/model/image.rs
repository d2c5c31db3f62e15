//! Pictures that an author shows: of a standard, a step, a phase, a role-play, or in a chapter.

use std::sync::Arc;

use crate::book::{Spanned, Text};

/// A picture and what it shows, in words.
#[derive(Clone, Debug)]
pub struct Image {
    /// Its path from the book's folder.
    pub file: Spanned<String>,
    /// What it shows, for whoever does not see it.
    pub alt: Text,
    /// What the file holds; none until it was read.
    pub content: Option<Arc<ImageContent>>,
}

/// What a picture's file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageContent {
    /// Its format.
    pub kind: ImageKind,
    /// The file, with nothing in it but the picture.
    pub bytes: Arc<[u8]>,
    /// How wide it is, in whatever it is measured in.
    pub width: usize,
    /// How high it is, in the same.
    pub height: usize,
    /// How its points are to be turned until they stand as they are seen, from 1 to 8 as EXIF counts: 1 is not at all. Width and
    /// height are as it is seen.
    pub turned: u8,
}

/// The formats that every document can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// SVG: shown as a picture, so that no script in it runs and nothing is fetched.
    Svg,
}

impl ImageKind {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            ImageKind::Png => "png",
            ImageKind::Jpeg => "jpg",
            ImageKind::Svg => "svg",
        }
    }

    /// What it is called on the web.
    pub fn media_type(self) -> &'static str {
        match self {
            ImageKind::Png => "image/png",
            ImageKind::Jpeg => "image/jpeg",
            ImageKind::Svg => "image/svg+xml",
        }
    }
}
