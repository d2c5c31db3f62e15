//! Pictures as authors give them → what documents carry: known by what is in them, bounded, and nothing left in them but the
//! picture. A drawing does nothing and fetches nothing; a photograph does not tell where and with what it was taken.

mod css;
mod drawing;
mod parts;
mod raster;

use super::model::{ImageContent, ImageKind};
use crate::message::Message;
use crate::say;

/// No side of a picture has more pixels, and all of it has no more: what decodes it needs four bytes for each.
const MAX_SIDE: usize = 8_000;
const MAX_PIXELS: usize = 24_000_000;

/// Why a file cannot be shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NotShown {
    /// It is no picture of those formats.
    Unknown,
    /// It ends too early, or is damaged.
    Damaged,
    /// It is no drawing that can be read: what XML says of it.
    NoXml(String),
    /// It has too many pixels: so many by so many.
    TooLarge(usize, usize),
    /// It is a drawing of too many parts.
    TooComplex,
}

impl NotShown {
    /// It as a sentence for people.
    pub(super) fn message(&self) -> Message {
        match self {
            NotShown::Unknown => say!("it is no PNG, JPEG or SVG"),
            NotShown::Damaged => say!("it is damaged, or ends too early"),
            NotShown::NoXml(reason) => say!("it is no SVG that can be read: {reason}", reason),
            NotShown::TooLarge(width, height) => {
                say!("it has {width} × {height} pixels, which is more than documents show", width, height)
            }
            NotShown::TooComplex => say!("it is a drawing of too many parts"),
        }
    }

    /// What to do about it.
    pub(super) fn help(&self) -> Message {
        match self {
            NotShown::TooLarge(..) => say!("make it smaller: 1600 pixels are enough for every document"),
            NotShown::TooComplex => say!("make it simpler, or save it as PNG"),
            _ => say!("save it once more as JPEG or PNG"),
        }
    }

    /// Whether a smaller file of the same picture would do.
    pub(super) fn is_size(&self) -> bool {
        matches!(self, NotShown::TooLarge(..) | NotShown::TooComplex)
    }
}

/// What the bytes of a file are, by what they begin with and not by the file's name.
///
/// # Errors
/// When they are no picture, or one that documents do not show.
pub(super) fn read(bytes: &[u8]) -> Result<ImageContent, NotShown> {
    let kind = match imagesize::image_type(bytes) {
        Ok(imagesize::ImageType::Png) => ImageKind::Png,
        Ok(imagesize::ImageType::Jpeg) => ImageKind::Jpeg,
        _ => {
            let drawn = drawing::read(std::str::from_utf8(bytes).map_err(|_| NotShown::Unknown)?)?;
            let (width, height) = drawn.size;
            return Ok(ImageContent {
                kind: ImageKind::Svg,
                bytes: drawn.text.into_bytes().into(),
                width,
                height,
                turned: 1,
            });
        }
    };
    let size = imagesize::blob_size(bytes).map_err(|_| NotShown::Damaged)?;
    let (width, height) = (size.width, size.height);
    if width == 0 || height == 0 {
        return Err(NotShown::Damaged);
    }
    if width > MAX_SIDE || height > MAX_SIDE || width.saturating_mul(height) > MAX_PIXELS {
        return Err(NotShown::TooLarge(width, height));
    }
    let (bytes, turned) = match kind {
        ImageKind::Png => (raster::png(bytes).ok_or(NotShown::Damaged)?, 1),
        _ => raster::jpeg(bytes).ok_or(NotShown::Damaged)?,
    };
    // A phone holds a picture as its sensor saw it, and says which side is up.
    let (width, height) = if turned > 4 { (height, width) } else { (width, height) };
    Ok(ImageContent { kind, bytes: bytes.into(), width, height, turned })
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

    #[test]
    fn what_is_no_picture_is_told() {
        for wrong in [&b"GIF89a"[..], b"", b"text with <svg >", b"%PDF-1.7", b"RIFF\x10\0\0\0WEBPVP8 "] {
            assert!(matches!(read(wrong), Err(NotShown::Unknown | NotShown::NoXml(_))), "{wrong:?}");
        }
        for cut in [&b"\xff\xd8\xff"[..], &png(640, 480)] {
            assert!(matches!(read(cut), Err(NotShown::Damaged | NotShown::Unknown)), "{cut:?}");
        }
    }

    #[test]
    fn a_picture_that_would_fill_the_memory_is_refused() {
        for (width, height) in [(20_000, 10), (7_000, 7_000), (u32::MAX, u32::MAX)] {
            assert!(matches!(read(&png(width, height)), Err(NotShown::TooLarge(..))), "{width}");
        }
        assert_eq!(read(&png(0, 10)).err(), Some(NotShown::Damaged));
    }
}
