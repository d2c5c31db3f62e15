//! Photographs and pictures of points, piece by piece: what belongs to the picture stays, what tells of the place, the device or
//! the program goes. Nothing is decoded, so nothing is lost of the picture.

use image::metadata::Orientation;

/// Pieces of a PNG that are not its points, and yet how they look.
const LOOKS: [&[u8; 4]; 7] = [b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs"];

/// The PNG with nothing in it but the picture; none where a piece is cut off or altered.
pub(super) fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let (head, mut rest) = bytes.split_at_checked(8)?;
    let mut kept = head.to_vec();
    loop {
        let length = u32::from_be_bytes(rest.first_chunk().copied()?) as usize;
        let (piece, after) = rest.split_at_checked(length.checked_add(12)?)?;
        let name: [u8; 4] = piece.get(4..8)?.try_into().ok()?;
        let sum = u32::from_be_bytes(piece.last_chunk().copied()?);
        if crc(piece.get(4..length + 8)?) != sum {
            return None;
        }
        // A name that begins with a capital letter is of a piece that no reader does without.
        if name[0].is_ascii_uppercase() || LOOKS.contains(&&name) {
            kept.extend(piece);
        }
        if &name == b"IEND" {
            return Some(kept);
        }
        rest = after;
    }
}

/// The sum that ends each piece of a PNG: CRC-32, as in its Annex D.
fn crc(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut index = 0;
        while index < 256 {
            let mut sum = index as u32;
            let mut bit = 0;
            while bit < 8 {
                sum = if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
                bit += 1;
            }
            table[index] = sum;
            index += 1;
        }
        table
    };
    !bytes.iter().fold(u32::MAX, |sum, byte| TABLE[usize::from(sum as u8 ^ byte)] ^ (sum >> 8))
}

/// The JPEG with nothing in it but the picture, and how it is turned (1 to 8, as EXIF counts); none where it is cut off.
pub(super) fn jpeg(bytes: &[u8]) -> Option<(Vec<u8>, u8)> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    let mut kept = b"\xff\xd8".to_vec();
    let mut turned = 1;
    loop {
        rest = rest.strip_prefix(b"\xff")?;
        let (&mark, after) = rest.split_first()?;
        match mark {
            // Filling.
            0xff => continue,
            0xd9 => {
                kept.extend(b"\xff\xd9");
                return Some((with_turn(kept, turned), turned));
            }
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes(after.first_chunk().copied()?));
        let (segment, after) = after.split_at_checked(length)?;
        let content = segment.get(2..)?;
        if mark == 0xe1
            && let Some(exif) = content.strip_prefix(b"Exif\0\0")
        {
            turned = Orientation::from_exif_chunk(exif).map_or(1, Orientation::to_exif);
        }
        let is_look = match mark {
            0xe0 => content.starts_with(b"JFIF\0"),
            0xe2 => content.starts_with(b"ICC_PROFILE\0"),
            0xee => content.starts_with(b"Adobe"),
            // Other applications' own, and comments.
            0xe1..=0xef | 0xfe => false,
            _ => true,
        };
        if is_look {
            kept.extend([0xff, mark]);
            kept.extend(segment);
        }
        rest = after;
        // Behind the head of a scan stand its points, up to the next mark that is none of theirs.
        if mark == 0xda {
            let ends = |pair: &[u8]| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff);
            let end = rest.windows(2).position(ends)?;
            let (points, after) = rest.split_at_checked(end)?;
            kept.extend(points);
            rest = after;
        }
    }
}

/// The same with a note of how it is turned, and of nothing else.
fn with_turn(mut kept: Vec<u8>, turned: u8) -> Vec<u8> {
    if turned != 1 {
        let note = [&b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..], &[turned], &[0; 6]]
            .concat();
        // Behind the first segment, where a reader of JFIF wants its own.
        let offset = if kept.get(2..4) == Some(b"\xff\xe0") {
            4 + usize::from(u16::from_be_bytes([kept[4], kept[5]]))
        } else {
            2
        };
        kept.splice(offset..offset, note);
    }
    kept
}

#[cfg(test)]
mod tests {
    use image::codecs::jpeg::JpegEncoder;
    use image::codecs::png::PngEncoder;
    use image::{ImageDecoder, ImageReader, RgbImage};

    use super::*;

    fn picture() -> RgbImage {
        RgbImage::from_fn(40, 30, |x, y| image::Rgb([x as u8, y as u8, (x * y) as u8]))
    }

    fn as_jpeg() -> Vec<u8> {
        let mut bytes = Vec::new();
        picture().write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 90)).expect("encoded");
        bytes
    }

    fn as_png() -> Vec<u8> {
        let mut bytes = Vec::new();
        picture().write_with_encoder(PngEncoder::new(&mut bytes)).expect("encoded");
        bytes
    }

    /// A segment of EXIF with a turn and a place.
    fn exif(turned: u8) -> Vec<u8> {
        let tags =
            [&b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"[..], &[turned], b"\0\0\0\0\0\0GPSLatitude 50.06"]
                .concat();
        let length = (tags.len() + 8) as u16;
        [&b"\xff\xe1"[..], &length.to_be_bytes(), b"Exif\0\0", &tags].concat()
    }

    #[test]
    fn a_photograph_keeps_its_points_and_which_side_is_up_and_nothing_else() {
        let plain = as_jpeg();
        let tagged = [&plain[..2], &exif(6), &plain[2..], b"<script>hidden</script>"].concat();
        let (kept, turned) = jpeg(&tagged).expect("a picture");
        assert_eq!(turned, 6);
        let text = String::from_utf8_lossy(&kept);
        assert!(!text.contains("GPS") && !text.contains("script"), "{text}");
        let reader = ImageReader::new(std::io::Cursor::new(&kept)).with_guessed_format().expect("a format");
        let mut decoder = reader.into_decoder().expect("a picture");
        assert_eq!(decoder.orientation().expect("a turn"), Orientation::Rotate90);
        assert_eq!(image::load_from_memory(&kept).expect("shown"), image::load_from_memory(&plain).expect("shown"));
        assert_eq!(jpeg(&plain), Some((plain.clone(), 1)), "what has nothing else in it stays as it is");
        assert_eq!(jpeg(&kept), Some((kept.clone(), 6)), "done once is done");
    }

    #[test]
    fn a_cut_picture_is_none() {
        let (jpg, whole) = (as_jpeg(), as_png());
        for end in [0, 3, 30, 200, jpg.len() - 2, jpg.len() - 1] {
            assert_eq!(jpeg(&jpg[..end]), None, "{end}");
        }
        for end in [0, 7, 20, 33, whole.len() / 2, whole.len() - 1] {
            assert_eq!(png(&whole[..end]), None, "{end}");
        }
        let mut altered = whole.clone();
        altered[whole.len() / 2] ^= 1;
        assert_eq!(png(&altered), None);
    }

    #[test]
    fn a_png_loses_what_is_written_in_it() {
        let whole = as_png();
        let words = b"tEXtAuthor\0somebody";
        let piece = [&((words.len() - 4) as u32).to_be_bytes()[..], words, &crc(words).to_be_bytes()].concat();
        let tagged = [&whole[..33], &piece, &whole[33..], b"behind the end"].concat();
        assert_eq!(png(&tagged), Some(whole));
    }
}
