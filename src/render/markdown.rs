//! Markdown (GitHub's), by the templates under `templates/md/`.

use std::fmt::{self, Write};

use super::{RenderError, Renderer};
use crate::document::{Document, DocumentKind, Event, Mark, Prose};

/// The template of a kind of document.
pub(super) fn path(kind: DocumentKind) -> String {
    format!("md/{}.md", kind.word())
}

/// Renders a document as Markdown.
pub(super) fn render(
    renderer: &Renderer,
    document: &dyn Document,
    out: &mut dyn std::io::Write,
) -> Result<(), RenderError> {
    let mut bytes = Vec::new();
    renderer.fill(&path(document.kind()), document, &mut bytes)?;
    // Templates write text, so nothing is lost here.
    Ok(out.write_all(tidy(&String::from_utf8_lossy(&bytes)).as_bytes())?)
}

/// Never more than one empty line, no spaces at line ends, one line end at the end of the file.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut empty = true;
    for line in text.lines().map(str::trim_end) {
        if !line.is_empty() || !empty {
            tidied.push_str(line);
            tidied.push('\n');
        }
        empty = line.is_empty();
    }
    tidied.truncate(tidied.trim_end().len());
    tidied.push('\n');
    tidied
}

/// Writes characters so that Markdown shows them, in a paragraph, a heading, a list item or a table cell.
pub(super) fn escape(text: &str, out: &mut dyn Write) -> fmt::Result {
    let mut at_start = true;
    let mut digits = 0;
    for c in text.chars() {
        let active = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' | '#' => true,
            // These begin a list, a rule or a heading's underline, but only at the start of a line.
            '+' | '-' | '=' => at_start,
            '.' | ')' => digits > 0,
            _ => false,
        };
        if c == '\n' || c == '\r' {
            out.write_char(' ')?;
            continue;
        }
        if active {
            out.write_char('\\')?;
        }
        out.write_char(c)?;
        digits = if c.is_ascii_digit() && (at_start || digits > 0) { digits + 1 } else { 0 };
        at_start = at_start && c == ' ';
    }
    Ok(())
}

/// Writes a sentence of the author's; one in another language than the document is followed by its language.
pub(super) fn prose(prose: &Prose, out: &mut dyn Write) -> fmt::Result {
    for event in prose.events() {
        match event {
            Event::Text(text) => escape(text, out)?,
            Event::Code(text) => code(text, out)?,
            Event::Start(Mark::Emphasis) | Event::End(Mark::Emphasis) => out.write_char('*')?,
            Event::Start(Mark::Strong) | Event::End(Mark::Strong) => out.write_str("**")?,
            Event::Start(Mark::Link(_)) => out.write_char('[')?,
            Event::End(Mark::Link(url)) => {
                let url = url.replace('<', "%3C").replace('>', "%3E").replace('|', "%7C").replace('\\', "%5C");
                write!(out, "](<{url}>)")?;
            }
        }
    }
    if let Some(lang) = &prose.lang {
        out.write_str(" *(")?;
        escape(lang, out)?;
        out.write_str(")*")?;
    }
    Ok(())
}

/// Writes a code span whose fence is longer than any run of backticks in it. A `|` is escaped even there, since table
/// cells end at it.
fn code(text: &str, out: &mut dyn Write) -> fmt::Result {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    write!(out, "{fence}{pad}{}{pad}{fence}", text.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = String::new();
        let _ = escape(text, &mut out);
        out
    }

    /// What a reader of the Markdown sees, in a paragraph and in a table cell.
    fn shown(markdown: &str) -> [String; 2] {
        let mut options = comrak::Options::default();
        options.extension.table = true;
        options.extension.strikethrough = true;
        options.extension.tasklist = true;
        let cell = format!("| h |\n| --- |\n| {markdown} |\n");
        let html = |text: &str| comrak::markdown_to_html(text, &options).trim().to_owned();
        let in_cell = html(&cell);
        let in_cell = in_cell.split("<td>").nth(1).and_then(|rest| rest.split("</td>").next()).unwrap_or("none");
        let plain = |html: &str| {
            let html = html.replace("<p>", "").replace("</p>", "");
            html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
        };
        [plain(&html(markdown)), plain(in_cell)]
    }

    #[test]
    fn escaped_characters_are_shown_as_they_are() {
        let texts = [
            "<script>alert(1)</script>",
            "{{ 7*7 }}",
            "| a | b |",
            "# x",
            "[x](javascript:1)",
            "</style>",
            "]]>",
            "- a",
            "+ a",
            "1. a",
            "2) a",
            "> a",
            "===",
            "---",
            "a_b_c *d* **e** ~~f~~ `g`",
            "&lt; &amp;",
            "\\*",
            "[ ] task",
            "![x](y)",
            "ends with #",
            "5.30 p.m. at 3-5 %",
        ];
        for text in texts {
            let markdown = escaped(text);
            assert_eq!(shown(&markdown), [text, text], "{markdown}");
        }
    }

    #[test]
    fn tidying_leaves_one_empty_line_between_blocks() {
        assert_eq!(tidy("\n\na  \n\n\n\nb\n\n"), "a\n\nb\n");
    }
}
