//! The brand's colour, made readable on light and on dark ground, and its logo as part of the document.

use std::sync::Arc;

use serde::Serialize;

use super::image::address;
use crate::book::{self, ImageContent};

/// Colour and logo of a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Brand {
    /// Accent on light ground, as `#rrggbb`.
    pub light: String,
    /// Accent on dark ground.
    pub dark: String,
    /// The logo as a `data:` address.
    pub logo: Option<String>,
    /// How wide the logo is; 0 without one.
    pub logo_width: usize,
    /// How high it is.
    pub logo_height: usize,
    /// The logo's file, for formats that take it as it is.
    #[serde(skip)]
    pub logo_file: Option<Arc<ImageContent>>,
}

/// A quiet blue, for books that name no colour.
const DEFAULT_COLOUR: [u8; 3] = [0x1f, 0x4e, 0x79];
/// Grounds of the built-in style sheet; the accent is also the ground of white, or black, letters.
const LIGHT_GROUND: [u8; 3] = [0xff, 0xff, 0xff];
const DARK_GROUND: [u8; 3] = [0x16, 0x18, 0x1c];
/// WCAG 2.2 asks for 4.5 for text; the rest is for tinted grounds.
const CONTRAST: f64 = 5.5;

impl Brand {
    /// The book's brand.
    pub fn of(brand: &book::Brand) -> Self {
        let colour = brand.colour.as_deref().and_then(parse).unwrap_or(DEFAULT_COLOUR);
        let logo = brand.logo.as_deref().map(address);
        let logo_file = brand.logo.clone();
        let (logo_width, logo_height) = logo_file.as_ref().map_or((0, 0), |file| (file.width, file.height));
        let (light, dark) = (readable(colour, LIGHT_GROUND), readable(colour, DARK_GROUND));
        Brand { light, dark, logo, logo_width, logo_height, logo_file }
    }
}

fn parse(colour: &str) -> Option<[u8; 3]> {
    let digits = colour.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let part = |start: usize| u8::from_str_radix(&digits[start..start + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

/// The colour, moved towards black or white as far as its contrast against `ground` asks.
fn readable(colour: [u8; 3], ground: [u8; 3]) -> String {
    let target = if luminance(ground) > 0.5 { 0.0 } else { 255.0 };
    let mixed = |share: f64| colour.map(|part| (f64::from(part) * (1.0 - share) + target * share).round() as u8);
    let steps = (0..=100).map(|step| mixed(f64::from(step) / 100.0));
    let [red, green, blue] =
        steps.into_iter().find(|mix| contrast(*mix, ground) >= CONTRAST).unwrap_or([target as u8; 3]);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Relative luminance, WCAG 2.2.
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

/// Contrast ratio, WCAG 2.2.
fn contrast(colour: [u8; 3], other: [u8; 3]) -> f64 {
    let (colour, other) = (luminance(colour), luminance(other));
    (colour.max(other) + 0.05) / (colour.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_readable_whatever_the_brand() {
        for colour in ["#0b3d6b", "#ffff00", "#ffffff", "#000000", "#e30613", "#7f7f7f"] {
            let brand = Brand::of(&book::Brand { logo: None, colour: Some(colour.to_owned()) });
            let [light, dark] = [&brand.light, &brand.dark].map(|colour| parse(colour).unwrap_or_default());
            assert!(contrast(light, LIGHT_GROUND) >= 4.5, "{colour} {}", brand.light);
            assert!(contrast(dark, DARK_GROUND) >= 4.5, "{colour} {}", brand.dark);
        }
        assert_eq!(readable([0x0b, 0x3d, 0x6b], LIGHT_GROUND), "#0b3d6b", "a readable colour is left alone");
    }
}
