//! A book's own templates, made to end: how many steps they take, and how much text they make.
//!
//! minijinja counts steps and not what one step makes: `{% set x = x ~ x %}` forty times is a terabyte. So whatever makes a
//! text or a list in such a template is handed through a filter that weighs it ([`rewrite`]), and what is written is weighed
//! as well. The weight is kept by thread: a document is laid out on one from its beginning to its end.

mod rewrite;

use std::cell::Cell;

use minijinja::value::{Rest, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, Output, State, filters};

pub(super) use rewrite::counted;

use crate::document::Prose;
use crate::message::Message;
use crate::say;

/// So many steps may a document take: those of the largest book take a tenth.
const FUEL: u64 = 30_000_000;

/// So many bytes may a document make, those that are thrown away included.
const MAX_MADE: usize = 128 * 1024 * 1024;

/// So many bytes may one text have that a template makes.
const MAX_TEXT: usize = 1024 * 1024;

/// So deep may values stand in one another that a filter gets.
const MAX_DEPTH: usize = 12;

/// What a number may be that says how wide or how many.
const MAX_COUNT: usize = 1_000;

/// What an error of this file begins with, by which it is known again.
const TOO_MUCH: &str = "too much is made here";

/// What each item of a list weighs beside its text.
const ITEM: usize = 32;

thread_local! {
    static MADE: Cell<usize> = const { Cell::new(0) };
}

/// Filters of which the result may be far longer than what they are given.
fn amplifying() -> [(&'static str, Value); 6] {
    [
        ("replace", Value::from_function(filters::replace)),
        ("join", Value::from_function(filters::join)),
        ("indent", Value::from_function(filters::indent)),
        ("format", Value::from_function(filters::format)),
        ("slice", Value::from_function(filters::slice)),
        ("batch", Value::from_function(filters::batch)),
    ]
}

/// Begins to weigh a document.
pub(super) fn begin() {
    MADE.set(0);
}

/// Puts the bounds on an environment in which a book has templates of its own.
pub(super) fn bound(environment: &mut Environment<'static>) {
    environment.set_fuel(Some(FUEL));
    environment.set_recursion_limit(60);
    environment.add_filter(rewrite::WEIGHED, |value: Value| weighed(&value, 0).map(|()| value));
    environment.add_filter(rewrite::NUMBER, |value: Value| match value.kind() {
        ValueKind::Number => Ok(value),
        _ => Err(Error::new(ErrorKind::InvalidOperation, "only numbers can be multiplied")),
    });
    environment.add_function(rewrite::TEXT, |length: usize| made(length).map(|()| ""));
    // It writes out all that there is.
    environment.remove_global("debug");
    for (name, filter) in amplifying() {
        environment.add_filter(name, move |state: &mut State, arguments: Rest<Value>| {
            amplified(name, &arguments)?;
            filter.call(state, &arguments)
        });
    }
}

/// Weighs what is about to be written.
pub(super) fn written(value: &Value) -> Result<(), Error> {
    match value.downcast_object_ref::<Prose>() {
        Some(_) => made(ITEM),
        None => weighed(value, 0),
    }
}

/// Weighs the text between tags that is written through a filter or a function.
pub(super) fn made(bytes: usize) -> Result<(), Error> {
    let total = MADE.get().saturating_add(bytes);
    MADE.set(total);
    if total > MAX_MADE { Err(too_much()) } else { Ok(()) }
}

fn too_much() -> Error {
    Error::new(ErrorKind::InvalidOperation, TOO_MUCH)
}

/// Weighs a value with all that is in it.
fn weighed(value: &Value, depth: usize) -> Result<(), Error> {
    if let Some(text) = value.as_str() {
        return if text.len() > MAX_TEXT && depth > 0 { Err(too_much()) } else { made(text.len() + 1) };
    }
    made(1)?;
    if !matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable | ValueKind::Map) {
        return Ok(());
    }
    if depth > MAX_DEPTH {
        return Err(too_much());
    }
    for item in value.try_iter()? {
        made(ITEM)?;
        let inner = if value.kind() == ValueKind::Map { value.get_item(&item)? } else { item };
        weighed(&inner, depth + 1)?;
    }
    Ok(())
}

/// Weighs what a filter is about to make of what it is given.
fn amplified(name: &str, arguments: &[Value]) -> Result<(), Error> {
    let text = |number: usize| arguments.get(number).and_then(Value::as_str).unwrap_or_default();
    let numbers = || arguments.iter().skip(1).filter_map(Value::as_usize);
    match name {
        "replace" => made(text(0).matches(text(1)).count().saturating_mul(text(2).len())),
        "join" => made(arguments.first().and_then(Value::len).unwrap_or(0).saturating_mul(text(1).len())),
        "format" => {
            let digits = |text: &str| text.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() > 3);
            // A star takes the width from the values.
            if digits(text(0)) || text(0).contains('*') { Err(too_much()) } else { made(text(0).len() * MAX_COUNT / 8) }
        }
        _ if numbers().any(|number| number > MAX_COUNT) => Err(too_much()),
        "indent" => {
            let width = numbers().max().unwrap_or(4);
            made((text(0).matches('\n').count() + 1).saturating_mul(width))
        }
        _ => made(numbers().max().unwrap_or(0).saturating_mul(ITEM)),
    }
}

/// What to say where a bound is met; none where the engine's own words are to be said.
pub(super) fn excess(error: &Error) -> Option<Message> {
    match error.kind() {
        ErrorKind::OutOfFuel => Some(say!(
            "this template takes more steps than any document needs; look for a loop in a loop, or a macro that calls itself"
        )),
        ErrorKind::InvalidOperation if error.detail() == Some(TOO_MUCH) => Some(say!(
            "this template makes more text than any document holds; look for what is joined with itself, or written in a loop"
        )),
        _ => None,
    }
}

/// Writes a value, weighed.
pub(super) fn write(
    out: &mut Output,
    state: &mut State,
    value: &Value,
    write: fn(&mut Output, &mut State, &Value) -> Result<(), Error>,
) -> Result<(), Error> {
    written(value)?;
    write(out, state, value)
}
