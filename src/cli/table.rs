//! Tables: columns for people, cells for spreadsheets.

use std::borrow::Cow;
use std::io::Write;

use anyhow::Result;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Edge;
use crate::text::steers;

/// The last column keeps at least this width, however narrow the terminal.
const LEAST_WIDTH: usize = 24;

/// A table whose last column takes what the line has left.
#[derive(Debug)]
pub struct Table<const N: usize> {
    head: [String; N],
    rows: Vec<[String; N]>,
    least: [usize; N],
}

impl<const N: usize> Table<N> {
    /// An empty table with these heads.
    pub fn new<S: Into<String>>(head: [S; N]) -> Self {
        Table { head: head.map(Into::into), rows: Vec::new(), least: [0; N] }
    }

    /// Makes a column at least so wide, so that several tables line up.
    #[must_use]
    pub(crate) fn least_width(mut self, column: usize, width: usize) -> Self {
        self.least.iter_mut().skip(column).take(1).for_each(|least| *least = width);
        self
    }

    /// Adds a row.
    pub fn row(&mut self, cells: [&str; N]) {
        self.rows.push(cells.map(one_line));
    }

    /// Writes it. On a terminal the last column is cut to the line, elsewhere nothing is lost.
    ///
    /// # Errors
    /// When standard output cannot be written to.
    pub(crate) fn write(&self, edge: &mut Edge) -> Result<()> {
        let mut widths = self.head.each_ref().map(|head| head.width());
        for (width, least) in widths.iter_mut().zip(self.least) {
            *width = (*width).max(least);
        }
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.width());
            }
        }
        let before: usize = widths.iter().take(N.saturating_sub(1)).map(|width| width + 2).sum();
        let room = edge.out.width().map(|width| width.saturating_sub(before).max(LEAST_WIDTH));
        let (bold, off) = if edge.colours() { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        let head = line(self.head.each_ref().map(String::as_str), &widths, room);
        writeln!(edge.out, "{bold}{head}{off}")?;
        for row in &self.rows {
            writeln!(edge.out, "{}", line(row.each_ref().map(String::as_str), &widths, room))?;
        }
        Ok(())
    }
}

fn line<const N: usize>(cells: [&str; N], widths: &[usize; N], room: Option<usize>) -> String {
    let mut line = String::new();
    for (column, (cell, width)) in cells.into_iter().zip(widths).enumerate() {
        if column + 1 == N {
            line.push_str(&room.map_or(Cow::Borrowed(cell), |room| cut(cell, room)));
        } else {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width - cell.width() + 2));
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// A text on one line: what an author broke over lines is one paragraph in a table. Control characters could steer the
/// terminal, so they go too.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || steers(c)).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A text cut to a width, with a sign that it was cut.
pub fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if text.width() <= width {
        return Cow::Borrowed(text);
    }
    let mut left = width.saturating_sub(1);
    let fits = |c: &char| {
        let wide = c.width().unwrap_or(0);
        let fits = wide <= left;
        left = left.saturating_sub(wide);
        fits
    };
    let kept: String = text.chars().take_while(fits).collect();
    Cow::Owned(format!("{}…", kept.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_by_width_and_not_by_bytes() {
        assert_eq!(cut("zażółć gęślą", 20), "zażółć gęślą");
        assert_eq!(cut("zażółć gęślą", 8), "zażółć…");
        assert_eq!(cut("日本語日本語", 7), "日本語…");
        assert_eq!(one_line("a\n  b\u{1b}[31m c"), "a b [31m c");
    }
}
