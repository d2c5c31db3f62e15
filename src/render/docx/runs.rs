//! Text as runs: the only way in which a text gets into a document.

use minijinja::value::Value;

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
    match value.get_attr("parts") {
        Ok(parts) if !parts.is_undefined() => {
            let lang = value.get_attr("lang").ok().filter(|lang| !lang.is_none() && !lang.is_undefined());
            let lang = lang.as_ref().and_then(Value::as_str);
            pieces(&parts, Look { lang, ..look }, &mut out);
            // Whoever reads on paper sees no attribute.
            if let Some(lang) = lang {
                run(&format!(" ({lang})"), Look { style: "Emphasis", ..Look::default() }, &mut out);
            }
        }
        _ if value.is_none() => {}
        _ => run(&value.as_str().map_or_else(|| value.to_string(), str::to_owned), look, &mut out),
    }
    Value::from_safe_string(out)
}

fn pieces(parts: &Value, look: Look, out: &mut String) {
    if let Some(text) = parts.as_str() {
        return run(text, look, out);
    }
    for piece in parts.try_iter().into_iter().flatten() {
        let get = |key: &str| piece.get_attr(key).ok().filter(|value| !value.is_undefined());
        if let Some(text) = get("text") {
            pieces(&text, look, out);
        } else if let Some(inner) = get("emphasis") {
            pieces(&inner, Look { emphasis: true, ..look }, out);
        } else if let Some(inner) = get("strong") {
            pieces(&inner, Look { strong: true, ..look }, out);
        } else if let Some(code) = get("code") {
            pieces(&code, Look { style: "Code", ..look }, out);
        } else if let Some(link) = get("link") {
            let part = |key: &str| link.get_attr(key).unwrap_or_default();
            let mut inner = String::new();
            pieces(&part("content"), Look { style: "Hyperlink", ..look }, &mut inner);
            self::link(part("url").as_str().unwrap_or(""), &inner, out);
        }
    }
}

/// A link around runs, as a field: fields need no list of targets beside the document.
pub(super) fn link(url: &str, inner: &str, out: &mut String) {
    let url: String = url.replace('\\', "%5C").replace('"', "%22");
    out.push_str("<w:fldSimple w:instr=\" HYPERLINK &quot;");
    escape(&url, out);
    out.push_str("&quot; \">");
    out.push_str(inner);
    out.push_str("</w:fldSimple>");
}

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
