//! Pictures in a package: drawings that refer to files beside the document.

use std::collections::BTreeMap;

use base64::prelude::{BASE64_STANDARD as BASE64, Engine};
use minijinja::value::Value;
use serde_json::Value as Json;

use super::runs::{self, Look};
use crate::document::Prose;
use crate::render::{RenderError, pictures, svg};

/// The room of a picture, in English Metric Units: 36 000 are a millimetre.
const WIDTH: f64 = 90.0 * 36_000.0;
const HEIGHT: f64 = 65.0 * 36_000.0;

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

/// A picture as a run, with the words that tell what it shows. One that is drawn, which not every word processor shows, is told
/// in words.
pub(in crate::render) fn drawing(image: &Value, words: &str) -> Option<String> {
    let told = |name: &str| pictures::told(image, name);
    if told("ending")? == "svg" {
        let mut run = String::new();
        runs::run(&format!("[{words}]"), Look { emphasis: true, ..Look::default() }, &mut run);
        return Some(run);
    }
    let (width, height): (f64, f64) = (told("width")?.parse().ok()?, told("height")?.parse().ok()?);
    let scale = (WIDTH / width).min(HEIGHT / height);
    let (cx, cy) = ((width * scale) as u64, (height * scale) as u64);
    let (name, number) = (told("name")?, told("number")?);
    let mut described = String::new();
    // Writing to a string cannot fail.
    let _ = svg::escape(words, &mut described);
    let schema = "http://schemas.openxmlformats.org/drawingml/2006";
    Some(format!(
        "<w:r><w:drawing><wp:inline xmlns:wp=\"{schema}/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent cx=\"{cx}\" cy=\"{cy}\"/><wp:docPr id=\"{number}\" name=\"{name}\" descr=\"{described}\"/>\
         <a:graphic xmlns:a=\"{schema}/main\"><a:graphicData uri=\"{schema}/picture\">\
         <pic:pic xmlns:pic=\"{schema}/picture\"><pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"{name}\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"{name}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{cx}\" cy=\"{cy}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    ))
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
            if let (Some(data), Some(name), Some(ending)) = picture
                && ending != "svg"
                && let Some((_, encoded)) = data.split_once(";base64,")
            {
                let bytes = BASE64.decode(encoded).map_err(|error| RenderError::Failed(error.to_string()))?;
                files.insert(name.to_owned(), (ending.to_owned(), bytes));
                return Ok(());
            }
            map.values().try_for_each(|value| gather(value, files))
        }
        _ => Ok(()),
    }
}
