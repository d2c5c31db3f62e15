//! The author's pictures as the typesetter draws them, and drawings as points for what shows no drawings.

use std::sync::{Arc, LazyLock};

use base64::prelude::{BASE64_STANDARD as BASE64, Engine};
use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};

use super::fonts;

/// So many points for one of the drawing's own size, which is that of a screen.
const SCALE: f32 = 2.5;

/// The fonts that drawings may ask for.
static LETTERS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut letters = fontdb::Database::new();
    fonts::files().for_each(|font| letters.load_font_data(font.to_vec()));
    for generic in [fontdb::Database::set_sans_serif_family, fontdb::Database::set_serif_family] {
        generic(&mut letters, crate::render::PICTURE_FONT);
    }
    Arc::new(letters)
});

/// The drawing at that `data:` address, if it can be drawn.
fn drawing(data: &str) -> Option<Tree> {
    let (_, encoded) = data.split_once(";base64,")?;
    let font_family = crate::render::PICTURE_FONT.to_owned();
    let options = Options { fontdb: LETTERS.clone(), font_family, ..Options::default() };
    Tree::from_data(&BASE64.decode(encoded).ok()?, &options).ok()
}

/// Whether there is a drawing at that `data:` address that can be drawn.
pub(in crate::render) fn is_drawing(data: &str) -> bool {
    drawing(data).is_some()
}

/// The drawing at that `data:` address as a PNG.
pub(in crate::render) fn points(data: &str) -> Option<Vec<u8>> {
    let tree = drawing(data)?;
    let side = |side: f32| (side * SCALE).ceil().max(1.0) as u32;
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    let mut points = Pixmap::new(width, height)?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut points.as_mut());
    let mut png = Vec::new();
    PngEncoder::new(&mut png).write_image(&points.take_demultiplied(), width, height, ExtendedColorType::Rgba8).ok()?;
    Some(png)
}

/// The picture as it can be drawn; none where it cannot. What was decoded here is remembered until it is set.
pub(super) fn drawable(ending: &str, bytes: Vec<u8>) -> Option<Vec<u8>> {
    let format = match ending {
        "png" => ExchangeFormat::Png,
        "jpg" => ExchangeFormat::Jpg,
        _ => {
            let drawing = String::from_utf8(bytes).ok()?;
            // A character without a glyph would stop the whole document.
            let drawing = fonts::covered(&drawing).map_or_else(|| drawing.clone(), |(covered, _)| covered);
            SvgImage::new(Bytes::from_string(drawing.clone())).ok()?;
            return Some(drawing.into_bytes());
        }
    };
    let bytes = Bytes::new(bytes);
    RasterImage::plain(bytes.clone(), format).ok()?;
    Some(bytes.to_vec())
}
