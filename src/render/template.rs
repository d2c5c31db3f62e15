//! Templates: the program's own and a book's, with escaping by the kind of file.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};

use super::{RenderError, block, docx, html, markdown, own, pictures, svg};
use crate::document::Prose;
use crate::message::Message;
use crate::say;

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
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build().unwrap_or_default();
    environment.set_syntax(syntax.clone());
    let overrides = Arc::new(overrides);
    let has_own = !overrides.is_empty();
    let templates = Arc::clone(&overrides);
    environment.set_loader(move |path| match templates.get(path) {
        Some(text) => own::counted(path, text, &syntax).map(Some),
        None => Ok(crate::library::template(path).map(str::to_owned)),
    });
    // A file below `templates/` as it stands: a script's braces are its own.
    environment.add_function("verbatim", move |path: &str| {
        let text = overrides.get(path).map(String::as_str).or_else(|| crate::library::template(path));
        let text = text.ok_or_else(|| Error::new(ErrorKind::TemplateNotFound, path.to_owned()))?;
        if has_own {
            own::made(text.len())?;
        }
        Ok::<_, Error>(Value::from_safe_string(text.to_owned()))
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
    environment.add_filter("block_html", |text: &str, level: u8, images: Option<Value>| {
        let shown = |url: &str, words: &str| pictures::html(images.as_ref(), url, words);
        Value::from_safe_string(block::html(text, level, &shown))
    });
    environment.add_filter("block_md", |text: &str, level: u8, images: Option<Value>| {
        let shown = |url: &str, _: &str| pictures::markdown(images.as_ref(), url);
        Value::from_safe_string(block::markdown(text, level, &shown))
    });
    docx::add_filters(&mut environment);
    if has_own {
        own::bound(&mut environment);
        environment.set_formatter(|out, state, value| own::write(out, state, value, write_value));
    }
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
    let mut innermost = error;
    let mut place = (error.name().map(str::to_owned), error.line());
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        if let Some(inner) = inner.downcast_ref::<Error>() {
            innermost = inner;
            place = (inner.name().map(str::to_owned).or(place.0), inner.line().or(place.1));
        }
        cause = inner.source();
    }
    if let Some(excess) = own::excess(innermost) {
        return RenderError::Template {
            path: place.0.unwrap_or_else(|| path.to_owned()),
            line: place.1,
            message: excess,
        };
    }
    let message = in_words(innermost);
    RenderError::Template { path: place.0.unwrap_or_else(|| path.to_owned()), line: place.1, message }
}

/// What is wrong, in the reader's words; what the template engine says of it besides is in English.
fn in_words(error: &Error) -> Message {
    let what = match error.kind() {
        ErrorKind::UndefinedError => say!("undefined value"),
        ErrorKind::SyntaxError => say!("syntax error"),
        ErrorKind::UnknownFilter => say!("unknown filter"),
        ErrorKind::UnknownFunction => say!("unknown function"),
        ErrorKind::UnknownTest => say!("unknown test"),
        ErrorKind::UnknownMethod => say!("unknown method"),
        ErrorKind::TemplateNotFound => say!("template not found"),
        ErrorKind::MissingArgument => say!("missing argument"),
        ErrorKind::TooManyArguments => say!("too many arguments"),
        ErrorKind::InvalidOperation => say!("invalid operation"),
        // minijinja closes its message with the place, which is said before it here.
        _ => return Message::verbatim(error.to_string().split(" (in ").next().unwrap_or_default()),
    };
    match error.detail() {
        Some(said) => say!("{what}: {said}", what, said),
        None => what,
    }
}
