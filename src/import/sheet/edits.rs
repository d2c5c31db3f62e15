//! What an edited cell comes to in the book.

use super::MISSING;
use super::columns::SheetColumn;
use crate::book::{Aspect, Book, Bound, Level, Phase, StandardType, Status, Verify, WrittenStandard};
use crate::edit::values::{Field, Set, To, TreeStep};
use crate::import::cell_words::{bare, truth, word};
use crate::import::house::{Figure, read_figure, read_share};
use crate::message::Message;
use crate::say;

/// An edited value of a standard: its column, what it is to be.
pub(super) type Edited<'c> = (&'c SheetColumn, &'c str);

/// What the edited cells of one standard set; those that cannot be understood, each with the reason.
pub(super) fn sets<'c>(
    book: &Book,
    phase: &Phase,
    standard: &WrittenStandard,
    edited: &[Edited<'c>],
) -> (Vec<Set>, Vec<(&'c SheetColumn, Message)>) {
    let mut wrong = Vec::new();
    let mut tos: Vec<(Vec<TreeStep>, To)> = Vec::new();
    let mut lists: Vec<&'static str> = Vec::new();
    for (column, new) in edited {
        if column.is_list() {
            if !lists.contains(&column.key) {
                lists.push(column.key);
            }
            continue;
        }
        match of_cell(book, phase, standard, column, new.trim(), edited) {
            Ok(set) => tos.extend(set),
            Err(why) => wrong.push((*column, why)),
        }
    }
    for key in lists {
        let of_key: Vec<&Edited<'c>> = edited.iter().filter(|(column, _)| column.key == key).collect();
        match list(standard, key, &of_key) {
            Ok(items) => tos.push((vec![TreeStep::key(key)], To::Texts(items))),
            Err(why) => wrong.extend(of_key.iter().map(|(column, _)| (*column, why.clone()))),
        }
    }
    let set =
        |(path, to): (Vec<TreeStep>, To)| Set { file: standard.id.span.file, owner: Some(standard.id.span), path, to };
    (joined(tos).into_iter().map(set).collect(), wrong)
}

/// Several languages of one text are one value.
fn joined(tos: Vec<(Vec<TreeStep>, To)>) -> Vec<(Vec<TreeStep>, To)> {
    let mut joined: Vec<(Vec<TreeStep>, To)> = Vec::new();
    for (path, to) in tos {
        match (joined.iter_mut().find(|(known, _)| *known == path), to) {
            (Some((_, To::Wordings(all))), To::Wordings(more)) => all.extend(more),
            (_, to) => joined.push((path, to)),
        }
    }
    joined
}

/// The step of the phase that the cell names by its id or title.
fn step_of(phase: &Phase, new: &str, path: Vec<TreeStep>) -> Result<Vec<(Vec<TreeStep>, To)>, Message> {
    let step = phase.steps.iter().find(|step| {
        let titles = step.title.iter().flat_map(|title| &title.0);
        step.id.is_or_was(new) || titles.map(|worded| bare(&worded.text)).any(|title| title == bare(new))
    });
    match (new.is_empty(), step) {
        (true, _) => Ok(vec![(path, To::Nothing)]),
        (_, Some(step)) => Ok(vec![(path, To::Value(Field::Text(step.id.name.clone())))]),
        (_, None) => Err(say!("the phase has no such step")),
    }
}

fn weight(new: &str, path: Vec<TreeStep>) -> Result<Vec<(Vec<TreeStep>, To)>, Message> {
    let number = new.replace(',', ".").parse::<f64>().ok().filter(|number| *number > 0.0 && number.is_finite());
    match (new.is_empty(), number) {
        (true, _) => Ok(vec![(path, To::Nothing)]),
        (_, Some(number)) => Ok(vec![(path, To::Value(Field::Number(number.to_string())))]),
        (_, None) => Err(say!("this is no number above 0")),
    }
}

fn share(standard: &WrittenStandard, new: &str, edited: &[Edited<'_>]) -> Result<Vec<(Vec<TreeStep>, To)>, Message> {
    let path = || vec![TreeStep::key("measure"), TreeStep::key("share")];
    if new.is_empty() && standard.measure.is_some() {
        return Ok(vec![(path(), To::Nothing)]);
    }
    // A figure that comes or goes takes its share along.
    let is_taken_along = |(column, value): &Edited<'_>| {
        column.key == "measure" && (value.trim().is_empty() || standard.measure.is_none())
    };
    if edited.iter().any(is_taken_along) {
        return Ok(Vec::new());
    }
    match (read_share(new), &standard.measure) {
        (Some(share), Some(_)) => Ok(vec![(path(), To::Value(Field::Text(share)))]),
        (None, _) => Err(say!("this is no share, such as `90 %`")),
        (_, None) => Err(say!("a share needs a figure that is to hold so often")),
    }
}

fn of_cell(
    book: &Book,
    phase: &Phase,
    standard: &WrittenStandard,
    column: &SheetColumn,
    new: &str,
    edited: &[Edited<'_>],
) -> Result<Vec<(Vec<TreeStep>, To)>, Message> {
    let key = column.key;
    let path = || vec![TreeStep::key(key)];
    let word_or_nothing = |word: Option<&'static str>, wrong: Message| match (new.is_empty(), word) {
        (true, _) => Ok(vec![(path(), To::Nothing)]),
        (false, Some(word)) => Ok(vec![(path(), To::Value(Field::Text(word.to_owned())))]),
        (false, None) => Err(wrong),
    };
    let prose = |path: Vec<TreeStep>| {
        let language = column.language.clone().unwrap_or_default();
        let text = (!new.is_empty()).then(|| new.to_owned());
        Ok(vec![(path, To::Wordings(vec![(language, text)]))])
    };
    match key {
        "text" if new.is_empty() && standard.text.0.len() <= 1 => Err(say!("a standard needs its text")),
        "text" | "why" => prose(path()),
        "what" if standard.measure.is_some() => prose(vec![TreeStep::key("measure"), TreeStep::key("what")]),
        "what" => Err(say!("there is no figure that this could be about")),
        "type" | "level" if new.is_empty() && standard.status != Status::Draft => {
            Err(say!("only a draft may leave its type or level open"))
        }
        "type" => word_or_nothing(
            word::<StandardType>("type", new).map(StandardType::word),
            say!("this is no type: personal, product or procedural"),
        ),
        "level" => word_or_nothing(
            word::<Level>("level", new).map(Level::word),
            say!("this is no level: basic, expected or exclusive"),
        ),
        "status" => {
            let status = word::<Status>("status", new);
            // In force is what a standard is that says nothing of it.
            let is_active = status == Some(Status::Active) || new.is_empty();
            if is_active {
                return Ok(vec![(path(), To::Nothing)]);
            }
            word_or_nothing(status.map(Status::word), say!("this is no status: draft, active or retired"))
        }
        "verify" => word_or_nothing(
            word::<Verify>("verify", new).map(Verify::word),
            say!("this is no way to verify a standard: observe, ask, inspect, record, system or mystery"),
        ),
        "aspect" => word_or_nothing(
            word::<Aspect>("aspect", new).map(Aspect::word),
            say!("this is none of performance, organisation and professionalism"),
        ),
        "step" => step_of(phase, new, path()),
        "trait" => names(new, path(), |name| {
            let found =
                book.traits.iter().find(|of_trait| of_trait.id.is_or_was(name) || is_titled(&of_trait.title, name));
            found.map(|of_trait| of_trait.id.name.clone()).ok_or_else(|| say!("there is no trait `{name}`", name))
        }),
        "role" => names(new, path(), |name| {
            let found = book.roles.iter().find(|role| role.id.is_or_was(name) || is_titled(&role.title, name));
            found.map(|role| role.id.name.clone()).ok_or_else(|| say!("there is no role `{name}`", name))
        }),
        "critical" => match (new.is_empty(), truth(new)) {
            (true, _) | (_, Some(false)) => Ok(vec![(path(), To::Nothing)]),
            (_, Some(true)) => Ok(vec![(path(), To::Value(Field::Flag(true)))]),
            (_, None) => Err(say!("this is neither yes nor no")),
        },
        "weight" => weight(new, path()),
        "when" => match new.is_empty() {
            true => Ok(vec![(path(), To::Nothing)]),
            false => Ok(vec![(path(), To::Value(Field::Text(new.to_owned())))]),
        },
        "measure" => measure(standard, new, edited),
        "share" => share(standard, new, edited),
        _ => Err(say!("this cannot be changed in the sheet; to move a standard, use `gamma-ok move`")),
    }
}

fn is_titled(title: &crate::book::Text, name: &str) -> bool {
    title.0.iter().any(|worded| bare(&worded.text) == bare(name))
}

/// Names in a cell, one or several.
fn names(
    new: &str,
    path: Vec<TreeStep>,
    find: impl Fn(&str) -> Result<String, Message>,
) -> Result<Vec<(Vec<TreeStep>, To)>, Message> {
    let names = new.split([',', ';', '\n']).map(str::trim).filter(|name| !name.is_empty());
    let names: Vec<String> = names.map(find).collect::<Result<_, _>>()?;
    Ok(vec![(
        path,
        match names.as_slice() {
            [] => To::Nothing,
            [name] => To::Value(Field::Text(name.clone())),
            _ => To::Value(Field::List(names)),
        },
    )])
}

/// A figure: put in the place of the old one, key by key, so that what else its measure says stays.
fn measure(standard: &WrittenStandard, new: &str, edited: &[Edited<'_>]) -> Result<Vec<(Vec<TreeStep>, To)>, Message> {
    if new.is_empty() {
        return Ok(vec![(vec![TreeStep::key("measure")], To::Nothing)]);
    }
    let demand = standard.text.0.first().map(|worded| (worded.language.tag(), worded.text.as_str()));
    let Some(Figure { bound, value, high, share }) = read_figure(new, demand) else {
        return Err(say!("this is no figure with a unit, such as `≤ 10 s`"));
    };
    let old = standard.measure.as_ref();
    // The sign is the same for both.
    let bound = match (bound, old.map(|old| old.bound)) {
        (Bound::Within | Bound::AtMost, Some(old @ (Bound::Within | Bound::AtMost))) => old,
        (bound, _) => bound,
    };
    let figure = match &high {
        Some(high) => Field::List(vec![value.clone(), high.clone()]),
        None => quantity(&value),
    };
    let of_cell = edited.iter().find(|(column, _)| column.key == "share").and_then(|(_, share)| read_share(share));
    let Some(old) = old else {
        let share = share.or(of_cell);
        let mut keys = vec![(bound.key().to_owned(), figure)];
        keys.extend(share.map(|share| ("share".to_owned(), Field::Text(share))));
        return Ok(vec![(vec![TreeStep::key("measure")], To::Value(Field::Map(keys)))]);
    };
    let path = |key: &str| vec![TreeStep::key("measure"), TreeStep::key(key)];
    let mut tos = Vec::new();
    if old.bound != bound {
        tos.push((path(old.bound.key()), To::Nothing));
    }
    tos.push((path(bound.key()), To::Value(figure)));
    if let (Some(share), None) = (share, of_cell) {
        tos.push((path("share"), To::Value(Field::Text(share))));
    }
    Ok(tos)
}

/// A quantity as it stands in a file: a bare count is a number.
fn quantity(value: &str) -> Field {
    if value.parse::<f64>().is_ok() { Field::Number(value.to_owned()) } else { Field::Text(value.to_owned()) }
}

/// A list of texts after some of its languages were edited, line by line.
fn list(standard: &WrittenStandard, key: &str, edited: &[&Edited<'_>]) -> Result<Vec<Vec<(String, String)>>, Message> {
    if key == "sources" && standard.teaching.countries.iter().any(Option::is_some) {
        return Err(say!("these sources say whose law they are; change them in the book's file"));
    }
    let fields = standard.teaching.fields();
    let old: &[crate::book::Text] = fields.iter().find(|(name, _)| *name == key).map_or(&[], |(_, texts)| *texts);
    let of_item = |text: &crate::book::Text| -> Vec<(String, String)> {
        text.0.iter().map(|worded| (worded.language.tag().to_owned(), worded.text.clone())).collect()
    };
    let mut items: Vec<Vec<(String, String)>> = old.iter().map(of_item).collect();
    let lines_of = |text: &str| -> Vec<String> {
        let lines = text.lines().map(|line| line.trim().to_owned());
        lines.filter(|line| !line.is_empty()).collect()
    };
    let edited_languages: Vec<&str> = edited.iter().filter_map(|(column, _)| column.language.as_deref()).collect();
    let has_others = items.iter().flatten().any(|(tag, _)| !edited_languages.contains(&tag.as_str()));
    for (column, new) in edited {
        let Some(language) = column.language.as_deref() else { continue };
        let lines = lines_of(new);
        let before = items.iter().filter(|item| item.iter().any(|(tag, _)| tag == language)).count();
        // Which of the lines went, the other languages cannot tell.
        if has_others && lines.len() < items.len() && before == items.len() && !lines.is_empty() {
            return Err(say!(
                "a line is gone, and the other languages do not tell which: put `{missing}` in its place, or take it out in all languages",
                missing = MISSING
            ));
        }
        for (index, line) in lines.iter().enumerate() {
            if index >= items.len() {
                items.push(Vec::new());
            }
            set_line(&mut items[index], language, line);
        }
        for item in items.iter_mut().skip(lines.len()) {
            item.retain(|(tag, _)| tag != language);
        }
    }
    items.retain(|item| !item.is_empty());
    Ok(items)
}

fn set_line(item: &mut Vec<(String, String)>, language: &str, line: &str) {
    if line == MISSING {
        item.retain(|(tag, _)| tag != language);
        return;
    }
    match item.iter_mut().find(|(tag, _)| tag == language) {
        // A line that was folded when it was written is the same text.
        Some((_, text)) if text.replace('\n', " ").trim() == line => {}
        Some((_, text)) => line.clone_into(text),
        None => item.push((language.to_owned(), line.to_owned())),
    }
}
