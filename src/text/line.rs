//! On which line something stands.

/// The line of a byte of a text, from 1.
pub fn line_of(text: &str, offset: usize) -> usize {
    LineCount::default().line(text, offset)
}

/// Counts the lines of one text from place to place; fast where it is asked in the order of the text.
#[derive(Debug, Default)]
pub struct LineCount {
    /// Up to which byte.
    counted: usize,
    breaks: usize,
}

impl LineCount {
    /// The line of a byte, from 1.
    pub fn line(&mut self, text: &str, offset: usize) -> usize {
        if offset < self.counted {
            *self = LineCount::default();
        }
        let between = text.as_bytes().get(self.counted..offset).unwrap_or_default();
        self.breaks += between.iter().filter(|byte| **byte == b'\n').count();
        self.counted = offset;
        self.breaks + 1
    }
}
