//! Templates: the program's own and a book's, with escaping by the kind of file.

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};

use super::{RenderError, block, docx, html, markdown, svg};
use crate::document::Prose;

/// Name of the escaping of Markdown templates.
const MARKDOWN: &str = "markdown";

/// Name of the escaping of SVG and other XML templates.
const XML: &str = "xml";

/// How a template's values are written.
enum Escaping {
    Html,
    Markdown,
    Xml,
    None,
}

/// The environment of all formats: strict about undefined names, a book's templates before the program's.
pub(super) fn environment(overrides: BTreeMap<String, String>) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().unwrap_or_default());
    let load = move |path: &str| {
        let own = overrides.get(path).cloned();
        own.or_else(|| crate::library::template(path).map(str::to_owned))
    };
    let verbatim = load.clone();
    environment.set_loader(move |path| Ok(load(path)));
    // A file below `templates/` as it stands: a script's braces are its own.
    environment.add_function("verbatim", move |path: &str| {
        let text = verbatim(path).ok_or_else(|| Error::new(ErrorKind::TemplateNotFound, path.to_owned()))?;
        Ok::<_, Error>(Value::from_safe_string(text))
    });
    environment.set_auto_escape_callback(|path| match path.rsplit_once('.') {
        Some((_, "html")) => AutoEscape::Html,
        Some((_, "svg" | "xml")) => AutoEscape::Custom(XML.into()),
        Some((_, "md")) => AutoEscape::Custom(MARKDOWN.into()),
        _ => AutoEscape::None,
    });
    environment.set_formatter(write_value);
    environment.add_filter("plain", plain);
    environment.add_filter("json", html::json);
    environment.add_filter("source_hash", html::source_hash);
    environment.add_filter("block_html", |text: &str, level: u8| Value::from_safe_string(block::html(text, level)));
    environment.add_filter("block_md", |text: &str, level: u8| Value::from_safe_string(block::markdown(text, level)));
    docx::add_filters(&mut environment);
    environment
}

/// Writes a value: a sentence of the author's with its marks, anything else as escaped characters.
fn write_value(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    let escaping = match state.auto_escape() {
        AutoEscape::Html => Escaping::Html,
        AutoEscape::Custom(name) if name == MARKDOWN => Escaping::Markdown,
        AutoEscape::Custom(_) => Escaping::Xml,
        _ => Escaping::None,
    };
    if let Some(prose) = value.downcast_object_ref::<Prose>() {
        return Ok(match escaping {
            Escaping::Html => html::prose(prose, out),
            Escaping::Markdown => markdown::prose(prose, out),
            Escaping::Xml => svg::escape(&prose.characters(), out),
            Escaping::None => out.write_str(&prose.characters()),
        }?);
    }
    let written = match value.kind() {
        ValueKind::Undefined => return Err(Error::from(ErrorKind::UndefinedError)),
        ValueKind::None => Ok(()),
        ValueKind::Map => {
            let message = "this is a group of values; name one of them";
            return Err(Error::new(ErrorKind::InvalidOperation, message));
        }
        _ => match (value.as_str(), escaping) {
            (Some(text), _) if value.is_safe() => out.write_str(text),
            (Some(text), Escaping::Html) => html::escape(text, out),
            (Some(text), Escaping::Markdown) => markdown::escape(text, out),
            (Some(text), Escaping::Xml) => svg::escape(text, out),
            (Some(text), Escaping::None) => out.write_str(text),
            (None, _) => out.write_str(&value.to_string()),
        },
    };
    written.map_err(Error::from)
}

/// Filter `plain`: a sentence's characters without marks, for attributes and titles.
fn plain(value: &Value) -> String {
    value.downcast_object_ref::<Prose>().map_or_else(|| value.to_string(), Prose::characters)
}

/// What went wrong in a template, and where: the innermost cause says most.
pub(super) fn fault(path: &str, error: &Error) -> RenderError {
    if error.kind() == ErrorKind::WriteFailure {
        let cause = std::error::Error::source(error).and_then(|cause| cause.downcast_ref::<std::io::Error>());
        if let Some(cause) = cause {
            return RenderError::Write(std::io::Error::new(cause.kind(), cause.to_string()));
        }
    }
    let mut message = error.to_string();
    let mut place = (error.name().map(str::to_owned), error.line());
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        if let Some(inner) = inner.downcast_ref::<Error>() {
            message = inner.to_string();
            place = (inner.name().map(str::to_owned).or(place.0), inner.line().or(place.1));
        }
        cause = inner.source();
    }
    // minijinja closes its message with the place, which is said before it here.
    let message = message.split(" (in ").next().unwrap_or_default().to_owned();
    RenderError::Template { path: place.0.unwrap_or_else(|| path.to_owned()), line: place.1, message }
}
