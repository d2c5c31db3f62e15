//! The pictures of a chapter, as each format shows them. They come from the view, which holds them by their paths.

use minijinja::value::Value;

use super::block::Picture;
use super::html::escape;

/// The path of a picture that a chapter names: from the book's folder, or from the folder of chapters.
pub(super) fn path(url: &str) -> &str {
    url.strip_prefix("../").unwrap_or(url)
}

/// The picture of that address.
fn named(images: Option<&Value>, url: &str) -> Option<Value> {
    let image = images?.get_item(&Value::from(path(url))).ok()?;
    (!image.is_undefined()).then_some(image)
}

/// What a picture says of itself.
pub(super) fn told(image: &Value, name: &str) -> Option<String> {
    let value = image.get_attr(name).ok()?;
    (!value.is_undefined()).then(|| value.to_string())
}

/// As an element of HTML.
pub(super) fn html(images: Option<&Value>, url: &str, words: &str) -> Option<Picture> {
    let image = named(images, url)?;
    let mut element = "<img class=\"shown\" alt=\"".to_owned();
    // Writing to a string cannot fail.
    let _ = escape(words, &mut element);
    element.push_str("\" src=\"");
    let _ = escape(&told(&image, "data")?, &mut element);
    element.push_str(&format!("\" width=\"{}\" height=\"{}\">", told(&image, "width")?, told(&image, "height")?));
    Some(Picture::Written(element))
}

/// By its path from the book's folder.
pub(super) fn markdown(images: Option<&Value>, url: &str) -> Option<Picture> {
    named(images, url).map(|_| Picture::At(path(url).to_owned()))
}

/// As a drawing of a word processor.
pub(super) fn docx(images: Option<&Value>, url: &str, words: &str) -> Option<Picture> {
    super::docx::drawing(&named(images, url)?, words).map(Picture::Written)
}

/// Whether [`points`] gives any, of a drawing at that `data:` address.
#[cfg(feature = "pdf")]
pub(super) fn has_points(data: &str) -> bool {
    super::pdf::is_drawing(data)
}

/// A drawing as a picture of points, for what shows no drawings; by what draws it in a PDF.
#[cfg(feature = "pdf")]
pub(super) fn points(data: &str) -> Option<Vec<u8>> {
    super::pdf::points(data)
}

#[cfg(not(feature = "pdf"))]
pub(super) fn has_points(_: &str) -> bool {
    false
}

#[cfg(not(feature = "pdf"))]
pub(super) fn points(_: &str) -> Option<Vec<u8>> {
    None
}
