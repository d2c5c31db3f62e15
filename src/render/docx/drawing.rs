//! Pictures in a package: drawings that refer to files beside the document.

use std::collections::BTreeMap;
use std::io::Cursor;

use base64::prelude::{BASE64_STANDARD as BASE64, Engine};
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::{DynamicImage, ImageDecoder};
use minijinja::value::Value;
use serde_json::Value as Json;

use super::runs::{self, Look};
use crate::document::Prose;
use crate::render::{RenderError, pictures, svg};

/// The room of a picture, in English Metric Units: 36 000 are a millimetre.
const WIDTH: f64 = 90.0 * 36_000.0;
const HEIGHT: f64 = 65.0 * 36_000.0;

/// A point of a picture is no larger than this: 72 are an inch.
const POINT: f64 = 914_400.0 / 72.0;

/// How well a photograph is encoded that had to be turned.
const QUALITY: u8 = 90;

/// Filter `drawing`: a picture of the view in a paragraph of its own; nothing for none.
pub(super) fn filter(image: &Value) -> Value {
    if image.is_none() || image.is_undefined() {
        return Value::from_safe_string(String::new());
    }
    let words = image.get_attr("alt").ok();
    let words = words.as_ref().and_then(|alt| alt.downcast_object_ref::<Prose>()).map(Prose::characters);
    let run = drawing(image, &words.unwrap_or_default()).unwrap_or_default();
    Value::from_safe_string(format!("<w:p>{run}</w:p>"))
}

/// A picture as a run, with the words that tell what it shows. A drawing, which not every word processor shows, is a picture of
/// points there; a program that was built without what draws it tells it in words.
pub(in crate::render) fn drawing(image: &Value, words: &str) -> Option<String> {
    let told = |name: &str| pictures::told(image, name);
    if told("ending")? == "svg" && !pictures::has_points(&told("data")?) {
        let mut run = String::new();
        runs::run(&format!("[{words}]"), Look { emphasis: true, ..Look::default() }, &mut run);
        return Some(run);
    }
    let (width, height): (f64, f64) = (told("width")?.parse().ok()?, told("height")?.parse().ok()?);
    let points = if told("ending")? == "svg" { f64::INFINITY } else { POINT };
    let scale = (WIDTH / width).min(HEIGHT / height).min(points);
    let (cx, cy) = ((width * scale) as u64, (height * scale) as u64);
    let (name, number) = (told("name")?, told("number")?);
    let mut described = String::new();
    // Writing to a string cannot fail.
    let _ = svg::escape(words, &mut described);
    let graphic = graphic(&name, &number, cx, cy);
    Some(format!(
        "<w:r><w:drawing><wp:inline xmlns:wp=\"{SCHEMA}/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent cx=\"{cx}\" cy=\"{cy}\"/><wp:docPr id=\"{number}\" name=\"{name}\" descr=\"{described}\"/>\
         {graphic}</wp:inline></w:drawing></w:r>"
    ))
}

/// The name of the logo in a package, and its number there.
pub(super) const LOGO: &str = "logo";
const LOGO_NUMBER: &str = "1";

/// No logo is wider than this.
const LOGO_WIDTH: f64 = 60.0 * 36_000.0;

/// Filter `logo`: the logo of a brand at the right margin, so many millimetres high, as a run of the paragraph whose text stands
/// beside it. It says nothing that the text does not.
pub(super) fn logo_filter(brand: &Value, millimetres: f64) -> Value {
    Value::from_safe_string(logo(brand, millimetres).unwrap_or_default())
}

fn logo(brand: &Value, millimetres: f64) -> Option<String> {
    let size = |name: &str| f64::try_from(brand.get_attr(name).ok()?).ok().filter(|size| *size > 0.0);
    let data = brand.get_attr("logo").ok()?;
    let data = data.as_str()?;
    if logo_ending(data) == "svg" && !pictures::has_points(data) {
        return None;
    }
    let (width, height) = (size("logo_width")?, size("logo_height")?);
    let scale = (millimetres * 36_000.0 / height).min(LOGO_WIDTH / width);
    let (cx, cy) = ((width * scale) as u64, (height * scale) as u64);
    let graphic = graphic(LOGO, LOGO_NUMBER, cx, cy);
    Some(format!(
        "<w:r><w:drawing><wp:anchor xmlns:wp=\"{SCHEMA}/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"114300\" \
         distR=\"0\" simplePos=\"0\" relativeHeight=\"2\" behindDoc=\"0\" locked=\"0\" layoutInCell=\"1\" allowOverlap=\"0\">\
         <wp:simplePos x=\"0\" y=\"0\"/><wp:positionH relativeFrom=\"margin\"><wp:align>right</wp:align></wp:positionH>\
         <wp:positionV relativeFrom=\"paragraph\"><wp:posOffset>0</wp:posOffset></wp:positionV>\
         <wp:extent cx=\"{cx}\" cy=\"{cy}\"/><wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:wrapSquare wrapText=\"left\"/>\
         <wp:docPr id=\"{LOGO_NUMBER}\" name=\"{LOGO}\" descr=\"\"/><wp:cNvGraphicFramePr/>{graphic}</wp:anchor></w:drawing></w:r>"
    ))
}

/// How the file of a logo at that `data:` address ends.
fn logo_ending(data: &str) -> &'static str {
    match data.split(';').next() {
        Some("data:image/png") => "png",
        Some("data:image/jpeg") => "jpg",
        _ => "svg",
    }
}

/// The file of the logo in a package, with its ending.
pub(super) fn logo_file(data: &str) -> Result<Option<(String, Vec<u8>)>, RenderError> {
    file(data, logo_ending(data), 1)
}

const SCHEMA: &str = "http://schemas.openxmlformats.org/drawingml/2006";

/// A picture of that size, by the name that its file has in the package.
fn graphic(name: &str, number: &str, cx: u64, cy: u64) -> String {
    format!(
        "<a:graphic xmlns:a=\"{SCHEMA}/main\"><a:graphicData uri=\"{SCHEMA}/picture\">\
         <pic:pic xmlns:pic=\"{SCHEMA}/picture\"><pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"{name}\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"{name}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
    )
}

/// The files of the pictures in a view, by the names that drawings refer to them by, each with its ending.
pub(super) fn files(view: &Json) -> Result<BTreeMap<String, (String, Vec<u8>)>, RenderError> {
    let mut files = BTreeMap::new();
    gather(view, &mut files)?;
    Ok(files)
}

fn gather(value: &Json, files: &mut BTreeMap<String, (String, Vec<u8>)>) -> Result<(), RenderError> {
    match value {
        Json::Array(values) => values.iter().try_for_each(|value| gather(value, files)),
        Json::Object(map) => {
            let text = |key: &str| map.get(key).and_then(Json::as_str);
            let picture = (text("data"), text("name"), text("ending"));
            if let (Some(data), Some(name), Some(ending)) = picture {
                if !files.contains_key(name) {
                    let turned = map.get("turned").and_then(Json::as_u64).unwrap_or(1);
                    files.extend(file(data, ending, turned)?.map(|file| (name.to_owned(), file)));
                }
                return Ok(());
            }
            map.values().try_for_each(|value| gather(value, files))
        }
        _ => Ok(()),
    }
}

/// The file of a picture in a package, with its ending. Word processors turn no photograph by what its file says, so it is turned
/// here; a drawing becomes points.
fn file(data: &str, ending: &str, turned: u64) -> Result<Option<(String, Vec<u8>)>, RenderError> {
    if ending == "svg" {
        return Ok(pictures::points(data).map(|points| ("png".to_owned(), points)));
    }
    let encoded = data.split_once(";base64,").map_or("", |(_, encoded)| encoded);
    let bytes = BASE64.decode(encoded).map_err(|error| RenderError::Failed(error.to_string()))?;
    let upright = (turned > 1).then(|| upright(&bytes)).flatten();
    Ok(Some((ending.to_owned(), upright.unwrap_or(bytes))))
}

/// The photograph with its points as they are seen; none where it cannot be read.
fn upright(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut decoder = JpegDecoder::new(Cursor::new(bytes)).ok()?;
    let orientation = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    let mut turned = Vec::new();
    picture.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut turned, QUALITY)).ok()?;
    Some(turned)
}
