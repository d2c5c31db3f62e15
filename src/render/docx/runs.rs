//! Text as runs: the only way in which a text gets into a document.

use minijinja::value::Value;

use crate::document::{Event, Mark, Prose};
use crate::render::svg;

/// How a run looks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Look<'a> {
    /// Name of a character style; empty for none.
    pub style: &'a str,
    pub strong: bool,
    pub emphasis: bool,
    pub strike: bool,
    /// The language where it is not the document's.
    pub lang: Option<&'a str>,
}

/// Filter `runs`: a sentence of the author's, or characters, as runs in a character style.
pub(super) fn filter(value: &Value, style: Option<&str>) -> Value {
    let mut out = String::new();
    let look = Look { style: style.unwrap_or(""), ..Look::default() };
    if let Some(prose) = value.downcast_object_ref::<Prose>() {
        let lang = prose.lang.as_deref();
        runs(prose, Look { lang, ..look }, &mut out);
        // Whoever reads on paper sees no attribute.
        if let Some(lang) = lang {
            run(&format!(" ({lang})"), Look { style: "Emphasis", ..Look::default() }, &mut out);
        }
    } else if !value.is_none() {
        run(&value.as_str().map_or_else(|| value.to_string(), str::to_owned), look, &mut out);
    }
    Value::from_safe_string(out)
}

fn runs<'a>(prose: &'a Prose, outside: Look<'a>, out: &mut String) {
    let mut looks = vec![outside];
    for event in prose.events() {
        let look = looks.last().copied().unwrap_or(outside);
        match event {
            Event::Text(text) => run(text, look, out),
            Event::Code(code) => run(code, Look { style: "Code", ..look }, out),
            Event::Start(Mark::Emphasis) => looks.push(Look { emphasis: true, ..look }),
            Event::Start(Mark::Strong) => looks.push(Look { strong: true, ..look }),
            Event::Start(Mark::Link(url)) => {
                link(url, out);
                looks.push(Look { style: "Hyperlink", ..look });
            }
            Event::End(mark) => {
                looks.pop();
                if let Mark::Link(_) = mark {
                    out.push_str(LINK_END);
                }
            }
        }
    }
}

/// Begins a link around runs, as a field: fields need no list of targets beside the document.
pub(super) fn link(url: &str, out: &mut String) {
    let url: String = url.replace('\\', "%5C").replace('"', "%22");
    out.push_str("<w:fldSimple w:instr=\" HYPERLINK &quot;");
    escape(&url, out);
    out.push_str("&quot; \">");
}

/// Ends a link.
pub(super) const LINK_END: &str = "</w:fldSimple>";

/// One run; nothing for no characters.
pub(super) fn run(text: &str, look: Look, out: &mut String) {
    if text.is_empty() {
        return;
    }
    out.push_str("<w:r>");
    properties(look, out);
    // A tab or a line break in a text is white space, as in every other format.
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    out.push_str("<w:t xml:space=\"preserve\">");
    escape(&text, out);
    out.push_str("</w:t></w:r>");
}

fn properties(look: Look, out: &mut String) {
    let mut properties = String::new();
    if !look.style.is_empty() {
        properties.push_str("<w:rStyle w:val=\"");
        escape(look.style, &mut properties);
        properties.push_str("\"/>");
    }
    for (is_on, tag) in [(look.strong, "<w:b/>"), (look.emphasis, "<w:i/>"), (look.strike, "<w:strike/>")] {
        if is_on {
            properties.push_str(tag);
        }
    }
    if let Some(lang) = look.lang {
        properties.push_str("<w:lang w:val=\"");
        escape(&language(lang), &mut properties);
        properties.push_str("\"/>");
    }
    if !properties.is_empty() {
        out.push_str("<w:rPr>");
        out.push_str(&properties);
        out.push_str("</w:rPr>");
    }
}

/// Filter `word_language`: word processors look for dictionaries by language and country.
pub(super) fn language(tag: &str) -> String {
    match tag {
        "en" => "en-GB",
        "pl" => "pl-PL",
        "sv" => "sv-SE",
        tag => tag,
    }
    .to_owned()
}

fn escape(text: &str, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = svg::escape(text, out);
}
