//! How cells look: legible without colour, with lines to write between.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::document::Head;

/// Letters that every system has, so that rows are as high everywhere as they were reckoned.
fn plain() -> Format {
    Format::new().set_font_name("Arial").set_font_size(9.5)
}

fn line() -> Format {
    plain().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0xb9b6af))
}

/// A text that wraps.
pub(super) fn wrapped() -> Format {
    line().set_text_wrap().set_align(FormatAlign::Top)
}

/// A short word or figure.
pub(super) fn centred() -> Format {
    wrapped().set_align(FormatAlign::Center)
}

/// A measure, which is read at arm's length.
pub(super) fn measure() -> Format {
    wrapped().set_bold().set_font_size(10)
}

/// Small type, for ids.
pub(super) fn small() -> Format {
    wrapped().set_font_size(8).set_font_color(Color::RGB(0x55585e))
}

/// What heads columns: dark ground in the brand's colour, white letters.
pub(super) fn heads(head: &Head) -> Format {
    line()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(accent(head))
        .set_font_color(Color::White)
}

/// A phase.
pub(super) fn phase() -> Format {
    plain()
        .set_bold()
        .set_font_size(12)
        .set_background_color(Color::RGB(0xe4e2dc))
        .set_border_top(FormatBorder::Medium)
        .set_align(FormatAlign::VerticalCenter)
}

/// A step.
pub(super) fn step() -> Format {
    plain().set_bold().set_background_color(Color::RGB(0xf4f3f0))
}

/// The book's title.
pub(super) fn title(head: &Head) -> Format {
    plain().set_bold().set_font_size(16).set_font_color(accent(head))
}

/// What the document is.
pub(super) fn subtitle() -> Format {
    plain().set_font_size(11).set_font_color(Color::RGB(0x55585e))
}

/// The name of a field.
pub(super) fn label() -> Format {
    plain().set_font_color(Color::RGB(0x55585e)).set_align(FormatAlign::Right)
}

/// A field to write in.
pub(super) fn field() -> Format {
    plain().set_bold().set_border_bottom(FormatBorder::Thin).set_align(FormatAlign::Left)
}

/// The same, for what is to stay as it is typed: a spreadsheet makes a day of `1/2`, and a part of one of `12:30`.
pub(super) fn typed(format: Format) -> Format {
    format.set_num_format("@")
}

/// The score.
pub(super) fn score() -> Format {
    plain().set_bold().set_font_size(12).set_align(FormatAlign::Left).set_border_bottom(FormatBorder::Medium)
}

/// A row that is not met, as grey and bold as a copier keeps it.
pub(super) fn not_met() -> Format {
    Format::new().set_bold().set_background_color(Color::RGB(0xd9d6cf)).set_border(FormatBorder::Thin)
}

/// A row that was not judged.
pub(super) fn not_judged() -> Format {
    Format::new().set_italic().set_font_color(Color::RGB(0x6a6d73))
}

fn accent(head: &Head) -> Color {
    let digits = head.brand.light.trim_start_matches('#');
    u32::from_str_radix(digits, 16).map_or(Color::Black, Color::RGB)
}
