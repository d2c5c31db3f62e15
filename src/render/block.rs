//! An author's chapter: block Markdown, made safe once and written as HTML or as Markdown.
//!
//! Raw HTML becomes its characters; links that could run a script, and pictures that are not in the document (which would have
//! to be fetched), become what the author typed. Headings move below the section's own.

use comrak::nodes::{Ast, Node, NodeValue, Sourcepos};
use comrak::{Arena, Options, parse_document};

use crate::document::is_safe_link;

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    // Belt and braces: the tree holds no raw HTML any more when it is written.
    options.render.escape = true;
    options
}

/// What a format makes of a picture: of the one that an author named by this address, with these words beside it.
pub(super) type Shown<'a> = &'a dyn Fn(&str, &str) -> Option<Picture>;

/// A picture in a chapter's tree.
pub(super) enum Picture {
    /// As it stands in the format's own language.
    Written(String),
    /// By this address.
    At(String),
}

/// No picture is shown.
pub(super) fn nothing(_: &str, _: &str) -> Option<Picture> {
    None
}

/// The chapter as HTML, its headings below `level`.
pub(super) fn html(text: &str, level: u8, shown: Shown<'_>) -> String {
    written(text, level, shown, |root, options, out| comrak::format_html(root, options, out))
}

/// The chapter as Markdown, its headings below `level`.
pub(super) fn markdown(text: &str, level: u8, shown: Shown<'_>) -> String {
    written(text, level, shown, |root, options, out| comrak::format_commonmark(root, options, out))
}

fn written(
    text: &str,
    level: u8,
    shown: Shown<'_>,
    write: impl Fn(Node<'_>, &Options, &mut dyn std::fmt::Write) -> std::fmt::Result,
) -> String {
    parsed(text, level, shown, |root, options| {
        let mut out = String::with_capacity(text.len() * 2);
        // Writing to a string cannot fail.
        let _ = write(root, options, &mut out);
        out
    })
}

/// What `read` makes of the chapter's tree, made safe, its headings below `level`.
pub(super) fn parsed<T>(text: &str, level: u8, shown: Shown<'_>, read: impl Fn(Node<'_>, &Options) -> T) -> T {
    let options = options();
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options);
    let nodes: Vec<Node> = root.descendants().collect();
    let shallowest = nodes.iter().filter_map(|node| heading_level(node)).min().unwrap_or(1);
    let lines: Vec<&str> = text.lines().collect();
    for node in nodes {
        make_safe(&arena, node, &lines, (level, shallowest), shown);
    }
    read(root, &options)
}

fn heading_level(node: Node<'_>) -> Option<u8> {
    match &node.data().value {
        NodeValue::Heading(heading) => Some(heading.level),
        _ => None,
    }
}

fn make_safe<'a>(
    arena: &'a Arena<'a>,
    node: Node<'a>,
    lines: &[&str],
    (level, shallowest): (u8, u8),
    shown: Shown<'_>,
) {
    let place = node.data().sourcepos;
    let words = words_of(node);
    let mut node_becomes = None;
    let replacement = match &mut node.data_mut().value {
        NodeValue::Heading(heading) => {
            heading.level = (heading.level - shallowest + level + 1).min(6);
            return;
        }
        NodeValue::HtmlBlock(block) => Some((true, block.literal.clone())),
        NodeValue::HtmlInline(literal) => Some((false, literal.clone())),
        NodeValue::Link(link) if is_safe_link(&link.url) || is_anchor(&link.url) => return,
        NodeValue::Image(image) => match shown(&image.url, &words) {
            Some(Picture::At(url)) => {
                image.url = url;
                return;
            }
            Some(Picture::Written(text)) => {
                node_becomes = Some(text);
                None
            }
            None => Some((false, slice(lines, place))),
        },
        NodeValue::Link(_) => Some((false, slice(lines, place))),
        _ => None,
    };
    if let Some(text) = node_becomes {
        while let Some(child) = node.first_child() {
            child.detach();
        }
        node.data_mut().value = NodeValue::Raw(text);
        return;
    }
    let Some((is_block, literal)) = replacement else { return };
    while let Some(child) = node.first_child() {
        child.detach();
    }
    if !is_block {
        node.data_mut().value = NodeValue::Text(literal.into());
        return;
    }
    node.data_mut().value = NodeValue::Paragraph;
    let mut first = true;
    for line in literal.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let leaf = |value: NodeValue| -> Node<'a> { arena.alloc(Ast::new(value, place.start).into()) };
        if !first {
            node.append(leaf(NodeValue::SoftBreak));
        }
        node.append(leaf(NodeValue::Text(line.to_owned().into())));
        first = false;
    }
}

/// The words of a picture, which stand below its node.
fn words_of(node: Node<'_>) -> String {
    if !matches!(node.data().value, NodeValue::Image(_)) {
        return String::new();
    }
    characters(node)
}

/// The characters below a node, without marks.
pub(super) fn characters(node: Node<'_>) -> String {
    let text = |node: Node<'_>| match &node.data().value {
        NodeValue::Text(text) => Some(text.to_string()),
        NodeValue::Code(code) => Some(code.literal.clone()),
        NodeValue::SoftBreak | NodeValue::LineBreak => Some(" ".to_owned()),
        _ => None,
    };
    node.descendants().filter_map(text).collect()
}

/// A link to a place in the same document.
fn is_anchor(url: &str) -> bool {
    url.starts_with('#') && url.chars().all(|c| c.is_ascii_alphanumeric() || "#-_.".contains(c))
}

/// What the author typed there; line breaks become spaces.
fn slice(lines: &[&str], place: Sourcepos) -> String {
    let (start, end) = (place.start, place.end);
    let cut = |(number, line): (usize, &&str)| {
        let from = if number == start.line { start.column.saturating_sub(1) } else { 0 };
        let to = if number == end.line { end.column } else { line.len() };
        line.get(from..to.min(line.len())).unwrap_or("").trim().to_owned()
    };
    let first = start.line.saturating_sub(1);
    let typed = lines.get(first..end.line.min(lines.len())).unwrap_or_default();
    typed.iter().enumerate().map(|(after, line)| cut((start.line + after, line))).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "# Top\n\n<script>alert(1)</script>\n\nA [x](javascript:1) and ![p](http://h/p.png), <b>b</b>.\n\n\
        {{ 7*7 }}\n\n## Below\n\n[ok](https://example.org) [here](#phase-check-in)\n\n| a | b |\n| - | - |\n| 1 | 2 |\n";

    #[test]
    fn html_shows_what_was_typed_and_runs_nothing() {
        let html = html(HOSTILE, 2, &nothing);
        for shown in [
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "[x](javascript:1)",
            "![p](http://h/p.png)",
            "&lt;b&gt;b&lt;/b&gt;",
        ] {
            assert!(html.contains(shown), "{shown} in {html}");
        }
        for kept in [
            "{{ 7*7 }}",
            "<h3>Top</h3>",
            "<h4>Below</h4>",
            "href=\"https://example.org\"",
            "href=\"#phase-check-in\"",
            "<td>1</td>",
        ] {
            assert!(html.contains(kept), "{kept} in {html}");
        }
        assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("href=\"javascript"), "{html}");
    }

    #[test]
    fn markdown_reads_back_as_the_same_characters() {
        let again = html(&markdown(HOSTILE, 2, &nothing), 2, &nothing);
        assert_eq!(again, html(HOSTILE, 2, &nothing));
    }

    #[test]
    fn a_picture_of_the_book_is_shown_and_no_other() {
        let text = "![A *tidy* desk](images/desk.png) ![x](images/other.png)";
        let shown = |url: &str, words: &str| {
            (url == "images/desk.png").then(|| Picture::Written(format!("<img alt=\"{words}\">")))
        };
        let html = html(text, 2, &shown);
        assert!(html.contains("<img alt=\"A tidy desk\">") && html.contains("![x](images/other.png)"), "{html}");
        let kept = |url: &str, _: &str| Some(Picture::At(url.to_owned()));
        assert!(markdown(text, 2, &kept).contains("](images/desk.png)"));
    }
}
