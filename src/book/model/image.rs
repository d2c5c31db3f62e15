//! Pictures that an author shows: of a standard, a step, a phase, a role-play, or in a chapter.

use std::sync::Arc;

use crate::book::{Spanned, Text};
use crate::message::Message;
use crate::say;

/// No side of a picture has more pixels, and all of it has no more: what decodes it needs four bytes for each.
const MAX_SIDE: usize = 8_000;
const MAX_PIXELS: usize = 24_000_000;

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
#[derive(Clone, Debug)]
pub struct ImageContent {
    /// Its format.
    pub kind: ImageKind,
    /// The file as it is.
    pub bytes: Arc<[u8]>,
    /// How wide it is, in whatever it is measured in.
    pub width: usize,
    /// How high it is, in the same.
    pub height: usize,
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

/// Why a file cannot be shown.
#[derive(Debug)]
pub enum NotShown {
    /// It is no picture of those formats.
    Unknown,
    /// It has too many pixels: so many by so many.
    TooLarge(usize, usize),
}

impl NotShown {
    /// It as a sentence for people.
    pub fn message(&self) -> Message {
        match self {
            NotShown::Unknown => say!("it is no PNG, JPEG or SVG"),
            NotShown::TooLarge(width, height) => {
                say!("it has {width} × {height} pixels, which is more than documents show", width, height)
            }
        }
    }
}

impl ImageContent {
    /// What the bytes of a file are, by what they begin with and not by the file's name.
    ///
    /// # Errors
    /// When they are no picture, or one with too many pixels.
    pub fn of(bytes: Vec<u8>) -> Result<Self, NotShown> {
        let kind = match imagesize::image_type(&bytes) {
            Ok(imagesize::ImageType::Png) => ImageKind::Png,
            Ok(imagesize::ImageType::Jpeg) => ImageKind::Jpeg,
            _ => ImageKind::Svg,
        };
        let (width, height) = match kind {
            ImageKind::Svg => svg_size(&bytes).ok_or(NotShown::Unknown)?,
            _ => imagesize::blob_size(&bytes).map(|size| (size.width, size.height)).map_err(|_| NotShown::Unknown)?,
        };
        if width == 0 || height == 0 {
            return Err(NotShown::Unknown);
        }
        let is_large = width > MAX_SIDE || height > MAX_SIDE || width.saturating_mul(height) > MAX_PIXELS;
        if kind != ImageKind::Svg && is_large {
            return Err(NotShown::TooLarge(width, height));
        }
        Ok(ImageContent { kind, bytes: bytes.into(), width, height })
    }
}

/// The size that an SVG names in its first element; 4 to 3 where it names none. None for what is no SVG.
fn svg_size(bytes: &[u8]) -> Option<(usize, usize)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let start = text.find("<svg")?;
    // Before it stand a declaration, comments and a type at most.
    let head = text[..start].trim_start_matches('\u{feff}').trim_start();
    if !(head.is_empty() || head.starts_with('<')) {
        return None;
    }
    let tag = text[start..].split_once('>')?.0;
    let attribute = |name: &str| {
        let after = tag.split_once(&format!(" {name}="))?.1;
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        after[1..].split_once(quote).map(|(value, _)| value)
    };
    let number = |text: &str| {
        let digits: String = text.trim().chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let value: f64 = digits.parse().ok()?;
        (1.0..=1e6).contains(&value).then_some(value.round() as usize)
    };
    let in_box = attribute("viewBox").and_then(|view| {
        let parts: Vec<&str> = view.split([' ', ',']).filter(|part| !part.is_empty()).collect();
        Some((number(parts.get(2)?)?, number(parts.get(3)?)?))
    });
    let own = || {
        let plain = |text: &&str| !text.ends_with('%');
        let side = |name: &str| number(attribute(name).filter(plain)?);
        Some((side("width")?, side("height")?))
    };
    Some(in_box.or_else(own).unwrap_or((400, 300)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The head of a PNG of that size.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
        bytes
    }

    fn size(bytes: &[u8]) -> Option<(usize, usize)> {
        ImageContent::of(bytes.to_vec()).ok().map(|content| (content.width, content.height))
    }

    #[test]
    fn a_picture_is_known_by_what_is_in_it() {
        assert_eq!(size(&png(640, 480)), Some((640, 480)));
        assert_eq!(size(b"<?xml version=\"1.0\"?><svg xmlns=\"x\" viewBox=\"0 0 30 20\"/>"), Some((30, 20)));
        assert_eq!(size(b"<svg width='12px' height='9px'></svg>"), Some((12, 9)));
        assert_eq!(size(b"<svg width=\"100%\" height=\"100%\"></svg>"), Some((400, 300)));
        for wrong in [&b"GIF89a"[..], b"", b"text with <svg >", b"\xff\xd8\xff", b"%PDF-1.7"] {
            assert!(matches!(ImageContent::of(wrong.to_vec()), Err(NotShown::Unknown)), "{wrong:?}");
        }
    }

    #[test]
    fn a_picture_that_would_fill_the_memory_is_refused() {
        for (width, height) in [(20_000, 10), (7_000, 7_000), (u32::MAX, u32::MAX)] {
            assert!(matches!(ImageContent::of(png(width, height)), Err(NotShown::TooLarge(..))), "{width}");
        }
        assert!(matches!(ImageContent::of(png(0, 10)), Err(NotShown::Unknown)));
    }
}
