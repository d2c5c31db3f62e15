//! Photographs that a form brings as evidence: taken out of it, and nothing of them kept but the picture.
//!
//! What comes out of a browser is what somebody chose to send. So it is decoded within limits and encoded again: no place, no
//! name of a device, nothing hidden behind the picture reaches the book. The same photograph gives the same bytes, and its name
//! is made of them, so that a round handed in twice has it once.

use std::io::Cursor;

use base64::prelude::{BASE64_STANDARD as BASE64, Engine};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::thumbnail;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use sha2::{Digest, Sha256};

use crate::message::Message;
use crate::say;
use crate::text::hex;

/// The folder of photographs, in that of the records: what a record says of one begins with it.
pub const FOLDER: &str = "photos";

/// The longer side of a photograph in pixels; the form makes none that is longer.
const MAX_SIDE: u32 = 1600;

/// What a photograph in the book has at most, in bytes.
const MAX_BYTES: usize = 300_000;

/// What a form may bring for one: another program's encoder may need more for the same picture.
const MAX_SENT: usize = 1_500_000;

/// More than any picture within the limits takes while it is decoded.
const MAX_MEMORY: u64 = 64 * 1024 * 1024;

/// What a camera's photograph has at most, on its longer side and while it is decoded: a file that somebody chose on this computer.
const MAX_CAMERA_SIDE: u32 = 16_000;
const MAX_CAMERA_MEMORY: u64 = 400 * 1024 * 1024;

/// How well it is encoded, best first, until it is small enough.
const QUALITIES: [u8; 5] = [85, 75, 65, 50, 35];

/// So many photographs belong to one answer.
pub(crate) const MAX_OF_ANSWER: usize = 10;

/// A photograph that is to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// Its path from the folder of the records, as a record has it.
    pub path: String,
    /// A JPEG with nothing in it but the picture.
    pub bytes: Vec<u8>,
}

impl Photo {
    /// Takes a photograph out of what the form's page saved: a `data:` address of a JPEG or PNG.
    ///
    /// # Errors
    /// What is wrong with it, and what to do.
    pub(crate) fn read(sent: &str) -> Result<Photo, (Message, Message)> {
        let again = || say!("take the photograph again in the form, which makes it small enough");
        let known = [("data:image/jpeg;base64,", ImageFormat::Jpeg), ("data:image/png;base64,", ImageFormat::Png)];
        let found = known.iter().find_map(|(head, format)| Some((sent.strip_prefix(head)?, *format)));
        let Some((text, format)) = found else {
            return Err((say!("a photograph here is neither a JPEG nor a PNG"), again()));
        };
        if text.len() / 4 * 3 > MAX_SENT {
            return Err((say!("a photograph here has more than {most} kB", most = MAX_SENT / 1000), again()));
        }
        let damaged = || (say!("a photograph here is damaged, so that nothing can show it"), again());
        let bytes = BASE64.decode(text).map_err(|_| damaged())?;
        let picture = decoded(&bytes, format).ok_or_else(damaged)?;
        if picture.width().max(picture.height()) > MAX_SIDE {
            return Err((say!("a photograph here is more than {most} pixels wide or high", most = MAX_SIDE), again()));
        }
        let bytes = encoded(&picture).ok_or_else(damaged)?;
        let name = hex(&Sha256::digest(&bytes)[..8]);
        Ok(Photo { path: format!("{FOLDER}/{name}.jpg"), bytes })
    }
}

/// A photograph as a camera took it, made as small as the form makes those that it takes: a JPEG. One that is small enough stays
/// as it is; none where nothing can show it, or it is larger than cameras make them.
pub fn small(bytes: Vec<u8>) -> Option<Vec<u8>> {
    let format = match bytes.as_slice() {
        [0xff, 0xd8, ..] => ImageFormat::Jpeg,
        [0x89, b'P', b'N', b'G', ..] => ImageFormat::Png,
        _ => return None,
    };
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_CAMERA_SIDE);
    limits.max_image_height = Some(MAX_CAMERA_SIDE);
    limits.max_alloc = Some(MAX_CAMERA_MEMORY);
    let picture = decoded_within(&bytes, format, limits)?;
    if picture.width().max(picture.height()) <= MAX_SIDE && bytes.len() <= MAX_SENT {
        return Some(bytes);
    }
    let is_large = picture.width().max(picture.height()) > MAX_SIDE;
    encoded(&if is_large { picture.thumbnail(MAX_SIDE, MAX_SIDE) } else { picture })
}

/// The picture, if it is one of that format and within the limits.
fn decoded(bytes: &[u8], format: ImageFormat) -> Option<DynamicImage> {
    let mut limits = Limits::default();
    // What is a little too large is told so; what is far too large is not decoded at all.
    limits.max_image_width = Some(MAX_SIDE * 2);
    limits.max_image_height = Some(MAX_SIDE * 2);
    limits.max_alloc = Some(MAX_MEMORY);
    decoded_within(bytes, format, limits)
}

fn decoded_within(bytes: &[u8], format: ImageFormat, limits: Limits) -> Option<DynamicImage> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    // Which side is up goes with the rest, so the picture is turned.
    let orientation = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    Some(picture)
}

/// The picture as a JPEG that is small enough: at the best quality at which it is, else smaller.
fn encoded(picture: &DynamicImage) -> Option<Vec<u8>> {
    let mut plain = picture.to_rgb8();
    loop {
        for quality in QUALITIES {
            let mut bytes = Vec::new();
            plain.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality)).ok()?;
            if bytes.len() <= MAX_BYTES {
                return Some(bytes);
            }
        }
        plain = thumbnail(&plain, plain.width() * 3 / 4, plain.height() * 3 / 4);
    }
}

#[cfg(test)]
mod tests {
    use image::RgbImage;

    use super::*;

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let picture = RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, (x * y) as u8]));
        let mut bytes = Vec::new();
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 90)).expect("encoded");
        bytes
    }

    fn address(kind: &str, bytes: &[u8]) -> String {
        format!("data:image/{kind};base64,{}", BASE64.encode(bytes))
    }

    fn wrong(sent: &str) -> String {
        Photo::read(sent).expect_err("refused").0.to_string()
    }

    #[test]
    fn nothing_but_the_picture_is_kept_and_its_name_is_of_its_bytes() {
        let plain = jpeg(40, 30);
        // Behind the first two bytes an EXIF segment with a place in it, and words behind the end.
        let exif = b"Exif\0\0MM\0*GPSLatitude 50.06";
        let mut tagged = plain[..2].to_vec();
        tagged.extend([0xff, 0xe1, 0, exif.len() as u8 + 2]);
        tagged.extend(exif);
        tagged.extend(&plain[2..]);
        tagged.extend(b"<script>hidden</script>");
        let photo = Photo::read(&address("jpeg", &tagged)).expect("a photograph");
        assert_eq!(photo, Photo::read(&address("jpeg", &plain)).expect("the same picture"));
        let text = String::from_utf8_lossy(&photo.bytes);
        assert!(!text.contains("GPS") && !text.contains("Exif") && !text.contains("script"));
        let name = photo.path.strip_prefix("photos/").and_then(|name| name.strip_suffix(".jpg")).expect("a name");
        assert!(name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}");
        let shown = image::load_from_memory(&photo.bytes).expect("a picture");
        assert_eq!((shown.width(), shown.height()), (40, 30));
    }

    #[test]
    fn what_is_no_small_photograph_is_told() {
        for (sent, told) in [
            ("https://example.org/a.jpg".to_owned(), "neither a JPEG nor a PNG"),
            (address("svg+xml", b"<svg/>"), "neither a JPEG nor a PNG"),
            (address("jpeg", b"no picture"), "damaged"),
            (address("png", &jpeg(4, 4)), "damaged"),
            ("data:image/jpeg;base64,!!!!".to_owned(), "damaged"),
            (address("jpeg", &jpeg(4, 4)[..100]), "damaged"),
            (address("jpeg", &vec![0; MAX_SENT + 3]), "more than 1,500 kB"),
            (address("jpeg", &jpeg(1601, 8)), "more than 1,600 pixels"),
            (address("jpeg", &jpeg(3300, 8)), "damaged"),
        ] {
            assert!(wrong(&sent).contains(told), "{told}: {}", wrong(&sent));
        }
    }

    #[test]
    fn a_large_picture_is_made_small() {
        let noise = RgbImage::from_fn(640, 480, |x, y| {
            let n = (x.wrapping_mul(7919) ^ y.wrapping_mul(104_729)).wrapping_mul(2_654_435_761);
            image::Rgb([(n >> 8) as u8, (n >> 16) as u8, (n >> 24) as u8])
        });
        let mut bytes = Vec::new();
        noise.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 98)).expect("encoded");
        assert!(bytes.len() > MAX_BYTES && bytes.len() < MAX_SENT, "{}", bytes.len());
        let photo = Photo::read(&address("jpeg", &bytes)).expect("a photograph");
        assert!(photo.bytes.len() <= MAX_BYTES, "{}", photo.bytes.len());
    }
}
